//! One glossary file: TOML of schema 1, read strictly.
//!
//! The file is taken apart concept by concept and term by term, so that one mistake does not hide the next.

use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue, Deserializer, ValueDeserializer};

use super::Placed;
use super::lines::Lines;
use super::raw::{RawConcept, RawFile, RawTerm};
use crate::glossary::concept::{Mode, Term};
use crate::glossary::error::{Error, Place};
use crate::glossary::fold;
use crate::model::{Lang, TermStatus};

/// The language key of terms that stand in every language.
const EVERY_LANGUAGE: &str = "*";

/// Reads `text`, the content of the file `path`; what is wrong goes to `errors`, and only sound concepts are answered.
pub(super) fn read(path: &Path, text: &str, errors: &mut Vec<Error>) -> Vec<Placed> {
    let lines = Lines::of(text);
    Reader { path, text, lines, errors }.file()
}

struct Reader<'a> {
    path: &'a Path,
    text: &'a str,
    lines: Lines,
    errors: &'a mut Vec<Error>,
}

/// What the checks of a term need to know of its concept.
struct Owner {
    id: String,
    dnt: bool,
}

impl<'a> Reader<'a> {
    fn file(mut self) -> Vec<Placed> {
        let (mut root, syntax) = DeTable::parse_recoverable(self.text);
        if !syntax.is_empty() {
            for error in &syntax {
                self.malformed(error);
            }
            return Vec::new();
        }
        let concepts = take(root.get_mut(), "concept");
        match RawFile::deserialize(Deserializer::from(root)) {
            Ok(RawFile { schema, .. }) if *schema.get_ref() != 1 => {
                self.fault(schema.span().start, |place| Error::Schema { place, found: *schema.get_ref() });
                return Vec::new();
            }
            Ok(_) => {}
            Err(error) => self.malformed(&error),
        }
        let concepts = concepts.map_or_else(Vec::new, |value| self.list(value, "tables, each under `[[concept]]`"));
        concepts.into_iter().filter_map(|concept| self.concept(concept)).collect()
    }

    fn concept(&mut self, mut value: Spanned<DeValue<'a>>) -> Option<Placed> {
        let sound = self.errors.len();
        let at = value.span().start;
        let id = value.get_ref().get("id").and_then(|id| id.get_ref().as_str()).unwrap_or_default().to_owned();
        let terms = match value.get_mut() {
            DeValue::Table(table) => take(table, "terms"),
            _ => None,
        };
        let raw: Option<RawConcept> = self.parse(value);
        // Where the concept itself is wrong its terms are still looked at.
        let owner = raw.as_ref().map_or(Owner { id, dnt: true }, |raw| self.owner(raw, at));
        let terms = terms.map_or_else(Vec::new, |terms| self.languages(terms, &owner));
        let concept = raw?.with(terms);
        (self.errors.len() == sound).then(|| Placed { place: self.place(at), concept })
    }

    fn owner(&mut self, raw: &RawConcept, at: usize) -> Owner {
        let owner = Owner { id: raw.id.clone(), dnt: raw.dnt };
        self.strings([&raw.id], "id", at, &owner);
        self.strings(&raw.not, "not", at, &owner);
        if let Some(when) = &raw.when {
            self.strings(&when.source_any, "source_any", at, &owner);
            self.strings(&when.domain_any, "domain_any", at, &owner);
        }
        owner
    }

    /// The terms under all language keys, those of every language first.
    fn languages(&mut self, value: Spanned<DeValue<'a>>, owner: &Owner) -> Vec<Term> {
        let at = value.span().start;
        let DeValue::Table(languages) = value.into_inner() else {
            let message = "`terms` has to be a table of languages, such as `en = [{ t = \"..\" }]`".to_owned();
            self.fault(at, |place| Error::Malformed { place, message });
            return Vec::new();
        };
        let mut terms = Vec::new();
        for (key, list) in languages {
            let lang = self.language(&key, owner);
            for value in self.list(list, "terms, such as `[{ t = \"..\" }]`") {
                let at = value.span().start;
                let Some(raw) = self.parse::<RawTerm>(value) else { continue };
                self.term(&raw, at, owner);
                let Some(lang) = lang.and_then(|lang| self.region(lang, &raw, at)) else { continue };
                terms.push((at, raw.with(lang)));
            }
        }
        terms.sort_by_key(|(_, term)| term.lang);
        self.one_preferred(&terms, owner);
        terms.into_iter().map(|(_, term)| term).collect()
    }

    /// What a language key says: a language, or (inside) none, for every language; nothing where it is wrong.
    #[expect(clippy::option_option, reason = "a wrong key and the key of every language are two things")]
    fn language(&mut self, key: &Spanned<DeString<'a>>, owner: &Owner) -> Option<Option<Lang>> {
        if key.get_ref() != EVERY_LANGUAGE {
            return self.tag(key.get_ref(), key.span().start).map(Some);
        }
        if !owner.dnt {
            self.fault(key.span().start, |place| Error::NotDnt { place, concept: owner.id.clone() });
        }
        Some(None)
    }

    /// The language of a term under the key `lang`, its own region added.
    #[expect(clippy::option_option, reason = "a wrong region and the key of every language are two things")]
    fn region(&mut self, lang: Option<Lang>, raw: &RawTerm, at: usize) -> Option<Option<Lang>> {
        let Some(region) = &raw.region else { return Some(lang) };
        if let Some(lang) = lang.filter(|lang| lang.region().is_none()) {
            let regional = self.tag(&format!("{lang}-{region}"), at)?;
            if regional.without_region() == lang {
                return Some(Some(regional));
            }
            let message = format!("`{region}` is not a region: write one such as `BR`");
            self.fault(at, |place| Error::Malformed { place, message });
            return None;
        }
        let key = lang.map_or_else(|| EVERY_LANGUAGE.to_owned(), |lang| lang.to_string());
        self.fault(at, |place| Error::RegionTwice { place, key });
        None
    }

    fn tag(&mut self, tag: &str, at: usize) -> Option<Lang> {
        tag.parse().map_err(|reason| self.fault(at, |place| Error::NotALanguage { place, reason })).ok()
    }

    fn term(&mut self, raw: &RawTerm, at: usize, owner: &Owner) {
        self.strings([&raw.t], "t", at, owner);
        self.strings(&raw.forms, "forms", at, owner);
        self.strings(&raw.not_within, "not_within", at, owner);
        let term = raw.t.clone();
        match raw.r#match {
            _ if raw.superseded && raw.status() == TermStatus::Preferred => {
                self.fault(at, |place| Error::SupersededPreferred { place, term });
            }
            Mode::Forms if raw.forms.is_empty() => self.fault(at, |place| Error::NoForms { place, term }),
            Mode::Exact if !raw.forms.is_empty() => self.fault(at, |place| Error::IdleForms { place, term }),
            _ => {}
        }
    }

    fn one_preferred(&mut self, terms: &[(usize, Term)], owner: &Owner) {
        let preferred: Vec<_> = terms.iter().filter(|(_, term)| term.status == TermStatus::Preferred).collect();
        for pair in preferred.windows(2) {
            let [(_, first), (at, second)] = pair else { continue };
            if first.lang == second.lang {
                self.fault(*at, |place| Error::TwoPreferred {
                    place,
                    concept: owner.id.clone(),
                    lang: second.lang,
                    first: first.text.clone(),
                    second: second.text.clone(),
                });
            }
        }
    }

    fn strings<'s>(
        &mut self,
        strings: impl IntoIterator<Item = &'s String>,
        key: &'static str,
        at: usize,
        owner: &Owner,
    ) {
        if strings.into_iter().any(|string| string.trim() != string || fold::is_blank(string)) {
            self.fault(at, |place| Error::Blank { place, concept: owner.id.clone(), key });
        }
    }

    fn list(&mut self, value: Spanned<DeValue<'a>>, wanted: &str) -> Vec<Spanned<DeValue<'a>>> {
        let at = value.span().start;
        if let DeValue::Array(array) = value.into_inner() {
            return array.into_iter().collect();
        }
        let message = format!("this has to be a list of {wanted}");
        self.fault(at, |place| Error::Malformed { place, message });
        Vec::new()
    }

    fn parse<T: DeserializeOwned>(&mut self, value: Spanned<DeValue<'a>>) -> Option<T> {
        T::deserialize(ValueDeserializer::from(value)).map_err(|error| self.malformed(&error)).ok()
    }

    fn malformed(&mut self, error: &toml::de::Error) {
        let message = error.message().split_whitespace().collect::<Vec<_>>().join(" ");
        let at = error.span().unwrap_or_default().start;
        self.fault(at, |place| Error::Malformed { place, message });
    }

    fn fault(&mut self, at: usize, error: impl FnOnce(Place) -> Error) {
        self.errors.push(error(self.place(at)));
    }

    fn place(&self, at: usize) -> Place {
        let (line, column) = self.lines.locate(self.text, at);
        Place { path: self.path.to_owned(), line, column }
    }
}

/// Takes the value of `key` out of `table` and leaves a stopgap, so that the key still counts as there.
fn take<'a>(table: &mut DeTable<'a>, key: &str) -> Option<Spanned<DeValue<'a>>> {
    let value = table.get_mut(key)?;
    let stopgap = Spanned::new(value.span(), DeValue::Boolean(true));
    Some(std::mem::replace(value, stopgap))
}
