//! The composer: limits, refusals, and drafts that survive.

use client_core::{Event, Intent, Timer};
use protocol::error::ErrorCode;

use crate::client::*;

#[test]
fn a_draft_is_saved_a_moment_later_or_when_the_page_goes() {
    let mut client = Client::online();
    assert_eq!(client.edit("a").timer(Timer::SaveDraft), Some(300));
    assert_eq!(client.edit("ab").timer(Timer::SaveDraft), None);
    let saved = ("draft/new".to_owned(), "ab".to_owned());
    assert_eq!(client.fire(Timer::SaveDraft).saved(), [saved]);
    client.edit("abc");
    let saved = ("draft/new".to_owned(), "abc".to_owned());
    assert_eq!(client.bring(Event::PageHidden).saved(), [saved]);
    client.edit("");
    assert_eq!(client.fire(Timer::SaveDraft).forgotten(), ["draft/new"]);
}

#[test]
fn the_revision_grows_only_when_the_core_changes_the_text() {
    let mut client = Client::online();
    let before = client.core.composer().revision;
    client.edit("hello");
    assert_eq!(client.core.composer().revision, before);
    client.intend(Intent::SendDraft);
    assert_eq!(client.core.composer().revision, before + 1);
}

#[test]
fn blank_text_is_not_sent_and_not_trimmed() {
    let mut client = Client::online();
    client.edit("");
    assert!(!client.core.composer().can_send);
    client.edit(" \n\t ");
    assert!(!client.core.composer().can_send);
    assert!(client.intend(Intent::SendDraft).posts().is_empty());
    let view = client.core.composer();
    assert_eq!(view.problem, Some(ErrorCode::TextEmpty));
    assert_eq!(view.draft, " \n\t ");
    assert_eq!(client.say("  a \n").post().text, "  a \n");
}

#[test]
fn line_ends_become_line_feeds_and_all_else_stays() {
    let mut client = Client::online();
    let text = "a\r\nb\rc <b>&amp;</b> \u{202e}x 👩‍👩‍👧 {{name}}";
    assert_eq!(
        client.say(text).post().text,
        "a\nb\rc <b>&amp;</b> \u{202e}x 👩‍👩‍👧 {{name}}"
    );
}

#[test]
fn ten_thousand_characters_go_and_one_more_stays() {
    let mut client = Client::online();
    let most = "é".repeat(10_000);
    client.edit(&most);
    assert_eq!(client.core.composer().remaining, Some(0));
    assert!(client.core.composer().can_send);
    client.edit(&(most.clone() + "x"));
    assert_eq!(client.core.composer().remaining, Some(-1));
    assert!(!client.core.composer().can_send);
    assert!(client.intend(Intent::SendDraft).posts().is_empty());
    let view = client.core.composer();
    assert_eq!(view.problem, Some(ErrorCode::TextTooLong));
    assert_eq!(view.draft.chars().count(), 10_001);
    client.edit(&most);
    assert_eq!(client.core.composer().problem, None);
    assert_eq!(client.intend(Intent::SendDraft).post().text, most);
}

#[test]
fn the_room_left_is_told_when_it_is_small() {
    let mut client = Client::online();
    client.edit(&"a".repeat(9_799));
    assert_eq!(client.core.composer().remaining, None);
    client.edit(&"a".repeat(9_800));
    assert_eq!(client.core.composer().remaining, Some(200));
    // Many bytes are not many characters.
    client.edit(&"😀".repeat(5_000));
    assert_eq!(client.core.composer().remaining, None);
    // CRLF goes as one.
    client.edit(&"\r\n".repeat(10_000));
    assert_eq!(client.core.composer().remaining, Some(0));
}

#[test]
fn the_limit_is_the_servers() {
    let mut client = Client::visitor();
    client.intend(Intent::Connect);
    let mut strict = ready(None);
    strict.server.limits.text_scalars = 5;
    client.connect(strict);
    client.edit("123456");
    assert_eq!(client.core.composer().remaining, Some(-1));
    client.intend(Intent::SendDraft);
    assert_eq!(client.core.composer().problem, Some(ErrorCode::TextTooLong));
}

#[test]
fn text_whose_frame_would_be_too_large_is_not_sent() {
    let mut client = Client::visitor();
    client.intend(Intent::Connect);
    let mut strict = ready(None);
    strict.server.limits.client_frame_bytes = 2_048;
    client.connect(strict);
    client.edit(&"\u{1}".repeat(400));
    assert!(client.intend(Intent::SendDraft).posts().is_empty());
    assert_eq!(client.core.composer().problem, Some(ErrorCode::TextTooLong));
}

fn elsewhere(client: &mut Client, key: &str, value: Option<&str>) -> Outcome {
    client.bring(Event::StorageChanged {
        key: key.to_owned(),
        value: value.map(str::to_owned),
    })
}

#[test]
fn a_draft_survives_what_another_page_does_with_its_own() {
    for value in [None, Some("theirs")] {
        let mut client = Client::talking(Vec::new());
        client.edit("mine");
        client.fire(Timer::SaveDraft);
        assert!(elsewhere(&mut client, "draft/c1", value).saved().is_empty());
        assert_eq!(client.core.composer().draft, "mine");
        let saved = ("draft/c1".to_owned(), "mine".to_owned());
        assert_eq!(client.bring(Event::PageHidden).saved(), [saved]);
        assert!(client.bring(Event::PageHidden).saved().is_empty());
        assert_eq!(client.edit("mine!").timer(Timer::SaveDraft), Some(300));
    }
}

#[test]
fn a_restored_draft_that_another_page_sent_is_gone_here_as_well() {
    let saved = [
        ("conversation".to_owned(), "c1".to_owned()),
        ("draft/c1".to_owned(), "hello".to_owned()),
    ];
    let mut client = Client::visitor_with(&saved);
    let revision = client.core.composer().revision;
    elsewhere(&mut client, "draft/c1", Some("hello you"));
    assert_eq!(client.core.composer().draft, "hello");
    elsewhere(&mut client, "draft/c1", None);
    assert_eq!(client.core.composer().draft, "");
    assert!(client.core.composer().revision > revision);
    assert!(client.bring(Event::PageHidden).saved().is_empty());
}

#[test]
fn the_longest_messages_fit_into_a_frame_however_they_are_escaped() {
    for letter in [
        '\u{1}',
        '\u{8}',
        '"',
        '\\',
        '\u{7f}',
        '\u{2028}',
        '\u{10ffff}',
    ] {
        let mut client = Client::talking(Vec::new());
        let said = client.say(&format!("x{}", letter.to_string().repeat(9_999)));
        let frames = said.sent().into_iter().map(|frame| frame.encode().len());
        let longest = frames.max().unwrap();
        assert!(longest > 10_000, "{letter:?} was not sent");
        assert!(longest <= 65_536, "{letter:?}: {longest} bytes");
    }
}
