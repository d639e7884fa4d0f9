//! What holds whatever comes back.

use proptest::prelude::*;

use super::*;

/// Something that a tool or a reviewer does to a file.
#[derive(Debug, Clone)]
enum Deed {
    Edit(usize, String),
    Empty(usize),
    NoTarget(usize),
    Say(usize, ReviewState),
    Rename(usize, String),
    Forget(usize),
    EditSource(usize, String),
    Remove(usize),
    Double(usize),
    Split(usize, usize),
    Join(usize),
    Swap(usize, usize),
    Order(usize, usize),
    Code(usize, usize, u8),
    RemoveUnit(usize),
    RenameUnit(usize, String),
    SwapUnits(usize, usize),
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let place = 0usize..9;
    let words = "[a-z .]{0,12}";
    let id = "(p[12]-[1-3]|s[1-3]|[0-9])";
    let state = (0usize..5).prop_map(|at| ReviewState::ALL[at]);
    let deed = prop_oneof![
        4 => (place.clone(), words).prop_map(|(at, text)| Deed::Edit(at, text)),
        2 => place.clone().prop_map(Deed::Empty),
        1 => place.clone().prop_map(Deed::NoTarget),
        2 => (place.clone(), state).prop_map(|(at, state)| Deed::Say(at, state)),
        2 => (place.clone(), id).prop_map(|(at, id)| Deed::Rename(at, id)),
        1 => place.clone().prop_map(Deed::Forget),
        1 => (place.clone(), words).prop_map(|(at, text)| Deed::EditSource(at, text)),
        1 => place.clone().prop_map(Deed::Remove),
        1 => place.clone().prop_map(Deed::Double),
        2 => (place.clone(), 0usize..12).prop_map(|(at, cut)| Deed::Split(at, cut)),
        2 => place.clone().prop_map(Deed::Join),
        1 => (place.clone(), place.clone()).prop_map(|(one, other)| Deed::Swap(one, other)),
        1 => (place.clone(), 1usize..5).prop_map(|(at, order)| Deed::Order(at, order)),
        1 => (place.clone(), 0usize..12, any::<u8>()).prop_map(|(at, byte, role)| Deed::Code(at, byte, role)),
        1 => place.clone().prop_map(Deed::RemoveUnit),
        1 => (place.clone(), id).prop_map(|(at, id)| Deed::RenameUnit(at, id)),
        1 => (place.clone(), place).prop_map(|(one, other)| Deed::SwapUnits(one, other)),
    ];
    prop::collection::vec(deed, 0..8)
}

fn does(file: &mut File, deed: Deed) {
    let units = file.units.len();
    if units == 0 {
        return;
    }
    match deed {
        Deed::RemoveUnit(at) => drop(file.units.remove(at % units)),
        Deed::RenameUnit(at, id) => file.units[at % units].id = id,
        Deed::SwapUnits(one, other) => file.units.swap(one % units, other % units),
        deed => in_unit(file, deed),
    }
}

/// The place that a deed names counts the segments of all units.
fn in_unit(file: &mut File, deed: Deed) {
    let at = match &deed {
        Deed::RemoveUnit(_) | Deed::RenameUnit(..) | Deed::SwapUnits(..) => return,
        Deed::Edit(at, _)
        | Deed::Say(at, _)
        | Deed::Rename(at, _)
        | Deed::EditSource(at, _)
        | Deed::Split(at, _)
        | Deed::Empty(at)
        | Deed::NoTarget(at)
        | Deed::Forget(at)
        | Deed::Remove(at)
        | Deed::Double(at)
        | Deed::Join(at)
        | Deed::Swap(at, _)
        | Deed::Order(at, _)
        | Deed::Code(at, ..) => *at,
    };
    let units = file.units.len();
    let unit = &mut file.units[at % units];
    let count = unit.segments.len();
    let place = at / units;
    if count == 0 {
        return;
    }
    let place = place % count;
    let segment = &mut unit.segments[place];
    match deed {
        Deed::Edit(_, to) => segment.target = text(&to),
        Deed::Empty(_) => segment.target = text(""),
        Deed::NoTarget(_) => segment.target = None,
        Deed::Say(_, state) => segment.state = state,
        Deed::Rename(_, id) => segment.id = Some(id),
        Deed::Forget(_) => segment.id = None,
        Deed::EditSource(_, to) => segment.source = text(&to).unwrap_or_default(),
        Deed::Remove(_) => drop(unit.segments.remove(place)),
        Deed::Double(_) => unit.segments.push(unit.segments[place].clone()),
        Deed::Split(_, cut) => split(unit, place, cut),
        Deed::Join(_) if place + 1 < count => join(unit, place),
        Deed::Swap(_, other) => unit.segments.swap(place, other % count),
        Deed::Order(_, order) => segment.order = Some(order),
        Deed::Code(_, byte, role) => code(segment, byte, role),
        _ => {}
    }
}

fn split(unit: &mut xliff::Unit, place: usize, cut: usize) {
    let Some(target) = unit.segments[place].target.clone() else { return };
    let source = unit.segments[place].source.text.clone();
    let cut_at = |text: &str| (0..=cut.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let (one, other) = source.split_at(cut_at(&source));
    let (first, second) = target.text.split_at(cut_at(&target.text));
    unit.segments[place] = segment("x1", one, first);
    unit.segments.insert(place + 1, segment("x2", other, second));
}

fn join(unit: &mut xliff::Unit, place: usize) {
    let next = unit.segments.remove(place + 1);
    let said = |segment: &xliff::Segment| segment.target.clone().unwrap_or_default().text;
    let here = &mut unit.segments[place];
    let target = format!("{} {}", said(here), said(&next));
    here.source.text = format!("{} {}", here.source.text, next.source.text);
    here.target = text(&target);
}

fn code(segment: &mut xliff::Segment, byte: usize, role: u8) {
    let Some(target) = &mut segment.target else { return };
    let at = (0..=byte.min(target.text.len())).rev().find(|at| target.text.is_char_boundary(*at)).unwrap_or(0);
    let role = [Role::Open, Role::Close, Role::Alone][usize::from(role) % 3];
    target.codes.insert(0, Code { at, role, id: "1".into() });
    target.codes.sort_by_key(|code| code.at);
}

/// A record with three paragraphs, a failed sentence and two that say the same.
fn sample() -> Record {
    record(&[
        &[("One two.", "Um dois."), ("Three four.", "Três quatro."), ("One two.", "Um dois.")],
        &[("Five.", ""), ("Six seven.", "Seis sete.")],
        &[("Eight nine ten.", "Oito nove dez.")],
    ])
}

proptest! {
    #[test]
    fn merging_twice_changes_nothing(first in deeds(), second in deeds()) {
        let mut record = sample();
        for deeds in [first, second] {
            let mut file = export(&record);
            for deed in deeds {
    does(&mut file, deed);
}
            let Ok(merged) = merge_with(&record, &file, Options::default()) else { continue };
            record.push(merged.version);
            let again = merge_of(&record, &file);
            prop_assert!(!again.changed, "{:?} then {:?}", record.versions, again.version);
        }
    }

    #[test]
    fn every_segment_stays_in_one_unit(deeds in deeds()) {
        let mut record = sample();
        let mut file = export(&record);
        for deed in deeds {
    does(&mut file, deed);
}
        if let Ok(merged) = merge_with(&record, &file, Options::default()) {
            record.push(merged.version);
        }
        let sources = |translation: &Translation| -> String {
            translation.units().map(|unit| unit.segment.text.plain().replace(' ', "")).collect()
        };
        prop_assert_eq!(sources(&record.machine), sources(&record.now()));
    }

    #[test]
    fn what_was_written_stands_or_is_told(deeds in deeds()) {
        let mut record = sample();
        let mut file = export(&record);
        for deed in deeds {
    does(&mut file, deed);
}
        let Ok(merged) = merge_with(&record, &file, Options::default()) else { return Ok(()) };
        record.push(merged.version);
        let bare = |text: &str| text.chars().filter(|char| !char.is_whitespace()).collect::<String>();
        let mut known: Vec<String> = merged.notices.iter().map(|notice| bare(&notice.detail)).collect();
        known.push(bare(&lines(&record).replace('|', "")));
        for target in file.units.iter().flat_map(|unit| &unit.segments).filter_map(|segment| segment.target.as_ref()) {
            let written = bare(&target.text);
            prop_assert!(known.iter().any(|text| text.contains(&written)), "`{written}` is gone: {known:?}");
        }
    }

    #[test]
    fn every_edit_is_kept(edits in prop::collection::vec((0usize..5, "[a-zé]{1,8}( [a-zé]{1,8}){0,2}"), 0..6)) {
        let mut record = sample();
        let mut file = export(&record);
        let mut expected: Vec<String> =
            record.now().units().map(|unit| unit.rendered().map_or_else(String::new, |text| text.plain().into())).collect();
        for (place, to) in edits {
            let segment = file.units.iter_mut().flat_map(|unit| &mut unit.segments).nth(place).expect("a segment");
            segment.target = text(&to);
            expected[place] = to;
        }
        after(&mut record, &file);
        let now = record.now();
        let texts: Vec<_> = now.units().map(|unit| unit.rendered().map_or("", Text::plain)).collect();
        prop_assert_eq!(texts, expected);
    }
}
