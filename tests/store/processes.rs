//! Many processes at once, and processes that are killed, through the program itself.
//!
//! `DOWNTIME_TEST_FULL=1` runs as many as one would want to before a release.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::{Duration, Instant};

use downtime::downtime::settled::{Turn, told};
use downtime::store::Store;
use downtime::store::files::Disk;
use tempfile::TempDir;

use crate::acting::entries;
use crate::disk::Chance;

const WRITERS: usize = 8;

fn rounds(usual: usize, full: usize) -> usize {
    if std::env::var_os("DOWNTIME_TEST_FULL").is_some_and(|value| value == "1") { full } else { usual }
}

struct Site {
    home: TempDir,
}

impl Site {
    fn new() -> Self {
        Self { home: tempfile::tempdir().unwrap() }
    }

    fn store(&self) -> PathBuf {
        self.home.path().join("var/lib/site")
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_downtime"));
        command.env_clear().env("HOME", self.home.path()).env("DOWNTIME_STORE", self.store()).args(arguments);
        command.stdin(Stdio::null());
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Standard output of a command that must do.
    fn told(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    fn ids(&self) -> Vec<u64> {
        self.told(&["list", "--all", "-q"]).lines().map(|line| line.parse().unwrap()).collect()
    }

    fn assert_sound(&self) {
        let told = self.told(&["doctor"]);
        assert!(!told.contains("damaged"), "{told}");
    }
}

fn schedule<'a>(target: &'a str, author: &'a str) -> [&'a str; 9] {
    ["schedule", target, "-m", "rack move", "--for", "2h", "-q", "--as", author]
}

fn is_there(dir: &Path) -> bool {
    dir.join("store.json").exists()
}

/// One of those that readers go on for, until it is done or has failed.
struct Working<'a>(&'a AtomicUsize);

impl Drop for Working<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

#[test]
fn writers_at_once_lose_nothing_and_readers_never_fail() {
    let each = rounds(25, 500);
    let site = Site::new();
    let working = AtomicUsize::new(WRITERS);
    let began = Instant::now();
    let mut ids: Vec<u64> = thread::scope(|scope| {
        let writers: Vec<_> = (0..WRITERS)
            .map(|number| {
                let (site, working) = (&site, &working);
                scope.spawn(move || {
                    let _working = Working(working);
                    let (target, author) = (format!("host{number}"), format!("writer{number}"));
                    let told = |_| site.told(&schedule(&target, &author)).trim().parse().unwrap();
                    (0..each).map(told).collect::<Vec<u64>>()
                })
            })
            .collect();
        for arguments in [vec!["check", "host3"], vec!["list", "-o", "json"]] {
            let (site, working) = (&site, &working);
            scope.spawn(move || {
                while working.load(Ordering::SeqCst) > 0 {
                    if is_there(&site.store()) {
                        let output = site.run(&arguments);
                        assert!(matches!(output.status.code(), Some(0 | 1)), "{arguments:?}: {output:?}");
                        assert!(output.stderr.is_empty(), "{arguments:?}: {output:?}");
                        if arguments[0] == "list" {
                            serde_json::from_slice::<Vec<serde_json::Value>>(&output.stdout).unwrap();
                        }
                    }
                }
            });
        }
        writers.into_iter().flat_map(|writer| writer.join().unwrap()).collect()
    });
    println!("{} downtimes by {WRITERS} writers in {:?}", WRITERS * each, began.elapsed());
    ids.sort_unstable();
    assert_eq!(ids, (1..=(WRITERS * each) as u64).collect::<Vec<_>>(), "told");
    let mut kept = site.ids();
    kept.sort_unstable();
    assert_eq!(kept, ids, "kept");
    site.assert_sound();
}

#[test]
fn a_store_that_all_begin_at_once_is_begun_once() {
    for arguments in [vec!["init"], vec!["schedule", "web01", "-m", "rack move", "--for", "2h"]] {
        for _ in 0..rounds(3, 100) {
            let site = Site::new();
            let together = Barrier::new(WRITERS);
            let outputs: Vec<Output> = thread::scope(|scope| {
                let start = || {
                    together.wait();
                    site.run(&arguments)
                };
                let running: Vec<_> = (0..WRITERS).map(|_| scope.spawn(start)).collect();
                running.into_iter().map(|thread| thread.join().unwrap()).collect()
            });
            assert!(outputs.iter().all(|output| output.status.success()), "{outputs:?}");
            let told = |output: &&Output| String::from_utf8_lossy(&output.stderr).contains("began a store");
            assert_eq!(outputs.iter().filter(told).count(), 1, "{outputs:?}");
            let made = if arguments[0] == "init" { 0 } else { WRITERS };
            assert_eq!(site.ids().len(), made);
            site.assert_sound();
        }
    }
}

#[test]
fn what_a_killed_process_told_is_kept_and_the_store_stays_sound() {
    let kills = rounds(25, 500);
    let site = Site::new();
    let usual = {
        site.told(&schedule("web01", "first"));
        let began = Instant::now();
        site.told(&schedule("web01", "first"));
        u64::try_from(began.elapsed().as_micros()).unwrap()
    };
    let mut chance = Chance(1);
    let mut told: BTreeSet<u64> = BTreeSet::new();
    for kill in 0..kills {
        let mut running = site.command(&schedule("web01", "killed"));
        let mut running = running.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        // Not to wait for anything: the process is to be killed wherever it is by then.
        thread::sleep(Duration::from_micros(chance.bits() % (usual * 2)));
        running.kill().unwrap();
        let output = running.wait_with_output().unwrap();
        for line in String::from_utf8(output.stdout).unwrap().lines() {
            assert!(told.insert(line.parse().unwrap()), "id {line} was told twice");
        }
        if kill % 25 == 24 {
            site.assert_sound();
            let kept: BTreeSet<u64> = site.ids().into_iter().collect();
            assert!(told.is_subset(&kept), "told {told:?}, kept {kept:?}");
            assert_eq!(kept, (1..=kept.len() as u64).collect(), "no id is left out");
        }
    }
    println!("{} of {kills} had told their id before they were killed", told.len());
    site.told(&schedule("web01", "last"));
}

#[test]
fn ticks_of_many_processes_some_of_them_killed_write_each_transition_once() {
    let rounds = rounds(12, 200);
    let site = Site::new();
    let at = |minute: usize| format!("2026-11-20T{:02}:{:02}:00Z", minute / 60, minute % 60);
    let under = |minute: usize, arguments: &[&str]| {
        let mut command = site.command(arguments);
        command.env("DOWNTIME_NOW", at(minute)).stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    for minute in 0..rounds {
        let (start, end) = (at(minute), at(minute + 3));
        let schedule = ["schedule", "web01", "-m", "rack move", "--start", &start, "--end", &end];
        assert!(under(0, &schedule).status().unwrap().success());
    }
    let mut chance = Chance(3);
    for minute in 0..rounds {
        // One of them is late, as after waiting for the lock.
        let mut running = [minute, minute, minute.saturating_sub(1)].map(|now| under(now, &["tick"]).spawn().unwrap());
        thread::sleep(Duration::from_micros(chance.bits() % 20_000));
        running[minute % 3].kill().unwrap();
        for running in &mut running {
            running.wait().unwrap();
        }
    }
    assert!(under(rounds + 3, &["tick"]).status().unwrap().success());
    let store = Store::open(Arc::new(Disk), &site.store()).unwrap().unwrap();
    let entries = entries(&store).unwrap();
    let written: Vec<_> = entries.iter().flat_map(|entry| told(&entry.operation)).map(Turn::name).collect();
    let once: BTreeSet<_> = written.iter().cloned().collect();
    assert_eq!((once.len(), written.len()), (2 * rounds, 2 * rounds), "{written:?}");
    site.assert_sound();
}
