//! A small module with all that matters: a gate, what only it needs, what both need, a closure.

use std::collections::BTreeMap;

use anyhow::Result;
use wasm_encoder::{
    CodeSection, ConstExpr, ElementSection, Elements, EntityType, ExportKind, ExportSection,
    Function, FunctionSection, ImportSection, MemorySection, MemoryType, Module, NameMap,
    NameSection, RefType, TableSection, TableType, TypeSection,
};

use super::parts::Parts;
use super::{Later, Split};

const LATER: Later = Later {
    modules: &["app::player"],
    gates: &["app::player::show"],
};

/// Name of each function, and whom it calls. The first is from outside, the second exported.
const FUNCTIONS: [(&str, &[u32]); 7] = [
    ("log", &[]),
    ("app::main", &[2, 4]),
    ("app::player::show", &[0, 3, 4]),
    ("core::fmt::digits", &[]),
    ("<app::player::Length>::new", &[]),
    ("app::player::show::{closure#0}", &[0]),
    ("app::list::show::{closure#0}", &[0]),
];

fn module() -> Vec<u8> {
    let mut types = TypeSection::new();
    types.ty().function([], []);
    let mut imports = ImportSection::new();
    imports.import("./app_bg.js", "log", EntityType::Function(0));
    let (mut functions, mut code) = (FunctionSection::new(), CodeSection::new());
    for (_, calls) in &FUNCTIONS[1..] {
        functions.function(0);
        let mut body = Function::new([]);
        for called in *calls {
            body.instructions().call(*called);
        }
        body.instructions().end();
        code.function(&body);
    }
    let mut tables = TableSection::new();
    tables.table(TableType {
        element_type: RefType::FUNCREF,
        table64: false,
        minimum: 3,
        maximum: Some(3),
        shared: false,
    });
    let mut memories = MemorySection::new();
    memories.memory(MemoryType {
        minimum: 1,
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    });
    let mut exports = ExportSection::new();
    exports.export("main", ExportKind::Func, 1);
    exports.export("memory", ExportKind::Memory, 0);
    let mut elements = ElementSection::new();
    let held = Elements::Functions((&[5, 6][..]).into());
    elements.active(None, &ConstExpr::i32_const(1), held);
    let mut names = NameSection::new();
    let mut named = NameMap::new();
    for ((name, _), index) in FUNCTIONS.iter().zip(0..) {
        named.append(index, name);
    }
    names.functions(&named);
    let mut module = Module::new();
    module.section(&types).section(&imports).section(&functions);
    module.section(&tables).section(&memories).section(&exports);
    module.section(&elements).section(&code).section(&names);
    module.finish()
}

#[test]
fn only_what_nobody_else_needs_is_in_the_second_module() -> Result<()> {
    let module = module();
    let split = Split::new(&module, &LATER)?;
    let names: Vec<&str> = split
        .second
        .iter()
        .map(|one| split.parts.name(*one))
        .collect();
    assert_eq!(
        names,
        [
            "app::player::show",
            "core::fmt::digits",
            "app::player::show::{closure#0}"
        ]
    );
    Ok(())
}

#[test]
fn the_first_module_has_room_for_the_gate_and_exports_what_is_shared() -> Result<()> {
    let module = module();
    let first = Split::new(&module, &LATER)?.first()?;
    let parts = Parts::read(&first)?;
    assert_eq!(parts.functions.len(), 3);
    assert_eq!((parts.places(), parts.tables[0].maximum), (4, Some(4)));
    let exports: Vec<&str> = parts.exports.iter().map(|export| export.name).collect();
    assert_eq!(
        exports,
        [
            "main",
            "memory",
            "second Func 0",
            "second Func 4",
            "second Table 0"
        ]
    );
    // The place of the closure that is not here holds its neighbour.
    assert_eq!(parts.segments, [(0, 1, vec![3, 3])]);
    Ok(())
}

#[test]
fn the_second_module_fills_its_places_under_the_new_names() -> Result<()> {
    let module = module();
    let names = BTreeMap::from([("memory".to_owned(), "m".to_owned())]);
    let second = Split::new(&module, &LATER)?.second(&names)?;
    let parts = Parts::read(&second)?;
    let imports: Vec<&str> = parts.imports.iter().map(|import| import.name).collect();
    assert_eq!(
        imports,
        ["second Func 0", "second Func 4", "second Table 0", "m"]
    );
    assert_eq!(parts.segments, [(0, 1, vec![4]), (0, 3, vec![2])]);
    Ok(())
}

#[test]
fn a_gate_that_is_not_there_is_an_error() {
    let later = Later {
        modules: &["app::player"],
        gates: &["app::player::hide"],
    };
    assert!(Split::new(&module(), &later).is_err());
}

#[test]
fn a_call_past_the_gates_is_an_error() {
    let later = Later {
        modules: &["app::player", "core::fmt"],
        gates: &["app::player::show"],
    };
    assert!(Split::new(&module(), &later).is_ok());
    let later = Later {
        modules: &["app::player", "app::list"],
        gates: &["app::player::show"],
    };
    assert!(Split::new(&module(), &later).is_ok());
    let later = Later {
        modules: &["app"],
        gates: &["app::player::show"],
    };
    // The exported function is there for others.
    assert!(Split::new(&module(), &later).is_err());
}
