//! The network of Firefox's models: a transformer's encoder, and a decoder of simple recurrent units (SSRU) that
//! attends to it (Kim et al. 2019, "From Research to Production and Back: Ludicrously Fast Neural Machine Translation").
//!
//! Sentences are set one after the other without padding. Law: what a row becomes depends on its own sentence only.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use crate::isa::Isa;
use crate::matrix::{Activations, Affine, Matrix};
use crate::ops::{self, Keys, MOST_KEYS, Shape};
use crate::weights::{Embeddings, Sizes, Tensors};

/// The weights, ready to compute with.
#[derive(Debug)]
pub(crate) struct Network {
    /// Tells it from all others.
    pub(crate) id: u64,
    pub(crate) isa: Isa,
    pub(crate) sizes: Sizes,
    /// The source's embeddings, where the languages do not share them.
    source: Option<Embeddings>,
    pub(crate) target: Embeddings,
    encoder: Vec<EncoderLayer>,
    decoder: Vec<DecoderLayer>,
    /// The map to all words.
    pub(crate) output: Affine,
    positions: Vec<OnceLock<Vec<f32>>>,
}

#[derive(Debug)]
struct Norm {
    scale: Vec<f32>,
    bias: Vec<f32>,
}

#[derive(Debug)]
struct EncoderLayer {
    /// To queries, keys and values side by side.
    attention: Affine,
    out: Affine,
    norm: Norm,
    feed: Feed,
}

#[derive(Debug)]
struct DecoderLayer {
    /// To candidates and gates side by side.
    recur: Affine,
    recur_norm: Norm,
    query: Affine,
    /// To keys and values side by side.
    context: Affine,
    out: Affine,
    norm: Norm,
    feed: Feed,
}

/// A feed-forward layer.
#[derive(Debug)]
struct Feed {
    up: Affine,
    down: Affine,
    norm: Norm,
}

/// Memory that one thread computes in, kept from call to call.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    activations: Activations,
    hidden: Activations,
    branch: Vec<f32>,
    joined: Vec<f32>,
    keys: Keys,
    /// The rows as they go through the layers; after a step of the decoder, its result.
    pub(crate) rows: Vec<f32>,
    /// After a step of the decoder, for each row the attention to the source, [`MOST_KEYS`] apart.
    pub(crate) attention: Vec<f32>,
}

/// Sentences as the encoder has read them: for each layer of the decoder, keys and values.
#[derive(Debug, Default)]
pub(crate) struct Encoded {
    pub(crate) sentences: Vec<Arc<Sentence>>,
}

/// A sentence as the encoder has read it.
#[derive(Debug)]
pub(crate) struct Sentence {
    length: usize,
    layers: Vec<Keys>,
}

/// A row of the decoder: which sentence it translates and what came last.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(crate) sentence: usize,
    /// The token before, none at the beginning.
    pub(crate) previous: Option<u32>,
    /// Tokens before.
    pub(crate) position: usize,
}

/// Networks that were loaded.
static LOADED: AtomicU64 = AtomicU64::new(0);

impl Network {
    /// Takes the weights of a model.
    ///
    /// # Errors
    /// Says which tensor is missing or not what the model's description asks for.
    pub(crate) fn load(tensors: &Tensors<'_>, isa: Isa) -> Result<Self, String> {
        let sizes = Sizes::read(tensors)?;
        let Sizes { wide, inner, .. } = sizes;
        let norm = |name: &str| -> Result<Norm, String> {
            let bias = format!("{name}_ln_bias");
            let bias = if tensors.has(&bias) { tensors.floats(&bias, wide)? } else { vec![0.0; wide] };
            Ok(Norm { scale: tensors.floats(&format!("{name}_ln_scale"), wide)?, bias })
        };
        let affine = |parts: &[(String, Option<String>)], shape: [usize; 2]| {
            let parts: Vec<_> = parts.iter().map(|(name, bias)| (name.as_str(), bias.as_deref())).collect();
            tensors.affine(isa, &parts, shape)
        };
        let with_bias =
            |prefix: &str, letter: &str| (format!("{prefix}_W{letter}"), Some(format!("{prefix}_b{letter}")));
        let square = [wide, wide];
        let feed = |prefix: &str| -> Result<Feed, String> {
            let prefix = format!("{prefix}_ffn");
            Ok(Feed {
                up: affine(&[with_bias(&prefix, "1")], [wide, inner])?,
                down: affine(&[with_bias(&prefix, "2")], [inner, wide])?,
                norm: norm(&format!("{prefix}_ffn"))?,
            })
        };
        let encoder_layer = |layer: usize| -> Result<EncoderLayer, String> {
            let prefix = format!("encoder_l{layer}");
            let own = format!("{prefix}_self");
            Ok(EncoderLayer {
                attention: affine(&["q", "k", "v"].map(|letter| with_bias(&own, letter)), square)?,
                out: affine(&[with_bias(&own, "o")], square)?,
                norm: norm(&format!("{own}_Wo"))?,
                feed: feed(&prefix)?,
            })
        };
        let decoder_layer = |layer: usize| -> Result<DecoderLayer, String> {
            let prefix = format!("decoder_l{layer}");
            let (recur, context) = (format!("{prefix}_rnn"), format!("{prefix}_context"));
            Ok(DecoderLayer {
                recur: affine(&[(format!("{recur}_W"), None), with_bias(&recur, "f")], square)?,
                recur_norm: norm(&format!("{recur}_ffn"))?,
                query: affine(&[with_bias(&context, "q")], square)?,
                context: affine(&["k", "v"].map(|letter| with_bias(&context, letter)), square)?,
                out: affine(&[with_bias(&context, "o")], square)?,
                norm: norm(&format!("{context}_Wo"))?,
                feed: feed(&prefix)?,
            })
        };
        let shared = tensors.has("Wemb");
        let target = tensors.embeddings(if shared { "Wemb" } else { "decoder_Wemb" }, wide)?;
        let source = if shared { None } else { Some(tensors.embeddings("encoder_Wemb", wide)?) };
        let output = || -> Result<Affine, String> {
            let factor = tensors.output_factor()?;
            let matrix = Matrix::pack(isa, wide, target.rows());
            let scale = vec![1.0 / (factor * target.factor()); target.pieces()];
            Ok(Affine::new(matrix, factor, scale, tensors.floats("decoder_ff_logit_out_b", target.pieces())?))
        };
        // The words are half of the weights: they are packed while the layers are.
        let (encoder, decoder, output) = std::thread::scope(|scope| {
            let output = scope.spawn(output);
            let encoder = (1..=sizes.encoder_layers).map(encoder_layer).collect::<Result<_, String>>();
            let decoder = (1..=sizes.decoder_layers).map(decoder_layer).collect::<Result<_, String>>();
            (encoder, decoder, output.join().unwrap_or_else(|_| Err("its words cannot be packed".to_owned())))
        });
        let positions = (0..MOST_KEYS).map(|_| OnceLock::new()).collect();
        let (encoder, decoder, output) = (encoder?, decoder?, output?);
        let id = LOADED.fetch_add(1, Ordering::Relaxed);
        Ok(Self { id, isa, sizes, source, target, encoder, decoder, output, positions })
    }

    /// The source's embeddings.
    pub(crate) fn source(&self) -> &Embeddings {
        self.source.as_ref().unwrap_or(&self.target)
    }

    /// Whether source and target share their vocabulary.
    pub(crate) fn is_shared(&self) -> bool {
        self.source.is_none()
    }

    /// Bytes of memory that the weights take.
    pub(crate) fn bytes(&self) -> usize {
        let feed = |feed: &Feed| feed.up.matrix.bytes() + feed.down.matrix.bytes();
        let encoder = self
            .encoder
            .iter()
            .map(|layer| layer.attention.matrix.bytes() + layer.out.matrix.bytes() + feed(&layer.feed));
        let decoder = self.decoder.iter().map(|layer| {
            let maps = [&layer.recur, &layer.query, &layer.context, &layer.out];
            maps.map(|map| map.matrix.bytes()).iter().sum::<usize>() + feed(&layer.feed)
        });
        let embeddings = self.target.bytes() + self.source.as_ref().map_or(0, Embeddings::bytes);
        encoder.sum::<usize>() + decoder.sum::<usize>() + embeddings + self.output.matrix.bytes()
    }

    /// The map to some words, in the memory of another.
    pub(crate) fn output_to(&self, words: &[u32], memory: Affine) -> Affine {
        let Affine { factor, scale: all_scale, bias: all_bias, .. } = &self.output;
        let Affine { mut matrix, mut scale, mut bias, .. } = memory;
        matrix.repack(self.isa, self.sizes.wide, words.iter().map(|word| self.target.row(*word)));
        scale.clear();
        scale.extend(words.iter().map(|word| all_scale[*word as usize]));
        bias.clear();
        bias.extend(words.iter().map(|word| all_bias[*word as usize]));
        Affine::new(matrix, *factor, scale, bias)
    }

    fn shape(&self, length: usize) -> Shape {
        Shape { heads: self.sizes.heads, depth: self.sizes.wide / self.sizes.heads, length }
    }

    /// The signal of a position: sines of falling frequency, then cosines.
    fn position(&self, at: usize) -> &[f32] {
        self.positions[at].get_or_init(|| {
            let half = self.sizes.wide / 2;
            let signal = |dimension: usize| {
                let frequency = 1e-4_f64.powf((dimension % half) as f64 / (half as f64 - 1.0));
                let angle = at as f64 * frequency;
                (if dimension < half { angle.sin() } else { angle.cos() }) as f32
            };
            (0..self.sizes.wide).map(signal).collect()
        })
    }

    /// Adds a row for a token at a position.
    fn embed(&self, table: &Embeddings, token: Option<u32>, position: usize, rows: &mut Vec<f32>) {
        let signal = self.position(position);
        let scale = (self.sizes.wide as f32).sqrt() / table.factor();
        match token {
            Some(token) => {
                let row = table.row(token).iter().zip(signal);
                rows.extend(row.map(|(value, signal)| f32::from(*value) * scale + signal));
            }
            // The decoder begins without a token.
            None => rows.extend_from_slice(signal),
        }
    }

    /// Reads sentences of at most [`MOST_KEYS`] tokens each, the end included.
    pub(crate) fn encode(&self, sentences: &[&[u32]], scratch: &mut Scratch) -> Encoded {
        let Sizes { wide, .. } = self.sizes;
        let mut rows = std::mem::take(&mut scratch.rows);
        rows.clear();
        for sentence in sentences {
            for (position, token) in sentence.iter().enumerate() {
                self.embed(self.source(), Some(*token), position, &mut rows);
            }
        }
        for layer in &self.encoder {
            self.attend_to_self(layer, sentences, &mut rows, scratch);
            self.feed(&layer.feed, &mut rows, scratch);
        }
        let mut encoded: Vec<Sentence> =
            sentences.iter().map(|sentence| Sentence { length: sentence.len(), layers: Vec::new() }).collect();
        for layer in &self.decoder {
            layer.context.map(self.isa, &rows, &mut scratch.activations, &mut scratch.branch);
            let mut at = 0;
            for sentence in &mut encoded {
                let own = &scratch.branch[at..at + sentence.length * 2 * wide];
                at += own.len();
                let mut keys = Keys::default();
                keys.set(own, 2 * wide, self.shape(sentence.length));
                sentence.layers.push(keys);
            }
        }
        scratch.rows = rows;
        Encoded { sentences: encoded.into_iter().map(Arc::new).collect() }
    }

    fn attend_to_self(&self, layer: &EncoderLayer, sentences: &[&[u32]], rows: &mut [f32], scratch: &mut Scratch) {
        let Sizes { wide, .. } = self.sizes;
        layer.attention.map(self.isa, rows, &mut scratch.activations, &mut scratch.branch);
        scratch.joined.resize(rows.len(), 0.0);
        let mut at = 0;
        for sentence in sentences {
            let maps = &scratch.branch[3 * wide * at..][..3 * wide * sentence.len()];
            let out = &mut scratch.joined[wide * at..][..wide * sentence.len()];
            at += sentence.len();
            scratch.keys.set(&maps[wide..], 3 * wide, self.shape(sentence.len()));
            ops::attend(self.isa, maps, 3 * wide, &scratch.keys, out, &mut []);
        }
        layer.out.map(self.isa, &scratch.joined, &mut scratch.activations, &mut scratch.branch);
        ops::add_and_norm(self.isa, rows, &scratch.branch, &layer.norm.scale, &layer.norm.bias);
    }

    fn feed(&self, feed: &Feed, rows: &mut [f32], scratch: &mut Scratch) {
        scratch.activations.set(self.isa, rows, feed.up.factor);
        feed.up.apply_relu(self.isa, &scratch.activations, feed.down.factor, &mut scratch.hidden);
        feed.down.apply(self.isa, &scratch.hidden, &mut scratch.branch);
        ops::add_and_norm(self.isa, rows, &scratch.branch, &feed.norm.scale, &feed.norm.bias);
    }

    /// The state of a row before its first token, for each layer.
    pub(crate) fn cells(&self, rows: usize) -> Vec<Vec<f32>> {
        vec![vec![0.0; rows * self.sizes.wide]; self.decoder.len()]
    }

    /// Goes one step with each row; the results are in `scratch.rows` and `scratch.attention`.
    pub(crate) fn step(&self, encoded: &Encoded, places: &[Place], cells: &mut [Vec<f32>], scratch: &mut Scratch) {
        let wide = self.sizes.wide;
        scratch.attention.resize(places.len() * MOST_KEYS, 0.0);
        let mut cells = cells.iter_mut();
        self.decode(encoded, places, scratch, |maps, out| {
            if let Some(cells) = cells.next() {
                ops::recur(self.isa, maps, cells, out, wide);
            }
        });
    }

    /// Goes all steps of translations that are known: each row goes on from its parent, which comes before it, or begins.
    /// The results, those that [`Self::step`] gives one after the other, are in `scratch.rows`.
    pub(crate) fn walk(&self, encoded: &Encoded, places: &[Place], parents: &[Option<usize>], scratch: &mut Scratch) {
        let wide = self.sizes.wide;
        scratch.attention.clear();
        let mut cells = vec![0.0; places.len() * wide];
        self.decode(encoded, places, scratch, |maps, out| {
            let rows = parents.iter().zip(maps.chunks_exact(2 * wide)).zip(out.chunks_exact_mut(wide));
            for (row, ((parent, maps), out)) in rows.enumerate() {
                let (before, own) = cells.split_at_mut(row * wide);
                let own = &mut own[..wide];
                match parent {
                    Some(parent) => own.copy_from_slice(&before[parent * wide..][..wide]),
                    None => own.fill(0.0),
                }
                ops::recur(self.isa, maps, own, out, wide);
            }
        });
    }

    /// Computes rows of the decoder; for each layer `recur` makes of maps the output of its recurrent units.
    fn decode(
        &self,
        encoded: &Encoded,
        places: &[Place],
        scratch: &mut Scratch,
        mut recur: impl FnMut(&[f32], &mut [f32]),
    ) {
        let Sizes { wide, .. } = self.sizes;
        let mut rows = std::mem::take(&mut scratch.rows);
        rows.clear();
        for place in places {
            self.embed(&self.target, place.previous, place.position, &mut rows);
        }
        scratch.joined.resize(rows.len(), 0.0);
        for (number, layer) in self.decoder.iter().enumerate() {
            layer.recur.map(self.isa, &rows, &mut scratch.activations, &mut scratch.branch);
            recur(&scratch.branch, &mut scratch.joined);
            ops::add_and_norm(self.isa, &mut rows, &scratch.joined, &layer.recur_norm.scale, &layer.recur_norm.bias);
            layer.query.map(self.isa, &rows, &mut scratch.activations, &mut scratch.branch);
            let queries = scratch.branch.chunks_exact(wide).zip(scratch.joined.chunks_exact_mut(wide));
            let mut attention = scratch.attention.chunks_exact_mut(MOST_KEYS);
            for (place, (query, out)) in places.iter().zip(queries) {
                let sentence = &encoded.sentences[place.sentence];
                let attention = attention.next().map_or(&mut [][..], |row| &mut row[..sentence.length]);
                ops::attend(self.isa, query, wide, &sentence.layers[number], out, attention);
            }
            layer.out.map(self.isa, &scratch.joined, &mut scratch.activations, &mut scratch.branch);
            ops::add_and_norm(self.isa, &mut rows, &scratch.branch, &layer.norm.scale, &layer.norm.bias);
            self.feed(&layer.feed, &mut rows, scratch);
        }
        scratch.rows = rows;
    }
}

impl Encoded {
    /// Tokens of a sentence, the end included.
    pub(crate) fn length(&self, sentence: usize) -> usize {
        self.sentences[sentence].length
    }
}
