//! How an operator sets how much may be uploaded: flags, variables, and the table `[uploads]` of
//! the configuration file.

use clap::Args;
use serde::Deserialize;
use server_core::settings::UploadSettings;

use crate::error::StartError;

const MIB: u64 = 1024 * 1024;
/// The most any of these may be: a tebibyte.
const MOST_MIB: u32 = 1024 * 1024;

/// Options of `parlour serve` about uploads.
#[derive(Clone, Debug, Default, Args)]
pub struct UploadOptions {
    /// How much may be uploaded for one conversation, in MiB [default: 1024]
    #[arg(long, env = "PARLOUR_UPLOADS_PER_CONVERSATION_MIB", value_name = "MIB")]
    pub uploads_per_conversation_mib: Option<u32>,
    /// How much a visitor may upload within a day, in MiB [default: 500]
    #[arg(long, env = "PARLOUR_UPLOADS_PER_VISITOR_DAY_MIB", value_name = "MIB")]
    pub uploads_per_visitor_day_mib: Option<u32>,
    /// How much an agent may upload within a day, in MiB [default: 5120]
    #[arg(long, env = "PARLOUR_UPLOADS_PER_AGENT_DAY_MIB", value_name = "MIB")]
    pub uploads_per_agent_day_mib: Option<u32>,
}

/// The table `[uploads]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UploadTable {
    per_conversation_mib: Option<u32>,
    per_visitor_day_mib: Option<u32>,
    per_agent_day_mib: Option<u32>,
}

impl UploadOptions {
    /// Flags and variables win over the file, the file over defaults.
    ///
    /// # Errors
    /// When a measure makes no sense.
    pub fn over(self, file: &UploadTable) -> Result<UploadSettings, StartError> {
        let usual = UploadSettings::default();
        Ok(UploadSettings {
            conversation_bytes: bytes(
                "per_conversation_mib",
                self.uploads_per_conversation_mib,
                file.per_conversation_mib,
                usual.conversation_bytes,
            )?,
            visitor_bytes_a_day: bytes(
                "per_visitor_day_mib",
                self.uploads_per_visitor_day_mib,
                file.per_visitor_day_mib,
                usual.visitor_bytes_a_day,
            )?,
            agent_bytes_a_day: bytes(
                "per_agent_day_mib",
                self.uploads_per_agent_day_mib,
                file.per_agent_day_mib,
                usual.agent_bytes_a_day,
            )?,
            ..usual
        })
    }
}

fn bytes(name: &str, flag: Option<u32>, file: Option<u32>, usual: u64) -> Result<u64, StartError> {
    match flag.or(file) {
        None => Ok(usual),
        Some(mib) if mib <= MOST_MIB => Ok(u64::from(mib) * MIB),
        Some(mib) => Err(StartError::Config {
            detail: format!("`uploads.{name}` is {mib}, but must be 0 to {MOST_MIB} MiB"),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_win_over_the_table_and_the_table_over_defaults() {
        let file: UploadTable =
            toml::from_str("per_conversation_mib = 10\nper_visitor_day_mib = 20\n").unwrap();
        let options = UploadOptions {
            uploads_per_visitor_day_mib: Some(0),
            ..UploadOptions::default()
        };
        let wanted = UploadSettings {
            conversation_bytes: 10 * MIB,
            visitor_bytes_a_day: 0,
            ..UploadSettings::default()
        };
        assert_eq!(options.over(&file).unwrap(), wanted);
        let file: UploadTable = toml::from_str("per_agent_day_mib = 2000000").unwrap();
        let error = UploadOptions::default().over(&file).unwrap_err();
        assert!(error.to_string().contains("per_agent_day_mib"), "{error}");
    }
}
