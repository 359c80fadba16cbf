//! How an operator sets when sessions are offered: flags, variables, and the table `[offers]` of
//! the configuration file.

use std::collections::BTreeMap;

use clap::Args;
use clap::builder::BoolishValueParser;
use serde::Deserialize;
use server_core::settings::OfferSettings;

use crate::error::StartError;

/// The longest any of these times may be: a day.
const LONGEST_SECONDS: u32 = 24 * 60 * 60;

/// Options of `parlour serve` about offers.
#[derive(Clone, Debug, Default, Args)]
pub struct OfferOptions {
    /// How long a session is held out to an agent, in seconds [default: 30]
    #[arg(long, env = "PARLOUR_OFFER_SECONDS", value_name = "SECONDS")]
    pub offer_seconds: Option<u32>,
    /// Let agents stay available after their first missed offer
    #[arg(long, env = "PARLOUR_FORGIVE_FIRST_MISS", num_args = 0..=1, default_missing_value = "true", value_parser = BoolishValueParser::new())]
    pub forgive_first_miss: Option<bool>,
    /// After how long without a screen an agent is offered nothing, in seconds [default: 30]
    #[arg(
        long,
        env = "PARLOUR_DISCONNECTED_AFTER_SECONDS",
        value_name = "SECONDS"
    )]
    pub disconnected_after_seconds: Option<u32>,
    /// After how long without a screen an agent's sessions wait again, in seconds [default: 600]
    #[arg(long, env = "PARLOUR_GONE_AFTER_SECONDS", value_name = "SECONDS")]
    pub gone_after_seconds: Option<u32>,
    /// After how long without a message a session holds no capacity, in seconds [default: 1800]
    #[arg(long, env = "PARLOUR_SILENT_AFTER_SECONDS", value_name = "SECONDS")]
    pub silent_after_seconds: Option<u32>,
}

/// The table `[offers]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfferTable {
    offer_seconds: Option<u32>,
    forgive_first_miss: Option<bool>,
    disconnected_after_seconds: Option<u32>,
    gone_after_seconds: Option<u32>,
    silent_after_seconds: Option<u32>,
    /// Seconds by site key, for channels that hold out for another time.
    #[serde(default)]
    channels: BTreeMap<String, u32>,
}

/// What was set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OfferConfig {
    /// For all channels.
    pub settings: OfferSettings,
    /// How long single channels hold out, in seconds, by site key.
    pub channels: BTreeMap<String, u32>,
}

impl OfferOptions {
    /// Flags and variables win over the file, the file over defaults.
    ///
    /// # Errors
    /// When a time makes no sense.
    pub fn over(self, file: OfferTable) -> Result<OfferConfig, StartError> {
        let usual = OfferSettings::default();
        let millis = |name: &str, flag: Option<u32>, file: Option<u32>, usual: i64| {
            let Some(seconds) = flag.or(file) else {
                return Ok(usual);
            };
            check(name, seconds).map(|()| i64::from(seconds) * 1000)
        };
        for (site, seconds) in &file.channels {
            check(&format!("offers.channels.{site}"), *seconds)?;
        }
        Ok(OfferConfig {
            settings: OfferSettings {
                held_out_ms: millis(
                    "offer_seconds",
                    self.offer_seconds,
                    file.offer_seconds,
                    usual.held_out_ms,
                )?,
                forgive_first_miss: self
                    .forgive_first_miss
                    .or(file.forgive_first_miss)
                    .unwrap_or(usual.forgive_first_miss),
                disconnected_after_ms: millis(
                    "disconnected_after_seconds",
                    self.disconnected_after_seconds,
                    file.disconnected_after_seconds,
                    usual.disconnected_after_ms,
                )?,
                gone_after_ms: millis(
                    "gone_after_seconds",
                    self.gone_after_seconds,
                    file.gone_after_seconds,
                    usual.gone_after_ms,
                )?,
                silent_after_ms: millis(
                    "silent_after_seconds",
                    self.silent_after_seconds,
                    file.silent_after_seconds,
                    usual.silent_after_ms,
                )?,
            },
            channels: file.channels,
        })
    }
}

fn check(name: &str, seconds: u32) -> Result<(), StartError> {
    if (1..=LONGEST_SECONDS).contains(&seconds) {
        return Ok(());
    }
    Err(StartError::Config {
        detail: format!("`{name}` is {seconds}, but must be 1 to {LONGEST_SECONDS} seconds"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> OfferTable {
        toml::from_str(text).unwrap()
    }

    #[test]
    fn flags_win_over_the_table() {
        let file = table(
            "offer_seconds = 20\nforgive_first_miss = true\ngone_after_seconds = 60\n\
             [channels]\ndemo-support = 45\n",
        );
        let options = OfferOptions {
            offer_seconds: Some(10),
            ..OfferOptions::default()
        };
        let config = options.over(file).unwrap();
        let usual = OfferSettings::default();
        let wanted = OfferSettings {
            held_out_ms: 10_000,
            forgive_first_miss: true,
            gone_after_ms: 60_000,
            ..usual
        };
        assert_eq!(config.settings, wanted);
        assert_eq!(config.channels["demo-support"], 45);
    }

    #[test]
    fn times_that_make_no_sense_are_named() {
        for text in ["silent_after_seconds = 0", "[channels]\nshop = 100000"] {
            let error = OfferOptions::default().over(table(text)).unwrap_err();
            let told = error.to_string();
            assert!(
                told.contains("shop") || told.contains("silent_after"),
                "{told}"
            );
        }
    }
}
