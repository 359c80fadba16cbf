//! Dates and times by the browser's `Intl`. Each format is made once per catalogue, on first
//! use: making one costs far more than using it.

use std::cell::OnceCell;

use js_sys::{Date, Function, Intl};
use protocol::time::Timestamp;
use wasm_bindgen::{JsCast, JsValue};

use super::catalogue::Catalogue;
use super::keys::Key;

const DAY_MS: f64 = 86_400_000.0;

/// The formats of one language.
#[derive(Default)]
pub(super) struct Formats {
    time: OnceCell<Function>,
    weekday: OnceCell<Function>,
    day: OnceCell<Function>,
    short_day: OnceCell<Function>,
    date: OnceCell<Function>,
    moment: OnceCell<Function>,
    stamp: OnceCell<Function>,
    units: [OnceCell<Function>; 3],
    about: [OnceCell<Function>; 2],
    sizes: [OnceCell<Function>; 2],
    percent: OnceCell<Function>,
}

impl Catalogue {
    /// Time of day: `10:32`.
    pub fn time(&self, at: Timestamp) -> String {
        let options = r#"{"hour":"numeric","minute":"2-digit"}"#;
        self.written(&self.formats().time, options, at)
    }

    /// Day and time in full, for tooltips: `Tuesday, 4 March 2025 at 10:32`.
    pub fn moment(&self, at: Timestamp) -> String {
        let options = r#"{"dateStyle":"full","timeStyle":"short"}"#;
        self.written(&self.formats().moment, options, at)
    }

    /// Day and time as short as they can be without doubt: `4 Mar, 10:32`.
    pub fn stamp(&self, at: Timestamp) -> String {
        let options = r#"{"day":"numeric","month":"short","hour":"numeric","minute":"2-digit"}"#;
        self.written(&self.formats().stamp, options, at)
    }

    /// A running clock: `0:45`, `12:07`, `1:02:03`, in the digits of the language.
    pub fn clock(&self, seconds: u32) -> String {
        let two = |number: u32| {
            let mut digits = String::from(":");
            digits.push_str(&self.number(number / 10));
            digits.push_str(&self.number(number % 10));
            digits
        };
        let (minutes, seconds) = (seconds / 60, two(seconds % 60));
        let mut clock = match (minutes / 60, minutes % 60) {
            (0, minutes) => self.number(minutes),
            (hours, minutes) => self.number(hours) + &two(minutes),
        };
        clock.push_str(&seconds);
        clock
    }

    /// How long something lasts, in the largest unit that fits: `45 sec`, `3 min`, `2 hr`.
    pub fn lasting(&self, seconds: u32) -> String {
        let (number, unit) = match seconds {
            0..60 => (seconds, 0),
            60..3600 => (seconds / 60, 1),
            _ => (seconds / 3600, 2),
        };
        let format = self.formats().units[unit].get_or_init(|| {
            let unit = ["second", "minute", "hour"][unit];
            let wanted = format!(r#"{{"style":"unit","unit":"{unit}","unitDisplay":"short"}}"#);
            Intl::NumberFormat::new(&self.locales(), options(&wanted).unchecked_ref()).format()
        });
        filled(format, f64::from(number))
    }

    /// How long something will take, in whole minutes or hours and never less than it was said
    /// to: `1 minute`, `5 minutes`, `2 hours`.
    pub fn about(&self, milliseconds: u32) -> String {
        let minutes = milliseconds.div_ceil(60_000).max(1);
        let (number, at) = match minutes {
            0..90 => (minutes, 0),
            _ => (minutes.div_ceil(60), 1),
        };
        let format = self.formats().about[at].get_or_init(|| {
            let wanted = [
                r#"{"style":"unit","unit":"minute","unitDisplay":"long"}"#,
                r#"{"style":"unit","unit":"hour","unitDisplay":"long"}"#,
            ][at];
            Intl::NumberFormat::new(&self.locales(), options(wanted).unchecked_ref()).format()
        });
        filled(format, f64::from(number))
    }

    /// How large a file is: `812 kB`, `3.4 MB`, in the steps of 1,024 that systems show.
    pub fn size(&self, bytes: u64) -> String {
        let thousands = bytes.div_ceil(1024);
        let (number, at) = match thousands {
            0..1000 => (thousands as f64, 0),
            _ => (bytes as f64 / 1_048_576.0, 1),
        };
        let format = self.formats().sizes[at].get_or_init(|| {
            let wanted = [
                r#"{"style":"unit","unit":"kilobyte"}"#,
                r#"{"style":"unit","unit":"megabyte","maximumFractionDigits":1}"#,
            ][at];
            Intl::NumberFormat::new(&self.locales(), options(wanted).unchecked_ref()).format()
        });
        filled(format, number)
    }

    /// A share of a whole, of which 1 is all: `34%`.
    pub fn percent(&self, share: f64) -> String {
        let format = self.formats().percent.get_or_init(|| {
            let wanted = r#"{"style":"percent"}"#;
            Intl::NumberFormat::new(&self.locales(), options(wanted).unchecked_ref()).format()
        });
        filled(format, share)
    }

    /// A day as a divider: `Today`, `Yesterday`, `Tuesday, March 4`, and with its year when that
    /// is another one.
    pub fn day(&self, at: Timestamp, now: Timestamp) -> String {
        match days_ago(at, now) {
            0 => self.text(Key::COMMON_DATE_TODAY),
            1 => self.text(Key::COMMON_DATE_YESTERDAY),
            _ if local(at).get_full_year() == local(now).get_full_year() => {
                let options = r#"{"weekday":"long","day":"numeric","month":"long"}"#;
                self.written(&self.formats().day, options, at)
            }
            _ => self.written(&self.formats().date, r#"{"dateStyle":"long"}"#, at),
        }
    }

    /// As short as a list can have it: the time today, then `Yesterday`, the weekday, the day,
    /// and the date when it was another year.
    pub fn short(&self, at: Timestamp, now: Timestamp) -> String {
        match days_ago(at, now) {
            0 => self.time(at),
            1 => self.text(Key::COMMON_DATE_YESTERDAY),
            2..7 => self.written(&self.formats().weekday, r#"{"weekday":"short"}"#, at),
            _ if local(at).get_full_year() == local(now).get_full_year() => {
                let options = r#"{"day":"numeric","month":"short"}"#;
                self.written(&self.formats().short_day, options, at)
            }
            _ => self.written(&self.formats().date, r#"{"dateStyle":"long"}"#, at),
        }
    }

    /// How long ago, in the largest unit that fits: `now`, `5 min. ago`, `yesterday`.
    pub fn relative(&self, at: Timestamp, now: Timestamp) -> String {
        let seconds = at.since(now) / 1000;
        let (number, unit) = match seconds.abs() {
            0..60 => (0, "second"),
            60..3600 => (seconds / 60, "minute"),
            3600..86_400 => (seconds / 3600, "hour"),
            _ => (seconds / 86_400, "day"),
        };
        let options = options(r#"{"numeric":"auto","style":"short"}"#);
        Intl::RelativeTimeFormat::new(&self.locales(), options.unchecked_ref())
            .format(number as f64, unit)
            .into()
    }

    fn written(&self, format: &OnceCell<Function>, wanted: &str, at: Timestamp) -> String {
        let format = format.get_or_init(|| {
            Intl::DateTimeFormat::new(&self.locales(), options(wanted).unchecked_ref()).format()
        });
        filled(format, at.0 as f64)
    }
}

fn filled(format: &Function, number: f64) -> String {
    format
        .call1(&JsValue::UNDEFINED, &JsValue::from_f64(number))
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or_default()
}

/// The clock, for what is shown beside a date. Never decides anything.
pub fn now() -> Timestamp {
    Timestamp(Date::now() as i64)
}

fn options(json: &str) -> JsValue {
    js_sys::JSON::parse(json).unwrap_or_default()
}

fn local(at: Timestamp) -> Date {
    Date::new(&JsValue::from_f64(at.0 as f64))
}

/// Midnights between two instants in the reader's time zone; zero for the future, too.
fn days_ago(at: Timestamp, now: Timestamp) -> u32 {
    let midnight = |at: Timestamp| {
        let date = local(at);
        date.set_hours(0);
        date.set_minutes(0);
        date.set_seconds(0);
        date.set_milliseconds(0);
        date.get_time()
    };
    // Days with a change of clocks are an hour longer or shorter.
    ((midnight(now) - midnight(at)) / DAY_MS).round().max(0.0) as u32
}
