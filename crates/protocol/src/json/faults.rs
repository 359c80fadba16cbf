//! What was wrong with a value while it was read.
//!
//! In a browser nobody sees the reason, and the words for it would be a tenth of the widget: there
//! it is only known that something was.

use super::Error;
use super::parse::Tree;

/// Notes of one reading.
#[derive(Default)]
pub(crate) struct Faults {
    any: bool,
    /// The fields around the value that is read now.
    #[cfg(not(target_family = "wasm"))]
    path: Vec<&'static str>,
    /// The first fault, with its path.
    #[cfg(not(target_family = "wasm"))]
    first: String,
}

impl Faults {
    /// Something cannot be read.
    #[cfg_attr(target_family = "wasm", expect(unused_variables, reason = "not kept"))]
    pub(crate) fn note(&mut self, tree: &Tree, what: &str) {
        #[cfg(not(target_family = "wasm"))]
        if !self.any {
            let what = if *tree == Tree::Null { "missing" } else { what };
            let words = self.path.iter().copied().chain([what]);
            self.first = words.collect::<Vec<_>>().join(": ");
        }
        self.any = true;
    }

    /// A field of this name is read next.
    #[cfg_attr(target_family = "wasm", expect(unused_variables, reason = "not kept"))]
    #[cfg_attr(
        target_family = "wasm",
        expect(clippy::unused_self, reason = "not kept")
    )]
    #[cfg_attr(target_family = "wasm", inline(always))]
    pub(crate) fn enter(&mut self, field: &'static str) {
        #[cfg(not(target_family = "wasm"))]
        self.path.push(field);
    }

    /// The field was read.
    #[cfg_attr(
        target_family = "wasm",
        expect(clippy::unused_self, reason = "not kept")
    )]
    #[cfg_attr(target_family = "wasm", inline(always))]
    pub(crate) fn leave(&mut self) {
        #[cfg(not(target_family = "wasm"))]
        self.path.pop();
    }

    /// Whether all went well.
    pub(crate) fn none(&self) -> Result<(), Error> {
        if self.any {
            #[cfg(not(target_family = "wasm"))]
            return Err(Error::new(&self.first));
            #[cfg(target_family = "wasm")]
            Err(Error::new(""))
        } else {
            Ok(())
        }
    }
}
