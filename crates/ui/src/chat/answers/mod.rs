//! The buttons of a chatbot's question, below the message that asks. A visitor presses them;
//! agents see which there were and which it was.
//!
//! Invariant: a button stays the same element while its answer is on its way, so that whoever
//! pressed it by key is not thrown out of the list.

#[cfg(test)]
mod tests;

use client_core::Intent;
use client_core::view::{AnswerState, QuestionView, RowContent};
use wasm_bindgen::JsValue;
use web_sys::Event;

use super::MeSide;
use crate::bridge::{use_handle, use_mirror};
use crate::dom::{El, Rows, watch};
use crate::kit::{Glyph, icon};
use crate::shown::RcShown;

/// What a row asks.
fn asked(content: &RowContent) -> Option<&QuestionView> {
    match content {
        RowContent::Message(row) => row.question.as_deref(),
        _ => None,
    }
}

/// A name for the buttons that are to be drawn; visitors see none once they have answered,
/// because the answer stands below as their message.
pub(super) fn name(question: Option<&QuestionView>, me_side: MeSide) -> Option<String> {
    let question = question?;
    if me_side == MeSide::Visitor && question.state == AnswerState::Closed {
        return None;
    }
    let mut name = String::new();
    for button in &question.buttons {
        name.push_str(&button.text);
        name.push('\n');
    }
    Some(name)
}

/// The buttons of this row's question.
pub(super) fn answers(content: &RcShown<RowContent>, me_side: MeSide) -> El {
    let place = El::new("div|class=answers|part=answers");
    let question = content.with_untracked(|content| asked(content).cloned());
    let buttons = question.map_or(Vec::new(), |question| question.buttons);
    let mut chips = Vec::with_capacity(buttons.len());
    for (at, button) in buttons.iter().enumerate() {
        let text = El::new("span|dir=auto");
        text.say(&button.text);
        let chip = match me_side {
            MeSide::Visitor => pressable(content, at),
            MeSide::Agent => El::new("span|class=answer|part=answer"),
        }
        .child(&text);
        if button.href.is_some() {
            chip.append(&icon(Glyph::OUT));
        }
        place.append(&chip);
        chips.push((Rows::new(&chip, Some(&text)), chip));
    }
    let (content, around) = (content.clone(), place.clone());
    watch(move || {
        content.with(|content| {
            let Some(question) = asked(content) else {
                return;
            };
            around.set("data-answers", Some(question.state.as_str()));
            let is_over = question.state != AnswerState::Open;
            for ((tick, chip), button) in chips.iter_mut().zip(&question.buttons) {
                chip.set("data-chosen", button.chosen.then_some(""));
                chip.set("aria-disabled", is_over.then_some("true"));
                tick.show_one(button.chosen.then_some(""), || icon(Glyph::CHECK));
            }
        });
    });
    place
}

/// A button that answers, by its place in the question.
fn pressable(content: &RcShown<RowContent>, at: usize) -> El {
    let (handle, answered, content) = (use_handle(), use_mirror().answered, content.clone());
    El::new("button|class=answer|part=answer|type=button").on("click", move |event| {
        let pressed = content.with_untracked(|content| {
            let question = asked(content).filter(|asked| asked.state == AnswerState::Open)?;
            Some((question.message.clone(), question.buttons.get(at)?.clone()))
        });
        let Some((question, button)) = pressed else {
            return;
        };
        if let (Some(href), Some(window)) = (&button.href, web_sys::window()) {
            // A blocker may refuse; the answer is given all the same.
            let features = "noopener,noreferrer";
            let _ = window.open_with_url_and_target_and_features(href, "_blank", features);
        }
        handle.dispatch(Intent::PressButton {
            question,
            button: button.id,
        });
        if !is_touch(&event) {
            answered.update(|count| *count += 1);
        }
    })
}

/// Whether a finger did it. The focus would bring the keyboard up, over the next question.
fn is_touch(event: &Event) -> bool {
    let pointer = js_sys::Reflect::get(event, &JsValue::from_str("pointerType"));
    pointer.is_ok_and(|pointer| pointer.as_string().as_deref() == Some("touch"))
}
