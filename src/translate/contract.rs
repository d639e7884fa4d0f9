//! What every draft must keep, whichever backend it comes from, so that no failure passes for a translation.
//!
//! Law: a draft that is empty, a copy of its source, cut short, blown up, or full of damage is refused with a reason.

use crate::model::Pair;

/// Refuses an answer that is no translation of `source`, saying what is wrong with it.
pub(crate) fn check(pair: Pair, source: &str, draft: &str) -> Result<(), String> {
    if draft.trim().is_empty() {
        return Err("the answer is empty".to_owned());
    }
    if let Some(damage) = draft.chars().find(|&c| is_damage(c) && !source.contains(c)) {
        return Err(format!("the answer holds the character U+{:04X}", u32::from(damage)));
    }
    if !pair.source.reads_as(pair.target) && is_copy(pair, source, draft) {
        return Err("the answer is a copy of the source".to_owned());
    }
    check_length(pair, source, draft)
}

fn is_damage(c: char) -> bool {
    c == char::REPLACEMENT_CHARACTER || (c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
}

/// Three words that come back as they went are no translation, unless they are a name.
fn is_copy(pair: Pair, source: &str, draft: &str) -> bool {
    if source.split_whitespace().ne(draft.split_whitespace()) {
        return false;
    }
    let words = source.split(|c: char| !c.is_alphanumeric()).filter(|word| word.contains(char::is_alphabetic)).count();
    let long =
        if pair.source.is_unspaced() { source.chars().filter(|c| c.is_alphabetic()).count() >= 6 } else { words >= 3 };
    long && !is_name(source)
}

/// Small words inside names: Luiz Inácio Lula da Silva, Ursula von der Leyen.
const PARTICLES: &[&str] = &[
    "al", "bin", "da", "das", "de", "del", "den", "der", "di", "do", "dos", "du", "ibn", "la", "le", "van", "von", "y",
];

/// Names, initials and figures: `Luiz Inácio Lula da Silva`, `Dundee Stars 5-3 Belfast Giants`.
fn is_name(source: &str) -> bool {
    let words: Vec<&str> = source.split_whitespace().collect();
    let named = |word: &&str| PARTICLES.contains(word) || !word.starts_with(char::is_lowercase);
    let cased = source.contains(char::is_uppercase);
    cased && words.len() <= 8 && words.iter().all(named) && !source.ends_with(['.', '!', '?', ':'])
}

/// Sources shorter than this, in characters, may have a translation of any length.
const LONG: usize = 40;

fn check_length(pair: Pair, source: &str, draft: &str) -> Result<(), String> {
    let (from, into) = (source.chars().count(), draft.trim().chars().count());
    let factor = if pair.source.is_unspaced() == pair.target.is_unspaced() { 5 } else { 10 };
    if from >= LONG && into * factor < from {
        return Err(format!("the answer is cut short: {into} characters for {from}"));
    }
    if from.max(LONG) * factor < into {
        return Err(format!("the answer is blown up: {into} characters for {from}"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused(pair: &str, source: &str, draft: &str) -> Option<String> {
        let (from, into) = pair.split_once('>').expect("a pair");
        let pair = Pair { source: from.parse().expect("a tag"), target: into.parse().expect("a tag") };
        check(pair, source, draft).err()
    }

    #[test]
    fn a_translation_passes() {
        assert_eq!(refused("en>pt", "The minister spoke.", "O ministro falou."), None);
        assert_eq!(refused("en>pt", "Angela Merkel", "Angela Merkel"), None);
        assert_eq!(refused("en>pt", "Stars 5-3 (Belfast Giants)", "Stars 5-3 (Belfast Giants)"), None);
        assert_eq!(refused("en>pt", "Luiz Inácio Lula da Silva", "Luiz Inácio Lula da Silva"), None);
        assert_eq!(
            refused("en>zh", &"The minister spoke to the press. ".repeat(4), "部长对媒体讲话。部长讲话。部长讲话。"),
            None
        );
    }

    #[test]
    fn what_is_no_translation_is_refused() {
        let long = "The minister spoke to the press about the agreement that was signed yesterday.";
        for (draft, what) in [
            ("  ", "empty"),
            ("The minister  spoke to the press about the agreement that was signed yesterday.", "copy"),
            ("O minist\u{fffd}rio falou à imprensa sobre o acordo que foi assinado.", "U+FFFD"),
            ("O ministro falou\u{1b}[0m à imprensa sobre o acordo que foi assinado.", "U+001B"),
            ("O ministro falou\u{c}à imprensa sobre o acordo que foi assinado.", "U+000C"),
            ("O ministro.", "cut short"),
            (&"O ministro falou. ".repeat(40), "blown up"),
        ] {
            let reason = refused("en>pt", long, draft);
            assert!(reason.as_deref().is_some_and(|reason| reason.contains(what)), "{draft}: {reason:?}");
        }
        assert!(refused("zh>pt", "外交部发言人表示", "外交部发言人表示").is_some());
        assert_eq!(refused("pt>pt-BR", "O ministro falou ontem.", "O ministro falou ontem."), None);
    }
}
