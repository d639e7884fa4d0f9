//! Han text without kana: simplified or traditional Chinese, or Japanese written in kanji alone.
//!
//! Three lists hold the characters that occur in one of the three orthographies only. They are drawn
//! from the character tables of `OpenCC` 1.4.2 (Apache-2.0): a character that its simplified-to-traditional
//! table always changes is simplified only, and the reverse; what Taiwan or Hong Kong use as they are is
//! not simplified. The Japanese list holds the reformed forms and a few kanji made in Japan that neither
//! GB 2312 nor Big5 can write.

use std::sync::LazyLock;

/// An orthography of Han characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Orthography {
    Simplified,
    Traditional,
    Japanese,
}

struct Characters {
    orthography: Orthography,
    sorted: LazyLock<Box<[char]>>,
}

static TABLE: [Characters; 3] = [
    Characters {
        orthography: Orthography::Simplified,
        sorted: LazyLock::new(|| sorted(include_str!("han/simplified.txt"))),
    },
    Characters {
        orthography: Orthography::Traditional,
        sorted: LazyLock::new(|| sorted(include_str!("han/traditional.txt"))),
    },
    Characters {
        orthography: Orthography::Japanese,
        sorted: LazyLock::new(|| sorted(include_str!("han/japanese.txt"))),
    },
];

fn sorted(list: &str) -> Box<[char]> {
    let mut characters: Vec<char> = list.chars().filter(|character| !character.is_whitespace()).collect();
    characters.sort_unstable();
    characters.into()
}

/// Tells the orthography of `text` and how sure that is, from 0.5 to 1; nothing where two hold the same
/// number of characters of their own, as in a sentence that both write alike.
///
/// The confidence is Laplace's rule of succession: one telling character against none says 2/3, eight say 0.9.
pub(super) fn tell(text: &str) -> Option<(Orthography, f64)> {
    let mut counts = TABLE.each_ref().map(|Characters { orthography, sorted }| {
        (text.chars().filter(|character| sorted.binary_search(character).is_ok()).count(), *orthography)
    });
    counts.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    let [(most, orthography), (second, _), _] = counts;
    #[expect(clippy::cast_precision_loss, reason = "a text is shorter than 2^52 characters")]
    let confidence = (most + 1) as f64 / (most + second + 2) as f64;
    (most > second).then_some((orthography, confidence))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn told(text: &str, orthography: Option<Orthography>) {
        assert_eq!(tell(text).map(|(orthography, _)| orthography), orthography, "{text}");
    }

    #[test]
    fn one_telling_character_is_enough() {
        told("两国外长在会上表明立场", Some(Orthography::Simplified));
        told("兩國外長在會上表明立場", Some(Orthography::Traditional));
        told("経済対策決定", Some(Orthography::Japanese));
    }

    #[test]
    fn what_all_write_alike_is_not_told() {
        told("他表示不同意", None);
        told("", None);
    }

    #[test]
    fn the_lists_are_disjoint() {
        for character in TABLE.iter().flat_map(|characters| characters.sorted.iter()) {
            let holding = TABLE.iter().filter(|other| other.sorted.binary_search(character).is_ok()).count();
            assert_eq!(holding, 1, "{character}");
        }
    }
}
