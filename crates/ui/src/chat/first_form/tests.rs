//! The form before a conversation, as a person fills it in.
#![cfg(target_arch = "wasm32")]

use client_core::Intent;
use client_core::view::{ComposerView, FieldView, FormView};
use leptos::prelude::*;
use protocol::form::{FieldFaultCode, FieldKind, FieldOption, FormField, FormKind};
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::chat::{Composer, first_form};
use crate::dom::El;
use crate::i18n::Key;
use crate::tests::stage::{Stage, is_shown, settled, stage, text_of, type_text};

fn field(name: &str, kind: FieldKind, required: bool) -> FieldView {
    FieldView {
        field: FormField {
            name: name.to_owned(),
            kind,
            label: name.to_uppercase(),
            required,
            longest: 100,
            options: (kind == FieldKind::Choice).then(|| {
                vec![FieldOption {
                    value: "a".to_owned(),
                    label: "Option A".to_owned(),
                }]
            }),
        },
        value: String::new(),
        fault: None,
    }
}

fn view(kind: FormKind) -> FormView {
    FormView {
        kind,
        fields: vec![
            field("name", FieldKind::Text, true),
            field("mail", FieldKind::Email, false),
            field("topic", FieldKind::Choice, false),
        ],
        opens_at: None,
        attempts: 0,
    }
}

async fn form(shown: FormView) -> Stage {
    let stage = stage(|| {
        let messages = El::new("p|class=messages");
        let form = first_form(&messages);
        view! {
            {form.view()}
            {messages.view()}
            <Composer label=Key::COMMON_COMPOSER_LABEL />
        }
    })
    .await;
    stage.mirror.form.set(Some(shown));
    settled().await;
    stage
}

#[test]
async fn fields_have_names_and_say_what_is_typed() {
    let stage = form(view(FormKind::PreChat)).await;
    let labels: Vec<String> = stage
        .all("label")
        .iter()
        .map(|label| text_of(label))
        .collect();
    assert_eq!(labels, ["NAME", "MAILoptional", "TOPICoptional"]);
    let input = stage.one("input[name=name]");
    assert_eq!(stage.all("label")[0].get_attribute("for"), Some(input.id()));
    assert_eq!(input.get_attribute("aria-required").unwrap(), "true");
    type_text(&input, "Ana");
    let (name, value) = ("name".to_owned(), "Ana".to_owned());
    assert_eq!(stage.asked(), [Intent::EditField { name, value }]);
}

#[test]
async fn the_form_stands_in_the_place_of_the_messages_and_one_button_sends_both() {
    let stage = form(view(FormKind::PreChat)).await;
    assert!(!is_shown(&stage.one(".messages")));
    assert!(stage.find("button", "Send").is_none());
    stage.by_role("button", "Start chat").click();
    assert_eq!(stage.asked(), [Intent::SendDraft]);
    stage.mirror.form.set(None);
    settled().await;
    assert!(is_shown(&stage.one(".messages")));
    assert!(stage.find("button", "Start chat").is_none());
    stage.by_role("button", "Send");
}

#[test]
async fn a_fault_is_a_sentence_beside_its_field_which_gets_the_focus() {
    let stage = form(view(FormKind::PreChat)).await;
    let mail = stage.one("input[name=mail]");
    let mut wrong = view(FormKind::PreChat);
    wrong.fields[1].fault = Some(FieldFaultCode::NotAnEmail);
    wrong.attempts = 1;
    stage.mirror.form.set(Some(wrong));
    settled().await;
    assert!(mail.is_connected(), "what was typed is not thrown away");
    assert_eq!(mail.get_attribute("aria-invalid").unwrap(), "true");
    let described_by = mail.get_attribute("aria-describedby").unwrap();
    let problem = stage.one(&format!("#{described_by}"));
    assert_eq!(
        problem.inner_text(),
        "Write a complete e-mail address, like ana@example.com."
    );
    assert_eq!(document().active_element().unwrap(), *mail);
    assert!(
        stage
            .one("input[name=name]")
            .get_attribute("aria-invalid")
            .is_none()
    );
}

#[test]
async fn what_was_filled_in_before_is_there() {
    let mut kept = view(FormKind::PreChat);
    kept.fields[0].value = "Ana".to_owned();
    kept.fields[2].value = "a".to_owned();
    let stage = form(kept).await;
    for (field, wanted) in [("[name=name]", "Ana"), ("[name=topic]", "a")] {
        let field = El::from_element(stage.one(field).into());
        assert_eq!(field.value(), wanted);
    }
}

#[test]
async fn nobody_there_is_said_with_the_time_when_somebody_is() {
    let mut away = view(FormKind::Offline);
    let stage = form(away.clone()).await;
    let intro = || text_of(&stage.one(".first-form-intro"));
    assert!(intro().starts_with("We are away right now."));
    stage.by_role("button", "Leave message");
    away.opens_at = Some(crate::tests::rows::NOON);
    stage.mirror.form.set(Some(away));
    settled().await;
    assert!(
        intro().starts_with("We are away until ") && intro().contains("2026"),
        "{}",
        intro()
    );
}

#[test]
async fn a_locked_composer_says_what_to_do_and_keeps_the_draft() {
    let stage = stage(|| view! { <Composer label=Key::COMMON_COMPOSER_LABEL /> }).await;
    let input = stage.by_role("textbox", "Message");
    let lock = |is_locked, draft: &str| ComposerView {
        draft: draft.to_owned(),
        revision: 1,
        is_locked,
        ..ComposerView::default()
    };
    stage.mirror.composer.set(lock(true, "half a"));
    settled().await;
    let hint = "Choose one of the answers above";
    assert!(input.has_attribute("readonly"));
    assert_eq!(input.get_attribute("placeholder").unwrap(), hint);
    assert_eq!(stage.one(".composer-problem").inner_text(), hint);
    assert_eq!(El::from_element(input.clone().into()).value(), "half a");
    stage.mirror.composer.set(lock(false, "half a"));
    settled().await;
    assert!(!input.has_attribute("readonly"));
    assert!(!is_shown(&stage.one(".composer-problem")));
}
