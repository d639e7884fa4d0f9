//! What a check finds, gathered by byte and told by line and column.

use super::Problem;
use super::rules::{LIMIT, Rule};

/// How many problems of a file are told.
const MOST: usize = 10_000;

/// What was found so far.
#[derive(Debug, Default)]
pub(super) struct Report {
    found: Vec<(usize, &'static Rule, String)>,
    more: bool,
}

impl Report {
    /// Tells a breach of `rule` at a byte of the document.
    pub(super) fn tell(&mut self, at: usize, rule: &'static Rule, message: impl Into<String>) {
        if self.found.len() < MOST {
            self.found.push((at, rule, message.into()));
        } else if !self.more {
            self.more = true;
            self.found.push((at, &LIMIT, format!("more than {MOST} problems: mend these, and check again")));
        }
    }

    /// Whether nothing more is told.
    pub(super) fn is_full(&self) -> bool {
        self.more
    }

    /// The problems by line and column of `text`, each once.
    pub(super) fn problems(mut self, text: &str) -> Vec<Problem> {
        self.found.sort_by(|one, other| (one.0, one.1.code).cmp(&(other.0, other.1.code)));
        self.found.dedup();
        let mut here = (1, 1, 0);
        let place = |(at, rule, message): (usize, &'static Rule, String)| {
            here = advance(text, here, text.floor_char_boundary(at));
            Problem { line: here.0, column: here.1, rule, message }
        };
        self.found.into_iter().map(place).collect()
    }
}

/// The line, column and byte of the byte `to`, counted on from those of an earlier one.
fn advance(text: &str, (line, column, from): (usize, usize, usize), to: usize) -> (usize, usize, usize) {
    let passed = &text[from..to];
    match memchr::memrchr(b'\n', passed.as_bytes()) {
        Some(end) => {
            (line + memchr::memchr_iter(b'\n', passed.as_bytes()).count(), 1 + passed[end + 1..].chars().count(), to)
        }
        None => (line, column + passed.chars().count(), to),
    }
}

#[cfg(test)]
mod tests {
    use super::super::rules::ENCODING;
    use super::*;

    #[test]
    fn places_are_told_by_line_and_character() {
        let mut report = Report::default();
        for at in [8, 0, 3, 99] {
            report.tell(at, &ENCODING, "m");
        }
        let problems = report.problems("a\né<\n\nz");
        let places: Vec<_> = problems.iter().map(|it| (it.line, it.column)).collect();
        assert_eq!(places, [(1, 1), (2, 1), (4, 2), (4, 2)]);
    }
}
