//! What operators write down for single sites, in files that may change at any time.
//!
//! `scripts/SITE.json` is the chatbot's script of a site, `channels/SITE.json` its hours and
//! forms, both in the data folder. Invariant: what is in force was checked as a whole; a file
//! that will not do changes nothing.

pub mod channel;
pub mod demo;
pub mod file;
mod folder;
pub(crate) mod reload;
#[cfg(test)]
mod tests;

use std::path::Path;
use std::sync::Arc;

use protocol::ids::SiteKey;
use server_core::ports::{ScriptFile, SiteRules, Sites};
use server_core::script::{Problem, check};

use folder::Folder;

/// The files of all sites.
pub struct SiteFiles {
    scripts: Folder<ScriptFile>,
    channels: Folder<SiteRules>,
    /// What holds for a site without a file.
    nothing: Arc<SiteRules>,
}

impl SiteFiles {
    /// Reads what lies in the data folder. Files that will not do are told in the log.
    pub fn open(data: &Path) -> Self {
        let files = Self {
            scripts: Folder::new(data.join("scripts"), script),
            channels: Folder::new(data.join("channels"), channel::check),
            nothing: Arc::default(),
        };
        files.look();
        files
    }

    /// Reads what has changed since the last look.
    pub fn look(&self) {
        self.channels.look();
        self.scripts.look();
    }
}

impl Sites for SiteFiles {
    fn script(&self, site: &SiteKey) -> Option<Arc<ScriptFile>> {
        self.scripts.of(site)
    }

    fn rules(&self, site: &SiteKey) -> Arc<SiteRules> {
        let rules = self.channels.of(site);
        rules.unwrap_or_else(|| self.nothing.clone())
    }
}

fn script(bytes: &[u8]) -> Result<ScriptFile, Vec<Problem>> {
    check(bytes).map(|script| ScriptFile {
        script,
        source: String::from_utf8_lossy(bytes).into_owned(),
    })
}
