//! The rules themselves.

use std::path::Path;

/// A word that must not stand in some files.
struct Forbidden {
    /// Where it holds: path prefixes.
    places: &'static [&'static str],
    /// What is looked for.
    word: &'static str,
    /// What to do instead.
    advice: &'static str,
}

const VIEWS: &[&str] = &["crates/ui/src", "crates/widget/src", "crates/agent/src"];
const CORES: &[&str] = &[
    "crates/client-core/src",
    "crates/server-core/src",
    "crates/protocol/src",
];

/// What of the server's core knows no text format.
const USE_CASES: &[&str] = &[
    "crates/server-core/src/conformance",
    "crates/server-core/src/domain",
    "crates/server-core/src/memory",
    "crates/server-core/src/ports",
    "crates/server-core/src/rules",
    "crates/server-core/src/service",
];

const FORBIDDEN: [Forbidden; 13] = [
    Forbidden {
        places: VIEWS,
        word: "inner_html",
        advice: "views are made of nodes: a page with Trusted Types refuses markup",
    },
    Forbidden {
        places: VIEWS,
        word: " style=",
        advice: "no style attributes: a page with `style-src 'self'` ignores them",
    },
    Forbidden {
        places: &["crates/ui/src/kit"],
        word: "client_core",
        advice: "the kit knows no core",
    },
    Forbidden {
        places: &["crates/ui/src/kit"],
        word: "protocol::",
        advice: "the kit knows no protocol",
    },
    Forbidden {
        places: &["crates/ui/src/kit"],
        word: "use_context",
        advice: "the kit is given everything",
    },
    Forbidden {
        places: &["crates/ui/src"],
        word: "WebSocket",
        advice: "only client-web knows sockets",
    },
    Forbidden {
        places: CORES,
        word: "SystemTime",
        advice: "time is passed in",
    },
    Forbidden {
        places: CORES,
        word: "Instant::now",
        advice: "time is passed in",
    },
    Forbidden {
        places: &["crates/client-core/src"],
        word: "async fn",
        advice: "the core does not wait; it answers with effects",
    },
    Forbidden {
        places: &[
            "crates/server/src/http",
            "crates/server/src/socket",
            "crates/server/src/extract",
        ],
        word: "rusqlite",
        advice: "only the storage adapter knows SQL",
    },
    Forbidden {
        places: USE_CASES,
        word: "serde_json",
        advice: "use cases know no JSON; script files and what is stored of their runs are the exception",
    },
    Forbidden {
        places: &["crates"],
        word: concat!("todo", "!("),
        advice: "finish it",
    },
    Forbidden {
        places: &["tests/e2e"],
        word: concat!("waitFor", "Timeout"),
        advice: "wait for what should happen, not for time to pass",
    },
];

/// Checks one file; `find` is told the line and what is wrong there.
pub(super) fn check(file: &Path, text: &str, find: &mut dyn FnMut(usize, &str)) {
    header(file, text, find);
    let path = file.to_string_lossy();
    for (number, line) in text.lines().enumerate() {
        let code = line.split("//").next().unwrap_or(line);
        for rule in &FORBIDDEN {
            // Tests look into what views made, and may pass time and words of any kind.
            let test = path.contains("/src/") && path.contains("/tests");
            let here = !test && rule.places.iter().any(|place| path.starts_with(place));
            if here && code.contains(rule.word) {
                find(
                    number + 1,
                    &format!("`{}`: {}", rule.word.trim(), rule.advice),
                );
            }
        }
    }
    if path.ends_with("package-lock.json") {
        for (number, line) in text.lines().enumerate() {
            if line.contains("\"resolved\"") {
                find(number + 1, "the lock file names a host; see .npmrc");
            }
        }
    }
}

/// Every source file says what lives in it before anything else.
fn header(file: &Path, text: &str, find: &mut dyn FnMut(usize, &str)) {
    let openings: &[&str] = match file.extension().and_then(|extension| extension.to_str()) {
        Some("rs") => &["//!"],
        Some("css") => &["/*"],
        Some("js" | "ts") => &["//", "/*"],
        Some("sql") => &["--"],
        _ => return,
    };
    if !openings.iter().any(|opening| text.starts_with(opening)) {
        find(
            1,
            &format!(
                "the file does not open with {}, saying what lives here and why",
                openings[0]
            ),
        );
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::check;

    fn findings(file: &str, text: &str) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        check(Path::new(file), text, &mut |line, what| {
            found.push((line, what.to_owned()));
        });
        found
    }

    #[test]
    fn a_file_without_header_is_found() {
        assert_eq!(findings("crates/a/src/b.rs", "use c;\n").len(), 1);
        assert_eq!(findings("crates/a/src/b.rs", "//! Why.\n").len(), 0);
        assert_eq!(findings("style/b.css", "a{}").len(), 1);
    }

    #[test]
    fn forbidden_words_count_in_code_and_not_in_comments() {
        let text = "//! Why.\n// no inner_html here\n<p style=\"a\"/>\n";
        assert_eq!(findings("crates/ui/src/kit/p/mod.rs", text).len(), 1);
        assert_eq!(findings("crates/server/src/p.rs", text).len(), 0);
    }
}
