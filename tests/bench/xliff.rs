//! How fast XLIFF is read, in megabytes a second of processor time, and how much memory that takes.
//!
//! The documents are made as they are read, so that all memory is the reader's: 100 MB of articles of 1 MB each, and of one
//! article. A line that falls short of 150 MB/s says so; reading has to leave room for the merge.
//!
//! `cargo bench --bench xliff`.
#![expect(clippy::print_stdout, reason = "a benchmark's output is its result")]

#[path = "clock.rs"]
#[expect(dead_code, reason = "one run tells enough")]
mod clock;

use std::io::Read;

use chancery::xliff::{self, File};

/// How much is read, in bytes.
const SIZE: usize = 100_000_000;

/// How much has to be read in a second, in megabytes.
const WANTED: f64 = 150.0;

/// A document made of a beginning, one part over and over, and an end.
struct Made {
    head: Vec<u8>,
    part: Vec<u8>,
    tail: Vec<u8>,
    times: usize,
    at: usize,
}

impl Read for Made {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if self.at == self.head.len() && self.times > 0 {
            (self.head, self.at, self.times) = (self.part.clone(), 0, self.times - 1);
        } else if self.at == self.head.len() {
            (self.head, self.at) = (std::mem::take(&mut self.tail), 0);
        }
        let read = (&self.head[self.at..]).read(into)?;
        self.at += read;
        Ok(read)
    }
}

/// A unit of XLIFF 2 as the lean profile writes it.
fn unit_2(id: usize) -> String {
    format!(
        "   <unit id=\"u{id}\" name=\"a-p{id}\" canResegment=\"no\">\n    <notes>\n     <note id=\"n1\" category=\"glossary\" \
         appliesTo=\"source\" priority=\"2\">principle of peaceful coexistence = princípio da coexistência pacífica</note>\n    \
         </notes>\n    <originalData>\n     <data id=\"d1\">&lt;b&gt;</data>\n     <data id=\"d2\">&lt;/b&gt;</data>\n    \
         </originalData>\n    <segment id=\"u{id}-1\" state=\"final\">\n     <source xml:space=\"preserve\">The two sides reaffirmed \
         that they adhere to the <pc id=\"1\" dataRefStart=\"d1\" dataRefEnd=\"d2\" type=\"fmt\" subType=\"xlf:b\">principle of \
         peaceful coexistence</pc> &amp; agreed to meet again in spring.</source>\n     <target xml:space=\"preserve\">Os dois lados \
         reafirmaram que aderem ao <pc id=\"1\" dataRefStart=\"d1\" dataRefEnd=\"d2\" type=\"fmt\" subType=\"xlf:b\">princípio da \
         coexistência pacífica</pc> &amp; concordaram em reunir-se na primavera.</target>\n    </segment>\n    <ignorable>\n     \
         <source xml:space=\"preserve\"> </source>\n     <target xml:space=\"preserve\"> </target>\n    </ignorable>\n    \
         <segment id=\"u{id}-2\" state=\"translated\">\n     <source xml:space=\"preserve\">They thanked the hosts.</source>\n     \
         <target xml:space=\"preserve\">Agradeceram aos anfitriões.</target>\n    </segment>\n   </unit>\n"
    )
}

/// A group of XLIFF 1.2.
fn group_1(id: usize) -> String {
    format!(
        "   <group id=\"u{id}\" restype=\"x-paragraph\">\n    <trans-unit id=\"u{id}-1\" approved=\"yes\" xml:space=\"preserve\">\n     \
         <source>双方重申遵守<g id=\"1\" ctype=\"bold\">和平共处五项原则</g>，并同意明年春天再次会晤。</source>\n     \
         <target state=\"final\">The two sides reaffirmed adherence to the <g id=\"1\" ctype=\"bold\">Five Principles of Peaceful \
         Coexistence</g> and agreed to meet again next spring.</target>\n     <note from=\"glossary\" priority=\"2\" \
         annotates=\"source\">和平共处五项原则 = Five Principles of Peaceful Coexistence</note>\n    </trans-unit>\n   </group>\n"
    )
}

const HEAD_2: &str =
    "<xliff xmlns=\"urn:oasis:names:tc:xliff:document:2.0\" version=\"2.0\" srcLang=\"en\" trgLang=\"pt\">\n";
const HEAD_1: &str = "<xliff xmlns=\"urn:oasis:names:tc:xliff:document:1.2\" version=\"1.2\">\n";
const OPEN_2: &str = "  <file id=\"f\" original=\"a.html\">\n";
const OPEN_1: &str =
    "  <file original=\"a.html\" source-language=\"zh-CN\" target-language=\"en\" datatype=\"html\"><body>\n";

/// A document of articles of 1 MB each, as long as all of them together are.
fn articles(head: &str, open: &str, close: &str, unit: fn(usize) -> String) -> Made {
    let mut part = String::from(open);
    for id in 0.. {
        part += &unit(id);
        if part.len() > 1_000_000 {
            break;
        }
    }
    part += close;
    let times = SIZE / part.len();
    Made { head: head.into(), part: part.into(), tail: b"</xliff>\n".to_vec(), times, at: 0 }
}

/// A document of one article with units without end; their ids are made where they are read.
struct Endless {
    text: Vec<u8>,
    at: usize,
    made: usize,
    next: usize,
}

impl Read for Endless {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if self.at == self.text.len() {
            self.text = match self.next {
                0 => [HEAD_2, OPEN_2].concat().into_bytes(),
                usize::MAX => Vec::new(),
                _ if self.made > SIZE => b"</file></xliff>".to_vec(),
                next => unit_2(next).into_bytes(),
            };
            self.next = if self.made > SIZE { usize::MAX } else { self.next + 1 };
            (self.at, self.made) = (0, self.made + self.text.len());
        }
        let read = (&self.text[self.at..]).read(into)?;
        self.at += read;
        Ok(read)
    }
}

/// The most memory that this process has held, in megabytes, where the system says.
fn peak() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches(" kB").parse::<usize>().ok()? / 1000)
}

fn measure(name: &str, input: impl Read) {
    let mut segments = 0;
    let mut count = |file: File| segments += file.segments().count();
    let begin = clock::cpu_seconds();
    xliff::read(name.as_ref(), input, &mut count).expect("XLIFF");
    #[expect(clippy::cast_precision_loss, reason = "a figure to read")]
    let rate = SIZE as f64 / 1e6 / (clock::cpu_seconds() - begin);
    let verdict = if rate < WANTED { ", which is too slow" } else { "" };
    let peak = peak().map_or_else(String::new, |peak| format!(", at most {peak} MB so far"));
    println!("{name:<28} {rate:>5.0} MB/s, {segments} segments{peak}{verdict}");
}

fn main() {
    measure("2.0, articles of 1 MB", articles(HEAD_2, OPEN_2, "</file>\n", unit_2));
    measure("1.2, articles of 1 MB", articles(HEAD_1, OPEN_1, "</body></file>\n", group_1));
    measure("2.0, one article", Endless { text: Vec::new(), at: 0, made: 0, next: 0 });
}
