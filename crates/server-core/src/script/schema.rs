//! The JSON Schema (2020-12) of script files, made from the table of the format.
//!
//! It is for editors: it knows the shape of a file, and `parlour script check` the rest.

use serde_json::{Map, Value, json};

use super::format::{ANSWER, CONDITIONS, Field, Holds, SCRIPT, STEPS, Shape};

const NAME: &str = "^[A-Za-z0-9_-]{1,64}$";
const LANGUAGE: &str = "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$";

/// The schema.
pub fn document() -> Value {
    let mut schema = object(&SCRIPT, None);
    if let Some(fields) = schema.as_object_mut() {
        for (name, value) in [
            (
                "$schema",
                json!("https://json-schema.org/draft/2020-12/schema"),
            ),
            ("title", json!("Parlour chatbot script")),
            ("$defs", definitions()),
        ] {
            fields.insert(name.to_owned(), value);
        }
    }
    schema
}

/// What stands in many places.
fn definitions() -> Value {
    let text = json!({ "type": "string", "minLength": 1, "maxLength": 10_000 });
    json!({
        "text": { "anyOf": [
            text,
            {
                "type": "object",
                "minProperties": 1,
                "patternProperties": { LANGUAGE: text, "^x-": true },
                "additionalProperties": false,
            },
        ] },
        "step": one_of(&STEPS, Some("type")),
        "condition": one_of(&CONDITIONS, None),
    })
}

fn object(shape: &Shape, tag: Option<&str>) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for field in shape.fields {
        let mut property = match tag {
            Some(tag) if tag == field.name => json!({ "const": shape.name }),
            _ => holds(&field.holds),
        };
        if let Some(property) = property.as_object_mut() {
            property.insert("description".to_owned(), json!(field.means));
        }
        properties.insert(field.name.to_owned(), property);
        if field.required {
            required.push(field.name);
        }
    }
    json!({
        "type": "object",
        "description": shape.means,
        "properties": properties,
        "patternProperties": { "^x-": true },
        "additionalProperties": false,
        "required": required,
    })
}

fn holds(what: &Holds) -> Value {
    let text = |pattern: &str| json!({ "type": "string", "pattern": pattern });
    match what {
        Holds::Said => json!({ "$ref": "#/$defs/text" }),
        Holds::Words => json!({ "type": "string", "minLength": 1 }),
        Holds::Flag => json!({ "type": "boolean" }),
        Holds::Name | Holds::StepName | Holds::AnswerName => text(NAME),
        Holds::Variable => text("^[a-z][a-z0-9_]{0,63}$"),
        Holds::Language => text(LANGUAGE),
        Holds::Page => text("^(https?://|/|\\*)[^\\s#]*$"),
        Holds::Link => json!({ "type": "string", "format": "uri-reference", "minLength": 1 }),
        Holds::OneOf(words) => json!({ "enum": words }),
        Holds::List(inner) => json!({ "type": "array", "minItems": 1, "items": holds(inner) }),
        Holds::Object(shape) => object(shape, None),
        Holds::Typed(_) => json!({ "$ref": "#/$defs/step" }),
        Holds::Keyed(_) => json!({ "$ref": "#/$defs/condition" }),
    }
}

fn one_of(shapes: &[Shape], tag: Option<&str>) -> Value {
    let shapes: Vec<Value> = shapes.iter().map(|shape| object(shape, tag)).collect();
    json!({ "oneOf": shapes })
}

/// The page with its generated part, the tables of the format, renewed.
pub fn renew_tables(page: &str) -> String {
    let (begin, end) = (
        "<!-- begin generated: format -->\n",
        "<!-- end generated: format -->",
    );
    match (page.split_once(begin), page.split_once(end)) {
        (Some((before, _)), Some((_, after))) => {
            format!("{before}{begin}{}{end}{after}", tables())
        }
        _ => page.to_owned(),
    }
}

/// The tables of the format in Markdown.
fn tables() -> String {
    let mut text = String::new();
    for (title, shapes) in [
        ("The file", std::slice::from_ref(&SCRIPT)),
        ("Steps", STEPS.as_slice()),
        ("Answers", std::slice::from_ref(&ANSWER)),
        ("Conditions", CONDITIONS.as_slice()),
    ] {
        text.push_str(&format!("### {title}\n\n"));
        if let [shape] = shapes {
            text.push_str("| Field | Holds | Means |\n|---|---|---|\n");
            for field in shape.fields {
                text.push_str(&format!("| {} | {} |\n", head(field), cell(field.means)));
            }
        } else {
            kinds(shapes, &mut text);
        }
        text.push('\n');
    }
    text.trim_end().to_owned() + "\n"
}

/// What the kinds mean, then their fields, each once.
fn kinds(shapes: &[Shape], text: &mut String) {
    text.push_str("| Kind | Means |\n|---|---|\n");
    for shape in shapes {
        text.push_str(&format!("| `{}` | {} |\n", shape.name, cell(shape.means)));
    }
    text.push_str("\n| Field | Holds | In | Means |\n|---|---|---|---|\n");
    let mut told: Vec<(&str, &str)> = Vec::new();
    for field in shapes.iter().flat_map(|shape| shape.fields) {
        let key = (field.name, field.means);
        if told.contains(&key) {
            continue;
        }
        told.push(key);
        let has = |shape: &&Shape| shape.fields.iter().any(|own| (own.name, own.means) == key);
        let places: Vec<&str> = shapes.iter().filter(has).map(|shape| shape.name).collect();
        let places = if places.len() == shapes.len() {
            "all".to_owned()
        } else {
            places.join(", ")
        };
        text.push_str(&format!(
            "| {} | {places} | {} |\n",
            head(field),
            cell(field.means)
        ));
    }
}

fn head(field: &Field) -> String {
    let required = if field.required { "" } else { ", optional" };
    format!("`{}` | {}{required}", field.name, name(&field.holds))
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

fn name(holds: &Holds) -> String {
    match holds {
        Holds::Said => "text".to_owned(),
        Holds::Words => "string".to_owned(),
        Holds::Flag => "`true` or `false`".to_owned(),
        Holds::Name => "name".to_owned(),
        Holds::StepName => "name of a step".to_owned(),
        Holds::AnswerName => "name of an answer".to_owned(),
        Holds::Variable => "variable".to_owned(),
        Holds::Language => "language tag".to_owned(),
        Holds::Page => "pattern".to_owned(),
        Holds::Link => "link".to_owned(),
        Holds::OneOf(words) => {
            let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
            words.join(" or ")
        }
        Holds::List(inner) => format!("list: {}", name(inner)),
        Holds::Object(shape) => shape.name.to_owned(),
        Holds::Typed(_) => "step".to_owned(),
        Holds::Keyed(_) => "condition".to_owned(),
    }
}
