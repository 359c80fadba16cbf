//! The demo's script in the data folder.

use super::super::demo::install;
use super::{Place, script};

#[test]
fn only_the_demo_s_support_channel_gets_a_script() {
    let mut place = Place::new();
    std::fs::remove_dir(place.path("scripts")).unwrap();
    install(place.folder.path()).unwrap();
    assert_eq!(place.look(), ["INFO scripts/demo-support.json is in force"]);
    assert_eq!(place.script("demo-support").as_deref(), Some("Demo shop"));
    assert_eq!(place.script("demo-sales"), None);
    let text = std::fs::read_to_string(place.path("scripts/demo-support.json")).unwrap();
    assert!(!text.contains("$schema"));
}

#[test]
fn what_people_made_of_it_stays() {
    let mut place = Place::new();
    install(place.folder.path()).unwrap();
    place.write("scripts/demo-support.json", &script("Mine"));
    install(place.folder.path()).unwrap();
    place.look();
    assert_eq!(place.script("demo-support").as_deref(), Some("Mine"));
}
