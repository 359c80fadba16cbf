//! Contacts in words: what they are called (by name, or by the end of their id while they have
//! told none), and where they are.

use protocol::conversation::ContactRef;
use ui::i18n::{Catalogue, Key};

use crate::browser::names::country_name;

/// Characters of an id that tell two unnamed visitors apart.
const SHORT_ID: usize = 4;

/// What a contact is called on this screen.
pub(crate) fn contact_name(texts: &Catalogue, contact: &ContactRef) -> String {
    match known_name(contact) {
        Some(name) => name.to_owned(),
        None => texts.text_with(
            Key::AGENT_CONTACT_UNNAMED,
            &[("id", short_id(contact).as_str())],
        ),
    }
}

/// Where a contact is; a guess is told as one.
pub(crate) fn country_of(texts: &Catalogue, contact: &ContactRef) -> Option<String> {
    let country = contact.country.as_ref()?;
    let name = country_name(texts.tag(), &country.code);
    Some(if country.guessed {
        let places = [("country", name.as_str())];
        texts.text_with(Key::AGENT_INFO_COUNTRY_GUESSED, &places)
    } else {
        name
    })
}

/// A contact's name; a name of nothing but space is none.
fn known_name(contact: &ContactRef) -> Option<&str> {
    let name = contact.name.as_deref()?.trim();
    (!name.is_empty()).then_some(name)
}

/// The end of a contact's id: beginnings are often alike.
fn short_id(contact: &ContactRef) -> String {
    let letters: Vec<char> = contact
        .id
        .as_str()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    let from = letters.len().saturating_sub(SHORT_ID);
    letters[from..]
        .iter()
        .map(char::to_ascii_uppercase)
        .collect()
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use protocol::ids::ContactId;

    use super::*;

    fn contact(id: &str, name: Option<&str>) -> ContactRef {
        ContactRef {
            id: ContactId::parse(id).expect("an id"),
            name: name.map(str::to_owned),
            language: None,
            widget_language: None,
            country: None,
        }
    }

    #[test]
    fn a_blank_name_is_no_name() {
        assert_eq!(known_name(&contact("c", Some("  "))), None);
        assert_eq!(known_name(&contact("c", None)), None);
        assert_eq!(known_name(&contact("c", Some(" Mia "))), Some("Mia"));
    }

    #[test]
    fn unnamed_visitors_are_told_apart_by_the_end_of_their_id() {
        assert_eq!(short_id(&contact("contact_01ab-9f3", None)), "B9F3");
        assert_eq!(short_id(&contact("x", None)), "X");
    }
}
