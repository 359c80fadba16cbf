//! Forms as operators write them and visitors fill them in.

mod filling;
mod writing;

use super::{Form, FormError, FormFields};

fn read(json: &str) -> Result<Form, FormError> {
    Form::try_from(serde_json::from_str::<FormFields>(json).unwrap())
}

/// One field of each kind.
fn form() -> Form {
    read(
        r#"{ "fields": [
            { "name": "name", "kind": "text", "label": { "en": "Name", "es": "Nombre" } },
            { "name": "email", "kind": "email", "required": true, "label": { "en": "E-mail" } },
            { "name": "phone", "kind": "phone", "label": { "en": "Phone" } },
            { "name": "topic", "kind": "choice", "label": { "en": "Topic" }, "options": [
                { "value": "order", "label": { "en": "An order" } },
                { "value": "other", "label": { "en": "Something else" } } ] },
            { "name": "question", "kind": "lines", "required": true, "label": { "en": "Question" } }
        ] }"#,
    )
    .unwrap()
}
