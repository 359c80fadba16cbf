//! Settings that cannot be followed, and the sentence for each.

use super::*;

fn refused(settings: &CountrySettings) -> CountryError {
    Countries::open(settings).unwrap_err()
}

fn with_file(path: PathBuf) -> CountrySettings {
    CountrySettings {
        geoip: Some(path),
        ..CountrySettings::default()
    }
}

#[test]
fn a_missing_file_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("none.mmdb");
    let error = refused(&with_file(path.clone())).to_string();
    assert!(error.starts_with(&format!("The GeoIP file {} cannot", path.display())));
    assert!(
        error.ends_with('.') && error.lines().count() == 1,
        "{error}"
    );
}

#[test]
fn a_damaged_file_is_found_wherever_the_damage_is() {
    let whole = sample();
    let mut scribbled = whole.clone();
    // The first node points far beyond the file.
    scribbled[..6].fill(0xff);
    let mut no_text = whole.clone();
    let record = whole.windows(8).position(|bytes| bytes == b"iso_code");
    no_text[record.unwrap()] = 0xff;
    for damaged in [
        Vec::new(),
        b"no such file".to_vec(),
        whole[..whole.len() / 2].to_vec(),
        whole[..whole.len() - 5].to_vec(),
        scribbled,
        no_text,
    ] {
        let (_folder, path) = written(&damaged);
        let error = refused(&with_file(path));
        assert!(matches!(error, CountryError::Damaged { .. }), "{error:?}");
        let sentence = error.to_string();
        assert!(sentence.ends_with("fetch it again."), "{sentence}");
        assert_eq!(sentence.lines().count(), 1, "{sentence}");
    }
}

#[test]
fn a_file_of_something_else_is_refused() {
    let (_folder, path) = written(&super::file::geoip("GeoLite2-ASN", &[]));
    let error = refused(&with_file(path)).to_string();
    assert!(error.contains("\"GeoLite2-ASN\" and knows no countries"));
}

#[test]
fn a_header_needs_a_name_and_somebody_to_believe() {
    let settings = |header: &str, trusted: &[&str]| CountrySettings {
        header: Some(header.to_owned()),
        trusted_proxies: trusted.iter().map(|text| (*text).to_owned()).collect(),
        geoip: None,
    };
    let error = refused(&settings("X-Country", &[])).to_string();
    assert!(error.contains("X-Country is believed"), "{error}");
    let error = refused(&settings("X Country", &["10.0.0.1"])).to_string();
    assert!(error.contains("no name of a header"), "{error}");
    for text in ["10.0.0.0/33", "fd00::/129", "proxy.example", "10.0.0", ""] {
        let error = refused(&settings("X-Country", &[text])).to_string();
        assert!(error.starts_with(&format!("{text:?} is no address")));
    }
    for text in ["10.0.0.1", "0.0.0.0/0", "::/0", "::1"] {
        assert!(Countries::open(&settings("X-Country", &[text])).is_ok());
    }
}

#[test]
fn networks_end_where_they_end() {
    let countries = Countries::open(&CountrySettings {
        header: Some("x-country".to_owned()),
        trusted_proxies: vec!["192.168.4.0/22".to_owned()],
        geoip: None,
    })
    .unwrap();
    let named = headers(&[("x-country", "ES")]);
    for (peer, trusted) in [
        ("192.168.4.0", true),
        ("192.168.7.255", true),
        ("192.168.8.0", false),
        ("192.168.3.255", false),
        ("::1", false),
    ] {
        let found = told(&countries, &named, peer, None);
        assert_eq!(found.is_some(), trusted, "{peer}");
    }
}
