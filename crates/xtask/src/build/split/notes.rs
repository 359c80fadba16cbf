//! What the linker noted about a module: where each constant is, and every place that holds the
//! address of one. It writes that down when it is asked to (`--emit-relocs`).

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use anyhow::{Context, Result};
use wasmparser::{
    CustomSectionReader, DefinedDataSymbol, KnownCustom, Linking, Parser, Payload, RelocationType,
    SymbolInfo, TypeRef,
};

use super::data::place;
use super::parts::of_functions;

/// The notes, in the terms of memory and of functions' names.
#[derive(Default)]
pub(super) struct Notes {
    /// Where each constant is in memory, by the linker's number.
    pub(super) constants: BTreeMap<u32, Range<u32>>,
    /// The constants that a function speaks of.
    pub(super) functions: BTreeMap<String, BTreeSet<u32>>,
    /// The constants that a constant points to.
    pub(super) inner: BTreeMap<u32, BTreeSet<u32>>,
}

/// The notes as they stand in the file.
#[derive(Default)]
struct Raw {
    outside: u32,
    names: BTreeMap<u32, String>,
    /// Where the section of code begins, and each body is.
    code: usize,
    bodies: Vec<Range<usize>>,
    /// Where each segment is in the section of data, and in memory.
    segments: Vec<(Range<usize>, u32)>,
    /// The constants by their numbers; nothing for what is none.
    constants: Vec<Option<DefinedDataSymbol>>,
    /// Places in the section that hold an address, and the constant's number.
    in_code: Vec<(usize, u32)>,
    in_data: Vec<(usize, u32)>,
}

/// The sections that hold the notes, which only this reads.
fn is_note(name: &str) -> bool {
    name == "linking" || name.starts_with("reloc.")
}

/// A linked module without the notes.
pub(super) fn without_notes(module: &[u8]) -> Result<Vec<u8>> {
    let mut kept = module.get(..8).context("no module")?.to_vec();
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload?;
        if matches!(&payload, Payload::CustomSection(custom) if is_note(custom.name())) {
            continue;
        }
        if let Some((id, range)) = payload.as_section() {
            let body = module.get(range).context("a section without an end")?;
            kept.push(id);
            let mut length = body.len();
            while length >= 0x80 {
                kept.push((length & 0x7f) as u8 | 0x80);
                length >>= 7;
            }
            kept.push(length as u8);
            kept.extend_from_slice(body);
        }
    }
    Ok(kept)
}

impl Notes {
    /// Reads the notes of a module as the linker wrote it.
    pub(super) fn read(module: &[u8]) -> Result<Self> {
        let mut raw = Raw::default();
        for payload in Parser::new(0).parse_all(module) {
            raw.take(payload?)?;
        }
        let mut notes = Self::default();
        for (number, defined) in (0..).zip(&raw.constants) {
            if let Some(defined) = defined
                && let Some((_, place)) = raw.segments.get(defined.index as usize)
            {
                let start = place + defined.offset;
                notes.constants.insert(number, start..start + defined.size);
            }
        }
        raw.in_code.sort_unstable();
        let mut bodies = raw.bodies.iter().zip(raw.outside..).peekable();
        for (offset, constant) in raw.in_code {
            let at = raw.code + offset;
            while bodies.next_if(|(body, _)| body.end <= at).is_some() {}
            let (_, function) = bodies.peek().context("an address behind all code")?;
            let name = raw.names.get(function).cloned().unwrap_or_default();
            notes.functions.entry(name).or_default().insert(constant);
        }
        for (offset, constant) in raw.in_data {
            let mut segments = raw.segments.iter();
            let segment = segments.find(|(within, _)| within.contains(&offset));
            let (within, place) = segment.context("an address outside of all data")?;
            let at = place + (offset - within.start) as u32;
            for holder in notes.around(at..at + 1) {
                notes.inner.entry(holder).or_default().insert(constant);
            }
        }
        // A function that has a name and speaks of nothing is known, too.
        for name in raw.names.into_values() {
            notes.functions.entry(name).or_default();
        }
        Ok(notes)
    }
}

impl Raw {
    fn take(&mut self, payload: Payload<'_>) -> Result<()> {
        match payload {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    self.outside += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionStart { range, .. } => self.code = range.start,
            Payload::CodeSectionEntry(body) => self.bodies.push(body.range()),
            Payload::DataSection(section) => {
                let data = section.range().start;
                for segment in section {
                    let segment = segment?;
                    let end = segment.range.end - data;
                    let within = end - segment.data.len()..end;
                    self.segments.push((within, place(&segment)?));
                }
            }
            Payload::CustomSection(section) => self.take_custom(&section)?,
            _ => {}
        }
        Ok(())
    }

    fn take_custom(&mut self, section: &CustomSectionReader<'_>) -> Result<()> {
        match section.as_known() {
            KnownCustom::Name(names) => self.names = of_functions(names)?,
            KnownCustom::Linking(notes) => {
                for subsection in notes {
                    if let Linking::SymbolTable(symbols) = subsection? {
                        for symbol in symbols {
                            self.constants.push(match symbol? {
                                SymbolInfo::Data { symbol, .. } => symbol,
                                _ => None,
                            });
                        }
                    }
                }
            }
            KnownCustom::Reloc(notes) => {
                let into = match section.name() {
                    "reloc.CODE" => &mut self.in_code,
                    "reloc.DATA" => &mut self.in_data,
                    _ => return Ok(()),
                };
                for entry in notes.entries() {
                    let entry = entry?;
                    if is_address(entry.ty) {
                        into.push((entry.offset as usize, entry.index));
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }
}

fn is_address(kind: RelocationType) -> bool {
    matches!(
        kind,
        RelocationType::MemoryAddrLeb
            | RelocationType::MemoryAddrSleb
            | RelocationType::MemoryAddrI32
            | RelocationType::MemoryAddrRelSleb
            | RelocationType::MemoryAddrLocrelI32
    )
}
