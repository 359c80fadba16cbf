//! The two modules as bytes: functions get new numbers, calls of gates go through the table.

use std::collections::BTreeMap;

use anyhow::{Result, anyhow};
use wasm_encoder::reencode::Reencode;
use wasm_encoder::{
    CodeSection, ConstExpr, DataCountSection, DataSection, ElementSection, Elements, EntityType,
    ExportKind, ExportSection, FunctionSection, GlobalSection, ImportSection, Instruction,
    MemorySection, Module, TableSection, TypeSection,
};
use wasmparser::{ExternalKind, Operator};

use super::Split;
use super::data::place;

/// The module that the glue gives the second one to import from.
const FIRST: &str = "a";

/// New numbers of functions, and the gates that are called through the table.
struct Numbers<'a> {
    functions: BTreeMap<u32, u32>,
    split: &'a Split<'a>,
    /// Whether gates are called through the table.
    has_gates: bool,
}

impl Reencode for Numbers<'_> {
    type Error = anyhow::Error;

    fn function_index(&mut self, function: u32) -> Result<u32, Failure> {
        let found = self.functions.get(&function).copied();
        found.ok_or_else(|| {
            let name = self.split.parts.name(function);
            Failure::UserError(anyhow!("{name} is in the other module"))
        })
    }
}

type Failure = wasm_encoder::reencode::Error<anyhow::Error>;

pub(super) fn first(split: &Split<'_>) -> Result<Vec<u8>> {
    let parts = &split.parts;
    let kept: Vec<u32> = parts
        .own()
        .filter(|function| !split.second.contains(function))
        .collect();
    let all = (0..parts.outside).chain(kept.iter().copied());
    let mut numbers = Numbers {
        functions: all.zip(0..).collect(),
        split,
        has_gates: true,
    };
    let mut module = Module::new();
    module.section(&numbers.types()?);
    let mut imports = ImportSection::new();
    for import in &parts.imports {
        numbers.parse_import(&mut imports, *import).map_err(plain)?;
    }
    module.section(&imports);
    module.section(&numbers.declared(&kept)?);
    let mut tables = TableSection::new();
    for (index, table) in parts.tables.iter().enumerate() {
        let mut table = numbers.table_type(*table).map_err(plain)?;
        if index as u32 == parts.table() {
            table.minimum += split.gates.len() as u64;
            let room = split.gates.len() as u64;
            table.maximum = table.maximum.map(|maximum| maximum + room);
        }
        tables.table(table);
    }
    module.section(&tables);
    let mut memories = MemorySection::new();
    for memory in &parts.memories {
        memories.memory(numbers.memory_type(*memory).map_err(plain)?);
    }
    module.section(&memories);
    let mut globals = GlobalSection::new();
    for global in &parts.globals {
        numbers
            .parse_global(&mut globals, global.clone())
            .map_err(plain)?;
    }
    module.section(&globals);
    module.section(&exports(&mut numbers)?);
    let mut elements = ElementSection::new();
    for (table, place, functions) in &parts.segments {
        // Places of the second module's functions hold a neighbour until they are filled; nobody
        // calls them before.
        let mut held = Vec::with_capacity(functions.len());
        let mut last = numbers.first_kept(functions);
        for function in functions {
            if let Some(number) = numbers.functions.get(function) {
                last = *number;
            }
            held.push(last);
        }
        elements.active(
            Some(*table).filter(|table| *table > 0),
            &ConstExpr::i32_const(*place as i32),
            Elements::Functions(held.into()),
        );
    }
    module.section(&elements);
    if parts.has_data_count {
        let count = parts.data.len() as u32;
        module.section(&DataCountSection { count });
    }
    module.section(&numbers.code(&kept)?);
    let mut data = DataSection::new();
    for segment in &parts.data {
        // Memory is empty at the beginning; wasm-opt leaves out what is empty here.
        let start = place(segment)?;
        let mut bytes = segment.data.to_vec();
        for (at, byte) in (start..).zip(&mut bytes) {
            if split.moved.iter().any(|moved| moved.contains(&at)) {
                *byte = 0;
            }
        }
        data.active(0, &ConstExpr::i32_const(start as i32), bytes);
    }
    module.section(&data);
    numbers.customs(&mut module)?;
    Ok(module.finish())
}

/// What was exported, and what the second module asks for.
fn exports(numbers: &mut Numbers<'_>) -> Result<ExportSection> {
    let split = numbers.split;
    let mut exports = ExportSection::new();
    for export in &split.parts.exports {
        numbers.parse_export(&mut exports, *export).map_err(plain)?;
    }
    let shared = split.shared();
    let shared = shared
        .iter()
        .map(|function| (ExternalKind::Func, *function));
    let all = shared.chain(split.places());
    for (kind, index) in all.filter(|(kind, index)| split.exported(*kind, *index).is_none()) {
        let number = match kind {
            ExternalKind::Func => numbers.function_index(index).map_err(plain)?,
            _ => index,
        };
        let kind = numbers.export_kind(kind).map_err(plain)?;
        exports.export(&extra(kind, index), kind, number);
    }
    Ok(exports)
}

pub(super) fn second(split: &Split<'_>, names: &BTreeMap<String, String>) -> Result<Vec<u8>> {
    let parts = &split.parts;
    let shared = split.shared();
    let all = shared.iter().chain(&split.second).copied();
    let mut numbers = Numbers {
        functions: all.zip(0..).collect(),
        split,
        has_gates: false,
    };
    let mut module = Module::new();
    module.section(&numbers.types()?);
    let mut imports = ImportSection::new();
    let name = |kind: ExternalKind, index, own: ExportKind| {
        let old = split
            .exported(kind, index)
            .map_or_else(|| extra(own, index), str::to_owned);
        names.get(&old).cloned().unwrap_or(old)
    };
    for function in &shared {
        let kind = match parts.imports_of_functions().nth(*function as usize) {
            Some(kind) => kind,
            None => parts.type_of(*function)?,
        };
        let name = name(ExternalKind::Func, *function, ExportKind::Func);
        imports.import(FIRST, &name, EntityType::Function(kind));
    }
    for (kind, index) in split.places() {
        let at = index as usize;
        let (own, entity) = match kind {
            ExternalKind::Table => {
                let mut table = numbers.table_type(parts.tables[at]).map_err(plain)?;
                table.maximum = None;
                (ExportKind::Table, EntityType::Table(table))
            }
            ExternalKind::Memory => {
                let memory = numbers.memory_type(parts.memories[at]).map_err(plain)?;
                (ExportKind::Memory, EntityType::Memory(memory))
            }
            _ => {
                let global = numbers.global_type(parts.globals[at].ty).map_err(plain)?;
                (ExportKind::Global, EntityType::Global(global))
            }
        };
        imports.import(FIRST, &name(kind, index, own), entity);
    }
    module.section(&imports);
    let own: Vec<u32> = split.second.iter().copied().collect();
    module.section(&numbers.declared(&own)?);
    let mut elements = ElementSection::new();
    let mut fill = |table: u32, place: u32, functions: Vec<u32>| {
        elements.active(
            Some(table).filter(|table| *table > 0),
            &ConstExpr::i32_const(place as i32),
            Elements::Functions(functions.into()),
        );
    };
    for (table, start, functions) in &parts.segments {
        let mut run = Vec::new();
        for (function, place) in functions.iter().zip(*start..) {
            if split.second.contains(function) {
                run.push(numbers.function_index(*function).map_err(plain)?);
            } else if !run.is_empty() {
                let length = run.len() as u32;
                fill(*table, place - length, std::mem::take(&mut run));
            }
        }
        let (end, length) = (start + functions.len() as u32, run.len() as u32);
        if length > 0 {
            fill(*table, end - length, run);
        }
    }
    for (gate, place) in &split.gates {
        let number = numbers.function_index(*gate).map_err(plain)?;
        fill(parts.table(), *place, vec![number]);
    }
    module.section(&elements);
    module.section(&numbers.code(&own)?);
    let mut data = DataSection::new();
    for (start, bytes) in split.moved_data()? {
        data.active(0, &ConstExpr::i32_const(start as i32), bytes);
    }
    module.section(&data);
    numbers.customs(&mut module)?;
    Ok(module.finish())
}

impl Numbers<'_> {
    fn types(&mut self) -> Result<TypeSection> {
        let mut types = TypeSection::new();
        for group in &self.split.parts.types {
            self.parse_recursive_type_group(types.ty(), group.clone())
                .map_err(plain)?;
        }
        Ok(types)
    }

    fn declared(&self, own: &[u32]) -> Result<FunctionSection> {
        let mut functions = FunctionSection::new();
        for function in own {
            functions.function(self.split.parts.type_of(*function)?);
        }
        Ok(functions)
    }

    fn code(&mut self, own: &[u32]) -> Result<CodeSection> {
        let parts = &self.split.parts;
        let mut code = CodeSection::new();
        for function in own {
            let body = &parts.bodies[(function - parts.outside) as usize];
            let mut written = self.new_function_with_parsed_locals(body).map_err(plain)?;
            for operator in body.get_operators_reader()? {
                let operator = operator?;
                if let Operator::Call { function_index } = operator
                    && self.has_gates
                    && let Some(place) = self.split.gates.get(&function_index)
                {
                    written.instruction(&Instruction::I32Const(*place as i32));
                    written.instruction(&Instruction::CallIndirect {
                        type_index: parts.type_of(function_index)?,
                        table_index: parts.table(),
                    });
                } else {
                    written.instruction(&self.instruction(operator).map_err(plain)?);
                }
            }
            code.function(&written);
        }
        Ok(code)
    }

    fn customs(&mut self, module: &mut Module) -> Result<()> {
        for custom in &self.split.parts.customs {
            self.parse_custom_section(module, custom.clone())
                .map_err(plain)?;
        }
        Ok(())
    }

    /// Some function of the first module, where the table begins with one of the second.
    fn first_kept(&self, functions: &[u32]) -> u32 {
        let mut kept = functions.iter().filter_map(|one| self.functions.get(one));
        kept.next().copied().unwrap_or(0)
    }
}

impl<'a> super::parts::Parts<'a> {
    /// The type of each function from outside.
    fn imports_of_functions(&self) -> impl Iterator<Item = u32> + '_ {
        self.imports.iter().filter_map(|import| match import.ty {
            wasmparser::TypeRef::Func(kind) => Some(kind),
            _ => None,
        })
    }
}

impl Split<'_> {
    /// What comes with the second module, and where it is put.
    fn moved_data(&self) -> Result<Vec<(u32, Vec<u8>)>> {
        let mut runs = Vec::new();
        for segment in &self.parts.data {
            let start = place(segment)?;
            let end = start + segment.data.len() as u32;
            for moved in &self.moved {
                let (from, to) = (moved.start.max(start), moved.end.min(end));
                if from < to {
                    let bytes = &segment.data[(from - start) as usize..(to - start) as usize];
                    runs.push((from, bytes.to_vec()));
                }
            }
        }
        Ok(runs)
    }

    /// What both modules share beside functions.
    fn places(&self) -> impl Iterator<Item = (ExternalKind, u32)> + use<> {
        let count = |kind, length: usize| (0..length as u32).map(move |index| (kind, index));
        count(ExternalKind::Table, self.parts.tables.len())
            .chain(count(ExternalKind::Memory, self.parts.memories.len()))
            .chain(count(ExternalKind::Global, self.parts.globals.len()))
    }

    /// The name under which something is exported already.
    fn exported(&self, kind: ExternalKind, index: u32) -> Option<&str> {
        let mut exports = self.parts.exports.iter();
        let found = exports.find(|export| export.kind == kind && export.index == index);
        found.map(|export| export.name)
    }
}

/// The name of an export that only the second module asks for.
fn extra(kind: ExportKind, index: u32) -> String {
    format!("second {kind:?} {index}")
}

fn plain(failure: Failure) -> anyhow::Error {
    match failure {
        Failure::UserError(error) => error,
        other => anyhow!("{other}").context("the module cannot be written"),
    }
}
