//! What a form may look like.

use super::{form, read};
use crate::forms::{FormError, FormFields};

fn refused(fields: &str) -> FormError {
    read(&format!("{{\"fields\":[{fields}]}}")).unwrap_err()
}

#[test]
fn a_form_reads_back_as_it_was_written() {
    let text = serde_json::to_string(&form().to_written()).unwrap();
    assert_eq!(read(&text).unwrap(), form());
    assert!(read(r#"{"fields":[]}"#).unwrap().fields().is_empty());
}

#[test]
fn a_misspelt_key_or_kind_is_refused() {
    for json in [
        r#"{"fields":[],"more":1}"#,
        r#"{"fields":[{"name":"a","kind":"text","label":{"en":"A"},"require":true}]}"#,
        r#"{"fields":[{"name":"a","kind":"number","label":{"en":"A"}}]}"#,
        r#"{"fields":[{"name":"a","label":{"en":"A"}}]}"#,
    ] {
        assert!(serde_json::from_str::<FormFields>(json).is_err(), "{json}");
    }
}

#[test]
fn names_are_short_plain_and_there_once() {
    for name in ["", "E-mail", "a b", "ä", &"x".repeat(33)] {
        let field = format!(r#"{{"name":"{name}","kind":"text","label":{{"en":"A"}}}}"#);
        assert_eq!(refused(&field).as_str(), "bad_name", "{name}");
    }
    let field = r#"{"name":"a","kind":"text","label":{"en":"A"}}"#;
    assert_eq!(
        refused(&format!("{field},{field}")).to_string(),
        "\"a\" is there twice."
    );
}

#[test]
fn labels_are_there_and_fit_a_line() {
    let with = |label: &str| refused(&format!(r#"{{"name":"a","kind":"text","label":{label}}}"#));
    assert_eq!(with("{}").as_str(), "no_label");
    assert_eq!(with(r#"{"en_US":"A"}"#).as_str(), "bad_language");
    assert_eq!(with(r#"{"en":" "}"#).as_str(), "bad_label");
    assert_eq!(with(r#"{"en":"a\nb"}"#).as_str(), "bad_label");
    let long = format!(r#"{{"en":"{}"}}"#, "字".repeat(201));
    assert_eq!(with(&long).as_str(), "bad_label");
}

#[test]
fn only_choices_have_options_and_each_has_some() {
    let field = |kind: &str, options: &str| {
        refused(&format!(
            r#"{{"name":"a","kind":"{kind}","label":{{"en":"A"}},"options":[{options}]}}"#
        ))
    };
    let option = r#"{"value":"b","label":{"en":"B"}}"#;
    assert_eq!(field("choice", "").as_str(), "no_options");
    assert_eq!(field("text", option).as_str(), "useless_options");
    assert_eq!(
        field("choice", &format!("{option},{option}")).as_str(),
        "repeated"
    );
    assert_eq!(
        field("choice", r#"{"value":"b","label":{}}"#).as_str(),
        "no_label"
    );
    let many: Vec<String> = (0..51)
        .map(|at| format!(r#"{{"value":"v{at}","label":{{"en":"V"}}}}"#))
        .collect();
    assert_eq!(
        field("choice", &many.join(",")).to_string(),
        "There are more than 50 options of \"a\"."
    );
}

#[test]
fn a_form_has_at_most_twenty_fields() {
    let fields = |count: usize| -> String {
        let field = |at| format!(r#"{{"name":"f{at}","kind":"text","label":{{"en":"F"}}}}"#);
        (0..count).map(field).collect::<Vec<_>>().join(",")
    };
    assert!(read(&format!("{{\"fields\":[{}]}}", fields(20))).is_ok());
    assert_eq!(refused(&fields(21)).as_str(), "too_many");
}
