//! Which processor a process is held to, so that server and client do not take each other's place.

use bench_support::Result;
use std::{
    env,
    process::{Command, Stdio},
    sync::LazyLock,
};

#[derive(Clone, Copy)]
pub(crate) enum Processor {
    Client,
    Server,
}

/// Whether `taskset` (util-linux) is here and two processors are; without them processes run where they may.
static CAN_PIN: LazyLock<bool> = LazyLock::new(|| {
    let silent =
        Command::new("taskset").args(["-c", "0,1", "true"]).stdout(Stdio::null()).stderr(Stdio::null()).status();
    silent.is_ok_and(|status| status.success())
});

impl Processor {
    /// This program again, with other arguments.
    pub(crate) fn command(self, arguments: &[String]) -> Result<Command> {
        let program = env::current_exe()?;
        let mut command = if *CAN_PIN {
            let mut command = Command::new("taskset");
            command.args(["-c", if matches!(self, Self::Client) { "0" } else { "1" }]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command.args(arguments);
        Ok(command)
    }
}
