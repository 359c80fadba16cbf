//! What was received and read: told to the server, and shown.

use client_core::view::RowContent;
use client_core::{Effect, Event, Incoming, Intent, Slice, Timer};
use protocol::error::ErrorCode;
use protocol::ids::ClientId;
use protocol::receipt::{Reached, Receipts};
use protocol::seq::Position;
use protocol::visitor::VisitorCommand;

use crate::client::*;

/// The one mark that was sent: its id, whether it says "read", and up to where.
fn mark(outcome: &Outcome) -> (ClientId, bool, u64) {
    let marks: Vec<_> = outcome
        .sent()
        .into_iter()
        .filter_map(|frame| match frame {
            client_core::Outgoing::Visitor(VisitorCommand::MarkRead(mark)) => {
                Some((mark.client_id.clone(), true, mark.up_to.0))
            }
            client_core::Outgoing::Visitor(VisitorCommand::MarkDelivered(mark)) => {
                Some((mark.client_id.clone(), false, mark.up_to.0))
            }
            _ => None,
        })
        .collect();
    assert_eq!(marks.len(), 1, "{outcome:?}");
    marks.into_iter().next().unwrap()
}

fn look(client: &mut Client) -> Outcome {
    client.intend(Intent::LookAtNewest { in_view: true })
}

fn has_divider(client: &Client) -> bool {
    client
        .core
        .timeline()
        .rows
        .iter()
        .any(|row| row.content == RowContent::UnreadDivider)
}

#[test]
fn what_arrives_is_told_as_delivered_and_as_read_when_looked_at() {
    let mut client = Client::talking(Vec::new());
    let (first, read, up_to) = mark(&client.entry(11, from_agent(1, "a")));
    assert_eq!((read, up_to), (false, 1));
    assert_eq!(client.core.timeline().unread, 1);
    // One at a time: the next waits for the answer.
    assert!(look(&mut client).types().is_empty());
    assert_eq!(client.core.timeline().unread, 0);
    let (_, read, up_to) = mark(&client.frame(answered(&first)));
    assert_eq!((read, up_to), (true, 1));
}

#[test]
fn a_hidden_page_reads_nothing() {
    let mut client = Client::talking(Vec::new());
    look(&mut client);
    client.bring(Event::PageHidden);
    let (id, read, _) = mark(&client.entry(11, from_agent(1, "a")));
    assert!(!read);
    client.frame(answered(&id));
    assert_eq!(client.core.timeline().unread, 1);
    let shown = client.bring(Event::PageShown);
    assert!(mark(&shown).1);
    assert_eq!(client.core.timeline().unread, 0);
}

#[test]
fn own_messages_and_system_lines_are_not_marked() {
    let mut client = Client::talking(Vec::new());
    look(&mut client);
    assert!(client.entry(11, from_visitor(1, "mine")).types().is_empty());
    let mut system = from_agent(2, "");
    system.kind = protocol::message::MessageKind::System;
    let told = client.entry(12, system);
    assert!(told.types().is_empty());
    assert!(told.alerts().is_empty());
}

#[test]
fn a_mark_without_an_answer_is_repeated_under_its_id() {
    let mut client = Client::talking(Vec::new());
    let (id, _, _) = mark(&client.entry(11, from_agent(1, "a")));
    client.lose();
    client.fire(Timer::Reconnect);
    let online = client.connect(ready(Some("c1")));
    assert_eq!(mark(&online).0, id);
}

#[test]
fn a_busy_server_hears_the_mark_later_and_a_refusal_ends_it() {
    let mut client = Client::talking(Vec::new());
    let (id, _, _) = mark(&client.entry(11, from_agent(1, "a")));
    let busy = refusal(ErrorCode::RateLimited, Some(1_000));
    let paused = client.frame(refused(&id, busy));
    assert!(paused.types().is_empty());
    assert_eq!(paused.timer(Timer::Outbox), Some(1_000));
    client.wait(1_000);
    let again = client.fire(Timer::Outbox);
    assert_eq!(mark(&again).0, id);
    let no = client.frame(refused(&id, refusal(ErrorCode::Forbidden, None)));
    assert!(no.types().is_empty());
}

#[test]
fn marks_that_pile_up_become_one() {
    let mut client = Client::talking(Vec::new());
    look(&mut client);
    let (first, _, _) = mark(&client.entry(11, from_agent(1, "a")));
    for seq in 12..20 {
        assert!(
            client
                .entry(seq, from_agent(seq, "more"))
                .types()
                .is_empty()
        );
    }
    assert_eq!(mark(&client.frame(answered(&first))).2, 19);
}

#[test]
fn what_another_tab_read_is_read() {
    let mut client = Client::talking(Vec::new());
    let (id, _, _) = mark(&client.entry(11, from_agent(1, "a")));
    client.frame(answered(&id));
    client.frame(Incoming::ReceiptsChanged(
        protocol::visitor::ReceiptsChanged {
            feed: visitor_feed(),
            seq: protocol::seq::Seq(12),
            conversation: conversation("c1"),
            receipts: Receipts {
                visitor: Reached {
                    delivered: Position(1),
                    read: Position(1),
                },
                agents: Reached::default(),
            },
        },
    ));
    assert_eq!(client.core.timeline().unread, 0);
    assert!(look(&mut client).types().is_empty());
}

#[test]
fn without_the_capability_nothing_is_told() {
    let mut client = Client::visitor();
    client.intend(Intent::Connect);
    let mut plain = ready(Some("c1"));
    plain.server.capabilities.clear();
    let opens = client.connect(plain);
    client.frame(Incoming::ConversationOpened(opened(
        opens.open_reference(),
        vec![from_agent(1, "a")],
        10,
    )));
    assert!(look(&mut client).types().is_empty());
    assert_eq!(client.core.timeline().unread, 0);
}

#[test]
fn the_line_above_the_unread_part_stays_while_it_is_read() {
    let mut client = Client::talking(vec![from_agent(1, "a")]);
    look(&mut client);
    client.intend(Intent::LookAway);
    assert!(!has_divider(&client));
    client.entry(11, from_agent(2, "b"));
    client.entry(12, from_agent(3, "c"));
    look(&mut client);
    let rows = client.core.timeline().rows;
    let divider = rows
        .iter()
        .position(|row| row.content == RowContent::UnreadDivider)
        .unwrap();
    assert_eq!(rows[divider + 1].key, "m2");
    client.entry(13, from_agent(4, "d"));
    assert!(has_divider(&client));
    client.intend(Intent::LookAway);
    assert!(!has_divider(&client));
}

#[test]
fn writing_removes_the_line() {
    let mut client = Client::talking(vec![from_agent(1, "a")]);
    assert!(has_divider(&client));
    look(&mut client);
    assert!(has_divider(&client));
    client.say("b");
    assert!(!has_divider(&client));
}

#[test]
fn what_arrives_before_the_readers_eyes_draws_no_line() {
    let mut client = Client::talking(Vec::new());
    look(&mut client);
    client.entry(11, from_agent(1, "a"));
    assert!(!has_divider(&client));
}

#[test]
fn the_names_of_days_are_looked_up_again_every_hour() {
    // Half past eleven at night.
    let mut client = Client::visitor_at(NOON + 41_400_000, &[]);
    client.intend(Intent::Connect);
    let hour = client.core.timeline().hour;
    client.wait(1_799_000);
    assert_eq!(client.edit("a").timer(Timer::Hour), None);
    assert_eq!(client.core.timeline().hour, hour);
    client.wait(1_000);
    let midnight = client.fire(Timer::Hour);
    assert_eq!(midnight.timer(Timer::Hour), Some(3_600_000));
    assert!(midnight.has(&Effect::Render(Slice::Timeline)));
    assert_eq!(client.core.timeline().hour, hour + 1);
    // After sleep whatever wakes the page does it.
    client.wait(9_000_000);
    let woken = client.bring(Event::PageShown);
    assert_eq!(woken.timer(Timer::Hour), Some(1_800_000));
    assert!(woken.has(&Effect::Render(Slice::Timeline)));
    assert_eq!(client.core.timeline().hour, hour + 3);
}
