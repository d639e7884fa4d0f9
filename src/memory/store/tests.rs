use std::fs;

use tempfile::TempDir;

use super::*;
use crate::model::{Money, Spent, Usage};

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("chancery.sqlite")
    }

    #[track_caller]
    fn store(&self) -> Store {
        let Opened { store, moved } = Store::open(&self.path()).expect("a store");
        assert_eq!(moved, None);
        store
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.path()).expect("a folder").flatten();
        let mut names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

fn key(text: &str) -> Key {
    Key::of(&[text.as_bytes()])
}

fn result(text: &str) -> (Key, String) {
    (key(text), format!("«{text}»"))
}

fn charge(characters: u64) -> Spent {
    let usage = Usage { requests: 1, characters, ..Usage::default() };
    Spent { usage, money: Money::from_number(2.5).for_each_of(characters) }
}

#[track_caller]
fn recalls(store: &Store, texts: &[&str], wanted: &[Option<&str>]) {
    let keys: Vec<Key> = texts.iter().map(|text| key(text)).collect();
    let found = store.recall(&keys).expect("an answer");
    assert_eq!(found.iter().map(Option::as_deref).collect::<Vec<_>>(), wanted);
}

#[test]
fn what_is_kept_outlives_the_process_that_kept_it() {
    let folder = Folder::new();
    folder.store().keep(&[result("a"), result("b")]).expect("kept");
    folder.store().keep(&[(key("b"), "other".into())]).expect("kept");
    recalls(&folder.store(), &["b", "c", "a"], &[Some("other"), None, Some("«a»")]);
    assert_eq!(folder.names(), ["chancery.sqlite"]);
}

#[test]
fn a_key_is_of_all_its_parts() {
    let parts: [&[&[u8]]; 5] = [&[b"ab", b"c"], &[b"a", b"bc"], &[b"abc"], &[b"ab", b"c", b""], &[b"ab", b"d"]];
    let keys: std::collections::BTreeSet<Key> = parts.iter().map(|parts| Key::of(parts)).collect();
    assert_eq!(keys.len(), parts.len());
}

#[test]
fn a_damaged_row_is_nothing_and_goes() {
    let folder = Folder::new();
    folder.store().keep(&[result("the first"), result("the second")]).expect("kept");
    let mut bytes = fs::read(folder.path()).expect("read");
    let at = bytes.windows(9).position(|window| window == b"the first").expect("the value");
    bytes[at] ^= 1;
    fs::write(folder.path(), bytes).expect("written");
    let store = folder.store();
    recalls(&store, &["the first", "the second"], &[None, Some("«the second»")]);
    assert_eq!(store.damaged(), 1);
    recalls(&store, &["the first"], &[None]);
    assert_eq!(store.damaged(), 1);
}

#[test]
fn a_damaged_file_is_moved_aside() {
    let folder = Folder::new();
    for (place, moved) in ["chancery.sqlite.broken", "chancery.sqlite.broken-2"].into_iter().enumerate() {
        folder.store().keep(&(0..500).map(|n| result(&n.to_string())).collect::<Vec<_>>()).expect("kept");
        let mut bytes = fs::read(folder.path()).expect("read");
        // The head of the file the first time, then pages in the middle.
        let damage = if place == 0 { 0..64 } else { 4096 * 3..4096 * 5 };
        bytes[damage].fill(0x5a);
        fs::write(folder.path(), bytes).expect("written");
        assert!(Store::look(&folder.path()).is_ok());
        let opened = Store::open(&folder.path()).expect("a store");
        assert_eq!(opened.moved, Some(folder.0.path().join(moved)));
        recalls(&opened.store, &["1"], &[None]);
    }
}

#[test]
fn a_file_of_a_later_version_or_another_program_is_left_alone() {
    let folder = Folder::new();
    drop(folder.store());
    let other = |batch: &str| {
        let connection = Connection::open(folder.path()).expect("opened");
        connection.execute_batch(batch).expect("changed");
    };
    other("PRAGMA user_version = 7");
    let newer = Error::Newer { path: folder.path(), found: 7, known: file::SCHEMA };
    assert_eq!(Store::open(&folder.path()).err(), Some(newer.clone()));
    assert_eq!(Store::look(&folder.path()).err(), Some(newer));
    other("PRAGMA application_id = 1");
    assert_eq!(Store::open(&folder.path()).err(), Some(Error::Foreign { path: folder.path() }));
    assert!(fs::create_dir(folder.0.path().join("d")).is_ok());
    assert!(matches!(Store::open(&folder.0.path().join("d")), Err(Error::Unusable { .. })));
}

#[test]
fn looking_writes_nothing() {
    let folder = Folder::new();
    assert!(Store::look(&folder.path()).expect("an answer").is_none());
    assert!(folder.names().is_empty());
    folder.store().keep(&[result("a")]).expect("kept");
    let before = fs::read(folder.path()).expect("read");
    recalls(&Store::look(&folder.path()).expect("an answer").expect("a store"), &["a"], &[Some("«a»")]);
    assert_eq!(folder.names(), ["chancery.sqlite"]);
    assert_eq!(fs::read(folder.path()).expect("read"), before);
    // While somebody writes, what is written is seen.
    let writer = folder.store();
    writer.keep(&[result("b")]).expect("kept");
    recalls(&Store::look(&folder.path()).expect("an answer").expect("a store"), &["b"], &[Some("«b»")]);
}

#[test]
fn a_reservation_holds_until_it_is_settled() {
    let folder = Folder::new();
    let store = folder.store();
    let within = |spent: Spent| spent.usage.characters <= 100;
    assert_eq!(store.reserve("a", charge(60), within), Ok(Ok(())));
    assert_eq!(store.reserve("b", charge(60), within), Ok(Err(charge(60))));
    store.settle("a", charge(60), charge(10)).expect("settled");
    assert_eq!(store.reserve("b", charge(60), within), Ok(Ok(())));
    drop(store);
    let spent = folder.store().spent().expect("an answer");
    assert_eq!(Vec::from_iter(spent), [("a".to_owned(), charge(10)), ("b".to_owned(), charge(60))]);
    folder.store().start_anew().expect("forgotten");
    assert!(folder.store().spent().expect("an answer").is_empty());
}

#[test]
fn several_at_once_lose_nothing_and_never_exceed() {
    let folder = Folder::new();
    // Stores of their own, as processes have them.
    let stores: Vec<Store> = (0..4).map(|_| Store::open(&folder.path()).expect("a store").store).collect();
    std::thread::scope(|scope| {
        for (place, store) in stores.iter().enumerate() {
            scope.spawn(move || {
                for n in 0..50 {
                    store.keep(&[result(&format!("{place} {n}"))]).expect("kept");
                    let reserved = store.reserve("a", charge(1), |spent| spent.usage.characters <= 120);
                    assert!(reserved.is_ok(), "{reserved:?}");
                }
            });
        }
    });
    let keys: Vec<Key> = (0..4).flat_map(|place| (0..50).map(move |n| key(&format!("{place} {n}")))).collect();
    assert!(stores[0].recall(&keys).expect("an answer").iter().all(Option::is_some));
    assert_eq!(stores[0].spent().expect("an answer")["a"].usage.characters, 120);
}
