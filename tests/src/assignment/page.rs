//! The figures as the table of `docs/assignment.md`, and keeping that page current.

use std::fmt::Write as _;

use anyhow::{Context, Result};

use super::{Dealer, Figures, World, play};

const BEGIN: &str = "<!-- made by `cargo run -p journeys --bin assignment -- write` -->\n";
const END: &str = "<!-- end -->";

/// The simulation of the page: both dealers meet the same 10,000 visitors.
///
/// # Errors
/// When the world cannot be made.
pub fn tables() -> Result<(Figures, Figures, String)> {
    let world = World::new(10_000, 2026)?;
    let board = play(&world, Dealer::Board);
    let circle = play(&world, Dealer::RoundRobin);
    let text = table(&board, &circle)?;
    Ok((board, circle, text))
}

/// The page with the table in its place.
///
/// # Errors
/// When the page has no place for it.
pub fn renew(page: &str, table: &str) -> Result<String> {
    let (before, rest) = page.split_once(BEGIN).context("the page lacks its mark")?;
    let (_, after) = rest
        .split_once(END)
        .context("the page lacks its end mark")?;
    Ok(format!("{before}{BEGIN}\n{table}\n{END}{after}"))
}

fn table(board: &Figures, circle: &Figures) -> Result<String> {
    let mut text = String::from("| | assignment | round robin |\n|---|---:|---:|\n");
    let mut row = |name: &str, of: &dyn Fn(&Figures) -> String| {
        writeln!(text, "| {name} | {} | {} |", of(board), of(circle))
    };
    row("sessions served", &|it| it.served.to_string())?;
    row("offers missed or declined", &|it| {
        it.turned_down.to_string()
    })?;
    row("served in the visitor's first language", &|it| {
        share(it.in_language)
    })?;
    row("… when that is not English", &|it| {
        share(it.in_rarer_language)
    })?;
    row("served with the wanted expertise", &|it| {
        share(it.with_expertise)
    })?;
    row("back with the previous agent", &|it| {
        share(it.by_previous_agent)
    })?;
    row("served from the visitor's country", &|it| {
        share(it.in_country)
    })?;
    for per_cent in [50, 90, 99] {
        row(&format!("wait until accepted, {per_cent} %"), &|it| {
            seconds(it.wait_ms(per_cent))
        })?;
    }
    row("longest wait", &|it| seconds(it.wait_ms(100)))?;
    row("sessions for each place: least, median, most", &|it| {
        spread(&it.sessions_per_place, |value| {
            format!("{}.{:02}", value / 100, value % 100)
        })
    })?;
    row("time in sessions: least, median, most", &|it| {
        spread(&it.busy, share)
    })?;
    row("longest line, all channels together", &|it| {
        it.longest_line.to_string()
    })?;
    row(
        "sessions that waited while somebody might take them",
        &|it| {
            it.overlooked
                .map_or("–".to_owned(), |count| count.to_string())
        },
    )?;
    Ok(text)
}

fn share(per_thousand: i64) -> String {
    format!("{}.{} %", per_thousand / 10, per_thousand % 10)
}

fn seconds(ms: i64) -> String {
    format!("{}.{} s", ms / 1000, ms % 1000 / 100)
}

fn spread(values: &[i64], text: impl Fn(i64) -> String) -> String {
    let at = |at: usize| values.get(at).copied().map_or(String::new(), &text);
    let last = values.len().saturating_sub(1);
    format!("{}, {}, {}", at(0), at(values.len() / 2), at(last))
}
