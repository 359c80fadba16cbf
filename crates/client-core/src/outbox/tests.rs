//! Facts about what is written down, and about small commands.

use proptest::prelude::*;
use protocol::attachment::VoiceNote;
use protocol::chatbot::PressedButton;
use protocol::error::ErrorCode;
use protocol::form::FieldValue;
use protocol::ids::{ClientId, ConversationId, MessageId};
use protocol::time::Timestamp;

use super::entry::{Entry, EntryState};
use super::upload::{Upload, UploadState};
use super::{Change, Extras, Outbox, saved};
use crate::session::keys;
use crate::side::Party;
use crate::turn::Turn;

const NOW: i64 = 1_795_348_800_000;

fn entry(text: &str, conversation: Option<&str>, state: EntryState) -> Entry {
    let client_id = ClientId::from_bits(7);
    Entry {
        key: client_id.as_str().to_owned(),
        client_id,
        at: NOW,
        conversation: conversation.and_then(ConversationId::parse),
        text: text.to_owned(),
        extras: Extras::default(),
        state,
        refusals: 0,
        asks: false,
        stored: true,
        tried: true,
    }
}

/// A file as another page finds it.
fn file((bits, name, size, is_stored): (u128, String, u64, bool)) -> Upload {
    Upload {
        client_id: ClientId::from_bits(bits),
        local: None,
        media_type: name.clone(),
        name,
        size,
        voice: None,
        is_stored,
        state: UploadState::Waiting,
        failures: 0,
    }
}

fn read_back(entry: &Entry) -> Entry {
    let key = keys::outbox(entry.at, &entry.client_id);
    let rest = key.strip_prefix(keys::OUTBOX).unwrap();
    saved::read(rest, &saved::write(entry)).unwrap()
}

fn same(a: &Entry, b: &Entry) -> bool {
    (&a.client_id, a.at, &a.conversation, &a.text, a.state)
        == (&b.client_id, b.at, &b.conversation, &b.text, b.state)
        && a.extras == b.extras
}

proptest! {
    #[test]
    fn what_is_written_down_reads_as_it_was(
        text in any::<String>(),
        named in any::<bool>(),
        failed in any::<bool>(),
    ) {
        let state = if failed {
            EntryState::Failed(ErrorCode::Forbidden)
        } else {
            EntryState::Queued
        };
        let entry = entry(&text, named.then_some("c1"), state);
        prop_assert!(same(&read_back(&entry), &entry));
    }

    #[test]
    fn what_goes_with_a_message_reads_as_it_was(
        greeting in proptest::option::of(any::<String>()),
        button in proptest::option::of(any::<String>()),
        form in proptest::collection::vec((any::<String>(), any::<String>()), 0..4),
        files in proptest::collection::vec((any::<u128>(), any::<String>(), any::<u64>(), any::<bool>()), 0..3),
        reply_to in proptest::option::of(0..9_u8),
        change in proptest::option::of(any::<bool>()),
        recorded in proptest::option::of((any::<u32>(), "[0-9]{0,64}")),
        text in any::<String>(),
    ) {
        let mut entry = entry(&text, Some("c1"), EntryState::Queued);
        let message = MessageId::parse("m2").unwrap();
        let form: Vec<_> = form.into_iter().map(|(name, value)| FieldValue { name, value }).collect();
        entry.extras = Extras {
            greeting,
            pressed: button.map(|button| PressedButton {
                question: MessageId::parse("m1").unwrap(),
                button,
            }),
            form: (!form.is_empty()).then_some(form),
            #[cfg(feature = "agent")]
            note: None,
            reply_to: reply_to.and_then(|number| MessageId::parse(&format!("m{number}"))),
            change: change.map(|deletes| Change { message, deletes }),
            files: files.into_iter().map(file).collect(),
        };
        if let Some(file) = entry.extras.files.last_mut() {
            file.voice = recorded.map(|(duration_ms, waveform)| VoiceNote {
                duration_ms,
                waveform,
            });
        }
        prop_assert!(same(&read_back(&entry), &entry));
    }

    #[test]
    fn rubbish_in_storage_is_passed_over(key in any::<String>(), value in any::<String>()) {
        let mut outbox = Outbox::default();
        outbox.restore(&key, &value, Timestamp(NOW));
        let key = format!("{NOW}-{key}");
        outbox.restore(&key, &value, Timestamp(NOW));
        prop_assert!(outbox.is_empty());
    }
}

#[test]
fn what_was_on_its_way_is_queued_after_a_reload() {
    let sent = entry(
        "a",
        None,
        EntryState::InFlight {
            since: Timestamp(NOW),
        },
    );
    assert_eq!(read_back(&sent).state, EntryState::Queued);
}

#[test]
fn keys_sort_by_time() {
    let id = ClientId::from_bits(1);
    let keys: Vec<_> = [0, 9, 10, NOW, NOW + 1]
        .into_iter()
        .map(|at| keys::outbox(at, &id))
        .collect();
    assert!(keys.is_sorted());
}

#[test]
fn messages_of_one_moment_keep_their_order() {
    let mut outbox = Outbox::default();
    let mut saved = Vec::new();
    for (entropy, text) in ["one", "two", "three"].into_iter().enumerate() {
        let mut turn = Turn::new(Timestamp(NOW), entropy as u128, true);
        outbox.push(text.to_owned(), None, Extras::default(), None, &mut turn);
        saved.extend(turn.finish().into_iter().filter_map(|effect| match effect {
            crate::Effect::Save { key, value } => Some((key, value)),
            _ => None,
        }));
    }
    // Storage hands things out in any order.
    saved.reverse();
    let mut restored = Outbox::default();
    for (key, value) in &saved {
        let rest = key.strip_prefix(keys::OUTBOX).unwrap();
        restored.restore(rest, value, Timestamp(NOW));
    }
    let texts: Vec<_> = restored
        .shown_in(Party::Visitor, None)
        .map(|entry| entry.text.clone())
        .collect();
    assert_eq!(texts, ["one", "two", "three"]);
}

#[test]
fn a_change_reads_back_and_nobody_who_does_not_know_changes_can_read_it() {
    for deletes in [false, true] {
        let mut change = entry("a\nb", Some("c1"), EntryState::Queued);
        change.extras.change = MessageId::parse("m1").map(|message| Change { message, deletes });
        assert!(same(&read_back(&change), &change));
        let key = keys::outbox(change.at, &change.client_id);
        let rest = key.strip_prefix(keys::OUTBOX).unwrap();
        let written = saved::write(&change);
        let bare = written.strip_prefix("change:").unwrap();
        assert!(saved::read(rest, bare).is_none());
        // An older page takes the first line for the state, and knows no such one.
        let state = written.lines().next().unwrap();
        assert_eq!(state, "change:queued");
    }
}
