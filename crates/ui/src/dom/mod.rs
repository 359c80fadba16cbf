//! Elements built by plain functions, under Leptos' signals and owners.
//!
//! Why not `view!`: it makes a type of every element, and every type is compiled anew. With it
//! the widget's WebAssembly was 100 KB of brotli on the way to the first message, with these
//! functions 66 KB. Here attributes are data and every worker is compiled once. The agents' app,
//! which has other limits, places these elements in its `view!` through [`El::view`].
//!
//! Invariants: no markup is ever parsed and no style attribute set, so pages under Trusted Types
//! and a strict policy are fine; whatever an element follows ends with the owner it was built
//! under.

mod browser;
mod element;
mod files;
mod pointer;
mod rows;
#[cfg(test)]
mod tests;
mod view;
mod watch;

pub use element::El;
pub(crate) use files::{brings_files, dropped, pasted, picker};
pub(crate) use pointer::{hold_pointer, pressed_along};
pub use rows::Rows;
pub use view::Placed;
pub use watch::{at_end, later, listen, next_frame, watch};
