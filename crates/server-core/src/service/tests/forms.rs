//! Forms and hours: what is asked before a conversation, and what becomes of it.

use protocol::error::ErrorCode;
use protocol::form::{FieldFaultCode, FieldValue, FormKind};
use protocol::visitor::PostMessage;

use super::house::{House, agent_id, post};
use crate::domain::Principal;
use crate::error::Error;
use crate::forms::{Form, FormFields};
use crate::hours::{Hours, HoursForm};
use crate::ports::SiteRules;

const FIELDS: &str = r#"{ "fields": [
    { "name": "name", "kind": "text", "label": { "en": "Name", "es": "Nombre" } },
    { "name": "email", "kind": "email", "required": true, "label": { "en": "E-mail" } },
    { "name": "topic", "kind": "choice", "label": { "en": "Topic", "es": "Tema" },
      "options": [{ "value": "order", "label": { "en": "An order", "es": "Un pedido" } }] }] }"#;

fn form() -> Form {
    let written: FormFields = serde_json::from_str(FIELDS).unwrap();
    Form::try_from(written).unwrap()
}

/// Hours that never run, in a zone where it is always some time.
fn closed() -> Hours {
    let form = r#"{ "time_zone": "Europe/Madrid",
        "week": { "monday": [{ "from": "03:00", "to": "03:01" }] } }"#;
    let form: HoursForm = serde_json::from_str(form).unwrap();
    Hours::try_from(&form).unwrap()
}

fn attended(rules: SiteRules) -> House {
    let house = House::new();
    house.sites.set_rules(rules);
    house.service.agent_arrived(&agent_id("ana"));
    house.service.distribute().unwrap();
    house
}

fn filled(house: &House, values: &[(&str, &str)]) -> PostMessage {
    let values = values.iter().map(|(name, value)| FieldValue {
        name: (*name).to_owned(),
        value: (*value).to_owned(),
    });
    PostMessage {
        form: Some(values.collect()),
        ..post(house.fresh(), None, "Hello?")
    }
}

#[test]
fn form_is_shown_in_the_visitor_s_language_until_there_is_a_conversation() {
    let house = attended(SiteRules {
        pre_chat: Some(form()),
        ..SiteRules::default()
    });
    let connected = house.connect("demo-support").unwrap();
    let form = connected.form.unwrap();
    assert_eq!(form.kind, FormKind::PreChat);
    let labels: Vec<_> = form
        .fields
        .iter()
        .map(|field| field.label.as_str())
        .collect();
    assert_eq!(labels, ["Nombre", "E-mail", "Tema"]);
    let options = form.fields[2].options.as_ref().unwrap();
    assert_eq!(options[0].label, "Un pedido");
    assert_eq!(house.connect("demo-sales").unwrap().form, None);
}

#[test]
fn what_was_filled_in_reaches_the_agents() {
    let house = attended(SiteRules {
        pre_chat: Some(form()),
        ..SiteRules::default()
    });
    let visitor = house.visitor();
    let values = [
        ("email", " Mia@Example.com "),
        ("topic", "order"),
        ("name", "Mia"),
    ];
    let done = house
        .service
        .post_message(&visitor, &filled(&house, &values));
    let id = done.unwrap().posted.unwrap().conversation;
    assert_eq!(house.row("ana", &id).contact.name.as_deref(), Some("Mia"));
    let session = house.record(&id).session;
    let session = house.look(|reading| reading.session(&session)).unwrap();
    let answers = session.answers.iter();
    let answers: Vec<_> = answers
        .map(|it| (it.question.as_str(), it.answer.as_str()))
        .collect();
    assert_eq!(
        answers,
        [
            ("Nombre", "Mia"),
            ("E-mail", "Mia@example.com"),
            ("Tema", "Un pedido")
        ]
    );
}

#[test]
fn fields_that_are_not_right_are_refused_by_name_and_nothing_is_stored() {
    let house = attended(SiteRules {
        pre_chat: Some(form()),
        ..SiteRules::default()
    });
    let visitor = house.visitor();
    let faults = |command: &PostMessage| {
        let refused = house.service.post_message(&visitor, command);
        let Err(Error::Refused(refusal)) = refused else {
            panic!("not refused");
        };
        assert_eq!(refusal.code, ErrorCode::FormInvalid);
        let faults = refusal.faults.unwrap_or_default().into_iter();
        faults.map(|it| (it.name, it.fault)).collect::<Vec<_>>()
    };
    let wrong = filled(
        &house,
        &[("email", "mia"), ("topic", "fish"), ("colour", "red")],
    );
    assert_eq!(
        faults(&wrong),
        [
            ("colour".to_owned(), FieldFaultCode::UnknownField),
            ("email".to_owned(), FieldFaultCode::NotAnEmail),
            ("topic".to_owned(), FieldFaultCode::NotAnOption)
        ]
    );
    let without = post(house.fresh(), None, "Hello?");
    assert_eq!(
        faults(&without),
        [("email".to_owned(), FieldFaultCode::Required)]
    );
    assert!(house.list("ana").rows.is_empty());
}

#[test]
fn outside_hours_the_offline_form_makes_a_conversation_that_waits() {
    let house = attended(SiteRules {
        hours: Some(closed()),
        pre_chat: Some(form()),
        offline: Some(form()),
        ..SiteRules::default()
    });
    let connected = house.connect("demo-support").unwrap();
    assert_eq!(connected.form.unwrap().kind, FormKind::Offline);
    let hours = connected.hours.unwrap();
    assert!(!hours.open && hours.opens_at.is_some());
    let visitor = Principal::Visitor(connected.visitor);
    let done = house
        .service
        .post_message(&visitor, &filled(&house, &[("email", "mia@example.com")]));
    let id = done.unwrap().posted.unwrap().conversation;
    assert!(house.row("ana", &id).waiting_since.is_some());
}

#[test]
fn offline_form_is_shown_too_while_nobody_is_there() {
    let house = House::new();
    house.sites.set_rules(SiteRules {
        offline: Some(form()),
        expected_reply_ms: Some(60_000),
        ..SiteRules::default()
    });
    house.service.distribute().unwrap();
    let connected = house.connect("demo-support").unwrap();
    assert_eq!(connected.form.unwrap().kind, FormKind::Offline);
    assert_eq!(connected.hours.unwrap().expected_reply_ms, Some(60_000));
    house.service.agent_arrived(&agent_id("ana"));
    house.service.distribute().unwrap();
    assert_eq!(house.connect("demo-support").unwrap().form, None);
}

#[test]
fn form_that_was_changed_meanwhile_costs_nobody_their_message() {
    let house = attended(SiteRules::default());
    let visitor = house.visitor();
    let done = house
        .service
        .post_message(&visitor, &filled(&house, &[("gone", "by now")]));
    assert_eq!(
        house
            .lines(&visitor, &done.unwrap().posted.unwrap().conversation)
            .len(),
        2
    );
}
