//! Lets go of what was kept only for a time: answers, feed entries, expired sign-ins, files that
//! nobody posted.
//!
//! Messages are never touched. Work is cut into small transactions, so that nobody waits long
//! behind it.

use super::Service;
use crate::error::Error;
use crate::rules::availability;

/// How much one transaction takes on.
const ANSWERS_AT_ONCE: u32 = 1000;
const FEEDS_AT_ONCE: u32 = 50;
const VERSIONS_AT_ONCE: u32 = 200;

/// What was let go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Forgotten {
    /// Answers to commands.
    pub answers: u64,
    /// Entries of feeds; who was away longer gets a fresh copy instead.
    pub entries: u64,
    /// Expired sign-ins.
    pub sign_ins: u64,
    /// Files that were announced and never posted.
    pub uploads: u64,
    /// Versions of shared notes that were only steps to the next one.
    pub versions: u64,
}

impl Service {
    /// Forgets everything that is due. Called once in a while.
    pub fn forget_old(&self) -> Result<Forgotten, Error> {
        Ok(Forgotten {
            answers: self.forget_old_answers()?,
            entries: self.trim_feeds()?,
            sign_ins: self.forget_sign_ins()?,
            uploads: self.forget_unposted()?,
            versions: self.forget_passing_versions()?,
        })
    }

    /// Forgets sign-ins that have run out. Whose last one it was is at work no longer.
    fn forget_sign_ins(&self) -> Result<u64, Error> {
        let (removed, gone) = self.change(|change| {
            let now = change.now;
            let removed = change.tx.remove_sign_ins_expired_before(now)?;
            let mut gone = Vec::new();
            if removed > 0 {
                for agent in change.tx.agents()? {
                    if !change.tx.is_signed_in(&agent.id, now)? {
                        availability::signed_out(change, &agent.id)?;
                        gone.push(agent.id);
                    }
                }
            }
            Ok((removed, gone))
        })?;
        for agent in gone {
            self.presence.signed_out(&agent, self.ports.clock.now());
            self.look_at_agent_again(&agent);
        }
        Ok(removed.into())
    }

    /// Forgets answers whose time is over.
    pub fn forget_old_answers(&self) -> Result<u64, Error> {
        let mut all = 0;
        loop {
            let removed = self.change(|change| {
                let due = change.now.plus(-self.settings.answers_kept_ms);
                Ok(change.tx.remove_answers_before(due, ANSWERS_AT_ONCE)?)
            })?;
            all += u64::from(removed);
            if removed < ANSWERS_AT_ONCE {
                return Ok(all);
            }
        }
    }

    /// Forgets versions of shared notes that history does not show. By then every client that went
    /// on from one has saved: what it writes it keeps no longer than answers are remembered.
    fn forget_passing_versions(&self) -> Result<u64, Error> {
        let mut all = 0;
        loop {
            let removed = self.change(|change| {
                let due = change.now.plus(-self.settings.answers_kept_ms);
                let tx = &mut *change.tx;
                Ok(tx.remove_passing_shared_notes_before(due, VERSIONS_AT_ONCE)?)
            })?;
            all += u64::from(removed);
            if removed < VERSIONS_AT_ONCE {
                return Ok(all);
            }
        }
    }

    /// Forgets feed entries whose time is over.
    pub fn trim_feeds(&self) -> Result<u64, Error> {
        let mut all = 0;
        loop {
            let removed = self.change(|change| {
                let due = change.now.plus(-self.settings.entries_kept_ms);
                let mut removed = 0;
                for feed in change.tx.feeds_with_entries_before(due, FEEDS_AT_ONCE)? {
                    removed += u64::from(change.tx.trim_feed(&feed, due)?);
                }
                Ok(removed)
            })?;
            all += removed;
            if removed == 0 {
                return Ok(all);
            }
        }
    }
}
