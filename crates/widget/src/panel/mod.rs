//! The panel from top to bottom.

mod header;

use std::rc::Rc;

use ui::chat::{MeSide, announcer, composer, connection_banner, message_list, typing_line};
use ui::dom::El;
use ui::i18n::Key;
use ui::kit::{Glyph, empty_state};

use crate::host::Host;
use header::header;

/// Everything in the panel, and where messages are written.
pub(crate) fn panel(host: &Rc<Host>) -> ([El; 7], El) {
    let head = header(host);
    let banner = connection_banner(MeSide::Visitor, None);
    let label = Key::WIDGET_LOG_LABEL.into();
    let messages = message_list(label, MeSide::Visitor, Box::new(welcome));
    let typing = typing_line();
    let (composer, input) = composer(Key::COMMON_COMPOSER_LABEL.into());
    let [polite, urgent] = announcer();
    let content = [head, banner, messages, typing, composer, polite, urgent];
    (content, input)
}

/// What a visitor sees before the first message: a greeting.
fn welcome() -> El {
    empty_state(
        Key::WIDGET_EMPTY_TITLE.into(),
        Key::WIDGET_EMPTY_TEXT.into(),
        Glyph::CHAT,
    )
}
