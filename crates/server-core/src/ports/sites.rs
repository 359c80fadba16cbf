//! What is written down for single sites: how their chatbot speaks, and when who is there.
//!
//! Files can change at any time. Whoever asks twice may get two answers, so a use case asks
//! once.

use std::sync::Arc;

use protocol::ids::SiteKey;

use crate::forms::Form;
use crate::hours::Hours;
use crate::script::Script;

/// Tells what holds for a site now. Asked in the middle of transactions, so it must not block.
pub trait Sites: Send + Sync {
    /// The script that greets the site's visitors.
    fn script(&self, site: &SiteKey) -> Option<Arc<ScriptFile>>;

    /// What else is set for the site; the default where nothing is.
    fn rules(&self, site: &SiteKey) -> Arc<SiteRules>;
}

/// A script with the text it was read from, which is kept for the runs that began with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptFile {
    /// The checked script.
    pub script: Script,
    /// The file's text.
    pub source: String,
}

/// What is set for a site besides its script (mission V7).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteRules {
    /// When somebody is there; always, where nothing is set.
    pub hours: Option<Hours>,
    /// What visitors fill in before a conversation.
    pub pre_chat: Option<Form>,
    /// What they fill in while nobody is there.
    pub offline: Option<Form>,
    /// How soon an answer usually comes, in milliseconds.
    pub expected_reply_ms: Option<u32>,
    /// Whether sessions are given to agents without being asked (mission G1).
    pub auto_accept: bool,
}

/// For servers where nothing is written down.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoSites;

impl Sites for NoSites {
    fn script(&self, _: &SiteKey) -> Option<Arc<ScriptFile>> {
        None
    }

    fn rules(&self, _: &SiteKey) -> Arc<SiteRules> {
        Arc::default()
    }
}
