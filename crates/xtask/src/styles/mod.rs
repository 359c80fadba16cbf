//! `styles`: joins the style sheets of one app into one file.
//!
//! Each source file lands in its layer, so the order of files cannot change what wins. The
//! output lies in style/.out, which no watcher looks at, and is only written when it differs.

mod tokens;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::progress::note;
use crate::project::Project;

const LAYERS: &str = "@layer reset, tokens, kit, chat, app;";

/// A file whose first comment holds these words comes with the second module, where an app has one.
const LATER: &str = "with the second module";

/// An app and the files only it needs.
struct Sheet {
    app: &'static str,
    /// A file whose first comment holds these words is for the other app.
    foreign: &'static str,
    /// Whether the app has a second module.
    is_split: bool,
}

const SHEETS: [Sheet; 2] = [
    Sheet {
        app: "agent",
        foreign: "widget only",
        is_split: false,
    },
    Sheet {
        app: "widget",
        foreign: "agent only",
        is_split: true,
    },
];

pub(crate) fn run(project: &Project) -> Result<()> {
    // The loader draws launcher and frame with the same tokens.
    let loader = project.root.join("public/parlour.js");
    let loader = std::fs::read_to_string(&loader)
        .with_context(|| format!("cannot read {}", loader.display()))?;
    for sheet in SHEETS {
        let first = join(project, &sheet, false)?;
        let mut elsewhere = loader.clone();
        if sheet.is_split {
            let second = join(project, &sheet, true)?;
            elsewhere.push_str(&second);
            write(project, &second_output(project, sheet.app), &second)?;
        }
        let first = tokens::without_idle(&first, &elsewhere);
        write(project, &output(project, sheet.app), &first)?;
    }
    Ok(())
}

fn write(project: &Project, path: &Path, text: &str) -> Result<()> {
    if std::fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))?;
    note(&format!("{} ({} bytes)", project.show(path), text.len()));
    Ok(())
}

/// Where an app's joined sheet is.
pub(crate) fn output(project: &Project, app: &str) -> PathBuf {
    project.root.join("style/.out").join(format!("{app}.css"))
}

/// Where the sheet of an app's second module is, if it has one.
pub(crate) fn second_output(project: &Project, app: &str) -> PathBuf {
    output(project, &format!("{app}-second"))
}

/// The sheet of the first or the second module.
fn join(project: &Project, sheet: &Sheet, is_second: bool) -> Result<String> {
    let crates = project.root.join("crates");
    let sources = [
        ("", project.root.join("style")),
        ("kit", crates.join("ui/src/kit")),
        ("chat", crates.join("ui/src/chat")),
        ("app", crates.join(sheet.app).join("src")),
    ];
    let mut joined = if is_second {
        String::new()
    } else {
        minify(LAYERS)
    };
    for (layer, folder) in sources {
        for file in sheets_below(&folder)? {
            let text = std::fs::read_to_string(&file)
                .with_context(|| format!("cannot read {}", file.display()))?;
            let is_later = sheet.is_split && header(&text).contains(LATER);
            if header(&text).contains(sheet.foreign) || is_later != is_second {
                continue;
            }
            let body = minify(&text);
            if body.is_empty() || body == minify(LAYERS) {
                continue;
            }
            let layer = if layer.is_empty() {
                layer_of_top_file(&folder, &file)
            } else {
                layer
            };
            if body.starts_with("@layer ") {
                joined.push_str(&body);
            } else {
                joined.push_str(&format!("@layer {layer}{{{body}}}"));
            }
        }
    }
    Ok(joined)
}

/// Resets first; what accessibility demands stands there too, because among layers the first
/// one's `!important` wins. The rest of `style/` are tokens.
fn layer_of_top_file(folder: &Path, file: &Path) -> &'static str {
    let name = file.strip_prefix(folder).unwrap_or(file);
    if name == Path::new("reset.css") || name == Path::new("a11y.css") {
        "reset"
    } else {
        "tokens"
    }
}

/// Every sheet below a folder, sorted, hidden folders left out. Tokens come before the themes
/// that set them, because files come before folders.
fn sheets_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = Vec::new();
    if !folder.is_dir() {
        return Ok(files);
    }
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let hidden = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if hidden {
            continue;
        }
        if path.is_dir() {
            folders.push(path);
        } else if path.extension().is_some_and(|extension| extension == "css") {
            files.push(path);
        }
    }
    files.sort();
    folders.sort();
    for inner in folders {
        files.extend(sheets_below(&inner)?);
    }
    Ok(files)
}

/// The comment a file opens with.
fn header(text: &str) -> &str {
    text.strip_prefix("/*")
        .and_then(|rest| rest.split_once("*/"))
        .map_or("", |(comment, _)| comment)
}

/// Drops comments and the white space that means nothing.
pub(crate) fn minify(text: &str) -> String {
    let mut small = String::with_capacity(text.len());
    let mut rest = text;
    let mut space = false;
    while let Some(character) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/").map_or("", |(_, after)| after);
            space = true;
        } else if character == '"' || character == '\'' {
            let end = end_of_string(rest, character);
            push(&mut small, &mut space, &rest[..end]);
            rest = &rest[end..];
        } else if character.is_whitespace() {
            space = true;
            rest = &rest[character.len_utf8()..];
        } else {
            let length = character.len_utf8();
            push(&mut small, &mut space, &rest[..length]);
            rest = &rest[length..];
        }
    }
    small.replace(";}", "}")
}

/// Appends a token with the white space before it, if that separates anything.
fn push(small: &mut String, space: &mut bool, token: &str) {
    let closed = small.is_empty() || small.ends_with(['{', '}', ';', ',', ':', '>']);
    let opens = token.starts_with(['{', '}', ';', ',', '>', '!']);
    if *space && !closed && !opens {
        small.push(' ');
    }
    *space = false;
    small.push_str(token);
}

fn end_of_string(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        if escaped {
            escaped = false;
        } else if character == '\\' {
            escaped = true;
        } else if character == quote {
            return at + 1;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::{header, minify};

    #[test]
    fn comments_and_idle_white_space_go() {
        let css =
            "/* a */\n.p , .q > b {\n  color : red; /* b */\n  margin: 0 calc(1px + 2px);\n}\n";
        assert_eq!(minify(css), ".p,.q>b{color :red;margin:0 calc(1px + 2px)}");
    }

    #[test]
    fn strings_stay_as_they_are() {
        assert_eq!(
            minify(r#"a::after { content: " /* \" */ {  } "; }"#),
            r#"a::after{content:" /* \" */ {  } "}"#
        );
    }

    #[test]
    fn a_space_before_a_colon_still_separates_descendants() {
        assert_eq!(minify("& :hover { x: y }"), "& :hover{x:y}");
        assert_eq!(minify("a, b :is(c) { x: y }"), "a,b :is(c){x:y}");
    }

    #[test]
    fn the_header_is_the_first_comment_only() {
        assert_eq!(header("/* agent only: x */ /* y */"), " agent only: x ");
        assert_eq!(header("a{} /* agent only */"), "");
    }
}
