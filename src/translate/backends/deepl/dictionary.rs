//! Keeps the terms of each pair with DeepL as a glossary (`/v3/glossaries`), which is named by the hash of what it says.
//!
//! Laws: a glossary that is used says exactly the terms of the run; one that is there already is used and not made again;
//! only glossaries of this name, label and pair are ever deleted, and only when another has taken their place.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Mutex as Lock, PoisonError};

use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;

use super::{DeepL, Options};
use crate::model::{Pair, sha256};
use crate::translate::{Error, Trouble};

/// Bytes of a term, and of a whole dictionary (OpenAPI, `ManageMultilingualGlossaries`).
const LONGEST_TERM: usize = 1024;
const LARGEST: usize = 10 << 20;
/// What helps where there can be no glossary.
const WITHOUT: &str = "; to go without, set `glossary = false` in its table";
/// What the names of our glossaries begin with.
const PREFIX: &str = "chancery-";

/// The terms of each pair, and the glossaries that hold them.
pub(super) struct Dictionaries {
    /// Whether glossaries are wanted.
    wanted: bool,
    label: String,
    told: Lock<BTreeMap<Pair, Dictionary>>,
    /// The ids of glossaries that are known to be there. Locked while one is looked for, so that it is made once.
    ids: Mutex<BTreeMap<Pair, String>>,
}

/// The terms of a pair as DeepL reads them: a line for each, with a tab between.
#[derive(Clone)]
struct Dictionary {
    entries: String,
    hash: String,
}

#[derive(Deserialize)]
struct Listed {
    glossaries: Vec<Glossary>,
}

#[derive(Deserialize)]
struct Glossary {
    glossary_id: String,
    name: String,
}

#[derive(Serialize)]
struct Created<'a> {
    name: &'a str,
    dictionaries: [Content<'a>; 1],
}

#[derive(Serialize)]
struct Content<'a> {
    source_lang: &'a str,
    target_lang: &'a str,
    entries: &'a str,
    entries_format: &'static str,
}

impl Dictionaries {
    pub(super) fn new(options: &Options) -> Self {
        Self {
            wanted: options.glossary,
            label: options.glossary_label.clone(),
            told: Lock::default(),
            ids: Mutex::default(),
        }
    }

    /// Takes the terms of a pair.
    pub(super) fn tell(&self, pair: Pair, terms: &[(String, String)]) {
        let dictionary = Dictionary::new(pair, terms);
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        told.insert(pair, dictionary);
    }

    /// The hash of what the glossary of a pair says, where there is one.
    pub(super) fn hash(&self, pair: Pair) -> Option<String> {
        self.dictionary(pair).map(|dictionary| dictionary.hash)
    }

    fn dictionary(&self, pair: Pair) -> Option<Dictionary> {
        let told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        told.get(&pair).filter(|it| self.wanted && !it.entries.is_empty()).cloned()
    }

    /// The id of the glossary that says the terms of a pair, which is looked for and made where it is not there; none where
    /// there are no terms.
    ///
    /// # Errors
    /// When it is not there and cannot be made.
    pub(super) async fn synchronised(&self, deepl: &DeepL, pair: Pair) -> Result<Option<String>, Error> {
        let Some(dictionary) = self.dictionary(pair) else { return Ok(None) };
        let mut ids = self.ids.lock().await;
        if let Some(id) = ids.get(&pair) {
            return Ok(Some(id.clone()));
        }
        let name = format!("{PREFIX}{} {} {pair}", dictionary.hash, self.label);
        let Listed { glossaries } = deepl.http.json(deepl.authorized(deepl.http.get("/v3/glossaries"))).await?;
        let found = glossaries.iter().find(|glossary| glossary.name == name);
        let id = if let Some(glossary) = found {
            glossary.glossary_id.clone()
        } else {
            let id = create(deepl, pair, &name, &dictionary).await?;
            self.delete_replaced(deepl, pair, &glossaries).await?;
            id
        };
        ids.insert(pair, id.clone());
        Ok(Some(id))
    }

    /// Has the glossary of a pair looked for again before it is used again.
    pub(super) async fn forget(&self, pair: Pair) {
        self.ids.lock().await.remove(&pair);
    }

    /// Deletes what had the place of a new glossary.
    async fn delete_replaced(&self, deepl: &DeepL, pair: Pair, glossaries: &[Glossary]) -> Result<(), Error> {
        for glossary in glossaries.iter().filter(|glossary| self.is_own(pair, &glossary.name)) {
            let id: &str = &glossary.glossary_id;
            let request = deepl.authorized(deepl.http.delete(&format!("/v3/glossaries/{id}")));
            match deepl.http.send(request).await {
                // Somebody else may have deleted it.
                Err(Error::Service { trouble: Trouble::Address | Trouble::Overloaded, .. }) | Ok(_) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Whether a glossary of this name was made for the same label and pair.
    fn is_own(&self, pair: Pair, name: &str) -> bool {
        let parts = name.strip_prefix(PREFIX).and_then(|rest| rest.split_once(' '));
        let is_hash = |hash: &str| hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit());
        parts.is_some_and(|(hash, rest)| is_hash(hash) && rest == format!("{} {pair}", self.label))
    }
}

/// Makes the glossary of a pair; gives its id.
async fn create(deepl: &DeepL, pair: Pair, name: &str, dictionary: &Dictionary) -> Result<String, Error> {
    if dictionary.entries.len() > LARGEST {
        let size = dictionary.entries.len();
        let reason = format!("the terms of {pair} are {size} bytes, and it takes {LARGEST}{WITHOUT}");
        return Err(deepl.http.trouble(Trouble::Pair, reason));
    }
    // A glossary knows languages, not their variants: that of `zh` serves both scripts.
    let content = Content {
        source_lang: pair.source.language(),
        target_lang: pair.target.language(),
        entries: &dictionary.entries,
        entries_format: "tsv",
    };
    let request = deepl.authorized(deepl.http.post("/v3/glossaries"));
    let made = deepl.http.json(request.json(&Created { name, dictionaries: [content] })).await;
    let Glossary { glossary_id, .. } = made.map_err(|error| refused(deepl, pair, error))?;
    Ok(glossary_id)
}

/// What it means that no glossary is made: nothing is translated without it unawares.
fn refused(deepl: &DeepL, pair: Pair, error: Error) -> Error {
    let Error::Service { trouble, reason, .. } = &error else { return error };
    match trouble {
        Trouble::Refused | Trouble::TooLarge => {
            let reason = format!("it does not take the terms of {pair} as a glossary: {reason}{WITHOUT}");
            deepl.http.trouble(Trouble::Pair, reason)
        }
        Trouble::Quota => {
            let reason = format!("the account has as many glossaries as it may (456): delete some{WITHOUT}");
            deepl.http.trouble(Trouble::Quota, reason)
        }
        _ => error,
    }
}

impl Dictionary {
    /// The terms that DeepL takes: within its length, and without control characters, at which it refuses all.
    fn new(pair: Pair, terms: &[(String, String)]) -> Self {
        let is_plain = |c: char| !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}');
        let is_taken = |term: &str| {
            !term.is_empty() && term.len() <= LONGEST_TERM && term.chars().all(is_plain) && term.trim() == term
        };
        let mut entries = String::new();
        for (term, rendering) in terms.iter().filter(|(term, rendering)| is_taken(term) && is_taken(rendering)) {
            let _ = writeln!(entries, "{term}\t{rendering}");
        }
        let hash = sha256(format!("{pair}\n{entries}").as_bytes());
        Self { entries, hash }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair() -> Pair {
        Pair { source: "en".parse().expect("a tag"), target: "pt-BR".parse().expect("a tag") }
    }

    #[track_caller]
    fn entries(terms: &[(&str, &str)], wanted: &str) {
        let terms: Vec<_> = terms.iter().map(|(term, said)| ((*term).to_owned(), (*said).to_owned())).collect();
        assert_eq!(Dictionary::new(pair(), &terms).entries, wanted);
    }

    #[test]
    fn what_would_spoil_the_whole_glossary_is_left_out() {
        entries(&[("peace", "paz"), ("war", "guerra")], "peace\tpaz\nwar\tguerra\n");
        entries(&[("a\tb", "c"), ("a\nb", "c"), ("", "c"), ("a", " c"), ("d", "e\u{2028}f"), ("g", "h")], "g\th\n");
        let long = "x".repeat(LONGEST_TERM);
        entries(&[(&long, "y"), (&format!("{long}x"), "y")], &format!("{long}\ty\n"));
    }

    #[test]
    fn only_what_bears_label_and_pair_is_our_own() {
        let dictionaries = Dictionaries::new(&Options::default());
        let hash = "0123456789abcdef".repeat(4);
        let is_own = |name: &str| dictionaries.is_own(pair(), name);
        assert!(is_own(&format!("chancery-{hash} default en-pt-BR")));
        for foreign in [
            format!("chancery-{hash} other en-pt-BR"),
            format!("chancery-{hash} default en-pt-PT"),
            format!("chancery-{hash} default en-pt-BR (copy)"),
            "chancery-handmade default en-pt-BR".to_owned(),
            format!("{hash} default en-pt-BR"),
            "Legal terms".to_owned(),
        ] {
            assert!(!is_own(&foreign), "{foreign}");
        }
    }
}
