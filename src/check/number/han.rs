//! Numbers in Han numerals: `两千`, `二〇一八`, `三百五十万`.

use super::value::Value;

/// What a Han numeral says.
enum Numeral {
    Digit(u128),
    /// Multiplies the digit before it: ten, hundred, thousand.
    Unit(u128),
    /// Multiplies all that came since the last of its kind: ten thousand, a hundred million, a million million.
    Section(u128),
}

/// The values of the runs of Han numerals in `text`.
pub(super) fn values(text: &str) -> Vec<Value> {
    let runs = text.split(|c| numeral(c).is_none()).filter(|run| !run.is_empty());
    runs.filter_map(|run| value(run).map(Value::whole)).collect()
}

/// The value of a run of numerals; nothing where it is too large.
fn value(run: &str) -> Option<u128> {
    let numerals: Vec<Numeral> = run.chars().filter_map(numeral).collect();
    if numerals.iter().all(|numeral| matches!(numeral, Numeral::Digit(_))) {
        return positional(&numerals);
    }
    let (mut total, mut section, mut digit) = (0_u128, 0_u128, None);
    for numeral in numerals {
        match numeral {
            Numeral::Digit(value) => digit = Some(value),
            Numeral::Unit(unit) => section = section.checked_add(digit.take().unwrap_or(1).checked_mul(unit)?)?,
            Numeral::Section(size) => {
                section = section.checked_add(digit.take().unwrap_or(0))?;
                total = total.checked_add(section.max(1).checked_mul(size)?)?;
                section = 0;
            }
        }
    }
    total.checked_add(section)?.checked_add(digit.unwrap_or(0))
}

/// Digits one after the other, as years are written.
fn positional(numerals: &[Numeral]) -> Option<u128> {
    numerals.iter().try_fold(0_u128, |value, numeral| match numeral {
        Numeral::Digit(digit) => value.checked_mul(10)?.checked_add(*digit),
        Numeral::Unit(_) | Numeral::Section(_) => None,
    })
}

fn numeral(c: char) -> Option<Numeral> {
    let digits = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    match c {
        '零' => Some(Numeral::Digit(0)),
        '两' | '兩' => Some(Numeral::Digit(2)),
        '十' => Some(Numeral::Unit(10)),
        '百' => Some(Numeral::Unit(100)),
        '千' => Some(Numeral::Unit(1000)),
        '万' | '萬' => Some(Numeral::Section(10_000)),
        '亿' | '億' => Some(Numeral::Section(100_000_000)),
        '兆' => Some(Numeral::Section(1_000_000_000_000)),
        _ => (0..).zip(digits).find_map(|(value, digit)| (digit == c).then_some(Numeral::Digit(value))),
    }
}
