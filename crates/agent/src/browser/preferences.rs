//! Choices of this browser that outlive the page: language, theme, sound, panel, tab.
//!
//! They belong to the browser, not to the agent, so that the sign-in page can honour them. Keys
//! never contain a second slash; the agents' own parts (`parlour-agent/<agent>/…`) always do.
//! Storage may be forbidden or full: then a choice lasts as long as the page.

const PREFIX: &str = "parlour-agent/";

/// What can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Choice {
    /// Language of the app, a tag.
    Language,
    /// Light, dark or the system's.
    Theme,
    /// Whether the information panel is open.
    Information,
    /// Whether a new visitor message makes a sound.
    Sound,
    /// Whether offers show on the desktop, outside the page.
    Desktop,
    /// The tab of the conversation list.
    Tab,
    /// The agent who signed in last; other tabs of the browser watch it.
    Agent,
}

impl Choice {
    /// Its key in the browser's storage.
    pub(crate) fn key(self) -> String {
        let name = match self {
            Self::Language => "language",
            Self::Theme => "theme",
            Self::Information => "information",
            Self::Sound => "sound",
            Self::Desktop => "desktop",
            Self::Tab => "tab",
            Self::Agent => "agent",
        };
        format!("{PREFIX}{name}")
    }

    /// What was chosen, if anything.
    pub(crate) fn read(self) -> Option<String> {
        storage()?.get_item(&self.key()).ok().flatten()
    }

    /// Remembers what was chosen.
    pub(crate) fn write(self, value: &str) {
        if let Some(storage) = storage() {
            // A refusal costs only the memory of the choice.
            let _refused = storage.set_item(&self.key(), value);
        }
    }

    /// Forgets what was chosen.
    pub(crate) fn forget(self) {
        if let Some(storage) = storage() {
            let _refused = storage.remove_item(&self.key());
        }
    }
}

/// Part of the storage that belongs to one agent.
pub(crate) fn agent_prefix(agent: &protocol::ids::AgentId) -> String {
    format!("{PREFIX}{}/", agent.as_str())
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}
