//! The one way that a hash is written.

use std::fmt::Write as _;

use sha2::Digest as _;

/// SHA-256 of `bytes`: 64 digits of lower-case hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    let mut sum = Sha256::default();
    sum.update(bytes);
    sum.finish()
}

/// SHA-256 of bytes that come piece by piece.
#[derive(Debug, Clone, Default)]
pub struct Sha256(sha2::Sha256);

impl Sha256 {
    /// Takes the next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The sum of all bytes taken, as 32 bytes.
    #[must_use]
    pub fn digest(self) -> [u8; 32] {
        self.0.finalize().into()
    }

    /// The sum of all bytes taken: 64 digits of lower-case hexadecimal.
    #[must_use]
    pub fn finish(self) -> String {
        self.digest().iter().fold(String::with_capacity(64), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Sha256, sha256};

    #[test]
    fn a_hash_is_written_as_sha256sum_writes_it() {
        assert_eq!(sha256(b""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    #[test]
    fn pieces_have_the_sum_of_the_whole() {
        let mut sum = Sha256::default();
        for piece in ["Vien", "", "tiane"] {
            sum.update(piece.as_bytes());
        }
        assert_eq!(sum.finish(), sha256(b"Vientiane"));
    }
}
