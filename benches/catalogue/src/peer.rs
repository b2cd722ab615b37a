//! The code of other generators, from the same API description.

use bench_support::Result;
use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// A package that another generator wrote.
pub(crate) struct Peer {
    /// The name of the folder, which is that of the generator.
    pub(crate) name: String,
    folder: PathBuf,
}

impl Peer {
    /// The packages in the folder that the option `--peers` names.
    pub(crate) fn from_args() -> Result<Vec<Self>> {
        let Some(folder) = env::args_os().skip_while(|argument| argument != "--peers").nth(1) else {
            return Ok(Vec::new());
        };
        let mut peers = Vec::new();
        for entry in fs::read_dir(&folder).map_err(|error| format!("--peers {}: {error}", folder.display()))? {
            let folder = entry?.path();
            if folder.join("Cargo.toml").is_file() {
                let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
                peers.push(Self { name, folder });
            }
        }
        peers.sort_by(|one, other| other.name.cmp(&one.name));
        Ok(peers)
    }

    /// Writes the package into the workspace of the measured crates, with the name of the generator.
    pub(crate) fn write(&self, root: &Path) -> Result<()> {
        let package = root.join(&self.name);
        let manifest = fs::read_to_string(self.folder.join("Cargo.toml"))?;
        let name = format!("name = \"{}\"", self.name);
        copy_folder(&self.folder.join("src"), &package.join("src"))?;
        Ok(fs::write(package.join("Cargo.toml"), manifest.replacen("name = \"corpus\"", &name, 1))?)
    }
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if entry.file_type()?.is_dir() {
            copy_folder(&from, &to)?;
        } else {
            fs::copy(from, to)?;
        }
    }
    Ok(())
}
