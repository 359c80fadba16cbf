//! Forms before a conversation, and hours in which somebody is there (mission V7).
//!
//! Invariant: what a visitor filled in is either kept with the conversation it begins or refused
//! field by field; then nothing of it is stored.

use std::collections::BTreeMap;

use protocol::error::{ErrorCode, Refusal};
use protocol::form::{
    FieldFault, FieldFaultCode, FieldKind, FieldOption, FieldValue, Form, FormField, FormKind,
    OpeningHours,
};

use super::Service;
use crate::domain::language::{Languages, lookup};
use crate::domain::{ChannelRecord, SessionAnswer, Visitor};
use crate::error::Error;
use crate::forms::{self, Filled};
use crate::ports::SiteRules;
use crate::rules::change::Change;
use crate::rules::chatbot;
use crate::rules::edit::Edit;

impl Service {
    /// What is to be filled in before a conversation, as things stand now.
    pub(super) fn form(&self, channel: &ChannelRecord, languages: &Languages) -> Option<Form> {
        let rules = self.ports.sites.rules(&channel.site);
        let (kind, form) = self.form_due(channel, &rules)?;
        let fields = form.fields().iter();
        Some(Form {
            kind,
            fields: fields.map(|field| shown(field, languages)).collect(),
        })
    }

    /// When somebody is there; nothing where nothing is set.
    pub(super) fn hours(&self, channel: &ChannelRecord) -> Option<OpeningHours> {
        let rules = self.ports.sites.rules(&channel.site);
        let now = self.ports.clock.now();
        let hours = rules.hours.as_ref();
        if hours.is_none() && rules.expected_reply_ms.is_none() {
            return None;
        }
        let open = hours.is_none_or(|hours| hours.is_open(now));
        Some(OpeningHours {
            open,
            opens_at: hours
                .filter(|_| !open)
                .and_then(|hours| hours.opens_at(now)),
            expected_reply_ms: rules.expected_reply_ms.filter(|_| open),
        })
    }

    /// Keeps what was filled in before a conversation's first message. Says which form it was.
    pub(super) fn take_form(
        &self,
        change: &mut Change<'_>,
        edit: &mut Edit,
        channel: &ChannelRecord,
        visitor: &Visitor,
        values: Option<&[FieldValue]>,
    ) -> Result<Option<FormKind>, Error> {
        let rules = self.ports.sites.rules(&channel.site);
        let due = self.form_due(channel, &rules);
        let submitted = submitted(values.unwrap_or_default());
        // Hours may have ended while the visitor was typing: either form will do.
        let known = [
            (FormKind::PreChat, &rules.pre_chat),
            (FormKind::Offline, &rules.offline),
        ];
        let known = known
            .iter()
            .filter_map(|(kind, form)| Some((*kind, form.as_ref()?)));
        let mut suits = due.into_iter().chain(known).filter_map(|(kind, form)| {
            let filled = form.check(&submitted).ok()?;
            Some((kind, form, filled))
        });
        let found = match (values, due) {
            (None, None) => None,
            (None, Some((kind, form))) => match form.check(&submitted) {
                Ok(filled) => Some((kind, form, filled)),
                Err(faults) => return Err(invalid(faults)),
            },
            (Some(_), due) => match (suits.next(), due) {
                (Some(found), _) => Some(found),
                (None, Some((_, form))) => {
                    let faults = form.check(&submitted).err().unwrap_or_default();
                    return Err(invalid(faults));
                }
                // The forms are gone; the message is what matters.
                (None, None) => None,
            },
        };
        let Some((kind, form, filled)) = found else {
            return Ok(None);
        };
        keep(change, edit, visitor, form, &filled)?;
        Ok(Some(kind))
    }

    fn form_due<'r>(
        &self,
        channel: &ChannelRecord,
        rules: &'r SiteRules,
    ) -> Option<(FormKind, &'r forms::Form)> {
        let facts = self.facts_of(channel, None);
        let is_away = !facts.hours_open || !facts.somebody_available;
        let offline = rules.offline.as_ref().filter(|_| is_away);
        match offline {
            Some(form) => Some((FormKind::Offline, form)),
            None => rules
                .pre_chat
                .as_ref()
                .map(|form| (FormKind::PreChat, form)),
        }
    }
}

/// Puts what was filled in where agents see it (mission P9), and on the contact's record what
/// tells who they are.
fn keep(
    change: &mut Change<'_>,
    edit: &mut Edit,
    visitor: &Visitor,
    form: &forms::Form,
    filled: &Filled,
) -> Result<(), Error> {
    let mut contact = change.tx.contact(&edit.record.contact)?;
    let mut given = Vec::with_capacity(filled.len());
    for (name, value) in filled {
        let mut fields = form.fields().iter();
        let Some(field) = fields.find(|field| field.name == *name) else {
            continue;
        };
        if let Some(contact) = &mut contact {
            let value = Some(value.clone());
            match (field.kind, field.name.as_str()) {
                (forms::FieldKind::Email, _) => contact.email = value,
                (forms::FieldKind::Phone, _) => contact.phone = value,
                (forms::FieldKind::Text, "name") => contact.name = value,
                _ => {}
            }
        }
        let mut options = field.options.iter();
        let option = options.find(|option| option.value == *value);
        let answer = option.map(|option| said_in(&option.label, &visitor.languages));
        given.push(SessionAnswer {
            question: said_in(&field.label, &visitor.languages),
            answer: answer.unwrap_or_else(|| value.clone()),
            at: change.now.0,
            round: 0,
        });
    }
    if let Some(contact) = contact {
        change.tx.put_contact(&contact)?;
        edit.contact_changed();
    }
    chatbot::keep_answers(change, &edit.record, given)
}

/// More values than any form has fields are not looked at.
fn submitted(values: &[FieldValue]) -> BTreeMap<String, String> {
    let values = values.iter().take(forms::MOST_SUBMITTED);
    values
        .map(|it| (it.name.clone(), it.value.clone()))
        .collect()
}

fn invalid(faults: BTreeMap<String, forms::FieldFault>) -> Error {
    let faults = faults.into_iter().map(|(name, fault)| FieldFault {
        name,
        fault: FieldFaultCode::read(fault.as_str()),
    });
    Refusal {
        faults: Some(faults.collect()),
        ..ErrorCode::FormInvalid.into()
    }
    .into()
}

fn shown(field: &forms::Field, languages: &Languages) -> FormField {
    let options = field.options.iter().map(|option| FieldOption {
        value: option.value.clone(),
        label: said_in(&option.label, languages),
    });
    let options: Vec<_> = options.collect();
    FormField {
        name: field.name.clone(),
        kind: match field.kind {
            forms::FieldKind::Text => FieldKind::Text,
            forms::FieldKind::Lines => FieldKind::Lines,
            forms::FieldKind::Email => FieldKind::Email,
            forms::FieldKind::Phone => FieldKind::Phone,
            forms::FieldKind::Choice => FieldKind::Choice,
        },
        label: said_in(&field.label, languages),
        required: field.required,
        longest: u32::try_from(field.kind.longest()).unwrap_or(u32::MAX),
        options: (!options.is_empty()).then_some(options),
    }
}

/// A label in the widget's language, else the browser's, else English, else any.
fn said_in(label: &BTreeMap<String, String>, languages: &Languages) -> String {
    let tags: Vec<&str> = label.keys().map(String::as_str).collect();
    let wanted = [
        languages.widget.as_deref(),
        languages.browser.as_deref(),
        Some("en"),
    ];
    let mut wanted = wanted.into_iter().flatten();
    let tag = wanted.find_map(|tag| lookup(tag, &tags));
    let text = tag.and_then(|tag| label.get(tag)).or(label.values().next());
    text.cloned().unwrap_or_default()
}
