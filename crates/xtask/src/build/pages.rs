//! The agents' page: links to the hashed files, and the configuration block the app reads.
//!
//! Nothing on the page runs inline; its Content-Security-Policy allows no inline script.

use anyhow::{Context, Result, ensure};

use super::assemble::AppFiles;

/// Makes the served page from the source page.
pub(super) fn agent_page(source: &str, files: &AppFiles) -> Result<String> {
    const CSS: &str = "__AGENT_CSS__";
    const CONFIG: &str = "id=\"parlour-config\">{}<";
    ensure!(source.contains(CSS), "index.html has no {CSS}");
    ensure!(source.contains(CONFIG), "index.html has no {CONFIG}");
    let page = source
        .replace(CSS, &format!("/assets/{}", files.css))
        .replace(
            CONFIG,
            &format!("id=\"parlour-config\">{}<", config(files)?),
        );
    let links = format!(
        "<link rel=\"preload\" as=\"fetch\" type=\"application/wasm\" crossorigin href=\"/assets/{}\">\
         <script type=\"module\" src=\"/assets/{}\"></script>",
        files.wasm, files.glue
    );
    let page = tidy(&page);
    let (before, after) = page
        .split_once("</head>")
        .context("index.html has no </head>")?;
    Ok(format!("{before}{links}</head>{after}"))
}

/// What `#parlour-config` holds.
fn config(files: &AppFiles) -> Result<String> {
    let locales: serde_json::Map<String, serde_json::Value> = files
        .locales
        .iter()
        .map(|(tag, file)| (tag.clone(), format!("/assets/{file}").into()))
        .collect();
    Ok(serde_json::to_string(
        &serde_json::json!({ "locales": locales }),
    )?)
}

/// Drops comments, trunk's own elements and the space between elements.
fn tidy(html: &str) -> String {
    let mut rest = html;
    let mut without_comments = String::with_capacity(html.len());
    while let Some((before, comment)) = rest.split_once("<!--") {
        without_comments.push_str(before);
        rest = comment.split_once("-->").map_or("", |(_, after)| after);
    }
    without_comments.push_str(rest);
    without_comments
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.contains("data-trunk"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The glue starts the app by itself, from the wasm file of this very build.
pub(super) fn self_starting(glue: &str, app: &str, wasm: &str) -> Result<String> {
    let started = named(glue, app, wasm)?;
    let entry = default_export(&started).context("the glue has no default export")?;
    Ok(format!("{started}{entry}();"))
}

/// The glue asks for the wasm file under its hashed name.
pub(super) fn named(glue: &str, app: &str, wasm: &str) -> Result<String> {
    let plain = format!("{app}_bg.wasm");
    ensure!(glue.contains(&plain), "the glue of {app} names no {plain}");
    Ok(glue.replace(&plain, wasm))
}

/// The name in `export{…,name as default}`.
fn default_export(glue: &str) -> Option<&str> {
    let (before, _) = glue.rsplit_once(" as default")?;
    let start = before
        .rfind(|character: char| !(character.is_alphanumeric() || "_$".contains(character)))?;
    Some(&before[start + 1..])
}

#[cfg(test)]
mod tests {
    use super::super::assemble::AppFiles;
    use super::{agent_page, default_export, self_starting};

    #[test]
    fn the_default_export_is_found_in_minified_glue() {
        assert_eq!(
            default_export("export{a as initSync,b$ as default};"),
            Some("b$")
        );
        assert_eq!(default_export("export{x};"), None);
    }

    #[test]
    fn glue_starts_itself_with_the_hashed_wasm() -> anyhow::Result<()> {
        let glue =
            "async function t(){new URL(\"agent_bg.wasm\",import.meta.url)}export{t as default};";
        assert_eq!(
            self_starting(glue, "agent", "agent-1.wasm")?,
            "async function t(){new URL(\"agent-1.wasm\",import.meta.url)}export{t as default};t();"
        );
        Ok(())
    }

    #[test]
    fn the_page_gets_names_and_loses_trunk() -> anyhow::Result<()> {
        let source = "<!doctype html>\n<!-- why -->\n<head>\n  <link rel=\"stylesheet\" href=\"__AGENT_CSS__\">\n  \
            <link data-trunk rel=\"rust\">\n  <script type=\"application/json\" id=\"parlour-config\">{}</script>\n</head>\n";
        let page = agent_page(
            source,
            &AppFiles {
                glue: "g.js".to_owned(),
                wasm: "w.wasm".to_owned(),
                css: "c.css".to_owned(),
                locales: vec![("en".to_owned(), "e.json".to_owned())],
            },
        )?;
        assert!(page.contains("href=\"/assets/c.css\""));
        assert!(page.contains("{\"locales\":{\"en\":\"/assets/e.json\"}}"));
        assert!(page.contains("src=\"/assets/g.js\""));
        assert!(!page.contains("data-trunk") && !page.contains("why"));
        Ok(())
    }
}
