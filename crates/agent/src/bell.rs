//! Making the agent aware beyond what the page shows: sounds, and notes on the desktop.

use std::rc::Rc;

use client_core::view::RosterHeading;
use client_web::desktop::DesktopNote;
use client_web::notify::Chime;
use client_web::page_lock::PageLock;
use leptos::ev;
use leptos::prelude::*;
use protocol::agent::Mention;
use protocol::author::AgentRef;
use protocol::conversation::ContactRef;
use protocol::ids::{ChannelId, ConversationId, MessageId, OfferId};
use ui::bridge::Mirror;
use ui::i18n::{Current, Key, author_name, use_catalogue};

use crate::contacts::contact_name;

/// The bell.
pub(crate) struct Bell {
    pub(crate) chime: Chime,
    ringing: PageLock,
    telling: PageLock,
    calling: PageLock,
    note: DesktopNote,
    mention: DesktopNote,
    call: DesktopNote,
    texts: Current,
    mirror: Mirror,
}

impl Bell {
    /// A bell that is armed by whatever the agent does first, and whose note goes when nothing
    /// is offered any more.
    pub(crate) fn hang(mirror: Mirror) -> Rc<Self> {
        let bell = Rc::new(Self {
            chime: Chime::default(),
            ringing: PageLock::default(),
            telling: PageLock::default(),
            calling: PageLock::default(),
            note: DesktopNote::default(),
            mention: DesktopNote::default(),
            call: DesktopNote::default(),
            texts: use_catalogue(),
            mirror,
        });
        let (pressed, typed, quiet) = (bell.clone(), bell.clone(), bell.clone());
        let by_pointer = window_event_listener(ev::pointerdown, move |_| pressed.chime.arm());
        let by_key = window_event_listener(ev::keydown, move |_| typed.chime.arm());
        on_cleanup(move || {
            by_pointer.remove();
            by_key.remove();
        });
        let none = Memo::new(move |_| mirror.desk.with(|desk| desk.offers.is_empty()));
        Effect::new(move || {
            if none.get() {
                quiet.note.clear();
            }
        });
        let (unseen, seen) = (mirror.mentions, bell.clone());
        let all_seen = Memo::new(move |_| unseen.with(|mentions| mentions.unseen == 0));
        Effect::new(move || {
            if all_seen.get() {
                seen.mention.clear();
            }
        });
        let (roster, helped) = (mirror.roster, bell.clone());
        let no_call = Memo::new(move |_| {
            roster.with(|roster| {
                let mut groups = roster.groups.iter();
                groups.all(|group| group.heading != RosterHeading::Help)
            })
        });
        Effect::new(move || {
            if no_call.get() {
                helped.call.clear();
            }
        });
        bell
    }

    /// Makes a mention heard, unless another page of this browser does.
    pub(crate) fn tell_mention(self: &Rc<Self>, note: &MessageId) {
        let bell = Rc::clone(self);
        self.telling
            .act(&format!("parlour-agent/mention/{note}"), move || {
                bell.chime.play();
            });
    }

    /// Shows on the desktop who mentions the agent.
    pub(crate) fn show_mention(&self, mention: &Mention) {
        let title = self.texts.with_untracked(|texts| {
            let name = author_name(texts, &mention.author);
            let mut words = vec![("name", name.as_str())];
            match &mention.team {
                Some(team) => {
                    words.push(("team", &team.name));
                    texts.text_with(Key::AGENT_MENTION_TITLE_TEAM, &words)
                }
                None => texts.text_with(Key::AGENT_MENTION_TITLE, &words),
            }
        });
        self.mention
            .show(mention.note.as_str(), &title, &mention.text);
    }

    /// Makes a call for help heard, unless another page of this browser does.
    pub(crate) fn tell_call(self: &Rc<Self>, conversation: &ConversationId) {
        let bell = Rc::clone(self);
        self.calling
            .act(&format!("parlour-agent/help/{conversation}"), move || {
                bell.chime.play();
            });
    }

    /// Shows on the desktop who wants the agent's help, and with whom.
    pub(crate) fn show_call(
        &self,
        conversation: &ConversationId,
        by: Option<&AgentRef>,
        contact: &ContactRef,
    ) {
        let (title, text) = self.texts.with_untracked(|texts| {
            let name = contact_name(texts, contact);
            let mut words = vec![("name", name.as_str())];
            let title = match by {
                Some(agent) => {
                    words.push(("agent", &agent.name));
                    texts.text_with(Key::AGENT_HELP_TITLE_BY, &words)
                }
                None => texts.text_with(Key::AGENT_HELP_TITLE, &words),
            };
            (title, texts.text(Key::AGENT_OFFERS_OWN_EXPERTISE))
        });
        self.call.show(conversation.as_str(), &title, &text);
    }

    /// Rings for an offer, unless another page of this browser does.
    pub(crate) fn ring(self: &Rc<Self>, offer: &OfferId) {
        let bell = Rc::clone(self);
        self.ringing
            .act(&format!("parlour-agent/ring/{offer}"), move || {
                bell.chime.ring();
            });
    }

    /// Shows on the desktop that somebody wants an answer.
    pub(crate) fn show_note(&self, offer: &OfferId, channel: &ChannelId, contact: &ContactRef) {
        let channel = self
            .mirror
            .roster
            .with_untracked(|roster| roster.channel_name(channel).map(str::to_owned));
        let title = self.texts.with_untracked(|texts| {
            let name = contact_name(texts, contact);
            texts.text_with(Key::AGENT_OFFERS_TITLE, &[("name", name.as_str())])
        });
        let text = channel.unwrap_or_default();
        self.note.show(offer.as_str(), &title, &text);
    }
}
