//! A page: the real core, timers, storage that outlives it, and its end of the wire.

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use client_core::{Core, Effect, Event, Incoming, Input, Intent, Side, Timer};
use protocol::hello::ConnectVisitor;
use protocol::ids::{AgentId, SiteKey};
use protocol::time::Timestamp;

use crate::server::{Peer, StoryEntropy};

/// What a browser keeps between pages.
pub(crate) type Browser = Rc<RefCell<BTreeMap<String, String>>>;

/// Whose page it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Person {
    Visitor,
    Agent,
}

/// A socket with what is on its way in both directions.
#[derive(Default)]
pub(crate) struct Wire {
    pub(crate) up: VecDeque<String>,
    pub(crate) down: VecDeque<String>,
    pub(crate) peer: Peer,
    pub(crate) swallows: bool,
}

pub(crate) struct Page {
    pub(crate) name: &'static str,
    pub(crate) person: Person,
    site: &'static str,
    pub(crate) core: Core,
    pub(crate) browser: Browser,
    pub(crate) wire: Option<Wire>,
    /// Nobody sees or hears this page.
    pub(crate) closed: bool,
    timers: BTreeMap<Timer, i64>,
    entropy: StoryEntropy,
    pub(crate) said: u32,
    /// What this page stored or forgot since the browser's other pages were told.
    pub(crate) touched: Vec<String>,
}

impl Page {
    pub(crate) fn open(
        name: &'static str,
        person: Person,
        site: &'static str,
        browser: Browser,
        seed: u64,
        now: Timestamp,
    ) -> Self {
        let mut page = Self {
            name,
            person,
            core: Core::new(side(person, site)),
            site,
            browser,
            wire: None,
            closed: false,
            timers: BTreeMap::new(),
            entropy: StoryEntropy::new(seed),
            said: 0,
            touched: Vec::new(),
        };
        page.start(now);
        page
    }

    /// Closes the page, wherever it was, and opens it again.
    pub(crate) fn reload(&mut self, now: Timestamp) {
        self.close();
        self.closed = false;
        self.core = Core::new(side(self.person, self.site));
        self.start(now);
    }

    /// Closes the page without a word, wherever it was.
    pub(crate) fn close(&mut self) {
        self.closed = true;
        self.wire = None;
        self.timers.clear();
    }

    fn start(&mut self, now: Timestamp) {
        let saved = self.browser.borrow().clone().into_iter().collect();
        self.bring(
            now,
            Event::Started {
                saved,
                utc_offset_minutes: 60,
            },
        );
        self.wish(now, Intent::Connect);
        self.wish(now, Intent::LookAtNewest { in_view: true });
    }

    pub(crate) fn wish(&mut self, now: Timestamp, intent: Intent) {
        self.bring(now, Event::Intent(intent));
    }

    pub(crate) fn say(&mut self, now: Timestamp) -> String {
        self.said += 1;
        let text = format!("{} {}", self.name, self.said);
        self.wish(now, Intent::EditDraft { text: text.clone() });
        self.wish(now, Intent::SendDraft);
        text
    }

    /// Brings an event and carries out what the core wants, in order.
    pub(crate) fn bring(&mut self, now: Timestamp, event: Event) {
        if self.closed {
            return;
        }
        let mut events = VecDeque::from([event]);
        while let Some(event) = events.pop_front() {
            let entropy = (u128::from(self.entropy.next()) << 64) | u128::from(self.entropy.next());
            let effects = self.core.handle(Input {
                now,
                entropy,
                event,
            });
            let mut stored_first = true;
            for effect in effects {
                match effect {
                    Effect::OpenSocket => {
                        assert!(self.wire.is_none(), "{}: a second socket", self.name);
                        self.wire = Some(Wire::default());
                        events.push_back(Event::SocketOpened);
                    }
                    Effect::CloseSocket { .. } => {
                        assert!(self.wire.take().is_some(), "{}: no socket", self.name);
                    }
                    Effect::Send(frame) => {
                        let wire = self.wire.as_mut().expect("a frame without a socket");
                        if !wire.swallows {
                            wire.up.push_back(frame.encode());
                        }
                        stored_first = false;
                    }
                    Effect::SetTimer { timer, after_ms } => {
                        self.timers.insert(timer, now.0 + i64::from(after_ms));
                    }
                    Effect::CancelTimer(timer) => {
                        self.timers.remove(&timer);
                    }
                    Effect::Save { key, value } => {
                        assert!(
                            stored_first || !key.starts_with("outbox/"),
                            "{}: sent before it was stored",
                            self.name
                        );
                        self.touched.push(key.clone());
                        self.browser.borrow_mut().insert(key, value);
                    }
                    Effect::Forget { key } => {
                        self.browser.borrow_mut().remove(&key);
                        self.touched.push(key);
                    }
                    Effect::Complete | Effect::Render(_) | Effect::Alert(_) => {}
                    // Nobody attaches files in this world.
                    Effect::Upload { .. }
                    | Effect::AbortUpload { .. }
                    | Effect::ForgetFile { .. } => {}
                }
            }
        }
    }

    /// When the next timer runs out.
    pub(crate) fn next_timer(&self) -> Option<i64> {
        self.timers.values().copied().min()
    }

    /// Brings one timer that has run out.
    pub(crate) fn fire(&mut self, now: Timestamp) -> bool {
        let due = self
            .timers
            .iter()
            .find(|(_, at)| **at <= now.0)
            .map(|(timer, _)| *timer);
        let Some(timer) = due else {
            return false;
        };
        self.timers.remove(&timer);
        self.bring(now, Event::TimerFired(timer));
        true
    }

    /// The network ends the connection; what was on its way is lost.
    pub(crate) fn cut(&mut self, now: Timestamp) {
        if self.wire.take().is_some() {
            self.bring(now, Event::SocketClosed { code: 1006 });
        }
    }

    /// Brings a frame.
    pub(crate) fn receive(&mut self, now: Timestamp, text: &str) {
        let frame = match self.person {
            Person::Visitor => Incoming::decode_for_visitor(text),
            Person::Agent => Incoming::decode_for_agent(text),
        };
        let frame = frame.unwrap_or_else(|error| panic!("{text}: {error:?}"));
        self.bring(now, Event::FrameReceived(Box::new(frame)));
    }
}

fn side(person: Person, site: &str) -> Side {
    match person {
        Person::Visitor => Side::Visitor(ConnectVisitor {
            protocol: protocol::version::PROTOCOL,
            site: SiteKey::parse(site).unwrap(),
            token: None,
            languages: vec!["en".to_owned()],
            language: "en".to_owned(),
            feeds: Vec::new(),
            page: None,
            time_zone: None,
            reduced_motion: None,
        }),
        Person::Agent => Side::Agent(AgentId::parse("ana").unwrap()),
    }
}
