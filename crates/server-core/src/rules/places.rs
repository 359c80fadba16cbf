//! Places in the waiting line, as visitors were told them (mission V4, V7).
//!
//! Told as signals and kept nowhere else: whoever connects asks anew. Invariant: nobody is told
//! twice what did not change, and a whole line is told at most once a second.

use std::collections::{BTreeMap, BTreeSet};

use protocol::ids::{ConversationId, SessionId};
use protocol::time::Timestamp;
use protocol::visitor::PlaceChanged;

use crate::assignment::Place;
use crate::domain::PlaceNotice;

/// At least this long between two rounds, in milliseconds.
const EVERY_MS: i64 = 1000;
/// Expected waits are told in whole minutes, in milliseconds.
const MINUTE_MS: i64 = 60_000;

/// What was told to whom.
#[derive(Debug, Default)]
pub(crate) struct Places {
    told: BTreeMap<SessionId, PlaceChanged>,
    told_at: Option<Timestamp>,
}

impl Places {
    /// When the next round may be; now, when it may be now.
    pub(crate) fn next_round(&self, now: Timestamp) -> Timestamp {
        match self.told_at {
            // A clock that jumped back must not silence the line.
            Some(at) if at <= now => at.plus(EVERY_MS).max(now),
            _ => now,
        }
    }

    /// Whether nobody was told anything that still holds.
    pub(crate) fn is_empty(&self) -> bool {
        self.told.is_empty()
    }

    /// A round: what is news to whom. Gives the sessions that are no longer in the line, too;
    /// some of them are being offered to somebody.
    pub(crate) fn round(
        &mut self,
        line: impl Iterator<Item = (SessionId, ConversationId, Option<Place>)>,
        now: Timestamp,
    ) -> (Vec<PlaceNotice>, Vec<SessionId>) {
        self.told_at = Some(now);
        let mut news = Vec::new();
        let mut present = BTreeSet::new();
        for (session, conversation, place) in line {
            news.extend(self.tell(&session, conversation, place));
            present.insert(session);
        }
        let gone = self.told.keys().filter(|known| !present.contains(known));
        (news, gone.cloned().collect())
    }

    /// The session is being offered: nobody is before it.
    pub(crate) fn is_next(&mut self, session: &SessionId) -> Option<PlaceNotice> {
        let conversation = self.told.get(session)?.conversation.clone();
        let place = Place {
            position: 1,
            expected_wait_ms: None,
        };
        self.tell(session, conversation, Some(place))
    }

    /// The session waits no longer.
    pub(crate) fn forget(&mut self, session: &SessionId) {
        self.told.remove(session);
    }

    /// What was told last.
    pub(crate) fn of(&self, session: &SessionId) -> Option<PlaceChanged> {
        self.told.get(session).cloned()
    }

    fn tell(
        &mut self,
        session: &SessionId,
        conversation: ConversationId,
        place: Option<Place>,
    ) -> Option<PlaceNotice> {
        let frame = PlaceChanged {
            conversation,
            position: place.map(|place| place.position),
            expected_wait_ms: place
                .and_then(|place| place.expected_wait_ms)
                .and_then(whole_minutes),
        };
        if self.told.get(session) == Some(&frame) {
            return None;
        }
        self.told.insert(session.clone(), frame.clone());
        Some(PlaceNotice { frame })
    }
}

/// Rounded up: whoever is served sooner is glad, and the number stands still for a while.
fn whole_minutes(wait_ms: i64) -> Option<u32> {
    let minutes = wait_ms.max(1).saturating_add(MINUTE_MS - 1) / MINUTE_MS;
    u32::try_from(minutes.saturating_mul(MINUTE_MS)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(position: u32, expected_wait_ms: Option<i64>) -> Option<Place> {
        Some(Place {
            position,
            expected_wait_ms,
        })
    }

    fn session(name: &str) -> SessionId {
        SessionId::parse(name).unwrap()
    }

    fn row(name: &str, place: Option<Place>) -> (SessionId, ConversationId, Option<Place>) {
        let id = ConversationId::parse(name);
        (session(name), id.unwrap(), place)
    }

    fn told(news: &[PlaceNotice]) -> Vec<(&str, Option<u32>, Option<u32>)> {
        let frames = news.iter().map(|notice| &notice.frame);
        frames
            .map(|it| (it.conversation.as_str(), it.position, it.expected_wait_ms))
            .collect()
    }

    #[test]
    fn only_what_changed_is_told() {
        let mut places = Places::default();
        let line = [row("a", place(1, Some(10))), row("b", place(2, None))];
        let (news, gone) = places.round(line.into_iter(), Timestamp(0));
        assert_eq!(
            told(&news),
            [("a", Some(1), Some(60_000)), ("b", Some(2), None)]
        );
        assert!(gone.is_empty());
        let line = [row("b", place(1, Some(70_000)))];
        let (news, gone) = places.round(line.into_iter(), Timestamp(1));
        assert_eq!(told(&news), [("b", Some(1), Some(120_000))]);
        assert_eq!(gone, [session("a")]);
        let line = [row("b", place(1, Some(119_000)))];
        let (news, _) = places.round(line.into_iter(), Timestamp(2));
        assert!(news.is_empty());
    }

    #[test]
    fn whoever_is_being_offered_is_next_and_whoever_is_served_is_forgotten() {
        let mut places = Places::default();
        let session = session("a");
        assert_eq!(places.is_next(&session), None);
        places.round([row("a", place(3, None))].into_iter(), Timestamp(0));
        let notice = places.is_next(&session).unwrap();
        assert_eq!(told(&[notice]), [("a", Some(1), None)]);
        assert_eq!(places.is_next(&session), None);
        assert_eq!(places.of(&session).and_then(|it| it.position), Some(1));
        places.forget(&session);
        assert_eq!(places.of(&session), None);
    }

    #[test]
    fn who_waits_where_nobody_is_has_no_place() {
        let mut places = Places::default();
        let (news, _) = places.round([row("a", None)].into_iter(), Timestamp(0));
        assert_eq!(told(&news), [("a", None, None)]);
    }

    #[test]
    fn rounds_are_a_second_apart() {
        let mut places = Places::default();
        assert_eq!(places.next_round(Timestamp(5)), Timestamp(5));
        places.round(std::iter::empty(), Timestamp(5));
        assert_eq!(places.next_round(Timestamp(6)), Timestamp(1005));
        assert_eq!(places.next_round(Timestamp(2000)), Timestamp(2000));
        assert_eq!(places.next_round(Timestamp(1)), Timestamp(1));
    }
}
