//! Instants on the wire: RFC 3339 in UTC with milliseconds, read and written by hand.
//!
//! A date library would cost the widget 16 KB; the tests hold this one against chrono.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub i64);

/// First and last instant that RFC 3339 can write with a four-digit year.
const RANGE: std::ops::RangeInclusive<i64> = -62_167_219_200_000..=253_402_300_799_999;

impl Timestamp {
    /// The instant `millis` milliseconds later.
    #[must_use]
    pub fn plus(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }

    /// Milliseconds from `earlier` to this instant; negative when it lies before.
    pub fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// Reads RFC 3339 (section 5.6). Offsets are taken into account, fractions beyond the
    /// millisecond are cut off, a leap second reads as the last millisecond before it.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let mut numbers = [0_i64; 6];
        let mut field = 0;
        for (at, wanted) in SHAPE.iter().enumerate() {
            let byte = *bytes.get(at)?;
            if *wanted == b'0' {
                numbers[field] = numbers[field] * 10 + digit(byte)?;
            } else if byte == *wanted || (*wanted == b'T' && matches!(byte, b't' | b' ')) {
                field += 1;
            } else {
                return None;
            }
        }
        let [year, month, day, hour, minute, second] = numbers;
        let fits = (1..=12).contains(&month)
            && (1..=days_in_month(year, month)).contains(&day)
            && hour <= 23
            && minute <= 59
            && second <= 60;
        if !fits {
            return None;
        }
        let mut rest = &bytes[SHAPE.len()..];
        let mut millis = 0;
        if let [b'.', fraction @ ..] = rest {
            let mut weight = 100;
            rest = fraction;
            while let [first, others @ ..] = rest
                && let Some(digit) = digit(*first)
            {
                millis += digit * weight;
                weight /= 10;
                rest = others;
            }
            if rest.len() == fraction.len() {
                return None;
            }
        }
        let offset = match *rest {
            [b'Z' | b'z'] => 0,
            [sign @ (b'+' | b'-'), ten, one, b':', tens, ones] => {
                let hours = digit(ten)? * 10 + digit(one)?;
                let minutes = digit(tens)? * 10 + digit(ones)?;
                if hours > 23 || minutes > 59 {
                    return None;
                }
                let offset = hours * 60 + minutes;
                if sign == b'-' { -offset } else { offset }
            }
            _ => return None,
        };
        let (second, millis) = if second == 60 {
            (59, 999)
        } else {
            (second, millis)
        };
        let minutes = (days_from_civil(year, month, day) * 24 + hour) * 60 + minute - offset;
        Some(Self((minutes * 60 + second) * 1000 + millis))
    }
}

/// An instant up to its second; a zero stands for any digit.
const SHAPE: &[u8] = b"0000-00-00T00:00:00";

fn digit(byte: u8) -> Option<i64> {
    byte.is_ascii_digit().then(|| i64::from(byte - b'0'))
}

impl std::fmt::Display for Timestamp {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let at = self.0.clamp(*RANGE.start(), *RANGE.end());
        let (days, rest) = (at.div_euclid(86_400_000), at.rem_euclid(86_400_000));
        let (year, month, day) = civil_from_days(days);
        let (hour, minute) = (rest / 3_600_000, rest / 60_000 % 60);
        let (second, millis) = (rest / 1000 % 60, rest % 1000);
        write!(
            out,
            "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{millis:03}Z"
        )
    }
}

fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar. Years are counted from March, so
/// that the leap day is the last of its year.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day_of_year - (153 * from_march + 2) / 5 + 1)
}

wire_text!(
    Timestamp,
    Timestamp::parse,
    "not an RFC 3339 time",
    Timestamp(0)
);

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.to_string())
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not an RFC 3339 time"))
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Timestamp {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Timestamp".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "date-time" })
    }
}
