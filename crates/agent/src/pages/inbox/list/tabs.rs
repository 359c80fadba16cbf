//! Which conversations a tab of the list shows (mission C9).
//!
//! Invariant: those in which help is wanted are on every tab, so that nobody misses a call.

use client_core::view::{RosterGroup, RosterRow, RosterView};

/// A tab of the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Tab {
    /// The agent takes part.
    Mine,
    /// Nobody owns it.
    Unassigned,
    /// Every one the agent may see. Where one begins: nothing is hidden.
    #[default]
    All,
}

impl Tab {
    /// All, in their order.
    pub(crate) const ALL: [Self; 3] = [Self::Mine, Self::Unassigned, Self::All];

    /// Its word in storage and in element ids.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Unassigned => "unassigned",
            Self::All => "all",
        }
    }

    /// Reads the word; anything else is the tab one begins with.
    pub(crate) fn read(word: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|tab| tab.as_str() == word)
            .unwrap_or_default()
    }

    /// The tab `steps` further, going round.
    pub(crate) fn step(self, steps: isize) -> Self {
        let count = Self::ALL.len().cast_signed();
        let to = (self.step_from_first() + steps).rem_euclid(count);
        Self::ALL[to.cast_unsigned()]
    }

    /// How many steps it lies behind the first.
    pub(crate) fn step_from_first(self) -> isize {
        let at = Self::ALL.iter().position(|tab| *tab == self);
        at.unwrap_or(0).cast_signed()
    }

    /// Whether the tab shows the row.
    pub(crate) fn shows(self, row: &RosterRow) -> bool {
        if row.summary.help.is_some() {
            return true;
        }
        match self {
            Self::Mine => row.mine,
            Self::Unassigned => row.unassigned,
            Self::All => true,
        }
    }

    /// How many known conversations the tab shows.
    pub(crate) fn count(self, roster: &RosterView) -> usize {
        let rows = roster.groups.iter().flat_map(|group| &group.rows);
        rows.filter(|row| self.shows(row)).count()
    }

    /// The headings with the rows the tab shows; headings without any are left out.
    pub(crate) fn groups(self, roster: &RosterView) -> Vec<RosterGroup> {
        let shown = |group: &RosterGroup| RosterGroup {
            heading: group.heading.clone(),
            rows: group
                .rows
                .iter()
                .filter(|row| self.shows(row))
                .cloned()
                .collect(),
        };
        let mut groups: Vec<_> = roster.groups.iter().map(shown).collect();
        groups.retain(|group| !group.rows.is_empty());
        groups
    }

    /// The tab to be on after the open conversation changed from `before` to `after`: when it
    /// leaves this tab (one took it, say), the agent goes along and does not lose sight of it.
    pub(crate) fn follow(self, before: Option<&RosterRow>, after: Option<&RosterRow>) -> Self {
        match (before, after) {
            (Some(before), Some(after))
                if before.summary.id == after.summary.id
                    && self.shows(before)
                    && !self.shows(after) =>
            {
                if after.mine {
                    Self::Mine
                } else {
                    Self::All
                }
            }
            _ => self,
        }
    }
}

/// The row beside `from` in the order of the list; the first when `from` is not in it.
pub(crate) fn neighbour<'a>(
    order: &'a [String],
    from: Option<&str>,
    steps: isize,
) -> Option<&'a String> {
    let at = from.and_then(|from| order.iter().position(|id| id == from));
    let to = match at {
        Some(at) => at
            .saturating_add_signed(steps)
            .min(order.len().checked_sub(1)?),
        None => 0,
    };
    order.get(to)
}
