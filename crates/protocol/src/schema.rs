//! JSON Schema (2020-12) for every frame and body, made from the types.
//!
//! `cargo xtask schema` writes these documents to `schema/`; a test keeps them up to date and
//! holds every fixture against them.

use std::collections::BTreeMap;

use schemars::{Schema, schema_for};

use crate::agent::{AgentCommand, AgentFrame};
use crate::http::{Meta, Problem, SignInRequest, SignedIn};
use crate::visitor::{VisitorCommand, VisitorFrame};

/// Every document by its path below `schema/`, without the ending.
pub fn documents() -> BTreeMap<String, Schema> {
    let mut documents = BTreeMap::new();
    let commands = VisitorCommand::schemas()
        .into_iter()
        .chain(AgentCommand::schemas());
    let frames = VisitorFrame::schemas()
        .into_iter()
        .chain(AgentFrame::schemas());
    let tagged = commands
        .map(|frame| ("client", frame))
        .chain(frames.map(|frame| ("server", frame)));
    for (place, (frame_type, schema)) in tagged {
        documents.insert(format!("{place}/{frame_type}"), schema);
    }
    for (name, schema) in [
        ("meta", schema_for!(Meta)),
        ("problem", schema_for!(Problem)),
        ("sign_in_request", schema_for!(SignInRequest)),
        ("signed_in", schema_for!(SignedIn)),
    ] {
        documents.insert(format!("http/{name}"), schema);
    }
    documents
}
