//! Everybody in a story, what happens to them, and what must hold at its end.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use client_core::view::{
    AnswerState, BannerView, DeliveryState, MessageRow, RosterPhase, RowContent, Segment,
    TimelineView,
};
use client_core::{Event, Intent, Mode};
use proptest::prelude::TestCaseError;
use protocol::conversation::LiveStatus;
use protocol::error::ErrorCode;
use protocol::feed::Feed;
use protocol::ids::ConversationId;
use protocol::seq::Position;
use protocol::typing::TypingChanged;
use protocol::visitor::{FetchMessages, VisitorFrame};
use server_core::domain::Principal;
use server_core::ports::Clock;

use crate::Step;
use crate::page::{Browser, Page, Person};
use crate::server::{Server, StoryClock};

/// Two tabs of one visitor, another visitor, two screens of an agent.
pub(crate) const PAGES: usize = 5;

pub(crate) struct World {
    clock: Arc<StoryClock>,
    server: Server,
    pages: Vec<Page>,
    /// Every line that was sent.
    said: BTreeSet<String>,
    /// Every line that was left as a private note.
    noted: BTreeSet<String>,
    /// Every line of which somebody wanted to change the message.
    changed: BTreeSet<String>,
}

/// What notes say that were changed.
const HUSHED: &str = "hushed up";

impl World {
    pub(crate) fn new(seed: u64) -> Self {
        // 2026-11-22, a Sunday.
        let clock = Arc::new(StoryClock::at(1_795_344_000_000));
        let server = Server::new(clock.clone(), seed);
        let mut world = Self {
            clock,
            server,
            pages: Vec::new(),
            said: BTreeSet::new(),
            noted: BTreeSet::new(),
            changed: BTreeSet::new(),
        };
        let first: Browser = Rc::new(RefCell::new(BTreeMap::new()));
        let other: Browser = Rc::new(RefCell::new(BTreeMap::new()));
        let (support, sales) = ("demo-support", "demo-sales");
        world.open("tab one", Person::Visitor, support, &first, seed ^ 1);
        world.open("tab two", Person::Visitor, support, &first, seed ^ 2);
        // Where no chatbot is.
        world.open("neighbour", Person::Visitor, sales, &other, seed ^ 3);
        for (name, seed) in [("desk", seed ^ 4), ("laptop", seed ^ 5)] {
            let browser: Browser = Rc::new(RefCell::new(BTreeMap::new()));
            world.open(name, Person::Agent, support, &browser, seed);
        }
        assert_eq!(world.pages.len(), PAGES);
        world
    }

    fn open(
        &mut self,
        name: &'static str,
        person: Person,
        site: &'static str,
        browser: &Browser,
        seed: u64,
    ) {
        let now = self.clock.now();
        let page = Page::open(name, person, site, browser.clone(), seed, now);
        self.pages.push(page);
    }

    pub(crate) fn happen(&mut self, step: &Step) {
        self.take_place(step);
        self.tell_storage();
    }

    /// Pages hear what other pages of their browser stored.
    fn tell_storage(&mut self) {
        let now = self.clock.now();
        for from in 0..self.pages.len() {
            for key in std::mem::take(&mut self.pages[from].touched) {
                let browser = self.pages[from].browser.clone();
                for to in 0..self.pages.len() {
                    if to != from && Rc::ptr_eq(&browser, &self.pages[to].browser) {
                        let key = key.clone();
                        let value = browser.borrow().get(&key).cloned();
                        self.pages[to].bring(now, Event::StorageChanged { key, value });
                    }
                }
            }
        }
    }

    fn take_place(&mut self, step: &Step) {
        let now = self.clock.now();
        let pages = &mut self.pages;
        match *step {
            Step::Say { page } => {
                let page = &mut pages[page as usize];
                let writes =
                    page.person == Person::Visitor || page.core.timeline().conversation.is_some();
                if writes && !page.closed {
                    let is_note = page.core.composer().notes.mode == Mode::Note;
                    let text = page.say(now);
                    if is_note {
                        self.noted.insert(text);
                    } else {
                        self.said.insert(text);
                    }
                }
            }
            Step::Change { page, nth, deletes } => self.change(page as usize, nth, deletes),
            Step::Quote { page, nth } => {
                let quoted = &mut pages[page as usize];
                let rows = message_rows(&quoted.core.timeline());
                let fit: Vec<_> = rows.into_iter().filter(|row| row.1.actions.reply).collect();
                if !fit.is_empty() && !quoted.closed {
                    let key = fit[usize::from(nth) % fit.len()].0.clone();
                    quoted.wish(now, Intent::ReplyTo { key });
                    self.take_place(&Step::Say { page });
                }
            }
            Step::Up { page, frames } => self.up(page as usize, frames as usize),
            Step::Down { page, frames } => self.down(page as usize, frames as usize),
            Step::Double { page } => {
                if let Some(wire) = &mut pages[page as usize].wire
                    && let Some(frame) = wire.down.front().cloned()
                {
                    wire.down.push_front(frame);
                }
            }
            Step::Cut { page } => pages[page as usize].cut(now),
            Step::Swallow { page } => {
                if let Some(wire) = &mut pages[page as usize].wire {
                    wire.swallows = true;
                    wire.up.clear();
                    wire.down.clear();
                }
            }
            Step::Wait { millis } => self.wait(i64::from(millis)),
            Step::Reload { page } => self.reload(page as usize),
            Step::Close { page } => pages[page as usize].close(),
            Step::Blink { page } => {
                pages[page as usize].bring(now, Event::PageHidden);
                pages[page as usize].bring(now, Event::PageShown);
            }
            Step::Select { page, conversation } => {
                let page = &mut pages[page as usize];
                if page.person == Person::Agent {
                    let rows: Vec<ConversationId> = page
                        .core
                        .roster()
                        .groups
                        .iter()
                        .flat_map(|group| &group.rows)
                        .map(|row| row.summary.id.clone())
                        .collect();
                    let chosen = rows.get(conversation as usize).cloned();
                    page.wish(now, Intent::SelectConversation(chosen));
                    page.wish(now, Intent::LookAtNewest { in_view: true });
                }
            }
            Step::Mode { page } => {
                let page = &mut pages[page as usize];
                let mode = match page.core.composer().notes.mode {
                    Mode::Reply => Mode::Note,
                    Mode::Note => Mode::Reply,
                };
                page.wish(now, Intent::ChooseMode(mode));
            }
            Step::Attend { page, how } => {
                let page = &mut pages[page as usize];
                let shown = page.core.timeline().conversation;
                if let (Person::Agent, Some(id)) = (page.person, shown) {
                    page.wish(
                        now,
                        match how {
                            0 => Intent::TakeConversation(id),
                            1 => Intent::JoinConversation(id),
                            2 => Intent::LeaveConversation(id),
                            3 => Intent::HelpIn(id),
                            _ => Intent::SetLiveStatus {
                                conversation: id,
                                status: match how {
                                    4 => LiveStatus::LookingForHelp,
                                    5 => LiveStatus::WaitingForCustomer,
                                    _ => LiveStatus::InProgress,
                                },
                            },
                        },
                    );
                }
            }
            Step::Press { page, button } => {
                let page = &mut pages[page as usize];
                if let Some(press) = pressing(&page.core.timeline(), button as usize) {
                    page.wish(now, press);
                }
            }
            Step::BeginAgain { page } => pages[page as usize].wish(now, Intent::RestartChatbot),
            Step::Older { page } => pages[page as usize].wish(now, Intent::LoadOlder),
            Step::Kill => self.kill(Server::restart),
            Step::LoseFeeds => self.kill(Server::lose_feeds),
        }
    }

    /// Somebody changes a message of theirs on a page, if there is one they can.
    fn change(&mut self, page: usize, nth: u8, deletes: bool) {
        let now = self.clock.now();
        let page = &mut self.pages[page];
        let rows = message_rows(&page.core.timeline());
        let own: Vec<_> = rows
            .into_iter()
            .filter(|(_, row)| row.actions.change_until.is_some_and(|until| until >= now))
            .collect();
        if own.is_empty() || page.closed {
            return;
        }
        let (key, row) = own[usize::from(nth) % own.len()].clone();
        self.changed.extend(lines(&[words(&row)]));
        if deletes {
            page.wish(now, Intent::DeleteMessage { key });
            return;
        }
        page.wish(now, Intent::EditMessage { key });
        if page.core.composer().aim.is_some_and(|aim| aim.edits) {
            let text = match row.note {
                Some(_) => HUSHED.to_owned(),
                None => format!("put {nth} otherwise"),
            };
            page.wish(now, Intent::EditDraft { text });
            page.wish(now, Intent::SendDraft);
        }
    }

    /// Whoever changed a message too late, or one that was deleted meanwhile, gives that up.
    fn give_up(&mut self) {
        for page in 0..PAGES {
            let conversations: Vec<Option<ConversationId>> = match self.pages[page].person {
                Person::Visitor => vec![None],
                Person::Agent => {
                    let roster = self.pages[page].core.roster();
                    let rows = roster.groups.into_iter().flat_map(|group| group.rows);
                    rows.map(|row| Some(row.summary.id)).collect()
                }
            };
            for conversation in conversations {
                let now = self.clock.now();
                if conversation.is_some() {
                    self.pages[page].wish(now, Intent::SelectConversation(conversation));
                }
                self.travel();
                self.load_all(page);
                for (key, row) in message_rows(&self.pages[page].core.timeline()) {
                    if row.state == Some(DeliveryState::Failed) {
                        let known = [ErrorCode::EditTooLate, ErrorCode::NotFound];
                        assert!(row.problem.is_some_and(|code| known.contains(&code)));
                        // Each change of the message by itself.
                        for _ in 0..20 {
                            let key = key.clone();
                            self.pages[page].wish(now, Intent::DiscardMessage { key });
                        }
                        self.tell_storage();
                    }
                }
            }
        }
        self.travel();
        let left = self.pages.iter().any(|page| is_left(page, |_| true));
        assert!(!left, "left in storage");
    }

    fn load_all(&mut self, page: usize) {
        for _ in 0..50 {
            if !self.pages[page].core.timeline().has_older {
                break;
            }
            self.pages[page].wish(self.clock.now(), Intent::LoadOlder);
            self.travel();
        }
    }

    fn reload(&mut self, page: usize) {
        let now = self.clock.now();
        let page = &mut self.pages[page];
        let selected = page.core.timeline().conversation;
        page.reload(now);
        if page.person == Person::Agent {
            page.wish(now, Intent::SelectConversation(selected));
        }
    }

    /// Opens closed pages: those of browsers without any other page, or all of them.
    fn open_closed(&mut self, all: bool) {
        for at in 0..self.pages.len() {
            let alone = !self
                .pages
                .iter()
                .any(|other| !other.closed && Rc::ptr_eq(&other.browser, &self.pages[at].browser));
            if self.pages[at].closed && (alone || all) {
                self.reload(at);
            }
        }
    }

    fn kill(&mut self, then: fn(&mut Server)) {
        then(&mut self.server);
        let now = self.clock.now();
        for page in &mut self.pages {
            page.cut(now);
        }
    }

    /// Frames reach the server and are answered onto the wire.
    fn up(&mut self, page: usize, frames: usize) {
        for _ in 0..frames {
            let Some(wire) = &mut self.pages[page].wire else {
                return;
            };
            let Some(text) = wire.up.pop_front() else {
                return;
            };
            let mut answers = Vec::new();
            let typing = self.server.answer(&mut wire.peer, &text, &mut answers);
            wire.down.extend(answers);
            self.tell_news();
            self.server.speak();
            if let Some((to, frame)) = typing {
                self.tell_typing(page, &to, frame);
            }
        }
    }

    fn tell_news(&mut self) {
        for (contact, frame) in self.server.take_news() {
            for page in &mut self.pages {
                if let Some(wire) = &mut page.wire
                    && !wire.swallows
                    && matches!(&wire.peer.who, Some(Principal::Visitor(visitor)) if visitor.contact == contact)
                {
                    wire.down.push_back(frame.clone());
                }
            }
        }
    }

    fn tell_typing(&mut self, from: usize, to: &[Feed], frame: TypingChanged) {
        let author = self.pages[from].name;
        let text = VisitorFrame::TypingChanged(frame).encode();
        for page in &mut self.pages {
            let is_author = match (page.name, author) {
                ("tab one" | "tab two", "tab one" | "tab two") => true,
                ("desk" | "laptop", "desk" | "laptop") => true,
                (name, author) => name == author,
            };
            if let Some(wire) = &mut page.wire
                && !is_author
                && to.iter().any(|feed| wire.peer.follows.contains_key(feed))
            {
                wire.down.push_back(text.clone());
            }
        }
    }

    /// The server reads its feeds for a page, and frames reach the page.
    fn down(&mut self, page: usize, frames: usize) {
        let now = self.clock.now();
        let page = &mut self.pages[page];
        if let Some(wire) = &mut page.wire {
            let mut entries = Vec::new();
            self.server.read_feeds(&mut wire.peer, &mut entries);
            if wire.swallows {
                wire.down.clear();
                return;
            }
            wire.down.extend(entries);
        }
        for _ in 0..frames {
            let Some(text) = page.wire.as_mut().and_then(|wire| wire.down.pop_front()) else {
                return;
            };
            if page.person == Person::Visitor {
                let is_in = |noted: &String| text.contains(&format!("\"{noted}\""));
                assert!(!self.noted.iter().any(is_in), "a visitor is told {text}");
                assert!(!text.contains(HUSHED), "a visitor is told {text}");
            }
            page.receive(now, &text);
        }
    }

    /// Time passes; timers run out one after another, at their moments.
    fn wait(&mut self, millis: i64) {
        let end = self.clock.now().0 + millis;
        loop {
            let now = self.clock.now().0;
            let next = self.pages.iter().filter_map(Page::next_timer).min();
            let Some(next) = next.filter(|next| *next <= end) else {
                self.clock.advance(end - now);
                self.server.speak();
                return;
            };
            self.clock.advance((next - now).max(0));
            self.server.speak();
            let now = self.clock.now();
            for page in &mut self.pages {
                page.fire(now);
            }
            self.tell_storage();
        }
    }

    /// Everything on its way arrives, and everything that follows from it.
    fn travel(&mut self) {
        loop {
            let mut moved = false;
            for page in 0..self.pages.len() {
                let busy = |page: &Page| {
                    page.wire
                        .as_ref()
                        .is_some_and(|wire| !wire.up.is_empty() || !wire.down.is_empty())
                };
                self.down(page, 0);
                moved |= busy(&self.pages[page]);
                self.up(page, 1000);
                self.down(page, 1000);
                self.tell_storage();
            }
            if !moved {
                return;
            }
        }
    }

    /// The network is good again, and stays so for a while. What closed pages left is sent by
    /// those that live; then all are opened.
    pub(crate) fn heal(&mut self) {
        self.open_closed(false);
        self.settle();
        self.open_closed(true);
        self.settle();
        self.give_up();
    }

    fn settle(&mut self) {
        for _ in 0..600 {
            self.travel();
            let waiting = self.pages.iter().any(|page| is_left(page, is_due));
            let mut open = self.pages.iter().filter(|page| !page.closed);
            let offline = open
                .clone()
                .any(|page| page.core.banner() != BannerView::None);
            let swallowed = open.any(|page| page.wire.as_ref().is_none_or(|wire| wire.swallows));
            let speaking = self.server.speak();
            if !waiting && !offline && !swallowed && !speaking {
                break;
            }
            self.wait(1_000);
        }
        self.travel();
        let left = self.pages.iter().any(|page| is_left(page, is_due));
        assert!(!left, "left in storage");
    }

    pub(crate) fn check(&mut self) -> Result<(), TestCaseError> {
        let fail = |why: String| Err(TestCaseError::fail(why));
        for page in 0..PAGES {
            if self.pages[page].core.banner() != BannerView::None {
                return fail(format!("{} is not connected", self.pages[page].name));
            }
            if self.pages[page].person == Person::Agent {
                self.check_agent(page)?;
            } else if self.pages[page].core.timeline().conversation.is_some() {
                self.check_shown(page)?;
            } else if is_own_left(&self.pages[page].core.timeline()) {
                return fail(format!("{} kept rows to itself", self.pages[page].name));
            }
        }
        let mut all = self.pages[0]
            .core
            .timeline()
            .conversation
            .map_or_else(Vec::new, |id| lines(&self.fetched(0, &id)));
        if let Some(id) = self.pages[2].core.timeline().conversation {
            all.extend(lines(&self.fetched(2, &id)));
        }
        let unique: BTreeSet<_> = all.iter().cloned().collect();
        if unique.len() != all.len() {
            return fail(format!("doubled: {all:?}"));
        }
        let lost: Vec<_> = self.said.difference(&unique).collect();
        if !lost.iter().all(|line| self.changed.contains(*line)) || !unique.is_subset(&self.said) {
            return fail(format!("lost: {lost:?}"));
        }
        self.check_notes()
    }

    /// Agents have every answer and every note, each once.
    fn check_notes(&self) -> Result<(), TestCaseError> {
        let conversations = [0, 2]
            .into_iter()
            .filter_map(|visitor| self.pages[visitor].core.timeline().conversation);
        let desk = PAGES - 1;
        let all: Vec<String> = conversations
            .flat_map(|id| lines(&self.fetched(desk, &id)))
            .collect();
        let unique: BTreeSet<_> = all.iter().cloned().collect();
        let wanted: BTreeSet<_> = self.said.union(&self.noted).cloned().collect();
        let lost = wanted.difference(&unique);
        let is_explained = lost.into_iter().all(|line| self.changed.contains(line));
        if unique.len() != all.len() || !unique.is_subset(&wanted) || !is_explained {
            return Err(TestCaseError::fail(format!(
                "agents have {all:?}, noted were {:?}",
                self.noted
            )));
        }
        Ok(())
    }

    /// An agent's list is complete, and each conversation in it equals a fresh fetch.
    fn check_agent(&mut self, page: usize) -> Result<(), TestCaseError> {
        let roster = self.pages[page].core.roster();
        if roster.phase != RosterPhase::Ready {
            return Err(TestCaseError::fail("an agent's list never came"));
        }
        let mut rows = Vec::new();
        for group in roster.groups {
            rows.extend(group.rows);
        }
        let conversations: BTreeSet<_> = [0, 2]
            .into_iter()
            .filter_map(|visitor| self.pages[visitor].core.timeline().conversation)
            .collect();
        let listed: BTreeSet<_> = rows.iter().map(|row| row.summary.id.clone()).collect();
        if listed != conversations {
            return Err(TestCaseError::fail(format!(
                "{}: list {listed:?}, conversations {conversations:?}",
                self.pages[page].name
            )));
        }
        for id in listed {
            let now = self.clock.now();
            self.pages[page].wish(now, Intent::SelectConversation(Some(id)));
            self.pages[page].wish(now, Intent::LookAtNewest { in_view: true });
            self.travel();
            self.check_shown(page)?;
        }
        self.travel();
        let unread = self.pages[page].core.roster().unread;
        if unread != 0 {
            return Err(TestCaseError::fail(format!(
                "{unread} unread after reading all"
            )));
        }
        Ok(())
    }

    /// The conversation on screen equals a fresh fetch.
    fn check_shown(&mut self, page: usize) -> Result<(), TestCaseError> {
        self.load_all(page);
        let view = self.pages[page].core.timeline();
        let name = self.pages[page].name;
        let id = view.conversation.clone().unwrap();
        let fetched = self.fetched(page, &id);
        let shown = texts(&view);
        if shown != fetched {
            return Err(TestCaseError::fail(format!(
                "{name} shows\n{shown:?}\na fresh fetch shows\n{fetched:?}"
            )));
        }
        let keys: BTreeSet<_> = view.rows.iter().map(|row| &row.key).collect();
        if keys.len() != view.rows.len() {
            return Err(TestCaseError::fail(format!("{name} has a key twice")));
        }
        for row in &view.rows {
            if let RowContent::Message(message) = &row.content
                && matches!(
                    message.state,
                    Some(DeliveryState::Queued | DeliveryState::Sending | DeliveryState::Failed)
                )
            {
                return Err(TestCaseError::fail(format!("{name} did not send all")));
            }
        }
        let mut last = BTreeMap::new();
        for line in lines(&shown) {
            let (author, number) = line.rsplit_once(' ').unwrap();
            let number: u32 = number.parse().unwrap();
            if let Some(before) = last.insert(author.to_owned(), number)
                && before > number
            {
                return Err(TestCaseError::fail(format!("out of order: {shown:?}")));
            }
        }
        Ok(())
    }

    /// All texts of a conversation as the server has them for this page's person.
    fn fetched(&self, page: usize, id: &ConversationId) -> Vec<String> {
        let who = self.pages[page]
            .wire
            .as_ref()
            .and_then(|wire| wire.peer.who.clone())
            .unwrap();
        let mut before = Position((1 << 53) - 1);
        let mut all = Vec::new();
        loop {
            let query = FetchMessages {
                reference: 1,
                conversation: id.clone(),
                before,
                limit: 200,
            };
            let service = &self.server.service;
            let (fetched, notes) = match &who {
                Principal::Visitor(_) => (service.fetch_messages(&who, &query).unwrap(), None),
                Principal::Agent(agent) => service
                    .fetch_messages_for_agent(agent, &query)
                    .unwrap()
                    .into_parts(),
            };
            let texts = fetched.messages.iter().map(|message| {
                let question = message.question.as_ref();
                let question = question.filter(|it| !it.buttons.is_empty());
                let question = question.map(|it| (it.open, it.chosen.as_deref()));
                let quote = message.reply_to.as_ref();
                let quote = quote.map(|it| (it.text.as_str(), it.deleted));
                (message.position, told(&message.text, question, quote))
            });
            let notes = notes.unwrap_or_default().into_iter();
            let notes = notes.map(|note| {
                let quote = note.reply_to.as_ref();
                let quote = quote.map(|it| (it.text.as_str(), it.deleted));
                (note.position, told(&note.text, None, quote))
            });
            let mut page: Vec<(Position, String)> = texts.chain(notes).collect();
            page.sort();
            before = page.first().map_or(before, |(position, _)| *position);
            all.splice(0..0, page.into_iter().map(|(_, text)| text));
            if !fetched.has_more_before {
                return all;
            }
        }
    }
}

/// The texts of all messages, system lines as empty ones.
fn texts(view: &TimelineView) -> Vec<String> {
    view.rows
        .iter()
        .filter_map(|row| match &row.content {
            RowContent::Message(message) => {
                let question = message.question.as_ref();
                let question = question.map(|it| {
                    let chosen = it.buttons.iter().find(|button| button.chosen);
                    (
                        it.state == AnswerState::Open,
                        chosen.map(|it| it.id.as_str()),
                    )
                });
                let quote = message.quote.as_ref();
                let quote = quote.map(|it| (it.text.as_str(), it.deleted));
                Some(told(&words(message), question, quote))
            }
            RowContent::System { .. } => Some(String::new()),
            RowContent::Day { .. } | RowContent::UnreadDivider => None,
        })
        .collect()
}

/// A text with how its question stands, behind what it quotes.
fn told(text: &str, question: Option<(bool, Option<&str>)>, quote: Option<(&str, bool)>) -> String {
    let quote = quote.map_or_else(String::new, |quote| format!("{quote:?}{QUOTES}"));
    match question {
        Some(question) => format!("{quote}{text} {question:?}"),
        None => format!("{quote}{text}"),
    }
}

/// Stands between what is quoted and what is said.
const QUOTES: &str = " <- ";

/// The messages of a page, with the names of their rows.
fn message_rows(view: &TimelineView) -> Vec<(String, MessageRow)> {
    let rows = view.rows.iter();
    rows.filter_map(|row| match &row.content {
        RowContent::Message(message) => Some((row.key.clone(), (**message).clone())),
        _ => None,
    })
    .collect()
}

/// What a message says.
fn words(message: &MessageRow) -> String {
    let pieces = message.segments.iter().map(|segment| match segment {
        Segment::Text(text) | Segment::Link { text, .. } => text.as_str(),
    });
    pieces.collect()
}

/// Whether a page's browser keeps an unsent message of this kind.
fn is_left(page: &Page, of: fn(&str) -> bool) -> bool {
    let stored = page.browser.borrow();
    let mut unsent = stored.iter().filter(|(key, _)| key.starts_with("outbox/"));
    unsent.any(|(_, value)| of(value))
}

/// Whether a stored message is still to be sent.
fn is_due(value: &str) -> bool {
    !value
        .lines()
        .next()
        .is_some_and(|state| state.contains("failed:"))
}

/// Pressing a button of the latest question that is open on a page.
fn pressing(view: &TimelineView, button: usize) -> Option<Intent> {
    view.rows.iter().rev().find_map(|row| {
        let RowContent::Message(message) = &row.content else {
            return None;
        };
        let question = message
            .question
            .as_ref()
            .filter(|it| it.state == AnswerState::Open)?;
        let button = question.buttons.get(button)?;
        Some(Intent::PressButton {
            question: question.message.clone(),
            button: button.id.clone(),
        })
    })
}

/// Whether something the person wrote is on a page that has no conversation.
fn is_own_left(view: &TimelineView) -> bool {
    view.rows
        .iter()
        .any(|row| matches!(&row.content, RowContent::Message(message) if message.own))
}

/// What people wrote; chatbots' words and buttons have no number.
fn lines(texts: &[String]) -> Vec<String> {
    let is_numbered = |text: &&String| {
        let number = text.rsplit_once(' ').map(|(_, number)| number);
        number.is_some_and(|number| number.parse::<u32>().is_ok())
    };
    let bare = texts.iter().map(|text| match text.split_once(QUOTES) {
        Some((_, said)) => said.to_owned(),
        None => text.clone(),
    });
    let all: Vec<String> = bare.collect();
    all.iter().filter(is_numbered).cloned().collect()
}
