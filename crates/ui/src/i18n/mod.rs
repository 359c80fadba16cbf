//! Texts in the reader's language. Sentences live in `public/locales/<tag>.json`; here are
//! their typed names, the catalogue a page has loaded, and everything `Intl` knows better.
//!
//! A component asks with [`t`], [`t_with`] or [`t_count`] inside a closure of its view; then it
//! is drawn again when another catalogue comes.

mod catalogue;
mod direction;
mod fill;
mod format;
mod keys;
mod negotiate;
mod words;

pub use catalogue::{Catalogue, Current, provide_catalogue, t, t_count, t_with, use_catalogue};
pub use direction::direction;
pub use fill::Piece;
pub use format::now;
pub use keys::{Key, LANGUAGES, Plural};
pub use negotiate::negotiate;
pub use words::{author_name, delivery_word, error_sentence, system_sentence, with_attachment};
