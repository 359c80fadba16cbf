//! Facts about names in storage.

use protocol::ids::{ClientId, ConversationId};

use super::keys;

#[test]
fn keys_read_as_they_print() {
    let id = ClientId::from_bits(42);
    let key = keys::outbox(1_795_348_800_000, &id);
    assert_eq!(key, "outbox/1795348800000-0000000000000000000000000000002a");
    assert_eq!(
        keys::read_outbox(&key[keys::OUTBOX.len()..]),
        Some((1_795_348_800_000, id))
    );
    let conversation = ConversationId::parse("c1").unwrap();
    for of in [None, Some(&conversation)] {
        let key = keys::draft(of);
        assert_eq!(
            keys::read_draft(&key[keys::DRAFT.len()..]),
            Some(of.cloned())
        );
    }
}

#[test]
fn foreign_keys_are_not_read() {
    for rest in ["", "1", "1-2", "x-0000000000000000000000000000002a"] {
        assert_eq!(keys::read_outbox(rest), None, "{rest}");
    }
    assert_eq!(keys::read_draft("a/b"), None);
}
