//! What several measurements need: stores built in haste, and whole processes timed.
#![allow(dead_code, reason = "not every measurement needs all of it")]

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use downtime::store::files::{Disk, Files, Stamp};

/// The disk without waiting for it: what is built for the measurement need not survive power loss.
#[derive(Debug)]
pub struct Hasty;

impl Files for Hasty {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        Disk.read(path)
    }
    fn open(&self, path: &Path) -> io::Result<File> {
        Disk.open(path)
    }
    fn list(&self, dir: &Path) -> io::Result<Vec<String>> {
        Disk.list(dir)
    }
    fn stamp(&self, path: &Path) -> io::Result<Option<Stamp>> {
        Disk.stamp(path)
    }
    fn make_dir(&self, dir: &Path) -> io::Result<()> {
        Disk.make_dir(dir)
    }
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        Disk.write(path, bytes)
    }
    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        Disk.append(path, bytes)
    }
    fn overwrite(&self, path: &Path, offset: u64, bytes: &[u8]) -> io::Result<()> {
        Disk.overwrite(path, offset, bytes)
    }
    fn truncate(&self, path: &Path, length: u64) -> io::Result<()> {
        Disk.truncate(path, length)
    }
    fn sync(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }
    fn sync_dir(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        Disk.rename(from, to)
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        Disk.remove(path)
    }
}

/// Commands upon one store.
pub struct Site {
    /// Its directory.
    pub store: PathBuf,
}

impl Site {
    /// A store begun in a new directory with these files in it, which are recorded.
    pub fn with(store: PathBuf, files: &[&Path]) -> Self {
        fs::create_dir(&store).unwrap();
        for file in files {
            fs::copy(file, store.join(file.file_name().unwrap())).unwrap();
        }
        let site = Self { store };
        site.timed(&["init"]);
        site.settle();
        site
    }

    /// An edit of a file that changes nothing but its content.
    pub fn edit(&self, file: &str) {
        let path = self.store.join(file);
        File::options().append(true).open(path).unwrap().write_all(b"# looked over\n").unwrap();
    }

    /// Records what was edited, and waits until it is trusted to stay.
    pub fn settle(&self) {
        for _ in 0..2 {
            sleep(Duration::from_millis(300));
            self.timed(&["tick"]);
        }
    }

    /// How long a command takes as a process of its own; it must answer yes or no.
    pub fn timed(&self, arguments: &[&str]) -> Duration {
        let mut command = Command::new(env!("CARGO_BIN_EXE_downtime"));
        command.env_clear().env("HOME", &self.store).env("DOWNTIME_STORE", &self.store).env("DOWNTIME_TZ", "UTC");
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let since = Instant::now();
        let status = command.status().unwrap();
        let elapsed = since.elapsed();
        assert!(matches!(status.code(), Some(0 | 1)), "{arguments:?}: {status}");
        elapsed
    }
}

/// What one of the examples prints, into a file.
pub fn generate(example: &str, arguments: &[&str], into: &Path) {
    let status = Command::new(env!("CARGO"))
        .args(["run", "--release", "--quiet", "--example", example, "--"])
        .args(arguments)
        .stdout(File::create(into).unwrap())
        .status();
    assert!(status.unwrap().success(), "{example} fails");
}

/// The time below which that many of a hundred lie, in milliseconds.
pub fn percentile(times: &[Duration], hundredth: usize) -> f64 {
    let mut times = times.to_vec();
    times.sort_unstable();
    times[(times.len() * hundredth / 100).min(times.len() - 1)].as_secs_f64() * 1e3
}

/// A setting of the environment, or what is usual.
pub fn setting(name: &str, usual: u64) -> u64 {
    std::env::var(name).map_or(usual, |text| text.parse().unwrap())
}
