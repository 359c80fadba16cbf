//! From what the loader hands over to a drawn panel, and from there to a running client.
//!
//! The two are apart, because the panel is drawn while the visitor only points at the launcher,
//! and nothing may be read, stored or connected before they act. Order matters in the second:
//! the client first reads storage, then is told that the visitor acted, and only then gets what
//! was typed before it was there; so nothing typed is lost, and all of it is kept.
//!
//! Between the two the panel is painted: who waits for it sees it and types in it before the
//! client has started. What they do there starts the client at once.

use std::cell::{Cell, RefCell};
use std::ops::Range;

use any_spawner::Executor;
use client_core::{Core, Incoming, Intent, Side};
use client_web::{Config, Shell, second};
use leptos::prelude::Owner;
use protocol::hello::ConnectVisitor;
use protocol::ids::SiteKey;
use protocol::version::PROTOCOL;
use ui::bridge::{Handle, Mirror, provide_files};
use ui::dom::{El, later, next_frame};
use ui::i18n::{Catalogue, Current, provide_catalogue};
use ui::second::provide_second;
use ui::shown::Shown;
use web_sys::WebSocket;

use crate::app;
use crate::host::{Host, Typed};
use crate::voice;

thread_local! {
    /// The running app; one per page, as there is one loader. The page keeps it for as long as it
    /// lives.
    static APP: Cell<Option<&'static App>> = const { Cell::new(None) };
}

/// Milliseconds after which the client starts in a page that is painted no more.
const UNPAINTED: i32 = 200;

/// What the loader can tell the app.
pub(crate) struct App {
    shell: Shell,
    catalogue: Current,
    /// Whether the panel is open.
    open: Shown<bool>,
    /// Where messages are written.
    input: El,
    /// Whether the client runs.
    begun: Cell<bool>,
    /// What the client starts on once the panel is painted: the visitor has acted.
    waiting: RefCell<Option<WebSocket>>,
    /// Whether the language was chosen on this page, and not merely found.
    chosen: Cell<bool>,
}

/// Calls the running app, if there is one.
pub(crate) fn with_app(act: impl FnOnce(&App)) {
    if let Some(app) = APP.get() {
        act(app);
    }
}

/// Draws the panel around a client that does not run yet; nothing when the page's key can be
/// none. It is called once: the loader never brings the same module twice.
pub(crate) fn mount(host: Host) -> Option<()> {
    let site = SiteKey::parse(&host.site())?;
    // An executor that is there already does as well.
    let _ = Executor::init_wasm_bindgen();
    let owner = Owner::new();
    owner.set();

    voice::provide();
    provide_files(client_web::files::keep, client_web::base(&host.address()));
    provide_second(second::when_here);
    let mirror = Mirror::new();
    let mut prefix = String::from("parlour/");
    prefix.push_str(site.as_str());
    prefix.push('/');
    let shell = Shell::idle(
        Config {
            socket_url: host.address(),
            storage_prefix: prefix,
            decode: Incoming::decode_for_visitor,
            decode_opening: Incoming::decode_visitor_opening,
        },
        core(Side::Visitor(hello(&host, site))),
        move |slice, core| mirror.render(slice, core),
        move |alert| mirror.alert(alert),
    );

    if !second::is_here() {
        // Before anything else that waits for it.
        second::once_here(Box::new(move || shell.complete()));
    }

    let (language, texts) = (host.language(), host.catalogue());
    let catalogue = Catalogue::parse(&language, &texts).unwrap_or_else(Catalogue::empty);
    let hands = shell;
    let stage = app::Stage {
        mirror,
        handle: Handle::new(move |intent| {
            if matches!(intent, Intent::SendDraft | Intent::PressButton { .. }) {
                // The answer needs it.
                second::prepare();
            }
            if !starts(&intent) {
                hands.dispatch(intent);
            }
        }),
        catalogue: provide_catalogue(catalogue),
        open: Shown::new(false),
    };
    let chosen = Cell::new(host.chosen());
    let app = App {
        shell,
        catalogue: stage.catalogue,
        open: stage.open,
        input: app::draw(stage, host),
        begun: Cell::new(false),
        waiting: RefCell::new(None),
        chosen,
    };
    std::mem::forget(owner);
    APP.set(Some(Box::leak(Box::new(app))));
    Some(())
}

/// The visitor's client; until the second module is here it is not the whole one.
fn core(side: Side) -> Core {
    if second::is_here() {
        Core::new(side)
    } else {
        Core::incomplete(side)
    }
}

/// Starts a client that still waits for the panel to be painted, when the visitor writes or
/// sends. Whether the intent is done with that: a draft that comes from the input is, because the
/// client takes it from there.
fn starts(intent: &Intent) -> bool {
    let mut waits = false;
    match intent {
        Intent::EditDraft { .. } => {
            with_app(|app| waits = app.waiting.borrow().is_some());
            if waits {
                // Not now: the input is telling of its text, and would be made to tell again.
                later(0, start_waiting);
            }
        }
        Intent::SendDraft => with_app(|app| {
            app.start(false);
        }),
        _ => {}
    }
    waits
}

/// The visitor's first frame, as far as this page knows it.
fn hello(host: &Host, site: SiteKey) -> ConnectVisitor {
    ConnectVisitor {
        protocol: PROTOCOL,
        site,
        token: None,
        languages: languages(host),
        // One that was chosen comes as an intent, so that it is kept.
        language: if host.chosen() {
            String::new()
        } else {
            host.language()
        },
        feeds: Vec::new(),
        page: None,
        time_zone: None,
        reduced_motion: None,
    }
}

fn languages(host: &Host) -> Vec<String> {
    let tags = host.languages();
    tags.iter().filter_map(|tag| tag.as_string()).collect()
}

impl App {
    /// The visitor acted. What they typed is in the panel at once; the client starts when that
    /// has been painted, or now if they have sent it already.
    pub(crate) fn begin(&self, socket: WebSocket, typed: &Typed) {
        let (field, is_sent) = (typed.field(), typed.is_sent());
        let text = field.value();
        if !text.is_empty() {
            self.input.put(&text, field.selected());
        }
        self.waiting.replace(Some(socket));
        if is_sent {
            self.start(true);
        } else {
            next_frame(|| later(0, start_waiting));
            later(UNPAINTED, start_waiting);
        }
    }

    /// Starts a client that waits, with what was typed before it ran; whether there was one.
    fn start(&self, is_sent: bool) -> bool {
        let Some(socket) = self.waiting.take() else {
            return false;
        };
        // Storage may hold a draft, which comes into the input.
        let (text, caret) = (self.input.value(), self.input.selected());
        self.shell.begin(Some(socket));
        self.begun.set(true);
        if self.chosen.get() {
            let language = self
                .catalogue
                .with_untracked(|texts| texts.tag().to_owned());
            self.shell.dispatch(Intent::ChooseLanguage { language });
        }
        self.shell.dispatch(Intent::Arrive(client_web::arrival()));
        self.shell.dispatch(Intent::Connect);
        if !text.is_empty() {
            self.take_over(text, caret, is_sent);
        }
        true
    }

    /// Takes what was typed: behind a draft of an earlier page, or, if the visitor already sent
    /// it, before it. The caret stays where it was.
    fn take_over(&self, text: String, caret: Range<u32>, is_sent: bool) {
        let draft = || self.shell.read(|core| core.composer().draft);
        let mut kept = draft();
        if is_sent {
            self.input.type_in(&text, caret);
            self.shell.dispatch(Intent::SendDraft);
            if !kept.is_empty() && draft().is_empty() {
                let end = units(&kept);
                self.input.type_in(&kept, end..end);
            }
            // What was refused stays in the composer, with the reason beside it.
            return;
        }
        if !kept.is_empty() {
            kept.push('\n');
        }
        let before = units(&kept);
        kept.push_str(&text);
        self.input
            .type_in(&kept, caret.start + before..caret.end + before);
    }

    /// Whether the panel is open.
    pub(crate) fn panel(&self) -> Shown<bool> {
        self.open
    }

    pub(crate) fn opened(&self, by_user: bool) {
        self.open.set(true);
        if by_user {
            self.input.focus();
        }
    }

    pub(crate) fn closed(&self) {
        self.start(false);
        self.open.set(false);
        self.shell.dispatch(Intent::LookAway);
    }

    pub(crate) fn speak(&self, language: &str, texts: &str) {
        if self.catalogue.get_untracked().tag() == language {
            return;
        }
        let Some(catalogue) = Catalogue::parse(language, texts) else {
            return;
        };
        self.catalogue.set(catalogue);
        self.chosen.set(true);
        // Before the visitor acts the client would take a stored choice for the later one.
        if self.begun.get() {
            self.shell.dispatch(Intent::ChooseLanguage {
                language: language.to_owned(),
            });
        }
    }
}

fn start_waiting() {
    with_app(|app| {
        app.start(false);
    });
}

/// The length of a text as the browser counts it.
fn units(text: &str) -> u32 {
    text.encode_utf16().count() as u32
}
