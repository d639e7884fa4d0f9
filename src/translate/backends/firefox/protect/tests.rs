use proptest::prelude::*;

use super::*;

/// A vocabulary of ASCII letters and a few more, as the demo models have.
fn knows(text: &str) -> bool {
    text.chars().all(|c| (c.is_ascii() && !"#<@\\^`{}~".contains(c)) || "éãçí。，".contains(c))
}

fn protected(text: &str, unspaced: bool) -> Protected {
    protect(text, &SHAPES[2], &Vocabulary { knows: &knows, unspaced, capitals: "" })
}

#[track_caller]
fn sends(text: &str, wanted: &str) {
    let protected = protected(text, false);
    assert_eq!(protected.sent(), wanted);
    let restored = protected.restore(protected.sent()).expect("each placeholder once");
    for token in &protected.tokens {
        assert!(restored.text().contains(&token.original));
    }
}

#[test]
fn known_text_is_sent_as_it_is() {
    sends(
        "The minister's speech (in Geneva), at 9:30 and/or 10%.",
        "The minister's speech (in Geneva), at 9:30 and/or 10%.",
    );
}

#[test]
fn typography_becomes_ascii() {
    sends("“Yes” – he’s here—now…", "\"Yes\" - he's here - now...");
    sends("soft\u{ad}hyphen and\nbreak", "softhyphen and break");
}

#[test]
fn unknown_tokens_become_placeholders() {
    sends("£10 million and €5 billion.", "X1X million and X2X billion.");
    sends("(Kaczyński’s) “Müller”,", "(X1X's) \"X2X\",");
    sends("See https://un.org/a, press@un.org; @UN #COP30!", "See X1X, X2X; X3X!");
    sends("Ελλάδα και Κύπρος signed", "X1X signed");
    sends("X1X is taken, £5 is not", "X1X is taken, X2X is not");
}

#[test]
fn only_what_is_unknown_of_a_word_is_taken() {
    sends("great👍 anti-Müller, Müller-based; →next ¿qué", "great X1X anti-X2X, X3X-based; X4X next X5X qué");
    sends("<b>red</b> {name} treaty³ 5 m²", "X1X red X2X treaty X3X 5 X4X");
    sends("see un.org/a, report.pdf, a@b.org", "see X1X, X2X, X3X");
    sends(&format!("a {} b", "x".repeat(81)), "a X1X b");
}

#[test]
fn names_go_without_their_accents() {
    let vocabulary = Vocabulary { knows: &knows, unspaced: false, capitals: "" };
    let protected = protect("Müller’s 5 m² and ½; Muller", &SHAPES[0], &vocabulary);
    assert_eq!(protected.sent(), "X1X's 5 m2 and X2X; Muller");
    let protected = protect("Łódź, Zoë and Zoë", &SHAPES[0], &vocabulary);
    assert_eq!(protected.sent(), "Lodz, Zoe and X1X");
    let restored = |translation: &str| protected.restore(translation).map(Rewrite::into_text);
    assert_eq!(restored("Lodz, Zoe e X1X").as_deref(), Some("Łódź, Zoë e Zoë"));
    assert_eq!(restored("Lodzes, Zoe e X1X"), None);
}

#[test]
fn what_was_set_apart_is_joined_again() {
    let protected = protected("<b>red</b> great👍", false);
    assert_eq!(protected.sent(), "X1X red X2X great X3X");
    let restored = |translation: &str| protected.restore(translation).map(Rewrite::into_text);
    assert_eq!(restored("X1X rubro X2X ótimo X3X").as_deref(), Some("<b>rubro</b> ótimo👍"));
    assert_eq!(restored("X1X X2X rubro X3X").as_deref(), Some("<b></b> rubro👍"));
}

#[test]
fn capitals_that_the_vocabulary_lacks_come_back() {
    let vocabulary = Vocabulary { knows: &|text| !text.contains(['À', 'Í']), unspaced: false, capitals: "ÀÍ" };
    let protected = protect("À noite, a Índia.", &SHAPES[0], &vocabulary);
    assert_eq!(protected.sent(), "à noite, a India.");
    assert_eq!(protected.restore("at night, India.").map(Rewrite::into_text).as_deref(), Some("At night, India."));
}

#[test]
fn amounts_go_as_dollars() {
    let protected =
        protect("Müller’s £1.5m, “€ 3”", &SHAPES[1], &Vocabulary { knows: &knows, unspaced: false, capitals: "" });
    assert_eq!(protected.sent(), "X1X's $1.5m, \"$3\"");
    assert_eq!(
        protected.restore("US$ 3 e US $ 1,5 milhão de X1X").map(Rewrite::into_text).as_deref(),
        Some("€ 3 e £1,5 milhão de Müller")
    );
}

#[test]
fn chinese_is_protected_by_character() {
    let known = |text: &str| text.chars().all(|c| !"囧€".contains(c));
    let vocabulary = Vocabulary { knows: &known, unspaced: true, capitals: "" };
    let protected = protect("他说囧囧，并给€5 https://un.org", &SHAPES[2], &vocabulary);
    assert_eq!(protected.sent(), "他说X1X，并给X2X 5 X3X");
}

#[test]
fn a_translation_that_lost_a_placeholder_is_refused() {
    let protected = protected("£10 and €5", false);
    let restored = |translation: &str| protected.restore(translation).map(Rewrite::into_text);
    assert_eq!(restored("X2X e X1X"), Some("€5 e £10".to_owned()));
    for lost in ["X1X e", "X1X e X1X e X2X", "X1Xa e X2X", "x1x e X2X", "X11X e X2X"] {
        assert_eq!(restored(lost), None, "{lost}");
    }
}

#[test]
fn what_is_all_unknown_has_no_words() {
    assert!(!protected("Ελλάδα, 2019!", false).has_words());
    assert!(!protected("(https://un.org)", false).has_words());
    assert!(protected("Ελλάδα signed", false).has_words());
}

proptest! {
    #[test]
    fn a_mirror_gives_the_text_back(words in prop::collection::vec("[a-zé£ü“”’@—.,()]{1,6}", 0..8), unspaced: bool) {
        let text = words.join(" ");
        let protected = protected(&text, unspaced);
        prop_assert!(knows(protected.sent()) || protected.sent().contains('@'), "{}", protected.sent());
        if let Some(restored) = protected.restore(protected.sent()) {
            let plain = Rewrite::new(&text, typography(&text, &Vocabulary { knows: &knows, unspaced, capitals: "" }));
            let ascii = |text: &str| text.chars().filter(|c| !"“”\"’'—- ".contains(*c)).collect::<String>();
            prop_assert_eq!(ascii(restored.text()), ascii(plain.text()));
        }
        for range in protected.ranges() {
            prop_assert!(text.get(range).is_some());
        }
    }

    #[test]
    fn tokens_come_back_as_often_as_they_went(text in "(\\PC|[a-z ’€½<>{}@/.-]){0,40}", shape in 0..SHAPES.len(), unspaced: bool) {
        let protected = protect(&text, &SHAPES[shape], &Vocabulary { knows: &knows, unspaced, capitals: "É" });
        prop_assert!(protected.tokens.iter().all(|token| !text.contains(&token.stand_in) || !token.stand_in.contains('X')));
        let sent = protected.sent().to_owned();
        if let Some(restored) = protected.restore(&sent) {
            for token in &protected.tokens {
                prop_assert!(restored.text().contains(&token.original), "{:?}", restored.text());
                prop_assert_eq!(&text[token.range.clone()], token.original.as_str());
            }
        }
    }
}
