//! Reads the weights of a model from Marian's binary format (version 1, `*.intgemm.alphas.bin`).
//!
//! Layout, in little-endian: version and count; for each tensor the lengths of its name, type, shape and data; then the
//! names, the shapes, a gap, and the data, an 8-bit tensor's followed by its factor. Law: no length in the file is
//! believed before it was compared with the bytes that are there, and every tensor has the shape that its use asks for.

use std::collections::BTreeMap;

use crate::isa::Isa;
use crate::matrix::{Affine, Matrix};

/// The type codes of Marian.
const FLOAT: u64 = 0x404;
const BYTES: [u64; 2] = [0x101, 0x4101];

/// A tensor of a file.
#[derive(Debug, Clone, Copy)]
struct Tensor<'a> {
    kind: u64,
    /// Rows and columns; what is flatter has one row.
    shape: [usize; 2],
    data: &'a [u8],
}

/// The tensors of a file, by name.
#[derive(Debug)]
pub(crate) struct Tensors<'a>(BTreeMap<&'a str, Tensor<'a>>);

/// Reads numbers and stretches from the front of a file.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], String> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or("it is cut off")?;
        self.0 = rest;
        Ok(taken)
    }

    fn word(&mut self) -> Result<u64, String> {
        let bytes = self.take(8)?;
        Ok(u64::from_le_bytes(bytes.try_into().map_err(|_| "it is cut off")?))
    }

    fn length(&mut self) -> Result<usize, String> {
        usize::try_from(self.word()?).map_err(|_| "it is cut off".to_owned())
    }

    fn dimension(&mut self) -> Result<usize, String> {
        let bytes = self.take(4)?;
        let number = i32::from_le_bytes(bytes.try_into().map_err(|_| "it is cut off")?);
        usize::try_from(number).map_err(|_| "a tensor has a negative dimension".to_owned())
    }
}

impl<'a> Tensors<'a> {
    /// Finds the tensors in the bytes of a file.
    ///
    /// # Errors
    /// Says what is wrong with a file that is not whole.
    pub(crate) fn read(file: &'a [u8]) -> Result<Self, String> {
        let mut reader = Reader(file);
        if reader.word().ok() != Some(1) {
            return Err("not a model of the known version".to_owned());
        }
        let count = reader.length()?;
        if count > file.len() / 32 {
            return Err("it lists more tensors than it can hold".to_owned());
        }
        let mut heads = Vec::with_capacity(count);
        for _ in 0..count {
            heads.push((reader.length()?, reader.word()?, reader.length()?, reader.length()?));
        }
        let mut names = Vec::with_capacity(count);
        for (name, ..) in &heads {
            let name = std::str::from_utf8(reader.take(*name)?).map_err(|_| "the name of a tensor is not text")?;
            names.push(name.trim_end_matches('\0'));
        }
        let mut shapes = Vec::with_capacity(count);
        for (.., dimensions, _) in &heads {
            let mut shape = [1_usize, 1];
            for _ in 0..*dimensions {
                let [rows, columns] = shape;
                shape = [rows.checked_mul(columns).ok_or("it is cut off")?, reader.dimension()?];
            }
            shapes.push(shape);
        }
        let gap = reader.length()?;
        reader.take(gap)?;
        let mut tensors = BTreeMap::new();
        for (((_, kind, _, length), name), shape) in heads.into_iter().zip(names).zip(shapes) {
            tensors.insert(name, Tensor { kind, shape, data: reader.take(length)? });
        }
        Ok(Self(tensors))
    }

    fn get(&self, name: &str) -> Result<Tensor<'a>, String> {
        self.0.get(name).copied().ok_or_else(|| format!("there is no tensor `{name}`"))
    }

    /// Whether there is a tensor of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// Text that the file holds.
    pub(crate) fn text(&self, name: &str) -> Result<&'a str, String> {
        let data = self.get(name)?.data;
        std::str::from_utf8(data).map(|text| text.trim_end_matches('\0')).map_err(|_| format!("`{name}` is not text"))
    }

    /// Numbers, so many of them.
    pub(crate) fn floats(&self, name: &str, count: usize) -> Result<Vec<f32>, String> {
        let Tensor { kind, shape, data } = self.get(name)?;
        let floats = data.as_chunks::<4>().0;
        if kind != FLOAT || shape != [1, count] || floats.len() < count {
            return Err(format!("`{name}` is not a row of {count} numbers"));
        }
        let floats: Vec<f32> = floats[..count].iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
        if floats.iter().all(|float| float.is_finite()) {
            Ok(floats)
        } else {
            Err(format!("`{name}` holds a number that is none"))
        }
    }

    /// A factor: a number greater than 0, as it is or as an 8-bit number with its own factor.
    fn factor(&self, name: &str) -> Result<f32, String> {
        let tensor = self.get(name)?;
        let factor = if tensor.kind == FLOAT {
            self.floats(name, 1)?[0]
        } else {
            let (values, factor) = self.bytes(name)?;
            values.first().map_or(0.0, |value| f32::from(*value) / factor)
        };
        if factor.is_finite() && factor > 0.0 { Ok(factor) } else { Err(format!("`{name}` is no factor")) }
    }

    /// 8-bit values with the factor they were multiplied by.
    fn bytes(&self, name: &str) -> Result<(&'a [i8], f32), String> {
        let Tensor { kind, shape: [rows, columns], data } = self.get(name)?;
        let float = kind == FLOAT;
        let wrong = || {
            let kind =
                if float { "32-bit numbers: fetch the 8-bit build of the model" } else { "no whole 8-bit matrix" };
            format!("`{name}` is {kind}")
        };
        let values = rows.checked_mul(columns).filter(|_| BYTES.contains(&kind)).ok_or_else(wrong)?;
        let (values, rest) = data.split_at_checked(values).ok_or_else(wrong)?;
        let factor = f32::from_le_bytes(*rest.first_chunk().ok_or_else(wrong)?);
        if factor.is_finite() && factor > 0.0 { Ok((bytemuck::cast_slice(values), factor)) } else { Err(wrong()) }
    }

    /// A matrix of the shape `[rows, columns]` whose columns are stored one after the other, with its factor.
    fn matrix(&self, name: &str, [rows, columns]: [usize; 2]) -> Result<(&'a [i8], f32), String> {
        let found = self.get(name)?.shape;
        if found != [rows, columns] {
            return Err(format!("`{name}` is {} by {}, not {rows} by {columns}", found[0], found[1]));
        }
        self.bytes(name)
    }

    /// The affine maps of the given names (weights, and bias where there is one) side by side: they all read the same
    /// values, of the width `rows`, and each makes `columns` of them.
    pub(crate) fn affine(
        &self,
        isa: Isa,
        names: &[(&str, Option<&str>)],
        [rows, columns]: [usize; 2],
    ) -> Result<Affine, String> {
        let (mut weights, mut scale, mut bias) = (Vec::new(), Vec::new(), Vec::new());
        let mut factor = None;
        for (name, bias_name) in names {
            let own = self.factor(&format!("{name}_QuantMultA"))?;
            if factor.replace(own).is_some_and(|factor: f32| factor.to_bits() != own.to_bits()) {
                return Err(format!("`{name}_QuantMultA` is not that of the maps beside it"));
            }
            let (matrix, of_weights) = self.matrix(name, [rows, columns])?;
            weights.push(matrix);
            scale.extend(std::iter::repeat_n(1.0 / (own * of_weights), columns));
            match bias_name {
                Some(name) => bias.extend(self.floats(name, columns)?),
                None => bias.extend(std::iter::repeat_n(0.0, columns)),
            }
        }
        let columns: Vec<&[i8]> = weights.iter().flat_map(|matrix| matrix.chunks_exact(rows)).collect();
        let matrix = Matrix::pack(isa, rows, columns.into_iter());
        Ok(Affine::new(matrix, factor.unwrap_or(1.0), scale, bias))
    }

    /// The embeddings of a vocabulary: a row of `wide` values for each piece.
    pub(crate) fn embeddings(&self, name: &str, wide: usize) -> Result<Embeddings, String> {
        let [pieces, columns] = self.get(name)?.shape;
        if columns != wide {
            return Err(format!("`{name}` is {columns} wide, not {wide}"));
        }
        let (values, factor) = self.bytes(name)?;
        Ok(Embeddings { values: values.to_vec(), wide, pieces, factor })
    }

    /// The factor for the activations of the map to the words: tied to the embeddings, it has a name of its own.
    pub(crate) fn output_factor(&self) -> Result<f32, String> {
        self.factor(if self.has("none_QuantMultA") { "none_QuantMultA" } else { "decoder_Wemb_QuantMultA" })
    }
}

/// The rows that stand for the pieces of a vocabulary.
#[derive(Debug)]
pub(crate) struct Embeddings {
    values: Vec<i8>,
    wide: usize,
    pieces: usize,
    factor: f32,
}

impl Embeddings {
    /// Pieces of the vocabulary.
    pub(crate) fn pieces(&self) -> usize {
        self.pieces
    }

    /// What the values were multiplied by.
    pub(crate) fn factor(&self) -> f32 {
        self.factor
    }

    /// Bytes of memory.
    pub(crate) fn bytes(&self) -> usize {
        self.values.len()
    }

    /// The rows of all pieces.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &[i8]> {
        self.values.chunks_exact(self.wide)
    }

    /// The row of a piece.
    pub(crate) fn row(&self, piece: u32) -> &[i8] {
        &self.values[piece as usize * self.wide..][..self.wide]
    }
}

/// What a description has to say, and whether it may leave it out.
const COMPUTED: &[(&str, &str, bool)] = &[
    ("type", "transformer", false),
    ("transformer-decoder-autoreg", "rnn", false),
    ("dec-cell", "ssru", false),
    ("transformer-ffn-activation", "relu", true),
    ("transformer-ffn-depth", "2", true),
    ("transformer-preprocess", "", true),
    ("transformer-postprocess", "dan", true),
    ("transformer-postprocess-top", "", true),
];

/// The numbers of a model that its file tells.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sizes {
    pub(crate) wide: usize,
    pub(crate) heads: usize,
    pub(crate) encoder_layers: usize,
    pub(crate) decoder_layers: usize,
    pub(crate) inner: usize,
}

impl Sizes {
    /// Reads the model's description, and refuses what this engine does not compute.
    pub(crate) fn read(tensors: &Tensors<'_>) -> Result<Self, String> {
        let description = tensors.text("special:model.yml")?;
        let value = |key: &str| {
            let mut lines = description.lines().filter_map(|line| line.split_once(':'));
            lines.find(|(name, _)| name.trim() == key).map(|(_, value)| value.trim().trim_matches('"'))
        };
        for &(key, wanted, optional) in COMPUTED {
            let found = value(key).unwrap_or(if optional { wanted } else { "" });
            if found != wanted {
                return Err(format!("it is a model with {key} = `{found}`, and the engine computes `{wanted}`"));
            }
        }
        let number = |key: &str, most: usize| {
            let number = value(key).and_then(|value| value.parse::<usize>().ok());
            number.filter(|number| (1..=most).contains(number)).ok_or_else(|| format!("its {key} is not a size"))
        };
        let sizes = Self {
            wide: number("dim-emb", 4096)?,
            heads: number("transformer-heads", 64)?,
            encoder_layers: number("enc-depth", 64)?,
            decoder_layers: number("dec-depth", 64)?,
            inner: number("transformer-dim-ffn", 16384)?,
        };
        let parts = sizes.wide.is_multiple_of(8 * sizes.heads);
        if !parts || !sizes.wide.is_multiple_of(16) || !sizes.inner.is_multiple_of(16) {
            return Err(format!("its {} dimensions do not part into {} heads", sizes.wide, sizes.heads));
        }
        Ok(sizes)
    }
}
