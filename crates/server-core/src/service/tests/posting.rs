//! What is said arrives as it was said, and begins or reopens what it must.

use protocol::author::AuthorRole;
use protocol::conversation::{ConversationStatus, LiveStatus, ParticipantRole};
use protocol::error::ErrorCode;
use protocol::message::{Format, MessageKind};
use protocol::time::Timestamp;

use super::house::{House, agent, as_visitor, code, post, posted};
use crate::domain::Principal;

#[test]
fn first_message_begins_the_conversation() {
    let house = House::new();
    let visitor = house.visitor();
    let contact = &as_visitor(&visitor).contact;
    assert_eq!(house.look(|reading| reading.contact(contact)), None);

    let done = posted(house.post(&visitor, "Hello?"));

    let id = &done.conversation;
    assert_eq!(
        house.lines(&visitor, id),
        ["*conversation_started", "Hello?"]
    );
    let record = house.record(id);
    assert_eq!(record.status, ConversationStatus::Open);
    assert_eq!(record.live_status, Some(LiveStatus::InProgress));
    let session = house
        .look(|reading| reading.session(&record.session))
        .unwrap();
    assert_eq!((session.conversation, session.ended_at), (id.clone(), None));
    let contact = house.look(|reading| reading.contact(contact)).unwrap();
    assert_eq!(contact.language.as_deref(), Some("es-MX"));
    let started = house.news.started.lock().unwrap();
    assert_eq!(started.len(), 1);
    assert_eq!(started[0].0, contact.id);
    assert_eq!(started[0].1.id, *id);
}

#[test]
fn everybody_concerned_is_woken_after_a_post() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    house.woken();
    house.post(&visitor, "More").unwrap();
    let mut woken = house.woken();
    woken.sort();
    let wanted = [
        "channel/support".to_owned(),
        format!("conversation/{id}"),
        format!("visitor/{id}"),
    ];
    assert_eq!(woken, wanted);
}

#[test]
fn later_messages_go_into_the_same_conversation() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    assert_eq!(posted(house.post(&visitor, "2")).conversation, id);
    assert_eq!(posted(house.post_to(&visitor, &id, "3")).conversation, id);
    assert_eq!(
        house.lines(&visitor, &id),
        ["*conversation_started", "Hello?", "2", "3"]
    );
    assert_eq!(house.news.started.lock().unwrap().len(), 1);
}

#[test]
fn text_is_kept_byte_for_byte_but_for_line_ends() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    let text = " \r\n\t<b>é漢👩‍👩‍👧\u{202e}\u{0}\rx\n ";
    house.post(&visitor, text).unwrap();
    house.post(&visitor, " ").unwrap();
    let lines = house.lines(&agent("ana"), &id);
    assert_eq!(lines[2], " \n\t<b>é漢👩‍👩‍👧\u{202e}\u{0}\rx\n ");
    assert_eq!(lines[3], " ");
}

#[test]
fn longest_text_passes_and_one_more_does_not() {
    let house = House::new();
    let visitor = house.visitor();
    // Counted in characters after line ends were made one, not in bytes.
    let longest = "😀".repeat(9_999) + "\r\n";
    let too_long = "😀".repeat(10_001);
    assert_eq!(
        code(house.post(&visitor, &too_long)),
        ErrorCode::TextTooLong
    );
    let contact = &as_visitor(&visitor).contact;
    assert_eq!(house.look(|reading| reading.contact(contact)), None);
    house.post(&visitor, &longest).unwrap();
}

#[test]
fn empty_text_is_refused() {
    let house = House::new();
    let visitor = house.visitor();
    assert_eq!(code(house.post(&visitor, "")), ErrorCode::TextEmpty);
    assert!(house.list("ana").rows.is_empty());
}

#[test]
fn message_to_a_resolved_conversation_reopens_it_in_a_new_session() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    house.turn(&id, |record| {
        record.status = ConversationStatus::Resolved;
        record.live_status = None;
    });
    let before = house.record(&id);
    house.wait(1000);
    house.post(&visitor, "One more thing").unwrap();
    let after = house.record(&id);
    assert_eq!(after.status, ConversationStatus::Open);
    assert_eq!(after.live_status, Some(LiveStatus::InProgress));
    assert_ne!(after.session, before.session);
    let session = house
        .look(|reading| reading.session(&after.session))
        .unwrap();
    assert_eq!(session.started_at, house.now());
    let told = house.visitor_frames(&visitor, &id);
    let told = told.iter().filter(|frame| {
        matches!(frame, protocol::visitor::VisitorFrame::ConversationChanged(changed)
            if changed.conversation.status == ConversationStatus::Open)
    });
    assert_eq!(told.count(), 1);
}

#[test]
fn visitor_who_answers_is_no_longer_waited_for() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    let set = |status| house.turn(&id, |record| record.live_status = Some(status));
    set(LiveStatus::WaitingForCustomer);
    house.post(&visitor, "Here I am").unwrap();
    assert_eq!(house.record(&id).live_status, Some(LiveStatus::InProgress));
    set(LiveStatus::LookingForHelp);
    house.post(&visitor, "Anybody?").unwrap();
    assert_eq!(
        house.record(&id).live_status,
        Some(LiveStatus::LookingForHelp)
    );
}

#[test]
fn agent_who_answers_first_owns_the_conversation() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    house.post_to(&agent("ana"), &id, "Hi!").unwrap();
    house.post_to(&agent("ben"), &id, "Me too").unwrap();
    house.post_to(&agent("ben"), &id, "Again").unwrap();
    let roles = house.row("sol", &id).participants;
    let roles: Vec<_> = roles
        .iter()
        .map(|part| (part.agent.name.as_str(), part.role))
        .collect();
    assert_eq!(
        roles,
        [
            ("Ana", ParticipantRole::Owner),
            ("Ben", ParticipantRole::Member)
        ]
    );
    assert_eq!(
        house.lines(&visitor, &id),
        [
            "*conversation_started",
            "Hello?",
            "*agent_joined Ana",
            "Hi!",
            "*agent_joined Ben",
            "Me too",
            "Again"
        ]
    );
    assert_eq!(
        house.lines(&agent("sol"), &id)[2..4],
        ["*conversation_taken Ana", "Hi!"]
    );
}

#[test]
fn agent_must_say_where() {
    let house = House::new();
    assert_eq!(
        code(house.post(&agent("ana"), "Hello?")),
        ErrorCode::BadFrame
    );
}

#[test]
fn only_agents_may_format() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    for who in [&visitor, &agent("ana")] {
        let mut command = post(house.fresh(), Some(&id), "**bold**");
        command.format = Format::Markdown;
        house.service.post_message(who, &command).unwrap();
    }
    let messages = house.open(&visitor, &id).messages;
    let formats: Vec<_> = messages
        .iter()
        .filter(|message| message.text == "**bold**")
        .map(|message| (message.kind, message.format))
        .collect();
    assert_eq!(
        formats,
        [
            (MessageKind::Visitor, Format::Plain),
            (MessageKind::Agent, Format::Markdown)
        ]
    );
}

#[test]
fn only_the_author_learns_the_client_id() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    house.post_to(&agent("ana"), &id, "Hi!").unwrap();
    let known_by = |who: &Principal| {
        let messages = house.open(who, &id).messages;
        let known = messages
            .iter()
            .filter(|message| message.client_id.is_some());
        known
            .map(|message| (message.author.role, message.text.clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        known_by(&visitor),
        [(AuthorRole::Visitor, "Hello?".to_owned())]
    );
    assert_eq!(
        known_by(&agent("ana")),
        [(AuthorRole::Agent, "Hi!".to_owned())]
    );
    assert_eq!(known_by(&agent("ben")), []);
}

#[test]
fn order_holds_when_the_clock_goes_back() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    house.wait(-3_600_000);
    let back = posted(house.post(&visitor, "2"));
    assert_eq!(back.posted_at, house.now());
    house.post(&visitor, "3").unwrap();
    assert_eq!(house.lines(&visitor, &id)[1..], ["Hello?", "2", "3"]);
    let row = house.row("ana", &id);
    assert_eq!(row.last_activity_at, Timestamp(house.now().0 + 3_600_000));
}

#[test]
fn many_at_the_same_instant_keep_their_order() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    let places: Vec<_> = (0..9)
        .map(|number| posted(house.post(&visitor, &number.to_string())).position)
        .collect();
    assert!(places.is_sorted_by(|one, other| one < other));
    assert!(places.iter().all(|place| place.0 < 1 << 53));
    assert_eq!(house.lines(&visitor, &id).len(), 11);
}
