//! What is said on the screen while work goes on: plain lines, and on a terminal one passing line that is written over.

use std::{
    fmt::Display,
    io::{IsTerminal, Write, stderr},
    sync::Mutex,
    time::{Duration, Instant},
};

/// How wide a passing line may be.
const WIDTH: usize = 110;
/// How often a passing line is renewed on a terminal.
const BLINK: Duration = Duration::from_millis(100);
/// How often a sign of life is given where there is no terminal.
const HEARTBEAT: Duration = Duration::from_mins(1);

static LAST: Mutex<Option<Instant>> = Mutex::new(None);

/// A line that stays.
pub fn line(text: impl Display) {
    let mut out = stderr().lock();
    let wipe = if out.is_terminal() { "\r\x1b[2K" } else { "" };
    // Nobody reads any more: nothing to do about it.
    let _ = writeln!(out, "{wipe}{text}");
    restart();
}

/// A sign of life: seen on a terminal until the next line, once a minute elsewhere.
pub fn passing(text: &str) {
    let mut out = stderr().lock();
    let terminal = out.is_terminal();
    if !is_due(if terminal { BLINK } else { HEARTBEAT }) {
        return;
    }
    let short: String = text.trim().chars().filter(|c| !c.is_control()).take(WIDTH).collect();
    let _ = if terminal { write!(out, "\r\x1b[2K  {short}") } else { writeln!(out, "       ... {short}") };
    let _ = out.flush();
}

/// How long something took, for people.
pub fn seconds(took: Duration) -> String {
    match took.as_secs() {
        0..120 => format!("{:.1} s", took.as_secs_f64()),
        long => format!("{} min {:02} s", long / 60, long % 60),
    }
}

/// A size in thousands of bytes, as budgets are written.
pub fn kilobytes(bytes: usize) -> String {
    format!("{}.{} kB", bytes / 1000, bytes % 1000 / 100)
}

/// Something new begins: a sign of life is due only after a while.
pub fn restart() {
    if let Ok(mut last) = LAST.lock() {
        *last = Some(Instant::now());
    }
}

fn is_due(pause: Duration) -> bool {
    let Ok(mut last) = LAST.lock() else { return false };
    let due = last.is_none_or(|then| then.elapsed() >= pause);
    if due {
        *last = Some(Instant::now());
    }
    due
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_said_in_thousands() {
        assert_eq!(kilobytes(129_950), "129.9 kB");
        assert_eq!(kilobytes(999), "0.9 kB");
    }

    #[test]
    fn long_times_are_said_in_minutes() {
        assert_eq!(seconds(Duration::from_millis(1500)), "1.5 s");
        assert_eq!(seconds(Duration::from_secs(125)), "2 min 05 s");
    }
}
