//! Facts about merging: whatever is changed, no inserted word is lost and both ends agree.

use proptest::prelude::*;

use super::diff::{Hunk, hunks};
use super::words::split;
use super::{carried, merge};

#[test]
fn a_change_on_one_side_is_taken_as_it_is() {
    for (base, changed) in [
        ("", "new"),
        ("one two", "one 2 two"),
        ("one two", ""),
        ("a\u{202e}b \r\n", "漢字 👩‍👩‍👧"),
    ] {
        assert_eq!(merge(base, changed, base), changed);
        assert_eq!(merge(base, base, changed), changed);
        assert_eq!(merge(base, changed, changed), changed);
    }
}

#[test]
fn changes_in_different_places_are_both_there() {
    let base = "Paid on Monday.\nCalls again.";
    let ours = "Paid late on Monday.\nCalls again.";
    let theirs = "Paid on Monday.\nCalls again tomorrow.";
    let both = "Paid late on Monday.\nCalls again tomorrow.";
    assert_eq!(merge(base, ours, theirs), both);
    assert_eq!(merge(base, theirs, ours), both);
}

#[test]
fn changes_in_the_same_place_stand_side_by_side() {
    assert_eq!(merge("Paid", "Paid late", "Paid twice"), "Paid late twice");
    assert_eq!(merge("", "Ana", "Ben"), "Ana Ben");
    assert_eq!(merge("", "a\nb\n", "c\n"), "a\nb\nc\n");
    assert_eq!(merge("hel", "hello", "help"), "hello help");
    assert_eq!(merge("退", "退款", "退货"), "退款货");
}

#[test]
fn what_both_wrote_is_there_once() {
    assert_eq!(merge("x", "x same words", "x same words!"), "x same words!");
    assert_eq!(merge("x", "x same words!", "x same words"), "x same words!");
}

#[test]
fn what_one_side_took_out_is_gone_and_what_the_other_put_in_beside_stays() {
    let base = "one two three";
    assert_eq!(merge(base, "one", "one two NEW three"), "one NEW ");
    assert_eq!(merge(base, "three", "one two"), "");
    assert_eq!(merge("a b", "a x b", "a"), "a x ");
}

#[test]
fn texts_that_have_nothing_in_common_are_merged_too() {
    let words = |letter: char| {
        let all = (0..3000).map(|at| format!("{letter}{at}"));
        all.collect::<Vec<_>>().join(" ")
    };
    let (base, ours, theirs) = (words('a'), words('b'), words('c'));
    let both = merge(&base, &ours, &theirs);
    for word in split(&ours).iter().chain(&split(&theirs)) {
        assert!(both.contains(word));
    }
}

#[test]
fn the_caret_stays_at_the_word_it_was_at() {
    let at = |old: &str, new: &str, place| carried(old, new, place);
    assert_eq!(at("one two", "zero one two", 7), 12);
    assert_eq!(at("one two", "one two three", 7), 7);
    assert_eq!(at("one two", "one new two", 3), 3);
    assert_eq!(at("one two three", "three", 6), 0);
    assert_eq!(at("hel there", "hello there", 3), 5);
    assert_eq!(at("😀 x", "new 😀 x", 4), 8);
    assert_eq!(at("", "anything", 0), 0);
    assert_eq!(at("abc", "abc", 99), 99);
}

/// Words with spaces and line breaks between them.
fn text() -> impl Strategy<Value = String> {
    prop::collection::vec("[a-c]{1,2}|[.\n]| |漢|👋", 0..24).prop_map(|parts| parts.concat())
}

/// One change: at a place, so many words are taken out and new ones put in.
type Edit = (prop::sample::Index, usize, usize);

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    prop::collection::vec((any::<prop::sample::Index>(), 0..3_usize, 0..3_usize), 0..5)
}

/// Changes a text; the words that are put in are like no other ones, and are never taken out.
fn edited(base: &str, who: &str, edits: &[Edit]) -> (String, Vec<String>) {
    let mut words: Vec<String> = split(base).iter().map(|&word| word.to_owned()).collect();
    let mut inserted = Vec::new();
    for (number, (place, removes, inserts)) in edits.iter().enumerate() {
        let at = place.index(words.len() + 1);
        let stays = |word: &String| word.starts_with([' ', 'P', 'Q', 'R']);
        for _ in 0..*removes {
            if words.get(at).is_some_and(|word| !stays(word)) {
                words.remove(at);
            }
        }
        for piece in 0..*inserts {
            let word = format!("{who}{number}x{piece}");
            inserted.push(word.clone());
            words.splice(at..at, [" ".to_owned(), word, " ".to_owned()]);
        }
    }
    (words.concat(), inserted)
}

fn has_words(text: &str, words: &[String]) -> bool {
    let there = split(text);
    words.iter().all(|word| there.contains(&word.as_str()))
}

/// A server that keeps every version.
struct Server(Vec<String>);

impl Server {
    fn save(&mut self, base: usize, text: &str) {
        let newest = self.0.last().cloned().unwrap_or_default();
        self.0.push(merge(&self.0[base], text, &newest));
    }
}

/// An agent's screen as a client keeps it: what the server said last, and what stands there now.
struct Screen {
    who: char,
    version: usize,
    base: String,
    text: String,
    inserted: Vec<String>,
}

impl Screen {
    fn write(&mut self, turn: usize, edits: &[Edit]) {
        let (text, inserted) = edited(&self.text, &format!("{}{turn}w", self.who), edits);
        self.text = text;
        self.inserted.extend(inserted);
    }

    fn hear(&mut self, server: &Server) {
        let newest = server.0.last().cloned().unwrap_or_default();
        self.text = merge(&self.base, &self.text, &newest);
        self.base = newest;
        self.version = server.0.len() - 1;
    }

    fn save(&mut self, server: &mut Server) {
        if self.text != self.base {
            server.save(self.version, &self.text);
            // What was sent is in the server's text: only what was written since is new.
            self.base.clone_from(&self.text);
            self.hear(server);
        }
    }
}

proptest! {
    #[test]
    fn hunks_lead_from_one_text_to_the_other(old in text(), new in text()) {
        let (old, new) = (split(&old), split(&new));
        let mut made: Vec<&str> = Vec::new();
        let mut at = 0;
        for Hunk { at: begin, until, from, to } in hunks(&old, &new) {
            prop_assert!(at <= begin);
            made.extend(&old[at..begin]);
            made.extend(&new[from..to]);
            at = until;
        }
        made.extend(&old[at..]);
        prop_assert_eq!(made, new);
    }

    #[test]
    fn every_inserted_word_of_both_sides_is_there(base in text(), one in edits(), other in edits()) {
        let (ours, mine) = edited(&base, "P", &one);
        let (theirs, others) = edited(&base, "Q", &other);
        let both = merge(&base, &ours, &theirs);
        prop_assert!(has_words(&both, &mine), "{both:?} lacks one of {mine:?}");
        prop_assert!(has_words(&both, &others), "{both:?} lacks one of {others:?}");
    }

    #[test]
    fn any_number_of_writers_end_with_the_same_text_and_every_word(
        first in text(),
        turns in prop::collection::vec((0..3_usize, edits(), 0..4_usize), 1..12),
    ) {
        let mut server = Server(vec![first.clone()]);
        let mut screens: Vec<Screen> = "PQR".chars().map(|who| Screen {
            who,
            version: 0,
            base: first.clone(),
            text: first.clone(),
            inserted: Vec::new(),
        }).collect();
        for (turn, (who, edits, then)) in turns.iter().enumerate() {
            screens[*who].write(turn, edits);
            match then {
                0 => screens[*who].save(&mut server),
                1 => screens[*who].hear(&server),
                // Offline, or not yet.
                _ => {}
            }
        }
        // Everybody comes back, saves, and hears of the others.
        for screen in &mut screens {
            screen.save(&mut server);
        }
        for screen in &mut screens {
            screen.hear(&server);
        }
        let all = &screens[0].text;
        for screen in &screens {
            prop_assert_eq!(&screen.text, all);
            prop_assert!(has_words(all, &screen.inserted), "{all:?} lacks one of {:?}", screen.inserted);
        }
    }
}
