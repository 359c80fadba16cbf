//! The running client of the agent who is signed in: core and shell, and what screens see of
//! them.
//!
//! Invariant: one client at a time, and it is the signed-in agent's. What an agent writes is
//! kept under their own part of the storage, so a client may end at any moment.

use std::rc::Rc;

use client_core::view::{BannerView, DeskView};
use client_core::{Alert, Core, Incoming, Intent, Side};
use client_web::notify::TitleCount;
use client_web::{Config, Shell};
use leptos::prelude::*;
use protocol::author::AgentRef;
use protocol::error::ErrorCode;
use protocol::ids::{AgentId, ConversationId, MessageId};
use ui::bridge::{Handle, Mirror, provide_bridge, provide_files, provide_message_links};
use ui::i18n::{Key, use_catalogue};
use ui::second::provide_second;

use crate::bell::Bell;
use crate::browser::preferences::{Choice, agent_prefix};
use crate::browser::{clipboard, favicon};
use crate::contacts::contact_name;
use crate::routes;
use crate::session::Session;
use crate::voice;

const SOCKET_PATH: &str = "/v1/socket";
/// The stored word for "no sound"; everything else, nothing too, means sound.
const MUTED: &str = "off";
/// The stored word for "on the desktop, too"; nothing means no.
const WANTED: &str = "on";

/// What screens need beside the mirror and the handle. Copied freely.
#[derive(Clone, Copy)]
pub(crate) struct Client {
    agent: StoredValue<AgentRef>,
    /// What was refused last of what agents do about a conversation, until it is dismissed.
    pub(crate) refused: RwSignal<Option<RefusedAction>>,
    /// Whether a new visitor message makes a sound.
    pub(crate) sound: RwSignal<bool>,
    /// The conversation of the offer that was accepted last here: it wants to be opened.
    pub(crate) led_to: RwSignal<Option<ConversationId>>,
    /// Whether offers, mentions and calls for help may show on the desktop, outside the page.
    pub(crate) on_desktop: RwSignal<bool>,
}

/// A take, join, leave or new live status that was refused; or a conversation that is out of reach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RefusedAction {
    /// In which conversation.
    pub(crate) conversation: ConversationId,
    /// Why.
    pub(crate) code: ErrorCode,
    /// Who came to help first.
    pub(crate) by: Option<AgentRef>,
}

impl Client {
    /// Starts the agent's client under the current owner and ends it with that owner. Mirror,
    /// handle and client are there for every component below.
    pub(crate) fn start(agent: AgentRef, session: Session) -> Self {
        let client = Self {
            agent: StoredValue::new(agent.clone()),
            refused: RwSignal::new(None),
            sound: RwSignal::new(Choice::Sound.read().as_deref() != Some(MUTED)),
            led_to: RwSignal::new(None),
            on_desktop: RwSignal::new(Choice::Desktop.read().as_deref() == Some(WANTED)),
        };
        let mirror = Mirror::new();
        let bell = Bell::hang(mirror);
        let ringing = Rc::clone(&bell);
        let config = Config {
            socket_url: socket_url(),
            storage_prefix: agent_prefix(&agent.id),
            decode: Incoming::decode_for_agent,
            decode_opening: |text| Incoming::decode_for_agent(text).ok(),
        };
        let shell = Shell::start(
            config,
            Core::new(Side::Agent(agent.id.clone())),
            move |slice, core| mirror.render(slice, core),
            move |alert| {
                client.take_alert(&alert, &ringing);
                // The rest is told by the parts of the page that show it.
                if matches!(
                    alert,
                    Alert::MessageArrived { .. }
                        | Alert::NoteArrived { .. }
                        | Alert::Mentioned(_)
                        | Alert::SendFailed
                ) {
                    mirror.alert(alert);
                }
            },
        );
        let hands = shell;
        voice::provide();
        provide_second(client_web::second::when_here);
        provide_files(client_web::files::keep, client_web::base(&socket_url()));
        provide_message_links(copy_link);
        provide_bridge(mirror, Handle::new(move |intent| hands.dispatch(intent)));
        provide_context(client);
        follow_unread(mirror);
        leave_when_refused(mirror, session);
        shell.dispatch(Intent::Connect);
        let shell = StoredValue::new_local(shell);
        on_cleanup(move || {
            // Nothing is being read or written any more: the core saves what waits to be saved.
            shell.with_value(|shell| {
                voice::end();
                shell.dispatch(Intent::SelectConversation(None));
                shell.stop();
            });
        });
        client
    }

    /// What screens need of a client, without one: for tests.
    #[cfg(all(test, target_arch = "wasm32"))]
    pub(crate) fn without_core(agent: AgentRef) -> Self {
        Self {
            agent: StoredValue::new(agent),
            refused: RwSignal::new(None),
            sound: RwSignal::new(false),
            led_to: RwSignal::new(None),
            on_desktop: RwSignal::new(false),
        }
    }

    /// The agent's id.
    pub(crate) fn agent_id(self) -> AgentId {
        self.agent.with_value(|agent| agent.id.clone())
    }

    /// The agent's name.
    pub(crate) fn agent_name(self) -> String {
        self.agent.with_value(|agent| agent.name.clone())
    }

    /// Turns the sound on or off, for later pages too.
    pub(crate) fn choose_sound(self, on: bool) {
        self.sound.set(on);
        if on {
            Choice::Sound.forget();
        } else {
            Choice::Sound.write(MUTED);
        }
    }

    /// Shows offers on the desktop from now on, or no longer, for later pages too.
    pub(crate) fn choose_desktop(self, on: bool) {
        self.on_desktop.set(on);
        if on {
            Choice::Desktop.write(WANTED);
        } else {
            Choice::Desktop.forget();
        }
    }

    fn take_alert(self, alert: &Alert, bell: &Rc<Bell>) {
        match alert {
            Alert::MessageArrived { .. } => {
                if self.sound.get_untracked() {
                    bell.chime.play();
                }
            }
            Alert::OfferRings {
                offer,
                channel,
                contact,
            } => {
                if self.sound.get_untracked() {
                    bell.ring(offer);
                }
                if self.on_desktop.get_untracked() && document().hidden() {
                    bell.show_note(offer, channel, contact);
                }
            }
            Alert::Mentioned(mention) => {
                if self.sound.get_untracked() {
                    bell.tell_mention(&mention.note);
                }
                if self.on_desktop.get_untracked() && document().hidden() {
                    bell.show_mention(mention);
                }
            }
            // Whoever has the conversation open sees it; there is nothing to answer.
            Alert::NoteArrived { .. } => {}
            Alert::LeadTo(conversation) => self.led_to.set(Some(conversation.clone())),
            Alert::ActionRefused {
                conversation,
                code,
                by,
            } => self.refused.set(Some(RefusedAction {
                conversation: conversation.clone(),
                code: *code,
                by: by.clone(),
            })),
            Alert::HelpWanted {
                conversation,
                by,
                contact,
            } => {
                if self.sound.get_untracked() {
                    bell.tell_call(conversation);
                }
                if self.on_desktop.get_untracked() && document().hidden() {
                    bell.show_call(conversation, by.as_ref(), contact);
                }
            }
            Alert::SendFailed => {}
        }
    }
}

/// The client of the app around this component.
pub(crate) fn use_client() -> Client {
    expect_context()
}

/// Shows the number of unread messages in the tab's title and icon; and while a session is held
/// out to the agent, from whom.
fn follow_unread(mirror: Mirror) {
    let title = StoredValue::new_local(TitleCount::new());
    let (plain, texts) = (document().title(), use_catalogue());
    let own = plain.clone();
    let oldest = Memo::new(move |_| {
        let offer = |desk: &DeskView| Some(desk.offers.first()?.offer.contact.clone());
        mirror.desk.with(offer)
    });
    Effect::new(move || {
        let unread = mirror.roster.with(|roster| roster.unread);
        let offered = oldest.get().map(|contact| {
            texts.with(|texts| {
                let name = contact_name(texts, &contact);
                texts.text_with(Key::AGENT_OFFERS_TITLE, &[("name", name.as_str())])
            })
        });
        let wanted = offered.as_deref().unwrap_or(&plain);
        title.with_value(|title| title.rename(wanted, unread));
        favicon::show(unread > 0 || offered.is_some());
    });
    on_cleanup(move || {
        title.with_value(|title| title.rename(&own, 0));
        favicon::show(false);
    });
}

/// Tells the session when the server does not take it, or takes it for another agent's.
fn leave_when_refused(mirror: Mirror, session: Session) {
    Effect::new(move || {
        let over = matches!(
            mirror.banner.get(),
            BannerView::Refused {
                code: ErrorCode::Expired | ErrorCode::Unauthenticated
            }
        );
        if over {
            session.refused();
        }
    });
}

/// Copies a message's address on the page's own origin.
fn copy_link(conversation: &ConversationId, message: &MessageId, told: Box<dyn FnOnce(bool)>) {
    let mut address = window().location().origin().unwrap_or_default();
    address.push_str(&routes::href(&routes::message_path(conversation, message)));
    clipboard::copy(&address, told);
}

/// The socket on the page's own origin.
fn socket_url() -> String {
    let location = web_sys::window().map(|window| window.location());
    let part = |read: fn(&web_sys::Location) -> Result<String, wasm_bindgen::JsValue>| {
        location
            .as_ref()
            .and_then(|location| read(location).ok())
            .unwrap_or_default()
    };
    let scheme = match part(web_sys::Location::protocol).as_str() {
        "https:" => "wss:",
        _ => "ws:",
    };
    format!("{scheme}//{}{SOCKET_PATH}", part(web_sys::Location::host))
}
