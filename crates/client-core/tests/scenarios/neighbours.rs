//! Several pages of one browser: who sends what was stored, and that it is shown once.

use client_core::view::DeliveryState::{self, Failed, Queued, Sending, Sent};
use client_core::{Alert, Effect, Event, Incoming, Intent, Timer};
use proptest::prelude::*;
use protocol::error::ErrorCode;
use protocol::visitor::PostMessage;

use crate::client::*;

/// Time another page gets for its messages.
const PATIENCE: i64 = 10_000;

type Pair = (String, String);

fn outbox(outcome: &Outcome) -> Pair {
    let mut saved = outcome.saved();
    saved.retain(|(key, _)| key.starts_with("outbox/"));
    assert_eq!(saved.len(), 1, "{outcome:?}");
    saved.remove(0)
}

fn stored(client: &mut Client, (key, value): &Pair) -> Outcome {
    client.bring(Event::StorageChanged {
        key: key.clone(),
        value: Some(value.clone()),
    })
}

fn removed(client: &mut Client, key: &str) -> Outcome {
    client.bring(Event::StorageChanged {
        key: key.to_owned(),
        value: None,
    })
}

fn row(text: &str, state: DeliveryState) -> (String, Option<DeliveryState>) {
    (text.to_owned(), Some(state))
}

/// What a page wrote while it had no connection.
fn written_offline(texts: &[&str]) -> Vec<Pair> {
    let mut client = Client::talking(Vec::new());
    client.entropy_from(1 << 64);
    client.lose();
    texts.iter().map(|text| outbox(&client.say(text))).collect()
}

fn wait_for_others(client: &mut Client) -> Outcome {
    client.wait(PATIENCE);
    client.fire(Timer::Outbox)
}

#[test]
fn what_a_closed_page_left_is_sent_by_one_that_lives() {
    let left = written_offline(&["one", "two"]);
    let mut client = Client::talking(Vec::new());
    client.wait(1_000);
    let heard = stored(&mut client, &left[0]);
    assert_eq!(heard.timer(Timer::Outbox), Some(10_000));
    client.wait(1_000);
    stored(&mut client, &left[1]);
    assert!(
        client.texts().is_empty(),
        "it is shown where it was written"
    );

    client.wait(PATIENCE - 1_001);
    assert!(client.fire(Timer::Outbox).posts().is_empty());
    client.wait(1);
    let first = client.fire(Timer::Outbox).post();
    assert_eq!(first.text, "one");
    assert!(left[0].0.ends_with(first.client_id.as_str()));
    assert_eq!(client.rows(), [row("one", Sending)]);
    client.wait(1_000);
    client.fire(Timer::Outbox);
    assert_eq!(client.rows(), [row("one", Sending), row("two", Queued)]);
    let done = client.frame(done(&first.client_id, 5));
    assert_eq!(done.post().text, "two");
    assert!(done.forgotten().contains(&left[0].0.as_str()));
    assert_eq!(client.rows(), [row("one", Sent), row("two", Sending)]);
}

#[test]
fn what_its_own_page_gets_acknowledged_is_left_alone() {
    let left = written_offline(&["one"]);
    let mut client = Client::talking(Vec::new());
    stored(&mut client, &left[0]);
    removed(&mut client, &left[0].0);
    assert!(wait_for_others(&mut client).posts().is_empty());
    assert!(client.texts().is_empty());
}

#[test]
fn other_pages_get_their_time_anew_after_a_reconnect() {
    let left = written_offline(&["one"]);
    let mut client = Client::talking(Vec::new());
    stored(&mut client, &left[0]);
    client.wait(PATIENCE - 1);
    client.lose();
    client.wait(60_000);
    client.fire(Timer::Reconnect);
    let online = client.connect(ready(Some("c1")));
    assert!(online.posts().is_empty());
    assert_eq!(online.timer(Timer::Outbox), Some(10_000));
    assert_eq!(wait_for_others(&mut client).post().text, "one");
}

#[test]
fn what_is_on_the_screen_already_is_only_cleared_away() {
    let left = written_offline(&["one"]);
    let mut client = Client::talking(Vec::new());
    let mut message = from_visitor(5, "one");
    message.client_id = left[0]
        .0
        .rsplit('-')
        .next()
        .and_then(protocol::ids::ClientId::parse);
    client.entry(11, message);
    stored(&mut client, &left[0]);
    let clears = wait_for_others(&mut client);
    assert!(clears.posts().is_empty());
    assert_eq!(clears.forgotten(), [left[0].0.as_str()]);
    assert_eq!(client.rows(), [row("one", Sent)]);
}

#[test]
fn what_is_taken_over_waits_for_the_answer_to_what_is_on_its_way() {
    let left = written_offline(&["older"]);
    let mut client = Client::talking(Vec::new());
    stored(&mut client, &left[0]);
    client.wait(PATIENCE - 1);
    let own = client.say("newer").post();
    client.wait(1);
    assert!(client.fire(Timer::Outbox).posts().is_empty());
    assert_eq!(client.rows(), [row("older", Queued), row("newer", Sending)]);
    assert_eq!(client.frame(done(&own.client_id, 5)).post().text, "older");
}

#[test]
fn a_pause_ends_behind_what_was_taken_over() {
    let left = written_offline(&["older"]);
    let mut client = Client::talking(Vec::new());
    stored(&mut client, &left[0]);
    client.wait(PATIENCE - 1);
    let own = client.say("newer").post();
    let busy = refusal(ErrorCode::RateLimited, Some(3_000));
    client.frame(refused(&own.client_id, busy));
    client.wait(1);
    assert_eq!(client.fire(Timer::Outbox).post().text, "older");
    client.wait(3_000);
    let over = client.fire(Timer::Outbox);
    assert!(over.posts().is_empty());
    assert_eq!(
        over.timer(Timer::Outbox),
        Some(17_000),
        "not at once: {over:?}"
    );
}

#[test]
fn both_pages_may_send_it_and_each_shows_it_once() {
    let mut writer = Client::talking(Vec::new());
    let said = writer.say("one");
    let (pair, post) = (outbox(&said), said.post());
    let mut other = Client::talking(Vec::new());
    stored(&mut other, &pair);
    assert_eq!(wait_for_others(&mut other).post(), post);
    for client in [&mut writer, &mut other] {
        client.frame(done(&post.client_id, 5));
        removed(client, &pair.0);
        client.entry(11, posted_as(5, &post));
        assert_eq!(client.rows(), [row("one", Sent)]);
        assert_eq!(client.messages()[0].0, post.client_id.as_str());
    }
}

#[test]
fn what_another_page_got_acknowledged_stays_on_screen_and_is_not_sent_again() {
    let mut client = Client::talking(Vec::new());
    client.lose();
    let said = client.say("one");
    let (key, _) = outbox(&said);
    let id = protocol::ids::ClientId::parse(key.rsplit('-').next().unwrap()).unwrap();
    removed(&mut client, &key);
    assert_eq!(client.rows(), [row("one", Sent)]);
    client.say("two");
    client.fire(Timer::Reconnect);
    let online = client.connect(ready(Some("c1")));
    assert_eq!(online.post().text, "two");
    client.frame(resumed(1));
    let mut message = from_visitor(5, "one");
    message.client_id = Some(id);
    client.entry(11, message);
    assert_eq!(client.rows(), [row("one", Sent), row("two", Sending)]);
}

#[test]
fn a_fresh_copy_has_the_last_word_about_what_another_page_sent() {
    let saved = [outbox(&Client::online().say("one"))];
    let mut client = Client::visitor_with(&saved);
    client.intend(Intent::Connect);
    removed(&mut client, &saved[0].0);
    assert_eq!(client.rows(), [row("one", Sent)]);
    let opens = client.connect(ready(Some("c1")));
    assert!(opens.posts().is_empty());
    client.frame(Incoming::ConversationOpened(opened(
        opens.open_reference(),
        Vec::new(),
        11,
    )));
    assert!(client.texts().is_empty());
}

#[test]
fn what_failed_on_one_page_has_failed_on_all_that_show_it() {
    let saved = [outbox(&Client::online().say("one"))];
    let (key, value) = saved[0].clone();
    let mut client = Client::visitor_with(&saved);
    let failed = value.replace("queued", "failed:forbidden");
    let heard = stored(&mut client, &(key.clone(), failed.clone()));
    assert!(heard.alerts().is_empty(), "it was told where it happened");
    assert_eq!(client.rows(), [row("one", Failed)]);
    client.intend(Intent::Connect);
    assert!(client.connect(ready(None)).posts().is_empty());
    // Discarded there.
    removed(&mut client, &key);
    assert!(client.texts().is_empty());

    // Pages that do not show it leave it where the person can decide.
    let mut client = Client::online();
    stored(&mut client, &(key, failed));
    assert!(wait_for_others(&mut client).posts().is_empty());
    assert!(client.texts().is_empty());
}

#[test]
fn rubbish_of_other_pages_is_passed_over() {
    let mut client = Client::talking(Vec::new());
    for (key, value) in [
        ("outbox/x", "queued\n\nx"),
        ("outbox/1-2", "x"),
        ("draft/../", "x"),
    ] {
        stored(&mut client, &(key.to_owned(), value.to_owned()));
        removed(&mut client, key);
    }
    assert!(wait_for_others(&mut client).posts().is_empty());
}

#[test]
fn what_was_sent_long_ago_is_not_sent_again_by_itself() {
    let week = 7 * 24 * 3_600_000;
    let mut client = Client::talking(Vec::new());
    client.say("perhaps taken");
    client.lose();
    client.say("never sent");
    client.wait(week + 1);
    client.fire(Timer::Reconnect);
    let online = client.connect(ready(Some("c1")));
    assert_eq!(online.post().text, "never sent");
    assert_eq!(online.alerts(), [&Alert::SendFailed]);
    assert_eq!(
        client.rows(),
        [row("perhaps taken", Failed), row("never sent", Sending)]
    );
    assert_eq!(client.messages()[0].1.problem, Some(ErrorCode::Expired));
}

#[test]
fn what_would_end_the_connection_is_not_sent() {
    // Written before the server told its limits.
    let mut client = Client::visitor();
    client.intend(Intent::Connect);
    client.say("a long story");
    client.say("short");
    let mut strict = ready(Some("c1"));
    strict.server.limits.text_scalars = 10;
    let online = client.connect(strict);
    assert_eq!(online.post().text, "short");
    assert_eq!(
        client.rows(),
        [row("a long story", Failed), row("short", Sending)]
    );
    assert_eq!(client.messages()[0].1.problem, Some(ErrorCode::TextTooLong));
}

/// One thing that happens to one of two pages.
#[derive(Clone, Debug)]
enum Step {
    Say(bool),
    Hear(bool),
    Answer(bool),
    Cut(bool),
    Connect(bool),
    Wait(u16),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => any::<bool>().prop_map(Step::Say),
        5 => any::<bool>().prop_map(Step::Hear),
        6 => any::<bool>().prop_map(Step::Answer),
        1 => any::<bool>().prop_map(Step::Cut),
        3 => any::<bool>().prop_map(Step::Connect),
        3 => (0..15_000_u16).prop_map(Step::Wait),
    ]
}

/// A page with what it has sent and what it has to hear of the other.
struct Tab {
    client: Client,
    name: &'static str,
    said: usize,
    on_wire: Vec<PostMessage>,
    unheard: Vec<Event>,
}

impl Tab {
    fn new(name: &'static str, entropy: u128) -> Self {
        let mut client = Client::talking(Vec::new());
        client.entropy_from(entropy);
        Self {
            client,
            name,
            said: 0,
            on_wire: Vec::new(),
            unheard: Vec::new(),
        }
    }
}

/// Two pages and the order in which the server took their messages.
struct Browser {
    tabs: [Tab; 2],
    taken: Vec<PostMessage>,
}

impl Browser {
    /// Takes note of what a page sent and stored.
    fn note(&mut self, at: usize, outcome: &Outcome) -> Result<(), TestCaseError> {
        self.tabs[at].on_wire.extend(outcome.posts());
        prop_assert!(self.tabs[at].on_wire.len() <= 1, "two on their way");
        for effect in &outcome.0 {
            let change = match effect {
                Effect::Save { key, value } => (key.clone(), Some(value.clone())),
                Effect::Forget { key } => (key.clone(), None),
                _ => continue,
            };
            let (key, value) = change;
            if key.starts_with("outbox/") {
                self.tabs[1 - at]
                    .unheard
                    .push(Event::StorageChanged { key, value });
            }
        }
        let tab = &self.tabs[at];
        let mut keys: Vec<_> = tab
            .client
            .messages()
            .into_iter()
            .map(|(key, _)| key)
            .collect();
        keys.sort();
        keys.dedup();
        prop_assert_eq!(keys.len(), tab.client.messages().len(), "a row is doubled");
        Ok(())
    }

    fn answer(&mut self, at: usize) -> Result<(), TestCaseError> {
        if self.tabs[at].on_wire.is_empty() {
            return Ok(());
        }
        let post = self.tabs[at].on_wire.remove(0);
        let known = self
            .taken
            .iter()
            .position(|other| other.client_id == post.client_id);
        let position = known.unwrap_or_else(|| {
            self.taken.push(post.clone());
            self.taken.len() - 1
        });
        let outcome = self.tabs[at]
            .client
            .frame(done(&post.client_id, position as u64 + 1));
        self.note(at, &outcome)
    }

    fn happen(&mut self, step: &Step) -> Result<(), TestCaseError> {
        match *step {
            Step::Say(second) => {
                let at = usize::from(second);
                let tab = &mut self.tabs[at];
                tab.said += 1;
                let text = format!("{} {}", tab.name, tab.said);
                let outcome = tab.client.say(&text);
                self.note(at, &outcome)
            }
            Step::Hear(second) => {
                let at = usize::from(second);
                for event in std::mem::take(&mut self.tabs[at].unheard) {
                    let outcome = self.tabs[at].client.bring(event);
                    self.note(at, &outcome)?;
                }
                Ok(())
            }
            Step::Answer(second) => self.answer(usize::from(second)),
            Step::Cut(second) => {
                let at = usize::from(second);
                self.tabs[at].on_wire.clear();
                let outcome = self.tabs[at].client.lose();
                self.note(at, &outcome)
            }
            Step::Connect(second) => {
                let at = usize::from(second);
                let client = &mut self.tabs[at].client;
                client.intend(Intent::ReconnectNow);
                let outcome = client.connect(ready(Some("c1")));
                self.note(at, &outcome)
            }
            Step::Wait(millis) => {
                for at in 0..2 {
                    self.tabs[at].client.wait(i64::from(millis));
                    let outcome = self.tabs[at].client.fire(Timer::Outbox);
                    if outcome.closes_socket() {
                        self.tabs[at].on_wire.clear();
                    }
                    self.note(at, &outcome)?;
                }
                Ok(())
            }
        }
    }
}

proptest! {
    #[test]
    fn a_page_that_lives_sends_what_all_wrote_once_and_in_order(
        steps in prop::collection::vec(step(), 1..80),
    ) {
        let mut browser = Browser {
            tabs: [Tab::new("one", 1 << 64), Tab::new("two", 2 << 64)],
            taken: Vec::new(),
        };
        for step in &steps {
            browser.happen(step)?;
        }
        // The first page is closed without a word; the second goes on.
        let all: usize = browser.tabs.iter().map(|tab| tab.said).sum();
        for _ in 0..200 {
            if browser.taken.len() == all {
                break;
            }
            for step in [Step::Hear(true), Step::Connect(true), Step::Answer(true), Step::Wait(9_000)] {
                browser.happen(&step)?;
            }
        }
        let texts: Vec<&str> = browser.taken.iter().map(|post| post.text.as_str()).collect();
        for tab in &browser.tabs {
            let own: Vec<String> = (1..=tab.said).map(|at| format!("{} {at}", tab.name)).collect();
            let got: Vec<&str> = texts.iter().copied().filter(|text| text.starts_with(tab.name)).collect();
            prop_assert_eq!(got, own);
        }
    }
}
