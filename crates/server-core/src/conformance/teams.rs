//! Teams: kept with their members, and found from both ends; and which notes mention them.

use protocol::ids::TeamId;

use super::samples::{HOSTILE, agent_id, furnish, id, message_id};
use super::{Cases, Outcome, same};
use crate::domain::TeamRecord;
use crate::error::StorageError;
use crate::ports::storage::{Storage, Stored, Transaction, read, write};

pub(super) const CASES: Cases = &[
    ("teams_come_back_as_they_were", records),
    ("members_of_teams_are_found_from_both_ends", members),
    ("members_leave_one_team_alone", leaving),
    ("teams_that_a_note_mentions_are_kept_once", mentions),
];

fn team_id(text: &str) -> Stored<TeamId> {
    id(TeamId::parse, text)
}

fn team(name: &str) -> Stored<TeamRecord> {
    Ok(TeamRecord {
        id: team_id(name)?,
        name: format!("{name}{HOSTILE}"),
    })
}

fn change(storage: &dyn Storage, work: impl FnOnce(&mut dyn Transaction) -> Stored<()>) -> Outcome {
    write::<_, StorageError>(storage, work)?;
    Ok(())
}

fn records(storage: &dyn Storage) -> Outcome {
    let (billing, shipping) = (team("billing")?, team("shipping")?);
    change(storage, |tx| {
        tx.put_team(&shipping)?;
        tx.put_team(&billing)
    })?;
    let renamed = TeamRecord {
        name: "Invoices".to_owned(),
        ..billing.clone()
    };
    let all = || read::<_, StorageError>(storage, |reading| reading.teams());
    same(all()?, vec![billing, shipping.clone()])?;
    change(storage, |tx| tx.put_team(&renamed))?;
    same(all()?, vec![renamed.clone(), shipping])?;
    let find = |id: &TeamId| read::<_, StorageError>(storage, |reading| reading.team(id));
    same(find(&renamed.id)?, Some(renamed))?;
    same(find(&team_id("nobody")?)?, None)
}

/// Ana is in both teams, Ben in the second.
fn people(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    change(storage, |tx| {
        for name in ["billing", "shipping"] {
            tx.put_team(&team(name)?)?;
        }
        for (name, agent) in [
            ("shipping", "ben"),
            ("shipping", "ana"),
            ("billing", "ana"),
            ("billing", "ana"),
        ] {
            tx.put_team_member(&team_id(name)?, &agent_id(agent)?)?;
        }
        Ok(())
    })
}

fn members(storage: &dyn Storage) -> Outcome {
    people(storage)?;
    let (ana, ben, cleo) = (agent_id("ana")?, agent_id("ben")?, agent_id("cleo")?);
    let of = |name: &str| {
        let id = team_id(name)?;
        read::<_, StorageError>(storage, |reading| reading.team_members(&id))
    };
    same(of("billing")?, vec![ana.clone()])?;
    same(of("shipping")?, vec![ana.clone(), ben.clone()])?;
    same(of("nobody")?, vec![])?;
    let teams = |agent| read::<_, StorageError>(storage, |reading| reading.teams_of_agent(agent));
    same(teams(&ana)?, vec![team("billing")?, team("shipping")?])?;
    same(teams(&ben)?, vec![team("shipping")?])?;
    same(teams(&cleo)?, vec![])
}

fn leaving(storage: &dyn Storage) -> Outcome {
    people(storage)?;
    let (ana, shipping) = (agent_id("ana")?, team_id("shipping")?);
    for _ in 0..2 {
        change(storage, |tx| tx.remove_team_member(&shipping, &ana))?;
    }
    let left = read::<_, StorageError>(storage, |reading| reading.team_members(&shipping))?;
    same(left, vec![agent_id("ben")?])?;
    let teams = read::<_, StorageError>(storage, |reading| reading.teams_of_agent(&ana))?;
    same(teams, vec![team("billing")?])
}

fn mentions(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    let (first, second) = (message_id("n1")?, message_id("n2")?);
    let (billing, shipping) = (team_id("billing")?, team_id("shipping")?);
    change(storage, |tx| {
        tx.put_team_mention(&first, &shipping)?;
        tx.put_team_mention(&first, &billing)?;
        tx.put_team_mention(&first, &billing)?;
        tx.put_team_mention(&second, &shipping)
    })?;
    let of = |note| read::<_, StorageError>(storage, |reading| reading.teams_mentioned_in(note));
    same(of(&first)?, vec![billing, shipping.clone()])?;
    same(of(&second)?, vec![shipping])?;
    same(of(&message_id("n3")?)?, vec![])
}
