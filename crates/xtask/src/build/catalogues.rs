//! Texts: from one file per language to one per language and app, with only its texts, under the
//! codes that the app was built with.

#[path = "../../../ui/build/codes.rs"]
mod codes;

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use anyhow::{Context, Result};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

/// Asks the build of an app for codes.
pub(super) const VARIABLE: &str = codes::VARIABLE;

/// The language whose keys are all there are.
const SOURCE: &str = "en";

/// A language and its texts, in the order of the file.
pub(super) struct Catalogue {
    pub(super) tag: String,
    entries: Vec<(String, String)>,
}

/// The code of every key.
pub(super) struct Codes(BTreeMap<String, String>);

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
                entries: read(&path)?,
            });
        }
    }
    found.sort_by(|one, other| one.tag.cmp(&other.tag));
    Ok(found)
}

fn read(path: &Path) -> Result<Vec<(String, String)>> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let entries: Entries = serde_json::from_str(&text)
        .with_context(|| format!("{} is no flat object of texts", path.display()))?;
    Ok(entries.0)
}

impl Codes {
    /// As the build of the apps gives them.
    pub(super) fn of(all: &[Catalogue]) -> Result<Self> {
        let source = all.iter().find(|catalogue| catalogue.tag == SOURCE);
        let source = source.context("there is no English catalogue")?;
        let mut keys: Vec<_> = source.entries.iter().map(|(key, _)| key.as_str()).collect();
        keys.sort_unstable();
        let codes = codes::codes(keys.into_iter());
        let owned = codes.into_iter().map(|(key, code)| (key.to_owned(), code));
        Ok(Self(owned.collect()))
    }

    /// What stands for a key in the file.
    fn code(&self, key: &str) -> Result<String> {
        let (base, form) = match codes::split_form(key) {
            Some((base, form)) => (base, Some(form)),
            None => (key, None),
        };
        let code = self.0.get(base);
        let code = code.with_context(|| format!("{key} is in no English catalogue"))?;
        Ok(match form {
            Some(form) => format!("{code}.{form}"),
            None => code.clone(),
        })
    }
}

impl Catalogue {
    /// The texts one app needs, as compact JSON, in the order of the file.
    pub(super) fn for_app(&self, app: &str, codes: &Codes) -> Result<String> {
        let own = format!("{app}.");
        let mut json = String::from("{");
        for (key, value) in &self.entries {
            let is_wanted = key.starts_with("common.") || key.starts_with(&own);
            if !is_wanted || key == codes::OWN_NAME {
                continue;
            }
            if json.len() > 1 {
                json.push(',');
            }
            json.push_str(&serde_json::to_string(&codes.code(key)?)?);
            json.push(':');
            json.push_str(&serde_json::to_string(value)?);
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
