use super::*;

#[track_caller]
fn lang(tag: &str) -> Lang {
    tag.parse().expect("a language tag")
}

/// The value of `digits`, an ASCII decimal.
fn decimal(digits: &str) -> Value {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    Value::decimal(whole, fraction)
}

#[track_caller]
fn reads(tag: &str, text: &str, digits: &str) {
    let values = values(text, lang(tag)).all;
    assert!(values.contains(&decimal(digits)), "{text} in {tag} is not {digits} but {values:?}");
}

#[track_caller]
fn does_not_read(tag: &str, text: &str, digits: &str) {
    let values = values(text, lang(tag)).all;
    assert!(!values.contains(&decimal(digits)), "{text} in {tag} is {digits}: {values:?}");
}

#[test]
fn separators_are_read_as_each_language_writes_them() {
    reads("en", "1,234.5 tonnes", "1234.5");
    reads("de", "1.234,5 Tonnen", "1234.5");
    reads("fr", "1\u{202f}234,5 tonnes", "1234.5");
    reads("ru", "1 234 567 человек", "1234567");
    reads("de", "CHF 1’234’567", "1234567");
    reads("ar", "١٬٢٣٤٫٥ طن", "1234.5");
    reads("zh", "１，２３４人", "1234");
    reads("en", "3.50", "3.5");
    does_not_read("en", "in 2018 384 people", "2018384");
}

#[test]
fn a_date_is_its_parts() {
    reads("de", "am 30.09.2018", "9");
    reads("de", "am 30.09.2018", "2018");
    reads("fr", "à 4.40", "40");
    does_not_read("en", "5,000 people", "5");
}

#[test]
fn magnitude_words_multiply() {
    reads("en", "$1.5 billion", "1500000000");
    reads("en", "£125m, three years ago", "125000000");
    reads("es", "2,8 mil millones", "2800000000");
    reads("pt", "2,8 mil milhões", "2800000000");
    reads("de", "2,8-Milliarden-Markt", "2800000000");
    reads("ru", "1,2 млрд рублей", "1200000000");
    reads("ar", "5 ملايين", "5000000");
    reads("zh", "150万", "1500000");
    reads("ja", "3百万ドル", "3000000");
    does_not_read("en", "5 miles", "5000000");
    does_not_read("es", "5 militares", "5000");
    does_not_read("pt", "5 milhas", "5000000");
    reads("pt", "5 mil militares", "5000");
    reads("pt", "1 milhão", "1000000");
}

#[test]
fn digits_before_a_magnitude_word_count_only_with_it() {
    let values = values("1,5 Milliarden und 12 Minister", lang("de"));
    assert_eq!(values.counted, [decimal("1500000000"), decimal("12")]);
}

#[test]
fn parts_of_a_number_add_up() {
    reads("ja", "1億2,500万ポンド", "125000000");
    reads("ko", "3만 5천 명", "35000");
}

#[test]
fn han_numerals_are_read() {
    reads("zh", "两千人", "2000");
    reads("zh", "二〇一八年", "2018");
    reads("zh", "三百五十万", "3500000");
    reads("zh", "一亿二千万", "120000000");
    reads("ja", "十五歳", "15");
}

#[test]
fn small_numbers_are_spelled_out() {
    for (number, text, tag) in [
        (3, "Trois personnes", "fr"),
        (58, "fifty-eight percent", "en"),
        (12, "ein Dutzend", "de"),
        (48, "сорока восьми", "ru"),
        (2, "والثاني", "ar"),
        (5, "다섯 명", "ko"),
    ] {
        assert!(is_spelled_out(&Value::whole(number), text, lang(tag)), "{number} in {text}");
    }
    for (number, text, tag) in [
        (7, "Trois personnes", "fr"),
        (10, "tensions", "en"),
        (7, "septembre", "fr"),
        (100, "le centre", "fr"),
        (1000, "los militares", "es"),
        (100, "los científicos", "es"),
        (7, "setembro", "pt"),
        (9, "novembro", "pt"),
        (10, "dezembro", "pt"),
        (1000, "militares", "pt"),
    ] {
        assert!(!is_spelled_out(&Value::whole(number), text, lang(tag)), "{number} in {text}");
    }
}

proptest::proptest! {
    #[test]
    fn no_text_panics(text in "[0-9０-９.,' 万億千两三年abc%\u{664}\u{66b}]{0,40}") {
        for tag in ["en", "zh", "ko", "ar", "vi"] {
            values(&text, lang(tag));
        }
    }

    #[test]
    fn numbers_lie_on_the_text(text in "\\PC{0,40}") {
        for number in in_digits(&text, lang("en")) {
            proptest::prop_assert!(text.get(number.range).is_some_and(|digits| !digits.is_empty()));
        }
    }
}
