//! A visitor and an agent on real sockets.

use std::net::SocketAddr;

use protocol::agent::{
    self, AgentCommand, AgentFrame, ConversationsListed, ListConversations, TakeConversation,
};
use protocol::error::Refusal;
use protocol::hello::{ConnectAgent, ConnectVisitor, Posted, VisitorReady};
use protocol::ids::{ClientId, ConversationId, SiteKey};
use protocol::message::Format;
use protocol::seq::FeedCursor;
use protocol::version::PROTOCOL;
use protocol::visitor::{
    ConversationOpened, MessagePosted, OpenConversation, PostMessage, VisitorCommand, VisitorFrame,
};
use server_core::service::DEMO_PASSWORD;
use testkit::sign_in::sign_in;
use testkit::socket::{Dial, Socket};

/// The demo channel without a chatbot: here people talk.
const SITE: &str = "demo-sales";
pub(crate) const AGENT: &str = "ana@example.com";

/// A fresh name for a command.
pub(crate) fn client_id() -> ClientId {
    ClientId::from_bits(rand::random())
}

pub(crate) fn connect_visitor(token: Option<&str>, feeds: Vec<FeedCursor>) -> ConnectVisitor {
    ConnectVisitor {
        protocol: PROTOCOL,
        site: SiteKey::parse(SITE).unwrap(),
        token: token.map(str::to_owned),
        languages: vec!["en".to_owned()],
        language: "en".to_owned(),
        feeds,
        page: None,
        time_zone: None,
        reduced_motion: None,
    }
}

fn message(conversation: Option<&ConversationId>, client_id: &ClientId, text: &str) -> PostMessage {
    PostMessage {
        client_id: client_id.clone(),
        conversation: conversation.cloned(),
        text: text.to_owned(),
        format: Format::Plain,
        greeting: None,
        pressed: None,
        form: None,
        attachments: Vec::new(),
        reply_to: None,
    }
}

pub(crate) struct Visitor {
    pub(crate) socket: Socket,
    pub(crate) ready: VisitorReady,
}

impl Visitor {
    pub(crate) async fn arrive(address: SocketAddr) -> Self {
        Self::come_back(address, None, Vec::new()).await
    }

    pub(crate) async fn come_back(
        address: SocketAddr,
        token: Option<&str>,
        feeds: Vec<FeedCursor>,
    ) -> Self {
        Self::arrive_as(address, connect_visitor(token, feeds)).await
    }

    pub(crate) async fn arrive_as(address: SocketAddr, connect: ConnectVisitor) -> Self {
        let mut socket = Dial::to(address).open().await.unwrap();
        socket
            .send(&VisitorCommand::Connect(connect))
            .await
            .unwrap();
        match socket.frame().await.unwrap() {
            VisitorFrame::Ready(ready) => Self { socket, ready },
            other => unreachable!("{other:?}"),
        }
    }

    pub(crate) async fn send(&mut self, command: impl Into<VisitorCommand>) {
        self.socket.send(&command.into()).await.unwrap();
    }

    /// Posts and gives the answer back.
    pub(crate) async fn try_post(
        &mut self,
        conversation: Option<&ConversationId>,
        client_id: &ClientId,
        text: &str,
    ) -> Result<Posted, Refusal> {
        self.send(message(conversation, client_id, text)).await;
        self.socket
            .wait_for(|frame| match frame {
                VisitorFrame::Done(done) if done.client_id == *client_id => done.posted.map(Ok),
                VisitorFrame::Refused(refused) => Some(Err(refused.refusal)),
                _ => None,
            })
            .await
            .unwrap()
    }

    pub(crate) async fn post(&mut self, text: &str) -> Posted {
        self.try_post(None, &client_id(), text).await.unwrap()
    }

    pub(crate) async fn open(&mut self, conversation: &ConversationId) -> ConversationOpened {
        self.send(OpenConversation {
            reference: 1,
            conversation: conversation.clone(),
            limit: 50,
        })
        .await;
        self.socket
            .wait_for(|frame| match frame {
                VisitorFrame::ConversationOpened(opened) => Some(opened),
                _ => None,
            })
            .await
            .unwrap()
    }

    /// The next message that arrives, as an entry.
    pub(crate) async fn hear(&mut self) -> MessagePosted {
        self.socket
            .wait_for(|frame| match frame {
                VisitorFrame::MessagePosted(posted) => Some(posted),
                _ => None,
            })
            .await
            .unwrap()
    }

    pub(crate) async fn refusal(&mut self) -> protocol::hello::Refused {
        self.socket
            .wait_for(|frame| match frame {
                VisitorFrame::Refused(refused) => Some(refused),
                _ => None,
            })
            .await
            .unwrap()
    }

    /// Proves that the socket still works.
    pub(crate) async fn is_heard(&mut self) {
        self.send(protocol::hello::Ping {}).await;
        self.socket
            .wait_for(|frame| matches!(frame, VisitorFrame::Pong(_)).then_some(()))
            .await
            .unwrap();
    }
}

pub(crate) struct Agent {
    pub(crate) socket: Socket,
    pub(crate) cookie: String,
}

impl Agent {
    pub(crate) async fn arrive(address: SocketAddr, email: &str) -> Self {
        let cookie = sign_in(address, email, DEMO_PASSWORD).await.unwrap();
        let page = format!("http://{address}");
        let dial = Dial::to(address).with_cookie(&cookie).from_page(&page);
        let mut socket = dial.open().await.unwrap();
        socket.send(&Self::connect()).await.unwrap();
        match socket.frame().await.unwrap() {
            AgentFrame::Ready(_) => Self { socket, cookie },
            other => unreachable!("{other:?}"),
        }
    }

    pub(crate) fn connect() -> AgentCommand {
        AgentCommand::Connect(ConnectAgent {
            protocol: PROTOCOL,
            token: None,
            feeds: Vec::new(),
        })
    }

    pub(crate) async fn send(&mut self, command: impl Into<AgentCommand>) {
        self.socket.send(&command.into()).await.unwrap();
    }

    pub(crate) async fn list(&mut self) -> ConversationsListed {
        self.send(ListConversations {
            reference: 1,
            after: None,
            limit: 50,
        })
        .await;
        self.socket
            .wait_for(|frame| match frame {
                AgentFrame::ConversationsListed(listed) => Some(listed),
                _ => None,
            })
            .await
            .unwrap()
    }

    pub(crate) async fn open(
        &mut self,
        conversation: &ConversationId,
    ) -> agent::ConversationOpened {
        self.send(OpenConversation {
            reference: 2,
            conversation: conversation.clone(),
            limit: 50,
        })
        .await;
        self.socket
            .wait_for(|frame| match frame {
                AgentFrame::ConversationOpened(opened) => Some(opened),
                _ => None,
            })
            .await
            .unwrap()
    }

    pub(crate) async fn post(&mut self, conversation: &ConversationId, text: &str) {
        let client_id = client_id();
        self.send(message(Some(conversation), &client_id, text))
            .await;
        self.done(&client_id).await;
    }

    pub(crate) async fn take(&mut self, conversation: &ConversationId) {
        let client_id = client_id();
        self.send(TakeConversation {
            client_id: client_id.clone(),
            conversation: conversation.clone(),
        })
        .await;
        self.done(&client_id).await;
    }

    async fn done(&mut self, client_id: &ClientId) {
        self.socket
            .wait_for(|frame| match frame {
                AgentFrame::Done(done) if done.client_id == *client_id => Some(()),
                AgentFrame::Refused(refused) => unreachable!("{refused:?}"),
                _ => None,
            })
            .await
            .unwrap();
    }
}
