//! Expertise and files of the open conversation, as the information panel shows them.

use client_core::{Incoming, Intent};
use protocol::agent::{
    AgentCommand, ChooseExpertise, ConversationOpened, ExpertiseChanged, FilesListed, ListFiles,
    NotePosted, OpenedForAgent, SessionExpertise, SharedFile,
};
use protocol::attachment::{Attachment, AttachmentKind};
use protocol::error::ErrorCode;
use protocol::feed::Feed;
use protocol::ids::{AttachmentId, MessageId};
use protocol::seq::{Position, Seq};
use protocol::visitor::MessagePosted;

use crate::attending::{agent, ben, commands, cursor_of, reference, select, summary};
use crate::client::*;
use crate::notes::note;

fn expertise(chosen: &[&str]) -> SessionExpertise {
    let all = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
    SessionExpertise {
        known: all(&["Sales", "Technical"]),
        chosen: all(chosen),
        wanted: Vec::new(),
    }
}

/// An agent who looks at conversation `a`; its feed is read up to 10.
fn watching() -> Client {
    let mut client = agent(vec![summary("a", "support", 5)]);
    let opens = select(&mut client, "a");
    let mut copy = opened(reference(&opens), vec![from_visitor(1, "help")], 10);
    copy.conversation = conversation("a");
    copy.cursor = cursor_of(Feed::Conversation(conversation("a")), 10);
    let own = OpenedForAgent {
        expertise: Some(expertise(&[])),
        ..OpenedForAgent::default()
    };
    client.frame(Incoming::OpenedForAgent(ConversationOpened::new(copy, own)));
    client
}

fn chosen(client: &Client) -> Vec<String> {
    client.core.information().expertise.unwrap().chosen
}

fn choose(client: &mut Client, name: &str, chosen: bool) -> ChooseExpertise {
    let outcome = client.intend(Intent::ChooseExpertise {
        name: name.to_owned(),
        chosen,
    });
    let mut orders = commands(&outcome).into_iter().filter_map(|it| match it {
        AgentCommand::ChooseExpertise(order) => Some(order),
        _ => None,
    });
    orders.next().unwrap()
}

fn expertise_told(seq: u64, names: &[&str]) -> Incoming {
    Incoming::ExpertiseChanged(ExpertiseChanged {
        feed: Feed::Conversation(conversation("a")),
        seq: Seq(seq),
        conversation: conversation("a"),
        expertise: expertise(names),
    })
}

#[test]
fn a_choice_shows_at_once_and_is_sent() {
    let mut client = watching();
    let order = choose(&mut client, "Sales", true);
    assert!(order.chosen);
    assert_eq!(chosen(&client), ["Sales"]);
    client.frame(answered(&order.client_id));
    client.frame(expertise_told(11, &["Sales"]));
    assert_eq!(chosen(&client), ["Sales"]);
}

#[test]
fn what_others_choose_shows_beside_a_choice_without_an_answer() {
    let mut client = watching();
    let order = choose(&mut client, "Sales", true);
    client.frame(expertise_told(11, &["Technical"]));
    assert_eq!(chosen(&client), ["Technical", "Sales"]);
    client.frame(answered(&order.client_id));
    client.frame(expertise_told(12, &["Technical", "Sales"]));
    choose(&mut client, "Technical", false);
    assert_eq!(chosen(&client), ["Sales"]);
}

#[test]
fn a_refused_choice_is_taken_back_by_a_fresh_copy() {
    let mut client = watching();
    let order = choose(&mut client, "Sales", true);
    let outcome = client.frame(refused(
        &order.client_id,
        refusal(ErrorCode::NotFound, None),
    ));
    assert_eq!(outcome.types(), ["open_conversation"]);
}

fn attachment(id: &str) -> Attachment {
    Attachment {
        id: AttachmentId::parse(id).unwrap(),
        name: format!("{id}.pdf"),
        kind: AttachmentKind::File,
        media_type: "application/octet-stream".to_owned(),
        size: 5,
        width: None,
        height: None,
        voice: None,
    }
}

fn file(position: u64, id: &str) -> SharedFile {
    let message = from_visitor(position, "");
    SharedFile {
        attachment: attachment(id),
        message: MessageId::parse(&format!("m{position}")).unwrap(),
        position: Position(position),
        author: message.author,
        posted_at: message.posted_at,
        private: false,
    }
}

fn names(client: &Client) -> Vec<String> {
    let files = client.core.information().files.unwrap().files;
    let ids = files
        .into_iter()
        .map(|it| it.file.attachment.id.to_string());
    ids.collect()
}

fn asked(client: &mut Client, more: bool) -> Option<ListFiles> {
    let outcome = client.intend(Intent::ShowFiles { more });
    commands(&outcome).into_iter().find_map(|it| match it {
        AgentCommand::ListFiles(query) => Some(query),
        _ => None,
    })
}

fn listed(client: &mut Client, query: &ListFiles, files: Vec<SharedFile>, more: bool) -> Outcome {
    client.frame(Incoming::FilesListed(FilesListed {
        reference: query.reference,
        conversation: conversation("a"),
        files,
        has_more_before: more,
    }))
}

fn posted(client: &mut Client, seq: u64, position: u64, ids: &[&str]) {
    let mut message = from_visitor(position, "");
    message.id = MessageId::parse(&format!("m{position}")).unwrap();
    message.conversation = conversation("a");
    message.attachments = ids.iter().map(|id| attachment(id)).collect();
    client.frame(Incoming::MessagePosted(MessagePosted {
        feed: Feed::Conversation(conversation("a")),
        seq: Seq(seq),
        message,
    }));
}

#[test]
fn files_are_asked_for_once_they_are_looked_at() {
    let mut client = watching();
    assert!(client.core.information().files.is_none());
    let query = asked(&mut client, false).unwrap();
    assert_eq!(query.before, None);
    assert!(asked(&mut client, false).is_none());
    listed(
        &mut client,
        &query,
        vec![file(9, "f2"), file(5, "f1")],
        true,
    );
    assert_eq!(names(&client), ["f2", "f1"]);
    assert!(asked(&mut client, false).is_none());
    let query = asked(&mut client, true).unwrap();
    assert_eq!(query.before, Some(Position(5)));
    listed(&mut client, &query, vec![file(2, "f0")], false);
    assert_eq!(names(&client), ["f2", "f1", "f0"]);
    assert!(asked(&mut client, true).is_none());
}

#[test]
fn a_file_that_comes_is_first_in_the_list() {
    let mut client = watching();
    let query = asked(&mut client, false).unwrap();
    posted(&mut client, 11, 20, &["new"]);
    listed(&mut client, &query, vec![file(9, "f2")], false);
    assert_eq!(names(&client), ["new", "f2"]);
    posted(&mut client, 12, 30, &["x", "y"]);
    assert_eq!(names(&client), ["x", "y", "new", "f2"]);
    // Told again, as with a message that changed.
    posted(&mut client, 13, 20, &[]);
    assert_eq!(names(&client), ["x", "y", "f2"]);
}

#[test]
fn a_file_of_a_note_is_in_the_list_and_marked() {
    let mut client = watching();
    let query = asked(&mut client, false).unwrap();
    listed(&mut client, &query, vec![file(9, "f2")], false);
    let told = |client: &mut Client, seq, ids: &[&str]| {
        let mut note = note(20, &ben(), "");
        note.conversation = conversation("a");
        note.attachments = ids.iter().map(|id| attachment(id)).collect();
        client.frame(Incoming::NotePosted(NotePosted {
            feed: Feed::Conversation(conversation("a")),
            seq: Seq(seq),
            note,
        }));
    };
    told(&mut client, 11, &["hidden"]);
    assert_eq!(names(&client), ["hidden", "f2"]);
    let files = client.core.information().files.unwrap().files;
    assert!(files[0].file.private && !files[1].file.private);
    // Told again, as with a note that was deleted.
    told(&mut client, 12, &[]);
    assert_eq!(names(&client), ["f2"]);
}
