//! `parlour admin add`.

use std::io::BufRead;

use server_core::domain::{AgentProfile, AgentRole};
use server_core::service::NewAgent;

use super::Office;
use crate::cli::AddAdmin;
use crate::error::StartError;

/// Where the password may come from besides standard input.
const PASSWORD_VARIABLE: &str = "PARLOUR_PASSWORD";

/// Adds an administrator who answers in all channels.
///
/// # Errors
/// One sentence that says what to mend.
pub fn add(order: AddAdmin, input: &mut dyn BufRead) -> Result<String, StartError> {
    let password = password(input)?;
    let office = Office::open(order.data)?;
    let usual = AgentProfile::default();
    let agent = office
        .service
        .add_agent(&NewAgent {
            email: order.email,
            name: order.name,
            password,
            role: AgentRole::Administrator,
            profile: AgentProfile {
                capacity: order.capacity.unwrap_or(usual.capacity),
                expertise: order.expertise,
                languages: order.language,
                country: None,
            },
            channels: Vec::new(),
        })
        .map_err(|error| StartError::Account {
            detail: error.to_string(),
        })?;
    Ok(format!("{} can sign in now.", agent.name))
}

fn password(input: &mut dyn BufRead) -> Result<String, StartError> {
    if let Ok(password) = std::env::var(PASSWORD_VARIABLE) {
        return Ok(password);
    }
    let mut line = String::new();
    input
        .read_line(&mut line)
        .map_err(|error| StartError::Account {
            detail: format!("the password could not be read: {error}"),
        })?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
