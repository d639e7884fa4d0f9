//! Inline codes: halves that belong together, what may be done to them, and what they refer to.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Part;
use super::body::{Body, CODES};
use super::known::Address;
use crate::xliff::check::rules::{
    CODE_LOST, CODE_PAIR, CODE_POINT, COPY_OF, DATA_REF, DELETED, FIXED_CODE, HALF_PAIR, ISOLATED, MARKER_PAIR,
    PAIR_DIFFERS, Rule, SUB_FLOWS, SUB_TYPE,
};
use crate::xliff::check::tree::Element;

/// How halves of one kind are called: what begins, what ends, and the rule that ties them.
type Halves = (&'static str, &'static str, &'static Rule);

const CODE_HALVES: Halves = ("sc", "ec", &CODE_PAIR);
const MARKER_HALVES: Halves = ("sm", "em", &MARKER_PAIR);

/// Attributes of a `pc` for its start and its end that need one another.
const BOTH: &[(&str, &str)] =
    &[("dataRefStart", "dataRefEnd"), ("subFlowsStart", "subFlowsEnd"), ("equivStart", "equivEnd")];

/// The subtypes of the specification and the type they belong to.
const SUB_TYPES: &[(&str, &str)] =
    &[("xlf:lb", "fmt"), ("xlf:pb", "fmt"), ("xlf:b", "fmt"), ("xlf:i", "fmt"), ("xlf:u", "fmt"), ("xlf:var", "ui")];

impl<'a> Part<'a> {
    /// Holds the codes of a unit or match against the rules.
    pub(super) fn codes(&mut self, body: &Body<'a>) {
        for side in [&body.source, &body.target] {
            self.isolation(side);
            self.halves(side, CODE_HALVES);
            self.halves(side, MARKER_HALVES);
        }
        self.sequences(body);
        let copied: FxHashMap<&str, Element<'a>> = body.inline().filter_map(|it| Some((it.get("id")?, it))).collect();
        for code in body.inline() {
            self.code(code);
            self.data_references(code, body);
            self.copy(code, &copied);
        }
    }

    /// Asks each half for the other one: the one that begins comes first.
    fn halves(&mut self, side: &[Element<'a>], (begin, end, rule): Halves) {
        let mut open: FxHashMap<&str, Element<'a>> = FxHashMap::default();
        let mut closed: FxHashSet<&str> = FxHashSet::default();
        for half in side {
            if half.is(begin) && !half.says("isolated", "yes") {
                open.insert(half.get("id").unwrap_or_default(), *half);
            }
            let Some(id) = half.get("startRef").filter(|_| half.is(end) && !half.says("isolated", "yes")) else {
                continue;
            };
            match open.get(id) {
                None => {
                    self.tell(*half, rule, format!("this `{end}` ends `{id}`, but no `{begin}` before it has that id"));
                }
                Some(_) if !closed.insert(id) => {
                    self.tell(*half, rule, format!("`{id}` is ended twice: take one `{end}` out"));
                }
                Some(start) => self.agreement(*start, *half),
            }
        }
        let left = side.iter().filter(|it| it.is(begin) && !it.says("isolated", "yes"));
        for half in left.filter(|it| it.get("id").is_some_and(|id| !closed.contains(id))) {
            let id = half.get("id").unwrap_or_default();
            self.tell(*half, rule, format!("no `{end}` after this `{begin}` ends `{id}`"));
        }
    }

    /// Asks the halves of a code for the same permissions.
    fn agreement(&mut self, start: Element<'a>, end: Element<'a>) {
        for name in ["canCopy", "canDelete", "canOverlap", "canReorder"] {
            let (one, other) = (start.get(name).unwrap_or("yes"), end.get(name).unwrap_or("yes"));
            let expected = if one == "firstNo" { "no" } else { one };
            if other != expected && start.is("sc") {
                let message =
                    format!("`{name}` is `{other}`, but the `sc` of this `ec` has `{one}`: write `{expected}`");
                self.tell(end, &PAIR_DIFFERS, message);
            }
        }
    }

    fn isolation(&mut self, side: &[Element<'a>]) {
        let ended: FxHashSet<&str> = side.iter().filter(|it| it.is("ec")).filter_map(|it| it.get("startRef")).collect();
        for code in side {
            let isolated = code.says("isolated", "yes");
            if code.is("sc") && isolated && code.get("id").is_some_and(|id| ended.contains(id)) {
                self.tell(*code, &ISOLATED, "isolated, but its `ec` is in this unit: take `isolated` off");
            }
            let (id, start) = (code.has("id"), code.has("startRef"));
            if code.is("ec") && (isolated && (!id || start) || !isolated && (id || !start)) {
                let asked = "`isolated=\"yes\"` asks for `id` and no `startRef`, else `startRef` and no `id`";
                self.tell(*code, &ISOLATED, format!("an end of a code with the wrong reference: {asked}"));
            }
            if code.is("ec") && !isolated && code.has("dir") {
                self.tell(*code, &ISOLATED, "`dir` stands on an isolated `ec` only: take it off");
            }
        }
    }

    /// Holds one inline element against the rules that need to know no other.
    fn code(&mut self, code: Element<'a>) {
        if code.get("canReorder").is_some_and(|it| it != "yes")
            && !(code.says("canCopy", "no") && code.says("canDelete", "no"))
        {
            self.tell(
                code,
                &FIXED_CODE,
                "a code that cannot be reordered needs `canCopy=\"no\"` and `canDelete=\"no\"`",
            );
        }
        if let Some(kind) = code.get("subType") {
            self.sub_type(code, kind);
        }
        if let Some(hex) = code.get("hex").filter(|_| code.is("cp")) {
            self.code_point(code, hex);
        }
        for (one, other) in BOTH {
            if code.has(one) != code.has(other) {
                self.tell(
                    code,
                    &HALF_PAIR,
                    format!("`{one}` and `{other}` stand together: add the one that is missing"),
                );
            }
        }
        for name in ["subFlows", "subFlowsStart", "subFlowsEnd"] {
            for unit in code.get(name).into_iter().flat_map(str::split_whitespace) {
                let message = format!("`{name}` names `{unit}`, which is no unit of the file");
                let file = self.file.clone();
                self.expect(code.at(), Address { scope: &file, prefix: "u", id: unit }, (&SUB_FLOWS, message));
            }
        }
    }

    fn sub_type(&mut self, code: Element<'a>, kind: &str) {
        let Some(of) = code.get("type") else {
            return self.tell(code, &SUB_TYPE, format!("`subType` is `{kind}`, but there is no `type`: add it"));
        };
        let own = SUB_TYPES.iter().find(|(known, _)| *known == kind).map(|(_, of)| *of);
        if kind.starts_with("xlf:") && own != Some(of) {
            let asked =
                own.map_or_else(|| "is none of the specification".to_owned(), |own| format!("belongs to `{own}`"));
            self.tell(code, &SUB_TYPE, format!("`subType` `{kind}` {asked}, and `type` is `{of}`"));
        }
    }

    /// What XML 1.0 cannot hold, or advises against (the second set of control characters).
    fn code_point(&mut self, code: Element<'a>, hex: &str) {
        let odd = |char| matches!(char, 0..=8 | 0xB | 0xC | 0xE..=0x1F | 0x7F..=0x84 | 0x86..=0x9F | 0xD800..=0xDFFF | 0xFFFE | 0xFFFF);
        if u32::from_str_radix(hex.trim(), 16).is_ok_and(|char| !odd(char)) {
            self.tell(
                code,
                &CODE_POINT,
                format!("`{hex}` is a character that XML can hold, or none: write it as it is"),
            );
        }
    }

    fn data_references(&mut self, code: Element<'a>, body: &Body<'a>) {
        for name in ["dataRef", "dataRefStart", "dataRefEnd"] {
            if let Some(id) = code.get(name).filter(|id| !body.data.contains(id)) {
                self.tell(code, &DATA_REF, format!("`{name}` is `{id}`, but no `data` here has that id"));
            }
        }
    }

    fn copy(&mut self, code: Element<'a>, copied: &FxHashMap<&str, Element<'a>>) {
        let Some(id) = code.get("copyOf") else { return };
        let has_data = |it: Element<'_>| ["dataRef", "dataRefStart", "dataRefEnd"].iter().any(|name| it.has(name));
        let wrong = match copied.get(id).filter(|it| it.is_any(CODES)) {
            None => "no code of the unit has that id",
            Some(base) if has_data(*base) => "that code has original data: refer to the same data instead",
            Some(base) if base.says("canCopy", "no") => "that code cannot be copied",
            Some(_) if has_data(code) => "a copy has no data of its own",
            Some(_) => return,
        };
        self.tell(code, &COPY_OF, format!("`copyOf` is `{id}`, but {wrong}"));
    }

    /// Asks the targets of a unit for the codes of its sources.
    pub(super) fn lost_codes(&mut self, body: &Body<'a>) {
        let identity = |it: Element<'a>| it.get("id").map(|id| (false, id)).or(it.get("startRef").map(|id| (true, id)));
        let there: FxHashSet<_> =
            body.target.iter().filter(|it| it.is_any(CODES)).filter_map(|it| identity(*it)).collect();
        for segment in body.segments.iter().filter(|it| it.target.is_some()) {
            let codes = segment.source.into_iter().flat_map(Element::within).filter(|it| it.is_any(CODES));
            for code in codes.filter(|it| identity(*it).is_some_and(|it| !there.contains(&it))) {
                let id = code.get("id").or(code.get("startRef")).unwrap_or_default();
                let rule = if code.says("canDelete", "no") { &DELETED } else { &CODE_LOST };
                self.tell(code, rule, format!("the target lacks the `{}` `{id}` of the source", code.name()));
            }
        }
    }
}
