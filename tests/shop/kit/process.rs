//! The binary itself, as an operator starts it.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, ExitStatus, Output, Stdio};
use std::time::{Duration, Instant};

use etalase::config::Database;

use super::database::FreshDatabase;
use super::visitor::Visitor;

/// How long anything may take before a test gives up on it.
const PATIENCE: Duration = Duration::from_secs(60);

/// The binary with a folder to work in, and nothing of the settings of whoever runs the tests.
pub fn etalase(folder: &Path, arguments: &[&str]) -> Command {
    binary(env!("CARGO_BIN_EXE_etalase").as_ref(), folder, arguments)
}

/// The binary on a database and the folder beside it.
pub fn etalase_on(fresh: &FreshDatabase, arguments: &[&str]) -> Command {
    let mut command = etalase(fresh.folder.path(), arguments);
    command.args(["--data-dir", "."]);
    if let Database::Postgres(url) = &fresh.database {
        command.env("DATABASE_URL", url.expose());
    }
    command
}

/// Like [`etalase`], with a copy of the binary.
pub fn binary(path: &Path, folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(path);
    for (name, _) in std::env::vars_os() {
        let is_setting =
            name.to_str().is_some_and(|n| n.starts_with("ETALASE_") || n == "DATABASE_URL");
        if is_setting {
            command.env_remove(name);
        }
    }
    command.current_dir(folder).args(arguments);
    command
}

/// Runs a command that ends by itself.
pub fn run(mut command: Command) -> Output {
    command.output().expect("the binary runs")
}

/// What a command said, on both streams.
pub fn said(output: &Output) -> String {
    let [out, err] = [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text));
    format!("{out}{err}")
}

/// A shop that an operator has opened; closed hard when dropped.
pub struct Running {
    pub url: String,
    child: Child,
    stdout: BufReader<ChildStdout>,
}

impl Running {
    /// Starts `etalase demo` or `etalase serve` on a free port, and waits until it is open.
    pub fn open(folder: &Path, arguments: &[&str]) -> Self {
        let port = free_port().to_string();
        let with_port = [arguments, &["--port", &port]].concat();
        Self::wait_for(etalase(folder, &with_port), format!("http://127.0.0.1:{port}"))
    }

    pub fn wait_for(mut command: Command, url: String) -> Self {
        let folder = command.get_current_dir().expect("it has one").to_owned();
        let log = File::create(folder.join("stderr.log")).unwrap();
        let mut child = command.stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().expect("it is piped"));
        let mut line = String::new();
        while !line.contains("answers at") {
            line.clear();
            assert_ne!(stdout.read_line(&mut line).unwrap(), 0, "the shop does not open");
        }
        assert!(line.contains(&url), "{line:?} does not say {url}");
        Self { url, child, stdout }
    }

    pub fn visitor(&self) -> Visitor {
        Visitor::new(&self.url)
    }

    /// Sends a signal: `TERM`, `INT`.
    pub fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-s", name, &id]).status().unwrap();
        assert!(sent.success());
    }

    /// Waits for its end, and gives what it said since it opened.
    pub fn wait(mut self) -> (ExitStatus, String) {
        let began = Instant::now();
        let status = loop {
            match self.child.try_wait().unwrap() {
                Some(status) => break status,
                None if began.elapsed() > PATIENCE => panic!("the shop does not close"),
                None => std::thread::sleep(Duration::from_millis(10)),
            }
        };
        let mut rest = String::new();
        self.stdout.read_to_string(&mut rest).unwrap();
        (status, rest)
    }

    /// Asks it to close, and waits.
    pub fn close(self) -> ExitStatus {
        self.signal("TERM");
        self.wait().0
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port that was free a moment ago. Nobody else on this machine is likely to take it now.
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// A copy of the binary alone in a new folder.
pub fn copied_into(folder: &Path) -> PathBuf {
    let copy = folder.join("etalase");
    std::fs::copy(env!("CARGO_BIN_EXE_etalase"), &copy).unwrap();
    copy
}
