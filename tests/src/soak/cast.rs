//! Who takes part in a soak: visitors and agents, each with a storage that outlives pages.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::{Context, Result};
use client_core::view::{DeliveryState, RowContent};
use client_core::{Core, Intent, Side};
use protocol::hello::ConnectVisitor;
use protocol::ids::{AgentId, ConversationId, SiteKey};
use protocol::version::PROTOCOL;
use rand::RngExt;
use rand::rngs::StdRng;
use testkit::native_client::{Connection, NativeClient, Storage};
use testkit::sign_in::sign_in;

use super::Plan;

/// One writer.
pub(super) struct Writer {
    /// Begins every text of theirs.
    pub(super) name: String,
    /// Whether an agent.
    pub(super) agent: bool,
    side: Side,
    connection: Connection,
    storage: Storage,
    page: NativeClient,
    written: usize,
    /// Agents: the conversation they write in.
    selected: Option<ConversationId>,
}

/// Everybody.
pub(super) struct Cast {
    pub(super) writers: Vec<Writer>,
    /// The cookie of an agent, and where to ask without the bad network.
    pub(super) clean: Connection,
    /// That agent.
    witness: AgentId,
    /// The visitors' conversations, once they have one.
    pub(super) conversations: BTreeMap<String, ConversationId>,
}

/// The demo's agents: id and e-mail.
const ACCOUNTS: [(&str, &str); 3] = [
    ("ana", "ana@example.com"),
    ("ben", "ben@example.com"),
    ("sol", "sol@example.com"),
];

impl Cast {
    pub(super) async fn assemble(
        plan: &Plan,
        server: SocketAddr,
        proxy: SocketAddr,
    ) -> Result<Self> {
        let connection = |address: SocketAddr, cookie| Connection {
            url: format!("ws://{address}/v1/socket"),
            cookie,
            origin: format!("http://{address}"),
            speed: 5,
        };
        let visitor = visitor_side().context("the demo's site key")?;
        let mut writers = Vec::new();
        let mut clean = connection(server, None);
        let mut witness = None;
        for number in 0..plan.agents {
            let (id, email) = ACCOUNTS[number % ACCOUNTS.len()];
            let cookie = sign_in(server, email, "parlour-demo").await?;
            let agent = AgentId::parse(id).context("an agent's id")?;
            clean.cookie = Some(cookie.clone());
            witness = Some(agent.clone());
            writers.push(Writer::new(
                format!("a{number}"),
                Side::Agent(agent),
                connection(proxy, Some(cookie)),
            ));
        }
        for number in 0..plan.visitors {
            writers.push(Writer::new(
                format!("v{number}"),
                visitor.clone(),
                connection(proxy, None),
            ));
        }
        Ok(Self {
            writers,
            clean,
            witness: witness.context("a soak without agents")?,
            conversations: BTreeMap::new(),
        })
    }

    /// Lets some of them write; answers how many messages that made.
    pub(super) async fn write_some(&mut self, at_most: usize, dice: &mut StdRng) -> usize {
        let mut sent = 0;
        let conversations: Vec<ConversationId> = self.conversations.values().cloned().collect();
        for writer in &mut self.writers {
            if dice.random_range(0..3) > 0 {
                continue;
            }
            if writer.agent {
                let Some(conversation) =
                    conversations.get(dice.random_range(0..conversations.len().max(1)))
                else {
                    continue;
                };
                writer.select(conversation);
            } else if let Some(conversation) = writer.conversation().await {
                self.conversations.insert(writer.name.clone(), conversation);
            }
            // An unbounded backlog would only measure patience.
            if writer.unsettled().await > 30 {
                continue;
            }
            for _ in 0..dice.random_range(1..6_usize).min(at_most - sent) {
                writer.write();
                sent += 1;
            }
        }
        sent
    }

    /// Closes some pages without a farewell and opens them again.
    pub(super) async fn reload_some(&mut self, dice: &mut StdRng) -> usize {
        let mut reloads = 0;
        for writer in self.writers.iter_mut().filter(|writer| !writer.agent) {
            if dice.random_range(0..200) == 0 {
                writer.reload().await;
                reloads += 1;
            }
        }
        reloads
    }

    /// Messages that are not on the server yet, as far as their writers know.
    pub(super) async fn unsettled(&self) -> usize {
        let mut sum = 0;
        for writer in &self.writers {
            sum += writer.unsettled().await;
        }
        sum
    }

    /// Prints who waits for what.
    pub(super) async fn tell_unsettled(&self) {
        for writer in &self.writers {
            let waiting = writer.unsettled().await;
            if waiting > 0 {
                let seen = writer
                    .page
                    .ask(|core| (core.banner(), core.timeline().rows.pop()))
                    .await;
                println!("soak: {} has {waiting} unsettled: {seen:?}", writer.name);
                if let Ok(storage) = writer.storage.lock() {
                    println!("soak: {storage:?}");
                }
            }
        }
    }

    /// Learns the conversations of visitors who got theirs since they last wrote.
    pub(super) async fn learn_conversations(&mut self) {
        for writer in self.writers.iter().filter(|writer| !writer.agent) {
            if let Some(conversation) = writer.conversation().await {
                self.conversations.insert(writer.name.clone(), conversation);
            }
        }
    }

    /// A page of an agent without the bad network.
    pub(super) fn open_witness(&self) -> NativeClient {
        let page = NativeClient::open(
            Side::Agent(self.witness.clone()),
            self.clean.clone(),
            Storage::default(),
        );
        page.intend(Intent::Connect);
        page
    }
}

impl Writer {
    fn new(name: String, side: Side, connection: Connection) -> Self {
        let storage = Storage::default();
        let page = NativeClient::open(side.clone(), connection.clone(), Arc::clone(&storage));
        page.intend(Intent::Connect);
        Self {
            name,
            agent: matches!(side, Side::Agent(_)),
            side,
            connection,
            storage,
            page,
            written: 0,
            selected: None,
        }
    }

    fn write(&mut self) {
        self.page
            .send_text(&format!("{} #{}", self.name, self.written));
        self.written += 1;
    }

    fn select(&mut self, conversation: &ConversationId) {
        if self.selected.as_ref() != Some(conversation) {
            self.selected = Some(conversation.clone());
            self.page
                .intend(Intent::SelectConversation(Some(conversation.clone())));
        }
    }

    async fn reload(&mut self) {
        self.page.close().await;
        self.page = NativeClient::open(
            self.side.clone(),
            self.connection.clone(),
            Arc::clone(&self.storage),
        );
        self.page.intend(Intent::Connect);
    }

    async fn conversation(&self) -> Option<ConversationId> {
        self.page
            .ask(|core| core.timeline().conversation)
            .await
            .flatten()
    }

    /// What storage still holds in the outbox counts for all conversations at once.
    async fn unsettled(&self) -> usize {
        // The question waits for the orders before it.
        let _ = self.page.ask(|_| ()).await;
        match self.storage.lock() {
            Ok(storage) => storage
                .keys()
                .filter(|key| key.starts_with("outbox/"))
                .count(),
            Err(_) => 0,
        }
    }

    /// How many messages they wrote.
    pub(super) fn written(&self) -> usize {
        self.written
    }

    /// The texts on their screen.
    pub(super) async fn screen(&self) -> Result<Vec<String>> {
        self.page.ask(texts).await.context("the page is gone")
    }
}

/// The texts of the open conversation, in order; unfinished ones are marked.
pub(super) fn texts(core: &Core) -> Vec<String> {
    let rows = core.timeline().rows;
    rows.into_iter()
        .filter_map(|row| match row.content {
            RowContent::Message(message) => {
                let text: String = message
                    .segments
                    .iter()
                    .map(|segment| match segment {
                        client_core::view::Segment::Text(text)
                        | client_core::view::Segment::Link { text, .. } => text.as_str(),
                    })
                    .collect();
                let settled = !matches!(
                    message.state,
                    Some(DeliveryState::Queued | DeliveryState::Sending | DeliveryState::Failed)
                );
                Some(if settled {
                    text
                } else {
                    format!("{text} (unsettled)")
                })
            }
            _ => None,
        })
        .collect()
}

fn visitor_side() -> Option<Side> {
    Some(Side::Visitor(ConnectVisitor {
        protocol: PROTOCOL,
        site: SiteKey::parse("demo-sales")?,
        token: None,
        languages: vec!["en".to_owned()],
        language: "en".to_owned(),
        feeds: Vec::new(),
        page: None,
        time_zone: None,
        reduced_motion: None,
    }))
}
