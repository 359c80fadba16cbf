//! A sentence with names in it. Every name is isolated: a name written from left to right must
//! not turn an Arabic sentence around, nor a hostile one anything else.

use leptos::either::Either;
use leptos::prelude::*;

use crate::i18n::Piece;

pub(super) fn sentence(pieces: Vec<Piece>) -> impl IntoView {
    pieces
        .into_iter()
        .map(|piece| match piece {
            Piece::Text(text) => Either::Left(text),
            Piece::Value(value) => Either::Right(view! { class="p", <bdi>{value}</bdi> }),
        })
        .collect_view()
}
