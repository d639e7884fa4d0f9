//! Products of unsigned activations and signed weights, in tiles of a few rows and one panel of columns; and the rows
//! times matrices of attention.
//!
//! A panel holds [`COLUMNS`] columns, in steps of [`DEPTH`] weights of each: one step is one line of the cache. AVX2
//! multiplies pairs of 8-bit values and adds them up in 16 bits, which saturate. Weights are prepared so that this never
//! happens, for a pair or even for two (`Matrix` sees to that, and says which), so that fewer sums have to be widened.
//! Law: every kernel gives the exact sums, and every order of floating-point additions is that of the portable one.

/// Columns of a panel.
pub(crate) const COLUMNS: usize = 16;
/// Weights of one column in a step.
pub(crate) const DEPTH: usize = 4;
/// The most rows of a tile.
pub(crate) const ROWS: usize = 4;

/// How many products of a panel may be added up in 16 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Load {
    /// Two, of the same step.
    Pairs,
    /// Four, of a step and the next.
    Fours,
}

/// One step of a panel: for each column its next weights.
#[derive(Debug, Clone, Copy)]
#[repr(C, align(64))]
pub(crate) struct Step(pub(crate) [i8; COLUMNS * DEPTH]);

/// The sums of a tile, row by row.
pub(crate) type Tile = [[i32; COLUMNS]; ROWS];

/// Rows of activations, one step at a time; of the same length as the panel.
pub(crate) type Row<'a> = &'a [[u8; DEPTH]];

/// The sums of up to [`ROWS`] rows, for any processor.
#[inline(always)]
pub(crate) fn portable(rows: &[Row<'_>], panel: &[Step], _: Load, tile: &mut Tile) {
    for (row, sums) in rows.iter().zip(tile) {
        // A sum for each weight of a step, and products of 16 bits, which hold them: compilers turn that into vectors.
        let mut wide = [0_i32; COLUMNS * DEPTH];
        for (activations, Step(weights)) in row.iter().zip(panel) {
            let mut four = [0_i16; COLUMNS * DEPTH];
            for four in four.as_chunks_mut::<DEPTH>().0 {
                *four = activations.map(i16::from);
            }
            for ((sum, activation), weight) in wide.iter_mut().zip(four).zip(weights) {
                *sum += i32::from(activation * i16::from(*weight));
            }
        }
        for (sum, wide) in sums.iter_mut().zip(wide.as_chunks::<DEPTH>().0) {
            *sum = wide.iter().sum();
        }
    }
}

#[cfg(target_arch = "x86_64")]
use std::arch::x86_64::{
    __m256i, _mm256_add_epi16, _mm256_add_epi32, _mm256_add_ps, _mm256_dpbusd_avx_epi32, _mm256_dpbusd_epi32,
    _mm256_madd_epi16, _mm256_maddubs_epi16, _mm256_mul_ps, _mm256_set1_epi16, _mm256_set1_epi32, _mm256_set1_ps,
    _mm256_setzero_ps, _mm256_setzero_si256,
};

/// Defines a kernel for x86-64 from how the products of one step, and those of two, are added to eight sums.
#[cfg(target_arch = "x86_64")]
macro_rules! x86 {
    (
        $(#[$attribute:meta])* $name:ident, $features:literal,
        |$sums:ident, $activations:ident, $weights:ident| $one:expr, |$first:ident, $second:ident| $two:expr
    ) => {
        $(#[$attribute])*
        #[target_feature(enable = $features)]
        pub(crate) fn $name(rows: &[Row<'_>], panel: &[Step], load: Load, tile: &mut Tile) {
            #[target_feature(enable = $features)]
            #[inline]
            fn pairs<const R: usize>(rows: [Row<'_>; R], panel: &[Step]) -> [[__m256i; 2]; R] {
                let mut tile = [[_mm256_setzero_si256(); 2]; R];
                for (at, Step(weights)) in panel.iter().enumerate() {
                    let halves: [__m256i; 2] = bytemuck::cast(*weights);
                    for (sums, row) in tile.iter_mut().zip(&rows) {
                        let $activations = _mm256_set1_epi32(i32::from_le_bytes(row[at]));
                        for (sum, $weights) in sums.iter_mut().zip(halves) {
                            let $sums = *sum;
                            *sum = $one;
                        }
                    }
                }
                tile
            }
            #[target_feature(enable = $features)]
            #[inline]
            fn fours<const R: usize>(rows: [Row<'_>; R], panel: &[Step]) -> [[__m256i; 2]; R] {
                let mut tile = [[_mm256_setzero_si256(); 2]; R];
                let panel = panel.as_chunks::<2>().0;
                let mut pairs: [&[[[u8; DEPTH]; 2]]; R] = [&[]; R];
                for (pairs, row) in pairs.iter_mut().zip(rows) {
                    *pairs = &row.as_chunks().0[..panel.len()];
                }
                for (at, [Step(one), Step(two)]) in panel.iter().enumerate() {
                    let (one, two): ([__m256i; 2], [__m256i; 2]) = (bytemuck::cast(*one), bytemuck::cast(*two));
                    for (sums, row) in tile.iter_mut().zip(&pairs) {
                        let [a, b] = row[at];
                        let (a, b) = (_mm256_set1_epi32(i32::from_le_bytes(a)), _mm256_set1_epi32(i32::from_le_bytes(b)));
                        for (sum, (one, two)) in sums.iter_mut().zip(one.into_iter().zip(two)) {
                            let ($sums, $first, $second) = (*sum, (a, one), (b, two));
                            *sum = $two;
                        }
                    }
                }
                tile
            }
            #[target_feature(enable = $features)]
            #[inline]
            fn of<const R: usize>(rows: &[Row<'_>], panel: &[Step], load: Load, tile: &mut Tile) {
                let mut given: [Row<'_>; R] = [&[]; R];
                for (row, rows) in given.iter_mut().zip(rows) {
                    *row = &rows[..panel.len()];
                }
                let sums = match load {
                    Load::Pairs => pairs(given, panel),
                    Load::Fours => fours(given, panel),
                };
                for (row, sums) in tile.iter_mut().zip(sums) {
                    *row = bytemuck::cast(sums);
                }
            }
            match rows.len() {
                0 => {}
                1 => of::<1>(rows, panel, load, tile),
                2 => of::<2>(rows, panel, load, tile),
                3 => of::<3>(rows, panel, load, tile),
                _ => of::<4>(rows, panel, load, tile),
            }
        }
    };
}

#[cfg(target_arch = "x86_64")]
x86!(
    /// The sums of up to [`ROWS`] rows, by AVX2.
    avx2,
    "avx2",
    |sums, activations, weights| _mm256_add_epi32(
        sums,
        _mm256_madd_epi16(_mm256_maddubs_epi16(activations, weights), _mm256_set1_epi16(1))
    ),
    |first, second| {
        let both =
            _mm256_add_epi16(_mm256_maddubs_epi16(first.0, first.1), _mm256_maddubs_epi16(second.0, second.1));
        _mm256_add_epi32(sums, _mm256_madd_epi16(both, _mm256_set1_epi16(1)))
    }
);
#[cfg(target_arch = "x86_64")]
x86!(
    /// The sums of up to [`ROWS`] rows, by AVX-VNNI.
    avx_vnni,
    "avx2,avxvnni",
    |sums, activations, weights| _mm256_dpbusd_avx_epi32(sums, activations, weights),
    |first, second| _mm256_dpbusd_avx_epi32(_mm256_dpbusd_avx_epi32(sums, first.0, first.1), second.0, second.1)
);
#[cfg(target_arch = "x86_64")]
x86!(
    /// The sums of up to [`ROWS`] rows, by the VNNI of AVX-512.
    avx512_vnni,
    "avx2,avx512vnni,avx512vl",
    |sums, activations, weights| _mm256_dpbusd_epi32(sums, activations, weights),
    |first, second| _mm256_dpbusd_epi32(_mm256_dpbusd_epi32(sums, first.0, first.1), second.0, second.1)
);

/// Values of a vector.
pub(crate) const LANES: usize = 8;
/// Vectors that are summed up at a time: four hide that each waits for its last addition.
const TOGETHER: usize = 4;

/// Multiplies a row with a matrix in panels of [`LANES`] columns, each of which is added up from its first row on.
#[inline(always)]
pub(crate) fn combine(row: &[f32], panels: &[f32], out: &mut [f32]) {
    let panels = panels.chunks_exact(row.len() * LANES);
    for (out, panel) in out.as_chunks_mut::<LANES>().0.iter_mut().zip(panels) {
        *out = [0.0; LANES];
        for (value, columns) in row.iter().zip(panel.as_chunks::<LANES>().0) {
            for (out, column) in out.iter_mut().zip(columns) {
                *out += value * column;
            }
        }
    }
}

/// [`combine`] by AVX2, to the same bits.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
#[inline]
pub(crate) fn combine_avx2(row: &[f32], panels: &[f32], out: &mut [f32]) {
    #[target_feature(enable = "avx2")]
    #[inline]
    fn of<const P: usize>(row: &[f32], panels: &[f32], out: &mut [f32]) {
        let panel = row.len() * LANES;
        let mut of_panel: [&[[f32; LANES]]; P] = [&[]; P];
        for (of_panel, panel) in of_panel.iter_mut().zip(panels.chunks_exact(panel)) {
            *of_panel = &panel.as_chunks().0[..row.len()];
        }
        let mut sums = [_mm256_setzero_ps(); P];
        for (at, value) in row.iter().enumerate() {
            let value = _mm256_set1_ps(*value);
            for (sum, panel) in sums.iter_mut().zip(&of_panel) {
                *sum = _mm256_add_ps(*sum, _mm256_mul_ps(value, bytemuck::cast(panel[at])));
            }
        }
        for (out, sum) in out.as_chunks_mut::<LANES>().0.iter_mut().zip(sums) {
            *out = bytemuck::cast(sum);
        }
    }
    let panel = row.len() * LANES;
    for (out, panels) in out.chunks_mut(TOGETHER * LANES).zip(panels.chunks(TOGETHER * panel)) {
        match out.len() / LANES {
            1 => of::<1>(row, panels, out),
            2 => of::<2>(row, panels, out),
            3 => of::<3>(row, panels, out),
            _ => of::<TOGETHER>(row, panels, out),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::isa::{Isa, Kind};

    #[test]
    fn every_kernel_adds_up_rows_in_the_same_order() {
        let value = |at: usize| ((at * 7919 % 1000) as f32 - 500.0) / 37.0;
        for (rows, columns) in [(1, 8), (5, 16), (32, 24), (33, 72)] {
            let row: Vec<f32> = (0..rows).map(value).collect();
            let panels: Vec<f32> = (0..rows * columns).map(|at| value(at + 3)).collect();
            let mut out = vec![1.0; columns];
            combine(&row, &panels, &mut out);
            for (column, sum) in out.iter().enumerate() {
                let panel = &panels[column / LANES * rows * LANES..];
                let wanted = (0..rows).fold(0.0, |sum, at| sum + row[at] * panel[at * LANES + column % LANES]);
                assert_eq!(sum.to_bits(), wanted.to_bits(), "{rows} by {columns}, column {column}");
            }
            #[cfg(target_arch = "x86_64")]
            if Isa::best().kind() != Kind::Portable {
                let mut by_avx2 = vec![1.0; columns];
                #[expect(unsafe_code, reason = "the compiler does not know what the processor has")]
                // SAFETY: the other kinds exist only where AVX2 was found.
                unsafe {
                    combine_avx2(&row, &panels, &mut by_avx2);
                }
                assert_eq!(out, by_avx2);
            }
        }
    }
}
