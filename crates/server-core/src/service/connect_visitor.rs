//! A widget connects.
//!
//! Invariant: connecting stores nothing about a visitor who has not written yet.

use protocol::chatbot::Greeting;
use protocol::conversation::{Country, VisitorConversation};
use protocol::error::ErrorCode;
use protocol::form::{Form, OpeningHours};
use protocol::hello::{ConnectVisitor, ServerInfo, VisitorReady};
use protocol::ids::{ChannelId, ContactId};
use protocol::limits::Limits;
use protocol::version::{Capability, PROTOCOL};

use super::{Service, set_language};
use crate::domain::language::Languages;
use crate::domain::{ContactRecord, Visitor};
use crate::error::{Error, StorageError};
use crate::rules::access::Reader;
use crate::rules::change::fresh_name;
use crate::rules::view::View;

/// What a visitor's token says, once its signature and age were checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedVisitor {
    /// Who.
    pub contact: ContactId,
    /// The channel the token is for.
    pub channel: ChannelId,
}

/// What the carrier knows of where a visitor comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrival {
    /// The page's origin, as the browser says; other programs say none.
    pub origin: Option<String>,
    /// Their country, as far as their connection tells.
    pub country: Option<Country>,
}

/// A visitor has connected. The carrier makes a token for them and says `ready`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitorConnected {
    /// Who they are from now on.
    pub visitor: Visitor,
    /// The channel's name.
    pub channel_name: String,
    /// The conversation to go on with, if there is one.
    pub conversation: Option<VisitorConversation>,
    /// What the chatbot says to somebody without one.
    pub greeting: Option<Greeting>,
    /// What such a one fills in first.
    pub form: Option<Form>,
    /// When somebody is there.
    pub hours: Option<OpeningHours>,
    /// About the server.
    pub server: ServerInfo,
}

impl VisitorConnected {
    /// The frame that answers `connect_visitor`.
    pub fn ready(self, token: String) -> VisitorReady {
        VisitorReady {
            server: self.server,
            token,
            contact: self.visitor.contact,
            channel_name: self.channel_name,
            conversation: self.conversation,
            greeting: self.greeting,
            form: self.form,
            hours: self.hours,
        }
    }
}

impl Service {
    /// Lets a visitor in: the one the token names, or a new one.
    pub fn connect_visitor(
        &self,
        token: Option<VerifiedVisitor>,
        arrival: &Arrival,
        connect: &ConnectVisitor,
    ) -> Result<VisitorConnected, Error> {
        check_version(connect.protocol)?;
        let languages = Languages::told(&connect.languages, &connect.language);
        let (connected, on_record) = self.look(|reading| {
            let channel = reading.channel_by_site(&connect.site)?;
            let channel = channel.ok_or(ErrorCode::UnknownSite)?;
            let origin = arrival.origin.as_deref();
            if origin.is_some_and(|origin| !channel.admits(origin)) {
                return Err(ErrorCode::OriginRefused.into());
            }
            let contact = match token {
                Some(token) if token.channel == channel.id => token.contact,
                Some(_) => return Err(ErrorCode::Unauthenticated.into()),
                None => self.new_contact()?,
            };
            let newest = reading
                .conversations_of_contact(&contact)?
                .into_iter()
                .next();
            let view = View::new(reading, Reader::Visitor(&contact));
            let conversation = newest
                .map(|record| view.conversation(&record))
                .transpose()?;
            let on_record = reading.contact(&contact)?;
            let visitor = Visitor {
                contact,
                channel: channel.id.clone(),
                languages: languages.clone(),
                country: arrival.country.clone(),
                page: connect.page.as_deref().and_then(page_on_record),
                reduced_motion: connect.reduced_motion.unwrap_or(false),
            };
            let (greeting, form) = match conversation {
                Some(_) => (None, None),
                None => (
                    self.greeting(&channel, &visitor)?,
                    self.form(&channel, &languages),
                ),
            };
            let hours = self.hours(&channel);
            let connected = VisitorConnected {
                visitor,
                channel_name: channel.name,
                conversation,
                greeting,
                form,
                hours,
                server: self.server_info(),
            };
            Ok((connected, on_record))
        })?;
        let visitor = &connected.visitor;
        let is_news = |known: &ContactRecord| {
            set_language::told(known, visitor.country.as_ref(), &languages) != *known
        };
        if on_record.as_ref().is_some_and(is_news) {
            self.change(|change| set_language::keep(change, visitor, &languages))?;
        }
        Ok(connected)
    }

    /// What the server says of itself.
    pub fn server_info(&self) -> ServerInfo {
        ServerInfo {
            protocol: PROTOCOL,
            heartbeat_ms: self.settings.heartbeat_ms,
            server_time: self.ports.clock.now(),
            limits: self.limits(),
            capabilities: Capability::KNOWN.to_vec(),
        }
    }

    /// What clients are held to.
    pub fn limits(&self) -> Limits {
        self.settings.limits.clone()
    }

    fn new_contact(&self) -> Result<ContactId, Error> {
        let name = fresh_name(&*self.ports.entropy);
        let id = ContactId::parse(&name);
        id.ok_or_else(|| StorageError::Other("a fresh name is no id".to_owned()).into())
    }
}

/// Longest address of a page that is kept, in bytes.
const LONGEST_PAGE: usize = 2048;

/// A page as scripts' conditions look at it. What is longer than any real one is no page.
fn page_on_record(page: &str) -> Option<String> {
    let page = page.split('#').next().unwrap_or_default();
    (!page.is_empty() && page.len() <= LONGEST_PAGE).then(|| page.to_owned())
}

pub(super) fn check_version(protocol: u32) -> Result<(), Error> {
    if protocol == PROTOCOL {
        Ok(())
    } else {
        Err(ErrorCode::VersionUnsupported.into())
    }
}
