//! The agents' list.

use protocol::agent::ListConversations;
use protocol::feed::Feed;
use protocol::message::MessageKind;
use protocol::seq::Seq;

use super::house::{House, agent, agent_id};

#[test]
fn rows_show_contact_preview_time_and_unread_count() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    house.wait(5_000);
    house.post(&visitor, "Two\nlines").unwrap();
    let row = house.row("ana", &id);
    let preview = row.preview.unwrap();
    assert_eq!(preview.kind, MessageKind::Visitor);
    assert_eq!(preview.text, "Two lines");
    assert_eq!(row.last_activity_at, house.now());
    assert_eq!(row.unread, 2);
    assert_eq!(row.channel.as_str(), "support");
    assert_eq!(row.contact.language.as_deref(), Some("es-MX"));
}

#[test]
fn previews_are_cut_between_characters() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    house.post(&visitor, &"é😀".repeat(100)).unwrap();
    let preview = house.row("ana", &id).preview.unwrap();
    assert_eq!(preview.text, "é😀".repeat(70));
}

#[test]
fn latest_activity_comes_first_page_by_page() {
    let house = House::new();
    let mut all: Vec<_> = (0..7)
        .map(|number| {
            // Some at the same instant.
            house.wait(number % 2);
            house.conversation().1
        })
        .collect();
    let mut query = ListConversations {
        reference: 7,
        after: None,
        limit: 3,
    };
    let mut seen = Vec::new();
    loop {
        let ana = agent_id("ana");
        let page = house.service.list_conversations(&ana, &query).unwrap();
        assert_eq!(page.reference, 7);
        assert_eq!(page.cursors.is_empty(), query.after.is_some());
        seen.extend(page.rows.into_iter().map(|row| row.id));
        query.after = page.next;
        if query.after.is_none() {
            break;
        }
    }
    assert_eq!(seen.len(), 7);
    let place = |id: &protocol::ids::ConversationId| {
        let at = house.record(id).last_activity_at.0;
        (-at, id.clone())
    };
    all.sort_by_key(place);
    assert_eq!(seen, all);
}

#[test]
fn first_page_begins_the_feeds_of_the_channels_and_the_agent() {
    let house = House::new();
    house.conversation();
    let listed = house.list("ana");
    let cursors: Vec<_> = listed
        .cursors
        .iter()
        .map(|cursor| (cursor.feed.to_string(), cursor.seq))
        .collect();
    let wanted = [
        ("channel/sales".to_owned(), Seq(0)),
        ("channel/support".to_owned(), Seq(1)),
        ("agent/ana".to_owned(), Seq(0)),
    ];
    assert_eq!(cursors, wanted);
    for cursor in &listed.cursors {
        let resumed = house.service.resume_feed(&agent("ana"), cursor).unwrap();
        assert!(matches!(resumed, crate::service::Resumption::Resumed(it) if it.missed == 0));
    }
}

#[test]
fn page_sizes_stay_within_bounds() {
    let house = House::new();
    house.conversation();
    house.conversation();
    let ana = agent_id("ana");
    for (limit, rows) in [(0, 1), (1, 1), (u32::MAX, 2)] {
        let query = ListConversations {
            reference: 1,
            after: None,
            limit,
        };
        let page = house.service.list_conversations(&ana, &query).unwrap();
        assert_eq!(page.rows.len(), rows);
    }
}

#[test]
fn summaries_are_entries_with_the_readers_own_count() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    house
        .mark_read(&agent("ana"), &id, protocol::seq::Position(u64::MAX))
        .unwrap();
    house.post(&visitor, "More").unwrap();
    let feed = Feed::Channel(house.record(&id).channel);
    let last_unread = |name: &str| {
        let frames = house.agent_frames(name, &feed);
        match frames.last() {
            Some(protocol::agent::AgentFrame::SummaryChanged(changed)) => changed.summary.unread,
            other => panic!("not a summary: {other:?}"),
        }
    };
    assert_eq!((last_unread("ana"), last_unread("ben")), (1, 2));
}
