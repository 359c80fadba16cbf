//! `parlour script check`: whether a chatbot's script can be used, without a running server.

use std::path::Path;

use server_core::script::check;

use crate::sites::file::{FileFault, load};

/// Reads a script and says in one line what it is.
///
/// # Errors
/// Everything that is wrong with it, each in a line of the form `FILE:LINE: sentence`.
pub fn run(path: &Path) -> Result<String, FileFault> {
    let script = load(path, check)?;
    let name = path.display();
    let steps = script.steps.len();
    let plural = if steps == 1 { "" } else { "s" };
    let languages = script.languages.join(", ");
    Ok(format!(
        "{name}: {steps} step{plural}, languages {languages}, no problems"
    ))
}

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
