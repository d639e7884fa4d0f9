//! What CAT tools were seen to lose or refuse, though the specifications allow it.
//!
//! The rules are those of one element; what needs a whole unit is with the rules of its version.

use super::name::{Name, Space};
use super::report::Report;
use super::rules::{LONG_ID, MODULE_PREFIX, ODD_ID, PREFIXED_CORE, QUALITY, VERSION};
use super::tree::Attribute;

/// The longest id that all tools take, in bytes.
const LONGEST: usize = 100;

/// Elements whose ids tools keep in tables of their own.
const NAMED: &[&str] = &["file", "group", "unit", "segment", "trans-unit"];

/// What was told once and is not told again.
#[derive(Debug, Default)]
pub(super) struct Interop {
    core: bool,
    modules: Vec<Space>,
}

impl Interop {
    /// Takes an element whose tag begins at the byte `at` of `text`.
    pub(super) fn element(
        &mut self,
        report: &mut Report,
        text: &str,
        (name, at): (Name<'_>, usize),
        attributes: &[Attribute<'_>],
    ) {
        self.prefix(report, text, (name, at));
        if name.space == Space::Core && NAMED.contains(&name.local) {
            ids(report, attributes);
        }
        match name.local {
            "alt-trans" => quality(report, attributes),
            "xliff" if name.space == Space::Core => version(report, attributes),
            _ => {}
        }
    }

    fn prefix(&mut self, report: &mut Report, text: &str, (name, at): (Name<'_>, usize)) {
        let written = &text[at + 1..];
        let core = name.space == Space::Core && !self.core && !written.starts_with(name.local);
        if core {
            self.core = true;
            report.tell(at, &PREFIXED_CORE, "core elements have a prefix: make their namespace the default one");
        }
        let Some(usual) = name.space.prefix().filter(|_| name.space.is_module()) else { return };
        let known = written.strip_prefix(usual).is_some_and(|rest| rest.starts_with(':'));
        if !known && !self.modules.contains(&name.space) {
            self.modules.push(name.space);
            report.tell(
                at,
                &MODULE_PREFIX,
                format!("`{name}` is not written with the prefix `{usual}`: declare that one"),
            );
        }
    }
}

fn ids(report: &mut Report, attributes: &[Attribute<'_>]) {
    let own = |it: &&Attribute<'_>| it.name == Name { space: Space::None, local: "id" };
    let Some(id) = attributes.iter().find(own) else { return };
    if id.value.len() > LONGEST {
        report.tell(id.at, &LONG_ID, format!("an id of {} bytes: write {LONGEST} at most", id.value.len()));
    }
    if !id.value.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-')) {
        report.tell(id.at, &ODD_ID, format!("the id `{}`: write A-Z a-z 0-9 . _ - only", id.value));
    }
}

fn quality(report: &mut Report, attributes: &[Attribute<'_>]) {
    let Some(quality) = attributes.iter().find(|it| it.name.local == "match-quality") else { return };
    if quality.value.is_empty() || !quality.value.bytes().all(|byte| byte.is_ascii_digit()) {
        report.tell(
            quality.at,
            &QUALITY,
            format!("`match-quality` is `{}`: write a whole number such as `82`", quality.value),
        );
    }
}

fn version(report: &mut Report, attributes: &[Attribute<'_>]) {
    let own = |it: &&Attribute<'_>| it.name == Name { space: Space::None, local: "version" };
    let Some(version) = attributes.iter().find(own) else { return };
    if !matches!(version.value.as_ref(), "1.2" | "2.0") {
        report.tell(version.at, &VERSION, format!("version {}: more tools read 1.2 and 2.0", version.value));
    }
}
