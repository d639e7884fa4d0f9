//! How long texts are in languages that say the same in more or fewer characters.

use super::Lang;

/// How many characters a language takes for a hundred of English, from human translations of 1,045 segments of news.
/// Where a script is far denser than the Latin one, what stands in Latin script and digits is counted as in English.
const CHARACTERS: &[(&str, f64)] = &[
    ("en", 100.0),
    ("zh", 31.5),
    ("ru", 111.0),
    ("fr", 118.0),
    ("es", 116.0),
    ("ar", 94.0),
    ("pt", 110.0),
    ("de", 120.0),
    ("ja", 43.5),
    ("ko", 44.7),
];

/// Languages that take fewer characters than this are of a dense script.
const DENSE: f64 = 60.0;

/// The length of `text` in characters of English; nothing for a language that was not measured.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "a text is shorter than 2^52 characters")]
pub fn length_in_english(text: &str, lang: Lang) -> Option<f64> {
    let (_, characters) = CHARACTERS.iter().find(|(language, _)| *language == lang.language())?;
    let text = text.trim();
    let plain = if *characters < DENSE { text.chars().filter(|&c| c < '\u{250}').count() } else { 0 };
    let own = text.chars().count() - plain;
    Some(plain as f64 + own as f64 * 100.0 / characters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn long(text: &str, lang: &str, wanted: Option<i64>) {
        let length = length_in_english(text, lang.parse().expect("a tag"));
        #[expect(clippy::cast_possible_truncation, reason = "a few characters")]
        let length = length.map(|length| length.round() as i64);
        assert_eq!(length, wanted, "{lang}: {text}");
    }

    #[test]
    fn dense_scripts_count_more() {
        long(" The minister spoke. ", "en", Some(19));
        long("部长讲话了。", "zh-Hant", Some(19));
        long("Microsoft 宣布", "zh", Some(16));
        long("O ministro falou.", "pt-BR", Some(15));
        long("Il ministro ha parlato.", "it", None);
    }
}
