//! What is unread, and where the line above it stands.
//!
//! The line is drawn when something becomes unread, and stays where it is while the person
//! reads. It goes when they leave after having read everything, or write.

use protocol::seq::Position;

use super::Timeline;
use crate::side::Party;

impl Timeline {
    /// How many messages count as unread.
    pub(crate) fn unread(&self, party: Party) -> u32 {
        self.held
            .iter()
            .rev()
            .take_while(|held| held.position() > self.read_up_to)
            .filter(|held| party.counts_as_unread(&held.message))
            .count() as u32
    }

    /// The newest message that can be unread.
    pub(crate) fn newest_countable(&self, party: Party) -> Option<Position> {
        self.held
            .iter()
            .rev()
            .find(|held| party.counts_as_unread(&held.message))
            .map(super::order::Held::position)
    }

    /// Everything up to here was read, on this screen or another.
    pub(crate) fn read_to(&mut self, position: Position) {
        self.read_up_to = self.read_up_to.max(position);
    }

    /// Only this many of the newest messages were not read.
    #[cfg(feature = "agent")]
    pub(crate) fn read_but(&mut self, unread: u32, party: Party) {
        // Also what lies above what is held, and comes later.
        let newest = self.held.last().map(super::order::Held::position);
        if let Some(newest) = newest.filter(|_| unread == 0) {
            self.read_to(newest);
            return;
        }
        let mut left = unread;
        for held in self.held.iter().rev() {
            if party.counts_as_unread(&held.message) {
                if left == 0 {
                    let position = held.position();
                    self.read_to(position);
                    return;
                }
                left -= 1;
            }
        }
    }

    /// Draws the line if there is something unread and no line yet.
    pub(crate) fn draw_divider(&mut self, party: Party) {
        if self.divider.is_none() && self.unread(party) > 0 {
            self.divider = Some(self.read_up_to);
        }
    }

    /// The person looks elsewhere.
    pub(crate) fn looked_away(&mut self, party: Party) {
        if self.unread(party) == 0 {
            self.divider = None;
        }
    }
}
