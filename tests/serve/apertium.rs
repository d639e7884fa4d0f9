//! An article through Apertium's own server.

use crate::desk::Desk;
use crate::server::{Server, is_there};

#[test]
fn an_article_is_translated_by_the_real_server() {
    if !is_there("apertium-apy", "install Debian's apertium-apy and apertium-eng-spa, as .ci/tools does") {
        return;
    }
    let server = Server::start("apertium-apy", &["-p", "PORT", "/usr/share/apertium/modes"]);
    let settings =
        format!("[translate]\nbackends = ['apy']\n[backend.apy]\nkind = 'apertium'\nurl = '{}'\n", server.url);
    let article = "Talks begin in Geneva\n\nThe ministers arrived on Monday. They will speak about the agreement for three \
                   days, and the press waits outside.\n\nWho signs it is not known yet.\n";
    let desk = Desk::new().file("pipeline.toml", format!("{settings}[glossary]\npaths = []\n").as_bytes());
    let desk = desk.file("talks.txt", article.as_bytes());
    let run = desk.command(&["translate", "talks.txt", "--to", "es", "--from", "en"]).output().expect("a run");
    assert!(matches!(run.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&run.stderr));
    let files = desk.files("out");
    let xliff = files.iter().find(|(name, _)| name.contains(".xlf")).map(|(_, bytes)| String::from_utf8_lossy(bytes));
    let xliff = xliff.expect("an XLIFF");
    assert_eq!(xliff.matches("state=\"initial\"").count(), 4, "{xliff}");
    assert!(xliff.contains(">Los ministros llegaron el lunes.<") && xliff.contains(">Hablarán sobre"), "{xliff}");
    assert!(desk.report("out").to_string().contains("Apertium APy"));
}
