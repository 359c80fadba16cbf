//! Whatever else may lie in such a folder.

use std::os::unix::fs::symlink;

use server_core::script::FILE_BYTES;

use super::{Place, script};

#[test]
fn names_that_are_no_site_s_are_told_once_and_ignored() {
    let mut place = Place::new();
    for name in [
        "shop.json~",
        "a shop.json",
        "readme.txt",
        ".json",
        ".shop.json.swp",
    ] {
        place.write(&format!("scripts/{name}"), &script("Other"));
    }
    let mut told = place.look();
    told.sort();
    let ignored =
        |name: &str| format!("WARN scripts/{name} is ignored: files here are named SITE_KEY.json");
    assert_eq!(
        told,
        ["a shop.json", "readme.txt", "shop.json~"].map(ignored),
        "hidden files are an editor's own"
    );
    assert!(place.look().is_empty());
    place.remove("scripts/readme.txt");
    assert!(place.look().is_empty());
}

#[test]
fn a_file_that_is_too_big_is_refused_without_being_read_whole() {
    let mut place = Place::new();
    for folder in ["scripts", "channels"] {
        let file = std::fs::File::create(place.path(&format!("{folder}/shop.json"))).unwrap();
        file.set_len(FILE_BYTES as u64 * 1_000_000).unwrap();
    }
    let told = place.look();
    for folder in ["scripts", "channels"] {
        let line = format!("WARN {folder}/shop.json:1: the file has more than 1000000 bytes");
        assert!(told.iter().any(|it| it.starts_with(&line)), "{told:?}");
    }
}

#[test]
fn a_folder_or_pipe_with_a_site_s_name_is_told_once_and_not_waited_for() {
    let mut place = Place::new();
    std::fs::create_dir(place.path("scripts/shop.json")).unwrap();
    let pipe = place.path("channels/shop.json");
    let made = std::process::Command::new("mkfifo").arg(pipe).status();
    assert!(made.unwrap().success());
    let told = place.look();
    for folder in ["scripts", "channels"] {
        let line = format!("WARN {folder}/shop.json cannot be read: it is not a file");
        assert!(told.contains(&line), "{told:?}");
    }
    assert!(place.look().is_empty());
    std::fs::remove_dir(place.path("scripts/shop.json")).unwrap();
    place.write("scripts/shop.json", &script("Shop"));
    place.look();
    assert_eq!(place.script("shop").as_deref(), Some("Shop"));
}

#[test]
fn links_are_followed_and_what_changes_behind_them_counts() {
    let mut place = Place::new();
    place.write("kept.json", &script("Kept"));
    symlink(place.path("kept.json"), place.path("scripts/shop.json")).unwrap();
    place.look();
    assert_eq!(place.script("shop").as_deref(), Some("Kept"));
    place.write("kept.json", &script("Kept and changed"));
    place.look();
    assert_eq!(place.script("shop").as_deref(), Some("Kept and changed"));
    place.remove("kept.json");
    place.look();
    assert_eq!(place.script("shop"), None, "a link to nothing is no file");
}

#[test]
fn a_link_in_a_circle_and_a_folder_that_is_a_file_are_told_once() {
    let mut place = Place::new();
    place.write("scripts/press.json", &script("Press"));
    place.look();
    let circle = place.path("scripts/shop.json");
    symlink(&circle, &circle).unwrap();
    let told = place.look();
    assert!(
        told[0].starts_with("WARN scripts/shop.json cannot be read"),
        "{told:?}"
    );
    assert!(place.look().is_empty());
    std::fs::rename(place.path("scripts"), place.path("away")).unwrap();
    place.write("scripts", "");
    let told = place.look();
    assert!(
        told[0].starts_with("WARN scripts cannot be read"),
        "{told:?}"
    );
    assert!(place.look().is_empty());
    assert_eq!(place.script("press").as_deref(), Some("Press"));
}
