//! The rules on terms, with a glossary of their own: each in a case that is wrong and in one that is right.

use std::path::Path;

use chancery::check::{self, Aids, Checks, Options};
use chancery::glossary::Glossary;
use chancery::model::{
    BlockKind, Document, Head, Lang, Mark, MarkKind, Metadata, Origin, Outcome, Passage, Prepared, Segment, SegmentId,
    Text, Unit,
};
use proptest::prelude::*;

use super::{lang, translated};

const GLOSSARY: &str = r#"
schema = 1
[[concept]]
id = "un"
[concept.terms]
en = [{ t = "United Nations" }, { t = "UN", type = "acronym", case = "exact", status = "admitted" }]
pt = [{ t = "Nações Unidas" }, { t = "ONU", status = "admitted", type = "acronym", case = "exact", first_use = "expand" }, { t = "União das Nações", status = "forbidden", why = "calque" }, { t = "Sociedade das Nações", superseded = true }]
[[concept]]
id = "treaty"
mandatory = true
[concept.terms]
en = [{ t = "founding treaty" }]
pt = [{ t = "tratado constitutivo" }, { t = "tratado fundador", status = "admitted" }, { t = "tratado", status = "admitted", type = "short" }]
[[concept]]
id = "cooperation"
not = ["coordination"]
[concept.terms]
en = [{ t = "strategic cooperation" }]
pt = [{ t = "cooperação estratégica" }]
[[concept]]
id = "coordination"
not = ["cooperation"]
[concept.terms]
en = [{ t = "strategic coordination" }]
pt = [{ t = "coordenação estratégica" }]
[[concept]]
id = "congress"
[concept.terms]
en = [{ t = "Congress" }]
pt = [{ t = "Congresso", case = "exact" }]
[[concept]]
id = "law"
[concept.terms]
en = [{ t = "rule of law" }]
pt = [{ t = "estado de direito", case = "exact" }]
[[concept]]
id = "summit"
[concept.terms]
en = [{ t = "summit" }]
pt = [{ t = "cúpula" }, { t = "cimeira", status = "admitted" }]
[[concept]]
id = "envoy"
[concept.terms]
en = [{ t = "envoy" }]
ru = [{ t = "посланник" }]
[[concept]]
id = "harbour"
[concept.terms]
pt = [{ t = "porto" }]
[[concept]]
id = "aukus"
dnt = true
[concept.terms]
"*" = [{ t = "AUKUS", case = "exact", match = "forms", forms = ["AUKUSes"] }, { t = "Aukus Pact", status = "admitted" }]
"#;

/// A segment and its translation, with the inline marks that the brackets of `[text]` put there.
fn unit(pair: (&str, &str), place: usize) -> (Segment, Outcome) {
    let segment = Segment { id: SegmentId::new("p", place), text: marked(pair.0), gap: " ".to_owned() };
    (segment, translated(marked(pair.1)))
}

/// `[bold]` in `text` as a bold mark, `{code}` as code.
fn marked(text: &str) -> Text {
    let (mut plain, mut marks, mut start) = (String::new(), Vec::new(), 0);
    for letter in text.chars() {
        let kind = match letter {
            '[' | '{' => {
                start = plain.len();
                continue;
            }
            ']' => MarkKind::Bold,
            '}' => MarkKind::Code,
            _ => {
                plain.push(letter);
                continue;
            }
        };
        let id = u32::try_from(marks.len()).expect("few marks") + 1;
        marks.push(Mark { id, range: start..plain.len(), kind });
    }
    Text::new(plain, marks).expect("marks apart from each other")
}

fn article(glossary: &Glossary, pairs: &[(&str, &str)]) -> Document<Unit> {
    let head = Head {
        origin: Origin::file(Path::new("a.txt")),
        format: "plain".to_owned(),
        encoding: "UTF-8".to_owned(),
        sha256: String::new(),
        metadata: Metadata::default(),
        cut: Vec::new(),
    };
    let (segments, outcomes): (Vec<_>, Vec<_>) = (1..).zip(pairs).map(|(place, pair)| unit(*pair, place)).unzip();
    let (id, kind) = ("p".to_owned(), BlockKind::Paragraph);
    let passage = Passage { id, kind, lang: lang("en"), lead: String::new(), segments };
    let document = Document { head, language: lang("en"), passages: vec![passage] };
    let mut outcomes = outcomes.into_iter();
    glossary.annotate(document, lang("pt")).map(|_, Prepared { segment, terms }| {
        let outcome = outcomes.next().expect("an outcome for each segment");
        Unit { segment, terms, outcome, findings: Vec::new(), remarks: Vec::new() }
    })
}

/// What the checks on terms find in an article of these segments, each as `place CODE severity: message`.
fn found(pairs: &[(&str, &str)], enable: &[&str]) -> Vec<String> {
    let glossary = Glossary::parse(Path::new("g.toml"), GLOSSARY).expect("a sound glossary");
    let enable = enable.iter().map(|code| (*code).to_owned()).collect();
    let checks = Checks::new(&Options { enable, ..Options::default() }).expect("sound options");
    let names = |concept: &str, lang: Lang| {
        let concept = glossary.concept(concept).expect("a concept of the glossary");
        concept.terms.iter().any(|term| term.reach(lang).is_some())
    };
    let aids = Aids {
        other_language: &|_, _| None,
        renditions: &|lang, terms, text| glossary.renditions(lang, terms, text),
        names: &names,
    };
    let reviewed = check::review(article(&glossary, pairs), lang("pt"), &checks, aids);
    let units = (1..).zip(reviewed.segments());
    let findings = units.flat_map(|(place, (_, unit))| unit.findings.iter().map(move |finding| (place, finding)));
    findings
        .map(|(place, it)| format!("{place} {} {}: {}", it.code, it.severity, it.message))
        .filter(|it| !it.contains(" C007 "))
        .collect()
}

#[track_caller]
fn finds(pairs: &[(&str, &str)], expected: &[&str]) {
    assert_eq!(found(pairs, &[]), expected, "{pairs:?}");
}

#[test]
fn t001_misses_a_term() {
    finds(&[("The summit", "A cúpula")], &[]);
    finds(&[("The summit", "A cimeira")], &[]);
    finds(&[("The summit", "O encontro")], &["1 T001 warning: term `summit` is not rendered as `cúpula`"]);
    finds(
        &[("The founding treaty", "O acordo")],
        &["1 T001 error: term `founding treaty` is not rendered as `tratado constitutivo`"],
    );
}

#[test]
fn t001_knows_that_what_was_named_may_be_shortened() {
    let later = "2 T001 info: term `summit` is not rendered as `cúpula`, as it was before";
    finds(&[("The summit", "A cúpula"), ("The summit", "O encontro")], &[later]);
    finds(
        &[("The summit", "O encontro"), ("The summit", "A cúpula")],
        &["1 T001 warning: term `summit` is not rendered as `cúpula`"],
    );
    finds(
        &[("The founding treaty", "O tratado constitutivo"), ("The founding treaty", "O acordo")],
        &["2 T001 error: term `founding treaty` is not rendered as `tratado constitutivo`, as it was before"],
    );
}

#[test]
fn t002_sees_a_forbidden_or_superseded_term() {
    let missing = "1 T001 warning: term `United Nations` is not rendered as `Nações Unidas`";
    let forbidden = "1 T002 error: `União das Nações` is forbidden for `United Nations` (calque), use `Nações Unidas`";
    finds(&[("The United Nations", "A União das Nações")], &[forbidden, missing]);
    finds(&[("The United Nations", "As Nações Unidas, a União das Nações")], &[forbidden]);
    finds(
        &[("The United Nations", "A Sociedade das Nações")],
        &[missing, "1 T002 warning: `Sociedade das Nações` is superseded for `United Nations`, use `Nações Unidas`"],
    );
    finds(&[("The league", "A Sociedade das Nações")], &[]);
}

#[test]
fn t003_sees_what_a_term_is_confused_with() {
    let missing = "1 T001 warning: term `strategic cooperation` is not rendered as `cooperação estratégica`";
    let confused = "1 T003 error: `coordenação estratégica` names `coordination`, not `strategic cooperation`, use `cooperação estratégica`";
    finds(&[("In strategic cooperation", "Em coordenação estratégica")], &[confused, missing]);
    finds(
        &[("In strategic cooperation", "Em cooperação estratégica, em coordenação estratégica")],
        &["1 T008 info: `coordenação estratégica` names `coordination`, which the source does not"],
    );
    finds(
        &[(
            "In strategic cooperation and strategic coordination",
            "Em coordenação estratégica e em coordenação estratégica",
        )],
        &[confused, missing],
    );
    finds(
        &[(
            "In strategic cooperation and strategic coordination",
            "Em coordenação estratégica e cooperação estratégica",
        )],
        &[],
    );
}

#[test]
fn t004_sees_an_admitted_term_for_a_mandatory_one() {
    finds(
        &[("The founding treaty", "O tratado fundador")],
        &["1 T004 info: `tratado fundador` is admitted for `founding treaty`, but `tratado constitutivo` is preferred"],
    );
    finds(&[("The founding treaty", "O tratado")], &[]);
    finds(&[("The founding treaty", "O tratado constitutivo")], &[]);
    finds(&[("The summit", "A cimeira")], &[]);
}

#[test]
fn t005_sees_two_renderings_in_one_article() {
    finds(
        &[("The summit", "A cúpula"), ("The summit", "A cimeira"), ("The summit", "A cimeira")],
        &["2 T005 info: `summit` is rendered as `cimeira` here and as `cúpula` before"],
    );
    finds(&[("The summit", "A cimeira"), ("The summit", "A cimeira")], &[]);
    finds(&[("The United Nations", "As Nações Unidas"), ("The United Nations", "A ONU")], &[]);
}

#[test]
fn t006_sees_a_name_that_was_changed() {
    finds(&[("AUKUS met", "A AUKUS reuniu-se")], &[]);
    finds(
        &[("AUKUS met", "A Áucus reuniu-se")],
        &["1 T006 warning: `AUKUS` is to stand as it is, but is not in the translation"],
    );
    finds(&[("AUKUS met", "Os AUKUSes")], &["1 T006 error: `AUKUS` is to stand as it is, but became `AUKUSes`"]);
    finds(&[("AUKUS met", "O Aukus Pact")], &["1 T006 error: `AUKUS` is to stand as it is, but became `Aukus Pact`"]);
    finds(
        &[("AUKUS met", "A AUKUS reuniu-se"), ("AUKUS left", "O grupo saiu")],
        &["2 T006 info: `AUKUS` is to stand as it is, but is not in the translation"],
    );
    finds(&[("AUKUS met", "A AUKUS, sim, a AUKUS")], &[]);
}

#[test]
fn t007_sees_a_wrong_case() {
    finds(&[("In Congress", "No congresso")], &["1 T007 warning: `congresso` is to be written `Congresso`"]);
    finds(&[("In Congress", "No Congresso")], &[]);
    finds(&[("In Congress", "NO CONGRESSO")], &[]);
    finds(
        &[("The rule of law", "O Estado de direito")],
        &["1 T007 warning: `Estado de direito` is to be written `estado de direito`"],
    );
    finds(&[("The rule of law", "«Estado de direito», não mais")], &[]);
    finds(&[("AUKUS met", "A Aukus")], &["1 T007 warning: `Aukus` is to be written `AUKUS`"]);
}

#[test]
fn t008_sees_what_the_source_does_not_name() {
    let extra = "1 T008 info: `cúpula` names `summit`, which the source does not";
    finds(&[("They met", "Houve uma cúpula")], &[extra]);
    finds(&[("They met", "Houve uma cúpula"), ("The summit", "A cúpula")], &[extra]);
    finds(&[("The summit", "A cúpula"), ("They met", "Houve uma cúpula")], &[]);
    finds(&[("They met", "No porto")], &[]);
}

#[test]
fn t009_sees_initials_before_the_name() {
    let early = "1 T009 warning: `ONU` stands before its full name: write `Nações Unidas` beside it";
    finds(&[("The UN met", "A ONU reuniu-se")], &[early]);
    finds(&[("The UN met", "A ONU reuniu-se"), ("The UN left", "A ONU saiu")], &[early]);
    finds(&[("The UN met", "As Nações Unidas reuniram-se"), ("The UN left", "A ONU saiu")], &[]);
    finds(&[("The United Nations (UN)", "A ONU (Nações Unidas)")], &[]);
    finds(&[("The UN met", "A ONU (Nações Unidas) reuniu-se"), ("The UN left", "A ONU saiu")], &[]);
}

#[test]
fn t010_counts_terms() {
    finds(&[("A summit after a summit", "Uma cúpula após outra")], &["1 T010 info: `summit` is rendered 1 of 2 times"]);
    finds(
        &[("A summit after a summit", "Uma cúpula após uma cimeira")],
        &["1 T005 info: `summit` is rendered as `cimeira` here and as `cúpula` before"],
    );
    finds(&[("A summit after a summit", "Uma cúpula após uma cúpula")], &[]);
}

#[test]
fn t011_sees_a_term_that_a_mark_parts() {
    let parted = "1 T011 info: an inline mark begins or ends inside `Nações Unidas`";
    finds(&[("The [United Nations]", "As [Nações] Unidas")], &[parted]);
    finds(&[("The [United Nations]", "As [Nações Unidas]")], &[]);
    finds(&[("The [United] Nations", "As Nações [Unidas]")], &[]);
    finds(&[("[The United Nations met]", "[As Nações Unidas reuniram-se]")], &[]);
}

#[test]
fn t012_sees_a_placeholder_for_a_term_and_c006_any_other() {
    finds(
        &[("The summit", "O X1X")],
        &[
            "1 T012 error: placeholder `X1X` was left in the translation, where `summit` is missing",
            "1 T001 warning: term `summit` is not rendered as `cúpula`",
        ],
    );
    finds(&[("The summit", "A cúpula X1X")], &["1 C006 error: placeholder `X1X` was left in the translation"]);
    finds(&[("They met", "A 1⟧ reuniu-se")], &["1 C006 error: placeholder `⟧` was left in the translation"]);
    finds(&[("The summit", "A cúpula")], &[]);
}

#[test]
fn t013_sees_a_term_set_apart_where_it_is_asked_to() {
    let skipped = "1 T013 info: `summit` is rendered only inside a quotation, an address or code";
    for target in ["A «cúpula»", "A “grande cúpula”", "Em https://example.org/cúpula", "O {cúpula}", "„Cúpula“ lá"]
    {
        assert!(found(&[("The summit", target)], &["T013"]).contains(&skipped.to_owned()), "{target}");
        assert!(!found(&[("The summit", target)], &[]).contains(&skipped.to_owned()), "{target}");
    }
    for target in ["A cúpula", "A «grande» cúpula", "A “cúpula", "A cúpula, a «cúpula»"] {
        assert_eq!(found(&[("The summit", target)], &["T013"]), [""; 0], "{target}");
    }
    assert_eq!(found(&[("The “summit”", "A «cúpula»")], &["T013"]), [""; 0]);
}

#[test]
fn t014_tells_once_what_the_glossary_lacks() {
    let lacks = "1 T014 info: the glossary has no term in pt for `envoy`";
    finds(&[("The envoy", "O enviado"), ("An envoy", "Um enviado")], &[lacks]);
    finds(&[("The summit", "A cúpula")], &[]);
}

const SENTENCES: &[(&str, &str)] = &[
    ("The summit", "A cúpula"),
    ("The summit", "A cimeira"),
    ("The summit", "O X1X"),
    ("They met", "Na cúpula da ONU"),
    ("The UN", "A ONU"),
    ("The United Nations", "A União das Nações"),
    ("The founding treaty", "O tratado fundador"),
    ("AUKUS", "O pacto"),
    ("AUKUS", "AUKUS"),
    ("An envoy", "Um enviado"),
    ("In strategic cooperation", "Em coordenação estratégica"),
];

proptest! {
    #[test]
    fn what_comes_after_changes_nothing(picks in prop::collection::vec(0usize..SENTENCES.len(), 1..8), cut in 0usize..8) {
        let pairs: Vec<(&str, &str)> = picks.into_iter().map(|pick| SENTENCES[pick]).collect();
        let cut = cut.min(pairs.len());
        let all = found(&pairs, &[]);
        let is_before = |it: &&String| it.split(' ').next().is_some_and(|place| place.parse().is_ok_and(|it: usize| it <= cut));
        let before: Vec<String> = all.iter().filter(is_before).cloned().collect();
        prop_assert_eq!(found(&pairs[..cut], &[]), before);
    }
}
