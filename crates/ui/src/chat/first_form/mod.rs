//! The form before a conversation: fields in place of the messages, above the composer. What is
//! written there goes with what is filled in here.
//!
//! Invariant: the fields are built anew only with another form.

mod fields;
#[cfg(test)]
mod tests;

use client_core::view::FormView;

use crate::bridge::use_mirror;
use crate::dom::{El, Rows, watch};
use crate::second::when_here;
use fields::fields;

/// The form, which hides this element while it is there.
pub fn first_form(instead_of: &El) -> El {
    let form = use_mirror().form;
    let place = El::new("div|class=first-form|part=form");
    let (around, instead_of) = (place.clone(), instead_of.clone());
    let mut forms = Rows::new(&place, None);
    watch(move || {
        form.with(|view| {
            around.hide(view.is_none());
            instead_of.hide(view.is_some());
            let name = view.as_ref().map(name);
            forms.show_one(name.as_deref(), || {
                let place = El::new("div");
                let inside = place.clone();
                when_here(move || inside.append(&fields()));
                place
            });
        });
    });
    place
}

/// Differs where another form is to be drawn.
fn name(view: &FormView) -> String {
    let mut name = String::from(view.kind.as_str());
    for field in &view.fields {
        name.push_str(&field.field.name);
        name.push_str(&field.field.label);
    }
    name
}
