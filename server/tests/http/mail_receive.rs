//! `samverkan mail receive`, as a mail server calls it.

use std::{
    io::Write as _,
    path::Path,
    process::{Command, Output, Stdio},
};

fn samverkan(words: &[&str], config: &Path, message: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_samverkan"))
        .args(words)
        .arg("--config")
        .arg(config)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // It does not read a long one to its end.
    let _ = child.stdin.take().unwrap().write_all(message);
    child.wait_with_output().unwrap()
}

/// What a mail server may put into the message it returns holds nothing of the machine; and it tells what to bring again.
#[test]
fn what_is_not_understood_goes_back_with_a_sentence_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let (config, key) = (folder.path().join("samverkan.toml"), folder.path().join("key"));
    let made = Command::new(env!("CARGO_BIN_EXE_samverkan")).args(["keys", "new"]).arg(&key).output().unwrap();
    assert!(made.status.success(), "{made:?}");
    let text = format!(
        "listen = \"127.0.0.1:3000\"\norigin = \"https://samverkan.test\"\nmunicipality = \"Prov\"\nsite = \"site\"\nkey_file = \"{}\"\n\
         database.url = \"sqlite://{}?mode=rwc\"\npapers.scanner = \"none\"\n[mail]\nhost = \"localhost\"\nport = 25\ntls = \"local\"\n\
         from = \"s@prov.test\"\nanswers.address = \"moten@prov.test\"\n",
        key.display(),
        folder.path().join("samverkan.db").display(),
    );
    std::fs::write(&config, text).unwrap();
    let hello = b"From: a@b.test\r\nTo: moten@prov.test\r\n\r\nHej!\r\n";

    let early = samverkan(&["mail", "receive"], &config, hello);
    assert_eq!(early.status.code(), Some(75), "no database yet: {early:?}");

    assert!(samverkan(&["migrate"], &config, b"").status.success());
    for message in [hello.to_vec(), vec![b'x'; 1 << 20], Vec::new()] {
        let refused = samverkan(&["mail", "receive"], &config, &message);
        assert_eq!(refused.status.code(), Some(65), "{refused:?}");
        assert!(refused.stdout.is_empty());
        let said = String::from_utf8(refused.stderr).unwrap();
        assert_eq!(said.lines().count(), 2, "{said}");
        assert!(said.starts_with("Svaret kunde inte läsas.") && !said.contains('/'), "{said}");
    }
}
