//! What units inherit from the `xliff`, `file` and `group` they are in.

use crate::xliff::check::name::{Name, Space};
use crate::xliff::check::tree::Element;

/// An element that units are in.
#[derive(Debug, Clone, Default)]
pub(super) struct Container {
    /// `f=f1`, or nothing for the document.
    pub(super) file: String,
    /// `f=f1/g=g1`, `f=f1`, or nothing.
    pub(super) scope: String,
    /// Whether `its:version` is in scope.
    pub(super) its: bool,
    /// The values of `its:annotatorsRef` in scope.
    pub(super) annotators: String,
    /// The ids in `slr:data` that `sizeInfoRef` may name.
    pub(super) sizes: Vec<String>,
    /// Whether sizes are counted as one of the profiles of the specification says.
    pub(super) counted: bool,
}

impl Container {
    /// The container that `element` is, in another.
    pub(super) fn of(element: Element<'_>, outer: Option<&Self>) -> Self {
        let mut own = outer.cloned().unwrap_or_default();
        let id = element.get("id").unwrap_or_default();
        if element.is("file") {
            own.file = format!("f={id}");
            own.scope.clone_from(&own.file);
        } else if element.is("group") {
            own.scope = format!("{}/g={id}", own.file);
        }
        own.its |= element.get_in(Space::Its, "version").is_some();
        if let Some(annotators) = element.get_in(Space::Its, "annotatorsRef") {
            own.annotators.push(' ');
            own.annotators.push_str(annotators);
        }
        own
    }

    /// Takes in what an element within it says for what comes after.
    pub(super) fn take(&mut self, part: Element<'_>) {
        if part.name() == (Name { space: Space::Size, local: "profiles" }) {
            let profiles = [part.get("generalProfile"), part.get("storageProfile")];
            self.counted = profiles.into_iter().flatten().any(|it| it.starts_with("xliff:"));
        }
        if part.name() == (Name { space: Space::Size, local: "data" }) {
            self.sizes
                .extend(part.within().filter_map(|it| it.get("id").or(it.get_in(Space::Xml, "id"))).map(str::to_owned));
        }
    }
}
