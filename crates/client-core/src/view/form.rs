//! The form before a conversation, as screens read it.

use protocol::form::{FieldFaultCode, FormField, FormKind};
use protocol::time::Timestamp;

use crate::state::State;
use crate::update::asks_form;

/// The form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormView {
    /// When it is shown.
    pub kind: FormKind,
    /// Its fields, in order.
    pub fields: Vec<FieldView>,
    /// When somebody is there again, if that is known.
    pub opens_at: Option<Timestamp>,
    /// Grows whenever something was found wrong with it: who fills it in is led there.
    pub attempts: u32,
}

/// A field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldView {
    /// What is asked.
    pub field: FormField,
    /// What was filled in when this was drawn last; fields keep what people type by themselves.
    pub value: String,
    /// What is wrong with it.
    pub fault: Option<FieldFaultCode>,
}

impl FormView {
    /// Nothing when there is none to fill in. Entered from outside.
    #[inline(never)]
    pub(crate) fn of(state: &State) -> Option<Self> {
        if !asks_form(state) {
            return None;
        }
        let own = &state.form;
        let form = own.form.as_ref()?;
        let fields = form.fields.iter().map(|field| FieldView {
            field: field.clone(),
            value: own.value(&field.name).to_owned(),
            fault: own.fault(&field.name),
        });
        Some(Self {
            kind: form.kind,
            fields: fields.collect(),
            opens_at: own.hours.as_ref().and_then(|hours| hours.opens_at),
            attempts: own.attempts,
        })
    }
}
