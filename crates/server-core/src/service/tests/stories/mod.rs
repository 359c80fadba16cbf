//! Random stories: whatever people do, in whatever order and however often their commands come,
//! everybody ends up with the same, each thing exactly once.

mod copies;

use std::collections::{BTreeMap, HashSet};

use proptest::prelude::{Just, Strategy, any, prop_oneof, proptest};
use proptest::test_runner::Config;
use protocol::agent::{
    AcceptOffer, Availability, DeclineOffer, DeclineReason, EndSession, JoinConversation,
    LeaveConversation, PostNote, SetLiveStatus, SetState, TakeConversation,
};
use protocol::conversation::{LiveStatus, ParticipantRole};
use protocol::error::ErrorCode;
use protocol::feed::Feed;
use protocol::hello::{Done, Posted};
use protocol::ids::{ClientId, ConversationId, OfferId};
use protocol::message::Message;
use protocol::seq::{FeedCursor, Position};
use protocol::visitor::{DeleteMessage, EditMessage, MarkDelivered, MarkRead, PostMessage};

use self::copies::{
    AgentCopy, Content, Copy, VisitorCopy, by_note, by_place, follow, notes_by_place, sorted,
};
use super::attending::put_in;
use super::house::{House, agent, agent_id, as_visitor, post, team_id};
use crate::domain::{Principal, Scope, Visibility};
use crate::error::Error;
use crate::rules::edit::Edit;
use crate::rules::waiting;
use crate::service::{Arrival, Resumption, VerifiedVisitor};
use crate::settings::Settings;

/// Sol only ever reads along, hidden: no visitor may learn that she exists.
const SPY: &str = "sol";
/// What notes say, and nothing else.
const SECRET: &str = "for agents only";
const VISITORS: usize = 2;
const AGENTS: [&str; 2] = ["ana", "ben"];
/// Eve answers elsewhere: she comes to help, and holds a copy of her list.
const OUTSIDER: &str = "eve";
/// Who holds copies.
const READERS: [&str; 3] = [AGENTS[0], AGENTS[1], OUTSIDER];

/// Something happens: a visitor says a word in their own conversation, or an agent in some
/// visitor's.
#[derive(Clone, Debug)]
enum Deed {
    Visitor(usize, Word),
    Agent(usize, usize, Word),
    /// Somebody of another channel does something there, whether they reach it or not.
    Outsider(usize, Word),
    Note(usize),
    /// A note answers a message or another note, or changes, or goes.
    NoteAgain(usize, u8),
    SpyComes(usize),
    SpyReads(usize),
    Resolve(usize),
    /// An earlier command comes again, so many times at once.
    Repeat(usize, usize),
    /// Everybody takes a fresh copy.
    Copy,
    Wait(u32),
    /// The server does what is due.
    Distribute,
    /// A screen of an agent's comes or goes.
    Come(usize),
    Go(usize),
}

#[derive(Clone, Copy, Debug)]
enum Word {
    Post,
    /// Says something else in a message, one's own if it is.
    Edit(u8),
    Delete(u8),
    /// Answers a message by quoting it.
    Quote(u8),
    Read(u8),
    Delivered(u8),
    Take,
    Join,
    /// Joins only while help is wanted.
    Help,
    Leave,
    Accept,
    Decline,
    State(Availability),
    Status(LiveStatus),
    End,
}

/// A command as it was sent, to be sent again.
#[derive(Clone)]
struct Sent {
    who: Principal,
    order: Order,
    answer: Result<Done, Error>,
}

#[derive(Clone)]
enum Order {
    Post(PostMessage),
    Edit(EditMessage),
    Delete(DeleteMessage),
    Read(MarkRead),
    Delivered(MarkDelivered),
    Take(TakeConversation),
    Join(JoinConversation),
    Leave(LeaveConversation),
    Accept(AcceptOffer),
    Decline(DeclineOffer),
    State(SetState),
    Status(SetLiveStatus),
    End(EndSession),
}

fn send(house: &House, who: &Principal, order: &Order) -> Result<Done, Error> {
    let service = &house.service;
    match (who, order) {
        (_, Order::Post(post)) => service.post_message(who, post),
        (_, Order::Edit(order)) => service.edit_message(who, order),
        (_, Order::Delete(order)) => service.delete_message(who, order),
        (_, Order::Read(mark)) => service.mark_read(who, mark),
        (_, Order::Delivered(mark)) => service.mark_delivered(who, mark),
        (Principal::Agent(agent), Order::Take(order)) => service.take_conversation(agent, order),
        (Principal::Agent(agent), Order::Join(order)) => service.join_conversation(agent, order),
        (Principal::Agent(agent), Order::Leave(order)) => service.leave_conversation(agent, order),
        (Principal::Agent(agent), Order::Accept(order)) => service.accept_offer(agent, order),
        (Principal::Agent(agent), Order::Decline(order)) => service.decline_offer(agent, order),
        (Principal::Agent(agent), Order::State(order)) => service.set_state(agent, order),
        (Principal::Agent(agent), Order::Status(order)) => service.set_live_status(agent, order),
        (Principal::Agent(agent), Order::End(order)) => service.end_session(agent, order),
        (Principal::Visitor(_), _) => unreachable!("visitors have no such order"),
    }
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let visitor_word = prop_oneof![
        4 => Just(Word::Post),
        2 => any::<u8>().prop_map(Word::Edit),
        1 => any::<u8>().prop_map(Word::Delete),
        1 => any::<u8>().prop_map(Word::Quote),
        1 => any::<u8>().prop_map(Word::Read),
        1 => any::<u8>().prop_map(Word::Delivered),
    ];
    let agent_word = prop_oneof![
        3 => Just(Word::Post),
        2 => any::<u8>().prop_map(Word::Edit),
        1 => any::<u8>().prop_map(Word::Delete),
        1 => any::<u8>().prop_map(Word::Quote),
        2 => any::<u8>().prop_map(Word::Read),
        1 => any::<u8>().prop_map(Word::Delivered),
        1 => Just(Word::Take),
        1 => Just(Word::Join),
        1 => Just(Word::Leave),
        3 => Just(Word::Accept),
        1 => Just(Word::Decline),
        1 => Just(Word::State(Availability::Available)),
        1 => Just(Word::State(Availability::Busy)),
        2 => Just(Word::Status(LiveStatus::LookingForHelp)),
        1 => Just(Word::Status(LiveStatus::InProgress)),
        1 => Just(Word::Status(LiveStatus::WaitingForCustomer)),
        1 => Just(Word::End),
    ];
    let outsiders_word = prop_oneof![
        2 => Just(Word::Help),
        1 => Just(Word::Post),
        1 => Just(Word::Take),
        1 => Just(Word::Leave),
        1 => Just(Word::Status(LiveStatus::LookingForHelp)),
        1 => Just(Word::Status(LiveStatus::InProgress)),
    ];
    let deed = prop_oneof![
        6 => (0..VISITORS, visitor_word).prop_map(|(who, word)| Deed::Visitor(who, word)),
        6 => (0..AGENTS.len(), 0..VISITORS, agent_word)
            .prop_map(|(who, at, word)| Deed::Agent(who, at, word)),
        3 => (0..VISITORS, outsiders_word).prop_map(|(at, word)| Deed::Outsider(at, word)),
        2 => (0..VISITORS).prop_map(Deed::Note),
        2 => (0..VISITORS, any::<u8>()).prop_map(|(at, how)| Deed::NoteAgain(at, how)),
        1 => (0..VISITORS).prop_map(Deed::SpyComes),
        1 => (0..VISITORS).prop_map(Deed::SpyReads),
        1 => (0..VISITORS).prop_map(Deed::Resolve),
        3 => (any::<usize>(), 1..4_usize).prop_map(|(which, times)| Deed::Repeat(which, times)),
        2 => Just(Deed::Copy),
        1 => (0..5_000_u32).prop_map(Deed::Wait),
        1 => (20_000..700_000_u32).prop_map(Deed::Wait),
        6 => Just(Deed::Distribute),
        2 => (0..AGENTS.len()).prop_map(Deed::Come),
        1 => (0..AGENTS.len()).prop_map(Deed::Go),
    ];
    proptest::collection::vec(deed, 1..60)
}

/// The house, its visitors, and everything that was sent and copied so far.
struct Story {
    house: House,
    visitors: Vec<Principal>,
    sent: Vec<Sent>,
    copies: Vec<Copy>,
}

impl Story {
    fn new() -> Self {
        let house = House::with(Settings {
            visitor_posts: Vec::new(),
            visitor_commands: Vec::new(),
            ..Settings::default()
        });
        let visitors = (0..VISITORS).map(|_| house.visitor()).collect();
        for name in AGENTS {
            house.service.agent_arrived(&agent_id(name));
        }
        house.outsider(OUTSIDER);
        house.service.distribute().unwrap();
        Self {
            house,
            visitors,
            sent: Vec::new(),
            copies: Vec::new(),
        }
    }

    fn conversation(&self, visitor: usize) -> Option<ConversationId> {
        let contact = &as_visitor(&self.visitors[visitor]).contact;
        let own = self
            .house
            .look(|reading| reading.conversations_of_contact(contact));
        assert!(own.len() <= 1, "a visitor has two conversations");
        own.into_iter().next().map(|record| record.id)
    }

    fn carry_out(&mut self, deed: &Deed) {
        match deed {
            Deed::Visitor(visitor, word) => {
                let who = self.visitors[*visitor].clone();
                self.say(who, self.conversation(*visitor), *word);
            }
            Deed::Agent(who, visitor, word) => {
                if let Some(id) = self.conversation(*visitor) {
                    self.say(agent(AGENTS[*who]), Some(id), *word);
                }
            }
            Deed::Outsider(visitor, word) => {
                if let Some(id) = self.conversation(*visitor) {
                    self.say(agent(OUTSIDER), Some(id), *word);
                }
            }
            Deed::Repeat(which, times) => self.repeat(*which, *times),
            Deed::Copy => {
                let copies = self.fresh_copies();
                self.copies.extend(copies);
            }
            Deed::Wait(millis) => self.house.wait((*millis).into()),
            Deed::Distribute => self.distribute(),
            Deed::Come(who) => self.house.service.agent_arrived(&agent_id(AGENTS[*who])),
            Deed::Go(who) => self.house.service.agent_left(&agent_id(AGENTS[*who])),
            Deed::Note(visitor)
            | Deed::NoteAgain(visitor, _)
            | Deed::SpyComes(visitor)
            | Deed::SpyReads(visitor)
            | Deed::Resolve(visitor) => {
                if let Some(id) = self.conversation(*visitor) {
                    self.behind_the_scenes(deed, &id);
                }
            }
        }
    }

    fn distribute(&self) {
        let next = self.house.service.distribute().unwrap();
        let now = self.house.now();
        assert!(next.is_none_or(|next| next > now), "something due was left");
        self.check_offers();
    }

    /// Nobody who may be asked is left out while somebody waits.
    fn check_offers(&self) {
        let waiting = self.house.look(|reading| reading.waiting_sessions());
        for session in &waiting {
            let record = self.house.record(&session.conversation);
            if record.session == session.id {
                assert_eq!(record.owner, None);
            }
        }
        for name in AGENTS {
            let desk = self.house.list(name).desk.unwrap();
            if desk.state.availability != Availability::Available {
                assert_eq!(desk.offers, []);
            }
            assert!(desk.offers.len() <= desk.state.capacity as usize);
        }
    }

    fn behind_the_scenes(&self, deed: &Deed, id: &ConversationId) {
        match deed {
            Deed::Note(_) => {
                let done = self.house.note_to(SPY, id, SECRET, &[AGENTS[0]]);
                done.unwrap();
            }
            Deed::NoteAgain(_, how) => self.note_again(id, *how),
            Deed::SpyComes(_) => {
                let reader = ParticipantRole::Reader;
                put_in(&self.house, id, SPY, reader, Visibility::Hidden);
                let told = self.house.service.change(|change| {
                    let mut edit = Edit::of(change.tx.conversation(id)?.unwrap());
                    edit.participants_changed(false);
                    edit.finish(change)
                });
                told.unwrap();
            }
            Deed::SpyReads(_) => {
                let part = self.house.look(|reading| reading.participants(id));
                if part.iter().any(|part| part.agent == agent_id(SPY)) {
                    let end = Position(u64::MAX);
                    self.house.mark_read(&agent(SPY), id, end).unwrap();
                }
            }
            Deed::Resolve(_) => {
                let mut edit = Edit::of(self.house.record(id));
                let ended = self.house.service.change(|change| {
                    if edit.record.live_status.is_some() {
                        waiting::over(change, &mut edit)?;
                    }
                    edit.finish_if_changed(change)
                });
                ended.unwrap();
            }
            _ => unreachable!("not behind the scenes"),
        }
    }

    fn note_again(&self, id: &ConversationId, how: u8) {
        let all = self
            .house
            .look(|reading| reading.messages(id, Scope::ForAgents, None, 10_000));
        let message = &all[usize::from(how / 3) % all.len()];
        let of = Posted {
            conversation: id.clone(),
            message: message.id.clone(),
            position: message.position,
            posted_at: message.posted_at,
            version: None,
        };
        let outcome = match how % 3 {
            0 => self.house.edit_note(SPY, &of, SECRET, &[AGENTS[1]]),
            1 => self.house.delete_note(SPY, &of),
            _ => {
                let order = PostNote {
                    client_id: self.house.fresh(),
                    conversation: id.clone(),
                    text: SECRET.to_owned(),
                    mentions: Vec::new(),
                    teams: vec![team_id("shipping")],
                    reply_to: Some(of.message),
                    attachments: Vec::new(),
                };
                self.house.service.post_note(&agent_id(SPY), &order)
            }
        };
        if let Err(error) = outcome {
            let known = [ErrorCode::NotFound, ErrorCode::EditTooLate];
            assert!(known.contains(&error.code()), "{error}");
        }
    }

    fn say(&mut self, who: Principal, conversation: Option<ConversationId>, word: Word) {
        let client_id = self.house.fresh();
        let text = format!("{client_id}");
        let order = match (word, conversation) {
            (Word::Post, conversation) => {
                Order::Post(post(client_id, conversation.as_ref(), &text))
            }
            (_, None) => return,
            (Word::Edit(nth), Some(conversation)) => Order::Edit(EditMessage {
                client_id,
                message: self.nth(&who, &conversation, nth).id,
                conversation,
                text,
            }),
            (Word::Delete(nth), Some(conversation)) => Order::Delete(DeleteMessage {
                client_id,
                message: self.nth(&who, &conversation, nth).id,
                conversation,
            }),
            (Word::Quote(nth), Some(conversation)) => Order::Post(PostMessage {
                reply_to: Some(self.nth(&who, &conversation, nth).id),
                ..post(client_id, Some(&conversation), &text)
            }),
            (Word::Read(nth), Some(conversation)) => Order::Read(MarkRead {
                client_id,
                up_to: self.place(&who, &conversation, nth),
                conversation,
            }),
            (Word::Delivered(nth), Some(conversation)) => Order::Delivered(MarkDelivered {
                client_id,
                up_to: self.place(&who, &conversation, nth),
                conversation,
            }),
            (Word::Take, Some(conversation)) => Order::Take(TakeConversation {
                client_id,
                conversation,
            }),
            (Word::Accept, Some(conversation)) => match self.offered(&who, &conversation) {
                Some(offer) => Order::Accept(AcceptOffer { client_id, offer }),
                None => return,
            },
            (Word::Decline, Some(conversation)) => match self.offered(&who, &conversation) {
                Some(offer) => Order::Decline(DeclineOffer {
                    client_id,
                    offer,
                    reason: DeclineReason::Busy,
                }),
                None => return,
            },
            (Word::State(availability), Some(_)) => Order::State(SetState {
                client_id,
                availability,
                reason: None,
            }),
            (Word::Join | Word::Help, Some(conversation)) => Order::Join(JoinConversation {
                client_id,
                conversation,
                helping: matches!(word, Word::Help).then_some(true),
            }),
            (Word::End, Some(conversation)) => Order::End(EndSession {
                client_id,
                conversation,
            }),
            (Word::Status(status), Some(conversation)) => Order::Status(SetLiveStatus {
                client_id,
                conversation,
                status,
            }),
            (Word::Leave, Some(conversation)) => Order::Leave(LeaveConversation {
                client_id,
                conversation,
            }),
        };
        let answer = send(&self.house, &who, &order);
        if let Err(error) = &answer {
            let known = [
                ErrorCode::AlreadyTaken,
                ErrorCode::OfferOver,
                ErrorCode::Forbidden,
                ErrorCode::NotFound,
                ErrorCode::EditTooLate,
                ErrorCode::NotNow,
            ];
            assert!(known.contains(&error.code()), "{error}");
        }
        self.sent.push(Sent { who, order, answer });
    }

    /// The open offer of a conversation to an agent, as their screens show it.
    fn offered(&self, who: &Principal, conversation: &ConversationId) -> Option<OfferId> {
        let Principal::Agent(agent) = who else {
            return None;
        };
        let offers = self.house.list(agent.as_str()).desk.unwrap().offers;
        let mut own = offers.into_iter();
        own.find(|offer| offer.conversation == *conversation)
            .map(|offer| offer.id)
    }

    fn place(&self, who: &Principal, conversation: &ConversationId, nth: u8) -> Position {
        self.nth(who, conversation, nth).position
    }

    fn nth(&self, who: &Principal, conversation: &ConversationId, nth: u8) -> Message {
        let mut messages = self.house.open(who, conversation).messages;
        messages.swap_remove(usize::from(nth) % messages.len())
    }

    fn repeat(&self, which: usize, times: usize) {
        let Some(sent) = which
            .checked_rem(self.sent.len())
            .and_then(|at| self.sent.get(at))
        else {
            return;
        };
        std::thread::scope(|scope| {
            for _ in 0..times {
                scope.spawn(|| {
                    let again = send(&self.house, &sent.who, &sent.order);
                    assert_eq!(again, sent.answer);
                });
            }
        });
    }

    fn fresh_copies(&self) -> Vec<Copy> {
        let visitors = (0..VISITORS).filter_map(|at| {
            let copy = self.visitor_copy(at, &self.conversation(at)?);
            Some(Copy::Visitor(at, copy))
        });
        let agents = (0..READERS.len()).map(|at| Copy::Agent(at, self.agent_copy(at)));
        visitors.chain(agents).collect()
    }

    fn visitor_copy(&self, at: usize, id: &ConversationId) -> VisitorCopy {
        let visitor = as_visitor(&self.visitors[at]);
        let token = VerifiedVisitor {
            contact: visitor.contact.clone(),
            channel: visitor.channel.clone(),
        };
        let connect = super::house::connect("demo-support");
        let connected =
            self.house
                .service
                .connect_visitor(Some(token), &Arrival::default(), &connect);
        let opened = self.house.open(&self.visitors[at], id);
        VisitorCopy {
            conversation: connected.unwrap().conversation.unwrap(),
            messages: by_place(opened.messages),
            receipts: opened.receipts,
            cursor: opened.cursor,
        }
    }

    fn agent_copy(&self, at: usize) -> AgentCopy {
        let name = READERS[at];
        let listed = self.house.list(name);
        let mut copy = AgentCopy {
            rows: BTreeMap::new(),
            open: BTreeMap::new(),
            desk: listed.desk.unwrap(),
            mentions: by_note(listed.mentions.unwrap()),
            cursors: listed.cursors,
        };
        for row in listed.rows.iter().filter(|_| name != OUTSIDER) {
            let opened = self.house.open(&agent(name), &row.id);
            let content = Content {
                messages: by_place(opened.messages),
                notes: notes_by_place(self.house.notes(name, &row.id)),
                receipts: opened.receipts,
                standing: self.house.standing(name, &row.id),
            };
            copy.open.insert(row.id.clone(), content);
            copy.cursors.push(opened.cursor);
        }
        let rows = listed.rows.into_iter().chain(listed.beside.unwrap());
        copy.rows.extend(rows.map(|row| (row.id.clone(), row)));
        copy
    }

    /// What a client does after it was away: takes up every feed and applies what it missed.
    fn bring_up_to_date(&self, copy: &mut Copy) {
        match copy {
            Copy::Visitor(at, copy) => {
                let who = &self.visitors[*at];
                let missed = self.missed(who, &copy.cursor);
                let visitor = as_visitor(who);
                for frame in follow(&mut copy.cursor, missed, |feed, after| {
                    self.house
                        .service
                        .read_visitor_entries(visitor, feed, after, 3)
                }) {
                    copy.apply(frame);
                }
            }
            Copy::Agent(at, copy) => {
                let mut cursors = std::mem::take(&mut copy.cursors);
                for cursor in &mut cursors {
                    let missed = self.missed(&agent(READERS[*at]), cursor);
                    let id = agent_id(READERS[*at]);
                    for frame in follow(cursor, missed, |feed, after| {
                        self.house.service.read_agent_entries(&id, feed, after, 3)
                    }) {
                        copy.apply(frame);
                    }
                }
                copy.cursors = cursors;
            }
        }
    }

    fn missed(&self, who: &Principal, cursor: &FeedCursor) -> u64 {
        match self.house.service.resume_feed(who, cursor).unwrap() {
            Resumption::Resumed(resumed) => resumed.missed,
            Resumption::ResyncRequired(required) => panic!("{:?}", required.reason),
        }
    }

    fn check(&self) {
        self.distribute();
        for visitor in 0..VISITORS {
            if let Some(id) = self.conversation(visitor) {
                self.check_messages(&id);
                self.check_secrecy(visitor, &id);
            }
        }
        self.check_once();
        for copy in &self.copies {
            let mut old = copy.clone();
            self.bring_up_to_date(&mut old);
            match old {
                Copy::Visitor(at, old) => {
                    let id = old.conversation.id.clone();
                    let mut fresh = self.visitor_copy(at, &id);
                    // A conversation is resolved behind the scenes, so its visitor is not told.
                    fresh.conversation.status = old.conversation.status;
                    assert_eq!(old, fresh);
                }
                Copy::Agent(at, mut old) => {
                    let mut fresh = self.agent_copy(at);
                    // What began since is in the list, but was not opened.
                    fresh.open.retain(|id, _| old.open.contains_key(id));
                    fresh.cursors.retain(|cursor| match &cursor.feed {
                        Feed::Conversation(id) => old.open.contains_key(id),
                        _ => true,
                    });
                    old.desk
                        .offers
                        .sort_by_key(|offer| (offer.offered_at, offer.id.clone()));
                    fresh
                        .desk
                        .offers
                        .sort_by_key(|offer| (offer.offered_at, offer.id.clone()));
                    assert_eq!(old.desk, fresh.desk);
                    assert_eq!(old.rows, fresh.rows);
                    assert_eq!(old.open, fresh.open);
                    assert_eq!(old.mentions, fresh.mentions);
                    assert_eq!(sorted(old.cursors), sorted(fresh.cursors));
                }
            }
        }
    }

    fn check_messages(&self, id: &ConversationId) {
        let messages = self
            .house
            .look(|reading| reading.messages(id, Scope::ForAgents, None, 10_000));
        assert!(messages.is_sorted_by(|one, other| one.position < other.position));
        assert_eq!(
            messages.last().map(|message| message.position),
            Some(self.house.record(id).last_position)
        );
        let owners = self.house.look(|reading| reading.participants(id));
        let owners = owners
            .iter()
            .filter(|part| part.role == ParticipantRole::Owner);
        assert!(owners.count() <= 1);
    }

    fn check_once(&self) {
        let mut seen: HashSet<(String, ClientId)> = HashSet::new();
        for visitor in 0..VISITORS {
            let Some(id) = self.conversation(visitor) else {
                continue;
            };
            let messages = self
                .house
                .look(|reading| reading.messages(&id, Scope::ForAgents, None, 10_000));
            for message in messages {
                if let Some(client_id) = message.client_id.clone().filter(|_| !message.is_note()) {
                    let author = format!("{:?}", message.author);
                    assert!(seen.insert((author, client_id)), "a message came twice");
                }
            }
        }
        let posts = self
            .sent
            .iter()
            .filter(|sent| matches!(sent.order, Order::Post(_)) && sent.answer.is_ok());
        assert_eq!(posts.count(), seen.len());
    }

    fn check_secrecy(&self, visitor: usize, id: &ConversationId) {
        let who = &self.visitors[visitor];
        let told = format!(
            "{:?} {:?} {:?}",
            self.house.visitor_frames(who, id),
            self.house.open(who, id),
            self.visitor_copy(visitor, id),
        );
        assert!(!told.contains(SECRET));
        assert!(!told.contains("Sol") && !told.contains("\"sol\""));
    }
}

proptest! {
    #![proptest_config(Config { cases: 128, ..Config::default() })]

    #[test]
    fn everybody_ends_with_the_same(deeds in deeds()) {
        let mut story = Story::new();
        for deed in &deeds {
            story.carry_out(deed);
        }
        story.check();
    }
}
