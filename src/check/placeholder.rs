//! Placeholders that stayed in a translation, for the two rules that tell of them: T012 where a term of the segment is
//! missing, which the placeholder probably stood for, and C006 elsewhere.

/// What comes before and after the number of a placeholder, in upper case.
const AROUND: &[(&str, &str)] = &[("X", "X"), ("A", "B"), ("QX", "")];

/// The placeholders in `target`, whole or broken, that `source` does not hold.
pub(super) fn left<'t>(source: &str, target: &'t str) -> Vec<&'t str> {
    let mut left: Vec<&str> = tokens(target).filter(|token| is_placeholder(token)).collect();
    left.extend(bracketed(target));
    left.retain(|token| !source.contains(token));
    left.dedup();
    left
}

/// Runs of ASCII letters and digits; a letter of another script ends one, as Chinese puts no space there.
fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|token| !token.is_empty())
}

fn is_placeholder(token: &str) -> bool {
    let token = token.to_ascii_uppercase();
    AROUND.iter().any(|(before, after)| {
        let number = token.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
        number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
    })
}

/// The stretches in brackets that no news text uses, and a closing bracket without its opening one.
fn bracketed(text: &str) -> impl Iterator<Item = &str> {
    let mut is_open = false;
    text.match_indices(['⟦', '⟧']).filter_map(move |(at, bracket)| {
        let was_open = std::mem::replace(&mut is_open, bracket == "⟦");
        let rest = &text[at..];
        match bracket {
            "⟦" => Some(rest.find('⟧').map_or(rest, |end| &rest[..end + '⟧'.len_utf8()])),
            _ => (!was_open).then_some(bracket),
        }
    })
}
