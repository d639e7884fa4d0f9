//! What XLIFF 1.2 asks beyond what a table says: the keys and references of its schema, and its prose.

mod codes;
mod unit;

use rustc_hash::FxHashSet;

use super::name::{Name, Space};
use super::report::Report;
use super::rules::{DECLARED, DUPLICATE_UNIT, NO_LANGUAGE_12};
use super::tree::Element;
use super::walk::{self, Inherited};

/// What is known of a `file` so far.
#[derive(Debug, Default)]
pub(super) struct File {
    source: Option<String>,
    target: Option<String>,
    /// Ids and names that are unique in a file, by what they are of.
    unique: FxHashSet<(&'static str, String)>,
    phases: FxHashSet<String>,
    tools: FxHashSet<String>,
    /// The tool that the file names, which its header declares later.
    tool: Option<(usize, String)>,
    /// Whether it was told that the language of the targets is missing.
    told: bool,
}

/// Elements whose ids or names are unique in a file: what of them, and what they share the scope of.
const UNIQUE: &[(&str, &str, &str)] = &[
    ("group", "id", "group"),
    ("trans-unit", "id", "unit"),
    ("bin-unit", "id", "unit"),
    ("count-group", "name", "count-group"),
    ("context-group", "name", "context-group"),
    ("external-file", "uid", "external-file"),
    ("phase", "phase-name", "phase"),
    ("tool", "tool-id", "tool"),
];

/// Elements that name a phase.
const PHASED: &[&str] = &["count", "trans-unit", "target", "alt-trans", "bin-unit", "bin-target"];

impl walk::Rules for File {
    fn open(&mut self, element: Element<'_>, report: &mut Report) {
        if element.is("file") {
            *self = Self {
                source: element.get("source-language").map(str::to_owned),
                target: element.get("target-language").map(str::to_owned),
                tool: element.get("tool-id").map(|tool| (element.at(), tool.to_owned())),
                ..Self::default()
            };
        }
        self.unique(element, report);
    }

    fn part(&mut self, root: Element<'_>, _: Inherited<'_>, report: &mut Report) {
        if root.is("header") {
            self.header(root);
        }
        for element in std::iter::once(root).chain(root.within()).filter(|it| it.name().space == Space::Core) {
            self.unique(element, report);
            self.declared(element, report);
            if element.is("trans-unit") {
                self.unit(element, report);
            }
        }
    }

    fn close(&mut self, name: Name<'_>, report: &mut Report) {
        if name == Name::core("file")
            && let Some((at, tool)) = self.tool.take()
            && !self.tools.contains(&tool)
        {
            report.tell(at, &DECLARED, format!("the tool `{tool}` is not declared in the header: add `tool`"));
        }
    }
}

impl File {
    fn header(&mut self, header: Element<'_>) {
        let all =
            |name: &'static str, of| header.within().filter(move |it| it.is(name)).filter_map(move |it| it.get(of));
        self.phases = all("phase", "phase-name").map(str::to_owned).collect();
        self.tools = all("tool", "tool-id").map(str::to_owned).collect();
    }

    fn unique(&mut self, element: Element<'_>, report: &mut Report) {
        let row = UNIQUE.iter().find(|(name, _, _)| element.is(name));
        let Some((attribute, scope, value)) = row.and_then(|(_, of, scope)| Some((of, *scope, element.get(of)?)))
        else {
            return;
        };
        if !self.unique.insert((scope, value.to_owned())) {
            let message =
                format!("the `{attribute}` `{value}` of this `{}` was there before: give it another", element.name());
            report.tell(element.at(), &DUPLICATE_UNIT, message);
        }
    }

    fn declared(&self, element: Element<'_>, report: &mut Report) {
        let phase = element.get("phase-name").filter(|it| element.is_any(PHASED) && !self.phases.contains(*it));
        if let Some(phase) = phase {
            report.tell(
                element.at(),
                &DECLARED,
                format!("the phase `{phase}` is not declared in the header: add `phase`"),
            );
        }
        let tool =
            element.get("tool-id").filter(|it| element.is_any(&["phase", "alt-trans"]) && !self.tools.contains(*it));
        if let Some(tool) = tool {
            report.tell(
                element.at(),
                &DECLARED,
                format!("the tool `{tool}` is not declared in the header: add `tool`"),
            );
        }
    }

    /// Tells once that there are targets whose language the file does not say.
    fn target_language(&mut self, target: Element<'_>, report: &mut Report) {
        if self.target.is_none() && !self.told && target.get_in(Space::Xml, "lang").is_none() {
            self.told = true;
            report.tell(
                target.at(),
                &NO_LANGUAGE_12,
                "there are targets, but `file` does not say their language: add `target-language`",
            );
        }
    }
}
