//! Private notes on real sockets: agents see them live, and nothing of them reaches a visitor.

use protocol::agent::{AgentCommand, AgentFrame, PostNote, SeeMentions, SetNoteTyping};
use protocol::error::ErrorCode;
use protocol::hello::{Posted, Refused};
use protocol::ids::{AgentId, AttachmentId, ConversationId, TeamId};
use protocol::visitor::{OpenConversation, SetTyping, VisitorCommand, VisitorFrame};
use testkit::socket::{Received, Sendable};

use super::note_files::file;
use crate::support::{AGENT, Agent, Visitor, client_id, server};

pub(super) const BEN: &str = "ben@example.com";
pub(super) const SECRET: &str = "he never pays";

fn id(name: &str) -> AgentId {
    AgentId::parse(name).unwrap()
}

pub(super) async fn try_note(
    agent: &mut Agent,
    conversation: &ConversationId,
    text: &str,
    mentions: &[&str],
    files: &[&AttachmentId],
) -> Result<Posted, Refused> {
    let order = PostNote {
        client_id: client_id(),
        conversation: conversation.clone(),
        text: text.to_owned(),
        mentions: mentions.iter().map(|name| id(name)).collect(),
        teams: Vec::new(),
        reply_to: None,
        attachments: files.iter().copied().cloned().collect(),
    };
    try_order(agent, order).await
}

async fn try_order(agent: &mut Agent, order: PostNote) -> Result<Posted, Refused> {
    let client_id = order.client_id.clone();
    agent.send(order).await;
    agent
        .socket
        .wait_for(|frame| match frame {
            AgentFrame::Done(done) if done.client_id == client_id => done.posted.map(Ok),
            AgentFrame::Refused(refused) => Some(Err(refused)),
            _ => None,
        })
        .await
        .unwrap()
}

async fn note(agent: &mut Agent, conversation: &ConversationId, mentions: &[&str]) -> Posted {
    let posted = try_note(agent, conversation, SECRET, mentions, &[]).await;
    posted.unwrap()
}

/// A note that mentions a team.
async fn note_to(agent: &mut Agent, conversation: &ConversationId, team: &str) -> Posted {
    let order = PostNote {
        client_id: client_id(),
        conversation: conversation.clone(),
        text: SECRET.to_owned(),
        mentions: Vec::new(),
        teams: vec![TeamId::parse(team).unwrap()],
        reply_to: None,
        attachments: Vec::new(),
    };
    try_order(agent, order).await.unwrap()
}

async fn types(agent: &mut Agent, conversation: &ConversationId) {
    for typing in [true, false] {
        let conversation = conversation.clone();
        agent
            .send(SetNoteTyping {
                conversation,
                typing,
            })
            .await;
    }
}

/// Every frame as it came, up to and with the one that carries a text.
async fn everything_up_to(visitor: &mut Visitor, text: &str) -> Vec<String> {
    let mut frames = Vec::new();
    loop {
        match visitor.socket.receive().await.unwrap() {
            Received::Text(frame) => frames.push(frame),
            Received::Closed(code) => unreachable!("closed with {code:?}"),
        }
        if frames.last().is_some_and(|frame| frame.contains(text)) {
            return frames;
        }
    }
}

#[tokio::test]
async fn a_note_reaches_the_agents_who_watch_and_whoever_it_mentions() {
    let (_place, _server, address) = server().await;
    let conversation = Visitor::arrive(address)
        .await
        .post("hello")
        .await
        .conversation;
    let mut ana = Agent::arrive(address, AGENT).await;
    let mut ben = Agent::arrive(address, BEN).await;
    ben.list().await;
    ben.open(&conversation).await;
    types(&mut ana, &conversation).await;
    let posted = note(&mut ana, &conversation, &["ben"]).await;
    let (mut typed, mut told, mut mentioned) = (false, false, false);
    while !(told && mentioned) {
        match ben.socket.frame::<AgentFrame>().await.unwrap() {
            AgentFrame::TypingChanged(signal) => typed |= signal.typing,
            AgentFrame::NotePosted(entry) => {
                assert_eq!(
                    (entry.note.text.as_str(), &entry.note.id),
                    (SECRET, &posted.message)
                );
                assert_eq!(entry.note.client_id, None);
                told = true;
            }
            AgentFrame::MentionChanged(entry) => {
                assert_eq!(entry.mention.note, posted.message);
                mentioned = true;
            }
            _ => {}
        }
    }
    assert!(typed);
    let opened = ana.open(&conversation).await;
    assert_eq!(opened.notes.unwrap().len(), 1);
    assert_eq!(opened.summary.unwrap().preview.unwrap().text, "hello");
}

#[tokio::test]
async fn a_team_that_is_mentioned_hears_of_it_through_the_team() {
    let (_place, _server, address) = server().await;
    let conversation = Visitor::arrive(address)
        .await
        .post("hello")
        .await
        .conversation;
    let mut ana = Agent::arrive(address, AGENT).await;
    let mut sol = Agent::arrive(address, "sol@example.com").await;
    let mut ben = Agent::arrive(address, BEN).await;
    sol.list().await;
    let opened = ana.open(&conversation).await;
    let teams = opened.teams.unwrap().into_iter();
    let teams: Vec<_> = teams.map(|team| (team.name, team.people)).collect();
    assert_eq!(
        teams,
        [("Billing".to_owned(), 2), ("Shipping".to_owned(), 2)]
    );
    let posted = note_to(&mut ana, &conversation, "billing").await;
    let told = sol.socket.wait_for(|frame| match frame {
        AgentFrame::MentionChanged(entry) => Some(entry.mention),
        _ => None,
    });
    let mention = told.await.unwrap();
    assert_eq!(mention.note, posted.message);
    assert_eq!(mention.team.unwrap().name, "Billing");
    let note = sol.open(&conversation).await.notes.unwrap().remove(0);
    assert_eq!((note.mentions.len(), note.teams.len()), (1, 1));
    assert_eq!(ben.list().await.mentions, Some(Vec::new()));
}

#[tokio::test]
async fn nothing_of_notes_reaches_any_socket_of_the_visitor() {
    let (_place, _server, address) = server().await;
    let mut first = Visitor::arrive(address).await;
    let conversation = first.post("hello").await.conversation;
    let token = first.ready.token.clone();
    first.open(&conversation).await;
    let mut second = Visitor::come_back(address, Some(&token), Vec::new()).await;
    let cursor = second.open(&conversation).await.cursor;
    let mut ana = Agent::arrive(address, AGENT).await;
    let mut ben = Agent::arrive(address, BEN).await;
    ana.open(&conversation).await;

    let mut notes = Vec::new();
    let hidden = file(address, &ana, &conversation, "proof.pdf", SECRET.as_bytes()).await;
    types(&mut ana, &conversation).await;
    notes.push(note(&mut ana, &conversation, &["ben"]).await);
    ana.take(&conversation).await;
    types(&mut ben, &conversation).await;
    notes.push(note(&mut ben, &conversation, &[]).await);
    let with_file = try_note(&mut ana, &conversation, "", &[], &[&hidden]).await;
    notes.push(with_file.unwrap());
    notes.push(note_to(&mut ana, &conversation, "billing").await);
    ana.post(&conversation, "Good morning").await;
    notes.push(note(&mut ana, &conversation, &["ben", "sol"]).await);
    let seen = SeeMentions {
        client_id: client_id(),
        conversation: conversation.clone(),
        up_to: notes[4].position,
    };
    ben.send(seen).await;
    ana.send(SetTyping {
        conversation: conversation.clone(),
        typing: true,
    })
    .await;
    ana.post(&conversation, "The end").await;

    let mut told = everything_up_to(&mut first, "The end").await;
    let live = told.clone();
    told.extend(everything_up_to(&mut second, "The end").await);
    // What comes with a fresh copy, and with a replay of all that was missed.
    first
        .send(OpenConversation {
            reference: 9,
            conversation: conversation.clone(),
            limit: 50,
        })
        .await;
    told.extend(everything_up_to(&mut first, "conversation_opened").await);
    let mut third = Visitor::come_back(address, Some(&token), vec![cursor]).await;
    told.extend(everything_up_to(&mut third, "The end").await);

    for frame in &told {
        assert!(!frame.contains(SECRET), "{frame}");
        assert!(
            !frame.contains("note_") && !frame.contains("mention"),
            "{frame}"
        );
        let words = ["team", "Billing", "billing", "Shipping"];
        assert!(!words.iter().any(|word| frame.contains(word)), "{frame}");
        assert!(!frame.contains(hidden.as_str()), "{frame}");
        for note in &notes {
            assert!(!frame.contains(note.message.as_str()), "{frame}");
            assert!(!frame.contains(&note.position.0.to_string()), "{frame}");
        }
    }
    let seqs: Vec<u64> = live.iter().filter_map(|frame| seq(frame)).collect();
    assert!(seqs.len() >= 4, "{live:?}");
    assert!(
        seqs.windows(2).all(|pair| pair[1] == pair[0] + 1),
        "{seqs:?}"
    );
    let typed = live.iter().filter(|frame| frame.contains("typing_changed"));
    assert_eq!(
        typed.count(),
        1,
        "only what was typed as an answer: {live:?}"
    );
}

/// The place of a frame in its feed.
fn seq(frame: &str) -> Option<u64> {
    match VisitorFrame::decode(frame).unwrap() {
        VisitorFrame::MessagePosted(entry) => Some(entry.seq.0),
        VisitorFrame::ReceiptsChanged(entry) => Some(entry.seq.0),
        VisitorFrame::ConversationChanged(entry) => Some(entry.seq.0),
        _ => None,
    }
}

#[tokio::test]
async fn visitors_have_no_word_for_notes() {
    let (_place, _server, address) = server().await;
    let mut visitor = Visitor::arrive(address).await;
    let conversation = visitor.post("hello").await.conversation;
    let client_id = client_id();
    let orders: [AgentCommand; 3] = [
        PostNote {
            client_id: client_id.clone(),
            conversation: conversation.clone(),
            text: "mine".to_owned(),
            mentions: Vec::new(),
            teams: Vec::new(),
            reply_to: None,
            attachments: Vec::new(),
        }
        .into(),
        SeeMentions {
            client_id: client_id.clone(),
            conversation: conversation.clone(),
            up_to: protocol::seq::Position(1),
        }
        .into(),
        SetNoteTyping {
            conversation: conversation.clone(),
            typing: true,
        }
        .into(),
    ];
    for order in &orders {
        assert!(matches!(
            VisitorCommand::decode(&order.text()).unwrap(),
            VisitorCommand::Unknown(_)
        ));
        visitor.socket.send(order).await.unwrap();
        let refused = visitor.refusal().await;
        assert_eq!(refused.refusal.code, ErrorCode::UnknownFrame);
    }
    let mut ana = Agent::arrive(address, AGENT).await;
    let notes = ana.open(&conversation).await.notes;
    assert_eq!(notes, Some(Vec::new()));
}

#[tokio::test]
async fn a_mention_of_nobody_is_refused() {
    let (_place, _server, address) = server().await;
    let conversation = Visitor::arrive(address)
        .await
        .post("hello")
        .await
        .conversation;
    let mut ana = Agent::arrive(address, AGENT).await;
    let refused = try_note(&mut ana, &conversation, "@Zoe", &["zoe"], &[]).await;
    assert_eq!(refused.unwrap_err().refusal.code, ErrorCode::Forbidden);
    assert_eq!(ana.open(&conversation).await.notes, Some(Vec::new()));
}
