//! Writes a `rules.toml` for the site of `examples/generate_inventory.rs`, the same for the same arguments on every machine.
//!
//! `cargo run --release --example generate_rules -- --rules 1000 > rules.toml`
//!
//! Every way to say for whom and when, five years old each: most rules are for some dozen hosts, one in ten for hundreds.

use std::io::{self, BufWriter, Write};

use clap::Parser;

/// How many rules.
#[derive(Debug, Parser)]
struct Size {
    /// Rules in all
    #[arg(long, default_value_t = 1_000)]
    rules: usize,
}

const SITES: [&str; 10] = ["ams", "ber", "cdg", "dub", "fra", "lhr", "mad", "osl", "prg", "zrh"];
const TEAMS: [&str; 5] = ["shop", "mail", "data", "web", "platform"];
const ZONES: [&str; 4] = ["Europe/Berlin", "America/New_York", "Asia/Kathmandu", "UTC"];
const TIMES: [&str; 12] = [
    "repeat = \"weekly\"",
    "repeat = \"daily\"",
    "repeat = \"weekdays\"",
    "repeat = \"weekly\"",
    "repeat = \"biweekly\"",
    "repeat = \"four-weekly\"",
    "repeat = \"nth-weekday\"",
    "repeat = \"nth-weekday-from-end\"",
    "repeat = \"monthly\"",
    "repeat = \"last-day-of-month\"",
    "repeat = \"weekly\"",
    "rrule = \"FREQ=MONTHLY;BYDAY=2TU\"",
];

fn main() -> io::Result<()> {
    let size = Size::parse();
    let mut out = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    match (0..size.rules).try_for_each(|number| write(number, &mut out)).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

fn write(number: usize, out: &mut impl Write) -> io::Result<()> {
    let site = SITES[number % SITES.len()];
    let (day, hour) = (number % 28 + 1, number % 24);
    writeln!(out, "[[rule]]\nname = \"rule-{number:04}\"\ncomment = \"maintenance {number} of {site}\"")?;
    writeln!(out, "start = \"2021-11-{day:02} {hour:02}:{:02}\"\n{}", number % 4 * 15, TIMES[number % TIMES.len()])?;
    match number % 5 {
        0 => writeln!(out, "wall_end = \"{:02}:00\"", (hour + 3) % 24)?,
        minutes => writeln!(out, "duration = \"{}m\"", minutes * 20)?,
    }
    writeln!(out, "timezone = \"{}\"\n[rule.match]\n{}\n", ZONES[number / 7 % ZONES.len()], matching(number, site))
}

fn matching(number: usize, site: &str) -> String {
    let (rack, team) = (number / 10 % 25, TEAMS[number / 10 % TEAMS.len()]);
    match number / 10 % 10 {
        0 => format!("folder = \"/{site}\"\ntags = {{ criticality = \"prod\", os = \"windows\" }}"),
        1 => format!("hosts = [\"{site}-srv{:03}*\"]", number / 10),
        2 => format!("folder = \"/{site}/rack{rack:03}\""),
        3 => format!("folder = [\"/{site}/rack{rack:03}\", \"/{site}/rack{:03}\"]\ngroups = \"{team}\"", rack / 2),
        4 => format!("folder = \"/{site}/rack{rack:03}\"\nservices = [\"Updates\", \"CPU*\"]"),
        5 => format!("hosts = \"sw-{site}-{rack:03}\"\nchildren = true"),
        6 => format!("folder = \"/{site}/rack{rack:03}\"\nnot = {{ hosts = [\"*{}\"] }}", number % 10),
        7 => format!("labels = {{ room = \"r{}\" }}\nhosts = \"{site}-srv*{}\"", rack / 8, number % 10),
        8 => format!("hosts = '~^{site}-srv.*{:02}$'", number / 10),
        _ => format!("hosts = \"{site}-srv0{:02}*\"\nservices = '~^Filesystem'", number / 10),
    }
}
