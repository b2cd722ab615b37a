//! The programs as commands: help, closed and piped output, and invalid arguments.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{
    env, io,
    path::PathBuf,
    process::{Command, Output, Stdio},
};

/// The programs that call StackOne, with the name of their last argument.
const PROGRAMS: [(&str, Option<&str>); 6] = [
    ("create_user_assignment", Some("LEARNING_OBJECT_REFERENCE")),
    ("download_document", Some("FILE_ID")),
    ("upload_file", Some("PATH")),
    ("list_employees", None),
    ("create_application", None),
    ("run_action", None),
];

/// A program, which calls the stand-in. Cargo builds the examples of a package for its tests.
fn program(name: &str) -> Command {
    let tests: PathBuf = env::current_exe().unwrap();
    let target = tests.parent().unwrap().parent().unwrap();
    let path = target.join("examples").join(format!("{name}{}", env::consts::EXE_SUFFIX));
    assert!(path.exists(), "build the examples first: `cargo test -p stackone-examples` does");
    let mut command = Command::new(path);
    for variable in ["STACKONE_API_KEY", "STACKONE_ACCOUNT_ID", "STACKONE_BASE_URL"] {
        command.env_remove(variable);
    }
    command
}

fn text(bytes: &[u8]) -> &str {
    str::from_utf8(bytes).unwrap()
}

#[test]
fn help_goes_to_stdout() {
    for (name, argument) in PROGRAMS {
        for option in ["--help", "-h"] {
            let Output { status, stdout, stderr } = program(name).arg(option).output().unwrap();
            let help = text(&stdout);
            assert_eq!((status.code(), text(&stderr)), (Some(0), ""), "{name}");
            assert!(help.starts_with(&format!("usage: {name}")) && help.contains("STACKONE_API_KEY"), "{help}");
            assert!(help.contains(argument.unwrap_or("usage")), "{help}");
        }
    }
}

#[test]
fn an_invalid_argument_is_named() {
    for (name, argument) in PROGRAMS {
        let mut cases = vec![(vec!["--unknown"], "the option `--unknown` is unknown".to_owned())];
        cases.push((vec!["a", "b", "c"], "is one too many".to_owned()));
        match (name, argument) {
            ("create_user_assignment", Some(argument)) => {
                cases.push((vec!["usr_1", ""], format!("{argument} is empty")));
            }
            (_, Some(argument)) => cases.push((vec![""], format!("{argument} is empty"))),
            _ => {}
        }
        for (arguments, message) in cases {
            let Output { status, stdout, stderr } = program(name).args(&arguments).output().unwrap();
            assert_eq!((status.code(), text(&stdout)), (Some(2), ""), "{name} {arguments:?}");
            let shown = text(&stderr);
            assert!(shown.contains(&message) && shown.contains(&format!("usage: {name}")), "{shown}");
        }
    }
    let Output { status, stderr, .. } = program("upload_file").arg("no-such-file").output().unwrap();
    assert_eq!(status.code(), Some(1));
    assert!(text(&stderr).contains("PATH is `no-such-file`"), "{}", text(&stderr));
}

#[cfg(unix)]
#[test]
fn an_argument_that_is_not_utf_8_is_named() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
    let Output { status, stderr, .. } =
        program("download_document").arg(OsStr::from_bytes(b"file_\xff")).output().unwrap();
    assert_eq!(status.code(), Some(2));
    assert!(text(&stderr).contains("the argument FILE_ID is not UTF-8"), "{}", text(&stderr));
}

#[test]
fn piped_output_has_whole_lines() {
    for (name, _) in PROGRAMS {
        let Output { status, stdout, stderr } = program(name).output().unwrap();
        assert!(status.success(), "{name}: {}", text(&stderr));
        assert!(!stdout.is_empty() && !text(&stdout).contains('\r') && stderr.is_empty(), "{}", text(&stdout));
    }
}

#[test]
fn a_closed_stdout_is_no_panic() {
    for (name, _) in PROGRAMS {
        for argument in [None, Some("--help")] {
            let (reader, writer) = io::pipe().unwrap();
            drop(reader);
            let mut command = program(name);
            command.args(argument).stdout(writer).stderr(Stdio::piped());
            let Output { status, stderr, .. } = command.spawn().unwrap().wait_with_output().unwrap();
            assert_eq!((status.code(), text(&stderr)), (Some(0), ""), "{name}");
        }
    }
}
