//! Two changes of one text become one text with both (mission P10).
//!
//! Both ends merge by this: the backend when somebody saves on top of an older version, a client
//! when somebody else's version comes while its own text is not saved. The text is looked at word
//! by word. Invariants: a word that either side put in is in the result, as a word of its own; a
//! word that either side took out is not, unless the other one put it in; where both put something
//! in at the same place, ours comes first, and what is the same is there once.

mod diff;
#[cfg(test)]
mod tests;
mod words;

use diff::{Hunk, hunks};
use words::{is_word, split};

/// What becomes of `base` when one side made `ours` of it and the other one `theirs`.
#[inline(never)]
pub fn merge(base: &str, ours: &str, theirs: &str) -> String {
    if ours == theirs || theirs == base {
        return ours.to_owned();
    }
    if ours == base {
        return theirs.to_owned();
    }
    let (base, ours, theirs) = (split(base), split(ours), split(theirs));
    let (one, other) = (hunks(&base, &ours), hunks(&base, &theirs));
    let mut text = Joined::default();
    let (mut one, mut other) = (&one[..], &other[..]);
    for at in 0..=base.len() {
        let mine = inserted_at(&mut one, at, &ours);
        let others = inserted_at(&mut other, at, &theirs);
        // Who wrote on behind what the other one has, too, has written that once.
        if !others.starts_with(mine) {
            text.push(mine);
        }
        if !mine.starts_with(others) || mine.len() == others.len() {
            text.push(others);
        }
        if at < base.len() && !is_removed(one, at) && !is_removed(other, at) {
            text.push(&base[at..=at]);
        }
    }
    text.text
}

/// Where a place in `old`, counted as browsers count, has gone in `new`. What was put in right
/// there stands behind it.
#[inline(never)]
pub fn carried(old: &str, new: &str, place: u32) -> u32 {
    let (before, after) = (split(old), split(new));
    let (mut at, mut gone, mut come) = (0, 0, 0);
    for hunk in hunks(&before, &after) {
        let kept = units(&before[at..hunk.at]);
        if place <= gone + kept {
            break;
        }
        gone += kept;
        come += kept;
        let (removed, inserted) = (
            units(&before[hunk.at..hunk.until]),
            units(&after[hunk.from..hunk.to]),
        );
        if place < gone + removed {
            return come + inserted.min(place - gone);
        }
        gone += removed;
        come += inserted;
        at = hunk.until;
    }
    come + place.saturating_sub(gone)
}

/// How long these are, counted as browsers count.
fn units(words: &[&str]) -> u32 {
    let mut sum = 0;
    for word in words {
        for sign in word.chars() {
            sum += sign.len_utf16() as u32;
        }
    }
    sum
}

/// What one side put in before this place of the base. Hunks that lie behind are left out from
/// then on.
fn inserted_at<'w, 't>(hunks: &mut &[Hunk], at: usize, words: &'w [&'t str]) -> &'w [&'t str] {
    while let Some((hunk, rest)) = hunks.split_first() {
        if hunk.at == at {
            return &words[hunk.from..hunk.to];
        }
        if hunk.until > at {
            break;
        }
        *hunks = rest;
    }
    &[]
}

/// Whether one side took this word of the base out.
fn is_removed(hunks: &[Hunk], at: usize) -> bool {
    let first = hunks.first();
    first.is_some_and(|hunk| hunk.at <= at && at < hunk.until)
}

/// A text that grows by words, which stay words of their own.
#[derive(Default)]
struct Joined<'t> {
    text: String,
    last: &'t str,
}

impl<'t> Joined<'t> {
    fn push(&mut self, words: &[&'t str]) {
        for word in words {
            if is_word(self.last) && is_word(word) {
                self.text.push(' ');
            }
            self.text.push_str(word);
            self.last = word;
        }
    }
}
