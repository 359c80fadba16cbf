//! Chatbots greet, ask, hear, look for people, and make room for them.

use protocol::chatbot::{ChatbotState, PressedButton};
use protocol::conversation::ConversationStatus;
use protocol::error::ErrorCode;
use protocol::hello::{ConnectVisitor, Done};
use protocol::ids::{ConversationId, MessageId};
use protocol::message::Message;
use protocol::visitor::{PostMessage, RestartChatbot};

use super::house::{House, agent, agent_id, as_visitor, code, connect, post};
use crate::domain::Principal;
use crate::error::Error;
use crate::service::{Arrival, VerifiedVisitor};

const SCRIPT: &str = r#"{"name": "Robin", "languages": ["en", "es"], "typing": "none", "steps": [
    {"id": "hello", "type": "text", "text": {"en": "Hi!", "es": "¡Hola!"}},
    {"id": "topic", "type": "question", "required": false, "on_text": "person",
     "text": {"en": "What is it?", "es": "¿Qué es?"},
     "answers": [
        {"id": "mail", "text": {"en": "Write to me", "es": "Escríbeme"}, "go_to": "mail"},
        {"id": "person", "text": {"en": "A person", "es": "Una persona"}, "go_to": "person"}]},
    {"id": "mail", "type": "email", "save_as": "email", "text": {"en": "Where?", "es": "¿Dónde?"},
     "again": {"en": "Really?", "es": "¿De verdad?"}},
    {"id": "done", "type": "end", "text": {"en": "Until then.", "es": "Hasta luego."}},
    {"id": "person", "type": "forward", "expertise": ["Sales"],
     "text": {"en": "One moment.", "es": "Un momento."}},
    {"id": "nobody", "type": "end", "text": {"en": "Nobody is here.", "es": "No hay nadie."}}
]}"#;

fn house() -> House {
    let house = House::new();
    house.sites.set_script(SCRIPT);
    house
}

fn come(house: &House, name: &str) {
    house.service.agent_arrived(&agent_id(name));
}

/// Lets the server do all that is due.
fn work(house: &House) {
    house.service.speak().unwrap();
    house.service.distribute().unwrap();
    house.service.speak().unwrap();
}

fn press(
    house: &House,
    who: &Principal,
    question: &MessageId,
    button: &str,
) -> Result<Done, Error> {
    let command = PostMessage {
        pressed: Some(PressedButton {
            question: question.clone(),
            button: button.to_owned(),
        }),
        ..post(house.fresh(), None, "whatever stands on it")
    };
    house.service.post_message(who, &command)
}

/// Somebody new, and the message of their greeting that asks.
fn greeted(house: &House) -> (Principal, MessageId) {
    let connected = house.connect("demo-support").unwrap();
    let greeting = connected.greeting.unwrap();
    let asks = greeting.messages.last().unwrap().id.clone();
    (Principal::Visitor(connected.visitor), asks)
}

fn conversation(done: &Done) -> ConversationId {
    done.posted.as_ref().unwrap().conversation.clone()
}

/// The message that asks last.
fn asks(house: &House, who: &Principal, id: &ConversationId) -> Message {
    let messages = house.open(who, id).messages.into_iter();
    let mut asking = messages.filter(|message| message.question.is_some());
    asking.next_back().unwrap()
}

/// A new conversation in which this button of the greeting was pressed.
fn pressed(house: &House, button: &str) -> (Principal, ConversationId) {
    let (visitor, question) = greeted(house);
    let done = press(house, &visitor, &question, button).unwrap();
    work(house);
    (visitor, conversation(&done))
}

fn state(house: &House, visitor: &Principal) -> Option<ChatbotState> {
    let Principal::Visitor(visitor) = visitor else {
        panic!("not a visitor");
    };
    let token = VerifiedVisitor {
        contact: visitor.contact.clone(),
        channel: visitor.channel.clone(),
    };
    let arrival = Arrival::default();
    let connected = house
        .service
        .connect_visitor(Some(token), &arrival, &connect("demo-support"));
    connected.unwrap().conversation.unwrap().chatbot
}

fn answers(house: &House, id: &ConversationId) -> Vec<(String, String, u32)> {
    let session = house.record(id).session;
    let session = house.look(|reading| reading.session(&session)).unwrap();
    let answers = session.answers.into_iter();
    answers
        .map(|it| (it.question, it.answer, it.round))
        .collect()
}

#[test]
fn greeting_is_said_in_the_visitor_s_language_and_stores_nothing() {
    let house = house();
    let connected = house.connect("demo-support").unwrap();
    let greeting = connected.greeting.unwrap();
    let said: Vec<_> = greeting
        .messages
        .iter()
        .map(|it| it.text.as_str())
        .collect();
    assert_eq!(said, ["¡Hola!", "¿Qué es?"]);
    assert_eq!(greeting.name.as_deref(), Some("Robin"));
    let question = greeting.messages[1].question.as_ref().unwrap();
    assert!(question.open && !question.locked);
    assert_eq!(question.buttons[1].text, "Una persona");
    assert!(house.list("ana").rows.is_empty());
    assert_eq!(house.connect("demo-sales").unwrap().greeting, None);
}

#[test]
fn first_message_stores_the_greeting_under_the_ids_that_were_shown() {
    let house = house();
    let connected = house.connect("demo-support").unwrap();
    let greeting = connected.greeting.unwrap();
    let visitor = Principal::Visitor(connected.visitor);
    // The file is another by now; what was shown is stored all the same.
    house
        .sites
        .set_script(&SCRIPT.replace("¡Hola!", "¡Buenas!"));
    let command = PostMessage {
        greeting: Some(greeting.id.clone()),
        ..post(house.fresh(), None, "Busco a alguien")
    };
    let done = house.service.post_message(&visitor, &command).unwrap();
    let id = conversation(&done);
    let opened = house.open(&visitor, &id);
    let shown: Vec<_> = greeting.messages.iter().map(|it| it.id.clone()).collect();
    let stored: Vec<_> = opened.messages.iter().map(|it| it.id.clone()).collect();
    assert_eq!(stored[..2], shown[..]);
    assert_eq!(
        house.lines(&visitor, &id),
        [
            "¡Hola!",
            "¿Qué es?",
            "*conversation_started",
            "Busco a alguien"
        ]
    );
    assert_eq!(house.open(&agent("ana"), &id).messages.len(), 4);
}

#[test]
fn typed_answer_to_an_open_question_goes_on_to_a_person() {
    let house = house();
    come(&house, "ana");
    let (visitor, _) = greeted(&house);
    let id = conversation(&house.post(&visitor, "Busco a alguien").unwrap());
    assert_eq!(house.row("ana", &id).waiting_since, None);
    work(&house);
    assert_eq!(house.lines(&visitor, &id)[4..], ["Un momento."]);
    assert!(house.row("ana", &id).waiting_since.is_some());
    let session = house.record(&id).session;
    let session = house.look(|reading| reading.session(&session)).unwrap();
    assert_eq!(session.expertise, ["Sales"]);
    assert_eq!(state(&house, &visitor), Some(ChatbotState::Forwarded));
    assert!(
        house
            .look(|reading| reading.open_offer(&session.id))
            .is_some()
    );
    assert!(!asks(&house, &visitor, &id).question.unwrap().open);
}

#[test]
fn pressed_button_is_said_in_its_own_words_and_marked() {
    let house = house();
    let (visitor, id) = pressed(&house, "mail");
    assert_eq!(house.lines(&visitor, &id)[3..], ["Escríbeme", "¿Dónde?"]);
    let messages = house.open(&visitor, &id).messages;
    let question = messages[1].question.clone().unwrap();
    assert_eq!(question.chosen.as_deref(), Some("mail"));
    assert!(!question.open);
    assert_eq!(state(&house, &visitor), Some(ChatbotState::Active));
    assert_eq!(house.row("ana", &id).waiting_since, None);
    assert_eq!(
        answers(&house, &id),
        [("¿Qué es?".into(), "Escríbeme".into(), 0)]
    );
}

#[test]
fn address_is_asked_for_until_it_is_one_and_goes_on_record() {
    let house = house();
    let (visitor, id) = pressed(&house, "mail");
    house.post(&visitor, "no es").unwrap();
    work(&house);
    assert_eq!(house.lines(&visitor, &id)[5..], ["no es", "¿De verdad?"]);
    house.post(&visitor, "Mia@Example.com").unwrap();
    work(&house);
    assert_eq!(
        house.lines(&visitor, &id)[7..],
        ["Mia@Example.com", "Hasta luego."]
    );
    let contact = house.record(&id).contact;
    let contact = house.look(|reading| reading.contact(&contact)).unwrap();
    assert_eq!(contact.email.as_deref(), Some("Mia@example.com"));
    assert_eq!(answers(&house, &id).len(), 2);
}

#[test]
fn page_is_kept_only_while_the_script_may_ask_for_it() {
    let house = house();
    let there = ConnectVisitor {
        page: Some("https://shop.example/cart?step=2#top".to_owned()),
        ..connect("demo-support")
    };
    let page = |id: &ConversationId| {
        let session = house.record(id).session;
        let known = house.look(|reading| reading.chatbot(&session));
        known.unwrap().page
    };
    for ends in [true, false] {
        let arrival = Arrival::default();
        let connected = house.service.connect_visitor(None, &arrival, &there);
        let connected = connected.unwrap();
        let question = connected.greeting.unwrap().messages[1].id.clone();
        let visitor = Principal::Visitor(connected.visitor);
        let done = press(&house, &visitor, &question, "mail").unwrap();
        let id = conversation(&done);
        work(&house);
        assert_eq!(
            page(&id).as_deref(),
            Some("https://shop.example/cart?step=2")
        );
        if ends {
            house.post(&visitor, "mia@example.com").unwrap();
            work(&house);
        } else {
            house.take("ana", &id).unwrap();
        }
        assert_eq!(page(&id), None);
    }
}

#[test]
fn session_ends_with_a_script_that_forwards_to_nobody() {
    let house = house();
    let (visitor, id) = pressed(&house, "mail");
    house.post(&visitor, "mia@example.com").unwrap();
    work(&house);
    let record = house.record(&id);
    assert_eq!(record.status, ConversationStatus::Resolved);
    assert_eq!(record.live_status, None);
    assert_eq!(state(&house, &visitor), Some(ChatbotState::Over));
    // Whoever writes after that wants a person.
    house.post(&visitor, "Una cosa más").unwrap();
    assert!(house.row("ana", &id).waiting_since.is_some());
    assert_eq!(state(&house, &visitor), None);
}

#[test]
fn with_nobody_there_the_fallback_speaks_and_the_session_waits() {
    let house = house();
    house.service.distribute().unwrap();
    let (visitor, id) = pressed(&house, "person");
    work(&house);
    assert_eq!(
        house.lines(&visitor, &id)[3..],
        ["Una persona", "No hay nadie."]
    );
    assert!(house.row("ana", &id).waiting_since.is_some());
    assert_eq!(house.record(&id).status, ConversationStatus::Open);
    assert_eq!(state(&house, &visitor), Some(ChatbotState::Over));
}

#[test]
fn fallback_speaks_too_when_everybody_goes_while_the_visitor_waits() {
    let house = house();
    come(&house, "ana");
    house.service.distribute().unwrap();
    let (visitor, id) = pressed(&house, "person");
    assert_eq!(house.lines(&visitor, &id).len(), 5);
    house.service.agent_left(&agent_id("ana"));
    house.wait(31_000);
    house.service.distribute().unwrap();
    house.wait(30_000);
    work(&house);
    assert_eq!(house.lines(&visitor, &id).last().unwrap(), "No hay nadie.");
}

#[test]
fn second_answer_from_another_tab_is_refused() {
    let house = house();
    let (visitor, question) = greeted(&house);
    let done = press(&house, &visitor, &question, "mail").unwrap();
    let again = press(&house, &visitor, &question, "person");
    assert_eq!(code(again), ErrorCode::ChatbotOver);
    work(&house);
    assert_eq!(house.lines(&visitor, &conversation(&done)).len(), 5);
}

#[test]
fn answer_that_no_button_gives_is_refused_and_begins_nothing() {
    let house = house();
    let (visitor, question) = greeted(&house);
    let refused = press(&house, &visitor, &question, "nonsense");
    assert_eq!(code(refused), ErrorCode::NoSuchAnswer);
    let elsewhere = MessageId::parse("elsewhere").unwrap();
    let refused = press(&house, &visitor, &elsewhere, "mail");
    assert_eq!(code(refused), ErrorCode::ChatbotOver);
    assert!(house.list("ana").rows.is_empty());
}

#[test]
fn agent_who_takes_over_silences_the_chatbot() {
    let house = house();
    come(&house, "ana");
    let (visitor, id) = pressed(&house, "mail");
    let question = asks(&house, &visitor, &id);
    assert!(question.question.as_ref().unwrap().open);
    house.take("ana", &id).unwrap();
    assert!(!asks(&house, &visitor, &id).question.unwrap().open);
    house.post(&visitor, "mia@example.com").unwrap();
    work(&house);
    assert_eq!(
        house.lines(&visitor, &id).last().unwrap(),
        "mia@example.com"
    );
    assert_eq!(state(&house, &visitor), Some(ChatbotState::Forwarded));
    let refused = press(&house, &visitor, &question.id, "mail");
    assert_eq!(code(refused), ErrorCode::ChatbotOver);
}

#[test]
fn run_goes_on_with_the_script_it_began_with_after_a_restart_of_the_server() {
    let house = house();
    let (visitor, id) = pressed(&house, "mail");
    let again = House::on(house.storage.clone(), crate::settings::Settings::default());
    // Names that were drawn before do not come again.
    for _ in 0..1_000 {
        again.fresh();
        again.service.ports.entropy.draw();
    }
    again
        .sites
        .set_script(&SCRIPT.replace("Hasta luego", "Adiós"));
    again.post_to(&visitor, &id, "mia@example.com").unwrap();
    work(&again);
    assert_eq!(again.lines(&visitor, &id).last().unwrap(), "Hasta luego.");
}

#[test]
fn visitor_may_begin_again_and_what_was_answered_stays_on_record() {
    let house = house();
    let (visitor, id) = pressed(&house, "mail");
    restart(&house, &visitor, &id).unwrap();
    work(&house);
    assert_eq!(house.lines(&visitor, &id)[5..], ["¡Hola!", "¿Qué es?"]);
    let question = asks(&house, &visitor, &id);
    press(&house, &visitor, &question.id, "mail").unwrap();
    work(&house);
    house.post(&visitor, "mia@example.com").unwrap();
    work(&house);
    let rounds: Vec<_> = answers(&house, &id).into_iter().map(|it| it.2).collect();
    assert_eq!(rounds, [0, 1, 1]);
    // Over by now: it begins again in a new session.
    restart(&house, &visitor, &id).unwrap();
    work(&house);
    assert_eq!(house.lines(&visitor, &id).last().unwrap(), "¿Qué es?");
    assert_eq!(house.record(&id).status, ConversationStatus::Open);
    assert_eq!(answers(&house, &id).len(), 3);
}

#[test]
fn whoever_looks_for_a_person_cannot_begin_again() {
    let house = house();
    come(&house, "ana");
    house.service.distribute().unwrap();
    let (visitor, id) = pressed(&house, "person");
    assert_eq!(code(restart(&house, &visitor, &id)), ErrorCode::ChatbotOver);
    let without = House::new();
    let (visitor, id) = without.conversation();
    assert_eq!(
        code(restart(&without, &visitor, &id)),
        ErrorCode::ChatbotOver
    );
}

#[test]
fn chatbot_types_before_it_speaks_where_motion_is_welcome() {
    let house = House::new();
    house
        .sites
        .set_script(&SCRIPT.replace(r#""typing": "none", "#, ""));
    let (visitor, question) = greeted(&house);
    let id = conversation(&press(&house, &visitor, &question, "mail").unwrap());
    let due = house.service.speak().unwrap().unwrap();
    assert_eq!(house.lines(&visitor, &id).len(), 4);
    let typing = house.news.typing.lock().unwrap().clone();
    assert_eq!(typing.len(), 1);
    assert_eq!(typing[0].frame.author.name.as_deref(), Some("Robin"));
    house.wait(due.since(house.now()));
    assert_eq!(house.service.speak().unwrap(), None);
    assert_eq!(house.lines(&visitor, &id).len(), 5);
}

#[test]
fn repeated_press_answers_as_before() {
    let house = house();
    let (visitor, question) = greeted(&house);
    let command = PostMessage {
        pressed: Some(PressedButton {
            question,
            button: "mail".to_owned(),
        }),
        ..post(house.fresh(), None, "Escríbeme")
    };
    let first = house.service.post_message(&visitor, &command).unwrap();
    work(&house);
    let again = house.service.post_message(&visitor, &command).unwrap();
    assert_eq!(first, again);
    assert_eq!(house.lines(&visitor, &conversation(&first)).len(), 5);
}

fn restart(house: &House, visitor: &Principal, id: &ConversationId) -> Result<Done, Error> {
    let order = RestartChatbot {
        client_id: house.fresh(),
        conversation: id.clone(),
    };
    house.service.restart_chatbot(as_visitor(visitor), &order)
}
