//! Codes that cannot be reordered: sequences that `canReorder="firstNo"` begins and `no` goes on.

use super::Part;
use super::body::{Body, CODES};
use crate::xliff::check::rules::{REORDERED, SEQUENCE};
use crate::xliff::check::tree::Element;

/// What a code of a sequence is known by: its name and id, and the `pc` it is in.
type Link<'a> = (&'a str, &'a str, Option<&'a str>);

impl<'a> Part<'a> {
    /// Holds the sequences of a unit against the rules, and the target's against the source's.
    pub(super) fn sequences(&mut self, body: &Body<'a>) {
        let fixed = |it: &Element<'_>| it.get("canReorder").is_some_and(|it| it != "yes");
        if !body.inline().any(|it| fixed(&it)) {
            return;
        }
        let source = self.sequences_of(&body.source);
        let target = self.sequences_of(&body.target);
        for (first, sequence) in &source {
            let there = |link: &Link<'_>| body.target.iter().any(|it| (it.name().local, id(*it)) == (link.0, link.1));
            let kept = target.iter().any(|(_, other)| other == sequence);
            if sequence.iter().all(there) && !kept {
                self.tell(*first, &REORDERED, "the sequence that begins here comes in another order in the target");
            }
        }
    }

    /// The sequences of one side, with the element that begins each.
    fn sequences_of(&mut self, side: &[Element<'a>]) -> Vec<(Element<'a>, Vec<Link<'a>>)> {
        let mut sequences: Vec<(Element<'a>, Vec<Link<'a>>)> = Vec::new();
        let mut open = false;
        for code in side.iter().filter(|it| it.is_any(CODES)) {
            let around = code.ancestors().find(|it| it.is("pc")).map(id);
            let link = (code.name().local, id(*code), around);
            match code.get("canReorder") {
                Some("firstNo") => {
                    open = true;
                    sequences.push((*code, vec![link]));
                }
                Some("no") if !open => {
                    self.tell(*code, &SEQUENCE, "no `canReorder=\"firstNo\"` begins the sequence that this code is in");
                }
                Some("no") => sequences.last_mut().into_iter().for_each(|(_, links)| links.push(link)),
                _ => open = false,
            }
        }
        sequences
    }
}

fn id(code: Element<'_>) -> &str {
    code.get("id").or(code.get("startRef")).unwrap_or_default()
}
