//! The fields of the form. It is code of the second module: only [`fields`] is called from elsewhere.
//!
//! Invariants: a field keeps what is typed by itself; whatever is wrong with a field stands beside
//! it, as a sentence that is tied to it.

use client_core::Intent;
use client_core::view::{FieldView, FormView};
use protocol::form::{FieldFaultCode, FieldKind, FormKind};

use crate::bridge::{Handle, use_handle, use_mirror};
use crate::dom::{El, watch};
use crate::i18n::{Catalogue, Key, t, use_catalogue};
use crate::kit::fresh_id;

/// The fields that are asked for now.
#[inline(never)]
pub(super) fn fields() -> El {
    let (form, handle, catalogue) = (use_mirror().form, use_handle(), use_catalogue());
    let intro = El::new("p|class=first-form-intro|part=form-intro");
    let whole = El::new("form|class=first-form-fields|novalidate=").child(&intro);
    let mut built = Vec::new();
    form.with_untracked(|view| {
        let Some(view) = view else {
            return;
        };
        for view in &view.fields {
            let (place, input, problem) = field(view, handle);
            whole.append(&place);
            built.push((view.field.name.clone(), input, problem));
        }
    });
    let mut attempts = None;
    watch(move || {
        form.with(|view| {
            let Some(view) = view else {
                return;
            };
            intro.set_text(&catalogue.with(|texts| introduction(texts, view)));
            let mut first = None;
            for (name, input, problem) in &built {
                let fault = view.fields.iter().find(|field| field.field.name == *name);
                let fault = fault.and_then(|field| field.fault);
                problem.hide(fault.is_none());
                problem.set_text(&fault.map(|fault| t(sentence(fault))).unwrap_or_default());
                input.set("aria-invalid", fault.map(|_| "true"));
                if fault.is_some() {
                    first.get_or_insert(input);
                }
            }
            // Who tried to send is led to what is missing.
            let is_new = attempts.is_some_and(|before| before != view.attempts);
            attempts = Some(view.attempts);
            if let (true, Some(input)) = (is_new, first) {
                input.focus();
            }
        });
    });
    whole.on("submit", move |event| {
        event.prevent_default();
        handle.dispatch(Intent::SendDraft);
    })
}

/// Why there is a form, and until when nobody is there.
fn introduction(texts: &Catalogue, view: &FormView) -> String {
    match (view.kind, view.opens_at) {
        (FormKind::Offline, Some(at)) => {
            texts.text_with(Key::WIDGET_FORM_AWAY_UNTIL, &[("time", &texts.moment(at))])
        }
        (FormKind::Offline, None) => texts.text(Key::WIDGET_FORM_AWAY),
        _ => texts.text(Key::WIDGET_FORM_INTRO),
    }
}

/// A field: the whole, what is filled in, and what is wrong with it.
fn field(view: &FieldView, handle: Handle) -> (El, El, El) {
    let asked = &view.field;
    let (id, problem_id) = (fresh_id("field"), fresh_id("fault"));
    // The label stands where the page's lines begin, whatever it is written in.
    let text = El::new("bdi");
    text.say(&asked.label);
    let label = El::new("label|class=first-form-label|part=field-label").child(&text);
    label.set("for", Some(&id));
    let input = control(view);
    input.set("id", Some(&id));
    input.set("name", Some(&asked.name));
    input.set("aria-describedby", Some(&problem_id));
    input.set_value(&view.value);
    if asked.required {
        input.set("aria-required", Some("true"));
    } else {
        let optional = El::new("span|class=first-form-optional|aria-hidden=true")
            .live_text(Key::WIDGET_FORM_OPTIONAL.into());
        label.append(&optional);
    }
    let (typed, name) = (input.clone(), asked.name.clone());
    let input = input.on("input", move |_| {
        handle.dispatch(Intent::EditField {
            name: name.clone(),
            value: typed.value(),
        });
    });
    let problem = El::new("p|class=first-form-problem|part=field-error");
    problem.set("id", Some(&problem_id));
    let place = El::new("div|class=first-form-field|part=field")
        .child(&label)
        .child(&input)
        .child(&problem);
    (place, input, problem)
}

fn control(view: &FieldView) -> El {
    let asked = &view.field;
    let completed = match asked.kind {
        FieldKind::Email => "email",
        FieldKind::Phone => "tel",
        _ if asked.name == "name" => "name",
        _ => "on",
    };
    let input = match asked.kind {
        FieldKind::Lines => {
            El::new("textarea|class=first-form-input|part=field-input|rows=3|dir=auto")
        }
        FieldKind::Choice => {
            let list = El::new("select|class=first-form-input|part=field-input");
            let none = El::new("option|value=").live_text(Key::WIDGET_FORM_CHOOSE.into());
            list.append(&none);
            for option in asked.options.iter().flatten() {
                let choice = El::new("option");
                choice.set("value", Some(&option.value));
                choice.say(&option.label);
                list.append(&choice);
            }
            list
        }
        kind => {
            let input = El::new("input|class=first-form-input|part=field-input|dir=auto");
            input.set(
                "type",
                Some(match kind {
                    FieldKind::Email => "email",
                    FieldKind::Phone => "tel",
                    _ => "text",
                }),
            );
            input
        }
    };
    input.set("autocomplete", Some(completed));
    input
}

fn sentence(fault: FieldFaultCode) -> Key {
    match fault {
        FieldFaultCode::Required => Key::WIDGET_FAULT_REQUIRED,
        FieldFaultCode::TooLong => Key::WIDGET_FAULT_TOO_LONG,
        FieldFaultCode::LineBreak => Key::WIDGET_FAULT_LINE_BREAK,
        FieldFaultCode::NotAnEmail => Key::WIDGET_FAULT_EMAIL,
        FieldFaultCode::NotAPhone => Key::WIDGET_FAULT_PHONE,
        FieldFaultCode::NotAnOption => Key::WIDGET_FAULT_OPTION,
        FieldFaultCode::UnknownField | FieldFaultCode::Unknown => Key::COMMON_ERROR_FORM_INVALID,
    }
}
