//! A folder with one file for each site, and what is in force of it.
//!
//! Invariants: a site keeps the last version that was right until its file is gone; whatever is
//! wrong is told once for each version.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use protocol::ids::SiteKey;
use server_core::script::Problem;

use super::file::{FileFault, Version, load};

/// The files of one kind.
pub(super) struct Folder<T> {
    path: PathBuf,
    check: fn(&[u8]) -> Result<T, Vec<Problem>>,
    /// Locked only to put in or take out what was read and checked before.
    in_force: RwLock<BTreeMap<SiteKey, Arc<T>>>,
    /// Held during a whole look: there is one at a time.
    seen: Mutex<Seen>,
}

/// What the last look has found.
#[derive(Default)]
struct Seen {
    files: BTreeMap<OsString, State>,
    /// Why the folder could not be looked into.
    fault: Option<String>,
}

#[derive(PartialEq, Eq)]
enum State {
    /// It was read, whatever came of it.
    Read(Version),
    /// It could not be read, for this reason. That may pass without a trace in the file.
    Unread(String),
    /// Its name is no site's.
    Foreign,
}

impl<T> Folder<T> {
    /// Nothing is read yet.
    pub(super) fn new(path: PathBuf, check: fn(&[u8]) -> Result<T, Vec<Problem>>) -> Self {
        Self {
            path,
            check,
            in_force: RwLock::default(),
            seen: Mutex::default(),
        }
    }

    /// What is in force for a site.
    pub(super) fn of(&self, site: &SiteKey) -> Option<Arc<T>> {
        let in_force = self.in_force.read().unwrap_or_else(PoisonError::into_inner);
        in_force.get(site).cloned()
    }

    /// Reads what has changed since the last look.
    pub(super) fn look(&self) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let names = match self.names() {
            Ok(names) => names,
            Err(error) => {
                // Everything stays: a folder that cannot be looked into may be full of files.
                let fault = format!("{} cannot be read: {error}", self.path.display());
                if seen.fault.as_ref() != Some(&fault) {
                    tracing::warn!("{fault}");
                }
                seen.fault = Some(fault);
                return;
            }
        };
        seen.fault = None;
        let mut before = std::mem::take(&mut seen.files);
        for name in names {
            if let Some(state) = self.look_at(&name, before.get(&name)) {
                before.remove(&name);
                seen.files.insert(name, state);
            }
        }
        for name in before.into_keys() {
            self.forget(&name);
        }
    }

    /// What lies in the folder; nothing when there is no folder.
    fn names(&self) -> io::Result<Vec<OsString>> {
        match std::fs::read_dir(&self.path) {
            Ok(entries) => entries.map(|entry| Ok(entry?.file_name())).collect(),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(error),
        }
    }

    /// Reads a file, unless this version was read before. Nothing when there is no file any more.
    fn look_at(&self, name: &OsString, before: Option<&State>) -> Option<State> {
        let path = self.path.join(name);
        let Some(site) = site_of(name) else {
            // Editors and tools keep hidden files beside those that they work on.
            let is_hidden = name.as_encoded_bytes().starts_with(b".");
            if before.is_none() && !is_hidden {
                let file = path.display();
                tracing::warn!("{file} is ignored: files here are named SITE_KEY.json");
            }
            return Some(State::Foreign);
        };
        // Asked before it is read: what is written meanwhile makes another version.
        let version = match Version::of(&path) {
            Ok(version) => version,
            Err(source) => return self.unread(&site, &path, source, before),
        };
        if before == Some(&State::Read(version)) {
            return Some(State::Read(version));
        }
        match load(&path, self.check) {
            Ok(fresh) => {
                self.put(&site, Some(fresh));
                tracing::info!("{} is in force", path.display());
            }
            Err(FileFault::Unreadable { source, .. }) => {
                return self.unread(&site, &path, source, before);
            }
            Err(fault) => self.refuse(&site, &path, &fault),
        }
        Some(State::Read(version))
    }

    /// What a file is that cannot be read: gone, or in disorder, which is told once.
    fn unread(
        &self,
        site: &SiteKey,
        path: &Path,
        source: io::Error,
        before: Option<&State>,
    ) -> Option<State> {
        if source.kind() == ErrorKind::NotFound {
            return None;
        }
        let name = path.display().to_string();
        let fault = FileFault::Unreadable { name, source };
        let state = State::Unread(fault.to_string());
        if before != Some(&state) {
            self.refuse(site, path, &fault);
        }
        Some(state)
    }

    fn refuse(&self, site: &SiteKey, path: &Path, fault: &FileFault) {
        for line in fault.lines() {
            tracing::warn!("{line}");
        }
        let file = path.display();
        match self.of(site) {
            Some(_) => tracing::warn!("{file} is refused; what it said before stays in force"),
            None => tracing::warn!("{file} is refused; nothing of it is in force"),
        }
    }

    /// A file is gone, and its effect with it.
    fn forget(&self, name: &OsString) {
        if let Some(site) = site_of(name)
            && self.put(&site, None)
        {
            let file = self.path.join(name);
            tracing::info!("{} is gone and no longer in force", file.display());
        }
    }

    /// Says whether there was something before.
    fn put(&self, site: &SiteKey, fresh: Option<T>) -> bool {
        let mut in_force = self
            .in_force
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        let before = match fresh {
            Some(fresh) => in_force.insert(site.clone(), Arc::new(fresh)),
            None => in_force.remove(site),
        };
        before.is_some()
    }
}

/// The site whose file has this name.
fn site_of(name: &OsString) -> Option<SiteKey> {
    SiteKey::parse(name.to_str()?.strip_suffix(".json")?)
}
