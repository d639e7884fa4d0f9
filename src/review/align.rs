//! Which segments that came back stand for which that were sent, within a passage.
//!
//! Tools split, join and number segments anew, so an id counts only together with the source it had; then sources decide,
//! then sources put together: where borders of both sides meet, a stretch ends. What is left by then has an edited source, or
//! is told.
//! Laws: each segment that was sent is in one stretch; stretches are in the order of the article.

use std::ops::Range;

use super::find::Came;
use super::report::{Notice, What};
use super::same::is_alike;
use super::sent::Sent;
use crate::xliff::Segment;

/// Segments that were sent, side by side, and what came back for them.
pub(super) struct Stretch {
    /// Places in the passage.
    pub(super) places: Range<usize>,
    /// Places among what came back, in the order of the targets; none where nothing did.
    pub(super) came: Vec<usize>,
}

/// Finds what came back for each segment of `sent`, and tells what was unusual about it.
pub(super) fn stretches(sent: &Sent, came: &Came, notices: &mut Vec<Notice>) -> Vec<Stretch> {
    let mut table = Table::new(sent, came);
    table.by_id_and_source();
    table.by_source();
    table.by_sources_together();
    table.by_id(notices);
    table.tell(notices);
    let mut stretches = table.finish();
    in_target_order(sent, came, &mut stretches, notices);
    stretches
}

struct Table<'a> {
    sent: &'a Sent<'a>,
    came: &'a Came<'a>,
    /// The squashed sources of what came back; none for what is taken, or ignorable.
    open: Vec<Option<String>>,
    /// By the place of the first segment.
    stretches: Vec<Stretch>,
    taken: Vec<bool>,
}

impl<'a> Table<'a> {
    fn new(sent: &'a Sent<'a>, came: &'a Came<'a>) -> Self {
        let sources = came.segments.iter().zip(&came.sources);
        let open = sources.map(|(segment, said)| (!segment.ignorable).then(|| said.clone())).collect();
        Self { sent, came, open, stretches: Vec::new(), taken: vec![false; sent.sources.len()] }
    }

    fn by_id_and_source(&mut self) {
        for place in 0..self.taken.len() {
            let id = self.sent.passage.segments[place].segment.id.as_str();
            let same = |(at, said): (usize, &Option<String>)| {
                self.came.segments[at].id.as_deref() == Some(id) && said.as_ref() == Some(&self.sent.sources[place])
            };
            if let Some(at) = self.open.iter().enumerate().position(same) {
                self.take(place..place + 1, vec![at]);
            }
        }
    }

    fn by_source(&mut self) {
        for place in 0..self.taken.len() {
            let same = |said: &Option<String>| said.as_ref() == Some(&self.sent.sources[place]);
            if let Some(at) = self.open.iter().position(same).filter(|_| !self.taken[place]) {
                self.take(place..place + 1, vec![at]);
            }
        }
    }

    /// Looks for segments that say, put together, what some that came back say, put together.
    fn by_sources_together(&mut self) {
        for place in 0..self.taken.len() {
            let free = !self.taken[place] && !self.sent.sources[place].is_empty();
            let found = (0..self.open.len()).filter(|_| free).find_map(|at| self.meeting(place, at));
            if let Some((places, came)) = found {
                self.take(places, came);
            }
        }
    }

    /// The segments from `place` on and what came back from `at` on, up to the first border that both have in common.
    fn meeting(&self, place: usize, at: usize) -> Option<(Range<usize>, Vec<usize>)> {
        let mut said = self.open[at].as_deref().filter(|said| !said.is_empty())?.as_bytes();
        let mut sent = self.sent.sources[place].as_bytes();
        let (mut end, mut came) = (place + 1, vec![at]);
        loop {
            let both = sent.len().min(said.len());
            if sent[..both] != said[..both] {
                return None;
            }
            (sent, said) = (&sent[both..], &said[both..]);
            match (sent.is_empty(), said.is_empty()) {
                (true, true) => return Some((place..end, came)),
                (true, false) => {
                    sent = self.sent.sources.get(end).filter(|_| !self.taken[end])?.as_bytes();
                    end += 1;
                }
                _ => {
                    let rest = came.last().map_or(at, |last| *last) + 1..self.open.len();
                    let next = rest.into_iter().find(|at| self.open[*at].is_some())?;
                    said = self.open[next].as_deref().unwrap_or_default().as_bytes();
                    came.push(next);
                }
            }
        }
    }

    /// Takes what has the id of a segment and a source that may be its own, edited.
    fn by_id(&mut self, notices: &mut Vec<Notice>) {
        for place in (0..self.taken.len()).filter(|place| !self.taken[*place]).collect::<Vec<_>>() {
            let id = &self.sent.passage.segments[place].segment.id;
            let named =
                |at: &usize| self.open[*at].is_some() && self.came.segments[*at].id.as_deref() == Some(id.as_str());
            let Some(at) = (0..self.open.len()).find(named) else { continue };
            let said = self.came.segments[at].source.text.trim().to_owned();
            let alike = is_alike(&self.sent.sources[place], self.open[at].as_deref().unwrap_or_default());
            let what = if alike { What::SourceEdited } else { What::SourceChanged };
            let mut detail = format!("line {}: `{said}`", self.came.segments[at].line);
            if alike {
                self.take(place..place + 1, vec![at]);
            } else {
                let target = self.came.segments[at].target.as_ref().map(|it| it.text.trim().to_owned());
                detail += &target.map(|target| format!("; nothing was taken of `{target}`")).unwrap_or_default();
                self.open[at] = None;
                self.take(place..place + 1, Vec::new());
            }
            notices.push(Notice::new(&self.sent.passage.id, Some(id), what, detail));
        }
    }

    fn take(&mut self, places: Range<usize>, came: Vec<usize>) {
        self.taken[places.clone()].fill(true);
        for at in &came {
            self.open[*at] = None;
        }
        self.stretches.push(Stretch { places, came });
    }

    /// Tells what is left on both sides, and what came back otherwise than it was sent.
    fn tell(&mut self, notices: &mut Vec<Notice>) {
        let unit = &self.sent.passage.id;
        let id = |place: usize| &self.sent.passage.segments[place].segment.id;
        if let Some(renamed) = &self.came.renamed {
            notices.push(Notice::new(unit, None, What::Renumbered, format!("it came back as `{renamed}`")));
        }
        for stretch in &self.stretches {
            let names =
                |at: usize| self.came.segments[at].id.clone().unwrap_or_else(|| "a segment without an id".into());
            match (stretch.places.len(), &*stretch.came) {
                (1, [at]) if self.came.segments[*at].id.as_deref() != Some(id(stretch.places.start).as_str()) => {
                    let detail = format!("it came back as {}", names(*at));
                    notices.push(Notice::new(unit, Some(id(stretch.places.start)), What::Renumbered, detail));
                }
                (_, []) | (1, [_]) => {}
                (sent, came) => {
                    let what = if sent > 1 { What::Joined } else { What::Split };
                    let detail = format!("{sent} sent, {} came back", came.len());
                    notices.push(Notice::new(unit, Some(id(stretch.places.start)), what, detail));
                }
            }
        }
        for place in (0..self.taken.len()).filter(|place| !self.taken[*place]) {
            notices.push(Notice::new(unit, Some(id(place)), What::MissingSegment, ""));
        }
        for (said, segment) in self.open.iter().zip(&self.came.segments) {
            let target = segment.target.as_ref().is_some_and(|target| !target.text.trim().is_empty());
            if said.as_ref().is_some_and(|said| target || !said.is_empty()) {
                notices.push(unknown(unit, segment));
            }
        }
    }

    /// All stretches in order; an empty one for each segment of which nothing came back.
    fn finish(mut self) -> Vec<Stretch> {
        let missing = (0..self.taken.len()).filter(|place| !self.taken[*place]);
        let missing: Vec<_> = missing.map(|place| Stretch { places: place..place + 1, came: Vec::new() }).collect();
        self.stretches.extend(missing);
        self.stretches.sort_by_key(|stretch| stretch.places.start);
        self.stretches
    }
}

/// Puts together the stretches whose targets a reviewer has set in another order (`target@order` of XLIFF 2).
fn in_target_order(sent: &Sent, came: &Came, stretches: &mut Vec<Stretch>, notices: &mut Vec<Notice>) {
    if came.segments.iter().all(|segment| segment.order.is_none()) {
        return;
    }
    let order = |at: usize| came.segments[at].order.unwrap_or(at + 1);
    let mut ordered: Vec<Stretch> = Vec::new();
    for next in std::mem::take(stretches) {
        let first = next.came.iter().map(|at| order(*at)).min();
        let mut whole = next;
        while let (Some(first), Some(last)) = (first, ordered.last())
            && last.came.iter().any(|at| order(*at) > first)
            && let Some(last) = ordered.pop()
        {
            whole.places.start = last.places.start;
            whole.came.extend(last.came);
        }
        whole.came.sort_by_key(|at| order(*at));
        ordered.push(whole);
    }
    let moved = ordered.iter().filter(|it| it.came.len() > 1 && it.places.len() > 1 && !it.came.is_sorted());
    notices.extend(moved.map(|stretch| {
        let first = &sent.passage.segments[stretch.places.start].segment.id;
        let detail = format!("{} are one now", stretch.places.len());
        Notice::new(&sent.passage.id, Some(first), What::Reordered, detail)
    }));
    *stretches = ordered;
}

fn unknown(unit: &str, segment: &Segment) -> Notice {
    let target = segment.target.as_ref().map_or("", |target| target.text.trim());
    let name = segment.id.as_deref().unwrap_or("without an id");
    let detail = format!("line {}: segment {name}: nothing was taken of `{target}`", segment.line);
    Notice::new(unit, None, What::UnknownSegment, detail)
}
