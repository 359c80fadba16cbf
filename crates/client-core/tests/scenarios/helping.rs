//! Help among agents: where rows stand, what comes into the list and goes, and what is told of it.

use client_core::view::{RosterHeading, RosterRow};
use client_core::{Alert, Incoming, Intent};
use protocol::agent::{AgentCommand, SummaryChanged, SummaryWithdrawn};
use protocol::author::AgentRef;
use protocol::conversation::{
    ConversationSummary, HelpWanted, LiveStatus, Participant, ParticipantRole,
};
use protocol::error::{ErrorCode, Refusal};
use protocol::feed::Feed;
use protocol::hello::ChannelRef;
use protocol::seq::Seq;
use protocol::session::{Obstacle, SessionRefusal, SessionState};
use protocol::time::Timestamp;

use crate::attending::{
    agent, ana, ben, changed, channel, commands, cursor_of, listed, rows, select, summary,
};
use crate::client::*;

/// A row whose agents look for help since an instant.
fn wanting(id: &str, in_channel: &str, version: u64, since: i64) -> ConversationSummary {
    ConversationSummary {
        live_status: Some(LiveStatus::LookingForHelp),
        help: Some(HelpWanted {
            since: Timestamp(since),
            by: Some(ben()),
            own_expertise: false,
        }),
        ..summary(id, in_channel, version)
    }
}

/// The same of a channel in which the agent does not answer.
fn elsewhere(row: ConversationSummary) -> ConversationSummary {
    ConversationSummary {
        elsewhere: Some(ChannelRef {
            id: channel("press"),
            name: "Press".to_owned(),
        }),
        channel: channel("press"),
        ..row
    }
}

fn told(seq: u64, summary: ConversationSummary) -> Incoming {
    Incoming::SummaryChanged(SummaryChanged {
        feed: Feed::Agent(ana().id),
        seq: Seq(seq),
        summary,
    })
}

fn withdrawn(seq: u64, id: &str, helped_by: Option<AgentRef>) -> Incoming {
    Incoming::SummaryWithdrawn(SummaryWithdrawn {
        feed: Feed::Agent(ana().id),
        seq: Seq(seq),
        conversation: conversation(id),
        helped_by,
    })
}

/// Headings with the rows under them, as they stand.
fn headings(client: &Client) -> Vec<(String, Vec<String>)> {
    let groups = client.core.roster().groups.into_iter();
    groups
        .map(|group| {
            let heading = match &group.heading {
                RosterHeading::Help => "help".to_owned(),
                RosterHeading::Channel(channel) => channel.name.clone(),
            };
            let ids = group.rows.iter().map(|row| row.summary.id.to_string());
            (heading, ids.collect())
        })
        .collect()
}

fn heading(name: &str, ids: &[&str]) -> (String, Vec<String>) {
    let ids = ids.iter().map(|id| (*id).to_owned());
    (name.to_owned(), ids.collect())
}

#[test]
fn what_looks_for_help_stands_above_the_channels_the_longest_first() {
    let mut client = agent(vec![
        summary("a", "support", 1),
        wanting("b", "sales", 9, 500),
    ]);
    client.frame(told(301, elsewhere(wanting("c", "press", 3, 100))));
    assert_eq!(
        headings(&client),
        [
            heading("help", &["c", "b"]),
            heading("Support", &["a"]),
            heading("Sales", &[]),
        ]
    );
    let view = client.core.roster();
    let row = |id: &str| {
        let mut all = view.groups.iter().flat_map(|group| &group.rows);
        all.find(|row| row.summary.id.as_str() == id).unwrap()
    };
    assert_eq!(view.channel_of(&row("c").summary), Some("Press"));
    assert_eq!(view.channel_of(&row("b").summary), Some("Sales"));
    client.frame(changed(201, summary("b", "sales", 10)));
    assert_eq!(headings(&client)[2], heading("Sales", &["b"]));
}

#[test]
fn who_came_to_help_has_the_row_under_its_channel() {
    let mut client = agent(vec![]);
    client.frame(told(301, elsewhere(wanting("c", "press", 3, 100))));
    let mut helped = elsewhere(summary("c", "press", 4));
    helped.participants = vec![Participant {
        agent: ana(),
        role: ParticipantRole::Member,
    }];
    client.frame(told(302, helped));
    let own = heading("Press", &["c"]);
    assert_eq!(headings(&client).last(), Some(&own));
    assert!(rows(&client)[0].mine);
}

#[test]
fn a_list_brings_what_is_beside_its_pages() {
    let mut client = agent(vec![]);
    client.frame(told(301, elsewhere(wanting("gone", "press", 3, 100))));
    client.lose();
    client.fire(client_core::Timer::Reconnect);
    client.bring(client_core::Event::SocketOpened);
    client.frame(crate::attending::agent_ready());
    let asked = client.frame(Incoming::ResyncRequired(protocol::hello::ResyncRequired {
        feed: Feed::Agent(ana().id),
        reason: protocol::hello::ResyncReason::TooOld,
    }));
    let mut page = listed(crate::attending::reference(&asked), vec![]);
    page.cursors.pop();
    page.cursors.push(cursor_of(Feed::Agent(ana().id), 400));
    page.beside = Some(vec![elsewhere(wanting("c", "press", 3, 100))]);
    client.frame(Incoming::ConversationsListed(page));
    assert_eq!(headings(&client)[0], heading("help", &["c"]));
}

#[test]
fn coming_to_help_and_the_statuses_are_commands() {
    let mut client = agent(vec![wanting("a", "support", 5, 1)]);
    let sent = commands(&client.intend(Intent::HelpIn(conversation("a"))));
    let [AgentCommand::JoinConversation(join)] = sent.as_slice() else {
        panic!("{sent:?}");
    };
    assert_eq!(join.helping, Some(true));
    let sent = commands(&client.intend(Intent::SetLiveStatus {
        conversation: conversation("a"),
        status: LiveStatus::WaitingForCustomer,
    }));
    let [AgentCommand::SetLiveStatus(set)] = sent.as_slice() else {
        panic!("{sent:?}");
    };
    assert_eq!(set.status, LiveStatus::WaitingForCustomer);
}

#[test]
fn what_is_written_elsewhere_is_no_unread_message_of_the_agent() {
    let mut client = agent(vec![]);
    let mut calling = elsewhere(wanting("c", "press", 3, 100));
    calling.unread = 2;
    assert!(client.frame(told(301, calling)).alerts().is_empty());
    assert_eq!(client.core.roster().unread, 0);
}

#[test]
fn who_was_first_is_told() {
    let mut client = agent(vec![wanting("a", "support", 5, 1)]);
    let sent = commands(&client.intend(Intent::HelpIn(conversation("a"))));
    let [AgentCommand::JoinConversation(join)] = sent.as_slice() else {
        panic!("{sent:?}");
    };
    let told = Refusal {
        session: Some(Box::new(SessionRefusal {
            state: SessionState::Attended,
            obstacle: Obstacle::NoHelpWanted,
            allowed: Vec::new(),
            by: Some(ben()),
        })),
        ..ErrorCode::NotNow.into()
    };
    let late = client.frame(refused(&join.client_id, told));
    assert_eq!(
        late.alerts(),
        [&Alert::ActionRefused {
            conversation: conversation("a"),
            code: ErrorCode::NotNow,
            by: Some(ben()),
        }]
    );
}

#[test]
fn what_is_withdrawn_leaves_the_list_and_the_screen_and_says_who_helps() {
    let mut client = agent(vec![]);
    client.frame(told(301, elsewhere(wanting("c", "press", 3, 100))));
    client.frame(told(302, elsewhere(wanting("d", "press", 3, 100))));
    select(&mut client, "c");
    let quiet = client.frame(withdrawn(303, "d", None));
    assert!(quiet.alerts().is_empty());
    assert_eq!(client.core.timeline().conversation, Some(conversation("c")));
    let told = client.frame(withdrawn(304, "c", Some(ben())));
    assert_eq!(
        told.alerts(),
        [&Alert::ActionRefused {
            conversation: conversation("c"),
            code: ErrorCode::Forbidden,
            by: Some(ben()),
        }]
    );
    assert_eq!(client.core.timeline().conversation, None);
    assert_eq!(rows(&client), Vec::<RosterRow>::new());
}

#[test]
fn a_call_for_own_expertise_is_heard_once() {
    let mut client = agent(vec![summary("a", "support", 1)]);
    let mut calling = wanting("a", "support", 2, 100);
    assert!(
        client
            .frame(changed(101, calling.clone()))
            .alerts()
            .is_empty()
    );
    if let Some(help) = &mut calling.help {
        help.own_expertise = true;
        help.since = Timestamp(200);
    }
    calling.version = 3;
    let heard = client.frame(changed(102, calling.clone()));
    let alert = Alert::HelpWanted {
        conversation: conversation("a"),
        by: Some(ben()),
        contact: calling.contact.clone(),
    };
    assert_eq!(heard.alerts(), [&alert]);
    calling.version = 4;
    assert!(client.frame(changed(103, calling)).alerts().is_empty());
}
