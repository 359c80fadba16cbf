//! Assignment over 10,000 arrivals: nobody is overlooked, and `docs/assignment.md` tells the
//! figures as they are.

use std::path::Path;

use journeys::assignment::{Dealer, World, play, renew, tables};

#[test]
fn ten_thousand_arrivals_are_served_as_the_page_says() {
    let (board, circle, table) = tables().unwrap();
    println!("{table}");

    // Nobody starves.
    assert_eq!(board.served, 10_000);
    assert_eq!(board.overlooked, Some(0));
    assert!(board.wait_ms(100) < 10 * 60_000);
    // It weighs what a round robin does not.
    assert!(board.with_expertise > circle.with_expertise);
    assert!(board.in_rarer_language > circle.in_rarer_language);
    assert!(board.by_previous_agent > circle.by_previous_agent);

    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/assignment.md");
    let text = std::fs::read_to_string(page).unwrap();
    assert_eq!(
        text,
        renew(&text, &table).unwrap(),
        "run `cargo run -p journeys --bin assignment -- write`"
    );
}

#[test]
fn nobody_is_overlooked_whatever_the_day() {
    for seed in 0..5 {
        let figures = play(&World::new(1_500, seed).unwrap(), Dealer::Board);
        assert_eq!((figures.served, figures.overlooked), (1_500, Some(0)));
    }
}

#[test]
fn the_same_seed_gives_the_same_figures() {
    let world = World::new(500, 7).unwrap();
    let figures = || play(&world, Dealer::Board);
    assert_eq!(figures(), figures());
}
