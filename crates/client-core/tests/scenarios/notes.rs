//! Private notes: written apart from replies, sent as what they were stored as, and seen in their
//! place.

use client_core::view::DeliveryState::{Failed, Queued, Sending, Sent};
use client_core::view::{DeliveryState, MessageRow};
use client_core::{Alert, Effect, Event, Incoming, Intent, Mode, Side, Slice, Timer};
use protocol::agent::{
    AgentCommand, ConversationOpened, Mention, MentionChanged, MessagesFetched, Note, NotePosted,
    OpenedForAgent, PostNote, Team, TeamRef,
};
use protocol::author::{AgentRef, Author, AuthorRole};
use protocol::error::ErrorCode;
use protocol::feed::Feed;
use protocol::ids::{ClientId, MessageId, TeamId};
use protocol::message::MessageKind;
use protocol::seq::{Position, Seq};
use protocol::time::Timestamp;
use protocol::version::Capability;
use protocol::visitor;

use crate::attending::{
    agent, agent_ready, ana, ben, commands, cursor_of, listed, reference, rows, select, summary,
};
use crate::client::*;

pub(crate) type Pair = (String, String);

pub(crate) fn note(position: u64, by: &AgentRef, text: &str) -> Note {
    Note {
        id: MessageId::parse(&format!("n{position}")).unwrap(),
        conversation: conversation("c1"),
        position: Position(position),
        author: Author {
            role: AuthorRole::Agent,
            agent: Some(by.id.clone()),
            name: Some(by.name.clone()),
        },
        text: text.to_owned(),
        mentions: Vec::new(),
        teams: Vec::new(),
        reply_to: None,
        revision: None,
        attachments: Vec::new(),
        posted_at: Timestamp(NOON + position as i64),
        client_id: None,
    }
}

pub(crate) fn billing() -> Team {
    Team {
        id: TeamId::parse("billing").unwrap(),
        name: "Billing".to_owned(),
        people: 2,
    }
}

pub(crate) fn entry(seq: u64, note: Note) -> Incoming {
    Incoming::NotePosted(NotePosted {
        feed: Feed::Conversation(conversation("c1")),
        seq: Seq(seq),
        note,
    })
}

/// Ana looks at conversation `c1`, of a channel in which Ben answers, too.
pub(crate) fn watching(notes: Vec<Note>) -> Client {
    watching_with(&[], notes)
}

pub(crate) fn watching_with(saved: &[Pair], notes: Vec<Note>) -> Client {
    let mut client = Client::of(Side::Agent(ana().id), saved);
    client.intend(Intent::Connect);
    client.bring(Event::SocketOpened);
    client.frame(agent_ready());
    let rows = vec![summary("c1", "support", 5), summary("c2", "support", 4)];
    client.frame(Incoming::ConversationsListed(listed(1, rows)));
    let opens = select(&mut client, "c1");
    client.frame(copy(reference(&opens), notes));
    client
}

fn copy(reference: u32, notes: Vec<Note>) -> Incoming {
    let mut copy = opened(reference, vec![from_visitor(10, "help")], 10);
    copy.cursor = cursor_of(Feed::Conversation(conversation("c1")), 10);
    let own = OpenedForAgent {
        notes: Some(notes),
        colleagues: Some(vec![ben(), ana()]),
        teams: Some(vec![billing()]),
        ..OpenedForAgent::default()
    };
    Incoming::OpenedForAgent(ConversationOpened::new(copy, own))
}

pub(crate) fn noting(client: &mut Client) -> Outcome {
    client.intend(Intent::ChooseMode(Mode::Note))
}

pub(crate) fn replying(client: &mut Client) -> Outcome {
    client.intend(Intent::ChooseMode(Mode::Reply))
}

pub(crate) fn posted(outcome: &Outcome) -> PostNote {
    let posts: Vec<PostNote> = commands(outcome)
        .into_iter()
        .filter_map(|command| match command {
            AgentCommand::PostNote(post) => Some(post),
            _ => None,
        })
        .collect();
    assert_eq!(posts.len(), 1, "{outcome:?}");
    posts.into_iter().next().unwrap()
}

/// What is stored in the end, key by key.
pub(crate) fn keep(stored: &mut Vec<Pair>, outcome: &Outcome) {
    for effect in &outcome.0 {
        match effect {
            Effect::Save { key, value } => {
                stored.retain(|(known, _)| known != key);
                stored.push((key.clone(), value.clone()));
            }
            Effect::Forget { key } => stored.retain(|(known, _)| known != key),
            _ => {}
        }
    }
}

/// Text, state and whether it is a note, of every row.
fn shown(client: &Client) -> Vec<(String, Option<DeliveryState>, bool)> {
    let messages = client.messages().into_iter();
    messages
        .map(|(_, row)| (text_of(&row), row.state, row.note.is_some()))
        .collect()
}

pub(crate) fn last(client: &Client) -> (String, MessageRow) {
    client.messages().pop().unwrap()
}

#[test]
fn notes_stand_among_the_messages_and_are_marked() {
    let mut client = watching(vec![note(5, &ben(), "first"), note(11, &ana(), "mine")]);
    client.frame(entry(11, note(20, &ben(), "live")));
    assert_eq!(
        shown(&client),
        [
            ("first".to_owned(), None, true),
            ("help".to_owned(), None, false),
            ("mine".to_owned(), Some(Sent), true),
            ("live".to_owned(), None, true),
        ]
    );
    assert!(last(&client).1.kind != MessageKind::Agent);
}

#[test]
fn notes_of_older_pages_come_between_their_messages() {
    let mut client = Client::of(Side::Agent(ana().id), &[]);
    client.intend(Intent::Connect);
    client.bring(Event::SocketOpened);
    client.frame(agent_ready());
    client.frame(Incoming::ConversationsListed(listed(1, Vec::new())));
    let opens = select(&mut client, "c1");
    let Incoming::OpenedForAgent(mut copy) = copy(reference(&opens), vec![note(9, &ben(), "c")])
    else {
        unreachable!()
    };
    copy.has_more_before = true;
    client.frame(Incoming::OpenedForAgent(copy));
    let asks = client.intend(Intent::LoadOlder);
    let AgentCommand::FetchMessages(fetch) = &commands(&asks)[0] else {
        panic!("{asks:?}");
    };
    assert_eq!(fetch.before, Position(9), "a note may be the oldest");
    let older = visitor::MessagesFetched {
        reference: fetch.reference,
        conversation: conversation("c1"),
        messages: vec![from_visitor(1, "a"), from_visitor(7, "b")],
        has_more_before: false,
    };
    let notes = Some(vec![note(3, &ben(), "between")]);
    client.frame(Incoming::FetchedForAgent(MessagesFetched::new(
        older, notes,
    )));
    assert_eq!(client.texts(), ["a", "between", "b", "c", "help"]);
    assert!(!client.core.timeline().has_older);
}

#[test]
fn note_is_sent_as_one_and_keeps_its_row() {
    let mut client = watching(Vec::new());
    noting(&mut client);
    let sent = client.say("@Ben has he paid?");
    let post = posted(&sent);
    assert_eq!(post.mentions, [ben().id]);
    let key = last(&client).0;
    assert_eq!(
        shown(&client)[1],
        ("@Ben has he paid?".to_owned(), Some(Sending), true)
    );
    client.frame(done(&post.client_id, 12));
    let (same, row) = last(&client);
    assert_eq!((same.as_str(), row.state), (key.as_str(), Some(Sent)));
    let mut told = note(12, &ana(), "@Ben has he paid?");
    told.id = MessageId::parse("m12").unwrap();
    told.client_id = Some(post.client_id);
    client.frame(entry(11, told));
    let (same, row) = last(&client);
    assert_eq!((same, row.state), (key, Some(Sent)));
    assert!(row.note.is_some());
    assert_eq!(client.core.composer().notes.mode, Mode::Note, "and goes on");
}

#[test]
fn visitor_s_receipts_say_nothing_of_notes() {
    let mut client = watching(vec![note(11, &ana(), "mine")]);
    let mut receipts = agents_reached(0, 0);
    receipts.visitor.read = Position(50);
    client.frame(Incoming::ReceiptsChanged(visitor::ReceiptsChanged {
        feed: Feed::Conversation(conversation("c1")),
        seq: Seq(11),
        conversation: conversation("c1"),
        receipts,
    }));
    assert_eq!(last(&client).1.state, Some(Sent));
}

#[test]
fn notes_are_never_unread_and_draw_no_line() {
    let mut client = watching(Vec::new());
    client.intend(Intent::LookAtNewest { in_view: true });
    client.intend(Intent::LookAtNewest { in_view: false });
    let told = client.frame(entry(11, note(20, &ben(), "live")));
    assert_eq!(client.core.timeline().unread, 0);
    assert!(!told.types().contains(&"mark_delivered".to_owned()));
    let rows = client.core.timeline().rows;
    assert!(!rows.iter().any(|row| row.key == "unread"));
}

#[test]
fn each_mode_has_its_own_draft() {
    let mut client = watching(Vec::new());
    client.edit("to the visitor");
    noting(&mut client);
    let view = client.core.composer();
    assert_eq!((view.draft.as_str(), view.notes.mode), ("", Mode::Note));
    assert!(view.notes.has_other_draft);
    client.edit("to colleagues");
    replying(&mut client);
    assert_eq!(client.core.composer().draft, "to the visitor");
    select(&mut client, "c2");
    assert_eq!(client.core.composer().notes.mode, Mode::Reply);
    assert_eq!(client.core.composer().draft, "");
    select(&mut client, "c1");
    noting(&mut client);
    assert_eq!(client.core.composer().draft, "to colleagues");
    assert!(rows(&client)[0].has_draft);
}

#[test]
fn mode_and_both_drafts_outlive_the_page() {
    let mut client = watching(Vec::new());
    let mut stored = Vec::new();
    keep(&mut stored, &client.edit("to the visitor"));
    keep(&mut stored, &noting(&mut client));
    keep(&mut stored, &client.edit("to colleagues"));
    keep(&mut stored, &client.bring(Event::PageHidden));

    let mut later = watching_with(&stored, Vec::new());
    let view = later.core.composer();
    assert_eq!(
        (view.draft.as_str(), view.notes.mode),
        ("to colleagues", Mode::Note)
    );
    keep(&mut stored, &replying(&mut later));
    assert_eq!(later.core.composer().draft, "to the visitor");
    let again = watching_with(&stored, Vec::new());
    assert_eq!(again.core.composer().notes.mode, Mode::Reply);
}

#[test]
fn note_written_without_a_connection_is_sent_once_and_as_a_note() {
    let mut client = watching(Vec::new());
    client.lose();
    noting(&mut client);
    let mut stored = Vec::new();
    keep(&mut stored, &client.say("secret"));
    assert_eq!(shown(&client)[1], ("secret".to_owned(), Some(Queued), true));
    replying(&mut client);
    client.fire(Timer::Reconnect);
    client.bring(Event::SocketOpened);
    let online = client.frame(agent_ready());
    let first = posted(&online);
    client.lose();
    client.fire(Timer::Reconnect);
    client.bring(Event::SocketOpened);
    let again = posted(&client.frame(agent_ready()));
    assert_eq!(again, first);
    let done = client.frame(done(&first.client_id, 12));
    keep(&mut stored, &done);
    assert!(!stored.iter().any(|(key, _)| key.starts_with("outbox/")));
    assert!(!done.types().contains(&"post_note".to_owned()));
}

#[test]
fn what_was_stored_decides_what_is_sent() {
    let mut client = watching(Vec::new());
    client.lose();
    let mut stored = Vec::new();
    noting(&mut client);
    keep(&mut stored, &client.say("a note @Ben"));
    replying(&mut client);
    keep(&mut stored, &client.say("a reply"));
    // The mode on screen is another by then.
    let later = watching_with(&stored, Vec::new());
    assert_eq!(
        shown(&later)[1..],
        [
            ("a note @Ben".to_owned(), Some(Sending), true),
            ("a reply".to_owned(), Some(Queued), false)
        ]
    );
    let mut reopened = Client::of(Side::Agent(ana().id), &stored);
    reopened.intend(Intent::Connect);
    reopened.bring(Event::SocketOpened);
    let post = posted(&reopened.frame(agent_ready()));
    assert_eq!(post.text, "a note @Ben");
    assert_eq!(post.mentions, [ben().id]);
    let next = reopened.frame(done(&post.client_id, 12));
    assert!(next.types().contains(&"post_message".to_owned()));
}

#[test]
fn note_is_written_down_so_that_older_pages_cannot_read_it() {
    let mut client = watching(Vec::new());
    client.lose();
    noting(&mut client);
    let saved = client.say("secret").saved();
    let (_, value) = saved
        .iter()
        .find(|(key, _)| key.starts_with("outbox/"))
        .unwrap();
    // A page of before took what begins with one of these, and passed over anything else.
    assert!(!value.starts_with("queued\n") && !value.starts_with("failed:"));
    assert!(
        saved
            .iter()
            .all(|(key, value)| !key.starts_with("draft/") || !value.contains("secret"))
    );
}

#[test]
fn row_of_before_there_were_notes_is_a_message() {
    let id = ClientId::from_bits(7);
    let stored = [(
        format!("outbox/{NOON}-{}", id.as_str()),
        "queued\nc1\nhello".to_owned(),
    )];
    let client = watching_with(&stored, Vec::new());
    assert_eq!(
        shown(&client)[1],
        ("hello".to_owned(), Some(Sending), false)
    );
}

#[test]
fn note_that_a_closed_page_left_is_sent_as_a_note() {
    let mut other = watching(Vec::new());
    other.entropy_from(1 << 64);
    other.lose();
    noting(&mut other);
    let saved = other.say("left behind").saved();
    let left = saved
        .into_iter()
        .find(|(key, _)| key.starts_with("outbox/"))
        .unwrap();
    let mut client = watching(Vec::new());
    client.bring(Event::StorageChanged {
        key: left.0,
        value: Some(left.1),
    });
    client.wait(10_000);
    let sent = client.fire(Timer::Outbox);
    assert_eq!(posted(&sent).text, "left behind");
}

#[test]
fn refused_note_keeps_its_text_and_is_tried_again_as_a_note() {
    let mut client = watching(Vec::new());
    noting(&mut client);
    let post = posted(&client.say("@Ben secret"));
    client.frame(refused(&post.client_id, ErrorCode::Forbidden.into()));
    let (key, row) = last(&client);
    assert_eq!(
        (row.state, row.problem),
        (Some(Failed), Some(ErrorCode::Forbidden))
    );
    replying(&mut client);
    let again = posted(&client.intend(Intent::RetryMessage { key: key.clone() }));
    assert_eq!((&again.text, &again.mentions), (&post.text, &post.mentions));
    assert_ne!(again.client_id, post.client_id);
    client.frame(refused(&again.client_id, ErrorCode::Forbidden.into()));
    // Given up while a reply is being written: the text must not become part of that.
    client.edit("to the visitor");
    client.intend(Intent::DiscardMessage { key });
    assert_eq!(client.core.composer().draft, "to the visitor");
    noting(&mut client);
    assert_eq!(client.core.composer().draft, "@Ben secret");
}

#[test]
fn discarded_note_never_lands_in_an_empty_reply() {
    let mut client = watching(Vec::new());
    noting(&mut client);
    let post = posted(&client.say("secret"));
    client.frame(refused(&post.client_id, ErrorCode::Forbidden.into()));
    replying(&mut client);
    let key = last(&client).0;
    let gone = client.intend(Intent::DiscardMessage { key });
    assert_eq!(client.core.composer().draft, "");
    assert!(
        gone.saved()
            .contains(&("note/c1".to_owned(), "secret".to_owned()))
    );
}

#[test]
fn switching_while_something_is_sent_changes_nothing_about_it() {
    let mut client = watching(Vec::new());
    noting(&mut client);
    let note = posted(&client.say("secret"));
    let switched = replying(&mut client);
    assert!(!switched.types().iter().any(|it| it.starts_with("post_")));
    client.say("to the visitor");
    let next = client.frame(done(&note.client_id, 12));
    let text = match &commands(&next)[..] {
        [AgentCommand::PostMessage(post)] => post.text.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(text, "to the visitor");
}

#[test]
fn typing_a_note_is_said_in_words_of_its_own() {
    let mut client = watching(Vec::new());
    assert_eq!(client.edit("a").types(), ["set_typing"]);
    assert_eq!(noting(&mut client).types(), ["set_typing"], "that is over");
    let begun = client.edit("b");
    assert_eq!(begun.types(), ["set_note_typing"]);
    client.wait(3_000);
    assert_eq!(client.edit("bc").types(), ["set_note_typing"]);
    assert_eq!(client.edit("").types(), ["set_note_typing"]);
    client.edit("d");
    assert_eq!(replying(&mut client).types(), ["set_note_typing"]);
    client.edit("e");
    assert!(
        noting(&mut client)
            .types()
            .contains(&"set_typing".to_owned())
    );
    client.edit("f");
    let sent = client.intend(Intent::SendDraft).types();
    assert_eq!(sent, ["set_note_typing", "post_note"]);
}

#[test]
fn longest_note_goes_and_one_more_character_does_not() {
    let mut client = watching(Vec::new());
    noting(&mut client);
    client.edit(&"é".repeat(10_001));
    let sent = client.intend(Intent::SendDraft);
    assert!(sent.types().is_empty());
    let view = client.core.composer();
    assert_eq!(view.problem, Some(ErrorCode::TextTooLong));
    assert_eq!(view.draft.chars().count(), 10_001);
    posted(&client.say(&"é".repeat(10_000)));
}

#[test]
fn without_the_capability_there_are_replies_alone() {
    let stored = [
        ("mode/c1".to_owned(), "note".to_owned()),
        ("note/c1".to_owned(), "secret".to_owned()),
        ("draft/c1".to_owned(), "to the visitor".to_owned()),
    ];
    let mut client = Client::of(Side::Agent(ana().id), &stored);
    client.intend(Intent::Connect);
    client.bring(Event::SocketOpened);
    let Incoming::AgentReady(mut ready) = agent_ready() else {
        unreachable!()
    };
    let capabilities = &mut ready.server.capabilities;
    capabilities.retain(|offered| *offered != Capability::Notes);
    client.frame(Incoming::AgentReady(ready));
    select(&mut client, "c1");
    noting(&mut client);
    let view = client.core.composer();
    assert!(!view.notes.offered);
    assert_eq!(
        (view.draft.as_str(), view.notes.mode),
        ("to the visitor", Mode::Reply)
    );
}

#[test]
fn another_page_does_not_change_what_one_writes() {
    let mut client = watching(Vec::new());
    noting(&mut client);
    client.edit("secret");
    let elsewhere = |client: &mut Client, key: &str, value: Option<&str>| {
        client.bring(Event::StorageChanged {
            key: key.to_owned(),
            value: value.map(str::to_owned),
        });
    };
    elsewhere(&mut client, "mode/c1", None);
    elsewhere(&mut client, "draft/c1", Some("a reply from there"));
    elsewhere(&mut client, "note/c1", Some("another"));
    elsewhere(&mut client, "mode/c2", Some("note"));
    let view = client.core.composer();
    assert_eq!(
        (view.draft.as_str(), view.notes.mode),
        ("secret", Mode::Note)
    );
    replying(&mut client);
    assert_eq!(client.core.composer().draft, "a reply from there");
    select(&mut client, "c2");
    assert_eq!(client.core.composer().notes.mode, Mode::Note);
}

#[test]
fn live_note_of_a_colleague_is_told_and_one_s_own_is_not() {
    let mut client = watching(Vec::new());
    let told = client.frame(entry(11, note(20, &ben(), "look")));
    let alert = Alert::NoteArrived {
        author: Some("Ben".to_owned()),
        text: "look".to_owned(),
        attachment: None,
    };
    assert_eq!(told.alerts(), [&alert]);
    let own = client.frame(entry(12, note(21, &ana(), "mine")));
    assert!(own.alerts().is_empty());
}

fn mention(conversation_id: &str, position: u64, seen: bool) -> Mention {
    let note = note(position, &ben(), "@Ana look");
    let row = summary(conversation_id, "support", 1);
    Mention {
        note: note.id,
        conversation: row.id,
        position: note.position,
        channel: row.channel,
        contact: row.contact,
        author: note.author,
        text: note.text,
        posted_at: note.posted_at,
        seen,
        team: None,
        deleted_at: None,
    }
}

fn mentioned(seq: u64, mention: Mention) -> Incoming {
    Incoming::MentionChanged(MentionChanged {
        feed: Feed::Agent(ana().id),
        seq: Seq(seq),
        mention,
    })
}

fn unseen(client: &Client) -> u32 {
    client.core.mentions().unseen
}

#[test]
fn mention_elsewhere_is_told_and_waits_until_its_conversation_is_opened() {
    let mut client = watching(Vec::new());
    let told = client.frame(mentioned(301, mention("c2", 40, false)));
    let alert = Alert::Mentioned(Box::new(mention("c2", 40, false)));
    assert_eq!(told.alerts(), [&alert]);
    assert!(told.has(&Effect::Render(Slice::Roster)));
    assert_eq!(unseen(&client), 1);
    client.frame(mentioned(302, mention("c2", 44, false)));
    let opens = select(&mut client, "c2");
    assert_eq!(unseen(&client), 2, "nothing is on screen yet");
    let mut copy = opened(reference(&opens), vec![from_visitor(1, "help")], 5);
    copy.conversation = conversation("c2");
    copy.cursor = cursor_of(Feed::Conversation(conversation("c2")), 5);
    let own = OpenedForAgent::default();
    let shown = client.frame(Incoming::OpenedForAgent(ConversationOpened::new(copy, own)));
    assert_eq!(unseen(&client), 0);
    let told = commands(&shown);
    let see = told.iter().find_map(|command| match command {
        AgentCommand::SeeMentions(order) => Some((order.conversation.clone(), order.up_to)),
        _ => None,
    });
    assert_eq!(see, Some((conversation("c2"), Position(44))));
    let again = client.frame(mentioned(303, mention("c2", 40, true)));
    assert!(again.alerts().is_empty());
    assert_eq!(client.core.mentions().mentions.len(), 2);
}

#[test]
fn mention_before_one_s_eyes_is_seen_at_once() {
    let mut client = watching(Vec::new());
    let told = client.frame(mentioned(301, mention("c1", 40, false)));
    assert!(told.alerts().is_empty());
    assert_eq!(told.types(), ["see_mentions"]);
    client.bring(Event::PageHidden);
    let told = client.frame(mentioned(302, mention("c1", 41, false)));
    assert_eq!(told.alerts().len(), 1);
    assert_eq!(unseen(&client), 1);
    let back = client.bring(Event::PageShown);
    assert!(back.types().contains(&"see_mentions".to_owned()));
    assert_eq!(unseen(&client), 0);
}

#[test]
fn mentions_come_with_the_list_and_newest_first() {
    let mut client = Client::of(Side::Agent(ana().id), &[]);
    client.intend(Intent::Connect);
    client.bring(Event::SocketOpened);
    client.frame(agent_ready());
    let mut page = listed(1, vec![summary("c1", "support", 5)]);
    page.mentions = Some(vec![mention("c1", 40, false), mention("c2", 50, true)]);
    let listed = client.frame(Incoming::ConversationsListed(page));
    assert!(listed.alerts().is_empty(), "they are no news");
    let view = client.core.mentions();
    let places: Vec<u64> = view.mentions.iter().map(|it| it.position.0).collect();
    assert_eq!((places, view.unseen, view.offered), (vec![50, 40], 1, true));
}

#[test]
fn colleagues_are_offered_by_name_and_without_oneself() {
    let client = watching(Vec::new());
    assert_eq!(client.core.composer().notes.colleagues, [ben()]);
    assert_eq!(client.core.composer().notes.teams, [billing()]);
    let mut other = agent(Vec::new());
    select(&mut other, "c1");
    assert!(other.core.composer().notes.colleagues.is_empty());
}

#[test]
fn teams_in_a_note_are_mentioned_now_and_after_a_reload() {
    let mut client = watching(Vec::new());
    noting(&mut client);
    let post = posted(&client.say("@Billing and @Ben"));
    assert_eq!(
        (&post.mentions[..], &post.teams[..]),
        (&[ben().id][..], &[billing().id][..])
    );

    let mut away = watching(Vec::new());
    away.lose();
    noting(&mut away);
    let mut stored = Vec::new();
    keep(&mut stored, &away.say("@Billing only"));
    let mut reopened = Client::of(Side::Agent(ana().id), &stored);
    reopened.intend(Intent::Connect);
    reopened.bring(Event::SocketOpened);
    let post = posted(&reopened.frame(agent_ready()));
    assert_eq!(
        (post.mentions.len(), &post.teams[..]),
        (0, &[billing().id][..])
    );
}

#[test]
fn note_that_mentions_the_agent_through_a_team_says_through_which() {
    let mut client = watching(Vec::new());
    let mut of_team = note(40, &ben(), "@Billing look");
    of_team.mentions = vec![ana()];
    client.frame(entry(11, of_team));
    let shown = |client: &Client| last(client).1.note.unwrap();
    assert!(shown(&client).mentions_me);
    let through = Mention {
        team: Some(TeamRef {
            id: billing().id,
            name: "Billing".to_owned(),
        }),
        ..mention("c1", 40, false)
    };
    let told = client.frame(mentioned(301, through));
    assert!(told.has(&Effect::Render(Slice::Timeline)));
    assert_eq!(shown(&client).team.as_deref(), Some("Billing"));
    // What names them does so itself.
    let mut named = note(41, &ben(), "@Ana look");
    named.mentions = vec![ana()];
    client.frame(entry(12, named));
    client.frame(mentioned(302, mention("c1", 41, false)));
    assert_eq!(shown(&client).team, None);
}
