//! Facts about what counts as a mention.

use protocol::author::AgentRef;
use protocol::ids::AgentId;

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

fn ids(text: &str) -> Vec<String> {
    let found = found(text, &colleagues());
    found.iter().map(|id| id.as_str().to_owned()).collect()
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
