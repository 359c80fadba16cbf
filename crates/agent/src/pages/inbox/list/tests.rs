//! What the tabs show, and where the keys lead.

use client_core::view::{RosterGroup, RosterHeading, RosterPhase, RosterRow, RosterView};
use protocol::author::AgentRef;
use protocol::conversation::{
    ContactRef, ConversationStatus, ConversationSummary, HelpWanted, LiveStatus,
};
use protocol::hello::ChannelRef;
use protocol::ids::{AgentId, ChannelId, ContactId, ConversationId};
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
            elsewhere: None,
            contact: ContactRef {
                id: ContactId::parse("contact").expect("an id"),
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
            last_activity_at: Timestamp(0),
        },
        mine,
        unassigned,
        selected: false,
        has_draft: false,
        is_new: false,
    }
}

/// A row of another channel, in which Ben has looked for help since an instant.
pub(super) fn call(id: &str, since: i64) -> RosterRow {
    let mut row = row(id, false, false);
    row.summary.elsewhere = Some(channel("press"));
    row.summary.channel = channel("press").id;
    row.summary.live_status = Some(LiveStatus::LookingForHelp);
    row.summary.help = Some(HelpWanted {
        since: Timestamp(since),
        by: Some(AgentRef {
            id: AgentId::parse("ben").expect("an id"),
            name: "Ben".to_owned(),
        }),
        own_expertise: false,
    });
    row
}

/// Rows under a channel.
pub(super) fn under(name: &str, rows: Vec<RosterRow>) -> RosterGroup {
    RosterGroup {
        heading: RosterHeading::Channel(channel(name)),
        rows,
    }
}

/// Rows in which help is wanted.
pub(super) fn calling(rows: Vec<RosterRow>) -> RosterGroup {
    RosterGroup {
        heading: RosterHeading::Help,
        rows,
    }
}

pub(super) fn roster(groups: Vec<RosterGroup>) -> RosterView {
    RosterView {
        phase: RosterPhase::Ready,
        groups,
        has_more: false,
        unread: 0,
    }
}

fn quiet() -> RosterView {
    let support = vec![row("a", true, false), row("b", false, true)];
    let sales = vec![row("c", false, false)];
    roster(vec![under("support", support), under("sales", sales)])
}

/// The same while help is wanted in two more.
fn with_calls() -> RosterView {
    let mut roster = quiet();
    let calls = calling(vec![call("d", 100), call("e", 500)]);
    roster.groups.insert(0, calls);
    roster
}

fn shown(tab: Tab, roster: &RosterView) -> Vec<(String, Vec<String>)> {
    tab.groups(roster)
        .into_iter()
        .map(|group| {
            let rows = group.rows.iter().map(|row| row.summary.id.to_string());
            let name = group
                .channel()
                .map_or("help", |channel| channel.name.as_str());
            (name.to_owned(), rows.collect())
        })
        .collect()
}

fn heading(name: &str, ids: &[&str]) -> (String, Vec<String>) {
    let ids = ids.iter().map(|id| (*id).to_owned());
    (name.to_owned(), ids.collect())
}

#[test]
fn each_tab_counts_what_it_shows() {
    for roster in [quiet(), with_calls()] {
        for tab in Tab::ALL {
            let rows: usize = shown(tab, &roster).iter().map(|(_, rows)| rows.len()).sum();
            assert_eq!(tab.count(&roster), rows, "{tab:?}");
        }
    }
    assert_eq!(Tab::Mine.count(&quiet()), 1);
    assert_eq!(Tab::Unassigned.count(&quiet()), 1);
    assert_eq!(Tab::All.count(&quiet()), 3);
}

#[test]
fn a_channel_without_rows_has_no_heading() {
    assert_eq!(shown(Tab::Mine, &quiet()), [heading("support", &["a"])]);
    assert_eq!(shown(Tab::All, &quiet()).len(), 2);
}

#[test]
fn calls_for_help_are_on_every_tab_above_all_else() {
    let calls = heading("help", &["d", "e"]);
    for tab in Tab::ALL {
        assert_eq!(shown(tab, &with_calls()).first(), Some(&calls), "{tab:?}");
    }
    assert_eq!(
        shown(Tab::Mine, &with_calls()),
        [calls, heading("support", &["a"])]
    );
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
fn coming_to_help_leads_to_mine_and_a_call_that_ended_stays_in_sight() {
    let before = call("d", 100);
    let (helped, over) = (row("d", true, false), row("d", false, false));
    assert_eq!(
        Tab::Unassigned.follow(Some(&before), Some(&helped)),
        Tab::Mine
    );
    assert_eq!(Tab::Mine.follow(Some(&before), Some(&helped)), Tab::Mine);
    assert_eq!(Tab::Mine.follow(Some(&before), Some(&over)), Tab::All);
}

#[test]
fn a_call_that_begins_or_is_out_of_reach_keeps_the_tab() {
    let (before, after) = (row("d", true, false), call("d", 100));
    assert_eq!(Tab::Mine.follow(Some(&before), Some(&after)), Tab::Mine);
    assert_eq!(Tab::Mine.follow(Some(&after), None), Tab::Mine);
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
