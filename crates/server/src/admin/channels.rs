//! `parlour admin add-channel` and `list-channels`.

use std::fmt::Write;

use protocol::ids::SiteKey;
use server_core::service::{Answering, NewChannel};

use super::Office;
use crate::cli::{AddChannel, ListChannels};
use crate::error::StartError;

/// Adds a website channel.
///
/// # Errors
/// One sentence that says what to mend.
pub fn add_channel(order: AddChannel) -> Result<String, StartError> {
    let office = Office::open(order.data)?;
    let site = match order.site_key {
        Some(text) => SiteKey::parse(&text).ok_or_else(|| {
            fault(format!(
                "`{text}` is no site key of 1 to 64 letters, digits, - and _"
            ))
        })?,
        None => office.service.fresh_site_key().map_err(fault)?,
    };
    let channel = office
        .service
        .add_channel(&NewChannel {
            site: site.clone(),
            name: order.name,
            allowed_origins: order.allowed_origin,
            agents: match order.agent.is_empty() {
                true => Answering::Everybody,
                false => Answering::These(order.agent),
            },
        })
        .map_err(fault)?;
    Ok(format!(
        "Pages that name the site {site} reach {} now.",
        channel.name
    ))
}

/// All channels, a line each: site key, name, allowed origins.
///
/// # Errors
/// One sentence that says what to mend.
pub fn list_channels(order: ListChannels) -> Result<String, StartError> {
    let office = Office::open(order.data)?;
    let channels = office.service.channels();
    let channels = channels.map_err(|error| StartError::Channels {
        detail: error.to_string(),
    })?;
    if channels.is_empty() {
        return Ok("There is no channel yet.".to_owned());
    }
    let mut lines = String::new();
    for channel in channels {
        let origins = match channel.allowed_origins.is_empty() {
            true => "any page".to_owned(),
            false => channel.allowed_origins.join(" "),
        };
        // Writing to a text cannot fail.
        let _ = writeln!(lines, "{}\t{}\t{origins}", channel.site, channel.name);
    }
    Ok(lines.trim_end().to_owned())
}

fn fault(detail: impl ToString) -> StartError {
    StartError::Channel {
        detail: detail.to_string(),
    }
}
