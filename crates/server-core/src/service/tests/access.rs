//! Nobody reaches what is not theirs, by any use case.

use protocol::error::ErrorCode;
use protocol::feed::Feed;
use protocol::ids::{ChannelId, ConversationId, SiteKey};
use protocol::seq::{FeedCursor, Position, Seq};
use protocol::visitor::{FetchMessages, OpenConversation, SetTyping};

use super::house::{House, agent, agent_id, as_visitor, code, post};
use crate::domain::{AgentRole, Principal};
use crate::service::{Answering, NewAgent, NewChannel};

/// Everything that names a conversation is refused with the code.
fn refused_everywhere(house: &House, who: &Principal, id: &ConversationId, wanted: ErrorCode) {
    let service = &house.service;
    let command = post(house.fresh(), Some(id), "Hello?");
    assert_eq!(code(service.post_message(who, &command)), wanted);
    assert_eq!(code(house.mark_read(who, id, Position(9))), wanted);
    assert_eq!(code(house.mark_delivered(who, id, Position(9))), wanted);
    let open = OpenConversation {
        reference: 1,
        conversation: id.clone(),
        limit: 50,
    };
    assert_eq!(code(service.open_conversation(who, &open)), wanted);
    let fetch = FetchMessages {
        reference: 1,
        conversation: id.clone(),
        before: Position(u64::MAX),
        limit: 50,
    };
    assert_eq!(code(service.fetch_messages(who, &fetch)), wanted);
    let typing = SetTyping {
        conversation: id.clone(),
        typing: true,
    };
    assert_eq!(code(service.set_typing(who, &typing)), wanted);
    let feed = match who {
        Principal::Visitor(_) => Feed::Visitor(id.clone()),
        Principal::Agent(_) => Feed::Conversation(id.clone()),
    };
    assert_eq!(code(follow(house, who, &feed)), wanted);
}

/// Tries to take up a feed and to read it.
fn follow(house: &House, who: &Principal, feed: &Feed) -> Result<(), crate::error::Error> {
    let known = house.open(&agent("ana"), &house.list("ana").rows[0].id);
    let cursor = FeedCursor {
        feed: feed.clone(),
        epoch: known.cursor.epoch,
        seq: Seq(0),
    };
    let resumed = house.service.resume_feed(who, &cursor).map(|_| ());
    let read = match who {
        Principal::Visitor(visitor) => house
            .service
            .read_visitor_entries(visitor, feed, Seq(0), 10)
            .map(|_| ()),
        Principal::Agent(agent) => house
            .service
            .read_agent_entries(agent, feed, Seq(0), 10)
            .map(|_| ()),
    };
    assert_eq!(resumed, read);
    read
}

/// An agent who answers in a channel of their own.
fn outsider(house: &House) -> Principal {
    let channel = house
        .service
        .add_channel(&NewChannel {
            site: SiteKey::parse("elsewhere").unwrap(),
            name: "Elsewhere".to_owned(),
            allowed_origins: Vec::new(),
            agents: Answering::Nobody,
        })
        .unwrap();
    let agent = house
        .service
        .add_agent(&NewAgent {
            email: "out@example.com".to_owned(),
            name: "Out".to_owned(),
            password: "long enough".to_owned(),
            profile: crate::domain::AgentProfile::default(),
            role: AgentRole::Administrator,
            channels: vec![channel.id],
        })
        .unwrap();
    Principal::Agent(agent.id)
}

#[test]
fn visitor_reaches_only_their_own_conversations() {
    let house = House::new();
    let (_, id) = house.conversation();
    let (stranger, _) = house.conversation();
    // As if it did not exist.
    refused_everywhere(&house, &stranger, &id, ErrorCode::NotFound);
    let unknown = ConversationId::parse("unknown").unwrap();
    refused_everywhere(&house, &stranger, &unknown, ErrorCode::NotFound);
}

#[test]
fn agent_reaches_only_conversations_of_their_channels() {
    let house = House::new();
    let (_, id) = house.conversation();
    let outsider = outsider(&house);
    refused_everywhere(&house, &outsider, &id, ErrorCode::Forbidden);
    let unknown = ConversationId::parse("unknown").unwrap();
    refused_everywhere(&house, &outsider, &unknown, ErrorCode::NotFound);
    let Principal::Agent(agent) = &outsider else {
        panic!("not an agent");
    };
    let take = protocol::agent::TakeConversation {
        client_id: house.fresh(),
        conversation: id.clone(),
    };
    let taken = house.service.take_conversation(agent, &take);
    assert_eq!(code(taken), ErrorCode::Forbidden);
    for helping in [None, Some(true)] {
        let join = protocol::agent::JoinConversation {
            client_id: house.fresh(),
            conversation: id.clone(),
            helping,
        };
        let joined = house.service.join_conversation(agent, &join);
        assert_eq!(code(joined), ErrorCode::Forbidden);
    }
    let leave = protocol::agent::LeaveConversation {
        client_id: house.fresh(),
        conversation: id,
    };
    let left = house.service.leave_conversation(agent, &leave);
    assert_eq!(code(left), ErrorCode::Forbidden);
}

#[test]
fn feeds_belong_to_their_audience() {
    let house = House::new();
    let (visitor, id) = house.conversation();
    let support = Feed::Channel(ChannelId::parse("support").unwrap());
    let own = Feed::Visitor(id.clone());
    let watched = Feed::Conversation(id);
    let anas = Feed::Agent(agent_id("ana"));
    assert_eq!(as_visitor(&visitor).channel.as_str(), "support");
    assert!(follow(&house, &visitor, &own).is_ok());
    for feed in [&support, &watched, &anas] {
        let result = follow(&house, &visitor, feed);
        assert_eq!(code(result), ErrorCode::Forbidden, "{feed}");
    }
    for feed in [&support, &watched, &anas] {
        assert!(follow(&house, &agent("ana"), feed).is_ok(), "{feed}");
    }
    assert_eq!(
        code(follow(&house, &agent("ben"), &anas)),
        ErrorCode::Forbidden
    );
    assert_eq!(
        code(follow(&house, &agent("ana"), &own)),
        ErrorCode::Forbidden
    );
    let outsider = outsider(&house);
    assert_eq!(
        code(follow(&house, &outsider, &support)),
        ErrorCode::Forbidden
    );
}
