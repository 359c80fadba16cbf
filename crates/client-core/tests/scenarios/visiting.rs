//! A visitor from the first line on: token, conversation, language, starting over.

use client_core::view::{BannerView, LoadPhase};
use client_core::{Event, Incoming, Intent, Timer};
use protocol::error::{ErrorCode, close};
use protocol::time::Timestamp;
use protocol::visitor::ConversationStarted;

use crate::client::*;

#[test]
fn the_first_message_begins_the_conversation_and_the_core_opens_it() {
    let mut client = Client::online();
    let first = client.say("hello").post();
    assert_eq!(first.conversation, None);
    assert_eq!(client.core.timeline().phase, LoadPhase::Empty);
    let answered = client.frame(done(&first.client_id, 5));
    assert_eq!(answered.opens().len(), 1);
    assert!(
        answered
            .saved()
            .contains(&("conversation".to_owned(), "c1".to_owned()))
    );
    assert_eq!(client.core.timeline().phase, LoadPhase::Ready);
    assert_eq!(client.texts(), ["hello"]);
    assert_eq!(
        client.say("more").post().conversation,
        Some(conversation("c1"))
    );
}

#[test]
fn several_first_messages_go_one_by_one() {
    let mut client = Client::online();
    let first = client.say("one").post();
    client.say("two");
    let second = client.frame(done(&first.client_id, 5)).post();
    // Written before the conversation had a name, sent as it was stored.
    assert_eq!(
        (second.text.as_str(), second.conversation.clone()),
        ("two", None)
    );
    client.frame(done(&second.client_id, 6));
    assert_eq!(client.texts(), ["one", "two"]);
}

#[test]
fn a_conversation_begun_in_another_tab_is_opened() {
    let mut client = Client::online();
    client.edit("draft");
    client.fire(Timer::SaveDraft);
    let started = client.frame(Incoming::ConversationStarted(ConversationStarted {
        conversation: visitor_conversation("c1"),
    }));
    assert_eq!(started.opens().len(), 1);
    assert!(
        started
            .saved()
            .contains(&("draft/c1".to_owned(), "draft".to_owned()))
    );
    assert!(started.forgotten().contains(&"draft/new"));
    assert_eq!(client.core.composer().draft, "draft");
}

#[test]
fn a_returning_visitor_shows_their_token_and_goes_on() {
    let saved = [
        ("token".to_owned(), "token-0".to_owned()),
        ("conversation".to_owned(), "c1".to_owned()),
        ("language".to_owned(), "es".to_owned()),
        ("draft/c1".to_owned(), "unfinished".to_owned()),
        ("outbox/rubbish".to_owned(), "x".to_owned()),
        ("draft/../x".to_owned(), "x".to_owned()),
    ];
    let mut client = Client::visitor_with(&saved);
    assert_eq!(client.core.composer().draft, "unfinished");
    assert_eq!(client.core.timeline().phase, LoadPhase::Loading);
    client.intend(Intent::Connect);
    let hello = client.bring(Event::SocketOpened).sent()[0].encode();
    assert!(hello.contains(r#""token":"token-0""#), "{hello}");
    assert!(hello.contains(r#""language":"es""#), "{hello}");
    let online = client.frame(Incoming::VisitorReady(ready(Some("c1"))));
    assert_eq!(online.opens().len(), 1);
}

#[test]
fn starting_over_forgets_who_it_was_and_keeps_what_was_written() {
    let mut client = Client::talking(vec![from_agent(1, "old times")]);
    client.say("not lost");
    client.edit("nor this");
    client.bring(Event::SocketClosed {
        code: close::UNAUTHENTICATED,
    });
    let code = ErrorCode::Unauthenticated;
    assert_eq!(client.core.banner(), BannerView::Refused { code });
    let over = client.intend(Intent::StartOver);
    assert!(over.opens_socket());
    for key in ["token", "conversation"] {
        assert!(over.forgotten().contains(&key), "{key}");
    }
    assert_eq!(client.texts(), ["not lost"]);
    assert_eq!(client.core.composer().draft, "nor this");
    let hello = client.bring(Event::SocketOpened).sent()[0].encode();
    assert!(!hello.contains("token"), "{hello}");
    let online = client.frame(Incoming::VisitorReady(ready(None)));
    let post = online.post();
    assert_eq!(
        (post.text.as_str(), post.conversation.clone()),
        ("not lost", None)
    );
}

#[test]
fn a_language_is_kept_and_told() {
    let mut client = Client::online();
    let chosen = client.intend(Intent::ChooseLanguage {
        language: "ar".to_owned(),
    });
    assert_eq!(chosen.saved(), [("language".to_owned(), "ar".to_owned())]);
    assert_eq!(chosen.types(), ["set_language"]);
    // No answer came: it is said again.
    client.lose();
    client.fire(Timer::Reconnect);
    assert_eq!(client.connect(ready(None)).types(), ["set_language"]);
}

#[test]
fn a_language_chosen_before_the_person_acts_is_stored_when_they_do() {
    let mut client = Client::visitor();
    let chosen = client.intend(Intent::ChooseLanguage {
        language: "ar".to_owned(),
    });
    assert!(chosen.saved().is_empty());
    let acts = client.intend(Intent::Connect);
    assert_eq!(acts.saved(), [("language".to_owned(), "ar".to_owned())]);
}

fn token_stored_elsewhere() -> Event {
    Event::StorageChanged {
        key: "token".to_owned(),
        value: Some("token-2".to_owned()),
    }
}

/// Whether the next `connect` shows the other page's token.
fn connects_as_the_other(client: &mut Client) -> bool {
    let hello = client.bring(Event::SocketOpened).sent()[0].encode();
    hello.contains(r#""token":"token-2""#)
}

#[test]
fn a_copy_tells_what_changed_before_it_was_made() {
    let mut client = Client::online();
    let first = client.say("hello").post();
    let opens = client.frame(done(&first.client_id, 5));
    client.frame(Incoming::ConversationStarted(ConversationStarted {
        conversation: visitor_conversation("c1"),
    }));
    // Meanwhile somebody was wanted. The entry that tells so lies before the copy.
    let mut copy = opened(opens.open_reference(), vec![posted_as(5, &first)], 10);
    let mut state = visitor_conversation("c1");
    state.waiting_since = Some(Timestamp(NOON));
    copy.state = Some(state);
    client.frame(Incoming::ConversationOpened(copy));
    assert!(client.core.timeline().waiting.is_some());
}

#[test]
fn pages_opened_at_the_same_moment_are_one_visitor() {
    // Not connected yet.
    let mut client = Client::visitor();
    client.bring(token_stored_elsewhere());
    client.intend(Intent::Connect);
    assert!(connects_as_the_other(&mut client));

    // `connect` was sent without a token; what is queued is sent later.
    let mut client = Client::visitor();
    client.intend(Intent::Connect);
    client.say("hello");
    client.bring(Event::SocketOpened);
    let changed = client.bring(token_stored_elsewhere());
    assert!(changed.closes_socket() && changed.opens_socket());
    assert!(connects_as_the_other(&mut client));

    // A new visitor was made already, but did nothing.
    let mut client = Client::online();
    let changed = client.bring(token_stored_elsewhere());
    assert!(changed.closes_socket() && changed.opens_socket());
    assert!(connects_as_the_other(&mut client));
}

#[test]
fn a_visitor_who_has_written_stays_who_they_are() {
    let mut client = Client::online();
    client.say("hello");
    assert!(client.bring(token_stored_elsewhere()).0.is_empty());

    // For a known visitor it is only the same token made new.
    let saved = [("token".to_owned(), "token-0".to_owned())];
    let mut client = Client::visitor_with(&saved);
    client.intend(Intent::Connect);
    client.connect(ready(None));
    assert!(client.bring(token_stored_elsewhere()).0.is_empty());
}
