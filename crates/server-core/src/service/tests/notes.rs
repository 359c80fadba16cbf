//! Private notes: agents see them in their place, and nothing else happens.

use protocol::agent::{
    AgentFrame, ListConversations, Mention, PostNote, SeeMentions, SetNoteTyping,
};
use protocol::conversation::LiveStatus;
use protocol::error::ErrorCode;
use protocol::feed::Feed;
use protocol::ids::ConversationId;
use protocol::seq::Position;
use protocol::visitor::{FetchMessages, OpenConversation};

use super::house::{House, agent, agent_id, code, posted, team_id};
use super::work::Work;
use crate::domain::{ChannelSettings, Visibility};
use crate::ports::storage::write;
use crate::settings::OfferSettings;

/// Channel Archive, where Sol alone answers.
pub(super) fn archive(house: &House) -> ConversationId {
    let (_, id) = house.conversation();
    let archive = crate::domain::ChannelRecord {
        id: protocol::ids::ChannelId::parse("archive").unwrap(),
        site: protocol::ids::SiteKey::parse("demo-archive").unwrap(),
        name: "Archive".to_owned(),
        allowed_origins: Vec::new(),
        settings: ChannelSettings {
            offer_seconds: None,
        },
    };
    write::<_, crate::error::StorageError>(&*house.storage, |tx| {
        tx.put_channel(&archive)?;
        tx.put_channel_agent(&archive.id, &agent_id("sol"))
    })
    .unwrap();
    house.turn(&id, |record| record.channel = archive.id.clone());
    id
}

pub(super) fn mentions(house: &House, name: &str) -> Vec<Mention> {
    let query = ListConversations {
        reference: 1,
        after: None,
        limit: 10,
    };
    let listed = house.service.list_conversations(&agent_id(name), &query);
    listed.unwrap().mentions.unwrap()
}

fn see(house: &House, name: &str, id: &ConversationId, up_to: Position) {
    let order = SeeMentions {
        client_id: house.fresh(),
        conversation: id.clone(),
        up_to,
    };
    house.service.see_mentions(&agent_id(name), &order).unwrap();
}

#[test]
fn note_lies_between_the_messages_for_agents() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    let note = posted(house.note("ana", &id, "Has this been paid?\r\n"));
    house.post(&visitor, "After").unwrap();
    let seen = house.notes("ben", &id);
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].text, "Has this been paid?\n");
    assert_eq!(seen[0].id, note.message);
    assert_eq!(seen[0].author.name.as_deref(), Some("Ana"));
    let messages = house.open(&agent("ben"), &id).messages;
    let places: Vec<_> = messages.iter().map(|message| message.position).collect();
    assert!(places[1] < seen[0].position && seen[0].position < places[2]);
}

#[test]
fn only_the_author_learns_the_client_id_of_a_note() {
    let house = House::new();
    let (_, id) = house.conversation();
    house.note("ana", &id, "secret").unwrap();
    assert!(house.notes("ana", &id)[0].client_id.is_some());
    assert!(house.notes("ben", &id)[0].client_id.is_none());
}

#[test]
fn watching_agents_are_told_of_a_note_and_nobody_else_is() {
    let house = House::new();
    let (_, id) = house.conversation();
    house.woken();
    house.note("ana", &id, "secret").unwrap();
    let feed = Feed::Conversation(id.clone());
    assert_eq!(house.woken(), [feed.to_string()]);
    let frames = house.agent_frames("ben", &feed);
    assert!(matches!(
        frames.last(),
        Some(AgentFrame::NotePosted(entry)) if entry.note.text == "secret"
    ));
}

#[test]
fn pages_count_messages_and_notes() {
    let house = House::new();
    let (_, id) = house.conversation();
    for text in ["one", "two", "three"] {
        house.note("ana", &id, text).unwrap();
    }
    let query = OpenConversation {
        reference: 1,
        conversation: id.clone(),
        limit: 2,
    };
    let ben = agent_id("ben");
    let opened = house.service.open_conversation_for_agent(&ben, &query);
    let opened = opened.unwrap();
    let newest = opened.notes.unwrap();
    assert_eq!((opened.messages.len(), newest.len()), (0, 2));
    assert!(opened.has_more_before);
    let fetch = FetchMessages {
        reference: 2,
        conversation: id,
        before: newest[0].position,
        limit: 2,
    };
    let older = house.service.fetch_messages_for_agent(&ben, &fetch);
    let older = older.unwrap();
    assert_eq!(older.notes.unwrap()[0].text, "one");
    assert_eq!(older.messages[0].text, "Hello?");
    assert!(older.has_more_before);
}

#[test]
fn note_changes_nothing_about_the_conversation() {
    let house = House::new();
    let (_, id) = house.conversation();
    house.turn(&id, |record| {
        record.live_status = Some(LiveStatus::WaitingForCustomer);
    });
    let (record, row) = (house.record(&id), house.row("ben", &id));
    house.wait(60_000);
    house.note("ana", &id, "secret").unwrap();
    assert_eq!(house.row("ben", &id), row);
    let after = house.record(&id);
    assert_eq!(after.version, record.version);
    assert_eq!(after.last_activity_at, record.last_activity_at);
    assert_eq!(after.owner, None);
    assert!(house.look(|reading| reading.participants(&id)).is_empty());
}

#[test]
fn note_keeps_the_waiting_visitor_in_line_and_off_the_card() {
    let work = Work::set(&["ana"], OfferSettings::default());
    let (_, id) = work.conversation();
    work.distribute();
    let session = work.record(&id).session;
    let before = work.look(|reading| reading.open_offer(&session));
    assert!(before.is_some(), "it is offered to Ana");
    work.woken();
    work.note("ben", &id, "secret").unwrap();
    assert_eq!(
        work.woken(),
        [Feed::Conversation(id.clone()).to_string()],
        "the card is not touched"
    );
    assert_eq!(work.look(|reading| reading.open_offer(&session)), before);
    let waiting = work.look(|reading| reading.session(&session)).unwrap();
    assert!(waiting.waiting_since.is_some());
    let desk = work.list("ana").desk.unwrap();
    assert!(!format!("{desk:?}").contains("secret"));
    assert_eq!(desk.offers[0].messages.len(), 2);
}

#[test]
fn note_does_not_wake_an_owner_s_silent_conversation() {
    let house = House::new();
    let (_, id) = house.conversation();
    house.take("ana", &id).unwrap();
    let owner = house.record(&id).owner;
    house.wait(48 * 3_600_000);
    house.note("ana", &id, "secret").unwrap();
    assert_eq!(house.record(&id).owner, owner);
}

#[test]
fn note_in_a_resolved_conversation_does_not_reopen_it() {
    let house = House::new();
    let (_, id) = house.conversation();
    house.turn(&id, |record| {
        record.status = protocol::conversation::ConversationStatus::Resolved;
        record.live_status = None;
    });
    let before = house.record(&id);
    house.note("ana", &id, "secret").unwrap();
    let after = house.record(&id);
    assert_eq!(
        (after.status, after.session),
        (before.status, before.session)
    );
}

#[test]
fn note_is_posted_once_however_often_it_is_sent() {
    let house = House::new();
    let (_, id) = house.conversation();
    let order = PostNote {
        client_id: house.fresh(),
        conversation: id.clone(),
        text: "secret".to_owned(),
        mentions: vec![agent_id("ben")],
        teams: Vec::new(),
        reply_to: None,
        attachments: Vec::new(),
    };
    let ana = agent_id("ana");
    let first = posted(house.service.post_note(&ana, &order));
    let again = posted(house.service.post_note(&ana, &order));
    assert_eq!(first, again);
    assert_eq!(house.notes("ben", &id).len(), 1);
    assert_eq!(mentions(&house, "ben").len(), 1);
    let other = PostNote {
        mentions: Vec::new(),
        ..order
    };
    let refused = house.service.post_note(&ana, &other);
    assert_eq!(code(refused), ErrorCode::IdempotencyMismatch);
    let other = PostNote {
        mentions: vec![agent_id("ben")],
        teams: vec![team_id("billing")],
        ..other
    };
    let refused = house.service.post_note(&ana, &other);
    assert_eq!(code(refused), ErrorCode::IdempotencyMismatch);
}

#[test]
fn longest_note_passes_and_one_more_character_does_not() {
    let house = House::new();
    let (_, id) = house.conversation();
    house.note("ana", &id, &"é".repeat(10_000)).unwrap();
    let longer = house.note("ana", &id, &"é".repeat(10_001));
    assert_eq!(code(longer), ErrorCode::TextTooLong);
    assert_eq!(code(house.note("ana", &id, "")), ErrorCode::TextEmpty);
    assert_eq!(house.notes("ana", &id).len(), 1);
}

#[test]
fn notes_are_left_where_one_may_look() {
    let house = House::new();
    let id = archive(&house);
    assert_eq!(code(house.note("ana", &id, "x")), ErrorCode::Forbidden);
    house.note("sol", &id, "x").unwrap();
    let unknown = ConversationId::parse("nowhere").unwrap();
    assert_eq!(code(house.note("sol", &unknown, "x")), ErrorCode::NotFound);
}

#[test]
fn reader_and_hidden_participant_may_leave_notes() {
    let house = House::new();
    let (_, id) = house.conversation();
    let reader = protocol::conversation::ParticipantRole::Reader;
    super::attending::put_in(&house, &id, "sol", reader, Visibility::Hidden);
    house.note("sol", &id, "secret").unwrap();
    let parts = house.look(|reading| reading.participants(&id));
    assert_eq!(parts.len(), 1);
    assert_eq!(
        (parts[0].role, parts[0].visibility),
        (reader, Visibility::Hidden)
    );
}

#[test]
fn typing_a_note_is_heard_by_agents_alone() {
    let house = House::new();
    let (_, id) = house.conversation();
    for typing in [true, false] {
        let signal = SetNoteTyping {
            conversation: id.clone(),
            typing,
        };
        let notice = house.service.set_note_typing(&agent_id("ana"), &signal);
        let notice = notice.unwrap();
        assert_eq!(notice.to, [Feed::Conversation(id.clone())]);
        assert_eq!(notice.frame.typing, typing);
    }
}

#[test]
fn colleagues_are_those_who_may_look() {
    let house = House::new();
    let (_, support) = house.conversation();
    let archived = archive(&house);
    let names = |id: &ConversationId| {
        let query = OpenConversation {
            reference: 1,
            conversation: id.clone(),
            limit: 1,
        };
        let sol = agent_id("sol");
        let opened = house.service.open_conversation_for_agent(&sol, &query);
        let colleagues = opened.unwrap().colleagues.unwrap().into_iter();
        colleagues.map(|agent| agent.name).collect::<Vec<_>>()
    };
    assert_eq!(names(&support), ["Ana", "Ben", "Sol"]);
    assert_eq!(names(&archived), ["Sol"]);
}

#[test]
fn mentioned_agent_is_told_and_has_it_until_they_have_seen_it() {
    let house = House::new();
    let (_, id) = house.conversation();
    house.woken();
    let note = posted(house.note_to("ana", &id, "@Ben\nlook", &["ben", "ben", "ana"]));
    let feed = Feed::Agent(agent_id("ben"));
    assert_eq!(
        house.woken(),
        [Feed::Conversation(id.clone()).to_string(), feed.to_string()],
        "nobody tells themselves"
    );
    let told = |at: usize| match house.agent_frames("ben", &feed).swap_remove(at) {
        AgentFrame::MentionChanged(entry) => entry.mention,
        other => panic!("{other:?}"),
    };
    let mention = told(0);
    assert_eq!(mentions(&house, "ben"), std::slice::from_ref(&mention));
    assert_eq!(mention.text, "@Ben look");
    assert_eq!((&mention.note, mention.seen), (&note.message, false));
    assert_eq!(house.notes("sol", &id)[0].mentions.len(), 1);

    see(&house, "ben", &id, Position(note.position.0 - 1));
    assert!(!mentions(&house, "ben")[0].seen, "it lies behind that");
    see(&house, "ben", &id, note.position);
    see(&house, "ben", &id, note.position);
    assert!(mentions(&house, "ben")[0].seen);
    assert_eq!(house.agent_frames("ben", &feed).len(), 2);
    assert!(told(1).seen);
}

#[test]
fn mention_of_somebody_who_may_not_look_is_refused_and_leaves_no_trace() {
    let house = House::new();
    let id = archive(&house);
    house.woken();
    for name in ["ana", "nobody"] {
        let refused = house.note_to("sol", &id, "@Ana secret", &["sol", name]);
        assert_eq!(code(refused), ErrorCode::Forbidden);
    }
    assert!(house.woken().is_empty());
    assert!(house.notes("sol", &id).is_empty());
    assert!(mentions(&house, "ana").is_empty());
    let crowd = vec!["sol"; 51];
    let refused = house.note_to("sol", &id, "@all", &crowd);
    assert_eq!(code(refused), ErrorCode::BadFrame);
}

#[test]
fn mention_says_nothing_once_one_may_not_look_any_more() {
    let house = House::new();
    let (_, id) = house.conversation();
    house.note_to("sol", &id, "@Ana secret", &["ana"]).unwrap();
    let elsewhere = archive(&house);
    let channel = house.record(&elsewhere).channel;
    house.turn(&id, |record| record.channel = channel);
    let mention = mentions(&house, "ana").remove(0);
    assert_eq!((mention.text.as_str(), mention.seen), ("", true));
}
