//! Exact points and shares: hundredths and fractions, never floats in a sum. Knows no school and no rule.

use std::fmt;
use std::iter::Sum;
use std::num::NonZero;
use std::ops::{Add, AddAssign, Neg, Sub};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::digits::Digits;

/// Points in hundredths: `Points::hundredths(750)` is 7.5 points. Held from the lowest number up, which no sum comes near:
/// so "no points" of an answer, of which large offices have millions, takes no room beside it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Points(NonZero<u64>);

/// What 0 is held as.
const MIDDLE: u64 = 1 << 63;

impl Points {
    /// No points.
    pub const ZERO: Points = Points::hundredths(0);

    /// From hundredths of a point.
    pub const fn hundredths(n: i64) -> Points {
        match NonZero::new(n as u64 ^ MIDDLE) {
            Some(held) => Points(held),
            None => Points(NonZero::<u64>::MIN),
        }
    }

    /// From whole points.
    pub const fn whole(n: i64) -> Points {
        Points::hundredths(n * 100)
    }

    /// The number of hundredths.
    pub const fn as_hundredths(self) -> i64 {
        (self.0.get() ^ MIDDLE) as i64
    }

    /// For a spreadsheet cell, which holds nothing but floats; never for a sum.
    pub fn to_f64(self) -> f64 {
        self.as_hundredths() as f64 / 100.0
    }

    /// The nearest hundredth, half up, and whether `value` was that hundredth (up to the noise of floating sums). `None`
    /// for what no score can be: not finite, or beyond a million.
    pub fn from_f64(value: f64) -> Option<(Points, bool)> {
        Share::of_score(value).map(Share::rounded)
    }

    /// As a fraction.
    pub fn share(self) -> Share {
        Share::new(i128::from(self.as_hundredths()), 100).unwrap_or(Share::ZERO)
    }

    /// Strict: an optional sign, digits, and at most one `.` or `,` with one or two decimals
    /// (further zeros are allowed). `None` for anything else.
    pub fn parse(text: &str) -> Option<Points> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = match digits.find(['.', ',']) {
            Some(at) => (&digits[..at], &digits[at + 1..]),
            None => (digits, ""),
        };
        let has_mark = whole.len() != digits.len();
        let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || whole.len() > 7 || !all_digits(whole) || !all_digits(fraction) {
            return None;
        }
        if has_mark && fraction.is_empty() {
            return None;
        }
        let (kept, rest) = fraction.split_at(fraction.len().min(2));
        if rest.bytes().any(|b| b != b'0') {
            return None;
        }
        let cents: i64 = format!("{kept:0<2}").parse().ok()?;
        let whole: i64 = whole.parse().ok()?;
        let n = whole * 100 + cents;
        Some(Points::hundredths(if negative { -n } else { n }))
    }

    /// Whether this is a whole number of steps; any number is, of a step of zero.
    pub fn is_multiple_of(self, step: Points) -> bool {
        step == Points::ZERO || self.as_hundredths() % step.as_hundredths() == 0
    }

    /// With a decimal point, for CSV and the command line: `7.5`.
    pub fn plain(self) -> String {
        self.digits().as_str().to_owned()
    }

    /// As [`Points::plain`], without memory of its own.
    pub fn digits(self) -> Digits {
        self.with_mark(b'.')
    }

    fn with_mark(self, mark: u8) -> Digits {
        let mut digits = Digits::new();
        if self < Points::ZERO {
            digits.push(b'-');
        }
        let n = self.as_hundredths().unsigned_abs();
        digits.number(n / 100);
        let (tenths, hundredths) = ((n % 100) / 10, n % 10);
        if (tenths, hundredths) != (0, 0) {
            digits.push(mark);
            digits.number(tenths);
        }
        if hundredths != 0 {
            digits.number(hundredths);
        }
        digits
    }
}

/// With a decimal comma, as people in Viet Nam read it: `7,5`.
impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.with_mark(b',').as_str())
    }
}

impl fmt::Debug for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Points").field(&self.as_hundredths()).finish()
    }
}

impl Default for Points {
    fn default() -> Points {
        Points::ZERO
    }
}

impl Add for Points {
    type Output = Points;
    fn add(self, other: Points) -> Points {
        Points::hundredths(self.as_hundredths() + other.as_hundredths())
    }
}

impl AddAssign for Points {
    fn add_assign(&mut self, other: Points) {
        *self = *self + other;
    }
}

impl Sub for Points {
    type Output = Points;
    fn sub(self, other: Points) -> Points {
        Points::hundredths(self.as_hundredths() - other.as_hundredths())
    }
}

impl Neg for Points {
    type Output = Points;
    fn neg(self) -> Points {
        Points::hundredths(-self.as_hundredths())
    }
}

impl Sum for Points {
    fn sum<I: Iterator<Item = Points>>(iter: I) -> Points {
        iter.fold(Points::ZERO, Add::add)
    }
}

/// In JSON a number with at most two decimals; the float between is rounded back exactly. Elsewhere the hundredths.
impl Serialize for Points {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !serializer.is_human_readable() {
            return self.as_hundredths().serialize(serializer);
        }
        match self.as_hundredths() {
            n if n % 100 == 0 => serializer.serialize_i64(n / 100),
            _ => serializer.serialize_f64(self.to_f64()),
        }
    }
}

impl<'de> Deserialize<'de> for Points {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Points, D::Error> {
        if !deserializer.is_human_readable() {
            return i64::deserialize(deserializer).map(Points::hundredths);
        }
        // Sums of a whole province are far beyond what one score can be.
        let value = f64::deserialize(deserializer)?;
        let n = (value * 100.0).round();
        if n.abs() < 9e15 && (value * 100.0 - n).abs() < 1e-3 {
            return Ok(Points::hundredths(n as i64));
        }
        Err(serde::de::Error::custom(format!("{value} is not points with at most two decimals")))
    }
}

/// An exact share or count: a fraction with a positive denominator, in lowest terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Share {
    num: i128,
    den: i128,
}

impl Share {
    /// Nothing of anything.
    pub const ZERO: Share = Share { num: 0, den: 1 };
    /// The whole: 100%.
    pub const ONE: Share = Share { num: 1, den: 1 };

    /// `num / den`; `None` if `den` is zero.
    pub fn new(num: i128, den: i128) -> Option<Share> {
        if den == 0 {
            return None;
        }
        let g = gcd(num.unsigned_abs(), den.unsigned_abs()).max(1) as i128;
        let sign = if den < 0 { -1 } else { 1 };
        Some(Share { num: sign * num / g, den: sign * den / g })
    }

    /// Numerator, in lowest terms.
    pub fn num(self) -> i128 {
        self.num
    }

    /// Denominator, in lowest terms, above zero.
    pub fn den(self) -> i128 {
        self.den
    }

    /// The decimal that a float stands for, to nine places. `None` unless finite and below a billion.
    pub fn from_f64(value: f64) -> Option<Share> {
        if !value.is_finite() || value.abs() >= 1e9 {
            return None;
        }
        Share::new((value * 1e9).round() as i128, 1_000_000_000)
    }

    /// The decimal that a score in a spreadsheet cell stands for; `None` beyond a million. Nine places leave out the noise
    /// of floating sums: 7.000000000000001 is 7.
    pub fn of_score(value: f64) -> Option<Share> {
        Share::from_f64(value).filter(|_| value.abs() <= 1e6)
    }

    /// The nearest hundredth, half up, and whether it is just that.
    pub fn rounded(self) -> (Points, bool) {
        let points = self.of(Points::whole(1));
        (points, points.share() == self)
    }

    /// Digits with at most one `.` or `,`, no sign: `0,8`, `12`. `None` for anything else.
    pub fn parse_decimal(text: &str) -> Option<Share> {
        let (whole, fraction) = match text.find(['.', ',']) {
            Some(at) => (&text[..at], &text[at + 1..]),
            None => (text, ""),
        };
        let has_mark = whole.len() != text.len();
        if whole.is_empty() || (has_mark && fraction.is_empty()) || whole.len() > 9 || fraction.len() > 12 {
            return None;
        }
        if !whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit()) {
            return None;
        }
        let num: i128 = format!("{whole}{fraction}").parse().ok()?;
        Share::new(num, 10_i128.pow(fraction.len() as u32))
    }

    /// [`Share::parse_decimal`] with one sign before it, or none.
    pub fn parse_signed(text: &str) -> Option<Share> {
        match text.strip_prefix(['-', '\u{2212}']) {
            Some(digits) => Share::parse_decimal(digits.trim_start()).map(|share| Share { num: -share.num, ..share }),
            None => Share::parse_decimal(text.strip_prefix('+').unwrap_or(text)),
        }
    }

    /// This share divided by a whole number.
    pub fn divided_by(self, n: i128) -> Option<Share> {
        Share::new(self.num, self.den.checked_mul(n)?)
    }

    /// `max x share`, rounded once, half up, to the hundredth.
    pub fn of(self, max: Points) -> Points {
        let num = self.num * i128::from(max.as_hundredths()) * 2 + self.den;
        Points::hundredths(num.div_euclid(self.den * 2) as i64)
    }

    /// The sum of two shares.
    pub fn plus(self, other: Share) -> Share {
        Share::new(self.num * other.den + other.num * self.den, self.den * other.den).unwrap_or(Share::ZERO)
    }

    /// This share less another.
    pub fn minus(self, other: Share) -> Share {
        self.plus(Share { num: -other.num, ..other })
    }

    /// The product of two shares.
    pub fn times(self, other: Share) -> Share {
        Share::new(self.num * other.num, self.den * other.den).unwrap_or(Share::ZERO)
    }

    /// For a spreadsheet cell.
    pub fn to_f64(self) -> f64 {
        self.num as f64 / self.den as f64
    }

    /// As people read it: `66,67%`.
    pub fn percent(self) -> String {
        format!("{}%", self.of(Points::whole(100)))
    }
}

/// As a plain number with a decimal comma, to two places.
impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.of(Points::whole(1)), f)
    }
}

impl PartialOrd for Share {
    fn partial_cmp(&self, other: &Share) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Share {
    fn cmp(&self, other: &Share) -> std::cmp::Ordering {
        (self.num * other.den).cmp(&(other.num * self.den))
    }
}

fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// A share as people read it: `37,5%`, half up to a tenth; `None` of nothing.
pub fn per_cent(part: u64, whole: u64) -> Option<String> {
    let tenths = (part * 2_000 + whole).checked_div(whole * 2)?;
    let (whole, tenth) = (tenths / 10, tenths % 10);
    Some(if tenth == 0 { format!("{whole}%") } else { format!("{whole},{tenth}%") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_shown_to_a_tenth() {
        let shown = [(1, 3), (2, 3), (1, 2), (1, 16), (7, 7)].map(|(part, whole)| per_cent(part, whole).unwrap());
        assert_eq!(shown, ["33,3%", "66,7%", "50%", "6,3%", "100%"]);
        assert_eq!(per_cent(0, 0), None);
    }

    #[test]
    fn parses_strictly() {
        for (text, want) in [
            ("7", Some(700)),
            ("7,5", Some(750)),
            ("7.25", Some(725)),
            ("7.500", Some(750)),
            ("-1", Some(-100)),
            ("7.333", None),
            ("7,", None),
            (",5", None),
            ("1.000,5", None),
            ("", None),
            ("٧", None),
        ] {
            assert_eq!(Points::parse(text).map(Points::as_hundredths), want, "{text}");
        }
    }

    #[test]
    fn shows_a_decimal_comma() {
        assert_eq!(Points::hundredths(750).to_string(), "7,5");
        assert_eq!(Points::hundredths(705).to_string(), "7,05");
        assert_eq!(Points::hundredths(-50).to_string(), "-0,5");
        assert_eq!(Points::hundredths(1200).plain(), "12");
        assert_eq!(Points::hundredths(-7).plain(), "-0.07");
        assert_eq!(Points::hundredths(i64::MIN + 1).plain(), "-92233720368547758.07");
        assert_eq!(format!("[{:>6}]", Points::hundredths(1010)), "[  10,1]");
    }

    #[test]
    fn floats_are_hundredths_only_within_their_noise() {
        assert_eq!(Points::from_f64(7.000000000000001), Some((Points::whole(7), true)));
        assert_eq!(Points::from_f64(22.0 / 3.0), Some((Points::hundredths(733), false)));
        for (half, up) in [(5.005, 501), (1.115, 112), (0.145, 15), (10.004, 1000), (-0.005, 0)] {
            assert_eq!(Points::from_f64(half), Some((Points::hundredths(up), false)), "{half}");
        }
        assert_eq!(Points::from_f64(f64::NAN), None);
        assert_eq!(Points::from_f64(f64::INFINITY), None);
    }

    #[test]
    fn shares_round_once_half_up() {
        let third = Share::new(1, 3).unwrap();
        assert_eq!(third.of(Points::whole(25)), Points::hundredths(833));
        let eighth = Share::new(1, 8).unwrap();
        assert_eq!(eighth.of(Points::whole(1)), Points::hundredths(13));
        assert_eq!(Share::new(2, 3).unwrap().percent(), "66,67%");
        assert!(Share::from_f64(0.8).unwrap() == Share::new(4, 5).unwrap());
    }

    #[test]
    fn json_is_a_number_and_comes_back() {
        let points = Points::hundredths(725);
        let json = serde_json::to_string(&points).unwrap();
        assert_eq!(json, "7.25");
        assert_eq!(serde_json::from_str::<Points>(&json).unwrap(), points);
        for large in [Points::hundredths(600_000_025), Points::hundredths(9_000_000_000_001)] {
            let json = serde_json::to_string(&large).unwrap();
            assert_eq!(serde_json::from_str::<Points>(&json).unwrap(), large);
        }
        for odd in ["7.255", "1e300", "\"7\""] {
            assert!(serde_json::from_str::<Points>(odd).is_err(), "{odd}");
        }
    }
}
