//! What a channel's file may look like, and what is told about one that will not do.

use server_core::ports::SiteRules;

use crate::sites::channel::{check, summary};

fn problems(file: &str) -> Vec<String> {
    let problems = check(file.as_bytes()).err().unwrap_or_default();
    problems.iter().map(ToString::to_string).collect()
}

#[test]
fn the_documentation_s_example_does_what_it_says() {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/channels.md");
    let page = std::fs::read_to_string(page).unwrap();
    let (_, rest) = page.split_once("```json\n").unwrap();
    let (example, _) = rest.split_once("```").unwrap();
    let rules = check(example.as_bytes()).unwrap();
    assert_eq!(
        summary(&rules),
        "hours in Europe/Madrid, pre_chat with 2 fields, offline with 2 fields, \
         a reply within 5 minutes"
    );
    assert!(rules.hours.is_some());
    assert_eq!(rules.expected_reply_ms, Some(300_000));
}

#[test]
fn an_empty_file_sets_nothing() {
    let nulls = r#"{"hours":null,"pre_chat":null,"offline":null,"expected_reply_minutes":null}"#;
    for file in ["{}", nulls, "\u{feff} { }\n"] {
        let rules = check(file.as_bytes()).unwrap();
        assert_eq!(rules, SiteRules::default());
        assert_eq!(summary(&rules), "nothing is set");
    }
}

#[test]
fn sessions_are_given_only_where_the_file_says_so() {
    for (file, given) in [
        (r#"{"auto_accept": true}"#, true),
        (r#"{"auto_accept": false}"#, false),
    ] {
        let rules = check(file.as_bytes()).unwrap();
        assert_eq!(rules.auto_accept, given);
        assert_eq!(summary(&rules).contains("without being offered"), given);
    }
    let told = problems("{\n\"auto_accept\": \"yes\"}");
    assert!(told[0].starts_with("2: `auto_accept`"), "{told:?}");
}

#[test]
fn what_is_no_json_object_is_told_with_its_line() {
    for (file, told) in [
        ("", "1: the file is one object; begin it with {"),
        ("[null, null]", "1: the file is one object; begin it with {"),
        (
            "{\n\"hours\": null,\n}",
            "3: this is not JSON: trailing comma, at column 1",
        ),
        (
            "{\n\"hours\": {\n",
            "3: this is not JSON: EOF while parsing an object, at column 0",
        ),
        (
            "{} {}",
            "1: this is not JSON: trailing characters, at column 4",
        ),
    ] {
        assert_eq!(problems(file), [told], "{file}");
    }
    let problems = check(b"{\n\"hours\": \"\xff\"}").unwrap_err();
    assert_eq!(problems[0].line, 2);
    assert!(problems[0].sentence.contains("UTF-8"));
}

#[test]
fn fields_that_are_unknown_or_there_twice_are_told_with_their_line() {
    let told = problems("{\n\"expected_reply_minutes\": 5,\n\"prechat\": {}\n}");
    assert_eq!(told.len(), 1);
    assert!(
        told[0].starts_with("3: unknown field `prechat`"),
        "{told:?}"
    );
    let told = problems("{\n\"hours\": null,\n\"hours\": null\n}");
    assert_eq!(told, ["3: duplicate field `hours`"]);
    let told = problems("{\"hours\": {\n\"time_zone\": \"UTC\",\n\"weak\": {}\n}}");
    assert!(
        told[0].starts_with("3: `hours`: unknown field `weak`"),
        "{told:?}"
    );
}

#[test]
fn every_slip_of_a_file_is_told() {
    let file = r#"{
  "hours": {
    "time_zone": "Europe/Madird",
    "week": {
      "monday": [{ "from": "9:00", "to": "14:00" }],
      "friday": [{ "from": "09:00", "to": "14:00" },
                 { "from": "13:00", "to": "15:00" }]
    },
    "holidays": [
      { "from": "2026-12-24" },
      { "from": "2026-02-30" }
    ]
  },
  "pre_chat": {
    "fields": [
      { "name": "E-mail", "kind": "email", "label": { "en": "E-mail" } },
      { "name": "topic", "kind": "choice", "label": { "en": "Topic" } },
      { "name": "note", "kind": "essay", "label": { "en": "Note" } }
    ]
  },
  "offline": {
    "fields": []
  },
  "expected_reply_minutes": 0
}"#;
    let told = problems(file);
    let lines: Vec<&str> = told.iter().filter_map(|it| it.split(':').next()).collect();
    assert_eq!(
        lines,
        ["3", "5", "6", "11", "16", "17", "18", "21", "24"],
        "{told:#?}"
    );
    for (at, words) in [
        (0, "`hours`: There is no time zone \"Europe/Madird\""),
        (1, "\"9:00\" on monday is no time of day"),
        (2, "09:00-14:00 on friday and 13:00-15:00 overlap"),
        (3, "\"2026-02-30\" is no date"),
        (4, "`pre_chat`: \"E-mail\" is no name"),
        (5, "The choice \"topic\" has no options"),
        (6, "unknown variant `essay`"),
        (7, "`offline` has no fields"),
        (8, "`expected_reply_minutes` is not between 1 and 10080"),
    ] {
        assert!(told[at].contains(words), "{}", told[at]);
    }
}

#[test]
fn what_holds_between_days_and_fields_is_told_as_well() {
    let file = "{\"hours\": {\"time_zone\": \"UTC\", \"week\": {\n\
        \"sunday\": [{\"from\": \"22:00\", \"to\": \"02:00\"}],\n\
        \"monday\": [{\"from\": \"01:00\", \"to\": \"05:00\"}]}},\n\
        \"offline\": {\"fields\": [\n\
        {\"name\": \"a\", \"kind\": \"text\", \"label\": {\"en\": \"A\"}},\n\
        {\"name\": \"a\", \"kind\": \"email\", \"label\": {\"en\": \"A\"}}]}}";
    let told = problems(file);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(
        told[0].starts_with("2: `hours`: 22:00-02:00 on sunday"),
        "{told:?}"
    );
    assert_eq!(told[1], "6: `offline`: \"a\" is there twice.");
}

#[test]
fn minutes_are_whole_and_no_text() {
    for wrong in ["-1", "1.5", "\"5\"", "10081", "99999999999"] {
        let told = problems(&format!("{{\n\"expected_reply_minutes\": {wrong}}}"));
        assert_eq!(told.len(), 1, "{wrong}");
        assert!(
            told[0].starts_with("2: `expected_reply_minutes`"),
            "{told:?}"
        );
    }
}

#[test]
fn a_file_full_of_slips_is_refused_in_reasonable_time() {
    let fields = vec!["{}"; 200_000].join(",\n");
    let told = problems(&format!("{{\"pre_chat\":{{\"fields\":[{fields}]}}}}"));
    assert_eq!(told.len(), 100);
    let depth = format!(
        "{{\"hours\":{}{}}}",
        "[".repeat(400_000),
        "]".repeat(400_000)
    );
    assert_eq!(problems(&depth).len(), 1);
}
