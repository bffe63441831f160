//! How many tests passed, out of what others print.

use anyhow::{Context, Result};
use serde::Deserialize;
use std::ops::Add;

/// Tests that passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub passed: u32,
    pub failed: u32,
}

impl Add for Count {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { passed: self.passed + other.passed, failed: self.failed + other.failed }
    }
}

impl Count {
    /// All summaries of `cargo test`, one per test program.
    pub fn of_cargo_test(output: &str) -> Self {
        output.lines().filter_map(|line| line.strip_prefix("test result: ")).map(Self::of_summary).sum()
    }

    /// `ok. 12 passed; 0 failed; 1 ignored; …`
    fn of_summary(summary: &str) -> Self {
        let number = |what: &str| {
            let part = summary.split(['.', ';']).find_map(|part| part.trim().strip_suffix(what));
            part.and_then(|number| number.trim().parse().ok()).unwrap_or_default()
        };
        Self { passed: number("passed"), failed: number("failed") }
    }

    /// The report of Playwright. A journey that passed only when tried again has failed.
    pub fn of_playwright(report: &str) -> Result<Self> {
        #[derive(Deserialize)]
        struct Report {
            stats: Stats,
        }
        #[derive(Deserialize)]
        struct Stats {
            expected: u32,
            unexpected: u32,
            flaky: u32,
        }
        let Stats { expected, unexpected, flaky } =
            serde_json::from_str::<Report>(report).context("Playwright's report cannot be read")?.stats;
        Ok(Self { passed: expected, failed: unexpected + flaky })
    }

    /// A program that failed without counting a failure (it did not compile, it crashed), or that ran nothing, is one.
    pub fn with_exit(self, success: bool) -> Self {
        let silent = self.failed == 0 && (!success || self.passed == 0);
        Self { failed: self.failed + u32::from(silent), ..self }
    }
}

impl std::iter::Sum for Count {
    fn sum<I: Iterator<Item = Self>>(counts: I) -> Self {
        counts.fold(Self::default(), Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summaries_of_all_test_programs_are_added() {
        let output = "running 2 tests\ntest result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out; finished \
                      in 0.10s\n   Doc-tests\ntest result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured\n";
        assert_eq!(Count::of_cargo_test(output), Count { passed: 15, failed: 2 });
    }

    #[test]
    fn what_a_test_prints_is_not_a_summary() {
        let output = "  said: test result: ok. 99 passed; 0 failed\ntest result: ok. 1 passed; 0 failed";
        assert_eq!(Count::of_cargo_test(output), Count { passed: 1, failed: 0 });
    }

    #[test]
    fn a_journey_that_passed_at_the_second_try_has_failed() {
        let report =
            r#"{"stats": {"expected": 7, "unexpected": 1, "flaky": 1, "skipped": 4, "duration": 1.5}, "suites": []}"#;
        assert_eq!(Count::of_playwright(report).unwrap(), Count { passed: 7, failed: 2 });
        assert!(Count::of_playwright("").is_err());
    }

    #[test]
    fn failing_without_a_count_and_running_nothing_are_failures() {
        assert_eq!(Count { passed: 5, failed: 0 }.with_exit(false), Count { passed: 5, failed: 1 });
        assert_eq!(Count { passed: 5, failed: 2 }.with_exit(false), Count { passed: 5, failed: 2 });
        assert_eq!(Count::default().with_exit(true), Count { passed: 0, failed: 1 });
        assert_eq!(Count { passed: 5, failed: 0 }.with_exit(true), Count { passed: 5, failed: 0 });
    }
}
