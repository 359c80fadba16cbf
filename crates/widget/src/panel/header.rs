//! The panel's head: what this is, who answers, in which language, and the way out.

use std::rc::Rc;

use ui::bridge::use_mirror;
use ui::dom::{El, watch};
use ui::i18n::{Catalogue, Key, LANGUAGES, use_catalogue};
use ui::kit::{Glyph, SelectOption, Text, icon_button, select};

use crate::host::Host;

/// The head. Its heading names the dialog around it.
pub(crate) fn header(host: &Rc<Host>) -> El {
    let (head, catalogue) = (use_mirror().head, use_catalogue());
    // The loader's box names itself after this id.
    let title = El::new("h2|class=header-title|part=title|id=title")
        .live_text(Key::WIDGET_PANEL_TITLE.into());
    let agents = El::new("p|class=header-agents|part=agents|dir=auto");
    let names = El::new("div|class=header-names")
        .child(&title)
        .child(&agents);
    watch(move || {
        agents.set_text(&head.with(|head| {
            let names: Vec<&str> = head
                .agents
                .iter()
                .map(|agent| agent.name.as_str())
                .collect();
            let is_awaited =
                head.conversation.is_some() && !head.is_with_chatbot && head.waiting.is_none();
            let reply = head.hours.as_ref().filter(|hours| hours.open);
            let reply = reply.and_then(|hours| hours.expected_reply_ms);
            catalogue.with(|catalogue| sentence(catalogue, &names, is_awaited, reply))
        }));
    });

    let options = LANGUAGES.iter().map(|(tag, name)| SelectOption {
        value: (*tag).to_owned(),
        text: (*name).to_owned(),
    });
    let (language, control) = select(
        Key::COMMON_LANGUAGE_LABEL.into(),
        options.collect(),
        Text::from(move || catalogue.with(|catalogue| catalogue.tag().to_owned())),
        Some(Glyph::GLOBE),
    );
    language.set("part", Some("language"));
    let (loader, chosen) = (Rc::clone(host), control.clone());
    let _ = control.on("change", move |_| loader.ask_for(&chosen.value()));

    let loader = Rc::clone(host);
    let close = icon_button(Key::WIDGET_LAUNCHER_CLOSE.into(), Glyph::CLOSE, "close")
        .on("click", move |_| loader.close());
    El::new("div|class=header|part=header")
        .child(&names)
        .child(&language)
        .child(&close)
}

/// Who answers, or that somebody will, or how soon one usually does.
fn sentence(
    catalogue: &Catalogue,
    names: &[&str],
    is_awaited: bool,
    reply_ms: Option<u32>,
) -> String {
    if !names.is_empty() {
        catalogue.text_with(Key::WIDGET_HEADER_WITH, &[("name", &names.join(", "))])
    } else if is_awaited {
        catalogue.text(Key::WIDGET_HEADER_WAITING)
    } else if let Some(reply) = reply_ms {
        let time = catalogue.about(reply);
        catalogue.text_with(Key::WIDGET_HEADER_REPLY, &[("time", &time)])
    } else {
        String::new()
    }
}
