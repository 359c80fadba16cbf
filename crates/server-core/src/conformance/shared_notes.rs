//! Shared notes: every version is kept, and found by its number or by what came before.

use protocol::time::Timestamp;

use super::samples::{HOSTILE, agent_id, conversation_id, furnish};
use super::{Cases, Outcome, same};
use crate::domain::SharedNotesRecord;
use crate::error::StorageError;
use crate::ports::storage::{Reading, Storage, Stored, read, write};

pub(super) const CASES: Cases = &[
    ("shared_notes_come_back_as_they_were", records),
    ("the_newest_version_up_to_a_number_is_found", by_number),
    ("history_leaves_passing_versions_out", history),
    ("only_old_passing_versions_are_removed", removal),
];

fn version(conversation: &str, number: u64, passing: bool) -> Stored<SharedNotesRecord> {
    Ok(SharedNotesRecord {
        conversation: conversation_id(conversation)?,
        version: number,
        text: format!("{HOSTILE}{number}"),
        author: agent_id("ana")?,
        saved_at: Timestamp(1_700_000_000_000 + number as i64),
        restores: number.checked_sub(2),
        passing,
    })
}

fn put(storage: &dyn Storage, records: &[SharedNotesRecord]) -> Outcome {
    write::<_, StorageError>(storage, |tx| {
        records.iter().try_for_each(|it| tx.put_shared_notes(it))
    })?;
    Ok(())
}

fn numbers(
    storage: &dyn Storage,
    look: impl FnOnce(&dyn Reading) -> Stored<Vec<SharedNotesRecord>>,
) -> Stored<Vec<u64>> {
    let found = read::<_, StorageError>(storage, look)?;
    Ok(found.iter().map(|it| it.version).collect())
}

fn records(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    let c1 = conversation_id("c1")?;
    let newest = || read::<_, StorageError>(storage, |reading| reading.shared_notes(&c1, None));
    same(newest()?, None)?;
    let first = version("c1", 1, false)?;
    put(storage, std::slice::from_ref(&first))?;
    same(newest()?, Some(first.clone()))?;
    let changed = SharedNotesRecord {
        text: String::new(),
        restores: Some((1 << 53) - 1),
        passing: true,
        ..first
    };
    put(storage, std::slice::from_ref(&changed))?;
    same(newest()?, Some(changed))
}

fn by_number(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    let all = [
        version("c1", 1, true)?,
        version("c1", 4, true)?,
        version("c1", 9, false)?,
        version("c2", 5, false)?,
    ];
    put(storage, &all)?;
    let c1 = conversation_id("c1")?;
    let at = |number| {
        numbers(storage, |reading| {
            Ok(reading.shared_notes(&c1, number)?.into_iter().collect())
        })
    };
    same(at(None)?, vec![9])?;
    same(at(Some(9))?, vec![9])?;
    same(at(Some(8))?, vec![4])?;
    same(at(Some(4))?, vec![4])?;
    same(at(Some(1))?, vec![1])?;
    same(at(Some(0))?, vec![])
}

fn history(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    for number in 1..=6 {
        put(
            storage,
            &[version("c1", number, number == 2 || number == 4)?],
        )?;
    }
    put(storage, &[version("c2", 3, false)?])?;
    let c1 = conversation_id("c1")?;
    let page = |before, limit| {
        numbers(storage, |reading| {
            reading.shared_notes_history(&c1, before, limit)
        })
    };
    same(page(None, 2)?, vec![6, 5])?;
    same(page(Some(5), 9)?, vec![3, 1])?;
    same(page(Some(1), 9)?, vec![])
}

fn removal(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    for number in 1..=6 {
        put(
            storage,
            &[version("c1", number, number != 2 && number != 6)?],
        )?;
    }
    let remove = |limit| {
        write::<_, StorageError>(storage, |tx| {
            tx.remove_passing_shared_notes_before(Timestamp(1_700_000_000_005), limit)
        })
    };
    same(remove(2)?, 2)?;
    same(remove(9)?, 1)?;
    same(remove(9)?, 0)?;
    let c1 = conversation_id("c1")?;
    let at = |number| {
        numbers(storage, |reading| {
            Ok(reading
                .shared_notes(&c1, Some(number))?
                .into_iter()
                .collect())
        })
    };
    same(at(1)?, vec![])?;
    same(at(4)?, vec![2])?;
    same(at(5)?, vec![5])
}
