//! Icons as outlines on a 24 × 24 grid, built from elements and never from markup. They are
//! always decoration: the name of what they stand for is beside them or in the label.

use leptos::prelude::*;

use crate::dom::El;

/// An outline. Constants, so that an app carries only those it draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyph(&'static str);

impl Glyph {
    /// An exclamation mark in a circle.
    pub const ALERT: Self = Self("M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7.5v5M12 16.4v.1");
    /// An arrow to where reading began.
    pub const BACK: Self = Self("M19 12H5M11 6l-6 6 6 6");
    /// A chatbot.
    pub const BOT: Self = Self(
        "M12 7V4M7 7h10a3 3 0 0 1 3 3v6a3 3 0 0 1-3 3H7a3 3 0 0 1-3-3v-6a3 3 0 0 1 3-3M9.5 12v2M14.5 12v2",
    );
    /// A speech bubble.
    pub const CHAT: Self =
        Self("M20 11.5a7.5 7.5 0 0 1-7.5 7.5H5l1.6-2.6A7.5 7.5 0 1 1 20 11.5M9 10h7M9 13.5h4.5");
    /// An exclamation mark.
    pub const BANG: Self = Self("M12 5v8.500M12 18.300v.1");
    /// A tick.
    pub const CHECK: Self = Self("M5 12.5l4.5 4.5L19 7.5");
    /// Two ticks.
    pub const CHECK_TWICE: Self = Self("M2.5 12.5L7 17l9-9.5M11 16l1 1 9.5-9.5");
    /// An angle pointing down.
    pub const CHEVRON_DOWN: Self = Self("M6 9.5l6 6 6-6");
    /// A clock.
    pub const CLOCK: Self = Self("M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7v5l3.5 2");
    /// A cross.
    pub const CLOSE: Self = Self("M6 6l12 12M18 6L6 18");
    /// Four corners that point inwards.
    pub const CORNERS_IN: Self = Self("M9 4.5V9H4.5M19.5 9H15V4.5M15 19.5V15h4.5M4.5 15H9v4.5");
    /// Four corners that point outwards.
    pub const CORNERS_OUT: Self = Self("M4.5 9V4.5H9M15 4.5h4.5V9M19.5 15v4.5H15M9 19.5H4.5V15");
    /// A globe.
    pub const GLOBE: Self = Self(
        "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M3.5 12h17M12 3c5 5.5 5 12.5 0 18M12 3c-5 5.5-5 12.5 0 18",
    );
    /// A hash sign, for channels.
    pub const HASH: Self = Self("M9.5 4L7.5 20M16.5 4l-2 16M4.5 9h16M3.5 15h16");
    /// An hourglass.
    pub const HOURGLASS: Self = Self(
        "M6.5 4h11M6.5 20h11M8 4v3.500c0 2 4 3 4 4.500s-4 2.500-4 4.500V20M16 4v3.500c0 2-4 3-4 4.500s4 2.500 4 4.500V20",
    );
    /// A tray.
    pub const INBOX: Self = Self(
        "M4 13l2.5-8h11L20 13v5a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 18zM4 13h4.5l1.5 2.5h4L15.5 13H20",
    );
    /// An arrow into a tray.
    pub const DOWNLOAD: Self = Self("M12 4v11M7 10.500l5 5 5-5M5 19.500h14");
    /// A sheet of paper.
    pub const FILE: Self = Self(
        "M13.5 3.5H7A1.5 1.5 0 0 0 5.5 5v14A1.5 1.5 0 0 0 7 20.500h10a1.5 1.5 0 0 0 1.500-1.500V8.500zM13.500 3.500v5h5",
    );
    /// A strip of film.
    pub const FILM: Self = Self("M4 5.500h16v13H4zM8 5.500v13M16 5.500v13M4 12h16");
    /// A picture.
    pub const IMAGE: Self = Self("M4 5.500h16v13H4zM4 16l5-5 4 4 2.500-2.500L20 17M15.500 9v.1");
    /// A note of music.
    pub const SOUND: Self = Self(
        "M9.500 17.500V6l9-1.500V16M9.500 17.500a2.500 2.500 0 1 1-5 0 2.500 2.500 0 0 1 5 0M18.500 16a2.500 2.500 0 1 1-5 0 2.500 2.500 0 0 1 5 0",
    );
    /// An i in a circle.
    pub const INFO: Self = Self("M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 11.5V16M12 8v.1");
    /// Two links of a chain.
    pub const LINK: Self = Self(
        "M10 14a4 4 0 0 0 5.700 0l3-3a4 4 0 0 0-5.700-5.700l-1 1M14 10a4 4 0 0 0-5.700 0l-3 3a4 4 0 0 0 5.700 5.700l1-1",
    );
    /// A closed lock.
    pub const LOCK: Self = Self(
        "M8 10.500V7.500a4 4 0 0 1 8 0v3M6.500 10.500h11a1.500 1.500 0 0 1 1.500 1.500v6.500a1.500 1.500 0 0 1-1.500 1.500h-11A1.500 1.500 0 0 1 5 18.500V12a1.500 1.500 0 0 1 1.500-1.500M12 14v2.500",
    );
    /// A magnifying glass with a minus.
    pub const MAGNIFY_LESS: Self =
        Self("M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M15.2 15.2L20 20M7.5 10.5h6");
    /// A magnifying glass with a plus.
    pub const MAGNIFY_MORE: Self =
        Self("M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M15.2 15.2L20 20M7.5 10.5h6M10.5 7.5v6");
    /// An at sign.
    pub const MENTION: Self = Self(
        "M12 8.500a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7M15.500 8.500v4.500a2.500 2.500 0 0 0 5 0v-1a8.500 8.500 0 1 0-3.500 6.900",
    );
    /// A bar.
    pub const MINUS: Self = Self("M6.5 12h11");
    /// An angle that points to what comes next.
    pub const NEXT: Self = Self("M9.500 6l6 6-6 6");
    /// No network.
    pub const OFFLINE: Self = Self(
        "M4 4l16 16M8.5 15.5a5 5 0 0 1 6.5-.5M5 12a10 10 0 0 1 4.5-2.600M19 12a10 10 0 0 0-5-2.800M2.5 8.5A14 14 0 0 1 6 6M21.5 8.5A14 14 0 0 0 11 5M12 19v.1",
    );
    /// An arrow out of a box: another page.
    pub const OUT: Self = Self("M14 4.500h5.500V10M19.500 4.500L11 13M17 14.500v5H4.500V7h5");
    /// A paper clip.
    pub const CLIP: Self = Self(
        "M20 11.500l-8 8a5 5 0 0 1-7.100-7.100l8.500-8.500a3.400 3.400 0 0 1 4.800 4.800l-8.400 8.400a1.700 1.700 0 0 1-2.400-2.400l7.500-7.500",
    );
    /// A pencil.
    pub const PENCIL: Self =
        Self("M4.500 19.500v-3.500L15.500 5l3.500 3.500L8 19.500zM13 7.500l3.500 3.500");
    /// Two bars: a pause.
    pub const PAUSE: Self = Self("M8.5 6v12M15.5 6v12");
    /// An angle that points to what came before.
    pub const PREVIOUS: Self = Self("M14.500 6l-6 6 6 6");
    /// A triangle: play.
    pub const PLAY: Self = Self("M8 5.5v13l10.500-6.500z");
    /// A square: stop.
    pub const STOP: Self = Self("M7 7h10v10H7z");
    /// A microphone.
    pub const MICROPHONE: Self = Self(
        "M12 4a2.500 2.500 0 0 0-2.500 2.500v5a2.500 2.500 0 0 0 5 0v-5A2.500 2.500 0 0 0 12 4M6.500 11.500a5.500 5.500 0 0 0 11 0M12 17v3",
    );
    /// One person.
    pub const PERSON: Self = Self("M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8M4.5 20a7.5 7.5 0 0 1 15 0");
    /// Two people.
    pub const PEOPLE: Self = Self(
        "M9.5 5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M3 19.5a6.5 6.5 0 0 1 13 0M15.5 5.400a3.5 3.5 0 0 1 0 6.200M18 14.200a6.5 6.5 0 0 1 3 5.300",
    );
    /// An arrow back to what was said.
    pub const REPLY: Self = Self("M9.500 6L4.500 11l5 5M5 11h8.500a6 6 0 0 1 6 6v1.500");
    /// An arrow that turns back on itself.
    pub const RETRY: Self = Self("M19.5 12a7.5 7.5 0 1 1-2.200-5.300L19.5 9M19.5 4v5h-5");
    /// A paper plane.
    pub const SEND: Self = Self("M20.5 3.5l-17 6.5 6.5 3.5 3.5 6.5zM20.5 3.5L10 13.5");
    /// A door with an arrow into it.
    pub const SIGN_IN: Self =
        Self("M14 4.5h4A1.5 1.5 0 0 1 19.5 6v12a1.5 1.5 0 0 1-1.5 1.5h-4M10 8l4 4-4 4M14 12H4.5");
    /// A door with an arrow out of it.
    pub const SIGN_OUT: Self =
        Self("M10 4.5H6A1.5 1.5 0 0 0 4.5 6v12A1.5 1.5 0 0 0 6 19.5h4M15 8l4 4-4 4M19 12H9.5");
    /// A star.
    pub const STAR: Self =
        Self("M12 4l2.500 5.100 5.500.8-4 3.900 1 5.600-5-2.700-5 2.700 1-5.600-4-3.900 5.500-.8z");
    /// A bin.
    pub const TRASH: Self =
        Self("M4.5 7h15M9.5 7V4.5h5V7M6.5 7l1 12.5h9L17.5 7M10.5 11v5M13.5 11v5");
}

/// An icon in the size and colour of the text around it.
#[component]
pub fn Icon(
    /// Which.
    glyph: Glyph,
) -> impl IntoView {
    icon(glyph).view()
}

/// The same as an element.
pub fn icon(glyph: Glyph) -> El {
    let path = El::new("path");
    path.set("d", Some(glyph.0));
    El::new(
        "svg|class=icon|part=icon|viewBox=0 0 24 24|fill=none|stroke=currentColor|\
         stroke-width=1.75|stroke-linecap=round|stroke-linejoin=round|aria-hidden=true|\
         focusable=false",
    )
    .child(&path)
}
