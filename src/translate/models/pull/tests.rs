use std::collections::HashMap;
use std::sync::Arc;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::*;
use crate::model::sha256;
use crate::translate::models::{Silence, pair_of};

/// Where a mirror has its list.
const COLLECTION: &str = "v1/buckets/main/collections/translations-models-v2/records";

/// What a server has under each path.
type Site = HashMap<String, Vec<u8>>;

/// Serves `site` on this machine; answers its address.
async fn serve(site: Site) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let site = Arc::new(site);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let site = Arc::clone(&site);
            tokio::spawn(async move {
                let mut request = vec![0; 4096];
                let length = stream.read(&mut request).await.unwrap_or(0);
                let request = String::from_utf8_lossy(&request[..length]).into_owned();
                let path = request.split(' ').nth(1).unwrap_or("/").trim_start_matches('/').to_owned();
                let (status, body) = site.get(&path).map_or(("404 Not Found", &[][..]), |body| ("200 OK", body));
                let head = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
                let _ = stream.write_all(head.as_bytes()).await;
                let _ = stream.write_all(body).await;
            });
        }
    });
    address
}

fn packed(content: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(content, ruzstd::encoding::CompressionLevel::Fastest)
}

/// A catalogue of one model, in the shape of Firefox's; `spoil` may change a record.
fn site(files: &[(&str, &str, &[u8])], spoil: impl Fn(&mut serde_json::Value)) -> Site {
    let mut site = Site::new();
    let mut records = vec![serde_json::json!({ "id": "a record of another shape" })];
    for version in ["2.9", "3.0", "3.0a1"] {
        for (kind, name, content) in files {
            let (location, packed) = (format!("models/{version}/{name}.zst"), packed(content));
            let mut record = serde_json::json!({
                "name": name, "version": version, "fileType": kind, "architecture": "tiny",
                "sourceLanguage": "en", "targetLanguage": "pt",
                "decompressedHash": sha256(content), "decompressedSize": content.len(),
                "attachment": { "location": location, "hash": sha256(&packed), "size": packed.len(), "mimetype": "application/zstd" },
            });
            spoil(&mut record);
            records.push(record);
            if version == "3.0" {
                site.insert(location, packed);
            }
        }
    }
    site.insert(COLLECTION.to_owned(), serde_json::json!({ "data": records }).to_string().into_bytes());
    site
}

const FILES: &[(&str, &str, &[u8])] =
    &[("model", "model.enpt.intgemm.alphas.bin", b"weights"), ("vocab", "vocab.enpt.spm", b"words")];

fn pulled(site: Site, dir: &Path, direction: &str) -> Result<Vec<Pulled>, Error> {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let mirror = Catalogue::mirror(&serve(site).await)?;
        let session = Session::new(&mirror, &Silence)?;
        let listing = session.listing().await?;
        pull(&session, &listing.choose(pair_of(direction).expect("a pair"), None)?, dir).await
    })
}

/// What is in a folder besides the place for what is under way, which is empty but for its lock.
#[track_caller]
fn shown(dir: &Path) -> Vec<String> {
    let names = |dir: &Path| {
        let entries = fs::read_dir(dir).map(|entries| entries.flatten().collect::<Vec<_>>()).unwrap_or_default();
        let mut names: Vec<_> = entries.iter().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    };
    let left = names(&dir.join(".pull"));
    assert!(
        left.iter().all(|name| name == "lock" || name.strip_suffix(".part").is_some_and(|sum| sum.len() == 64)),
        "{left:?} was left behind"
    );
    names(dir).into_iter().filter(|name| name != ".pull").collect()
}

#[track_caller]
fn refuses(site: Site, direction: &str, wanted: &str) {
    let dir = tempfile::tempdir().expect("a folder");
    let error = pulled(site, dir.path(), direction).expect_err("an error");
    assert!(error.to_string().contains(wanted), "{error}");
    assert_eq!(shown(dir.path()), [""; 0]);
}

#[test]
fn the_newest_model_is_installed_whole() {
    let dir = tempfile::tempdir().expect("a folder");
    let old = dir.path().join("en-pt");
    fs::create_dir(&old).expect("a folder");
    fs::write(old.join("model.old.bin"), "old").expect("written");
    let sets = pulled(site(FILES, |_| ()), dir.path(), "en-pt").expect("a model");
    assert_eq!(sets.len(), 1);
    let set = &sets[0].set;
    assert_eq!(set.weights_sha256(), Ok(sha256(b"weights")));
    assert_eq!(set.state(), State::Checked);
    assert_eq!(set.files.len(), 2, "{:?}", set.files);
    assert_eq!(shown(dir.path()), ["en-pt"]);
    let again = pulled(site(FILES, |_| ()), dir.path(), "en-pt").expect("a model");
    assert!(sets[0].fresh && !again[0].fresh);
}

#[test]
fn a_pair_without_a_model_gets_both_legs() {
    let mut legs = site(FILES, |_| ());
    let galician = site(FILES, |record| {
        record["sourceLanguage"] = "gl".into();
        record["targetLanguage"] = "en".into();
    });
    let records = |site: &Site| serde_json::from_slice::<serde_json::Value>(&site[COLLECTION]).expect("a list");
    let mut all = records(&legs)["data"].as_array().expect("records").clone();
    all.extend(records(&galician)["data"].as_array().expect("records").clone());
    legs.insert(COLLECTION.to_owned(), serde_json::json!({ "data": all }).to_string().into_bytes());
    let dir = tempfile::tempdir().expect("a folder");
    pulled(legs, dir.path(), "gl-pt").expect("models");
    assert_eq!(shown(dir.path()), ["en-pt", "gl-en"]);
}

#[test]
fn what_is_not_the_listed_file_is_not_installed() {
    refuses(site(FILES, |record| record["decompressedHash"] = "0".repeat(64).into()), "en-pt", "SHA-256 is");
    refuses(site(FILES, |record| record["decompressedSize"] = 3.into()), "en-pt", "has not the 3 bytes");
    refuses(site(FILES, |record| record["attachment"]["hash"] = "0".repeat(64).into()), "en-pt", "SHA-256 is");
    refuses(site(FILES, |record| record["attachment"]["hash"] = "../x".into()), "en-pt", "has no SHA-256");
    refuses(site(FILES, |record| record["attachment"]["size"] = 3.into()), "en-pt", "longer than the 3 bytes listed");
    refuses(site(FILES, |record| record["decompressedSize"] = (5_u64 << 30).into()), "en-pt", "is longer than");
    refuses(site(FILES, |record| record["name"] = "model./../../evil.bin".into()), "en-pt", "is not the name of a");
    refuses(site(FILES, |record| record["name"] = ".bashrc".into()), "en-pt", "is not the name of a");
    refuses(
        site(FILES, |record| record["name"] = "model.\u{1b}[2J.bin".into()),
        "en-pt",
        "`model.\\u{1b}[2J.bin` is not",
    );
    refuses(site(FILES, |record| record["attachment"]["location"] = "\u{1b}[2J".into()), "en-pt", "has no address");
    refuses(site(FILES, |record| record["architecture"] = "\u{1b}[2J".into()), "en-pt", "there is no model for en-pt");
    refuses(site(FILES, |record| record["decompressedSize"] = u64::MAX.into()), "en-pt", "is longer than");
    refuses(site(FILES, |record| record["attachment"]["size"] = u64::MAX.into()), "en-pt", "is longer than");
    refuses(site(FILES, |record| record["attachment"]["location"] = "gone".into()), "en-pt", "404");
    refuses(site(FILES, |_| ()), "en-gl", "there is no model for en-gl");
    refuses(site(&FILES[..1], |_| ()), "en-pt", "there is no model for en-pt");
    refuses(Site::from([(COLLECTION.to_owned(), b"<html>".to_vec())]), "en-pt", "not a catalogue of models");
    let html = |record: &mut serde_json::Value| {
        record["attachment"]["hash"] = sha256(b"<html>").into();
        record["attachment"]["size"] = 6.into();
    };
    let mut damaged = site(FILES, html);
    damaged.values_mut().filter(|body| !body.starts_with(b"{")).for_each(|body| *body = b"<html>".to_vec());
    refuses(damaged, "en-pt", "damaged");
}

#[test]
fn a_model_with_more_vocabularies_than_it_can_use_is_not_offered() {
    let both = [FILES, &[("srcvocab", "srcvocab.enpt.spm", b"words"), ("trgvocab", "trgvocab.enpt.spm", b"words")]];
    refuses(site(&both.concat(), |_| ()), "en-pt", "there is no model for en-pt");
    let dir = tempfile::tempdir().expect("a folder");
    pulled(site(&[&FILES[..1], both[1]].concat(), |_| ()), dir.path(), "en-pt").expect("a model");
}

#[test]
fn what_is_no_model_is_not_lost_with_the_one_that_is_replaced() {
    let dir = tempfile::tempdir().expect("a folder");
    let folder = dir.path().join("en-pt");
    fs::create_dir_all(folder.join("mine")).expect("a folder");
    let error = pulled(site(FILES, |_| ()), dir.path(), "en-pt").expect_err("a folder of somebody's");
    assert!(error.to_string().contains("en-pt/mine: it is no file of a model set"), "{error}");
    fs::remove_dir(folder.join("mine")).expect("removed");
    fs::write(folder.join("notes.txt"), "mine").expect("written");
    pulled(site(FILES, |_| ()), dir.path(), "en-pt").expect_err("a file of somebody's");
    assert_eq!(fs::read(folder.join("notes.txt")).expect("still there"), b"mine");
}

#[test]
fn a_description_that_cannot_be_read_is_mended_by_fetching_again() {
    let dir = tempfile::tempdir().expect("a folder");
    let sets = pulled(site(FILES, |_| ()), dir.path(), "en-pt").expect("a model");
    let description = sets[0].set.dir.join(DESCRIPTION);
    let text = fs::read_to_string(&description).expect("a description");
    for wrong in ["{", &text.replace("\"pt\"", "\"fr\""), &text.replace("tiny", "\\u001b[2J")] {
        fs::write(&description, wrong).expect("written");
        assert!(sets[0].set.description().is_err(), "{wrong}");
        let again = pulled(site(FILES, |_| ()), dir.path(), "en-pt").expect("a model");
        assert!(again[0].fresh && again[0].set.description().is_ok(), "{wrong}");
    }
}

#[test]
fn a_password_of_a_mirror_is_neither_told_nor_written_down() {
    assert_eq!(super::shown("https://me:secret@host/path"), "https://host/path");
    assert_eq!(super::shown("https://host/path"), "https://host/path");
    let error = Catalogue::mirror("https://me:secret@host/?query").expect_err("an error");
    assert!(!error.to_string().contains("secret"), "{error}");
    let catalogue = Catalogue::mirror("https://me:secret@host/").expect("a mirror");
    let body = serde_json::json!({ "data": [] }).to_string();
    let listing = Listing::parse(&catalogue.records, body.as_bytes()).expect("a list");
    let error = listing.choose(pair_of("en-pt").expect("a pair"), None).expect_err("an empty list");
    assert!(error.to_string().starts_with("https://host/"), "{error}");
}

#[test]
fn a_pull_that_died_between_two_renames_leaves_a_model_that_serves() {
    let dir = tempfile::tempdir().expect("a folder");
    pulled(site(FILES, |_| ()), dir.path(), "en-pt").expect("a model");
    let (folder, aside) = (dir.path().join("en-pt"), dir.path().join(".pull/old-en-pt"));
    fs::rename(&folder, &aside).expect("set aside");
    fs::create_dir(dir.path().join(".pull/new-en-pt")).expect("a half-made set");
    let sets = crate::translate::models::list(&[dir.path().to_owned()]).expect("sets");
    assert_eq!((sets[0].dir.as_path(), sets[0].state()), (aside.as_path(), State::Checked));
    let again = pulled(site(FILES, |_| ()), dir.path(), "en-pt").expect("a model");
    assert!(!again[0].fresh, "it was put back, not fetched again");
    assert_eq!(shown(dir.path()), ["en-pt"]);
}
