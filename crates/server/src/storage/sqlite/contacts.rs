//! Contacts.

use protocol::conversation::Country;
use protocol::ids::{ChannelId, ContactId};
use rusqlite::{Connection, OptionalExtension, Result, Row, params};
use server_core::domain::ContactRecord;

use super::row::{time, word};

pub(super) fn find(connection: &Connection, id: &ContactId) -> Result<Option<ContactRecord>> {
    connection
        .prepare_cached("SELECT * FROM contacts WHERE id = ?1")?
        .query_row([id.as_str()], |row| {
            Ok(ContactRecord {
                id: word(row, "id", ContactId::parse)?,
                channel: word(row, "channel", ChannelId::parse)?,
                name: row.get("name")?,
                email: row.get("email")?,
                phone: row.get("phone")?,
                language: row.get("language")?,
                widget_language: row.get("widget_language")?,
                country: country(row)?,
                created_at: time(row, "created_at")?,
            })
        })
        .optional()
}

pub(super) fn put(connection: &Connection, contact: &ContactRecord) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO contacts
                 (id, channel, name, language, widget_language, created_at, country,
                  country_guessed, email, phone)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            contact.id.as_str(),
            contact.channel.as_str(),
            contact.name,
            contact.language,
            contact.widget_language,
            contact.created_at.0,
            contact.country.as_ref().map(|country| &country.code),
            contact
                .country
                .as_ref()
                .is_some_and(|country| country.guessed),
            contact.email,
            contact.phone,
        ])?;
    Ok(())
}

fn country(row: &Row<'_>) -> Result<Option<Country>> {
    let guessed = row.get("country_guessed")?;
    let code: Option<String> = row.get("country")?;
    Ok(code.map(|code| Country { code, guessed }))
}
