//! The real client core with native hands: what `client-web` is in a browser.
//!
//! Storage is a map that outlives the page, so a test can close a page at any moment and open
//! the next one on what was saved. Time may run faster than the clock on the wall, so that
//! back-off does not make tests slow.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use client_core::{Core, Effect, Event, Incoming, Input, Intent, Side, Timer};
use futures_util::{SinkExt, StreamExt};
use protocol::time::Timestamp;
use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;
use tokio_tungstenite::tungstenite::Message as Frame;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

/// What a browser keeps between pages.
pub type Storage = Arc<Mutex<BTreeMap<String, String>>>;

/// Where and how a client connects.
#[derive(Clone)]
pub struct Connection {
    /// `ws://…/v1/socket`.
    pub url: String,
    /// `name=value` of the sign-in cookie, for agents.
    pub cookie: Option<String>,
    /// The page's origin.
    pub origin: String,
    /// How many times faster than the wall the client's time runs.
    pub speed: u32,
}

enum Order {
    Intent(Intent),
    Ask(Box<dyn FnOnce(&Core) + Send>),
    Close,
}

/// A page that runs in a task of its own. Dropping it closes the page without a farewell.
pub struct NativeClient {
    orders: mpsc::UnboundedSender<Order>,
    page: tokio::task::JoinHandle<()>,
}

impl NativeClient {
    /// Opens a page on what `storage` holds.
    pub fn open(side: Side, connection: Connection, storage: Storage) -> Self {
        let (orders, inbox) = mpsc::unbounded_channel();
        let page = Page {
            agent: matches!(side, Side::Agent(_)),
            core: Core::new(side),
            connection,
            storage,
            timers: BTreeMap::new(),
            started: Instant::now(),
            socket: None,
        };
        let page = tokio::spawn(page.run(inbox));
        Self { orders, page }
    }

    /// The person wants something.
    pub fn intend(&self, intent: Intent) {
        let _ = self.orders.send(Order::Intent(intent));
    }

    /// Types a text and sends it.
    pub fn send_text(&self, text: &str) {
        self.intend(Intent::EditDraft {
            text: text.to_owned(),
        });
        self.intend(Intent::SendDraft);
    }

    /// Reads the core between two inputs. Nothing when the page is gone.
    pub async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Core) -> T + Send + 'static,
    ) -> Option<T> {
        let (answer, answered) = oneshot::channel();
        let ask = Order::Ask(Box::new(move |core| {
            let _ = answer.send(question(core));
        }));
        self.orders.send(ask).ok()?;
        answered.await.ok()
    }

    /// Ends the page without a farewell, as a crash would. What was asked of it before still
    /// happens: keys that were pressed were pressed.
    pub async fn close(&mut self) {
        let _ = self.orders.send(Order::Close);
        let _ = (&mut self.page).await;
    }
}

type Socket =
    tokio_tungstenite::WebSocketStream<tokio_tungstenite::MaybeTlsStream<tokio::net::TcpStream>>;

struct Page {
    agent: bool,
    core: Core,
    connection: Connection,
    storage: Storage,
    timers: BTreeMap<Timer, Instant>,
    started: Instant,
    socket: Option<Socket>,
}

impl Page {
    async fn run(mut self, mut inbox: mpsc::UnboundedReceiver<Order>) {
        let saved = match self.storage.lock() {
            Ok(storage) => storage
                .iter()
                .map(|(key, value)| (key.clone(), value.clone()))
                .collect(),
            Err(_) => return,
        };
        self.happens(Event::Started {
            saved,
            utc_offset_minutes: 0,
        })
        .await;
        loop {
            let next = self
                .timers
                .iter()
                .min_by_key(|(_, at)| **at)
                .map(|(timer, at)| (*timer, *at));
            let alarm =
                next.map_or_else(|| Instant::now() + Duration::from_secs(3600), |(_, at)| at);
            tokio::select! {
                order = inbox.recv() => match order {
                    Some(Order::Intent(intent)) => self.happens(Event::Intent(intent)).await,
                    Some(Order::Ask(question)) => question(&self.core),
                    Some(Order::Close) | None => return,
                },
                frame = receive(&mut self.socket) => self.take_frame(frame).await,
                () = tokio::time::sleep_until(alarm) => if let Some((timer, _)) = next {
                    self.timers.remove(&timer);
                    self.happens(Event::TimerFired(timer)).await;
                },
            }
        }
    }

    async fn take_frame(&mut self, frame: Option<Frame>) {
        match frame {
            Some(Frame::Text(text)) => {
                let incoming = if self.agent {
                    Incoming::decode_for_agent(&text)
                } else {
                    Incoming::decode_for_visitor(&text)
                };
                let event = incoming.map_or(Event::FrameUnreadable, |incoming| {
                    Event::FrameReceived(Box::new(incoming))
                });
                self.happens(event).await;
            }
            Some(Frame::Close(reason)) => {
                let code = reason.map_or(1006, |reason| reason.code.into());
                self.socket = None;
                self.happens(Event::SocketClosed { code }).await;
            }
            Some(_) => {}
            None => {
                self.socket = None;
                self.happens(Event::SocketClosed { code: 1006 }).await;
            }
        }
    }

    /// Brings one event, and those that carrying out its effects brings about.
    async fn happens(&mut self, event: Event) {
        let mut events = std::collections::VecDeque::from([event]);
        while let Some(event) = events.pop_front() {
            let passed = self.started.elapsed() * self.connection.speed;
            let now = Timestamp(1_795_000_000_000 + passed.as_millis() as i64);
            for effect in self.core.handle(Input {
                now,
                entropy: rand::random(),
                event,
            }) {
                if let Some(event) = self.carry_out(effect).await {
                    events.push_back(event);
                }
            }
        }
    }

    async fn carry_out(&mut self, effect: Effect) -> Option<Event> {
        match effect {
            Effect::OpenSocket => {
                self.socket = dial(&self.connection).await;
                return Some(match self.socket {
                    Some(_) => Event::SocketOpened,
                    None => Event::SocketClosed { code: 1006 },
                });
            }
            Effect::CloseSocket { .. } => self.socket = None,
            Effect::Send(outgoing) => {
                // A write that fails shows itself as a closed socket on the next read.
                if let Some(socket) = &mut self.socket {
                    let frame = Frame::text(outgoing.encode());
                    let _ = tokio::time::timeout(Duration::from_secs(5), socket.send(frame)).await;
                }
            }
            Effect::SetTimer { timer, after_ms } => {
                let wait = Duration::from_millis(u64::from(after_ms)) / self.connection.speed;
                self.timers.insert(timer, Instant::now() + wait);
            }
            Effect::CancelTimer(timer) => {
                self.timers.remove(&timer);
            }
            Effect::Save { key, value } => {
                if let Ok(mut storage) = self.storage.lock() {
                    storage.insert(key, value);
                }
            }
            Effect::Forget { key } => {
                if let Ok(mut storage) = self.storage.lock() {
                    storage.remove(&key);
                }
            }
            Effect::Complete | Effect::Render(_) | Effect::Alert(_) => {}
            // This client has no files.
            Effect::Upload { .. } | Effect::AbortUpload { .. } | Effect::ForgetFile { .. } => {}
        }
        None
    }
}

async fn receive(socket: &mut Option<Socket>) -> Option<Frame> {
    match socket {
        Some(socket) => socket.next().await.and_then(Result::ok),
        None => std::future::pending().await,
    }
}

async fn dial(connection: &Connection) -> Option<Socket> {
    let mut request = connection.url.as_str().into_client_request().ok()?;
    let headers = request.headers_mut();
    headers.insert("sec-websocket-protocol", "parlour.v1".parse().ok()?);
    headers.insert("origin", connection.origin.parse().ok()?);
    if let Some(cookie) = &connection.cookie {
        headers.insert("cookie", cookie.parse().ok()?);
    }
    let dialled = tokio_tungstenite::connect_async(request);
    let socket = tokio::time::timeout(Duration::from_secs(5), dialled)
        .await
        .ok()?
        .ok()?;
    Some(socket.0)
}
