//! What the tabs show, and where the keys lead.

use client_core::view::{RosterGroup, RosterPhase, RosterRow, RosterView};
use protocol::conversation::{ContactRef, ConversationStatus, ConversationSummary};
use protocol::hello::ChannelRef;
use protocol::ids::{ChannelId, ContactId, ConversationId};
use protocol::time::Timestamp;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use super::tabs::{Tab, neighbour};

pub(super) fn channel(id: &str) -> ChannelRef {
    ChannelRef {
        id: ChannelId::parse(id).expect("an id"),
        name: id.to_owned(),
    }
}

pub(super) fn row(id: &str, mine: bool, unassigned: bool) -> RosterRow {
    RosterRow {
        summary: ConversationSummary {
            id: ConversationId::parse(id).expect("an id"),
            version: 1,
            channel: channel("support").id,
            contact: ContactRef {
                id: ContactId::parse("contact").expect("an id"),
                name: None,
                language: None,
                widget_language: None,
                country: None,
            },
            status: ConversationStatus::Open,
            live_status: None,
            waiting_since: None,
            participants: Vec::new(),
            preview: None,
            unread: 0,
            started_at: Timestamp(0),
            last_activity_at: Timestamp(0),
        },
        mine,
        unassigned,
        selected: false,
        has_draft: false,
        is_new: false,
    }
}

fn roster() -> RosterView {
    RosterView {
        phase: RosterPhase::Ready,
        groups: vec![
            RosterGroup {
                channel: channel("support"),
                rows: vec![row("a", true, false), row("b", false, true)],
            },
            RosterGroup {
                channel: channel("sales"),
                rows: vec![row("c", false, false)],
            },
        ],
        has_more: false,
        unread: 0,
    }
}

fn shown(tab: Tab) -> Vec<(String, Vec<String>)> {
    tab.groups(&roster())
        .into_iter()
        .map(|group| {
            let rows = group.rows.iter().map(|row| row.summary.id.to_string());
            (group.channel.name, rows.collect())
        })
        .collect()
}

#[test]
fn each_tab_counts_what_it_shows() {
    for tab in Tab::ALL {
        let rows: usize = shown(tab).iter().map(|(_, rows)| rows.len()).sum();
        assert_eq!(tab.count(&roster()), rows, "{tab:?}");
    }
    assert_eq!(Tab::Mine.count(&roster()), 1);
    assert_eq!(Tab::Unassigned.count(&roster()), 1);
    assert_eq!(Tab::All.count(&roster()), 3);
}

#[test]
fn a_channel_without_rows_has_no_heading() {
    assert_eq!(
        shown(Tab::Mine),
        [("support".to_owned(), vec!["a".to_owned()])]
    );
    assert_eq!(shown(Tab::All).len(), 2);
}

#[test]
fn the_keys_go_round_the_tabs() {
    assert_eq!(Tab::Mine.step(1), Tab::Unassigned);
    assert_eq!(Tab::All.step(1), Tab::Mine);
    assert_eq!(Tab::Mine.step(-1), Tab::All);
}

#[test]
fn a_tab_reads_as_it_is_stored() {
    for tab in Tab::ALL {
        assert_eq!(Tab::read(tab.as_str()), tab);
    }
    assert_eq!(Tab::read("someday"), Tab::All);
}

#[test]
fn taking_the_open_conversation_leads_to_mine() {
    let (before, after) = (row("b", false, true), row("b", true, false));
    assert_eq!(
        Tab::Unassigned.follow(Some(&before), Some(&after)),
        Tab::Mine
    );
    assert_eq!(Tab::All.follow(Some(&before), Some(&after)), Tab::All);
}

#[test]
fn a_conversation_another_agent_took_stays_in_sight() {
    let (before, after) = (row("b", false, true), row("b", false, false));
    assert_eq!(
        Tab::Unassigned.follow(Some(&before), Some(&after)),
        Tab::All
    );
}

#[test]
fn opening_another_conversation_keeps_the_tab() {
    let (before, after) = (row("b", false, true), row("c", false, false));
    assert_eq!(
        Tab::Unassigned.follow(Some(&before), Some(&after)),
        Tab::Unassigned
    );
    assert_eq!(Tab::Mine.follow(None, Some(&after)), Tab::Mine);
}

#[test]
fn the_keys_stop_at_the_ends_of_the_list() {
    let order: Vec<String> = ["a", "b", "c"].map(str::to_owned).into();
    let step = |from, steps| neighbour(&order, from, steps).map(String::as_str);
    assert_eq!(step(Some("a"), 1), Some("b"));
    assert_eq!(step(Some("c"), 1), Some("c"));
    assert_eq!(step(Some("a"), -1), Some("a"));
    assert_eq!(step(None, 1), Some("a"));
    assert_eq!(step(Some("gone"), 1), Some("a"));
    assert_eq!(neighbour(&[], None, 1), None);
}
