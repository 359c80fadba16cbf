//! Facts about what is written down of unsaved notes.

use protocol::agent::SharedNotes;
use protocol::ids::{ClientId, ConversationId};

use super::{Pad, Sent, saved};

fn pad(text: &str, sent: Option<&str>) -> Pad {
    let base = SharedNotes {
        version: 7,
        text: "old\n漢".to_owned(),
        ..SharedNotes::default()
    };
    Pad {
        text: text.to_owned(),
        sent: sent.map(|text| Sent {
            client_id: ClientId::from_bits(9),
            text: text.to_owned(),
            restores: Some(3),
        }),
        ..Pad::of(ConversationId::parse("c1").unwrap(), base)
    }
}

#[test]
fn what_was_written_down_is_read_as_it_was() {
    for (text, sent) in [
        ("new\n👋 \0", None),
        ("", None),
        ("later", Some("sooner\n\n1 2 3")),
        ("later", Some("")),
    ] {
        let pad = pad(text, sent);
        let read = saved::read(pad.conversation.clone(), &saved::write(&pad)).unwrap();
        assert_eq!(read.text, pad.text);
        assert_eq!(read.sent, pad.sent);
        assert_eq!(read.base, pad.base);
    }
}

#[test]
fn what_is_damaged_is_not_read() {
    let id = || ConversationId::parse("c1").unwrap();
    for value in [
        "",
        "7 - 0 3 0",
        "x - 0 0 0\n",
        "7 - 0 9 0\nold",
        "7 - 0 1 0\n漢",
        "7 nobody 0 0 0\n",
        "7 - 0\n",
    ] {
        assert!(saved::read(id(), value).is_none(), "{value:?}");
    }
}
