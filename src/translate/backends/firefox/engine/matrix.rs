//! Matrices of 8-bit weights, as the kernels read them, and the affine maps they are part of.
//!
//! The models are made for `int8shiftAlphaAll` of Marian: activations are multiplied by a factor that is part of the
//! model, rounded to the nearest integer from -127 to 127, and shifted by 127 so that they are unsigned. Law: the shift
//! is taken back in integers, so that a map gives `scale * (activations . weights) + bias` with exact products.

use crate::isa::{Isa, Kind};
use crate::kernel::{self, COLUMNS, DEPTH, Load, ROWS, Row, Step, Tile};

/// What activations are shifted by.
const SHIFT: u8 = 127;
/// The greatest sum of weights of the same sign for which `254 * sum` fits into 16 bits.
const MOST: i16 = 129;

/// A matrix of weights in panels.
#[derive(Debug, Default)]
pub(crate) struct Matrix {
    /// Steps of a panel: the rows of the matrix, by [`DEPTH`].
    steps: usize,
    weights: Vec<Step>,
    panels: Vec<Panel>,
    /// What was taken off weights whose sum was too great, by panel.
    excess: Vec<Excess>,
}

#[derive(Debug, Clone, Copy)]
struct Panel {
    load: Load,
    /// Where its excess ends.
    excess: usize,
    /// The sums of the weights of each column, times the shift.
    shift: [i32; COLUMNS],
}

/// What was taken off a weight.
#[derive(Debug, Clone, Copy)]
struct Excess {
    column: u8,
    place: u8,
    weight: i16,
    step: usize,
}

impl Matrix {
    /// Packs columns, each of `depth` weights one after the other; the last panel is filled up with zeros.
    pub(crate) fn pack<'a>(isa: Isa, depth: usize, columns: impl Iterator<Item = &'a [i8]>) -> Self {
        let mut matrix = Self::default();
        matrix.repack(isa, depth, columns);
        matrix
    }

    /// Packs other columns into the memory of this matrix.
    pub(crate) fn repack<'a>(&mut self, isa: Isa, depth: usize, columns: impl Iterator<Item = &'a [i8]>) {
        assert!(depth.is_multiple_of(2 * DEPTH), "the depth is a multiple of {}", 2 * DEPTH);
        self.steps = depth / DEPTH;
        self.weights.clear();
        self.panels.clear();
        self.excess.clear();
        for (column, weights) in columns.enumerate() {
            let place = column % COLUMNS;
            if place == 0 {
                self.weights.resize(self.weights.len() + self.steps, Step([0; COLUMNS * DEPTH]));
            }
            let from = self.weights.len() - self.steps;
            let (weights, rest) = weights.as_chunks::<DEPTH>();
            assert!(weights.len() == self.steps && rest.is_empty(), "each column has the depth of the matrix");
            for (Step(step), weights) in self.weights[from..].iter_mut().zip(weights) {
                step.as_chunks_mut::<DEPTH>().0[place] = *weights;
            }
        }
        for panel in self.weights.chunks_exact_mut(self.steps) {
            let (mut heavy, mut shift) = (Vec::new(), [0; COLUMNS]);
            weigh(isa, panel, &mut heavy, &mut shift);
            let load = lighten(panel, &heavy, &mut self.excess);
            let shift = shift.map(|sum| i32::from(SHIFT) * sum);
            self.panels.push(Panel { load, excess: self.excess.len(), shift });
        }
    }

    /// Columns, those that fill up the last panel included.
    pub(crate) fn columns(&self) -> usize {
        self.panels.len() * COLUMNS
    }

    /// Rows.
    pub(crate) fn depth(&self) -> usize {
        self.steps * DEPTH
    }

    /// Bytes of memory.
    pub(crate) fn bytes(&self) -> usize {
        size_of_val(&self.weights[..]) + size_of_val(&self.panels[..]) + size_of_val(&self.excess[..])
    }

    fn steps_of(&self, panel: usize) -> &[Step] {
        &self.weights[panel * self.steps..][..self.steps]
    }

    /// Adds what was taken off the weights of a panel, and takes back the shift.
    #[inline(always)]
    fn settle(&self, panel: usize, rows: &[Row<'_>], tile: &mut Tile) {
        let from = if panel == 0 { 0 } else { self.panels[panel - 1].excess };
        let Panel { excess, shift, .. } = &self.panels[panel];
        for &Excess { column, place, weight, step } in &self.excess[from..*excess] {
            for (row, sums) in rows.iter().zip(tile.iter_mut()) {
                sums[usize::from(column)] += i32::from(row[step][usize::from(place)]) * i32::from(weight);
            }
        }
        for sums in &mut tile[..rows.len()] {
            for (sum, shift) in sums.iter_mut().zip(shift) {
                *sum -= shift;
            }
        }
    }
}

crate::isa::for_each_isa! {
    /// Adds the weights of each column to `sums`, and lists the steps, every second, that are heavy with the next.
    fn weigh(panel: &[Step], heavy: &mut Vec<usize>, sums: &mut [i32; COLUMNS]) {
        for (at, steps) in panel.chunks_exact(2).enumerate() {
            let [Step(one), Step(two)] = steps else { continue };
            for ((sum, one), two) in sums.iter_mut().zip(one.as_chunks::<DEPTH>().0).zip(two.as_chunks::<DEPTH>().0) {
                *sum += one.iter().chain(two).map(|weight| i32::from(*weight)).sum::<i32>();
            }
            if is_heavy(steps) {
                heavy.push(2 * at);
            }
        }
    }
}

/// For each pair of a step the sums of what is above and of what is below zero, over some steps.
#[inline(always)]
fn loads(steps: &[Step]) -> [[i16; COLUMNS * DEPTH / 2]; 2] {
    let [mut up, mut down] = [[0; COLUMNS * DEPTH / 2]; 2];
    for Step(weights) in steps {
        let words: [i16; COLUMNS * DEPTH / 2] = bytemuck::cast(*weights);
        for ((up, down), word) in up.iter_mut().zip(&mut down).zip(words) {
            let (low, high) = ((word << 8) >> 8, word >> 8);
            *up += low.max(0) + high.max(0);
            *down += low.min(0) + high.min(0);
        }
    }
    [up, down]
}

/// Whether any pair of some steps may be too great.
#[inline(always)]
fn is_heavy(steps: &[Step]) -> bool {
    let [up, down] = loads(steps);
    up.into_iter().fold(0, i16::max) > MOST || down.into_iter().fold(0, i16::min) < -MOST
}

/// Takes off the weights of a panel what makes sums of products too great, and says how many may be added up: four where
/// that costs little.
fn lighten(panel: &mut [Step], heavy: &[usize], excess: &mut Vec<Excess>) -> Load {
    // Each excess costs about as much as the fourth part of a step of the panel.
    let most = panel.len() / 4;
    let from = excess.len();
    for &step in heavy {
        take_excess(&mut panel[step..step + 2], step, excess);
        if excess.len() - from > most {
            give_back(panel, &mut excess.drain(from..));
            for &step in heavy {
                for step in [step, step + 1] {
                    take_excess(&mut panel[step..=step], step, excess);
                }
            }
            return Load::Pairs;
        }
    }
    Load::Fours
}

/// Puts back what was taken off.
fn give_back(panel: &mut [Step], excess: &mut dyn Iterator<Item = Excess>) {
    for Excess { column, place, weight, step } in excess {
        let weights = &mut panel[step].0[usize::from(column) * DEPTH..][..DEPTH];
        let whole = i16::from(weights[usize::from(place)]) + weight;
        weights[usize::from(place)] = i8::try_from(whole).expect("it was a weight");
    }
}

/// Takes off the greatest weights of each sum that is too great what is too much.
fn take_excess(steps: &mut [Step], first: usize, excess: &mut Vec<Excess>) {
    let [up, down] = loads(steps);
    for (pair, (up, down)) in up.into_iter().zip(down).enumerate() {
        for (sign, mut over) in [(1, up - MOST), (-1, -down - MOST)] {
            while over > 0 {
                let weights = steps.iter().enumerate().flat_map(|(step, Step(weights))| {
                    [2 * pair, 2 * pair + 1].map(|at| (i16::from(weights[at]) * sign, step, at))
                });
                let Some((greatest, step, at)) = weights.max() else { break };
                let weight = over.min(greatest);
                over -= weight;
                let Step(weights) = &mut steps[step];
                weights[at] = i8::try_from(i16::from(weights[at]) - weight * sign).expect("it is nearer to zero");
                let small = |number: usize| u8::try_from(number).expect("a place in a step");
                let (column, place) = (small(at / DEPTH), small(at % DEPTH));
                excess.push(Excess { column, place, weight: weight * sign, step: first + step });
            }
        }
    }
}

/// Activations as integers from 0 to 254, row by row.
#[derive(Debug, Default)]
pub(crate) struct Activations {
    values: Vec<u8>,
}

impl Activations {
    /// Rounds `values` times `factor`.
    pub(crate) fn set(&mut self, isa: Isa, values: &[f32], factor: f32) {
        self.resize(values.len());
        quantise(isa, values, factor, &mut self.values);
    }

    fn resize(&mut self, length: usize) {
        // Every value is written over.
        self.values.resize(length, 0);
    }
}

crate::isa::for_each_isa! {
    /// Multiplies by `factor`, rounds to the nearest (ties to even) from -127 to 127, and shifts.
    fn quantise(values: &[f32], factor: f32, out: &mut [u8]) {
        for (value, out) in values.iter().zip(out) {
            *out = rounded(value * factor);
        }
    }
}

/// A value rounded to the nearest integer from -127 to 127, and shifted.
#[inline(always)]
fn rounded(value: f32) -> u8 {
    /// Adding this moves the integer part of a small number into the lowest bits, rounded to the nearest.
    const MAGIC: f32 = 12_582_912.0;
    let value = if value > 127.0 { 127.0 } else { value };
    let value = if value < -127.0 { -127.0 } else { value };
    let [low, ..] = (value + MAGIC).to_bits().to_le_bytes();
    low.wrapping_add(127)
}

/// `scale * (activations . weights) + bias`, where the activations were multiplied by `factor`.
#[derive(Debug, Default)]
pub(crate) struct Affine {
    pub(crate) matrix: Matrix,
    pub(crate) factor: f32,
    pub(crate) scale: Vec<f32>,
    pub(crate) bias: Vec<f32>,
}

impl Affine {
    /// A map; scale and bias are filled up to the columns of the matrix.
    pub(crate) fn new(matrix: Matrix, factor: f32, mut scale: Vec<f32>, mut bias: Vec<f32>) -> Self {
        scale.resize(matrix.columns(), 0.0);
        bias.resize(matrix.columns(), 0.0);
        Self { matrix, factor, scale, bias }
    }

    /// Maps rows of values.
    pub(crate) fn map(&self, isa: Isa, values: &[f32], activations: &mut Activations, out: &mut Vec<f32>) {
        activations.set(isa, values, self.factor);
        self.apply(isa, activations, out);
    }

    /// Maps rows of activations, which were rounded with this map's factor.
    pub(crate) fn apply(&self, isa: Isa, activations: &Activations, out: &mut Vec<f32>) {
        let rows = activations.values.len() / self.matrix.depth();
        out.resize(rows * self.matrix.columns(), 0.0);
        plain(isa, self, &activations.values, out);
    }

    /// Maps rows of activations and rounds what is positive of the result, for a map with the factor `next`.
    pub(crate) fn apply_relu(&self, isa: Isa, activations: &Activations, next: f32, out: &mut Activations) {
        let rows = activations.values.len() / self.matrix.depth();
        out.resize(rows * self.matrix.columns());
        relu(isa, self, &activations.values, next, &mut out.values);
    }
}

/// Rows that are multiplied with all panels before the next ones are: so many stay in the cache next to a panel.
const BLOCK: usize = 64;

/// Goes over all tiles of a product, panel by panel, and hands each row of sums to `take` with its row and panel.
#[inline(always)]
fn tiles(
    matrix: &Matrix,
    activations: &[u8],
    kernel: impl Fn(&[Row<'_>], &[Step], Load, &mut Tile),
    mut take: impl FnMut(usize, usize, &[i32; COLUMNS]),
) {
    let depth = matrix.depth();
    for (block, activations) in activations.chunks(BLOCK * depth).enumerate() {
        for (number, panel) in matrix.panels.iter().enumerate() {
            for (group, activations) in activations.chunks(ROWS * depth).enumerate() {
                let mut rows: [Row<'_>; ROWS] = [&[]; ROWS];
                let mut count = 0;
                for (row, values) in rows.iter_mut().zip(activations.chunks_exact(depth)) {
                    *row = values.as_chunks::<DEPTH>().0;
                    count += 1;
                }
                let mut tile = [[0; COLUMNS]; ROWS];
                kernel(&rows[..count], matrix.steps_of(number), panel.load, &mut tile);
                matrix.settle(number, &rows[..count], &mut tile);
                for (row, sums) in tile[..count].iter().enumerate() {
                    take(block * BLOCK + group * ROWS + row, number, sums);
                }
            }
        }
    }
}

/// Maps rows of activations and hands each value through `finish`.
#[inline(always)]
fn finished<T>(
    affine: &Affine,
    activations: &[u8],
    kernel: impl Fn(&[Row<'_>], &[Step], Load, &mut Tile),
    out: &mut [T],
    finish: impl Fn(f32) -> T,
) {
    let out = out.as_chunks_mut::<COLUMNS>().0;
    let (scales, biases) = (affine.scale.as_chunks::<COLUMNS>().0, affine.bias.as_chunks::<COLUMNS>().0);
    tiles(&affine.matrix, activations, kernel, |row, panel, sums| {
        let out = &mut out[row * biases.len() + panel];
        for (((out, sum), scale), bias) in out.iter_mut().zip(sums).zip(&scales[panel]).zip(&biases[panel]) {
            *out = finish(*sum as f32 * scale + bias);
        }
    });
}

/// Defines the products for each kernel.
macro_rules! products {
    ($($(#[$attribute:meta])* $name:ident: $kernel:expr;)*) => {
        /// The affine map.
        fn plain(isa: Isa, affine: &Affine, activations: &[u8], out: &mut [f32]) {
            $(
                $(#[$attribute])*
                #[inline]
                fn $name(affine: &Affine, activations: &[u8], out: &mut [f32]) {
                    let kernel = |rows: &[Row<'_>], panel: &[Step], load, tile: &mut Tile| $kernel(rows, panel, load, tile);
                    finished(affine, activations, kernel, out, |value| value);
                }
            )*
            choose!(isa, affine, activations, out);
        }

        /// The affine map, its positive part, rounded with the factor `next`.
        fn relu(isa: Isa, affine: &Affine, activations: &[u8], next: f32, out: &mut [u8]) {
            $(
                $(#[$attribute])*
                #[inline]
                fn $name(affine: &Affine, activations: &[u8], next: f32, out: &mut [u8]) {
                    let kernel = |rows: &[Row<'_>], panel: &[Step], load, tile: &mut Tile| $kernel(rows, panel, load, tile);
                    let positive = |value| rounded(if value > 0.0 { value } else { 0.0 } * next);
                    finished(affine, activations, kernel, out, positive);
                }
            )*
            choose!(isa, affine, activations, next, out);
        }
    };
}

/// Calls the function for the processor.
macro_rules! choose {
    ($isa:expr, $($argument:expr),*) => {
        match $isa.kind() {
            Kind::Portable => portable($($argument),*),
            #[cfg(target_arch = "x86_64")]
            #[expect(unsafe_code, reason = "the compiler does not know what the processor has")]
            // SAFETY: each kind exists only where its instructions were found.
            Kind::Avx2 => unsafe { avx2($($argument),*) },
            #[cfg(target_arch = "x86_64")]
            #[expect(unsafe_code, reason = "the compiler does not know what the processor has")]
            // SAFETY: as above.
            Kind::AvxVnni => unsafe { avx_vnni($($argument),*) },
            #[cfg(target_arch = "x86_64")]
            #[expect(unsafe_code, reason = "the compiler does not know what the processor has")]
            // SAFETY: as above.
            Kind::Avx512Vnni => unsafe { avx512_vnni($($argument),*) },
        }
    };
}

products! {
    portable: kernel::portable;
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    avx2: kernel::avx2;
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2,avxvnni")]
    avx_vnni: kernel::avx_vnni;
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2,avx512vnni,avx512vl")]
    avx512_vnni: kernel::avx512_vnni;
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Rows, depth and columns, with activations and weights that are often as great as can be.
    fn products() -> impl Strategy<Value = (usize, usize, Vec<u8>, Vec<i8>)> {
        let activation = prop_oneof![Just(0), Just(254), 0..=254_u8];
        let weight = prop_oneof![Just(127), Just(-127), -127..=127_i8, -20..=20_i8];
        (1..10_usize, 1..9_usize, 1..40_usize).prop_flat_map(move |(rows, depth, columns)| {
            let depth = 8 * depth;
            let activations = prop::collection::vec(activation.clone(), rows * depth);
            (Just(rows), Just(depth), activations, prop::collection::vec(weight.clone(), columns * depth))
        })
    }

    proptest! {
        #[test]
        fn every_kernel_gives_the_exact_sums((rows, depth, activations, weights) in products()) {
            for isa in Isa::all() {
                let matrix = Matrix::pack(isa, depth, weights.chunks_exact(depth));
                let wide = matrix.columns();
                let affine = Affine::new(matrix, 1.0, vec![1.0; wide], vec![0.0; wide]);
                let mut out = Vec::new();
                affine.apply(isa, &Activations { values: activations.clone() }, &mut out);
                let mut rounded = Activations::default();
                affine.apply_relu(isa, &Activations { values: activations.clone() }, 0.25, &mut rounded);
                for row in 0..rows {
                    for (column, weights) in weights.chunks_exact(depth).enumerate() {
                        let products = activations[row * depth..].iter().zip(weights);
                        let sum: i32 = products.map(|(a, w)| (i32::from(*a) - 127) * i32::from(*w)).sum();
                        prop_assert_eq!(out[row * wide + column] as i32, sum, "{} {} {}", isa.name(), row, column);
                        let quarter = (f64::from(sum.max(0)) / 4.0).round_ties_even().min(127.0);
                        prop_assert_eq!(i32::from(rounded.values[row * wide + column]), quarter as i32 + 127);
                    }
                }
            }
        }

        #[test]
        fn values_are_rounded_to_the_nearest(value in -300.0_f32..300.0, half in -100..100_i8) {
            for value in [value, f32::from(half) + 0.5] {
                let wanted = value.round_ties_even().clamp(-127.0, 127.0) + 127.0;
                for isa in Isa::all() {
                    let mut out = Activations::default();
                    out.set(isa, &[value; 9], 1.0);
                    prop_assert!(out.values.iter().all(|rounded| f32::from(*rounded).to_bits() == wanted.to_bits()));
                }
            }
        }
    }
}
