//! Brotli and gzip copies beside every file that gets smaller by them.
//!
//! Made once here, at the strongest setting, instead of at every request.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};

const EXTENSIONS: [&str; 7] = ["css", "html", "js", "json", "svg", "txt", "wasm"];

/// Compresses everything below a folder.
pub(super) fn below(folder: &Path) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            below(&path)?;
            continue;
        }
        let fit = path
            .extension()
            .and_then(|extension| extension.to_str())
            .is_some_and(|extension| EXTENSIONS.contains(&extension));
        if !fit {
            continue;
        }
        let content =
            std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        std::fs::write(with_suffix(&path, "br"), brotli(&content)?)?;
        std::fs::write(with_suffix(&path, "gz"), gzip(&content)?)?;
    }
    Ok(())
}

fn with_suffix(path: &Path, suffix: &str) -> std::path::PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    name.into()
}

fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let mut small = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: content.len(),
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &content[..], &mut small, &parameters)?;
    Ok(small)
}

fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(content)?;
    Ok(writer.finish()?)
}
