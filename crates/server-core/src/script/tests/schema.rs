//! The written schema and documentation are those of the format, and agree with the checker.

use std::path::PathBuf;

use serde_json::Value;

use super::*;

fn docs(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../docs")
        .join(name);
    std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}; run `cargo xtask schema`", path.display()))
}

#[test]
fn written_schema_is_up_to_date() {
    let written: Value = serde_json::from_str(&docs("schema/script.schema.json")).unwrap();
    assert_eq!(written, super::super::schema(), "run `cargo xtask schema`");
}

#[test]
fn tables_of_the_documentation_are_up_to_date() {
    let page = docs("chatbot.md");
    assert_eq!(renew_tables(&page), page, "run `cargo xtask schema`");
    assert!(page.contains("| `if_nobody` |"));
}

#[test]
fn every_script_of_the_documentation_is_in_order() {
    let page = docs("chatbot.md");
    let mut found = 0;
    for block in page.split("```json\n").skip(1) {
        let file = block.split("```").next().unwrap();
        if let Err(problems) = check(file.as_bytes()) {
            panic!("{file}\n{problems:#?}");
        }
        found += 1;
    }
    assert_eq!(found, 1);
}

#[test]
fn schema_and_checker_agree_on_the_form() {
    let validator = jsonschema::validator_for(&super::super::schema()).unwrap();
    let demo = include_str!("../../../../server/scripts/demo.json");
    assert!(validator.is_valid(&serde_json::from_str(demo).unwrap()));
    let good = file(r#"{"id":"a","type":"text","text":"A","x-note":{"any":1}}"#);
    assert!(validator.is_valid(&serde_json::from_str(&good).unwrap()));
    for steps in [
        "",
        r#"{"id":"a","type":"text"}"#,
        r#"{"id":"a","type":"txt","text":"A"}"#,
        r#"{"id":"a","type":"text","text":"A","goto":"a"}"#,
        r#"{"id":"a b","type":"text","text":"A"}"#,
        r#"{"id":"a","type":"text","text":{"en_US":"A"}}"#,
        r#"{"id":"a","type":"text","text":"A","if":[]}"#,
        r#"{"id":"a","type":"text","text":"A","if":[{"hours":"open","page":"/"}]}"#,
        r#"{"id":"a","type":"text","text":"A","if":[{"hours":"opened"}]}"#,
        r#"{"id":"a","type":"question","text":"A","answers":[]}"#,
        r#"{"id":"a","type":"email","text":"A","save_as":"My mail"}"#,
    ] {
        let file = file(steps);
        assert!(check(file.as_bytes()).is_err(), "{steps}");
        assert!(
            !validator.is_valid(&serde_json::from_str(&file).unwrap()),
            "{steps}"
        );
    }
}
