//! Files that come, change and go, looked at when the test says so.

mod changes;
mod channels;
mod demo;
mod odd;

use std::io::Write;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use protocol::ids::SiteKey;
use server_core::ports::Sites;
use tempfile::TempDir;

use super::SiteFiles;

/// A data folder of one's own.
struct Place {
    folder: TempDir,
    sites: Option<SiteFiles>,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for name in ["scripts", "channels"] {
            std::fs::create_dir(folder.path().join(name)).unwrap();
        }
        let sites = None;
        Self { folder, sites }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    fn remove(&self, name: &str) {
        std::fs::remove_file(self.path(name)).unwrap();
    }

    /// Looks as the server does, and gives back what the log was told.
    fn look(&mut self) -> Vec<String> {
        let log = Log::default();
        let writer = log.clone();
        let subscriber = tracing_subscriber::fmt()
            .without_time()
            .with_target(false)
            .with_ansi(false)
            .with_writer(move || writer.clone())
            .finish();
        tracing::subscriber::with_default(subscriber, || match &self.sites {
            Some(sites) => sites.look(),
            None => self.sites = Some(SiteFiles::open(self.folder.path())),
        });
        let told = log.0.lock().unwrap();
        let told = String::from_utf8(told.clone()).unwrap();
        let place = format!("{}/", self.folder.path().display());
        told.lines()
            .map(|line| line.trim_start().replace(&place, ""))
            .collect()
    }

    fn sites(&self) -> &SiteFiles {
        self.sites.as_ref().unwrap()
    }

    /// The name of the script that is in force.
    fn script(&self, site: &str) -> Option<String> {
        let file = self.sites().script(&key(site))?;
        Some(file.script.name.clone())
    }

    fn reply_ms(&self, site: &str) -> Option<u32> {
        self.sites().rules(&key(site)).expected_reply_ms
    }
}

fn key(site: &str) -> SiteKey {
    SiteKey::parse(site).unwrap()
}

/// The shortest script, with this name.
fn script(name: &str) -> String {
    format!(
        "{{\"name\":\"{name}\",\"languages\":[\"en\"],\n\"steps\":[{{\"id\":\"a\",\"type\":\"text\",\"text\":\"Hi\"}}]}}"
    )
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
