//! A visitor chooses another language for the widget.

use protocol::feed::Feed;
use protocol::hello::Done;
use protocol::ids::ContactId;
use protocol::visitor::SetLanguage;

use super::Service;
use super::once::{Command, bad_frame};
use crate::domain::language::{Languages, is_tag};
use crate::domain::{Fingerprint, Principal, Subject, Visitor};
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
            keep(change, &visitor.contact, &languages)?;
            Ok(None)
        })?;
        Ok(LanguageSet { done, languages })
    }
}

/// Puts what was told on the contact's record, if there is one, and shows it to agents.
pub(super) fn keep(
    change: &mut Change<'_>,
    contact: &ContactId,
    languages: &Languages,
) -> Result<(), Error> {
    let Some(mut record) = change.tx.contact(contact)? else {
        return Ok(());
    };
    let before = (record.language.clone(), record.widget_language.clone());
    record.language.clone_from(&languages.browser);
    record.widget_language = languages.widget_if_different();
    if before == (record.language.clone(), record.widget_language.clone()) {
        return Ok(());
    }
    change.tx.put_contact(&record)?;
    for mut conversation in change.tx.conversations_of_contact(contact)? {
        conversation.version += 1;
        change.tx.put_conversation(&conversation)?;
        let summary = Subject::Summary(conversation.id.clone());
        change.entry(Feed::Conversation(conversation.id), &summary)?;
        change.entry(Feed::Channel(conversation.channel), &summary)?;
    }
    Ok(())
}
