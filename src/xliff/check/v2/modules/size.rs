//! The size and length restriction module.

use super::Part;
use crate::xliff::check::name::{Name, Space};
use crate::xliff::check::rules::SIZE;
use crate::xliff::check::tree::Element;

impl<'a> Part<'a> {
    pub(super) fn size(&mut self, element: Element<'a>) {
        let get = |local| element.get_in(Space::Size, local);
        if element.is("ec") && !element.says("isolated", "yes") {
            self.tell(element, &SIZE, "sizes stand on the start of a code: take them off this `ec`");
        }
        let counted = self.document.open.last().is_some_and(|it| it.counted);
        for name in ["sizeRestriction", "storageRestriction"] {
            if let Some(value) = get(name).filter(|it| counted && !restriction(it)) {
                self.tell(
                    element,
                    &SIZE,
                    format!("`slr:{name}` is `{value}`: write `*`, a number, or two with a comma"),
                );
            }
        }
        for name in ["equivStorage", "sizeInfo"] {
            if let Some(value) = get(name).filter(|it| !size(it) && (counted || it.parse::<f64>().is_ok())) {
                self.tell(element, &SIZE, format!("`slr:{name}` is `{value}`: write a whole number"));
            }
        }
        if get("sizeInfo").is_some() && get("sizeInfoRef").is_some() {
            self.tell(element, &SIZE, "`slr:sizeInfo` and `slr:sizeInfoRef` exclude each other: keep one");
        }
        if let Some(id) = get("sizeInfoRef").filter(|id| !self.has_size(id)) {
            self.tell(
                element,
                &SIZE,
                format!("`slr:sizeInfoRef` is `{id}`, but nothing in `slr:data` around has that id"),
            );
        }
    }

    fn has_size(&self, id: &str) -> bool {
        let data = self.root.children().filter(|it| it.name() == Name { space: Space::Size, local: "data" });
        let own = data
            .flat_map(Element::within)
            .any(|it| it.get("id") == Some(id) || it.get_in(Space::Xml, "id") == Some(id));
        own || self.document.open.iter().any(|it| it.sizes.iter().any(|size| size == id))
    }
}

fn number(value: &str) -> bool {
    !value.is_empty() && value.bytes().all(|it| it.is_ascii_digit())
}

/// Whether `value` is a most, or a least and a most, of which `*` is any.
fn restriction(value: &str) -> bool {
    match value.split_once(',') {
        Some((least, most)) => number(least) && (number(most) || most == "*"),
        None => number(value) || value == "*",
    }
}

/// Whether `value` is a size, or those of a start and an end.
fn size(value: &str) -> bool {
    value.split(',').count() <= 2 && value.split(',').all(number)
}
