//! What a server answers: sound, or with each of the faults that wires and services have.

use std::io::Write;
use std::time::Duration;

use serde_json::{Value, json};

use crate::server::Request;
use crate::texts::translated;

/// The bytes of an answer, and what becomes of the connection.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub(crate) bytes: Vec<u8>,
    pub(crate) then: Then,
}

/// What becomes of a connection after an answer.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Then {
    /// It stays for the next request.
    Stay,
    /// It is closed in order.
    Close,
    /// It is torn down.
    Reset,
    /// It stays, and nothing more comes over it.
    Hang,
    /// The answer goes out byte by byte, with this pause after each.
    Drip(Duration),
    /// This is sent again and again.
    Endless(Vec<u8>),
}

impl Reply {
    /// An answer without success that says why, as the service does.
    pub(crate) fn status(status: u16) -> Self {
        Self::with_status(status, json!({ "error": "as planned" }).to_string().as_bytes())
    }

    /// An answer with this status and body.
    pub(crate) fn with_status(status: u16, body: &[u8]) -> Self {
        Self::new(status, "Content-Type: application/json\r\n", body)
    }

    /// An answer with success and this body.
    pub(crate) fn body(kind: &str, body: &[u8]) -> Self {
        Self::new(200, &format!("Content-Type: {kind}\r\n"), body)
    }

    /// An answer of sound JSON.
    pub(crate) fn json(value: &Value) -> Self {
        Self::body("application/json", value.to_string().as_bytes())
    }

    /// Whole translations of what was asked for.
    pub(crate) fn well(request: &Request) -> Self {
        Self::says(&request.texts.iter().map(|text| translated(text)).collect::<Vec<_>>())
    }

    /// These as translations.
    pub(crate) fn says(texts: &[String]) -> Self {
        Self::json(&json!({ "translatedText": texts }))
    }

    /// Sound translations, but for what `fault` makes of each, told its source.
    pub(crate) fn but(request: &Request, fault: impl Fn(&str, &mut String)) -> Self {
        let mut texts: Vec<String> = request.texts.iter().map(|text| translated(text)).collect();
        request.texts.iter().zip(&mut texts).for_each(|(source, target)| fault(source, target));
        Self::says(&texts)
    }

    /// With one more header.
    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        let first = self.bytes.iter().position(|byte| *byte == b'\n').expect("a status line") + 1;
        let _ = self.bytes.splice(first..first, format!("{name}: {value}\r\n").into_bytes());
        self
    }

    /// With another end.
    pub(crate) fn then(self, then: Then) -> Self {
        Self { then, ..self }
    }

    /// Only the first bytes, less `missing`.
    pub(crate) fn without_the_last(mut self, missing: usize) -> Self {
        self.bytes.truncate(self.bytes.len().saturating_sub(missing));
        self
    }

    /// These bytes as they are.
    pub(crate) fn raw(bytes: &[u8]) -> Self {
        Self { bytes: bytes.to_vec(), then: Then::Close }
    }

    /// The same, packed with gzip.
    pub(crate) fn packed(self) -> Self {
        let border = b"\r\n\r\n";
        let head = self.bytes.windows(4).position(|bytes| bytes == border).expect("a head") + border.len();
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(&self.bytes[head..]).expect("memory");
        Self::body("application/json", &packed.finish().expect("memory")).header("Content-Encoding", "gzip")
    }

    /// A body of `megabytes` once it is unpacked.
    pub(crate) fn gzip_bomb(megabytes: usize) -> Self {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        let piece = vec![b'a'; 1 << 20];
        packed.write_all(b"{\"translatedText\":[\"").expect("memory");
        (0..megabytes).for_each(|_| packed.write_all(&piece).expect("memory"));
        let packed = packed.finish().expect("memory");
        Self::body("application/json", &packed).header("Content-Encoding", "gzip")
    }

    fn new(status: u16, headers: &str, body: &[u8]) -> Self {
        let mut bytes =
            format!("HTTP/1.1 {status} Planned\r\n{headers}Content-Length: {}\r\n\r\n", body.len()).into_bytes();
        bytes.extend(body);
        Self { bytes, then: Then::Stay }
    }
}
