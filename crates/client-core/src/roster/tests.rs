//! Facts about rows of the list.

use protocol::conversation::{ContactRef, ConversationStatus, ConversationSummary};
use protocol::ids::{ChannelId, ContactId, ConversationId};
use protocol::time::Timestamp;

use super::{Roster, latest_first};

fn id(text: &str) -> ConversationId {
    ConversationId::parse(text).unwrap()
}

fn row(name: &str, version: u64) -> ConversationSummary {
    ConversationSummary {
        id: id(name),
        version,
        channel: ChannelId::parse("support").unwrap(),
        elsewhere: None,
        contact: ContactRef {
            id: ContactId::parse("visitor").unwrap(),
            name: None,
            language: None,
            widget_language: None,
            country: None,
        },
        status: ConversationStatus::Open,
        live_status: None,
        help: None,
        waiting_since: None,
        participants: Vec::new(),
        preview: None,
        unread: 0,
        started_at: Timestamp(0),
        last_activity_at: Timestamp(version as i64),
    }
}

fn names(roster: &Roster) -> Vec<&str> {
    roster.rows.iter().map(|row| row.id.as_str()).collect()
}

#[test]
fn a_page_never_replaces_newer_rows() {
    let mut roster = Roster::default();
    roster.changed(row("a", 9), None);
    roster.listed(vec![row("a", 5)], None, None, false);
    assert_eq!(roster.get(&id("a")).map(|row| row.version), Some(9));
}

#[test]
fn a_first_page_drops_what_may_be_out_of_date_but_not_what_is_on_screen() {
    let mut roster = Roster::default();
    for name in ["a", "b", "c"] {
        roster.changed(row(name, 1), None);
    }
    roster.listed(vec![row("a", 1)], None, Some(&id("c")), false);
    assert_eq!(names(&roster), ["a", "c"]);
}

#[test]
fn a_page_that_is_behind_the_entries_drops_nothing() {
    let mut roster = Roster::default();
    roster.changed(row("new", 1), None);
    roster.listed(vec![row("a", 1)], None, None, true);
    assert_eq!(names(&roster), ["new", "a"]);
}

#[test]
fn rows_of_one_instant_are_sorted_by_id() {
    let mut rows = [row("b", 1), row("a", 1), row("c", 2)];
    rows.sort_by(latest_first);
    let names: Vec<_> = rows.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(names, ["c", "a", "b"]);
}
