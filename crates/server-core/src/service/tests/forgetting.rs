//! What is kept only for a time goes, and nothing else.

use super::house::House;
use crate::service::Forgotten;
use crate::settings::Settings;

const DAY: i64 = 24 * 3600 * 1000;

#[test]
fn everything_due_goes_at_once() {
    let house = House::with(Settings {
        visitor_posts: Vec::new(),
        ..Settings::default()
    });
    for _ in 0..60 {
        house.conversation();
    }
    house
        .service
        .sign_in("ana@example.com", "parlour-demo")
        .unwrap();
    assert_eq!(house.service.forget_old(), Ok(Forgotten::default()));
    house.wait(31 * DAY);
    let gone = house.service.forget_old().unwrap();
    let wanted = Forgotten {
        answers: 60,
        // Two for each visitor, two for each agents' feed, one row in the channel's; and that Ana
        // came to work.
        entries: 60 * 5 + 1,
        sign_ins: 1,
        uploads: 0,
        versions: 0,
    };
    assert_eq!(gone, wanted);
    assert_eq!(house.list("ana").rows.len(), 60);
    assert_eq!(house.service.forget_old(), Ok(Forgotten::default()));
}
