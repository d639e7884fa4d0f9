//! From the decoder's results to words: for a few sentences together, over the words that may come up in any of them.
//!
//! Packing the union once and computing it for all rows reads each weight once; a row then looks only at the words of
//! its own sentence. Law: what a row sees does not depend on the sentences beside it.

use crate::matrix::{Activations, Affine};
use crate::network::Network;
use crate::ops;

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
        let columns = self.union.iter().map(|piece| network.target.row(*piece));
        let mut map = std::mem::take(&mut self.map);
        map.matrix.repack(network.isa, network.sizes.wide, columns);
        map.scale.clear();
        map.scale.resize(self.union.len(), 1.0 / (network.output_factor * network.target.factor()));
        map.bias.clear();
        map.bias.extend(self.union.iter().map(|piece| network.output_bias[*piece as usize]));
        self.map = Affine::new(map.matrix, network.output_factor, map.scale, map.bias);
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
        choice.powers.resize(choice.logits.len(), 0.0);
        ops::log_sum(network.isa, &choice.logits, &mut choice.powers, &mut choice.log_sum);
    }
}
