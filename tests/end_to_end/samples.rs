//! The samples: what the README shows is what a run gives.

use chancery::xliff;

use crate::desk::Desk;

const SAMPLES: &[&str] = &["scraped-summit.txt", "climate-talks.html", "briefing.md", "mixed-statement.txt"];

fn translated(arguments: &[&str]) -> Desk {
    let desk = SAMPLES.iter().fold(Desk::new(), |desk, sample| desk.sample(sample));
    let all: Vec<&str> = ["translate"].iter().chain(SAMPLES).chain(&["--to", "pt"]).chain(arguments).copied().collect();
    desk.run(&all).exits(0);
    desk
}

#[test]
fn every_sample_is_translated_whole() {
    let desk = translated(&[]);
    let report = desk.report("out");
    assert_eq!(report["totals"]["complete"], SAMPLES.len());
    assert_eq!(report["totals"]["segments"]["failed"], 0);
    let index = desk.read("out/index.html");
    for row in report["articles"].as_array().expect("rows") {
        for output in row["outputs"].as_array().expect("outputs") {
            let path = output["path"].as_str().expect("a path");
            assert!(desk.path("out").join(path).exists(), "{path}");
            assert!(index.contains(path), "the index does not link {path}");
        }
        assert_eq!(row["engines"][0]["models"][0]["sha256"].as_str().map(str::len), Some(64));
    }
}

#[test]
fn both_versions_of_xliff_say_the_same() {
    let (new, old) = (translated(&["--xliff", "2.0"]), translated(&["--xliff", "1.2"]));
    for slug in ["scraped-summit", "climate-talks", "briefing", "mixed-statement"] {
        let name = format!("out/{slug}.en-pt.xlf");
        let segments = |desk: &Desk| {
            let text = desk.read(&name);
            let read = xliff::files(name.as_ref(), text.as_bytes()).expect("XLIFF");
            let text = |segment: &xliff::Segment| {
                (segment.source.text.clone(), segment.target.clone().map(|target| target.text))
            };
            read.iter().flat_map(xliff::File::segments).map(|(_, segment)| text(segment)).collect::<Vec<_>>()
        };
        assert!(new.read(&name).contains("version=\"2.0\"") && old.read(&name).contains("version=\"1.2\""));
        assert_eq!(segments(&new), segments(&old));
        assert!(segments(&new).iter().all(|(_, target)| target.as_ref().is_some_and(|target| !target.is_empty())));
    }
}

#[test]
fn glossary_terms_reach_the_reviewer() {
    let desk = translated(&[]);
    let xliff = desk.read("out/scraped-summit.en-pt.xlf");
    assert!(xliff.contains("Charter of the United Nations = Carta das Nações Unidas"), "no glossary note:\n{xliff}");
    assert!(xliff.contains("gls:glossEntry"));
}
