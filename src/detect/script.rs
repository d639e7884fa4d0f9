//! Scripts: which letters a text is written in, and how much of it.
//!
//! Letters are weighed, since a Han character says about as much as three letters of an alphabet and a
//! kana or a Hangul syllable about as much as two.

use crate::model::is_address;

/// A script that decides, alone or with more evidence, which language a text is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    Latin,
    Cyrillic,
    Arabic,
    Hangul,
    Han,
    Kana,
    Other,
}

/// How much of each script a text holds.
#[derive(Debug, Default)]
pub(super) struct Census {
    letters: [usize; SCRIPTS.len()],
}

const SCRIPTS: [Script; 7] =
    [Script::Latin, Script::Cyrillic, Script::Arabic, Script::Hangul, Script::Han, Script::Kana, Script::Other];

/// The part of a text's weight that its script must hold; the rest may be names and quotations.
const MAJORITY: f64 = 0.6;

/// The part of the characters of a Han text that are kana where it is Japanese; a Chinese text may quote a few.
const KANA_SHARE: f64 = 0.1;

impl Census {
    /// Counts the letters of `text`, leaving out addresses and user names.
    pub(super) fn of(text: &str) -> Self {
        let mut census = Self::default();
        for script in words(text).flat_map(str::chars).filter_map(Script::of) {
            census.letters[script as usize] += 1;
        }
        census
    }

    /// The letters, a Han character counting as three, a kana or a Hangul syllable as two.
    pub(super) fn weight(&self) -> usize {
        SCRIPTS.iter().map(|script| self.weight_of(*script)).sum()
    }

    /// The script that most of the text is in and its share of the weight, where one holds a clear majority.
    ///
    /// Han and kana count as one: kana where the text is Japanese by them, and Han otherwise.
    pub(super) fn dominant(&self) -> Option<(Script, f64)> {
        let together = self.weight_of(Script::Han) + self.weight_of(Script::Kana);
        let weigh = |script| match script {
            Script::Han if !self.is_japanese() => together,
            Script::Kana if self.is_japanese() => together,
            Script::Han | Script::Kana => 0,
            alone => self.weight_of(alone),
        };
        let (script, weight) =
            SCRIPTS.map(|script| (script, weigh(script))).into_iter().max_by_key(|(_, most)| *most)?;
        let share = share(weight, self.weight());
        (share >= MAJORITY).then_some((script, share))
    }

    fn is_japanese(&self) -> bool {
        let (kana, han) = (self.letters[Script::Kana as usize], self.letters[Script::Han as usize]);
        share(kana, kana + han) >= KANA_SHARE
    }

    fn weight_of(&self, script: Script) -> usize {
        let each = match script {
            Script::Han => 3,
            Script::Kana | Script::Hangul => 2,
            Script::Latin | Script::Cyrillic | Script::Arabic | Script::Other => 1,
        };
        each * self.letters[script as usize]
    }
}

impl Script {
    /// The script of `letter`; nothing where it is a mark, a digit or a sign.
    pub(super) fn of(letter: char) -> Option<Self> {
        match letter {
            'ª' | 'º' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ʯ' | 'Ḁ'..='ỿ' => Some(Self::Latin),
            'Ѐ'..='ԯ' => Some(Self::Cyrillic),
            '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e8}' | '\u{640}' => None,
            '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' => {
                letter.is_alphabetic().then_some(Self::Arabic)
            }
            '가'..='힣' | 'ᄀ'..='ᇿ' | 'ㄱ'..='ㆎ' => Some(Self::Hangul),
            'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ｦ'..='ﾝ' => Some(Self::Kana),
            '㐀'..='䶿' | '一'..='鿿' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' => Some(Self::Han),
            _ if letter.is_ascii_alphabetic() => Some(Self::Latin),
            _ => letter.is_alphabetic().then_some(Self::Other),
        }
    }

    /// Whether a language whose CLDR script is `code` (`Latn`, `Hans`) is written in this script.
    pub(super) fn writes(self, code: &str) -> bool {
        match self {
            Self::Latin => code == "Latn",
            Self::Cyrillic => code == "Cyrl",
            Self::Arabic => code == "Arab",
            Self::Hangul => matches!(code, "Kore" | "Hang"),
            Self::Han => matches!(code, "Hans" | "Hant" | "Hani" | "Jpan"),
            Self::Kana => matches!(code, "Jpan" | "Hira" | "Kana"),
            Self::Other => !matches!(code, "Latn" | "Cyrl" | "Arab" | "Kore" | "Hans" | "Hant" | "Jpan"),
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a text is shorter than 2^52 letters")]
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

/// The words of `text` that are in a language: addresses are left out, whatever punctuation they stand in.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    let is_outer = |c: char| !c.is_alphanumeric();
    let is_before = move |c: char| is_outer(c) && !matches!(c, '@' | '#');
    text.split_whitespace()
        .filter(move |word| !is_address(word.trim_start_matches(is_before).trim_end_matches(is_outer)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn dominant(text: &str, script: Option<Script>) {
        assert_eq!(Census::of(text).dominant().map(|(script, _)| script), script, "{text}");
    }

    #[test]
    fn names_in_another_script_do_not_decide() {
        dominant("北约秘书长在布鲁塞尔表示, NATO 不会扩大行动范围", Some(Script::Han));
        dominant("The committee quoted the slogan 一带一路 in its report to the assembly", Some(Script::Latin));
        dominant("Компания Apple представила новый телефон", Some(Script::Cyrillic));
    }

    #[test]
    fn half_and_half_is_neither() {
        dominant("the press office said 新闻办公室", None);
        dominant("12 / 34 --- !", None);
    }

    #[test]
    fn addresses_are_no_letters() {
        assert_eq!(Census::of("https://example.org/some/page www.example.org desk@example.org #news").weight(), 0);
        assert_eq!(
            Census::of("(desk@example.org), “@desk”: #news! <https://example.org/>; www.example.org.").weight(),
            0
        );
    }
}
