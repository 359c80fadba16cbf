//! Work finds its agent: what waits is held out, what is over ends, what nobody answers goes on.
//!
//! Called by one task of the server, whenever the line changed and when the instant it was given
//! has come; it may be called at any other time, too. Invariants: each step is a transaction of
//! its own and looks at storage again before it acts, so that what agents do meanwhile wins; after
//! a fault nothing is half done, and the next call begins with a fresh look at everything.

use std::sync::{MutexGuard, PoisonError};

use protocol::agent::{OfferReason, OfferStatus};
use protocol::ids::{AgentId, ConversationId};
use protocol::time::Timestamp;
use protocol::visitor::PlaceChanged;

use super::Service;
use crate::assignment::{Choice, Reason};
use crate::domain::OfferRecord;
use crate::error::Error;
use crate::rules::attendance::{self, Moved};
use crate::rules::edit::Edit;
use crate::rules::line::{self, Stale, Table};
use crate::rules::offering;
use crate::rules::places::Places;
use crate::rules::presence::{Absence, Due};

/// How many offers are looked at together when deadlines have passed.
const OFFERS_AT_ONCE: u32 = 50;
/// How many conversations of somebody who is gone are looked at together.
const CONVERSATIONS_AT_ONCE: u32 = 50;

impl Service {
    /// Does all that is due and says when to call again although nothing happens.
    pub fn distribute(&self) -> Result<Option<Timestamp>, Error> {
        let mut kept = self.line.table();
        // Taken out, so that a fault leaves nothing that might be wrong.
        let mut table = match kept.take() {
            Some(table) => table,
            None => self.lay_table()?,
        };
        let silence = self.end_silent()?;
        loop {
            self.end_due_offers()?;
            self.see_off_absent()?;
            self.refresh(&mut table)?;
            if self.line.note_attended(table.attended()) {
                self.look_for_nobody()?;
            }
            let now = self.ports.clock.now();
            let draw = self.ports.entropy.draw() as u64;
            match table.board.next(now, draw) {
                Some(choice) => self.offer(&choice, now)?,
                None => break,
            }
        }
        let round = self.tell_places(&table)?;
        let next = self.next_due(&table)?;
        *kept = Some(table);
        Ok(next.into_iter().chain(round).chain(silence).min())
    }

    /// Tells visitors their places in line. Says when to come back, if this was too soon.
    fn tell_places(&self, table: &Table) -> Result<Option<Timestamp>, Error> {
        let now = self.ports.clock.now();
        let mut places = self.places();
        let next = places.next_round(now);
        if next > now {
            // Whoever was told something and is served, or held out, by now is told that, too.
            let is_news_possible = table.is_anybody_waiting() || !places.is_empty();
            return Ok(Some(next).filter(|_| is_news_possible));
        }
        let (mut news, gone) = places.round(table.places(now), now);
        self.look(|reading| {
            for session in gone {
                let known = reading.session(&session)?;
                match known {
                    Some(known) if known.waiting_since.is_some() && known.ended_at.is_none() => {
                        news.extend(places.is_next(&session));
                    }
                    _ => places.forget(&session),
                }
            }
            Ok(())
        })?;
        drop(places);
        for notice in &news {
            self.ports.publisher.place_changed(notice);
        }
        Ok(None)
    }

    /// What a visitor who has just come is told of their place in line.
    pub fn place(&self, conversation: &ConversationId) -> Result<Option<PlaceChanged>, Error> {
        let record = self.look(|reading| Ok(reading.conversation(conversation)?))?;
        Ok(record.and_then(|record| self.places().of(&record.session)))
    }

    fn places(&self) -> MutexGuard<'_, Places> {
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Everything as storage has it.
    fn lay_table(&self) -> Result<Table, Error> {
        // What is named from here on is read again; all before is read now.
        drop(self.line.take_stale());
        let now = self.ports.clock.now();
        self.look(|reading| {
            let mut table = Table::new();
            for agent in reading.agents()? {
                let signed_in = reading.is_signed_in(&agent.id, now)?;
                self.presence.learn(&agent.id, signed_in);
                let seen =
                    line::see_agent(reading, &agent, now, &self.settings.offers, &self.presence)?;
                table.set_agent(seen);
            }
            for session in reading.waiting_sessions()? {
                if let Some(waiting) = line::see_waiting(reading, session)? {
                    table.add_session(waiting);
                }
            }
            Ok(table)
        })
    }

    /// Looks again at what has changed.
    fn refresh(&self, table: &mut Table) -> Result<(), Error> {
        let now = self.ports.clock.now();
        let silent = table.silent(now);
        let stale = self.line.take_stale();
        for (channel, at) in &stale.departed {
            table.board.departed(channel, *at);
        }
        let quieter = self.look(|reading| {
            let mut quieter = Vec::new();
            for id in stale.agents.iter().chain(&silent) {
                let Some(agent) = reading.agent(id)? else {
                    table.remove_agent(id);
                    continue;
                };
                let seen =
                    line::see_agent(reading, &agent, now, &self.settings.offers, &self.presence)?;
                if table.set_agent(seen) && !stale.agents.contains(id) {
                    quieter.push(id.clone());
                }
            }
            for id in &stale.sessions {
                match line::see_session(reading, id)? {
                    Some(waiting) => table.add_session(waiting),
                    None => table.remove_session(id),
                }
            }
            Ok(quieter)
        })?;
        if quieter.is_empty() {
            return Ok(());
        }
        // Nobody did anything, so nobody has told their screens.
        self.change(|change| {
            for agent in &quieter {
                change.agent_changed(agent)?;
            }
            Ok(())
        })
    }

    /// Ends offers whose deadline has passed.
    fn end_due_offers(&self) -> Result<(), Error> {
        loop {
            let now = self.ports.clock.now();
            let next = self.look(|reading| Ok(reading.next_offers(OFFERS_AT_ONCE)?))?;
            let due: Vec<_> = next.iter().filter(|it| it.expires_at <= now).collect();
            if due.is_empty() {
                return Ok(());
            }
            for offer in due {
                self.end_due_offer(offer)?;
            }
        }
    }

    /// Nobody misses what they could not see: without a screen an offer is not missed, and the
    /// agent stays what they are.
    fn end_due_offer(&self, offer: &OfferRecord) -> Result<(), Error> {
        self.change(|change| {
            let Some(offer) = change.tx.offer(&offer.id)? else {
                return Ok(());
            };
            if offer.status != OfferStatus::Open || offer.expires_at > change.now {
                return Ok(());
            }
            if self.presence.is_here(&offer.agent) {
                offering::miss(change, offer)
            } else {
                offering::end(change, offer, OfferStatus::Disconnected)
            }
        })
    }

    /// Draws the consequences of agents' absence.
    fn see_off_absent(&self) -> Result<(), Error> {
        let now = self.ports.clock.now();
        for due in self.presence.due(now, &self.settings.offers) {
            self.end_offers_of_absent(&due.agent)?;
            if due.absence == Absence::Gone {
                self.return_sessions(&due)?;
            }
            self.presence.settle(&due);
            self.line.note_agent(&due.agent);
        }
        Ok(())
    }

    fn end_offers_of_absent(&self, agent: &AgentId) -> Result<(), Error> {
        let open = self.look(|reading| Ok(reading.open_offers(agent)?))?;
        if open.is_empty() {
            return Ok(());
        }
        self.change(|change| offering::end_all(change, agent, OfferStatus::Disconnected))
    }

    /// Puts back in line what was alive when the agent went. What had fallen silent before stays
    /// with them until its visitor writes again.
    fn return_sessions(&self, due: &Due) -> Result<(), Error> {
        let alive = due.since.plus(-self.settings.offers.silent_after_ms);
        loop {
            let owned = self.look(|reading| {
                let limit = CONVERSATIONS_AT_ONCE;
                Ok(reading.owned_conversations(&due.agent, alive, limit)?)
            })?;
            if owned.is_empty() {
                return Ok(());
            }
            for conversation in owned {
                self.return_session(&due.agent, &conversation.id)?;
            }
        }
    }

    fn return_session(&self, agent: &AgentId, id: &ConversationId) -> Result<(), Error> {
        self.change(|change| {
            let Some(record) = change.tx.conversation(id)? else {
                return Ok(());
            };
            let mut edit = Edit::of(record);
            if attendance::leave(change, &mut edit, agent)? == Moved::Yes {
                edit.finish(change)?;
            }
            Ok(())
        })
    }

    /// Holds a session out, if what was known of it and of the agent still holds.
    fn offer(&self, choice: &Choice, now: Timestamp) -> Result<(), Error> {
        let (session, agent) = (&choice.session.session, &choice.agent);
        let made = self.change_at(now, |change| {
            let reading = change.reading();
            if line::see_session(reading, session)?.is_none() {
                return Ok(false);
            }
            let (Some(session), Some(agent)) = (reading.session(session)?, reading.agent(agent)?)
            else {
                return Ok(false);
            };
            let settings = &self.settings.offers;
            let seen = line::see_agent(reading, &agent, now, settings, &self.presence)?;
            if !seen.standing.is_in_play() || seen.standing.room() == 0 {
                return Ok(false);
            }
            let Some(record) = reading.conversation(&session.conversation)? else {
                return Ok(false);
            };
            let reasons = choice.why.iter().map(|why| reason(*why)).collect();
            let channel = reading.channel(&record.channel)?;
            let site = channel.map(|channel| channel.site);
            let rules = site.map(|site| self.ports.sites.rules(&site));
            if rules.is_some_and(|rules| rules.auto_accept) {
                offering::give(change, &record, &session, &agent, reasons)?;
                let mut edit = Edit::of(record);
                attendance::take(change, &mut edit, &agent.id)?;
                edit.finish(change)?;
            } else {
                offering::hold_out(change, &record, &session, &agent, reasons)?;
            }
            Ok(true)
        })?;
        if !made {
            self.line.note(Stale {
                sessions: [session.clone()].into(),
                agents: [agent.clone()].into(),
                departed: Vec::new(),
            });
        }
        Ok(())
    }

    fn next_due(&self, table: &Table) -> Result<Option<Timestamp>, Error> {
        let offers = self.look(|reading| Ok(reading.next_offers(1)?))?;
        let deadline = offers.first().map(|offer| offer.expires_at);
        let absence = self.presence.next_due(&self.settings.offers);
        let all = [deadline, absence, table.next_change()];
        Ok(all.into_iter().flatten().min())
    }
}

fn reason(why: Reason) -> OfferReason {
    OfferReason::read(why.as_str())
}
