//! What only agents may see is nowhere in what a visitor gets.

use protocol::conversation::ParticipantRole;
use protocol::feed::Feed;
use protocol::ids::ConversationId;
use protocol::message::Format;
use protocol::seq::{Position, Seq};
use protocol::visitor::FetchMessages;

use super::attending::put_in;
use super::house::{House, agent, agent_id, as_visitor};
use crate::domain::{Audience, MessageAuthor, Subject, Visibility};
use crate::error::{Error, StorageError};
use crate::ports::storage::write;
use crate::rules::edit::{Edit, Line};

/// Leaves a private note, as a later use case will.
pub(super) fn note(house: &House, id: &ConversationId, name: &str, text: &str) {
    let done = house.service.change(|change| {
        let record = change.tx.conversation(id)?.unwrap();
        let mut edit = Edit::of(record);
        let line = Line {
            audience: Audience::Agents,
            author: MessageAuthor::Agent(agent_id(name)),
            text: text.to_owned(),
            format: Format::Plain,
            event: None,
            question: None,
            attachments: Vec::new(),
            id: None,
            client_id: None,
        };
        edit.say(change, line)?;
        edit.finish(change)
    });
    done.unwrap();
}

#[test]
fn notes_are_for_agents() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    let before = house.visitor_frames(&visitor, &id);
    note(&house, &id, "ana", "secret");
    house.post(&visitor, "After").unwrap();

    assert_eq!(
        house.lines(&agent("ben"), &id)[1..],
        ["Hello?", "secret", "After"]
    );
    assert_eq!(house.lines(&visitor, &id)[1..], ["Hello?", "After"]);
    let after = house.visitor_frames(&visitor, &id);
    assert_eq!(after.len(), before.len() + 1);
    let fetch = FetchMessages {
        reference: 1,
        conversation: id.clone(),
        before: Position(u64::MAX),
        limit: 200,
    };
    let fetched = house.service.fetch_messages(&visitor, &fetch).unwrap();
    assert!(!format!("{after:?}{fetched:?}").contains("secret"));
}

#[test]
fn note_wakes_no_visitor() {
    let house = House::new();
    let (_, id) = house.conversation();
    house.woken();
    note(&house, &id, "ana", "secret");
    let woken = house.woken();
    assert!(!woken.iter().any(|feed| feed.starts_with("visitor/")));
    assert_eq!(woken.len(), 2);
}

#[test]
fn hidden_participants_are_for_agents() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    let member = ParticipantRole::Member;
    put_in(&house, &id, "sol", member, Visibility::Hidden);
    house.take("ana", &id).unwrap();
    let told = format!("{:?}", house.visitor_frames(&visitor, &id));
    assert!(told.contains("Ana") && !told.contains("Sol"));
    assert_eq!(house.row("ana", &id).participants.len(), 2);
}

#[test]
fn misplaced_entry_is_a_fault_and_never_a_frame() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    note(&house, &id, "ana", "secret");
    let messages = house.open(&agent("ana"), &id).messages;
    let secret = messages.iter().find(|it| it.text == "secret").unwrap();
    let subjects = [
        Subject::Message(id.clone(), secret.id.clone()),
        Subject::Summary(id.clone()),
        Subject::Unread(id.clone()),
        Subject::State,
        Subject::Offer(protocol::ids::OfferId::parse("o1").unwrap()),
    ];
    let feed = Feed::Visitor(id);
    for subject in subjects {
        let seq = write::<_, StorageError>(&*house.storage, |tx| {
            tx.append_entry(&feed, &subject, house.now())
        });
        let after = Seq(seq.unwrap().0 - 1);
        let visitor = as_visitor(&visitor);
        let read = house.service.read_visitor_entries(visitor, &feed, after, 1);
        let damaged = Error::Storage(StorageError::Damaged(String::new()));
        assert_eq!(
            std::mem::discriminant(&read.unwrap_err()),
            std::mem::discriminant(&damaged)
        );
    }
}
