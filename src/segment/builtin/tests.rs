use std::path::Path;

use super::*;
use crate::segment::Rules;

#[test]
fn the_tables_compile_without_look_around() {
    for group in srx().groups {
        for rule in group.rules {
            for java in [&rule.before, &rule.after] {
                let pattern = crate::segment::pattern::Pattern::translate(java, 0).expect("a pattern");
                assert!(pattern.regular, "{}: {java}", group.name);
            }
        }
    }
    Rules::from_srx(Path::new("built-in rules"), export_srx().as_bytes()).expect("rules and maps that are sound");
    assert_eq!(Rules::builtin().fingerprint().len(), 64);
}

#[test]
fn each_language_has_its_own_group_and_others_the_default() {
    let srx = srx();
    let names: Vec<&str> = srx.groups.iter().map(|group| group.name.as_str()).collect();
    assert_eq!(names.last(), Some(&"Default"));
    assert_eq!(srx.maps.last().map(|map| map.languages.as_str()), Some(".*"));
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), LANGUAGES.len());
}

#[test]
fn no_list_repeats_a_word_or_goes_unused() {
    let shared = table(SHARED);
    for language in LANGUAGES.iter().map(|text| table(text)) {
        for (name, words) in &language.lists {
            let mut seen = BTreeSet::new();
            let twice: Vec<&str> = words.split_whitespace().filter(|word| !seen.insert(*word)).collect();
            assert!(twice.is_empty(), "{} {name}: {twice:?}", language.name);
            let used = format!("<{name}>");
            let entries = shared.first.iter().chain(&shared.rule).chain(&language.rule);
            let mut patterns = entries.flat_map(|entry| [&entry.before, &entry.after]);
            let mut pieces = shared.pieces.values().chain(language.pieces.values());
            assert!(patterns.any(|text| text.contains(&used)) || pieces.any(|text| text.contains(&used)), "{name}");
        }
    }
}

#[test]
fn a_language_s_own_rules_lack_no_piece() {
    let shared = table(SHARED);
    for language in LANGUAGES.iter().map(|text| table(text)) {
        let whys: BTreeSet<String> = group(&language, &shared).rules.into_iter().map(|rule| rule.why).collect();
        for entry in &language.rule {
            assert!(whys.contains(&entry.why), "{}: {}", language.name, entry.why);
        }
    }
}

#[test]
fn words_become_patterns() {
    assert_eq!(word("prof"), "[Pp]rof");
    assert_eq!(word("J.-C"), r"J\.\p{Z}?-C");
    assert_eq!(word("a_b’s"), r"[Aa]\p{Z}b['’]s");
    assert_eq!(word("c/"), r"[Cc]\/");
}

#[track_caller]
fn cut(tag: &str, marked: &str) {
    let text = marked.replace('|', "");
    assert_eq!(Rules::builtin().split(tag.parse().expect("a language tag"), &text).join("|"), marked);
}

#[test]
fn datelines_stay_with_their_sentence() {
    cut("en", "MOSCOW, July 24. /TASS/. Russia will answer. |Talks go on.");
    cut("en", "BEIJING, July 24 (Xinhua) -- The U.S. Embassy was told on Friday. |It made no comment.");
    cut("zh", "新华社北京7月24日电（记者 张三）外交部24日作出答复。|双方将继续沟通。");
}

#[test]
fn straight_quotation_marks_open_and_close() {
    cut("zh", "双方会谈。|\"我们反对。\"他说。|\"请放心。\"|会谈结束。");
}

#[test]
fn a_year_opens_or_ends_a_sentence() {
    cut("ru", "В 2020 г. Россия ответила. |Завод закрыли в 2019 г. |Он пуст. |24 июля 2020 г. Китай возразил.");
    cut("ru", "Договор от 01.01.2020 г. № 5 действует.");
}

#[test]
fn an_office_and_its_holder_stay_together() {
    cut("es", "El presidente de los EE. UU. Juan Ejemplo viajó. |Volvió de EE. UU. |Ana Ruiz lo recibió.");
}

#[test]
fn other_languages_have_the_default() {
    cut("sv", "Hon kom kl. 9. |Sedan gick hon. |”Nej.” |Punkt 3.5 gäller.");
    cut("hi", "वह आया। |वह गया।");
}

#[test]
fn the_export_is_read_back_as_the_same_rules() {
    let export = export_srx();
    let read = Rules::from_srx(Path::new("export.srx"), export.as_bytes()).expect("what was exported");
    let text = "Mr. Ito left the U.S. on Jan. 5. He said: \"No.\" — 他说：“好。”她走了。";
    for tag in ["en", "de", "zh", "xx"] {
        let lang = tag.parse().expect("a language tag");
        assert_eq!(read.split(lang, text), Rules::builtin().split(lang, text), "{tag}");
    }
}
