//! Addresses of the app: how they are written and read.
//!
//! Pages never put addresses together themselves. Invariant: [`return_path`] leads inside the
//! app, whatever stands in the query.

use protocol::ids::{ConversationId, MessageId};

/// Where the app lives on the server.
pub(crate) const BASE: &str = "/agent";
/// The inbox without a conversation.
pub(crate) const INBOX: &str = "/";
/// The notes that mention the agent.
pub(crate) const MENTIONS: &str = "/mentions";
/// The sign-in page.
pub(crate) const SIGN_IN: &str = "/sign-in";
/// The query's name for where one wanted to go.
pub(crate) const NEXT: &str = "next";

const CONVERSATIONS: &str = "/conversations/";

/// The address of a conversation below the base; of the inbox when there is none.
pub(crate) fn conversation_path(conversation: Option<&ConversationId>) -> String {
    conversation.map_or_else(
        || INBOX.to_owned(),
        |id| format!("{CONVERSATIONS}{}", id.as_str()),
    )
}

/// The address of a conversation beside the mentions; of the mentions alone when there is none.
pub(crate) fn mention_path(conversation: Option<&ConversationId>) -> String {
    conversation.map_or_else(
        || MENTIONS.to_owned(),
        |id| format!("{MENTIONS}/{}", id.as_str()),
    )
}

/// The address of a message in its conversation.
pub(crate) fn message_path(conversation: &ConversationId, message: &MessageId) -> String {
    format!(
        "{CONVERSATIONS}{}#{}",
        conversation.as_str(),
        message.as_str()
    )
}

/// The message that the last part of an address names, if it names one.
pub(crate) fn shown_message(hash: &str) -> Option<MessageId> {
    MessageId::parse(hash.trim_start_matches('#'))
}

/// Whether a full path shows the mentions.
pub(crate) fn is_mentions(pathname: &str) -> bool {
    let rest = below_base(pathname).and_then(|path| path.strip_prefix(MENTIONS));
    match rest {
        Some("" | "/") => true,
        Some(_) => shown_conversation(pathname).is_some(),
        None => false,
    }
}

/// The address as it stands in a link.
pub(crate) fn href(path: &str) -> String {
    format!("{BASE}{path}")
}

/// The conversation that a full path shows, if it shows one.
pub(crate) fn shown_conversation(pathname: &str) -> Option<ConversationId> {
    let path = below_base(pathname)?;
    let beside = || path.strip_prefix(MENTIONS)?.strip_prefix('/');
    let id = path.strip_prefix(CONVERSATIONS).or_else(beside)?;
    ConversationId::parse(id.trim_end_matches('/'))
}

/// Whether a full path leads to the inbox, with a conversation or without.
pub(crate) fn is_inbox(pathname: &str) -> bool {
    matches!(below_base(pathname), Some("" | "/"))
        || is_mentions(pathname)
        || shown_conversation(pathname).is_some()
}

/// The sign-in page's address, remembering where one was (a full path).
pub(crate) fn sign_in_path(pathname: &str) -> String {
    match below_base(pathname) {
        Some(path) if shown_conversation(pathname).is_some() => {
            format!("{SIGN_IN}?{NEXT}={path}")
        }
        _ => SIGN_IN.to_owned(),
    }
}

/// Where to go after sign-in. Only conversations are worth returning to; everything else,
/// foreign addresses above all, leads to the inbox.
pub(crate) fn return_path(next: Option<&str>) -> String {
    let conversation = next.and_then(|next| shown_conversation(&href(next)));
    conversation_path(conversation.as_ref())
}

fn below_base(pathname: &str) -> Option<&str> {
    let rest = pathname.strip_prefix(BASE)?;
    (rest.is_empty() || rest.starts_with('/')).then_some(rest)
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn a_conversation_reads_as_it_is_written() {
        let id = ConversationId::parse("c_1-A");
        let path = conversation_path(id.as_ref());
        assert_eq!(path, "/conversations/c_1-A");
        assert_eq!(shown_conversation(&href(&path)), id);
        assert_eq!(shown_conversation("/agent/conversations/c_1-A/"), id);
    }

    #[test]
    fn a_message_reads_as_it_is_written() {
        let conversation = ConversationId::parse("c_1-A").unwrap();
        let message = MessageId::parse("m_1-B").unwrap();
        let path = message_path(&conversation, &message);
        assert_eq!(path, "/conversations/c_1-A#m_1-B");
        let (path, hash) = path.split_once('#').unwrap();
        assert_eq!(shown_conversation(&href(path)), Some(conversation));
        for hash in [hash, "#m_1-B"] {
            assert_eq!(shown_message(hash), Some(message.clone()));
        }
        for hash in ["", "#", "#a b", "#<b>"] {
            assert_eq!(shown_message(hash), None, "{hash}");
        }
    }

    #[test]
    fn mentions_have_an_address_of_their_own() {
        let id = ConversationId::parse("c_1-A");
        let beside = href(&mention_path(id.as_ref()));
        assert_eq!(beside, "/agent/mentions/c_1-A");
        assert_eq!(shown_conversation(&beside), id);
        for path in ["/agent/mentions", "/agent/mentions/", beside.as_str()] {
            assert!(is_mentions(path) && is_inbox(path), "{path}");
        }
        for path in [
            "/agent/",
            "/agent/mentionsx",
            "/agent/mentions/a/b",
            "/mentions",
        ] {
            assert!(!is_mentions(path), "{path}");
        }
        assert_eq!(shown_conversation("/agent/mentions"), None);
    }

    #[test]
    fn other_addresses_show_no_conversation() {
        for path in [
            "/agent",
            "/agent/",
            "/agents/conversations/a",
            "/agent/conversations/",
            "/agent/conversations/a/b",
            "/agent/conversations/%2e%2e",
        ] {
            assert_eq!(shown_conversation(path), None, "{path}");
        }
    }

    #[test]
    fn only_known_addresses_are_the_inbox() {
        for path in ["/agent", "/agent/", "/agent/conversations/a"] {
            assert!(is_inbox(path), "{path}");
        }
        for path in ["/agent/nowhere", "/agent/conversations", "/elsewhere"] {
            assert!(!is_inbox(path), "{path}");
        }
    }

    #[test]
    fn sign_in_remembers_the_conversation() {
        let path = sign_in_path("/agent/conversations/a");
        assert_eq!(path, "/sign-in?next=/conversations/a");
        assert_eq!(sign_in_path("/agent/"), "/sign-in");
    }

    #[test]
    fn nobody_is_led_outside_after_sign_in() {
        for next in [
            "//evil.example",
            "https://evil.example",
            "/sign-in",
            "javascript:alert(1)",
            "",
        ] {
            assert_eq!(return_path(Some(next)), INBOX, "{next}");
        }
        assert_eq!(return_path(None), INBOX);
        assert_eq!(return_path(Some("/conversations/a")), "/conversations/a");
    }
}
