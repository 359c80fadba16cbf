//! What an agent can do about a conversation as it stands.

use client_core::view::RosterRow;
use protocol::conversation::ConversationStatus;
use protocol::ids::AgentId;

/// The moves that make sense now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Actions {
    /// Begin another session of it, as its owner.
    pub(super) reopen: bool,
    /// Become its owner.
    pub(super) take: bool,
    /// Take part beside its owner, or because help is wanted.
    pub(super) join: bool,
    /// Joining is coming to help: of two who come at once only one may.
    pub(super) helping: bool,
    /// Take part no longer.
    pub(super) leave: bool,
}

impl Actions {
    /// The moves an agent has in a conversation.
    pub(super) fn of(row: &RosterRow, me: &AgentId) -> Self {
        let mut participants = row.summary.participants.iter();
        let inside = participants.any(|participant| participant.agent.id == *me);
        let owned = row.summary.owner().is_some();
        let helping = row.summary.help.is_some() && !inside;
        // What is over has nobody to come or go.
        if row.summary.status == ConversationStatus::Resolved {
            return Self {
                reopen: true,
                ..Self::default()
            };
        }
        Self {
            reopen: false,
            // What belongs to another channel is owned by who answers there.
            take: !owned && !helping && row.summary.elsewhere.is_none(),
            join: helping || (owned && !inside),
            helping,
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
        ContactRef, ConversationSummary, HelpWanted, Participant, ParticipantRole,
    };
    use protocol::hello::ChannelRef;
    use protocol::ids::{ChannelId, ContactId, ConversationId};
    use protocol::time::Timestamp;

    use super::*;

    fn agent(id: &str) -> AgentRef {
        AgentRef {
            id: AgentId::parse(id).expect("an id"),
            name: id.to_owned(),
        }
    }

    fn row(participants: &[(&str, ParticipantRole)]) -> RosterRow {
        let participants = participants.iter().map(|(id, role)| Participant {
            agent: agent(id),
            role: *role,
        });
        RosterRow {
            summary: ConversationSummary {
                id: ConversationId::parse("c").expect("an id"),
                version: 1,
                channel: ChannelId::parse("support").expect("an id"),
                elsewhere: None,
                contact: ContactRef {
                    id: ContactId::parse("contact").expect("an id"),
                    name: None,
                    language: None,
                    widget_language: None,
                    country: None,
                },
                status: ConversationStatus::Open,
                live_status: None,
                help: None,
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
        }
    }

    fn actions(participants: &[(&str, ParticipantRole)]) -> Actions {
        Actions::of(&row(participants), &agent("ana").id)
    }

    /// The same while help is wanted, for an agent who answers in the channel or does not.
    fn actions_on_call(participants: &[(&str, ParticipantRole)], is_elsewhere: bool) -> Actions {
        let mut row = row(participants);
        row.summary.help = Some(HelpWanted {
            since: Timestamp(0),
            by: Some(agent("ben")),
            own_expertise: false,
        });
        row.summary.elsewhere = is_elsewhere.then(|| ChannelRef {
            id: row.summary.channel.clone(),
            name: "Support".to_owned(),
        });
        Actions::of(&row, &agent("ana").id)
    }

    fn only(take: bool, join: bool, leave: bool) -> Actions {
        Actions {
            take,
            join,
            leave,
            ..Actions::default()
        }
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

    #[test]
    fn what_is_over_can_be_begun_again_and_nothing_else() {
        let mut over = row(&[("ana", ParticipantRole::Owner)]);
        over.summary.status = ConversationStatus::Resolved;
        let again = Actions {
            reopen: true,
            ..Actions::default()
        };
        for who in ["ana", "ben"] {
            assert_eq!(Actions::of(&over, &agent(who).id), again);
        }
    }

    #[test]
    fn who_could_help_can_join_and_nothing_else() {
        let help = Actions {
            helping: true,
            ..only(false, true, false)
        };
        let owned = [("ben", ParticipantRole::Owner)];
        let left = [("ben", ParticipantRole::Member)];
        for is_elsewhere in [false, true] {
            assert_eq!(actions_on_call(&owned, is_elsewhere), help);
            assert_eq!(actions_on_call(&left, is_elsewhere), help);
        }
    }

    #[test]
    fn who_takes_part_sees_no_join_while_help_is_wanted() {
        let member = [("ana", ParticipantRole::Member)];
        assert_eq!(actions_on_call(&member, false), only(true, false, true));
        assert_eq!(actions_on_call(&member, true), only(false, false, true));
    }
}
