//! What stays after the page is gone: `localStorage`, under a prefix of the client's own.
//!
//! Browsers may forbid or fill up storage at any time. Then nothing breaks: the values live on
//! in the core for as long as the page does, and the core is told so that it can warn.

use client_core::Saved;

/// One client's part of the browser's storage.
pub(crate) struct Storage {
    prefix: String,
    /// Absent when the browser forbids it.
    area: Option<web_sys::Storage>,
}

impl Storage {
    pub(crate) fn open(prefix: String) -> Self {
        let area = web_sys::window().and_then(|window| window.local_storage().ok().flatten());
        Self { prefix, area }
    }

    /// Everything under the prefix, keys without it.
    pub(crate) fn read_all(&self) -> Saved {
        let mut saved = Saved::new();
        let Some(area) = &self.area else {
            return saved;
        };
        for index in 0..area.length().unwrap_or(0) {
            let Ok(Some(full)) = area.key(index) else {
                continue;
            };
            let Some(key) = full.strip_prefix(self.prefix.as_str()) else {
                continue;
            };
            if let Ok(Some(value)) = area.get_item(&full) {
                saved.push((key.to_owned(), value));
            }
        }
        saved
    }

    /// What is stored under a full name now, if it is one of this client's: key and value.
    pub(crate) fn look_up(&self, full: &str) -> Option<(String, Option<String>)> {
        let key = full.strip_prefix(self.prefix.as_str())?;
        let value = self.area.as_ref()?.get_item(full).ok()?;
        Some((key.to_owned(), value))
    }

    /// Keeps a value; false when it could not be kept.
    pub(crate) fn save(&self, key: &str, value: &str) -> bool {
        self.area
            .as_ref()
            .is_some_and(|area| area.set_item(&self.full(key), value).is_ok())
    }

    pub(crate) fn forget(&self, key: &str) {
        if let Some(area) = &self.area {
            // Refused only when storage is forbidden, and then there is nothing to forget.
            let _ = area.remove_item(&self.full(key));
        }
    }

    fn full(&self, key: &str) -> String {
        let mut full = self.prefix.clone();
        full.push_str(key);
        full
    }
}
