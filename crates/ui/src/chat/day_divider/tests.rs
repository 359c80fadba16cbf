//! The divider: named as the day is called now.
#![cfg(target_arch = "wasm32")]

use client_core::view::{Row, RowContent, TimelineView};
use js_sys::{Date, Function, Reflect, global};
use leptos::prelude::*;
use protocol::time::Timestamp;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::chat::{MeSide, MessageList};
use crate::i18n::{Key, now};
use crate::tests::rows::timeline;
use crate::tests::stage::{settled, stage, text_of};

/// The browser's clock shows another time while this lives.
struct Clock {
    date: JsValue,
    right: JsValue,
}

impl Clock {
    fn at(time: Timestamp) -> Self {
        let date = Reflect::get(&global(), &"Date".into()).unwrap();
        let right = Reflect::get(&date, &"now".into()).unwrap();
        let wrong = Function::new_no_args(&format!("return {}", time.0));
        Reflect::set(&date, &"now".into(), &wrong).unwrap();
        Self { date, right }
    }
}

impl Drop for Clock {
    fn drop(&mut self) {
        let _ = Reflect::set(&self.date, &"now".into(), &self.right);
    }
}

fn today(at: Timestamp, hour: i64) -> TimelineView {
    TimelineView {
        hour,
        ..timeline(vec![Row {
            key: "day".to_owned(),
            content: RowContent::Day { at },
        }])
    }
}

#[test]
async fn today_is_yesterday_after_midnight() {
    let at = now();
    let stage =
        stage(|| view! { <MessageList label=Key::WIDGET_LOG_LABEL me_side=MeSide::Visitor /> })
            .await;
    stage.mirror.show_timeline(today(at, 1));
    settled().await;
    let divider = stage.one(".day-divider-text");
    assert_eq!(text_of(&divider), "Today");

    let tomorrow = Date::new(&JsValue::from_f64(at.0 as f64));
    tomorrow.set_date(tomorrow.get_date() + 1);
    let clock = Clock::at(Timestamp(tomorrow.get_time() as i64));
    stage.mirror.show_timeline(today(at, 2));
    settled().await;
    drop(clock);
    assert_eq!(text_of(&divider), "Yesterday");
    assert!(divider.is_connected());
}
