//! A message's own address, for colleagues.

use protocol::ids::MessageId;

use crate::bridge::{copy_link, use_mirror};
use crate::dom::{El, later};
use crate::i18n::{Key, t};
use crate::kit::{Glyph, icon_button};

/// How long a copied link is said to be so, in milliseconds.
const TOLD_MS: i32 = 2000;

/// The button, at the end of the others.
pub(super) fn link(tools: &El) -> El {
    let link = icon_button(
        Key::AGENT_MESSAGE_COPY_LINK.into(),
        Glyph::LINK,
        "message-link",
    );
    link.set("data-size", Some("small"));
    let told = El::new("span|class=row-told|role=status");
    tools.append(&link);
    tools.append(&told);
    link
}

/// Copies the address, and says beside the button whether it is there now.
pub(super) fn copy(link: &El, message: Option<MessageId>) {
    let conversation = use_mirror()
        .head
        .with_untracked(|head| head.conversation.clone());
    let (Some(conversation), Some(message)) = (conversation, message) else {
        return;
    };
    let Some(told) = link.element().next_element_sibling() else {
        return;
    };
    let told = El::from_element(told);
    let tell = move |is_copied| {
        told.set_text(&t(match is_copied {
            true => Key::AGENT_MESSAGE_COPIED,
            false => Key::AGENT_MESSAGE_COPY_FAILED,
        }));
        later(TOLD_MS, move || told.set_text(""));
    };
    copy_link(&conversation, &message, Box::new(tell));
}
