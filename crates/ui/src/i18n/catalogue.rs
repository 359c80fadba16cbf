//! The texts of one language, as the browser parsed them, and the signal that holds them.
//!
//! The file stays a JavaScript object: a second JSON decoder would cost more than all texts.

use std::cell::{Cell, OnceCell};
use std::rc::Rc;

use js_sys::{Array, Intl, Object, Reflect};
use wasm_bindgen::JsValue;

use super::fill::{Piece, fill, pieces};
use super::keys::{Key, Plural};
use crate::shown::Shown;

/// The signal with the catalogue that is shown; set it to switch the language.
pub type Current = Shown<Catalogue>;

/// The texts of one language. Cheap to clone.
#[derive(Clone)]
pub struct Catalogue(Rc<Inner>);

pub(super) struct Inner {
    tag: String,
    texts: JsValue,
    plurals: OnceCell<Intl::PluralRules>,
    pub(super) formats: super::format::Formats,
}

impl Default for Catalogue {
    fn default() -> Self {
        Self::empty()
    }
}

impl Catalogue {
    /// Reads a language's file; nothing when it is not JSON.
    pub fn parse(tag: &str, json: &str) -> Option<Self> {
        let texts = js_sys::JSON::parse(json).ok()?;
        Some(Self::new(tag, texts))
    }

    /// A catalogue without texts: shows the names of the texts instead.
    pub fn empty() -> Self {
        Self::new("en", Object::new().into())
    }

    fn new(tag: &str, texts: JsValue) -> Self {
        Self(Rc::new(Inner {
            tag: tag.to_owned(),
            texts,
            plurals: OnceCell::new(),
            formats: super::format::Formats::default(),
        }))
    }

    /// The language's tag.
    pub fn tag(&self) -> &str {
        &self.0.tag
    }

    /// A text as it stands.
    pub fn text(&self, key: Key) -> String {
        self.find(key.0).unwrap_or_else(|| key.0.to_owned())
    }

    /// A text with its `{name}` places filled.
    pub fn text_with(&self, key: Key, values: &[(&str, &str)]) -> String {
        fill(&self.text(key), values)
    }

    /// A text with its `{name}` places filled, in pieces.
    pub fn pieces(&self, key: Key, values: &[(&str, &str)]) -> Vec<Piece> {
        pieces(&self.text(key), values)
    }

    /// The form of a text that goes with the number, `{count}` filled.
    pub fn count(&self, plural: Plural, number: u32) -> String {
        let rules = self
            .0
            .plurals
            .get_or_init(|| Intl::PluralRules::new(&self.locales(), &Object::new()));
        let form = rules.select(f64::from(number)).as_string();
        let form = form
            .and_then(|form| self.find_form(plural, &form))
            .or_else(|| self.find_form(plural, "other"))
            .unwrap_or_else(|| plural.0.to_owned());
        fill(&form, &[("count", &self.number(number))])
    }

    /// A whole number in the digits of the language.
    pub fn number(&self, number: u32) -> String {
        js_sys::Number::from(number)
            .to_locale_string(&self.0.tag)
            .into()
    }

    pub(super) fn locales(&self) -> Array {
        Array::of1(&JsValue::from_str(&self.0.tag))
    }

    pub(super) fn formats(&self) -> &super::format::Formats {
        &self.0.formats
    }

    fn find_form(&self, plural: Plural, form: &str) -> Option<String> {
        let mut name = String::from(plural.0);
        name.push('.');
        name.push_str(form);
        self.find(&name)
    }

    fn find(&self, name: &str) -> Option<String> {
        Reflect::get(&self.0.texts, &JsValue::from_str(name))
            .ok()?
            .as_string()
    }
}

thread_local! {
    /// The catalogue of the page's app, as there is one app.
    static CURRENT: Cell<Option<Current>> = const { Cell::new(None) };
}

/// Makes a language's texts known to every component of the page. The signal switches it.
pub fn provide_catalogue(catalogue: Catalogue) -> Current {
    let current = Shown::new(catalogue);
    CURRENT.set(Some(current));
    current
}

/// The signal with the catalogue that is shown.
pub fn use_catalogue() -> Current {
    CURRENT.get().unwrap_or_default()
}

/// A text in the reader's language.
pub fn t(key: Key) -> String {
    use_catalogue().with(|catalogue| catalogue.text(key))
}

/// A text in the reader's language with its `{name}` places filled.
pub fn t_with(key: Key, values: &[(&str, &str)]) -> String {
    use_catalogue().with(|catalogue| catalogue.text_with(key, values))
}

/// The text in the reader's language that goes with a number.
pub fn t_count(plural: Plural, number: u32) -> String {
    use_catalogue().with(|catalogue| catalogue.count(plural, number))
}

/// A text as a prop: follows the catalogue that is shown where the component stands.
impl From<Key> for crate::kit::Text {
    fn from(key: Key) -> Self {
        let current = use_catalogue();
        Self::from(move || current.with(|catalogue| catalogue.text(key)))
    }
}
