//! A look at what was filled in, before it is sent. It spares a round trip and no more: the
//! server looks again, and more closely, so nothing is refused here that it would take.

use protocol::form::{FieldFault, FieldFaultCode, FieldKind, FieldValue, Form, FormField};
use protocol::letters::is_word;

/// Fewest digits of a telephone number.
const FEWEST_DIGITS: usize = 6;

/// What is wrong with which field, in the form's order.
pub(super) fn faults(form: &Form, filled: &[FieldValue]) -> Vec<FieldFault> {
    let pairs = form.fields.iter().zip(filled);
    pairs
        .filter_map(|(field, value)| {
            Some(FieldFault {
                name: field.name.clone(),
                fault: fault(field, value.value.trim())?,
            })
        })
        .collect()
}

fn fault(field: &FormField, text: &str) -> Option<FieldFaultCode> {
    if text.is_empty() {
        return field.required.then_some(FieldFaultCode::Required);
    }
    if text.chars().count() > field.longest as usize {
        return Some(FieldFaultCode::TooLong);
    }
    let (fits, otherwise) = match field.kind {
        FieldKind::Text => (!text.contains('\n'), FieldFaultCode::LineBreak),
        FieldKind::Email => (is_email(text), FieldFaultCode::NotAnEmail),
        FieldKind::Phone => (is_phone(text), FieldFaultCode::NotAPhone),
        FieldKind::Choice => (
            field
                .options
                .iter()
                .flatten()
                .any(|option| option.value == text),
            FieldFaultCode::NotAnOption,
        ),
        FieldKind::Lines | FieldKind::Unknown => return None,
    };
    (!fits).then_some(otherwise)
}

fn is_email(text: &str) -> bool {
    let bytes = text.as_bytes();
    let Some(at) = bytes.iter().rposition(|byte| *byte == b'@') else {
        return false;
    };
    let domain = &bytes[at + 1..];
    let has_empty_label = domain.windows(2).any(|pair| pair == b"..");
    at > 0
        && domain.contains(&b'.')
        && domain.first() != Some(&b'.')
        && domain.last() != Some(&b'.')
        && !has_empty_label
        && !text.contains(char::is_whitespace)
}

/// Digits of any script, which are not told from its letters here, and what people put between them.
fn is_phone(text: &str) -> bool {
    !text.contains(|letter: char| letter.is_ascii_alphabetic())
        && text.chars().filter(|letter| is_word(*letter)).count() >= FEWEST_DIGITS
}
