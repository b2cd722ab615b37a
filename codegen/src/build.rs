//! Reading and writing files: for build scripts, and for the command.

use crate::{
    Document, Error, Fixups, NamesFile, Options, Output, Progress, Report, emit::digest_and_date, generate_with, report,
};
use std::{
    collections::BTreeMap,
    fmt::Write,
    fs,
    path::{Path, PathBuf},
    time::{SystemTime, UNIX_EPOCH},
};

/// Generates source from files and writes it.
///
/// A build script generates into the directory that Cargo gives it:
///
/// ```no_run
/// // build.rs
/// fn main() -> Result<(), Box<dyn std::error::Error>> {
///     let out = std::path::PathBuf::from(std::env::var("OUT_DIR")?).join("api");
///     stackone_codegen::Build::new("openapi.yaml", out).names("names.yaml").run_for_cargo()?;
///     Ok(())
/// }
/// ```
///
/// The crate then includes the module `api`:
///
/// ```text
/// include!(concat!(env!("OUT_DIR"), "/api/include.rs"));
/// ```
#[derive(Debug, Clone)]
pub struct Build {
    document: PathBuf,
    out: PathBuf,
    fixups: Option<PathBuf>,
    names: Option<PathBuf>,
    feature_by: Option<String>,
    only: Vec<String>,
}

impl Build {
    /// A run for a document, which is JSON or YAML, and a directory for the source.
    #[must_use]
    pub fn new(document: impl Into<PathBuf>, out: impl Into<PathBuf>) -> Self {
        let (document, out) = (document.into(), out.into());
        Self { document, out, fixups: None, names: None, feature_by: None, only: Vec::new() }
    }

    /// Sets the file with [repairs of the document](Fixups). Default: no repairs.
    #[must_use]
    pub fn fixups(mut self, path: impl Into<PathBuf>) -> Self {
        self.fixups = Some(path.into());
        self
    }

    /// Sets the [names file](NamesFile). It is created if it does not exist, and new names are added. Default: no names file.
    #[must_use]
    pub fn names(mut self, path: impl Into<PathBuf>) -> Self {
        self.names = Some(path.into());
        self
    }

    /// Sets the field of an operation that names its module: see [`Options::feature_by`]. Default: one module with all operations.
    #[must_use]
    pub fn feature_by(mut self, field: impl Into<String>) -> Self {
        self.feature_by = Some(field.into());
        self
    }

    /// Adds operations to generate, by id or by tag. Default: all operations.
    #[must_use]
    pub fn only<S: Into<String>>(mut self, operations: impl IntoIterator<Item = S>) -> Self {
        self.only.extend(operations.into_iter().map(Into::into));
        self
    }

    /// Generates the source and writes it: see [`write`](Self::write).
    ///
    /// # Errors
    ///
    /// Those of [`generate`](Self::generate) and [`write`](Self::write).
    pub fn run(&self) -> Result<Output, Error> {
        let output = self.generate(&mut |_| {})?;
        self.write(&output)?;
        Ok(output)
    }

    /// Generates the source for a build script. It also writes `include.rs`, which declares the module `api`, and prints for Cargo
    /// the files that were read and the warnings.
    ///
    /// # Errors
    ///
    /// Those of [`run`](Self::run), and the directory has a path that is not Unicode.
    pub fn run_for_cargo(&self) -> Result<Output, Error> {
        let output = self.run()?;
        let module = fs::canonicalize(self.out.join("mod.rs")).map_err(|error| Error::io(&self.out, &error))?;
        let module = module.to_str().ok_or_else(|| Error::new("the path of the output directory is not Unicode"))?;
        write_if_changed(&self.out.join("include.rs"), &format!("#[path = {module:?}]\npub mod api;\n"))?;
        for path in output.documents.iter().chain(&self.fixups).chain(&self.names) {
            println!("cargo::rerun-if-changed={}", path.display());
        }
        for warning in &output.warnings {
            println!("cargo::warning={}", warning.to_string().replace('\n', " "));
        }
        Ok(output)
    }

    /// Generates the source without writing it. The function is called as the work goes on.
    ///
    /// # Errors
    ///
    /// A file cannot be read, or an error of [`generate`](crate::generate()).
    pub fn generate(&self, progress: &mut dyn FnMut(Progress)) -> Result<Output, Error> {
        let document = parse(&self.document, progress)?;
        let mut options = self.options(self.read_names()?);
        options.date = Some(self.date(&document)?);
        generate_with(document, &self.read_fixups()?, &options, progress)
    }

    /// The changes for users between the output on disk and an output.
    ///
    /// # Errors
    ///
    /// The output on disk cannot be read.
    pub fn report(&self, output: &Output) -> Result<Report, Error> {
        Ok(Report::between(&self.on_disk()?, &output.files))
    }

    /// The changes for users between the output for an older document and an output. A fixup may apply to fewer or more places of
    /// the older document.
    ///
    /// # Errors
    ///
    /// Those of [`generate`](Self::generate).
    pub fn report_since(&self, document: &Path, output: &Output) -> Result<Report, Error> {
        let options = self.options(output.names.clone());
        let old = parse(document, &mut |_| {})?;
        let old = generate_with(old, &self.read_fixups()?.for_any_document(), &options, &mut |_| {})?;
        Ok(Report::between(&old.files, &output.files))
    }

    /// The differences between the files on disk and those that [`write`](Self::write) writes, as text by operation. Empty if there
    /// is none.
    ///
    /// # Errors
    ///
    /// The files on disk cannot be read.
    pub fn difference(&self, output: &Output) -> Result<String, Error> {
        let mut text = report::difference(&self.on_disk()?, &output.files);
        if let Some(path) = &self.names
            && fs::read_to_string(path).ok() != Some(output.names.to_string())
        {
            // Writing into a string does not fail.
            _ = writeln!(text, "{} differs: it lacks names of the output", path.display());
        }
        Ok(text)
    }

    /// Writes the files that differ from those on disk, and the names file. Removes generated files that are no longer part of the
    /// output. Other files in the directory stay.
    ///
    /// # Errors
    ///
    /// A file cannot be written.
    pub fn write(&self, output: &Output) -> Result<(), Error> {
        fs::create_dir_all(&self.out).map_err(|error| Error::io(&self.out, &error))?;
        for name in self.on_disk()?.keys().filter(|name| !output.files.contains_key(*name)) {
            let path = self.out.join(name);
            fs::remove_file(&path).map_err(|error| Error::io(&path, &error))?;
        }
        for (name, source) in &output.files {
            write_if_changed(&self.out.join(name), source)?;
        }
        self.names.as_ref().map_or(Ok(()), |path| write_if_changed(path, &output.names.to_string()))
    }

    fn options(&self, names: NamesFile) -> Options {
        Options { feature_by: self.feature_by.clone(), only: self.only.clone(), names, date: None }
    }

    fn read_fixups(&self) -> Result<Fixups, Error> {
        self.fixups.as_ref().map_or_else(|| Ok(Fixups::default()), |path| Fixups::parse(&name(path), &read(path)?))
    }

    /// The names of earlier runs. None before the first run.
    fn read_names(&self) -> Result<NamesFile, Error> {
        let path = self.names.as_ref().filter(|path| path.exists());
        path.map_or_else(|| Ok(NamesFile::default()), |path| NamesFile::parse(&name(path), &read(path)?))
    }

    /// The date of the output on disk if it is from the same document, so that a second run writes the same. Else today.
    fn date(&self, document: &Document) -> Result<String, Error> {
        let files = self.on_disk()?;
        let known = files.values().find_map(|source| digest_and_date(source));
        let date = known.filter(|(digest, _)| *digest == document.digest()).map(|(_, date)| date.to_owned());
        Ok(date.unwrap_or_else(|| date_of(SystemTime::now())))
    }

    /// The generated files in the directory.
    fn on_disk(&self) -> Result<BTreeMap<String, String>, Error> {
        let mut files = BTreeMap::new();
        if !self.out.exists() {
            return Ok(files);
        }
        let at = |error| Error::io(&self.out, &error);
        for entry in fs::read_dir(&self.out).map_err(at)? {
            let path = entry.map_err(at)?.path();
            if path.extension().is_some_and(|extension| extension == "rs") {
                let source = read(&path)?;
                if source.starts_with("// Generated by stackone-codegen ") {
                    files.extend(path.file_name().map(|name| (name.to_string_lossy().into_owned(), source)));
                }
            }
        }
        Ok(files)
    }
}

fn parse(path: &Path, progress: &mut dyn FnMut(Progress)) -> Result<Document, Error> {
    let text = read(path)?;
    progress(Progress::Parsing { bytes: text.len() });
    Ok(Document::parse(&name(path), &text)?.join(path))
}

fn name(path: &Path) -> String {
    path.display().to_string()
}

fn read(path: &Path) -> Result<String, Error> {
    fs::read_to_string(path).map_err(|error| Error::io(path, &error))
}

/// Leaves an equal file alone, so that Cargo does not compile it again.
fn write_if_changed(path: &Path, text: &str) -> Result<(), Error> {
    if fs::read_to_string(path).is_ok_and(|found| found == text) {
        return Ok(());
    }
    fs::write(path, text).map_err(|error| Error::io(path, &error))
}

/// The date in UTC, as `2026-01-31`. The calendar repeats every 400 years, which are 146,097 days.
fn date_of(time: SystemTime) -> String {
    let days = time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() / 86_400);
    // Years start in March here, so that the leap day is the last day of a year.
    let days = days + 719_468;
    let (cycle, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (month, carry) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    format!("{:04}-{month:02}-{day:02}", cycle * 400 + year + carry)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn dates_follow_the_calendar() {
        for (seconds, expected) in [
            (0, "1970-01-01"),
            (951_782_399, "2000-02-28"),
            (951_782_400, "2000-02-29"),
            (951_868_800, "2000-03-01"),
            (1_735_689_599, "2024-12-31"),
            (4_107_542_400, "2100-03-01"),
        ] {
            assert_eq!(date_of(UNIX_EPOCH + Duration::from_secs(seconds)), expected);
        }
    }
}
