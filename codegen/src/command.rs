//! The command line.

use crate::{Build, Error, Progress};
use clap::Parser;
use std::{
    path::PathBuf,
    process::ExitCode,
    time::{Duration, Instant},
};

/// Turns an OpenAPI document into operations of the `stackone` crate and their types.
///
/// The exit code is 0, 1 if `--check` finds a difference, or 2 after an error.
#[derive(Debug, Parser)]
#[command(name = "stackone-codegen", version)]
pub struct Command {
    /// The document: OpenAPI 3.0 or 3.1, in JSON or YAML. References to other files are followed, relative to the file with the reference.
    document: PathBuf,
    /// The directory for the source. Files in it that are not generated stay.
    #[arg(long)]
    out: PathBuf,
    /// The file with repairs of the document.
    #[arg(long)]
    fixups: Option<PathBuf>,
    /// The file that keeps every name once given. It is created if it does not exist. To rename something, change its name in it.
    #[arg(long)]
    names: Option<PathBuf>,
    /// The field of an operation that names its module and its feature; `tag` for the first tag. Default: one module.
    #[arg(long)]
    feature_by: Option<String>,
    /// Generates only the operations with these ids or tags.
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// Writes nothing. If the files differ from the output, prints the difference by operation and exits with 1.
    #[arg(long)]
    check: bool,
    /// Prints the changes for users since the output on disk, in Markdown.
    #[arg(long)]
    report: bool,
    /// Prints the changes since the output for this older document instead.
    #[arg(long, value_name = "OLD_DOCUMENT", requires = "report")]
    since: Option<PathBuf>,
}

impl Command {
    /// Runs the command. Messages go to standard error, the report and the difference to standard output.
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
        let build = self.build();
        let mut meter = Meter::default();
        let output = build.generate(&mut |progress| meter.show(progress))?;
        for warning in &output.warnings {
            eprintln!("warning: {warning}");
        }
        if self.report {
            let report =
                self.since.as_ref().map_or_else(|| build.report(&output), |old| build.report_since(old, &output))?;
            print!("{report}");
        }
        if self.check {
            let difference = build.difference(&output)?;
            print!("{difference}");
            return Ok(if difference.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        build.write(&output)?;
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

    fn build(&self) -> Build {
        let mut build = Build::new(&self.document, &self.out).only(&self.only);
        if let Some(fixups) = &self.fixups {
            build = build.fixups(fixups);
        }
        if let Some(names) = &self.names {
            build = build.names(names);
        }
        if let Some(field) = &self.feature_by {
            build = build.feature_by(field);
        }
        build
    }
}

/// Shows the progress of work that takes more than a second, once a second.
struct Meter {
    shown: Instant,
}

impl Default for Meter {
    fn default() -> Self {
        Self { shown: Instant::now() }
    }
}

impl Meter {
    fn show(&mut self, progress: Progress) {
        // Parsing is one step, which takes about a second for 20 MB.
        let is_large = matches!(progress, Progress::Parsing { bytes } if bytes > 20_000_000);
        let is_start = matches!(progress, Progress::Operations { done: 0, .. });
        if (self.shown.elapsed() < Duration::from_secs(1) || is_start) && !is_large {
            return;
        }
        self.shown = Instant::now();
        match progress {
            Progress::Parsing { bytes } => eprintln!("parsing {} MB", bytes / 1_000_000),
            Progress::Operations { done, total } => eprintln!("{done} of {total} operations"),
            Progress::Writing => eprintln!("writing the source"),
        }
    }
}
