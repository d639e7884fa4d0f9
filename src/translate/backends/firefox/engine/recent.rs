//! The sentences that were read last, so that one of which more is asked is not read again: reading is more than half of
//! the work of translating.
//!
//! Law: what a sentence is read as depends on its tokens and on the network only, so that keeping it changes no answer.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::network::{Encoded, Network, Scratch, Sentence};

/// Tokens of the sentences that are kept: those of a few batches, which take 4 kB each in Firefox's smaller models and 8
/// in its greater ones.
const KEPT: usize = 2048;

/// What was read last, the latest at the end.
#[derive(Debug, Default)]
pub(crate) struct Recent {
    sentences: VecDeque<Kept>,
    tokens: usize,
}

#[derive(Debug)]
struct Kept {
    /// The network that read it.
    network: u64,
    tokens: Vec<u32>,
    sentence: Arc<Sentence>,
}

impl Recent {
    /// Sentences as the network reads them; those that it has not read lately it reads together, each once.
    pub(crate) fn read(&mut self, network: &Network, sentences: &[&[u32]], scratch: &mut Scratch) -> Encoded {
        let mut found: Vec<Option<Arc<Sentence>>> = sentences.iter().map(|tokens| self.find(network, tokens)).collect();
        let unread = sentences.iter().zip(&found).filter(|(_, found)| found.is_none()).map(|(tokens, _)| *tokens);
        let mut unread: Vec<&[u32]> = unread.collect();
        unread.sort_unstable();
        unread.dedup();
        let read = if unread.is_empty() { Vec::new() } else { network.encode(&unread, scratch).sentences };
        for (found, tokens) in found.iter_mut().zip(sentences).filter(|(found, _)| found.is_none()) {
            *found = unread.binary_search(tokens).ok().map(|at| Arc::clone(&read[at]));
        }
        for (tokens, sentence) in unread.iter().zip(read) {
            self.keep(Kept { network: network.id, tokens: tokens.to_vec(), sentence });
        }
        Encoded { sentences: found.into_iter().flatten().collect() }
    }

    fn find(&self, network: &Network, tokens: &[u32]) -> Option<Arc<Sentence>> {
        let mut latest = self.sentences.iter().rev();
        let kept = latest.find(|kept| kept.network == network.id && kept.tokens == tokens)?;
        Some(Arc::clone(&kept.sentence))
    }

    fn keep(&mut self, sentence: Kept) {
        self.tokens += sentence.tokens.len();
        self.sentences.push_back(sentence);
        while self.tokens > KEPT
            && let Some(oldest) = self.sentences.pop_front()
        {
            self.tokens -= oldest.tokens.len();
        }
    }
}
