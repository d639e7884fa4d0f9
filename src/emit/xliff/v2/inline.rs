//! Inline codes of XLIFF 2. A code that goes on in another segment is `sc` and `ec`, and not isolated, since both are in the unit.

use super::OriginalData;
use crate::emit::xliff::inline::Part;
use crate::emit::xml::{Attributes, Xml};
use crate::model::MarkKind;
use crate::xliff::{Coding, Nature, Step};

/// Writes the parts of a text.
pub(super) fn write(xml: &mut Xml, parts: &[Part], coding: &Coding, data: &OriginalData) {
    for part in parts {
        match part {
            Part::Chars(chars) => xml.chars(chars),
            Part::TermEnd => xml.end("mrk"),
            Part::Term(mark) => {
                let (id, entry) = (format!("m{}", mark.number), format!("#gls=g{}", mark.entry));
                xml.start("mrk", &[("id", &id), ("type", "term"), ("ref", &entry)]);
            }
            Part::Code(step) => code(xml, step, coding, data),
        }
    }
}

fn code(xml: &mut Xml, step: &Step, coding: &Coding, data: &OriginalData) {
    let Some(code) = step.code() else { return };
    let (id, nature) = (code.to_string(), coding.nature_of(code));
    let (start, end) = (data.start(nature), data.end(nature));
    let types = types(nature);
    match step {
        Step::Open(_) => {
            let references = [("id", id.as_str()), ("dataRefStart", &start), ("dataRefEnd", &end)];
            xml.start("pc", &[&references, types].concat());
        }
        Step::Close(_) => xml.end("pc"),
        Step::Begin(_) => xml.alone("sc", &[&[("id", id.as_str()), ("dataRef", &start)], types].concat()),
        Step::End(_) => xml.alone("ec", &[&[("startRef", id.as_str()), ("dataRef", &end)], types].concat()),
        Step::Alone(_) => {
            let mut attributes = [&[("id", id.as_str()), ("dataRef", &start)], types].concat();
            if let Nature::Placeholder(text) = nature {
                attributes.extend([("equiv", text.as_str()), ("disp", text)]);
            }
            xml.alone("ph", &attributes);
        }
        Step::Chars(_) => {}
    }
}

/// What a code is to a tool that does not read its original data.
fn types(nature: &Nature) -> &'static Attributes<'static> {
    match nature {
        Nature::Mark(_, MarkKind::Bold) => &[("type", "fmt"), ("subType", "xlf:b")],
        Nature::Mark(_, MarkKind::Italic) => &[("type", "fmt"), ("subType", "xlf:i")],
        Nature::Mark(_, MarkKind::Code) => &[("type", "fmt"), ("subType", "chancery:code")],
        Nature::Mark(_, MarkKind::Link { .. }) => &[("type", "link")],
        Nature::LineBreak => &[("type", "fmt"), ("subType", "xlf:lb")],
        Nature::Placeholder(_) => &[("type", "ui"), ("subType", "xlf:var")],
    }
}
