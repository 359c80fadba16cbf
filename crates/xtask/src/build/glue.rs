//! Makes wasm-bindgen's glue and its wasm agree on less: no classes nobody calls, no functions
//! that are only kept for them, one-letter names instead of long ones between the two.
//!
//! wasm-bindgen writes for readers and for every way to start a module; here both files are made
//! together and nobody else looks in between. The glue is worked on as text in the form that the
//! pinned version writes; a form that is not recognised is an error, not a guess.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use anyhow::{Context, Result, ensure};

/// wasm-opt's name for the first, here the only, module that something is imported from.
const MODULE: &str = "a";

/// The glue without what neither app uses: the classes that leptos's server functions export for
/// streamed bodies, and the start from a module that is compiled at once.
pub(super) fn without_unused(glue: &str) -> Result<String> {
    const UNUSED: &str = "IntoUnderlying";
    let mut kept = String::with_capacity(glue.len());
    let mut lines = glue.lines();
    while let Some(line) = lines.next() {
        let class = line.starts_with("export class ") && line.contains(UNUSED);
        let registry = line.starts_with("const ") && line.contains(UNUSED);
        let dispose = line.starts_with("if (Symbol.dispose)") && line.contains(UNUSED);
        let end = |line: &str| {
            if class {
                line == "}"
            } else {
                line.ends_with("));")
            }
        };
        if class || registry {
            lines
                .by_ref()
                .find(|line| end(line))
                .with_context(|| format!("`{line}` does not end"))?;
        } else if !dispose {
            kept.push_str(&line.replace("export { initSync, ", "export { "));
            kept.push('\n');
        }
    }
    ensure!(!kept.contains(UNUSED), "something still uses {UNUSED}");
    Ok(kept)
}

/// What wasm-metadce keeps: the exports that the glue speaks of.
pub(super) fn reachable(glue: &str) -> String {
    let exports: BTreeSet<&str> = glue
        .split("wasm.")
        .skip(1)
        .map(identifier)
        .filter(|name| !name.is_empty())
        .collect();
    let mut graph: Vec<serde_json::Value> = exports
        .iter()
        .map(|name| serde_json::json!({ "name": name, "export": name }))
        .collect();
    graph.push(serde_json::json!({ "name": "glue", "root": true, "reaches": exports }));
    serde_json::Value::from(graph).to_string()
}

/// What wasm-opt prints about the names it changed.
#[derive(serde::Deserialize)]
pub(super) struct Renamed {
    /// Module, old name, new name.
    imports: Vec<(String, String, String)>,
    /// Old name, new name.
    exports: Vec<(String, String)>,
}

impl Renamed {
    /// The new name of each export by its old one.
    pub(super) fn exports(&self) -> BTreeMap<String, String> {
        self.exports.iter().cloned().collect()
    }
}

/// Fetches the second module with its style sheet and links it with the first, until that succeeds;
/// `client_web::second` asks for it. The files are named as before the build names them finally.
pub(super) fn bringing_second(app: &str) -> String {
    format!(
        "let second;
async function fetchSecond() {{
    const sheet = new CSSStyleSheet();
    const [answer] = await Promise.all([
        fetch(new URL('{app}_second.css', import.meta.url)),
        WebAssembly.instantiateStreaming(fetch(new URL('{app}_second.wasm', import.meta.url)), {{ {MODULE}: wasm }}),
    ]);
    if (!answer.ok) throw answer;
    sheet.replaceSync(await answer.text());
    (document.querySelector('parlour-chat')?.shadowRoot ?? document).adoptedStyleSheets.push(sheet);
}}
function bringSecond(done) {{
    second ||= fetchSecond();
    second.then(done, () => {{
        second = 0;
        setTimeout(bringSecond, 3000, done);
    }});
}}
"
    )
}

/// The glue with the short names, and without functions the wasm no longer imports.
pub(super) fn renamed(glue: &str, app: &str, names: &Renamed) -> Result<String> {
    let module = format!("\"./{app}_bg.js\": import0");
    ensure!(glue.contains(&module), "the glue has no {module}");
    let imports: HashMap<&str, &str> = names
        .imports
        .iter()
        .map(|(_, old, new)| (old.as_str(), new.as_str()))
        .collect();
    let exports: HashMap<&str, &str> = names
        .exports
        .iter()
        .map(|(old, new)| (old.as_str(), new.as_str()))
        .collect();
    let glue = with_imports(glue, &imports)?.replace(&module, &format!("{MODULE}: import0"));
    Ok(with_exports(&glue, &exports))
}

/// Each import is a property of one object, eight blanks deep, and ends with a line `        },`
/// or `        }, arguments); },`.
fn with_imports(glue: &str, names: &HashMap<&str, &str>) -> Result<String> {
    let mut kept = String::with_capacity(glue.len());
    let mut found = 0;
    let mut lines = glue.lines();
    while let Some(line) = lines.next() {
        let Some(name) = import_name(line) else {
            kept.push_str(line);
            kept.push('\n');
            continue;
        };
        let mut entry = String::new();
        let mut rest = line;
        while !(rest == "        }," || rest == "        }, arguments); },") {
            entry.push_str(rest);
            entry.push('\n');
            rest = lines
                .next()
                .with_context(|| format!("the import {name} does not end"))?;
        }
        entry.push_str(rest);
        if let Some(short) = names.get(name) {
            found += 1;
            kept.push_str(&entry.replacen(name, short, 1));
            kept.push('\n');
        }
    }
    ensure!(
        found == names.len(),
        "the wasm imports {} functions, the glue has {found} of them",
        names.len()
    );
    Ok(kept)
}

fn import_name(line: &str) -> Option<&str> {
    let (name, rest) = line.strip_prefix("        __wb")?.split_once(": ")?;
    let whole = &line[8..8 + "__wb".len() + name.len()];
    (rest.starts_with("function(") && identifier(whole) == whole).then_some(whole)
}

fn with_exports(glue: &str, names: &HashMap<&str, &str>) -> String {
    let mut parts = glue.split("wasm.");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str("wasm.");
        let name = identifier(part);
        match names.get(name) {
            Some(short) => {
                out.push_str(short);
                out.push_str(&part[name.len()..]);
            }
            None => out.push_str(part),
        }
    }
    out
}

/// The identifier a text begins with.
fn identifier(text: &str) -> &str {
    let end = text
        .find(|character: char| !(character.is_ascii_alphanumeric() || "_$".contains(character)))
        .unwrap_or(text.len());
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::{Renamed, reachable, renamed, without_unused};

    const GLUE: &str = "\
export class IntoUnderlyingSink {
    free() {
        wasm.__wbg_intounderlyingsink_free(1, 0);
    }
}
if (Symbol.dispose) IntoUnderlyingSink.prototype[Symbol.dispose] = IntoUnderlyingSink.prototype.free;
export function mount(host) {
    wasm.mount(host);
}
function imports() {
    const import0 = {
        __proto__: null,
        __wbg_used_1: function(arg0) {
            return arg0;
        },
        __wbg_unused_2: function() { return handleError(function (arg0) {
            arg0.close();
        }, arguments); },
    };
    return { \"./app_bg.js\": import0, };
}
const IntoUnderlyingSinkFinalization = (typeof FinalizationRegistry === 'undefined')
    ? { register: () => {}, unregister: () => {} }
    : new FinalizationRegistry(ptr => wasm.__wbg_intounderlyingsink_free(ptr, 1));
export { initSync, __wbg_init as default };
";

    #[test]
    fn unused_classes_go_with_all_that_belongs_to_them() -> anyhow::Result<()> {
        let glue = without_unused(GLUE)?;
        assert!(!glue.contains("intounderlying") && !glue.contains("initSync"));
        assert!(glue.contains("wasm.mount(host)"));
        let graph = reachable(&glue);
        assert!(graph.contains("mount") && !graph.contains("intounderlying"));
        Ok(())
    }

    #[test]
    fn both_sides_get_short_names_and_unused_imports_go() -> anyhow::Result<()> {
        let names: Renamed = serde_json::from_str(
            r#"{"imports":[["./app_bg.js","__wbg_used_1","b"]],"exports":[["mount","c"]]}"#,
        )?;
        let glue = renamed(&without_unused(GLUE)?, "app", &names)?;
        assert!(glue.contains("        b: function(arg0) {"));
        assert!(glue.contains("wasm.c(host)") && glue.contains("a: import0"));
        assert!(!glue.contains("__wbg_unused_2") && !glue.contains("close"));
        Ok(())
    }

    #[test]
    fn an_import_without_a_function_is_an_error() -> anyhow::Result<()> {
        let names: Renamed = serde_json::from_str(
            r#"{"imports":[["./app_bg.js","__wbg_gone_9","b"]],"exports":[]}"#,
        )?;
        assert!(renamed(GLUE, "app", &names).is_err());
        Ok(())
    }
}
