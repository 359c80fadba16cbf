//! The written schemas are those of the types, and the fixtures obey them.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on says so"
)]

use std::path::PathBuf;

use serde_json::Value;

fn read(path: PathBuf) -> Value {
    let text = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}; run `cargo xtask schema`", path.display()));
    serde_json::from_str(&text).unwrap()
}

#[test]
fn written_schemas_are_up_to_date_and_fixtures_obey_them() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    for (path, schema) in protocol::schema::documents() {
        let written = read(root.join("schema").join(format!("{path}.json")));
        assert_eq!(
            &written,
            schema.as_value(),
            "{path}: run `cargo xtask schema`"
        );
        let fixture = read(root.join("fixtures").join(format!("{path}.json")));
        let validator = jsonschema::validator_for(&written).unwrap();
        let faults: Vec<String> = validator
            .iter_errors(&fixture)
            .map(|fault| fault.to_string())
            .collect();
        assert!(faults.is_empty(), "{path}: {faults:?}");
    }
}

#[test]
fn schemas_refuse_a_frame_without_its_fields() {
    let schema = &protocol::schema::documents()["client/post_message"];
    let validator = jsonschema::validator_for(schema.as_value()).unwrap();
    assert!(!validator.is_valid(&serde_json::json!({ "type": "post_message" })));
    assert!(!validator.is_valid(&serde_json::json!({ "type": "ping" })));
}

#[test]
fn the_tables_in_the_documentation_are_up_to_date() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/protocol.md");
    let text = std::fs::read_to_string(path).unwrap();
    assert_eq!(
        protocol::schema::renew_tables(&text),
        text,
        "run `cargo xtask schema`"
    );
    assert!(text.contains("post_message.json"));
}
