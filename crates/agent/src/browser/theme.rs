//! Light or dark: the system's wish unless the agent chose otherwise.
//!
//! The sheets do the rest: they look at `data-theme` on the root element, then at the system.

use super::preferences::Choice;

/// Which theme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// All, in the order of the picker.
    pub(crate) const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// Its word in storage and in `data-theme`.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Reads the word; anything else is the system's.
    pub(crate) fn read(word: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|theme| theme.as_str() == word)
            .unwrap_or_default()
    }

    /// What was chosen earlier.
    pub(crate) fn remembered() -> Self {
        Choice::Theme
            .read()
            .map(|word| Self::read(&word))
            .unwrap_or_default()
    }

    /// Shows this theme.
    pub(crate) fn apply(self) {
        let Some(root) = super::root_element() else {
            return;
        };
        // Both calls fail only for names that are no attribute names.
        let _done = match self {
            Self::System => root.remove_attribute("data-theme"),
            _ => root.set_attribute("data-theme", self.as_str()),
        };
    }

    /// Shows this theme, now and on later pages.
    pub(crate) fn choose(self) {
        self.apply();
        match self {
            Self::System => Choice::Theme.forget(),
            _ => Choice::Theme.write(self.as_str()),
        }
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn a_theme_reads_as_it_is_stored() {
        for theme in Theme::ALL {
            assert_eq!(Theme::read(theme.as_str()), theme);
        }
        assert_eq!(Theme::read("sepia"), Theme::System);
    }
}
