//! A visitor and a chatbot: the greeting, questions with buttons, a locked composer, beginning
//! again.

use client_core::view::{AnswerState, DeliveryState, QuestionView, Restart, Row, RowContent};
use client_core::{Alert, Event, Incoming, Intent, Timer};
use protocol::author::AuthorRole;
use protocol::chatbot::{
    AnswerButton, ChatbotState, Greeting, GreetingMessage, PressedButton, Question, QuestionInput,
};
use protocol::error::ErrorCode;
use protocol::hello::VisitorReady;
use protocol::ids::MessageId;
use protocol::message::{Message, MessageKind};
use protocol::seq::Seq;
use protocol::visitor::{ConversationChanged, ConversationStarted};

use crate::client::*;

fn id(name: &str) -> MessageId {
    MessageId::parse(name).unwrap()
}

fn question(buttons: &[&str], locked: bool) -> Question {
    let button = |text: &&str| AnswerButton {
        id: text.to_lowercase(),
        text: (*text).to_owned(),
        link: None,
    };
    Question {
        input: QuestionInput::Buttons,
        locked,
        open: true,
        buttons: buttons.iter().map(button).collect(),
        chosen: None,
    }
}

/// "Hi" at once, then after a second "Tea?" with two buttons.
fn greeting(name: &str) -> Greeting {
    let message = |id_name: &str, text: &str, question, delay_ms| GreetingMessage {
        id: id(id_name),
        text: text.to_owned(),
        question,
        delay_ms,
    };
    Greeting {
        id: name.to_owned(),
        name: Some("Robot".to_owned()),
        messages: vec![
            message("b1", "Hi", None, 0),
            message("b2", "Tea?", Some(question(&["Yes", "No"], false)), 1_000),
        ],
    }
}

fn greeted_with(greeting: Greeting) -> VisitorReady {
    VisitorReady {
        greeting: Some(greeting),
        ..ready(None)
    }
}

/// A visitor who was greeted.
fn greeted() -> Client {
    let mut client = Client::visitor();
    client.intend(Intent::Connect);
    client.connect(greeted_with(greeting("g1")));
    client
}

/// A visitor who was greeted and has heard all of it.
fn asked() -> Client {
    let mut client = greeted();
    client.wait(1_000);
    client.fire(Timer::Greeting);
    client
}

fn press(client: &mut Client, question: &str, button: &str) -> Outcome {
    client.intend(Intent::PressButton {
        question: id(question),
        button: button.to_owned(),
    })
}

fn from_bot(position: u64, name: &str, text: &str, question: Option<Question>) -> Message {
    Message {
        id: id(name),
        kind: MessageKind::Automated,
        author: author(AuthorRole::Automated),
        question,
        ..from_agent(position, text)
    }
}

fn closed(question: Question, chosen: Option<&str>) -> Question {
    Question {
        open: false,
        chosen: chosen.map(str::to_owned),
        ..question
    }
}

fn question_of(client: &Client, key: &str) -> QuestionView {
    let rows = client.messages();
    let (_, row) = rows.into_iter().find(|(name, _)| name == key).unwrap();
    *row.question.unwrap()
}

fn keys(client: &Client) -> Vec<String> {
    client.messages().into_iter().map(|(key, _)| key).collect()
}

fn chatbot_is(client: &mut Client, seq: u64, chatbot: ChatbotState) {
    let mut conversation = visitor_conversation("c1");
    conversation.chatbot = Some(chatbot);
    client.frame(Incoming::ConversationChanged(ConversationChanged {
        feed: visitor_feed(),
        seq: Seq(seq),
        conversation,
    }));
}

#[test]
fn a_greeting_comes_message_by_message_and_types_in_between() {
    let mut client = Client::visitor();
    client.intend(Intent::Connect);
    let connected = client.connect(greeted_with(greeting("g1")));
    assert_eq!(client.texts(), ["Hi"]);
    assert_eq!(connected.timer(Timer::Greeting), Some(1_000));
    let hi = Alert::MessageArrived {
        author: Some("Robot".to_owned()),
        text: "Hi".to_owned(),
        attachment: None,
    };
    assert_eq!(connected.alerts(), [&hi]);
    let typing = client.core.timeline().typing;
    assert_eq!(typing.len(), 1);
    assert_eq!(typing[0].name.as_deref(), Some("Robot"));

    client.wait(1_000);
    let second = client.fire(Timer::Greeting);
    assert_eq!(client.texts(), ["Hi", "Tea?"]);
    assert_eq!(second.alerts().len(), 1);
    assert!(client.core.timeline().typing.is_empty());
    assert_eq!(keys(&client), ["b1", "b2"]);
}

#[test]
fn a_greeting_without_pauses_is_there_at_once() {
    let mut told = greeting("g1");
    told.messages[1].delay_ms = 0;
    let mut client = Client::visitor();
    client.intend(Intent::Connect);
    client.connect(greeted_with(told));
    assert_eq!(client.texts(), ["Hi", "Tea?"]);
}

#[test]
fn nothing_of_a_greeting_is_stored_and_a_reload_is_greeted_again() {
    let mut client = Client::visitor();
    client.intend(Intent::Connect);
    let mut saved = client.connect(greeted_with(greeting("g1"))).saved();
    client.wait(1_000);
    saved.extend(client.fire(Timer::Greeting).saved());
    assert_eq!(saved, [("token".to_owned(), "token-1".to_owned())]);

    let mut client = Client::visitor_with(&saved);
    client.intend(Intent::Connect);
    client.connect(greeted_with(greeting("g2")));
    assert_eq!(client.texts(), ["Hi"]);
}

#[test]
fn who_has_read_half_of_a_greeting_does_not_wait_for_it_again() {
    let mut client = asked();
    client.lose();
    assert_eq!(client.texts(), ["Hi", "Tea?"]);
    client.fire(Timer::Reconnect);
    client.connect(greeted_with(greeting("g2")));
    assert_eq!(client.texts(), ["Hi", "Tea?"]);
}

#[test]
fn the_first_message_names_the_greeting_and_the_copy_takes_its_rows() {
    let mut client = asked();
    let post = client.say("Coffee").post();
    assert_eq!(post.greeting.as_deref(), Some("g1"));
    assert_eq!(client.texts(), ["Hi", "Tea?", "Coffee"]);
    let before = keys(&client);

    let opens = client.frame(Incoming::ConversationStarted(ConversationStarted {
        conversation: visitor_conversation("c1"),
    }));
    assert_eq!(keys(&client), before);
    client.frame(done(&post.client_id, 3));
    assert_eq!(keys(&client), before);
    client.frame(Incoming::ConversationOpened(opened(
        opens.open_reference(),
        vec![
            from_bot(1, "b1", "Hi", None),
            from_bot(
                2,
                "b2",
                "Tea?",
                Some(closed(question(&["Yes", "No"], false), None)),
            ),
            posted_as(3, &post),
        ],
        10,
    )));
    assert_eq!(keys(&client), before);
    let rows = client.core.timeline().rows;
    assert!(
        !rows
            .iter()
            .any(|row| row.content == RowContent::UnreadDivider),
        "it was read"
    );
    // What follows does not name it again.
    assert_eq!(client.say("More").post().greeting, None);
}

#[test]
fn what_the_chatbot_says_before_the_copy_comes_is_no_news_to_who_looks_on() {
    let mut client = asked();
    client.intend(Intent::LookAtNewest { in_view: true });
    let post = client.say("Coffee").post();
    let opens = client.frame(Incoming::ConversationStarted(ConversationStarted {
        conversation: visitor_conversation("c1"),
    }));
    client.frame(done(&post.client_id, 3));
    let closed = closed(question(&["Yes", "No"], false), None);
    client.frame(Incoming::ConversationOpened(opened(
        opens.open_reference(),
        vec![
            from_bot(1, "b1", "Hi", None),
            from_bot(2, "b2", "Tea?", Some(closed)),
            posted_as(3, &post),
            from_bot(4, "b3", "One moment", None),
        ],
        10,
    )));
    assert_eq!(client.texts(), ["Hi", "Tea?", "Coffee", "One moment"]);
    let rows = client.core.timeline().rows;
    let is_line = |row: &Row| row.content == RowContent::UnreadDivider;
    assert!(!rows.iter().any(is_line));
}

#[test]
fn who_writes_before_the_greeting_is_over_sees_the_rest_above() {
    let mut client = greeted();
    client.say("Coffee");
    assert_eq!(client.texts(), ["Hi", "Tea?", "Coffee"]);
    assert!(client.core.timeline().typing.is_empty());
}

#[test]
fn another_conversation_replaces_the_greeting() {
    let mut client = asked();
    let opens = client.frame(Incoming::ConversationStarted(ConversationStarted {
        conversation: visitor_conversation("c1"),
    }));
    client.frame(Incoming::ConversationOpened(opened(
        opens.open_reference(),
        vec![from_agent(1, "hello")],
        10,
    )));
    assert_eq!(client.texts(), ["hello"]);
}

#[test]
fn what_was_written_before_the_greeting_came_does_not_answer_it() {
    let mut client = Client::visitor();
    client.say("Coffee");
    client.intend(Intent::Connect);
    let post = client.connect(greeted_with(greeting("g1"))).post();
    assert_eq!(post.greeting, None);
    assert_eq!(client.texts(), ["Coffee"]);
}

#[test]
fn another_language_before_a_conversation_brings_another_greeting() {
    let mut client = asked();
    let chosen = client.intend(Intent::ChooseLanguage {
        language: "es".to_owned(),
    });
    assert!(chosen.closes_socket() && chosen.opens_socket());
    let mut spanish = greeting("g1");
    spanish.messages[0].text = "Hola".to_owned();
    client.connect(greeted_with(spanish));
    assert_eq!(client.texts(), ["Hola", "Tea?"]);

    let mut client = Client::talking(Vec::new());
    let chosen = client.intend(Intent::ChooseLanguage {
        language: "es".to_owned(),
    });
    assert_eq!(chosen.types(), ["set_language"]);
}

#[test]
fn a_button_answers_the_greeting_through_the_outbox() {
    let mut client = asked();
    let pressed = press(&mut client, "b2", "yes");
    let post = pressed.post();
    assert_eq!(post.text, "Yes");
    assert_eq!(post.greeting.as_deref(), Some("g1"));
    let button = PressedButton {
        question: id("b2"),
        button: "yes".to_owned(),
    };
    assert_eq!(post.pressed.as_ref(), Some(&button));
    assert_eq!(client.texts(), ["Hi", "Tea?", "Yes"]);

    let view = question_of(&client, "b2");
    assert_eq!(view.state, AnswerState::Answering);
    assert!(view.buttons[0].chosen && !view.buttons[1].chosen);
    assert!(press(&mut client, "b2", "no").posts().is_empty());
    assert_eq!(client.texts().len(), 3);

    // It is closed as soon as the server has it, also while the copy is on its way.
    client.frame(done(&post.client_id, 3));
    assert_eq!(question_of(&client, "b2").state, AnswerState::Closed);
}

#[test]
fn an_answer_survives_a_reload_as_the_answer_it_is() {
    let mut client = asked();
    client.lose();
    let mut saved = press(&mut client, "b2", "yes").saved();
    saved.push(("token".to_owned(), "token-1".to_owned()));
    let mut client = Client::visitor_with(&saved);
    client.intend(Intent::Connect);
    let post = client.connect(greeted_with(greeting("g2"))).post();
    assert_eq!(post.greeting.as_deref(), Some("g1"));
    assert_eq!(
        post.pressed.map(|pressed| pressed.button).as_deref(),
        Some("yes")
    );
}

#[test]
fn an_answer_waits_for_the_network_and_cannot_be_given_twice_meanwhile() {
    let mut client = Client::talking(vec![from_bot(
        1,
        "q",
        "Tea?",
        Some(question(&["Yes"], true)),
    )]);
    client.lose();
    press(&mut client, "q", "yes");
    press(&mut client, "q", "yes");
    assert_eq!(
        client.rows()[1],
        ("Yes".to_owned(), Some(DeliveryState::Queued))
    );
    assert_eq!(question_of(&client, "q").state, AnswerState::Answering);
    client.fire(Timer::Reconnect);
    assert_eq!(client.connect(ready(Some("c1"))).posts().len(), 1);
}

#[test]
fn a_locked_question_locks_the_composer_and_keeps_the_draft() {
    let mut client = Client::talking(Vec::new());
    client.edit("half a");
    client.entry(11, from_bot(1, "q", "Tea?", Some(question(&["Yes"], true))));
    let composer = client.core.composer();
    assert!(composer.is_locked && !composer.can_send);
    assert_eq!(composer.draft, "half a");
    assert!(client.intend(Intent::SendDraft).posts().is_empty());

    let post = press(&mut client, "q", "yes").post();
    assert!(client.core.composer().is_locked);
    client.frame(done(&post.client_id, 2));
    assert!(!client.core.composer().is_locked);
    assert!(client.core.composer().can_send);
}

#[test]
fn an_unlocked_question_takes_what_is_written() {
    let mut client = Client::talking(vec![from_bot(
        1,
        "q",
        "Tea?",
        Some(question(&["Yes"], false)),
    )]);
    assert!(!client.core.composer().is_locked);
    let post = client.say("maybe").post();
    assert_eq!(post.pressed, None);
}

#[test]
fn the_composer_knows_what_is_asked_for() {
    let mut mail = question(&[], false);
    mail.input = QuestionInput::Email;
    let mut client = Client::talking(vec![from_bot(1, "q", "Your mail?", Some(mail.clone()))]);
    assert_eq!(client.core.composer().wanted, Some(QuestionInput::Email));
    client.entry(11, from_bot(1, "q", "Your mail?", Some(closed(mail, None))));
    assert_eq!(client.core.composer().wanted, None);
}

#[test]
fn an_answer_that_came_too_late_leaves_no_trace() {
    for code in [ErrorCode::ChatbotOver, ErrorCode::NoSuchAnswer] {
        let asks = question(&["Yes", "No"], true);
        let mut client = Client::talking(vec![from_bot(1, "q", "Tea?", Some(asks.clone()))]);
        let pressed = press(&mut client, "q", "yes");
        let key = pressed.saved()[0].0.clone();
        let refused = client.frame(refused(&pressed.post().client_id, refusal(code, None)));
        assert!(refused.alerts().is_empty(), "{code:?}");
        assert_eq!(refused.forgotten(), [key]);
        assert_eq!(client.texts(), ["Tea?"]);
        assert_eq!(question_of(&client, "q").state, AnswerState::Open);

        // The other tab's answer comes through the feed.
        client.entry(11, from_bot(1, "q", "Tea?", Some(closed(asks, Some("no")))));
        client.entry(12, from_visitor(2, "No"));
        let view = question_of(&client, "q");
        assert_eq!(view.state, AnswerState::Closed);
        assert!(view.buttons[1].chosen);
        assert_eq!(client.texts(), ["Tea?", "No"]);
        assert!(!client.core.composer().is_locked);
    }
}

#[test]
fn an_answer_in_another_tab_closes_the_question_here() {
    let asks = question(&["Yes"], true);
    let mut client = Client::talking(vec![from_bot(1, "q", "Tea?", Some(asks.clone()))]);
    let entry = client.entry(
        11,
        from_bot(1, "q", "Tea?", Some(closed(asks, Some("yes")))),
    );
    assert!(entry.alerts().is_empty(), "nothing new was said");
    assert!(press(&mut client, "q", "yes").posts().is_empty());
    assert!(!client.core.composer().is_locked);
}

#[test]
fn an_answer_that_failed_can_be_given_again_by_its_button() {
    let asks = question(&["Yes"], false);
    let mut client = Client::talking(vec![from_bot(1, "q", "Tea?", Some(asks))]);
    let post = press(&mut client, "q", "yes").post();
    client.frame(refused(
        &post.client_id,
        refusal(ErrorCode::Forbidden, None),
    ));
    assert_eq!(question_of(&client, "q").state, AnswerState::Open);
    assert_eq!(press(&mut client, "q", "yes").posts().len(), 1);
    assert_eq!(client.texts(), ["Tea?", "Yes"]);
}

#[test]
fn a_question_far_above_that_changes_makes_no_hole() {
    let mut client = Client::visitor();
    client.intend(Intent::Connect);
    let opens = client.connect(ready(Some("c1")));
    let mut copy = opened(opens.open_reference(), vec![from_agent(5, "e")], 10);
    copy.has_more_before = true;
    client.frame(Incoming::ConversationOpened(copy));
    client.entry(
        11,
        from_bot(1, "q", "Tea?", Some(closed(question(&["Yes"], true), None))),
    );
    assert_eq!(client.texts(), ["e"]);
}

#[test]
fn only_pages_are_opened() {
    let mut asks = question(&["A", "B", "C"], false);
    asks.buttons[0].link = Some("https://example.com/teas".to_owned());
    asks.buttons[1].link = Some("javascript:alert(1)".to_owned());
    let client = Client::talking(vec![from_bot(1, "q", "Tea?", Some(asks))]);
    let hrefs: Vec<_> = question_of(&client, "q")
        .buttons
        .into_iter()
        .map(|button| button.href)
        .collect();
    assert_eq!(
        hrefs,
        [Some("https://example.com/teas".to_owned()), None, None]
    );
}

#[test]
fn the_chatbot_begins_again_when_it_is_over_or_was_answered() {
    let mut client = Client::talking(vec![from_bot(1, "q", "Tea?", None)]);
    let offered = |client: &Client| client.core.timeline().restart;
    chatbot_is(&mut client, 11, ChatbotState::Active);
    assert_eq!(offered(&client), Restart::Hidden, "nothing to begin again");
    client.entry(12, from_visitor(2, "yes"));
    assert_eq!(offered(&client), Restart::Offered);
    chatbot_is(&mut client, 13, ChatbotState::Forwarded);
    assert_eq!(offered(&client), Restart::Hidden);
    chatbot_is(&mut client, 14, ChatbotState::Over);
    assert_eq!(offered(&client), Restart::Offered);

    let asked = client.intend(Intent::RestartChatbot);
    assert_eq!(asked.types(), ["restart_chatbot"]);
    assert_eq!(offered(&client), Restart::Asked);
    assert!(client.intend(Intent::RestartChatbot).sent().is_empty());
    // A lost connection repeats it.
    client.lose();
    client.fire(Timer::Reconnect);
    let again = client.connect(ready(Some("c1")));
    assert!(again.types().contains(&"restart_chatbot".to_owned()));
}

#[test]
fn an_answer_that_another_page_took_back_is_taken_back_here() {
    let mut client = asked();
    client.lose();
    let mut saved = press(&mut client, "b2", "yes").saved();
    saved.retain(|(key, _)| key.starts_with("outbox/"));
    let (key, _) = saved.remove(0);
    let pressed = client.texts();
    client.bring(Event::StorageChanged { key, value: None });
    assert_eq!(client.texts(), pressed[..pressed.len() - 1]);
}
