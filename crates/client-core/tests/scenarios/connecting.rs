//! The connection: opening, losing, waiting, being refused.

use client_core::view::BannerView;
use client_core::{Event, Incoming, Intent, Timer};
use protocol::error::{ErrorCode, close};
use protocol::hello::Bye;
use protocol::time::Timestamp;

use crate::client::*;

/// Loses the socket and hands out how long the client waits.
fn waits_after(client: &mut Client, code: u16) -> u32 {
    let lost = client.bring(Event::SocketClosed { code });
    let wait = lost.timer(Timer::Reconnect).unwrap();
    let retry_at = Timestamp(client.now + i64::from(wait));
    assert_eq!(client.core.banner(), BannerView::Waiting { retry_at });
    wait
}

#[test]
fn nothing_is_opened_or_stored_before_the_person_acts() {
    let mut client = Client::visitor();
    let mut effects = client.edit("hello").0;
    effects.extend(client.intend(Intent::SendDraft).0);
    effects.extend(client.bring(Event::PageShown).0);
    effects.extend(client.bring(Event::NetworkOnline).0);
    effects.extend(client.intend(Intent::ReconnectNow).0);
    effects.extend(client.fire(Timer::SaveDraft).0);
    for effect in effects {
        let harmless = matches!(
            effect,
            client_core::Effect::Render(_)
                | client_core::Effect::SetTimer { .. }
                | client_core::Effect::CancelTimer(_)
        );
        assert!(harmless, "{effect:?}");
    }
    let acts = client.intend(Intent::Connect);
    assert!(acts.opens_socket());
    assert_eq!(acts.saved().len(), 1, "the message is stored now");
}

#[test]
fn connect_goes_first_and_ready_makes_it_online() {
    let mut client = Client::visitor();
    assert_eq!(client.core.banner(), BannerView::None);
    assert!(client.intend(Intent::Connect).opens_socket());
    assert_eq!(client.core.banner(), BannerView::Connecting);
    assert_eq!(
        client.bring(Event::SocketOpened).types(),
        ["connect_visitor"]
    );
    let online = client.frame(Incoming::VisitorReady(ready(None)));
    assert_eq!(client.core.banner(), BannerView::None);
    assert_eq!(online.saved(), [("token".to_owned(), "token-1".to_owned())]);
    assert_eq!(online.timer(Timer::Silence), Some(35_000));
}

#[test]
fn there_is_never_a_second_socket() {
    let mut client = Client::visitor();
    assert!(client.intend(Intent::Connect).opens_socket());
    for _ in 0..2 {
        for event in [
            Event::Intent(Intent::Connect),
            Event::Intent(Intent::ReconnectNow),
            Event::PageShown,
            Event::NetworkOnline,
            Event::TimerFired(Timer::Reconnect),
            Event::SocketOpened,
        ] {
            assert!(!client.bring(event).opens_socket());
        }
        client.frame(Incoming::VisitorReady(ready(None)));
    }
}

#[test]
fn waits_grow_up_to_half_a_minute_and_stay_below_their_bound() {
    let mut client = Client::visitor();
    client.intend(Intent::Connect);
    let mut longest = 0;
    for attempt in 0..12_u32 {
        let bound = (500_u32 << attempt.min(6)).min(30_000);
        let wait = waits_after(&mut client, 1006);
        assert!(wait <= bound, "attempt {attempt}: {wait}");
        longest = longest.max(wait);
        client.wait(i64::from(wait));
        assert!(client.fire(Timer::Reconnect).opens_socket());
    }
    assert!(longest > 5_000);
}

#[test]
fn only_a_settled_connection_makes_waits_short_again() {
    let mut client = Client::online();
    for _ in 0..8 {
        client.lose();
        client.fire(Timer::Reconnect);
        client.connect(ready(None));
    }
    let still_long: u32 = (0..5)
        .map(|_| {
            let wait = waits_after(&mut client, 1006);
            client.fire(Timer::Reconnect);
            client.connect(ready(None));
            wait
        })
        .max()
        .unwrap();
    assert!(still_long > 500);
    client.fire(Timer::Settled);
    assert!(waits_after(&mut client, 1006) <= 500);
}

#[test]
fn codes_of_4000_stop_and_connect_begins_anew() {
    let mut client = Client::online();
    let closed = client.bring(Event::SocketClosed {
        code: close::UNAUTHENTICATED,
    });
    assert_eq!(closed.timer(Timer::Reconnect), None);
    let code = ErrorCode::Unauthenticated;
    assert_eq!(client.core.banner(), BannerView::Refused { code });
    assert!(!client.bring(Event::NetworkOnline).opens_socket());
    assert!(client.intend(Intent::Connect).opens_socket());
}

#[test]
fn codes_of_4200_reconnect_at_once_but_not_in_a_loop() {
    let mut client = Client::online();
    let closed = client.bring(Event::SocketClosed {
        code: close::SLOW_CONSUMER,
    });
    assert!(closed.opens_socket());
    client.connect(ready(None));
    let again = client.bring(Event::SocketClosed {
        code: close::SLOW_CONSUMER,
    });
    assert!(!again.opens_socket());
    assert!(again.timer(Timer::Reconnect).is_some());
}

#[test]
fn a_server_that_says_when_to_come_back_is_believed() {
    let mut client = Client::online();
    client.frame(Incoming::Bye(Bye {
        code: close::GOING_AWAY,
        retry_after_ms: 4_000,
    }));
    let wait = waits_after(&mut client, close::GOING_AWAY);
    assert!((4_000..=4_500).contains(&wait), "{wait}");
}

#[test]
fn a_refusal_of_connect_stops_or_waits_by_its_kind() {
    let mut client = Client::visitor();
    client.intend(Intent::Connect);
    client.bring(Event::SocketOpened);
    let refused = client.frame(refused_all(ErrorCode::UnknownSite));
    assert!(refused.closes_socket());
    let code = ErrorCode::UnknownSite;
    assert_eq!(client.core.banner(), BannerView::Refused { code });

    let mut client = Client::visitor();
    client.intend(Intent::Connect);
    client.bring(Event::SocketOpened);
    let busy = client.frame(refused_all(ErrorCode::Unavailable));
    assert!(busy.closes_socket());
    assert!(busy.timer(Timer::Reconnect).is_some());
}

#[test]
fn a_refusal_of_one_frame_does_not_end_the_connection() {
    let mut client = Client::online();
    let refused = client.frame(refused_all(ErrorCode::UnknownFrame));
    assert!(!refused.closes_socket());
    assert_eq!(client.core.banner(), BannerView::None);
}

#[test]
fn pings_are_answered() {
    let mut client = Client::online();
    assert_eq!(client.frame(Incoming::Ping).types(), ["pong"]);
}

#[test]
fn silence_for_a_heartbeat_and_ten_seconds_is_death() {
    let mut client = Client::online();
    client.wait(20_000);
    client.frame(Incoming::Ping);
    client.wait(15_000);
    // Heard 15 s ago: the timer only goes on.
    let early = client.fire(Timer::Silence);
    assert_eq!(early.timer(Timer::Silence), Some(20_000));
    assert!(!early.closes_socket());
    client.wait(20_000);
    let late = client.fire(Timer::Silence);
    assert!(late.closes_socket());
    assert!(late.timer(Timer::Reconnect).is_some());
}

#[test]
fn unreadable_frames_are_a_sign_of_life() {
    let mut client = Client::online();
    client.wait(30_000);
    client.bring(Event::FrameUnreadable);
    client.wait(5_000);
    assert!(!client.fire(Timer::Silence).closes_socket());
}

#[test]
fn a_socket_that_never_opens_is_given_up() {
    let mut client = Client::visitor();
    let opening = client.intend(Intent::Connect);
    let limit = opening.timer(Timer::Silence).unwrap();
    client.wait(i64::from(limit));
    let late = client.fire(Timer::Silence);
    assert!(late.closes_socket());
    assert!(late.timer(Timer::Reconnect).is_some());
}

#[test]
fn doubt_is_settled_by_a_ping_within_five_seconds() {
    for event in [
        Event::PageShown,
        Event::NetworkOnline,
        Event::NetworkOffline,
    ] {
        let mut client = Client::online();
        let doubt = client.bring(event.clone());
        assert_eq!(doubt.types(), ["ping"]);
        assert_eq!(doubt.timer(Timer::Silence), Some(5_000));
        // One ping is enough.
        assert!(client.bring(event).types().is_empty());
        client.wait(5_000);
        assert!(client.fire(Timer::Silence).closes_socket());
    }
}

#[test]
fn an_answered_ping_ends_the_doubt() {
    let mut client = Client::online();
    client.bring(Event::PageShown);
    client.wait(100);
    client.frame(Incoming::Pong);
    client.wait(4_900);
    let fired = client.fire(Timer::Silence);
    assert!(!fired.closes_socket());
    assert_eq!(fired.timer(Timer::Silence), Some(30_100));
}

#[test]
fn waking_reconnects_at_once() {
    for event in [Event::PageShown, Event::NetworkOnline] {
        let mut client = Client::online();
        client.lose();
        assert!(client.bring(event).opens_socket());
        assert_eq!(client.core.banner(), BannerView::Reconnecting);
    }
}

#[test]
fn an_hour_of_sleep_is_noticed_whatever_wakes_the_page() {
    let mut client = Client::online();
    client.wait(3_600_000);
    let woken = client.edit("a");
    assert!(woken.types().contains(&"ping".to_owned()));

    let mut client = Client::online();
    client.wait(3_600_000);
    // The timer came late, too: nobody could have heard anything.
    let woken = client.fire(Timer::Silence);
    assert!(!woken.closes_socket());
    assert_eq!(woken.types(), ["ping"]);

    let mut client = Client::online();
    client.lose();
    client.wait(3_600_000);
    assert!(client.edit("a").opens_socket());
}

#[test]
fn a_clock_that_is_set_back_does_not_prolong_the_silence() {
    let mut client = Client::online();
    client.wait(-3_600_000);
    let fired = client.fire(Timer::Silence);
    assert_eq!(fired.timer(Timer::Silence), Some(35_000));
    client.wait(35_000);
    assert!(client.fire(Timer::Silence).closes_socket());
}

#[test]
fn no_network_is_told_only_while_it_matters() {
    let mut client = Client::online();
    client.bring(Event::NetworkOffline);
    assert_eq!(client.core.banner(), BannerView::None);
    client.lose();
    assert_eq!(client.core.banner(), BannerView::Offline);
    client.bring(Event::NetworkOnline);
    assert_eq!(client.core.banner(), BannerView::Reconnecting);
}

#[test]
fn words_of_a_given_up_socket_are_not_heard() {
    let mut client = Client::talking(Vec::new());
    client.lose();
    assert!(client.entry(11, from_agent(1, "late")).alerts().is_empty());
    assert!(client.frame(refused_all(ErrorCode::Expired)).0.is_empty());
    assert!(client.texts().is_empty());
}
