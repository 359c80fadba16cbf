//! How an operator sets what running sessions do by themselves: flags, variables, and the table
//! `[sessions]` of the configuration file.

use clap::Args;
use clap::builder::BoolishValueParser;
use serde::Deserialize;
use server_core::settings::SessionSettings;

/// Options of `parlour serve` about sessions.
#[derive(Clone, Debug, Default, Args)]
pub struct SessionOptions {
    /// Let a session wait for the customer after an agent's answer
    #[arg(long, env = "PARLOUR_AWAIT_CUSTOMER", num_args = 0..=1, default_missing_value = "true", value_parser = BoolishValueParser::new())]
    pub await_customer: Option<bool>,
}

/// The table `[sessions]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SessionTable {
    await_customer: Option<bool>,
}

impl SessionOptions {
    /// Flags and variables win over the file, the file over defaults.
    pub fn over(&self, file: &SessionTable) -> SessionSettings {
        let usual = SessionSettings::default();
        SessionSettings {
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
        };
        let file = table("await_customer = true");
        assert!(!unset.over(&table("")).await_customer);
        assert!(unset.over(&file).await_customer);
        assert!(!off.over(&file).await_customer);
    }

    #[test]
    fn misspelt_names_are_told() {
        assert!(toml::from_str::<SessionTable>("await_custmer = true").is_err());
    }
}
