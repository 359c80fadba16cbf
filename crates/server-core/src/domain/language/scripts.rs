//! In which script a language is usually written, where its tag does not say so.
//!
//! Taken from Unicode's likely subtags for the languages people write chats in; one that is not
//! listed counts as written in Latin letters, which is right for most of those that are left.

/// Languages with one usual script other than Latin.
const SCRIPTS: [(&str, &[&str]); 27] = [
    ("Arab", &["ar", "fa", "ur", "ps", "sd", "ug", "ckb", "arz"]),
    ("Armn", &["hy"]),
    ("Beng", &["bn", "as"]),
    (
        "Cyrl",
        &[
            "ru", "uk", "be", "bg", "mk", "sr", "kk", "ky", "mn", "tg", "tt", "ba", "cv",
        ],
    ),
    ("Deva", &["hi", "mr", "ne", "sa", "mai", "bho", "kok"]),
    ("Ethi", &["am", "ti"]),
    ("Geor", &["ka"]),
    ("Grek", &["el"]),
    ("Gujr", &["gu"]),
    ("Guru", &["pa"]),
    ("Hans", &["zh", "wuu", "hsn", "gan"]),
    ("Hant", &["yue", "hak", "nan"]),
    ("Hebr", &["he", "yi"]),
    ("Jpan", &["ja"]),
    ("Khmr", &["km"]),
    ("Knda", &["kn"]),
    ("Kore", &["ko"]),
    ("Laoo", &["lo"]),
    ("Mlym", &["ml"]),
    ("Mymr", &["my"]),
    ("Orya", &["or"]),
    ("Sinh", &["si"]),
    ("Taml", &["ta"]),
    ("Telu", &["te"]),
    ("Thaa", &["dv"]),
    ("Thai", &["th"]),
    ("Tibt", &["bo", "dz"]),
];

/// Regions in which a language is written in another script than elsewhere.
const ABROAD: [(&str, &[&str], &str); 11] = [
    ("zh", &["tw", "hk", "mo"], "Hant"),
    ("yue", &["cn"], "Hans"),
    ("sr", &["me", "ro", "tr", "us"], "Latn"),
    ("pa", &["pk"], "Arab"),
    ("sd", &["in"], "Deva"),
    ("az", &["ir", "iq"], "Arab"),
    ("uz", &["af"], "Arab"),
    ("kk", &["cn", "ir", "mn"], "Arab"),
    ("ky", &["cn"], "Arab"),
    ("tg", &["pk"], "Arab"),
    ("mn", &["cn"], "Mong"),
];

/// The script of a language in a region; both in lower case.
pub(super) fn usual(language: &str, region: Option<&str>) -> &'static str {
    let abroad = ABROAD
        .iter()
        .find(|(known, regions, _)| {
            *known == language && region.is_some_and(|region| regions.contains(&region))
        })
        .map(|(_, _, script)| *script);
    let at_home = || {
        SCRIPTS
            .iter()
            .find(|(_, languages)| languages.contains(&language))
            .map(|(script, _)| *script)
    };
    abroad.or_else(at_home).unwrap_or("Latn")
}

/// Today's code of a language that some browsers still call by its old one.
pub(super) fn modern(language: &str) -> &str {
    match language {
        "iw" => "he",
        "in" => "id",
        "ji" => "yi",
        "tl" => "fil",
        "cmn" => "zh",
        "no" => "nb",
        known => known,
    }
}
