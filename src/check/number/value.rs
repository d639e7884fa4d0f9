//! A decimal number, exact.

/// A decimal number: its digits without zeros at either end, times a power of ten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::check) struct Value {
    digits: String,
    exponent: i64,
}

impl Value {
    /// The number with `whole` before the point and `fraction` after it, both ASCII digits.
    pub(super) fn decimal(whole: &str, fraction: &str) -> Self {
        let digits = format!("{whole}{fraction}");
        let kept = digits.trim_end_matches('0');
        let zeros = i64::try_from(digits.len() - kept.len()).unwrap_or_default();
        let places = i64::try_from(fraction.len()).unwrap_or_default();
        let kept = kept.trim_start_matches('0');
        let exponent = if kept.is_empty() { 0 } else { zeros - places };
        Self { digits: kept.to_owned(), exponent }
    }

    /// A whole number.
    pub(in crate::check) fn whole(number: u128) -> Self {
        Self::decimal(&number.to_string(), "")
    }

    /// The number with `zeros` more before its point.
    pub(super) fn scaled(&self, zeros: u8) -> Self {
        let exponent = if self.digits.is_empty() { 0 } else { self.exponent + i64::from(zeros) };
        Self { exponent, ..self.clone() }
    }

    /// The sum, where both are whole and of a size that news deals in.
    pub(super) fn plus(&self, other: &Self) -> Option<Self> {
        Some(Self::whole(self.to_whole()?.checked_add(other.to_whole()?)?))
    }

    /// The number, where it is whole and of a size that news deals in.
    pub(in crate::check) fn to_whole(&self) -> Option<u128> {
        if self.digits.is_empty() {
            return Some(0);
        }
        let power = 10_u128.checked_pow(u32::try_from(self.exponent).ok()?)?;
        self.digits.parse::<u128>().ok()?.checked_mul(power)
    }
}
