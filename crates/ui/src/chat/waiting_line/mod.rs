//! That the visitor waits for an agent, and how long about. It takes nothing away: they go on
//! writing meanwhile.

mod told;

use crate::bridge::use_mirror;
use crate::dom::{El, Rows, watch};
use crate::second::when_here;
use told::fill;

/// The line below the messages. Readers of the screen hear what changes in it.
pub fn waiting_line() -> El {
    let head = use_mirror().head;
    let line = El::new("div|class=waiting-line|part=waiting|role=status");
    let mut told = Rows::new(&line, None);
    let around = line.clone();
    watch(move || {
        let waits = head.with(|head| head.waiting.is_some());
        around.set("data-active", waits.then_some(""));
        told.show_one(waits.then_some(""), || {
            let place = El::new("div|class=waiting-line-told");
            let inside = place.clone();
            when_here(move || fill(&inside));
            place
        });
    });
    line
}
