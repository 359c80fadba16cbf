//! What can be wrong with a form as it is written, and with what is filled in.

use std::fmt;

/// Why a form was refused; each reads as one sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormError {
    /// There are more fields or options than a form can hold.
    TooMany {
        /// Fields, or the name of the choice whose options they are.
        of: String,
        /// How many are allowed.
        limit: usize,
    },
    /// A name or value has other characters than `a-z 0-9 _`, none, or too many.
    BadName {
        /// What was written.
        name: String,
    },
    /// Two fields, or two options of one field, have the same name.
    Repeated {
        /// Which.
        name: String,
    },
    /// Something has no label.
    NoLabel {
        /// What.
        name: String,
    },
    /// A label's language is not a language tag.
    BadLanguage {
        /// Whose label.
        name: String,
        /// What was written.
        tag: String,
    },
    /// A label is empty or too long, or takes more than one line.
    BadLabel {
        /// Whose label.
        name: String,
        /// In which language.
        tag: String,
    },
    /// A choice offers nothing.
    NoOptions {
        /// Which field.
        name: String,
    },
    /// A field that is no choice has options.
    UselessOptions {
        /// Which field.
        name: String,
    },
}

impl FormError {
    /// A stable code for programs.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::TooMany { .. } => "too_many",
            Self::BadName { .. } => "bad_name",
            Self::Repeated { .. } => "repeated",
            Self::NoLabel { .. } => "no_label",
            Self::BadLanguage { .. } => "bad_language",
            Self::BadLabel { .. } => "bad_label",
            Self::NoOptions { .. } => "no_options",
            Self::UselessOptions { .. } => "useless_options",
        }
    }
}

impl fmt::Display for FormError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooMany { of, limit } => write!(out, "There are more than {limit} {of}."),
            Self::BadName { name } => write!(
                out,
                "{name:?} is no name; use up to 32 of the characters a-z, 0-9 and _."
            ),
            Self::Repeated { name } => write!(out, "{name:?} is there twice."),
            Self::NoLabel { name } => {
                write!(out, "{name:?} has no label; give it one in each language.")
            }
            Self::BadLanguage { name, tag } => write!(
                out,
                "{tag:?}, the language of a label of {name:?}, is no language tag such as en or zh-CN."
            ),
            Self::BadLabel { name, tag } => write!(
                out,
                "The label of {name:?} in {tag:?} is not one line of 1 to 200 characters."
            ),
            Self::NoOptions { name } => {
                write!(out, "The choice {name:?} has no options to choose from.")
            }
            Self::UselessOptions { name } => {
                write!(out, "{name:?} has options but is no choice.")
            }
        }
    }
}

impl std::error::Error for FormError {}

/// What is wrong with one submitted value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FieldFault {
    /// It is needed and missing or blank.
    Required,
    /// It is longer than its kind may be.
    TooLong,
    /// It has several lines where one is wanted.
    LineBreak,
    /// It is no e-mail address.
    NotAnEmail,
    /// It is no telephone number.
    NotAPhone,
    /// It is not one of the options.
    NotAnOption,
    /// The form has no such field.
    UnknownField,
}

impl FieldFault {
    /// The code on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::TooLong => "too_long",
            Self::LineBreak => "line_break",
            Self::NotAnEmail => "not_an_email",
            Self::NotAPhone => "not_a_phone",
            Self::NotAnOption => "not_an_option",
            Self::UnknownField => "unknown_field",
        }
    }
}
