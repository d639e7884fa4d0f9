//! The search for the best translation of each sentence of a chunk.
//!
//! A hypothesis is a row of the decoder. With a beam of one it takes the likeliest piece at each step; with more, the
//! likeliest hypotheses of a sentence go on, and of those that ended the one with the best mean log-probability wins.
//! Law: what a sentence becomes depends on its own request only.

use std::ops::{Range, RangeInclusive};

use crate::matrix::Activations;
use crate::network::{Encoded, Network, Place, Scratch};
use crate::ops::MOST_KEYS;
use crate::recent::Recent;
use crate::shortlist::Shortlist;
use crate::words::{Choice, Words};
use crate::{Answer, Request};

/// Sentences whose words are computed together: as many as a kernel has rows.
const GROUP: usize = 4;

/// What the search has to know of the vocabulary.
#[derive(Debug)]
pub(crate) struct Pieces {
    pub(crate) end: u32,
    /// Pieces that are never said.
    pub(crate) never: Vec<u32>,
    /// The pieces one after the other, with `▁` for a space, and where each ends.
    pub(crate) text: String,
    pub(crate) ends: Vec<usize>,
}

/// What vocabularies write for a space.
const SPACE: char = '\u{2581}';

/// Scripts that are written without spaces: a word of them may begin and end at any character.
const UNSPACED: &[RangeInclusive<char>] = &[
    '\u{e00}'..='\u{eff}',
    '\u{1000}'..='\u{109f}',
    '\u{1780}'..='\u{17ff}',
    '\u{3005}'..='\u{3007}',
    '\u{3040}'..='\u{30ff}',
    '\u{31f0}'..='\u{31ff}',
    '\u{3400}'..='\u{9fff}',
    '\u{f900}'..='\u{faff}',
    '\u{20000}'..='\u{3ffff}',
];

/// Whether a character goes on with the word beside it.
fn joins(c: char) -> bool {
    c.is_alphanumeric() && (c.is_ascii() || !UNSPACED.iter().any(|script| script.contains(&c)))
}

impl Pieces {
    /// The text of a piece.
    fn text(&self, piece: u32) -> &str {
        let piece = piece as usize;
        let from = piece.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[from..self.ends[piece]]
    }

    /// Whether a word that is whole may stand before a piece.
    fn is_after_word(&self, piece: u32) -> bool {
        !self.text(piece).starts_with(joins)
    }

    /// How words are banned; none where there are none.
    fn ban(&self, words: &str) -> Option<Ban> {
        let words = words.split(|c: char| c.is_whitespace() || c == SPACE);
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        let words = words.join(SPACE.encode_utf8(&mut [0; 4]));
        if words.is_empty() {
            return None;
        }
        let holds = |piece: &u32| self.text(*piece).contains(&words);
        let within = (0..).take(self.ends.len()).filter(holds).collect();
        Some(Ban { words, within })
    }

    /// The end of a text of so many bytes at least, if there are so many.
    fn tail(&self, tokens: &[u32], bytes: usize) -> String {
        let mut length = 0;
        let short = |token: &&u32| {
            let before = length;
            length += self.text(**token).len();
            before < bytes
        };
        let taken = tokens.iter().rev().take_while(short).count();
        tokens[tokens.len() - taken..].iter().map(|token| self.text(*token)).collect()
    }
}

/// Whether `words` stand whole in `text` and end after its first `from` bytes.
fn says(text: &str, from: usize, words: &str) -> bool {
    // The words may begin again before they have ended, so each place is looked at.
    text.char_indices().any(|(at, _)| {
        let end = at + words.len();
        let apart = |rest: &str| !(words.ends_with(joins) && rest.starts_with(joins));
        let begins = !(words.starts_with(joins) && text[..at].ends_with(joins));
        end > from && begins && text[at..].strip_prefix(words).is_some_and(apart)
    })
}

/// What all searches share.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Search<'a> {
    pub(crate) network: &'a Network,
    pub(crate) shortlist: Option<&'a Shortlist>,
    pub(crate) pieces: &'a Pieces,
    pub(crate) beam: usize,
}

/// Memory for searches.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    pub(crate) recent: Recent,
    pub(crate) scratch: Scratch,
    words: Vec<Words>,
    choice: Choice,
    unsure: Unsure,
    /// What each sentence of the chunk bans.
    bans: Vec<Vec<Ban>>,
}

/// Words that must not come up.
#[derive(Debug)]
struct Ban {
    words: String,
    /// The pieces that hold them.
    within: Vec<u32>,
}

/// The rows of a step that look at all words.
#[derive(Debug, Default)]
struct Unsure {
    rows: Vec<usize>,
    values: Vec<f32>,
    activations: Activations,
    logits: Vec<f32>,
}

/// A translation in the making.
#[derive(Debug, Clone)]
struct Hypothesis {
    sentence: usize,
    tokens: Vec<u32>,
    log_probs: Vec<f32>,
    /// The sum of the log-probabilities of what it chose itself: what is asked for costs nothing, or translations that
    /// go around it would win.
    sum: f32,
    attention: Vec<f32>,
    placed: Vec<Option<Range<usize>>>,
    /// The span that is being said, and how many of its pieces are.
    saying: Option<(usize, usize)>,
}

/// A step that a hypothesis may take.
#[derive(Debug, Clone, Copy)]
struct Step {
    row: usize,
    piece: u32,
    log_prob: f32,
    /// The hypothesis's sum with this step.
    sum: f32,
}

impl Search<'_> {
    /// Translates the sentences of a chunk together.
    pub(crate) fn chunk(&self, requests: &[&Request], memory: &mut Memory) -> Vec<Answer> {
        let sources: Vec<&[u32]> = requests.iter().map(|request| request.source.as_slice()).collect();
        let encoded = memory.recent.read(self.network, &sources, &mut memory.scratch);
        let bans = |request: &&Request| request.banned.iter().filter_map(|words| self.pieces.ban(words)).collect();
        memory.bans = requests.iter().map(bans).collect();
        let groups = requests.chunks(GROUP).count();
        memory.words.resize_with(groups.max(memory.words.len()), Words::default);
        if self.shortlist.is_some() {
            let candidates = |request: &&Request| {
                let spans = request.spans.iter().flat_map(|span| &span.tokens);
                self.candidates(&request.source, request.prefix.iter().chain(spans).copied())
            };
            for (requests, words) in requests.chunks(GROUP).zip(&mut memory.words) {
                let candidates: Vec<_> = requests.iter().map(candidates).collect();
                words.set(self.network, &candidates);
            }
        }
        let mut ended: Vec<Vec<Hypothesis>> = requests.iter().map(|_| Vec::new()).collect();
        let mut rows: Vec<Hypothesis> =
            (0..requests.len()).map(|sentence| Hypothesis::new(sentence, requests)).collect();
        let mut cells = self.network.cells(rows.len());
        while !rows.is_empty() {
            let places: Vec<Place> = rows.iter().map(Hypothesis::place).collect();
            self.network.step(&encoded, &places, &mut cells, &mut memory.scratch);
            let steps = self.steps(requests, &rows, &encoded, memory);
            let (next, parents) = self.advance(requests, &rows, &steps, &encoded, &memory.scratch, &mut ended);
            if !parents.iter().copied().eq(0..rows.len()) {
                self.follow(&mut cells, &parents);
            }
            rows = next;
        }
        ended.into_iter().map(Self::best).collect()
    }

    /// The pieces that may come up in the translation of a sentence, in order: those of the shortlist and those `asked`.
    pub(crate) fn candidates(&self, source: &[u32], asked: impl Iterator<Item = u32>) -> Vec<u32> {
        let mut pieces = Vec::new();
        if let Some(shortlist) = self.shortlist {
            shortlist.candidates(source, self.network.is_shared(), &mut pieces);
        }
        pieces.push(self.pieces.end);
        pieces.extend(asked);
        pieces.sort_unstable();
        pieces.dedup();
        pieces.retain(|piece| !self.pieces.never.contains(piece));
        pieces
    }

    /// The steps that the rows may take, row by row, likeliest first.
    fn steps(&self, requests: &[&Request], rows: &[Hypothesis], encoded: &Encoded, memory: &mut Memory) -> Vec<Step> {
        let network = self.network;
        let wide = network.sizes.wide;
        let Memory { scratch, words, choice, unsure, bans, .. } = memory;
        let mut steps = Vec::with_capacity(rows.len() * self.beam);
        let mut choose = |row: usize, choice: &mut Choice| {
            let hypothesis = &rows[row];
            let attention = &scratch.attention[row * MOST_KEYS..][..encoded.length(hypothesis.sentence)];
            self.choose(
                (requests[hypothesis.sentence], &bans[hypothesis.sentence]),
                hypothesis,
                attention,
                choice,
                row,
                &mut steps,
            );
        };
        unsure.rows.clear();
        unsure.values.clear();
        let mut first = 0;
        for group in rows.chunk_by(|one, other| one.sentence / GROUP == other.sentence / GROUP) {
            let mut listed = self.shortlist.map(|_| &mut words[group[0].sentence / GROUP]);
            if let Some(words) = &mut listed {
                words.compute(network, &scratch.rows[first * wide..][..group.len() * wide]);
            }
            for (row, hypothesis) in (first..).zip(group) {
                if let Some(words) = &listed {
                    words.choice(network, row - first, hypothesis.sentence % GROUP, choice);
                    if choice.is_sure() {
                        choose(row, choice);
                        continue;
                    }
                }
                unsure.rows.push(row);
                unsure.values.extend_from_slice(&scratch.rows[row * wide..][..wide]);
            }
            first += group.len();
        }
        if !unsure.rows.is_empty() {
            let output = &network.output;
            output.map(network.isa, &unsure.values, &mut unsure.activations, &mut unsure.logits);
            for (row, logits) in unsure.rows.iter().zip(unsure.logits.chunks_exact(output.matrix.columns())) {
                choice.set_all(network, logits, &self.pieces.never);
                choose(*row, choice);
            }
            steps.sort_by_key(|step| step.row);
        }
        steps
    }

    /// The steps that one row may take.
    fn choose(
        &self,
        (request, bans): (&Request, &[Ban]),
        hypothesis: &Hypothesis,
        attention: &[f32],
        choice: &mut Choice,
        row: usize,
        steps: &mut Vec<Step>,
    ) {
        let log_sum = choice.log_sum;
        let step = |piece: u32, logit: f32| {
            let log_prob = logit - log_sum;
            Step { row, piece, log_prob, sum: hypothesis.sum + log_prob }
        };
        let forced = |piece: u32, choice: &Choice| {
            let at = choice.pieces.binary_search(&piece).ok();
            Step { sum: hypothesis.sum, ..step(piece, at.map_or(f32::NEG_INFINITY, |at| choice.logits[at])) }
        };
        if let Some(piece) = request.prefix.get(hypothesis.tokens.len()) {
            steps.push(forced(*piece, choice));
            return;
        }
        if let Some((span, said)) = hypothesis.saying
            && let Some(piece) = request.spans[span].tokens.get(said)
        {
            steps.push(forced(*piece, choice));
            return;
        }
        self.forbid(bans, hypothesis, choice);
        let from = steps.len();
        for _ in 0..self.beam {
            let Some(best) = greatest(&choice.logits) else { break };
            steps.push(step(choice.pieces[best], choice.logits[best]));
            choice.logits[best] = f32::NEG_INFINITY;
        }
        // A span begins where the translation turns to its source and a word may begin.
        let begins = |piece: u32| hypothesis.tokens.is_empty() || self.pieces.is_after_word(piece);
        if let Some(best) = steps.get(from).copied()
            && begins(best.piece)
            && let Some(span) = hypothesis.due(request, attention)
        {
            steps.truncate(from);
            let piece = request.spans[span].tokens[0];
            steps.push(if piece == best.piece { best } else { forced(piece, choice) });
        }
    }

    /// Takes away what is banned, and after a span what would go on with its last word.
    fn forbid(&self, bans: &[Ban], hypothesis: &Hypothesis, choice: &mut Choice) {
        if hypothesis.saying.is_some() {
            for (piece, logit) in choice.pieces.iter().zip(&mut choice.logits) {
                if !self.pieces.is_after_word(*piece) {
                    *logit = f32::NEG_INFINITY;
                }
            }
        }
        for Ban { words, within } in bans {
            let mut text = self.pieces.tail(&hypothesis.tokens, words.len() + 1);
            let said = text.len();
            // Only pieces that hold the words, or end what was begun, can say them.
            let begun = |rest: &str| words.strip_suffix(rest).is_some_and(|begun| text.ends_with(begun));
            let rests: Vec<&str> = words.char_indices().skip(1).map(|(at, _)| &words[at..]).collect();
            let rests: Vec<&str> = rests.into_iter().filter(|rest| begun(rest)).collect();
            for (piece, logit) in choice.pieces.iter().zip(&mut choice.logits).filter(|_| !rests.is_empty()) {
                let own = self.pieces.text(*piece);
                if rests.iter().any(|rest| own.starts_with(rest)) {
                    text.push_str(own);
                    if says(&text, said, words) {
                        *logit = f32::NEG_INFINITY;
                    }
                    text.truncate(said);
                }
            }
            for piece in within {
                let Ok(at) = choice.pieces.binary_search(piece) else { continue };
                text.push_str(self.pieces.text(*piece));
                if says(&text, said, words) {
                    choice.logits[at] = f32::NEG_INFINITY;
                }
                text.truncate(said);
            }
        }
    }

    /// Takes the best steps of each sentence; gives the hypotheses that go on and the rows they come from.
    fn advance(
        &self,
        requests: &[&Request],
        rows: &[Hypothesis],
        steps: &[Step],
        encoded: &Encoded,
        scratch: &Scratch,
        ended: &mut [Vec<Hypothesis>],
    ) -> (Vec<Hypothesis>, Vec<usize>) {
        let (mut next, mut parents) = (Vec::with_capacity(rows.len()), Vec::with_capacity(rows.len()));
        for steps in steps.chunk_by(|one, other| rows[one.row].sentence == rows[other.row].sentence) {
            let sentence = rows[steps[0].row].sentence;
            let request = requests[sentence];
            let mut steps = steps.to_vec();
            steps.sort_by(|one, other| other.sum.total_cmp(&one.sum));
            let open = self.beam - ended[sentence].len().min(self.beam);
            let mut going = 0;
            for step in steps.into_iter().take(open) {
                let attention = &scratch.attention[step.row * MOST_KEYS..][..encoded.length(sentence)];
                let mut hypothesis = rows[step.row].clone();
                let whole = step.piece == self.pieces.end;
                hypothesis.take(step, attention, request, whole);
                if whole || hypothesis.tokens.len() >= most(request) {
                    ended[sentence].push(hypothesis);
                } else {
                    going += 1;
                    next.push(hypothesis);
                    parents.push(step.row);
                }
            }
            // What goes on can only lose: once it is behind the best that ended, the search is over.
            let over = |hypothesis: &Hypothesis| {
                let limit = hypothesis.sum / most(request).max(1) as f32;
                ended[sentence].iter().any(|ended| ended.mean() >= limit)
            };
            let from = next.len() - going;
            if next[from..].iter().all(over) {
                next.truncate(from);
                parents.truncate(from);
            }
        }
        (next, parents)
    }

    /// Lets the states follow the rows.
    fn follow(&self, cells: &mut [Vec<f32>], parents: &[usize]) {
        let wide = self.network.sizes.wide;
        for cells in cells {
            *cells = parents.iter().flat_map(|row| &cells[row * wide..][..wide]).copied().collect();
        }
    }

    /// The best of the translations that ended.
    fn best(ended: Vec<Hypothesis>) -> Answer {
        let whole = |hypothesis: &Hypothesis| hypothesis.log_probs.len() > hypothesis.tokens.len();
        let best = ended.into_iter().reduce(|best, other| {
            let better = (whole(&other), other.mean()) > (whole(&best), best.mean());
            if better { other } else { best }
        });
        let Some(best) = best else { return Answer { cut: true, ..Answer::default() } };
        Answer {
            cut: !whole(&best),
            tokens: best.tokens,
            log_probs: best.log_probs,
            attention: best.attention,
            placed: best.placed,
        }
    }
}

/// The most tokens for a sentence.
fn most(request: &Request) -> usize {
    let source = (2 * request.source.len() + 4).min(256);
    source.max(request.prefix.len() + 1).min(MOST_KEYS)
}

/// The place of the greatest of finite numbers; of equal ones the first.
fn greatest(logits: &[f32]) -> Option<usize> {
    let mut best = (None, f32::NEG_INFINITY);
    for (at, logit) in logits.iter().enumerate() {
        if *logit > best.1 {
            best = (Some(at), *logit);
        }
    }
    best.0
}

impl Hypothesis {
    fn new(sentence: usize, requests: &[&Request]) -> Self {
        Self {
            sentence,
            tokens: Vec::new(),
            log_probs: Vec::new(),
            sum: 0.0,
            attention: Vec::new(),
            placed: vec![None; requests[sentence].spans.len()],
            saying: None,
        }
    }

    fn place(&self) -> Place {
        Place { sentence: self.sentence, previous: self.tokens.last().copied(), position: self.tokens.len() }
    }

    /// The mean log-probability of its tokens.
    fn mean(&self) -> f32 {
        self.sum / self.log_probs.len().max(1) as f32
    }

    /// The first span that has not been said and whose source the translation has turned to.
    fn due(&self, request: &Request, attention: &[f32]) -> Option<usize> {
        let mass = |source: &Range<usize>| attention.get(source.clone()).unwrap_or_default().iter().sum::<f32>();
        let mut spans = request.spans.iter().zip(&self.placed);
        spans.position(|(span, placed)| {
            placed.is_none() && !span.tokens.is_empty() && mass(&span.source) >= span.at_least
        })
    }

    /// Takes a step, with which it ends or not.
    fn take(&mut self, step: Step, attention: &[f32], request: &Request, ends: bool) {
        self.log_probs.push(step.log_prob);
        self.sum = step.sum;
        if ends {
            return;
        }
        let at = self.tokens.len();
        self.tokens.push(step.piece);
        self.attention.extend_from_slice(attention);
        if at < request.prefix.len() {
            return;
        }
        let begun = match self.saying {
            Some((span, said)) if said < request.spans[span].tokens.len() => Some((span, said)),
            _ => self
                .due(request, attention)
                .filter(|span| request.spans[*span].tokens[0] == step.piece)
                .map(|span| (span, 0)),
        };
        self.saying = begun.map(|(span, said)| {
            if said + 1 == request.spans[span].tokens.len() {
                self.placed[span] = Some(at - said..at + 1);
            }
            (span, said + 1)
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_said_when_they_are_whole_and_new() {
        assert!(says("▁o▁embaixador", 5, "embaixador"));
        assert!(says("▁\"Estado▁de▁Direito\"", 10, "Estado▁de▁Direito"));
        assert!(!says("▁o▁embaixadora", 5, "embaixador"));
        assert!(!says("▁coembaixador", 5, "embaixador"));
        assert!(!says("▁embaixador▁novo", "▁embaixador".len(), "embaixador"));
        assert!(says("▁uma▁a▁a", "▁uma▁a".len(), "a▁a"), "words that begin within others");
        assert!(says("▁vale▁$▁5", 5, "$"));
        assert!(says("▁他在北京举行", 12, "北京"), "words of a script without spaces");
        assert!(joins('é') && joins('서') && !joins('京') && !joins('の') && !joins('ไ') && !joins('-'));
    }

    #[test]
    fn a_tail_is_made_of_whole_pieces() {
        let pieces = Pieces { end: 0, never: Vec::new(), text: "abbccc".to_owned(), ends: vec![1, 3, 6] };
        assert_eq!([0, 1, 2].map(|piece| pieces.text(piece)), ["a", "bb", "ccc"]);
        assert_eq!(pieces.tail(&[0, 1, 2], 4), "bbccc");
        assert_eq!(pieces.tail(&[0, 1, 2], 99), "abbccc");
        assert_eq!(pieces.tail(&[], 4), "");
    }
}
