//! The change tracking module.

use rustc_hash::FxHashSet;

use super::Part;
use crate::xliff::check::rules::REVISION;
use crate::xliff::check::tree::Element;

impl<'a> Part<'a> {
    pub(super) fn revisions(&mut self, revisions: Element<'a>) {
        let versions: Vec<&str> = revisions.children().filter_map(|it| it.get("version")).collect();
        if let Some(current) = revisions.get("currentVersion").filter(|it| !versions.contains(it)) {
            self.tell(
                revisions,
                &REVISION,
                format!("`currentVersion` is `{current}`, but no revision has that version"),
            );
        }
        let about = self.revised(revisions);
        for revision in revisions.children() {
            let mut seen: FxHashSet<&str> = FxHashSet::default();
            for item in revision.children() {
                let Some(property) = item.get("property") else { continue };
                if !seen.insert(property) {
                    self.tell(item, &REVISION, format!("the revision says `{property}` twice: keep one"));
                }
                if let Some(about) = about.filter(|it| property != "content" && !it.has(property)) {
                    let message =
                        format!("`property` is `{property}`, but that `{}` has no such attribute", about.name());
                    self.tell(item, &REVISION, message);
                }
            }
        }
    }

    /// What is revised, where it is in the same unit; that it is there is asked of units only, which are read whole.
    fn revised(&mut self, revisions: Element<'a>) -> Option<Element<'a>> {
        let kind = revisions.get("appliesTo")?;
        let root = self.root;
        if !root.is("unit") {
            return None;
        }
        let is_kind = |it: &Element<'_>| it.is(kind);
        let Some(id) = revisions.get("ref") else {
            let several = root.within().filter(is_kind).filter(|it| it.has("id")).count() > 1;
            if several {
                self.tell(
                    revisions,
                    &REVISION,
                    format!("the unit has more than one `{kind}`: say by `ref` which one is meant"),
                );
            }
            return None;
        };
        if root.get("id") != Some(id) && root.within().all(|it| it.get("id") != Some(id)) {
            self.tell(revisions, &REVISION, format!("`ref` is `{id}`, but nothing in the unit has that id"));
        }
        root.within().filter(is_kind).find(|it| it.get("id") == Some(id))
    }
}
