//! Channels, agents, sign-ins, contacts, and the server's own values.

use protocol::time::Timestamp;

use super::samples::{agent, agent_id, channel, channel_id, contact, contact_id, furnish, site};
use super::{Cases, Outcome, refused, same};
use crate::domain::{AgentRole, SignInRecord, TokenDigest};
use crate::error::StorageError;
use crate::ports::storage::{Storage, read, write};

pub(super) const CASES: Cases = &[
    ("channels_come_back_as_they_were", channels),
    ("site_keys_are_unique", site_keys),
    ("agents_come_back_as_they_were", agents),
    ("email_addresses_are_unique", emails),
    ("agents_answer_where_they_were_put", memberships),
    ("sign_ins_come_and_go", sign_ins),
    ("contacts_come_back_as_they_were", contacts),
    ("values_of_the_server_are_replaced", values),
];

fn channels(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    let mut changed = channel("support")?;
    changed.name = "Helpdesk".to_owned();
    changed.allowed_origins.clear();
    write(storage, |tx| tx.put_channel(&changed))?;
    let (by_id, by_site, none, all) = read::<_, StorageError>(storage, |reading| {
        Ok((
            reading.channel(&channel_id("sales")?)?,
            reading.channel_by_site(&site("site-support")?)?,
            reading.channel_by_site(&site("support")?)?,
            reading.channels()?,
        ))
    })?;
    same(by_id, Some(channel("sales")?))?;
    same(by_site, Some(changed.clone()))?;
    same(none, None)?;
    same(all, vec![channel("sales")?, changed])
}

fn site_keys(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    let mut rival = channel("third")?;
    rival.site = site("site-sales")?;
    refused(write(storage, |tx| tx.put_channel(&rival)))
}

fn agents(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    let mut changed = agent("ben")?;
    changed.role = AgentRole::Agent;
    changed.email = "benjamin@example.com".to_owned();
    write(storage, |tx| tx.put_agent(&changed))?;
    let (by_id, by_email, old_email, none) = read::<_, StorageError>(storage, |reading| {
        Ok((
            reading.agent(&agent_id("ana")?)?,
            reading.agent_by_email("benjamin@example.com")?,
            reading.agent_by_email("ben@example.com")?,
            reading.agent(&agent_id("nobody")?)?,
        ))
    })?;
    same(by_id, Some(agent("ana")?))?;
    same(by_email, Some(changed))?;
    same(old_email, None)?;
    same(none, None)
}

fn emails(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    let mut rival = agent("rival")?;
    rival.email = agent("ana")?.email;
    refused(write(storage, |tx| tx.put_agent(&rival)))
}

fn memberships(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    let (ana, ben) = (agent_id("ana")?, agent_id("ben")?);
    let (support, sales) = (channel_id("support")?, channel_id("sales")?);
    write::<_, StorageError>(storage, |tx| {
        tx.put_channel_agent(&support, &ana)?;
        tx.put_channel_agent(&support, &ana)?;
        tx.put_channel_agent(&sales, &ana)?;
        tx.put_channel_agent(&sales, &ben)
    })?;
    let (of_ana, of_ben, answers) = read::<_, StorageError>(storage, |reading| {
        let answers = [
            reading.answers_in(&ana, &support)?,
            reading.answers_in(&ben, &support)?,
            reading.answers_in(&ben, &sales)?,
        ];
        Ok((
            reading.channels_of_agent(&ana)?,
            reading.channels_of_agent(&ben)?,
            answers,
        ))
    })?;
    same(of_ana, vec![channel("sales")?, channel("support")?])?;
    let in_sales = read::<_, StorageError>(storage, |reading| reading.agents_of_channel(&sales))?;
    same(in_sales, vec![agent("ana")?, agent("ben")?])?;
    same(of_ben, vec![channel("sales")?])?;
    same(answers, [true, false, true])
}

fn sign_ins(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    let sign_in = |token: &str, expires_at| -> Result<_, StorageError> {
        Ok(SignInRecord {
            token: TokenDigest(token.to_owned()),
            agent: agent_id("ana")?,
            created_at: Timestamp(1),
            expires_at: Timestamp(expires_at),
        })
    };
    write::<_, StorageError>(storage, |tx| {
        for (token, expires_at) in [("a", 10), ("b", 20), ("c", 30), ("d", 5)] {
            tx.put_sign_in(&sign_in(token, expires_at)?)?;
        }
        // Renewed: it outlives the others.
        tx.put_sign_in(&sign_in("d", 40)?)?;
        tx.remove_sign_in(&TokenDigest("c".to_owned()))?;
        tx.remove_sign_in(&TokenDigest("unknown".to_owned()))
    })?;
    let removed = write(storage, |tx| {
        tx.remove_sign_ins_expired_before(Timestamp(20))
    })?;
    same(removed, 1)?;
    let find = |token: &str| {
        read::<_, StorageError>(storage, |reading| {
            reading.sign_in(&TokenDigest(token.to_owned()))
        })
    };
    same(find("a")?, None)?;
    same(find("b")?, Some(sign_in("b", 20)?))?;
    same(find("c")?, None)?;
    same(find("d")?, Some(sign_in("d", 40)?))
}

fn contacts(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    let find = |name: &str| {
        read::<_, StorageError>(storage, |reading| reading.contact(&contact_id(name)?))
    };
    same(find("kim")?, Some(contact("kim", "support")?))?;
    same(find("nobody")?, None)?;
    let mut changed = contact("kim", "support")?;
    changed.name = None;
    changed.language = None;
    changed.widget_language = Some("ar".to_owned());
    changed.country = None;
    write(storage, |tx| tx.put_contact(&changed))?;
    same(find("kim")?, Some(changed))
}

fn values(storage: &dyn Storage) -> Outcome {
    let find = || read::<_, StorageError>(storage, |reading| reading.meta("key"));
    same(find()?, None)?;
    write(storage, |tx| tx.put_meta("key", "first"))?;
    write(storage, |tx| tx.put_meta("key", super::samples::HOSTILE))?;
    same(find()?.as_deref(), Some(super::samples::HOSTILE))
}
