//! An element and what can be said about it. Every function here is compiled once: closures
//! come in boxed, attributes as text.

use std::ops::Range;

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement};

use super::browser::{Holder, MAKER, News};
use super::{listen, watch};
use crate::kit::Text;

const HTML: &str = "http://www.w3.org/1999/xhtml";
const SVG: &str = "http://www.w3.org/2000/svg";

/// An element. A clone is the same element.
#[derive(Clone)]
pub struct El(Element);

impl El {
    /// An element with fixed attributes, written as `tag|name=value|name=value`. Every element
    /// also gets the class `p`, which the style sheet's reset asks for.
    #[inline(never)]
    pub fn new(written: &str) -> Self {
        let mut words = written.split('|');
        let tag = words.next().unwrap_or_default();
        let namespace = if matches!(tag, "svg" | "path") {
            SVG
        } else {
            HTML
        };
        let element = Self(MAKER.with(|maker| maker.create(namespace, tag)));
        let mut classes = String::from("p");
        for word in words {
            let Some((name, value)) = word.split_once('=') else {
                continue;
            };
            if name == "class" {
                classes.push(' ');
                classes.push_str(value);
            } else {
                element.set(name, Some(value));
            }
        }
        element.set("class", Some(&classes));
        element
    }

    /// An element that the browser or another hand has made.
    pub fn from_element(element: Element) -> Self {
        Self(element)
    }

    /// The browser's element.
    pub fn element(&self) -> &Element {
        &self.0
    }

    /// The browser's element, as one that can be focused and measured.
    pub fn html(&self) -> &HtmlElement {
        self.0.unchecked_ref()
    }

    fn holder(&self) -> &Holder {
        self.0.unchecked_ref()
    }

    /// Sets an attribute, or takes it away.
    #[inline(never)]
    pub fn set(&self, name: &str, value: Option<&str>) {
        match value {
            Some(value) => self.holder().set(name, value),
            None => self.holder().unset(name),
        }
    }

    /// Sets an attribute that is `"true"` or `"false"`.
    #[inline(never)]
    pub fn set_state(&self, name: &str, is: bool) {
        self.set(name, Some(if is { "true" } else { "false" }));
    }

    /// Hides or shows it.
    #[inline(never)]
    pub fn hide(&self, hidden: bool) {
        self.set("hidden", hidden.then_some(""));
    }

    /// What it says.
    pub fn text(&self) -> String {
        self.0.text_content().unwrap_or_default()
    }

    /// Makes this its only child. The same text again is no change.
    #[inline(never)]
    pub fn set_text(&self, text: &str) {
        if self.text() != text {
            self.0.set_text_content(Some(text));
        }
    }

    /// What is typed or chosen in it.
    #[inline(never)]
    pub fn value(&self) -> String {
        self.holder().value()
    }

    /// Overwrites what is typed or chosen in it.
    #[inline(never)]
    pub fn set_value(&self, value: &str) {
        self.holder().set_value(value);
    }

    /// Overwrites what is typed in it as a person would: with the caret, or what is selected,
    /// at this place, and telling those who listen.
    #[inline(never)]
    pub fn type_in(&self, text: &str, selected: Range<u32>) {
        self.put(text, selected);
        self.holder().tell(&News::new("input"));
    }

    /// The same without telling those who listen.
    #[inline(never)]
    pub fn put(&self, text: &str, selected: Range<u32>) {
        // To write the same again would tear a character that is being composed.
        if self.value() != text {
            self.set_value(text);
            self.holder().select(selected.start, selected.end);
        }
    }

    /// What is selected in it, or where the caret is.
    pub fn selected(&self) -> Range<u32> {
        self.holder().selection_start()..self.holder().selection_end()
    }

    /// Moves the keyboard there; a browser that refuses leaves it where it is.
    #[inline(never)]
    pub fn focus(&self) {
        let _ = self.html().focus();
    }

    /// Appends a text.
    #[inline(never)]
    pub fn say(&self, text: &str) {
        self.holder().append_text(text);
    }

    /// Appends an element.
    #[inline(never)]
    pub fn append(&self, child: &Self) {
        self.holder().append(&child.0);
    }

    /// With this element at its end.
    #[inline(never)]
    pub fn child(self, child: &Self) -> Self {
        self.append(child);
        self
    }

    /// With a text that follows its source.
    #[inline(never)]
    pub fn live_text(self, text: Text) -> Self {
        let element = self.clone();
        watch(move || element.set_text(&text.get()));
        self
    }

    /// With an attribute that follows its source.
    #[inline(never)]
    pub fn live(self, name: &'static str, text: Text) -> Self {
        let element = self.clone();
        watch(move || element.set(name, Some(&text.get())));
        self
    }

    /// With a listener, for as long as the owner lives.
    pub fn on(self, event: &'static str, act: impl FnMut(Event) + 'static) -> Self {
        listen(&self.0, event, Box::new(act));
        self
    }
}
