//! The banner: silent while all is well, a sentence and a way out otherwise.
#![cfg(target_arch = "wasm32")]

use client_core::Intent;
use client_core::view::BannerView;
use leptos::prelude::*;
use protocol::error::ErrorCode;
use protocol::time::Timestamp;
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::chat::{ConnectionBanner, MeSide};
use crate::tests::stage::{Stage, settled, stage};

async fn banner(me_side: MeSide) -> Stage {
    stage(move || view! { <ConnectionBanner me_side /> }).await
}

async fn show(stage: &Stage, view: BannerView) -> String {
    stage.mirror.banner.set(view);
    settled().await;
    stage.root.inner_text()
}

#[test]
async fn nothing_is_said_while_all_is_well() {
    let stage = banner(MeSide::Visitor).await;
    assert_eq!(stage.root.inner_text(), "");
    assert_eq!(show(&stage, BannerView::Connecting).await, "Connecting…");
    assert_eq!(show(&stage, BannerView::None).await, "");
}

#[test]
async fn who_waits_may_try_now() {
    let stage = banner(MeSide::Agent).await;
    let waiting = BannerView::Waiting {
        retry_at: Timestamp(0),
    };
    let text = show(&stage, waiting).await;
    assert!(text.starts_with("Connection lost."), "{text}");
    stage.by_role("button", "Try now").click();
    assert_eq!(stage.asked(), [Intent::ReconnectNow]);
}

#[test]
async fn a_visitor_whose_token_has_run_out_may_start_over() {
    let stage = banner(MeSide::Visitor).await;
    let expired = BannerView::Refused {
        code: ErrorCode::Expired,
    };
    show(&stage, expired).await;
    stage.by_role("button", "Start over").click();
    assert_eq!(stage.asked(), [Intent::StartOver]);
}

#[test]
async fn an_agent_whose_session_has_ended_may_sign_in() {
    let signed_in = RwSignal::new(0);
    let stage = stage(move || {
        let on_sign_in = move || signed_in.update(|times| *times += 1);
        view! { <ConnectionBanner me_side=MeSide::Agent on_sign_in /> }
    })
    .await;
    let ended = BannerView::Refused {
        code: ErrorCode::Unauthenticated,
    };
    show(&stage, ended).await;
    stage.by_role("button", "Sign in").click();
    assert_eq!(signed_in.get_untracked(), 1);
    assert_eq!(stage.asked(), []);
}
