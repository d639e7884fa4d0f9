//! Currency signs that the vocabulary does not know go through the model as dollars.
//!
//! With a placeholder for `€100`, a model may leave out the `million` after it; an amount in dollars it renders well,
//! with its decimals and its scale. Law: the signs are put back only when the translation has as many dollars as the
//! text had amounts, each before the first digits of its own amount.

use std::ops::Range;

use super::vocabulary::Vocabulary;

/// Signs that may stand before an amount.
const SIGNS: &[char] = &['£', '€', '¥', '₩', '₹', '₽', '₺', '₴', '₪', '₫', '₦', '₱', '￥', '￡'];

/// An amount whose sign was replaced by a dollar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Amount {
    /// The sign, with the space that follows it; none for an amount that was in dollars, however these are written.
    sign: Option<String>,
    /// The digits before its first separator.
    digits: String,
}

/// The signs in `text` that are to be replaced by dollars, and all amounts; none where they could not be told apart.
pub(super) fn amounts(text: &str, vocabulary: &Vocabulary<'_>) -> (Vec<Range<usize>>, Vec<Amount>) {
    let mut found = (Vec::new(), Vec::new());
    if !text.contains(SIGNS) || !(vocabulary.knows)("$") {
        return found;
    }
    for (at, sign) in text.match_indices(|c| c == '$' || SIGNS.contains(&c)) {
        let after = &text[at + sign.len()..];
        let amount = after.trim_start();
        let digits = digits(amount).to_owned();
        let range = at..at + sign.len() + after.len() - amount.len();
        let unknown = !(vocabulary.knows)(sign);
        match (sign, digits.is_empty()) {
            ("$", true) => return Default::default(),
            ("$", false) => found.1.push(Amount { sign: None, digits }),
            (_, false) if unknown => {
                found.1.push(Amount { sign: Some(text[range.clone()].to_owned()), digits });
                found.0.push(range);
            }
            _ => {}
        }
    }
    let alike = |one: &Amount| found.1.iter().any(|other| one.digits == other.digits && one.sign != other.sign);
    if found.0.is_empty() || found.1.iter().any(alike) { Default::default() } else { found }
}

/// Where the signs belong in a translation with dollars; `None` when that cannot be told.
pub(super) fn places<'a>(amounts: &'a [Amount], translation: &str) -> Option<Vec<(Range<usize>, &'a str)>> {
    let mut open: Vec<&Amount> = amounts.iter().collect();
    let mut places = Vec::with_capacity(open.len());
    for (at, _) in translation.match_indices('$').filter(|_| !amounts.is_empty()) {
        let after = &translation[at + 1..];
        let found = digits(after.trim_start());
        let amount = open.remove(open.iter().position(|amount| amount.digits == found)?);
        let end = translation.len() - after.trim_start().len();
        places.extend(amount.sign.as_deref().map(|sign| (before_us(&translation[..at])..end, sign)));
    }
    open.is_empty().then_some(places)
}

fn digits(amount: &str) -> &str {
    &amount[..amount.find(|c: char| !c.is_ascii_digit()).unwrap_or(amount.len())]
}

/// Where a dollar begins, given what stands before its sign: `US$` and `US $` begin at `US`.
fn before_us(before: &str) -> usize {
    let rest = before.trim_end().strip_suffix("US");
    rest.filter(|rest| !rest.ends_with(char::is_alphanumeric)).map_or(before.len(), str::len)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::translate::rewrite::Rewrite;

    /// Expects what is sent for a text, and what its translation becomes.
    #[track_caller]
    fn goes(text: &str, sent: &str, translation: &str, restored: Option<&str>) {
        let knows = |text: &str| !text.contains(SIGNS);
        let found = amounts(text, &Vocabulary { knows: &knows, unspaced: false, capitals: "" });
        let (ranges, amounts) = found;
        assert_eq!(Rewrite::new(text, ranges.into_iter().zip(std::iter::repeat("$"))).text(), sent);
        let back = places(&amounts, translation).map(|places| Rewrite::new(translation, places).into_text());
        assert_eq!(back.as_deref(), restored);
    }

    #[test]
    fn amounts_go_as_dollars_and_come_back() {
        goes("£2.8bn and € 5", "$2.8bn and $5", "US $ 2,8 bilhões e US$ 5", Some("£2,8 bilhões e € 5"));
        goes("£10 and €5", "$10 and $5", "$5 e $10", Some("€5 e £10"));
        goes("R$ 3, €3 €3 and £5", "R$ 3, €3 €3 and £5", "", Some(""));
        goes("R$ 3 and £5", "R$ 3 and $5", "R$ 3 e US$ 5", Some("R$ 3 e £5"));
        goes("no money", "no money", "sem US$ 3", Some("sem US$ 3"));
        goes("the € rose", "the € rose", "o € subiu", Some("o € subiu"));
    }

    #[test]
    fn what_cannot_be_told_apart_is_not_restored() {
        goes("£10 and €5", "$10 and $5", "10 dólares e US$ 5", None);
        goes("£10", "$10", "$11", None);
        goes("£10", "$10", "$10 $10", None);
        goes("£10 or $10", "£10 or $10", "", Some(""));
        goes("£10 or R$", "£10 or R$", "", Some(""));
    }
}
