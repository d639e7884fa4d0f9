use super::*;
use crate::model::{
    Failed, Failure, Head, Kept, Mark, MarkKind, Metadata, Origin, Outcome, Passage, Provenance, Renditions, Segment,
    SegmentId, Target, Text,
};

mod terms;

fn lang(tag: &str) -> Lang {
    tag.parse().expect("a language tag")
}

fn unit(source: Text, outcome: Outcome) -> Unit {
    let segment = Segment { id: SegmentId::new("p", 1), text: source, gap: String::new() };
    Unit { segment, terms: Vec::new(), outcome, findings: Vec::new(), remarks: Vec::new() }
}

fn translated(text: Text) -> Outcome {
    let provenance = Provenance { backend: "test".to_owned(), engine: "test".to_owned(), models: Vec::new() };
    Outcome::Translated(Target {
        text,
        guessed: Vec::new(),
        passed: Vec::new(),
        terms: Vec::new(),
        provenance,
        review: None,
    })
}

fn translation(source: &str, target: &str) -> Unit {
    unit(Text::from(source), translated(Text::from(target)))
}

/// What the rules find in `unit`, written `code severity: message`.
fn found(unit: &Unit, source: &str, target: &str) -> Vec<String> {
    let other_language =
        |text: &str, than: Lang| text.contains("the ").then(|| lang("en")).filter(|it| !it.reads_as(than));
    let aids =
        Aids { other_language: &other_language, renditions: &|_, _, _| Renditions::default(), names: &|_, _| false };
    let checks = Checks::new(&Options::default()).expect("the default options are sound");
    let findings = checks.run(&[Context::new(unit, lang(source), lang(target), aids)]);
    findings
        .iter()
        .flatten()
        .map(|finding| format!("{} {}: {}", finding.code, finding.severity, finding.message))
        .collect()
}

#[track_caller]
fn finds(pair: (&str, &str), source: &str, target: &str, expected: &[&str]) {
    assert_eq!(found(&translation(source, target), pair.0, pair.1), expected, "{source} | {target}");
}

const EN_DE: (&str, &str) = ("en", "de");

#[test]
fn c000_says_why_a_segment_failed() {
    let failed = Failed { kind: Failure::TooLong, detail: "900 words".to_owned() };
    let unit = unit(Text::from("A text"), Outcome::Failed(failed));
    assert_eq!(found(&unit, "en", "de"), ["C000 error: not translated: too long: 900 words"]);
}

#[test]
fn a_kept_segment_is_not_checked() {
    assert!(
        found(&unit(Text::from("12 % of the X1X"), Outcome::Kept(Kept::NothingToTranslate)), "en", "de").is_empty()
    );
}

#[test]
fn c001_misses_a_number() {
    let missing = "C001 warning: number 1,234.5 is missing from the translation";
    finds(EN_DE, "It cost 1,234.5 euros", "Es kostete 1.243,5 Euro", &[missing]);
    finds(EN_DE, "It cost 1,234.5 euros", "Es kostete 1.234,5 Euro", &[]);
    finds(EN_DE, "At 3:30 p.m. in 2018", "Um 15.30 Uhr im Jahr 2018", &[]);
    finds(
        EN_DE,
        "At 3:30 p.m. in 2018",
        "Um 16.30 Uhr im Jahr 2018",
        &["C001 warning: number 3 is missing from the translation"],
    );
    finds(EN_DE, "At 3pm in 2018", "Um 15.30 Uhr im Jahr 2018", &[]);
    finds(("en", "es"), "At 15:30 in 2018", "A las 3:30 p. m. de 2018", &[]);
    finds(
        EN_DE,
        "On Monday 3 American diplomats came",
        "Am Montag kamen 15 amerikanische Diplomaten",
        &["C001 warning: number 3 is missing from the translation"],
    );
    finds(("en", "fr"), "the 19th century", "le XIXe siècle", &[]);
    finds(
        ("en", "fr"),
        "the 19th century",
        "le XVIIIe siècle",
        &["C001 warning: number 19 is missing from the translation"],
    );
    finds(("en", "zh"), "It sold for 1.5 million dollars", "它以150万美元售出", &[]);
    finds(
        ("en", "zh"),
        "It sold for 1.5 million dollars",
        "它以150亿美元售出",
        &["C001 warning: number 1.5 is missing from the translation"],
    );
    finds(EN_DE, "It is worth 2.8bn", "Es ist 2,8 Milliarden wert", &[]);
    finds(
        EN_DE,
        "It is worth 2.8bn",
        "Es ist 2,8 Millionen wert",
        &["C001 warning: number 2.8 is missing from the translation"],
    );
    finds(("zh", "en"), "他于9月29日抵达", "He came on September 29", &[]);
    finds(
        ("zh", "en"),
        "他于9月29日抵达",
        "He came on August 29",
        &["C001 warning: number 9 is missing from the translation"],
    );
    finds(("zh", "en"), "20世纪30年代", "In the 1930s", &[]);
    finds(("en", "ar"), "It lasted 45 days", "استمر ٤٥ يوما", &[]);
    finds(
        ("en", "ar"),
        "It lasted 45 days",
        "استمر ٥٤ يوما",
        &["C001 warning: number 45 is missing from the translation"],
    );
    finds(("de", "fr"), "3 Minister kamen", "Trois ministres sont venus", &[]);
}

#[test]
fn c002_sees_a_copy() {
    let copied = "C002 error: the translation is a copy of the source";
    finds(("fr", "de"), "Le ministre est venu", "Le ministre  est venu", &[copied]);
    finds(("ja", "zh"), "首相訪米延期決定", "首相訪米延期決定", &[copied]);
    finds(("fr", "de"), "Le ministre est venu", "Der Minister ist gekommen", &[]);
    finds(("en", "de"), "Elite League Final", "Elite League Final", &[]);
    finds(("pt", "pt-BR"), "O ministro chegou ontem", "O ministro chegou ontem", &[]);
}

#[test]
fn c003_sees_an_empty_translation() {
    finds(EN_DE, "Three ministers came", "…", &["C003 error: the translation holds no words"]);
    finds(EN_DE, "—", "–", &[]);
}

#[test]
fn c004_sees_another_language() {
    let wrong = "C004 error: the translation is in en, not in de";
    finds(EN_DE, "On Monday the talks were put off again", "Now the talks were again put off", &[wrong]);
    finds(EN_DE, "On Monday the talks were put off again", "Am Montag wurden die Gespräche erneut verschoben", &[]);
    finds(("de", "en-GB"), "Am Montag wurden die Gespräche verschoben", "On Monday the talks were put off", &[]);
}

#[test]
fn c005_sees_marks_that_differ() {
    let marked = |plain: &str, marks: &[(u32, MarkKind)]| {
        let mark = |(id, kind): &(u32, MarkKind)| Mark { id: *id, range: 0..3, kind: kind.clone() };
        Text::new(plain, marks.iter().map(mark).collect()).expect("the marks lie on the text")
    };
    let source = marked("Now it begins", &[(1, MarkKind::Bold)]);
    let link = MarkKind::Link { href: "https://example.org".to_owned() };
    let same = unit(source.clone(), translated(marked("Nun beginnt es", &[(1, MarkKind::Bold)])));
    assert!(found(&same, "en", "de").is_empty());
    let other = unit(source, translated(marked("Nun beginnt es", &[(2, link)])));
    let expected = [
        "C005 warning: inline mark 1 (bold) of the source is missing",
        "C005 warning: inline mark 2 (link) is not in the source",
    ];
    assert_eq!(found(&other, "en", "de"), expected);
}

#[test]
fn c006_sees_a_placeholder() {
    for (target, token) in
        [("Der X1X tagt", "X1X"), ("在QX71开会", "QX71"), ("Der ⟦2⟧ tagt", "⟦2⟧"), ("Die a3b tagt", "a3b")]
    {
        let left = format!("C006 error: placeholder `{token}` was left in the translation");
        finds(EN_DE, "It meets today", target, &[&left]);
    }
    finds(EN_DE, "The X1X rocket", "Die X1X Rakete", &[]);
    finds(EN_DE, "The rocket", "Die XXX Rakete", &[]);
}

#[test]
fn c007_sees_an_odd_length() {
    let source = "The ministers agreed on Monday to meet again in the spring and to go on with their talks on trade";
    finds(EN_DE, source, "Ja", &["C007 warning: the translation is 58.2 times shorter than expected"]);
    let long = "sehr ".repeat(80);
    finds(EN_DE, source, &long, &["C007 warning: the translation is 3.4 times longer than expected"]);
    finds(("en", "zh"), source, "部长们周一同意春季再次会面，继续贸易谈判", &[]);
    finds(("en", "vi"), source, "Có", &[]);
}

#[test]
fn codes_are_unique_and_sorted_and_so_are_names() {
    assert!(RULES.windows(2).all(|two| two[0].code < two[1].code));
    let names: std::collections::BTreeSet<&str> = RULES.iter().map(|rule| rule.name).collect();
    assert_eq!(names.len(), RULES.len());
}

#[test]
fn a_disabled_rule_is_not_run_and_an_unknown_one_is_refused() {
    let options = |code: &str| Options { disable: vec![code.to_owned()], ..Options::default() };
    assert!(runs(&options("C004"), "C003"));
    assert!(!runs(&options("C003"), "C003"));
    let error = Checks::new(&options("C999")).expect_err("no such code").to_string();
    assert!(error.starts_with("no check has the code `C999`: write one of C000, C001"), "{error}");
}

fn runs(options: &Options, code: &str) -> bool {
    Checks::new(options).expect("sound options").rules.iter().any(|rule| rule.code == code)
}

#[test]
fn a_rule_that_is_off_by_default_is_run_where_it_is_enabled() {
    let options = |code: &str| Options { enable: vec![code.to_owned()], ..Options::default() };
    assert!(!runs(&Options::default(), "T013"));
    assert!(runs(&options("T013"), "T013"));
    assert!(Checks::new(&options("T913")).is_err());
    let both = Options { disable: vec!["T013".to_owned()], ..options("T013") };
    let error = Checks::new(&both).expect_err("on and off").to_string();
    assert_eq!(error, "check `T013` is both enabled and disabled: keep one of the two");
}

#[test]
fn review_puts_the_worst_first_and_the_options_say_what_fails() {
    let head = Head {
        origin: Origin::file(std::path::Path::new("a.txt")),
        format: "plain".to_owned(),
        encoding: "UTF-8".to_owned(),
        sha256: String::new(),
        metadata: Metadata::default(),
        cut: Vec::new(),
    };
    let passage = Passage {
        id: "p".to_owned(),
        kind: crate::model::BlockKind::Paragraph,
        lang: lang("en"),
        lead: String::new(),
        segments: vec![translation("In 2018 the army left", "Die Armee X1X ging")],
    };
    let document = Document { head, language: lang("en"), passages: vec![passage] };
    let checks = Checks::new(&Options { fail_on: Severity::Error, ..Options::default() }).expect("sound");
    let aids =
        Aids { other_language: &|_, _| None, renditions: &|_, _, _| Renditions::default(), names: &|_, _| false };
    let reviewed = review(document, lang("de"), &checks, aids);
    let codes: Vec<(&str, bool)> = reviewed
        .segments()
        .flat_map(|(_, unit)| unit.findings.iter().map(|finding| (finding.code.as_str(), checks.fails(finding))))
        .collect();
    assert_eq!(codes, [("C006", true), ("C001", false)]);
}
