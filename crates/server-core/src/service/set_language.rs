//! A visitor chooses another language for the widget.

use protocol::conversation::Country;
use protocol::feed::Feed;
use protocol::hello::Done;
use protocol::visitor::SetLanguage;

use super::Service;
use super::once::{Command, bad_frame};
use crate::domain::language::{Languages, is_tag};
use crate::domain::{ContactRecord, Fingerprint, Principal, Subject, Visitor};
use crate::error::Error;
use crate::rules::change::Change;

/// The language was set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LanguageSet {
    /// The answer.
    pub done: Done,
    /// What the carrier keeps in the socket's [`Visitor`] from now on: it goes on record with
    /// the first message.
    pub languages: Languages,
}

impl Service {
    /// Notes the widget's language, on record when the visitor is.
    pub fn set_language(
        &self,
        visitor: &Visitor,
        order: &SetLanguage,
    ) -> Result<LanguageSet, Error> {
        let languages = Languages {
            browser: visitor.languages.browser.clone(),
            widget: Some(order.language.clone()),
        };
        let command = Command {
            principal: &Principal::Visitor(visitor.clone()),
            client_id: &order.client_id,
            fingerprint: Fingerprint::of(&["set_language", &order.language]),
        };
        let done = self.once(&command, |change| {
            if !is_tag(&order.language) {
                return Err(bad_frame("language is not a BCP 47 tag"));
            }
            keep(change, visitor, &languages)?;
            Ok(None)
        })?;
        Ok(LanguageSet { done, languages })
    }
}

/// The record with what was told last. A guess does not replace a country that was found, and
/// a connection from nowhere in particular replaces none.
pub(super) fn told(
    known: &ContactRecord,
    country: Option<&Country>,
    languages: &Languages,
) -> ContactRecord {
    let mut record = known.clone();
    record.language.clone_from(&languages.browser);
    record.widget_language = languages.widget_if_different();
    let was_found = known.country.as_ref().is_some_and(|known| !known.guessed);
    if let Some(country) = country.filter(|country| !(country.guessed && was_found)) {
        record.country = Some(country.clone());
    }
    record
}

/// Puts what was told on the contact's record, if there is one, and shows it to agents.
pub(super) fn keep(
    change: &mut Change<'_>,
    visitor: &Visitor,
    languages: &Languages,
) -> Result<(), Error> {
    let Some(known) = change.tx.contact(&visitor.contact)? else {
        return Ok(());
    };
    let record = told(&known, visitor.country.as_ref(), languages);
    if record == known {
        return Ok(());
    }
    change.tx.put_contact(&record)?;
    for mut conversation in change.tx.conversations_of_contact(&visitor.contact)? {
        conversation.version += 1;
        change.tx.put_conversation(&conversation)?;
        let summary = Subject::Summary(conversation.id.clone());
        change.entry(Feed::Conversation(conversation.id), &summary)?;
        change.entry(Feed::Channel(conversation.channel), &summary)?;
    }
    Ok(())
}
