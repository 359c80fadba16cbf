//! Records to store, each different in every field that can differ.

use protocol::chatbot::{AnswerButton, Question, QuestionInput};
use protocol::conversation::{ConversationStatus, Country, LiveStatus, ParticipantRole};
use protocol::ids::{
    AgentId, AttachmentId, ChannelId, ClientId, ContactId, ConversationId, MessageId, SessionId,
    SiteKey,
};
use protocol::message::{Format, Revision};
use protocol::receipt::{Reached, Receipts};
use protocol::seq::Position;
use protocol::time::Timestamp;

use super::Failure;
use crate::domain::{
    AgentProfile, AgentRecord, AgentRole, Audience, ChannelRecord, ChannelSettings, ContactRecord,
    ConversationRecord, HelpRecord, MessageAuthor, MessageRecord, ParticipantRecord, SessionAnswer,
    SessionFacts, SessionRecord, Visibility,
};
use crate::error::StorageError;
use crate::ports::storage::{Storage, Stored, Transaction, write};

/// Characters that are easily lost: quotes, a zero, a line break, marks beyond the first plane,
/// a mark for the other direction, spaces at both ends.
pub(super) const HOSTILE: &str = " '\"\\%_\u{0}\n\r\té漢😀👩‍👩‍👧\u{202e}\u{feff}<script> ";

pub(super) fn id<T>(parse: impl Fn(&str) -> Option<T>, text: &str) -> Stored<T> {
    parse(text).ok_or_else(|| StorageError::Other(format!("{text} is no id")))
}

pub(super) fn channel_id(text: &str) -> Stored<ChannelId> {
    id(ChannelId::parse, text)
}

pub(super) fn agent_id(text: &str) -> Stored<AgentId> {
    id(AgentId::parse, text)
}

pub(super) fn contact_id(text: &str) -> Stored<ContactId> {
    id(ContactId::parse, text)
}

pub(super) fn conversation_id(text: &str) -> Stored<ConversationId> {
    id(ConversationId::parse, text)
}

pub(super) fn session_id(text: &str) -> Stored<SessionId> {
    id(SessionId::parse, text)
}

pub(super) fn message_id(text: &str) -> Stored<MessageId> {
    id(MessageId::parse, text)
}

pub(super) fn site(text: &str) -> Stored<SiteKey> {
    id(SiteKey::parse, text)
}

pub(super) fn client_id(number: u128) -> ClientId {
    ClientId::from_bits(number)
}

pub(super) fn channel(name: &str) -> Stored<ChannelRecord> {
    Ok(ChannelRecord {
        id: channel_id(name)?,
        site: site(&format!("site-{name}"))?,
        name: format!("{name}{HOSTILE}"),
        allowed_origins: vec![
            "https://shop.example".to_owned(),
            "http://a,b:8080".to_owned(),
        ],
        settings: ChannelSettings {
            offer_seconds: Some(45),
        },
    })
}

pub(super) fn agent(name: &str) -> Stored<AgentRecord> {
    Ok(AgentRecord {
        id: agent_id(name)?,
        email: format!("{name}@example.com"),
        name: format!("{name}{HOSTILE}"),
        password_hash: "$argon2id$v=19$m=1,t=1,p=1$c2FsdA$aGFzaA".to_owned(),
        role: AgentRole::Administrator,
        profile: AgentProfile {
            capacity: 7,
            expertise: vec![HOSTILE.to_owned(), "Sales".to_owned()],
            languages: vec!["zh-Hant".to_owned()],
            country: Some("MX".to_owned()),
        },
        created_at: Timestamp(-1),
    })
}

pub(super) fn contact(name: &str, channel: &str) -> Stored<ContactRecord> {
    Ok(ContactRecord {
        id: contact_id(name)?,
        channel: channel_id(channel)?,
        name: Some(HOSTILE.to_owned()),
        email: Some("kim@example.com".to_owned()),
        phone: None,
        language: Some("es-MX".to_owned()),
        widget_language: None,
        country: Some(Country {
            code: "MX".to_owned(),
            guessed: true,
        }),
        created_at: Timestamp(1_700_000_000_000),
    })
}

pub(super) fn conversation(
    name: &str,
    contact: &str,
    channel: &str,
    last_activity_at: i64,
) -> Stored<ConversationRecord> {
    Ok(ConversationRecord {
        id: conversation_id(name)?,
        channel: channel_id(channel)?,
        contact: contact_id(contact)?,
        status: ConversationStatus::Open,
        live_status: Some(LiveStatus::InProgress),
        session: session_id(&format!("session-{name}"))?,
        version: 7,
        started_at: Timestamp(5),
        last_activity_at: Timestamp(last_activity_at),
        last_position: Position((1 << 53) - 1),
        preview: None,
        receipts: Receipts {
            visitor: Reached {
                delivered: Position(4),
                read: Position(3),
            },
            agents: Reached {
                delivered: Position(2),
                read: Position(1),
            },
        },
        owner: None,
    })
}

pub(super) fn session(conversation: &str) -> Stored<SessionRecord> {
    Ok(SessionRecord {
        id: session_id(&format!("session-{conversation}"))?,
        conversation: conversation_id(conversation)?,
        started_at: Timestamp(5),
        ended_at: None,
        waiting_since: None,
        previous_agent: Some(agent_id("ben")?),
        expertise: vec![HOSTILE.to_owned(), "Technical".to_owned()],
        chosen_expertise: vec!["Sales".to_owned(), HOSTILE.to_owned()],
        answers: vec![SessionAnswer {
            question: HOSTILE.to_owned(),
            answer: String::new(),
            at: -3,
            round: 2,
        }],
        help: Some(HelpRecord {
            wanted_at: Timestamp(7),
            wanted_by: agent_id("ben")?,
            answered_by: Some(agent_id("ana")?),
        }),
        facts: SessionFacts {
            wanted: true,
            offers: 3,
            missed: 2,
            ..SessionFacts::default()
        },
    })
}

pub(super) fn participant(
    conversation: &str,
    agent: &str,
    joined_at: i64,
) -> Stored<ParticipantRecord> {
    Ok(ParticipantRecord {
        conversation: conversation_id(conversation)?,
        agent: agent_id(agent)?,
        role: ParticipantRole::Member,
        visibility: Visibility::Hidden,
        joined_at: Timestamp(joined_at),
    })
}

pub(super) fn message(conversation: &str, position: u64) -> Stored<MessageRecord> {
    Ok(MessageRecord {
        id: message_id(&format!("{conversation}-{position}"))?,
        conversation: conversation_id(conversation)?,
        session: session_id(&format!("session-{conversation}"))?,
        position: Position(position),
        audience: Audience::All,
        author: MessageAuthor::Visitor(contact_id("kim")?),
        text: HOSTILE.to_owned(),
        format: Format::Plain,
        event: None,
        question: Some(question()),
        attachments: vec![
            id(AttachmentId::parse, "f2")?,
            id(AttachmentId::parse, "f1")?,
        ],
        reply_to: Some(message_id("c1-0")?),
        revision: Some(Revision {
            version: 3,
            at: Timestamp(1_700_000_000_002),
            deleted: false,
        }),
        posted_at: Timestamp(1_700_000_000_001),
        client_id: Some(client_id(u128::from(position))),
    })
}

/// An open question with a button.
pub(super) fn question() -> Question {
    Question {
        input: QuestionInput::Buttons,
        locked: true,
        open: true,
        buttons: vec![AnswerButton {
            id: "order".to_owned(),
            text: HOSTILE.to_owned(),
            link: Some("https://shop.example".to_owned()),
        }],
        chosen: None,
    }
}

/// Stores a contact's conversation with all that belongs to it.
pub(super) fn put_conversation(
    tx: &mut dyn Transaction,
    name: &str,
    channel: &str,
    last_activity_at: i64,
) -> Stored<()> {
    tx.put_conversation(&conversation(name, "kim", channel, last_activity_at)?)?;
    tx.put_session(&session(name)?)
}

/// Stores channels `support` and `sales`, agents `ana` and `ben`, contact `kim`, conversation
/// `c1` in `support`.
pub(super) fn furnish(storage: &dyn Storage) -> Result<(), Failure> {
    write::<_, StorageError>(storage, |tx| {
        for name in ["support", "sales"] {
            tx.put_channel(&channel(name)?)?;
        }
        for name in ["ana", "ben"] {
            tx.put_agent(&agent(name)?)?;
        }
        tx.put_contact(&contact("kim", "support")?)?;
        put_conversation(tx, "c1", "support", 100)
    })?;
    Ok(())
}
