//! The command line.

use crate::{Document, Error, Fixups, Options, Output, generate};
use clap::Parser;
use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// Turns an OpenAPI document into operations of the `stackone` crate and their types.
#[derive(Debug, Parser)]
#[command(name = "stackone-codegen", version)]
pub struct Command {
    /// The document: OpenAPI 3.0 or 3.1, in JSON or YAML.
    document: PathBuf,
    /// The directory for the source. The files in it that are not generated are left alone.
    #[arg(long)]
    out: PathBuf,
    /// Repairs of the document.
    #[arg(long)]
    fixups: Option<PathBuf>,
    /// One module and one feature for each value of this field of the operations; `tag` for the first tag.
    #[arg(long)]
    feature_by: Option<String>,
    /// Only operations with these ids or tags.
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// Writes nothing. Exits with 1 and lists the differences if the directory differs from the output.
    #[arg(long)]
    check: bool,
}

impl Command {
    /// Runs the command.
    #[must_use]
    pub fn run(&self) -> ExitCode {
        match self.try_run() {
            Ok(code) => code,
            Err(error) => {
                eprintln!("error: {error}");
                ExitCode::from(2)
            }
        }
    }

    fn try_run(&self) -> Result<ExitCode, Error> {
        let output = self.generate()?;
        for warning in &output.warnings {
            eprintln!("warning: {warning}");
        }
        if self.check {
            return Ok(self.compare(&output));
        }
        fs::create_dir_all(&self.out).map_err(|error| at(&self.out, &error))?;
        for (name, source) in &output.files {
            let path = self.out.join(name);
            fs::write(&path, source).map_err(|error| at(&path, &error))?;
        }
        eprintln!(
            "{} operations, {} types, {} warnings: {} files in {}",
            output.operations,
            output.types,
            output.warnings.len(),
            output.files.len(),
            self.out.display()
        );
        Ok(ExitCode::SUCCESS)
    }

    fn generate(&self) -> Result<Output, Error> {
        let read = |path: &Path| fs::read_to_string(path).map_err(|error| at(path, &error));
        let document = Document::parse(&self.document.to_string_lossy(), &read(&self.document)?)?;
        let fixups = match &self.fixups {
            Some(path) => Fixups::parse(&path.to_string_lossy(), &read(path)?)?,
            None => Fixups::default(),
        };
        generate(document, &fixups, &Options { feature_by: self.feature_by.clone(), only: self.only.clone() })
    }

    fn compare(&self, output: &Output) -> ExitCode {
        let mut differs = false;
        for (name, source) in &output.files {
            let found = fs::read_to_string(self.out.join(name)).unwrap_or_default();
            if found != *source {
                differs = true;
                let line = found.lines().zip(source.lines()).take_while(|(found, source)| found == source).count();
                eprintln!("{name}:{}: differs from the output", line + 1);
            }
        }
        if differs { ExitCode::FAILURE } else { ExitCode::SUCCESS }
    }
}

fn at(path: &Path, error: &std::io::Error) -> Error {
    Error::new(format!("{}: {error}", path.display()))
}
