//! Builds a [`File`] out of the elements that matter, as they begin and end.

use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use super::Error;
use super::content::Gather;
use super::element::{Element, MEMOQ, PHRASE};
use super::error::At;
use super::places::{Family, Place};
use super::state::{Claims, Voice};
use crate::xliff::{File, Note, Segment, Unit};

/// Who leaves the facts of a 1.x file, as header notes.
const FACTS_FROM: &str = "chancery";

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
    note: Note,
    /// The categories of the metadata that are open.
    categories: Vec<String>,
    /// The name of the fact that is being read.
    fact: String,
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
            Place::Note => self.begin_note(element)?,
            Place::MetaGroup => {
                let [category] = element.attributes(["category"])?;
                self.categories.push(category.unwrap_or_default().into_owned());
            }
            Place::Meta => self.begin_fact(element)?,
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
            Place::Source => self.segment.source = self.text.content(),
            Place::Target => self.segment.target = Some(self.text.content()),
            Place::Span => self.text.end_span(),
            Place::Note => self.end_note(parent),
            Place::MetaGroup => drop(self.categories.pop()),
            Place::Meta => self.file.facts.push((std::mem::take(&mut self.fact), self.text.prose().to_owned())),
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
        let group = self.groups.iter().rev().find_map(|(id, line)| Some((id.clone()?, *line)));
        let (unit, line) = group.unwrap_or_else(|| (id.clone(), element.at.line));
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

    fn hear(&mut self, said: &[(Voice, Option<Cow<str>>)]) {
        for (voice, word) in said {
            if let Some(word) = word {
                self.claims.hear(*voice, word);
            }
        }
    }

    fn begin_note(&mut self, element: &Element) -> Result<(), Error> {
        let [id, from, category] = element.attributes(["id", "from", "category"])?;
        let (id, from) = (id.map(Cow::into_owned), category.or(from).map(Cow::into_owned));
        self.note = Note { line: element.at.line, id, from, text: String::new() };
        self.text.clear();
        Ok(())
    }

    fn end_note(&mut self, parent: Option<Place>) {
        let mut note = std::mem::take(&mut self.note);
        self.text.prose().clone_into(&mut note.text);
        match parent {
            Some(Place::Segment) => self.segment.notes.push(note),
            Some(Place::Header) => self.add_header_note(&note),
            Some(Place::Group) => {
                let group = self.groups.iter().rev().find_map(|(id, line)| Some((id.clone()?, *line)));
                if let Some((id, line)) = group {
                    self.take_up_unit(id, line);
                    self.file.units[self.unit].notes.push(note);
                }
            }
            _ => {
                if let Some(unit) = self.file.units.get_mut(self.unit) {
                    unit.notes.push(note);
                }
            }
        }
    }

    fn add_header_note(&mut self, note: &Note) {
        if note.from.as_deref() == Some(FACTS_FROM)
            && let Some((name, fact)) = note.text.split_once(": ")
        {
            self.file.facts.push((name.to_owned(), fact.to_owned()));
        }
    }

    fn begin_fact(&mut self, element: &Element) -> Result<(), Error> {
        let name = element.required("type")?;
        self.fact = match self.categories.last() {
            Some(category) if !category.is_empty() => format!("{category} {name}"),
            _ => name,
        };
        self.text.clear();
        Ok(())
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
