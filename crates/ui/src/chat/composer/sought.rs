//! The mention somebody is writing: an `@` before the caret, and what is written of a name.

use client_core::view::NotesView;
use protocol::agent::Team;
use protocol::author::AgentRef;

/// Longest part of a name that is still sought.
const LONGEST: usize = 40;
/// Names that are offered at once.
pub(super) const MOST: usize = 8;

/// What stands before the caret of a mention that is being written: the text before its `@`, and
/// the part of the name behind it.
pub(super) fn sought(before_caret: &str) -> Option<(&str, &str)> {
    let at = before_caret.rfind('@')?;
    let (before, part) = (&before_caret[..at], &before_caret[at + 1..]);
    let is_free = !before
        .chars()
        .next_back()
        .is_some_and(char::is_alphanumeric);
    let is_name = !part.contains('\n')
        && !part.starts_with(char::is_whitespace)
        && part.chars().count() <= LONGEST;
    (is_free && is_name).then_some((before, part))
}

/// Who or what can be mentioned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mentionable {
    Agent(AgentRef),
    Team(Team),
}

impl Mentionable {
    /// What is written to mention it.
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Agent(agent) => &agent.name,
            Self::Team(team) => &team.name,
        }
    }

    /// Tells it from all others: an agent and a team may have one id.
    pub(super) fn key(&self) -> String {
        match self {
            Self::Agent(agent) => agent.id.as_str().to_owned(),
            Self::Team(team) => String::from("team ") + team.id.as_str(),
        }
    }
}

/// The agents and teams whose name, or a word of it, begins like that, by name.
pub(super) fn matching(notes: &NotesView, part: &str) -> Vec<Mentionable> {
    let part = lower(part);
    let agents = notes.colleagues.iter().cloned().map(Mentionable::Agent);
    let teams = notes.teams.iter().cloned().map(Mentionable::Team);
    let mut meant: Vec<Mentionable> = agents.chain(teams).collect();
    meant.retain(|one| {
        let name = lower(one.name());
        name.starts_with(&part) || name.split_whitespace().any(|word| word.starts_with(&part))
    });
    meant.sort_by(|one, other| one.name().cmp(other.name()));
    meant.truncate(MOST);
    meant
}

/// In small letters. The browser knows them; to know them ourselves would cost kilobytes.
fn lower(text: &str) -> String {
    js_sys::JsString::from(text).to_lower_case().into()
}

#[cfg(test)]
mod tests {
    use protocol::ids::{AgentId, TeamId};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn agent(name: &str) -> AgentRef {
        AgentRef {
            id: AgentId::parse("a").unwrap(),
            name: name.to_owned(),
        }
    }

    fn team(name: &str) -> Team {
        Team {
            id: TeamId::parse("a").unwrap(),
            name: name.to_owned(),
            people: 2,
        }
    }

    #[test]
    fn name_behind_an_at_sign_is_sought() {
        assert_eq!(sought("@"), Some(("", "")));
        assert_eq!(sought("ask @Be"), Some(("ask ", "Be")));
        assert_eq!(sought("ask @Ben Or"), Some(("ask ", "Ben Or")));
        assert_eq!(sought("(@مر"), Some(("(", "مر")));
    }

    #[test]
    fn addresses_lines_and_lone_signs_are_not() {
        for text in ["", "ben", "ben@example", "@ ben", "@Ben\nand"] {
            assert_eq!(sought(text), None, "{text}");
        }
        assert_eq!(sought(&format!("@{}", "x".repeat(41))), None);
    }

    #[test]
    fn any_word_of_a_name_may_begin_like_that() {
        let notes = NotesView {
            colleagues: vec![agent("Ben Ortiz"), agent("Olga"), agent("Örjan")],
            ..NotesView::default()
        };
        let names = |part: &str| {
            let found = matching(&notes, part).into_iter();
            found.map(|one| one.name().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(names("o"), ["Ben Ortiz", "Olga"]);
        assert_eq!(names("BEN"), ["Ben Ortiz"]);
        assert_eq!(names("ö"), ["Örjan"]);
        assert_eq!(names("ben ortiz "), Vec::<String>::new());
        assert_eq!(names("").len(), 3);
    }

    #[test]
    fn agents_and_teams_are_sought_together_and_told_apart() {
        let notes = NotesView {
            colleagues: vec![agent("Ben"), agent("Bo")],
            teams: vec![team("Billing"), team("Customer back office")],
            ..NotesView::default()
        };
        let keys = |part: &str| {
            let found = matching(&notes, part).into_iter();
            found
                .map(|one| (one.name().to_owned(), one.key()))
                .collect::<Vec<_>>()
        };
        let of = |name: &str, key: &str| (name.to_owned(), key.to_owned());
        assert_eq!(
            keys("b"),
            [
                of("Ben", "a"),
                of("Billing", "team a"),
                of("Bo", "a"),
                of("Customer back office", "team a"),
            ]
        );
        assert_eq!(keys("bi"), [of("Billing", "team a")]);
    }
}
