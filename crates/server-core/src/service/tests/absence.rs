//! Agents whose screens are gone, for a moment or for good, and the server itself.

use std::sync::Arc;

use protocol::agent::{Availability, OfferStatus};

use super::house::agent_id;
use super::work::{MINUTE, SECOND, Work};
use crate::memory::MemoryStorage;

#[test]
fn who_is_gone_for_half_a_minute_is_offered_nothing() {
    let work = Work::with(&["ana"]);
    work.goes("ana");
    work.pass(29 * SECOND);
    let (_, id) = work.waits();
    assert_eq!(work.asked(&id), ["ana"]);
    let offer = work.offer("ana").id;
    work.pass(SECOND);
    assert_eq!(work.status("ana", &offer), OfferStatus::Disconnected);
    work.waits();
    assert_eq!(work.open_offers("ana"), 0);
    // Nothing was missed: as soon as a screen is there, they are asked again.
    assert_eq!(work.is("ana"), Availability::Available);
    work.comes("ana");
    work.distribute();
    assert_eq!(work.open_offers("ana"), 2);
}

#[test]
fn a_reload_changes_nothing() {
    let work = Work::with(&["ana"]);
    work.waits();
    let offer = work.offer("ana").id;
    work.goes("ana");
    work.pass(20 * SECOND);
    work.comes("ana");
    work.distribute();
    assert_eq!(work.offer("ana").id, offer);
    work.accept("ana", &offer).unwrap();
}

#[test]
fn the_last_of_several_screens_counts() {
    let work = Work::with(&["ana"]);
    work.comes("ana");
    work.goes("ana");
    work.pass(20 * MINUTE);
    let (_, id) = work.waits();
    assert_eq!(work.asked(&id), ["ana"]);
}

#[test]
fn a_deadline_without_a_screen_is_not_a_miss() {
    let work = Work::with(&["ana"]);
    work.waits();
    let offer = work.offer("ana").id;
    work.pass(10 * SECOND);
    work.goes("ana");
    work.pass(20 * SECOND);
    assert_eq!(work.status("ana", &offer), OfferStatus::Disconnected);
    assert_eq!(work.is("ana"), Availability::Available);
}

#[test]
fn sessions_of_who_is_gone_for_good_wait_again() {
    let work = Work::with(&["ana"]);
    let (visitor, id) = work.waits();
    work.accept("ana", &work.offer("ana").id).unwrap();
    work.goes("ana");
    work.pass(10 * MINUTE - 1);
    assert_eq!(work.row("ben", &id).owner().unwrap().name, "Ana");
    work.pass(1);
    let row = work.row("ben", &id);
    assert_eq!(row.owner(), None);
    assert_eq!(row.waiting_since, Some(work.now()));
    let lines = work.lines(&visitor, &id);
    assert_eq!(lines.last().map(String::as_str), Some("*agent_left Ana"));
    // Who had them before suits best when they are back.
    work.comes("ana");
    work.distribute();
    let offer = work.offer("ana");
    assert_eq!(offer.conversation, id);
    assert_eq!(offer.reasons[0].as_str(), "previous_agent");
}

#[test]
fn what_had_fallen_silent_stays_until_its_visitor_writes() {
    let work = Work::with(&["ana", "ben"]);
    let (visitor, id) = work.waits();
    work.take("ana", &id).unwrap();
    work.pass(31 * MINUTE);
    work.goes("ana");
    work.pass(20 * MINUTE);
    assert_eq!(work.row("ben", &id).owner().unwrap().name, "Ana");
    work.post(&visitor, "Hello again").unwrap();
    assert_eq!(work.row("ben", &id).waiting_since, Some(work.now()));
    work.distribute();
    assert_eq!(work.asked(&id), ["ben"]);
}

#[test]
fn signing_out_everywhere_gives_everything_back_at_once() {
    let work = Work::with(&["ana", "ben"]);
    let token = work.signs_in("ana");
    let (_, own) = work.conversation();
    work.take("ana", &own).unwrap();
    work.becomes("ben", Availability::Busy).unwrap();
    let (_, offered) = work.waits();
    let offer = work.offer("ana").id;
    work.service.sign_out(&token).unwrap();
    work.goes("ana");
    work.becomes("ben", Availability::Available).unwrap();
    work.distribute();
    assert_eq!(work.status("ana", &offer), OfferStatus::Withdrawn);
    assert_eq!(work.asked(&own), ["ben"]);
    assert_eq!(work.asked(&offered), ["ben"]);
}

#[test]
fn after_a_restart_open_offers_go_on_or_end_as_disconnected() {
    let storage = Arc::new(MemoryStorage::new());
    let before = Work::on(storage.clone());
    for name in ["ana", "ben"] {
        before.signs_in(name);
        before.comes(name);
    }
    let (_, first) = before.waits();
    let (_, second) = before.waits();
    let of_ana = before.desk("ana").offers[0].id.clone();
    let of_ben = before.desk("ben").offers[0].id.clone();

    // Everybody counts as gone from the start on; Ana is back in time.
    let after = Work::again(storage);
    after.distribute();
    after.comes("ana");
    after.distribute();
    assert_eq!(after.status("ana", &of_ana), OfferStatus::Open);
    assert_eq!(after.status("ben", &of_ben), OfferStatus::Open);
    after.accept("ana", &of_ana).unwrap();
    after.pass(30 * SECOND);
    assert_eq!(after.status("ben", &of_ben), OfferStatus::Disconnected);
    assert_eq!(after.is("ben"), Availability::Available);
    let open = after.offer("ana").conversation;
    assert!([first, second].contains(&open));
}

#[test]
fn deadlines_that_passed_while_the_server_was_down_are_nobody_s_miss() {
    let storage = Arc::new(MemoryStorage::new());
    let before = Work::on(storage.clone());
    before.signs_in("ana");
    before.comes("ana");
    let (_, id) = before.waits();
    let offer = before.offer("ana").id;
    let after = Work::again(storage);
    after.wait(60 * MINUTE);
    after.distribute();
    assert_eq!(after.status("ana", &offer), OfferStatus::Disconnected);
    assert_eq!(after.is("ana"), Availability::Available);
    after.comes("ana");
    after.distribute();
    assert_eq!(after.offer("ana").conversation, id);
}

#[test]
fn after_a_restart_nobody_is_asked_before_their_screen_is_there() {
    let work = Work::with(&[]);
    let (_, id) = work.waits();
    assert_eq!(work.asked(&id), [""; 0]);
    work.comes("ben");
    work.distribute();
    assert_eq!(work.asked(&id), ["ben"]);
}

#[test]
fn sessions_of_who_does_not_come_back_after_a_restart_wait_again() {
    let storage = Arc::new(MemoryStorage::new());
    let before = Work::on(storage.clone());
    before.signs_in("ana");
    let (_, id) = before.conversation();
    before.take("ana", &id).unwrap();
    let after = Work::again(storage);
    after.comes("ben");
    after.pass(9 * MINUTE);
    assert_eq!(after.row("ben", &id).owner().unwrap().name, "Ana");
    after.pass(MINUTE);
    assert_eq!(after.asked(&id), ["ben"]);
}

#[test]
fn a_fault_of_the_storage_is_made_up_for_later() {
    let work = Work::with(&["ana"]);
    let (_, id) = work.conversation();
    // The board is thrown away with a fault; the next call looks at everything again.
    drop(work.service.line.table().take());
    work.distribute();
    assert_eq!(work.asked(&id), ["ana"]);
    assert!(work.service.presence.is_here(&agent_id("ana")));
}
