//! The real server as a process of its own, to be killed without warning and started again.

use std::io::{self, BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A running `parlour serve`. Dropping it kills it.
pub struct ServerProcess {
    program: PathBuf,
    data: PathBuf,
    environment: Vec<(String, String)>,
    /// Where it listens; the same after a restart.
    pub address: SocketAddr,
    child: Child,
}

impl ServerProcess {
    /// Starts the program with demo data on a free port.
    ///
    /// # Errors
    /// When it cannot be started or says nothing.
    pub fn start(
        program: &Path,
        data: &Path,
        environment: &[(String, String)],
    ) -> io::Result<Self> {
        let (child, address) = launch(program, data, environment, "127.0.0.1:0")?;
        Ok(Self {
            program: program.to_owned(),
            data: data.to_owned(),
            environment: environment.to_vec(),
            address,
            child,
        })
    }

    /// Kills it as a power cut would (SIGKILL) and starts it again on the same address and data.
    ///
    /// # Errors
    /// When it does not come back.
    pub fn kill_and_restart(&mut self) -> io::Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        let address = self.address.to_string();
        let (child, _) = launch(&self.program, &self.data, &self.environment, &address)?;
        self.child = child;
        Ok(())
    }

    /// The process's number, to look at its memory.
    pub fn id(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for ServerProcess {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn launch(
    program: &Path,
    data: &Path,
    environment: &[(String, String)],
    listen: &str,
) -> io::Result<(Child, SocketAddr)> {
    let mut child = Command::new(program)
        .args(["serve", "--demo", "--listen", listen, "--data"])
        .arg(data)
        .envs(environment.iter().map(|(name, value)| (name, value)))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut line = String::new();
    if let Some(output) = child.stdout.take() {
        BufReader::new(output).read_line(&mut line)?;
    }
    line.trim()
        .strip_prefix("listening on http://")
        .and_then(|address| address.parse().ok())
        .map(|address| (child, address))
        .ok_or_else(|| io::Error::other(format!("the server said {line:?}")))
}
