//! The core's body: carries out its effects and brings it what happened.
//!
//! Invariants: the core is never entered twice at a time — what happens while it works waits in
//! a queue; all effects of an input are carried out, in order, before the next input; screens
//! are told after that, once per part, and may ask for more.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use client_core::{Alert, Core, Effect, Event, Incoming, Input, Intent, Slice, Timer};
use protocol::codec::DecodeError;

use crate::page::{self, Page};
use crate::socket::{self, LOST, Socket};
use crate::storage::Storage;
use crate::timers::Timers;
use crate::upload::Uploads;
use crate::{clock, entropy, files, second};

/// Reads a text frame for one side of the protocol.
pub type Decode = fn(&str) -> Result<Incoming, DecodeError>;

/// Reads a text frame if it is one of those that are heard without the second module.
pub type DecodeOpening = fn(&str) -> Option<Incoming>;

type OnRender = dyn Fn(Slice, &Core);
type OnAlert = dyn Fn(Alert);

/// What a shell needs to know about its surroundings.
pub struct Config {
    /// Where the backend's socket is.
    pub socket_url: String,
    /// The client's own part of the browser's storage.
    pub storage_prefix: String,
    /// The side's frame reader; code of the second module.
    pub decode: Decode,
    /// The reader of what may come before that is here.
    pub decode_opening: DecodeOpening,
}

/// One running client. Copies are the same client.
///
/// It stays for as long as the page does: what would take one apart is a kilobyte that a widget
/// never runs. [`Shell::stop`] empties it; a few hundred bytes remain.
#[derive(Clone, Copy)]
pub struct Shell(&'static Body);

struct Body {
    core: RefCell<Core>,
    queue: RefCell<VecDeque<Event>>,
    working: Cell<bool>,
    stopped: Cell<bool>,
    decode: Decode,
    decode_opening: DecodeOpening,
    /// Frames of the current socket that wait for the second module, in their order.
    held: RefCell<Vec<String>>,
    storage: Storage,
    timers: Timers,
    socket: Socket,
    uploads: Uploads,
    page: RefCell<Option<Page>>,
    on_render: Box<OnRender>,
    on_alert: Box<OnAlert>,
}

impl Shell {
    /// A client that has begun; see [`Self::begin`].
    pub fn start(
        config: Config,
        core: Core,
        on_render: impl Fn(Slice, &Core) + 'static,
        on_alert: impl Fn(Alert) + 'static,
    ) -> Self {
        let shell = Self::idle(config, core, on_render, on_alert);
        shell.begin(None);
        shell
    }

    /// A client that takes intents, but has looked at nothing outside itself.
    pub fn idle(
        config: Config,
        core: Core,
        on_render: impl Fn(Slice, &Core) + 'static,
        on_alert: impl Fn(Alert) + 'static,
    ) -> Self {
        let place = Rc::new(OnceCell::new());
        let body: &'static Body = Box::leak(Box::new(Body {
            core: RefCell::new(core),
            queue: RefCell::default(),
            working: Cell::new(false),
            stopped: Cell::new(false),
            decode: config.decode,
            decode_opening: config.decode_opening,
            held: RefCell::default(),
            storage: Storage::open(config.storage_prefix),
            timers: Timers::new(with(&place, Body::timer_fired)),
            uploads: Uploads::new(&config.socket_url, with(&place, Body::upload_event)),
            socket: Socket::new(config.socket_url, with(&place, Body::socket_event)),
            page: RefCell::default(),
            on_render: Box::new(on_render),
            on_alert: Box::new(on_alert),
        }));
        let _ = place.set(body);
        Self(body)
    }

    /// Tells the core what storage holds and listens to the page from now on. A socket to the
    /// backend that was opened ahead of time is the first to be used. Nothing is connected or
    /// stored before the core asks for it.
    pub fn begin(&self, early: Option<web_sys::WebSocket>) {
        self.0.socket.use_first(early);
        let body = self.0;
        let page = Page::watch(move |report| body.page_report(report));
        body.page.replace(page);
        self.0.start();
    }

    /// Tells the core what the person wants.
    pub fn dispatch(&self, intent: Intent) {
        self.0.bring(Event::Intent(intent));
    }

    /// Tells the core that the whole program is here.
    pub fn complete(&self) {
        self.0.bring(Event::Completed);
    }

    /// Looks at the core.
    pub fn read<T>(&self, look: impl FnOnce(&Core) -> T) -> T {
        look(&self.0.core.borrow())
    }

    /// Ends the client: closes its socket, hears and says nothing more, and knows nothing any
    /// more, unless it is called from the midst of its work.
    pub fn stop(&self) {
        self.0.stopped.set(true);
        self.0.socket.close(1000);
        // Without the second module nothing is on its way.
        if second::is_here() {
            self.0.uploads.stop();
        }
        for timer in Timer::ALL {
            self.0.timers.cancel(timer);
        }
        self.0.page.take();
        self.0.queue.take();
        if let Ok(mut core) = self.0.core.try_borrow_mut() {
            core.forget_all();
        }
    }
}

/// A listener for a client that is still being made.
fn with<T: 'static>(
    place: &Rc<OnceCell<&'static Body>>,
    act: fn(&'static Body, T),
) -> impl Fn(T) + 'static {
    let place = Rc::clone(place);
    move |what| {
        if let Some(body) = place.get() {
            act(body, what);
        }
    }
}

impl Body {
    fn start(&'static self) {
        self.bring(Event::Started {
            saved: self.storage.read_all(),
            utc_offset_minutes: clock::utc_offset_minutes(),
        });
        let (is_hidden, is_offline) = match &*self.page.borrow() {
            Some(page) => (page.is_hidden(), page.is_offline()),
            None => (false, false),
        };
        if is_hidden {
            self.bring(Event::PageHidden);
        }
        if is_offline {
            self.bring(Event::NetworkOffline);
        }
    }

    fn timer_fired(&'static self, timer: Timer) {
        self.timers.forget(timer);
        self.bring(Event::TimerFired(timer));
    }

    fn socket_event(&'static self, event: web_sys::Event) {
        if let Some(report) = self.socket.read(&event) {
            self.socket_report(report);
        }
    }

    fn upload_event(&'static self, event: web_sys::Event) {
        if let Some(event) = self.uploads.read(&event) {
            self.bring(event);
        }
    }

    fn socket_report(&'static self, report: socket::Report) {
        self.bring(match report {
            socket::Report::Opened => Event::SocketOpened,
            socket::Report::Text(text) if second::is_here() => return self.heard(&text),
            socket::Report::Text(text) => return self.heard_early(text),
            socket::Report::Unreadable => Event::FrameUnreadable,
            socket::Report::Closed(code) => Event::SocketClosed { code },
        });
    }

    fn heard(&'static self, text: &str) {
        self.bring(match (self.decode)(text) {
            Ok(frame) => Event::FrameReceived(Box::new(frame)),
            Err(_) => Event::FrameUnreadable,
        });
    }

    /// Most frames wait for the second module. What comes after one that waits, waits, too.
    fn heard_early(&'static self, text: String) {
        let mut held = self.held.borrow_mut();
        if held.is_empty()
            && !self.core.borrow().waits()
            && let Some(frame) = (self.decode_opening)(&text)
        {
            drop(held);
            return self.bring(Event::FrameReceived(Box::new(frame)));
        }
        held.push(text);
        let is_first = held.len() == 1;
        drop(held);
        if is_first {
            second::when_here(Box::new(|| {
                for text in self.held.take() {
                    self.heard(&text);
                }
            }));
        }
    }

    fn page_report(&'static self, report: page::Report) {
        match report {
            page::Report::Event(event) => self.bring(event),
            page::Report::Stored(full) => {
                if let Some((key, value)) = self.storage.look_up(&full) {
                    self.bring(Event::StorageChanged { key, value });
                }
            }
            page::Report::Leaving => {
                self.bring(Event::PageHidden);
                if self.socket.close(1000) {
                    self.bring(Event::SocketClosed { code: LOST });
                }
            }
        }
    }

    /// Puts an event in the queue and, unless somebody is at it already, works it off.
    fn bring(&'static self, event: Event) {
        if self.stopped.get() {
            return;
        }
        self.queue.borrow_mut().push_back(event);
        if self.working.replace(true) {
            return;
        }
        let mut changed = Vec::new();
        loop {
            while let Some(event) = self.next() {
                let effects = self.core.borrow_mut().handle(Input {
                    now: clock::now(),
                    entropy: entropy::bits(),
                    event,
                });
                for effect in effects {
                    self.carry_out(effect, &mut changed);
                }
            }
            // Screens may dispatch while they draw; that is worked off before the next part.
            let Some(slice) = changed.pop() else {
                break;
            };
            (self.on_render)(slice, &self.core.borrow());
        }
        self.working.set(false);
    }

    fn next(&self) -> Option<Event> {
        self.queue.borrow_mut().pop_front()
    }

    fn carry_out(&'static self, effect: Effect, changed: &mut Vec<Slice>) {
        match effect {
            Effect::OpenSocket => {
                // What the last one said and nobody heard will be said again.
                self.held.take();
                if let Some(report) = self.socket.open() {
                    self.socket_report(report);
                }
            }
            Effect::CloseSocket { code } => {
                self.socket.close(code);
            }
            Effect::Send(frame) => {
                // A socket that is closing swallows it; its end is reported by itself.
                self.socket.send(&frame.encode());
            }
            Effect::SetTimer { timer, after_ms } => self.timers.set(timer, after_ms),
            Effect::CancelTimer(timer) => self.timers.cancel(timer),
            Effect::Save { key, value } => {
                if !self.storage.save(&key, &value) {
                    self.bring(Event::StorageFailed);
                }
            }
            Effect::Forget { key } => self.storage.forget(&key),
            Effect::Upload {
                request,
                file,
                token,
            } => second::when_here(Box::new(move || {
                let file = file.as_deref().and_then(files::get);
                self.uploads.start(&request, file, token.as_deref());
            })),
            Effect::AbortUpload { upload } => {
                second::when_here(Box::new(move || self.uploads.abort(&upload)));
            }
            Effect::ForgetFile { file } => files::forget(&file),
            Effect::Complete => second::prepare(),
            Effect::Render(slice) => {
                if !changed.contains(&slice) {
                    changed.push(slice);
                }
            }
            Effect::Alert(alert) => (self.on_alert)(alert),
        }
    }
}
