//! Time zones and countries. The table and its origin stand in `zones.txt`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

const TABLE: &str = include_str!("zones.txt");

/// Countries without a time zone of their own, and Kosovo, which proxies and files call so.
const WITHOUT_ZONE: [&str; 3] = ["BV", "HM", "XK"];

/// Longer names are no time zones; nothing is looked up for them.
const LONGEST_NAME: usize = 64;

/// Countries by the names of their zones, in lower case.
static ZONES: LazyLock<BTreeMap<String, &str>> = LazyLock::new(|| {
    TABLE
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(' '))
        .map(|(zone, country)| (zone.to_ascii_lowercase(), country))
        .collect()
});

static COUNTRIES: LazyLock<BTreeSet<&str>> =
    LazyLock::new(|| ZONES.values().copied().chain(WITHOUT_ZONE).collect());

/// The country a time zone belongs to.
pub(super) fn country(time_zone: &str) -> Option<&'static str> {
    let is_name = time_zone.len() <= LONGEST_NAME;
    let name = is_name.then(|| time_zone.to_ascii_lowercase())?;
    ZONES.get(&name).copied()
}

/// The code in capitals, when it is one of a country.
pub(super) fn code(text: &str) -> Option<String> {
    let code = (text.len() == 2).then(|| text.to_ascii_uppercase())?;
    COUNTRIES.contains(code.as_str()).then_some(code)
}
