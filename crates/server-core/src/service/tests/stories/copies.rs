//! Copies that readers hold, and how a client brings one up to date from its feeds.

use std::collections::BTreeMap;

use protocol::agent::{AgentFrame, Desk, Mention, Note, OfferStatus, SessionStanding};
use protocol::conversation::{ConversationSummary, VisitorConversation};
use protocol::feed::Feed;
use protocol::ids::{ConversationId, MessageId};
use protocol::message::Message;
use protocol::receipt::Receipts;
use protocol::seq::{FeedCursor, Position, Seq};
use protocol::visitor::VisitorFrame;

use crate::error::Error;
use crate::service::Entries;

/// One reader's copy of what they see, with the cursors to bring it up to date by.
#[derive(Clone, Debug)]
pub(super) enum Copy {
    Visitor(usize, VisitorCopy),
    Agent(usize, AgentCopy),
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct VisitorCopy {
    pub(super) conversation: VisitorConversation,
    pub(super) messages: BTreeMap<Position, Message>,
    pub(super) receipts: Receipts,
    pub(super) cursor: FeedCursor,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct AgentCopy {
    pub(super) rows: BTreeMap<ConversationId, ConversationSummary>,
    pub(super) open: BTreeMap<ConversationId, Content>,
    pub(super) desk: Desk,
    pub(super) mentions: BTreeMap<MessageId, Mention>,
    pub(super) cursors: Vec<FeedCursor>,
}

/// What an agent sees of a conversation they opened.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Content {
    pub(super) messages: BTreeMap<Position, Message>,
    pub(super) notes: BTreeMap<Position, Note>,
    pub(super) receipts: Receipts,
    pub(super) standing: SessionStanding,
}

/// Reads a feed to its end in small steps, checks that it has no holes, and moves the cursor.
pub(super) fn follow<F: HasSeq>(
    cursor: &mut FeedCursor,
    missed: u64,
    read: impl Fn(&Feed, Seq) -> Result<Entries<F>, Error>,
) -> Vec<F> {
    let begin = cursor.seq;
    let mut all = Vec::new();
    loop {
        let Entries::Read { frames, upto, more } = read(&cursor.feed, cursor.seq).unwrap() else {
            panic!("the entries are gone");
        };
        for frame in &frames {
            cursor.seq = cursor.seq.next();
            assert_eq!(frame.place(), (&cursor.feed, cursor.seq));
        }
        assert_eq!(cursor.seq, upto);
        all.extend(frames);
        if !more {
            break;
        }
    }
    assert_eq!(cursor.seq.0 - begin.0, missed);
    all
}

pub(super) trait HasSeq {
    fn place(&self) -> (&Feed, Seq);
}

impl HasSeq for VisitorFrame {
    fn place(&self) -> (&Feed, Seq) {
        match self {
            Self::MessagePosted(it) => (&it.feed, it.seq),
            Self::ReceiptsChanged(it) => (&it.feed, it.seq),
            Self::ConversationChanged(it) => (&it.feed, it.seq),
            other => panic!("not an entry: {other:?}"),
        }
    }
}

impl HasSeq for AgentFrame {
    fn place(&self) -> (&Feed, Seq) {
        match self {
            Self::MessagePosted(it) => (&it.feed, it.seq),
            Self::NotePosted(it) => (&it.feed, it.seq),
            Self::MentionChanged(it) => (&it.feed, it.seq),
            Self::ReceiptsChanged(it) => (&it.feed, it.seq),
            Self::SummaryChanged(it) => (&it.feed, it.seq),
            Self::SummaryWithdrawn(it) => (&it.feed, it.seq),
            Self::SessionChanged(it) => (&it.feed, it.seq),
            Self::UnreadChanged(it) => (&it.feed, it.seq),
            Self::StateChanged(it) => (&it.feed, it.seq),
            Self::OfferChanged(it) => (&it.feed, it.seq),
            other => panic!("not an entry: {other:?}"),
        }
    }
}

impl VisitorCopy {
    pub(super) fn apply(&mut self, frame: VisitorFrame) {
        match frame {
            VisitorFrame::MessagePosted(it) => {
                let version = it.message.version();
                let before = self.messages.insert(it.message.position, it.message);
                assert!(before.is_none_or(|before| before.version() <= version));
            }
            VisitorFrame::ReceiptsChanged(it) => {
                self.receipts = self.receipts.merge(it.receipts);
            }
            VisitorFrame::ConversationChanged(it) => self.conversation = it.conversation,
            other => panic!("not an entry: {other:?}"),
        }
    }
}

impl AgentCopy {
    pub(super) fn apply(&mut self, frame: AgentFrame) {
        match frame {
            AgentFrame::MessagePosted(it) => {
                if let Some(open) = self.open.get_mut(&it.message.conversation) {
                    let version = it.message.version();
                    let before = open.messages.insert(it.message.position, it.message);
                    assert!(before.is_none_or(|before| before.version() <= version));
                }
            }
            AgentFrame::NotePosted(it) => {
                if let Some(open) = self.open.get_mut(&it.note.conversation) {
                    open.notes.insert(it.note.position, it.note);
                }
            }
            AgentFrame::MentionChanged(it) => {
                if it.mention.deleted_at.is_some() {
                    self.mentions.remove(&it.mention.note);
                } else {
                    self.mentions.insert(it.mention.note.clone(), it.mention);
                }
            }
            AgentFrame::ReceiptsChanged(it) => {
                if let Some(open) = self.open.get_mut(&it.conversation) {
                    open.receipts = open.receipts.merge(it.receipts);
                }
            }
            AgentFrame::SessionChanged(it) => {
                if let Some(open) = self.open.get_mut(&it.conversation) {
                    open.standing = it.standing;
                }
            }
            AgentFrame::SummaryChanged(it) => {
                self.rows.insert(it.summary.id.clone(), it.summary);
            }
            AgentFrame::SummaryWithdrawn(it) => {
                self.rows.remove(&it.conversation);
            }
            AgentFrame::UnreadChanged(it) => {
                if let Some(row) = self.rows.get_mut(&it.conversation) {
                    row.unread = it.unread;
                }
            }
            AgentFrame::StateChanged(it) => self.desk.state = it.state,
            AgentFrame::OfferChanged(it) => {
                let offers = &mut self.desk.offers;
                offers.retain(|offer| offer.id != it.offer.id);
                if it.offer.status == OfferStatus::Open {
                    offers.push(it.offer);
                }
            }
            other => panic!("not an entry: {other:?}"),
        }
    }
}

pub(super) fn by_place(messages: Vec<Message>) -> BTreeMap<Position, Message> {
    let pairs = messages.into_iter();
    pairs.map(|message| (message.position, message)).collect()
}

pub(super) fn notes_by_place(notes: Vec<Note>) -> BTreeMap<Position, Note> {
    let pairs = notes.into_iter();
    pairs.map(|note| (note.position, note)).collect()
}

pub(super) fn by_note(mentions: Vec<Mention>) -> BTreeMap<MessageId, Mention> {
    let pairs = mentions.into_iter();
    pairs
        .map(|mention| (mention.note.clone(), mention))
        .collect()
}

pub(super) fn sorted(mut cursors: Vec<FeedCursor>) -> Vec<FeedCursor> {
    cursors.sort_by(|one, other| one.feed.cmp(&other.feed));
    cursors
}
