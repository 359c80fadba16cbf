//! Facts about what counts as a mention.

use protocol::agent::Team;
use protocol::author::AgentRef;
use protocol::ids::{AgentId, TeamId};

use super::found;

fn colleagues() -> Vec<AgentRef> {
    let named = [
        ("ana", "Ana"),
        ("anabel", "Anabel"),
        ("ana-ruiz", "Ana Ruiz"),
        ("wei", "伟"),
        ("wei2", "伟"),
        ("maryam", "مريم"),
    ];
    named
        .into_iter()
        .map(|(id, name)| AgentRef {
            id: AgentId::parse(id).unwrap(),
            name: name.to_owned(),
        })
        .collect()
}

fn teams() -> Vec<Team> {
    let named = [
        ("billing", "Billing"),
        ("ana-team", "Ana's team"),
        ("wei-team", "伟"),
    ];
    named
        .into_iter()
        .map(|(id, name)| Team {
            id: TeamId::parse(id).unwrap(),
            name: name.to_owned(),
            people: 2,
        })
        .collect()
}

fn ids(text: &str) -> Vec<String> {
    let found = found(text, &colleagues(), &[]);
    let ids = found.agents.iter().map(|id| id.as_str().to_owned());
    ids.collect()
}

fn all_ids(text: &str) -> (Vec<String>, Vec<String>) {
    let found = found(text, &colleagues(), &teams());
    let teams = found.teams.iter().map(|id| id.as_str().to_owned());
    let agents = found.agents.iter().map(|id| id.as_str().to_owned());
    (agents.collect(), teams.collect())
}

#[test]
fn whole_names_behind_an_at_sign_are_mentions() {
    assert_eq!(ids("@Ana look"), ["ana"]);
    assert_eq!(ids("look, @Ana! @Ana"), ["ana"]);
    assert_eq!(ids("(@Anabel)\n@مريم"), ["anabel", "maryam"]);
}

#[test]
fn the_longest_name_is_meant() {
    assert_eq!(ids("@Ana Ruiz, please"), ["ana-ruiz"]);
    assert_eq!(ids("@Ana Ruizito"), ["ana"]);
}

#[test]
fn agents_of_one_name_are_all_meant() {
    assert_eq!(ids("@伟"), ["wei", "wei2"]);
}

#[test]
fn addresses_and_beginnings_of_names_are_no_mentions() {
    for text in [
        "ana@Ana.example",
        "@An",
        "@Anastasia",
        "@ Ana",
        "Ana",
        "@ana",
        "@",
    ] {
        assert_eq!(ids(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn teams_are_mentioned_as_agents_are() {
    let both = |agents: &[&str], teams: &[&str]| {
        let owned = |all: &[&str]| all.iter().map(|&id| id.to_owned()).collect::<Vec<_>>();
        (owned(agents), owned(teams))
    };
    assert_eq!(all_ids("@Billing: @Ana!"), both(&["ana"], &["billing"]));
    assert_eq!(all_ids("@Billing @Billing"), both(&[], &["billing"]));
    assert_eq!(all_ids("@Ana's team"), both(&[], &["ana-team"]));
    assert_eq!(all_ids("@伟"), both(&["wei", "wei2"], &["wei-team"]));
    assert_eq!(all_ids("@Billings, me@Billing"), both(&[], &[]));
}

#[test]
fn agents_and_teams_are_counted_together() {
    let mut mentioned = found("@Ana @Anabel @Billing @伟", &colleagues(), &teams());
    assert_eq!((mentioned.agents.len(), mentioned.teams.len()), (4, 2));
    mentioned.truncate(5);
    assert_eq!((mentioned.agents.len(), mentioned.teams.len()), (4, 1));
    mentioned.truncate(3);
    assert_eq!((mentioned.agents.len(), mentioned.teams.len()), (3, 0));
}
