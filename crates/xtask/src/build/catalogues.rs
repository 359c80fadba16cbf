//! Texts: from one file per language to one per language and app, with only its keys.

use std::fmt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

/// A language and its file.
pub(super) struct Catalogue {
    pub(super) tag: String,
    path: PathBuf,
}

/// Every language, sorted by tag.
pub(super) fn all(folder: &Path) -> Result<Vec<Catalogue>> {
    let mut found = Vec::new();
    let entries =
        std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "json")
            && let Some(tag) = path.file_stem().and_then(|stem| stem.to_str())
        {
            found.push(Catalogue {
                tag: tag.to_owned(),
                path: path.clone(),
            });
        }
    }
    found.sort_by(|one, other| one.tag.cmp(&other.tag));
    Ok(found)
}

impl Catalogue {
    /// The texts one app needs, as compact JSON, in the order of the file.
    pub(super) fn for_app(&self, app: &str) -> Result<String> {
        let text = std::fs::read_to_string(&self.path)
            .with_context(|| format!("cannot read {}", self.path.display()))?;
        let entries: Entries = serde_json::from_str(&text)
            .with_context(|| format!("{} is no flat object of texts", self.path.display()))?;
        let own = format!("{app}.");
        let mut json = String::from("{");
        for (key, value) in entries.0 {
            if !key.starts_with("common.") && !key.starts_with(&own) {
                continue;
            }
            if json.len() > 1 {
                json.push(',');
            }
            json.push_str(&serde_json::to_string(&key)?);
            json.push(':');
            json.push_str(&serde_json::to_string(&value)?);
        }
        json.push('}');
        Ok(json)
    }
}

/// Keys and texts in the order of the file; a map would sort them.
struct Entries(Vec<(String, String)>);

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;

        impl<'de> Visitor<'de> for InOrder {
            type Value = Entries;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("an object of texts")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }

        deserializer.deserialize_map(InOrder)
    }
}
