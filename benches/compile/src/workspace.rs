//! Writes the crates of the contenders as a workspace in `target/`. The versions are those of this workspace, because its table
//! of dependencies and its lock file are copied.

use crate::{contenders::Contender, operation::Operation};
use bench_support::Result;
use std::{
    fs,
    path::{Path, PathBuf},
};

pub(crate) fn write(contenders: &[Contender], operations: &[Operation]) -> Result<PathBuf> {
    let benches = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("the manifest has a parent")?;
    let root = benches.join("target/operations");
    fs::create_dir_all(&root)?;
    fs::write(root.join("Cargo.toml"), manifest(benches, contenders)?)?;
    fs::copy(benches.join("Cargo.lock"), root.join("Cargo.lock"))?;
    for contender in contenders {
        let package = root.join(contender.package);
        fs::create_dir_all(package.join("src"))?;
        fs::write(package.join("Cargo.toml"), package_manifest(contender))?;
        fs::write(package.join("src/lib.rs"), library(contender, operations))?;
        fs::write(package.join("src/main.rs"), calls(contender, operations))?;
        if contender.makes_requests {
            fs::create_dir_all(package.join("examples"))?;
            fs::write(
                package.join("examples").join(format!("{}.rs", requests_of(contender))),
                requests(contender, operations),
            )?;
        }
    }
    Ok(root)
}

fn manifest(benches: &Path, contenders: &[Contender]) -> Result<String> {
    let ours = fs::read_to_string(benches.join("Cargo.toml"))?;
    let table = ours.split_once("[workspace.dependencies]").ok_or("no table of dependencies")?.1;
    let table = table.split("\n[").next().unwrap_or_default();
    let table = table.replace("path = \"", &format!("path = \"{}/", benches.display()));
    let members: Vec<&str> = contenders.iter().map(|contender| contender.package).collect();
    Ok(format!(
        "[workspace]\nresolver = \"3\"\nmembers = {members:?}\n\n[workspace.dependencies]{table}\n\
         [profile.release]\nstrip = true\n"
    ))
}

fn package_manifest(contender: &Contender) -> String {
    let package = contender.package;
    let dependencies: String = contender.dependencies.iter().map(|name| format!("{name}.workspace = true\n")).collect();
    format!(
        "[package]\nname = \"{package}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [features]\ndefault = [\"client\"]\nclient = []\nserver = []\n\n\
         [lib]\nname = \"{package}\"\n\n[[bin]]\nname = \"{package}-calls\"\npath = \"src/main.rs\"\n\n\
         [dependencies]\n{dependencies}\n[dev-dependencies]\nhttp.workspace = true\n"
    )
}

fn library(contender: &Contender, operations: &[Operation]) -> String {
    let operations: String = operations.iter().map(|operation| (contender.declare)(operation) + "\n").collect();
    format!(
        "#![allow(dead_code, unexpected_cfgs, unused_mut, unused_variables, clippy::all)]\n{}\n{operations}",
        contender.prelude
    )
}

/// A program that builds every request once.
fn calls(contender: &Contender, operations: &[Operation]) -> String {
    let call = |operation: &Operation| {
        format!(
            "#[inline(never)]\nfn call_{:03}() {{\n    black_box({});\n}}\n",
            operation.index,
            (contender.call)(operation)
        )
    };
    let functions: String = operations.iter().map(call).collect();
    let main: String = operations.iter().map(|operation| format!("    call_{:03}();\n", operation.index)).collect();
    format!(
        "#![allow(unused_imports)]\nuse {}::*;\nuse std::hint::black_box;\n\n{functions}\nfn main() {{\n{main}}}\n",
        contender.package
    )
}

/// The name of the program that prints the requests of a contender.
pub(crate) fn requests_of(contender: &Contender) -> String {
    format!("{}-requests", contender.package)
}

/// The program that prints the requests. It is an example, because an example may have dependencies that the measured crate
/// does not have.
fn requests(contender: &Contender, operations: &[Operation]) -> String {
    let calls: String =
        operations.iter().map(|operation| format!("    show({});\n", (contender.call)(operation))).collect();
    format!(
        "#![allow(unused_imports)]\nuse {}::*;\n\n\
         fn show<B: AsRef<[u8]>>(request: http::Request<B>) {{\n    \
         let mut headers: Vec<_> = request.headers().iter().map(|(name, value)| format!(\"{{name}}: {{value:?}}\")).collect();\n    \
         headers.sort();\n    \
         let target = request.uri().path_and_query().unwrap();\n    \
         println!(\"{{}} {{target}} {{headers:?}} {{}}\", request.method(), String::from_utf8_lossy(request.body().as_ref()));\n}}\n\n\
         fn main() {{\n{calls}}}\n",
        contender.package
    )
}
