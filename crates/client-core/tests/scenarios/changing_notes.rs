//! Changing and quoting among agents: notes are changed as notes, and what was said before can be
//! looked up.

use client_core::{Incoming, Intent, Mode};
use protocol::agent::{AgentCommand, EarlierText, HistoryFetched};
use protocol::ids::MessageId;
use protocol::message::Revision;
use protocol::time::Timestamp;

use crate::attending::{ana, ben};
use crate::client::*;
use crate::notes::{billing, entry, note, watching};

fn act(client: &mut Client, intent: fn(String) -> Intent, key: &str) -> Outcome {
    client.intend(intent(key.to_owned()))
}

fn edit(key: String) -> Intent {
    Intent::EditMessage { key }
}

fn reply(key: String) -> Intent {
    Intent::ReplyTo { key }
}

fn delete(key: String) -> Intent {
    Intent::DeleteMessage { key }
}

fn history(key: String) -> Intent {
    Intent::ToggleHistory { key }
}

/// What was sent, typing apart.
fn commands(outcome: &Outcome) -> Vec<AgentCommand> {
    let mut sent = crate::attending::commands(outcome);
    sent.retain(|command| !command.frame_type().ends_with("typing"));
    sent
}

fn mode(client: &Client) -> Mode {
    client.core.composer().notes.mode
}

#[test]
fn an_own_note_is_edited_as_a_note_and_replies_go_on_where_they_were() {
    let mut client = watching(vec![note(11, &ana(), "Ask Bne")]);
    client.edit("Dear Mia");
    act(&mut client, edit, "n11");
    assert_eq!(mode(&client), Mode::Note);
    assert_eq!(client.core.composer().draft, "Ask Bne");
    let sent = client.say("Ask @Ben, @Billing");
    let [AgentCommand::EditNote(order)] = &commands(&sent)[..] else {
        panic!("{sent:?}");
    };
    assert_eq!(order.note.as_str(), "n11");
    assert_eq!(order.mentions, [ben().id]);
    assert_eq!(order.teams, [billing().id]);
    assert_eq!(mode(&client), Mode::Reply);
    assert_eq!(client.core.composer().draft, "Dear Mia");
    assert!(client.messages()[1].1.note.is_some());
}

#[test]
fn an_own_note_is_deleted_as_a_note_and_others_notes_are_not() {
    let mut client = watching(vec![note(11, &ana(), "mine"), note(12, &ben(), "his")]);
    let sent = act(&mut client, delete, "n12");
    assert!(sent.sent().is_empty());
    let sent = act(&mut client, delete, "n11");
    let [AgentCommand::DeleteNote(order)] = &commands(&sent)[..] else {
        panic!("{sent:?}");
    };
    assert_eq!(order.note.as_str(), "n11");
    assert!(client.messages()[1].1.deleted);
}

#[test]
fn what_answers_a_note_is_a_note() {
    let mut client = watching(vec![note(11, &ben(), "Who knows?")]);
    act(&mut client, reply, "n11");
    assert_eq!(mode(&client), Mode::Note);
    let sent = client.say("I do");
    let [AgentCommand::PostNote(order)] = &commands(&sent)[..] else {
        panic!("{sent:?}");
    };
    assert_eq!(order.reply_to, MessageId::parse("n11"));
    client.frame(done(&order.client_id, 30));
    // Who goes back to replies quotes the note no longer.
    act(&mut client, reply, "n11");
    client.intend(Intent::ChooseMode(Mode::Reply));
    assert_eq!(client.core.composer().aim, None);
    let sent = client.say("Hello");
    let [AgentCommand::PostMessage(post)] = &commands(&sent)[..] else {
        panic!("{sent:?}");
    };
    assert_eq!(post.reply_to, None);
}

#[test]
fn a_message_may_be_answered_by_either() {
    let mut client = watching(Vec::new());
    act(&mut client, reply, "m10");
    client.intend(Intent::ChooseMode(Mode::Note));
    let sent = client.say("Look");
    let [AgentCommand::PostNote(order)] = &commands(&sent)[..] else {
        panic!("{sent:?}");
    };
    assert_eq!(order.reply_to, MessageId::parse("m10"));
}

#[test]
fn what_was_said_before_is_fetched_on_demand_and_forgotten_with_the_next_change() {
    let mut revised = note(11, &ben(), "Ask Ana");
    revised.revision = Some(Revision {
        version: 1,
        at: Timestamp(NOON),
        deleted: false,
    });
    let mut client = watching(vec![revised.clone()]);
    assert!(client.messages()[1].1.actions.history);
    let sent = act(&mut client, history, "n11");
    let [AgentCommand::FetchHistory(query)] = &commands(&sent)[..] else {
        panic!("{sent:?}");
    };
    assert_eq!(query.message.as_str(), "n11");
    let texts = vec![EarlierText {
        text: "Ask Bne".to_owned(),
        written_at: Timestamp(NOON),
    }];
    client.frame(Incoming::HistoryFetched(HistoryFetched {
        reference: query.reference,
        texts: texts.clone(),
    }));
    assert_eq!(client.messages()[1].1.actions.earlier, Some(texts));
    act(&mut client, history, "n11");
    assert_eq!(client.messages()[1].1.actions.earlier, None);

    let sent = act(&mut client, history, "n11");
    let [AgentCommand::FetchHistory(query)] = &commands(&sent)[..] else {
        panic!("{sent:?}");
    };
    client.frame(Incoming::HistoryFetched(HistoryFetched {
        reference: query.reference,
        texts: Vec::new(),
    }));
    client.frame(entry(11, revised));
    assert_eq!(client.messages()[1].1.actions.earlier, None);
}
