//! How many tests passed and failed, read from the summaries of the runners.

/// Passed and failed, and the names of steps that failed.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) failed_steps: Vec<String>,
}

impl Counts {
    pub(crate) fn one_passed() -> Self {
        Self {
            passed: 1,
            ..Self::default()
        }
    }

    pub(crate) fn one_failed(step: &str) -> Self {
        Self {
            failed: 1,
            failed_steps: vec![step.to_owned()],
            ..Self::default()
        }
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.failed_steps.extend(other.failed_steps);
    }

    /// Sums what a runner said. A runner that was not content without naming a failed test (it
    /// did not build, it crashed) counts as one failure; one that ran nothing does, too.
    pub(crate) fn of_runner(step: &str, transcript: &str, success: bool) -> Self {
        let mut counts = Self::default();
        for line in transcript.lines() {
            let line = line.trim();
            if let Some(summary) = line.strip_prefix("test result: ") {
                counts.passed += number_before(summary, " passed");
                counts.failed += number_before(summary, " failed");
            } else {
                counts.add_playwright(line);
            }
        }
        if counts.failed == 0 && (!success || counts.passed == 0) {
            counts.failed = 1;
        }
        if counts.failed > 0 {
            counts.failed_steps.push(step.to_owned());
        }
        counts
    }

    /// Playwright writes `3 passed (1.2m)`, `1 failed`, `2 did not run` on lines of their own.
    fn add_playwright(&mut self, line: &str) {
        let Some((number, what)) = line.split_once(' ') else {
            return;
        };
        let Ok(number) = number.parse::<u64>() else {
            return;
        };
        let what = what.split(" (").next().unwrap_or(what);
        match what {
            "passed" => self.passed += number,
            "failed" | "interrupted" | "flaky" | "did not run" => self.failed += number,
            _ => {}
        }
    }
}

/// The number right before a word: `ok. 12 passed; 0 failed` has 12 before ` passed`.
fn number_before(text: &str, word: &str) -> u64 {
    text.split(word)
        .next()
        .and_then(|before| before.rsplit([' ', ';']).next())
        .and_then(|digits| digits.parse().ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::Counts;

    #[test]
    fn cargo_summaries_are_summed() {
        let text = "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured\n\
                    test result: FAILED. 3 passed; 2 failed; 0 ignored\n";
        let counts = Counts::of_runner("native", text, false);
        assert_eq!((counts.passed, counts.failed), (15, 2));
        assert_eq!(counts.failed_steps, ["native"]);
    }

    #[test]
    fn playwright_summaries_are_read() {
        let text = "  1 failed\n    [x] › a.spec.ts:3:1 › b\n  2 did not run\n  41 passed (3.2m)\n";
        let counts = Counts::of_runner("e2e", text, false);
        assert_eq!((counts.passed, counts.failed), (41, 3));
    }

    #[test]
    fn a_runner_that_died_or_ran_nothing_is_a_failure() {
        assert_eq!(Counts::of_runner("x", "", true).failed, 1);
        assert_eq!(
            Counts::of_runner("x", "test result: ok. 4 passed; 0 failed;", false).failed,
            1
        );
    }
}
