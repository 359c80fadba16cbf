//! The panel from top to bottom.

mod header;

use std::rc::Rc;

use ui::chat::{
    MeSide, announcer, composer, connection_banner, first_form, message_list, typing_line,
    waiting_line,
};
use ui::dom::El;
use ui::i18n::Key;
use ui::kit::{Glyph, empty_state};

use crate::host::Host;
use header::header;

/// Everything in the panel, and where messages are written.
pub(crate) fn panel(host: &Rc<Host>) -> ([El; 9], El) {
    let head = header(host);
    let banner = connection_banner(MeSide::Visitor, None);
    let label = Key::WIDGET_LOG_LABEL.into();
    let messages = message_list(label, MeSide::Visitor, Box::new(welcome));
    let form = first_form(&messages);
    let (typing, waiting) = (typing_line(), waiting_line());
    let (composer, input) = composer(Key::COMMON_COMPOSER_LABEL.into());
    let [polite, urgent] = announcer();
    let content = [
        head, banner, form, messages, typing, waiting, composer, polite, urgent,
    ];
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
