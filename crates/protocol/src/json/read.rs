//! From a tree to a value.
//!
//! Structs do not come through serde here: what it makes of a struct is ten times as long as
//! asking for one field after the other. `wire!` names a struct's fields once more; a field that
//! is forgotten does not compile, a name that differs fails the test against serde.
//!
//! Reading never stops half-way: what cannot be read leaves a note in [`Faults`] and some value
//! in its place, and whoever began looks at the notes at the end. So no field needs code that
//! takes the fields before it apart again, which was a third of the decoder.

use super::parse::Tree;
use super::{Error, Faults};

/// What can be read from a tree.
pub(crate) trait FromTree: Sized {
    /// Reads it, or notes why not; then the value means nothing. A field that is missing is
    /// read as `null`.
    fn from_tree(tree: &Tree, faults: &mut Faults) -> Self;
}

/// Reads a whole value.
pub(crate) fn whole<T: FromTree>(tree: &Tree) -> Result<T, Error> {
    let mut faults = Faults::default();
    let value = T::from_tree(tree, &mut faults);
    faults.none().map(|()| value)
}

/// Reads a field of an object.
pub(crate) fn field<T: FromTree>(tree: &Tree, name: &'static str, faults: &mut Faults) -> T {
    faults.enter(name);
    let value = T::from_tree(tree.field(name), faults);
    faults.leave();
    value
}

/// The text in a tree; an empty one where there is none.
pub(crate) fn text<'a>(tree: &'a Tree, faults: &mut Faults) -> &'a str {
    match tree {
        Tree::Text(text) => text,
        _ => {
            faults.note(tree, "not a string");
            ""
        }
    }
}

/// The number in a tree, zero or more and at most `largest`; zero where there is none.
fn number(tree: &Tree, largest: u64, faults: &mut Faults) -> u64 {
    match tree {
        Tree::Whole(false, number) if *number <= largest => *number,
        _ => {
            faults.note(tree, "not a whole number of that size");
            0
        }
    }
}

/// Which of the words this is.
pub(crate) fn index_of(words: &[&str], word: &str) -> Option<usize> {
    words.iter().position(|known| *known == word)
}

/// Reads a list that is left out when nothing is in it.
pub(crate) fn list<T: FromTree>(tree: &Tree, name: &'static str, faults: &mut Faults) -> Vec<T> {
    field::<Option<Vec<T>>>(tree, name, faults).unwrap_or_default()
}

/// Reads a field by code that may come later than the rest: as long as the field is never there,
/// none of it runs.
pub(crate) fn later<T: FromTree>(
    tree: &Tree,
    name: &'static str,
    faults: &mut Faults,
) -> Option<T> {
    match tree.field(name) {
        Tree::Null => None,
        _ => Some(present(tree, name, faults)),
    }
}

#[inline(never)]
fn present<T: FromTree>(tree: &Tree, name: &'static str, faults: &mut Faults) -> T {
    field(tree, name, faults)
}

/// Says how a struct is read: its fields, the name on the wire where it is another, `or_empty`
/// for a list that is left out when nothing is in it, and `later` for a field that may be missing
/// and whose reader may, too.
macro_rules! wire {
    (@name $field:ident) => { stringify!($field) };
    (@name $field:ident $name:literal) => { $name };
    (@read) => { crate::json::field };
    (@read or_empty) => { crate::json::list };
    (@read later) => { crate::json::later };
    ($struct:ident { $($field:ident $(= $name:literal)? $($empty:ident)?),* $(,)? }) => {
        impl crate::json::FromTree for $struct {
            #[allow(unused_variables, reason = "some have no fields")]
            fn from_tree(tree: &crate::json::Tree, faults: &mut crate::json::Faults) -> Self {
                Self {
                    $($field: wire!(@read $($empty)?)(tree, wire!(@name $field $($name)?), faults),)*
                }
            }
        }
    };
}

/// Says that a type is read from a string by a function that may refuse it, and what stands in
/// its place then.
macro_rules! wire_text {
    ($type:ty, $read:expr, $what:literal, $instead:expr) => {
        impl crate::json::FromTree for $type {
            fn from_tree(tree: &crate::json::Tree, faults: &mut crate::json::Faults) -> Self {
                let read: fn(&str) -> Option<Self> = $read;
                match read(crate::json::text(tree, faults)) {
                    Some(value) => value,
                    None => {
                        faults.note(tree, $what);
                        $instead
                    }
                }
            }
        }
    };
}

impl FromTree for String {
    fn from_tree(tree: &Tree, faults: &mut Faults) -> Self {
        text(tree, faults).to_owned()
    }
}

impl FromTree for bool {
    fn from_tree(tree: &Tree, faults: &mut Faults) -> Self {
        match tree {
            Tree::Bool(value) => *value,
            _ => {
                faults.note(tree, "not true or false");
                false
            }
        }
    }
}

impl FromTree for u64 {
    fn from_tree(tree: &Tree, faults: &mut Faults) -> Self {
        number(tree, Self::MAX, faults)
    }
}

impl FromTree for u32 {
    fn from_tree(tree: &Tree, faults: &mut Faults) -> Self {
        number(tree, Self::MAX.into(), faults) as Self
    }
}

impl FromTree for u16 {
    fn from_tree(tree: &Tree, faults: &mut Faults) -> Self {
        number(tree, Self::MAX.into(), faults) as Self
    }
}

impl<T: FromTree> FromTree for Option<T> {
    fn from_tree(tree: &Tree, faults: &mut Faults) -> Self {
        match tree {
            Tree::Null => None,
            _ => Some(T::from_tree(tree, faults)),
        }
    }
}

impl<T: FromTree> FromTree for Box<T> {
    fn from_tree(tree: &Tree, faults: &mut Faults) -> Self {
        Self::new(T::from_tree(tree, faults))
    }
}

impl<T: FromTree> FromTree for Vec<T> {
    fn from_tree(tree: &Tree, faults: &mut Faults) -> Self {
        let mut all = Self::new();
        match tree {
            // A loop: what an iterator makes of it is compiled anew, and longer, for every T.
            Tree::List(values) => {
                for value in values {
                    all.push(T::from_tree(value, faults));
                }
            }
            _ => faults.note(tree, "not a list"),
        }
        all
    }
}
