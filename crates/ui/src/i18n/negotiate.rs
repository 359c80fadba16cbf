//! Which of the offered languages a reader gets: RFC 4647 lookup, one preference after the
//! other, each shortened from the right until something fits.
//!
//! Chinese has its own rule (`model.md`, Language): what is written in Simplified characters
//! reaches `zh-CN`, and a reader of Traditional ones is better served by their next choice.

/// The offered tag that suits the reader best; the first one offered when none does.
pub fn negotiate<'a>(preferred: &[String], offered: &[&'a str]) -> &'a str {
    preferred
        .iter()
        .find_map(|wanted| lookup(wanted, offered))
        .or_else(|| offered.first().copied())
        .unwrap_or("en")
}

fn lookup<'a>(wanted: &str, offered: &[&'a str]) -> Option<&'a str> {
    let wanted = wanted.to_ascii_lowercase().replace('_', "-");
    let find = |tag: &str| {
        offered
            .iter()
            .copied()
            .find(|offer| offer.eq_ignore_ascii_case(tag))
    };
    if is_chinese(&wanted) {
        let script = if is_traditional(&wanted) { "tw" } else { "cn" };
        let mut tag = String::from("zh-");
        tag.push_str(script);
        return find(&wanted).or_else(|| find(&tag));
    }
    let mut range = wanted.as_str();
    loop {
        if let Some(offer) = find(range) {
            return Some(offer);
        }
        range = range.rsplit_once('-')?.0;
        // A single letter or digit only introduces what was cut off.
        if let Some((shorter, single)) = range.rsplit_once('-')
            && single.len() == 1
        {
            range = shorter;
        }
    }
}

fn is_chinese(tag: &str) -> bool {
    tag == "zh" || tag.starts_with("zh-")
}

/// Whether a Chinese tag means Traditional characters, by its script or else by its region.
fn is_traditional(tag: &str) -> bool {
    let mut parts = tag.split('-').skip(1).peekable();
    if parts.clone().any(|part| part == "hans") {
        return false;
    }
    parts.any(|part| matches!(part, "hant" | "tw" | "hk" | "mo"))
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::negotiate;

    const OFFERED: [&str; 4] = ["en", "es", "zh-CN", "ar"];

    fn chosen(preferred: &[&str]) -> &'static str {
        let preferred: Vec<String> = preferred.iter().map(|tag| (*tag).to_owned()).collect();
        negotiate(&preferred, &OFFERED)
    }

    #[test]
    fn a_region_falls_back_to_its_language() {
        assert_eq!(chosen(&["es-MX"]), "es");
        assert_eq!(chosen(&["ar-EG", "en"]), "ar");
        assert_eq!(chosen(&["en-GB-oxendict"]), "en");
    }

    #[test]
    fn the_first_preference_that_is_offered_wins() {
        assert_eq!(chosen(&["de-DE", "fr", "es-AR", "en"]), "es");
    }

    #[test]
    fn nothing_in_common_gives_the_first_offer() {
        assert_eq!(chosen(&["de", "fr"]), "en");
        assert_eq!(chosen(&[]), "en");
        assert_eq!(chosen(&["", "-", "x"]), "en");
    }

    #[test]
    fn simplified_chinese_is_reached_by_language_region_and_script() {
        for tag in [
            "zh",
            "zh-CN",
            "zh-SG",
            "zh-Hans",
            "zh-Hans-HK",
            "zh-hans-cn",
            "ZH_cn",
            "zh-MY",
        ] {
            assert_eq!(chosen(&[tag]), "zh-CN", "{tag}");
        }
    }

    #[test]
    fn traditional_chinese_goes_on_to_the_next_preference() {
        for tag in [
            "zh-TW",
            "zh-HK",
            "zh-MO",
            "zh-Hant",
            "zh-Hant-CN",
            "zh-hant-tw",
        ] {
            assert_eq!(chosen(&[tag, "es"]), "es", "{tag}");
            assert_eq!(chosen(&[tag]), "en", "{tag}");
        }
    }

    #[test]
    fn traditional_chinese_is_served_where_it_is_offered() {
        let preferred = ["zh-HK".to_owned()];
        assert_eq!(negotiate(&preferred, &["en", "zh-CN", "zh-TW"]), "zh-TW");
    }

    #[test]
    fn case_does_not_matter_and_the_offer_is_returned_as_written() {
        assert_eq!(chosen(&["ZH-hans"]), "zh-CN");
        assert_eq!(chosen(&["ES"]), "es");
    }

    #[test]
    fn an_extension_is_cut_off_with_its_letter() {
        assert_eq!(chosen(&["es-u-nu-latn", "ar"]), "es");
    }
}
