//! Facts about back-off, feeds and questions.

use protocol::feed::Feed;
use protocol::ids::{ConversationId, Epoch};
use protocol::seq::{FeedCursor, Seq};

use super::backoff::delay_ms;
use super::queries::{Queries, Query};
use super::resume::{Feeds, Verdict};

fn feed(id: &str) -> Feed {
    Feed::Visitor(ConversationId::parse(id).unwrap())
}

fn cursor(id: &str, seq: u64) -> FeedCursor {
    FeedCursor {
        feed: feed(id),
        epoch: Epoch::parse("e").unwrap(),
        seq: Seq(seq),
    }
}

#[test]
fn delays_use_their_whole_range() {
    for (attempt, bound) in [
        (0, 500_u32),
        (1, 1_000),
        (5, 16_000),
        (6, 30_000),
        (60, 30_000),
    ] {
        assert_eq!(delay_ms(attempt, u128::from(bound)), bound);
        assert_eq!(delay_ms(attempt, u128::from(bound) + 1), 0);
    }
}

#[test]
fn feeds_do_not_disturb_each_other() {
    let mut feeds = Feeds::default();
    feeds.follow(cursor("a", 5));
    feeds.follow(cursor("b", 7));
    assert_eq!(
        feeds.judge(&feed("a"), Seq(9)),
        Verdict::Ask(cursor("a", 5))
    );
    assert_eq!(
        feeds.judge(&feed("b"), Seq(8)),
        Verdict::Apply { live: true }
    );
    assert_eq!(feeds.judge(&feed("c"), Seq(1)), Verdict::Drop);
    assert_eq!(feeds.take_up(), [cursor("a", 5), cursor("b", 8)]);
}

#[test]
fn entries_of_a_replay_are_not_live() {
    let mut feeds = Feeds::default();
    feeds.follow(cursor("a", 5));
    feeds.take_up();
    feeds.resumed(&feed("a"), 2);
    for (seq, live) in [(6, false), (7, false), (8, true)] {
        assert_eq!(feeds.judge(&feed("a"), Seq(seq)), Verdict::Apply { live });
    }
}

#[test]
fn a_refused_feed_is_the_first_one_without_an_answer() {
    let mut feeds = Feeds::default();
    for id in ["a", "b", "c"] {
        feeds.follow(cursor(id, 1));
    }
    assert_eq!(feeds.refused(), None);
    feeds.take_up();
    feeds.resumed(&feed("a"), 0);
    assert_eq!(feeds.refused(), Some(feed("b")));
    feeds.resumed(&feed("c"), 0);
    assert_eq!(feeds.refused(), None);
}

#[test]
fn a_copy_is_behind_when_later_entries_of_its_log_were_taken_in() {
    let mut feeds = Feeds::default();
    feeds.follow(cursor("a", 5));
    assert!(feeds.is_ahead_of(&cursor("a", 4)));
    assert!(!feeds.is_ahead_of(&cursor("a", 5)));
    let rebuilt = FeedCursor {
        epoch: Epoch::parse("other").unwrap(),
        ..cursor("a", 4)
    };
    assert!(!feeds.is_ahead_of(&rebuilt));
}

#[test]
fn an_answer_belongs_to_its_question_only() {
    let mut queries = Queries::default();
    let open = Query::Open(ConversationId::parse("a").unwrap());
    let number = queries.ask(open.clone());
    assert!(queries.is_pending(&open));
    assert_eq!(queries.answered(number + 1), None);
    assert_eq!(queries.answered(number), Some(open.clone()));
    assert_eq!(queries.answered(number), None);
    let number = queries.ask(open);
    queries.lost();
    assert_eq!(queries.answered(number), None, "it died with its socket");
}
