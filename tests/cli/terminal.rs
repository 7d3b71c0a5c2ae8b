//! Commands on a terminal of their own, with answers typed.

use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};

use crate::common::{Run, Site};

/// Whether there is util-linux's `script`, which runs a command on a terminal; says so if not.
pub fn is_there() -> bool {
    let version = Command::new("script").arg("--version").output();
    let there = version.is_ok_and(|version| String::from_utf8_lossy(&version.stdout).contains("util-linux"));
    if !there {
        eprintln!("skipped: there is no `script` of util-linux");
    }
    there
}

/// Runs a line on a terminal, with an answer typed; standard error comes with standard output.
pub fn answered(site: &Site, line: &str, answer: &str) -> Run {
    let mut asked = Asked::begin(site, line);
    asked.until_asked();
    asked.answer(answer)
}

/// Runs a line on a terminal that is so many columns wide.
pub fn shown(site: &Site, line: &str, columns: u16) -> String {
    let line = format!("script -qec \"stty cols {columns}; NO_COLOR=1 downtime {line}\" /dev/null < /dev/null");
    site.shell(&line, site.root()).stdout.replace('\r', "")
}

/// A command that runs on a terminal.
pub struct Asked {
    process: Child,
    told: Vec<u8>,
}

impl Asked {
    /// Begins a line.
    pub fn begin(site: &Site, line: &str) -> Self {
        let mut script = Command::new("script");
        script.args(["-qec", &format!("'{}' {line}", env!("CARGO_BIN_EXE_downtime")), "/dev/null"]);
        let environment = site.command("").process();
        script.env_clear().envs(environment.get_envs().filter_map(|(name, value)| Some((name, value?))));
        script.env("NO_COLOR", "1");
        script.stdin(Stdio::piped()).stdout(Stdio::piped());
        Self { process: script.spawn().unwrap(), told: Vec::new() }
    }

    /// Reads on until the next question; what was told since the last.
    pub fn until_asked(&mut self) -> String {
        let from = self.told.len();
        while self.told.len() == from || !self.told.ends_with(b"[y/N] ") {
            let mut byte = [0];
            self.process.stdout.as_mut().unwrap().read_exact(&mut byte).unwrap();
            self.told.extend(byte);
        }
        String::from_utf8(self.told[from..].to_vec()).unwrap().replace('\r', "")
    }

    /// Types an answer.
    pub fn type_line(&mut self, answer: &str) {
        writeln!(self.process.stdin.as_mut().unwrap(), "{answer}").unwrap();
    }

    /// Types the last answer, and waits for the end.
    pub fn answer(mut self, answer: &str) -> Run {
        self.type_line(answer);
        self.process.stdout.take().unwrap().read_to_end(&mut self.told).unwrap();
        let code = self.process.wait().unwrap().code().unwrap_or(-1);
        Run { code, stdout: String::from_utf8(self.told).unwrap().replace('\r', ""), stderr: String::new() }
    }
}
