//! Earlier versions of the shared notes, while the agent looks at them.

use protocol::agent::{SharedNotes, SharedNotesFetched};

/// What is to be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ask {
    /// The newest versions, in place of those that are there.
    Newest,
    /// Those before them.
    Earlier,
}

/// Versions, the newest first.
#[derive(Clone, Debug, Default)]
pub(crate) struct History {
    pub(crate) versions: Vec<SharedNotes>,
    pub(crate) has_more: bool,
    /// Asked for, or to be asked for when there is a connection.
    pub(crate) ask: Option<Ask>,
}

impl History {
    /// One that asks for its beginning.
    pub(crate) fn begin() -> Self {
        Self {
            ask: Some(Ask::Newest),
            ..Self::default()
        }
    }

    /// The version before which the asked ones lie.
    pub(crate) fn before(&self) -> Option<u64> {
        match self.ask {
            Some(Ask::Earlier) => self.versions.last().map(|oldest| oldest.version),
            _ => None,
        }
    }

    /// The answer to what was asked with this `before`.
    pub(crate) fn fetched(&mut self, before: Option<u64>, mut fetched: SharedNotesFetched) {
        // Something newer was asked for meanwhile, or the answer fits no longer.
        if before != self.before() {
            return;
        }
        self.ask = None;
        self.has_more = fetched.has_more_before;
        if before.is_none() {
            self.versions.clear();
        }
        self.versions.append(&mut fetched.versions);
    }
}
