//! An agent: the list, the conversation on screen, taking, drafts, alerts.

use client_core::view::{BannerView, DeliveryState, RosterPhase, RosterRow};
use client_core::{Alert, Event, Incoming, Intent, Outgoing, Side, Timer};
use protocol::agent::{
    AgentCommand, ConversationOpened, ConversationsListed, ListCursor, OpenedForAgent,
    SummaryChanged, UnreadChanged,
};
use protocol::author::AgentRef;
use protocol::conversation::{
    ContactRef, ConversationStatus, ConversationSummary, Participant, ParticipantRole, Preview,
};
use protocol::error::ErrorCode;
use protocol::feed::Feed;
use protocol::hello::{AgentReady, ChannelRef};
use protocol::ids::{AgentId, ChannelId, ClientId, ContactId, Epoch};
use protocol::message::MessageKind;
use protocol::seq::{FeedCursor, Seq};
use protocol::time::Timestamp;
use protocol::visitor::MessagePosted;

use crate::client::*;

pub(crate) fn channel(id: &str) -> ChannelId {
    ChannelId::parse(id).unwrap()
}

pub(crate) fn ana() -> AgentRef {
    AgentRef {
        id: AgentId::parse("ana").unwrap(),
        name: "Ana".to_owned(),
    }
}

pub(crate) fn ben() -> AgentRef {
    AgentRef {
        id: AgentId::parse("ben").unwrap(),
        name: "Ben".to_owned(),
    }
}

pub(crate) fn agent_ready() -> Incoming {
    ready_for(ana())
}

pub(crate) fn ready_for(agent: AgentRef) -> Incoming {
    let channel = |id: &str, name: &str| ChannelRef {
        id: channel(id),
        name: name.to_owned(),
    };
    Incoming::AgentReady(AgentReady {
        server: server(),
        agent,
        channels: vec![channel("support", "Support"), channel("sales", "Sales")],
    })
}

pub(crate) fn cursor_of(feed: Feed, seq: u64) -> FeedCursor {
    FeedCursor {
        feed,
        epoch: Epoch::parse("e1").unwrap(),
        seq: Seq(seq),
    }
}

pub(crate) fn summary(id: &str, in_channel: &str, version: u64) -> ConversationSummary {
    ConversationSummary {
        id: conversation(id),
        version,
        channel: channel(in_channel),
        elsewhere: None,
        contact: ContactRef {
            id: ContactId::parse("visitor").unwrap(),
            name: Some("Vera".to_owned()),
            language: None,
            widget_language: None,
            country: None,
        },
        status: ConversationStatus::Open,
        live_status: None,
        help: None,
        waiting_since: None,
        participants: Vec::new(),
        preview: Some(Preview {
            kind: MessageKind::Visitor,
            text: "help".to_owned(),
            event: None,
            attachment: None,
            deleted_at: None,
        }),
        unread: 0,
        started_at: Timestamp(NOON),
        last_activity_at: Timestamp(NOON + version as i64),
    }
}

pub(crate) fn listed(reference: u32, rows: Vec<ConversationSummary>) -> ConversationsListed {
    ConversationsListed {
        reference,
        rows,
        beside: None,
        next: None,
        cursors: vec![
            cursor_of(Feed::Channel(channel("support")), 100),
            cursor_of(Feed::Channel(channel("sales")), 200),
            cursor_of(Feed::Agent(ana().id), 300),
        ],
        desk: None,
        mentions: None,
    }
}

pub(crate) fn changed(seq: u64, summary: ConversationSummary) -> Incoming {
    Incoming::SummaryChanged(SummaryChanged {
        feed: Feed::Channel(summary.channel.clone()),
        seq: Seq(seq),
        summary,
    })
}

/// An agent with this list, online.
pub(crate) fn agent(rows: Vec<ConversationSummary>) -> Client {
    let mut client = Client::of(Side::Agent(ana().id), &[]);
    client.intend(Intent::Connect);
    client.bring(Event::SocketOpened);
    client.frame(agent_ready());
    client.frame(Incoming::ConversationsListed(listed(1, rows)));
    client
}

pub(crate) fn select(client: &mut Client, id: &str) -> Outcome {
    client.intend(Intent::SelectConversation(Some(conversation(id))))
}

fn opened_for_agent(reference: u32, id: &str, seq: u64) -> Incoming {
    let mut copy = opened(reference, vec![from_visitor(1, "help")], seq);
    copy.conversation = conversation(id);
    copy.cursor = cursor_of(Feed::Conversation(conversation(id)), seq);
    Incoming::OpenedForAgent(ConversationOpened::new(copy, OpenedForAgent::default()))
}

/// The same with the conversation's row.
fn opened_with_row(reference: u32, seq: u64, row: ConversationSummary) -> Incoming {
    let mut copy = opened(reference, vec![from_visitor(1, "help")], seq);
    copy.conversation = row.id.clone();
    copy.cursor = cursor_of(Feed::Conversation(row.id.clone()), seq);
    Incoming::OpenedForAgent(ConversationOpened::new(
        copy,
        OpenedForAgent {
            summary: Some(row),
            ..OpenedForAgent::default()
        },
    ))
}

pub(crate) fn commands(outcome: &Outcome) -> Vec<AgentCommand> {
    outcome
        .sent()
        .into_iter()
        .filter_map(|frame| match frame {
            Outgoing::Agent(command) => Some(command.clone()),
            Outgoing::Visitor(_) => None,
        })
        .collect()
}

pub(crate) fn reference(outcome: &Outcome) -> u32 {
    commands(outcome)
        .iter()
        .find_map(|command| match command {
            AgentCommand::OpenConversation(open) => Some(open.reference),
            AgentCommand::ListConversations(list) => Some(list.reference),
            _ => None,
        })
        .unwrap()
}

pub(crate) fn rows(client: &Client) -> Vec<RosterRow> {
    let groups = client.core.roster().groups;
    groups.into_iter().flat_map(|group| group.rows).collect()
}

fn ids(client: &Client) -> Vec<String> {
    rows(client)
        .into_iter()
        .map(|row| row.summary.id.to_string())
        .collect()
}

#[test]
fn the_list_is_grouped_by_channel_with_the_latest_first() {
    let client = agent(vec![
        summary("a", "sales", 1),
        summary("b", "support", 2),
        summary("c", "support", 9),
    ]);
    let view = client.core.roster();
    assert_eq!(view.phase, RosterPhase::Ready);
    assert_eq!(view.groups[0].channel().unwrap().name, "Support");
    assert_eq!(ids(&client), ["c", "b", "a"]);
}

#[test]
fn a_newer_row_wins_and_an_older_one_is_ignored() {
    let mut client = agent(vec![summary("a", "support", 5)]);
    let mut newer = summary("a", "support", 7);
    newer.unread = 2;
    client.frame(changed(101, newer));
    client.frame(changed(102, summary("a", "support", 6)));
    assert_eq!(rows(&client)[0].summary.version, 7);
    assert_eq!(client.core.roster().unread, 2);
}

#[test]
fn a_row_that_was_missed_is_taken_up_after_a_reconnect() {
    let mut client = agent(vec![summary("a", "support", 5)]);
    client.lose();
    client.fire(Timer::Reconnect);
    let hello = client.bring(Event::SocketOpened);
    let AgentCommand::Connect(connect) = &commands(&hello)[0] else {
        panic!("{hello:?}");
    };
    assert_eq!(connect.feeds.len(), 3);
    let online = client.frame(agent_ready());
    assert!(online.types().is_empty(), "the list is not fetched again");
    client.frame(changed(101, summary("b", "support", 6)));
    assert_eq!(ids(&client), ["b", "a"]);
}

#[test]
fn a_list_that_cannot_go_on_is_fetched_again() {
    let mut client = agent(vec![summary("a", "support", 5), summary("b", "support", 4)]);
    let resync = client.frame(Incoming::ResyncRequired(protocol::hello::ResyncRequired {
        feed: Feed::Channel(channel("support")),
        reason: protocol::hello::ResyncReason::TooOld,
    }));
    assert_eq!(resync.types(), ["list_conversations"]);
    assert_eq!(ids(&client), ["a", "b"], "the old list stays meanwhile");
    let again = listed(reference(&resync), vec![summary("c", "support", 8)]);
    client.frame(Incoming::ConversationsListed(again));
    assert_eq!(ids(&client), ["c"]);
}

#[test]
fn more_rows_come_on_demand() {
    let mut client = Client::of(Side::Agent(ana().id), &[]);
    client.intend(Intent::Connect);
    client.bring(Event::SocketOpened);
    client.frame(agent_ready());
    let mut first = listed(1, vec![summary("a", "support", 5)]);
    first.next = Some(ListCursor {
        last_activity_at: Timestamp(NOON + 5),
        conversation: conversation("a"),
    });
    client.frame(Incoming::ConversationsListed(first));
    assert!(client.core.roster().has_more);
    let asks = client.intend(Intent::LoadMoreConversations);
    assert_eq!(asks.types(), ["list_conversations"]);
    assert!(
        client
            .intend(Intent::LoadMoreConversations)
            .types()
            .is_empty()
    );
    let more = listed(reference(&asks), vec![summary("b", "support", 4)]);
    let answered = client.frame(Incoming::ConversationsListed(more));
    assert!(answered.types().is_empty());
    assert_eq!(ids(&client), ["a", "b"]);
    assert!(!client.core.roster().has_more);
}

#[test]
fn selecting_opens_one_conversation_and_closes_the_other() {
    let mut client = agent(vec![summary("a", "support", 5), summary("b", "support", 4)]);
    let opens = select(&mut client, "a");
    assert_eq!(opens.types(), ["open_conversation"]);
    client.frame(opened_for_agent(reference(&opens), "a", 10));
    let switches = select(&mut client, "b");
    assert_eq!(
        switches.types(),
        ["close_conversation", "open_conversation"]
    );
    // Entries of the closed one that were on their way mean nothing.
    client.frame(Incoming::MessagePosted(MessagePosted {
        feed: Feed::Conversation(conversation("a")),
        seq: Seq(11),
        message: from_visitor(2, "late"),
    }));
    select(&mut client, "a");
    assert_eq!(client.texts(), ["help"], "what was held shows at once");
}

#[test]
fn a_conversation_behind_the_list_comes_with_its_row() {
    let mut client = agent(vec![summary("a", "support", 5)]);
    let opens = select(&mut client, "old");
    assert_eq!(opens.types(), ["open_conversation"]);
    let mut row = summary("old", "support", 1);
    row.unread = 1;
    let shows = client.frame(opened_with_row(reference(&opens), 10, row));
    assert!(
        shows.alerts().is_empty(),
        "what was asked for is not news: {shows:?}"
    );
    assert_eq!(ids(&client), ["a", "old"]);
    assert!(rows(&client)[1].selected);
    assert_eq!(client.core.timeline().unread, 1);
    // Its channel's feed keeps it up to date, and an older copy changes nothing.
    client.frame(changed(101, summary("old", "support", 8)));
    assert_eq!(ids(&client), ["old", "a"]);
    select(&mut client, "a");
    let again = select(&mut client, "old");
    client.frame(opened_with_row(
        reference(&again),
        10,
        summary("old", "support", 7),
    ));
    assert_eq!(rows(&client)[0].summary.version, 8);
}

#[test]
fn a_row_behind_the_list_is_asked_for_again_with_the_list() {
    let mut client = agent(vec![summary("a", "support", 5)]);
    let opens = select(&mut client, "old");
    let old = summary("old", "support", 1);
    client.frame(opened_with_row(reference(&opens), 10, old));
    let resync = client.frame(Incoming::ResyncRequired(protocol::hello::ResyncRequired {
        feed: Feed::Channel(channel("support")),
        reason: protocol::hello::ResyncReason::TooOld,
    }));
    let again = listed(reference(&resync), vec![summary("a", "support", 5)]);
    let asks = client.frame(Incoming::ConversationsListed(again));
    assert_eq!(asks.types(), ["open_conversation"]);
    let newer = summary("old", "support", 3);
    client.frame(opened_with_row(reference(&asks), 10, newer));
    assert_eq!(rows(&client)[1].summary.version, 3);
}

#[test]
fn a_copy_of_a_conversation_that_was_left_meanwhile_is_ignored() {
    let mut client = agent(vec![summary("a", "support", 5), summary("b", "support", 4)]);
    let opens = select(&mut client, "a");
    select(&mut client, "b");
    let late = summary("a", "support", 9);
    client.frame(opened_with_row(reference(&opens), 10, late));
    assert_eq!(client.core.timeline().conversation, Some(conversation("b")));
    assert!(client.texts().is_empty());
    assert_eq!(rows(&client)[0].summary.version, 5);
}

#[test]
fn drafts_belong_to_their_conversation() {
    let mut client = agent(vec![summary("a", "support", 5), summary("b", "support", 4)]);
    assert!(client.edit("nowhere").saved().is_empty());
    assert_eq!(client.core.composer().draft, "");
    select(&mut client, "a");
    client.edit("for a");
    let switches = select(&mut client, "b");
    assert!(
        switches
            .saved()
            .contains(&("draft/a".to_owned(), "for a".to_owned()))
    );
    assert_eq!(client.core.composer().draft, "");
    let has_draft = |client: &Client, at: usize| rows(client)[at].has_draft;
    assert!(has_draft(&client, 0) && !has_draft(&client, 1));
    select(&mut client, "a");
    assert_eq!(client.core.composer().draft, "for a");
}

#[test]
fn lanes_of_different_conversations_do_not_wait_for_each_other() {
    let mut client = agent(vec![summary("a", "support", 5), summary("b", "support", 4)]);
    select(&mut client, "a");
    let first = client.say("to a");
    assert!(first.types().contains(&"post_message".to_owned()));
    assert!(
        !client
            .say("to a, too")
            .types()
            .contains(&"post_message".to_owned())
    );
    select(&mut client, "b");
    assert_eq!(client.texts(), Vec::<String>::new());
    assert!(
        client
            .say("to b")
            .types()
            .contains(&"post_message".to_owned())
    );
    // The answer to the other conversation's message lets its next one go.
    let AgentCommand::PostMessage(post) = commands(&first)
        .into_iter()
        .find(|command| matches!(command, AgentCommand::PostMessage(_)))
        .unwrap()
    else {
        panic!();
    };
    let next = client.frame(answered(&post.client_id));
    assert_eq!(next.types(), ["post_message"]);
}

#[test]
fn reading_empties_the_rows_count_before_the_server_says_so() {
    let mut unread = summary("a", "support", 5);
    unread.unread = 1;
    let mut client = agent(vec![unread]);
    let opens = select(&mut client, "a");
    client.frame(opened_for_agent(reference(&opens), "a", 10));
    assert_eq!(client.core.timeline().unread, 1);
    assert_eq!(client.core.roster().unread, 1);
    let looks = client.intend(Intent::LookAtNewest { in_view: true });
    let mark_read = |outcome: &Outcome| {
        commands(outcome)
            .into_iter()
            .find_map(|command| match command {
                AgentCommand::MarkRead(mark) => Some(mark),
                _ => None,
            })
    };
    // "Delivered" was on its way when the agent looked.
    assert!(mark_read(&looks).is_none());
    assert_eq!(client.core.roster().unread, 0);
    client.intend(Intent::SelectConversation(None));
    assert_eq!(client.core.roster().unread, 0, "it stays read");
    client.frame(Incoming::UnreadChanged(UnreadChanged {
        feed: Feed::Agent(ana().id),
        seq: Seq(301),
        conversation: conversation("a"),
        unread: 0,
    }));
    assert_eq!(rows(&client)[0].summary.unread, 0);
}

#[test]
fn what_the_agent_read_on_another_screen_is_read() {
    let mut unread = summary("a", "support", 5);
    unread.unread = 1;
    let mut client = agent(vec![unread]);
    let opens = select(&mut client, "a");
    client.frame(opened_for_agent(reference(&opens), "a", 10));
    client.frame(Incoming::UnreadChanged(UnreadChanged {
        feed: Feed::Agent(ana().id),
        seq: Seq(301),
        conversation: conversation("a"),
        unread: 0,
    }));
    assert_eq!(client.core.timeline().unread, 0);
    assert_eq!(client.core.roster().unread, 0);
}

fn taken(outcome: &Outcome) -> ClientId {
    let AgentCommand::TakeConversation(take) = &commands(outcome)[0] else {
        panic!("{outcome:?}");
    };
    take.client_id.clone()
}

#[test]
fn a_take_is_repeated_until_it_is_answered() {
    let mut client = agent(vec![summary("a", "support", 5)]);
    let id = taken(&client.intend(Intent::TakeConversation(conversation("a"))));
    client.lose();
    client.fire(Timer::Reconnect);
    client.bring(Event::SocketOpened);
    let again = client.frame(agent_ready());
    assert_eq!(taken(&again), id);
    client.frame(answered(&id));
    client.lose();
    client.fire(Timer::Reconnect);
    client.bring(Event::SocketOpened);
    assert!(client.frame(agent_ready()).types().is_empty());
}

#[test]
fn a_take_that_came_too_late_is_told() {
    let mut client = agent(vec![summary("a", "support", 5)]);
    let id = taken(&client.intend(Intent::TakeConversation(conversation("a"))));
    let late = client.frame(refused(&id, refusal(ErrorCode::AlreadyTaken, None)));
    assert_eq!(
        late.alerts(),
        [&Alert::ActionRefused {
            conversation: conversation("a"),
            code: ErrorCode::AlreadyTaken,
            by: None
        }]
    );
}

#[test]
fn new_visitor_messages_elsewhere_are_told_if_they_concern_the_agent() {
    let mut client = agent(vec![summary("a", "support", 5)]);
    let mut newer = summary("a", "support", 6);
    newer.unread = 1;
    let alert = Alert::MessageArrived {
        author: Some("Vera".to_owned()),
        text: "help".to_owned(),
        attachment: None,
    };
    assert_eq!(client.frame(changed(101, newer.clone())).alerts(), [&alert]);
    // Somebody else answers for it.
    let mut theirs = newer;
    theirs.version = 7;
    theirs.unread = 2;
    theirs.participants = vec![Participant {
        agent: AgentRef {
            id: AgentId::parse("ben").unwrap(),
            name: "Ben".to_owned(),
        },
        role: ParticipantRole::Owner,
    }];
    assert!(client.frame(changed(102, theirs)).alerts().is_empty());
}

#[test]
fn who_takes_part_is_mine_and_what_nobody_owns_is_unassigned() {
    let mut mine = summary("a", "support", 5);
    mine.participants = vec![Participant {
        agent: ana(),
        role: ParticipantRole::Owner,
    }];
    let client = agent(vec![mine, summary("b", "support", 4)]);
    let flags: Vec<_> = rows(&client)
        .iter()
        .map(|row| (row.mine, row.unassigned))
        .collect();
    assert_eq!(flags, [(true, false), (false, true)]);
}

#[test]
fn a_conversation_that_cannot_be_opened_is_left() {
    let mut client = agent(Vec::new());
    let opens = select(&mut client, "gone");
    let refused = client.frame(Incoming::Refused(protocol::hello::Refused {
        client_id: None,
        reference: Some(reference(&opens)),
        refusal: refusal(ErrorCode::NotFound, None),
    }));
    assert_eq!(refused.alerts().len(), 1);
    assert_eq!(client.core.timeline().conversation, None);
}

#[test]
fn after_signing_in_again_the_agent_goes_on() {
    let mut client = agent(vec![summary("a", "support", 5)]);
    select(&mut client, "a");
    client.say("kept");
    client.bring(Event::SocketClosed { code: 4001 });
    assert!(client.intend(Intent::Connect).opens_socket());
    client.bring(Event::SocketOpened);
    let online = client.frame(agent_ready());
    assert!(online.types().contains(&"post_message".to_owned()));
    assert!(online.types().contains(&"open_conversation".to_owned()));
}

#[test]
fn another_agent_neither_sends_nor_sees_what_this_one_left() {
    let mut client = agent(vec![summary("a", "support", 1)]);
    let opens = select(&mut client, "a");
    client.frame(opened_for_agent(reference(&opens), "a", 5));
    client.lose();
    let said = client.say("from Ana").saved();

    // The cookie was Ben's when the connection came back.
    client.fire(Timer::Reconnect);
    client.bring(Event::SocketOpened);
    let refused = client.frame(ready_for(ben()));
    assert!(refused.types().is_empty() && refused.closes_socket());
    assert!(refused.forgotten().is_empty());
    let code = ErrorCode::Unauthenticated;
    assert_eq!(client.core.banner(), BannerView::Refused { code });
    assert_eq!(
        client.rows(),
        [
            ("help".to_owned(), None),
            ("from Ana".to_owned(), Some(DeliveryState::Queued)),
        ]
    );

    // Nor when a page of Ana's begins with it.
    let mut client = Client::of(Side::Agent(ana().id), &said);
    client.intend(Intent::Connect);
    client.bring(Event::SocketOpened);
    assert!(client.frame(ready_for(ben())).types().is_empty());

    // Ana herself comes back.
    client.intend(Intent::ReconnectNow);
    client.bring(Event::SocketOpened);
    assert!(
        client
            .frame(agent_ready())
            .types()
            .contains(&"post_message".to_owned())
    );
}
