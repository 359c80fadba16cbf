//! Which source wins, and whose words count.

use super::*;

#[test]
fn the_header_wins_over_the_file_and_the_file_over_the_zone() {
    let countries = everything();
    let forwarded = ("x-forwarded-for", "81.2.69.160");
    let zone = Some("Asia/Shanghai");
    let both = headers(&[("cf-ipcountry", "de"), forwarded]);
    assert_eq!(told(&countries, &both, "10.1.2.3", zone).unwrap(), "DE");
    let address = headers(&[forwarded]);
    assert_eq!(told(&countries, &address, "10.1.2.3", zone).unwrap(), "GB");
    let nothing = headers(&[]);
    assert_eq!(told(&countries, &nothing, "10.1.2.3", zone).unwrap(), "CN?");
    assert_eq!(told(&countries, &nothing, "10.1.2.3", None), None);
}

#[test]
fn headers_count_only_from_trusted_peers() {
    let countries = everything();
    let claimed = headers(&[("cf-ipcountry", "DE"), ("x-forwarded-for", "81.2.69.160")]);
    assert_eq!(told(&countries, &claimed, "192.0.2.1", None), None);
    assert_eq!(
        told(&countries, &claimed, "2001:db8::1", None).unwrap(),
        "ES"
    );
    let found = told(&countries, &claimed, "::ffff:10.9.9.9", None);
    assert_eq!(found.unwrap(), "DE");
    assert_eq!(told(&countries, &claimed, "fd12::1", None).unwrap(), "DE");
}

#[test]
fn what_a_proxy_writes_for_unknown_is_no_country() {
    let countries = everything();
    for value in ["XX", "T1", "", "Germany", "D", "ÄÖ"] {
        let headers = headers(&[("cf-ipcountry", value), ("x-forwarded-for", "81.2.69.160")]);
        assert_eq!(
            told(&countries, &headers, "10.0.0.1", None).unwrap(),
            "GB",
            "{value}"
        );
    }
}

#[test]
fn only_the_last_stranger_in_the_chain_is_the_visitor() {
    let countries = everything();
    for (chain, country) in [
        ("81.2.69.160", Some("GB")),
        ("192.0.2.1, 81.2.69.160", Some("GB")),
        ("81.2.69.160, 192.0.2.1", None),
        ("81.2.69.160, 10.0.0.2,10.0.0.3", Some("GB")),
        ("81.2.69.160:4711, 10.0.0.2", Some("GB")),
        ("[2001:db8::1]:4711", Some("ES")),
        ("2001:db8::1", Some("ES")),
        ("81.2.69.160, unknown", None),
        ("10.0.0.2", None),
        ("", None),
    ] {
        let headers = headers(&[("x-forwarded-for", chain)]);
        let found = told(&countries, &headers, "10.0.0.1", None);
        assert_eq!(found.as_deref(), country, "{chain}");
    }
    let lines = headers(&[
        ("x-forwarded-for", "192.0.2.1"),
        ("x-forwarded-for", "81.2.69.160"),
    ]);
    assert_eq!(told(&countries, &lines, "10.0.0.1", None).unwrap(), "GB");
}

#[test]
fn the_file_tells_where_somebody_is_or_else_is_registered() {
    let countries = everything();
    let found = |peer: &str| told(&countries, &headers(&[]), peer, Some("Europe/Madrid")).unwrap();
    assert_eq!(found("81.2.69.1"), "GB");
    assert_eq!(found("::ffff:81.2.69.1"), "GB");
    assert_eq!(found("198.51.100.7"), "FR");
    assert_eq!(found("203.0.113.7"), "ES?");
    assert_eq!(found("8.8.8.8"), "ES?");
}

#[test]
fn without_settings_there_is_only_the_guess() {
    let countries = Countries::default();
    let claimed = headers(&[("cf-ipcountry", "DE"), ("x-forwarded-for", "81.2.69.160")]);
    assert_eq!(told(&countries, &claimed, "10.0.0.1", None), None);
    let guess = told(&countries, &claimed, "81.2.69.1", Some("Europe/Madrid"));
    assert_eq!(guess.unwrap(), "ES?");
}

#[test]
fn no_address_shows_in_what_is_logged() {
    let countries = everything();
    let country = countries.found(&headers(&[]), address("81.2.69.1"));
    assert!(!format!("{country:?}").contains("81.2"));
    assert!(!format!("{countries:?}").contains("81.2"));
}
