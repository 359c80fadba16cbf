//! Names for the functions of a module, so that like stands beside like when they are sorted by
//! name: what is compressed finds its repetitions near, which makes two parts of a hundred.
//!
//! Only names are written here; binaryen moves the functions and mends every call. Each function
//! is followed by the one that shares most with it, measured by sequences of four bytes. That is
//! a guess at what a compressor will find, and needs no more than a second.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use anyhow::{Context, Result, ensure};

/// Bytes of a sequence.
const LENGTH: usize = 4;
/// Sequences in more functions than this say nothing about likeness.
const COMMON: usize = 400;

/// The module with names in the order that its functions are to have.
pub(super) fn named_by_likeness(module: &[u8]) -> Result<Vec<u8>> {
    let parts = Parts::read(module)?;
    let bodies: Vec<&[u8]> = parts
        .bodies
        .iter()
        .map(|range| &module[range.clone()])
        .collect();
    let mut places = vec![0; bodies.len()];
    for (place, function) in by_likeness(&bodies).into_iter().enumerate() {
        places[function] = place;
    }
    let mut names = Vec::new();
    write_number(&mut names, parts.imports + places.len());
    for import in 0..parts.imports {
        write_name(&mut names, import, &format!("i{import:06}"));
    }
    for (function, place) in places.into_iter().enumerate() {
        write_name(
            &mut names,
            parts.imports + function,
            &format!("o{place:06}"),
        );
    }
    let mut section = Vec::new();
    write_text(&mut section, "name");
    // Subsection 1: names of functions.
    section.push(1);
    write_number(&mut section, names.len());
    section.extend(names);

    let mut named = module[..HEADER].to_vec();
    for range in parts.kept {
        named.extend(&module[range]);
    }
    named.push(CUSTOM);
    write_number(&mut named, section.len());
    named.extend(section);
    Ok(named)
}

/// The functions, each followed by the one that is most like it.
fn by_likeness(bodies: &[&[u8]]) -> Vec<usize> {
    let sequences: Vec<BTreeSet<&[u8]>> = bodies
        .iter()
        .map(|body| body.windows(LENGTH).collect())
        .collect();
    let mut holders: BTreeMap<&[u8], Vec<usize>> = BTreeMap::new();
    for (function, own) in sequences.iter().enumerate() {
        for sequence in own {
            holders.entry(sequence).or_default().push(function);
        }
    }
    let mut left: BTreeSet<usize> = (0..bodies.len()).collect();
    let shortest = |left: &BTreeSet<usize>| {
        let by_length = |function: &&usize| (bodies[**function].len(), **function);
        left.iter().min_by_key(by_length).copied()
    };
    let mut order = Vec::with_capacity(bodies.len());
    let mut next = shortest(&left);
    while let Some(function) = next {
        left.remove(&function);
        order.push(function);
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for sequence in &sequences[function] {
            let others = &holders[sequence];
            if others.len() <= COMMON {
                for other in others.iter().filter(|other| left.contains(other)) {
                    *shared.entry(*other).or_default() += 1;
                }
            }
        }
        // Long functions share something with everybody; half of that is taken off again.
        let likeness = |(other, count): &(usize, usize)| {
            let length = sequences[*other].len() as u64 + 1;
            let count = *count as u64;
            (count * count * 1000 / length, std::cmp::Reverse(*other))
        };
        next = match shared.into_iter().max_by_key(likeness) {
            Some((other, _)) => Some(other),
            None => shortest(&left),
        };
    }
    order
}

const HEADER: usize = 8;
const CUSTOM: u8 = 0;
const IMPORTS: u8 = 2;
const CODE: u8 = 10;

/// What is asked of a module in its binary form (WebAssembly 2.0, section 5.5).
struct Parts {
    /// Functions that come from outside; they are numbered first.
    imports: usize,
    /// The body of each function.
    bodies: Vec<Range<usize>>,
    /// All sections but names.
    kept: Vec<Range<usize>>,
}

impl Parts {
    fn read(module: &[u8]) -> Result<Self> {
        ensure!(module.starts_with(b"\0asm"), "this is no module");
        let mut parts = Self {
            imports: 0,
            bodies: Vec::new(),
            kept: Vec::new(),
        };
        let mut reader = Reader { module, at: HEADER };
        while reader.at < module.len() {
            let start = reader.at;
            let kind = reader.byte()?;
            let length = reader.number()?;
            let end = reader.at + length;
            let mut is_kept = true;
            match kind {
                CUSTOM => is_kept = reader.text()? != b"name",
                IMPORTS => parts.imports = reader.imports()?,
                CODE => parts.bodies = reader.bodies()?,
                _ => {}
            }
            if is_kept {
                parts.kept.push(start..end);
            }
            reader.at = end;
        }
        Ok(parts)
    }
}

struct Reader<'a> {
    module: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Result<u8> {
        let byte = self.module.get(self.at).copied();
        self.at += 1;
        byte.context("the module ends too early")
    }

    /// LEB128, unsigned.
    fn number(&mut self) -> Result<usize> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            shift += 7;
            if byte < 0x80 {
                return Ok(number);
            }
            ensure!(shift < 35, "a number is too long");
        }
    }

    fn text(&mut self) -> Result<&'a [u8]> {
        let length = self.number()?;
        let text = self.module.get(self.at..self.at + length);
        self.at += length;
        text.context("the module ends too early")
    }

    /// How many functions are imported.
    fn imports(&mut self) -> Result<usize> {
        let mut functions = 0;
        for _ in 0..self.number()? {
            self.text()?;
            self.text()?;
            match self.byte()? {
                0 => {
                    functions += 1;
                    self.number()?;
                }
                // A table and its limits, a memory's limits, a global.
                1 => {
                    self.byte()?;
                    self.limits()?;
                }
                2 => self.limits()?,
                3 => self.at += 2,
                kind => anyhow::bail!("an import of an unknown kind {kind}"),
            }
        }
        Ok(functions)
    }

    fn limits(&mut self) -> Result<()> {
        let has_most = self.number()? & 1 == 1;
        self.number()?;
        if has_most {
            self.number()?;
        }
        Ok(())
    }

    fn bodies(&mut self) -> Result<Vec<Range<usize>>> {
        let mut bodies = Vec::new();
        for _ in 0..self.number()? {
            let length = self.number()?;
            bodies.push(self.at..self.at + length);
            self.at += length;
        }
        ensure!(self.at <= self.module.len(), "the module ends too early");
        Ok(bodies)
    }
}

fn write_number(out: &mut Vec<u8>, number: usize) {
    let mut rest = number;
    while rest >= 0x80 {
        out.push((rest & 0x7f) as u8 | 0x80);
        rest >>= 7;
    }
    out.push(rest as u8);
}

fn write_text(out: &mut Vec<u8>, text: &str) {
    write_number(out, text.len());
    out.extend(text.as_bytes());
}

fn write_name(out: &mut Vec<u8>, function: usize, name: &str) {
    write_number(out, function);
    write_text(out, name);
}

#[cfg(test)]
mod tests {
    use super::{Parts, by_likeness, named_by_likeness};

    /// Two functions without parameters and results.
    const MODULE: &[u8] =
        b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x03\x03\x02\0\0\x0a\x07\x02\x02\0\x0b\x02\0\x0b";

    #[test]
    fn like_functions_stand_together() {
        let bodies: [&[u8]; 4] = [b"abcdefgh", b"12345678", b"abcdefgx", b"12345x"];
        let order = by_likeness(&bodies);
        assert_eq!(order, [3, 1, 0, 2]);
    }

    #[test]
    fn names_are_added_and_the_rest_stays() {
        let named = named_by_likeness(MODULE).expect("a module");
        assert!(named.starts_with(MODULE));
        let again = named_by_likeness(&named).expect("a module");
        assert_eq!(again, named);
        let parts = Parts::read(&named).expect("a module");
        assert_eq!((parts.imports, parts.bodies.len()), (0, 2));
    }

    #[test]
    fn what_is_no_module_is_refused() {
        assert!(named_by_likeness(b"").is_err());
        assert!(named_by_likeness(&MODULE[..MODULE.len() - 3]).is_err());
    }
}
