//! A visitor and the form before a conversation.

use client_core::view::{DeliveryState, FormView};
use client_core::{Arrival, Event, Incoming, Intent, Timer};
use protocol::error::{ErrorCode, Refusal};
use protocol::form::{
    FieldFault, FieldFaultCode, FieldKind, FieldValue, Form, FormField, FormKind, OpeningHours,
};
use protocol::hello::VisitorReady;
use protocol::time::Timestamp;
use protocol::visitor::ConversationStarted;

use crate::client::*;

fn form() -> Form {
    let field = |name: &str, kind, required| FormField {
        name: name.to_owned(),
        kind,
        label: name.to_owned(),
        required,
        longest: 100,
        options: None,
    };
    Form {
        kind: FormKind::PreChat,
        fields: vec![
            field("name", FieldKind::Text, true),
            field("mail", FieldKind::Email, false),
        ],
    }
}

fn asks() -> VisitorReady {
    VisitorReady {
        form: Some(form()),
        ..ready(None)
    }
}

fn asked_with(saved: &[(String, String)]) -> Client {
    let mut client = Client::visitor_with(saved);
    client.intend(Intent::Connect);
    client.connect(asks());
    client
}

fn asked() -> Client {
    asked_with(&[])
}

fn fill(client: &mut Client, name: &str, value: &str) -> Outcome {
    client.intend(Intent::EditField {
        name: name.to_owned(),
        value: value.to_owned(),
    })
}

fn shown(client: &Client) -> FormView {
    client.core.form().unwrap()
}

fn faults(client: &Client) -> Vec<Option<FieldFaultCode>> {
    shown(client)
        .fields
        .iter()
        .map(|field| field.fault)
        .collect()
}

fn values(client: &Client) -> Vec<String> {
    let fields = shown(client).fields.into_iter();
    fields.map(|field| field.value).collect()
}

#[test]
fn fields_go_with_the_first_message_and_are_forgotten_when_it_has_begun_something() {
    let mut client = asked();
    fill(&mut client, "name", "Ana\tB\\n");
    let post = client.say("hello").post();
    let filled = vec![FieldValue {
        name: "name".to_owned(),
        value: "Ana\tB\\n".to_owned(),
    }];
    assert_eq!(post.form, Some(filled));
    assert_eq!(client.core.form(), None);
    assert_eq!(
        client.rows(),
        [("hello".to_owned(), Some(DeliveryState::Sending))]
    );
    let begun = client.frame(Incoming::ConversationStarted(ConversationStarted {
        conversation: visitor_conversation("c1"),
    }));
    assert!(begun.forgotten().contains(&"form"));
    client.frame(done(&post.client_id, 1));
    assert_eq!(client.core.form(), None);
    assert_eq!(client.say("more").post().form, None);
}

#[test]
fn a_form_that_lacks_something_is_not_sent_and_says_what() {
    let mut client = asked();
    fill(&mut client, "mail", "nobody");
    assert!(client.say("hello").posts().is_empty());
    let wrong = [
        Some(FieldFaultCode::Required),
        Some(FieldFaultCode::NotAnEmail),
    ];
    assert_eq!(faults(&client), wrong);
    assert_eq!(client.core.composer().draft, "hello");
    assert_eq!(shown(&client).attempts, 1);
    fill(&mut client, "name", "Ana");
    assert_eq!(faults(&client)[0], None);
    fill(&mut client, "mail", "a@example.com");
    assert_eq!(client.intend(Intent::SendDraft).posts().len(), 1);
}

#[test]
fn a_form_without_a_message_is_not_sent() {
    let mut client = asked();
    fill(&mut client, "name", "Ana");
    assert!(client.intend(Intent::SendDraft).posts().is_empty());
    assert_eq!(client.core.composer().problem, Some(ErrorCode::TextEmpty));
}

#[test]
fn what_was_filled_in_survives_a_reload() {
    let mut client = asked();
    let edited = fill(&mut client, "name", "Ana");
    assert_eq!(edited.timer(Timer::SaveDraft), Some(300));
    let saved = client.fire(Timer::SaveDraft).saved();
    let client = asked_with(&saved);
    assert_eq!(values(&client), ["Ana", ""]);

    let mut client = asked();
    fill(&mut client, "name", "Ana");
    assert_eq!(client.bring(Event::PageHidden).saved(), saved);
}

#[test]
fn a_form_the_server_refuses_comes_back_with_everything_in_it() {
    let mut client = asked();
    fill(&mut client, "name", "Ana");
    let post = client.say("hello").post();
    client.edit("and more");
    let refusal = Refusal {
        faults: Some(vec![FieldFault {
            name: "name".to_owned(),
            fault: FieldFaultCode::TooLong,
        }]),
        ..ErrorCode::FormInvalid.into()
    };
    let back = client.frame(refused(&post.client_id, refusal));
    assert!(back.alerts().is_empty());
    assert!(client.texts().is_empty());
    assert_eq!(faults(&client)[0], Some(FieldFaultCode::TooLong));
    assert_eq!(values(&client)[0], "Ana");
    assert_eq!(client.core.composer().draft, "hello\nand more");
}

#[test]
fn a_form_that_is_newer_than_the_connection_is_fetched() {
    let mut client = Client::online();
    let post = client.say("hello").post();
    let refusal = ErrorCode::FormInvalid.into();
    assert!(
        client
            .frame(refused(&post.client_id, refusal))
            .opens_socket()
    );
    client.connect(asks());
    assert_eq!(shown(&client).fields.len(), 2);
    assert_eq!(client.core.composer().draft, "hello");
}

#[test]
fn what_was_sent_before_the_form_came_waits_for_it() {
    let mut client = Client::visitor();
    client.say("one");
    client.say("two");
    client.intend(Intent::Connect);
    assert!(client.connect(asks()).posts().is_empty());
    assert_eq!(client.core.composer().draft, "one\ntwo");
    assert!(client.texts().is_empty());
    assert_eq!(shown(&client).fields.len(), 2);
}

#[test]
fn a_form_is_sent_again_after_a_reload_as_it_was() {
    let mut client = asked();
    fill(&mut client, "name", "Ana");
    client.lose();
    let saved = client.say("hello").saved();
    let mut client = Client::visitor_with(&saved);
    client.intend(Intent::Connect);
    let post = client.connect(asks()).post();
    assert_eq!(post.form.unwrap()[0].value, "Ana");
    assert_eq!(client.core.form(), None, "it is on its way");
}

#[test]
fn nobody_there_is_told_with_the_time() {
    let mut client = Client::visitor();
    client.intend(Intent::Connect);
    let opens_at = Some(Timestamp(NOON + 3_600_000));
    client.connect(VisitorReady {
        form: Some(Form {
            kind: FormKind::Offline,
            ..form()
        }),
        hours: Some(OpeningHours {
            open: false,
            opens_at,
            expected_reply_ms: None,
        }),
        ..ready(None)
    });
    assert_eq!(shown(&client).kind, FormKind::Offline);
    assert_eq!(shown(&client).opens_at, opens_at);
}

#[test]
fn where_the_visitor_is_goes_with_the_first_frame() {
    let mut client = Client::visitor();
    client.intend(Intent::Arrive(Arrival {
        page: Some("https://shop.example/teas".to_owned()),
        time_zone: Some("Europe/Madrid".to_owned()),
        reduced_motion: true,
    }));
    client.intend(Intent::Connect);
    let hello = client.bring(Event::SocketOpened).sent()[0].encode();
    for part in [
        r#""page":"https://shop.example/teas""#,
        r#""time_zone":"Europe/Madrid""#,
        r#""reduced_motion":true"#,
    ] {
        assert!(hello.contains(part), "{hello}");
    }
}
