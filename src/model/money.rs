//! Amounts of money, in whatever currency all prices are in.
//!
//! Law: sums are exact. Prices are given for a million and to the sixth place, so that an amount is a whole number of
//! millionths of a millionth; it is rounded, up and to millionths, only where it is shown.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign};
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An amount of money, never below nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money {
    /// Millionths of a millionth.
    units: u64,
}

const MILLION: u64 = 1_000_000;

/// Why a text is no amount of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("write an amount such as 25 or 25.00, with at most six places and no sign")]
pub struct ParseMoneyError;

impl Money {
    /// So many millionths of a millionth.
    #[must_use]
    pub fn from_units(units: u64) -> Self {
        Self { units }
    }

    /// The amount in millionths of a millionth.
    #[must_use]
    pub fn units(self) -> u64 {
        self.units
    }

    /// The amount of a number such as `25.0`, to the sixth place; nothing where it is below nothing or no number.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "casts of floats saturate, NaN is 0")]
    pub fn from_number(number: f64) -> Self {
        Self { units: ((number * 1e6).round() as u64).saturating_mul(MILLION) }
    }

    /// The amount as a number, rounded up to the sixth place.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "exact below nine thousand million")]
    pub fn number(self) -> f64 {
        self.millionths() as f64 / 1e6
    }

    /// What `count` things cost where this amount is what a million of them cost.
    #[must_use]
    pub fn for_each_of(self, count: u64) -> Self {
        Self { units: (self.units / MILLION).saturating_mul(count) }
    }

    /// This amount without `other`, or nothing.
    #[must_use]
    pub fn less(self, other: Self) -> Self {
        Self { units: self.units.saturating_sub(other.units) }
    }

    /// Whether it is nothing at all.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.units == 0
    }

    /// The amount rounded up to millionths.
    fn millionths(self) -> u64 {
        self.units.div_ceil(MILLION)
    }
}

impl Add for Money {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { units: self.units.saturating_add(other.units) }
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::default(), Add::add)
    }
}

impl FromStr for Money {
    type Err = ParseMoneyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (whole, places) = text.split_once('.').unwrap_or((text, "0"));
        let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number(whole) || !is_number(places) || places.len() > 6 {
            return Err(ParseMoneyError);
        }
        let millionths = format!("{whole}{places:0<6}").parse::<u64>().map_err(|_| ParseMoneyError)?;
        millionths.checked_mul(MILLION).map(Self::from_units).ok_or(ParseMoneyError)
    }
}

/// As people write it: two places, more where they are needed.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.millionths() / MILLION, self.millionths() % MILLION);
        let places = format!("{rest:06}");
        let places = places.trim_end_matches('0');
        write!(f, "{whole}.{places:0<2}")
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.number())
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = f64::deserialize(deserializer)?;
        if (0.0..=1e9).contains(&number) {
            return Ok(Self::from_number(number));
        }
        Err(serde::de::Error::custom("an amount of money is a number from 0 to 1000000000"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn written(text: &str, shown: &str) {
        let money: Money = text.parse().expect("an amount");
        assert_eq!(money.to_string(), shown);
        assert_eq!(Money::from_number(money.number()), money);
    }

    #[test]
    fn an_amount_is_written_as_people_write_it() {
        written("25", "25.00");
        written("25.5", "25.50");
        written("0.000001", "0.000001");
        written("1234.567", "1234.567");
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for text in ["", ".", "1.", ".5", "-1", "+1", "1,5", "1e3", "0.0000001", "99999999999999999999", "NaN"] {
            assert_eq!(text.parse::<Money>(), Err(ParseMoneyError), "{text}");
        }
    }

    #[test]
    fn parts_cost_what_the_whole_costs() {
        let price = Money::from_number(0.15);
        let parts: Money = (0..1_000_000).map(|_| price.for_each_of(1)).sum();
        assert_eq!(parts, price);
        assert_eq!(price.for_each_of(1).to_string(), "0.000001");
        assert_eq!(Money::from_number(25.0).for_each_of(40_000).to_string(), "1.00");
    }
}
