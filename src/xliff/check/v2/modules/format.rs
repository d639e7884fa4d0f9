//! The format style module.

use super::Part;
use crate::xliff::check::name::Space;
use crate::xliff::check::rules::FORMAT_STYLE;
use crate::xliff::check::tree::Element;

impl<'a> Part<'a> {
    pub(super) fn format(&mut self, element: Element<'a>) {
        let has = |local| element.get_in(Space::Format, local).is_some();
        if has("subFs") && !has("fs") {
            self.tell(element, &FORMAT_STYLE, "`fs:subFs` without `fs:fs`: add that");
        }
        if element.is("ec") && !element.says("isolated", "yes") {
            self.tell(element, &FORMAT_STYLE, "the format stands on the start of a code: take it off this `ec`");
        }
    }
}
