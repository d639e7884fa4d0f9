//! The built-in engine behind `chancery serve`, used by a run through the LibreTranslate backend: two processes, real HTTP.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::process::Stdio;

use crate::desk::{Desk, repository};
use crate::process::Serving;
use crate::server::free_port;

/// A desk whose only backend is the server at `address`, with the glossary of the repository.
fn far(address: &str) -> Desk {
    let service = format!(
        "[translate]\nbackends = ['near']\nwindow = 8\n[backend.near]\nkind = 'libretranslate'\nurl = 'http://{address}'\n\
         codes = {{ pt = 'pt' }}\nconcurrency = 1\ntries = 2\nwait_s = 0.05\ndeadline_s = 5.0\npause_s = 0.2\n"
    );
    Desk::new().settings(&service, &repository("models"))
}

/// The translations in an output folder, by file, as plain text.
fn targets(desk: &Desk, folder: &str) -> BTreeMap<String, Vec<String>> {
    let files = desk.files(folder).into_iter().filter(|(name, _)| name.contains(".xlf"));
    let texts = |xliff: &str| xliff.split("<target").skip(1).filter_map(plain).collect();
    files.map(|(name, bytes)| (name, texts(&String::from_utf8_lossy(&bytes)))).collect()
}

/// The text of an element that begins in the middle of its tag.
fn plain(rest: &str) -> Option<String> {
    let inside = rest.split_once('>')?.1.split("</target>").next()?;
    Some(
        inside
            .split('<')
            .enumerate()
            .map(|(at, part)| if at == 0 { part } else { part.split_once('>').map_or("", |it| it.1) })
            .collect(),
    )
}

#[test]
fn translations_are_those_of_the_engine_itself() {
    let samples = ["briefing.md", "scraped-summit.txt", "climate-talks.html"];
    let arguments = [&["translate"][..], &samples, &["--to", "pt", "--from", "en"]].concat();
    let direct = samples.iter().fold(Desk::new(), |desk, sample| desk.sample(sample));
    assert!(matches!(direct.command(&arguments).output().expect("a run").status.code(), Some(0 | 1)));
    let serving = Serving::start(&direct, &[]);
    let far = samples.iter().fold(far(&serving.address), |desk, sample| desk.sample(sample));
    let run = far.command(&arguments).output().expect("a run");
    assert!(matches!(run.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&run.stderr));
    let (near, through) = (targets(&direct, "out"), targets(&far, "out"));
    assert_eq!(near.len(), samples.len());
    assert!(near.values().map(Vec::len).sum::<usize>() > 30, "{near:?}");
    assert_eq!(near, through);
    let report = far.report("out").to_string();
    assert!(report.contains("\"near\"") || report.contains("near"), "{report}");
}

/// An article of its own for each number.
fn article(number: usize) -> String {
    let sentence = |step: usize| {
        format!(
            "In round {step} of case {number} the delegates read {} letters and spoke with the press.",
            number * 10 + step
        )
    };
    format!("Report number {number}\n\n{}\n", (1..=8).map(sentence).collect::<Vec<_>>().join(" "))
}

const ARTICLES: usize = 24;

fn articles(desk: Desk) -> Desk {
    (0..ARTICLES)
        .fold(desk, |desk, number| desk.file(&format!("in/report-{number:02}.txt"), article(number).as_bytes()))
}

const TRANSLATE: &[&str] = &["translate", "in", "--to", "pt", "--from", "en"];

#[test]
fn a_run_whose_server_is_lost_in_the_middle_goes_on_when_it_is_back() {
    let direct = articles(Desk::new());
    let done = direct.command(TRANSLATE).output().expect("a run");
    assert!(matches!(done.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&done.stderr));
    let address = format!("127.0.0.1:{}", free_port());
    let desk = articles(far(&address));
    let serving = Serving::start_at(&direct, &address, &[]);
    let mut run = desk.command(&[TRANSLATE, &["--json"]].concat());
    let mut run = run.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
    let events = BufReader::new(run.stdout.take().expect("events"));
    let mut events = events.lines().map_while(Result::ok);
    assert!(events.any(|event| event.contains("\"event\":\"finished\"")));
    serving.kill();
    events.for_each(drop);
    let ended = run.wait_with_output().expect("its end");
    let (code, said) = (ended.status.code(), String::from_utf8_lossy(&ended.stderr).into_owned());
    assert!(matches!(code, Some(3 | 4)), "{code:?}: {said}");
    let kept = targets(&desk, "out");
    assert!(!kept.is_empty() && kept != targets(&direct, "out"), "{} of {ARTICLES}", kept.len());
    let again = Serving::start_at(&direct, &address, &[]);
    let ended = desk.command(TRANSLATE).output().expect("a run");
    assert!(matches!(ended.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&ended.stderr));
    assert_eq!(targets(&desk, "out"), targets(&direct, "out"));
    drop(again);
}
