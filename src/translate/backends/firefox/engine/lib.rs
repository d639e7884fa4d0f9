//! Firefox's translation models, computed in batches.
//!
//! Reads Marian's 8-bit models and computes them with kernels that are chosen for the processor when a model is loaded.
//! Laws: the answer to a request is the same to the byte whatever it is batched with, on however many threads, on
//! whatever processor; a damaged file is an error, never a panic and never an allocation of a length that it claims.
//!
//! The engine works on tokens; the vocabularies, which turn text into tokens and back, are the caller's.

mod isa;
mod kernel;
mod matrix;
mod network;
mod ops;
mod recent;
mod score;
mod search;
mod shortlist;
mod weights;
mod words;

use std::ops::Range;

use isa::Isa;
use network::Network;
use score::Known;
use search::{Pieces, Search};
use shortlist::Shortlist;
use weights::Tensors;

/// The instructions of this processor that engines compute with: `avx2`, `avx-vnni`, `avx512-vnni`, or `portable` where
/// there are none of these, which takes about ten times as long.
#[must_use]
pub fn instructions() -> &'static str {
    Isa::best().name()
}

/// The most tokens of a source sentence, its end included.
pub const MOST_TOKENS: usize = ops::MOST_KEYS;

/// The most translations of a sentence that are followed at each step.
pub const MOST_BEAM: usize = 16;

/// Sentences that are computed together: more take more memory and leave the caches.
const CHUNK: usize = 16;

/// A model that can translate tokens. It may be shared between threads.
#[derive(Debug)]
pub struct Engine {
    network: Network,
    shortlist: Option<Shortlist>,
    pieces: Pieces,
}

/// What is to be translated, and how.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// The tokens of the sentence, its end included.
    pub source: Vec<u32>,
    /// Tokens that the translation begins with.
    pub prefix: Vec<u32>,
    /// What is to be said for parts of the source; of those that are due together the first is said first.
    pub spans: Vec<Span>,
    /// Words that must not come up after the prefix, as text. What begins like them but goes on, a plural say, is
    /// banned only where a piece of the vocabulary ends with them; what spans say is said all the same.
    pub banned: Vec<String>,
}

/// Tokens that are to be said for a part of the source.
#[derive(Debug, Clone, PartialEq)]
pub struct Span {
    /// Places of the source's tokens.
    pub source: Range<usize>,
    /// The tokens, which make whole words and hold no end; without any it is never said.
    pub tokens: Vec<u32>,
    /// They are said once this part of the attention, from 0 to 1, lies on the source and a word may begin.
    pub at_least: f32,
}

/// A translation in tokens.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    /// The tokens, without the end.
    pub tokens: Vec<u32>,
    /// The natural logarithm of the probability of each token, and of the end where it came to it: among the words that
    /// the shortlist gives the sentence, or among all words where none of those is likely.
    pub log_probs: Vec<f32>,
    /// For each token how much of it renders each token of the source, row by row; a row adds up to 1. It is the
    /// attention of the first head of the decoder's last layer, which Firefox's models are trained to align by.
    pub attention: Vec<f32>,
    /// Where each span was said, in tokens; none where it was not.
    pub placed: Vec<Option<Range<usize>>>,
    /// Whether it did not come to its end, after twice the tokens of the source and four, or 256; or could not be
    /// translated at all, for a source that is empty, longer than [`MOST_TOKENS`], or has tokens that there are not.
    pub cut: bool,
}

/// Translations of a sentence whose probabilities are asked for.
#[derive(Debug, Clone, Default)]
pub struct Ask {
    /// The tokens of the sentence, its end included.
    pub source: Vec<u32>,
    /// The tokens of each translation, without the end.
    pub targets: Vec<Vec<u32>>,
}

impl Ask {
    fn known(&self) -> impl Iterator<Item = Known<'_>> {
        self.targets.iter().map(|target| Known { source: &self.source, target })
    }
}

/// Memory of one thread for the engine's work, to be kept from call to call. It holds the sentences that were read last,
/// so that what is asked of one again costs less than half.
#[derive(Debug, Default)]
pub struct Memory {
    search: search::Memory,
    score: score::Memory,
}

/// What the engine has to know of the target vocabulary.
pub struct Vocabulary<'a> {
    /// The text of a piece, with `▁` for a space.
    pub piece: &'a dyn Fn(u32) -> &'a str,
    /// The piece for the end of a sentence.
    pub end: u32,
    /// Pieces that are never said: what stands for the unknown, and for single bytes.
    pub never: &'a [u32],
}

impl Engine {
    /// Takes the bytes of a model's files: its weights, `*.intgemm.alphas.bin`, and its shortlist, `lex.*.bin`. Without
    /// a shortlist all words are computed at each step, which takes about twice as long.
    ///
    /// # Errors
    /// Says which file is damaged, and how.
    pub fn load(weights: &[u8], shortlist: Option<&[u8]>, vocabulary: &Vocabulary<'_>) -> Result<Self, String> {
        Self::load_for(Isa::best(), weights, shortlist, vocabulary)
    }

    fn load_for(
        isa: Isa,
        weights: &[u8],
        shortlist: Option<&[u8]>,
        vocabulary: &Vocabulary<'_>,
    ) -> Result<Self, String> {
        let of_weights = |reason: String| format!("the weights are damaged: {reason}");
        let tensors = Tensors::read(weights).map_err(of_weights)?;
        let network = Network::load(&tensors, isa).map_err(of_weights)?;
        let count = network.target.pieces();
        let pieces = u32::try_from(count).map_err(|_| "the weights have too many words".to_owned())?;
        let shortlist = shortlist.map(|file| Shortlist::read(file, count)).transpose();
        let shortlist = shortlist.map_err(|reason| format!("the shortlist is damaged: {reason}"))?;
        if vocabulary.end >= pieces {
            return Err("the vocabulary's end of a sentence is not among the words of the weights".to_owned());
        }
        if vocabulary.never.iter().any(|piece| *piece >= pieces) {
            return Err("the vocabulary's unknown is not among the words of the weights".to_owned());
        }
        let (mut text, mut ends) = (String::new(), Vec::with_capacity(count));
        for piece in 0..pieces {
            // The end is no text, whatever it is called: banning the word `s` must not ban `</s>`.
            text.push_str(if piece == vocabulary.end { "" } else { (vocabulary.piece)(piece) });
            ends.push(text.len());
        }
        let pieces = Pieces { end: vocabulary.end, never: vocabulary.never.to_vec(), text, ends };
        Ok(Self { network, shortlist, pieces })
    }

    /// Pieces of the source and of the target vocabulary.
    #[must_use]
    pub fn vocabularies(&self) -> (usize, usize) {
        (self.network.source().pieces(), self.network.target.pieces())
    }

    /// Bytes of memory that it holds.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.network.bytes() + self.shortlist.as_ref().map_or(0, Shortlist::bytes)
    }

    /// Translates each request: at each step with the likeliest word, or with a beam of more than one, up to
    /// [`MOST_BEAM`], the likeliest translations so far.
    #[must_use]
    pub fn translate(&self, requests: &[Request], beam: usize, memory: &mut Memory) -> Vec<Answer> {
        self.search(self.shortlist.as_ref(), requests, beam, memory)
    }

    /// Translates each request with any word there is, whatever the shortlist says.
    #[must_use]
    pub fn translate_freely(&self, requests: &[Request], memory: &mut Memory) -> Vec<Answer> {
        self.search(None, requests, 1, memory)
    }

    /// How likely translations are: for each of an ask the natural logarithm of the probability of each of its tokens and
    /// of its end, to the bit as [`Engine::translate`] gives them for a translation that it chose; none for one of more
    /// than 511 tokens, or of a source that cannot be translated. Those of a sentence that begin alike cost less.
    #[must_use]
    pub fn score(&self, asks: &[Ask], memory: &mut Memory) -> Vec<Vec<Vec<f32>>> {
        let search =
            Search { network: &self.network, shortlist: self.shortlist.as_ref(), pieces: &self.pieces, beam: 1 };
        let takes = |known: &Known<'_>| self.takes_tokens(known.source, known.target);
        let sound: Vec<Known<'_>> = asks.iter().flat_map(Ask::known).filter(takes).collect();
        let Memory { search: search::Memory { recent, scratch, .. }, score } = memory;
        let mut scores = search.score(&sound, recent, scratch, score).into_iter();
        let mut of = |known: Known<'_>| if takes(&known) { scores.next().unwrap_or_default() } else { Vec::new() };
        asks.iter().map(|ask| ask.known().map(&mut of).collect()).collect()
    }

    /// How many tokens of a translation the shortlist gives a source.
    #[must_use]
    pub fn listed(&self, source: &[u32], translation: &[u32]) -> usize {
        let mut listed = Vec::new();
        match &self.shortlist {
            Some(shortlist) => shortlist.candidates(source, false, &mut listed),
            None => return translation.len(),
        }
        translation.iter().filter(|token| listed.contains(token)).count()
    }

    fn search(
        &self,
        shortlist: Option<&Shortlist>,
        requests: &[Request],
        beam: usize,
        memory: &mut Memory,
    ) -> Vec<Answer> {
        let search = Search { network: &self.network, shortlist, pieces: &self.pieces, beam: beam.clamp(1, MOST_BEAM) };
        let mut order: Vec<usize> = (0..requests.len()).filter(|&request| self.takes(&requests[request])).collect();
        order.sort_by_key(|&request| requests[request].source.len());
        let mut answers = vec![Answer { cut: true, ..Answer::default() }; requests.len()];
        for chunk in order.chunks(CHUNK) {
            let together: Vec<&Request> = chunk.iter().map(|&request| &requests[request]).collect();
            for (&request, answer) in chunk.iter().zip(search.chunk(&together, &mut memory.search)) {
                answers[request] = answer;
            }
        }
        answers
    }

    /// Whether a request can be computed.
    fn takes(&self, request: &Request) -> bool {
        let known = |span: &Span| self.is_target(&span.tokens);
        self.takes_tokens(&request.source, &request.prefix) && request.spans.iter().all(known)
    }

    fn takes_tokens(&self, source: &[u32], target: &[u32]) -> bool {
        let pieces = self.network.source().pieces();
        (1..=MOST_TOKENS).contains(&source.len())
            && source.iter().all(|token| (*token as usize) < pieces)
            && target.len() < MOST_TOKENS
            && self.is_target(target)
    }

    fn is_target(&self, tokens: &[u32]) -> bool {
        tokens.iter().all(|token| (*token as usize) < self.network.target.pieces())
    }
}

#[cfg(test)]
mod tests;
