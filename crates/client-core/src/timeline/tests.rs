//! Facts about what is held of a conversation.

use protocol::author::{Author, AuthorRole};
use protocol::ids::{ConversationId, MessageId};
use protocol::limits::EDIT_MS;
use protocol::message::{Format, Message, MessageKind, Revision};
use protocol::seq::Position;
use protocol::time::Timestamp;

use super::order::Held;
use super::{Timeline, Timelines, echo};
use crate::side::Party;

fn id(text: &str) -> ConversationId {
    ConversationId::parse(text).unwrap()
}

fn message(position: u64) -> Message {
    Message {
        id: MessageId::parse(&format!("m{position}")).unwrap(),
        conversation: id("c"),
        position: Position(position),
        kind: MessageKind::Agent,
        author: Author {
            role: AuthorRole::Agent,
            agent: None,
            name: None,
        },
        text: String::new(),
        format: Format::Plain,
        event: None,
        attachments: Vec::new(),
        reply_to: None,
        revision: None,
        // Each was posted when nobody could change the one before any more.
        posted_at: Timestamp(position as i64 * 2 * i64::from(EDIT_MS)),
        client_id: None,
        question: None,
    }
}

fn name(message: &Message) -> String {
    echo::key_of(message)
}

fn of(positions: &[u64]) -> Vec<Message> {
    positions.iter().copied().map(message).collect()
}

/// A conversation of which this stretch is held.
fn timeline(positions: &[u64], has_more_before: bool) -> Timeline {
    let mut timeline = Timeline::new(id("c"));
    timeline.opened(of(positions), has_more_before, false, EDIT_MS, &mut name);
    timeline
}

fn unsettled(position: u64) -> Held {
    Held {
        message: message(position),
        key: "echo".to_owned(),
        settled: false,
    }
}

fn places(timeline: &Timeline) -> Vec<u64> {
    timeline.held.iter().map(|held| held.position().0).collect()
}

#[test]
fn messages_are_ordered_by_position_however_they_come() {
    let mut timeline = timeline(&[], false);
    for position in [5, 1, 9, 3] {
        assert!(timeline.posted(message(position), &mut name));
    }
    assert!(!timeline.posted(message(3), &mut name));
    assert_eq!(places(&timeline), [1, 3, 5, 9]);
}

#[test]
fn a_later_copy_changes_the_message_but_not_its_row() {
    let mut timeline = timeline(&[1], false);
    timeline.acknowledged(unsettled(2));
    let mut corrected = message(2);
    corrected.text = "corrected".to_owned();
    timeline.posted(corrected, &mut name);
    assert_eq!(timeline.held[1].message.text, "corrected");
    assert_eq!(timeline.held[1].key, "echo");
    timeline.opened(of(&[1, 2]), false, false, EDIT_MS, &mut name);
    assert_eq!(timeline.held[1].key, "echo");
}

#[test]
fn a_copy_keeps_older_history_it_overlaps() {
    let mut overlapping = timeline(&[1, 2, 3], false);
    overlapping.opened(of(&[3, 4]), true, false, EDIT_MS, &mut name);
    assert_eq!(places(&overlapping), [1, 2, 3, 4]);
    assert!(!overlapping.has_older);

    let mut apart = timeline(&[1, 2, 3], false);
    apart.opened(of(&[5, 6]), true, false, EDIT_MS, &mut name);
    assert_eq!(places(&apart), [5, 6]);
    assert!(apart.has_older);
}

#[test]
fn a_copy_drops_older_history_that_could_have_been_changed_meanwhile() {
    let mut timeline = timeline(&[1, 2, 3], false);
    timeline.held[1].message.posted_at = timeline.held[2].message.posted_at.plus(-1000);
    timeline.opened(of(&[3, 4]), true, false, EDIT_MS, &mut name);
    assert_eq!(places(&timeline), [3, 4]);
    assert!(timeline.has_older);
}

#[test]
fn an_older_version_never_replaces_a_newer_one() {
    let version = |version, text: &str| Message {
        text: text.to_owned(),
        revision: Some(Revision {
            version,
            at: Timestamp(0),
            deleted: false,
        }),
        ..message(1)
    };
    let mut timeline = timeline(&[1], false);
    timeline.posted(version(2, "two"), &mut name);
    timeline.posted(version(1, "one"), &mut name);
    timeline.opened(of(&[1]), false, false, EDIT_MS, &mut name);
    assert_eq!(timeline.held[0].message.text, "two");
    timeline.posted(version(2, "two, told again"), &mut name);
    assert_eq!(timeline.held[0].message.text, "two, told again");
}

#[test]
fn an_acknowledged_message_is_no_proof_of_an_overlap() {
    let mut timeline = timeline(&[1, 2], false);
    timeline.acknowledged(unsettled(7));
    timeline.opened(of(&[6, 7]), true, false, EDIT_MS, &mut name);
    assert_eq!(places(&timeline), [6, 7]);
}

#[test]
fn an_acknowledged_message_outlives_a_copy_made_before_it() {
    let mut timeline = timeline(&[1], false);
    timeline.acknowledged(unsettled(7));
    timeline.opened(of(&[1, 2]), false, false, EDIT_MS, &mut name);
    assert_eq!(places(&timeline), [1, 2, 7]);
}

#[test]
fn a_copy_behind_the_entries_removes_nothing() {
    let mut timeline = timeline(&[1], false);
    timeline.posted(message(2), &mut name);
    timeline.opened(of(&[1]), false, true, EDIT_MS, &mut name);
    assert_eq!(places(&timeline), [1, 2]);
    timeline.opened(of(&[1]), false, false, EDIT_MS, &mut name);
    assert_eq!(places(&timeline), [1]);
}

#[test]
fn an_empty_copy_means_an_empty_conversation() {
    let mut timeline = timeline(&[1, 2], true);
    timeline.opened(Vec::new(), false, false, EDIT_MS, &mut name);
    assert!(places(&timeline).is_empty());
    assert!(!timeline.has_older);
}

#[test]
fn unread_is_counted_behind_the_place_that_was_read() {
    let mut timeline = timeline(&[1, 2, 3], false);
    assert_eq!(timeline.unread(Party::Visitor), 3);
    timeline.read_to(Position(2));
    assert_eq!(timeline.unread(Party::Visitor), 1);
    timeline.read_to(Position(1));
    assert_eq!(
        timeline.unread(Party::Visitor),
        1,
        "reading does not go back"
    );
}

#[cfg(feature = "agent")]
#[test]
fn a_count_of_unread_messages_gives_the_place() {
    let mut all = of(&[1, 2, 3, 4]);
    for message in &mut all {
        message.kind = MessageKind::Visitor;
    }
    all[2].kind = MessageKind::System;
    let mut timeline = Timeline::new(id("c"));
    timeline.opened(all, false, false, EDIT_MS, &mut name);
    timeline.read_but(9, Party::Agent);
    assert_eq!(timeline.read_up_to, Position(0));
    timeline.read_but(1, Party::Agent);
    assert_eq!(timeline.read_up_to, Position(2));
    timeline.read_but(0, Party::Agent);
    assert_eq!(timeline.read_up_to, Position(4));
}

#[cfg(feature = "agent")]
#[test]
fn history_that_comes_later_is_not_unread_where_nothing_was() {
    let mut timeline = timeline(&[5, 6], true);
    timeline.read_but(0, Party::Agent);
    let mut hello = message(1);
    hello.kind = MessageKind::Visitor;
    timeline.older(Position(5), vec![hello], false, &mut name);
    assert_eq!(timeline.unread(Party::Agent), 0);
}

#[test]
fn the_last_conversations_are_kept() {
    let mut timelines = Timelines::default();
    for number in 0..20 {
        timelines.show(Some(id(&format!("c{number}"))));
    }
    assert!(timelines.get(&id("c8")).is_none());
    assert!(timelines.get(&id("c9")).is_some());
    timelines.show(Some(id("c9")));
    timelines.show(Some(id("new")));
    assert!(
        timelines.get(&id("c9")).is_some(),
        "shown again, kept longer"
    );
}
