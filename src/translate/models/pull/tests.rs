use std::collections::HashMap;
use std::sync::Arc;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::*;
use crate::translate::models::pair_of;

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
            let location = format!("models/{version}/{name}.zst");
            let mut record = serde_json::json!({
                "name": name, "version": version, "fileType": kind, "architecture": "tiny",
                "sourceLanguage": "en", "targetLanguage": "pt",
                "decompressedHash": sha256(content), "decompressedSize": content.len(),
                "attachment": { "location": location, "hash": "", "size": 0, "filename": name, "mimetype": "" },
            });
            spoil(&mut record);
            records.push(record);
            if version == "3.0" {
                site.insert(location, packed(content));
            }
        }
    }
    site.insert(COLLECTION.to_owned(), serde_json::json!({ "data": records }).to_string().into_bytes());
    site
}

const FILES: &[(&str, &str, &[u8])] =
    &[("model", "model.enpt.intgemm.alphas.bin", b"weights"), ("vocab", "vocab.enpt.spm", b"words")];

async fn pulled(site: Site, dir: &Path, direction: &str) -> Result<Vec<ModelSet>, Error> {
    let mirror = Catalogue::mirror(&serve(site).await);
    pull(&[pair_of(direction).expect("a pair")], dir, &mirror).await
}

#[track_caller]
fn refuses(site: Site, direction: &str, wanted: &str) {
    let dir = tempfile::tempdir().expect("a folder");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let error = runtime.block_on(pulled(site, dir.path(), direction)).expect_err("an error");
    assert!(error.to_string().contains(wanted), "{error}");
    assert_eq!(fs::read_dir(dir.path()).expect("a folder").count(), 0, "something was left behind");
}

#[test]
fn the_newest_model_is_installed_whole() {
    let dir = tempfile::tempdir().expect("a folder");
    let old = dir.path().join("en-pt");
    fs::create_dir(&old).expect("a folder");
    fs::write(old.join("model.old.bin"), "old").expect("written");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let sets = runtime.block_on(pulled(site(FILES, |_| ()), dir.path(), "en-pt")).expect("a model");
    assert_eq!(sets.len(), 1);
    assert_eq!(sets[0].weights_sha256(), Ok(sha256(b"weights")));
    sets[0].verify().expect("checked files");
    assert_eq!(sets[0].files.len(), 2, "{:?}", sets[0].files);
    assert_eq!(fs::read_dir(dir.path()).expect("a folder").count(), 1);
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
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let sets = runtime.block_on(pulled(legs, dir.path(), "gl-pt")).expect("models");
    assert_eq!(sets.iter().map(|set| set.pair.to_string()).collect::<Vec<_>>(), ["en-pt", "gl-en"]);
}

#[test]
fn a_real_model_comes_through_as_it_is() {
    let demo = crate::translate::backends::firefox::tests::demo().join("en-pt");
    let read = |name: &str| fs::read(demo.join(name)).expect("a file");
    let (weights, words) = (read(FILES[0].1), read(FILES[1].1));
    let files = [("model", FILES[0].1, weights.as_slice()), ("vocab", FILES[1].1, words.as_slice())];
    let dir = tempfile::tempdir().expect("a folder");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let sets = runtime.block_on(pulled(site(&files, |_| ()), dir.path(), "en-pt")).expect("a model");
    assert_eq!(fs::read(dir.path().join("en-pt").join(FILES[0].1)).expect("a file"), weights);
    assert_eq!(sets[0].weights_sha256(), Ok(sha256(&weights)));
}

#[test]
fn what_is_not_the_listed_file_is_not_installed() {
    refuses(site(FILES, |record| record["decompressedHash"] = "0".repeat(64).into()), "en-pt", "SHA-256 is");
    refuses(site(FILES, |record| record["decompressedSize"] = 3.into()), "en-pt", "SHA-256 is");
    refuses(site(FILES, |record| record["name"] = "model/../../evil".into()), "en-pt", "is no model file");
    refuses(site(FILES, |record| record["name"] = ".bashrc".into()), "en-pt", "is no model file");
    refuses(site(FILES, |record| record["attachment"]["location"] = "gone".into()), "en-pt", "404");
    refuses(site(FILES, |_| ()), "en-gl", "there is no model for en-gl");
    let mut damaged = site(FILES, |_| ());
    damaged.insert("models/3.0/vocab.enpt.spm.zst".into(), b"<html>".to_vec());
    refuses(damaged, "en-pt", "damaged");
    refuses(Site::from([(COLLECTION.to_owned(), b"<html>".to_vec())]), "en-pt", "not a catalogue of models");
}
