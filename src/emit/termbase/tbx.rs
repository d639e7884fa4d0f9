//! TBX of ISO 30042:2019: version 3, dialect TBX-Basic, the data category as an attribute (DCA).
//!
//! What the dialect has no category for (grammatical number, why a term is forbidden, that a concept is mandatory) is a
//! note at its level.

use crate::emit::Facts;
use crate::emit::xml::Xml;
use crate::model::{EntryTerm, Gender, Kind, Lang, TermEntry, TermStatus, Translation};

use super::remarks;

/// Writes `entries`, the concepts that occur in `translation`. The dialect wants one at least: none gives no document.
#[must_use]
pub fn tbx(translation: &Translation, entries: &[TermEntry], facts: &Facts) -> Option<String> {
    if entries.is_empty() {
        return None;
    }
    let mut xml = Xml::new();
    let namespace = ("xmlns", "urn:iso:std:iso:30042:ed-2");
    xml.open("tbx", &[("type", "TBX-Basic"), ("style", "dca"), ("xml:lang", "en"), namespace]);
    header(&mut xml, translation, facts);
    xml.open("text", &[]);
    xml.open("body", &[]);
    for entry in entries {
        concept(&mut xml, entry, translation.target);
    }
    (0..3).for_each(|_| xml.close());
    Some(xml.finish().text)
}

fn header(xml: &mut Xml, translation: &Translation, facts: &Facts) {
    let (head, pair) = (&translation.document.head, translation.pair());
    xml.open("tbxHeader", &[]);
    xml.open("fileDesc", &[]);
    xml.open("titleStmt", &[]);
    xml.leaf("title", &[], &format!("{} ({pair})", head.metadata.title.as_deref().unwrap_or(head.origin.as_str())));
    xml.close();
    xml.open("sourceDesc", &[]);
    xml.leaf("p", &[], &format!("The concepts of the glossary that occur in {}", head.origin));
    let print = facts.glossary.as_ref().map(|print| format!(", glossary {print}")).unwrap_or_default();
    xml.leaf("p", &[], &format!("chancery {}{print}", facts.tool_version));
    (0..3).for_each(|_| xml.close());
}

fn concept(xml: &mut Xml, entry: &TermEntry, target: Lang) {
    xml.open("conceptEntry", &[("id", &id(&entry.concept))]);
    if let Some(domain) = &entry.domain {
        xml.leaf("descrip", &[("type", "subjectField")], domain);
    }
    if let Some(definition) = &entry.definition {
        xml.open("descripGrp", &[]);
        xml.leaf("descrip", &[("type", "definition")], definition);
        xml.close();
    }
    if let Some(origin) = &entry.origin {
        xml.leaf("admin", &[("type", "source")], origin);
    }
    remarks(entry).for_each(|remark| xml.leaf("note", &[], remark));
    for (lang, terms) in [(entry.lang, &entry.source), (target, &entry.target)] {
        section(xml, lang, terms, entry.pos.as_deref());
    }
    xml.close();
}

fn section(xml: &mut Xml, lang: Lang, terms: &[EntryTerm], pos: Option<&str>) {
    if terms.is_empty() {
        return;
    }
    xml.open("langSec", &[("xml:lang", &lang.to_string())]);
    for term in terms {
        xml.open("termSec", &[]);
        xml.leaf("term", &[], &term.text);
        for (category, value) in categories(term, pos) {
            xml.leaf("termNote", &[("type", category)], value);
        }
        for note in notes(term) {
            xml.leaf("note", &[], &note);
        }
        xml.close();
    }
    xml.close();
}

/// What the dialect has a category for, with the values that it permits.
fn categories<'a>(term: &'a EntryTerm, pos: Option<&'a str>) -> Vec<(&'static str, &'a str)> {
    let mut said = vec![("administrativeStatus", status(term.status)), ("termType", kind(term.kind))];
    said.extend(pos.map(|pos| ("partOfSpeech", part_of_speech(pos))));
    said.extend(term.gender.map(|it| ("grammaticalGender", gender(it))));
    said.extend(term.region().map(|region| ("geographicalUsage", region)));
    said
}

fn notes(term: &EntryTerm) -> Vec<String> {
    let number = term.number.map(|number| format!("grammatical number: {number}"));
    let gender = (term.gender == Some(Gender::Common)).then(|| "masculine or feminine, as its bearer".to_owned());
    [number, gender, term.why.clone()].into_iter().flatten().collect()
}

fn status(status: TermStatus) -> &'static str {
    match status {
        TermStatus::Preferred => "preferredTerm-admn-sts",
        TermStatus::Admitted => "admittedTerm-admn-sts",
        TermStatus::Superseded => "supersededTerm-admn-sts",
        TermStatus::Forbidden => "deprecatedTerm-admn-sts",
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Full => "fullForm",
        Kind::Acronym => "acronym",
        Kind::Short => "shortForm",
        Kind::Variant => "variant",
    }
}

fn gender(gender: Gender) -> &'static str {
    match gender {
        Gender::Masculine => "masculine",
        Gender::Feminine => "feminine",
        Gender::Neuter => "neuter",
        Gender::Common => "other",
    }
}

fn part_of_speech(pos: &str) -> &str {
    match pos {
        "noun" | "verb" | "adjective" | "adverb" => pos,
        _ => "other",
    }
}

/// A concept's id as XML takes one. Different ids stay different.
fn id(concept: &str) -> String {
    let spelt = |char: char| match char {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '.' | '-' => char.to_string(),
        other => format!("_{:x}_", u32::from(other)),
    };
    "c-".chars().chain(concept.chars()).map(spelt).collect()
}

#[cfg(test)]
mod tests {
    use super::id;

    #[test]
    fn whatever_a_concept_is_called_its_id_is_one() {
        assert_eq!(id("2030-agenda"), "c-2030-agenda");
        assert_eq!(id("a b_c"), "c-a_20_b_5f_c");
        assert_eq!(id("和"), "c-_548c_");
    }
}
