//! Timelines to show: short ways to say who wrote what.

use client_core::view::{
    Actions, DeliveryState, Grouping, LoadPhase, MessageRow, Row, RowContent, Segment, TimelineView,
};
use protocol::author::{AgentRef, Author, AuthorRole};
use protocol::ids::{AgentId, ConversationId};
use protocol::message::{MessageKind, SystemEvent, SystemEventKind};
use protocol::time::Timestamp;

/// An instant in the tests' day.
pub(crate) const NOON: Timestamp = Timestamp(1_772_539_200_000);

pub(crate) fn ana() -> AgentRef {
    AgentRef {
        id: AgentId::parse("ana").unwrap(),
        name: "Ana".to_owned(),
    }
}

/// A message of somebody else.
pub(crate) fn message(key: &str, kind: MessageKind, text: &str) -> Row {
    let (role, name) = match kind {
        MessageKind::Visitor => (AuthorRole::Visitor, None),
        MessageKind::Automated => (AuthorRole::Automated, Some("Robot")),
        _ => (AuthorRole::Agent, Some("Ana")),
    };
    let author = Author {
        role,
        agent: (role == AuthorRole::Agent).then(|| ana().id),
        name: name.map(str::to_owned),
    };
    Row {
        key: key.to_owned(),
        content: RowContent::Message(Box::new(MessageRow {
            kind,
            author,
            own: false,
            segments: vec![Segment::Text(text.to_owned())],
            at: NOON,
            grouping: Grouping::Single,
            state: None,
            problem: None,
            attachments: Vec::new(),
            can_cancel: false,
            quote: None,
            edited: false,
            deleted: false,
            actions: Actions::default(),
            question: None,
            #[cfg(feature = "agent")]
            note: None,
        })),
    }
}

/// A message of the reader's own.
pub(crate) fn own(key: &str, kind: MessageKind, text: &str, state: DeliveryState) -> Row {
    changed(message(key, kind, text), |row| {
        row.own = true;
        row.state = Some(state);
    })
}

/// A row with its message changed.
pub(crate) fn changed(mut row: Row, change: impl FnOnce(&mut MessageRow)) -> Row {
    if let RowContent::Message(message) = &mut row.content {
        change(message);
    }
    row
}

pub(crate) fn system(key: &str, kind: SystemEventKind) -> Row {
    Row {
        key: key.to_owned(),
        content: RowContent::System {
            event: SystemEvent {
                kind,
                agent: Some(ana()),
            },
            at: NOON,
        },
    }
}

pub(crate) fn timeline(rows: Vec<Row>) -> TimelineView {
    TimelineView {
        conversation: ConversationId::parse("c1"),
        phase: LoadPhase::Ready,
        rows,
        ..TimelineView::default()
    }
}
