//! Every frame against its golden JSON, both ways.
//!
//! The fixtures are the protocol for people who write another backend: what has none does not
//! exist, and a fixture that no frame reads is stale.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on says so"
)]

use std::collections::BTreeSet;
use std::path::PathBuf;

use protocol::agent::{AgentCommand, AgentFrame};
use protocol::attachment::Attachment;
use protocol::http::{Meta, Problem, SignInRequest, SignedIn, UploadRequest, UploadTicket};
use protocol::visitor::{VisitorCommand, VisitorFrame};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures")
        .join(name)
}

fn fixture(place: &str, name: &str) -> String {
    let path = folder(place).join(format!("{name}.json"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn names(place: &str) -> BTreeSet<String> {
    std::fs::read_dir(folder(place))
        .unwrap()
        .map(|entry| {
            entry
                .unwrap()
                .path()
                .file_stem()
                .unwrap()
                .to_string_lossy()
                .into_owned()
        })
        .collect()
}

/// The agents' form of a frame, where visitors have another.
fn fixture_for_agents(place: &str, name: &str) -> String {
    let has_own = names("agent").contains(name);
    fixture(if has_own { "agent" } else { place }, name)
}

/// The text with a field nobody knows in every object, as a later version might send it.
fn with_strange_fields(text: &str) -> String {
    fn add(value: &mut Value) {
        match value {
            Value::Object(fields) => {
                fields.values_mut().for_each(add);
                fields.insert(
                    "field_of_a_later_version".to_owned(),
                    serde_json::json!([{ "a": 1 }]),
                );
            }
            Value::Array(items) => items.iter_mut().for_each(add),
            _ => {}
        }
    }
    let mut value: Value = serde_json::from_str(text).unwrap();
    add(&mut value);
    value.to_string()
}

macro_rules! golden {
    ($test:ident, $frames:ident, $fixture:ident, $place:literal) => {
        #[test]
        fn $test() {
            for frame_type in $frames::TYPES {
                let text = $fixture($place, frame_type);
                let frame = $frames::decode(&text).unwrap();
                assert_eq!(frame.frame_type(), *frame_type);
                let written: Value = serde_json::from_str(&frame.encode()).unwrap();
                let golden: Value = serde_json::from_str(&text).unwrap();
                assert_eq!(written, golden, "{frame_type}");
                assert_eq!($frames::decode(&with_strange_fields(&text)).unwrap(), frame);
            }
        }
    };
}

golden!(
    visitor_commands_match_their_fixtures,
    VisitorCommand,
    fixture,
    "client"
);
golden!(
    agent_commands_match_their_fixtures,
    AgentCommand,
    fixture_for_agents,
    "client"
);
golden!(
    visitor_frames_match_their_fixtures,
    VisitorFrame,
    fixture,
    "server"
);
golden!(
    agent_frames_match_their_fixtures,
    AgentFrame,
    fixture_for_agents,
    "server"
);

#[test]
fn a_backend_may_leave_out_the_row_of_an_opened_conversation() {
    let text = fixture("server", "conversation_opened");
    let AgentFrame::ConversationOpened(opened) = AgentFrame::decode(&text).unwrap() else {
        panic!("another frame");
    };
    assert_eq!((&opened.summary, &opened.answers), (&None, &None));
    let (shared, _) = opened.into_parts();
    let VisitorFrame::ConversationOpened(mut for_visitor) = VisitorFrame::decode(&text).unwrap()
    else {
        panic!("another frame");
    };
    assert!(
        for_visitor.state.take().is_some(),
        "visitors alone are told"
    );
    assert_eq!(shared, for_visitor);
}

#[test]
fn every_fixture_belongs_to_a_frame() {
    let of = |first: &[&str], second: &[&str]| -> BTreeSet<String> {
        first
            .iter()
            .chain(second)
            .map(|name| (*name).to_owned())
            .collect()
    };
    assert_eq!(
        names("client"),
        of(VisitorCommand::TYPES, AgentCommand::TYPES)
    );
    assert_eq!(names("server"), of(VisitorFrame::TYPES, AgentFrame::TYPES));
    let shared = |name: &String| {
        let is_in = |types: &[&str]| types.contains(&name.as_str());
        is_in(AgentFrame::TYPES) && is_in(VisitorFrame::TYPES)
            || is_in(AgentCommand::TYPES) && is_in(VisitorCommand::TYPES)
    };
    assert!(names("agent").iter().all(shared));
}

fn body<T: Serialize + DeserializeOwned>(name: &str) {
    let text = fixture("http", name);
    let value: T = serde_json::from_str(&text).unwrap();
    let golden: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(serde_json::to_value(&value).unwrap(), golden, "{name}");
    serde_json::from_str::<T>(&with_strange_fields(&text)).unwrap();
}

#[test]
fn http_bodies_match_their_fixtures() {
    body::<Meta>("meta");
    body::<Problem>("problem");
    body::<SignInRequest>("sign_in_request");
    body::<SignedIn>("signed_in");
    body::<UploadRequest>("upload_request");
    body::<UploadTicket>("upload_ticket");
    body::<Attachment>("attachment");
    assert_eq!(names("http").len(), 7);
}

#[test]
fn rejected_frames_say_why_and_whose_they_were() {
    for name in names("rejected") {
        let sample: Value = serde_json::from_str(&fixture("rejected", &name)).unwrap();
        let text = sample["frame"].as_str().unwrap();
        let (error, client_id) = match VisitorCommand::decode(text) {
            Ok(VisitorCommand::Unknown(frame)) => ("unknown_frame", frame.client_id),
            Ok(other) => panic!("{name} was read as {other:?}"),
            Err(fault) => ("bad_frame", fault.client_id),
        };
        assert_eq!(Some(error), sample["error"].as_str(), "{name}");
        assert_eq!(
            client_id.as_ref().map(protocol::ids::ClientId::as_str),
            sample["client_id"].as_str(),
            "{name}"
        );
    }
}

#[test]
fn unknown_values_of_open_enumerations_are_read_as_unknown() {
    let text = fixture("server", "message_posted").replace(
        "\"visitor\",\n    \"author\"",
        "\"hologram\",\n    \"author\"",
    );
    let VisitorFrame::MessagePosted(body) = VisitorFrame::decode(&text).unwrap() else {
        panic!("another frame");
    };
    assert_eq!(body.message.kind, protocol::message::MessageKind::Unknown);
    assert!(!body.message.text.is_empty());
}

#[test]
fn an_entry_of_a_later_version_still_tells_its_place() {
    let text = r#"{"type":"reaction_added","feed":"visitor/c1","seq":9,"emoji":"x"}"#;
    let VisitorFrame::Unknown(frame) = VisitorFrame::decode(text).unwrap() else {
        panic!("known after all");
    };
    assert_eq!(frame.seq, Some(protocol::seq::Seq(9)));
    assert_eq!(
        frame.feed.map(|feed| feed.to_string()).as_deref(),
        Some("visitor/c1")
    );
}
