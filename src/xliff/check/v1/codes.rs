//! Inline codes of XLIFF 1.2: halves that belong together, and both sides of a unit.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::xliff::check::report::Report;
use crate::xliff::check::rules::{CODE_ID_12, CODES_DIFFER, RID};
use crate::xliff::check::tree::Element;

/// Elements that stand for codes.
const CODES: &[&str] = &["g", "x", "bx", "ex", "ph", "bpt", "ept", "it"];

/// How halves of one kind are called: what begins and what ends.
const HALVES: &[(&str, &str)] = &[("bpt", "ept"), ("bx", "ex")];

/// Asks each half in a text for its other half: by `rid`, and without one by `id`.
pub(super) fn halves(text: Element<'_>, report: &mut Report) {
    for (begin, end) in HALVES {
        let of = |name| text.within().filter(move |it| it.is(name));
        let (begun, ended): (FxHashSet<Tie>, FxHashSet<Tie>) =
            (of(begin).map(tie).collect(), of(end).map(tie).collect());
        let mut seen: FxHashSet<&str> = FxHashSet::default();
        for half in of(begin).filter(|it| it.get("rid").is_some_and(|rid| !seen.insert(rid))) {
            report.tell(half.at(), &RID, format!("two `{begin}` have this `rid`: give one another"));
        }
        for (name, other, there) in [(begin, end, &ended), (end, begin, &begun)] {
            for half in of(name).filter(|it| !there.contains(&tie(*it))) {
                report.tell(
                    half.at(),
                    &RID,
                    format!("no `{other}` belongs to this `{name}` `{}`: add it, or write `it`", tie(half).1),
                );
            }
        }
    }
}

/// What ties halves: whether it is a `rid`, and that or the id.
type Tie<'a> = (bool, &'a str);

fn tie(half: Element<'_>) -> Tie<'_> {
    let rid = half.get("rid").map(|rid| (true, rid));
    rid.unwrap_or((false, half.get("id").unwrap_or_default()))
}

/// Holds the codes of a target against those of its source.
pub(super) fn parity(source: Element<'_>, target: Element<'_>, report: &mut Report) {
    let (ours, theirs) = (codes(source), codes(target));
    for code in source.within().filter(|it| it.is_any(CODES)) {
        let key = key(code);
        if ours[&key].1 > 1 && ours[&key].0.place() == code.place() {
            report.tell(
                code.at(),
                &CODE_ID_12,
                format!("{} `{}` of this text have the id `{}`: number them", ours[&key].1, key.0, key.1),
            );
        } else if !theirs.contains_key(&key) {
            report.tell(
                code.at(),
                &CODES_DIFFER,
                format!("the target lacks the `{}` `{}` of the source", key.0, key.1),
            );
        }
    }
    for code in target.within().filter(|it| it.is_any(CODES) && !ours.contains_key(&key(*it))) {
        let (name, id) = key(code);
        report.tell(code.at(), &CODES_DIFFER, format!("the source lacks the `{name}` `{id}` of the target"));
    }
}

/// The codes of a text by name and id: the first of each, and how many there are.
fn codes(text: Element<'_>) -> FxHashMap<(&str, &str), (Element<'_>, usize)> {
    let mut found = FxHashMap::default();
    for code in text.within().filter(|it| it.is_any(CODES)) {
        found.entry(key(code)).or_insert((code, 0)).1 += 1;
    }
    found
}

fn key(code: Element<'_>) -> (&str, &str) {
    (code.name().local, code.get("id").unwrap_or_default())
}
