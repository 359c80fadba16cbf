//! What an agent can do about a conversation as it stands.

use client_core::view::RosterRow;
use protocol::ids::AgentId;

/// The moves that make sense now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Actions {
    /// Become its owner.
    pub(super) take: bool,
    /// Take part beside its owner.
    pub(super) join: bool,
    /// Take part no longer.
    pub(super) leave: bool,
}

impl Actions {
    /// The moves an agent has in a conversation.
    pub(super) fn of(row: &RosterRow, me: &AgentId) -> Self {
        let mut participants = row.summary.participants.iter();
        let inside = participants.any(|participant| participant.agent.id == *me);
        let owned = row.summary.owner().is_some();
        Self {
            take: !owned,
            join: owned && !inside,
            leave: inside,
        }
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use protocol::author::AgentRef;
    use protocol::conversation::{
        ContactRef, ConversationStatus, ConversationSummary, Participant, ParticipantRole,
    };
    use protocol::ids::{ChannelId, ContactId, ConversationId};
    use protocol::time::Timestamp;

    use super::*;

    fn agent(id: &str) -> AgentRef {
        AgentRef {
            id: AgentId::parse(id).expect("an id"),
            name: id.to_owned(),
        }
    }

    fn actions(participants: &[(&str, ParticipantRole)]) -> Actions {
        let participants = participants.iter().map(|(id, role)| Participant {
            agent: agent(id),
            role: *role,
        });
        let row = RosterRow {
            summary: ConversationSummary {
                id: ConversationId::parse("c").expect("an id"),
                version: 1,
                channel: ChannelId::parse("support").expect("an id"),
                contact: ContactRef {
                    id: ContactId::parse("contact").expect("an id"),
                    name: None,
                    language: None,
                    widget_language: None,
                    country: None,
                },
                status: ConversationStatus::Open,
                live_status: None,
                waiting_since: None,
                participants: participants.collect(),
                preview: None,
                unread: 0,
                started_at: Timestamp(0),
                last_activity_at: Timestamp(0),
            },
            mine: false,
            unassigned: false,
            selected: true,
            has_draft: false,
            is_new: false,
        };
        Actions::of(&row, &agent("ana").id)
    }

    fn only(take: bool, join: bool, leave: bool) -> Actions {
        Actions { take, join, leave }
    }

    #[test]
    fn what_nobody_owns_can_be_taken() {
        assert_eq!(actions(&[]), only(true, false, false));
        let beside = [("ben", ParticipantRole::Member)];
        assert_eq!(actions(&beside), only(true, false, false));
    }

    #[test]
    fn what_another_owns_can_be_joined() {
        let owned = [("ben", ParticipantRole::Owner)];
        assert_eq!(actions(&owned), only(false, true, false));
    }

    #[test]
    fn who_takes_part_can_leave() {
        let owner = [("ana", ParticipantRole::Owner)];
        assert_eq!(actions(&owner), only(false, false, true));
        let member = [
            ("ben", ParticipantRole::Owner),
            ("ana", ParticipantRole::Member),
        ];
        assert_eq!(actions(&member), only(false, false, true));
    }

    #[test]
    fn a_member_can_take_over_what_the_owner_left() {
        let left = [("ana", ParticipantRole::Member)];
        assert_eq!(actions(&left), only(true, false, true));
    }
}
