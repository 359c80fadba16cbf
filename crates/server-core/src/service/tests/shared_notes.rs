//! The shared notes of a conversation: merged, numbered, kept, and for agents alone.

use protocol::agent::{
    AgentFrame, FetchSharedNotes, SaveSharedNotes, SharedNotes, SharedNotesFetched,
    SharedNotesSaved,
};
use protocol::error::ErrorCode;
use protocol::feed::Feed;
use protocol::ids::ConversationId;
use protocol::visitor::OpenConversation;

use super::house::{House, agent_id, code};
use crate::error::Error;

const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;
const DAY: i64 = 24 * 60 * MINUTE;

fn order(house: &House, id: &ConversationId, base: u64, text: &str) -> SaveSharedNotes {
    SaveSharedNotes {
        client_id: house.fresh(),
        conversation: id.clone(),
        base_version: base,
        text: text.to_owned(),
        restores: None,
    }
}

fn save(
    house: &House,
    name: &str,
    id: &ConversationId,
    base: u64,
    text: &str,
) -> Result<SharedNotesSaved, Error> {
    let order = order(house, id, base, text);
    house.service.save_shared_notes(&agent_id(name), &order)
}

fn shown(house: &House, name: &str, id: &ConversationId) -> SharedNotes {
    let query = OpenConversation {
        reference: 1,
        conversation: id.clone(),
        limit: 1,
    };
    let opened = house
        .service
        .open_conversation_for_agent(&agent_id(name), &query);
    opened.unwrap().shared_notes.unwrap()
}

fn fetch(house: &House, id: &ConversationId, before: Option<u64>) -> SharedNotesFetched {
    let query = FetchSharedNotes {
        reference: 1,
        conversation: id.clone(),
        before,
        limit: 3,
    };
    let fetched = house.service.fetch_shared_notes(&agent_id("ben"), &query);
    fetched.unwrap()
}

fn history(house: &House, id: &ConversationId) -> Vec<(u64, String)> {
    let versions = fetch(house, id, None).versions.into_iter();
    versions.map(|it| (it.version, it.text)).collect()
}

#[test]
fn notes_begin_empty_and_tell_who_wrote_them() {
    let house = House::new();
    let (_, id) = house.conversation();
    assert_eq!(shown(&house, "ana", &id), SharedNotes::default());
    let saved = save(&house, "ana", &id, 0, "Paid\r\ntwice").unwrap();
    assert_eq!(saved.notes.text, "Paid\ntwice");
    assert_eq!(saved.notes.version, 1);
    assert_eq!(saved.notes.author.as_ref().unwrap().name, "Ana");
    assert_eq!(saved.notes.saved_at, Some(house.now()));
    assert_eq!(shown(&house, "ben", &id), saved.notes);
}

#[test]
fn two_who_write_at_once_lose_no_word() {
    let house = House::new();
    let (_, id) = house.conversation();
    save(&house, "ana", &id, 0, "Paid.").unwrap();
    save(&house, "ana", &id, 1, "Paid late.").unwrap();
    let saved = save(&house, "ben", &id, 1, "Paid. Calls back.").unwrap();
    assert_eq!(saved.notes.text, "Paid late. Calls back.");
    assert_eq!(saved.notes.version, 3);
    assert_eq!(shown(&house, "ana", &id), saved.notes);
}

#[test]
fn the_same_save_again_changes_nothing_and_brings_the_newest() {
    let house = House::new();
    let (_, id) = house.conversation();
    let first = order(&house, &id, 0, "one");
    let ana = agent_id("ana");
    house.service.save_shared_notes(&ana, &first).unwrap();
    save(&house, "ben", &id, 1, "one two").unwrap();
    let again = house.service.save_shared_notes(&ana, &first).unwrap();
    assert_eq!((again.notes.version, &*again.notes.text), (2, "one two"));
    let other = SaveSharedNotes {
        text: "other".to_owned(),
        ..first
    };
    let refused = house.service.save_shared_notes(&ana, &other);
    assert_eq!(code(refused), ErrorCode::IdempotencyMismatch);
    // What is there already is no new version.
    assert_eq!(
        save(&house, "ana", &id, 2, "one two")
            .unwrap()
            .notes
            .version,
        2
    );
}

#[test]
fn watching_agents_are_told_and_nobody_else_is() {
    let house = House::new();
    let (_, id) = house.conversation();
    house.woken();
    save(&house, "ana", &id, 0, "SECRET").unwrap();
    let feed = Feed::Conversation(id.clone());
    assert_eq!(house.woken(), [feed.to_string()]);
    let frames = house.agent_frames("ben", &feed);
    let Some(AgentFrame::SharedNotesChanged(told)) = frames.last() else {
        panic!("{frames:?}");
    };
    assert_eq!(told.notes, shown(&house, "ben", &id));
}

#[test]
fn only_who_may_see_the_conversation_may_write_in_its_notes() {
    let house = House::new();
    let (_, id) = house.conversation();
    house.turn(&id, |record| {
        record.channel = protocol::ids::ChannelId::parse("elsewhere").unwrap();
    });
    assert_eq!(code(save(&house, "ana", &id, 0, "x")), ErrorCode::Forbidden);
    let nowhere = ConversationId::parse("nowhere").unwrap();
    assert_eq!(
        code(save(&house, "ana", &nowhere, 0, "x")),
        ErrorCode::NotFound
    );
}

#[test]
fn ten_thousand_characters_fit_and_one_more_is_refused() {
    let house = House::new();
    let (_, id) = house.conversation();
    let full = "é".repeat(10_000);
    save(&house, "ana", &id, 0, &full).unwrap();
    let refused = save(&house, "ana", &id, 1, &(full.clone() + "é"));
    assert_eq!(code(refused), ErrorCode::TextTooLong);
    // Each fits alone, both together do not: neither is cut.
    save(&house, "ana", &id, 1, "start").unwrap();
    let half = "x ".repeat(4_000) + "start";
    save(&house, "ana", &id, 2, &half).unwrap();
    let refused = save(
        &house,
        "ben",
        &id,
        2,
        &("start ".to_owned() + &"y ".repeat(4_000)),
    );
    assert_eq!(code(refused), ErrorCode::TextTooLong);
    assert_eq!(shown(&house, "ana", &id).text, half);
}

#[test]
fn history_shows_what_was_written_without_a_pause_as_one() {
    let house = House::new();
    let (_, id) = house.conversation();
    for (version, text) in ["a", "a b", "a b c"].iter().enumerate() {
        save(&house, "ana", &id, version as u64, text).unwrap();
        house.wait(5 * SECOND);
    }
    assert_eq!(history(&house, &id), [(3, "a b c".to_owned())]);
    // After a pause, by another agent, or with something taken out, it is another version.
    house.wait(2 * MINUTE);
    save(&house, "ana", &id, 3, "a b c d").unwrap();
    save(&house, "ben", &id, 4, "a b c d e").unwrap();
    save(&house, "ben", &id, 5, "gone").unwrap();
    let page = fetch(&house, &id, None);
    assert!(page.has_more_before);
    let numbers: Vec<u64> = page.versions.iter().map(|it| it.version).collect();
    assert_eq!(numbers, [6, 5, 4]);
    let page = fetch(&house, &id, Some(4));
    assert!(!page.has_more_before);
    assert_eq!(page.versions[0].text, "a b c");
}

#[test]
fn an_earlier_version_can_be_brought_back_as_a_new_one() {
    let house = House::new();
    let (_, id) = house.conversation();
    save(&house, "ana", &id, 0, "good").unwrap();
    house.wait(2 * MINUTE);
    save(&house, "ana", &id, 1, "good and more").unwrap();
    let back = SaveSharedNotes {
        restores: Some(1),
        ..order(&house, &id, 2, "good")
    };
    let saved = house.service.save_shared_notes(&agent_id("ana"), &back);
    let notes = saved.unwrap().notes;
    assert_eq!((notes.version, notes.restores), (3, Some(1)));
    let texts: Vec<String> = history(&house, &id).into_iter().map(|it| it.1).collect();
    assert_eq!(texts, ["good", "good and more", "good"]);
}

#[test]
fn who_was_away_for_days_is_merged_with_the_version_they_had() {
    let house = House::new();
    let (_, id) = house.conversation();
    for (version, text) in ["one", "one two", "one two three"].iter().enumerate() {
        save(&house, "ana", &id, version as u64, text).unwrap();
    }
    house.wait(6 * DAY);
    assert_eq!(house.service.forget_old().unwrap().versions, 0);
    let saved = save(&house, "ben", &id, 2, "one two BEN").unwrap();
    assert_eq!(saved.notes.text, "one two three BEN");
    // Then steps are let go of; what stood in the history stays.
    house.wait(2 * DAY);
    assert_eq!(house.service.forget_old().unwrap().versions, 2);
    let numbers: Vec<u64> = history(&house, &id).into_iter().map(|it| it.0).collect();
    assert_eq!(numbers, [4, 3]);
    let saved = save(&house, "ben", &id, 2, "one two three BEN late").unwrap();
    assert!(saved.notes.text.contains("late"));
}
