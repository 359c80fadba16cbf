//! Which constants only the second module reads: texts of elements, drawings, names. They travel
//! with it instead of with the module that starts.
//!
//! Nobody guesses who reads what: the linker noted it (`notes`). wasm-bindgen changes functions
//! afterwards but keeps their names, by which the notes are kept; a function that the linker did
//! not name is one of its shims, and is read for itself.
//!
//! Invariant: a byte goes with the second module only if nothing of the first can reach the
//! constant it is part of, directly or through other constants.

use std::collections::BTreeSet;
use std::ops::Range;

use anyhow::{Result, bail};
use wasmparser::{DataKind, FunctionBody, Operator};

use super::notes::Notes;

impl Notes {
    /// The constants that touch these bytes.
    pub(super) fn around(&self, bytes: Range<u32>) -> Vec<u32> {
        let touches =
            |constant: &Range<u32>| constant.start < bytes.end && bytes.start < constant.end;
        let found = self.constants.iter().filter(|(_, at)| touches(at));
        found.map(|(number, _)| *number).collect()
    }

    /// What these functions can reach, as bytes of memory, sorted and apart.
    fn reached<'a>(
        &self,
        functions: impl Iterator<Item = (&'a str, &'a FunctionBody<'a>)>,
    ) -> Result<Vec<Range<u32>>> {
        let mut open = Vec::new();
        for (name, body) in functions {
            match self.functions.get(name).filter(|_| !name.is_empty()) {
                Some(constants) => open.extend(constants),
                None => {
                    for address in addresses(body)? {
                        // One behind a constant may be its end.
                        let around = address.saturating_sub(1)..address.saturating_add(1);
                        open.extend(self.around(around));
                    }
                }
            }
        }
        let mut reached = BTreeSet::new();
        while let Some(constant) = open.pop() {
            if reached.insert(constant)
                && let Some(inner) = self.inner.get(&constant)
            {
                open.extend(inner);
            }
        }
        Ok(joined(
            reached
                .iter()
                .filter_map(|number| self.constants.get(number)),
        ))
    }

    /// The bytes that go with the second module, when these are the functions of the first.
    pub(super) fn moved<'a>(
        &self,
        first: impl Iterator<Item = (&'a str, &'a FunctionBody<'a>)>,
    ) -> Result<Vec<Range<u32>>> {
        let reached = self.reached(first)?;
        let mut moved = Vec::new();
        for all in joined(self.constants.values()) {
            let mut from = all.start;
            for kept in &reached {
                if kept.end <= from || kept.start >= all.end {
                    continue;
                }
                if from < kept.start {
                    moved.push(from..kept.start);
                }
                from = kept.end;
            }
            if from < all.end {
                moved.push(from..all.end);
            }
        }
        moved.retain(|bytes| !bytes.is_empty());
        Ok(moved)
    }
}

/// Ranges in order, those that touch as one.
fn joined<'a>(ranges: impl Iterator<Item = &'a Range<u32>>) -> Vec<Range<u32>> {
    let mut sorted: Vec<Range<u32>> = ranges.cloned().collect();
    sorted.sort_unstable_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<u32>> = Vec::new();
    for range in sorted {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

/// Where a segment is put.
pub(super) fn place(segment: &wasmparser::Data<'_>) -> Result<u32> {
    let DataKind::Active { offset_expr, .. } = &segment.kind else {
        bail!("data that is not placed at the start")
    };
    let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else {
        bail!("data at a place that is not constant")
    };
    Ok(value as u32)
}

/// Every number in a function that could be an address.
fn addresses(body: &FunctionBody<'_>) -> Result<Vec<u32>> {
    let mut found = Vec::new();
    for operator in body.get_operators_reader()? {
        match operator? {
            Operator::I32Const { value } => found.push(value as u32),
            operator => found.extend(offset_of(&operator)),
        }
    }
    Ok(found)
}

/// The fixed part of where an operator reads or writes.
fn offset_of(operator: &Operator<'_>) -> Option<u32> {
    match operator {
        Operator::I32Load { memarg }
        | Operator::I64Load { memarg }
        | Operator::F32Load { memarg }
        | Operator::F64Load { memarg }
        | Operator::I32Load8S { memarg }
        | Operator::I32Load8U { memarg }
        | Operator::I32Load16S { memarg }
        | Operator::I32Load16U { memarg }
        | Operator::I64Load8S { memarg }
        | Operator::I64Load8U { memarg }
        | Operator::I64Load16S { memarg }
        | Operator::I64Load16U { memarg }
        | Operator::I64Load32S { memarg }
        | Operator::I64Load32U { memarg }
        | Operator::I32Store { memarg }
        | Operator::I64Store { memarg }
        | Operator::F32Store { memarg }
        | Operator::F64Store { memarg }
        | Operator::I32Store8 { memarg }
        | Operator::I32Store16 { memarg }
        | Operator::I64Store8 { memarg }
        | Operator::I64Store16 { memarg }
        | Operator::I64Store32 { memarg } => Some(memarg.offset as u32),
        _ => None,
    }
}
