//! A sentence with names in it. Every name is isolated: a name written from left to right must
//! not turn an Arabic sentence around, nor a hostile one anything else.

use crate::dom::El;
use crate::i18n::Piece;

/// Makes the sentence the whole content of an element.
pub(super) fn tell(place: &El, pieces: Vec<Piece>) {
    place.set_text("");
    for piece in pieces {
        match piece {
            Piece::Text(text) => place.say(&text),
            Piece::Value(value) => {
                let name = El::new("bdi");
                name.say(&value);
                place.append(&name);
            }
        }
    }
}
