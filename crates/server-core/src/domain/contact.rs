//! Contacts: the record of the person who writes in the widget.
//!
//! Invariant: none exists before its first message.

use protocol::conversation::{ContactRef, Country};
use protocol::ids::{ChannelId, ContactId};
use protocol::time::Timestamp;

/// A visitor on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactRecord {
    /// Which one.
    pub id: ContactId,
    /// Where they came in.
    pub channel: ChannelId,
    /// Their name, once told.
    pub name: Option<String>,
    /// Their e-mail address, once told.
    pub email: Option<String>,
    /// Their telephone number, once told, as it is dialled.
    pub phone: Option<String>,
    /// First language of their browser, as a BCP 47 tag.
    pub language: Option<String>,
    /// Language of the widget, kept only when it differs.
    pub widget_language: Option<String>,
    /// Where they are, as far as is known.
    pub country: Option<Country>,
    /// Since when they are on record.
    pub created_at: Timestamp,
}

impl ContactRecord {
    /// The contact as agents see it.
    pub fn to_ref(&self) -> ContactRef {
        ContactRef {
            id: self.id.clone(),
            name: self.name.clone(),
            language: self.language.clone(),
            widget_language: self.widget_language.clone(),
            country: self.country.clone(),
        }
    }
}
