//! A page that does not have the whole program yet: a first message needs no more than it has, and
//! everything else waits, in its order, and is not lost.

use client_core::view::DeliveryState::{Failed, Queued, Sending};
use client_core::view::{DeliveryState, LoadPhase, Segment};
use client_core::{Effect, Event, Intent, Timer};
use protocol::chatbot::{Greeting, GreetingMessage};
use protocol::hello::VisitorReady;
use protocol::ids::MessageId;

use crate::client::*;

type Pair = (String, String);

fn row(text: &str, state: DeliveryState) -> (String, Option<DeliveryState>) {
    (text.to_owned(), Some(state))
}

fn outbox(outcome: &Outcome) -> Pair {
    let mut saved = outcome.saved();
    saved.retain(|(key, _)| key.starts_with("outbox/"));
    assert_eq!(saved.len(), 1, "{outcome:?}");
    saved.remove(0)
}

/// What an earlier page wrote without ever being connected, under ids of its own.
fn left(texts: &[&str]) -> Vec<Pair> {
    let mut client = Client::visitor_at(NOON - 60_000, &[]);
    client.entropy_from(1 << 64);
    client.intend(Intent::Connect);
    texts.iter().map(|text| outbox(&client.say(text))).collect()
}

/// A page that is told to connect.
fn acting(saved: &[Pair]) -> Client {
    let (mut client, _) = Client::incomplete(saved);
    client.intend(Intent::Connect);
    client
}

fn greeted(text: &str) -> VisitorReady {
    VisitorReady {
        greeting: Some(Greeting {
            id: "g1".to_owned(),
            name: None,
            messages: vec![GreetingMessage {
                id: MessageId::parse("b1").unwrap(),
                text: text.to_owned(),
                question: None,
                delay_ms: 0,
            }],
        }),
        ..ready(None)
    }
}

#[test]
fn a_first_message_is_greeted_stored_and_sent() {
    let (mut client, begun) = Client::incomplete(&[]);
    assert!(!begun.has(&Effect::Complete), "nothing asks for more");
    assert!(client.intend(Intent::Connect).opens_socket());
    assert!(!client.core.waits());
    client.connect(greeted("Hi"));
    assert_eq!(client.texts(), ["Hi"]);

    client.edit("hello");
    let sent = client.intend(Intent::SendDraft);
    let post = sent.post();
    assert_eq!(
        (post.text.as_str(), post.greeting.as_deref()),
        ("hello", Some("g1"))
    );
    outbox(&sent);
    assert_eq!(client.core.composer().draft, "");
    assert_eq!(client.rows()[1], row("hello", Sending));
    assert!(sent.timer(Timer::Outbox).is_some(), "an answer is due");
    assert!(!sent.has(&Effect::Complete));
}

#[test]
fn a_message_that_is_on_its_way_is_sent_again_after_the_socket_was_lost() {
    let mut client = acting(&[]);
    client.connect(ready(None));
    let first = client.say("hello").post();
    client.lose();
    assert_eq!(client.rows(), [row("hello", Queued)]);
    client.fire(Timer::Reconnect);
    let again = client.connect(ready(None)).post();
    assert_eq!(again, first);
}

#[test]
fn completion_changes_nothing_that_was_on_screen() {
    let mut client = acting(&[]);
    client.connect(greeted("Hi"));
    client.say("hello");
    client.edit("and");
    let (timeline, composer) = (client.core.timeline(), client.core.composer());
    assert!(client.bring(Event::Completed).sent().is_empty());
    assert_eq!(client.core.timeline(), timeline);
    assert_eq!(client.core.composer(), composer);
    let again = client.bring(Event::Completed);
    assert!(again.0.is_empty(), "{again:?}");
}

#[test]
fn what_an_earlier_page_left_goes_first_and_all_of_it() {
    let (mut client, begun) = Client::incomplete(&left(&["one", "two"]));
    assert!(begun.has(&Effect::Complete));
    client.intend(Intent::Connect);
    assert!(client.core.waits(), "the greeting would come too early");
    let written = client.say("three");
    assert!(written.posts().is_empty());
    outbox(&written);
    assert_eq!(client.rows(), [row("three", Queued)]);

    client.bring(Event::Completed);
    assert!(!client.core.waits());
    assert_eq!(
        client.rows(),
        [row("one", Queued), row("two", Queued), row("three", Queued)]
    );
    let mut outcome = client.connect(ready(None));
    for text in ["one", "two", "three"] {
        let post = outcome.post();
        assert_eq!(post.text, text);
        outcome = client.frame(done(&post.client_id, 5));
    }
    assert!(outcome.posts().is_empty());
}

#[test]
fn what_another_page_sent_meanwhile_is_not_sent_again() {
    let left = left(&["one", "two"]);
    let mut client = acting(&left);
    client.bring(Event::StorageChanged {
        key: left[0].0.clone(),
        value: None,
    });
    client.bring(Event::Completed);
    assert_eq!(client.connect(ready(None)).post().text, "two");
}

#[test]
fn a_returning_visitor_sees_that_messages_come_and_can_write() {
    let saved = [
        ("conversation".to_owned(), "c1".to_owned()),
        ("draft/c1".to_owned(), "half".to_owned()),
    ];
    let mut client = acting(&saved);
    assert!(client.core.waits());
    assert_eq!(client.core.timeline().phase, LoadPhase::Loading);
    assert_eq!(client.core.composer().draft, "half");
    let stored = client.say("half a word");
    outbox(&stored);
    assert_eq!(client.rows(), [row("half a word", Queued)]);

    client.bring(Event::Completed);
    let opened = client.connect(ready(Some("c1")));
    assert_eq!(opened.opens().len(), 1);
    assert_eq!(opened.post().text, "half a word");
}

#[test]
fn what_was_filled_in_on_an_earlier_page_is_there_with_the_form() {
    let mut client = Client::visitor();
    client.intend(Intent::Connect);
    client.intend(Intent::EditField {
        name: "name".to_owned(),
        value: "Ana".to_owned(),
    });
    let saved = client.fire(Timer::SaveDraft).saved();
    let (mut later, begun) = Client::incomplete(&saved);
    assert!(begun.has(&Effect::Complete) && later.core.waits());
    later.intend(Intent::Connect);
    later.bring(Event::Completed);
    later.intend(Intent::EditField {
        name: "mail".to_owned(),
        value: "a@b.example".to_owned(),
    });
    let saved = later.fire(Timer::SaveDraft).saved();
    assert!(saved[0].1.contains("Ana") && saved[0].1.contains("a@b.example"));
}

#[test]
fn addresses_in_a_greeting_are_asked_for() {
    let mut client = acting(&[]);
    assert!(
        client
            .connect(greeted("See https://a.example"))
            .has(&Effect::Complete)
    );
    let plain = |client: &Client| {
        let (_, row) = client.messages().remove(0);
        matches!(row.segments[..], [Segment::Text(_)])
    };
    assert!(plain(&client));
    client.bring(Event::Completed);
    assert!(!plain(&client));
}

#[test]
fn what_a_person_wants_besides_is_done_once_it_can_be() {
    let mut client = acting(&[]);
    let limits = protocol::limits::Limits {
        text_scalars: 3,
        ..Default::default()
    };
    client.say("too long");
    let mut answer = ready(None);
    answer.server.limits = limits;
    client.connect(answer);
    let (key, row) = client.messages().remove(0);
    assert_eq!(row.state, Some(Failed));
    let wanted = client.intend(Intent::DiscardMessage { key });
    assert!(wanted.has(&Effect::Complete));
    assert_eq!(client.texts(), ["too long"]);
    client.bring(Event::Completed);
    assert!(client.texts().is_empty());
    assert_eq!(client.core.composer().draft, "too long");
}

#[test]
fn a_language_chosen_behind_a_first_message_is_told() {
    let mut client = acting(&[]);
    client.connect(ready(None));
    client.say("hello");
    let chosen = client.intend(Intent::ChooseLanguage {
        language: "es".to_owned(),
    });
    assert!(chosen.has(&Effect::Complete));
    assert_eq!(client.bring(Event::Completed).types(), ["set_language"]);
}

#[test]
fn of_pages_that_open_at_once_one_makes_the_visitor() {
    let mut client = acting(&[]);
    client.connect(ready(None));
    let heard = client.bring(Event::StorageChanged {
        key: "token".to_owned(),
        value: Some("another".to_owned()),
    });
    assert!(heard.opens_socket());
}
