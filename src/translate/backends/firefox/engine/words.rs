//! From the decoder's results to words: for a few sentences together, over the words that may come up in any of them.
//!
//! Packing the union once and computing it for all rows reads each weight once; a row then looks only at the words of
//! its own sentence. Where none of them is likely, the right one may not be listed: then the row looks at all words. Law:
//! what a row sees does not depend on the sentences beside it.

use crate::matrix::{Activations, Affine};
use crate::network::Network;
use crate::ops;

/// A row whose likeliest word of the shortlist has a lower logarithm of probability than this looks at all words. On
/// news, one step in eight does; of the sentences in which a shortlist lacks a word, three in four come out as with all.
const SURE: f32 = -0.3;

/// The words for a group of sentences.
#[derive(Debug, Default)]
pub(crate) struct Words {
    /// The pieces of the union, in order.
    union: Vec<u32>,
    map: Affine,
    /// For each sentence the places of its pieces in the union.
    members: Vec<Vec<u32>>,
    activations: Activations,
    logits: Vec<f32>,
}

/// What a row may say next: its pieces, in order, and how likely each is.
#[derive(Debug, Default)]
pub(crate) struct Choice {
    pub(crate) pieces: Vec<u32>,
    pub(crate) logits: Vec<f32>,
    /// The logarithm of the sum of the exponentials of the logits.
    pub(crate) log_sum: f32,
    /// The greatest of the logits as they were weighed.
    most: f32,
    powers: Vec<f32>,
}

impl Words {
    /// Takes the pieces of other sentences, each in order and without doubles.
    pub(crate) fn set(&mut self, network: &Network, sentences: &[Vec<u32>]) {
        self.union.clear();
        self.union.extend(sentences.iter().flatten());
        self.union.sort_unstable();
        self.union.dedup();
        let place = |piece: &u32| self.union.binary_search(piece).map_or(0, |place| place as u32);
        self.members = sentences.iter().map(|pieces| pieces.iter().map(place).collect()).collect();
        self.map = network.output_to(&self.union, std::mem::take(&mut self.map));
    }

    /// Computes the words of rows.
    pub(crate) fn compute(&mut self, network: &Network, rows: &[f32]) {
        self.map.map(network.isa, rows, &mut self.activations, &mut self.logits);
    }

    /// What a row may say, which is one of a member of the group.
    pub(crate) fn choice(&self, network: &Network, row: usize, member: usize, choice: &mut Choice) {
        let wide = self.map.matrix.columns();
        let logits = &self.logits[row * wide..][..wide];
        let places = &self.members[member];
        choice.pieces.clear();
        choice.pieces.extend(places.iter().map(|place| self.union[*place as usize]));
        choice.logits.clear();
        choice.logits.extend(places.iter().map(|place| logits[*place as usize]));
        choice.weigh(network);
    }
}

impl Choice {
    /// Takes all words, with their logits.
    pub(crate) fn set_all(&mut self, network: &Network, logits: &[f32], never: &[u32]) {
        self.pieces.clear();
        self.pieces.extend((0..).take(network.target.pieces()));
        self.logits.clear();
        self.logits.extend_from_slice(&logits[..network.target.pieces()]);
        for piece in never {
            self.logits[*piece as usize] = f32::NEG_INFINITY;
        }
        self.weigh(network);
    }

    /// Whether the likeliest word is so likely that it is the one that all words would give.
    pub(crate) fn is_sure(&self) -> bool {
        self.most - self.log_sum >= SURE
    }

    /// The logarithm of the probability of a piece; minus infinity where it may not be said.
    pub(crate) fn log_prob(&self, piece: u32) -> f32 {
        let logit = self.pieces.binary_search(&piece).map_or(f32::NEG_INFINITY, |at| self.logits[at]);
        logit - self.log_sum
    }

    fn weigh(&mut self, network: &Network) {
        self.powers.resize(self.logits.len(), 0.0);
        let mut found = (0.0, 0.0);
        ops::log_sum(network.isa, &self.logits, &mut self.powers, &mut found);
        (self.most, self.log_sum) = found;
    }
}
