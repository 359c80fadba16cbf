//! Children that come, go and move by key. A list of messages is one; so is an icon that is
//! there or not: it is a list of at most one row.
//!
//! Invariant: while a key stays, its element stays, and with it focus, selection and what the
//! row's own effects have done to it.

use leptos::prelude::Owner;
use web_sys::Node;

use super::El;

/// Keyed children of one element, side by side.
pub struct Rows {
    parent: El,
    /// The child they stand before; at the end when there is none.
    before: Option<Node>,
    /// Rows outlive the effect that orders them, so they do not belong to it.
    owner: Option<Owner>,
    kept: Vec<Row>,
}

struct Row {
    key: String,
    element: El,
    owner: Owner,
}

impl Rows {
    /// No rows yet. They will stand at the end of `parent`, or before one of its children.
    #[inline(never)]
    pub fn new(parent: &El, before: Option<&El>) -> Self {
        Self {
            parent: parent.clone(),
            before: before.map(|element| Node::from(element.element().clone())),
            owner: Owner::current(),
            kept: Vec::new(),
        }
    }

    /// Shows exactly these rows in this order. `build` is asked for those that are new, by their
    /// place in `keys`, each under an owner that lives as long as its row.
    #[inline(never)]
    pub fn show(&mut self, keys: Vec<String>, build: &mut dyn FnMut(usize) -> El) {
        let mut old: Vec<Option<Row>> = std::mem::take(&mut self.kept)
            .into_iter()
            .map(Some)
            .collect();
        let mut next = 0;
        for (place, key) in keys.into_iter().enumerate() {
            // Rows mostly keep their order, so the search goes on behind the one found last.
            let is_it = |row: &Option<Row>| row.as_ref().is_some_and(|row| row.key == key);
            let found = (next..old.len()).chain(0..next).find(|at| is_it(&old[*at]));
            let row = match found {
                Some(at) => {
                    next = at + 1;
                    old[at].take()
                }
                None => None,
            };
            self.kept.push(row.unwrap_or_else(|| {
                let owner = match &self.owner {
                    Some(owner) => owner.child(),
                    None => Owner::new(),
                };
                let element = owner.with(|| build(place));
                Row {
                    key,
                    element,
                    owner,
                }
            }));
        }
        for row in old.into_iter().flatten() {
            row.owner.cleanup();
            row.element.element().remove();
        }
        self.place();
    }

    /// Shows one row, or none.
    pub fn show_one(&mut self, key: Option<&str>, build: impl FnOnce() -> El) {
        let mut build = Some(build);
        let keys = key.map(str::to_owned).into_iter().collect();
        self.show(keys, &mut |_| match build.take() {
            Some(build) => build(),
            None => El::new("span"),
        });
    }

    /// The rows that are shown, in their order.
    pub fn elements(&self) -> impl DoubleEndedIterator<Item = &El> + ExactSizeIterator {
        self.kept.iter().map(|row| &row.element)
    }

    /// From the last to the first, so that a row is moved only when it stands elsewhere.
    fn place(&self) {
        let mut next = self.before.clone();
        for row in self.kept.iter().rev() {
            let element = row.element.element();
            if element.parent_node().is_none() || element.next_sibling() != next {
                // It fails when a stranger has moved our nodes; then this row stays where it is.
                let _ = self.parent.element().insert_before(element, next.as_ref());
            }
            next = Some(Node::from(element.clone()));
        }
    }
}
