//! Agent states, the waiting line and offers.

use protocol::agent::{Availability, BusyReason, DeclineReason, OfferReason, OfferStatus};
use protocol::ids::{AgentId, OfferId};
use protocol::time::Timestamp;

use super::samples::{
    HOSTILE, agent, agent_id, conversation, conversation_id, furnish, id, put_conversation,
    session, session_id,
};
use super::{Cases, Failure, Outcome, refused, same};
use crate::domain::{
    AgentStateRecord, Chosen, OfferRecord, Ownership, SignInRecord, TokenDigest, TurnRecord,
    Workload,
};
use crate::error::StorageError;
use crate::ports::storage::{Reading, Storage, Stored, read, write};

pub(super) const CASES: Cases = &[
    ("all_agents_are_listed", all_agents),
    ("states_come_back_as_they_were", states),
    ("a_sign_in_that_holds_is_known", signed_in),
    ("owners_come_back_as_they_were", owners),
    ("work_is_what_runs_and_is_not_silent", workload),
    ("waiting_sessions_are_found_the_longest_wait_first", waiting),
    ("turns_come_back_as_they_were", turns),
    ("offers_come_back_as_they_were", offers),
    ("a_session_has_one_open_offer", rivals),
    ("open_offers_are_found_and_no_others", open_offers),
];

fn look<T>(
    storage: &dyn Storage,
    work: impl FnOnce(&dyn Reading) -> Stored<T>,
) -> Result<T, Failure> {
    Ok(read::<_, StorageError>(storage, work)?)
}

fn offer_id(name: &str) -> Stored<OfferId> {
    id(OfferId::parse, name)
}

fn offer(name: &str, conversation: &str, agent: &str) -> Stored<OfferRecord> {
    Ok(OfferRecord {
        id: offer_id(name)?,
        session: session_id(&format!("session-{conversation}"))?,
        conversation: conversation_id(conversation)?,
        agent: agent_id(agent)?,
        status: OfferStatus::Open,
        taken_by: None,
        decline_reason: None,
        expertise: vec![HOSTILE.to_owned()],
        own_expertise: true,
        reasons: vec![OfferReason::Country, OfferReason::LeastBusy],
        waiting_since: Timestamp(-5),
        offered_at: Timestamp(10),
        expires_at: Timestamp(40),
        ended_at: None,
    })
}

fn all_agents(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    let all = look(storage, |reading| reading.agents())?;
    same(all, vec![agent("ana")?, agent("ben")?])
}

fn states(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    let state = AgentStateRecord {
        agent: agent_id("ana")?,
        availability: Availability::Missed,
        since: Timestamp(77),
        chosen: Chosen::Busy(Some(BusyReason::Paperwork)),
        missed: Some(offer_id("o1")?),
        last_offered_at: Some(Timestamp(70)),
        misses_forgiven: 3,
    };
    let find = |name: &str| look(storage, |reading| reading.agent_state(&agent_id(name)?));
    same(find("ana")?, None)?;
    write(storage, |tx| tx.put_agent_state(&state))?;
    same(find("ana")?, Some(state.clone()))?;
    same(find("ben")?, None)?;
    for chosen in [Chosen::Busy(None), Chosen::Available] {
        let changed = AgentStateRecord {
            chosen,
            ..AgentStateRecord::first(state.agent.clone(), Timestamp(1))
        };
        write(storage, |tx| tx.put_agent_state(&changed))?;
        same(find("ana")?, Some(changed))?;
    }
    Ok(())
}

fn signed_in(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    write::<_, StorageError>(storage, |tx| {
        for (token, expires_at) in [("a", 10), ("b", 20)] {
            tx.put_sign_in(&SignInRecord {
                token: TokenDigest(token.to_owned()),
                agent: agent_id("ana")?,
                created_at: Timestamp(1),
                expires_at: Timestamp(expires_at),
            })?;
        }
        Ok(())
    })?;
    let holds = |name: &str, at| {
        look(storage, |reading| {
            reading.is_signed_in(&agent_id(name)?, Timestamp(at))
        })
    };
    same(holds("ana", 19)?, true)?;
    same(holds("ana", 20)?, false)?;
    same(holds("ben", 0)?, false)
}

/// Makes an agent the owner of `c1` (active at 100), `c2` (200), `c3` (300, over) and `c4` (400).
fn put_owned(storage: &dyn Storage, agent: &AgentId) -> Outcome {
    furnish(storage)?;
    write::<_, StorageError>(storage, |tx| {
        for (name, at) in [("c1", 100), ("c2", 200), ("c3", 300), ("c4", 400)] {
            let mut record = conversation(name, "kim", "support", 1)?;
            record.owner = Some(Ownership {
                agent: agent.clone(),
                active_at: Timestamp(at),
            });
            if name == "c3" {
                record.live_status = None;
            }
            tx.put_conversation(&record)?;
        }
        Ok(())
    })?;
    Ok(())
}

fn owners(storage: &dyn Storage) -> Outcome {
    let ana = agent_id("ana")?;
    put_owned(storage, &ana)?;
    let find = || {
        look(storage, |reading| {
            reading.conversation(&conversation_id("c2")?)
        })
    };
    let owner = find()?.and_then(|record| record.owner);
    let wanted = Ownership {
        agent: ana,
        active_at: Timestamp(200),
    };
    same(owner, Some(wanted))?;
    let without = conversation("c2", "kim", "support", 1)?;
    write(storage, |tx| tx.put_conversation(&without))?;
    same(find()?, Some(without))
}

fn workload(storage: &dyn Storage) -> Outcome {
    let (ana, ben) = (agent_id("ana")?, agent_id("ben")?);
    put_owned(storage, &ana)?;
    let load =
        |agent: &AgentId, since| look(storage, |reading| reading.workload(agent, Timestamp(since)));
    let wanted = |conversations, quietest: Option<i64>| Workload {
        conversations,
        quietest: quietest.map(Timestamp),
    };
    same(load(&ana, 0)?, wanted(3, Some(100)))?;
    same(load(&ana, 200)?, wanted(2, Some(200)))?;
    same(load(&ana, 401)?, wanted(0, None))?;
    same(load(&ben, 0)?, wanted(0, None))?;
    let names = |since, limit| {
        look(storage, |reading| {
            let owned = reading.owned_conversations(&ana, Timestamp(since), limit)?;
            Ok(owned.iter().map(|row| row.id.as_str().to_owned()).collect())
        })
    };
    same::<Vec<String>>(names(0, 10)?, vec!["c1".into(), "c2".into(), "c4".into()])?;
    same::<Vec<String>>(names(101, 1)?, vec!["c2".into()])
}

fn waiting(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    let wait = |name: &str, since: Option<i64>, ended: Option<i64>| -> Stored<_> {
        let mut record = session(name)?;
        record.waiting_since = since.map(Timestamp);
        record.ended_at = ended.map(Timestamp);
        Ok(record)
    };
    let (second, first) = (wait("c2", Some(20), None)?, wait("c4", Some(10), None)?);
    write::<_, StorageError>(storage, |tx| {
        for name in ["c2", "c3", "c4", "c5"] {
            put_conversation(tx, name, "support", 1)?;
        }
        tx.put_session(&second)?;
        tx.put_session(&wait("c3", Some(5), Some(6))?)?;
        tx.put_session(&first)?;
        tx.put_session(&wait("c5", None, None)?)
    })?;
    let found = look(storage, |reading| reading.waiting_sessions())?;
    same(found, vec![first.clone(), second])?;
    let over = wait("c4", None, None)?;
    write(storage, |tx| tx.put_session(&over))?;
    let found = look(storage, |reading| reading.waiting_sessions())?;
    same(found.len(), 1)?;
    let again = look(storage, |reading| reading.session(&over.id))?;
    same(again, Some(over))
}

fn turns(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    let turn = |session: &str, agent: &str, count| -> Stored<_> {
        Ok(TurnRecord {
            session: session_id(session)?,
            agent: agent_id(agent)?,
            count,
            last_at: Timestamp(count.into()),
        })
    };
    write::<_, StorageError>(storage, |tx| {
        tx.put_turn(&turn("s1", "ben", 1)?)?;
        tx.put_turn(&turn("s1", "ana", 1)?)?;
        tx.put_turn(&turn("s2", "ana", 9)?)?;
        tx.put_turn(&turn("s1", "ben", 2)?)
    })?;
    let first = session_id("s1")?;
    let found = look(storage, |reading| reading.turns(&first))?;
    same(found, vec![turn("s1", "ana", 1)?, turn("s1", "ben", 2)?])
}

fn offers(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    let open = offer("o1", "c1", "ana")?;
    write(storage, |tx| tx.put_offer(&open))?;
    let find = |name: &str| look(storage, |reading| reading.offer(&offer_id(name)?));
    same(find("o1")?, Some(open.clone()))?;
    same(find("o2")?, None)?;
    let over = OfferRecord {
        status: OfferStatus::TakenByAnother,
        taken_by: Some(agent_id("ben")?),
        decline_reason: Some(DeclineReason::Language),
        reasons: Vec::new(),
        expertise: Vec::new(),
        own_expertise: false,
        ended_at: Some(Timestamp(39)),
        ..open
    };
    write(storage, |tx| tx.put_offer(&over))?;
    same(find("o1")?, Some(over))
}

fn rivals(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    let mut first = offer("o1", "c1", "ana")?;
    write(storage, |tx| tx.put_offer(&first))?;
    let second = offer("o2", "c1", "ben")?;
    refused(write(storage, |tx| tx.put_offer(&second)))?;
    same(
        look(storage, |reading| reading.offer(&first.id))?,
        Some(first.clone()),
    )?;
    // The same one may be kept again, and another once it is over.
    write(storage, |tx| tx.put_offer(&first))?;
    first.status = OfferStatus::Declined;
    write::<_, StorageError>(storage, |tx| {
        tx.put_offer(&first)?;
        tx.put_offer(&second)
    })?;
    let open = look(storage, |reading| reading.open_offer(&first.session))?;
    same(open, Some(second))
}

fn open_offers(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    let make = |name: &str, agent: &str, offered_at, expires_at| -> Stored<_> {
        Ok(OfferRecord {
            offered_at: Timestamp(offered_at),
            expires_at: Timestamp(expires_at),
            ..offer(name, name, agent)?
        })
    };
    let late = make("o1", "ana", 30, 90)?;
    let early = make("o2", "ana", 20, 95)?;
    let other = make("o3", "ben", 10, 80)?;
    let over = OfferRecord {
        status: OfferStatus::Missed,
        ..make("o4", "ana", 1, 2)?
    };
    write::<_, StorageError>(storage, |tx| {
        for record in [&late, &early, &other, &over] {
            tx.put_offer(record)?;
        }
        Ok(())
    })?;
    let of_ana = look(storage, |reading| reading.open_offers(&agent_id("ana")?))?;
    same(of_ana, vec![early, late.clone()])?;
    let next = look(storage, |reading| reading.next_offers(2))?;
    same(next, vec![other, late])?;
    same(
        look(storage, |reading| reading.open_offer(&over.session))?,
        None,
    )
}
