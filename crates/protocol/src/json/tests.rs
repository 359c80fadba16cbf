//! Holds this JSON against serde_json.

use proptest::prelude::*;
use serde::{Deserialize, Serialize};

use crate::agent::{AgentCommand, AgentFrame};
use crate::codec::DecodeError;
use crate::visitor::{VisitorCommand, VisitorFrame, VisitorOpening};

use super::{Tree, parse, to_string, whole};

/// One of everything frames are made of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Sample {
    text: String,
    yes: bool,
    small: u16,
    large: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    maybe: Option<String>,
    list: Vec<Inner>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Inner {
    #[serde(rename = "type")]
    kind: String,
}

wire!(Sample {
    text,
    yes,
    small,
    large,
    maybe,
    list,
});
wire!(Inner { kind = "type" });

fn samples() -> impl Strategy<Value = Sample> {
    let text = || any::<String>();
    let list = proptest::collection::vec(text().prop_map(|kind| Inner { kind }), 0..4);
    let numbers = (any::<u16>(), any::<u64>());
    (
        text(),
        any::<bool>(),
        numbers,
        proptest::option::of(text()),
        list,
    )
        .prop_map(|(text, yes, (small, large), maybe, list)| Sample {
            text,
            yes,
            small,
            large,
            maybe,
            list,
        })
}

/// A tree as serde_json has it; numbers that are not whole are not told apart.
fn comparable(tree: &Tree) -> serde_json::Value {
    use serde_json::Value;
    match tree {
        Tree::Null => Value::Null,
        Tree::Bool(value) => Value::Bool(*value),
        Tree::Whole(false, number) => Value::from(*number),
        Tree::Whole(true, number) => Value::from(-i128::from(*number) as i64),
        Tree::OtherNumber => Value::from(0.5),
        Tree::Text(text) => Value::from(text.clone()),
        Tree::List(values) => values.iter().map(comparable).collect(),
        Tree::Object(fields) => Value::Object(
            fields
                .iter()
                .map(|(key, value)| (key.clone(), comparable(value)))
                .collect(),
        ),
    }
}

fn without_fractions(value: serde_json::Value) -> serde_json::Value {
    use serde_json::Value;
    match value {
        Value::Number(number) if number.is_f64() => Value::from(0.5),
        Value::Array(values) => values.into_iter().map(without_fractions).collect(),
        Value::Object(fields) => Value::Object(
            fields
                .into_iter()
                .map(|(key, value)| (key, without_fractions(value)))
                .collect(),
        ),
        other => other,
    }
}

proptest! {
    #[test]
    fn what_is_written_is_what_serde_json_writes(sample in samples()) {
        prop_assert_eq!(to_string(&sample), serde_json::to_string(&sample).unwrap());
    }

    #[test]
    fn what_serde_json_writes_is_read_back(sample in samples()) {
        for text in [serde_json::to_string(&sample), serde_json::to_string_pretty(&sample)] {
            let tree = parse(&text.unwrap()).unwrap();
            prop_assert_eq!(whole::<Sample>(&tree), Ok(sample.clone()));
        }
    }

    #[test]
    fn any_text_is_read_or_refused_as_serde_json_does(text in r#"[\[\]{}:,"\\0-9a-f.eE+\- \ntrufalsn\u{e9}]{0,24}"#) {
        let theirs = serde_json::from_str::<serde_json::Value>(&text);
        let ours = parse(&text);
        // Their floating-point numbers end somewhere, ours have no value at all.
        let too_large = theirs.as_ref().is_err_and(|error| error.to_string().contains("range"));
        if !too_large {
            prop_assert_eq!(ours.is_ok(), theirs.is_ok(), "{:?} {:?}", ours, theirs);
        }
        if let (Ok(ours), Ok(theirs)) = (ours, theirs) {
            prop_assert_eq!(comparable(&ours), without_fractions(theirs));
        }
    }
}

#[test]
fn escapes_are_read() {
    let text = r#""\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00""#;
    assert_eq!(
        parse(text),
        Ok(Tree::Text("\"\\/\u{8}\u{c}\n\r\té😀".to_owned()))
    );
}

#[test]
fn half_characters_are_refused() {
    for text in [
        r#""\ud83d""#,
        r#""\ude00""#,
        r#""\ud83d\n""#,
        r#""\ud83dA""#,
        r#""\u12"#,
    ] {
        assert!(parse(text).is_err(), "{text}");
    }
}

#[test]
fn nesting_without_end_is_refused() {
    assert!(parse(&"[".repeat(100_000)).is_err());
    let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    assert!(parse(&deep(60)).is_ok());
    assert!(parse(&deep(70)).is_err());
}

#[test]
fn a_field_that_is_missing_or_of_another_kind_is_named() {
    let read = |text: &str| {
        whole::<Inner>(&parse(text).unwrap())
            .unwrap_err()
            .to_string()
    };
    assert_eq!(read("{}"), "type: missing");
    assert_eq!(read(r#"{"type":1}"#), "type: not a string");
}

#[test]
fn every_fixture_reads_as_serde_reads_it() {
    let fixtures = |side: &str| {
        let folder = format!("{}/fixtures/{side}", env!("CARGO_MANIFEST_DIR"));
        let files = std::fs::read_dir(folder).unwrap();
        files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap())
    };
    let mut read = 0;
    for text in fixtures("client")
        .chain(fixtures("server"))
        .chain(fixtures("agent"))
    {
        let whole = serde_json::from_str::<serde_json::Value>(&text).unwrap();
        // Every field once left out and once of another kind, too.
        let fields = whole.as_object().unwrap().keys().cloned();
        let mut texts = vec![text];
        for field in fields.filter(|field| field != "type") {
            let mut without = whole.clone();
            without.as_object_mut().unwrap().remove(&field);
            let mut other = whole.clone();
            other[&field] = serde_json::json!({ "other": [1.5, null, -1] });
            texts.extend([without.to_string(), other.to_string()]);
        }
        for text in texts {
            agree::<VisitorFrame>(&text, VisitorFrame::decode, VisitorFrame::decode_with_serde);
            agree_on_opening(&text);
            agree::<VisitorCommand>(
                &text,
                VisitorCommand::decode,
                VisitorCommand::decode_with_serde,
            );
            agree::<AgentFrame>(&text, AgentFrame::decode, AgentFrame::decode_with_serde);
            agree::<AgentCommand>(&text, AgentCommand::decode, AgentCommand::decode_with_serde);
            read += 1;
        }
    }
    assert!(read > 100, "{read}");
}

/// An opening is what the whole reader reads, without conversation and form.
fn agree_on_opening(text: &str) {
    let wanted = match VisitorFrame::decode(text) {
        Ok(VisitorFrame::Ready(body)) if body.conversation.is_none() && body.form.is_none() => {
            Some(VisitorOpening::Ready(body))
        }
        Ok(VisitorFrame::Ping(_)) => Some(VisitorOpening::Ping),
        Ok(VisitorFrame::Pong(_)) => Some(VisitorOpening::Pong),
        _ => None,
    };
    assert_eq!(VisitorOpening::decode(text), wanted, "{text}");
}

fn agree<T: PartialEq + std::fmt::Debug>(
    text: &str,
    ours: fn(&str) -> Result<T, DecodeError>,
    theirs: fn(&str) -> Option<T>,
) {
    let ours = ours(text).ok();
    // Frames of the other side are unknown here.
    if !format!("{ours:?}").starts_with("Some(Unknown(") {
        assert_eq!(ours, theirs(text), "{text}");
    }
}
