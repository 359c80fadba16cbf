//! Addresses and numbers as people type them.

use crate::forms::contact::{email, phone};

#[test]
fn addresses_that_work_are_taken() {
    for address in [
        "ana@example.com",
        "a.b+c@mail.example.co.uk",
        "o'neil@example.ie",
        "用户@例子.中国",
        "user@xn--fsqu00a.xn--0zwm56d",
        "1@2.example",
    ] {
        assert_eq!(email(address).as_deref(), Some(address), "{address}");
    }
    assert_eq!(
        email(" Ana@EXAMPLE.com ").as_deref(),
        Some("Ana@example.com")
    );
}

#[test]
fn slips_in_addresses_are_found() {
    for slip in [
        "",
        "ana",
        "ana@",
        "@example.com",
        "ana@example",
        "ana@example.c",
        "ana@@example.com",
        "ana@exa mple.com",
        "ana @example.com",
        "ana@example..com",
        ".ana@example.com",
        "ana.@example.com",
        "a..b@example.com",
        "ana@-example.com",
        "ana@example.com.",
        "ana@example.com,ben@example.com",
        "ana@127.0.0.1",
        "Ana <ana@example.com>",
        "ana@example.com\nbcc: x@y.z",
        &format!("{}@example.com", "x".repeat(65)),
        &format!("a@{}.com", "x".repeat(64)),
        &format!("a@{}com", "x23456789.".repeat(30)),
    ] {
        assert_eq!(email(slip), None, "{slip:?}");
    }
}

#[test]
fn numbers_are_taken_as_people_write_them() {
    for number in [
        "+34 600 123 456",
        "(020) 7946-0018",
        "0171/1234567",
        "600.123.456",
        "12345",
    ] {
        assert_eq!(phone(number).as_deref(), Some(number), "{number}");
    }
    assert_eq!(phone("＋８６　１３８００").as_deref(), Some("+86 13800"));
    assert_eq!(phone("۰۹۱۲۳۴۵").as_deref(), Some("0912345"));
}

#[test]
fn what_cannot_be_dialled_is_no_number() {
    for text in [
        "",
        "1234",
        "1234567890123456",
        "12+3456",
        "++123456",
        "call me",
        "123456 ext 7",
        "+",
        "123456\n789",
    ] {
        assert_eq!(phone(text), None, "{text:?}");
    }
}
