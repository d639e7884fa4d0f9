//! Plurals that are made within the word: the letters of the root stay in order, those between them change.
//!
//! A template writes the letters of the root as digits: `12ي3: 123اء` makes سفراء of سفير.

/// A shape of a word, and the shapes of its plurals.
#[derive(Debug)]
pub(super) struct Template {
    singular: Vec<char>,
    plurals: Vec<String>,
    /// Whether it is only for terms of several words.
    pub(super) only_phrases: bool,
}

impl Template {
    /// Reads a template.
    ///
    /// # Errors
    /// A plural has a letter of the root that the singular has not.
    pub(super) fn new(singular: &str, plurals: Vec<String>, only_phrases: bool) -> Result<Self, String> {
        let is_unknown = |char: char| char.is_ascii_digit() && !singular.contains(char);
        match plurals.iter().find(|plural| plural.contains(is_unknown)) {
            Some(plural) => Err(format!("`{plural}` has a letter of the root that `{singular}` has not")),
            None => Ok(Self { singular: singular.chars().collect(), plurals, only_phrases }),
        }
    }

    /// The plurals of `word`, if it has the shape of the singular.
    pub(super) fn plurals(&self, word: &str) -> Vec<String> {
        let Some(root) = self.root(word) else { return Vec::new() };
        let letter = |char: char| root.iter().find(|(digit, _)| *digit == char).map_or(char, |(_, letter)| *letter);
        self.plurals.iter().map(|plural| plural.chars().map(letter).collect()).collect()
    }

    /// The letters of the root of `word`, by digit.
    fn root(&self, word: &str) -> Option<Vec<(char, char)>> {
        let mut letters = word.chars();
        let mut root = Vec::new();
        for shape in &self.singular {
            match letters.next()? {
                letter if shape.is_ascii_digit() && is_of_root(letter, letters.as_str(), root.is_empty()) => {
                    root.push((*shape, letter));
                }
                letter if letter != *shape => return None,
                _ => {}
            }
        }
        letters.next().is_none().then_some(root)
    }
}

/// Whether `letter`, after which `rest` stands, can be of a root: not alef but for hamza at the start, and not the feminine
/// ending, which folds to a final heh. Only shapes have those.
fn is_of_root(letter: char, rest: &str, is_first: bool) -> bool {
    (letter != '\u{627}' || is_first) && (letter != '\u{647}' || !rest.is_empty())
}
