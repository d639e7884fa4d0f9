use proptest::prelude::*;

use super::*;

/// The words of `given` that each word of its normal form came from.
#[track_caller]
fn came_from(given: &str, normal: &str, wanted: &[(&str, &str)]) {
    let rewrite = normalisation(given, normal);
    assert_eq!(rewrite.text(), normal);
    for (word, from) in wanted {
        let at = normal.find(word).expect("a word");
        assert_eq!(&given[rewrite.original(&(at..at + word.len()))], *from, "{word}");
    }
}

#[test]
fn a_normal_form_leads_back() {
    came_from("The  old man", "▁The▁old▁man", &[("The", "The"), ("old", "old"), ("man", "man")]);
    came_from(
        "the ﬁrst ½ done",
        "▁the▁first▁1⁄2▁done",
        &[("the", "the"), ("rst", "rst"), ("1⁄2", "½"), ("done", "done")],
    );
    let wide = format!("  one{}two\n\n", " ".repeat(40));
    came_from(&wide, "▁one▁two", &[("one", "one"), ("two", "two")]);
    came_from("cafe\u{301} ok", "▁café▁ok", &[("é", "e\u{301}"), ("ok", "ok")]);
    came_from("ＡＢ\u{a0}cd", "▁AB▁cd", &[("AB", "ＡＢ"), ("cd", "cd")]);
}

#[test]
fn bytes_stand_for_the_unknown() {
    assert!(["<unk>", "<0xE4>", "<0x0a>"].into_iter().all(is_unknown));
    assert!(!["unk", "<0x>", "<0xE>", "<0xE45>", "<s>", "▁<0xE4>"].into_iter().any(is_unknown));
}

#[test]
fn a_trial_is_judged_by_digits_of_any_script() {
    assert_eq!("٢٠١٩ ۴۷ २०".chars().map(digit).collect::<String>(), "2019 47 20");
}

proptest! {
    #[test]
    fn any_two_texts_can_be_explained(given in "\\PC{0,40}", normal in "\\PC{0,40}") {
        let rewrite = normalisation(&given, &normal);
        prop_assert_eq!(rewrite.text(), &normal);
        for (at, c) in normal.char_indices() {
            prop_assert!(given.get(rewrite.original(&(at..at + c.len_utf8()))).is_some());
        }
    }
}
