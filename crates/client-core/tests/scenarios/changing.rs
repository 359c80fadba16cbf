//! Editing, deleting and quoting: what one sees before the server has taken it, and what becomes
//! of it when the server does not.

use client_core::view::DeliveryState::{Failed, Queued, Read, Sending, Sent};
use client_core::view::MessageRow;
use client_core::{Incoming, Intent, Outgoing};
use protocol::attachment::{Attachment, AttachmentKind};
use protocol::error::ErrorCode;
use protocol::hello::{Done, Posted};
use protocol::ids::{ClientId, MessageId};
use protocol::limits::EDIT_MS;
use protocol::message::{Message, Quote, Revision};
use protocol::seq::Position;
use protocol::time::Timestamp;
use protocol::visitor::{
    DeleteMessage, EditMessage, FetchMessages, MessagesFetched, VisitorCommand,
};

use crate::attaching::{attachment, file};
use crate::client::*;

/// A conversation in which the visitor has just written.
fn talking() -> Client {
    Client::talking(vec![
        from_agent(3, "Which one?"),
        from_visitor(5, "The rde one"),
    ])
}

fn key(text: &str) -> String {
    text.to_owned()
}

fn edit(client: &mut Client) -> Outcome {
    client.intend(Intent::EditMessage { key: key("m5") })
}

fn row(client: &Client, at: usize) -> MessageRow {
    client.messages().swap_remove(at).1
}

fn edits(outcome: &Outcome) -> Vec<EditMessage> {
    let sent = outcome.sent().into_iter();
    sent.filter_map(|frame| match frame {
        Outgoing::Visitor(VisitorCommand::EditMessage(order)) => Some(order.clone()),
        _ => None,
    })
    .collect()
}

fn deletes(outcome: &Outcome) -> Vec<DeleteMessage> {
    let sent = outcome.sent().into_iter();
    sent.filter_map(|frame| match frame {
        Outgoing::Visitor(VisitorCommand::DeleteMessage(order)) => Some(order.clone()),
        _ => None,
    })
    .collect()
}

/// The server has changed message 5.
fn taken(client_id: &ClientId, version: u32) -> Incoming {
    Incoming::Done(Done {
        client_id: client_id.clone(),
        posted: Some(Posted {
            conversation: conversation("c1"),
            message: MessageId::parse("m5").unwrap(),
            position: Position(5),
            posted_at: Timestamp(NOON + 5),
            version: Some(version),
        }),
    })
}

fn revised(version: u32, text: &str) -> Message {
    Message {
        revision: Some(Revision {
            version,
            at: Timestamp(NOON + 1000),
            deleted: false,
        }),
        ..from_visitor(5, text)
    }
}

fn deleted(version: u32) -> Message {
    let mut message = revised(version, "");
    message.revision.as_mut().unwrap().deleted = true;
    message
}

/// The edited message, sent.
fn corrected(client: &mut Client) -> EditMessage {
    edit(client);
    let sent = client.say("The red one");
    edits(&sent).pop().unwrap()
}

#[test]
fn the_draft_that_was_there_comes_back_after_editing() {
    let mut client = talking();
    client.edit("And a");
    edit(&mut client);
    let composer = client.core.composer();
    assert_eq!(composer.draft, "The rde one");
    assert!(composer.aim.unwrap().edits);
    client.edit("The re");
    client.intend(Intent::LeaveAim);
    let composer = client.core.composer();
    assert_eq!((composer.draft.as_str(), composer.aim), ("And a", None));
    assert_eq!(row(&client, 1).state, Some(Sent));

    let order = corrected(&mut client);
    assert_eq!(order.message.as_str(), "m5");
    assert_eq!(client.core.composer().draft, "And a");
}

#[test]
fn files_of_the_draft_wait_while_a_message_is_edited() {
    let mut client = talking();
    client.attach(&[file("1", "a.png", 10)]);
    edit(&mut client);
    let shown = client.core.composer();
    assert!(shown.files.is_empty() && !shown.can_attach && shown.recordable_ms.is_none());
    // They do not stand for the words of another message.
    client.edit("");
    assert!(!client.core.composer().can_send);
    client.attach(&[file("2", "b.png", 10)]);
    assert_eq!(edits(&client.say("The red one")).len(), 1);
    assert_eq!(client.chips(), ["a.png"]);
    assert!(client.core.composer().can_attach);
}

#[test]
fn a_quoted_recording_is_told_by_what_it_is_and_not_by_its_name() {
    let mut spoken = from_agent(3, "");
    spoken.attachments = vec![Attachment {
        kind: AttachmentKind::Voice,
        ..attachment("f1", "voice.webm", 9)
    }];
    let mut drawn = from_agent(4, "");
    drawn.attachments = vec![attachment("f2", "a.png", 9)];
    let mut client = Client::talking(vec![spoken, drawn, from_agent(5, "two\nlines")]);
    let quoted = |client: &mut Client, key: &str| {
        client.intend(Intent::ReplyTo {
            key: key.to_owned(),
        });
        client.core.composer().aim.unwrap().quote
    };
    let voice = quoted(&mut client, "m3");
    assert_eq!(voice.attachment, Some(AttachmentKind::Voice));
    assert_eq!(voice.text, "");
    assert_eq!(quoted(&mut client, "m4").text, "a.png");
    assert_eq!(quoted(&mut client, "m5").text, "two lines");
}

#[test]
fn what_is_edited_is_stored_as_no_draft() {
    let mut client = talking();
    client.edit("And a");
    let begun = edit(&mut client);
    assert_eq!(begun.saved(), [("draft/c1".to_owned(), "And a".to_owned())]);
    client.edit("The re");
    let hidden = client.bring(client_core::Event::PageHidden);
    assert_eq!(hidden.saved(), []);
}

#[test]
fn an_edited_message_shows_its_new_text_at_once_in_its_row() {
    let mut client = talking();
    let before = client.messages()[1].0.clone();
    let order = corrected(&mut client);
    assert_eq!(order.text, "The red one");
    let shown = row(&client, 1);
    assert_eq!(
        (text_of(&shown).as_str(), shown.state),
        ("The red one", Some(Sending))
    );
    assert!(shown.edited);

    client.frame(taken(&order.client_id, 1));
    assert_eq!(client.rows()[1], ("The red one".to_owned(), Some(Sent)));
    let entry = client.entry(11, revised(1, "The red one"));
    assert!(entry.alerts().is_empty());
    let shown = row(&client, 1);
    assert!(shown.edited && !shown.deleted);
    assert_eq!(client.messages()[1].0, before);
    assert_eq!(client.rows().len(), 2);
}

#[test]
fn an_answer_that_comes_late_changes_nothing_that_is_newer() {
    let mut client = talking();
    let order = corrected(&mut client);
    client.lose();
    client.fire(client_core::Timer::Reconnect);
    let again = client.connect(ready(Some("c1")));
    assert_eq!(edits(&again), std::slice::from_ref(&order));
    client.frame(resumed(1));
    client.entry(11, revised(3, "Neither"));
    client.frame(taken(&order.client_id, 2));
    assert_eq!(client.texts()[1], "Neither");
}

#[test]
fn a_change_waits_for_the_network_and_survives_a_reload() {
    let mut client = talking();
    client.lose();
    edit(&mut client);
    let said = client.say("The red one");
    assert!(edits(&said).is_empty());
    assert_eq!(client.rows()[1], ("The red one".to_owned(), Some(Queued)));
    let mut saved = said.saved();
    saved.push(("token".to_owned(), "token-1".to_owned()));
    saved.push(("conversation".to_owned(), "c1".to_owned()));

    let mut later = Client::visitor_with(&saved);
    later.intend(Intent::Connect);
    let connected = later.connect(ready(Some("c1")));
    let order = edits(&connected).pop().unwrap();
    assert_eq!(order.text, "The red one");
    assert!(connected.posts().is_empty());
    let reference = connected.open_reference();
    later.frame(Incoming::ConversationOpened(opened(
        reference,
        vec![from_visitor(5, "The rde one")],
        10,
    )));
    assert_eq!(later.rows(), [("The red one".to_owned(), Some(Sending))]);
    let answered = later.frame(taken(&order.client_id, 1));
    assert_eq!(answered.forgotten().len(), 1);
}

#[test]
fn a_change_that_came_too_late_says_so_and_keeps_the_text() {
    let mut client = talking();
    let order = corrected(&mut client);
    client.frame(refused(
        &order.client_id,
        refusal(ErrorCode::EditTooLate, None),
    ));
    let shown = row(&client, 1);
    assert_eq!(shown.state, Some(Failed));
    assert_eq!(shown.problem, Some(ErrorCode::EditTooLate));
    assert_eq!(text_of(&shown), "The red one");

    let given_up = client.intend(Intent::DiscardMessage { key: key("m5") });
    assert!(!given_up.forgotten().is_empty());
    assert_eq!(client.rows()[1], ("The rde one".to_owned(), Some(Sent)));
    assert_eq!(client.core.composer().draft, "The red one");
}

#[test]
fn a_change_that_failed_can_be_tried_again() {
    let mut client = talking();
    let order = corrected(&mut client);
    client.frame(refused(
        &order.client_id,
        refusal(ErrorCode::Forbidden, None),
    ));
    let again = client.intend(Intent::RetryMessage { key: key("m5") });
    let again = edits(&again).pop().unwrap();
    assert_eq!(again.text, order.text);
    assert_ne!(again.client_id, order.client_id);
}

#[test]
fn a_deleted_message_stays_in_its_place_and_says_nothing() {
    let mut client = talking();
    let sent = client.intend(Intent::DeleteMessage { key: key("m5") });
    let order = deletes(&sent).pop().unwrap();
    let shown = row(&client, 1);
    assert!(shown.deleted);
    assert_eq!((text_of(&shown).as_str(), shown.state), ("", Some(Sending)));
    client.frame(taken(&order.client_id, 1));
    let shown = row(&client, 1);
    assert!(shown.deleted);
    assert_eq!((shown.state, shown.actions.change_until), (None, None));
    client.entry(11, deleted(1));
    assert_eq!(client.texts(), ["Which one?", ""]);
    let again = client.intend(Intent::EditMessage { key: key("m5") });
    assert!(again.sent().is_empty());
    assert_eq!(client.core.composer().aim, None);
}

#[test]
fn a_deletion_that_failed_has_deleted_nothing() {
    let mut client = talking();
    let sent = client.intend(Intent::DeleteMessage { key: key("m5") });
    let order = deletes(&sent).pop().unwrap();
    client.frame(refused(
        &order.client_id,
        refusal(ErrorCode::EditTooLate, None),
    ));
    let shown = row(&client, 1);
    assert!(!shown.deleted);
    assert_eq!(
        (text_of(&shown).as_str(), shown.state),
        ("The rde one", Some(Failed))
    );
    client.intend(Intent::DiscardMessage { key: key("m5") });
    assert_eq!(client.rows()[1], ("The rde one".to_owned(), Some(Sent)));
    assert_eq!(client.core.composer().draft, "");
}

#[test]
fn a_text_for_a_message_that_was_deleted_elsewhere_can_be_had_back() {
    let mut client = talking();
    let order = corrected(&mut client);
    client.entry(11, deleted(1));
    client.frame(refused(
        &order.client_id,
        refusal(ErrorCode::NotFound, None),
    ));
    let shown = row(&client, 1);
    assert!(shown.deleted);
    assert_eq!((text_of(&shown).as_str(), shown.state), ("", Some(Failed)));
    client.intend(Intent::DiscardMessage { key: key("m5") });
    assert_eq!(row(&client, 1).state, None);
    assert_eq!(client.core.composer().draft, "The red one");
}

#[test]
fn messages_of_others_and_old_ones_are_not_changed_from_here() {
    let mut client = talking();
    assert_eq!(row(&client, 0).actions.change_until, None);
    client.intend(Intent::EditMessage { key: key("m3") });
    assert_eq!(client.core.composer().aim, None);
    let until = row(&client, 1).actions.change_until;
    assert_eq!(until, Some(Timestamp(NOON + 5 + i64::from(EDIT_MS))));
    client.wait(i64::from(EDIT_MS) + 6);
    edit(&mut client);
    assert_eq!(client.core.composer().aim, None);
    let sent = client.intend(Intent::DeleteMessage { key: key("m5") });
    assert!(deletes(&sent).is_empty());
}

#[test]
fn a_backend_that_does_not_offer_it_is_not_asked() {
    let mut client = Client::visitor();
    client.intend(Intent::Connect);
    let mut ready = ready(Some("c1"));
    ready.server.capabilities = Vec::new();
    let opens = client.connect(ready);
    client.frame(Incoming::ConversationOpened(opened(
        opens.open_reference(),
        vec![from_visitor(5, "hello")],
        10,
    )));
    let actions = row(&client, 0).actions;
    assert_eq!((actions.reply, actions.change_until), (false, None));
}

#[test]
fn the_last_own_message_is_edited_by_one_key_when_nothing_is_written() {
    let mut client = talking();
    client.edit("x");
    client.intend(Intent::EditLast);
    assert_eq!(client.core.composer().draft, "x");
    client.edit("");
    client.intend(Intent::EditLast);
    assert_eq!(client.core.composer().draft, "The rde one");
}

#[test]
fn editing_again_begins_from_what_waits_to_be_sent() {
    let mut client = talking();
    client.lose();
    edit(&mut client);
    client.say("The red one");
    edit(&mut client);
    assert_eq!(client.core.composer().draft, "The red one");
}

#[test]
fn a_newer_version_from_another_tab_takes_the_place_of_ours() {
    let mut client = talking();
    let order = corrected(&mut client);
    client.frame(taken(&order.client_id, 1));
    client.entry(11, revised(1, "The red one"));
    client.entry(12, revised(2, "The blue one"));
    assert_eq!(client.texts()[1], "The blue one");
}

#[test]
fn a_deleted_message_is_not_unread() {
    let mut client = Client::talking(Vec::new());
    client.entry(11, from_agent(20, "hello"));
    assert_eq!(client.core.timeline().unread, 1);
    let mut gone = from_agent(20, "");
    gone.revision = deleted(1).revision;
    client.entry(12, gone);
    assert_eq!(client.core.timeline().unread, 0);
}

#[test]
fn an_answer_carries_what_it_quotes_and_shows_it_at_once() {
    let mut client = talking();
    client.intend(Intent::ReplyTo { key: key("m3") });
    let aim = client.core.composer().aim.unwrap();
    assert!(!aim.edits);
    assert_eq!(aim.quote.text, "Which one?");
    let post = client.say("This").post();
    assert_eq!(post.reply_to, MessageId::parse("m3"));
    assert_eq!(client.core.composer().aim, None);
    let quote = row(&client, 2).quote.unwrap();
    assert_eq!((quote.text.as_str(), quote.own), ("Which one?", false));
    client.frame(done(&post.client_id, 30));
    assert!(row(&client, 2).quote.is_some());
    let told = Message {
        reply_to: Some(Quote {
            message: MessageId::parse("m3").unwrap(),
            position: Position(3),
            author: from_agent(3, "").author,
            text: String::new(),
            attachment: None,
            deleted: true,
        }),
        ..posted_as(30, &post)
    };
    client.entry(11, told);
    assert!(row(&client, 2).quote.unwrap().deleted);
    assert_eq!(client.say("More").post().reply_to, None);
}

#[test]
fn an_answer_survives_a_reload() {
    let mut client = talking();
    client.lose();
    client.intend(Intent::ReplyTo { key: key("m3") });
    let saved = client.say("This").saved();
    let mut later = Client::visitor_with(&saved);
    later.intend(Intent::Connect);
    let post = later.connect(ready(Some("c1"))).post();
    assert_eq!(post.reply_to, MessageId::parse("m3"));
}

#[test]
fn who_looks_for_a_message_is_led_to_it_however_far_up_it_is() {
    let mut client = Client::visitor();
    client.intend(Intent::Connect);
    let opens = client.connect(ready(Some("c1")));
    let mut copy = opened(opens.open_reference(), vec![from_agent(30, "new")], 10);
    copy.has_more_before = true;
    client.frame(Incoming::ConversationOpened(copy));

    let fetch = |outcome: &Outcome| -> Option<FetchMessages> {
        outcome.sent().into_iter().find_map(|frame| match frame {
            Outgoing::Visitor(VisitorCommand::FetchMessages(fetch)) => Some(fetch.clone()),
            _ => None,
        })
    };
    let page = |reference, position, has_more_before| {
        Incoming::MessagesFetched(MessagesFetched {
            reference,
            conversation: conversation("c1"),
            messages: vec![from_agent(position, "old")],
            has_more_before,
        })
    };
    let wanted = || Intent::SeekMessage(MessageId::parse("m10").unwrap());
    let first = fetch(&client.intend(wanted())).unwrap();
    assert_eq!(first.before, Position(30));
    let second = fetch(&client.frame(page(first.reference, 20, true))).unwrap();
    assert_eq!(client.core.timeline().found, None);
    let last = client.frame(page(second.reference, 10, true));
    assert_eq!(fetch(&last), None);
    let found = client.core.timeline().found.unwrap();
    assert_eq!((found.key.as_str(), found.count), ("m10", 1));
    client.intend(wanted());
    assert_eq!(client.core.timeline().found.unwrap().count, 2);

    let third =
        fetch(&client.intend(Intent::SeekMessage(MessageId::parse("nowhere").unwrap()))).unwrap();
    let end = client.frame(page(third.reference, 1, false));
    assert_eq!(fetch(&end), None);
    assert_eq!(client.core.timeline().found.unwrap().count, 2);
}

#[test]
fn receipts_of_a_changed_message_stay() {
    let mut client = talking();
    client.entry(11, revised(1, "The red one"));
    client.frame(Incoming::ReceiptsChanged(
        protocol::visitor::ReceiptsChanged {
            feed: visitor_feed(),
            seq: protocol::seq::Seq(12),
            conversation: conversation("c1"),
            receipts: agents_reached(5, 5),
        },
    ));
    assert_eq!(row(&client, 1).state, Some(Read));
}
