//! The open conversation on a real screen, as far as it is about help among agents, asked for by role
//! and name.

use std::cell::RefCell;
use std::rc::Rc;

use client_core::Intent;
use client_core::view::{
    DeskView, InformationView, LoadPhase, OwnStateView, RosterGroup, RosterHeading, RosterPhase,
    RosterRow, RosterView,
};
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos_router::components::Router;
use protocol::agent::{Availability, SessionStanding};
use protocol::author::AgentRef;
use protocol::conversation::{
    ContactRef, ConversationStatus, ConversationSummary, HelpWanted, LiveStatus, Participant,
    ParticipantRole,
};
use protocol::error::ErrorCode;
use protocol::hello::ChannelRef;
use protocol::ids::{AgentId, ChannelId, ContactId, ConversationId, SessionId};
use protocol::session::{ActionState, Obstacle, SessionAction, SessionState};
use protocol::time::Timestamp;
use ui::bridge::{Handle, Mirror, TimelineHead, provide_bridge};
use ui::i18n::{Catalogue, provide_catalogue};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement};

use super::conversation;
use crate::client::{Client, RefusedAction};
use crate::pages::inbox::place::Place;

const ENGLISH: &str = include_str!("../../../../../../public/locales/en.json");

fn agent(id: &str, name: &str) -> AgentRef {
    AgentRef {
        id: AgentId::parse(id).expect("an id"),
        name: name.to_owned(),
    }
}

fn id() -> ConversationId {
    ConversationId::parse("c").expect("an id")
}

/// The conversation of Ben, in which Ana takes part or does not.
fn row(status: Option<LiveStatus>, with_ana: bool) -> RosterRow {
    let part = |agent, role| Participant { agent, role };
    let mut participants = vec![part(agent("ben", "Ben"), ParticipantRole::Owner)];
    if with_ana {
        participants.push(part(agent("ana", "Ana"), ParticipantRole::Member));
    }
    let help = HelpWanted {
        since: Timestamp(0),
        by: Some(agent("ben", "Ben")),
        own_expertise: true,
    };
    RosterRow {
        summary: ConversationSummary {
            id: id(),
            version: 1,
            channel: ChannelId::parse("press").expect("an id"),
            elsewhere: Some(ChannelRef {
                id: ChannelId::parse("press").expect("an id"),
                name: "Press".to_owned(),
            }),
            contact: ContactRef {
                id: ContactId::parse("contact").expect("an id"),
                name: Some("Vera".to_owned()),
                language: None,
                widget_language: None,
                country: None,
            },
            status: ConversationStatus::Open,
            live_status: status,
            help: (status == Some(LiveStatus::LookingForHelp)).then_some(help),
            waiting_since: None,
            participants,
            preview: None,
            unread: 0,
            started_at: Timestamp(0),
            last_activity_at: Timestamp(0),
        },
        mine: with_ana,
        unassigned: false,
        selected: true,
        has_draft: false,
        is_new: false,
    }
}

fn roster(row: Option<RosterRow>) -> RosterView {
    let group = row.map(|row| RosterGroup {
        heading: RosterHeading::Help,
        rows: vec![row],
    });
    RosterView {
        phase: RosterPhase::Ready,
        groups: group.into_iter().collect(),
        has_more: false,
        unread: 0,
    }
}

/// What the server says of the three statuses, each with its obstacle.
fn standing(obstacles: [Option<Obstacle>; 3]) -> InformationView {
    let actions = [
        SessionAction::Proceed,
        SessionAction::AwaitCustomer,
        SessionAction::AskForHelp,
    ];
    let actions = actions.into_iter().zip(obstacles);
    InformationView {
        standing: Some(SessionStanding {
            session: SessionId::parse("s").expect("an id"),
            state: SessionState::Attended,
            started_at: Timestamp(0),
            ended_at: None,
            outcome: None,
            actions: actions
                .map(|(action, obstacle)| ActionState { action, obstacle })
                .collect(),
        }),
        ..InformationView::default()
    }
}

fn head(phase: LoadPhase) -> TimelineHead {
    TimelineHead {
        conversation: (phase != LoadPhase::Empty).then(id),
        phase,
        ..TimelineHead::default()
    }
}

fn refused(code: ErrorCode, by: Option<AgentRef>) -> Option<RefusedAction> {
    Some(RefusedAction {
        conversation: id(),
        code,
        by,
    })
}

/// The conversation on Ana's screen, alone on the page.
struct Screen {
    root: HtmlElement,
    mirror: Mirror,
    client: Client,
    wanted: Rc<RefCell<Vec<Intent>>>,
    _mounted: Box<dyn std::any::Any>,
}

impl Screen {
    /// With the messages there.
    async fn show(row: Option<RosterRow>) -> Self {
        Self::show_at(row, LoadPhase::Ready).await
    }

    async fn show_at(row: Option<RosterRow>, phase: LoadPhase) -> Self {
        let root = document().create_element("div").expect("an element");
        let root: HtmlElement = root.unchecked_into();
        let body = document().body().expect("a body");
        body.append_child(&root).expect("a place");
        let wanted = Rc::new(RefCell::new(Vec::new()));
        let heard = Rc::clone(&wanted);
        let (send, receive) = std::sync::mpsc::channel();
        let mounted = mount_to(root.clone(), move || {
            provide_catalogue(Catalogue::parse("en", ENGLISH).expect("texts"));
            let mirror = Mirror::new();
            mirror.roster.set(roster(row.clone()));
            mirror.head.set(head(phase));
            mirror.desk.set(DeskView {
                state: Some(OwnStateView {
                    availability: Availability::Available,
                    reason: None,
                    is_pending: false,
                    seconds: Some(0),
                    missed: None,
                }),
                time: Timestamp(180_000),
                ..DeskView::default()
            });
            provide_bridge(
                mirror,
                Handle::new(move |intent| heard.borrow_mut().push(intent)),
            );
            let client = Client::without_core(agent("ana", "Ana"));
            provide_context(client);
            send.send((mirror, client)).expect("somebody who waits");
            view! { <Router><Stage /></Router> }
        });
        let (mirror, client) = receive.try_recv().expect("a mirror");
        let screen = Self {
            root,
            mirror,
            client,
            wanted,
            _mounted: Box::new(mounted),
        };
        settled().await;
        screen.take();
        screen
    }

    fn all(&self, selector: &str) -> Vec<Element> {
        let found = self.root.query_selector_all(selector).expect("a selector");
        (0..found.length())
            .filter_map(|at| found.item(at))
            .map(|node| node.unchecked_into())
            .collect()
    }

    fn text_in(&self, selector: &str) -> String {
        let found = self.all(selector);
        let texts = found.iter().filter_map(|found| found.text_content());
        texts.collect()
    }

    /// The button whose text or label this is, unless it is hidden.
    fn button(&self, name: &str) -> Option<HtmlElement> {
        let named = |button: &Element| {
            let label = button.get_attribute("aria-label");
            let is_shown = matches!(button.closest("[hidden]"), Ok(None));
            is_shown && label.or_else(|| button.text_content()).as_deref() == Some(name)
        };
        let button = self.all("button").into_iter().find(named)?;
        Some(button.unchecked_into())
    }

    /// Presses it; what was asked for then.
    async fn press(&self, name: &str) -> Vec<Intent> {
        self.take();
        self.button(name).expect("the button").click();
        settled().await;
        self.take()
    }

    /// Which of the three statuses are down.
    fn pressed(&self) -> Vec<String> {
        let down = self.all(".conversation-status:not([hidden]) > [aria-pressed=true]");
        let name = |button: &Element| button.get_attribute("aria-label");
        down.iter().filter_map(name).collect()
    }

    fn take(&self) -> Vec<Intent> {
        self.wanted.take()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.root.remove();
    }
}

#[component]
fn Stage() -> impl IntoView {
    Place::provide_with(id());
    conversation().view()
}

async fn settled() {
    leptos::task::tick().await;
    leptos::task::tick().await;
}

#[wasm_bindgen_test]
async fn who_takes_part_sees_where_the_session_stands_and_sets_it() {
    let screen = Screen::show(Some(row(Some(LiveStatus::InProgress), true))).await;
    assert!(screen.button("In progress").is_none(), "nobody said so yet");
    let now = standing([Some(Obstacle::StatusAlready), None, None]);
    screen.mirror.information.set(now);
    settled().await;
    let group = &screen.all(".conversation-status")[0];
    assert_eq!(group.get_attribute("aria-label").as_deref(), Some("Status"));
    assert_eq!(
        group
            .query_selector_all("button")
            .expect("buttons")
            .length(),
        3
    );
    assert_eq!(screen.pressed(), ["In progress"]);
    assert_eq!(
        screen.press("Waiting for customer").await,
        [Intent::SetLiveStatus {
            conversation: id(),
            status: LiveStatus::WaitingForCustomer,
        }]
    );
    assert_eq!(
        screen.press("Ask for help").await,
        [Intent::SetLiveStatus {
            conversation: id(),
            status: LiveStatus::LookingForHelp,
        }]
    );
    // It is down when it stands there, not before.
    assert_eq!(screen.pressed(), ["In progress"]);
    let asking = row(Some(LiveStatus::LookingForHelp), true);
    screen.mirror.roster.set(roster(Some(asking)));
    settled().await;
    assert_eq!(screen.pressed(), ["Ask for help"]);
}

#[wasm_bindgen_test]
async fn who_cannot_set_the_status_does_not_see_it() {
    let screen = Screen::show(Some(row(Some(LiveStatus::InProgress), true))).await;
    for obstacle in [Obstacle::NotParticipant, Obstacle::SessionOver] {
        screen.mirror.information.set(standing([Some(obstacle); 3]));
        settled().await;
        assert!(screen.button("In progress").is_none(), "{obstacle:?}");
        assert!(screen.button("Ask for help").is_none(), "{obstacle:?}");
    }
}

#[wasm_bindgen_test]
async fn who_could_help_reads_who_asks_and_joins() {
    let calling = row(Some(LiveStatus::LookingForHelp), false);
    let screen = Screen::show(Some(calling)).await;
    assert_eq!(screen.text_in(".conversation-channel"), "Press");
    assert_eq!(
        screen.text_in(".conversation-help [role=status]"),
        "Ben asks for help."
    );
    let time = &screen.all(".conversation-help-time")[0];
    assert_eq!(time.text_content().as_deref(), Some("3 min"));
    assert_eq!(
        time.get_attribute("aria-label").as_deref(),
        Some("Help wanted for 3 min")
    );
    assert!(screen.button("Take").is_none());
    assert!(screen.button("Leave").is_none());
    assert_eq!(screen.press("Join").await, [Intent::HelpIn(id())]);
}

#[wasm_bindgen_test]
async fn who_takes_part_sees_no_join_and_nothing_when_no_help_is_wanted() {
    let calling = row(Some(LiveStatus::LookingForHelp), true);
    let screen = Screen::show(Some(calling)).await;
    assert!(screen.button("Join").is_none());
    assert!(screen.button("Leave").is_some());
    assert_eq!(
        screen.text_in(".conversation-help [role=status]"),
        "Ben asks for help."
    );
    let over = row(Some(LiveStatus::InProgress), true);
    screen.mirror.roster.set(roster(Some(over)));
    settled().await;
    assert_eq!(screen.text_in(".conversation-help"), "");
}

#[wasm_bindgen_test]
async fn who_is_late_to_help_reads_who_was_first() {
    let screen = Screen::show(Some(row(Some(LiveStatus::InProgress), false))).await;
    let first = Some(agent("sol", "Sol"));
    screen
        .client
        .refused
        .set(refused(ErrorCode::NotNow, first.clone()));
    settled().await;
    let told = screen.text_in(".conversation-refusal");
    assert!(told.contains("Sol came to help first."), "{told}");
    // Without anybody it is an ordinary refusal.
    screen.client.refused.set(refused(ErrorCode::NotNow, None));
    settled().await;
    let told = screen.text_in(".conversation-refusal");
    assert!(told.contains("That is not possible now."), "{told}");
    // Who takes part by now needs no explanation.
    screen.client.refused.set(refused(ErrorCode::NotNow, first));
    let inside = row(Some(LiveStatus::InProgress), true);
    screen.mirror.roster.set(roster(Some(inside)));
    settled().await;
    assert_eq!(screen.text_in(".conversation-refusal"), "");
}

#[wasm_bindgen_test]
async fn what_is_closed_again_says_who_helps_in_whatever_order_that_is_told() {
    for code in [ErrorCode::Forbidden, ErrorCode::NotNow] {
        let calling = row(Some(LiveStatus::LookingForHelp), false);
        let screen = Screen::show(Some(calling)).await;
        let first = Some(agent("sol", "Sol"));
        screen.client.refused.set(refused(code, first));
        screen.mirror.head.set(head(LoadPhase::Empty));
        screen.mirror.roster.set(roster(None));
        settled().await;
        let told = screen.text_in(".conversation-none[role=alert]");
        assert!(told.contains("Help has ended"), "{told}");
        assert!(told.contains("Sol is helping now."), "{told}");
        assert!(told.contains("Back to the list"), "{told}");
    }
}

#[wasm_bindgen_test]
async fn what_is_closed_again_without_a_helper_goes_on_in_its_channel() {
    for by in [None, Some(agent("ana", "Ana"))] {
        let calling = row(Some(LiveStatus::LookingForHelp), false);
        let screen = Screen::show(Some(calling)).await;
        screen.client.refused.set(refused(ErrorCode::Forbidden, by));
        screen.mirror.head.set(head(LoadPhase::Empty));
        screen.mirror.roster.set(roster(None));
        settled().await;
        let told = screen.text_in(".conversation-none[role=alert]");
        assert!(told.contains("Help has ended"), "{told}");
        assert!(told.contains("the agents of its channel"), "{told}");
    }
}

#[wasm_bindgen_test]
async fn what_was_never_open_is_missing() {
    let screen = Screen::show_at(None, LoadPhase::Loading).await;
    screen
        .client
        .refused
        .set(refused(ErrorCode::Forbidden, None));
    screen.mirror.head.set(head(LoadPhase::Empty));
    settled().await;
    let told = screen.text_in(".conversation-none[role=alert]");
    assert!(told.contains("No such conversation"), "{told}");
}

#[wasm_bindgen_test]
async fn what_was_closed_is_opened_again_once_it_is_listed() {
    let calling = || Some(row(Some(LiveStatus::LookingForHelp), false));
    let screen = Screen::show(calling()).await;
    let by = Some(agent("sol", "Sol"));
    screen.client.refused.set(refused(ErrorCode::Forbidden, by));
    screen.mirror.head.set(head(LoadPhase::Empty));
    screen.mirror.roster.set(roster(None));
    settled().await;
    let wanted = Intent::SelectConversation(Some(id()));
    assert!(!screen.take().contains(&wanted));
    screen.mirror.roster.set(roster(calling()));
    settled().await;
    assert!(screen.take().contains(&wanted));
}
