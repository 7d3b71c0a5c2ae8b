//! A site to test in: a store of its own, a clock that stands still, and nothing of the machine's settings.

use std::collections::BTreeMap;
use std::fmt;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use downtime::store::edited::digest;
use tempfile::TempDir;

/// Sat 2026-10-24 20:00 in Berlin, the eve of the day on which the clock goes back from 03:00 CEST to 02:00 CET.
pub const EVE: &str = "2026-10-24T18:00:00Z";

/// A directory with a home and room for a store, and the environment in which commands are run there.
///
/// Nothing but what is set here reaches a command: its store, clock, zone and author come from `DOWNTIME_*`.
pub struct Site {
    dir: TempDir,
    env: BTreeMap<String, String>,
}

impl Site {
    /// A site whose clock stands at [`EVE`] in Berlin, where `ops` acts, with no store yet.
    pub fn new() -> Self {
        let mut site = Self::real();
        site.set("DOWNTIME_NOW", EVE);
        site
    }

    /// The same under the real clock: its store will be a real one.
    pub fn real() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name).display().to_string();
        let mut env = BTreeMap::from([
            ("PATH".to_owned(), std::env::var("PATH").unwrap_or_default()),
            ("HOME".to_owned(), at("home")),
            ("XDG_CONFIG_HOME".to_owned(), at("home/.config")),
            ("XDG_STATE_HOME".to_owned(), at("home/.local/state")),
            ("DOWNTIME_STORE".to_owned(), at("store")),
            ("DOWNTIME_TZ".to_owned(), "Europe/Berlin".to_owned()),
            ("DOWNTIME_AUTHOR".to_owned(), "ops".to_owned()),
        ]);
        // Only coverage tools set it, and without it their instrumented binary writes into the working directory.
        env.extend(std::env::var("LLVM_PROFILE_FILE").ok().map(|path| ("LLVM_PROFILE_FILE".to_owned(), path)));
        std::fs::create_dir(dir.path().join("home")).unwrap();
        Self { dir, env }
    }

    /// Sets a variable for every command that follows.
    pub fn set(&mut self, name: &str, value: &str) {
        self.env.insert(name.to_owned(), value.to_owned());
    }

    /// Takes a variable away from every command that follows.
    pub fn unset(&mut self, name: &str) {
        self.env.remove(name);
    }

    /// Moves the clock for every command that follows.
    pub fn at(&mut self, now: &str) {
        self.set("DOWNTIME_NOW", now);
    }

    /// Acts as somebody else from now on.
    pub fn act_as(&mut self, author: &str) {
        self.set("DOWNTIME_AUTHOR", author);
    }

    /// The directory in which all of the site is.
    pub fn root(&self) -> &Path {
        self.dir.path()
    }

    /// The store's directory.
    pub fn store(&self) -> PathBuf {
        self.root().join("store")
    }

    /// Writes a file below the store's directory, as an operator would with an editor.
    pub fn write(&self, name: &str, text: &str) {
        let path = self.store().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// Writes `inventory.toml`.
    pub fn inventory(&self, text: &str) {
        self.write("inventory.toml", text);
    }

    /// Runs `downtime` with the words of a line, split as a shell splits them.
    pub fn run(&self, line: &str) -> Run {
        self.command(line).run()
    }

    /// Runs a command of which only success matters, and gives what it wrote to standard output.
    pub fn ok(&self, line: &str) -> String {
        let run = self.run(line);
        assert_eq!(run.code, 0, "downtime {line}\n{run}");
        run.stdout
    }

    /// Runs a command and reads its standard output as JSON.
    pub fn json(&self, line: &str) -> serde_json::Value {
        let run = self.run(line);
        serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("downtime {line}: {error}\n{run}"))
    }

    /// A command still to be given words, input or variables of its own.
    pub fn command(&self, line: &str) -> Invocation<'_> {
        Invocation { site: self, words: words(line), stdin: Vec::new(), env: BTreeMap::new() }
    }

    /// Runs a line in `sh`, with `downtime` in its path.
    pub fn shell(&self, line: &str, dir: &Path) -> Run {
        let bin = Path::new(env!("CARGO_BIN_EXE_downtime")).parent().unwrap();
        let mut shell = Command::new("sh");
        shell.arg("-c").arg(line).current_dir(dir).env_clear().envs(&self.env);
        shell.env("PATH", format!("{}:{}", bin.display(), self.env["PATH"]));
        self.finish(shell, b"")
    }

    /// Every file of the store that is not a cache, with a digest of its content. Empty where there is no store.
    pub fn fingerprint(&self) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        collect(&self.store(), &self.store(), &mut found);
        found.retain(|name, _| !name.starts_with("cache"));
        found
    }

    fn finish(&self, mut command: Command, stdin: &[u8]) -> Run {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // A command that does not read its input may be gone before all of it is written.
        drop(child.stdin.take().unwrap().write_all(stdin));
        let output = child.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| {
            let text = String::from_utf8(bytes).unwrap();
            text.replace(&self.store().display().to_string(), "STORE")
                .replace(&self.root().display().to_string(), "SITE")
        };
        Run { code: output.status.code().unwrap_or(-1), stdout: text(output.stdout), stderr: text(output.stderr) }
    }
}

/// One command before it is run.
pub struct Invocation<'a> {
    site: &'a Site,
    words: Vec<String>,
    stdin: Vec<u8>,
    env: BTreeMap<String, String>,
}

impl Invocation<'_> {
    /// One more word, as it is.
    pub fn arg(mut self, word: &str) -> Self {
        self.words.push(word.to_owned());
        self
    }

    /// What it reads from standard input.
    pub fn stdin(mut self, input: impl AsRef<[u8]>) -> Self {
        self.stdin = input.as_ref().to_vec();
        self
    }

    /// A variable for this command alone.
    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.env.insert(name.to_owned(), value.to_owned());
        self
    }

    /// The process, not started.
    pub fn process(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_downtime"));
        command.args(&self.words).current_dir(self.site.root()).env_clear().envs(&self.site.env).envs(&self.env);
        command
    }

    /// Runs it to its end.
    pub fn run(self) -> Run {
        self.site.finish(self.process(), &self.stdin)
    }
}

/// What a command came to. The store's directory shows as `STORE`, the site's as `SITE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Exit code; -1 if a signal ended it.
    pub code: i32,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

/// Standard output as it is, each line of standard error behind `! `, and the exit code if it is not 0.
impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.stdout)?;
        if !self.stdout.is_empty() && !self.stdout.ends_with('\n') {
            f.write_str("⏎\n")?;
        }
        for line in self.stderr.lines() {
            writeln!(f, "! {line}")?;
        }
        if self.code != 0 {
            writeln!(f, "exit {}", self.code)?;
        }
        Ok(())
    }
}

/// The words of a line: blanks part them, single and double quotes keep them together.
pub fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for character in line.chars() {
        match (quote, character) {
            (Some(open), close) if open == close => quote = None,
            (None, '\'' | '"') => {
                quote = Some(character);
                word.get_or_insert_default();
            }
            (None, blank) if blank.is_whitespace() => words.extend(word.take()),
            (_, other) => word.get_or_insert_default().push(other),
        }
    }
    assert!(quote.is_none(), "an open quote: {line}");
    words.extend(word);
    words
}

/// Compares JSON with `tests/golden/NAME.json`, which is the same spread over lines; writes it if `DOWNTIME_BLESS` is set.
pub fn golden(name: &str, json: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(format!("{name}.json"));
    let spread = spread(json.trim_end());
    if std::env::var_os("DOWNTIME_BLESS").is_some_and(|set| !set.is_empty()) {
        std::fs::write(&path, &spread).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(spread, expected, "{}; if that is meant, run once with DOWNTIME_BLESS=1", path.display());
}

/// JSON with each value on a line of its own, keys in the order in which they were written.
fn spread(json: &str) -> String {
    let mut out = String::new();
    let mut depth = 0;
    let mut in_text = false;
    let mut escaped = false;
    let mut characters = json.chars().peekable();
    while let Some(character) = characters.next() {
        if in_text {
            out.push(character);
            in_text = escaped || character != '"';
            escaped = character == '\\' && !escaped;
            continue;
        }
        let line = |out: &mut String, depth: usize| {
            out.push('\n');
            out.push_str(&"  ".repeat(depth));
        };
        match character {
            '{' | '[' if characters.peek().is_some_and(|next| matches!(next, '}' | ']')) => out.push(character),
            '{' | '[' => {
                depth += 1;
                out.push(character);
                line(&mut out, depth);
            }
            '}' | ']' if out.ends_with(['{', '[']) => out.push(character),
            '}' | ']' => {
                depth -= 1;
                line(&mut out, depth);
                out.push(character);
            }
            ',' => {
                out.push(character);
                line(&mut out, depth);
            }
            ':' => out.push_str(": "),
            other => {
                in_text = other == '"';
                out.push(other);
            }
        }
    }
    out + "\n"
}

fn collect(root: &Path, dir: &Path, found: &mut BTreeMap<String, String>) {
    let Ok(entries) = std::fs::read_dir(dir) else { return };
    for path in entries.map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            collect(root, &path, found);
        } else {
            let name = path.strip_prefix(root).unwrap().display().to_string();
            found.insert(name, digest(&std::fs::read(&path).unwrap()));
        }
    }
}
