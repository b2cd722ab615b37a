//! Pins a process to a processor, so that server and client do not compete for one.

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

/// Whether there are `taskset` (util-linux) and two processors. Otherwise no process is pinned.
static CAN_PIN: LazyLock<bool> = LazyLock::new(|| {
    let silent =
        Command::new("taskset").args(["-c", "0,1", "true"]).stdout(Stdio::null()).stderr(Stdio::null()).status();
    silent.is_ok_and(|status| status.success())
});

impl Processor {
    /// A command that runs this program again, with other arguments.
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
