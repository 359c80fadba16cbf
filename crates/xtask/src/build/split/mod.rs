//! One module in two: what every visit needs, and what is fetched when it is first wanted.
//!
//! The source says where the line is: modules whose code is wanted later, and the gates, the only
//! functions of theirs that others call. A call of a gate becomes a call through the table, whose
//! place stays empty until the second module fills it; both share memory, table and globals.
//! Whoever calls a gate waits for the second module first (`ui::second`).
//!
//! Invariant: the first module calls nothing of the second but gates. A function that both need
//! stays in the first, whatever its name says; what only the second needs goes with it, constants
//! as well as functions.

mod data;
mod notes;
mod parts;
mod write;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use anyhow::{Result, ensure};

use notes::Notes;
use parts::Parts;

/// What is wanted later, by paths as the source writes them.
pub(super) struct Later {
    /// Modules, each with all below it, and single functions that the table holds.
    pub(super) modules: &'static [&'static str],
    /// Functions through which the first module enters the second.
    pub(super) gates: &'static [&'static str],
}

/// A module that is to be written as two.
pub(super) struct Split<'a> {
    parts: Parts<'a>,
    /// Functions of the second module.
    second: BTreeSet<u32>,
    /// Gates and their places in the table, behind all that were there.
    gates: BTreeMap<u32, u32>,
    /// Bytes of memory that come with the second module.
    moved: Vec<Range<u32>>,
}

/// What the linker noted about a module, and the module without that.
pub(super) struct Linked {
    notes: Notes,
    /// For wasm-bindgen and wasm-opt, which would not keep the notes true.
    pub(super) module: Vec<u8>,
}

impl Linked {
    pub(super) fn read(module: &[u8]) -> Result<Self> {
        Ok(Self {
            notes: Notes::read(module)?,
            module: notes::without_notes(module)?,
        })
    }
}

impl<'a> Split<'a> {
    /// Errors when a gate is not found under its name: then it was renamed, or it is called by
    /// nobody.
    pub(super) fn new(module: &'a [u8], later: &Later, linked: &Linked) -> Result<Self> {
        let parts = Parts::read(module)?;
        let mut gates = BTreeMap::new();
        for gate in later.gates {
            let found = parts.named(gate);
            ensure!(
                found.len() == 1,
                "{gate} names {} functions of the module, not one",
                found.len()
            );
            let place = parts.places() + gates.len() as u32;
            gates.insert(found[0], place);
        }
        let second = second(&parts, &gates, later.modules)?;
        for gate in gates.keys() {
            ensure!(
                second.contains(gate),
                "{} is a gate outside of what is wanted later",
                parts.name(*gate)
            );
        }
        let first = parts.own().filter(|function| !second.contains(function));
        let moved = linked
            .notes
            .moved(first.map(|function| (parts.name(function), parts.body(function))))?;
        Ok(Self {
            parts,
            second,
            gates,
            moved,
        })
    }

    /// The module that starts.
    pub(super) fn first(&self) -> Result<Vec<u8>> {
        write::first(self)
    }

    /// The module that comes later. `names` has the new names of the first one's exports.
    pub(super) fn second(&self, names: &BTreeMap<String, String>) -> Result<Vec<u8>> {
        write::second(self, names)
    }

    /// What the second module takes from the first: imports and functions it calls.
    fn shared(&self) -> BTreeSet<u32> {
        let called = self
            .second
            .iter()
            .flat_map(|function| self.parts.calls(*function));
        called
            .filter(|called| !self.second.contains(called))
            .collect()
    }
}

/// The functions of the second module. An error when others call what is written in its modules
/// and is no gate: its closures would be missing.
fn second(
    parts: &Parts<'_>,
    gates: &BTreeMap<u32, u32>,
    modules: &[&str],
) -> Result<BTreeSet<u32>> {
    let below: Vec<String> = modules.iter().map(|path| format!("{path}::")).collect();
    let is_later = |function: &u32| {
        let name = parts.name(*function);
        modules.contains(&name) || below.iter().any(|path| name.contains(path.as_str()))
    };
    let mut second: BTreeSet<u32> = parts
        .own()
        .filter(is_later)
        .filter(|function| !parts.exported.contains(function))
        .collect();
    // Whatever the rest reaches without a gate is the first module's.
    let mut first = BTreeSet::new();
    let is_root = |function: &u32| {
        let is_held = parts.held.contains(function) || parts.exported.contains(function);
        is_held && !second.contains(function)
    };
    let mut reached: Vec<u32> = parts.own().filter(is_root).collect();
    while let Some(function) = reached.pop() {
        if first.insert(function) {
            let calls = parts.calls(function);
            reached.extend(calls.filter(|called| !gates.contains_key(called)));
        }
    }
    for function in &first {
        let name = parts.name(*function);
        let is_written_there = below.iter().any(|path| name.starts_with(path.as_str()));
        ensure!(!is_written_there, "{name} is called, but is no gate");
    }
    second.extend(parts.own());
    second.retain(|function| !first.contains(function));
    Ok(second)
}

#[cfg(test)]
mod tests;
