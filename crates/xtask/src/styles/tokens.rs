//! Leaves out tokens that no rule reads: every app takes them all from `style/`, and reads fewer.
//!
//! A page that sets such a token sets what nothing would have read anyway.

use std::collections::BTreeSet;

const PREFIX: &str = "--parlour-";

/// A minified sheet without the tokens that neither it nor `elsewhere` reads.
pub(super) fn without_idle(css: &str, elsewhere: &str) -> String {
    let mut css = css.to_owned();
    loop {
        let mut read = names_read(&css);
        read.extend(names_read(elsewhere));
        let left = without(&css, &read);
        // What only an idle token read is idle now.
        if left.len() == css.len() {
            return left;
        }
        css = left;
    }
}

fn names_read(text: &str) -> BTreeSet<String> {
    text.match_indices("var(")
        .filter_map(|(at, found)| name_at(&text[at + found.len()..]))
        .map(str::to_owned)
        .collect()
}

/// The token's name a text begins with.
fn name_at(text: &str) -> Option<&str> {
    let rest = text.strip_prefix(PREFIX)?;
    let own = rest.find(|sign: char| !sign.is_ascii_alphanumeric() && sign != '-');
    Some(&text[..PREFIX.len() + own.unwrap_or(rest.len())])
}

fn without(css: &str, read: &BTreeSet<String>) -> String {
    let mut left = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(at) = rest.find(PREFIX) {
        let (before, from) = rest.split_at(at);
        left.push_str(before);
        let name = name_at(from).unwrap_or(PREFIX);
        let declares = before.ends_with(['{', ';']) && from[name.len()..].starts_with(':');
        if declares && !read.contains(name) {
            rest = from[end_of_declaration(from)..]
                .strip_prefix(';')
                .unwrap_or(&from[end_of_declaration(from)..]);
        } else {
            left.push_str(name);
            rest = &from[name.len()..];
        }
    }
    left.push_str(rest);
    left.replace(";}", "}")
}

/// Where a declaration ends: at a semicolon or brace outside of brackets.
fn end_of_declaration(text: &str) -> usize {
    let mut depth = 0_usize;
    for (at, sign) in text.char_indices() {
        match sign {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ';' | '}' if depth == 0 => return at,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::without_idle;

    #[test]
    fn tokens_nobody_reads_go_and_those_only_they_read_go_with_them() {
        let css = ":root{--parlour-a:1px;--parlour-b:light-dark(rgb(0 0 0/1%),#fff);\
                   --parlour-c:var(--parlour-b)}p{margin:var(--parlour-a)}";
        assert_eq!(
            without_idle(css, ""),
            ":root{--parlour-a:1px}p{margin:var(--parlour-a)}"
        );
    }

    #[test]
    fn what_is_read_elsewhere_stays() {
        let css = ":root{--parlour-a:1px;--parlour-ab:2px}";
        assert_eq!(
            without_idle(css, "x{y:var(--parlour-ab,3px)}"),
            ":root{--parlour-ab:2px}"
        );
    }
}
