//! What visitors fill in.

use std::collections::BTreeMap;

use super::form;
use crate::forms::{FieldFault, Filled};

fn check(values: &[(&str, &str)]) -> Result<Filled, BTreeMap<String, FieldFault>> {
    let values = values
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    form().check(&values)
}

fn fault(name: &str, value: &str) -> FieldFault {
    let mut values = BTreeMap::from([("email", "a@b.example"), ("question", "Why?")]);
    values.insert(name, value);
    let values: Vec<(&str, &str)> = values.into_iter().collect();
    let faults = check(&values).unwrap_err();
    assert_eq!(faults.len(), 1, "{faults:?}");
    faults[name]
}

#[test]
fn values_come_out_in_the_order_of_the_form_and_empty_ones_do_not() {
    let filled = check(&[
        ("question", " a\r\nb  c "),
        ("email", " Ana@Example.COM"),
        ("name", "  "),
        ("phone", "+34 ٦٠٠ 123 456"),
        ("topic", "order"),
    ])
    .unwrap();
    let expected = [
        ("email", "Ana@example.com"),
        ("phone", "+34 600 123 456"),
        ("topic", "order"),
        ("question", "a\nb  c"),
    ];
    let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(filled, expected);
}

#[test]
fn every_wrong_field_is_told_at_once() {
    let faults = check(&[("email", "ana"), ("topic", "none"), ("more", "x")]).unwrap_err();
    let codes: Vec<(&str, &str)> = faults
        .iter()
        .map(|(name, fault)| (name.as_str(), fault.as_str()))
        .collect();
    assert_eq!(
        codes,
        [
            ("email", "not_an_email"),
            ("more", "unknown_field"),
            ("question", "required"),
            ("topic", "not_an_option"),
        ]
    );
}

#[test]
fn each_kind_has_its_limits() {
    assert_eq!(fault("name", &"字".repeat(201)), FieldFault::TooLong);
    assert_eq!(fault("name", "a\nb"), FieldFault::LineBreak);
    assert_eq!(fault("question", &"x".repeat(5_001)), FieldFault::TooLong);
    assert_eq!(fault("phone", "none"), FieldFault::NotAPhone);
    assert_eq!(fault("question", " \n "), FieldFault::Required);
}

#[test]
fn thousands_of_unknown_names_give_a_short_answer() {
    let values = (0..5_000)
        .map(|at| (format!("{at}{}", "x".repeat(500)), String::new()))
        .collect();
    let faults = form().check(&values).unwrap_err();
    assert!(faults.len() < 50);
    assert!(faults.keys().all(|name| name.len() <= 32));
}
