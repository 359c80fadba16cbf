//! From a tree to a value.
//!
//! Structs do not come through serde here: what it makes of a struct is ten times as long as
//! asking for one field after the other. `wire!` names a struct's fields once more; a field that
//! is forgotten does not compile, a name that differs fails the test against serde.

use super::Error;
use super::parse::Tree;

/// What can be read from a tree.
pub(crate) trait FromTree: Sized {
    /// Reads it.
    fn from_tree(tree: &Tree) -> Result<Self, Error>;

    /// What a missing field reads as, if it may be missing.
    fn missing() -> Option<Self> {
        None
    }
}

/// Reads a field of an object.
pub(crate) fn field<T: FromTree>(tree: &Tree, name: &str) -> Result<T, Error> {
    match tree.get(name) {
        Some(value) => T::from_tree(value).map_err(|error| error.inside(name)),
        None => T::missing().ok_or_else(|| Error::new("missing").inside(name)),
    }
}

/// Reads a list that is left out when nothing is in it.
pub(crate) fn list<T: FromTree>(tree: &Tree, name: &str) -> Result<Vec<T>, Error> {
    Ok(field::<Option<Vec<T>>>(tree, name)?.unwrap_or_default())
}

/// Says how a struct is read: its fields, the name on the wire where it is another, and `or_empty`
/// for a list that is left out when nothing is in it.
macro_rules! wire {
    (@name $field:ident) => { stringify!($field) };
    (@name $field:ident $name:literal) => { $name };
    (@read) => { crate::json::field };
    (@read or_empty) => { crate::json::list };
    ($struct:ident { $($field:ident $(= $name:literal)? $($empty:ident)?),* $(,)? }) => {
        impl crate::json::FromTree for $struct {
            #[allow(unused_variables, reason = "some have no fields")]
            fn from_tree(tree: &crate::json::Tree) -> Result<Self, crate::json::Error> {
                Ok(Self {
                    $($field: wire!(@read $($empty)?)(tree, wire!(@name $field $($name)?))?,)*
                })
            }
        }
    };
}

/// Says that a type is read from a string by a function that may refuse it.
macro_rules! wire_text {
    ($type:ty, $read:expr, $what:literal) => {
        impl crate::json::FromTree for $type {
            fn from_tree(tree: &crate::json::Tree) -> Result<Self, crate::json::Error> {
                let read: fn(&str) -> Option<Self> = $read;
                tree.text()
                    .and_then(read)
                    .ok_or_else(|| crate::json::Error::new($what))
            }
        }
    };
}

wire_text!(String, |text| Some(text.to_owned()), "not a string");

impl FromTree for bool {
    fn from_tree(tree: &Tree) -> Result<Self, Error> {
        match tree {
            Tree::Bool(value) => Ok(*value),
            _ => Err(Error::new("not true or false")),
        }
    }
}

impl FromTree for u64 {
    fn from_tree(tree: &Tree) -> Result<Self, Error> {
        tree.whole()
            .ok_or_else(|| Error::new("not a whole number, zero or more"))
    }
}

impl FromTree for u32 {
    fn from_tree(tree: &Tree) -> Result<Self, Error> {
        let number = tree.whole().and_then(|number| Self::try_from(number).ok());
        number.ok_or_else(|| Error::new("not a whole number below 2^32"))
    }
}

impl FromTree for u16 {
    fn from_tree(tree: &Tree) -> Result<Self, Error> {
        let number = tree.whole().and_then(|number| Self::try_from(number).ok());
        number.ok_or_else(|| Error::new("not a whole number below 65536"))
    }
}

impl<T: FromTree> FromTree for Option<T> {
    fn from_tree(tree: &Tree) -> Result<Self, Error> {
        match tree {
            Tree::Null => Ok(None),
            _ => T::from_tree(tree).map(Some),
        }
    }

    fn missing() -> Option<Self> {
        Some(None)
    }
}

impl<T: FromTree> FromTree for Vec<T> {
    fn from_tree(tree: &Tree) -> Result<Self, Error> {
        match tree {
            // A loop: what an iterator makes of it is compiled anew, and longer, for every T.
            Tree::List(values) => {
                let mut all = Self::with_capacity(values.len());
                for value in values {
                    all.push(T::from_tree(value)?);
                }
                Ok(all)
            }
            _ => Err(Error::new("not a list")),
        }
    }
}
