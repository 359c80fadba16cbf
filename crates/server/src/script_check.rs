//! `parlour script check`: whether a chatbot's script can be used, without a running server.

use std::fmt::Write;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use server_core::script::{FILE_BYTES, Problem, check};

/// Reads a script and says in one line what it is.
///
/// # Errors
/// Everything that is wrong with it, each in a line of the form `FILE:LINE: sentence`.
pub fn run(path: &Path) -> Result<String, ScriptFault> {
    let bytes = read(path).map_err(|source| ScriptFault::Unreadable {
        path: path.display().to_string(),
        source,
    })?;
    let name = path.display().to_string();
    match check(&bytes) {
        Ok(script) => {
            let steps = script.steps.len();
            let plural = if steps == 1 { "" } else { "s" };
            let languages = script.languages.join(", ");
            Ok(format!(
                "{name}: {steps} step{plural}, languages {languages}, no problems"
            ))
        }
        Err(problems) => Err(ScriptFault::Problems { name, problems }),
    }
}

/// Reads one byte more than a script may have: enough for the check to refuse it.
fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?
        .take(FILE_BYTES as u64 + 1)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Why a script cannot be used.
#[derive(Debug)]
pub enum ScriptFault {
    /// The file cannot be read.
    Unreadable {
        /// Which one.
        path: String,
        /// Why not.
        source: std::io::Error,
    },
    /// It is no script that works.
    Problems {
        /// The file, as it was named.
        name: String,
        /// What is wrong, in the order of its lines.
        problems: Vec<Problem>,
    },
}

impl std::fmt::Display for ScriptFault {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unreadable { path, source } => write!(out, "{path} cannot be read: {source}"),
            Self::Problems { name, problems } => {
                let mut lines = String::new();
                for problem in problems {
                    writeln!(lines, "{name}:{}: {}", problem.line, problem.sentence)?;
                }
                out.write_str(lines.trim_end())
            }
        }
    }
}

impl std::error::Error for ScriptFault {}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(text: &str) -> Result<String, String> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("bot.json");
        std::fs::write(&file, text).unwrap();
        let place = folder.path().display().to_string() + "/";
        let told = run(&file).map_err(|fault| fault.to_string());
        told.map(|line| line.replace(&place, ""))
            .map_err(|lines| lines.replace(&place, ""))
    }

    #[test]
    fn a_good_script_is_told_in_one_line() {
        let text = "{\"name\":\"Bot\",\"languages\":[\"en\"],\"steps\":[{\"id\":\"a\",\"type\":\"text\",\"text\":\"Hi\"}]}";
        assert_eq!(
            checked(text).unwrap(),
            "bot.json: 1 step, languages en, no problems"
        );
    }

    #[test]
    fn every_problem_has_its_line() {
        let text = "{\"name\":\"Bot\",\n\"languages\":[\"en\"],\n\"steps\":[{\"id\":\"a\",\"type\":\"text\",\n\"text\":\"\",\n\"goto\":\"a\"}]}";
        let lines = checked(text).unwrap_err();
        let lines: Vec<&str> = lines.lines().collect();
        assert_eq!(lines.len(), 2, "{lines:?}");
        assert!(lines[0].starts_with("bot.json:4: step `a`: `text` is empty"));
        assert!(lines[1].starts_with("bot.json:5: step `a` has the unknown field `goto`"));
        assert!(lines[1].ends_with("did you mean `go_to`?"));
    }

    #[test]
    fn a_file_that_is_not_there_is_named() {
        let fault = run(Path::new("/nowhere/bot.json")).unwrap_err().to_string();
        assert!(fault.starts_with("/nowhere/bot.json cannot be read"));
    }

    #[test]
    fn the_demo_script_has_no_problems() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/demo.json");
        let line = run(&path).map_err(|fault| fault.to_string()).unwrap();
        assert!(line.ends_with("languages en, es, zh-CN, ar, no problems"));
    }
}
