//! The command `stackone-codegen`.

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    stackone_codegen::Command::parse().run()
}
