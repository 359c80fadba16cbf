//! Which of a file's bytes are asked for (RFC 9110, section 14). One range is enough: players and
//! broken downloads ask for one; who asks for several gets the whole.

use std::ops::Range;

use axum::http::header::{IF_RANGE, RANGE};
use axum::http::{HeaderMap, HeaderValue};

/// What to give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Everything.
    All,
    /// These bytes.
    Part(Range<u64>),
    /// Bytes that are not there.
    Nothing,
}

/// Reads it from a request's head, for a file of this size and tag.
pub(super) fn wanted(headers: &HeaderMap, size: u64, tag: &HeaderValue) -> Wanted {
    // Who has bytes of another file gets the whole of this one.
    if headers.get(IF_RANGE).is_some_and(|known| known != tag) {
        return Wanted::All;
    }
    let text = headers.get(RANGE).and_then(|value| value.to_str().ok());
    let Some(range) = text.and_then(|text| text.trim().strip_prefix("bytes=")) else {
        return Wanted::All;
    };
    let Some((first, last)) = range.split_once('-') else {
        return Wanted::All;
    };
    let number = |text: &str| -> Option<u64> {
        let text = text.trim();
        let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| text.parse().unwrap_or(u64::MAX))
    };
    let range = match (number(first), number(last)) {
        (Some(first), Some(last)) if first <= last => first..last.saturating_add(1).min(size),
        (Some(first), None) if last.trim().is_empty() => first..size,
        // The last so many.
        (None, Some(count)) if first.trim().is_empty() => size.saturating_sub(count)..size,
        _ => return Wanted::All,
    };
    match range.start < range.end {
        true => Wanted::Part(range),
        false => Wanted::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_ten(range: &'static str) -> Wanted {
        let mut headers = HeaderMap::new();
        headers.insert(RANGE, HeaderValue::from_static(range));
        wanted(&headers, 10, &HeaderValue::from_static("\"a\""))
    }

    #[test]
    fn one_range_is_read_as_it_is_meant() {
        assert_eq!(of_ten("bytes=0-3"), Wanted::Part(0..4));
        assert_eq!(of_ten("bytes=7-"), Wanted::Part(7..10));
        assert_eq!(of_ten("bytes=-3"), Wanted::Part(7..10));
        assert_eq!(of_ten("bytes=-99"), Wanted::Part(0..10));
        assert_eq!(
            of_ten("bytes=9-99999999999999999999999"),
            Wanted::Part(9..10)
        );
        assert_eq!(of_ten("bytes=10-"), Wanted::Nothing);
        assert_eq!(of_ten("bytes=-0"), Wanted::Nothing);
    }

    #[test]
    fn what_makes_no_sense_or_asks_for_several_gets_everything() {
        for range in [
            "bytes=3-1",
            "bytes=a-b",
            "bytes=-",
            "lines=1-2",
            "bytes=0-1,4-5",
            "bytes=+1-2",
        ] {
            assert_eq!(of_ten(range), Wanted::All, "{range}");
        }
    }

    #[test]
    fn a_range_of_another_file_gets_everything() {
        let mut headers = HeaderMap::new();
        headers.insert(RANGE, HeaderValue::from_static("bytes=0-3"));
        headers.insert(IF_RANGE, HeaderValue::from_static("\"b\""));
        let tag = HeaderValue::from_static("\"a\"");
        assert_eq!(wanted(&headers, 10, &tag), Wanted::All);
        headers.insert(IF_RANGE, tag.clone());
        assert_eq!(wanted(&headers, 10, &tag), Wanted::Part(0..4));
    }
}
