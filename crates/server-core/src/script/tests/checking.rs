//! What the checker finds in a file, and in which line.

use super::*;

/// Each problem of these steps must contain its words, in this order and no other.
fn expect(steps: &str, expected: &[&str]) {
    let found = problems(steps);
    assert_eq!(found.len(), expected.len(), "{steps}\n{found:#?}");
    for (problem, words) in found.iter().zip(expected) {
        assert!(problem.contains(words), "{problem}\nlacks {words}");
    }
}

#[test]
fn form_is_checked_line_by_line() {
    for (steps, expected) in [
        (
            r#"{"id":"a","type":"text"}"#,
            &["2: step `a` has no `text`"][..],
        ),
        (
            r#"{"id":"a","text":"A"}"#,
            &["2: step `a` has no `type`; use one of `text`"],
        ),
        (
            "{\"id\":\"a\",\n\"type\":\"qestion\",\"text\":\"A\"}",
            &["3: step `a`: the type `qestion` is unknown; did you mean `question`?"],
        ),
        (
            r#"{"type":"text","text":"A"}"#,
            &["2: this step has no `id`"],
        ),
        (r#""a""#, &["2: a step must be an object"]),
        (
            "{\"id\":\"a\",\"type\":\"text\",\n\"text\":\"A\",\n\"goto\":\"a\", \"x-mine\": 1}",
            &["4: step `a` has the unknown field `goto`; did you mean `go_to`?"],
        ),
        (
            r#"{"id":"a b","type":"text","text":"A"}"#,
            &["`a b` is no name"],
        ),
        (
            r#"{"id":"a","type":"text","text":7}"#,
            &["step `a`: `text` must be a string"],
        ),
        (
            r#"{"id":"a","type":"text","text":" \n"}"#,
            &["`text` is empty"],
        ),
        (
            r#"{"id":"a","type":"text","text":"A","text":"B"}"#,
            &["step `a` has `text` twice"],
        ),
        (
            r#"{"id":"a","type":"text","text":"A"},{"id":"a","type":"text","text":"A"}"#,
            &["the step `a` is there already, in line 2"],
        ),
        (
            "{\"id\":\"a\",\"type\":\"text\",\"text\":\"A\",\n\"go_to\":\"helo\"},{\"id\":\"hello\",\"type\":\"text\",\"text\":\"A\"}",
            &["3: step `a`: `go_to` `helo` is the name of no step; did you mean `hello`?"],
        ),
        (
            r#"{"id":"a","type":"text","text":"A"},{"id":"f","type":"forward","if_nobody":"x"},{"id":"e","type":"end"}"#,
            &["`if_nobody` `x` is the name of no step"],
        ),
        (
            r#"{"id":"f","type":"forward"},{"id":"e","type":"end"}"#,
            &["begins with a forward"],
        ),
        (
            r#"{"id":"a","type":"email","text":"A","save_as":"My mail"}"#,
            &["is no variable"],
        ),
        (
            r#"{"id":"a","type":"email","text":"A","save_as":"channel"}"#,
            &["choose another"],
        ),
        (
            r#"{"id":"a","type":"text","text":"Hi {{nam}}"}"#,
            &["`nam`, which no step saves; did you mean `name`?"],
        ),
        (
            r#"{"id":"a","type":"text","text":"Hi {{name"}"#,
            &["`{{` without `}}`"],
        ),
    ] {
        expect(steps, expected);
    }
}

#[test]
fn questions_are_checked() {
    let with =
        |fields: &str| format!("{{\"id\":\"q\",\"type\":\"question\",\"text\":\"Q\",{fields}}}");
    for (fields, expected) in [
        (r#""answers":[]"#, &["`answers` is empty"][..]),
        (
            r#""answers":[{"id":"a"}]"#,
            &["has no `text`: What stands on the button"],
        ),
        (
            r#""answers":[{"id":"a","text":"A"},{"id":"a","text":"B"}]"#,
            &["step `q`: the answer `a` is there already"],
        ),
        (
            r#""on_text":"q","answers":[{"id":"a","text":"A"}]"#,
            &["nobody can type there"],
        ),
        (
            r#""required":"no","answers":[{"id":"a","text":"A"}]"#,
            &["`required` must be `true` or `false`"],
        ),
        (
            r#""answers":[{"id":"a","text":"A","link":"javascript:alert(1)"}]"#,
            &["is no link"],
        ),
        (
            r#""answers":{"id":"a","text":"A"}"#,
            &["`answers` must be a list"],
        ),
    ] {
        expect(&with(fields), expected);
    }
    let many: Vec<String> = (0..51)
        .map(|at| format!("{{\"id\":\"a{at}\",\"text\":\"A\"}}"))
        .collect();
    expect(
        &with(&format!("\"answers\":[{}]", many.join(","))),
        &["`answers` has more than 50 entries"],
    );
}

#[test]
fn links_lead_to_the_web_only() {
    let with = |link: &str| {
        let link = serde_json::to_string(link).unwrap();
        problems(&format!(
            "{{\"id\":\"q\",\"type\":\"question\",\"text\":\"Q\",\"answers\":[{{\"id\":\"a\",\"text\":\"A\",\"link\":{link}}}]}}"
        ))
    };
    for link in [
        "https://shop.example/a?b=c#d",
        "http://localhost:8080/",
        "HTTPS://shop.example",
        "/help",
        "help/a:b",
        "?page=2",
        "#top",
        "https://[::1]/",
    ] {
        assert_eq!(with(link), Vec::<String>::new(), "{link}");
    }
    for link in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,a",
        "mailto:a@b.example",
        "//evil.test/",
        "\\\\evil.test",
        " /help",
        "java\nscript:alert(1)",
        "https:///a",
        "",
    ] {
        assert_eq!(with(link).len(), 1, "{link}");
    }
}

#[test]
fn conditions_are_checked() {
    let with = |condition: &str| {
        problems(&format!(
            r#"{{"id":"q","type":"question","text":"Q","answers":[{{"id":"yes","text":"Y"}}]}},
{{"id":"t","type":"text","text":"T","if":[{condition}]}},{{"id":"e","type":"end"}}"#
        ))
    };
    for condition in [
        r#"{"answer":"q","is":["yes"]}"#,
        r#"{"page":"/shop/*"}"#,
        r#"{"language":["en","zh-TW"]}"#,
        r#"{"hours":"open"}"#,
        r#"{"available":false,"x-why":"later"}"#,
    ] {
        assert_eq!(with(condition), Vec::<String>::new(), "{condition}");
    }
    for (condition, words) in [
        ("", "3: step `t`: `if` is empty"),
        (
            "{}",
            "3: a condition must be an object with one of `answer`, `page`",
        ),
        (
            r#"{"answer":"q","is":["ye"]}"#,
            "3: step `q` has no answer `ye`; did you mean `yes`?",
        ),
        (
            r#"{"answer":"t","is":["yes"]}"#,
            "step `t` has no answer `yes`",
        ),
        (
            r#"{"answer":"r","is":["yes"]}"#,
            "`r` is the name of no step",
        ),
        (r#"{"answer":"q"}"#, "has no `is`"),
        (r#"{"page":"shop"}"#, "is no page"),
        (r#"{"language":["english!"]}"#, "is no language tag"),
        (
            r#"{"hours":"opened"}"#,
            "is unknown; use one of `open`, `closed`",
        ),
        (r#"{"hours":"open","page":"/"}"#, "says several things"),
    ] {
        let found = with(condition);
        assert!(
            found.len() == 1 && found[0].contains(words),
            "{condition}: {found:#?}"
        );
    }
}

#[test]
fn every_text_is_in_every_language() {
    let with = |languages: &str, text: &str| {
        problems_of(&format!(
            "{{\"name\":\"Bot\",\"languages\":{languages},\n\"steps\":[{{\"id\":\"a\",\"type\":\"text\",\n\"text\":{text}}}]}}"
        ))
    };
    let two = r#"["en","zh-CN"]"#;
    assert!(with(two, r#"{"en":"A","zh-CN":"B"}"#).is_empty());
    for (languages, text, words) in [
        (
            two,
            r#""A""#,
            "3: step `a`: `text` is in one language only; write {\"en\": \"…\", \"zh-CN\": \"…\"}",
        ),
        (
            two,
            r#"{"en":"A"}"#,
            "3: step `a`: `text` is missing in the language `zh-CN`",
        ),
        (
            two,
            "{\"en\":\"A\",\"zh-CN\":\"B\",\n\"es\":\"C\"}",
            "4: step `a`: `text` has the language `es`",
        ),
        (
            two,
            "{\"en\":\"A\",\n\"zh-CN\":\" \"}",
            "4: step `a`: `text` is empty",
        ),
        (
            two,
            "{\"en\":\"A\",\n\"zh-CN\":[]}",
            "4: step `a`: `text` in `zh-CN` must be a string",
        ),
        (
            r#"["en",
"EN"]"#,
            r#"{"en":"A","EN":"B"}"#,
            "2: this language is named twice",
        ),
        (
            r#"["en_US"]"#,
            r#""A""#,
            "1: the file: `languages` `en_US` is no language tag",
        ),
        ("[]", r#""A""#, "1: the file: `languages` is empty"),
    ] {
        let found = with(languages, text);
        assert!(
            found.len() == 1 && found[0].contains(words),
            "{text}: {found:#?}"
        );
    }
}

#[test]
fn all_problems_are_told_at_once() {
    let found = problems(
        "{\"id\":\"a\",\"type\":\"text\",\"text\":\"\"},\n{\"id\":\"b\",\"type\":\"txt\"},\n{\"id\":\"c\",\"type\":\"text\",\"text\":\"C\",\"go_to\":\"d\"}",
    );
    let lines: Vec<&str> = found
        .iter()
        .filter_map(|line| line.split(':').next())
        .collect();
    assert_eq!(lines, ["2", "3", "4"], "{found:#?}");
}

#[test]
fn what_is_too_large_is_refused() {
    let huge = vec![b' '; FILE_BYTES + 1];
    assert!(
        check(&huge).unwrap_err()[0]
            .sentence
            .contains("more than 1000000 bytes")
    );
    let long = "a".repeat(10_001);
    expect(
        &format!("{{\"id\":\"a\",\"type\":\"text\",\"text\":\"{long}\"}}"),
        &["has 10001 characters"],
    );
    let steps: Vec<String> = (0..501)
        .map(|at| format!("{{\"id\":\"a{at}\",\"type\":\"text\",\"text\":\"A\"}}"))
        .collect();
    expect(&steps.join(",\n"), &["502: a script has at most 500 steps"]);
}

#[test]
fn files_that_are_no_scripts_are_refused_in_words() {
    for (file, words) in [
        (&b"\n\n{\"a\":\"\xff\"}"[..], "3: this is not UTF-8"),
        (b"[]", "1: the file must be an object"),
        (b"\xef\xbb\xbfnull", "1: the file must be an object"),
        (b"{}", "1: the file has no `name`"),
    ] {
        let problems = check(file).unwrap_err();
        let told = |problem: &Problem| problem.to_string().contains(words);
        assert!(problems.iter().any(told), "{problems:#?}");
    }
}

#[test]
fn equal_files_have_equal_hashes_and_others_do_not() {
    let one = script(r#"{"id":"a","type":"text","text":"A"}"#);
    let other = script(r#"{"id":"a","type":"text","text":"B"}"#);
    assert_eq!(
        one.hash,
        script(r#"{"id":"a","type":"text","text":"A"}"#).hash
    );
    assert_ne!(one.hash, other.hash);
    assert_eq!(one.hash.len(), 16);
}

#[test]
fn a_large_file_full_of_slips_is_refused_all_the_same() {
    let many = |piece: &str, count: usize| vec![piece; count].join(",");
    for file in [
        format!("{{{}}}", many("\"a\":1", 140_000)),
        format!("{{\"languages\":[{}]}}", many("\"en\"", 190_000)),
        file(&format!(
            "{{\"id\":\"a\",\"type\":\"text\",\"text\":\"{}\"}}",
            "{{nam}}".repeat(140_000)
        )),
        file(&format!(
            "{{\"id\":\"a\",\"type\":\"text\",\"text\":{{{}}}}}",
            many("\"x\":\"y\"", 110_000)
        )),
        file(&format!(
            "{{\"id\":\"a\",\"type\":\"text\",\"text\":\"A\",\"if\":[{}]}}",
            many("{\"hours\":\"open\"}", 50_000)
        )),
        file(&format!(
            "{{\"id\":\"a{0}\",\"type\":\"text\",\"text\":\"A\",\"go_to\":\"b{0}\"}}",
            "a".repeat(490_000)
        )),
        file(&many("{\"id\":\"a\",\"go_to\":\"b\"}", 38_000)),
    ] {
        assert!(file.len() <= FILE_BYTES, "{}", file.len());
        let problems = problems_of(&file);
        assert!((1..=101).contains(&problems.len()), "{}", problems.len());
        assert!(problems.iter().all(|problem| problem.len() < 1_000));
    }
}
