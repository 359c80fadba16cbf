//! Holds the shipped colours to their promises: enough contrast in both themes, and a fallback
//! for older browsers that is the light theme.

use std::collections::BTreeMap;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const COLOURS: &str = include_str!("../../../../style/colours.css");
const FALLBACK: &str = include_str!("../../../../style/themes/light.css");

/// What is read on what.
const TEXTS: &[(&str, &str)] = &[
    ("text", "surface"),
    ("text", "surface-sunken"),
    ("text", "surface-raised"),
    ("text", "surface-hover"),
    ("text", "surface-selected"),
    ("text", "danger-soft"),
    ("text", "warning-soft"),
    ("surface", "text"),
    ("text-muted", "surface"),
    ("text-muted", "surface-sunken"),
    ("text-muted", "surface-raised"),
    ("text-muted", "surface-hover"),
    ("text-muted", "surface-selected"),
    ("text-muted", "warning-soft"),
    ("on-accent", "accent"),
    ("on-accent", "accent-hover"),
    ("accent-text", "surface"),
    ("accent-text", "surface-sunken"),
    ("accent-text", "surface-hover"),
    ("accent-text", "accent-soft"),
    ("accent-text", "warning-soft"),
    ("on-danger", "danger"),
    ("danger-text", "surface"),
    ("danger-text", "surface-sunken"),
    ("danger-text", "danger-soft"),
    ("danger-text", "warning-soft"),
    ("warning-text", "surface"),
    ("warning-text", "warning-soft"),
    ("info-text", "info-soft"),
    ("success", "surface"),
    ("visitor-text", "visitor-background"),
    ("agent-text", "agent-background"),
    ("automated-text", "automated-background"),
    ("note-text", "note-background"),
    ("note-muted", "note-background"),
    ("note-muted", "surface-sunken"),
    ("note-background", "note-muted"),
    ("system-text", "system-background"),
    ("own-text", "own-background"),
    ("other-text", "other-background"),
    ("bot-text", "bot-background"),
    ("hue-text", "hue-0"),
    ("hue-text", "hue-1"),
    ("hue-text", "hue-2"),
    ("hue-text", "hue-3"),
    ("hue-text", "hue-4"),
    ("hue-text", "hue-5"),
    ("hue-text", "hue-6"),
    ("hue-text", "hue-7"),
];

/// What must be told from what beside it.
const EDGES: &[(&str, &str)] = &[
    ("line-strong", "surface"),
    ("line-strong", "surface-sunken"),
    ("focus", "surface"),
    ("focus", "surface-sunken"),
    ("focus", "surface-raised"),
    ("accent", "surface"),
    ("danger", "surface"),
    ("success", "surface-hover"),
    ("bot-line", "bot-background"),
    ("automated-line", "automated-background"),
    ("note-line", "note-background"),
    ("note-line", "surface-sunken"),
];

#[test]
fn texts_can_be_read_in_both_themes() {
    hold(TEXTS, 4.5);
}

#[test]
fn edges_can_be_seen_in_both_themes() {
    hold(EDGES, 3.0);
}

#[test]
fn browsers_without_light_dark_get_the_light_theme() {
    let light = declarations(FALLBACK);
    for (name, value) in declarations(COLOURS) {
        let wanted = pair(&value).map_or(value, |(light, _)| light);
        if name.starts_with("shadow") {
            assert!(light.contains_key(&name), "themes/light.css lacks {name}");
        } else {
            assert_eq!(
                light.get(&name),
                Some(&wanted),
                "{name} in themes/light.css"
            );
        }
    }
}

fn hold(pairs: &[(&str, &str)], least: f64) {
    let colours = declarations(COLOURS);
    let mut weak = Vec::new();
    for (front, back) in pairs {
        let (front_light, front_dark) = pair(&colours[*front]).expect("a colour of both themes");
        let (back_light, back_dark) = pair(&colours[*back]).expect("a colour of both themes");
        for (theme, front_value, back_value) in [
            ("light", front_light, back_light),
            ("dark", front_dark, back_dark),
        ] {
            let ratio = contrast(&front_value, &back_value);
            if ratio < least {
                weak.push(format!("{theme}: {front} on {back} is {ratio:.2}:1"));
            }
        }
    }
    assert!(weak.is_empty(), "below {least}:1\n{}", weak.join("\n"));
}

/// Every `--parlour-name: value` of a sheet.
fn declarations(css: &str) -> BTreeMap<String, String> {
    css.split("--parlour-")
        .skip(1)
        .filter_map(|rest| {
            let (declaration, _) = rest.split_once(';')?;
            let (name, value) = declaration.split_once(':')?;
            Some((name.to_owned(), value.trim().to_owned()))
        })
        .collect()
}

fn pair(value: &str) -> Option<(String, String)> {
    let inside = value.strip_prefix("light-dark(")?.strip_suffix(')')?;
    let (light, dark) = inside.split_once(',')?;
    Some((light.trim().to_owned(), dark.trim().to_owned()))
}

/// WCAG 2.2, relative luminance and contrast ratio.
fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(colour: &str) -> f64 {
    let channel = |at: usize| {
        let digits = colour.get(at..at + 2).expect("a colour as #rrggbb");
        let value = u8::from_str_radix(digits, 16).expect("hexadecimal digits");
        let value = f64::from(value) / 255.0;
        if value <= 0.040_45 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}
