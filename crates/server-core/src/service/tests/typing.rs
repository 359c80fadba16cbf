//! Who hears that somebody types.

use protocol::author::AuthorRole;
use protocol::conversation::ParticipantRole;
use protocol::visitor::SetTyping;

use super::attending::put_in;
use super::house::{House, agent};
use crate::domain::{Principal, Visibility};

fn heard(house: &House, who: &Principal, id: &protocol::ids::ConversationId) -> Vec<String> {
    let signal = SetTyping {
        conversation: id.clone(),
        typing: true,
    };
    let notice = house.service.set_typing(who, &signal).unwrap();
    assert!(notice.frame.typing);
    let role = match who {
        Principal::Visitor(_) => AuthorRole::Visitor,
        Principal::Agent(_) => AuthorRole::Agent,
    };
    assert_eq!(notice.frame.author.role, role);
    let audiences = notice.to.iter().map(ToString::to_string);
    audiences
        .map(|feed| feed.split('/').next().unwrap().to_owned())
        .collect()
}

#[test]
fn typing_is_heard_by_the_other_side_and_by_colleagues() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    assert_eq!(heard(&house, &visitor, &id), ["conversation"]);
    let to_all = ["conversation", "visitor"];
    assert_eq!(heard(&house, &agent("ana"), &id), to_all);
}

#[test]
fn hidden_agents_type_unheard_by_the_visitor() {
    let house = House::new();
    let (_, id) = house.conversation();
    let member = ParticipantRole::Member;
    put_in(&house, &id, "sol", member, Visibility::Hidden);
    assert_eq!(heard(&house, &agent("sol"), &id), ["conversation"]);
}
