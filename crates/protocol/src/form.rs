//! Forms a visitor fills in before a conversation (mission V7).

use serde::{Deserialize, Serialize};

open_enum!(
    /// When a form is shown.
    FormKind {
        /// Before the chat begins.
        PreChat = "pre_chat",
        /// In place of the chat, because nobody is there; what is sent waits for an agent.
        Offline = "offline",
    }
);

open_enum!(
    /// What a field takes.
    FieldKind {
        /// One line of text.
        Text = "text",
        /// Several lines of text.
        Lines = "lines",
        /// An e-mail address.
        Email = "email",
        /// A telephone number.
        Phone = "phone",
        /// One of the options.
        Choice = "choice",
    }
);

/// A form, in the visitor's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Form {
    /// When it is shown.
    pub kind: FormKind,
    /// Its fields, in order. The visitor's first message goes with them.
    pub fields: Vec<FormField>,
}

wire!(Form { kind, fields });

/// One field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FormField {
    /// Its name for programs.
    pub name: String,
    /// What it takes.
    pub kind: FieldKind,
    /// Its name for people.
    pub label: String,
    /// Whether the form cannot do without it.
    pub required: bool,
    /// The most Unicode scalar values it takes.
    pub longest: u32,
    /// What a choice offers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub options: Option<Vec<FieldOption>>,
}

wire!(FormField {
    name,
    kind,
    label,
    required,
    longest,
    options
});

/// One option of a choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FieldOption {
    /// What is sent.
    pub value: String,
    /// What people read.
    pub label: String,
}

wire!(FieldOption { value, label });

/// What was filled into a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FieldValue {
    /// The field's name.
    pub name: String,
    /// What was filled in; the `value` of an option.
    pub value: String,
}

wire!(FieldValue { name, value });

open_enum!(
    /// What is wrong with a field.
    FieldFaultCode {
        /// Nothing was filled in.
        Required = "required",
        /// More characters than it takes.
        TooLong = "too_long",
        /// Several lines in a field of one.
        LineBreak = "line_break",
        /// No e-mail address.
        NotAnEmail = "not_an_email",
        /// No telephone number.
        NotAPhone = "not_a_phone",
        /// None of the options.
        NotAnOption = "not_an_option",
        /// The form has no such field.
        UnknownField = "unknown_field",
    }
);

/// A field that is not right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FieldFault {
    /// The field's name.
    pub name: String,
    /// What is wrong.
    pub fault: FieldFaultCode,
}

wire!(FieldFault { name, fault });

/// When somebody is there (mission V7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OpeningHours {
    /// Whether the channel's business hours run now.
    pub open: bool,
    /// When they begin again, while they do not run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opens_at: Option<crate::time::Timestamp>,
    /// How soon an answer usually comes, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected_reply_ms: Option<u32>,
}

wire!(OpeningHours {
    open,
    opens_at,
    expected_reply_ms
});
