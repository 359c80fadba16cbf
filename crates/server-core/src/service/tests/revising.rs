//! Who may change and delete what they posted, until when, and what others see of it.

use protocol::agent::{AgentFrame, DeleteNote, EditNote, FetchHistory, ListConversations};
use protocol::attachment::LinkAttachments;
use protocol::error::ErrorCode;
use protocol::feed::Feed;
use protocol::hello::{Done, Posted};
use protocol::ids::{ConversationId, MessageId};
use protocol::message::Message;
use protocol::visitor::{DeleteMessage, EditMessage, VisitorFrame};

use super::house::{House, agent, agent_id, code, post, posted};
use super::uploads::{upload, with_files};
use super::work::Work;
use crate::domain::Principal;
use crate::error::Error;
use crate::settings::{OfferSettings, Settings};

const WINDOW: i64 = 5 * 60 * 1000;

impl House {
    pub(super) fn edit(&self, who: &Principal, of: &Posted, text: &str) -> Result<Done, Error> {
        let order = EditMessage {
            client_id: self.fresh(),
            conversation: of.conversation.clone(),
            message: of.message.clone(),
            text: text.to_owned(),
        };
        self.service.edit_message(who, &order)
    }

    pub(super) fn delete(&self, who: &Principal, of: &Posted) -> Result<Done, Error> {
        let order = DeleteMessage {
            client_id: self.fresh(),
            conversation: of.conversation.clone(),
            message: of.message.clone(),
        };
        self.service.delete_message(who, &order)
    }

    pub(super) fn edit_note(
        &self,
        name: &str,
        of: &Posted,
        text: &str,
        mentions: &[&str],
    ) -> Result<Done, Error> {
        let order = EditNote {
            client_id: self.fresh(),
            conversation: of.conversation.clone(),
            note: of.message.clone(),
            text: text.to_owned(),
            mentions: mentions.iter().map(|name| agent_id(name)).collect(),
            teams: Vec::new(),
        };
        self.service.edit_note(&agent_id(name), &order)
    }

    pub(super) fn delete_note(&self, name: &str, of: &Posted) -> Result<Done, Error> {
        let order = DeleteNote {
            client_id: self.fresh(),
            conversation: of.conversation.clone(),
            note: of.message.clone(),
        };
        self.service.delete_note(&agent_id(name), &order)
    }

    /// What an agent finds a message said before.
    fn history(&self, name: &str, of: &Posted) -> Vec<String> {
        let query = FetchHistory {
            reference: 1,
            conversation: of.conversation.clone(),
            message: of.message.clone(),
        };
        let fetched = self.service.fetch_history(&agent_id(name), &query);
        let texts = fetched.unwrap().texts.into_iter();
        texts.map(|earlier| earlier.text).collect()
    }

    fn seen(&self, who: &Principal, of: &Posted) -> Message {
        let messages = self.open(who, &of.conversation).messages;
        let mut found = messages.into_iter();
        found.find(|message| message.id == of.message).unwrap()
    }
}

/// A conversation, and a second message of its visitor's.
fn spoken(house: &House) -> (Principal, ConversationId, Posted) {
    let (visitor, id) = house.conversation();
    let second = posted(house.post(&visitor, "Two tickts"));
    (visitor, id, second)
}

fn version(result: Result<Done, Error>) -> Option<u32> {
    posted(result).version
}

#[test]
fn an_edited_message_says_something_else_in_its_place() {
    let house = House::new();
    let (visitor, id, second) = spoken(&house);
    house.post(&visitor, "Please").unwrap();
    house.wait(1000);
    assert_eq!(
        version(house.edit(&visitor, &second, "Two\r\ntickets")),
        Some(1)
    );
    for reader in [&visitor, &agent("ana")] {
        let lines = house.lines(reader, &id);
        assert_eq!(lines[2..], ["Two\ntickets", "Please"]);
        let message = house.seen(reader, &second);
        assert_eq!(message.position, second.position);
        assert_eq!(message.posted_at, second.posted_at);
        assert_eq!(message.revision.unwrap().at, house.now());
    }
}

#[test]
fn everybody_who_sees_a_message_is_told_of_its_change_and_entries_hold_no_text() {
    let house = House::new();
    let (visitor, id, second) = spoken(&house);
    let (visitors, agents) = (Feed::Visitor(id.clone()), Feed::Conversation(id.clone()));
    house.woken();
    house.edit(&visitor, &second, "Two tickets").unwrap();
    let mut woken = house.woken();
    woken.sort();
    let channel = "channel/support".to_owned();
    assert_eq!(woken, [channel, agents.to_string(), visitors.to_string()]);
    // Told twice: when it was posted, and now. Both say what it says now.
    let told = house.visitor_frames(&visitor, &id);
    let texts = told.iter().filter_map(|frame| match frame {
        VisitorFrame::MessagePosted(it) if it.message.id == second.message => {
            Some(it.message.text.as_str())
        }
        _ => None,
    });
    assert_eq!(texts.collect::<Vec<_>>(), ["Two tickets", "Two tickets"]);
    assert!(!format!("{:?}", house.agent_frames("ana", &agents)).contains("tickts"));
}

#[test]
fn a_message_can_be_changed_for_five_minutes_by_the_server_s_clock() {
    let house = House::new();
    let (visitor, _, second) = spoken(&house);
    house.wait(WINDOW);
    house.edit(&visitor, &second, "Two tickets").unwrap();
    house.wait(1);
    let late = [
        house.edit(&visitor, &second, "Three"),
        house.delete(&visitor, &second),
    ];
    for result in late {
        assert_eq!(code(result), ErrorCode::EditTooLate);
    }
    assert_eq!(house.seen(&visitor, &second).text, "Two tickets");
}

#[test]
fn only_the_author_changes_a_message() {
    let house = House::new();
    let (visitor, id, second) = spoken(&house);
    let reply = posted(house.post_to(&agent("ana"), &id, "Here"));
    let joined = house.open(&visitor, &id).messages[0].clone();
    let system = Posted {
        message: joined.id,
        ..second.clone()
    };
    let elsewhere = house.visitor();
    for (who, of, wanted) in [
        (&visitor, &reply, ErrorCode::Forbidden),
        (&agent("ana"), &second, ErrorCode::Forbidden),
        (&agent("ben"), &reply, ErrorCode::Forbidden),
        (&visitor, &system, ErrorCode::NotFound),
        (&elsewhere, &second, ErrorCode::NotFound),
    ] {
        assert_eq!(code(house.edit(who, of, "No")), wanted);
        assert_eq!(code(house.delete(who, of)), wanted);
    }
    house.edit(&agent("ana"), &reply, "Here you are").unwrap();
    assert_eq!(house.seen(&visitor, &reply).text, "Here you are");
}

#[test]
fn what_a_chatbot_said_is_nobody_s_to_change() {
    let house = House::new();
    house
        .sites
        .set_script(include_str!("../../../../server/scripts/demo.json"));
    let visitor = house.visitor();
    let first = posted(house.post(&visitor, "Hi"));
    let said = house.open(&visitor, &first.conversation).messages;
    let automated = said
        .iter()
        .find(|it| it.kind == protocol::message::MessageKind::Automated)
        .unwrap();
    let automated = Posted {
        message: automated.id.clone(),
        ..first
    };
    for who in [&visitor, &agent("ana")] {
        assert_eq!(
            code(house.edit(who, &automated, "No")),
            ErrorCode::Forbidden
        );
        assert_eq!(code(house.delete(who, &automated)), ErrorCode::Forbidden);
    }
}

#[test]
fn a_deleted_message_keeps_its_place_and_nothing_else() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    let file = upload(&house, &visitor, None);
    let with_file = with_files(&house, None, "Look", &[&file]);
    let message = posted(house.service.post_message(&visitor, &with_file));
    house.post(&visitor, "Sorry").unwrap();
    assert_eq!(version(house.delete(&visitor, &message)), Some(1));
    assert_eq!(version(house.delete(&visitor, &message)), Some(1));
    for reader in [&visitor, &agent("ana")] {
        assert_eq!(house.lines(reader, &id)[2..], ["", "Sorry"]);
        let seen = house.seen(reader, &message);
        assert!(seen.is_deleted() && seen.attachments.is_empty());
        let links = LinkAttachments {
            reference: 1,
            attachments: vec![file.clone()],
        };
        assert_eq!(house.service.link_attachments(reader, &links).unwrap(), []);
    }
    assert_eq!(code(house.service.file(&file)), ErrorCode::NotFound);
    house.wait(24 * 3600 * 1000);
    assert_eq!(house.service.loose_blobs().unwrap().len(), 1);
    let again = house.edit(&visitor, &message, "Look again");
    assert_eq!(code(again), ErrorCode::EditTooLate);
}

#[test]
fn a_deleted_message_cannot_be_edited() {
    let house = House::new();
    let (visitor, _, second) = spoken(&house);
    house.delete(&visitor, &second).unwrap();
    let again = house.edit(&visitor, &second, "Back");
    assert_eq!(code(again), ErrorCode::NotFound);
}

#[test]
fn agents_alone_can_look_up_what_was_said_before() {
    let house = House::new();
    let (visitor, id, second) = spoken(&house);
    house.edit(&visitor, &second, "Two tickets").unwrap();
    house.wait(1000);
    house.delete(&visitor, &second).unwrap();
    assert_eq!(house.history("ben", &second), ["Two tickts", "Two tickets"]);
    let told = format!(
        "{:?}{:?}",
        house.visitor_frames(&visitor, &id),
        house.open(&visitor, &id)
    );
    assert!(!told.contains("Two tick"));
    let elsewhere = Posted {
        conversation: house.conversation().1,
        ..second
    };
    let query = FetchHistory {
        reference: 1,
        conversation: elsewhere.conversation,
        message: elsewhere.message,
    };
    let fetched = house.service.fetch_history(&agent_id("ana"), &query);
    assert_eq!(code(fetched), ErrorCode::NotFound);
}

#[test]
fn the_last_accepted_change_wins_and_the_same_text_is_none() {
    let house = House::new();
    let (visitor, _, second) = spoken(&house);
    assert_eq!(version(house.edit(&visitor, &second, "One")), Some(1));
    assert_eq!(version(house.edit(&visitor, &second, "Two")), Some(2));
    house.woken();
    assert_eq!(version(house.edit(&visitor, &second, "Two")), Some(2));
    assert_eq!(house.woken(), [""; 0]);
    assert_eq!(house.seen(&visitor, &second).text, "Two");
}

#[test]
fn a_change_is_made_once_however_often_it_is_sent() {
    let house = House::new();
    let (visitor, _, second) = spoken(&house);
    let order = EditMessage {
        client_id: house.fresh(),
        conversation: second.conversation.clone(),
        message: second.message.clone(),
        text: "Two tickets".to_owned(),
    };
    let first = house.service.edit_message(&visitor, &order).unwrap();
    house.edit(&visitor, &second, "Three").unwrap();
    house.wait(2 * WINDOW);
    let again = house.service.edit_message(&visitor, &order).unwrap();
    assert_eq!(again, first);
    assert_eq!(house.seen(&visitor, &second).text, "Three");
    let other = EditMessage {
        text: "Four".to_owned(),
        ..order
    };
    let mismatch = house.service.edit_message(&visitor, &other);
    assert_eq!(code(mismatch), ErrorCode::IdempotencyMismatch);
}

#[test]
fn an_edited_text_has_the_limits_of_any_text() {
    let house = House::new();
    let (visitor, _, second) = spoken(&house);
    let too_long = "x".repeat(10_001);
    assert_eq!(
        code(house.edit(&visitor, &second, "")),
        ErrorCode::TextEmpty
    );
    assert_eq!(
        code(house.edit(&visitor, &second, &too_long)),
        ErrorCode::TextTooLong
    );
    let file = upload(&house, &visitor, None);
    let with_file = with_files(&house, None, "Look", &[&file]);
    let message = posted(house.service.post_message(&visitor, &with_file));
    house.edit(&visitor, &message, "").unwrap();
    assert_eq!(house.seen(&visitor, &message).attachments.len(), 1);
}

#[test]
fn where_the_backend_lets_nobody_nothing_is_changed() {
    let mut settings = Settings::default();
    settings.limits.edit_ms = None;
    let house = House::with(settings);
    let (visitor, _, second) = spoken(&house);
    house.wait(1);
    assert_eq!(
        code(house.edit(&visitor, &second, "No")),
        ErrorCode::EditTooLate
    );
}

#[test]
fn the_list_shows_the_change_and_stays_in_its_order() {
    let house = House::new();
    let (visitor, id, second) = spoken(&house);
    let before = house.row("ana", &id);
    assert_eq!(before.unread, 2);
    house.wait(1000);
    house.edit(&visitor, &second, "Two tickets").unwrap();
    let edited = house.row("ana", &id);
    assert_eq!(edited.preview.unwrap().text, "Two tickets");
    assert!(edited.version > before.version);
    assert_eq!(edited.last_activity_at, before.last_activity_at);
    assert_eq!(edited.unread, 2);
    house.delete(&visitor, &second).unwrap();
    let deleted = house.row("ana", &id);
    let preview = deleted.preview.unwrap();
    assert_eq!(preview.text, "");
    assert_eq!(preview.deleted_at, Some(house.now()));
    assert_eq!(deleted.unread, 1);
    assert_eq!(deleted.last_activity_at, before.last_activity_at);
}

#[test]
fn a_change_takes_nothing_joins_nothing_and_ends_no_wait() {
    let work = Work::set(&["ana"], OfferSettings::default());
    let (visitor, id) = work.conversation();
    let second = posted(work.post(&visitor, "Two tickts"));
    work.distribute();
    work.edit(&visitor, &second, "Two tickets").unwrap();
    let desk = work.list("ana").desk.unwrap();
    let said: Vec<_> = desk.offers[0].messages.iter().map(|it| &it.text).collect();
    assert_eq!(said[2], "Two tickets");
    let record = work.record(&id);
    assert_eq!(record.owner, None);
    let session = work.look(|reading| reading.session(&record.session));
    assert!(session.unwrap().waiting_since.is_some());
    let feed = Feed::Agent(agent_id("ana"));
    let told = work.agent_frames("ana", &feed);
    assert!(matches!(told.last(), Some(AgentFrame::OfferChanged(_))));
}

#[test]
fn notes_are_changed_by_orders_of_their_own_and_agents_alone_are_told() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    let note = posted(house.note("ana", &id, "secrt"));
    for who in [&visitor, &agent("ana")] {
        assert_eq!(code(house.edit(who, &note, "x")), ErrorCode::NotFound);
        assert_eq!(code(house.delete(who, &note)), ErrorCode::NotFound);
    }
    let reply = posted(house.post_to(&agent("ana"), &id, "Here"));
    let as_note = house.edit_note("ana", &reply, "x", &[]);
    assert_eq!(code(as_note), ErrorCode::NotFound);
    assert_eq!(code(house.delete_note("ben", &note)), ErrorCode::Forbidden);
    let before = house.visitor_frames(&visitor, &id).len();
    let row = house.row("ben", &id);
    house.woken();
    house.edit_note("ana", &note, "secret", &[]).unwrap();
    house.delete_note("ana", &note).unwrap();
    let feed = Feed::Conversation(id.clone()).to_string();
    assert_eq!(house.woken(), [feed.clone(), feed]);
    assert_eq!(house.visitor_frames(&visitor, &id).len(), before);
    assert_eq!(house.row("ben", &id), row);
    let seen = house.notes("ben", &id).remove(0);
    assert_eq!(seen.text, "");
    assert!(seen.revision.unwrap().deleted);
    assert_eq!(house.history("ben", &note), ["secrt", "secret"]);
}

#[test]
fn an_edited_note_tells_those_it_mentions_and_a_deleted_one_nobody() {
    let house = House::new();
    let (_, id) = house.conversation();
    let note = posted(house.note_to("ana", &id, "@Ben look", &["ben"]));
    house
        .edit_note("ana", &note, "@Ben @Sol look", &["ben", "sol"])
        .unwrap();
    let mentions = |name: &str| {
        let query = ListConversations {
            reference: 1,
            after: None,
            limit: 10,
        };
        let listed = house.service.list_conversations(&agent_id(name), &query);
        listed.unwrap().mentions.unwrap()
    };
    for name in ["ben", "sol"] {
        let listed = mentions(name);
        assert_eq!(listed.len(), 1, "{name}");
        assert_eq!(listed[0].text, "@Ben @Sol look");
    }
    house.delete_note("ana", &note).unwrap();
    assert_eq!(mentions("ben"), []);
    let told = house.agent_frames("sol", &Feed::Agent(agent_id("sol")));
    let Some(AgentFrame::MentionChanged(last)) = told.last() else {
        panic!("not told");
    };
    assert_eq!(last.mention.deleted_at, Some(house.now()));
    assert_eq!(last.mention.text, "");
}

fn answer(
    house: &House,
    who: &Principal,
    id: &ConversationId,
    to: &MessageId,
) -> Result<Done, Error> {
    let order = protocol::visitor::PostMessage {
        reply_to: Some(to.clone()),
        ..post(house.fresh(), Some(id), "Yes")
    };
    house.service.post_message(who, &order)
}

#[test]
fn an_answer_quotes_what_it_answers_as_that_is_now() {
    let house = House::new();
    let (visitor, id, second) = spoken(&house);
    let answer = posted(answer(&house, &agent("ana"), &id, &second.message));
    for reader in [&visitor, &agent("ben")] {
        let quote = house.seen(reader, &answer).reply_to.unwrap();
        assert_eq!(quote.message, second.message);
        assert_eq!(quote.position, second.position);
        assert_eq!(quote.text, "Two tickts");
        assert!(!quote.deleted);
    }
    let before = house.visitor_frames(&visitor, &id).len();
    house.edit(&visitor, &second, "Two tickets").unwrap();
    house.delete(&visitor, &second).unwrap();
    let told = house.visitor_frames(&visitor, &id);
    let quoting = told[before..].iter().filter(
        |frame| matches!(frame, VisitorFrame::MessagePosted(it) if it.message.id == answer.message),
    );
    assert_eq!(quoting.count(), 2, "who quotes it is told of again");
    let quote = house.seen(&visitor, &answer).reply_to.unwrap();
    assert_eq!((quote.text.as_str(), quote.deleted), ("", true));
}

#[test]
fn a_note_is_quoted_by_notes_alone() {
    let house = House::new();
    let (visitor, id, second) = spoken(&house);
    let note = posted(house.note("ana", &id, "secret"));
    for who in [&visitor, &agent("ana")] {
        let refused = answer(&house, who, &id, &note.message);
        assert_eq!(code(refused), ErrorCode::NotFound);
    }
    for quoted in [&note, &second] {
        let order = protocol::agent::PostNote {
            client_id: house.fresh(),
            conversation: id.clone(),
            text: "See above".to_owned(),
            mentions: Vec::new(),
            teams: Vec::new(),
            reply_to: Some(quoted.message.clone()),
            attachments: Vec::new(),
        };
        house.service.post_note(&agent_id("ben"), &order).unwrap();
    }
    let notes = house.notes("sol", &id);
    assert_eq!(notes[1].reply_to.as_ref().unwrap().text, "secret");
    assert_eq!(notes[2].reply_to.as_ref().unwrap().text, "Two tickts");
    let before = house.visitor_frames(&visitor, &id).len();
    house.delete_note("ana", &note).unwrap();
    assert!(
        house.notes("sol", &id)[1]
            .reply_to
            .as_ref()
            .unwrap()
            .deleted
    );
    assert_eq!(house.visitor_frames(&visitor, &id).len(), before);
}

#[test]
fn what_is_elsewhere_or_nothing_said_is_not_quoted() {
    let house = House::new();
    let (visitor, id, _) = spoken(&house);
    let (_, _, elsewhere) = spoken(&house);
    let system = house.open(&visitor, &id).messages[0].id.clone();
    let unknown = MessageId::parse("unknown").unwrap();
    for quoted in [&elsewhere.message, &system, &unknown] {
        let refused = answer(&house, &visitor, &id, quoted);
        assert_eq!(code(refused), ErrorCode::NotFound);
    }
    assert_eq!(house.lines(&visitor, &id).len(), 3);
}
