//! From any older shape of the database to the newest, one numbered step after the other.
//!
//! `user_version` counts the steps that were taken. A step and its number are one transaction.
//! A database with more steps than this program knows is left alone.

use rusqlite::Connection;

use super::fault::OpenFault;

const STEPS: &[&str] = &[
    include_str!("migrations/0001_first.sql"),
    include_str!("migrations/0002_offers.sql"),
    include_str!("migrations/0003_country.sql"),
    include_str!("migrations/0004_chatbots.sql"),
    include_str!("migrations/0005_attachments.sql"),
    include_str!("migrations/0006_notes.sql"),
    include_str!("migrations/0007_revisions.sql"),
    include_str!("migrations/0008_panel.sql"),
    include_str!("migrations/0009_refusals.sql"),
    include_str!("migrations/0010_teams.sql"),
    include_str!("migrations/0011_help.sql"),
    include_str!("migrations/0012_outcome.sql"),
];

/// Marks the file as ours ("Parl").
const APPLICATION_ID: i32 = 0x5061_726c;

/// Brings the database to the newest shape.
pub(super) fn run(connection: &mut Connection) -> Result<(), OpenFault> {
    let taken: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let owner: i32 = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    let known = u32::try_from(STEPS.len()).unwrap_or(u32::MAX);
    if owner != APPLICATION_ID && (owner != 0 || taken != 0) {
        return Err(OpenFault::Damaged(
            "it is no database of parlour".to_owned(),
        ));
    }
    if taken > known {
        return Err(OpenFault::Newer {
            found: taken,
            known,
        });
    }
    for (number, step) in (1_u32..).zip(STEPS).skip(taken as usize) {
        let transaction = connection.transaction()?;
        transaction.execute_batch(step)?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", number)?;
        transaction.commit()?;
        tracing::info!(step = number, "database migrated");
    }
    Ok(())
}
