//! JSON Schema (2020-12) for every frame and body, and the tables of `docs/protocol.md`, made
//! from the types.
//!
//! `cargo xtask schema` writes them; a test keeps them up to date and holds every fixture
//! against its schema. A frame that says more to agents than to visitors has a second document
//! and a second fixture, below `agent/`.

use std::collections::BTreeMap;

use schemars::{Schema, schema_for};

use crate::agent::{AgentCommand, AgentFrame};
use crate::attachment::Attachment;
use crate::error::ErrorCode;
use crate::http::{Meta, Problem, SignInRequest, SignedIn, UploadRequest, UploadTicket};
use crate::visitor::{VisitorCommand, VisitorFrame};

/// Every document by its path below `schema/`, without the ending.
pub fn documents() -> BTreeMap<String, Schema> {
    let mut documents = BTreeMap::new();
    for (place, visitor, agent) in [
        ("client", VisitorCommand::schemas(), AgentCommand::schemas()),
        ("server", VisitorFrame::schemas(), AgentFrame::schemas()),
    ] {
        for frame in agent {
            let place = if differs(&visitor, &frame) {
                "agent"
            } else {
                place
            };
            documents.insert(format!("{place}/{}", frame.0), frame.1);
        }
        for (frame_type, schema) in visitor {
            documents.insert(format!("{place}/{frame_type}"), schema);
        }
    }
    for (name, schema) in [
        ("meta", schema_for!(Meta)),
        ("problem", schema_for!(Problem)),
        ("sign_in_request", schema_for!(SignInRequest)),
        ("signed_in", schema_for!(SignedIn)),
        ("upload_request", schema_for!(UploadRequest)),
        ("upload_ticket", schema_for!(UploadTicket)),
        ("attachment", schema_for!(Attachment)),
    ] {
        documents.insert(format!("http/{name}"), schema);
    }
    documents
}

/// Whether visitors have the same frame in another form.
fn differs(visitor: &[(&str, Schema)], (frame_type, schema): &(&str, Schema)) -> bool {
    visitor
        .iter()
        .any(|(name, theirs)| name == frame_type && theirs != schema)
}

/// The generated parts of `docs/protocol.md` by name: Markdown tables.
pub fn tables() -> BTreeMap<&'static str, String> {
    let mut codes = String::from("| Code | Retryable |\n|---|---|\n");
    for code in ErrorCode::KNOWN {
        let retryable = if code.is_retryable() { "yes" } else { "no" };
        codes.push_str(&format!("| `{}` | {retryable} |\n", code.as_str()));
    }
    let mut frames = String::new();
    for (title, place, visitor, agent) in [
        (
            "What clients send",
            "client",
            VisitorCommand::schemas(),
            AgentCommand::schemas(),
        ),
        (
            "What backends send",
            "server",
            VisitorFrame::schemas(),
            AgentFrame::schemas(),
        ),
    ] {
        frames.push_str(&format!(
            "## {title}\n\n| Type | Visitor | Agent | Means |\n|---|---|---|---|\n"
        ));
        let has =
            |half: &[(&str, Schema)], name: &str| half.iter().any(|(other, _)| *other == name);
        let only_agents = agent.iter().filter(|(name, _)| !has(&visitor, name));
        for (name, schema) in visitor.iter().chain(only_agents) {
            let mark = |half| if has(half, name) { "✓" } else { "" };
            let differs = agent
                .iter()
                .any(|frame| frame.0 == *name && differs(&visitor, frame));
            let for_agents = if differs {
                format!("[✓](../crates/protocol/fixtures/agent/{name}.json)")
            } else {
                mark(&agent).to_owned()
            };
            let means = schema
                .get("description")
                .and_then(|text| text.as_str())
                .unwrap_or_default();
            frames.push_str(&format!(
                "| [`{name}`](../crates/protocol/fixtures/{place}/{name}.json) | {} | {for_agents} | {} |\n",
                mark(&visitor),
                means.replace('\n', " "),
            ));
        }
        frames.push('\n');
    }
    BTreeMap::from([
        ("codes", codes),
        ("frames", frames.trim_end().to_owned() + "\n"),
    ])
}

/// The text with its generated parts renewed.
pub fn renew_tables(text: &str) -> String {
    let mut text = text.to_owned();
    for (name, table) in tables() {
        let (begin, end) = (
            format!("<!-- begin generated: {name} -->\n"),
            format!("<!-- end generated: {name} -->"),
        );
        if let (Some(from), Some(to)) = (text.find(&begin), text.find(&end)) {
            text.replace_range(from + begin.len()..to, &table);
        }
    }
    text
}
