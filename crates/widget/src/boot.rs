//! From what the loader hands over to a running client and a drawn panel.
//!
//! Order matters: the client first reads storage, then is told that the visitor acted, and only
//! then gets what was typed before it was there; so nothing typed is lost, and all of it is kept.

use std::cell::RefCell;

use any_spawner::Executor;
use client_core::{Core, Incoming, Intent, Side};
use client_web::{Config, Shell};
use leptos::prelude::{GetUntracked, Owner, RwSignal, Set};
use protocol::hello::ConnectVisitor;
use protocol::ids::SiteKey;
use protocol::version::PROTOCOL;
use ui::bridge::{Handle, Mirror};
use ui::i18n::{Catalogue, Current};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::app;
use crate::host::Host;

thread_local! {
    /// The running app; one per page, as there is one loader.
    static APP: RefCell<Option<App>> = const { RefCell::new(None) };
}

/// What the loader can tell the app.
#[derive(Clone)]
pub(crate) struct App {
    shell: Shell,
    panel: HtmlElement,
    catalogue: Current,
    /// Whether the panel is open.
    open: RwSignal<bool>,
}

/// Calls the running app, if there is one. It is not held while it works.
pub(crate) fn with_app(act: impl FnOnce(&App)) {
    let app = APP.with_borrow(Clone::clone);
    if let Some(app) = app {
        act(&app);
    }
}

/// Starts the client and draws the panel. A key that can be none, or a second call, does nothing.
pub(crate) fn mount(host: Host) {
    let Some(site) = SiteKey::parse(&host.site()) else {
        return;
    };
    if APP.with_borrow(Option::is_some) {
        return;
    }
    // An executor that is there already does as well.
    let _ = Executor::init_wasm_bindgen();
    let owner = Owner::new();
    owner.set();

    let mirror = Mirror::new();
    let socket = host.socket();
    let mut prefix = String::from("parlour/");
    prefix.push_str(site.as_str());
    prefix.push('/');
    let shell = Shell::start(
        Config {
            socket_url: socket.url(),
            early_socket: Some(socket),
            storage_prefix: prefix,
            decode: Incoming::decode_for_visitor,
        },
        Core::new(Side::Visitor(hello(&host, site))),
        move |slice, core| mirror.render(slice, core),
        move |alert| mirror.alert(alert),
    );

    let language = host.language();
    let texts = host.catalogue();
    let catalogue = Catalogue::parse(&language, &texts).unwrap_or_else(Catalogue::empty);
    let hands = shell.clone();
    let stage = app::Stage {
        mirror,
        handle: Handle::new(move |intent| hands.dispatch(intent)),
        catalogue: RwSignal::new_local(catalogue),
        open: RwSignal::new(host.open()),
    };
    let app = App {
        shell,
        panel: host.panel(),
        catalogue: stage.catalogue,
        open: stage.open,
    };
    if host.chosen() {
        app.shell.dispatch(Intent::ChooseLanguage { language });
    }
    app.shell.dispatch(Intent::Connect);
    app.take_over(host.draft(), host.send());
    let focus = host.focus();
    app::draw(stage, host);
    if focus {
        app.focus();
    }
    // The page keeps the app for as long as it lives.
    std::mem::forget(owner);
    APP.set(Some(app));
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
    }
}

fn languages(host: &Host) -> Vec<String> {
    let tags = host.languages();
    tags.iter().filter_map(|tag| tag.as_string()).collect()
}

impl App {
    /// Takes what was typed into the loader's input: behind a draft of an earlier page, or, if
    /// the visitor already sent it, before it.
    fn take_over(&self, typed: String, send: bool) {
        if typed.is_empty() {
            return;
        }
        let mut kept = self.shell.read(|core| core.composer().draft);
        if send {
            self.shell.dispatch(Intent::EditDraft { text: typed });
            self.shell.dispatch(Intent::SendDraft);
            let left = self.shell.read(|core| core.composer().draft);
            if kept.is_empty() || !left.is_empty() {
                // What was refused stays in the composer, with the reason beside it.
                return;
            }
        } else {
            if !kept.is_empty() {
                kept.push('\n');
            }
            kept.push_str(&typed);
        }
        self.shell.dispatch(Intent::EditDraft { text: kept });
    }

    pub(crate) fn opened(&self, by_user: bool) {
        self.open.set(true);
        if by_user {
            self.focus();
        }
    }

    pub(crate) fn closed(&self) {
        self.open.set(false);
        self.shell.dispatch(Intent::LookAway);
    }

    pub(crate) fn speak(&self, language: &str, texts: &str) {
        if self.catalogue.get_untracked().tag() == language {
            return;
        }
        if let Some(catalogue) = Catalogue::parse(language, texts) {
            self.catalogue.set(catalogue);
            self.shell.dispatch(Intent::ChooseLanguage {
                language: language.to_owned(),
            });
        }
    }

    /// Puts the keyboard into the composer; the loader's own input may still be there.
    fn focus(&self) {
        let input = self
            .panel
            .query_selector("textarea.composer-input")
            .ok()
            .flatten();
        if let Some(input) = input.and_then(|input| input.dyn_into::<HtmlElement>().ok()) {
            // A browser that refuses leaves the keyboard where it is.
            let _ = input.focus();
        }
    }
}
