//! What XLIFF 2.0, 2.1 and 2.2 ask beyond their schemas.
//!
//! Law: each part of a document (a unit, the notes of a file, an element of a module) is held against the rules by itself;
//! what it refers to elsewhere is asked at the end.

mod annotations;
mod body;
mod codes;
mod container;
mod fragment;
mod ids;
mod known;
mod modules;
mod sequences;
mod unit;

use super::name::{Name, Space};
use super::report::Report;
use super::rules::{DUPLICATE_ID, FRAGMENT, Rule, UNRESOLVED};
use super::tree::Element;
use super::walk::{self, Inherited};
use container::Container;
use fragment::{Around, Fragment};
use known::{Address, Known};

/// What is known of a document so far.
#[derive(Debug, Default)]
pub(super) struct Document {
    source: Option<String>,
    target: Option<String>,
    /// The elements that are open: `xliff`, `file`, `group`.
    open: Vec<Container>,
    known: Known,
    pending: Vec<Pending>,
    /// Whether it was told that the language of the targets is missing.
    told: bool,
}

/// A reference to something that was not there yet.
#[derive(Debug)]
struct Pending {
    at: usize,
    key: u64,
    rule: &'static Rule,
    message: String,
}

/// A part of a document under the rules.
struct Part<'a> {
    document: &'a mut Document,
    report: &'a mut Report,
    root: Element<'a>,
    inherited: Inherited<'a>,
    /// `f=f1`.
    file: String,
    /// `f=f1/u=u1` of a unit, else that of what the part is in.
    scope: String,
}

impl walk::Rules for Document {
    fn open(&mut self, element: Element<'_>, report: &mut Report) {
        if element.is("xliff") {
            self.source = element.get("srcLang").map(str::to_owned);
            self.target = element.get("trgLang").map(str::to_owned);
        }
        let container = Container::of(element, self.open.last());
        if let Some(id) = element.get("id") {
            let outer = if element.is("file") { "" } else { &container.file };
            let prefix = &element.name().local[..1];
            if !self.known.add(Address { scope: outer, prefix, id }) {
                duplicate(report, element, id);
            }
        }
        self.open.push(container);
        let (file, scope) = self.scopes();
        let inherited = Inherited { language: None, preserve: false };
        let mut part = Part { document: self, report, root: element, inherited, file, scope };
        part.attributes_of(element);
    }

    fn part(&mut self, root: Element<'_>, inherited: Inherited<'_>, report: &mut Report) {
        let (file, mut scope) = self.scopes();
        if root.is("unit") {
            let id = root.get("id").unwrap_or_default();
            if root.has("id") && !self.known.add(Address { scope: &file, prefix: "u", id }) {
                duplicate(report, root, id);
            }
            scope = format!("{file}/u={id}");
        } else if let Some(container) = self.open.last_mut() {
            container.take(root);
        }
        Part { document: self, report, root, inherited, file, scope }.check();
    }

    fn close(&mut self, name: Name<'_>, report: &mut Report) {
        self.open.pop();
        if !self.open.is_empty() {
            return;
        }
        debug_assert_eq!(name.space, Space::Core);
        for pending in self.pending.drain(..).filter(|it| !self.known.has_key(it.key)) {
            report.tell(pending.at, pending.rule, pending.message);
        }
    }
}

impl Document {
    /// The scopes of the file and of the innermost file or group.
    fn scopes(&self) -> (String, String) {
        self.open.last().map(|it| (it.file.clone(), it.scope.clone())).unwrap_or_default()
    }
}

fn duplicate(report: &mut Report, element: Element<'_>, id: &str) {
    report.tell(
        element.at(),
        &DUPLICATE_ID,
        format!("the id `{id}` of this `{}` was there before: give it another", element.name()),
    );
}

impl<'a> Part<'a> {
    fn check(&mut self) {
        self.ids();
        if self.root.is("unit") {
            self.unit();
        }
        self.element(self.root);
        for element in self.root.within() {
            self.element(element);
        }
    }

    /// Holds one element against the rules that need to know little more than it.
    fn element(&mut self, element: Element<'a>) {
        match element.name().space {
            Space::Core => self.core(element),
            Space::Foreign(_) | Space::None => {}
            _ => self.module(element),
        }
        self.attributes_of(element);
    }

    fn around(&self) -> Around<'_> {
        Around { file: &self.file, inner: &self.scope }
    }

    fn tell(&mut self, element: Element<'_>, rule: &'static Rule, message: impl Into<String>) {
        self.report.tell(element.at(), rule, message);
    }

    /// Asks at the end of the document whether something is at `address`, if nothing is there yet.
    fn expect(&mut self, at: usize, address: Address<'_>, (rule, message): (&'static Rule, String)) {
        if !self.document.known.has(address) {
            self.document.pending.push(Pending { at, key: address.key(), rule, message });
        }
    }

    /// Holds a reference, which may be a fragment identifier, against the rules; what it is if it is one that is written well.
    fn fragment(&mut self, element: Element<'a>, reference: &'a str) -> Option<Fragment<'a>> {
        let text = reference.strip_prefix('#')?;
        match Fragment::parse(text) {
            Ok(fragment) => {
                let resolved = fragment.resolve(self.around());
                let message = format!("`{reference}` leads to nothing: mend it or take it out");
                self.expect(element.at(), Around::address(&resolved), (&UNRESOLVED, message));
                Some(fragment)
            }
            Err(reason) => {
                self.tell(element, &FRAGMENT, format!("`{reference}` is no fragment identifier: {reason}"));
                None
            }
        }
    }
}
