//! What an agent sees of the answers a visitor gave to a chatbot or a form.

use client_core::view::AnswersView;
use client_core::{Effect, Event, Incoming, Intent, Slice, Timer};
use protocol::agent::{AnswersChanged, ConversationOpened, GivenAnswer, OpenedForAgent};
use protocol::feed::Feed;
use protocol::hello::{Resumed, ResyncReason, ResyncRequired};
use protocol::seq::Seq;
use protocol::time::Timestamp;

use crate::attending::{
    agent, agent_ready, channel, cursor_of, listed, reference, select, summary,
};
use crate::client::*;

fn given(question: &str, answer: &str, round: u32) -> GivenAnswer {
    GivenAnswer {
        question: question.to_owned(),
        answer: answer.to_owned(),
        answered_at: Timestamp(NOON),
        round,
    }
}

fn copy(reference: u32, id: &str, seq: u64, answers: Option<Vec<GivenAnswer>>) -> Incoming {
    let mut copy = opened(reference, vec![from_visitor(1, "help")], seq);
    copy.conversation = conversation(id);
    copy.cursor = cursor_of(Feed::Conversation(conversation(id)), seq);
    let own = OpenedForAgent {
        answers,
        ..OpenedForAgent::default()
    };
    Incoming::OpenedForAgent(ConversationOpened::new(copy, own))
}

fn entry(id: &str, seq: u64, answers: Vec<GivenAnswer>) -> Incoming {
    Incoming::AnswersChanged(AnswersChanged {
        feed: Feed::Conversation(conversation(id)),
        seq: Seq(seq),
        conversation: conversation(id),
        answers,
    })
}

/// An agent who looks at conversation `a`, of two, with these answers; its feed is read up to 10.
fn watching(answers: Vec<GivenAnswer>) -> Client {
    let mut client = agent(vec![summary("a", "support", 5), summary("b", "support", 4)]);
    let opens = select(&mut client, "a");
    client.frame(copy(reference(&opens), "a", 10, Some(answers)));
    client
}

fn shown(client: &Client) -> (Vec<String>, Vec<String>) {
    let words = |answers: Vec<GivenAnswer>| {
        let words = answers.into_iter();
        words
            .map(|given| format!("{}={}", given.question, given.answer))
            .collect()
    };
    let AnswersView { latest, earlier } = client.core.information().answers;
    (words(latest), words(earlier))
}

fn latest(client: &Client) -> Vec<String> {
    shown(client).0
}

#[test]
fn answers_come_with_the_conversation_in_their_order() {
    let mut client = agent(vec![summary("a", "support", 5)]);
    let opens = select(&mut client, "a");
    assert_eq!(client.core.information().answers, AnswersView::default());
    let answers = vec![given("Topic?", "Tea", 0), given("E-mail?", "v@x.org", 0)];
    let outcome = client.frame(copy(reference(&opens), "a", 10, Some(answers)));
    assert!(outcome.has(&Effect::Render(Slice::Information)));
    assert_eq!(latest(&client), ["Topic?=Tea", "E-mail?=v@x.org"]);
}

#[test]
fn a_new_answer_shows_while_the_agent_watches() {
    let mut client = watching(vec![given("Topic?", "Tea", 0)]);
    let answers = vec![given("Topic?", "Tea", 0), given("Which?", "Green", 0)];
    let outcome = client.frame(entry("a", 11, answers));
    assert!(outcome.has(&Effect::Render(Slice::Information)));
    assert!(outcome.alerts().is_empty());
    assert_eq!(latest(&client), ["Topic?=Tea", "Which?=Green"]);
}

#[test]
fn answers_of_earlier_rounds_stay_apart() {
    let mut client = watching(vec![given("Topic?", "Tea", 0)]);
    client.frame(entry(
        "a",
        11,
        vec![
            given("Topic?", "Tea", 0),
            given("Topic?", "Cups", 1),
            given("Topic?", "Pots", 2),
        ],
    ));
    let (latest, earlier) = shown(&client);
    assert_eq!(latest, ["Topic?=Pots"]);
    assert_eq!(earlier, ["Topic?=Tea", "Topic?=Cups"]);
}

#[test]
fn an_entry_that_was_seen_changes_nothing_and_one_behind_a_hole_waits() {
    let mut client = watching(vec![given("Topic?", "Tea", 0)]);
    client.frame(entry("a", 10, vec![]));
    assert_eq!(latest(&client), ["Topic?=Tea"]);
    let asks = client.frame(entry("a", 12, vec![given("Topic?", "Pots", 0)]));
    assert_eq!(asks.types(), ["resume"]);
    assert_eq!(latest(&client), ["Topic?=Tea"]);
}

#[test]
fn answers_belong_to_the_conversation_on_screen() {
    let mut client = watching(vec![given("Topic?", "Tea", 0)]);
    let switches = select(&mut client, "b");
    assert!(switches.has(&Effect::Render(Slice::Information)));
    assert_eq!(client.core.information().answers, AnswersView::default());
    client.frame(copy(reference(&switches), "b", 20, None));
    client.frame(entry("a", 11, vec![given("Topic?", "late", 0)]));
    assert_eq!(client.core.information().answers, AnswersView::default());
    select(&mut client, "a");
    assert_eq!(
        latest(&client),
        ["Topic?=Tea"],
        "what was held shows at once"
    );
    let closes = client.intend(Intent::SelectConversation(None));
    assert!(closes.has(&Effect::Render(Slice::Information)));
    assert_eq!(client.core.information().answers, AnswersView::default());
}

#[test]
fn a_connection_that_returns_brings_what_was_missed() {
    let mut client = watching(vec![given("Topic?", "Tea", 0)]);
    client.lose();
    assert_eq!(latest(&client), ["Topic?=Tea"]);
    client.fire(Timer::Reconnect);
    client.bring(Event::SocketOpened);
    client.frame(agent_ready());
    client.frame(Incoming::Resumed(Resumed {
        feed: Feed::Conversation(conversation("a")),
        missed: 1,
    }));
    client.frame(entry("a", 11, vec![given("Topic?", "Pots", 0)]));
    assert_eq!(latest(&client), ["Topic?=Pots"]);
}

#[test]
fn an_older_copy_does_not_take_back_what_entries_told() {
    let mut client = agent(vec![summary("b", "support", 5)]);
    let opens = select(&mut client, "a");
    client.frame(copy(reference(&opens), "a", 10, Some(vec![])));
    // The list is fetched anew and does not hold the conversation: a copy of it is wanted.
    let resync = client.frame(Incoming::ResyncRequired(ResyncRequired {
        feed: Feed::Channel(channel("support")),
        reason: ResyncReason::TooOld,
    }));
    let list = listed(reference(&resync), vec![summary("b", "support", 5)]);
    let again = client.frame(Incoming::ConversationsListed(list));
    assert_eq!(again.types(), ["open_conversation"]);
    client.frame(entry("a", 11, vec![given("Topic?", "Tea", 0)]));
    client.frame(copy(reference(&again), "a", 10, Some(vec![])));
    assert_eq!(latest(&client), ["Topic?=Tea"]);
}
