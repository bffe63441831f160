//! The process in which papers are looked at: the program itself, confined.

use std::{
    io::Write as _,
    process::{Child, Command, Stdio},
    time::Duration,
};

use backend::scan::{Kind, LARGEST, Paper, worker};
use data_encoding::BASE64;
use domain::paper::PaperFlaw;

fn start() -> Child {
    Command::new(env!("CARGO_BIN_EXE_samverkan"))
        .arg("look-at-paper")
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// What the process says of a file, and whether it ended well.
fn look_at(name: &str, bytes: &[u8]) -> Result<Paper, PaperFlaw> {
    let mut process = start();
    let mut input = process.stdin.take().unwrap();
    let question = worker::question(name, "", bytes);
    // One that is stopped takes no more in.
    let _ = std::thread::spawn(move || input.write_all(&question)).join().unwrap();
    let said = process.wait_with_output().unwrap();
    worker::answered(if said.status.success() { &said.stdout } else { &[] })
}

/// One point.
const PNG: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

#[test]
fn a_paper_is_looked_at_in_a_process_of_its_own() {
    let png = BASE64.decode(PNG.as_bytes()).unwrap();
    assert_eq!(look_at("a.png", &png).map(|paper| paper.kind), Ok(Kind::Png));
    assert_eq!(look_at("a.png", &png[..40]), Err(PaperFlaw::Broken));
    assert_eq!(look_at("blankett.pdf", b"<html>"), Err(PaperFlaw::OtherKind));
    assert_eq!(look_at("a.png", &vec![0; LARGEST + 1]), Err(PaperFlaw::TooLarge));
}

/// UPL-03: 256 MiB, ten seconds, no file and no connection beside the three it was given.
#[test]
fn the_process_has_given_up_what_it_does_not_need_before_it_reads_a_byte() {
    let mut process = start();
    let table = format!("/proc/{}/limits", process.id());
    let limits = (0..500).find_map(|_| {
        std::thread::sleep(Duration::from_millis(20));
        let words = std::fs::read_to_string(&table).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
        words.contains("Max open files 3 3").then_some(words)
    });
    let limits = limits.expect("the limits are set");
    for limit in
        ["Max data size 268435456 268435456", "Max cpu time 10 10", "Max file size 0 0", "Max core file size 0 0"]
    {
        assert!(limits.contains(limit), "{limit} is not in {limits}");
    }
    process.kill().unwrap();
    process.wait().unwrap();
}
