//! How many of the forms that our own glossaries list the rules reach from the citation form.
//!
//! What is left is another wording, a singular of a term cited in the plural, or a change within a genitive.

use super::*;
use crate::glossary::{Glossary, Options};

/// Listed forms of the language `tag` that the rules reach, and all of them; those that are not reached.
fn reached(glossary: &Glossary, tag: &str) -> (usize, usize, Vec<String>) {
    let rules = rules(lang(tag)).expect("rules");
    let (mut all, mut missed) = (0, Vec::new());
    for term in glossary.concepts().iter().flat_map(|concept| &concept.terms) {
        if term.lang.is_none_or(|own| own.language() != tag) {
            continue;
        }
        let sought = Sought::new(tag, &term.text);
        for form in &term.forms {
            all += 1;
            if !sought.is(rules, &words(tag, form)) {
                missed.push(format!("{}: {form}", term.text));
            }
        }
    }
    (all - missed.len(), all, missed)
}

#[test]
fn listed_forms_are_reached_by_rule() {
    let glossary = Glossary::open(&Options::default()).expect("our glossaries");
    for (tag, percent) in [("ru", 98), ("ar", 87), ("de", 97), ("fr", 95), ("es", 95), ("pt", 98), ("en", 97)] {
        let (right, all, missed) = reached(&glossary, tag);
        assert!(right * 100 >= all * percent, "{tag}: {right} of {all} reached; not\n{}", missed.join("\n"));
    }
}
