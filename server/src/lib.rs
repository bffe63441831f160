//! The program `samverkan`: configuration, the HTTP shell around the pages, the commands.

pub mod assets;
pub mod command;
pub mod config;
pub mod http;
pub mod listen;
pub mod scanner;
pub mod telemetry;
