//! Typing signals in both directions.

use client_core::{Event, Incoming, Intent, Timer};
use protocol::author::AuthorRole;
use protocol::typing::TypingChanged;

use crate::client::*;

fn types(client: &mut Client, typing: bool) -> Outcome {
    client.frame(Incoming::TypingChanged(TypingChanged {
        conversation: conversation("c1"),
        author: author(AuthorRole::Agent),
        typing,
    }))
}

#[test]
fn keys_are_told_at_most_every_three_seconds() {
    let mut client = Client::talking(Vec::new());
    assert_eq!(client.edit("a").types(), ["set_typing"]);
    client.wait(2_999);
    assert!(client.edit("ab").types().is_empty());
    client.wait(1);
    assert_eq!(client.edit("abc").types(), ["set_typing"]);
}

#[test]
fn four_seconds_without_a_key_end_typing() {
    let mut client = Client::talking(Vec::new());
    assert_eq!(client.edit("a").timer(Timer::OwnTyping), Some(4_000));
    client.wait(1_000);
    client.edit("ab");
    client.wait(3_000);
    let early = client.fire(Timer::OwnTyping);
    assert_eq!(early.timer(Timer::OwnTyping), Some(1_000));
    assert!(early.types().is_empty());
    client.wait(1_000);
    let idle = client.fire(Timer::OwnTyping);
    assert!(idle.sent()[0].encode().contains(r#""typing":false"#));
}

#[test]
fn sending_emptying_and_leaving_end_typing() {
    let mut client = Client::talking(Vec::new());
    client.edit("a");
    let sent = client.intend(Intent::SendDraft).types();
    assert_eq!(sent, ["set_typing", "post_message"]);
    client.edit("b");
    assert_eq!(client.edit("").types(), ["set_typing"]);
    client.edit("c");
    assert_eq!(client.bring(Event::PageHidden).types(), ["set_typing"]);
    assert!(client.fire(Timer::OwnTyping).types().is_empty());
}

#[test]
fn nobody_is_told_without_a_conversation_or_the_capability() {
    let mut client = Client::online();
    assert!(client.edit("a").types().is_empty());

    let mut client = Client::visitor();
    client.intend(Intent::Connect);
    let mut plain = ready(Some("c1"));
    plain.server.capabilities.clear();
    client.connect(plain);
    assert!(client.edit("a").types().is_empty());
}

#[test]
fn others_typing_shows_until_it_runs_out() {
    let mut client = Client::talking(Vec::new());
    assert_eq!(
        types(&mut client, true).timer(Timer::OthersTyping),
        Some(6_000)
    );
    assert_eq!(client.core.timeline().typing, [author(AuthorRole::Agent)]);
    client.wait(4_000);
    assert_eq!(
        types(&mut client, true).timer(Timer::OthersTyping),
        Some(6_000)
    );
    client.wait(6_000);
    client.fire(Timer::OthersTyping);
    assert!(client.core.timeline().typing.is_empty());
}

#[test]
fn others_typing_ends_with_their_message_their_word_or_the_connection() {
    let mut client = Client::talking(Vec::new());
    types(&mut client, true);
    client.entry(11, from_agent(1, "there"));
    assert!(client.core.timeline().typing.is_empty());
    types(&mut client, true);
    types(&mut client, false);
    assert!(client.core.timeline().typing.is_empty());
    types(&mut client, true);
    client.lose();
    assert!(client.core.timeline().typing.is_empty());
}
