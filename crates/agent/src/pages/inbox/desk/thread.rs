//! The last words of the conversation on its card, newest in sight. Kinds differ in side, icon
//! and text as they do in the conversation itself (mission C20).

use leptos::prelude::*;
use protocol::message::{Message, MessageKind};
use ui::dom::{El, Placed, Rows, watch};
use ui::i18n::{Key, author_name, system_sentence, t, use_catalogue};
use ui::kit::{Glyph, Icon, VisuallyHidden};

use super::card::Still;

/// The words.
#[component]
pub(super) fn Thread(offer: Still) -> impl IntoView {
    let messages = Memo::new(move |_| {
        let messages = offer.with(|offer| Some(offer.as_ref()?.messages.clone()));
        messages.unwrap_or_default()
    });
    view! { class="p",
        <div
            class="offer-thread"
            role="group"
            tabindex="0"
            aria-label=move || t(Key::AGENT_OFFERS_MESSAGES)
        >
            <div class="offer-lines">
                <Show
                    when=move || !messages.with(Vec::is_empty)
                    fallback=|| view! { class="p",
                        <p class="offer-none">{move || t(Key::AGENT_OFFERS_NO_MESSAGES)}</p>
                    }
                >
                    {lines(messages)}
                </Show>
            </div>
        </div>
    }
}

fn lines(messages: Memo<Vec<Message>>) -> Placed {
    // Transparent to the sheet: lines are laid out by the element around them.
    let place = El::new("div|class=offer-said");
    let mut shown = Rows::new(&place, None);
    watch(move || {
        let messages = messages.get();
        let keys = messages.iter().map(|message| message.id.to_string());
        shown.show(keys.collect(), &mut |at| {
            let message = messages[at].clone();
            El::of_view(view! { <Line message /> })
        });
    });
    place.view()
}

#[component]
fn Line(message: Message) -> impl IntoView {
    let catalogue = use_catalogue();
    let kind = message.kind;
    let author = message.author.clone();
    let name = move || catalogue.with(|texts| author_name(texts, &author));
    let words = move || match &message.event {
        Some(event) => {
            let name = event.agent.as_ref().map_or("", |agent| agent.name.as_str());
            let places = [("name", name)];
            catalogue.with(|texts| texts.text_with(system_sentence(event.kind), &places))
        }
        None if message.is_deleted() => t(Key::COMMON_MESSAGE_DELETED),
        None => message.text.clone(),
    };
    let glyph = match kind {
        MessageKind::Agent => Some(Glyph::SEND),
        MessageKind::Automated | MessageKind::Unknown => Some(Glyph::BOT),
        MessageKind::Visitor | MessageKind::System => None,
    };
    let writer = (kind != MessageKind::System).then(|| view! { <VisuallyHidden text=name /> });
    view! { class="p",
        <p class="offer-line" data-kind=kind.as_str()>
            {writer}
            {glyph.map(|glyph| view! { <Icon glyph /> })}
            <span class="offer-words" dir="auto">{words}</span>
        </p>
    }
}
