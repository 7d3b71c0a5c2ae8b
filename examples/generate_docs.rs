//! Writes `completions/` and `man/` anew from the command line itself: `cargo run --example generate_docs`.

use std::path::Path;

use clap_complete::Shell;
use downtime::cli::generated;
use downtime::failure::Outcome;

fn main() -> Outcome<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (shell, name) in [(Shell::Bash, "downtime.bash"), (Shell::Zsh, "_downtime"), (Shell::Fish, "downtime.fish")] {
        let path = root.join("completions").join(name);
        std::fs::write(&path, generated::completions(shell))
            .map_err(|error| downtime::failure::Failure::io("write", path.display(), error))?;
    }
    generated::man(&root.join("man"))
}
