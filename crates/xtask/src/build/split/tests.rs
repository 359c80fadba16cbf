//! A small module with all that matters: a gate, what only it needs, what both need, a closure.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ElementSection, Elements, EntityType, ExportKind,
    ExportSection, Function, FunctionSection, ImportSection, MemorySection, MemoryType, Module,
    NameMap, NameSection, RefType, TableSection, TableType, TypeSection,
};

use super::data::place;
use super::notes::Notes;
use super::parts::Parts;
use super::{Later, Linked, Split};

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

/// Constants of the first module, of the second, and of both; the last points to the one before.
fn linked() -> Linked {
    let of = |numbers: &[u32]| numbers.iter().copied().collect::<BTreeSet<u32>>();
    let named = |name: &str, numbers| (name.to_owned(), of(numbers));
    Linked {
        notes: Notes {
            constants: [(0, 64..68), (1, 68..74), (2, 76..78), (3, 80..84)].into(),
            functions: [
                named("app::main", &[0]),
                named("app::player::show", &[1, 3]),
                named("<app::player::Length>::new", &[3]),
                named("app::list::show::{closure#0}", &[]),
            ]
            .into(),
            inner: [(3, of(&[2]))].into(),
        },
        module: Vec::new(),
    }
}

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
    let mut data = DataSection::new();
    data.active(0, &ConstExpr::i32_const(64), *b"mainplayer..bo..both");
    module.section(&elements).section(&code);
    module.section(&data).section(&names);
    module.finish()
}

#[test]
fn only_what_nobody_else_needs_is_in_the_second_module() -> Result<()> {
    let module = module();
    let split = Split::new(&module, &LATER, &linked())?;
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
    let first = Split::new(&module, &LATER, &linked())?.first()?;
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
    let second = Split::new(&module, &LATER, &linked())?.second(&names)?;
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
fn a_constant_goes_with_the_only_module_that_can_reach_it() -> Result<()> {
    let module = module();
    let split = Split::new(&module, &LATER, &linked())?;
    let (first, second) = (split.first()?, split.second(&BTreeMap::new())?);
    let data = |module| -> Result<Vec<(u32, Vec<u8>)>> {
        let parts = Parts::read(module)?;
        let segments = parts.data.iter();
        segments
            .map(|segment| Ok((place(segment)?, segment.data.to_vec())))
            .collect()
    };
    // What is in no constant stays where it was.
    let kept = b"main\0\0\0\0\0\0..bo..both".to_vec();
    assert_eq!(data(&first)?, [(64, kept)]);
    assert_eq!(data(&second)?, [(68, b"player".to_vec())]);
    Ok(())
}

#[test]
fn a_function_without_notes_is_read_for_itself() -> Result<()> {
    let module = module();
    let mut linked = linked();
    linked.notes.functions.remove("app::main");
    let split = Split::new(&module, &LATER, &linked)?;
    // It speaks of nothing, so what only it could have spoken of is nobody's.
    assert_eq!(split.moved.first(), Some(&(64..74)));
    assert_eq!(split.moved.len(), 1);
    Ok(())
}

#[test]
fn a_gate_that_is_not_there_is_an_error() {
    let later = Later {
        modules: &["app::player"],
        gates: &["app::player::hide"],
    };
    assert!(Split::new(&module(), &later, &linked()).is_err());
}

#[test]
fn a_call_past_the_gates_is_an_error() {
    let later = Later {
        modules: &["app::player", "core::fmt"],
        gates: &["app::player::show"],
    };
    assert!(Split::new(&module(), &later, &linked()).is_ok());
    let later = Later {
        modules: &["app::player", "app::list"],
        gates: &["app::player::show"],
    };
    assert!(Split::new(&module(), &later, &linked()).is_ok());
    let later = Later {
        modules: &["app"],
        gates: &["app::player::show"],
    };
    // The exported function is there for others.
    assert!(Split::new(&module(), &later, &linked()).is_err());
}
