//! Facts about rows and links.

use proptest::prelude::*;
use protocol::author::{Author, AuthorRole};
use protocol::hello::ConnectVisitor;
use protocol::ids::{ConversationId, MessageId, SiteKey};
use protocol::message::{Format, Message, MessageKind};
use protocol::seq::Position;
use protocol::time::Timestamp;

use super::links::{may_link, segments};
use super::row::{Grouping, RowContent, Segment};
use super::timeline::TimelineView;
use crate::side::Side;
use crate::state::State;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

fn links(text: &str) -> Vec<(String, String)> {
    segments(text)
        .into_iter()
        .filter_map(|segment| match segment {
            Segment::Link { text, href } => Some((text, href)),
            Segment::Text(_) => None,
        })
        .collect()
}

/// The one link of a text and where it leads.
fn link(text: &str) -> (String, String) {
    let links = links(text);
    assert_eq!(links.len(), 1, "{text}: {links:?}");
    links.into_iter().next().unwrap()
}

fn joined(text: &str) -> String {
    segments(text)
        .iter()
        .map(|segment| match segment {
            Segment::Text(text) | Segment::Link { text, .. } => text.as_str(),
        })
        .collect()
}

#[test]
fn addresses_end_before_the_punctuation_around_them() {
    for (text, address) in [
        ("see https://a.example/x.", "https://a.example/x"),
        ("(https://a.example/x)", "https://a.example/x"),
        (
            "https://a.example/wiki/Rust_(game), yes",
            "https://a.example/wiki/Rust_(game)",
        ),
        ("[https://a.example]", "https://a.example"),
        (
            "\"http://a.example/?q=1&b=2#c\"!",
            "http://a.example/?q=1&b=2#c",
        ),
        ("<https://a.example>", "https://a.example"),
        ("HTTPS://A.example/x?!", "HTTPS://A.example/x"),
        ("http://localhost:8080/a", "http://localhost:8080/a"),
        ("https://münchen.example/ü", "https://münchen.example/ü"),
        ("https://[::1]:80/x", "https://[::1]:80/x"),
        (
            "请看 https://a.example/退款。谢谢",
            "https://a.example/退款",
        ),
        ("（https://a.example/x）", "https://a.example/x"),
    ] {
        assert_eq!(link(text), (address.to_owned(), address.to_owned()));
    }
}

#[test]
fn www_leads_to_https_and_mail_to_mailto() {
    assert_eq!(
        link("at www.a.example/x, ok"),
        (
            "www.a.example/x".to_owned(),
            "https://www.a.example/x".to_owned()
        )
    );
    for text in [
        "ana.b+c@mail.example",
        "<ana.b+c@mail.example>.",
        "ana.b+c@mail.example...",
    ] {
        assert_eq!(
            link(text),
            (
                "ana.b+c@mail.example".to_owned(),
                "mailto:ana.b+c@mail.example".to_owned()
            )
        );
    }
    assert_eq!(link("写信给ana@mail.example吧").0, "ana@mail.example");
}

#[test]
fn what_could_run_or_mislead_stays_text() {
    for text in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)//https",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "xhttps://a.example",
        "https://",
        "https:///x",
        "http://.",
        "www.",
        "www.a",
        "wwwa.example.com",
        "https://bank.example@evil.example/x",
        "https://bank.example\\@evil.example",
        "ana@localhost",
        "@example.com",
        "a@b@c.example",
        "ana@mail..example",
        "äna@mail.example",
        "hhhwww@",
    ] {
        let found = links(text);
        // The host before a backslash may be a link; it leads to what it shows.
        assert!(
            found.is_empty()
                || found
                    == [(
                        "https://bank.example".to_owned(),
                        "https://bank.example".to_owned()
                    )],
            "{text}: {found:?}"
        );
    }
}

#[test]
fn characters_that_turn_the_reading_direction_end_an_address() {
    assert_eq!(
        link("https://a.example/\u{202e}gpj.exe").0,
        "https://a.example/"
    );
    assert_eq!(link("https://a.example/x\u{0}y").0, "https://a.example/x");
}

#[test]
fn several_addresses_are_found_in_one_text() {
    let text = "a https://a.example\nb@c.example, www.d.example.";
    let texts: Vec<_> = links(text).into_iter().map(|(text, _)| text).collect();
    assert_eq!(texts, ["https://a.example", "b@c.example", "www.d.example"]);
}

proptest! {
    #[test]
    fn pieces_joined_are_the_text(text in any::<String>()) {
        prop_assert_eq!(joined(&text), text);
    }

    #[test]
    fn pieces_of_address_like_text_are_the_text_and_lead_to_safe_places(
        text in "(https?://|HTTP://|www\\.|javascript:|@|[a-z.@:/()\\[\\]{}<>,!?#&=+_-]|[é漢。（）\u{202e} \\n\\\\]){0,40}"
    ) {
        prop_assert_eq!(joined(&text), text.clone());
        prop_assert!(links(&text).is_empty() || may_link(&text));
        for (shown, href) in links(&text) {
            let lower = href.to_ascii_lowercase();
            prop_assert!(
                lower.starts_with("http://") || lower.starts_with("https://") || lower.starts_with("mailto:"),
                "{}", href
            );
            prop_assert!(href.ends_with(&shown));
            prop_assert!(!shown.chars().any(|shown| shown.is_control() || shown.is_whitespace()));
        }
    }
}

fn message(position: u64, role: AuthorRole, at: i64) -> Message {
    Message {
        id: MessageId::parse(&position.to_string()).unwrap(),
        conversation: ConversationId::parse("c").unwrap(),
        position: Position(position),
        kind: match role {
            AuthorRole::Visitor => MessageKind::Visitor,
            AuthorRole::System => MessageKind::System,
            _ => MessageKind::Agent,
        },
        author: Author {
            role,
            agent: None,
            name: None,
        },
        text: "x".to_owned(),
        format: Format::Plain,
        event: None,
        attachments: Vec::new(),
        reply_to: None,
        revision: None,
        posted_at: Timestamp(at),
        client_id: None,
        question: None,
    }
}

/// A visitor's view of these messages, so many minutes east of Greenwich.
fn view_of(messages: Vec<Message>, offset_minutes: i32) -> TimelineView {
    let mut state = State::new(Side::Visitor(ConnectVisitor {
        protocol: 1,
        site: SiteKey::parse("s").unwrap(),
        token: None,
        languages: Vec::new(),
        language: "en".to_owned(),
        feeds: Vec::new(),
        page: None,
        time_zone: None,
        reduced_motion: None,
    }));
    state.session.utc_offset_minutes = offset_minutes;
    state.timelines.show(ConversationId::parse("c"));
    let timeline = state.timelines.shown_mut().unwrap();
    timeline.opened(
        messages,
        false,
        false,
        protocol::limits::EDIT_MS,
        &mut |message| message.id.as_str().to_owned(),
    );
    TimelineView::of(&state)
}

fn groupings(messages: Vec<Message>) -> Vec<Grouping> {
    view_of(messages, 0)
        .rows
        .into_iter()
        .filter_map(|row| match row.content {
            RowContent::Message(message) => Some(message.grouping),
            _ => None,
        })
        .collect()
}

#[test]
fn runs_are_of_one_writer_within_five_minutes_of_each_other() {
    use AuthorRole::{Agent, System, Visitor};
    use Grouping::{First, Last, Middle, Single};
    let at =
        |position: u64, role, minute: i64| message(position, role, 12 * HOUR + minute * MINUTE);
    assert_eq!(
        groupings(vec![
            at(1, Visitor, 0),
            at(2, Visitor, 5),
            at(3, Visitor, 10),
            at(4, Visitor, 16),
            at(5, Agent, 16),
            at(6, Agent, 17),
            at(7, System, 17),
            at(8, Agent, 17),
        ]),
        [First, Middle, Last, Single, First, Last, Single]
    );
}

#[test]
fn a_day_begins_at_the_readers_midnight() {
    let messages = || {
        vec![
            message(1, AuthorRole::Agent, 22 * HOUR),
            message(2, AuthorRole::Agent, 23 * HOUR),
            message(3, AuthorRole::Agent, 24 * HOUR),
        ]
    };
    let keys = |offset| {
        let rows = view_of(messages(), offset).rows;
        rows.into_iter().map(|row| row.key).collect::<Vec<_>>()
    };
    assert_eq!(keys(0), ["day-0", "1", "2", "day-1", "3"]);
    assert_eq!(keys(60), ["day-0", "1", "day-1", "2", "3"]);
    assert_eq!(keys(-60), ["day-0", "1", "2", "3"]);
}

#[test]
fn days_never_go_back() {
    let rows = view_of(
        vec![
            message(1, AuthorRole::Agent, 25 * HOUR),
            message(2, AuthorRole::Visitor, 23 * HOUR),
            message(3, AuthorRole::Agent, 26 * HOUR),
        ],
        0,
    )
    .rows;
    let keys: Vec<_> = rows.into_iter().map(|row| row.key).collect();
    assert_eq!(keys, ["day-1", "1", "2", "3"]);
}
