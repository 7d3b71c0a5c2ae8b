//! Which room may use which: the arrows of the library's map, held by reading `src/`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Each room with the rooms and modules that it may use. Any room may use `failure` and itself.
const MAY_USE: &[(&str, &[&str])] = &[
    ("failure", &[]),
    ("clock", &[]),
    ("when", &["clock"]),
    ("downtime", &["clock", "when"]),
    ("inventory", &["downtime::target"]),
    ("events", &["clock", "downtime::interval", "downtime::target", "when::written", "when::zone"]),
    ("availability", &["clock", "downtime", "events", "when::zone"]),
    ("rules", &["clock", "downtime", "inventory", "when"]),
    ("policy", &["clock", "downtime", "inventory", "when"]),
    (
        "render",
        &[
            "availability",
            "clock",
            "downtime",
            "events::event",
            "inventory::declared",
            "policy::conflict",
            "rules",
            "when::zone",
            "when::duration",
        ],
    ),
    ("store", &["clock", "downtime", "events", "inventory", "policy", "rules", "when::zone"]),
    ("effects", &["clock", "downtime", "store"]),
    (
        "cli",
        &[
            "availability",
            "clock",
            "downtime",
            "effects",
            "events",
            "inventory",
            "policy",
            "render",
            "rules",
            "store",
            "when",
        ],
    ),
];

/// Rooms that do no input or output.
const PURE: &[&str] = &["when", "downtime", "inventory", "availability", "policy", "render", "rules"];

/// What input, output and the environment look like in source.
const IMPURE: [&str; 10] = [
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "std::io::std",
    "io::stdout",
    "io::stderr",
    "io::stdin",
    "println!",
    "print!(",
];

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every file that is not only for tests, with its room and its text up to its tests.
fn files(dir: &Path, found: &mut Vec<(PathBuf, String, String)>) {
    let paths: Vec<PathBuf> = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    let declared = std::fs::read_to_string(dir.join("mod.rs")).unwrap_or_default();
    let only_for_tests = |path: &Path| {
        let name = path.file_stem().unwrap().to_str().unwrap();
        ["mod", "pub(crate) mod"].iter().any(|word| declared.contains(&format!("#[cfg(test)]\n{word} {name};")))
    };
    for path in paths.into_iter().filter(|path| !only_for_tests(path)) {
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let below = path.strip_prefix(source()).unwrap();
            let room = below.components().next().unwrap().as_os_str().to_str().unwrap().trim_end_matches(".rs");
            let text = std::fs::read_to_string(&path).unwrap();
            let code = text.split("\n#[cfg(test)]\nmod tests {").next().unwrap();
            found.push((path.clone(), room.to_owned(), code.to_owned()));
        }
    }
}

fn rooms() -> Vec<(PathBuf, String, String)> {
    let mut found = Vec::new();
    files(&source(), &mut found);
    found.retain(|(_, room, _)| !["lib", "main"].contains(&room.as_str()));
    assert!(found.len() > 80, "{} files", found.len());
    found
}

/// The paths that a text names after `crate::`, without the braces that close a list.
fn used(code: &str) -> BTreeSet<&str> {
    let lines = code.lines().map(str::trim).filter(|line| !line.starts_with("//"));
    let paths = lines.flat_map(|line| line.split("crate::").skip(1));
    let end = |character: char| !character.is_alphanumeric() && character != '_' && character != ':';
    paths.map(|path| path.split(end).next().unwrap().trim_end_matches(':')).collect()
}

/// Whether a path lies in a room or module.
fn within(path: &str, place: &str) -> bool {
    path.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

#[test]
fn every_room_uses_only_the_rooms_that_it_may() {
    let mut wrong = Vec::new();
    for (path, room, code) in rooms() {
        let (_, may) = MAY_USE.iter().find(|(name, _)| *name == room).unwrap_or_else(|| panic!("no arrows for {room}"));
        for other in used(&code) {
            let allowed = may.iter().chain(&["failure", room.as_str()]).any(|place| within(other, place));
            if !allowed {
                wrong.push(format!("{} uses {other}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn pure_rooms_do_no_input_or_output() {
    let mut wrong = Vec::new();
    for (path, room, code) in rooms() {
        let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
        let impure = lines.filter(|line| IMPURE.iter().any(|what| line.contains(what)));
        if PURE.contains(&room.as_str()) {
            wrong.extend(impure.map(|line| format!("{}: {}", path.display(), line.trim())));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_command_line_knows_clap_and_prints() {
    let mut wrong = Vec::new();
    for (path, room, code) in rooms() {
        for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
            let known =
                ["clap::", "println!", "eprintln!", "stdout()", "stderr()"].iter().any(|what| line.contains(what));
            if room != "cli" && known {
                wrong.push(format!("{}: {}", path.display(), line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_file_is_longer_than_five_hundred_lines() {
    let long = |(path, ..): &(PathBuf, String, String)| std::fs::read_to_string(path).unwrap().lines().count() > 500;
    let long: Vec<PathBuf> = rooms().into_iter().filter(long).map(|(path, ..)| path).collect();
    assert!(long.is_empty(), "{long:?}");
}
