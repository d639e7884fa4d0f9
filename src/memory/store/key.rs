//! What a result is kept under.

use crate::model::Sha256;

/// The first 16 bytes of the SHA-256 over all that a result depends on.
///
/// Of a thousand million keys two are alike by chance once in 10^21 times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key([u8; 16]);

impl Key {
    /// The key of `parts`: another one where a part differs, or where two parts meet elsewhere.
    #[must_use]
    pub fn of(parts: &[&[u8]]) -> Self {
        let mut sum = Sha256::default();
        for part in parts {
            sum.update(&(part.len() as u64).to_le_bytes());
            sum.update(part);
        }
        let mut key = [0; 16];
        key.copy_from_slice(&sum.digest()[..16]);
        Self(key)
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }
}
