//! `parlour admin add-team` and `list-teams`.

use std::fmt::Write;

use server_core::service::NewTeam;

use super::Office;
use crate::cli::{AddTeam, ListTeams};
use crate::error::StartError;

/// Adds a team.
///
/// # Errors
/// One sentence that says what to mend.
pub fn add_team(order: AddTeam) -> Result<String, StartError> {
    let office = Office::open(order.data)?;
    let team = office
        .service
        .add_team(&NewTeam {
            name: order.name,
            members: order.member,
        })
        .map_err(|error| StartError::Team {
            detail: error.to_string(),
        })?;
    Ok(format!("Notes can mention the team {} now.", team.name))
}

/// All teams, a line each: name, its members' e-mail addresses.
///
/// # Errors
/// One sentence that says what to mend.
pub fn list_teams(order: ListTeams) -> Result<String, StartError> {
    let office = Office::open(order.data)?;
    let teams = office.service.teams();
    let teams = teams.map_err(|error| StartError::Teams {
        detail: error.to_string(),
    })?;
    if teams.is_empty() {
        return Ok("There is no team yet.".to_owned());
    }
    let mut lines = String::new();
    for (team, members) in teams {
        let members = members.into_iter().map(|member| member.email);
        let members: Vec<String> = members.collect();
        // Writing to a text cannot fail.
        let _ = writeln!(lines, "{}\t{}", team.name, members.join(" "));
    }
    Ok(lines.trim_end().to_owned())
}
