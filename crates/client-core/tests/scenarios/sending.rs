//! The life of a message from the composer to "read".

use client_core::view::DeliveryState::{Delivered, Failed, Queued, Read, Sending, Sent};
use client_core::view::RowContent;
use client_core::{Alert, Effect, Event, Incoming, Intent, Timer};
use protocol::error::ErrorCode;
use protocol::seq::Seq;
use protocol::visitor::ReceiptsChanged;

use crate::client::*;

fn row(
    text: &str,
    state: client_core::view::DeliveryState,
) -> (String, Option<client_core::view::DeliveryState>) {
    (text.to_owned(), Some(state))
}

#[test]
fn a_message_is_stored_before_it_is_sent() {
    let mut client = Client::talking(Vec::new());
    let said = client.say("hello");
    let post = said.post();
    let saved = said
        .0
        .iter()
        .position(|effect| matches!(effect, Effect::Save { key, .. } if key.ends_with(post.client_id.as_str())))
        .unwrap();
    let sent = said
        .0
        .iter()
        .position(|effect| matches!(effect, Effect::Send(_)))
        .unwrap();
    assert!(saved < sent);
    assert_eq!(client.rows(), [row("hello", Sending)]);
    assert_eq!(client.core.composer().draft, "");
}

#[test]
fn an_echo_becomes_the_message_when_the_answer_comes_first() {
    let mut client = Client::talking(Vec::new());
    let post = client.say("hello").post();
    let key = client.messages()[0].0.clone();

    let answered = client.frame(done(&post.client_id, 5));
    assert_eq!(answered.forgotten().len(), 1);
    assert_eq!(client.rows(), [row("hello", Sent)]);

    let event = client.entry(11, posted_as(5, &post));
    assert!(event.alerts().is_empty());
    assert_eq!(client.rows(), [row("hello", Sent)]);
    assert_eq!(client.messages()[0].0, key);
}

#[test]
fn an_echo_becomes_the_message_when_the_event_comes_first() {
    let mut client = Client::talking(Vec::new());
    let post = client.say("hello").post();
    let key = client.messages()[0].0.clone();

    let event = client.entry(11, posted_as(5, &post));
    assert_eq!(event.forgotten().len(), 1);
    assert_eq!(client.rows(), [row("hello", Sent)]);

    client.frame(done(&post.client_id, 5));
    assert_eq!(client.rows(), [row("hello", Sent)]);
    assert_eq!(client.messages()[0].0, key);
}

#[test]
fn an_echo_becomes_the_message_of_a_fresh_copy() {
    let mut client = Client::talking(Vec::new());
    let post = client.say("hello").post();
    let key = client.messages()[0].0.clone();
    let reopens = client.frame(resync());
    client.frame(Incoming::ConversationOpened(opened(
        reopens.open_reference(),
        vec![posted_as(5, &post)],
        20,
    )));
    assert_eq!(client.rows(), [row("hello", Sent)]);
    assert_eq!(client.messages()[0].0, key);
    assert!(client.say("next").posts().len() == 1, "the lane is free");
}

#[test]
fn messages_go_one_by_one_in_the_order_they_were_written() {
    let mut client = Client::talking(Vec::new());
    let first = client.say("one").post();
    assert!(client.say("two").posts().is_empty());
    assert!(client.say("three").posts().is_empty());
    assert_eq!(
        client.rows(),
        [
            row("one", Sending),
            row("two", Queued),
            row("three", Queued)
        ]
    );
    let second = client.frame(done(&first.client_id, 5)).post();
    assert_eq!(second.text, "two");
    let third = client.entry(11, posted_as(5, &first));
    assert!(third.posts().is_empty());
    let third = client.entry(12, posted_as(6, &second)).post();
    assert_eq!(third.text, "three");
}

#[test]
fn the_other_sides_message_takes_its_place_before_the_echo() {
    let mut client = Client::talking(vec![from_agent(1, "hi")]);
    client.say("mine");
    client.entry(11, from_agent(7, "theirs"));
    assert_eq!(client.texts(), ["hi", "theirs", "mine"]);
}

#[test]
fn after_a_reconnect_the_same_command_is_sent_again() {
    let mut client = Client::talking(Vec::new());
    let post = client.say("hello").post();
    client.lose();
    assert_eq!(client.rows(), [row("hello", Queued)]);
    client.fire(Timer::Reconnect);
    let online = client.connect(ready(Some("c1")));
    assert_eq!(online.posts(), [post]);
}

#[test]
fn what_is_written_without_a_connection_waits_for_it() {
    let mut client = Client::talking(Vec::new());
    client.lose();
    assert!(client.say("one").posts().is_empty());
    assert!(client.say("two").posts().is_empty());
    assert_eq!(client.rows(), [row("one", Queued), row("two", Queued)]);
    client.fire(Timer::Reconnect);
    assert_eq!(client.connect(ready(Some("c1"))).post().text, "one");
}

#[test]
fn an_answer_that_does_not_come_makes_the_socket_suspect() {
    let mut client = Client::talking(Vec::new());
    let said = client.say("hello");
    assert_eq!(said.timer(Timer::Outbox), Some(20_000));
    client.wait(20_000);
    let late = client.fire(Timer::Outbox);
    assert!(late.closes_socket());
    assert_eq!(client.rows(), [row("hello", Queued)]);
}

#[test]
fn a_busy_server_is_asked_again_when_it_said_and_order_holds() {
    let mut client = Client::talking(Vec::new());
    let post = client.say("one").post();
    client.say("two");
    let busy = refusal(ErrorCode::RateLimited, Some(3_000));
    let paused = client.frame(refused(&post.client_id, busy));
    assert!(paused.posts().is_empty());
    assert_eq!(paused.timer(Timer::Outbox), Some(3_000));
    assert_eq!(client.rows(), [row("one", Queued), row("two", Queued)]);
    client.wait(2_999);
    assert!(client.fire(Timer::Outbox).posts().is_empty());
    client.wait(1);
    assert_eq!(client.fire(Timer::Outbox).posts(), [post]);
}

#[test]
fn a_refusal_for_good_fails_one_message_and_lets_the_next_go() {
    let mut client = Client::talking(Vec::new());
    let post = client.say("one").post();
    client.say("two");
    let no = client.frame(refused(
        &post.client_id,
        refusal(ErrorCode::Forbidden, None),
    ));
    assert_eq!(no.alerts(), [&Alert::SendFailed]);
    assert_eq!(no.post().text, "two");
    assert_eq!(no.saved()[0].1, "failed:forbidden\nc1\none");
    assert_eq!(client.rows(), [row("one", Failed), row("two", Sending)]);
    assert_eq!(client.messages()[0].1.problem, Some(ErrorCode::Forbidden));
}

#[test]
fn a_failed_message_is_tried_again_under_a_new_id_in_the_same_row() {
    let mut client = Client::talking(Vec::new());
    let post = client.say("one").post();
    client.frame(refused(
        &post.client_id,
        refusal(ErrorCode::Forbidden, None),
    ));
    let key = client.messages()[0].0.clone();
    let retried = client.intend(Intent::RetryMessage { key: key.clone() });
    let again = retried.post();
    assert_eq!(again.text, "one");
    assert_ne!(again.client_id, post.client_id);
    assert_eq!(retried.forgotten().len(), 1);
    client.entry(11, posted_as(5, &again));
    assert_eq!(client.messages()[0].0, key);
    assert_eq!(client.rows(), [row("one", Sent)]);
}

#[test]
fn a_discarded_message_goes_back_into_an_empty_composer_only() {
    let fail = |client: &mut Client, text: &str| {
        let post = client.say(text).post();
        client.frame(refused(
            &post.client_id,
            refusal(ErrorCode::Forbidden, None),
        ));
        client.messages()[0].0.clone()
    };
    let mut client = Client::talking(Vec::new());
    let key = fail(&mut client, "one");
    client.intend(Intent::DiscardMessage { key });
    assert_eq!(client.core.composer().draft, "one");
    assert!(client.texts().is_empty());

    let mut client = Client::talking(Vec::new());
    let key = fail(&mut client, "one");
    client.edit("other");
    client.intend(Intent::DiscardMessage { key });
    assert_eq!(client.core.composer().draft, "other");
}

#[test]
fn an_expired_session_keeps_the_message() {
    let mut client = Client::talking(Vec::new());
    let post = client.say("one").post();
    let expired = client.frame(refused(&post.client_id, refusal(ErrorCode::Expired, None)));
    assert!(expired.alerts().is_empty());
    assert!(expired.closes_socket());
    assert_eq!(client.rows(), [row("one", Queued)]);
}

#[test]
fn a_reload_sends_what_was_not_acknowledged() {
    let mut client = Client::talking(Vec::new());
    let said = client.say("one");
    let post = said.post();
    let mut saved = said.saved();
    saved.extend(client.say("two").saved());
    saved.push(("conversation".to_owned(), "c1".to_owned()));

    let mut client = Client::visitor_with(&saved);
    assert_eq!(client.texts(), ["one", "two"]);
    client.intend(Intent::Connect);
    let online = client.connect(ready(Some("c1")));
    assert_eq!(online.post(), post);
    client.frame(Incoming::ConversationOpened(opened(
        online.open_reference(),
        vec![posted_as(5, &post)],
        11,
    )));
    assert_eq!(client.rows(), [row("one", Sent), row("two", Sending)]);
}

#[test]
fn a_failed_message_survives_a_reload() {
    let mut client = Client::talking(Vec::new());
    let post = client.say("one").post();
    let saved = client
        .frame(refused(
            &post.client_id,
            refusal(ErrorCode::Forbidden, None),
        ))
        .saved();
    let mut client = Client::visitor_with(&saved);
    client.intend(Intent::Connect);
    assert!(client.connect(ready(Some("c1"))).posts().is_empty());
    assert_eq!(client.rows(), [row("one", Failed)]);
}

#[test]
fn what_the_server_may_have_forgotten_is_not_sent_by_itself() {
    let mut client = Client::talking(Vec::new());
    let saved = client.say("old").saved();
    let mut reloaded = Client::visitor_at(NOON + 8 * 24 * 3_600_000, &saved);
    reloaded.intend(Intent::Connect);
    assert!(reloaded.connect(ready(Some("c1"))).posts().is_empty());
    assert_eq!(reloaded.rows(), [row("old", Failed)]);
}

#[test]
fn a_message_from_the_visitors_other_tab_appears_once() {
    let mut client = Client::talking(Vec::new());
    client.entry(11, from_visitor(5, "from over there"));
    client.entry(11, from_visitor(5, "from over there"));
    assert_eq!(client.rows(), [row("from over there", Sent)]);
}

#[test]
fn receipts_of_the_agents_move_own_messages_on() {
    let mut client = Client::talking(vec![from_visitor(1, "a"), from_visitor(2, "b")]);
    let reach = |client: &mut Client, seq, delivered, read| {
        client.frame(Incoming::ReceiptsChanged(ReceiptsChanged {
            feed: visitor_feed(),
            seq: Seq(seq),
            conversation: conversation("c1"),
            receipts: agents_reached(delivered, read),
        }));
    };
    assert_eq!(client.rows(), [row("a", Sent), row("b", Sent)]);
    reach(&mut client, 11, 2, 1);
    assert_eq!(client.rows(), [row("a", Read), row("b", Delivered)]);
    // What arrives late takes nothing back.
    reach(&mut client, 12, 1, 0);
    assert_eq!(client.rows(), [row("a", Read), row("b", Delivered)]);
}

#[test]
fn storage_that_fails_is_told_while_something_is_unsent() {
    use client_core::view::BannerView;
    let mut client = Client::talking(Vec::new());
    let post = client.say("one").post();
    client.bring(Event::StorageFailed);
    assert_eq!(client.core.banner(), BannerView::StorageFailed);
    client.frame(done(&post.client_id, 5));
    assert_eq!(client.core.banner(), BannerView::None);
}

#[test]
fn storage_that_fails_is_told_above_a_lost_connection() {
    use client_core::view::BannerView;
    let mut client = Client::talking(Vec::new());
    client.lose();
    client.say("one");
    client.bring(Event::StorageFailed);
    assert_eq!(client.core.banner(), BannerView::StorageFailed);
    client.fire(Timer::Reconnect);
    assert_eq!(client.core.banner(), BannerView::StorageFailed);
    let post = client.connect(ready(Some("c1"))).post();
    client.frame(done(&post.client_id, 5));
    assert_eq!(client.core.banner(), BannerView::None);
}

#[test]
fn a_clock_that_is_set_back_holds_nothing_up() {
    let day = 24 * 3_600_000;
    let mut client = Client::talking(Vec::new());
    let post = client.say("one").post();
    let busy = refusal(ErrorCode::RateLimited, Some(3_000));
    client.frame(refused(&post.client_id, busy));
    client.wait(-day);
    client.bring(Event::PageShown);
    client.wait(3_000);
    assert_eq!(client.fire(Timer::Outbox).posts(), [post]);
    // Nor when it is right again.
    client.wait(20_000);
    let late = client.fire(Timer::Outbox);
    assert!(late.closes_socket());
    client.wait(day);
    assert!(client.fire(Timer::Reconnect).opens_socket());
}

#[test]
fn what_is_not_posted_yet_stands_at_the_servers_time() {
    let day = 24 * 3_600_000;
    for wrong in [-day, day] {
        let mut client = Client::visitor_at(NOON + wrong, &[]);
        client.intend(Intent::Connect);
        let opens = client.connect(ready(Some("c1")));
        client.frame(Incoming::ConversationOpened(opened(
            opens.open_reference(),
            vec![from_agent(1, "hi")],
            10,
        )));
        client.say("hello");
        let days = client.core.timeline().rows.into_iter();
        let days = days.filter(|row| matches!(row.content, RowContent::Day { .. }));
        assert_eq!(days.count(), 1, "{wrong}");
        assert_eq!(client.messages()[1].1.at.0, NOON);
    }
}
