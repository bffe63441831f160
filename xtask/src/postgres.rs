//! A throw-away PostgreSQL for the tests.

use crate::{apt, place, process};
use anyhow::{Context, Result, bail};
use std::{
    fs::{self, File},
    net::TcpListener,
    os::unix::{fs::chown, process::CommandExt},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

const USER: &str = "samverkan";
/// Followed by the number of the process that made it.
const FOLDER: &str = "samverkan-postgres-";
const PATIENCE: Duration = Duration::from_secs(30);

/// A server of our own on a free port; gone, with its data, when this is dropped.
pub struct Postgres {
    child: Child,
    folder: PathBuf,
    port: u16,
}

impl Postgres {
    /// Installs where that is needed and possible, makes a database, starts.
    pub fn start() -> Result<Self> {
        let programs = programs()?;
        let servant = if apt::is_root() { Some(servant()?) } else { None };
        sweep();
        let folder = folder(std::process::id());
        fs::create_dir(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        if let Some((user, group)) = servant {
            chown(&folder, Some(user), Some(group))?;
        }
        let mut init = Command::new(programs.join("initdb"));
        init.arg("--pgdata").arg(folder.join("data"));
        init.args(["--username", USER, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]);
        process::must(serve_as(init, servant, &folder), "initdb")?;
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let log = File::create(process::logs().join("postgres.log"))?;
        let mut server = ending_with_us(&programs.join("postgres"));
        server.arg("-D").arg(folder.join("data")).args(settings(port));
        let mut server = serve_as(server, servant, &folder);
        let child = server.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log).spawn()?;
        let started = Self { child, folder, port };
        started.wait(&programs.join("pg_isready"))?;
        Ok(started)
    }

    /// Where the tests find it.
    pub fn url(&self) -> String {
        format!("postgres://{USER}@127.0.0.1:{}/postgres", self.port)
    }

    fn wait(&self, is_ready: &Path) -> Result<()> {
        let started = Instant::now();
        let port = self.port.to_string();
        while process::ask(Command::new(is_ready).args(["--host", "127.0.0.1", "--port", &port])).is_err() {
            if started.elapsed() > PATIENCE {
                bail!("PostgreSQL did not start; see {}", process::logs().join("postgres.log").display());
            }
            sleep(Duration::from_millis(20));
        }
        Ok(())
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // Its children end when it does; nothing of its data is wanted any more.
        let _ = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The newest installed version's programs.
fn programs() -> Result<PathBuf> {
    if let Some(found) = installed() {
        return Ok(found);
    }
    apt::install(&["postgresql"], "The tests need PostgreSQL")?;
    installed().context("the package postgresql brought no initdb")
}

fn installed() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = versions
        .filter_map(|version| Some((version.file_name().to_str()?.parse::<u32>().ok()?, version.path().join("bin"))))
        .filter(|(_, programs)| programs.join("initdb").exists())
        .max();
    match newest {
        Some((_, programs)) => Some(programs),
        None => place::program("initdb").and_then(|initdb| initdb.parent().map(Path::to_owned)),
    }
}

/// PostgreSQL refuses to run as root: the user and group it runs as instead.
fn servant() -> Result<(u32, u32)> {
    let users = fs::read_to_string("/etc/passwd")?;
    ["postgres", "nobody"].iter().find_map(|name| ids(&users, name)).context("no user that PostgreSQL could run as")
}

fn ids(users: &str, name: &str) -> Option<(u32, u32)> {
    let mut fields = users.lines().map(|line| line.split(':')).find(|fields| fields.clone().next() == Some(name))?;
    Some((fields.nth(2)?.parse().ok()?, fields.next()?.parse().ok()?))
}

fn serve_as(mut command: Command, servant: Option<(u32, u32)>, folder: &Path) -> Command {
    command.current_dir(folder);
    if let Some((user, group)) = servant {
        command.uid(user).gid(group);
    }
    command
}

/// A program that is stopped by the kernel if we are killed before we could stop it.
fn ending_with_us(program: &Path) -> Command {
    match place::program("setpriv") {
        None => Command::new(program),
        Some(setpriv) => {
            let mut command = Command::new(setpriv);
            command.args(["--pdeathsig", "INT", "--"]).arg(program);
            command
        }
    }
}

/// Durability is not what is tested here.
fn settings(port: u16) -> Vec<String> {
    let settings = [
        "listen_addresses=127.0.0.1",
        "unix_socket_directories=",
        "fsync=off",
        "synchronous_commit=off",
        "full_page_writes=off",
        "max_connections=300",
        "autovacuum=off",
        // The race asks in what order transactions were committed.
        "track_commit_timestamp=on",
    ];
    let all = settings.into_iter().map(str::to_owned).chain([format!("port={port}")]);
    all.flat_map(|setting| ["-c".to_owned(), setting]).collect()
}

/// Not below the repository: the servant may not be able to go there.
fn folder(owner: u32) -> PathBuf {
    std::env::temp_dir().join(format!("{FOLDER}{owner}"))
}

/// Removes what runs that were killed have left.
fn sweep() {
    for entry in fs::read_dir(std::env::temp_dir()).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let owner = name.to_str().and_then(|name| name.strip_prefix(FOLDER));
        if owner.is_some_and(|owner| Path::new("/proc/self").exists() && !Path::new("/proc").join(owner).exists()) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_servant_is_read_from_the_list_of_users() {
        let users = "root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65533:nobody:/nonexistent:/usr/sbin/nologin\n";
        assert_eq!(ids(users, "nobody"), Some((65534, 65533)));
        assert_eq!(ids(users, "postgres"), None);
    }
}
