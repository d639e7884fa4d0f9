//! The words that may come up in the translation of a sentence.
//!
//! Layout of a `lex.*.bin` file, in little-endian: six 64-bit numbers (magic, checksum, how many of the commonest words
//! always belong, how many for each source word, offsets, words), then the offsets, 64 bits each, and the words, 32
//! bits each. Law: no offset leads out of the file, and no word out of the vocabulary.

/// For each source piece the target pieces that may render it.
#[derive(Debug)]
pub(crate) struct Shortlist {
    always: u32,
    offsets: Vec<u32>,
    words: Vec<u32>,
}

impl Shortlist {
    /// Reads a file for a target vocabulary of so many pieces.
    ///
    /// # Errors
    /// Says what is wrong with a file that is not whole.
    pub(crate) fn read(file: &[u8], pieces: usize) -> Result<Self, String> {
        let (numbers, _) = file.as_chunks::<8>();
        let number = |at: usize| -> Result<usize, String> {
            let bytes = numbers.get(at).ok_or("it is cut off")?;
            usize::try_from(u64::from_le_bytes(*bytes)).map_err(|_| "it is cut off".to_owned())
        };
        let (always, offsets, words) = (number(2)?, number(4)?, number(5)?);
        let body = offsets.checked_mul(8).zip(words.checked_mul(4)).and_then(|(a, b)| a.checked_add(b));
        if body.and_then(|body| body.checked_add(48)) != Some(file.len()) {
            return Err("it is not as long as its head says".to_owned());
        }
        let (offsets, words) = file[48..].split_at(8 * offsets);
        let words: Vec<u32> = words.as_chunks::<4>().0.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect();
        let offset = |bytes: &[u8; 8]| u32::try_from(u64::from_le_bytes(*bytes)).ok();
        let offsets: Option<Vec<u32>> = offsets.as_chunks::<8>().0.iter().map(offset).collect();
        let offsets = offsets.filter(|offsets| offsets.is_sorted());
        let offsets = offsets.filter(|offsets| offsets.last().is_none_or(|last| *last as usize <= words.len()));
        let offsets = offsets.ok_or("an offset leads out of it")?;
        let always = u32::try_from(always).ok().filter(|always| *always as usize <= pieces);
        match always {
            Some(always) if words.iter().all(|word| (*word as usize) < pieces) => Ok(Self { always, offsets, words }),
            _ => Err("it has words that are not in the vocabulary".to_owned()),
        }
    }

    /// The target pieces for a sentence, in order; with the source pieces themselves where the vocabulary is `shared`.
    pub(crate) fn candidates(&self, source: &[u32], shared: bool, chosen: &mut Vec<u32>) {
        chosen.extend(0..self.always);
        for &piece in source {
            let at = piece as usize;
            if let Some(&[from, to]) = self.offsets.get(at..at + 2) {
                chosen.extend_from_slice(&self.words[from as usize..to as usize]);
            }
        }
        if shared {
            chosen.extend_from_slice(source);
        }
    }

    /// Bytes of memory.
    pub(crate) fn bytes(&self) -> usize {
        4 * (self.offsets.len() + self.words.len())
    }
}
