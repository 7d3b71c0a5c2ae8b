//! The README's commands, run one after the other in one store; what they print is what the README shows.
//!
//! In a `console` block a line that begins with `$ ` is a command for `sh`, the lines up to the next are what it prints
//! on both outputs. `sh` blocks hold what a reader runs once and this test cannot. `UPDATE_README=1 cargo test --test
//! readme` writes what is printed into the README.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::path::{Path, PathBuf};
use std::process::Command;

/// What the README shows in `sh` blocks: run by `.ci/full`, by this very test run, and by nobody but the reader.
const RUN_ELSEWHERE: [&str; 3] = ["sh examples/tour.sh", "cargo test", "cargo install --path ."];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn run(command: &str, home: &Path) -> String {
    let programs = Path::new(env!("CARGO_BIN_EXE_downtime")).parent().unwrap();
    let output = Command::new("sh")
        .args(["-c", &format!("{{ {command}\n}} 2>&1")])
        .current_dir(root())
        .env_clear()
        .env("PATH", format!("{}:{}", programs.display(), std::env::var("PATH").unwrap()))
        .env("HOME", home)
        .env("DOWNTIME_STORE", home.join("store"))
        .env("DOWNTIME_TZ", "Europe/Berlin")
        .env("DOWNTIME_NOW", "2026-11-20T15:30:00+01:00")
        .env("DOWNTIME_AUTHOR", "anna")
        .output()
        .unwrap();
    let printed = String::from_utf8(output.stdout).unwrap().replace(&home.display().to_string(), "~");
    // The reader's clock is real, only the test's is frozen.
    printed.replace("began a store of pretended time", "began a store")
}

/// The README with each command followed by what it prints.
fn rendered(readme: &str) -> String {
    let home = tempfile::tempdir().unwrap();
    let mut out = String::new();
    let mut block = "";
    for line in readme.lines() {
        match line.strip_prefix("```") {
            Some(language) => block = if block.is_empty() { language } else { "" },
            None if block == "console" => {
                let Some(command) = line.strip_prefix("$ ") else { continue };
                out += &format!("{line}\n{}", run(command, home.path()));
                continue;
            }
            None if block == "sh" => assert!(RUN_ELSEWHERE.contains(&line), "nobody runs `{line}`"),
            None => {}
        }
        out += &format!("{line}\n");
    }
    out
}

#[test]
fn the_readme_shows_what_its_commands_print() {
    let path = root().join("README.md");
    let readme = std::fs::read_to_string(&path).unwrap();
    let rendered = rendered(&readme);
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(&path, &rendered).unwrap();
        return;
    }
    for (shown, printed) in readme.lines().zip(rendered.lines()) {
        assert_eq!(shown, printed, "UPDATE_README=1 cargo test --test readme");
    }
    assert_eq!(readme.lines().count(), rendered.lines().count(), "UPDATE_README=1 cargo test --test readme");
}
