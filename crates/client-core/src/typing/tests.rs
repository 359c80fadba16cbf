//! Facts about typing signals of several people.

use protocol::author::{Author, AuthorRole};
use protocol::ids::{AgentId, ConversationId};
use protocol::time::Timestamp;
use protocol::typing::TypingChanged;

use super::Typing;
use crate::turn::Turn;

fn conversation() -> ConversationId {
    ConversationId::parse("c").unwrap()
}

fn agent(id: &str) -> Author {
    Author {
        role: AuthorRole::Agent,
        agent: AgentId::parse(id),
        name: Some(id.to_owned()),
    }
}

fn signal(author: &Author, typing: bool) -> TypingChanged {
    TypingChanged {
        conversation: conversation(),
        author: author.clone(),
        typing,
    }
}

fn at(millis: i64) -> Turn {
    Turn::new(Timestamp(millis), 0, true)
}

#[test]
fn people_stay_in_the_order_they_began() {
    let mut typing = Typing::default();
    let (ana, ben) = (agent("ana"), agent("ben"));
    typing.changed(signal(&ana, true), &mut at(0));
    typing.changed(signal(&ben, true), &mut at(100));
    typing.changed(signal(&ana, true), &mut at(3_000));
    assert_eq!(typing.authors(&conversation()), [ana.clone(), ben.clone()]);
    assert_eq!(typing.next_due(), Some(Timestamp(6_100)));
    typing.others_timer(&mut at(6_100));
    assert_eq!(typing.authors(&conversation()), [ana]);
}

#[test]
fn another_conversation_is_another_matter() {
    let mut typing = Typing::default();
    typing.changed(signal(&agent("ana"), true), &mut at(0));
    let elsewhere = ConversationId::parse("d").unwrap();
    assert!(typing.authors(&elsewhere).is_empty());
    typing.ended(&elsewhere, &agent("ana"), &mut at(1));
    assert_eq!(typing.authors(&conversation()).len(), 1);
}
