//! The validation module.

use super::Part;
use crate::xliff::check::name::Space;
use crate::xliff::check::rules::VALIDATION;
use crate::xliff::check::tree::Element;

impl<'a> Part<'a> {
    pub(super) fn validation_rule(&mut self, rule: Element<'a>) {
        let own = ["isPresent", "isNotPresent", "startsWith", "endsWith"].iter().filter(|it| rule.has(it)).count();
        let custom = rule.attributes().iter().any(|it| !matches!(it.name.space, Space::None | Space::Xml));
        if own + usize::from(custom) != 1 {
            let asked = "`isPresent`, `isNotPresent`, `startsWith`, `endsWith`, or one of your own";
            self.tell(rule, &VALIDATION, format!("a rule says one thing: {asked}"));
        }
        if rule.has("occurs") && !rule.has("isPresent") {
            self.tell(rule, &VALIDATION, "`occurs` counts what `isPresent` names: add that, or take `occurs` off");
        }
        let sought = ["isPresent", "startsWith", "endsWith"].iter().filter(|it| rule.has(it)).count();
        if rule.has("existsInSource") && sought != 1 {
            self.tell(rule, &VALIDATION, "`existsInSource` goes with one of `isPresent`, `startsWith` and `endsWith`");
        }
        let outer = self.document.open.last().is_some_and(|it| it.scope == it.file);
        if rule.says("disabled", "yes") && outer && !self.root.is("unit") {
            self.tell(rule, &VALIDATION, "a rule of a file cannot be disabled: take it out");
        }
    }
}
