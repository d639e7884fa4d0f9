//! T010: a term that the source has more often than the translation.
//!
//! Where the translation does not have it at all, T001 says so.

use crate::check::{Context, Look, Rule};
use crate::model::{Finding, Severity};

pub(in crate::check) const RULE: Rule = Rule {
    code: "T010",
    name: "term-count",
    summary: "a term stands in the source more often than in the translation",
    severity: Severity::Info,
    on: true,
    look: Look::Unit(look),
};

fn look(context: &Context<'_>) -> Vec<Finding> {
    let fewer = context.concepts().into_iter().filter_map(|named| {
        let (wanted, found) = (named.terms.len(), named.renditions().count());
        let hit = named.first_missing();
        let message = format!("`{}` is rendered {found} of {wanted} times", hit.term);
        (found > 0 && found < wanted).then(|| RULE.about(hit, RULE.severity, message))
    });
    fewer.collect()
}
