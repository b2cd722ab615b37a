//! The measured crates, in a workspace of their own under `target`, with the lock file of this workspace.

use crate::{page, peer::Peer, rustc, variant::Variant};
use bench_support::{Result, usage::Usage};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

pub(crate) struct Workspace {
    root: PathBuf,
    target: PathBuf,
}

/// The program that compares the two ways to decode. It prints a table.
const DECODING: &str = r#"
use serde::{Serialize, de::DeserializeOwned};
use std::{hint::black_box, time::{Duration, Instant}};

const RUNS: usize = 200;

fn main() {
    let text = std::fs::read_to_string(std::env::args().nth(1).unwrap()).unwrap();
    assert_same::<tables::hris::EmployeesPaginated>(&text);
    assert_same::<derived::hris::EmployeesPaginated>(&text);
    let mut best = [Duration::MAX; 2];
    // They take turns, so that a slow moment of the machine affects both.
    for _ in 0..RUNS {
        best[0] = best[0].min(once::<tables::hris::EmployeesPaginated>(&text));
        best[1] = best[1].min(once::<derived::hris::EmployeesPaginated>(&text));
    }
    println!("| {:.2} MB |    ms |\n| ------- | ----: |", text.len() as f64 / 1e6);
    println!("| tables  | {:>5.2} |", best[0].as_secs_f64() * 1e3);
    println!("| derives | {:>5.2} |", best[1].as_secs_f64() * 1e3);
}

/// No value of the page is lost when it is read and written again.
fn assert_same<T: DeserializeOwned + Serialize>(text: &str) {
    let again = serde_json::to_value(serde_json::from_str::<T>(text).unwrap()).unwrap();
    assert!(again == serde_json::from_str::<serde_json::Value>(text).unwrap(), "{}", std::any::type_name::<T>());
}

fn once<T: DeserializeOwned>(text: &str) -> Duration {
    let start = Instant::now();
    let page: T = serde_json::from_str(black_box(text)).unwrap();
    let elapsed = start.elapsed();
    drop(black_box(page));
    elapsed
}
"#;

impl Workspace {
    pub(crate) fn write(peers: &[Peer]) -> Result<Self> {
        let benches = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("the manifest has a parent")?;
        let api = benches.join("../api");
        let workspace = Self { root: benches.join("target/catalogue"), target: benches.join("target") };
        let root = &workspace.root;
        let features = features(&fs::read_to_string(api.join("Cargo.toml"))?)?;
        let dependencies = format!(
            "serde = {{ version = \"1\", features = [\"derive\"] }}\n\
             stackone = {{ path = \"{}\", default-features = false }}\n",
            benches.join("../runtime").display()
        );
        for variant in Variant::ALL {
            write_package(root, variant.package(), &format!("{features}\n[dependencies]\n{dependencies}"))?;
            let package = root.join(variant.package());
            fs::write(package.join("src/lib.rs"), format!("{ALLOWED}{}{MODULES}", variant.macros()))?;
            fs::create_dir_all(package.join("src/generated"))?;
            for file in fs::read_dir(api.join("src/generated"))? {
                let file = file?;
                let source = fs::read_to_string(file.path())?;
                // The list of modules has no types.
                let source = if file.file_name() == "mod.rs" { source } else { variant.rewrite(&source) };
                fs::write(package.join("src/generated").join(file.file_name()), source)?;
            }
        }
        let [tables, derived] = [Variant::Tables, Variant::Derived]
            .map(|variant| format!("{0} = {{ path = \"../{0}\", features = [\"hris\"] }}\n", variant.package()));
        let dependencies = format!("\n[dependencies]\n{tables}{derived}serde = \"1\"\nserde_json = \"1\"\n");
        write_package(root, "decoding", &dependencies)?;
        fs::write(root.join("decoding/src/main.rs"), DECODING)?;
        fs::copy(benches.join("Cargo.lock"), root.join("Cargo.lock"))?;
        for peer in peers {
            peer.write(root)?;
        }
        // The packages of an earlier run with other peers may be there too.
        let variants = Variant::ALL.iter().map(|variant| variant.package());
        let members: Vec<_> = variants.chain(["decoding"]).chain(peers.iter().map(|peer| &*peer.name)).collect();
        fs::write(root.join("Cargo.toml"), format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n"))?;
        Ok(workspace)
    }

    /// Checks a package, with the feature of a domain. The dependencies do not count.
    pub(crate) fn check(&self, package: &str, domain: Option<&str>) -> Result<Usage> {
        // A file that is written again is compiled again.
        let lib = self.root.join(package).join("src/lib.rs");
        fs::write(&lib, fs::read(&lib)?)?;
        let mut cargo = self.cargo(&["check", "-p", package]);
        cargo.args(domain.iter().flat_map(|domain| ["--features", domain]));
        rustc::watch(cargo.env("CARGO_INCREMENTAL", "0"), &self.root.join("rustc.log"))
    }

    /// Decodes a page with the tables and with the derives, and returns the output.
    pub(crate) fn decode(&self) -> Result<String> {
        let page = self.root.join("page.json");
        fs::write(&page, page::of_employees())?;
        let output = self.cargo(&["run", "--release", "-p", "decoding", "--"]).arg(&page).output()?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into());
        }
        Ok(String::from_utf8(output.stdout)?)
    }

    fn cargo(&self, arguments: &[&str]) -> Command {
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        let (command, rest) = arguments.split_at(1);
        cargo.current_dir(&self.root).args(command).arg("--quiet").arg("--target-dir").arg(&self.target).args(rest);
        cargo
    }
}

const ALLOWED: &str = "#![allow(dead_code, unused_imports, unused_macros)]\n";

const MODULES: &str = "\n#[rustfmt::skip]\nmod generated;\n\npub use generated::*;\n";

/// The table of features in the manifest of `stackone-api`, without those of the client.
fn features(manifest: &str) -> Result<String> {
    let begin = manifest.find("[features]").ok_or("stackone-api has features")?;
    let table = &manifest[begin..];
    let table = &table[..table.find("\n[dependencies]").unwrap_or(table.len())];
    let kept = table.lines().filter(|line| !line.starts_with("default =") && !line.contains("\"stackone/"));
    Ok(kept.map(|line| format!("{line}\n")).collect())
}

fn write_package(root: &Path, name: &str, rest: &str) -> Result<()> {
    fs::create_dir_all(root.join(name).join("src"))?;
    let manifest = format!("[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n{rest}");
    Ok(fs::write(root.join(name).join("Cargo.toml"), manifest)?)
}
