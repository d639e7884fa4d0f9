//! Text of an article as HTML: every character stays text, and only its own marks become elements.

use std::ops::Range;

use crate::emit::fit;
use crate::model::{Mark, MarkKind, Piece, TermHit, TermMade, Text};

/// A stretch of a text that is a term, and what is told of it.
pub(super) struct Pointed {
    pub(super) range: Range<usize>,
    pub(super) tip: String,
}

/// The terms of a source, each with its rendering.
pub(super) fn of_source(terms: &[TermHit]) -> Vec<Pointed> {
    terms.iter().map(|hit| Pointed { range: hit.range.clone(), tip: tip(hit) }).collect()
}

/// The terms of a translation that stand there as required, each with what the source calls it.
pub(super) fn of_target(terms: &[TermHit], made: &[TermMade]) -> Vec<Pointed> {
    let pointed = |made: &TermMade| {
        let hit = terms.iter().find(|hit| hit.concept == made.concept)?;
        Some(Pointed { range: made.range.clone()?, tip: tip(hit) })
    };
    let mut pointed: Vec<Pointed> = made.iter().filter_map(pointed).collect();
    pointed.sort_by_key(|pointed| pointed.range.start);
    pointed
}

/// Writes `text` with its marks as elements and `terms` pointed out. A link is live where it leads to the
/// web or to a mail address; any other is only its words.
pub(super) fn text(text: &Text, terms: &[Pointed]) -> String {
    let mut out = String::with_capacity(text.plain().len() + 64);
    let mut at = 0;
    let mut open: Vec<&'static str> = Vec::new();
    for piece in text.pieces() {
        match piece {
            Piece::Chars(chars) => {
                with_terms(&mut out, chars, at, terms);
                at += chars.len();
            }
            Piece::Open(mark) => {
                let in_link = open.contains(&"</a>");
                open.push(start(&mut out, mark, in_link));
            }
            Piece::Close(_) => out.push_str(open.pop().unwrap_or_default()),
        }
    }
    out
}

/// Writes `plain` so that HTML reads it as text, in an element or a quoted attribute.
pub(super) fn escape(out: &mut String, plain: &str) {
    for char in plain.chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\r' => out.push_str("&#13;"),
            char => out.push(fit(char)),
        }
    }
}

/// `href` where a reader may follow it.
pub(super) fn live(href: &str) -> Option<&str> {
    let scheme = href.split_once(':')?.0.to_ascii_lowercase();
    matches!(scheme.as_str(), "http" | "https" | "mailto").then_some(href)
}

/// Opens the element of `mark` and gives the tag that closes it. Links do not nest in HTML.
fn start(out: &mut String, mark: &Mark, in_link: bool) -> &'static str {
    let (open, close) = match &mark.kind {
        MarkKind::Bold => ("<strong>", "</strong>"),
        MarkKind::Italic => ("<em>", "</em>"),
        MarkKind::Code => ("<code>", "</code>"),
        MarkKind::Link { href } => match live(href) {
            Some(href) if !in_link => {
                out.push_str("<a rel=\"nofollow noopener noreferrer\" href=\"");
                escape(out, href);
                ("\">", "</a>")
            }
            _ => ("", ""),
        },
    };
    out.push_str(open);
    close
}

/// Writes `chars`, which begin at byte `at` of their text, with the parts of `terms` in them pointed out.
fn with_terms(out: &mut String, chars: &str, at: usize, terms: &[Pointed]) {
    let mut done = 0;
    for pointed in terms.iter().filter(|term| term.range.start < at + chars.len() && term.range.end > at) {
        let from = pointed.range.start.max(at) - at;
        let to = (pointed.range.end - at).min(chars.len());
        let (Some(before), Some(term)) = (chars.get(done..from), chars.get(from..to)) else { continue };
        escape(out, before);
        out.push_str("<abbr class=\"term\" title=\"");
        escape(out, &pointed.tip);
        out.push_str("\">");
        escape(out, term);
        out.push_str("</abbr>");
        done = to;
    }
    escape(out, &chars[done..]);
}

/// What the glossary says of a term: its name and its rendering.
fn tip(hit: &TermHit) -> String {
    hit.preferred().map_or_else(|| hit.term.clone(), |rendering| format!("{} = {}", hit.term, rendering.term))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{MatchHow, TermStatus};

    fn mark(id: u32, range: Range<usize>, kind: MarkKind) -> Mark {
        Mark { id, range, kind }
    }

    fn link(href: &str) -> MarkKind {
        MarkKind::Link { href: href.into() }
    }

    fn term(range: Range<usize>) -> TermHit {
        TermHit {
            concept: "c".into(),
            term: "a \"term\"".into(),
            status: TermStatus::Preferred,
            range,
            how: MatchHow::Exact,
            mandatory: true,
            pos: None,
            dnt: false,
            not: Vec::new(),
            renderings: Vec::new(),
            note: None,
        }
    }

    #[track_caller]
    fn written(plain: &str, marks: Vec<Mark>, terms: &[TermHit], expected: &str) {
        let terms = of_source(terms);
        assert_eq!(text(&Text::new(plain, marks).expect("marks that nest"), &terms), expected);
    }

    #[test]
    fn markup_stays_text() {
        written("<b>&'\"\u{0}\r", Vec::new(), &[], "&lt;b&gt;&amp;&#39;&quot;\u{FFFD}&#13;");
    }

    #[test]
    fn marks_become_elements() {
        let marks = vec![mark(1, 0..7, MarkKind::Bold), mark(2, 4..7, MarkKind::Italic), mark(3, 8..9, MarkKind::Code)];
        written("one two 3", marks, &[], "<strong>one <em>two</em></strong> <code>3</code>");
    }

    #[test]
    fn only_links_to_the_web_are_live() {
        let live = "<a rel=\"nofollow noopener noreferrer\" href=\"https://example.org/?a&amp;b=&quot;\">x</a>";
        written("x", vec![mark(1, 0..1, link("https://example.org/?a&b=\""))], &[], live);
        for dead in ["javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "/path", "java\nscript:x", ""] {
            written("x", vec![mark(1, 0..1, link(dead))], &[], "x");
        }
        let nested = vec![mark(1, 0..2, link("http://a")), mark(2, 1..2, link("http://b"))];
        written("xy", nested, &[], "<a rel=\"nofollow noopener noreferrer\" href=\"http://a\">xy</a>");
    }

    #[test]
    fn a_term_is_pointed_out_across_marks() {
        let tip = "<abbr class=\"term\" title=\"a &quot;term&quot;\">";
        let expected = format!("a {tip}b </abbr><strong>{tip}c</abbr> d</strong>");
        written("a b c d", vec![mark(1, 4..7, MarkKind::Bold)], &[term(2..5)], &expected);
        written("a b", Vec::new(), &[term(2..9)], &format!("a {tip}b</abbr>"));
    }
}
