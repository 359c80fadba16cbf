//! Hours that make sense, and the questions they answer.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use chrono_tz::Tz;
use protocol::time::Timestamp;

use super::error::HoursError;
use super::form::{HolidayForm, HoursForm};
use super::interval::{Interval, check_night, read_day};
use super::local::{Edge, instant};

/// How many days ahead the next change is looked for. A little more than a year, so that every
/// yearly one is found.
const HORIZON_DAYS: u64 = 400;
/// More holidays make no sense.
const MOST_HOLIDAYS: usize = 400;

/// Business hours of a channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hours {
    zone: Tz,
    /// From Monday.
    week: [Vec<Interval>; 7],
    holidays: BTreeMap<NaiveDate, Holiday>,
}

/// A holiday by its first day.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Holiday {
    last: NaiveDate,
    open: Vec<Interval>,
    name: Option<String>,
}

/// A stretch of open time.
type Span = (DateTime<Utc>, DateTime<Utc>);

impl TryFrom<&HoursForm> for Hours {
    type Error = HoursError;

    fn try_from(form: &HoursForm) -> Result<Self, HoursError> {
        let zone = form
            .time_zone
            .parse()
            .map_err(|_| HoursError::UnknownTimeZone {
                time_zone: form.time_zone.clone(),
            })?;
        let days = form.week.days();
        let mut week: [Vec<Interval>; 7] = Default::default();
        for (read, (name, intervals)) in week.iter_mut().zip(days) {
            *read = read_day(intervals, name)?;
        }
        let mornings = week.iter().cycle().skip(1);
        for ((evening, morning), (name, _)) in week.iter().zip(mornings).zip(days) {
            check_night(evening, morning, name)?;
        }
        Ok(Self {
            zone,
            holidays: read_holidays(&form.holidays)?,
            week,
        })
    }
}

fn read_holidays(forms: &[HolidayForm]) -> Result<BTreeMap<NaiveDate, Holiday>, HoursError> {
    if forms.len() > MOST_HOLIDAYS {
        return Err(HoursError::TooMany {
            what: "holidays",
            limit: MOST_HOLIDAYS,
        });
    }
    let mut holidays: BTreeMap<NaiveDate, Holiday> = BTreeMap::new();
    for form in forms {
        let from = date(&form.from)?;
        let last = form.to.as_deref().map_or(Ok(from), date)?;
        let ends = || (form.from.clone(), last.to_string());
        if last < from {
            let (from, to) = ends();
            return Err(HoursError::EndBeforeStart { from, to });
        }
        if (last - from).num_days() > 366 {
            let (from, to) = ends();
            return Err(HoursError::LongHoliday { from, to });
        }
        let before = holidays.range(..=last).next_back();
        if let Some((other, holiday)) = before
            && holiday.last >= from
        {
            return Err(HoursError::HolidaysOverlap {
                day: from.max(*other).to_string(),
            });
        }
        let open = read_day(&form.open, &form.from)?;
        if last > from {
            check_night(&open, &open, &form.from)?;
        }
        let name = form.name.clone();
        holidays.insert(from, Holiday { last, open, name });
    }
    Ok(holidays)
}

/// Reads `2026-12-24`, and no other way to write it.
fn date(text: &str) -> Result<NaiveDate, HoursError> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .ok()
        .filter(|date| date.to_string() == text)
        .ok_or_else(|| HoursError::BadDate {
            text: text.to_owned(),
        })
}

impl Hours {
    /// Whether somebody is expected to be there.
    pub fn is_open(&self, at: Timestamp) -> bool {
        moment(at).is_some_and(|at| self.span_around(at).is_some())
    }

    /// When that changes next, after `at`; nothing when it does not within a year.
    pub fn next_change(&self, at: Timestamp) -> Option<Timestamp> {
        let at = moment(at)?;
        let horizon = at.checked_add_days(Days::new(HORIZON_DAYS))?;
        let change = match self.span_around(at) {
            Some((_, end)) => self.end_of_open(end, horizon)?,
            None => self.next_span(at)?.0,
        };
        Some(Timestamp(change.timestamp_millis()))
    }

    /// When it is open: `at` itself, or the next opening; nothing when there is none within a
    /// year.
    pub fn opens_at(&self, at: Timestamp) -> Option<Timestamp> {
        if self.is_open(at) {
            Some(at)
        } else {
            self.next_change(at)
        }
    }

    /// As they are written down.
    pub fn to_form(&self) -> HoursForm {
        let forms = |day: &[Interval]| day.iter().map(|it| it.to_form()).collect();
        let [
            monday,
            tuesday,
            wednesday,
            thursday,
            friday,
            saturday,
            sunday,
        ] = self.week.each_ref().map(|day| forms(day));
        let holiday = |(from, holiday): (&NaiveDate, &Holiday)| HolidayForm {
            from: from.to_string(),
            to: (holiday.last != *from).then(|| holiday.last.to_string()),
            open: forms(&holiday.open),
            name: holiday.name.clone(),
        };
        HoursForm {
            time_zone: self.zone.name().to_owned(),
            week: super::form::WeekForm {
                monday,
                tuesday,
                wednesday,
                thursday,
                friday,
                saturday,
                sunday,
            },
            holidays: self.holidays.iter().map(holiday).collect(),
        }
    }

    /// What begins on this day.
    fn intervals(&self, day: NaiveDate) -> &[Interval] {
        let holiday = self.holidays.range(..=day).next_back();
        match holiday {
            Some((_, holiday)) if holiday.last >= day => &holiday.open,
            _ => {
                let weekday = day.weekday().num_days_from_monday() as usize;
                self.week.get(weekday).map_or(&[], Vec::as_slice)
            }
        }
    }

    /// The open stretches that begin on this day. One whose wall clock was jumped over is none.
    fn spans(&self, day: NaiveDate) -> impl Iterator<Item = Span> {
        self.intervals(day).iter().filter_map(move |interval| {
            let from = instant(self.zone, day, interval.from, Edge::Beginning)?;
            let to = instant(self.zone, day, interval.to, Edge::End)?;
            (from < to).then_some((from, to))
        })
    }

    /// The stretches that begin near this instant: an interval takes a day at most, and a clock
    /// may once have been put forward or back by another.
    fn spans_near(&self, at: DateTime<Utc>) -> impl Iterator<Item = Span> {
        let today = at.with_timezone(&self.zone).date_naive();
        let days = today.iter_days().take(3);
        let before = [3, 2, 1]
            .into_iter()
            .filter_map(move |ago| today.checked_sub_days(Days::new(ago)));
        before.chain(days).flat_map(|day| self.spans(day))
    }

    /// The stretch that is open at this instant; of several the one that lasts longest.
    fn span_around(&self, at: DateTime<Utc>) -> Option<Span> {
        self.spans_near(at)
            .filter(|(from, to)| *from <= at && at < *to)
            .max_by_key(|(_, to)| *to)
    }

    /// The end of open time that reaches to `end`: another stretch may go on from there.
    fn end_of_open(&self, mut end: DateTime<Utc>, horizon: DateTime<Utc>) -> Option<DateTime<Utc>> {
        while let Some((_, later)) = self.span_around(end) {
            end = later;
            if end > horizon {
                return None;
            }
        }
        Some(end)
    }

    /// The first stretch that begins after this instant.
    fn next_span(&self, at: DateTime<Utc>) -> Option<Span> {
        let near = self.spans_near(at).filter(|(from, _)| *from > at).min();
        near.or_else(|| {
            let today = at.with_timezone(&self.zone).date_naive();
            let days = usize::try_from(HORIZON_DAYS).ok()?;
            today
                .iter_days()
                .take(days)
                .find_map(|day| self.spans(day).find(|(from, _)| *from > at))
        })
    }
}

fn moment(at: Timestamp) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp_millis(at.0)
}
