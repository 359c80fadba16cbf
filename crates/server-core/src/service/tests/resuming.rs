//! Taking up a feed again, or not.

use std::sync::Arc;

use protocol::feed::Feed;
use protocol::hello::ResyncReason;
use protocol::ids::{ConversationId, Epoch};
use protocol::seq::{FeedCursor, Seq};

use super::house::{House, agent, as_visitor};
use crate::domain::Principal;
use crate::memory::MemoryStorage;
use crate::service::{Entries, Resumption};
use crate::settings::Settings;

const DAY: i64 = 24 * 3600 * 1000;

/// How many were missed, or why it cannot go on.
fn resume(house: &House, who: &Principal, from: &FeedCursor) -> Result<u64, ResyncReason> {
    match house.service.resume_feed(who, from).unwrap() {
        Resumption::Resumed(resumed) => {
            assert_eq!(resumed.feed, from.feed);
            Ok(resumed.missed)
        }
        Resumption::ResyncRequired(required) => {
            assert_eq!(required.feed, from.feed);
            Err(required.reason)
        }
    }
}

#[test]
fn as_many_entries_follow_as_were_missed() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    let cursor = house.open(&visitor, &id).cursor;
    assert_eq!(resume(&house, &visitor, &cursor), Ok(0));
    house.post(&visitor, "2").unwrap();
    house.take("ana", &id).unwrap();
    // The message, the line that Ana is there, and the agents of the conversation.
    assert_eq!(resume(&house, &visitor, &cursor), Ok(3));
    let page = |after, limit| {
        house
            .service
            .read_visitor_entries(as_visitor(&visitor), &cursor.feed, after, limit)
            .unwrap()
    };
    let Entries::Read { frames, upto, more } = page(cursor.seq, 2) else {
        panic!("gone");
    };
    assert_eq!((frames.len(), upto, more), (2, Seq(4), true));
    let Entries::Read { frames, upto, more } = page(upto, 2) else {
        panic!("gone");
    };
    assert_eq!((frames.len(), upto, more), (1, Seq(5), false));
    let Entries::Read { frames, upto, more } = page(upto, 2) else {
        panic!("gone");
    };
    assert_eq!((frames.len(), upto, more), (0, Seq(5), false));
}

#[test]
fn epoch_outlives_the_server_but_not_its_data() {
    let storage = Arc::new(MemoryStorage::new());
    let house = House::on(storage.clone(), Settings::default());
    let (visitor, id) = house.conversation();
    let cursor = house.open(&visitor, &id).cursor;
    drop(house);
    let restarted = House::on(storage, Settings::default());
    assert_eq!(resume(&restarted, &visitor, &cursor), Ok(0));

    let rebuilt = House::new();
    let other_epoch = FeedCursor {
        epoch: Epoch::parse("earlier").unwrap(),
        ..cursor
    };
    // Whether or not the conversation is still there.
    let changed = Err(ResyncReason::EpochChanged);
    assert_eq!(resume(&restarted, &visitor, &other_epoch), changed);
    assert_eq!(resume(&rebuilt, &visitor, &other_epoch), changed);
}

#[test]
fn cursor_ahead_of_the_feed_needs_a_fresh_copy() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    let mut cursor = house.open(&visitor, &id).cursor;
    cursor.seq = cursor.seq.next();
    assert_eq!(resume(&house, &visitor, &cursor), Err(ResyncReason::Ahead));
    let entries =
        house
            .service
            .read_visitor_entries(as_visitor(&visitor), &cursor.feed, cursor.seq, 10);
    assert!(matches!(
        entries,
        Ok(Entries::Gone(gone)) if gone.reason == ResyncReason::Ahead
    ));
}

#[test]
fn who_was_away_for_a_month_needs_a_fresh_copy() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    let old = house.open(&visitor, &id).cursor;
    house.wait(20 * DAY);
    house.post(&visitor, "2").unwrap();
    house.post(&visitor, "3").unwrap();
    let recent = FeedCursor {
        seq: Seq(3),
        ..old.clone()
    };
    house.wait(10 * DAY + 1);
    house.service.trim_feeds().unwrap();
    // Nothing of what comes after the cursors was trimmed.
    assert_eq!(resume(&house, &visitor, &old), Ok(2));
    assert_eq!(resume(&house, &visitor, &recent), Ok(1));
    house.wait(20 * DAY);
    house.service.trim_feeds().unwrap();
    for cursor in [&old, &recent] {
        let seq = cursor.seq;
        let too_old = Err(ResyncReason::TooOld);
        assert_eq!(resume(&house, &visitor, cursor), too_old);
        let visitor = as_visitor(&visitor);
        let entries = house
            .service
            .read_visitor_entries(visitor, &cursor.feed, seq, 10);
        assert!(matches!(entries, Ok(Entries::Gone(gone)) if gone.reason == ResyncReason::TooOld));
    }
    // A fresh copy has everything, and goes on from there.
    assert_eq!(house.lines(&visitor, &id)[1..], ["Hello?", "2", "3"]);
    let fresh = house.open(&visitor, &id).cursor;
    assert_eq!(resume(&house, &visitor, &fresh), Ok(0));
    house.post(&visitor, "4").unwrap();
    assert_eq!(resume(&house, &visitor, &fresh), Ok(1));
}

#[test]
fn feed_without_entries_can_be_followed_from_zero() {
    let house = House::new();
    house.conversation();
    let of_ana = house.list("ana").cursors.pop().unwrap();
    assert_eq!(of_ana.feed, Feed::Agent(super::house::agent_id("ana")));
    assert_eq!(resume(&house, &agent("ana"), &of_ana), Ok(0));
}

#[test]
fn unknown_conversation_of_this_epoch_is_not_found() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    let mut cursor = house.open(&visitor, &id).cursor;
    cursor.feed = Feed::Visitor(ConversationId::parse("unknown").unwrap());
    let error = house.service.resume_feed(&visitor, &cursor).unwrap_err();
    assert_eq!(error.code(), protocol::error::ErrorCode::NotFound);
}
