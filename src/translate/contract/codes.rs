//! What a program fills in, and addresses: they are the same in every language, and a text that lost one is of no use.
//!
//! Left to the checks: numbers (C001), which translators put into words and other units; placeholders of our own (C006),
//! handles and hashtags, which are translated now and then; and terms that were to be kept, which enforcement counts.

use std::sync::LazyLock;

use fancy_regex::Regex;

use super::Case;
use crate::model::placeholders;

/// Addresses in any text, also where no space stands before them.
static ADDRESSES: LazyLock<Regex> = LazyLock::new(|| {
    let url = r"https?://[!#-;=?-Z\x5C_a-z~]+";
    let mail = r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+";
    Regex::new(&format!("{url}|{mail}")).expect("a pattern")
});

pub(super) fn refuses(case: &Case<'_>) -> Option<String> {
    let holes = |text| placeholders(text).into_iter().map(|range| &text[range]).collect::<Vec<&str>>();
    let (wanted, said) = (holes(case.source), holes(case.draft));
    let count = |holes: &[&str], hole: &str| holes.iter().filter(|&&other| other == hole).count();
    let differs = |hole: &&&str| count(&wanted, hole) != count(&said, hole);
    if let Some(hole) = wanted.iter().chain(&said).find(differs) {
        let (said, wanted) = (count(&said, hole), count(&wanted, hole));
        return Some(format!("the answer holds the placeholder {} {said} times, not {wanted}", Case::quoted(hole)));
    }
    let lost = addresses(case.source).find(|address| !holds(case.draft, address))?;
    Some(format!("the answer lacks the address {}", Case::quoted(lost)))
}

fn addresses(text: &str) -> impl Iterator<Item = &str> {
    let found = text.contains(['@', ':']).then(|| ADDRESSES.find_iter(text)).into_iter().flatten();
    found.flatten().map(|found| found.as_str().trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '\'']))
}

fn holds(text: &str, address: &str) -> bool {
    text.contains(address) || text.to_lowercase().contains(&address.to_lowercase())
}
