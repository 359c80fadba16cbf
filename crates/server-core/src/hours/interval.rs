//! Stretches of a day, in minutes since its midnight.

use super::error::HoursError;
use super::form::IntervalForm;

const DAY: u16 = 24 * 60;
/// More on one day make no sense.
const MOST: usize = 12;

/// A stretch that begins on some day. Invariant: `from < DAY`, `from < to <= from + DAY`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Interval {
    pub(super) from: u16,
    /// Above `DAY` it lies on the next day.
    pub(super) to: u16,
}

impl Interval {
    fn read(form: &IntervalForm, place: &str) -> Result<Self, HoursError> {
        let bad = |text: &str| HoursError::BadTime {
            place: place.to_owned(),
            text: text.to_owned(),
        };
        let from = minutes(&form.from)
            .filter(|from| *from < DAY)
            .ok_or_else(|| bad(&form.from))?;
        let to = minutes(&form.to).ok_or_else(|| bad(&form.to))?;
        if from == to {
            return Err(HoursError::EmptyInterval {
                place: place.to_owned(),
                interval: format!("{}-{}", form.from, form.to),
            });
        }
        let to = if to < from { to + DAY } else { to };
        Ok(Self { from, to })
    }

    /// As people write it.
    fn text(self) -> String {
        let end = if self.to > DAY {
            self.to - DAY
        } else {
            self.to
        };
        let clock = |minutes: u16| format!("{:02}:{:02}", minutes / 60, minutes % 60);
        format!("{}-{}", clock(self.from), clock(end))
    }

    pub(super) fn to_form(self) -> IntervalForm {
        let text = self.text();
        let (from, to) = text.split_once('-').unwrap_or((&text, ""));
        IntervalForm {
            from: from.to_owned(),
            to: to.to_owned(),
        }
    }
}

/// Reads the intervals of one day and puts them in order.
pub(super) fn read_day(forms: &[IntervalForm], place: &str) -> Result<Vec<Interval>, HoursError> {
    if forms.len() > MOST {
        return Err(HoursError::TooMany {
            what: "intervals on one day",
            limit: MOST,
        });
    }
    let mut intervals: Vec<Interval> = forms
        .iter()
        .map(|form| Interval::read(form, place))
        .collect::<Result<_, _>>()?;
    intervals.sort();
    for pair in intervals.windows(2) {
        if let [first, second] = pair
            && first.to > second.from
        {
            return Err(overlap(*first, *second, place));
        }
    }
    Ok(intervals)
}

/// Refuses a day whose last interval runs into the first one of the day after.
pub(super) fn check_night(
    evening: &[Interval],
    morning: &[Interval],
    place: &str,
) -> Result<(), HoursError> {
    match (evening.last(), morning.first()) {
        (Some(last), Some(first)) if last.to > DAY + first.from => {
            Err(overlap(*last, *first, place))
        }
        _ => Ok(()),
    }
}

fn overlap(first: Interval, second: Interval, place: &str) -> HoursError {
    HoursError::Overlap {
        place: place.to_owned(),
        first: first.text(),
        second: second.text(),
    }
}

/// `09:30` as minutes since midnight; `24:00` is the last one.
fn minutes(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    let number = |part: &str| -> Option<u16> {
        let digits = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| part.parse().ok()).flatten()
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    let total = hours * 60 + minutes;
    (minutes < 60 && total <= DAY).then_some(total)
}
