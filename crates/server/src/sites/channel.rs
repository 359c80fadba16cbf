//! `channels/SITE.json`: business hours, forms, how soon an answer comes, and whether agents are
//! asked.
//!
//! ```json
//! { "hours": { "time_zone": "Europe/Madrid", "week": {} },
//!   "pre_chat": { "fields": [] }, "offline": { "fields": [] },
//!   "expected_reply_minutes": 5, "auto_accept": false }
//! ```
//!
//! Each part is read by itself, and so is each field and each day, so that a file with several
//! slips is told all of them. What parts mean is the business of `server_core`.

use std::ops::RangeInclusive;

use serde::Deserialize;
use serde_json::value::RawValue;
use server_core::forms::{Field, Form, FormError, FormFields};
use server_core::hours::{Hours, HoursError, HoursForm, WeekForm};
use server_core::ports::SiteRules;
use server_core::script::{FILE_BYTES, Problem};

/// Answers may take up to a week. Who needs longer had better say nothing.
const REPLY_MINUTES: RangeInclusive<u32> = 1..=7 * 24 * 60;
/// Most problems that are told at once.
const MOST: usize = 100;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written<'f> {
    #[serde(borrow)]
    hours: Option<&'f RawValue>,
    #[serde(borrow)]
    pre_chat: Option<&'f RawValue>,
    #[serde(borrow)]
    offline: Option<&'f RawValue>,
    #[serde(borrow)]
    expected_reply_minutes: Option<&'f RawValue>,
    #[serde(borrow)]
    auto_accept: Option<&'f RawValue>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenForm<'f> {
    #[serde(borrow)]
    fields: Vec<&'f RawValue>,
}

/// Reads a channel's file.
///
/// # Errors
/// What is wrong with it, in the order of its lines.
pub fn check(file: &[u8]) -> Result<SiteRules, Vec<Problem>> {
    let file = text(file).map_err(|problem| vec![problem])?;
    let mut reader = Reader {
        file,
        problems: Vec::new(),
    };
    let rules = reader.rules().unwrap_or_default();
    let mut problems = reader.problems;
    if problems.is_empty() {
        return Ok(rules);
    }
    problems.sort();
    problems.truncate(MOST);
    Err(problems)
}

fn text(file: &[u8]) -> Result<&str, Problem> {
    if file.len() > FILE_BYTES {
        return Err(Problem {
            line: 1,
            sentence: format!("the file has more than {FILE_BYTES} bytes; make it shorter"),
        });
    }
    let text = std::str::from_utf8(file).map_err(|error| {
        let before = file.iter().take(error.valid_up_to());
        Problem {
            line: before.filter(|byte| **byte == b'\n').count() + 1,
            sentence: "this is not UTF-8; save the file in that encoding".to_owned(),
        }
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// What serde says, without where it says it.
fn words(error: &serde_json::Error) -> String {
    let sentence = error.to_string();
    let place = sentence.rfind(" at line ").unwrap_or(sentence.len());
    sentence.get(..place).unwrap_or(&sentence).to_owned()
}

struct Reader<'f> {
    file: &'f str,
    problems: Vec<Problem>,
}

impl<'f> Reader<'f> {
    fn rules(&mut self) -> Option<SiteRules> {
        let written: Written<'f> = self.whole()?;
        let hours = written.hours.and_then(|part| self.hours(part));
        let pre_chat = written.pre_chat;
        let pre_chat = pre_chat.and_then(|part| self.form("pre_chat", part));
        let offline = written.offline;
        let offline = offline.and_then(|part| self.form("offline", part));
        let reply = written.expected_reply_minutes;
        let auto = written.auto_accept;
        Some(SiteRules {
            hours,
            pre_chat,
            offline,
            expected_reply_ms: reply.and_then(|part| self.reply(part)),
            auto_accept: auto.and_then(|part| self.part("auto_accept", part)) == Some(true),
        })
    }

    fn whole(&mut self) -> Option<Written<'f>> {
        let file = self.file;
        // Serde would take a list for an object whose names were left out.
        if !file.trim_start().starts_with('{') {
            self.add(1, "the file is one object; begin it with {".to_owned());
            return None;
        }
        match serde_json::from_str(file) {
            Ok(written) => Some(written),
            Err(error) if error.is_data() => {
                self.add(error.line(), words(&error));
                None
            }
            Err(error) => {
                // A whole reading has better words for the commonest slip, a comma too many.
                let better = serde_json::from_str::<serde_json::Value>(file).err();
                let error = better.unwrap_or(error);
                let (what, column) = (words(&error), error.column());
                let sentence = format!("this is not JSON: {what}, at column {column}");
                self.add(error.line(), sentence);
                None
            }
        }
    }

    /// Reads a part of the file.
    fn part<T: Deserialize<'f>>(&mut self, name: &str, part: &'f RawValue) -> Option<T> {
        let read = serde_json::from_str(part.get());
        read.map_err(|error| {
            let line = self.line(part.get()) + error.line().saturating_sub(1);
            self.add(line, format!("`{name}`: {}", words(&error)));
        })
        .ok()
    }

    fn reply(&mut self, part: &'f RawValue) -> Option<u32> {
        let name = "expected_reply_minutes";
        let minutes: u32 = self.part(name, part)?;
        if !REPLY_MINUTES.contains(&minutes) {
            let (least, most) = (REPLY_MINUTES.start(), REPLY_MINUTES.end());
            let sentence = format!("`{name}` is not between {least} and {most}");
            self.add(self.line(part.get()), sentence);
        }
        Some(minutes.saturating_mul(60_000))
    }

    fn hours(&mut self, part: &'f RawValue) -> Option<Hours> {
        let form: HoursForm = self.part("hours", part)?;
        let mut faults: Vec<HoursError> = pieces(&form)
            .iter()
            .filter_map(|piece| Hours::try_from(piece).err())
            .take(MOST)
            .collect();
        let hours = if faults.is_empty() {
            Hours::try_from(&form)
                .map_err(|fault| faults.push(fault))
                .ok()
        } else {
            None
        };
        for fault in faults {
            let line = self.line_of(part.get(), &place(&fault));
            self.add(line, format!("`hours`: {fault}"));
        }
        hours
    }

    fn form(&mut self, name: &str, part: &'f RawValue) -> Option<Form> {
        let written: WrittenForm<'f> = self.part(name, part)?;
        let before = self.problems.len();
        if written.fields.is_empty() {
            let sentence = format!("`{name}` has no fields; give it some or leave it out");
            self.add(self.line(part.get()), sentence);
        }
        let mut fields: Vec<Field> = Vec::new();
        for one in &written.fields {
            if self.problems.len() > MOST {
                break;
            }
            if let Some(field) = self.part::<Field>(name, one) {
                let alone = FormFields {
                    fields: vec![field.clone()],
                };
                if let Err(fault) = Form::try_from(alone) {
                    self.add(self.line(one.get()), format!("`{name}`: {fault}"));
                }
                fields.push(field);
            }
        }
        if self.problems.len() > before {
            return None;
        }
        let names: Vec<String> = fields.iter().map(|field| field.name.clone()).collect();
        match Form::try_from(FormFields { fields }) {
            Ok(form) => Some(form),
            Err(fault) => {
                let repeated = match &fault {
                    FormError::Repeated { name } => names.iter().rposition(|it| it == name),
                    _ => None,
                };
                let field = repeated.and_then(|at| written.fields.get(at));
                let line = self.line(field.map_or(part.get(), |field| field.get()));
                self.add(line, format!("`{name}`: {fault}"));
                None
            }
        }
    }

    fn add(&mut self, line: usize, sentence: String) {
        let line = line.max(1);
        self.problems.push(Problem { line, sentence });
    }

    /// The line in which a slice of the file begins.
    fn line(&self, slice: &str) -> usize {
        let at = (slice.as_ptr() as usize).saturating_sub(self.file.as_ptr() as usize);
        let before = self.file.bytes().take(at);
        before.filter(|byte| *byte == b'\n').count() + 1
    }

    /// The line where these strings stand in a part, one after the other, as far as they can be
    /// found.
    fn line_of(&self, part: &'f str, strings: &[&str]) -> usize {
        let mut rest = part;
        for string in strings {
            let found = rest.find(&format!("\"{string}\""));
            rest = found.and_then(|at| rest.get(at..)).unwrap_or(rest);
        }
        self.line(rest)
    }
}

/// Time zone, days and holidays, each as hours of its own.
fn pieces(form: &HoursForm) -> Vec<HoursForm> {
    let utc = || HoursForm {
        time_zone: "UTC".to_owned(),
        ..HoursForm::default()
    };
    let week = &form.week;
    let mut days: [WeekForm; 7] = Default::default();
    let [
        monday,
        tuesday,
        wednesday,
        thursday,
        friday,
        saturday,
        sunday,
    ] = &mut days;
    monday.monday.clone_from(&week.monday);
    tuesday.tuesday.clone_from(&week.tuesday);
    wednesday.wednesday.clone_from(&week.wednesday);
    thursday.thursday.clone_from(&week.thursday);
    friday.friday.clone_from(&week.friday);
    saturday.saturday.clone_from(&week.saturday);
    sunday.sunday.clone_from(&week.sunday);
    let zone = HoursForm {
        time_zone: form.time_zone.clone(),
        ..HoursForm::default()
    };
    let days = days.into_iter().map(|week| HoursForm { week, ..utc() });
    let holidays = form.holidays.iter().map(|holiday| HoursForm {
        holidays: vec![holiday.clone()],
        ..utc()
    });
    std::iter::once(zone).chain(days).chain(holidays).collect()
}

/// The strings that lead to where hours are wrong.
fn place(fault: &HoursError) -> Vec<&str> {
    let begin = |interval: &'_ str| interval.len().min(5);
    match fault {
        HoursError::UnknownTimeZone { time_zone } => vec!["time_zone", time_zone],
        HoursError::BadTime { place, text } => vec![place, text],
        HoursError::EmptyInterval { place, interval } => {
            vec![place, interval.get(..begin(interval)).unwrap_or_default()]
        }
        HoursError::Overlap { place, first, .. } => {
            vec![place, first.get(..begin(first)).unwrap_or_default()]
        }
        HoursError::BadDate { text } => vec!["holidays", text],
        HoursError::EndBeforeStart { from, .. } | HoursError::LongHoliday { from, .. } => {
            vec!["holidays", from]
        }
        HoursError::HolidaysOverlap { day } => vec!["holidays", day],
        HoursError::TooMany { .. } => Vec::new(),
    }
}

/// What a file sets, in a few words.
pub fn summary(rules: &SiteRules) -> String {
    let mut parts = Vec::new();
    if let Some(hours) = &rules.hours {
        parts.push(format!("hours in {}", hours.to_form().time_zone));
    }
    for (name, form) in [("pre_chat", &rules.pre_chat), ("offline", &rules.offline)] {
        if let Some(form) = form {
            let fields = form.fields().len();
            let plural = if fields == 1 { "" } else { "s" };
            parts.push(format!("{name} with {fields} field{plural}"));
        }
    }
    if let Some(reply) = rules.expected_reply_ms {
        parts.push(format!("a reply within {} minutes", reply / 60_000));
    }
    if rules.auto_accept {
        parts.push("sessions are given without being offered".to_owned());
    }
    if parts.is_empty() {
        parts.push("nothing is set".to_owned());
    }
    parts.join(", ")
}
