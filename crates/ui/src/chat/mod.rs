//! The conversation itself, as both apps show it: view models in, intents out, texts from the
//! catalogue.

mod announcer;
mod answers;
mod attachment_tile;
mod composer;
mod connection_banner;
mod day_divider;
mod delivery_mark;
mod drop_target;
mod editing_bar;
mod file_name;
mod first_form;
mod message_bubble;
mod message_list;
mod quote;
mod row_actions;
mod sentence;
mod system_line;
mod typing_line;
mod unread_divider;
mod viewer;
pub mod voice_player;
pub mod voice_recorder;
mod waiting_line;

pub use announcer::{Announcer, announcer};
#[cfg(feature = "agent")]
pub use composer::switch_mode;
pub use composer::{Composer, composer};
pub use connection_banner::{ConnectionBanner, connection_banner};
pub use drop_target::drop_target;
#[cfg(feature = "agent")]
pub use file_name::file_name;
pub use first_form::first_form;
pub use message_list::{Empty, MessageList, message_list};
pub use typing_line::{TypingLine, typing_line};
pub use waiting_line::waiting_line;

/// Whether visitors see these components. Where they do not, what only they need is left out of
/// the program.
const FOR_VISITORS: bool = cfg!(feature = "visitor");

/// Whose screen this is. It decides which kinds of messages stand on which side, and what can
/// be done about a refused connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeSide {
    /// The widget: the visitor's own messages stand at the end of the line.
    Visitor,
    /// The agents' app: everything that is not the visitor's stands at the end of the line.
    Agent,
}

impl MeSide {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Visitor => "visitor",
            Self::Agent => "agent",
        }
    }
}
