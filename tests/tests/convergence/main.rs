//! Whatever happens to wires, pages and the server, everybody ends with the same messages.
//!
//! The real cores of visitors and agents talk to the real use cases over a simulated wire that
//! delays, doubles, cuts and swallows; pages are reloaded from what they saved, or closed while
//! another page of the same browser goes on; the server is killed and loses its feeds. In one
//! channel a chatbot greets, asks, is answered by two tabs at once, forwards and begins again. At
//! the end all wires are healed and every timeline is compared with a fresh fetch: each message once, each author's in the order they were sent, none lost.
//! Messages are changed, deleted and quoted meanwhile; who changes one too late, or one that is gone, gives it up.
//! Agents leave private notes among their answers; no frame that reaches a visitor holds one.
//! `PROPTEST_CASES` raises the number of stories.

#![allow(clippy::unwrap_used, clippy::panic)]

mod page;
mod server;
mod world;

use proptest::prelude::*;

use world::World;

/// One thing that happens. Numbers pick pages and amounts.
#[derive(Clone, Debug)]
enum Step {
    /// The person at a page writes and sends a line.
    Say { page: u8 },
    /// The person says something else in a message of theirs, or deletes it.
    Change { page: u8, nth: u8, deletes: bool },
    /// The person answers a message by quoting it.
    Quote { page: u8, nth: u8 },
    /// Frames travel from a page to the server.
    Up { page: u8, frames: u8 },
    /// Frames travel from the server to a page.
    Down { page: u8, frames: u8 },
    /// The next frame to a page comes twice.
    Double { page: u8 },
    /// A page's connection is cut; what was on the wire is lost.
    Cut { page: u8 },
    /// A page's connection swallows everything without ending.
    Swallow { page: u8 },
    /// Time passes, timers run out.
    Wait { millis: u32 },
    /// A page is closed and opened again.
    Reload { page: u8 },
    /// A page is closed. The next thing the person does there, or the end, opens it again.
    Close { page: u8 },
    /// A page goes out of view and comes back.
    Blink { page: u8 },
    /// An agent looks at one of the conversations, or at none.
    Select { page: u8, conversation: u8 },
    /// An agent goes from replies to private notes, or back.
    Mode { page: u8 },
    /// An agent takes part in what is on screen.
    Attend { page: u8, how: u8 },
    /// A visitor presses a button of a question that is open on their page, if there is one.
    Press { page: u8, button: u8 },
    /// A visitor lets the chatbot begin again.
    BeginAgain { page: u8 },
    /// The person wants to see older messages.
    Older { page: u8 },
    /// The server is killed and started again.
    Kill,
    /// The server is started from a copy without feeds' past: all logs are new.
    LoseFeeds,
}

fn step() -> impl Strategy<Value = Step> {
    let page = 0..world::PAGES as u8;
    prop_oneof![
        10 => page.clone().prop_map(|page| Step::Say { page }),
        4 => (page.clone(), 0..9_u8, any::<bool>())
            .prop_map(|(page, nth, deletes)| Step::Change { page, nth, deletes }),
        2 => (page.clone(), 0..9_u8).prop_map(|(page, nth)| Step::Quote { page, nth }),
        16 => (page.clone(), 1..6_u8).prop_map(|(page, frames)| Step::Up { page, frames }),
        16 => (page.clone(), 1..8_u8).prop_map(|(page, frames)| Step::Down { page, frames }),
        2 => page.clone().prop_map(|page| Step::Double { page }),
        3 => page.clone().prop_map(|page| Step::Cut { page }),
        1 => page.clone().prop_map(|page| Step::Swallow { page }),
        6 => prop_oneof![1..50_u32, 50..3_000_u32, 3_000..40_000_u32]
            .prop_map(|millis| Step::Wait { millis }),
        2 => page.clone().prop_map(|page| Step::Reload { page }),
        2 => page.clone().prop_map(|page| Step::Close { page }),
        1 => page.clone().prop_map(|page| Step::Blink { page }),
        3 => (page.clone(), 0..4_u8)
            .prop_map(|(page, conversation)| Step::Select { page, conversation }),
        3 => page.clone().prop_map(|page| Step::Mode { page }),
        1 => (page.clone(), 0..7_u8).prop_map(|(page, how)| Step::Attend { page, how }),
        4 => (page.clone(), 0..3_u8).prop_map(|(page, button)| Step::Press { page, button }),
        1 => page.clone().prop_map(|page| Step::BeginAgain { page }),
        1 => page.prop_map(|page| Step::Older { page }),
        1 => Just(Step::Kill),
        1 => Just(Step::LoseFeeds),
    ]
}

fn cases() -> u32 {
    std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(64)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: cases(),
        max_shrink_iters: 4_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn every_timeline_equals_a_fresh_fetch(
        seed in any::<u64>(),
        steps in prop::collection::vec(step(), 20..160),
    ) {
        let mut world = World::new(seed);
        for step in steps {
            world.happen(&step);
        }
        world.heal();
        world.check()?;
    }
}

#[test]
fn a_quiet_day_needs_no_repair() {
    let mut world = World::new(1);
    for page in 0..world::PAGES as u8 {
        world.happen(&Step::Say { page });
    }
    world.heal();
    world.check().unwrap();
}

#[test]
fn a_button_pressed_in_another_tab_leaves_no_trace_when_it_came_too_late() {
    let mut world = World::new(4_232_695_923_025_904_569);
    let say = |page| Step::Say { page };
    for step in [
        Step::Up { page: 0, frames: 1 },
        Step::Down { page: 0, frames: 1 },
        say(0),
        say(0),
        say(0),
        say(1),
        say(1),
        Step::Press { page: 0, button: 0 },
        Step::Reload { page: 1 },
        say(0),
        say(0),
        say(0),
        say(0),
        say(0),
        Step::Down { page: 0, frames: 1 },
        say(0),
        Step::Blink { page: 0 },
        say(0),
        say(0),
        say(0),
    ] {
        world.happen(&step);
    }
    world.heal();
    world.check().unwrap();
}
