//! A module taken apart as far as splitting it asks: who calls whom, who is in the table, names.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail, ensure};
use wasmparser::{
    CustomSectionReader, Data, ElementItems, ElementKind, Export, ExternalKind, FunctionBody,
    Global, Import, KnownCustom, MemoryType, Name, NameSectionReader, Operator, Parser, Payload,
    TableType, TypeRef,
};

#[derive(Default)]
pub(super) struct Parts<'a> {
    pub(super) types: Vec<wasmparser::RecGroup>,
    pub(super) imports: Vec<Import<'a>>,
    /// The type of each function of its own.
    pub(super) functions: Vec<u32>,
    pub(super) tables: Vec<TableType>,
    pub(super) memories: Vec<MemoryType>,
    pub(super) globals: Vec<Global<'a>>,
    pub(super) exports: Vec<Export<'a>>,
    /// Table, first place and functions of each segment.
    pub(super) segments: Vec<(u32, u32, Vec<u32>)>,
    pub(super) bodies: Vec<FunctionBody<'a>>,
    pub(super) data: Vec<Data<'a>>,
    pub(super) has_data_count: bool,
    /// Sections that tools read, names apart.
    pub(super) customs: Vec<CustomSectionReader<'a>>,
    /// Functions in a table.
    pub(super) held: BTreeSet<u32>,
    pub(super) exported: BTreeSet<u32>,
    /// How many functions come from outside; they are numbered first.
    pub(super) outside: u32,
    names: BTreeMap<u32, String>,
    calls: Vec<BTreeSet<u32>>,
}

impl<'a> Parts<'a> {
    pub(super) fn read(module: &'a [u8]) -> Result<Self> {
        let mut parts = Self::default();
        for payload in Parser::new(0).parse_all(module) {
            parts.take(payload?)?;
        }
        ensure!(
            parts.functions.len() == parts.bodies.len(),
            "functions without bodies"
        );
        let segments = parts.segments.iter();
        parts.held = segments.flat_map(|(_, _, held)| held.clone()).collect();
        let is_function = |export: &&Export<'_>| export.kind == ExternalKind::Func;
        let exported = parts.exports.iter().filter(is_function);
        parts.exported = exported.map(|export| export.index).collect();
        for body in &parts.bodies {
            let mut called = BTreeSet::new();
            for operator in body.get_operators_reader()? {
                match operator? {
                    Operator::Call { function_index } => {
                        called.insert(function_index);
                    }
                    Operator::RefFunc { .. } | Operator::ReturnCall { .. } => {
                        bail!("a function is named in a way that is not expected")
                    }
                    _ => {}
                }
            }
            parts.calls.push(called);
        }
        Ok(parts)
    }

    fn take(&mut self, payload: Payload<'a>) -> Result<()> {
        match payload {
            Payload::TypeSection(section) => {
                for group in section {
                    self.types.push(group?);
                }
            }
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    let import = import?;
                    self.outside += u32::from(matches!(import.ty, TypeRef::Func(_)));
                    self.imports.push(import);
                }
            }
            Payload::FunctionSection(section) => {
                for function in section {
                    self.functions.push(function?);
                }
            }
            Payload::TableSection(section) => {
                for table in section {
                    self.tables.push(table?.ty);
                }
            }
            Payload::MemorySection(section) => {
                for memory in section {
                    self.memories.push(memory?);
                }
            }
            Payload::GlobalSection(section) => {
                for global in section {
                    self.globals.push(global?);
                }
            }
            Payload::ExportSection(section) => {
                for export in section {
                    self.exports.push(export?);
                }
            }
            Payload::ElementSection(section) => {
                for element in section {
                    self.segments.push(segment(&element?)?);
                }
            }
            Payload::DataCountSection { .. } => self.has_data_count = true,
            Payload::CodeSectionEntry(body) => self.bodies.push(body),
            Payload::DataSection(section) => {
                for data in section {
                    self.data.push(data?);
                }
            }
            Payload::CustomSection(section) => match section.as_known() {
                KnownCustom::Name(names) => self.names = of_functions(names)?,
                _ => self.customs.push(section),
            },
            Payload::StartSection { .. } => bail!("the module starts by itself"),
            _ => {}
        }
        Ok(())
    }

    /// Numbers of the functions with a body.
    pub(super) fn own(&self) -> impl Iterator<Item = u32> + use<> {
        self.outside..self.outside + self.functions.len() as u32
    }

    /// The functions that one calls by name; none for one from outside.
    pub(super) fn calls(&self, function: u32) -> impl Iterator<Item = u32> + '_ {
        let place = function.checked_sub(self.outside);
        let calls = place.and_then(|place| self.calls.get(place as usize));
        calls.into_iter().flatten().copied()
    }

    /// What a function with a body does.
    pub(super) fn body(&self, function: u32) -> &FunctionBody<'a> {
        &self.bodies[(function - self.outside) as usize]
    }

    /// A function's path; empty when it has no name.
    pub(super) fn name(&self, function: u32) -> &str {
        self.names.get(&function).map_or("", String::as_str)
    }

    /// The functions of just this path.
    pub(super) fn named(&self, path: &str) -> Vec<u32> {
        let found = self.names.iter().filter(|(_, name)| *name == path);
        found.map(|(function, _)| *function).collect()
    }

    /// How many places the table of functions has.
    pub(super) fn places(&self) -> u32 {
        let table = self.tables.get(self.table() as usize);
        table.map_or(0, |table| table.initial as u32)
    }

    /// The table of functions.
    pub(super) fn table(&self) -> u32 {
        self.segments.first().map_or(0, |(table, _, _)| *table)
    }

    /// The type of a function with a body.
    pub(super) fn type_of(&self, function: u32) -> Result<u32> {
        let place = function.checked_sub(self.outside);
        let found = place.and_then(|place| self.functions.get(place as usize));
        found.copied().context("a function without a type")
    }
}

/// The functions' paths by number.
pub(super) fn of_functions(names: NameSectionReader<'_>) -> Result<BTreeMap<u32, String>> {
    let mut found = BTreeMap::new();
    for names in names {
        if let Name::Function(names) = names? {
            for naming in names {
                let naming = naming?;
                found.insert(naming.index, readable(naming.name));
            }
        }
    }
    Ok(found)
}

/// Rust's path of a function, without crate hashes.
fn readable(name: &str) -> String {
    // binaryen makes names that it sees twice different.
    let plain = name.split_once("_$_").map_or(name, |(plain, _)| plain);
    format!("{:#}", rustc_demangle::demangle(plain))
}

fn segment(element: &wasmparser::Element<'_>) -> Result<(u32, u32, Vec<u32>)> {
    let ElementKind::Active {
        table_index,
        offset_expr,
    } = &element.kind
    else {
        bail!("a segment of the table that is not placed at the start")
    };
    let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else {
        bail!("a segment of the table at a place that is not constant")
    };
    let ElementItems::Functions(functions) = element.items.clone() else {
        bail!("a segment of the table without functions")
    };
    let functions = functions.into_iter().collect::<Result<_, _>>()?;
    Ok((table_index.unwrap_or(0), value as u32, functions))
}
