//! Replies and private notes, and mentions, as an agent uses them.
#![cfg(target_arch = "wasm32")]

use client_core::view::{ComposerView, NotesView};
use client_core::{Intent, Mode};
use leptos::prelude::*;
use protocol::agent::Team;
use protocol::author::AgentRef;
use protocol::ids::{AgentId, TeamId};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test as test;
use web_sys::{HtmlElement, HtmlInputElement, HtmlTextAreaElement};

use crate::chat::{Composer, switch_mode};
use crate::i18n::Key;
use crate::tests::stage::{Stage, press, settled, stage, type_text};

fn agent(id: &str, name: &str) -> AgentRef {
    AgentRef {
        id: AgentId::parse(id).unwrap(),
        name: name.to_owned(),
    }
}

async fn composer(mode: Mode) -> Stage {
    let stage = stage(|| view! { <Composer label=Key::COMMON_COMPOSER_LABEL /> }).await;
    stage.mirror.composer.set(ComposerView {
        notes: NotesView {
            offered: true,
            conversation: None,
            mode,
            has_other_draft: false,
            colleagues: vec![agent("ben", "Ben Ortiz"), agent("sol", "Sol")],
            teams: Vec::new(),
        },
        ..ComposerView::default()
    });
    settled().await;
    stage
}

fn input(stage: &Stage) -> HtmlElement {
    stage.by_role("textbox", "Message")
}

fn value(stage: &Stage) -> String {
    input(stage).unchecked_into::<HtmlTextAreaElement>().value()
}

fn radio(stage: &Stage, name: &str) -> HtmlInputElement {
    let labels = stage.all(".composer-mode").into_iter();
    let mut named = labels.filter(|label| label.inner_text().contains(name));
    let label = named.next().unwrap();
    let radio = label.query_selector("input[type=radio]").unwrap().unwrap();
    radio.unchecked_into()
}

fn is_checked(stage: &Stage, name: &str) -> bool {
    radio(stage, name).checked()
}

fn options(stage: &Stage) -> Vec<(String, String)> {
    let list = stage.one(".mentions");
    let options = list.children();
    (0..options.length())
        .filter_map(|at| options.item(at))
        .map(|option| {
            let name = option.query_selector("bdi").unwrap().unwrap();
            let selected = option.get_attribute("aria-selected").unwrap();
            (name.text_content().unwrap(), selected)
        })
        .collect()
}

fn names(stage: &Stage) -> Vec<String> {
    options(stage).into_iter().map(|(name, _)| name).collect()
}

#[test]
async fn mode_is_chosen_by_radio_buttons_and_follows_the_core() {
    let stage = composer(Mode::Reply).await;
    assert!(is_checked(&stage, "Reply") && !is_checked(&stage, "Private note"));
    radio(&stage, "Private note").click();
    assert_eq!(stage.asked(), [Intent::ChooseMode(Mode::Note)]);
    stage
        .mirror
        .composer
        .update(|view| view.notes.mode = Mode::Note);
    settled().await;
    assert!(is_checked(&stage, "Private note") && !is_checked(&stage, "Reply"));
}

#[test]
async fn in_note_mode_words_button_and_hint_are_others() {
    let stage = composer(Mode::Reply).await;
    stage.by_role("button", "Send");
    assert!(stage.one(".composer-private").hidden());
    stage
        .mirror
        .composer
        .update(|view| view.notes.mode = Mode::Note);
    settled().await;
    let add = stage.by_role("button", "Add note");
    assert_eq!(add.text_content().unwrap(), "Add note");
    assert!(!stage.one(".composer-private").hidden());
    let field = input(&stage);
    assert!(
        field
            .get_attribute("placeholder")
            .unwrap()
            .contains("private note")
    );
    let described_by = field.get_attribute("aria-describedby").unwrap();
    assert!(described_by.contains(&stage.one(".composer-private").id()));
    let mode = stage.one(".composer").get_attribute("data-mode");
    assert_eq!(mode.as_deref(), Some("note"));
}

#[test]
async fn where_no_notes_are_kept_there_is_nothing_to_choose() {
    let stage = stage(|| view! { <Composer label=Key::COMMON_COMPOSER_LABEL /> }).await;
    assert!(stage.all(".composer-head").is_empty());
    assert_eq!(stage.one(".composer").get_attribute("data-mode"), None);
}

#[test]
async fn one_key_goes_to_the_other_mode() {
    let stage = composer(Mode::Note).await;
    let wanted = switch_mode(stage.mirror, "F2");
    assert_eq!(wanted, Some(Intent::ChooseMode(Mode::Reply)));
    assert_eq!(switch_mode(stage.mirror, "n"), None);
}

#[test]
async fn at_sign_offers_colleagues_and_enter_writes_the_whole_name() {
    let stage = composer(Mode::Note).await;
    type_text(&input(&stage), "ask @o");
    settled().await;
    assert_eq!(names(&stage), ["Ben Ortiz"]);
    assert!(!stage.one(".mentions").hidden());
    let list = stage.one(".mentions").id();
    assert_eq!(input(&stage).get_attribute("aria-controls"), Some(list));
    assert!(!press(&input(&stage), "Enter", |_| {}), "it is taken");
    settled().await;
    assert_eq!(value(&stage), "ask @Ben Ortiz ");
    assert!(stage.one(".mentions").hidden());
    let asked = stage.asked();
    assert!(!asked.contains(&Intent::SendDraft));
    let text = "ask @Ben Ortiz ".to_owned();
    assert!(asked.contains(&Intent::EditDraft { text }), "{asked:?}");
}

#[test]
async fn arrows_walk_and_escape_closes_without_losing_a_letter() {
    let stage = composer(Mode::Note).await;
    type_text(&input(&stage), "@");
    settled().await;
    let marks = |stage: &Stage| {
        let marks = options(stage).into_iter();
        marks.map(|(_, selected)| selected).collect::<Vec<_>>()
    };
    assert_eq!(marks(&stage), ["true", "false"]);
    press(&input(&stage), "ArrowUp", |_| {});
    assert_eq!(marks(&stage), ["false", "true"]);
    let active = input(&stage).get_attribute("aria-activedescendant");
    let at = stage.one("[aria-selected='true']").id();
    assert_eq!(active, Some(at));
    assert!(!press(&input(&stage), "Escape", |_| {}));
    assert!(stage.one(".mentions").hidden());
    assert_eq!(value(&stage), "@");
    assert!(
        press(&input(&stage), "Escape", |_| {}),
        "others may have it"
    );
    press(&input(&stage), "Enter", |_| {});
    assert!(stage.asked().contains(&Intent::SendDraft));
}

#[test]
async fn replies_and_compositions_offer_nobody() {
    let stage = composer(Mode::Reply).await;
    type_text(&input(&stage), "@b");
    settled().await;
    assert!(stage.one(".mentions").hidden());

    let stage = composer(Mode::Note).await;
    type_text(&input(&stage), "@b");
    settled().await;
    assert!(press(&input(&stage), "Enter", |init| init.set_is_composing(true)));
    assert_eq!(value(&stage), "@b");
}

#[test]
async fn teams_are_offered_among_colleagues_with_a_sign_and_words_of_their_own() {
    let stage = composer(Mode::Note).await;
    stage.mirror.composer.update(|view| {
        view.notes.teams = vec![Team {
            id: TeamId::parse("ben").unwrap(),
            name: "Billing".to_owned(),
            people: 2,
        }];
    });
    settled().await;
    type_text(&input(&stage), "@b");
    settled().await;
    assert_eq!(names(&stage), ["Ben Ortiz", "Billing"]);
    let team = stage.one(".mentions-option[data-kind='team']");
    assert!(team.inner_text().contains("Team, 2 people"));
    assert!(team.query_selector("svg").unwrap().is_some());
    assert!(team.query_selector(".avatar").unwrap().is_none());
    press(&input(&stage), "ArrowDown", |_| {});
    assert!(!press(&input(&stage), "Enter", |_| {}), "it is taken");
    settled().await;
    assert_eq!(value(&stage), "@Billing ");
}
