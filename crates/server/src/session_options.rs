//! How an operator sets what running sessions do by themselves: flags, variables, and the table
//! `[sessions]` of the configuration file.

use clap::Args;
use clap::builder::BoolishValueParser;
use serde::Deserialize;
use server_core::settings::SessionSettings;

const HOUR_MS: i64 = 60 * 60 * 1000;

/// Options of `parlour serve` about sessions.
#[derive(Clone, Debug, Default, Args)]
pub struct SessionOptions {
    /// Let a session wait for the customer after an agent's answer
    #[arg(long, env = "PARLOUR_AWAIT_CUSTOMER", num_args = 0..=1, default_missing_value = "true", value_parser = BoolishValueParser::new())]
    pub await_customer: Option<bool>,
    /// After how many hours without a message a session ends; 0 for never [default: 24]
    #[arg(long, env = "PARLOUR_END_AFTER_HOURS", value_name = "HOURS")]
    pub end_after_hours: Option<u32>,
}

/// The table `[sessions]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SessionTable {
    await_customer: Option<bool>,
    end_after_hours: Option<u32>,
}

impl SessionOptions {
    /// Flags and variables win over the file, the file over defaults.
    pub fn over(&self, file: &SessionTable) -> SessionSettings {
        let usual = SessionSettings::default();
        let hours = self.end_after_hours.or(file.end_after_hours);
        SessionSettings {
            end_after_ms: match hours {
                None => usual.end_after_ms,
                Some(0) => None,
                Some(hours) => Some(i64::from(hours) * HOUR_MS),
            },
            await_customer: self
                .await_customer
                .or(file.await_customer)
                .unwrap_or(usual.await_customer),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> SessionTable {
        toml::from_str(text).unwrap()
    }

    #[test]
    fn flags_win_over_the_table_and_the_table_over_defaults() {
        let unset = SessionOptions::default();
        let off = SessionOptions {
            await_customer: Some(false),
            ..SessionOptions::default()
        };
        let file = table("await_customer = true");
        assert!(!unset.over(&table("")).await_customer);
        assert!(unset.over(&file).await_customer);
        assert!(!off.over(&file).await_customer);
    }

    #[test]
    fn hours_of_silence_are_told_and_none_is_for_ever() {
        let usual = SessionSettings::default().end_after_ms;
        let unset = SessionOptions::default();
        assert_eq!(unset.over(&table("")).end_after_ms, usual);
        let two = unset.over(&table("end_after_hours = 2"));
        assert_eq!(two.end_after_ms, Some(2 * HOUR_MS));
        let never = SessionOptions {
            end_after_hours: Some(0),
            ..SessionOptions::default()
        };
        assert_eq!(never.over(&table("end_after_hours = 2")).end_after_ms, None);
    }

    #[test]
    fn misspelt_names_are_told() {
        assert!(toml::from_str::<SessionTable>("await_custmer = true").is_err());
    }
}
