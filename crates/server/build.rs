//! Makes sure that the folder with the built pages exists, so that the server builds before
//! them, and is built again when they change.

fn main() -> std::io::Result<()> {
    let dist = concat!(env!("CARGO_MANIFEST_DIR"), "/../../dist");
    std::fs::create_dir_all(dist)?;
    println!("cargo::rerun-if-changed={dist}");
    println!("cargo::rerun-if-changed=build.rs");
    Ok(())
}
