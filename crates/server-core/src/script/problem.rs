//! What is wrong with a script, by line, each in one sentence that says what to do.

use std::fmt;

/// Most problems that are told at once; whoever has more begins with these.
const MOST: usize = 100;

/// Longest word that is compared with others, in bytes.
const LONGEST: usize = 64;

/// One problem.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The line it stands in, from 1.
    pub line: usize,
    /// What is wrong and what to do.
    pub sentence: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.line, self.sentence)
    }
}

/// Collects problems.
#[derive(Default)]
pub(super) struct Problems(Vec<Problem>);

impl Problems {
    pub(super) fn add(&mut self, line: usize, sentence: impl Into<String>) {
        self.0.push(Problem {
            line,
            sentence: sentence.into(),
        });
    }

    /// Whether nobody will read on: then looking for more is wasted.
    pub(super) fn are_many(&self) -> bool {
        self.0.len() > 10 * MOST
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them in the order of the file.
    pub(super) fn sorted(mut self) -> Vec<Problem> {
        self.0.sort();
        self.0.dedup();
        if self.0.len() > MOST {
            self.0.truncate(MOST);
            let line = self.0.last().map_or(1, |last| last.line);
            self.add(line, "there are more problems; mend these first");
        }
        self.0
    }
}

/// `; did you mean …?` when one of the words is nearly this one.
pub(super) fn hint<'w>(word: &str, known: impl IntoIterator<Item = &'w str>) -> String {
    // Comparing takes the time of both lengths; nobody names anything so long by a slip.
    if word.len() > LONGEST {
        return String::new();
    }
    let nearest = known
        .into_iter()
        .filter(|other| other.len().abs_diff(word.len()) <= 2)
        .map(|other| (distance(word, other), other))
        .min();
    match nearest {
        Some((steps, other)) if steps <= 2 && steps < other.chars().count() => {
            format!("; did you mean `{other}`?")
        }
        _ => String::new(),
    }
}

/// How many characters must be put in, taken out or changed.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.to_lowercase().chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, letter) in one.to_lowercase().chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = at + 1;
        for (column, theirs) in other.iter().enumerate() {
            let changed = diagonal + usize::from(letter != *theirs);
            diagonal = row[column + 1];
            row[column + 1] = changed.min(row[column] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_near_words_are_hinted_at() {
        assert_eq!(hint("goto", ["go_to", "if"]), "; did you mean `go_to`?");
        assert_eq!(hint("Text", ["text"]), "; did you mean `text`?");
        assert_eq!(hint("colour", ["go_to", "if"]), "");
        assert_eq!(hint("x", ["a", "b"]), "");
        assert_eq!(hint(&"x".repeat(65), [&*"x".repeat(66)]), "");
    }

    #[test]
    fn problems_come_in_the_order_of_the_file_and_not_without_end() {
        let mut problems = Problems::default();
        for line in (1..=150).rev() {
            problems.add(line, "wrong");
        }
        let sorted = problems.sorted();
        assert_eq!((sorted.len(), sorted[0].line), (101, 1));
        assert!(sorted[100].sentence.contains("more problems"));
    }
}
