//! The arguments of a program.

use crate::println;
use std::{env, ffi::OsString, path::PathBuf, process};

/// The arguments of this program, which have these names. All are optional.
///
/// `--help` prints `usage` to stdout and ends the program with the exit code 0. An unknown option, an argument too many, and one that is
/// empty or not UTF-8 end it with 2; the message names the argument.
#[must_use]
pub fn arguments(usage: &str, names: &[&str]) -> Vec<String> {
    let given: Vec<OsString> = env::args_os().skip(1).collect();
    if given.iter().any(|argument| argument == "--help" || argument == "-h") {
        println!("{usage}");
        process::exit(0);
    }
    match read(given, names) {
        Ok(arguments) => arguments,
        Err(message) => {
            eprintln!("error: {message}\n\n{usage}");
            process::exit(2)
        }
    }
}

/// Ends this program, which takes no arguments, if there are some. `--help` prints its name and `about`.
pub fn no_arguments(about: &str) {
    let path = PathBuf::from(env::args_os().next().unwrap_or_default());
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let _ = arguments(&format!("usage: {name}\n\n{about}"), &[]);
}

fn read(given: Vec<OsString>, names: &[&str]) -> Result<Vec<String>, String> {
    let mut names = names.iter();
    let read_one = |argument: OsString| {
        let shown = argument.to_string_lossy().into_owned();
        if shown.starts_with('-') {
            return Err(format!("the option `{shown}` is unknown"));
        }
        let name = names.next().ok_or_else(|| format!("the argument `{shown}` is one too many"))?;
        match argument.into_string() {
            Ok(text) if text.is_empty() => Err(format!("the argument {name} is empty")),
            Ok(text) => Ok(text),
            Err(_) => Err(format!("the argument {name} is not UTF-8: `{shown}`")),
        }
    };
    given.into_iter().map(read_one).collect()
}
