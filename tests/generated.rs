//! Completions and manual pages: as the command line has them now, and good enough for real shells and mandoc.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap_complete::Shell;
use downtime::cli::generated;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files(dir: &Path) -> BTreeMap<String, String> {
    let entries = std::fs::read_dir(dir).unwrap().map(Result::unwrap);
    entries
        .map(|entry| (entry.file_name().into_string().unwrap(), std::fs::read_to_string(entry.path()).unwrap()))
        .collect()
}

/// Runs a checker on a file; where it is not installed, says so.
fn passes(program: &str, arguments: &[&str], file: &Path) {
    match Command::new(program).args(arguments).arg(file).output() {
        Err(_) => eprintln!("skipped: {program} is not installed"),
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{program} on {}: {said}", file.display());
        }
    }
}

#[test]
fn completions_are_up_to_date() {
    for (shell, name) in [(Shell::Bash, "downtime.bash"), (Shell::Zsh, "_downtime"), (Shell::Fish, "downtime.fish")] {
        let kept = std::fs::read_to_string(root().join("completions").join(name)).unwrap();
        assert!(kept == generated::completions(shell), "{name} is stale: cargo run --example generate_docs");
    }
}

#[test]
fn man_pages_are_up_to_date() {
    let dir = tempfile::tempdir().unwrap();
    generated::man(dir.path()).unwrap();
    let (kept, fresh) = (files(&root().join("man")), files(dir.path()));
    assert_eq!(kept.keys().collect::<Vec<_>>(), fresh.keys().collect::<Vec<_>>(), "cargo run --example generate_docs");
    for (name, page) in fresh {
        assert!(kept[&name] == page, "man/{name} is stale: cargo run --example generate_docs");
    }
}

#[test]
fn real_shells_read_the_completions() {
    let completions = root().join("completions");
    passes("bash", &["-n"], &completions.join("downtime.bash"));
    passes("zsh", &["-n"], &completions.join("_downtime"));
    passes("fish", &["--no-execute"], &completions.join("downtime.fish"));
}

#[test]
fn bash_completes_commands_and_options() {
    let script = root().join("completions/downtime.bash");
    let ask = |words: &str, current: usize| {
        let program = format!(
            "source {}; COMP_WORDS=({words}); COMP_CWORD={current}; _downtime downtime \"${{COMP_WORDS[{current}]}}\" \"\"; \
             printf '%s\\n' \"${{COMPREPLY[@]}}\"",
            script.display()
        );
        Command::new("bash").args(["-c", &program]).output().map(|output| String::from_utf8(output.stdout).unwrap())
    };
    let Ok(commands) = ask("downtime sch", 1) else {
        eprintln!("skipped: bash is not installed");
        return;
    };
    assert_eq!(commands.trim(), "schedule");
    assert!(ask("downtime schedule --retro", 2).unwrap().contains("--retroactive"));
}

#[test]
fn mandoc_finds_nothing_wrong_with_the_pages() {
    for name in files(&root().join("man")).keys() {
        passes("mandoc", &["-T", "lint", "-W", "error"], &root().join("man").join(name));
    }
}
