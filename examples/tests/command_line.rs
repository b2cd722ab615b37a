//! The programs as commands: help, closed and piped output, invalid arguments and variables.
//!
//! The programs are those in the folder `examples/`, so that a new one is tested too.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{
    env,
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    thread,
};

/// The programs with arguments, with the name of the last one.
const WITH_ARGUMENTS: [(&str, &str); 3] = [
    ("create_user_assignment", "LEARNING_OBJECT_REFERENCE"),
    ("download_document", "FILE_ID"),
    ("upload_file", "PATH"),
];

/// The variables of the programs that call StackOne.
const VARIABLES: [&str; 3] = ["STACKONE_API_KEY", "STACKONE_ACCOUNT_ID", "STACKONE_BASE_URL"];

/// The names of all programs.
fn names() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let stem =
        |entry: io::Result<fs::DirEntry>| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned();
    fs::read_dir(folder).unwrap().map(stem).collect()
}

/// Checks each program in a thread of its own, because some of them wait.
fn each(check: impl Fn(&str) + Sync) {
    let names = names();
    assert!(names.len() > 20, "{names:?}");
    thread::scope(|scope| {
        for name in &names {
            scope.spawn(|| check(name));
        }
    });
}

/// The path of a program. Cargo builds the examples of a package for its tests.
fn path(name: &str) -> PathBuf {
    let tests: PathBuf = env::current_exe().unwrap();
    let target = tests.parent().unwrap().parent().unwrap();
    let path = target.join("examples").join(format!("{name}{}", env::consts::EXE_SUFFIX));
    assert!(path.exists(), "build the examples first: `cargo test -p stackone-examples` does");
    path
}

/// A program, which calls a server on loopback.
fn program(name: &str) -> Command {
    without_variables(Command::new(path(name)))
}

fn without_variables(mut command: Command) -> Command {
    for variable in VARIABLES.into_iter().chain(["STACKONE_WEBHOOK_SECRET"]) {
        command.env_remove(variable);
    }
    command
}

fn text(bytes: &[u8]) -> &str {
    str::from_utf8(bytes).unwrap()
}

fn help(name: &str) -> String {
    text(&program(name).arg("--help").output().unwrap().stdout).to_owned()
}

/// Whether the program calls StackOne if there is a key.
fn calls_stackone(help: &str) -> bool {
    help.contains("STACKONE_API_KEY")
}

#[test]
fn help_goes_to_stdout() {
    each(|name| {
        for option in ["--help", "-h"] {
            let Output { status, stdout, stderr } = program(name).arg(option).output().unwrap();
            let help = text(&stdout);
            assert_eq!((status.code(), text(&stderr)), (Some(0), ""), "{name}");
            assert!(help.starts_with(&format!("usage: {name}")) && help.lines().count() > 2, "{name}: {help}");
        }
    });
    for (name, argument) in WITH_ARGUMENTS {
        assert!(help(name).contains(argument), "{name}");
    }
    assert!(names().iter().filter(|name| calls_stackone(&help(name))).count() >= 10);
}

/// Runs a program with invalid arguments.
fn refused(name: &str, arguments: &[OsString], expected: &str) {
    let Output { status, stdout, stderr } = program(name).args(arguments).output().unwrap();
    assert_eq!((status.code(), text(&stdout)), (Some(2), ""), "{name} {arguments:?}: {}", text(&stderr));
    let shown = text(&stderr);
    assert!(shown.contains(expected) && shown.contains(&format!("usage: {name}")), "{name}: {shown}");
}

#[test]
fn an_invalid_argument_is_named() {
    each(|name| {
        refused(name, &["--unknown".into()], "the option `--unknown` is unknown");
        refused(name, &["a".into(), "b".into(), "c".into()], "is one too many");
    });
    for (name, argument) in WITH_ARGUMENTS {
        let first = (name == "create_user_assignment").then(|| "usr_1".into());
        let arguments = |last: OsString| first.clone().into_iter().chain([last]).collect::<Vec<_>>();
        refused(name, &arguments("".into()), &format!("the argument {argument} is empty"));
        #[cfg(unix)]
        refused(name, &arguments(not_utf8()), &format!("the argument {argument} is not UTF-8"));
    }
    let Output { status, stderr, .. } = program("upload_file").arg("no-such-file").output().unwrap();
    assert_eq!(status.code(), Some(1));
    assert!(text(&stderr).contains("PATH is `no-such-file`"), "{}", text(&stderr));
}

#[cfg(unix)]
fn not_utf8() -> OsString {
    use std::os::unix::ffi::OsStringExt;
    OsString::from_vec(b"a\xff".to_vec())
}

#[test]
fn an_invalid_variable_is_named() {
    each(|name| {
        if !calls_stackone(&help(name)) {
            return;
        }
        for variable in VARIABLES {
            let mut cases = vec![(OsString::new(), "is empty")];
            #[cfg(unix)]
            cases.push((not_utf8(), "is not UTF-8"));
            for (value, reason) in cases {
                let mut command = program(name);
                // Nothing listens on this port. The variable is invalid, so that nothing is sent.
                command.envs([(VARIABLES[0], "key"), (VARIABLES[1], "account"), (VARIABLES[2], "http://127.0.0.1:1")]);
                let Output { status, stdout, stderr } = command.env(variable, value).output().unwrap();
                assert_eq!((status.code(), text(&stdout)), (Some(1), ""), "{name} {variable}");
                let message = format!("the environment variable `{variable}` {reason}");
                assert!(text(&stderr).contains(&message), "{name}: {}", text(&stderr));
            }
        }
        let Output { status, stderr, .. } = program(name).env("STACKONE_API_KEY", "key").output().unwrap();
        assert_eq!(status.code(), Some(1), "{name}");
        assert!(text(&stderr).contains("`STACKONE_ACCOUNT_ID` is not set"), "{name}: {}", text(&stderr));
    });
    let Output { status, stderr, .. } = program("webhook").env("STACKONE_WEBHOOK_SECRET", "").output().unwrap();
    assert_eq!(status.code(), Some(1));
    assert!(text(&stderr).contains("the environment variable `STACKONE_WEBHOOK_SECRET`"), "{}", text(&stderr));
}

#[test]
fn piped_output_has_whole_lines() {
    each(|name| {
        let Output { status, stdout, stderr } = program(name).output().unwrap();
        assert_eq!((status.code(), text(&stderr)), (Some(0), ""), "{name}");
        assert!(stdout.ends_with(b"\n") && !stdout.contains(&b'\r'), "{name}: {}", text(&stdout));
    });
}

#[test]
fn an_output_that_nobody_reads_is_no_error() {
    each(|name| {
        for argument in [None, Some("--help")] {
            let (reader, writer) = io::pipe().unwrap();
            drop(reader);
            let mut command = program(name);
            command.args(argument).stdout(writer).stderr(Stdio::piped());
            let Output { status, stderr, .. } = command.spawn().unwrap().wait_with_output().unwrap();
            assert_eq!((status.code(), text(&stderr)), (Some(0), ""), "{name} {argument:?}");
        }
    });
}

#[cfg(unix)]
#[test]
fn a_closed_stdout_is_no_error() {
    each(|name| {
        let mut shell = without_variables(Command::new("sh"));
        shell.args(["-c", r#"exec "$0" --help >&-"#]).arg(path(name));
        let Output { status, stderr, .. } = shell.output().unwrap();
        assert_eq!((status.code(), text(&stderr)), (Some(0), ""), "{name}");
    });
}
