//! How likely translations are that are known: all their steps are computed together, as rows of the same products.
//!
//! Translations of a sentence that begin alike are a tree, of which each row is computed once. Law: a translation is
//! scored to the bit as the search scores one that it is made to say, whatever is scored beside it.

use crate::matrix::Activations;
use crate::network::{Encoded, Place, Scratch};
use crate::recent::Recent;
use crate::search::Search;
use crate::words::{Choice, Words};

/// Rows that are computed together: more leave the caches.
const ROWS: usize = 256;
/// Rows that look at all words together.
const UNSURE: usize = 64;

/// Memory for scores.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    words: Words,
    choice: Choice,
    values: Vec<f32>,
    activations: Activations,
    logits: Vec<f32>,
}

/// A translation to be scored.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known<'a> {
    pub(crate) source: &'a [u32],
    pub(crate) target: &'a [u32],
}

/// Translations that are computed together, those of a sentence one after the other.
#[derive(Debug, Default)]
struct Forest<'a> {
    sources: Vec<&'a [u32]>,
    places: Vec<Place>,
    /// For each row the one that it goes on from.
    parents: Vec<Option<usize>>,
    paths: Vec<Path>,
}

/// A translation in a forest: its sentence, and for each token, the end included, the row that says it and the token.
#[derive(Debug)]
struct Path {
    sentence: usize,
    steps: Vec<(usize, u32)>,
}

/// A step of a translation, whose probability is asked for.
#[derive(Debug, Clone, Copy)]
struct Step {
    row: usize,
    /// Which words it looks at.
    list: usize,
    piece: u32,
    path: usize,
    at: usize,
}

impl<'a> Forest<'a> {
    /// Takes translations until there are rows enough.
    fn grow(known: &mut std::iter::Peekable<std::slice::Iter<'_, Known<'a>>>, end: u32) -> Self {
        let mut forest = Self::default();
        while forest.places.len() < ROWS
            && let Some(known) = known.next()
        {
            forest.add(*known, end);
        }
        forest
    }

    /// Adds a translation, which shares rows with others of the sentence that was added last.
    fn add(&mut self, known: Known<'a>, end: u32) {
        if self.sources.last() != Some(&known.source) {
            self.sources.push(known.source);
        }
        let sentence = self.sources.len() - 1;
        let mut steps: Vec<(usize, u32)> = Vec::with_capacity(known.target.len() + 1);
        for piece in known.pieces(end) {
            steps.push((self.row(sentence, &steps), piece));
        }
        self.paths.push(Path { sentence, steps });
    }

    /// The row after some steps, an old one where there is one.
    fn row(&mut self, sentence: usize, steps: &[(usize, u32)]) -> usize {
        let (position, before) = (steps.len(), steps.last());
        let beside = self.paths.iter().rev().take_while(|path| path.sentence == sentence);
        let mut same = beside.filter(|path| path.steps[..position.min(path.steps.len())].last() == before);
        if let Some(&(row, _)) = same.find_map(|path| path.steps.get(position)) {
            return row;
        }
        self.places.push(Place { sentence, previous: before.map(|step| step.1), position });
        self.parents.push(before.map(|step| step.0));
        self.places.len() - 1
    }

    /// A blank for each score.
    fn blanks(&self) -> Vec<Vec<f32>> {
        self.paths.iter().map(|path| vec![f32::NEG_INFINITY; path.steps.len()]).collect()
    }
}

impl Known<'_> {
    /// What it says up to its end.
    fn pieces(&self, end: u32) -> impl Iterator<Item = u32> {
        self.target.iter().copied().take_while(move |piece| *piece != end).chain([end])
    }
}

impl Search<'_> {
    /// For each translation the logarithm of the probability of each of its tokens, and of its end.
    pub(crate) fn score(
        &self,
        known: &[Known<'_>],
        recent: &mut Recent,
        scratch: &mut Scratch,
        memory: &mut Memory,
    ) -> Vec<Vec<f32>> {
        let mut scores = Vec::with_capacity(known.len());
        let mut known = known.iter().peekable();
        while known.peek().is_some() {
            let forest = Forest::grow(&mut known, self.pieces.end);
            let encoded = recent.read(self.network, &forest.sources, scratch);
            scores.extend(self.score_forest(&forest, &encoded, scratch, memory));
        }
        scores
    }

    fn score_forest(
        &self,
        forest: &Forest<'_>,
        encoded: &Encoded,
        scratch: &mut Scratch,
        memory: &mut Memory,
    ) -> Vec<Vec<f32>> {
        self.network.walk(encoded, &forest.places, &forest.parents, scratch);
        let (mut scores, mut unsure, mut first) = (forest.blanks(), Vec::new(), 0);
        for paths in forest.paths.chunk_by(|one, other| one.sentence == other.sentence) {
            let (lists, steps) = self.steps_of(forest.sources[paths[0].sentence], paths, first);
            unsure.extend(self.among_listed(&lists, steps, &scratch.rows, memory, &mut scores));
            first += paths.len();
        }
        self.among_all(unsure, &scratch.rows, memory, &mut scores);
        scores
    }

    /// The words that the translations of a sentence are weighed among, different ones where their own words are not on
    /// the shortlist; and their steps, by those lists and row by row. The first of the translations has the number `first`.
    fn steps_of(&self, source: &[u32], paths: &[Path], first: usize) -> (Vec<Vec<u32>>, Vec<Step>) {
        let mut lists: Vec<Vec<u32>> = Vec::new();
        let mut steps = Vec::new();
        for (path, Path { steps: own, .. }) in (first..).zip(paths) {
            let listed = self.candidates(source, own.iter().map(|step| step.1));
            let list = lists.iter().position(|list| *list == listed).unwrap_or(lists.len());
            if list == lists.len() {
                lists.push(listed);
            }
            let step = |(at, &(row, piece)): (usize, &(usize, u32))| Step { row, list, piece, path, at };
            steps.extend(own.iter().enumerate().map(step));
        }
        steps.sort_unstable_by_key(|step| (step.list, step.row));
        (lists, steps)
    }

    /// Scores steps of a sentence among the words of lists; gives those back where no listed word is likely.
    fn among_listed(
        &self,
        lists: &[Vec<u32>],
        steps: Vec<Step>,
        rows: &[f32],
        memory: &mut Memory,
        scores: &mut [Vec<f32>],
    ) -> Vec<Step> {
        if self.shortlist.is_none() {
            return steps;
        }
        let Memory { words, choice, .. } = memory;
        let wide = self.network.sizes.wide;
        let numbers = || steps.iter().map(|step| step.row);
        let (from, to) = (numbers().min().unwrap_or(0), numbers().max().map_or(0, |row| row + 1));
        words.set(self.network, lists);
        words.compute(self.network, &rows[from * wide..to * wide]);
        let mut unsure = Vec::new();
        for steps in steps.chunk_by(|one, other| (one.list, one.row) == (other.list, other.row)) {
            words.choice(self.network, steps[0].row - from, steps[0].list, choice);
            if choice.is_sure() {
                set(scores, steps, choice);
            } else {
                unsure.extend_from_slice(steps);
            }
        }
        unsure
    }

    /// Scores steps among all words.
    fn among_all(&self, mut steps: Vec<Step>, rows: &[f32], memory: &mut Memory, scores: &mut [Vec<f32>]) {
        let Memory { choice, values, activations, logits, .. } = memory;
        let (network, output) = (self.network, &self.network.output);
        let wide = network.sizes.wide;
        steps.sort_unstable_by_key(|step| step.row);
        let by_row: Vec<&[Step]> = steps.chunk_by(|one, other| one.row == other.row).collect();
        for by_row in by_row.chunks(UNSURE) {
            values.clear();
            for steps in by_row {
                values.extend_from_slice(&rows[steps[0].row * wide..][..wide]);
            }
            output.map(network.isa, values, activations, logits);
            for (steps, logits) in by_row.iter().zip(logits.chunks_exact(output.matrix.columns())) {
                choice.set_all(network, logits, &self.pieces.never);
                set(scores, steps, choice);
            }
        }
    }
}

/// Takes down how likely the steps of a row are.
fn set(scores: &mut [Vec<f32>], steps: &[Step], choice: &Choice) {
    for step in steps {
        scores[step.path][step.at] = choice.log_prob(step.piece);
    }
}
