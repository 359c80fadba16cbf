//! From columns to the protocol's words and back.
//!
//! What is stored was checked before it was stored; a word that reads as nothing now is damage
//! and is reported as such, never guessed at.

use protocol::time::Timestamp;
use rusqlite::types::Type;
use rusqlite::{Error, Result, Row};

/// An id, or another word with a reader of its own.
pub(super) fn word<T>(row: &Row<'_>, column: &str, read: fn(&str) -> Option<T>) -> Result<T> {
    let text: String = row.get(column)?;
    read(&text).ok_or_else(|| foreign(column))
}

/// The same, where it may be absent.
pub(super) fn word_if_any<T>(
    row: &Row<'_>,
    column: &str,
    read: fn(&str) -> Option<T>,
) -> Result<Option<T>> {
    let text: Option<String> = row.get(column)?;
    text.map(|text| read(&text).ok_or_else(|| foreign(column)))
        .transpose()
}

/// A list of words, which is kept as a JSON array.
pub(super) fn words(row: &Row<'_>, column: &str) -> Result<Vec<String>> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text).map_err(|_| foreign(column))
}

/// Another value that is kept as JSON, where it may be absent.
pub(super) fn value_if_any<T: serde::de::DeserializeOwned>(
    row: &Row<'_>,
    column: &str,
) -> Result<Option<T>> {
    let text: Option<String> = row.get(column)?;
    text.map(|text| serde_json::from_str(&text).map_err(|_| foreign(column)))
        .transpose()
}

/// A list of words, or another small value, as JSON.
pub(super) fn json<T: serde::Serialize + ?Sized>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::ToSqlConversionFailure(error.into()))
}

/// A time, where it may be absent.
pub(super) fn time_if_any(row: &Row<'_>, column: &str) -> Result<Option<Timestamp>> {
    row.get::<_, Option<i64>>(column)
        .map(|instant| instant.map(Timestamp))
}

/// A count within the 32 bits the port gives it.
pub(super) fn count(row: &Row<'_>, column: &str) -> Result<u32> {
    number(row, column).and_then(|number| u32::try_from(number).map_err(|_| foreign(column)))
}

/// A number that is never negative.
pub(super) fn number(row: &Row<'_>, column: &str) -> Result<u64> {
    let stored: i64 = row.get(column)?;
    u64::try_from(stored).map_err(|_| foreign(column))
}

/// A time.
pub(super) fn time(row: &Row<'_>, column: &str) -> Result<Timestamp> {
    row.get(column).map(Timestamp)
}

/// A count as SQLite keeps it; the protocol's numbers stay below 2^53.
pub(super) fn stored(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A column holds a word that is none of ours.
pub(super) fn foreign(column: &str) -> Error {
    Error::FromSqlConversionFailure(
        0,
        Type::Text,
        format!("the column {column} holds something foreign").into(),
    )
}
