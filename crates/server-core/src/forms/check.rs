//! A form that makes sense, and the check of what is filled in.

use std::collections::{BTreeMap, BTreeSet};

use super::error::{FieldFault, FormError};
use super::field::{Field, FieldKind, FormFields};
use crate::domain::{contact_details, language};

const MOST_FIELDS: usize = 20;
const MOST_OPTIONS: usize = 50;
const LONGEST_NAME: usize = 32;
const LONGEST_LABEL: usize = 200;

/// The most values that are looked at in one submission.
pub const MOST_SUBMITTED: usize = 2 * MOST_FIELDS;

/// A form whose fields make sense.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    fields: Vec<Field>,
}

/// What a visitor filled in, field by field in the form's order; empty ones are left out.
pub type Filled = Vec<(String, String)>;

impl TryFrom<FormFields> for Form {
    type Error = FormError;

    fn try_from(written: FormFields) -> Result<Self, FormError> {
        let fields = written.fields;
        at_most(fields.len(), MOST_FIELDS, "fields")?;
        each_once(fields.iter().map(|field| field.name.as_str()))?;
        for field in &fields {
            labels(&field.name, &field.label)?;
            options(field)?;
        }
        Ok(Self { fields })
    }
}

fn options(field: &Field) -> Result<(), FormError> {
    let name = field.name.clone();
    match (field.kind, field.options.is_empty()) {
        (FieldKind::Choice, true) => return Err(FormError::NoOptions { name }),
        (FieldKind::Choice, false) | (_, true) => {}
        (_, false) => return Err(FormError::UselessOptions { name }),
    }
    at_most(
        field.options.len(),
        MOST_OPTIONS,
        &format!("options of {name:?}"),
    )?;
    each_once(field.options.iter().map(|option| option.value.as_str()))?;
    for option in &field.options {
        labels(&option.value, &option.label)?;
    }
    Ok(())
}

fn at_most(count: usize, limit: usize, of: &str) -> Result<(), FormError> {
    if count > limit {
        let of = of.to_owned();
        return Err(FormError::TooMany { of, limit });
    }
    Ok(())
}

fn each_once<'a>(names: impl Iterator<Item = &'a str>) -> Result<(), FormError> {
    let mut seen = BTreeSet::new();
    for name in names {
        let known = |byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_');
        if !(1..=LONGEST_NAME).contains(&name.len()) || !name.bytes().all(known) {
            let name = name.to_owned();
            return Err(FormError::BadName { name });
        }
        if !seen.insert(name) {
            let name = name.to_owned();
            return Err(FormError::Repeated { name });
        }
    }
    Ok(())
}

fn labels(name: &str, label: &BTreeMap<String, String>) -> Result<(), FormError> {
    let name = || name.to_owned();
    if label.is_empty() {
        return Err(FormError::NoLabel { name: name() });
    }
    for (tag, text) in label {
        let (name, tag) = (name(), tag.clone());
        if !language::is_tag(&tag) {
            return Err(FormError::BadLanguage { name, tag });
        }
        let length = text.chars().count();
        let blank = text.trim().is_empty();
        if blank || length > LONGEST_LABEL || text.contains(char::is_control) {
            return Err(FormError::BadLabel { name, tag });
        }
    }
    Ok(())
}

impl Form {
    /// Its fields in order.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// As it is written down.
    pub fn to_written(&self) -> FormFields {
        let fields = self.fields.clone();
        FormFields { fields }
    }

    /// Checks what was submitted and brings it into the form that is kept.
    ///
    /// # Errors
    /// Every field that is not right, with what is wrong.
    pub fn check(
        &self,
        submitted: &BTreeMap<String, String>,
    ) -> Result<Filled, BTreeMap<String, FieldFault>> {
        let mut filled = Filled::new();
        let mut faults = BTreeMap::new();
        for field in &self.fields {
            let value = submitted.get(&field.name).map_or("", String::as_str);
            match kept(field, value) {
                Ok(value) if value.is_empty() => {}
                Ok(value) => filled.push((field.name.clone(), value)),
                Err(fault) => {
                    faults.insert(field.name.clone(), fault);
                }
            }
        }
        let known = |name: &str| self.fields.iter().any(|field| field.name == name);
        let unknown = submitted.keys().filter(|name| !known(name));
        // Whoever sends thousands of names is not told about each of them.
        for name in unknown.take(MOST_SUBMITTED) {
            let name = name.chars().take(LONGEST_NAME).collect();
            faults.insert(name, FieldFault::UnknownField);
        }
        if faults.is_empty() {
            Ok(filled)
        } else {
            Err(faults)
        }
    }
}

/// The value as it is kept; empty when nothing was filled in.
fn kept(field: &Field, value: &str) -> Result<String, FieldFault> {
    // Nobody means the blanks at the ends of a field, and some keyboards add them.
    let value = value.trim();
    if value.is_empty() {
        return if field.required {
            Err(FieldFault::Required)
        } else {
            Ok(String::new())
        };
    }
    if value.chars().count() > field.kind.longest() {
        return Err(FieldFault::TooLong);
    }
    match field.kind {
        FieldKind::Text if value.contains(['\n', '\r', '\u{2028}', '\u{2029}']) => {
            Err(FieldFault::LineBreak)
        }
        FieldKind::Text => Ok(value.to_owned()),
        // As messages are stored.
        FieldKind::Lines => Ok(value.replace("\r\n", "\n")),
        FieldKind::Email => contact_details::email(value).ok_or(FieldFault::NotAnEmail),
        FieldKind::Phone => contact_details::phone(value)
            .map(|number| number.written)
            .ok_or(FieldFault::NotAPhone),
        FieldKind::Choice => field
            .options
            .iter()
            .find(|option| option.value == value)
            .map(|option| option.value.clone())
            .ok_or(FieldFault::NotAnOption),
    }
}
