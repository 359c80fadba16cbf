//! Mentions: kept once for each note and agent, found from both ends.

use protocol::ids::TeamId;
use protocol::seq::Position;

use super::samples::{agent_id, conversation_id, furnish, id, message_id};
use super::{Cases, Outcome, same};
use crate::domain::MentionRecord;
use crate::error::StorageError;
use crate::ports::storage::{Storage, Stored, read, write};

pub(super) const CASES: Cases = &[
    ("mentions_come_back_as_they_were", records),
    ("mentions_that_were_not_seen_come_first", order),
    ("mentions_not_seen_are_those_of_one_conversation", unseen),
];

fn mention(note: &str, agent: &str, conversation: &str, place: u64) -> Stored<MentionRecord> {
    Ok(MentionRecord {
        note: message_id(note)?,
        agent: agent_id(agent)?,
        conversation: conversation_id(conversation)?,
        position: Position(place),
        team: None,
        seen: false,
    })
}

fn put(storage: &dyn Storage, mentions: &[MentionRecord]) -> Outcome {
    write::<_, StorageError>(storage, |tx| {
        mentions.iter().try_for_each(|row| tx.put_mention(row))
    })?;
    Ok(())
}

fn seen(mention: &MentionRecord) -> MentionRecord {
    MentionRecord {
        seen: true,
        ..mention.clone()
    }
}

fn records(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    let in_note = |note: &str| {
        let note = message_id(note)?;
        read::<_, StorageError>(storage, |reading| reading.mentions_in(&note))
    };
    let ana = mention("n1", "ana", "c1", (1 << 53) - 1)?;
    let ben = MentionRecord {
        team: Some(id(TeamId::parse, "billing")?),
        ..mention("n1", "ben", "c1", (1 << 53) - 1)?
    };
    put(
        storage,
        &[ben.clone(), ana.clone(), mention("n2", "ana", "c1", 2)?],
    )?;
    same(in_note("n1")?, vec![ana.clone(), ben.clone()])?;
    put(storage, &[seen(&ana)])?;
    same(in_note("n1")?, vec![seen(&ana), ben])?;
    same(in_note("n3")?, vec![])
}

fn order(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    let old = mention("n1", "ana", "c1", 1)?;
    let middle = mention("n2", "ana", "c2", 2)?;
    let late = seen(&mention("n3", "ana", "c1", 3)?);
    let twin = seen(&mention("n4", "ana", "c2", 3)?);
    put(
        storage,
        &[late.clone(), old.clone(), twin.clone(), middle.clone()],
    )?;
    put(storage, &[mention("n1", "ben", "c1", 1)?])?;
    let of = |agent: &str, limit| {
        let agent = agent_id(agent)?;
        read::<_, StorageError>(storage, |reading| reading.mentions_of(&agent, limit))
    };
    let all = vec![middle, old, late, twin];
    same(of("ana", 3)?, all[..3].to_vec())?;
    same(of("ana", 10)?, all)?;
    same(of("ben", 10)?.len(), 1)?;
    same(of("cleo", 10)?, vec![])
}

fn unseen(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    let (first, second) = (
        mention("n2", "ana", "c1", 1)?,
        mention("n1", "ana", "c1", 2)?,
    );
    let others = [
        seen(&mention("n3", "ana", "c1", 3)?),
        mention("n4", "ana", "c2", 4)?,
        mention("n1", "ben", "c1", 2)?,
    ];
    put(storage, &others)?;
    put(storage, &[second.clone(), first.clone()])?;
    let (ana, c1) = (agent_id("ana")?, conversation_id("c1")?);
    let found = read::<_, StorageError>(storage, |reading| reading.unseen_mentions(&ana, &c1))?;
    same(found, vec![first, second])
}
