//! Pictures of counts as inline SVG, drawn in whole numbers. What a picture shows stands in the table beside it.
//!
//! Law: nothing of an article goes into a picture: names of classes and numbers only.

use std::fmt::Write;

use crate::review::effort::CLASSES;

/// How wide a bar is.
const WIDTH: usize = 1000;

/// How high the columns of a histogram are.
const HEIGHT: usize = 120;

/// How wide a column is, and the space it takes with the gap after it.
const COLUMN: [usize; 2] = [104, 120];

/// One bar of parts side by side, each by its class of the style sheet and its count.
pub(super) fn bar(label: &str, parts: &[(&str, usize)]) -> String {
    let whole: usize = parts.iter().map(|(_, count)| count).sum();
    let mut svg = begin(label, [WIDTH, 28], "bar");
    let mut before = 0;
    for (class, count) in parts.iter().filter(|(_, count)| *count > 0) {
        let (start, end) = (before * WIDTH / whole, (before + count) * WIDTH / whole);
        rectangle(&mut svg, class, [start, 0], [(end - start).max(3), 28]);
        before += count;
    }
    svg + "</svg>"
}

/// A column for each class of edit distances, with its count above and its name below.
pub(super) fn histogram(label: &str, counts: &[usize; CLASSES.len()]) -> String {
    let most = counts.iter().copied().max().unwrap_or(0).max(1);
    let mut svg = begin(label, [COLUMN[1] * CLASSES.len(), HEIGHT + 52], "histogram");
    for (place, (count, class)) in counts.iter().zip(CLASSES).enumerate() {
        let (left, middle) = (place * COLUMN[1] + 8, place * COLUMN[1] + 60);
        let height = if *count == 0 { 1 } else { (count * HEIGHT / most).max(3) };
        rectangle(&mut svg, &format!("far{place}"), [left, 24 + HEIGHT - height], [COLUMN[0], height]);
        caption(&mut svg, "count", [middle, 18 + HEIGHT - height], &count.to_string());
        caption(&mut svg, "name", [middle, HEIGHT + 44], &class.replace(" to ", "–"));
    }
    svg + "</svg>"
}

/// `part` of `whole` as a bar, of `most` that any such bar shows.
pub(super) fn share(label: &str, [part, whole, most]: [usize; 3]) -> String {
    let most = most.max(1);
    let mut svg = begin(label, [WIDTH, 90], "share");
    rectangle(&mut svg, "whole", [0, 0], [(whole * WIDTH / most).max(1), 90]);
    if part > 0 {
        rectangle(&mut svg, "part", [0, 0], [(part * WIDTH / most).max(3), 90]);
    }
    svg + "</svg>"
}

fn begin(label: &str, [width, height]: [usize; 2], class: &str) -> String {
    let stretch = if class == "histogram" { "" } else { " preserveAspectRatio=\"none\"" };
    format!("<svg class=\"{class}\" viewBox=\"0 0 {width} {height}\"{stretch} role=\"img\" aria-label=\"{label}\">")
}

fn rectangle(svg: &mut String, class: &str, [left, top]: [usize; 2], [width, height]: [usize; 2]) {
    let _ = write!(svg, "<rect class=\"{class}\" x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\"/>");
}

fn caption(svg: &mut String, class: &str, [middle, base]: [usize; 2], text: &str) {
    let _ = write!(svg, "<text class=\"{class}\" x=\"{middle}\" y=\"{base}\" text-anchor=\"middle\">{text}</text>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_bar_fill_it() {
        let svg = bar("states", &[("a", 1), ("none", 0), ("b", 2)]);
        assert!(svg.contains("<rect class=\"a\" x=\"0\" y=\"0\" width=\"333\""), "{svg}");
        assert!(svg.contains("<rect class=\"b\" x=\"333\" y=\"0\" width=\"667\""), "{svg}");
        assert!(!svg.contains("none\" x"), "{svg}");
    }

    #[test]
    fn the_most_common_class_is_the_highest() {
        let svg = histogram("spread", &[4, 0, 2, 0, 1]);
        assert!(svg.contains("class=\"far0\" x=\"8\" y=\"24\" width=\"104\" height=\"120\""), "{svg}");
        assert!(svg.contains("class=\"far2\" x=\"248\" y=\"84\" width=\"104\" height=\"60\""), "{svg}");
        assert!(svg.contains(">11–25</text>"), "{svg}");
    }

    #[test]
    fn nothing_makes_no_picture_that_cannot_be_drawn() {
        assert!(!bar("none", &[]).contains("rect"));
        assert!(histogram("none", &[0; 5]).contains("height=\"1\""));
        assert!(share("none", [0, 0, 0]).contains("width=\"1\""));
    }
}
