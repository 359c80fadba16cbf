//! Values that are shown, read by effects.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::Owner;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{RcShown, Shown};
use crate::dom::watch;
use crate::tests::stage::{settled, stage};

#[wasm_bindgen_test]
async fn who_read_it_is_called_again_when_it_changed() {
    let _stage = stage(|| ()).await;
    let owner = Owner::new();
    let seen = Rc::new(RefCell::new(Vec::new()));
    let (shown, row) = owner.with(|| (Shown::new(1_u32), RcShown::new("one")));
    owner.with(|| {
        let (seen, row) = (Rc::clone(&seen), row.clone());
        watch(move || {
            let words = row.with(|word| *word);
            seen.borrow_mut().push((shown.get(), words));
        });
    });
    settled().await;
    shown.set(2);
    settled().await;
    shown.replace(2);
    settled().await;
    row.set("two");
    settled().await;
    assert_eq!(*seen.borrow(), [(1, "one"), (2, "one"), (2, "two")]);
    owner.cleanup();
}

#[wasm_bindgen_test]
fn a_value_whose_owner_is_gone_reads_as_the_default() {
    let owner = Owner::new();
    let shown = owner.with(|| Shown::new(5_u32));
    assert_eq!(shown.get_untracked(), 5);
    owner.cleanup();
    shown.set(7);
    assert_eq!(shown.get_untracked(), 0);
}
