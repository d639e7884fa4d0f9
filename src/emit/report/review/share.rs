//! Shares of a whole as people read them, exact up to the tenth of a percent that is shown.

/// Writes `part` of `whole` in percent, with one decimal below 100: `7.6 %`. Nothing of nothing is 0 %.
pub(super) fn percent(part: usize, whole: usize) -> String {
    let tenths = (part * 1000 + whole / 2).checked_div(whole).unwrap_or(0);
    match (tenths / 10, tenths % 10) {
        (whole, 0) => format!("{whole}\u{A0}%"),
        (whole, tenths) => format!("{whole}.{tenths}\u{A0}%"),
    }
}

/// Writes a number with its thousands apart: `12 480`.
pub(super) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let lead = digits.len() % 3;
    let (head, tail) = digits.split_at(lead);
    let groups = tail.as_bytes().chunks(3).map(|group| String::from_utf8_lossy(group).into_owned());
    let all = Some(head.to_owned()).filter(|head| !head.is_empty()).into_iter().chain(groups);
    all.collect::<Vec<_>>().join("\u{202F}")
}

#[cfg(test)]
mod tests {
    use super::{grouped, percent};

    #[test]
    fn shares_are_rounded_to_a_tenth() {
        assert_eq!(percent(0, 0), "0\u{A0}%");
        assert_eq!(percent(1, 3), "33.3\u{A0}%");
        assert_eq!(percent(2, 2), "100\u{A0}%");
        assert_eq!(percent(3, 2), "150\u{A0}%");
    }

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(12480), "12\u{202F}480");
        assert_eq!(grouped(1_000_000), "1\u{202F}000\u{202F}000");
    }
}
