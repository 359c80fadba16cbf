//! Which way a language is written.

/// `"rtl"` or `"ltr"`, for the `dir` attribute.
pub fn direction(tag: &str) -> &'static str {
    let language = tag.split(['-', '_']).next().unwrap_or(tag);
    let right_to_left = ["ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"];
    if right_to_left
        .iter()
        .any(|known| known.eq_ignore_ascii_case(language))
    {
        "rtl"
    } else {
        "ltr"
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::direction;

    #[test]
    fn arabic_is_written_from_right_to_left_wherever_it_is_spoken() {
        assert_eq!(direction("ar"), "rtl");
        assert_eq!(direction("AR-eg"), "rtl");
        assert_eq!(direction("arn"), "ltr");
        assert_eq!(direction("zh-CN"), "ltr");
    }
}
