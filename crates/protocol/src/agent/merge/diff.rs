//! What one side changed: the shortest way from one list of words to another, by Myers' greedy
//! algorithm.
//!
//! Invariant: the hunks, applied to the first list, give the second. Texts that differ too much
//! to look for the shortest way are replaced where they differ; that loses nothing, it only knows
//! less.

/// Most words that may be put in and taken out before the search is given up.
const MOST_CHANGES: usize = 800;

/// Words `at..until` of the first list became words `from..to` of the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hunk {
    pub(super) at: usize,
    pub(super) until: usize,
    pub(super) from: usize,
    pub(super) to: usize,
}

/// All changes, in order; no two of them touch.
pub(super) fn hunks(old: &[&str], new: &[&str]) -> Vec<Hunk> {
    let begin = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (old_rest, new_rest) = (&old[begin..], &new[begin..]);
    let ends = old_rest.iter().rev().zip(new_rest.iter().rev());
    let end = ends.take_while(|(a, b)| a == b).count();
    let (old, new) = (
        &old_rest[..old_rest.len() - end],
        &new_rest[..new_rest.len() - end],
    );
    let kept = kept(old, new);
    let mut all = Vec::new();
    let (mut x, mut y) = (0, 0);
    for (in_old, in_new) in kept.into_iter().chain([(old.len(), new.len())]) {
        if in_old > x || in_new > y {
            all.push(Hunk {
                at: begin + x,
                until: begin + in_old,
                from: begin + y,
                to: begin + in_new,
            });
        }
        (x, y) = (in_old + 1, in_new + 1);
    }
    all
}

/// The places of words that are in both, in order.
fn kept(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    if old.is_empty() || new.is_empty() {
        return Vec::new();
    }
    let most = (old.len() + new.len()).min(MOST_CHANGES);
    // How far each diagonal reaches in `old`, after every number of changes. Diagonals are
    // counted from `most`, so that none is negative.
    let mut reach = vec![0_usize; 2 * most + 2];
    let mut trace: Vec<Vec<usize>> = Vec::new();
    for changes in 0..=most {
        trace.push(reach[most - changes..=most + changes + 1].to_vec());
        for step in 0..=changes {
            // From `most - changes` to `most + changes`, every second one.
            let diagonal = most + 2 * step - changes;
            let down = step == 0 || step < changes && reach[diagonal - 1] < reach[diagonal + 1];
            let mut x = if down {
                reach[diagonal + 1]
            } else {
                reach[diagonal - 1] + 1
            };
            let mut y = x + most - diagonal;
            while x < old.len() && y < new.len() && old[x] == new[y] {
                (x, y) = (x + 1, y + 1);
            }
            reach[diagonal] = x;
            if x >= old.len() && y >= new.len() {
                return back(&trace, most, old.len(), new.len());
            }
        }
    }
    Vec::new()
}

/// The way back from the end, as the places where both lists went on together.
fn back(trace: &[Vec<usize>], most: usize, end_x: usize, end_y: usize) -> Vec<(usize, usize)> {
    let mut kept = Vec::new();
    let (mut x, mut y) = (end_x, end_y);
    for (changes, row) in trace.iter().enumerate().rev() {
        // The row begins at the diagonal `most - changes`.
        let reach = |diagonal: usize| row[diagonal + changes - most];
        let diagonal = most + x - y;
        let down = diagonal == most - changes
            || diagonal != most + changes && reach(diagonal - 1) < reach(diagonal + 1);
        let from = if down { diagonal + 1 } else { diagonal - 1 };
        let (before_x, before_y) = if changes == 0 {
            (0, 0)
        } else {
            let before = reach(from);
            (before, before + most - from)
        };
        while x > before_x && y > before_y {
            (x, y) = (x - 1, y - 1);
            kept.push((x, y));
        }
        (x, y) = (before_x, before_y);
    }
    kept.reverse();
    kept
}
