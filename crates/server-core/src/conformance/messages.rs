//! Messages: byte for byte, in order, and only within the scope asked for.

use protocol::message::{Format, Revision, SystemEventKind};
use protocol::seq::Position;
use protocol::time::Timestamp;

use super::samples::{
    HOSTILE, agent_id, conversation_id, furnish, message, message_id, put_conversation,
};
use super::{Cases, Outcome, refused, same};
use crate::domain::{
    Audience, EarlierTextRecord, MessageAuthor, MessageEvent, MessageRecord, Scope,
};
use crate::error::StorageError;
use crate::ports::storage::{Storage, Stored, read, write};

pub(super) const CASES: Cases = &[
    ("messages_come_back_as_they_were", records),
    ("ids_and_places_of_messages_are_unique", unique),
    ("pages_of_messages_hold_the_newest_oldest_first", pages),
    ("pages_for_visitors_hold_nothing_of_agents", scopes),
    ("messages_with_files_are_found_newest_first", with_files),
    ("unread_counts_what_the_visitor_wrote", unread),
    (
        "revised_messages_change_what_they_say_and_nothing_else",
        revised,
    ),
    ("earlier_texts_come_oldest_first_and_once", earlier),
    ("messages_that_quote_another_are_found_by_place", quoting),
];

/// Nine messages at places 10, 20 … 90; those at 30, 60 and 90 are for agents.
fn fill(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    write::<_, StorageError>(storage, |tx| {
        put_conversation(tx, "c2", "support", 1)?;
        tx.add_message(&message("c2", 55)?)?;
        // Stored out of order: order comes from places alone.
        for place in [90, 10, 20, 80, 30, 40, 70, 50, 60] {
            let mut record = message("c1", place)?;
            if place % 30 == 0 {
                record.audience = Audience::Agents;
                record.author = MessageAuthor::Agent(agent_id("ana")?);
            }
            tx.add_message(&record)?;
        }
        Ok(())
    })?;
    Ok(())
}

fn places(
    storage: &dyn Storage,
    scope: Scope,
    before: Option<u64>,
    limit: u32,
) -> Stored<Vec<u64>> {
    let found = read::<_, StorageError>(storage, |reading| {
        let before = before.map(Position);
        reading.messages(&conversation_id("c1")?, scope, before, limit)
    })?;
    Ok(found.iter().map(|record| record.position.0).collect())
}

fn records(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    let variants: [fn(&mut MessageRecord) -> Stored<()>; 6] = [
        |_| Ok(()),
        |record| {
            record.author = MessageAuthor::Agent(agent_id("ana")?);
            record.format = Format::Markdown;
            record.audience = Audience::Agents;
            Ok(())
        },
        |record| {
            record.author = MessageAuthor::Automated(None);
            record.client_id = None;
            record.reply_to = None;
            record.revision = None;
            Ok(())
        },
        |record| {
            record.author = MessageAuthor::Automated(Some("Bot".to_owned()));
            record.text = "x".repeat(40_000);
            Ok(())
        },
        |record| {
            record.author = MessageAuthor::System;
            record.text = String::new();
            record.event = Some(MessageEvent {
                kind: SystemEventKind::ConversationTaken,
                agent: Some(agent_id("ana")?),
            });
            Ok(())
        },
        |record| {
            record.author = MessageAuthor::System;
            record.event = Some(MessageEvent {
                kind: SystemEventKind::ConversationStarted,
                agent: None,
            });
            record.position = Position((1 << 53) - 1);
            Ok(())
        },
    ];
    for (place, variant) in (1..).zip(variants) {
        let mut record = message("c1", place)?;
        variant(&mut record)?;
        write(storage, |tx| tx.add_message(&record))?;
        let found = read::<_, StorageError>(storage, |reading| reading.message(&record.id))?;
        same(found, Some(record))?;
    }
    let unknown = message_id("unknown")?;
    let none = read::<_, StorageError>(storage, |reading| reading.message(&unknown))?;
    same(none, None)
}

fn unique(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    write(storage, |tx| tx.add_message(&message("c1", 1)?))?;
    refused(write(storage, |tx| {
        let mut same_id = message("c1", 1)?;
        same_id.position = Position(2);
        tx.add_message(&same_id)
    }))?;
    refused(write(storage, |tx| {
        let mut same_place = message("c1", 1)?;
        same_place.id = message_id("other")?;
        tx.add_message(&same_place)
    }))?;
    same(places(storage, Scope::ForAgents, None, 10)?, vec![1])
}

fn pages(storage: &dyn Storage) -> Outcome {
    fill(storage)?;
    let page = |before, limit| places(storage, Scope::ForAgents, before, limit);
    same(page(None, 3)?, vec![70, 80, 90])?;
    same(page(Some(70), 3)?, vec![40, 50, 60])?;
    same(page(Some(71), 3)?, vec![50, 60, 70])?;
    same(page(Some(30), 100)?, vec![10, 20])?;
    same(page(Some(10), 100)?, vec![])?;
    same(page(Some(0), 100)?, vec![])?;
    same(page(Some((1 << 53) - 1), 1)?, vec![90])
}

fn scopes(storage: &dyn Storage) -> Outcome {
    fill(storage)?;
    let page = |before, limit| places(storage, Scope::ForVisitor, before, limit);
    same(page(None, 100)?, vec![10, 20, 40, 50, 70, 80])?;
    // Hidden messages take no room on a page.
    same(page(None, 3)?, vec![50, 70, 80])?;
    same(page(Some(70), 3)?, vec![20, 40, 50])
}

fn unread(storage: &dyn Storage) -> Outcome {
    fill(storage)?;
    let count = |name: &str, place| {
        read::<_, StorageError>(storage, |reading| {
            reading.visitor_messages_after(&conversation_id(name)?, Position(place))
        })
    };
    same(count("c1", 0)?, 6)?;
    same(count("c1", 20)?, 4)?;
    same(count("c1", 75)?, 1)?;
    same(count("c1", 90)?, 0)?;
    same(count("c1", (1 << 53) - 1)?, 0)?;
    same(count("c2", 0)?, 1)?;
    same(count("c3", 0)?, 0)
}

fn revised(storage: &dyn Storage) -> Outcome {
    fill(storage)?;
    let mut record = message("c1", 50)?;
    record.text = format!("{HOSTILE} again");
    record.question = None;
    record.attachments = Vec::new();
    record.reply_to = None;
    record.revision = Some(Revision {
        version: u32::MAX,
        at: Timestamp(-1),
        deleted: true,
    });
    // What is none of a revision's business stays, whatever the record says.
    let told = MessageRecord {
        posted_at: Timestamp(9),
        client_id: None,
        ..record.clone()
    };
    write(storage, |tx| tx.revise_message(&told))?;
    let find = |id: &str| {
        let id = message_id(id)?;
        read::<_, StorageError>(storage, |reading| reading.message(&id))
    };
    same(find("c1-50")?, Some(record))?;
    same(find("c1-40")?, Some(message("c1", 40)?))?;
    let mut unknown = message("c1", 50)?;
    unknown.id = message_id("unknown")?;
    write(storage, |tx| tx.revise_message(&unknown))?;
    same(find("unknown")?, None)?;
    let count = read::<_, StorageError>(storage, |reading| {
        reading.visitor_messages_after(&conversation_id("c1")?, Position(0))
    })?;
    same(count, 5)
}

fn earlier(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    let text = |name: &str, version| {
        Ok::<_, StorageError>(EarlierTextRecord {
            message: message_id(name)?,
            version,
            text: format!("{HOSTILE}{version}"),
            written_at: Timestamp(i64::from(version) - 5),
        })
    };
    for (name, version) in [("m1", 11), ("m1", 0), ("m2", 3), ("m1", 2)] {
        let record = text(name, version)?;
        write(storage, |tx| tx.add_earlier_text(&record))?;
    }
    let taken = text("m1", 2)?;
    refused(write(storage, |tx| tx.add_earlier_text(&taken)))?;
    let of = |name: &str| {
        let id = message_id(name)?;
        read::<_, StorageError>(storage, |reading| reading.earlier_texts(&id))
    };
    same(
        of("m1")?,
        vec![text("m1", 0)?, text("m1", 2)?, text("m1", 11)?],
    )?;
    same(of("m3")?, Vec::new())
}

fn quoting(storage: &dyn Storage) -> Outcome {
    furnish(storage)?;
    write::<_, StorageError>(storage, |tx| {
        for (place, quoted) in [(30, "a"), (10, "a"), (20, "b")] {
            let mut record = message("c1", place)?;
            record.reply_to = Some(message_id(quoted)?);
            tx.add_message(&record)?;
        }
        Ok(())
    })?;
    let of = |name: &str| {
        let id = message_id(name)?;
        read::<_, StorageError>(storage, |reading| reading.quoting(&id))
    };
    same(of("a")?, vec![message_id("c1-10")?, message_id("c1-30")?])?;
    same(of("c")?, Vec::new())
}

fn with_files(storage: &dyn Storage) -> Outcome {
    fill(storage)?;
    write::<_, StorageError>(storage, |tx| {
        for place in [15, 95] {
            let mut record = message("c1", place)?;
            record.attachments.clear();
            tx.add_message(&record)?;
        }
        Ok(())
    })?;
    let page = |before: Option<u64>, limit| {
        let found = read::<_, StorageError>(storage, |reading| {
            let before = before.map(Position);
            reading.messages_with_files(&conversation_id("c1")?, before, limit)
        })?;
        Stored::Ok(found.iter().map(|it| it.position.0).collect::<Vec<_>>())
    };
    same(page(None, 3)?, vec![90, 80, 70])?;
    same(page(Some(30), 9)?, vec![20, 10])?;
    same(page(Some(10), 9)?, vec![])
}
