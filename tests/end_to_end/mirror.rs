//! A mirror of the catalogue of models on this machine: real records, real files, and faults on request. It answers as a
//! proxy, too.

use std::collections::{HashMap, VecDeque};
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use sha2::{Digest as _, Sha256};

const RECORDS: &str = "v1/buckets/main/collections/translations-models-v2/records";

/// What goes wrong with one request.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Fault {
    /// The connection ends after so many bytes of the body.
    Cut(usize),
    /// Another status, with a header of its own.
    Status(&'static str),
    /// The whole file comes, whatever was asked for.
    WholeFile,
    /// The body comes in pieces, with pauses.
    Slow,
}

/// A model that the mirror has: its version and architecture, and its files by kind and name.
pub(crate) struct Model<'a> {
    pub(crate) version: &'a str,
    pub(crate) architecture: &'a str,
    pub(crate) files: Vec<(&'a str, &'a str, Vec<u8>)>,
}

#[derive(Default)]
struct Site {
    bodies: HashMap<String, Vec<u8>>,
    faults: Mutex<HashMap<String, VecDeque<Fault>>>,
    requests: Mutex<Vec<String>>,
}

/// A mirror that serves until the test ends.
pub(crate) struct Mirror {
    pub(crate) address: String,
    site: Arc<Site>,
}

pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Where the mirror has a file.
pub(crate) fn location(version: &str, architecture: &str, name: &str) -> String {
    format!("main-workspace/translations-models-v2/{version}-{architecture}-{name}.zst")
}

impl Mirror {
    /// Serves models of English to Portuguese, among records that are none.
    pub(crate) fn serve(models: &[Model<'_>]) -> Self {
        let mut site = Site::default();
        let mut records = vec![
            serde_json::json!({ "id": "a record of another shape" }),
            serde_json::json!({ "name": "model.xx.bin", "fileType": "model", "attachment": null }),
        ];
        for Model { version, architecture, files } in models {
            for (kind, name, content) in files {
                let packed =
                    ruzstd::encoding::compress_to_vec(&content[..], ruzstd::encoding::CompressionLevel::Fastest);
                let location = location(version, architecture, name);
                records.push(serde_json::json!({
                    "name": name, "version": version, "fileType": kind, "architecture": architecture,
                    "sourceLanguage": "en", "targetLanguage": "pt", "schema": 1, "id": location, "last_modified": 1,
                    "decompressedHash": sha256(content), "decompressedSize": content.len(),
                    "attachment": {
                        "hash": sha256(&packed), "size": packed.len(), "location": location,
                        "filename": format!("{name}.zst"), "mimetype": "application/zstd",
                    },
                }));
                site.bodies.insert(location, packed);
            }
        }
        site.bodies.insert(RECORDS.to_owned(), serde_json::json!({ "data": records }).to_string().into_bytes());
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let site = Arc::new(site);
        let served = Arc::clone(&site);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let site = Arc::clone(&served);
                std::thread::spawn(move || site.answer(stream));
            }
        });
        Self { address, site }
    }

    /// What goes wrong with the next requests for a path that ends so.
    pub(crate) fn fails(&self, path: &str, faults: &[Fault]) {
        self.site.faults.lock().expect("faults").insert(path.to_owned(), faults.iter().copied().collect());
    }

    /// The requests so far: what was asked for, and from which byte on.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.site.requests.lock().expect("requests").clone()
    }

    /// The length of a packed file.
    pub(crate) fn length(&self, location: &str) -> usize {
        self.site.bodies[location].len()
    }
}

impl Site {
    /// Answers one request; that the other side goes away is fine.
    fn answer(&self, mut stream: TcpStream) -> Option<()> {
        let mut lines = BufReader::new(stream.try_clone().ok()?).lines();
        let first = lines.next()?.ok()?;
        let mut from = 0;
        for line in lines.by_ref().map_while(Result::ok).take_while(|line| !line.is_empty()) {
            if let Some(range) = line.to_ascii_lowercase().strip_prefix("range: bytes=") {
                from = range.trim_end_matches('-').parse().ok()?;
            }
        }
        let target = first.split(' ').nth(1)?.to_owned();
        self.requests.lock().expect("requests").push(format!("{first} from {from}"));
        // A proxy is asked for whole addresses.
        let path = target.strip_prefix("http://models.invalid").unwrap_or(&target).trim_start_matches('/').to_owned();
        let fault = self.fault(&path);
        let Some(body) = self.bodies.get(&path) else {
            return head(&mut stream, "404 Not Found\r\ncontent-length: 0");
        };
        if let Some(Fault::Status(status)) = fault {
            return head(&mut stream, &format!("{status}\r\ncontent-length: 0"));
        }
        let from = if matches!(fault, Some(Fault::WholeFile)) { 0 } else { from };
        let status = match from {
            0 => "200 OK".to_owned(),
            _ => format!("206 Partial Content\r\ncontent-range: bytes {from}-{}/{}", body.len() - 1, body.len()),
        };
        head(&mut stream, &format!("{status}\r\ncontent-length: {}", body.len() - from))?;
        match fault {
            Some(Fault::Cut(length)) => stream.write_all(&body[from..from + length]).ok(),
            Some(Fault::Slow) => body[from..].chunks(body.len() / 5 + 1).try_for_each(|piece| {
                std::thread::sleep(Duration::from_millis(100));
                stream.write_all(piece).ok()
            }),
            _ => stream.write_all(&body[from..]).ok(),
        }
    }

    fn fault(&self, path: &str) -> Option<Fault> {
        let mut faults = self.faults.lock().expect("faults");
        let (_, of_path) = faults.iter_mut().find(|(end, _)| path.ends_with(end.as_str()))?;
        of_path.pop_front()
    }
}

fn head(stream: &mut TcpStream, status: &str) -> Option<()> {
    stream.write_all(format!("HTTP/1.1 {status}\r\nconnection: close\r\n\r\n").as_bytes()).ok()
}
