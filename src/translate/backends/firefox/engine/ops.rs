//! The parts of the network that are computed in floating point.
//!
//! Law: each sum has one order, eight partial sums that are added up in pairs, whatever instructions compute it, and no
//! multiplication is fused with an addition; so the result is the same to the bit on every processor.

use crate::isa::{Isa, Kind, for_each_isa};
use crate::kernel::{self, LANES};

/// The small number in the root of a layer norm, as Marian has it.
const EPSILON: f32 = 1e-6;

for_each_isa! {
    /// Adds `branch` to `rows`, and gives each row of the length of `scale` the mean 0 and the variance 1, times
    /// `scale`, plus `bias`.
    fn add_and_norm(rows: &mut [f32], branch: &[f32], scale: &[f32], bias: &[f32]) {
        let wide = scale.len();
        let count = wide as f32;
        for (row, branch) in rows.chunks_exact_mut(wide).zip(branch.chunks_exact(wide)) {
            let mut sums = [0.0; LANES];
            for (row, branch) in row.as_chunks_mut::<LANES>().0.iter_mut().zip(branch.as_chunks::<LANES>().0) {
                for ((value, branch), sum) in row.iter_mut().zip(branch).zip(&mut sums) {
                    *value += branch;
                    *sum += *value;
                }
            }
            let mean = total(sums) / count;
            let mut squares = [0.0; LANES];
            for row in row.as_chunks_mut::<LANES>().0 {
                for (value, square) in row.iter_mut().zip(&mut squares) {
                    *value -= mean;
                    *square += *value * *value;
                }
            }
            let one = 1.0 / (total(squares) / count + EPSILON).sqrt();
            for ((value, scale), bias) in row.iter_mut().zip(scale).zip(bias) {
                *value = *value * one * scale + bias;
            }
        }
    }

    /// The step of a simple recurrent unit (SSRU): `cell` becomes a mean of itself and of the candidate, weighted by
    /// the gate, and `out` its positive part. A row of `maps` is the candidate and then the gate.
    fn recur(maps: &[f32], cells: &mut [f32], out: &mut [f32], wide: usize) {
        let rows = cells.chunks_exact_mut(wide).zip(out.chunks_exact_mut(wide)).zip(maps.chunks_exact(2 * wide));
        for ((cells, out), maps) in rows {
            let (candidates, gates) = maps.split_at(wide);
            for (((cell, out), candidate), gate) in cells.iter_mut().zip(out).zip(candidates).zip(gates) {
                let keep = 1.0 / (1.0 + exp(-*gate));
                *cell = keep * *cell + (1.0 - keep) * candidate;
                *out = if *cell > 0.0 { *cell } else { 0.0 };
            }
        }
    }

    /// The greatest of `logits`, and the logarithm of the sum of their exponentials, in `found`; `powers` has room for each
    /// of them.
    fn log_sum(logits: &[f32], powers: &mut [f32], found: &mut (f32, f32)) {
        let (chunks, rest) = logits.as_chunks::<LANES>();
        let mut most = [f32::NEG_INFINITY; LANES];
        for chunk in chunks {
            for (most, logit) in most.iter_mut().zip(chunk) {
                *most = if *logit > *most { *logit } else { *most };
            }
        }
        let most = most.into_iter().chain(rest.iter().copied()).fold(f32::NEG_INFINITY, |a, b| if b > a { b } else { a });
        for (power, logit) in powers.iter_mut().zip(logits) {
            *power = exp(*logit - most);
        }
        let (chunks, rest) = powers.as_chunks::<LANES>();
        let mut sums = [0.0; LANES];
        for chunk in chunks {
            for (sum, power) in sums.iter_mut().zip(chunk) {
                *sum += power;
            }
        }
        let sum = rest.iter().fold(total(sums), |sum, power| sum + power);
        *found = (most, most + ln(sum));
    }
}

/// The form of an attention.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Shape {
    pub(crate) heads: usize,
    /// Dimensions of a head, a multiple of 8.
    pub(crate) depth: usize,
    /// Keys, at most [`MOST_KEYS`].
    pub(crate) length: usize,
}

/// The most tokens that a sentence may have.
pub(crate) const MOST_KEYS: usize = 512;

/// The keys and values of a sentence, set out in panels of eight columns: for each head first its keys, a column for
/// each, and then its values, a column for each dimension.
#[derive(Debug, Default)]
pub(crate) struct Keys {
    pub(crate) shape: Shape,
    columns: Vec<f32>,
    values: Vec<f32>,
}

impl Keys {
    /// Sets out keys and values from rows that are `stride` apart and begin with them, the keys first.
    pub(crate) fn set(&mut self, rows: &[f32], stride: usize, shape: Shape) {
        let Shape { heads, depth, length } = shape;
        let (wide, blocks) = (heads * depth, length.div_ceil(LANES));
        self.shape = shape;
        self.columns.clear();
        self.columns.resize(wide * blocks * LANES, 0.0);
        self.values.resize(wide * length, 0.0);
        for (place, row) in rows.chunks(stride).enumerate() {
            let heads = row[..wide].chunks_exact(depth).zip(self.columns.chunks_exact_mut(depth * blocks * LANES));
            for (head, keys) in heads {
                let panel = &mut keys[place / LANES * depth * LANES..][..depth * LANES];
                for (key, step) in head.iter().zip(panel.as_chunks_mut::<LANES>().0) {
                    step[place % LANES] = *key;
                }
            }
            let parts = row[wide..2 * wide].as_chunks::<LANES>().0;
            for (part, panel) in parts.iter().zip(self.values.chunks_exact_mut(length * LANES)) {
                panel.as_chunks_mut::<LANES>().0[place] = *part;
            }
        }
    }
}

/// Attention of the rows of `queries`, which are `stride` apart and begin with a query each, to one sentence.
///
/// `out` gets a row for each query. `weights` gets the weights of the first head for each query it has room for.
pub(crate) fn attend(isa: Isa, queries: &[f32], stride: usize, sentence: &Keys, out: &mut [f32], weights: &mut [f32]) {
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    fn avx2(queries: &[f32], stride: usize, sentence: &Keys, out: &mut [f32], weights: &mut [f32]) {
        attend_by(|row, panels, out| kernel::combine_avx2(row, panels, out), queries, stride, sentence, out, weights);
    }
    match isa.kind() {
        Kind::Portable => attend_by(kernel::combine, queries, stride, sentence, out, weights),
        #[cfg(target_arch = "x86_64")]
        #[expect(unsafe_code, reason = "the compiler does not know what the processor has")]
        // SAFETY: the other kinds exist only where AVX2 was found.
        _ => unsafe { avx2(queries, stride, sentence, out, weights) },
    }
}

#[inline(always)]
fn attend_by(
    combine: impl Fn(&[f32], &[f32], &mut [f32]),
    queries: &[f32],
    stride: usize,
    sentence: &Keys,
    out: &mut [f32],
    weights: &mut [f32],
) {
    let &Keys { shape: Shape { heads, depth, length }, ref columns, ref values } = sentence;
    let padded = length.next_multiple_of(LANES);
    let scale = 1.0 / (depth as f32).sqrt();
    let mut scores = [0.0; MOST_KEYS];
    let scores = &mut scores[..padded];
    let mut weights = weights.chunks_exact_mut(length);
    for (queries, out) in queries.chunks(stride).zip(out.chunks_exact_mut(heads * depth)) {
        let keys = columns.chunks_exact(depth * padded).zip(values.chunks_exact(depth * length));
        let heads = queries.chunks_exact(depth).zip(out.chunks_exact_mut(depth)).zip(keys);
        for (head, ((query, out), (keys, values))) in heads.enumerate() {
            combine(query, keys, scores);
            soften(scores, length, scale);
            if head == 0
                && let Some(weights) = weights.next()
            {
                weights.copy_from_slice(&scores[..length]);
            }
            combine(&scores[..length], values, out);
        }
    }
}

/// Makes of the first `length` scores, times `scale`, weights that add up to 1, and of the others 0.
#[inline(always)]
fn soften(scores: &mut [f32], length: usize, scale: f32) {
    scores[length..].fill(f32::NEG_INFINITY);
    let mut most = [f32::NEG_INFINITY; LANES];
    for chunk in scores.as_chunks::<LANES>().0 {
        for (most, score) in most.iter_mut().zip(chunk) {
            *most = if *score > *most { *score } else { *most };
        }
    }
    let most = most.into_iter().fold(f32::NEG_INFINITY, |a, b| if b > a { b } else { a });
    for score in scores.iter_mut() {
        *score = exp((*score - most) * scale);
    }
    let mut sums = [0.0; LANES];
    for chunk in scores.as_chunks::<LANES>().0 {
        for (sum, score) in sums.iter_mut().zip(chunk) {
            *sum += *score;
        }
    }
    let one = 1.0 / total(sums);
    for score in scores.iter_mut() {
        *score *= one;
    }
    scores[length..].fill(0.0);
}

/// The sum of partial sums, in pairs.
#[inline(always)]
fn total(sums: [f32; LANES]) -> f32 {
    let [first, second] = [[0, 1], [2, 3]].map(|[one, two]| (sums[one] + sums[one + 4]) + (sums[two] + sums[two + 4]));
    first + second
}

/// The exponential function to about one part in ten million, after the Cephes library: the same bits everywhere, and in
/// a form that compilers turn into vectors. Under -87 it is 0, or next to it.
#[inline(always)]
pub(crate) fn exp(x: f32) -> f32 {
    /// Adding this moves the integer part of a small number into the lowest bits, rounded to the nearest.
    const MAGIC: f32 = 12_582_912.0;
    let x = if x < -87.0 { -87.0 } else { x };
    let x = if x > 88.0 { 88.0 } else { x };
    let shifted = x * std::f32::consts::LOG2_E + MAGIC;
    let whole = shifted - MAGIC;
    let rest = x - whole * 0.693_359_4 - whole * -2.121_944_4e-4;
    let mut series = 1.987_569_2e-4;
    for coefficient in [1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 0.166_666_65, 0.5] {
        series = series * rest + coefficient;
    }
    let fraction = series * rest * rest + rest + 1.0;
    let power = shifted.to_bits().wrapping_add(127) << 23;
    fraction * f32::from_bits(power)
}

/// The natural logarithm, rounded from 64 bits, so that libraries that differ in the last of them make no difference.
#[inline(always)]
fn ln(x: f32) -> f32 {
    f64::from(x).ln() as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exp_is_the_exponential_function() {
        for step in -8700..880 {
            let x = f32::from(i16::try_from(step).expect("small")) / 100.0;
            let known = f64::from(x).exp();
            assert!((f64::from(exp(x)) / known - 1.0).abs() < 3e-7, "{x}: {} for {known}", exp(x));
        }
        assert!(exp(f32::NEG_INFINITY) < 2e-38);
    }

    fn values(count: usize, seed: usize) -> Vec<f32> {
        (0..count).map(|at| (((at + seed) * 7919 % 1009) as f32 - 504.0) / 97.0).collect()
    }

    fn close(one: &[f32], other: &[f64]) {
        assert_eq!(one.len(), other.len());
        for (one, other) in one.iter().zip(other) {
            assert!((f64::from(*one) - other).abs() < 1e-4, "{one} for {other}");
        }
    }

    #[test]
    fn rows_are_normed() {
        let (rows, branch) = (values(48, 1), values(48, 5));
        let (scale, bias) = (values(24, 3), values(24, 8));
        let wanted = rows.chunks(24).zip(branch.chunks(24)).flat_map(|(row, branch)| {
            let sums: Vec<f64> = row.iter().zip(branch).map(|(a, b)| f64::from(a + b)).collect();
            let mean = sums.iter().sum::<f64>() / 24.0;
            let deviation = (sums.iter().map(|sum| (sum - mean).powi(2)).sum::<f64>() / 24.0 + 1e-6).sqrt();
            let normed = sums.into_iter().zip(&scale).zip(&bias);
            let normed =
                normed.map(move |((sum, scale), bias)| (sum - mean) / deviation * f64::from(*scale) + f64::from(*bias));
            normed.collect::<Vec<_>>()
        });
        let wanted: Vec<f64> = wanted.collect();
        let results = Isa::all().into_iter().map(|isa| {
            let mut rows = rows.clone();
            add_and_norm(isa, &mut rows, &branch, &scale, &bias);
            close(&rows, &wanted);
            rows
        });
        let results: Vec<Vec<f32>> = results.collect();
        assert!(results.windows(2).all(|pair| pair[0] == pair[1]));
    }

    #[test]
    fn a_recurrent_unit_keeps_what_its_gate_says() {
        let (maps, before) = (values(2 * 32, 2), values(32, 9));
        let results = Isa::all().into_iter().map(|isa| {
            let (mut cells, mut out) = (before.clone(), vec![0.0; 32]);
            recur(isa, &maps, &mut cells, &mut out, 16);
            (cells, out)
        });
        let results: Vec<_> = results.collect();
        assert!(results.windows(2).all(|pair| pair[0] == pair[1]));
        let (cells, out) = &results[0];
        for (at, (cell, out)) in cells.iter().zip(out).enumerate() {
            let (row, column) = (at / 16, at % 16);
            let (candidate, gate) = (maps[row * 32 + column], maps[row * 32 + 16 + column]);
            let keep = 1.0 / (1.0 + (-f64::from(gate)).exp());
            let wanted = keep * f64::from(before[at]) + (1.0 - keep) * f64::from(candidate);
            assert!((f64::from(*cell) - wanted).abs() < 1e-5);
            assert_eq!(out.to_bits(), cell.max(0.0).to_bits());
        }
    }

    #[test]
    fn attention_weighs_values_by_likeness() {
        for length in [1, 3, 8, 21, 40] {
            let shape = Shape { heads: 2, depth: 16, length };
            let (queries, rows) = (values(2 * 32, 4), values(length * 64, 6));
            let mut keys = Keys::default();
            // What was there before leaves no trace.
            keys.set(&values(50 * 64, 1), 64, Shape { length: 50, ..shape });
            keys.set(&rows, 64, shape);
            let results = Isa::all().into_iter().map(|isa| {
                let (mut out, mut weights) = (vec![0.0; 64], vec![0.0; length]);
                attend(isa, &queries, 32, &keys, &mut out, &mut weights);
                (out, weights)
            });
            let results: Vec<_> = results.collect();
            assert!(results.windows(2).all(|pair| pair[0] == pair[1]));
            let (out, weights) = &results[0];
            for (row, head) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
                let query = &queries[row * 32 + head * 16..][..16];
                let score = |key: usize| {
                    let key = &rows[key * 64 + head * 16..][..16];
                    query.iter().zip(key).map(|(a, b)| f64::from(a * b)).sum::<f64>() / 4.0
                };
                let powers: Vec<f64> = (0..length).map(|key| score(key).exp()).collect();
                let sum: f64 = powers.iter().sum();
                let powers: Vec<f64> = powers.iter().map(|power| power / sum).collect();
                if (row, head) == (0, 0) {
                    close(weights, &powers);
                }
                let value = |dimension: usize| {
                    let values = powers.iter().enumerate();
                    values.map(|(key, power)| power * f64::from(rows[key * 64 + 32 + head * 16 + dimension])).sum()
                };
                close(&out[row * 32 + head * 16..][..16], &(0..16).map(value).collect::<Vec<f64>>());
            }
        }
    }

    #[test]
    fn the_sum_of_probabilities_is_one() {
        for count in [1, 7, 64, 1000] {
            let logits = values(count, count);
            let sums = Isa::all().into_iter().map(|isa| {
                let (mut powers, mut found) = (vec![0.0; count], (0.0, 0.0));
                log_sum(isa, &logits, &mut powers, &mut found);
                found.1
            });
            let sums: Vec<f32> = sums.collect();
            assert!(sums.windows(2).all(|pair| pair[0].to_bits() == pair[1].to_bits()));
            let total: f64 = logits.iter().map(|logit| f64::from(logit - sums[0]).exp()).sum();
            assert!((total - 1.0).abs() < 1e-5, "{total}");
        }
    }
}
