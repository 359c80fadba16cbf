//! Conversations, sessions and participants.

use protocol::agent::ListCursor;
use protocol::conversation::{ConversationStatus, LiveStatus, ParticipantRole};
use protocol::receipt::Reached;
use protocol::seq::Position;
use protocol::time::Timestamp;

use super::samples::{
    agent_id, channel_id, contact, contact_id, conversation, conversation_id, furnish, message,
    message_id, participant, put_conversation, session, session_id,
};
use super::{Cases, Outcome, same};
use crate::domain::{ConversationRecord, HelpRecord, Ownership, Visibility};
use crate::error::StorageError;
use crate::ports::storage::{Storage, Stored, read, write};

pub(super) const CASES: Cases = &[
    ("conversations_come_back_as_they_were", records),
    ("contacts_have_their_conversations", of_contact),
    ("lists_are_paged_without_holes_or_repeats", pages),
    ("lists_go_on_behind_rows_that_moved", moved_row),
    ("lists_of_no_channel_are_empty", no_channel),
    ("sessions_come_back_as_they_were", sessions),
    ("what_is_silent_comes_the_longest_first", silent),
    ("help_is_wanted_in_order", wanting_help),
    ("agents_take_part_elsewhere", elsewhere),
    ("participants_come_in_the_order_they_joined", participants),
    ("places_reached_come_back_as_they_were", reached),
];

fn names(records: &[ConversationRecord]) -> Vec<&str> {
    records.iter().map(|record| record.id.as_str()).collect()
}

fn records(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    let find = |name: &str| {
        read::<_, StorageError>(storage, |reading| {
            reading.conversation(&conversation_id(name)?)
        })
    };
    same(
        find("c1")?,
        Some(conversation("c1", "kim", "support", 100)?),
    )?;
    same(find("c2")?, None)?;
    let mut changed = conversation("c1", "kim", "support", 200)?;
    changed.status = ConversationStatus::Resolved;
    changed.live_status = None;
    changed.version = (1 << 53) - 1;
    changed.preview = Some(message_id("c1-9")?);
    changed.receipts.visitor.read = Position((1 << 53) - 1);
    write::<_, StorageError>(storage, |tx| {
        tx.add_message(&message("c1", 9)?)?;
        tx.put_conversation(&changed)
    })?;
    same(find("c1")?, Some(changed.clone()))?;
    for (status, live) in [
        (ConversationStatus::Pending, LiveStatus::WaitingForCustomer),
        (ConversationStatus::Snoozed, LiveStatus::LookingForHelp),
    ] {
        changed.status = status;
        changed.live_status = Some(live);
        write(storage, |tx| tx.put_conversation(&changed))?;
        same(find("c1")?, Some(changed.clone()))?;
    }
    Ok(())
}

fn of_contact(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    write::<_, StorageError>(storage, |tx| {
        tx.put_contact(&contact("lee", "sales")?)?;
        put_conversation(tx, "c0", "support", 100)?;
        put_conversation(tx, "c2", "support", 300)?;
        tx.put_conversation(&conversation("c3", "lee", "sales", 900)?)?;
        tx.put_session(&session("c3")?)
    })?;
    let find = |name: &str| {
        read::<_, StorageError>(storage, |reading| {
            reading.conversations_of_contact(&contact_id(name)?)
        })
    };
    same(names(&find("kim")?), vec!["c2", "c0", "c1"])?;
    same(names(&find("lee")?), vec!["c3"])?;
    same(names(&find("nobody")?), vec![])
}

fn list(
    storage: &dyn Storage,
    channels: &[&str],
    after: Option<(i64, &str)>,
    limit: u32,
) -> Stored<Vec<ConversationRecord>> {
    read(storage, |reading| {
        let channels = channels.iter().map(|name| channel_id(name));
        let channels = channels.collect::<Stored<Vec<_>>>()?;
        let after = after
            .map(|(at, name)| {
                Ok::<_, StorageError>(ListCursor {
                    last_activity_at: Timestamp(at),
                    conversation: conversation_id(name)?,
                })
            })
            .transpose()?;
        reading.list_conversations(&channels, after.as_ref(), limit)
    })
}

fn pages(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    write::<_, StorageError>(storage, |tx| {
        for (name, channel, at) in [
            ("d", "support", 100),
            ("b", "sales", 100),
            ("a", "support", 100),
            ("z", "support", 500),
            ("x", "sales", 50),
            ("y", "support", -50),
        ] {
            put_conversation(tx, name, channel, at)?;
        }
        Ok(())
    })?;
    let both = ["support", "sales"];
    let all = ["z", "a", "b", "c1", "d", "x", "y"];
    same(names(&list(storage, &both, None, 100)?), all.to_vec())?;
    let mut seen: Vec<String> = Vec::new();
    let mut after: Option<(i64, String)> = None;
    loop {
        let last = after.as_ref().map(|(at, name)| (*at, name.as_str()));
        let page = list(storage, &both, last, 2)?;
        let Some(last) = page.last() else { break };
        after = Some((last.last_activity_at.0, last.id.as_str().to_owned()));
        seen.extend(names(&page).into_iter().map(str::to_owned));
    }
    same(seen, all.map(str::to_owned).to_vec())?;
    let sales = list(storage, &["sales"], Some((100, "a")), 100)?;
    same(names(&sales), vec!["b", "x"])
}

fn moved_row(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    write(storage, |tx| put_conversation(tx, "c2", "support", 50))?;
    // The row of the cursor has gone to the top since; another never existed.
    let after = list(storage, &["support"], Some((70, "c9")), 10)?;
    same(names(&after), vec!["c2"])
}

fn no_channel(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    same(list(storage, &[], None, 10)?, Vec::new())
}

fn sessions(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    let find = |name: &str| {
        let id = session_id(name)?;
        read::<_, StorageError>(storage, |reading| reading.session(&id))
    };
    same(find("session-c1")?, Some(session("c1")?))?;
    let mut ended = session("c1")?;
    ended.ended_at = Some(Timestamp(9));
    ended.help = None;
    write(storage, |tx| tx.put_session(&ended))?;
    same(find("session-c1")?, Some(ended))?;
    same(find("session-c2")?, None)
}

/// A conversation whose session wants help since an instant, where one is given.
fn looks_for_help(storage: &dyn Storage, name: &str, since: Option<i64>) -> Outcome {
    let mut wanting = conversation(name, "kim", "support", 1)?;
    wanting.live_status = Some(LiveStatus::LookingForHelp);
    let mut running = session(name)?;
    running.help = match since {
        Some(since) => Some(HelpRecord {
            wanted_at: Timestamp(since),
            wanted_by: agent_id("ben")?,
            answered_by: None,
        }),
        None => None,
    };
    write::<_, StorageError>(storage, |tx| {
        tx.put_session(&running)?;
        tx.put_conversation(&wanting)
    })?;
    Ok(())
}

fn wanting_help(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    let find = |limit| read::<_, StorageError>(storage, |reading| reading.wanting_help(limit));
    same(names(&find(10)?), Vec::new())?;
    looks_for_help(storage, "late", Some(20))?;
    looks_for_help(storage, "b-early", Some(10))?;
    looks_for_help(storage, "a-early", Some(10))?;
    same(names(&find(10)?), vec!["a-early", "b-early", "late"])?;
    same(names(&find(2)?), vec!["a-early", "b-early"])?;
    let mut helped = conversation("b-early", "kim", "support", 1)?;
    helped.live_status = Some(LiveStatus::InProgress);
    write(storage, |tx| tx.put_conversation(&helped))?;
    same(names(&find(10)?), vec!["a-early", "late"])
}

fn silent(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    let find =
        |limit| read::<_, StorageError>(storage, |reading| reading.silent_conversations(limit));
    same(names(&find(10)?), vec!["c1"])?;
    let keep = |name: &str, at: i64, taken: Option<i64>, waits: bool| {
        let mut row = conversation(name, "kim", "support", at)?;
        row.owner = match taken {
            Some(active_at) => Some(Ownership {
                agent: agent_id("ana")?,
                active_at: Timestamp(active_at),
            }),
            None => None,
        };
        let mut running = session(name)?;
        running.waiting_since = waits.then_some(Timestamp(at));
        write::<_, StorageError>(storage, |tx| {
            tx.put_session(&running)?;
            tx.put_conversation(&row)
        })?;
        Ok::<_, super::Failure>(())
    };
    // Taken late, though nothing was said for long.
    keep("taken", 1, Some(200), false)?;
    keep("b-quiet", 50, Some(40), false)?;
    keep("a-quiet", 50, None, false)?;
    keep("waits", 1, None, true)?;
    looks_for_help(storage, "helped", Some(10))?;
    let mut over = conversation("over", "kim", "support", 1)?;
    over.live_status = None;
    write(storage, |tx| tx.put_conversation(&over))?;
    same(names(&find(10)?), vec!["a-quiet", "b-quiet", "c1", "taken"])?;
    same(names(&find(2)?), vec!["a-quiet", "b-quiet"])
}

fn elsewhere(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    let ana = agent_id("ana")?;
    let find = |limit| {
        read::<_, StorageError>(storage, |reading| {
            reading.taking_part_elsewhere(&ana, limit)
        })
    };
    for (name, at) in [("old", 1), ("new", 3), ("b-mid", 2), ("a-mid", 2)] {
        let row = conversation(name, "kim", "support", at)?;
        write(storage, |tx| tx.put_conversation(&row))?;
    }
    same(names(&find(10)?), Vec::new())?;
    for name in ["old", "new", "b-mid", "a-mid"] {
        let part = participant(name, "ana", 1)?;
        write(storage, |tx| tx.put_participant(&part))?;
    }
    same(names(&find(10)?), vec!["new", "a-mid", "b-mid", "old"])?;
    same(names(&find(2)?), vec!["new", "a-mid"])?;
    let support = channel_id("support")?;
    write(storage, |tx| tx.put_channel_agent(&support, &ana))?;
    same(names(&find(10)?), Vec::new())
}

fn participants(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    let find = || {
        read::<_, StorageError>(storage, |reading| {
            reading.participants(&conversation_id("c1")?)
        })
    };
    same(find()?, vec![])?;
    let ben = participant("c1", "ben", 1)?;
    let ana = participant("c1", "ana", 2)?;
    write::<_, StorageError>(storage, |tx| {
        tx.put_participant(&ana)?;
        tx.put_participant(&ben)
    })?;
    same(find()?, vec![ben.clone(), ana.clone()])?;
    let mut late_owner = ben;
    late_owner.role = ParticipantRole::Owner;
    late_owner.visibility = Visibility::Visible;
    late_owner.joined_at = Timestamp(2);
    write(storage, |tx| tx.put_participant(&late_owner))?;
    same(find()?, vec![ana, late_owner.clone()])?;
    write::<_, StorageError>(storage, |tx| {
        tx.remove_participant(&conversation_id("c1")?, &agent_id("ana")?)?;
        tx.remove_participant(&conversation_id("c1")?, &agent_id("ana")?)
    })?;
    same(find()?, vec![late_owner])
}

fn reached(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    let (c1, ana) = (conversation_id("c1")?, agent_id("ana")?);
    let find = || read::<_, StorageError>(storage, |reading| reading.reached(&c1, &ana));
    same(find()?, Reached::default())?;
    for place in [7, (1 << 53) - 1] {
        let reached = Reached {
            delivered: Position(place),
            read: Position(place - 1),
        };
        write(storage, |tx| tx.put_reached(&c1, &ana, reached))?;
        same(find()?, reached)?;
    }
    let ben = agent_id("ben")?;
    let of_ben = read::<_, StorageError>(storage, |reading| reading.reached(&c1, &ben))?;
    same(of_ben, Reached::default())
}
