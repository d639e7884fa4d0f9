//! Reviewed XLIFF comes back: what reviewers did is published, and nothing else changes.

use std::fs;

use crate::desk::{Desk, Run};

const ARTICLE: &str = "Envoys meet in Geneva\n\nThe foreign minister met the special envoy in Geneva on Tuesday. The \
    talks will go on for three days.\n\nThe Security Council heard a report. A second meeting is planned.\n";

const XLIFF: &str = "out/a.en-pt.xlf";

/// A desk with an article that was translated, and its export in `back/`.
fn desk() -> Desk {
    exported(&[])
}

fn exported(flags: &[&str]) -> Desk {
    let desk = Desk::new().file("in/a.txt", ARTICLE.as_bytes());
    desk.run(&[&["translate", "in", "--to", "pt"], flags].concat()).exits(0);
    let export = fs::read(desk.path(XLIFF)).expect("an export");
    desk.file("back/a.xlf", &export)
}

/// The translation of the sentence with `source` in a file of XLIFF.
#[track_caller]
fn target<'x>(xliff: &'x str, source: &str) -> &'x str {
    let rest = xliff.split_once(&format!(">{source}</source>")).unwrap_or_else(|| panic!("no `{source}`")).1;
    let rest = rest.split_once("<target").expect("a target").1;
    rest.split_once('>').expect("a tag").1.split_once("</target>").expect("an end").0
}

const TALKS: &str = "The talks will go on for three days.";
const MEETING: &str = "A second meeting is planned.";

/// Writes `back/NAME`: the export with another translation of `source`.
#[track_caller]
fn edited(desk: Desk, name: &str, source: &str, text: &str) -> Desk {
    let export = desk.read("back/a.xlf");
    let old = format!(">{}</target>", target(&export, source));
    let edited = export.replacen(&old, &format!(">{text}</target>"), 1);
    assert_ne!(edited, export);
    desk.file(&format!("back/{name}"), edited.as_bytes())
}

#[track_caller]
fn merge(desk: &Desk, files: &[&str]) -> Run {
    desk.run(&[&["review", "merge"], files].concat())
}

#[test]
fn what_nobody_touched_changes_nothing() {
    for flags in [&[][..], &["--xliff", "1.2"]] {
        let desk = exported(flags);
        let before = desk.files("out");
        merge(&desk, &["back"]).exits(0).tells(&["in/a.txt: en to pt, 0 changed", "1 article, 0 changed"]);
        assert!(before == desk.files("out"), "a file was written");
    }
}

#[test]
fn an_edit_is_published() {
    for flags in [&[][..], &["--xliff", "1.2"]] {
        let desk = edited(exported(flags), "a.xlf", TALKS, "As conversações duram três dias.");
        merge(&desk, &["back"]).exits(0).tells(&["1 edited", "1 changed"]);
        assert!(desk.read("out/a.pt.html").contains("As conversações duram três dias."));
        assert_eq!(target(&desk.read(XLIFF), TALKS), "As conversações duram três dias.");
        assert!(desk.read("out/reviewed.tmx").contains("As conversações duram três dias."));
        let merged = desk.files("out");
        merge(&desk, &["back"]).exits(0).tells(&["0 changed"]);
        assert!(merged == desk.files("out"), "merging twice wrote something");
    }
}

#[test]
fn a_merge_that_was_killed_is_done_again() {
    let desk = edited(desk(), "a.xlf", TALKS, "As conversações duram três dias.");
    let before = desk.files("out");
    merge(&desk, &["back"]).exits(0);
    let merged = desk.files("out");
    // The record of the article was written, and nothing else.
    for (name, bytes) in before.iter().filter(|(name, _)| !name.starts_with("review/")) {
        fs::write(desk.path("out").join(name), bytes).expect("written");
    }
    merge(&desk, &["back"]).exits(0);
    for name in ["a.pt.html", "a.en-pt.xlf", "chancery.lock", "reviewed.tmx"] {
        assert!(merged[name] == desk.files("out")[name], "{name} is not as the merge left it");
    }
}

#[test]
fn no_later_run_overwrites_it() {
    let desk = edited(desk(), "a.xlf", TALKS, "As conversações duram três dias.");
    merge(&desk, &["back"]).exits(0);
    let merged = desk.files("out");
    desk.run(&["translate", "in", "--to", "pt"]).exits(0).tells(&["done before"]);
    assert!(merged == desk.files("out"), "the next run wrote something");
    // Other settings, and even a wish to overwrite, translate the rest anew and no more.
    let desk = desk.file("terms.toml", b"schema = 1\n[[concept]]\nid = \"meeting\"\nsource = \"our own\"\n[concept.terms]\nen = [{ t = \"second meeting\" }]\npt = [{ t = \"segunda sess\xc3\xa3o\" }]\n");
    desk.run(&["translate", "in", "--to", "pt", "--overwrite", "--glossary", "terms.toml"]).exits(0);
    let page = desk.read("out/a.pt.html");
    assert!(page.contains("As conversações duram três dias.") && page.contains("segunda sessão"), "{page}");
}

#[test]
fn a_broken_file_is_refused_with_its_line_and_leaves_nothing() {
    let desk = edited(desk(), "a.xlf", TALKS, "As conversações duram três dias.");
    let good = desk.read("back/a.xlf");
    let before = desk.files("out");
    let bomb = format!("<!DOCTYPE x [<!ENTITY a \"b\">]>{}", good.split_once("?>").expect("a declaration").1);
    let twice = good.replace("p1-2", "p1-1");
    let cut = &good[..good.len() * 2 / 3];
    let cases = [("cut.xlf", cut, "cut.xlf:"), ("bomb.xlf", &bomb, "DOCTYPE"), ("empty.xlf", "", "empty.xlf")];
    for (name, text, told) in cases {
        assert_ne!(text, twice);
        let path = format!("broken/{name}");
        fs::create_dir_all(desk.path("broken")).expect("a folder");
        fs::write(desk.path(&path), text).expect("written");
        merge(&desk, &[&path]).exits(3).tells(&["refused", told]);
        assert!(before == desk.files("out"), "{name} left something");
    }
    // What is whole is merged beside it.
    merge(&desk, &["broken", "back"]).exits(3).tells(&["refused", "1 edited"]);
}

#[test]
fn a_review_of_something_else_is_refused() {
    let desk = desk();
    let export = desk.read("back/a.xlf");
    let desk = desk.file("other/french.xlf", export.replace("trgLang=\"pt\"", "trgLang=\"fr\"").as_bytes());
    merge(&desk, &["other/french.xlf"]).exits(3).tells(&["from en to fr", "from en to pt"]);
    let desk = desk.file("new/b.txt", b"Prices rose\n\nPrices rose by three percent in March.\n");
    desk.run(&["translate", "new", "--to", "pt", "--out", "elsewhere"]).exits(0);
    merge(&desk, &["elsewhere/b.en-pt.xlf"]).exits(3).tells(&["new/b.txt", "not translated into this folder"]);
    merge(&desk, &["back", "--out", "in"]).exits(2).tells(&["no run wrote translations there"]);
    merge(&desk, &["in"]).exits(2).tells(&["no review under in"]);
}

#[test]
fn two_reviewers_may_not_overwrite_each_other() {
    let desk = edited(desk(), "ana.xlf", TALKS, "As conversações duram três dias.");
    let desk = edited(desk, "rui.xlf", TALKS, "O diálogo dura três dias.");
    let told = merge(&desk, &["back/ana.xlf", "back/rui.xlf"]).exits(3);
    told.tells(&["changed differently by two reviews", "back/rui.xlf has `O diálogo dura três dias.`"]);
    assert!(desk.read("out/a.pt.html").contains("As conversações duram três dias."));
    // By now the folder has a newer export, which his file lacks.
    merge(&desk, &["back/rui.xlf"]).exits(3).tells(&["refused", "older export"]);
    merge(&desk, &["back/rui.xlf", "--accept-older", "--prefer-file"]).exits(3);
    assert!(desk.read("out/a.pt.html").contains("O diálogo dura três dias."));
}

#[test]
fn a_file_reviewed_where_it_stands_is_kept() {
    let desk = edited(desk(), "a.xlf", TALKS, "As conversações duram três dias.");
    let reviewed = desk.read("back/a.xlf").replace("</xliff>", "<!-- seen --></xliff>");
    let desk = desk.file(XLIFF, reviewed.as_bytes());
    merge(&desk, &[XLIFF]).exits(0).tells(&["1 edited"]);
    let kept = desk
        .files("out")
        .into_iter()
        .any(|(name, bytes)| name.starts_with("review/a.en-pt.") && bytes == reviewed.as_bytes());
    assert!(kept, "the reviewer's own file is gone");
}

#[test]
fn an_output_that_somebody_else_changed_stops_the_merge() {
    let desk = edited(desk(), "a.xlf", TALKS, "As conversações duram três dias.");
    let desk = desk.file("out/a.pt.html", b"mine");
    merge(&desk, &["back"]).exits(3).tells(&["out/a.pt.html", "not among the merged files"]);
    assert_eq!(desk.read("out/a.pt.html"), "mine");
}

#[test]
fn the_glossary_is_asked_again() {
    let desk = edited(desk(), "a.xlf", "The Security Council heard a report.", "O conselho ouviu um relatório.");
    merge(&desk, &["back"]).exits(1).tells(&["T001", "Conselho de Segurança"]);
    assert!(desk.read(XLIFF).contains("T001 error"), "the next reviewer is not told");
}

#[test]
fn a_dry_run_writes_nothing() {
    let desk = edited(desk(), "a.xlf", TALKS, "As conversações duram três dias.");
    let before = desk.files("out");
    merge(&desk, &["back", "--dry-run"]).exits(0).tells(&["1 edited", "nothing was written"]);
    let status = desk.run(&["review", "status", "back"]).exits(0);
    assert!(status.stdout().contains("1 edited"), "{}", status.stdout());
    let diff = desk.run(&["review", "diff", "back"]).exits(0);
    assert!(
        diff.stdout().contains("[-conversas continuarão por-]{+conversações duram+} três dias"),
        "{}",
        diff.stdout()
    );
    assert!(before == desk.files("out"), "a file was written");
}

#[test]
fn a_folder_tells_how_far_it_is() {
    let desk = edited(desk(), "a.xlf", MEETING, "Está prevista uma segunda sessão.");
    merge(&desk, &["back"]).exits(0);
    let status = desk.run(&["review", "status"]).exits(0).stdout();
    assert!(status.contains("       5         1         0       1       0  in/a.txt to pt"), "{status}");
    let diff = desk.run(&["review", "diff", "--json"]).exits(0).stdout();
    let diff: serde_json::Value = serde_json::from_str(&diff).expect("JSON");
    assert_eq!(diff["segments"][0]["after"], "Está prevista uma segunda sessão.");
}

#[test]
fn what_reviewers_note_is_told() {
    let desk = desk();
    let export = desk.read("back/a.xlf");
    let at = export.find("<notes>").map_or_else(|| export.find("<segment").expect("a segment"), |at| at + 7);
    let note = "<note category=\"Ana\">Which envoy?</note>";
    let note = if export[at..].starts_with("<segment") { format!("<notes>{note}</notes>") } else { note.to_owned() };
    let noted = format!("{}{note}{}", &export[..at], &export[at..]);
    let desk = desk.file("back/a.xlf", noted.as_bytes());
    merge(&desk, &["back"]).exits(0).tells(&["note: Ana: Which envoy?"]);
    assert!(desk.read(XLIFF).contains("Which envoy?"));
    let before = desk.files("out");
    let again = fs::read(desk.path(XLIFF)).expect("an export");
    let desk = desk.file("back/a.xlf", &again);
    merge(&desk, &["back"]).exits(0).tells(&["0 changed"]);
    assert!(before == desk.files("out"), "the note came back as another");
}
