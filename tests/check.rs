//! The checks on real news: human translations raise few alarms, and spoiled ones are found.

#[path = "shared/languages.rs"]
mod languages;
mod shared;
#[path = "check/terms.rs"]
mod terms;

use chancery::check::{Aids, Checks, Context, Options};
use chancery::detect::{self, Detector};
use chancery::model::{Lang, Outcome, Provenance, Renditions, Segment, SegmentId, Target, TermHit, Text, Unit};
use languages::NAMES;
use shared::ntrex;

fn lang(tag: &str) -> Lang {
    tag.parse().expect("a language tag")
}

fn translated(text: Text) -> Outcome {
    let provenance = Provenance { backend: "human".to_owned(), engine: "human".to_owned(), models: Vec::new() };
    Outcome::Translated(Target {
        text,
        guessed: Vec::new(),
        passed: Vec::new(),
        terms: Vec::new(),
        provenance,
        review: None,
    })
}

/// The codes that the checks find in each human translation from `from` into `to`, a code once a segment.
fn codes(from: (&str, &str), to: (&str, &str), spoil: impl Fn(&str) -> Option<String>) -> (usize, Vec<String>) {
    let (detector, checks) =
        (Detector::new(&detect::Options::default()).expect("sound"), Checks::new(&Options::default()).expect("sound"));
    let other_language = |text: &str, than: Lang| detector.other(text, than);
    let (renditions, names) = (|_: Lang, _: &[TermHit], _: &str| Renditions::default(), |_: &str, _: Lang| false);
    let aids = Aids { other_language: &other_language, renditions: &renditions, names: &names };
    let (mut all, mut codes) = (0, Vec::new());
    for [source, target] in ntrex([from.0, to.0]).iter().flatten() {
        let Some(target) = spoil(target) else { continue };
        let outcome = translated(Text::from(target));
        let segment = Segment { id: SegmentId::new("p", 1), text: Text::from(source.as_str()), gap: String::new() };
        let unit = Unit { segment, terms: Vec::new(), outcome, findings: Vec::new(), remarks: Vec::new() };
        let context = Context::new(&unit, lang(from.1), lang(to.1), aids);
        let findings = checks.run(&[context]).into_iter().flatten();
        let mut found: Vec<String> = findings.map(|finding| finding.code).collect();
        found.dedup();
        codes.extend(found);
        all += 1;
    }
    (all, codes)
}

fn per_mille(all: usize, codes: &[String], code: &str) -> usize {
    codes.iter().filter(|found| *found == code).count() * 1000 / all.max(1)
}

/// Human translations give few false alarms. Most of what C001 finds are miles and inches that became kilometres.
#[test]
fn human_translations_raise_few_alarms() {
    let english = NAMES[0];
    let into = NAMES[1..].iter().map(|to| (english, *to));
    let out_of = NAMES[1..].iter().map(|from| (*from, english));
    for (from, to) in into.chain(out_of) {
        let (all, codes) = codes(from, to, |target| Some(target.to_owned()));
        let rates = ["C001", "C002", "C004", "C007"].map(|code| per_mille(all, &codes, code));
        let limits = [25, 2, 0, 5];
        assert!(rates.iter().zip(limits).all(|(rate, limit)| *rate <= limit), "{}-{}: {rates:?}", from.0, to.0);
    }
}

/// A number that was changed in a human translation is found in four of five at least; the rest were words in the source.
#[test]
fn a_changed_number_is_found() {
    for to in [("de", "de"), ("zh", "zh-Hans"), ("ar", "ar")] {
        let spoil = |target: &str| {
            let at = target.find(|c: char| c.is_ascii_digit())?;
            let digits = target[at..].chars().take_while(char::is_ascii_digit).count();
            Some(format!("{}{}{}", &target[..at], "7".repeat(digits + 1), &target[at + digits..]))
        };
        let (all, codes) = codes(NAMES[0], to, spoil);
        let found = per_mille(all, &codes, "C001");
        assert!(found >= 800, "{}: {found} of a thousand", to.0);
    }
}
