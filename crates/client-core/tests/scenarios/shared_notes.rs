//! Shared notes: several agents write in one text, with and without a network, and no word is lost.

use std::collections::BTreeMap;

use client_core::view::{SharedNotesState, SharedNotesView};
use client_core::{Effect, Event, Incoming, Intent, Side, Timer};
use proptest::prelude::*;
use protocol::agent::{
    AgentCommand, ConversationOpened, OpenedForAgent, SaveSharedNotes, SharedNotes,
    SharedNotesChanged, SharedNotesFetched, SharedNotesSaved, merge,
};
use protocol::error::ErrorCode;
use protocol::feed::Feed;
use protocol::hello::Resumed;
use protocol::ids::ClientId;
use protocol::seq::Seq;
use protocol::time::Timestamp;

use crate::attending::{
    agent_ready, ana, ben, channel, commands, cursor_of, listed, reference, select, summary,
};
use crate::client::*;

/// A server that keeps the notes of conversation `a`.
#[derive(Default)]
struct Server {
    versions: Vec<String>,
    taken: Vec<ClientId>,
}

impl Server {
    fn newest(&self) -> SharedNotes {
        let version = self.versions.len() as u64;
        SharedNotes {
            version,
            text: self.versions.last().cloned().unwrap_or_default(),
            author: (version > 0).then(ben),
            saved_at: (version > 0).then_some(Timestamp(NOON)),
            restores: None,
        }
    }

    fn take(&mut self, order: &SaveSharedNotes) {
        if self.taken.contains(&order.client_id) {
            return;
        }
        self.taken.push(order.client_id.clone());
        let base = match order.base_version {
            0 => "",
            version => &self.versions[version as usize - 1],
        };
        let newest = self.newest().text;
        let merged = merge(base, &newest, &order.text);
        if merged != newest {
            self.versions.push(merged);
        }
    }
}

/// An agent's page, and what its browser keeps.
struct Page {
    client: Client,
    stored: BTreeMap<String, String>,
    orders: Vec<SaveSharedNotes>,
    /// Versions that the server has told it.
    told: u64,
    online: bool,
}

impl Page {
    fn open(server: &Server, stored: BTreeMap<String, String>, entropy: u128) -> Self {
        let mut page = Self {
            client: Client::of(Side::Agent(ana().id), &Vec::from_iter(stored.clone())),
            stored,
            orders: Vec::new(),
            told: 0,
            online: true,
        };
        page.client.entropy_from(entropy);
        page.intend(Intent::Connect);
        page.bring(Event::SocketOpened);
        page.frame(agent_ready());
        let rows = vec![summary("a", "support", 5)];
        page.frame(Incoming::ConversationsListed(listed(1, rows)));
        let opens = select(&mut page.client, "a");
        page.note(&opens.0);
        page.told = server.versions.len() as u64;
        let mut copy = opened(reference(&opens), vec![from_visitor(1, "help")], page.told);
        copy.conversation = conversation("a");
        copy.cursor = cursor_of(Feed::Conversation(conversation("a")), page.told);
        let own = OpenedForAgent {
            shared_notes: Some(server.newest()),
            ..OpenedForAgent::default()
        };
        page.frame(Incoming::OpenedForAgent(ConversationOpened::new(copy, own)));
        page
    }

    /// The same browser with a fresh page.
    fn reload(self, server: &Server, entropy: u128) -> Self {
        let mut page = self;
        page.bring(Event::PageHidden);
        Self::open(server, page.stored, entropy)
    }

    fn note(&mut self, effects: &[Effect]) {
        for effect in effects {
            match effect {
                Effect::Save { key, value } => {
                    self.stored.insert(key.clone(), value.clone());
                }
                Effect::Forget { key } => {
                    self.stored.remove(key);
                }
                _ => {}
            }
        }
    }

    fn bring(&mut self, event: Event) -> Outcome {
        let outcome = self.client.bring(event);
        self.note(&outcome.0);
        for command in commands(&outcome) {
            if let AgentCommand::SaveSharedNotes(order) = command {
                assert!(self.keeps(), "sent before it was stored");
                self.orders.push(order);
            }
        }
        outcome
    }

    fn keeps(&self) -> bool {
        self.stored.contains_key("shared-notes/a")
    }

    fn intend(&mut self, intent: Intent) -> Outcome {
        self.bring(Event::Intent(intent))
    }

    fn frame(&mut self, frame: Incoming) -> Outcome {
        self.bring(Event::FrameReceived(Box::new(frame)))
    }

    fn view(&self) -> SharedNotesView {
        let information = self.client.core.information();
        information.shared_notes.unwrap()
    }

    fn write(&mut self, text: &str) {
        let from = self.view().text;
        let text = text.to_owned();
        self.intend(Intent::EditSharedNotes { from, text });
    }

    /// Enough time for what was written to be saved.
    fn pause(&mut self) {
        self.client.wait(2000);
        self.bring(Event::TimerFired(Timer::SharedNotes));
    }

    /// The server hears what was sent, and answers.
    fn answer(&mut self, server: &mut Server) {
        for order in std::mem::take(&mut self.orders) {
            server.take(&order);
            self.frame(Incoming::SharedNotesSaved(SharedNotesSaved {
                client_id: order.client_id,
                conversation: order.conversation,
                notes: server.newest(),
            }));
        }
    }

    /// The entries it has not had yet. Each tells the newest version, as a replay would.
    fn hear(&mut self, server: &Server) {
        while self.online && self.told < server.versions.len() as u64 {
            self.told += 1;
            self.frame(Incoming::SharedNotesChanged(SharedNotesChanged {
                feed: Feed::Conversation(conversation("a")),
                seq: Seq(self.told),
                conversation: conversation("a"),
                notes: server.newest(),
            }));
        }
    }

    /// The network goes. What is under way may reach the server; no answer comes.
    fn lose(&mut self) {
        self.bring(Event::SocketClosed { code: 1006 });
        self.online = false;
    }

    fn come_back(&mut self, server: &Server) {
        self.online = true;
        // What was sent on the old socket is sent again.
        self.orders.clear();
        self.bring(Event::TimerFired(Timer::Reconnect));
        self.bring(Event::SocketOpened);
        self.frame(agent_ready());
        let feeds = [
            (Feed::Channel(channel("support")), 0),
            (Feed::Channel(channel("sales")), 0),
            (Feed::Agent(ana().id), 0),
            (
                Feed::Conversation(conversation("a")),
                server.versions.len() as u64 - self.told,
            ),
        ];
        for (feed, missed) in feeds {
            self.frame(Incoming::Resumed(Resumed { feed, missed }));
        }
        self.hear(server);
    }
}

fn server_with(text: &str) -> Server {
    Server {
        versions: vec![text.to_owned()],
        taken: Vec::new(),
    }
}

#[test]
fn what_is_typed_is_saved_after_a_pause() {
    let mut server = Server::default();
    let mut page = Page::open(&server, BTreeMap::new(), 0);
    assert_eq!(page.view().state, SharedNotesState::Empty);
    page.write("P");
    page.write("Paid");
    assert_eq!(page.view().state, SharedNotesState::Saving);
    assert!(page.orders.is_empty());
    page.pause();
    assert_eq!(page.orders.len(), 1);
    assert_eq!(page.orders[0].text, "Paid");
    assert_eq!(page.orders[0].base_version, 0);
    page.answer(&mut server);
    assert_eq!(page.view().state, SharedNotesState::Saved);
    assert!(!page.keeps());
    // The entry of the own save changes nothing.
    page.hear(&server);
    page.pause();
    assert!(page.orders.is_empty());
}

#[test]
fn who_never_pauses_is_saved_all_the_same() {
    let server = Server::default();
    let mut page = Page::open(&server, BTreeMap::new(), 0);
    let outcome = page.intend(Intent::EditSharedNotes {
        from: String::new(),
        text: "a".to_owned(),
    });
    assert_eq!(outcome.timer(Timer::SharedNotes), Some(500));
    for number in 0..20 {
        page.client.wait(100);
        page.write(&"a".repeat(number + 2));
    }
    assert_eq!(page.orders.len(), 1);
}

#[test]
fn what_others_write_comes_into_what_is_being_written() {
    let mut server = server_with("Paid.");
    let mut page = Page::open(&server, BTreeMap::new(), 0);
    page.write("Paid late.");
    server.versions.push("Paid. Calls back.".to_owned());
    page.hear(&server);
    assert_eq!(page.view().text, "Paid late. Calls back.");
    assert!(page.view().merged);
    page.pause();
    page.answer(&mut server);
    assert_eq!(server.newest().text, "Paid late. Calls back.");
}

#[test]
fn what_is_on_its_way_is_not_doubled_by_what_comes_meanwhile() {
    let mut server = server_with("Paid.");
    let mut page = Page::open(&server, BTreeMap::new(), 0);
    page.write("Paid. late");
    page.pause();
    // It arrives, and somebody else writes on, before the answer is heard.
    let order = page.orders[0].clone();
    server.take(&order);
    server.versions.push("Paid. late, Calls.".to_owned());
    page.write("Paid. late but");
    page.hear(&server);
    assert_eq!(page.view().text, "Paid. late but");
    page.answer(&mut server);
    assert_eq!(page.view().text, "Paid. late but, Calls.");
}

#[test]
fn offline_it_is_kept_over_a_reload_and_merged_later() {
    let mut server = server_with("Paid.");
    let mut page = Page::open(&server, BTreeMap::new(), 0);
    page.lose();
    page.write("Paid. OFFLINE");
    page.pause();
    assert_eq!(page.view().state, SharedNotesState::Kept);
    assert!(page.orders.is_empty() && page.keeps());
    server.versions.push("Paid. ONLINE".to_owned());
    let mut page = page.reload(&server, 1000);
    page.pause();
    page.answer(&mut server);
    page.pause();
    page.answer(&mut server);
    let text = page.view().text;
    assert!(
        text.contains("OFFLINE") && text.contains("ONLINE"),
        "{text}"
    );
    assert_eq!(server.newest().text, text);
    assert!(!page.keeps());
}

#[test]
fn what_was_on_its_way_when_the_page_closed_is_sent_again_under_its_name() {
    let mut server = server_with("Paid.");
    let mut page = Page::open(&server, BTreeMap::new(), 0);
    page.write("Paid. late");
    page.pause();
    let order = page.orders[0].clone();
    server.take(&order);
    let mut page = page.reload(&server, 1000);
    assert_eq!(page.orders, [order]);
    page.answer(&mut server);
    assert_eq!(server.versions.len(), 2);
    assert_eq!(page.view().text, "Paid. late");
}

#[test]
fn a_text_that_is_too_long_is_not_sent_and_stays() {
    let server = Server::default();
    let mut page = Page::open(&server, BTreeMap::new(), 0);
    page.write(&"x".repeat(10_001));
    page.pause();
    assert!(page.orders.is_empty() && page.keeps());
    let view = page.view();
    assert_eq!(
        view.state,
        SharedNotesState::Refused(ErrorCode::TextTooLong)
    );
    assert_eq!(view.left, -1);
    page.write(&"x".repeat(10_000));
    page.pause();
    assert_eq!(page.orders.len(), 1);
}

#[test]
fn what_the_server_refuses_stays_and_is_tried_again_when_it_changes() {
    let mut server = server_with("a");
    let mut page = Page::open(&server, BTreeMap::new(), 0);
    page.write("a b");
    page.pause();
    let order = page.orders.remove(0);
    let no = refusal(ErrorCode::TextTooLong, None);
    page.frame(refused(&order.client_id, no));
    assert_eq!(page.view().text, "a b");
    assert!(page.keeps());
    assert_eq!(
        page.view().state,
        SharedNotesState::Refused(ErrorCode::TextTooLong)
    );
    page.pause();
    assert!(page.orders.is_empty());
    page.write("b");
    page.pause();
    page.answer(&mut server);
    assert_eq!(page.view().state, SharedNotesState::Saved);
}

#[test]
fn what_is_typed_over_an_older_text_is_merged_with_what_came() {
    let mut server = server_with("one");
    let mut page = Page::open(&server, BTreeMap::new(), 0);
    server.versions.push("one two".to_owned());
    page.hear(&server);
    // The field still shows the older text, in which a character is being composed.
    page.intend(Intent::EditSharedNotes {
        from: "one".to_owned(),
        text: "zero one".to_owned(),
    });
    assert_eq!(page.view().text, "zero one two");
}

#[test]
fn an_earlier_version_is_restored_as_a_new_one() {
    let mut server = server_with("good");
    server.versions.push("bad".to_owned());
    let mut page = Page::open(&server, BTreeMap::new(), 0);
    let asks = page.intend(Intent::ShowNotesHistory(true));
    let found = commands(&asks).into_iter().find_map(|it| match it {
        AgentCommand::FetchSharedNotes(query) => Some(query),
        _ => None,
    });
    let query = found.unwrap();
    assert_eq!(query.before, None);
    let version = |number: u64, text: &str| SharedNotes {
        version: number,
        text: text.to_owned(),
        ..server.newest()
    };
    page.frame(Incoming::SharedNotesFetched(SharedNotesFetched {
        reference: query.reference,
        conversation: conversation("a"),
        versions: vec![version(2, "bad"), version(1, "good")],
        has_more_before: false,
    }));
    assert_eq!(page.view().history.unwrap().versions.len(), 2);
    page.intend(Intent::RestoreVersion(1));
    let order = page.orders[0].clone();
    assert_eq!((order.base_version, order.restores), (2, Some(1)));
    assert_eq!(
        (order.text.as_str(), page.view().text.as_str()),
        ("good", "good")
    );
    page.answer(&mut server);
    assert_eq!(server.versions.len(), 3);
    // The history is asked for again, because it has grown.
    assert!(page.view().history.unwrap().loading);
}

#[test]
fn unsaved_notes_of_another_conversation_are_saved_too() {
    let mut server = server_with("a");
    let mut page = Page::open(&server, BTreeMap::new(), 0);
    page.write("a b");
    let left = page.intend(Intent::SelectConversation(None));
    assert!(left.types().contains(&"close_conversation".to_owned()));
    page.pause();
    page.answer(&mut server);
    assert_eq!(server.newest().text, "a b");
    assert!(!page.keeps());
}

/// What happens at a page.
#[derive(Clone, Debug)]
enum Step {
    /// A word is put in, so many words from the beginning.
    Write(usize),
    Pause,
    Answer,
    /// The server has heard, the page has not been answered.
    Arrive,
    Hear,
    Lose,
    ComeBack,
    Reload,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..9_usize).prop_map(Step::Write),
        3 => Just(Step::Pause),
        2 => Just(Step::Answer),
        1 => Just(Step::Arrive),
        2 => Just(Step::Hear),
        1 => Just(Step::Lose),
        1 => Just(Step::ComeBack),
        1 => Just(Step::Reload),
    ]
}

proptest! {
    #[test]
    fn whatever_happens_everybody_ends_with_the_same_text_and_every_word_once(
        steps in prop::collection::vec((0..3_usize, step()), 1..60),
    ) {
        let mut server = server_with("first words of all");
        let mut pages: Vec<Option<Page>> = (0..3)
            .map(|at| Some(Page::open(&server, BTreeMap::new(), at * 1_000_000)))
            .collect();
        let mut written = Vec::new();
        for (number, (who, step)) in steps.into_iter().enumerate() {
            let mut page = pages[who].take().unwrap();
            match step {
                Step::Write(at) => {
                    let word = format!("W{number}");
                    let text = page.view().text;
                    let mut words: Vec<&str> = text.split(' ').collect();
                    words.insert(at.min(words.len()), &word);
                    page.write(&words.join(" "));
                    written.push(word);
                }
                Step::Pause => page.pause(),
                Step::Answer if page.online => page.answer(&mut server),
                Step::Arrive => {
                    for order in &page.orders {
                        server.take(order);
                    }
                }
                Step::Hear => page.hear(&server),
                Step::Lose if page.online => page.lose(),
                Step::ComeBack if !page.online => page.come_back(&server),
                Step::Reload if page.online => {
                    page = page.reload(&server, (number as u128 + 10) * 10_000_000);
                }
                _ => {}
            }
            pages[who] = Some(page);
        }
        let mut pages: Vec<Page> = pages.into_iter().flatten().collect();
        for page in pages.iter_mut().filter(|page| !page.online) {
            page.come_back(&server);
        }
        for _ in 0..3 {
            for page in &mut pages {
                page.pause();
                page.answer(&mut server);
                page.hear(&server);
            }
        }
        let text = server.newest().text;
        for page in &pages {
            prop_assert_eq!(&page.view().text, &text);
            prop_assert_eq!(page.view().state, SharedNotesState::Saved);
            prop_assert!(!page.keeps());
        }
        for word in &written {
            let times = text.split(' ').filter(|other| other == word).count();
            prop_assert_eq!(times, 1, "{} in {:?}", word, text);
        }
    }
}
