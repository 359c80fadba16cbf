//! The form before a conversation: what is asked, what was filled in, what is wrong with it.
//!
//! Invariants: what was filled in is kept, beyond this page too, until the conversation it was
//! for has begun; a form that lacks something is never sent.

mod check;
#[cfg(test)]
mod tests;

use protocol::form::{FieldFault, FieldFaultCode, FieldValue, Form, OpeningHours};

use crate::effect::{Slice, Timer};
use crate::outbox::extras::{read_values, write_values};
use crate::session::keys;
use crate::side::FOR_VISITORS;
use crate::turn::Turn;

/// Time between an edit and its way into storage.
const SAVE_MS: u32 = 300;

/// The form.
#[derive(Debug, Default)]
pub(crate) struct FirstForm {
    pub(crate) form: Option<Form>,
    /// When somebody is there, as the channel says.
    pub(crate) hours: Option<OpeningHours>,
    /// Fields that are not empty.
    values: Vec<FieldValue>,
    faults: Vec<FieldFault>,
    /// How often it was found wanting.
    pub(crate) attempts: u32,
    unsaved: bool,
}

impl FirstForm {
    /// Takes what an earlier page kept.
    pub(crate) fn restore(&mut self, line: &str) {
        if !FOR_VISITORS {
            return;
        }
        self.values = read_values(line);
    }

    /// The server asks for this, or for nothing.
    pub(crate) fn asked(&mut self, form: Option<Form>, turn: &mut Turn) {
        if self.form != form {
            self.form = form;
            self.faults.clear();
            turn.render(Slice::Form);
        }
    }

    pub(crate) fn value(&self, name: &str) -> &str {
        let value = self.values.iter().find(|value| value.name == name);
        value.map_or("", |value| &value.value)
    }

    pub(crate) fn fault(&self, name: &str) -> Option<FieldFaultCode> {
        let fault = self.faults.iter().find(|fault| fault.name == name);
        fault.map(|fault| fault.fault)
    }

    /// The person changed a field.
    pub(crate) fn edit(&mut self, name: String, value: String, turn: &mut Turn) {
        let faults = self.faults.len();
        self.faults.retain(|fault| fault.name != name);
        if self.faults.len() != faults {
            turn.render(Slice::Form);
        }
        self.values.retain(|old| old.name != name);
        if !value.is_empty() {
            self.values.push(FieldValue { name, value });
        }
        self.unsaved = true;
        turn.set_timer(Timer::SaveDraft, SAVE_MS);
    }

    /// Stores what was filled in, if it changed.
    pub(crate) fn save(&mut self, turn: &mut Turn) {
        if !FOR_VISITORS {
            return;
        }
        if std::mem::take(&mut self.unsaved) {
            turn.save(keys::FORM.to_owned(), write_values(&self.values));
        }
    }

    /// What goes with the first message; nothing, and the faults told, when something is wrong.
    pub(crate) fn submit(&mut self, turn: &mut Turn) -> Option<Vec<FieldValue>> {
        let Some(form) = &self.form else {
            return Some(Vec::new());
        };
        let filled: Vec<FieldValue> = form
            .fields
            .iter()
            .map(|field| FieldValue {
                name: field.name.clone(),
                value: self.value(&field.name).to_owned(),
            })
            .collect();
        let faults = check::faults(form, &filled);
        self.save(turn);
        if faults.is_empty() {
            let blank = |value: &FieldValue| value.value.trim().is_empty();
            return Some(filled.into_iter().filter(|value| !blank(value)).collect());
        }
        self.found(faults, turn);
        None
    }

    /// Something is wrong with what was filled in.
    pub(crate) fn found(&mut self, faults: Vec<FieldFault>, turn: &mut Turn) {
        self.faults = faults;
        self.attempts += 1;
        turn.render(Slice::Form);
    }

    /// The conversation has begun.
    pub(crate) fn done(&mut self, turn: &mut Turn) {
        self.asked(None, turn);
        self.unsaved = false;
        if !self.values.is_empty() {
            self.values.clear();
            turn.forget(keys::FORM.to_owned());
        }
    }
}
