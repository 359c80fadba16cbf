//! The rules that a build holds the catalogues to.

#[path = "../../build/codes.rs"]
#[expect(dead_code, reason = "the variable is for the build")]
mod codes;
#[path = "../../build/catalogues.rs"]
#[expect(dead_code, reason = "the build reads folders, the tests do not")]
mod rules;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use rules::{Catalogue, Naming, check, generate, parse};

const ENGLISH: &str = r#"{
    "common.language.name": "English",
    "a.greeting": "Hello {name}",
    "a.unread.one": "{count} message",
    "a.unread.other": "{count} messages"
}"#;

fn catalogue(tag: &str, text: &str) -> Catalogue {
    parse(tag, text).expect("a flat object")
}

fn problems(tag: &str, text: &str) -> Vec<String> {
    check(&[catalogue("en", ENGLISH), catalogue(tag, text)])
}

#[test]
fn names_are_made_from_keys_and_plurals_are_names_of_their_own() {
    let source = generate(&[catalogue("en", ENGLISH)], Naming::Keys).expect("no problem");
    assert!(source.contains(r#"pub const A_GREETING: Key = Key("a.greeting");"#));
    assert!(source.contains(r#"pub const A_UNREAD: Plural = Plural("a.unread");"#));
    assert!(!source.contains("A_UNREAD_ONE"));
    assert!(source.contains(r#"("en", "English")"#));
}

#[test]
fn codes_stand_for_the_names_in_what_people_download() {
    let source = generate(&[catalogue("en", ENGLISH)], Naming::Codes).expect("no problem");
    assert!(source.contains(r#"pub const A_GREETING: Key = Key("0");"#));
    assert!(source.contains(r#"pub const A_UNREAD: Plural = Plural("1");"#));
    let codes = codes::codes(["a.greeting", "a.unread.one", "a.unread.other", "b.c"].into_iter());
    assert_eq!(codes["a.unread"], "1");
    assert_eq!(codes["b.c"], "2");
}

#[test]
fn plural_forms_may_differ() {
    let arabic = r#"{
        "common.language.name": "العربية",
        "a.greeting": "مرحبًا {name}",
        "a.unread.two": "رسالتان",
        "a.unread.other": "{count} رسالة"
    }"#;
    assert_eq!(problems("ar", arabic), Vec::<String>::new());
}

#[test]
fn a_missing_text_is_named_with_its_language() {
    let found = problems("es", r#"{"common.language.name": "Español"}"#);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].contains("es.json lacks \"a.greeting\""));
    assert!(found[1].contains("es.json lacks \"a.unread.other\""));
}

#[test]
fn placeholders_must_be_the_same() {
    let spanish = r#"{
        "common.language.name": "Español",
        "a.greeting": "Hola {nombre}",
        "a.unread.one": "{total} mensaje",
        "a.unread.other": "{count} mensajes"
    }"#;
    let found = problems("es", spanish).join("\n");
    assert!(found.contains("\"a.greeting\" must use the placeholders"));
    assert!(found.contains("\"a.unread.one\" uses a placeholder"));
}

#[test]
fn texts_that_english_lacks_are_refused_and_so_are_empty_ones() {
    let spanish = r#"{
        "common.language.name": "Español",
        "a.greeting": "Hola {name}",
        "a.unread.other": "{count}",
        "a.old": "viejo",
        "a.older.other": " "
    }"#;
    let found = problems("es", spanish).join("\n");
    assert!(found.contains("\"a.old\", which en.json lacks"));
    assert!(found.contains("\"a.older.other\" is empty"));
}

#[test]
fn two_keys_never_share_a_name() {
    let english = r#"{"a.b_c": "x", "a.b.c": "y", "Bad": "z"}"#;
    let found = check(&[catalogue("en", english)]).join("\n");
    assert!(found.contains("the same name"));
    assert!(found.contains("\"Bad\" must be lower-case"));
}
