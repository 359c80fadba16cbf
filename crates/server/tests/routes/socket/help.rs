//! Help among agents on real sockets: a conversation comes into the reach of an agent of another
//! channel, and goes out of it, live.

use protocol::agent::{
    AgentFrame, JoinConversation, LeaveConversation, SetLiveStatus, SummaryWithdrawn,
};
use protocol::conversation::{ConversationSummary, LiveStatus};
use protocol::error::{ErrorCode, Refusal};
use protocol::ids::{ClientId, ConversationId, SiteKey};
use protocol::typing::TypingChanged;
use protocol::visitor::SetTyping;
use server::RunningServer;
use server_core::service::{Answering, NewChannel};

use crate::support::{AGENT, Agent, Visitor, client_id, connect_visitor, server};

const OTHER: &str = "ben@example.com";
const SITE: &str = "press";

/// A channel in which Ben alone answers.
fn add_press(server: &RunningServer) {
    let service = &server.app().service;
    let channel = service.add_channel(&NewChannel {
        site: SiteKey::parse(SITE).unwrap(),
        name: "Press".to_owned(),
        allowed_origins: Vec::new(),
        agents: Answering::These(vec![OTHER.to_owned()]),
    });
    channel.unwrap();
}

impl Agent {
    async fn stands(&mut self, conversation: &ConversationId, status: LiveStatus) {
        let client_id = client_id();
        self.send(SetLiveStatus {
            client_id: client_id.clone(),
            conversation: conversation.clone(),
            status,
        })
        .await;
        self.outcome(&client_id).await.unwrap();
    }

    async fn helps(&mut self, conversation: &ConversationId) -> Result<(), Refusal> {
        let client_id = client_id();
        self.send(JoinConversation {
            client_id: client_id.clone(),
            conversation: conversation.clone(),
            helping: Some(true),
        })
        .await;
        self.outcome(&client_id).await
    }

    async fn outcome(&mut self, client_id: &ClientId) -> Result<(), Refusal> {
        self.socket
            .wait_for(|frame| match frame {
                AgentFrame::Done(done) if done.client_id == *client_id => Some(Ok(())),
                AgentFrame::Refused(refused) if refused.client_id.as_ref() == Some(client_id) => {
                    Some(Err(refused.refusal))
                }
                _ => None,
            })
            .await
            .unwrap()
    }

    async fn row(&mut self, wanted: impl Fn(&ConversationSummary) -> bool) -> ConversationSummary {
        self.socket
            .wait_for(|frame| match frame {
                AgentFrame::SummaryChanged(told) if wanted(&told.summary) => Some(told.summary),
                _ => None,
            })
            .await
            .unwrap()
    }

    async fn withdrawn(&mut self) -> SummaryWithdrawn {
        self.socket
            .wait_for(|frame| match frame {
                AgentFrame::SummaryWithdrawn(told) => Some(told),
                _ => None,
            })
            .await
            .unwrap()
    }
}

/// A conversation in Press that Ben owns, Ben, and Ana, who answers elsewhere. All look.
async fn at_press(server: &RunningServer) -> (Visitor, ConversationId, Agent, Agent) {
    add_press(server);
    let address = server.address();
    let mut ana = Agent::arrive(address, AGENT).await;
    let mut ben = Agent::arrive(address, OTHER).await;
    ana.list().await;
    ben.list().await;
    let mut connect = connect_visitor(None, Vec::new());
    connect.site = SiteKey::parse(SITE).unwrap();
    let mut visitor = Visitor::arrive_as(address, connect).await;
    let conversation = visitor.post("hello").await.conversation;
    visitor.open(&conversation).await;
    ben.take(&conversation).await;
    ben.open(&conversation).await;
    (visitor, conversation, ben, ana)
}

#[tokio::test]
async fn a_call_reaches_other_channels_and_ends_their_reach() {
    let (_place, server, _) = server().await;
    let (mut visitor, conversation, mut ben, mut ana) = at_press(&server).await;
    ben.stands(&conversation, LiveStatus::LookingForHelp).await;
    let row = ana.row(|row| row.help.is_some()).await;
    assert_eq!(row.elsewhere.unwrap().name, "Press");
    assert_eq!(ana.list().await.beside.unwrap()[0].id, conversation);
    ana.open(&conversation).await;

    ben.stands(&conversation, LiveStatus::InProgress).await;
    assert_eq!(ana.withdrawn().await.conversation, conversation);
    // The socket follows nothing there any more, typing included.
    visitor
        .send(SetTyping {
            conversation: conversation.clone(),
            typing: true,
        })
        .await;
    visitor
        .try_post(Some(&conversation), &client_id(), "between us")
        .await
        .unwrap();
    ana.send(protocol::hello::Ping {}).await;
    loop {
        match ana.socket.frame().await.unwrap() {
            AgentFrame::Pong(_) => break,
            AgentFrame::MessagePosted(posted) => unreachable!("{posted:?}"),
            AgentFrame::TypingChanged(TypingChanged { conversation, .. }) => {
                unreachable!("{conversation}")
            }
            _ => {}
        }
    }
    assert_eq!(ana.list().await.beside.unwrap(), []);
}

#[tokio::test]
async fn of_two_who_come_one_is_told_who_was_first() {
    let (_place, server, address) = server().await;
    let (mut visitor, conversation, mut ben, mut ana) = at_press(&server).await;
    let mut sol = Agent::arrive(address, "sol@example.com").await;
    sol.list().await;
    ben.stands(&conversation, LiveStatus::LookingForHelp).await;
    let (one, other) = tokio::join!(ana.helps(&conversation), sol.helps(&conversation));
    let (first, late) = match (one, other) {
        (Ok(()), Err(late)) => ("ana", late),
        (Err(late), Ok(())) => ("sol", late),
        both => unreachable!("{both:?}"),
    };
    assert_eq!(late.code, ErrorCode::NotNow);
    assert_eq!(late.session.unwrap().by.unwrap().id.as_str(), first);
    let (helper, loser) = match first {
        "ana" => (&mut ana, &mut sol),
        _ => (&mut sol, &mut ana),
    };
    let helped_by = loser.withdrawn().await.helped_by.unwrap();
    assert_eq!(helped_by.id.as_str(), first);
    // Whoever came goes on hearing of it, until they leave.
    visitor
        .try_post(Some(&conversation), &client_id(), "thanks")
        .await
        .unwrap();
    let row = helper.row(|row| row.unread == 2).await;
    assert!(row.help.is_none() && row.elsewhere.is_some());
    helper
        .send(LeaveConversation {
            client_id: client_id(),
            conversation: conversation.clone(),
        })
        .await;
    assert_eq!(helper.withdrawn().await.conversation, conversation);
}
