//! Builds a [`File`] out of the elements that matter, as they begin and end.

use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use super::Error;
use super::content::Gather;
use super::element::{Element, MEMOQ, PHRASE};
use super::error::At;
use super::facts::Facts;
use super::notes::Notes;
use super::places::{Family, Place};
use super::state::{Claims, Voice};
use crate::xliff::{Content, File, Note, Segment, Unit};

/// The languages that the root of an XLIFF 2 document names.
#[derive(Debug, Clone, Default)]
pub(super) struct Languages {
    pub(super) source: String,
    pub(super) target: Option<String>,
}

/// A file that is being read.
#[derive(Default)]
pub(super) struct Builder {
    /// The text that is being read.
    pub(super) text: Gather,
    languages: Option<Languages>,
    file: File,
    /// The place of each unit in the file.
    units: HashMap<String, usize>,
    /// The place of the unit that is open, or was last.
    unit: usize,
    /// In 1.x the ids in the file, in XLIFF 2 those in the unit.
    segments: HashSet<String>,
    /// The groups that are open in 1.x: the id, where there is one, and the line.
    groups: Vec<(Option<String>, usize)>,
    segment: Segment,
    /// Whether the segment had its source.
    sourced: bool,
    claims: Claims,
    notes: Notes,
    facts: Facts,
}

impl Builder {
    /// Takes the languages of the root of an XLIFF 2 document.
    pub(super) fn set_languages(&mut self, languages: Languages) {
        self.languages = Some(languages);
    }

    /// Takes up `element`, which begins `place`; says what it is a place for after all.
    pub(super) fn begin(&mut self, family: Family, place: Place, element: &Element) -> Result<Place, Error> {
        match place {
            Place::File => self.begin_file(element)?,
            Place::Group if family == Family::V1 => {
                let [id] = element.attributes(["id"])?;
                self.groups.push((id.map(Cow::into_owned), element.at.line));
            }
            Place::Unit => self.begin_unit(element)?,
            Place::Segment if family == Family::V1 => self.begin_trans_unit(element)?,
            Place::Segment => self.begin_segment(element)?,
            Place::Source | Place::Target => return self.begin_text(family, place, element),
            Place::Note => {
                self.text.clear();
                return self.notes.begin(element);
            }
            Place::Definition => self.notes.begin_thread(element)?,
            Place::MetaGroup => self.facts.begin_group(element)?,
            Place::Meta => {
                self.text.clear();
                self.facts.begin(element)?;
            }
            Place::Part => {
                let [confirmed] = element.attributes(["conf"])?;
                self.claims.hear(Voice::Trados, confirmed.as_deref().unwrap_or_default());
            }
            _ => {}
        }
        Ok(place)
    }

    /// Ends `place`, which stood in `parent`; gives the file where that ends.
    pub(super) fn end(&mut self, family: Family, place: Place, parent: Option<Place>) -> Option<File> {
        match place {
            Place::File => return Some(self.end_file()),
            Place::Group if family == Family::V1 => drop(self.groups.pop()),
            Place::Segment => self.end_segment(),
            Place::Source => self.segment.source = self.end_text(),
            Place::Target => self.segment.target = Some(self.end_text()),
            Place::Span => self.text.end_span(),
            Place::Note => self.end_note(parent),
            Place::MetaGroup => self.facts.end_group(),
            Place::Meta => self.facts.end(self.text.prose()),
            _ => {}
        }
        None
    }

    fn begin_file(&mut self, element: &Element) -> Result<(), Error> {
        let languages = match &self.languages {
            Some(languages) => languages.clone(),
            None => Languages::of(element, "source-language", "target-language")?,
        };
        let [original] = element.attributes(["original"])?;
        self.file = File {
            line: element.at.line,
            original: original.map(Cow::into_owned),
            source: languages.source,
            target: languages.target,
            ..File::default()
        };
        Ok(())
    }

    fn end_file(&mut self) -> File {
        self.units.clear();
        self.segments.clear();
        self.file.facts = std::mem::take(&mut self.facts.said);
        std::mem::take(&mut self.file)
    }

    fn begin_unit(&mut self, element: &Element) -> Result<(), Error> {
        let id = element.required("id")?;
        if self.units.contains_key(&id) {
            return Err(element.at.duplicate("unit", &id));
        }
        self.segments.clear();
        self.take_up_unit(id, element.at.line);
        Ok(())
    }

    /// Makes the unit `id` the open one; there is a new one if there was none.
    fn take_up_unit(&mut self, id: String, line: usize) {
        let next = self.file.units.len();
        self.unit = match self.units.entry(id) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(free) => {
                self.file.units.push(Unit { id: free.key().clone(), line, ..Unit::default() });
                *free.insert(next)
            }
        };
    }

    fn begin_segment(&mut self, element: &Element) -> Result<(), Error> {
        let [id, state, sub_state] = element.attributes(["id", "state", "subState"])?;
        self.open_segment(id.map(Cow::into_owned), "segment", element.at)?;
        self.segment.ignorable = element.name() == "ignorable";
        self.hear(&[(Voice::State2, state), (Voice::SubState, sub_state)]);
        Ok(())
    }

    fn begin_trans_unit(&mut self, element: &Element) -> Result<(), Error> {
        let id = element.required("id")?;
        let [approved, memoq, phrase] =
            element.attributes_in([("", "approved"), (MEMOQ, "status"), (PHRASE, "confirmed")])?;
        let (unit, line) = self.group().unwrap_or_else(|| (id.clone(), element.at.line));
        self.open_segment(Some(id), "trans-unit", element.at)?;
        self.take_up_unit(unit, line);
        self.hear(&[(Voice::MemoQ, memoq), (Voice::Phrase, phrase)]);
        self.claims.approve(approved.as_deref().unwrap_or_default());
        Ok(())
    }

    fn open_segment(&mut self, id: Option<String>, element: &'static str, at: At) -> Result<(), Error> {
        if let Some(id) = &id
            && !self.segments.insert(id.clone())
        {
            return Err(at.duplicate(element, id));
        }
        self.segment = Segment { id, line: at.line, ..Segment::default() };
        self.sourced = false;
        self.claims = Claims::default();
        Ok(())
    }

    fn end_segment(&mut self) {
        let mut segment = std::mem::take(&mut self.segment);
        (segment.state, segment.claimed) = std::mem::take(&mut self.claims).settle();
        if let Some(unit) = self.file.units.get_mut(self.unit) {
            unit.segments.push(segment);
        }
    }

    /// Begins a source or target, which is passed over if the segment has one.
    fn begin_text(&mut self, family: Family, place: Place, element: &Element) -> Result<Place, Error> {
        let again = match place {
            Place::Source => std::mem::replace(&mut self.sourced, true),
            _ => self.segment.target.is_some(),
        };
        if again {
            return Ok(Place::Skipped);
        }
        self.text.clear();
        if place == Place::Target {
            let [order, state] = element.attributes(["order", "state"])?;
            match family {
                Family::V1 => self.hear(&[(Voice::State1, state)]),
                Family::V2 => self.segment.order = order.map(|order| place_of(&order, element.at)).transpose()?,
            }
        }
        Ok(place)
    }

    /// Ends a source or target; what it points to is noted on the segment.
    fn end_text(&mut self) -> Content {
        let ids = self.text.comments();
        self.segment.notes.extend(self.notes.of(&ids).cloned());
        self.text.content()
    }

    fn hear(&mut self, said: &[(Voice, Option<Cow<str>>)]) {
        for (voice, word) in said {
            if let Some(word) = word {
                self.claims.hear(*voice, word);
            }
        }
    }

    fn end_note(&mut self, parent: Option<Place>) {
        let note = self.notes.end(self.text.prose());
        match parent {
            Some(Place::Segment | Place::Comments) => self.segment.notes.push(note),
            Some(Place::Thread) => self.notes.add_to_thread(note),
            Some(Place::Header) => self.facts.hear(&note),
            Some(Place::Group) => {
                if let Some((id, line)) = self.group() {
                    self.take_up_unit(id, line);
                    self.add_unit_note(note);
                }
            }
            _ => self.add_unit_note(note),
        }
    }

    fn add_unit_note(&mut self, note: Note) {
        if let Some(unit) = self.file.units.get_mut(self.unit) {
            unit.notes.push(note);
        }
    }

    /// The innermost group with an id, and its line.
    fn group(&self) -> Option<(String, usize)> {
        self.groups.iter().rev().find_map(|(id, line)| Some((id.clone()?, *line)))
    }
}

impl Languages {
    /// The languages that `element` names in the attributes `source`, which it must have, and `target`.
    pub(super) fn of(element: &Element, source: &'static str, target: &str) -> Result<Self, Error> {
        let [target] = element.attributes([target])?;
        Ok(Self { source: element.required(source)?, target: target.map(Cow::into_owned) })
    }
}

fn place_of(order: &str, at: At) -> Result<usize, Error> {
    let place = order.trim().parse().ok().filter(|place| *place > 0);
    place.ok_or_else(|| at.value("order", order, "number from 1"))
}
