//! Notes that mention teams: every member who may look is told, once, and nobody else is.

use protocol::agent::{AgentFrame, EditNote, Mention, Team, TeamRef};
use protocol::error::ErrorCode;
use protocol::feed::Feed;
use protocol::ids::{ConversationId, TeamId};
use protocol::visitor::OpenConversation;

use super::house::{House, agent_id, code, posted, team_id};
use super::notes::{archive, mentions};
use crate::domain::TeamRecord;
use crate::error::StorageError;
use crate::ports::storage::{Transaction, write};

fn change(house: &House, work: impl FnOnce(&mut dyn Transaction) -> Result<(), StorageError>) {
    write::<_, StorageError>(&*house.storage, work).unwrap();
}

fn team_ref(id: &str, name: &str) -> TeamRef {
    TeamRef {
        id: team_id(id),
        name: name.to_owned(),
    }
}

fn through(mention: &Mention) -> Option<&str> {
    mention.team.as_ref().map(|team| team.name.as_str())
}

/// The names of whom a note mentions, and of its teams.
fn named(house: &House, id: &ConversationId) -> (Vec<String>, Vec<String>) {
    let note = house.notes("sol", id).remove(0);
    let agents = note.mentions.into_iter().map(|agent| agent.name);
    let teams = note.teams.into_iter().map(|team| team.name);
    (agents.collect(), teams.collect())
}

fn words(all: &[&str]) -> Vec<String> {
    all.iter().map(|&word| word.to_owned()).collect()
}

fn offered(house: &House, id: &ConversationId) -> Vec<Team> {
    let query = OpenConversation {
        reference: 1,
        conversation: id.clone(),
        limit: 1,
    };
    let opened = house
        .service
        .open_conversation_for_agent(&agent_id("sol"), &query);
    opened.unwrap().teams.unwrap()
}

#[test]
fn members_of_a_mentioned_team_are_told_and_its_author_and_others_are_not() {
    let house = House::new();
    let (_, id) = house.conversation();
    house.woken();
    posted(house.note_to_teams("ana", &id, &[], &["billing"]));
    let sol = Feed::Agent(agent_id("sol"));
    assert_eq!(
        house.woken(),
        [Feed::Conversation(id.clone()).to_string(), sol.to_string()].as_slice()
    );
    let told = mentions(&house, "sol");
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].team, Some(team_ref("billing", "Billing")));
    let AgentFrame::MentionChanged(entry) = house.agent_frames("sol", &sol).swap_remove(0) else {
        panic!("not told");
    };
    assert_eq!(entry.mention, told[0]);
    for name in ["ana", "ben"] {
        assert_eq!(mentions(&house, name), [], "{name}");
    }
    assert_eq!(named(&house, &id), (words(&["Sol"]), words(&["Billing"])));
}

#[test]
fn who_is_named_or_in_two_teams_is_told_once() {
    let house = House::new();
    let (_, id) = house.conversation();
    let teams = ["shipping", "billing", "billing"];
    posted(house.note_to_teams("ana", &id, &["ben"], &teams));
    let (ben, sol) = (mentions(&house, "ben"), mentions(&house, "sol"));
    assert_eq!((ben.len(), sol.len()), (1, 1));
    assert_eq!(through(&ben[0]), None, "he is named himself");
    assert_eq!(through(&sol[0]), Some("Billing"));
    let told = house.agent_frames("sol", &Feed::Agent(agent_id("sol")));
    assert_eq!(told.len(), 1);
    assert_eq!(
        named(&house, &id),
        (words(&["Ben", "Sol"]), words(&["Billing", "Shipping"]))
    );
}

#[test]
fn members_who_may_not_look_are_not_told_and_a_team_of_them_cannot_be_mentioned() {
    let house = House::new();
    let id = archive(&house);
    change(&house, |tx| {
        tx.put_team(&TeamRecord {
            id: team_id("press"),
            name: "Press".to_owned(),
        })?;
        tx.put_team_member(&team_id("press"), &agent_id("ana"))
    });
    let of = |id: &str, name: &str| Team {
        id: team_id(id),
        name: name.to_owned(),
        people: 1,
    };
    let wanted = [of("billing", "Billing"), of("shipping", "Shipping")];
    assert_eq!(offered(&house, &id), wanted);
    house.woken();
    for team in ["press", "nobody"] {
        let refused = house.note_to_teams("sol", &id, &[], &["billing", team]);
        assert_eq!(code(refused), ErrorCode::Forbidden, "{team}");
    }
    assert!(house.woken().is_empty() && house.notes("sol", &id).is_empty());
    posted(house.note_to_teams("sol", &id, &[], &["billing"]));
    assert_eq!(mentions(&house, "ana"), []);
    assert_eq!(named(&house, &id), (Vec::new(), words(&["Billing"])));
}

#[test]
fn teams_are_offered_by_name_with_how_many_may_look() {
    let house = House::new();
    let (_, id) = house.conversation();
    change(&house, |tx| {
        tx.put_team(&TeamRecord {
            id: team_id("z"),
            name: "Accounts".to_owned(),
        })?;
        tx.put_team(&TeamRecord {
            id: team_id("empty"),
            name: "Empty".to_owned(),
        })?;
        tx.put_team_member(&team_id("z"), &agent_id("ben"))
    });
    let teams = offered(&house, &id).into_iter();
    let teams: Vec<_> = teams.map(|team| (team.name, team.people)).collect();
    let wanted = [("Accounts", 1), ("Billing", 2), ("Shipping", 2)];
    assert_eq!(
        teams,
        wanted.map(|(name, people)| (name.to_owned(), people))
    );
}

#[test]
fn agents_and_teams_of_a_note_are_at_most_fifty_together() {
    let house = House::new();
    let (_, id) = house.conversation();
    let agents = ["sol"; 30];
    posted(house.note_to_teams("ana", &id, &agents, &["billing"; 20]));
    let refused = house.note_to_teams("ana", &id, &agents, &["billing"; 21]);
    assert_eq!(code(refused), ErrorCode::BadFrame);
}

#[test]
fn edited_note_tells_those_who_are_new_and_who_was_told_stays_so() {
    let house = House::new();
    let (_, id) = house.conversation();
    let note = posted(house.note_to_teams("ana", &id, &["sol"], &[]));
    let edit = |text: &str, teams: &[&str]| {
        let order = EditNote {
            client_id: house.fresh(),
            conversation: id.clone(),
            note: note.message.clone(),
            text: text.to_owned(),
            mentions: Vec::new(),
            teams: teams.iter().map(|id| team_id(id)).collect::<Vec<TeamId>>(),
        };
        house.service.edit_note(&agent_id("ana"), &order)
    };
    edit("@Shipping", &["shipping"]).unwrap();
    assert_eq!(
        through(&mentions(&house, "sol")[0]),
        None,
        "as she was told"
    );
    assert_eq!(through(&mentions(&house, "ben")[0]), Some("Shipping"));
    edit("never mind", &[]).unwrap();
    assert_eq!(mentions(&house, "ben")[0].text, "never mind");
    assert_eq!(
        named(&house, &id),
        (words(&["Ben", "Sol"]), words(&["Shipping"]))
    );
    assert_eq!(code(edit("x", &["nobody"])), ErrorCode::Forbidden);
}

#[test]
fn who_leaves_a_team_keeps_what_they_were_told_and_hears_no_more() {
    let house = House::new();
    let (_, id) = house.conversation();
    posted(house.note_to_teams("ben", &id, &[], &["billing"]));
    change(&house, |tx| {
        tx.remove_team_member(&team_id("billing"), &agent_id("sol"))
    });
    posted(house.note_to_teams("ben", &id, &[], &["billing"]));
    assert_eq!(mentions(&house, "sol").len(), 1);
    assert_eq!(mentions(&house, "ana").len(), 2);
}
