//! The program `samverkan`.

use clap::Parser as _;

fn main() -> anyhow::Result<std::process::ExitCode> {
    server::command::Command::parse().run()
}
