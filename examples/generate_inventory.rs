//! Writes an `inventory.toml` as a large site has it, the same for the same arguments on every machine.
//!
//! `cargo run --release --example generate_inventory -- --hosts 10000 --services 10 > inventory.toml`
//!
//! Ten sites, each behind a core switch; in each, racks of 40 hosts behind a switch of their own, one server in seven
//! behind the switch of another rack too. One server in ten has a service with groups and tags of its own.

use std::io::{self, BufWriter, Write};

use clap::Parser;

/// How large a site.
#[derive(Debug, Parser)]
struct Size {
    /// Hosts in all, switches among them
    #[arg(long, default_value_t = 10_000)]
    hosts: usize,
    /// Services of each host
    #[arg(long, default_value_t = 10)]
    services: usize,
}

const SITES: usize = 10;
const RACK: usize = 40;
const SITE_NAMES: [&str; SITES] = ["ams", "ber", "cdg", "dub", "fra", "lhr", "mad", "osl", "prg", "zrh"];
const SYSTEMS: [&str; 3] = ["linux", "linux", "windows"];
const CRITICALITIES: [&str; 4] = ["prod", "prod", "test", "dev"];
const TEAMS: [&str; 5] = ["shop", "mail", "data", "web", "platform"];
const SERVICES: [&str; 12] = [
    "HTTP",
    "CPU load",
    "Memory",
    "Filesystem /",
    "Filesystem /var",
    r"Disk C:\ usage",
    "Interface 1: eth0",
    "NTP Time",
    "Check_MK Agent",
    "SSH",
    "Updates",
    "Größe der Warteschlange",
];

fn main() -> io::Result<()> {
    let size = Size::parse();
    let mut out = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    match write(&size, &mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// A place in the site: which of the ten, and which host there.
struct Place {
    site: &'static str,
    number: usize,
}

impl Place {
    fn core(&self) -> String {
        format!("sw-{}", self.site)
    }

    fn switch(&self, rack: usize) -> String {
        if rack == 0 { self.core() } else { format!("sw-{}-{rack:03}", self.site) }
    }

    const fn rack(&self) -> usize {
        self.number / RACK
    }

    const fn is_switch(&self) -> bool {
        self.number.is_multiple_of(RACK)
    }

    fn name(&self) -> String {
        if self.is_switch() { self.switch(self.rack()) } else { format!("{}-srv{:05}", self.site, self.number) }
    }

    fn parents(&self) -> Vec<String> {
        match (self.rack(), self.is_switch()) {
            (0, true) => Vec::new(),
            (_, true) => vec![self.core()],
            (rack, false) if rack > 1 && self.number.is_multiple_of(7) => {
                vec![self.switch(rack), self.switch(rack - 1)]
            }
            (rack, false) => vec![self.switch(rack)],
        }
    }
}

fn write(size: &Size, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "# {} hosts with {} services each, by examples/generate_inventory.rs.", size.hosts, size.services)?;
    for host in 0..size.hosts {
        let place = Place { site: SITE_NAMES[host % SITES], number: host / SITES };
        let (system, criticality) = (SYSTEMS[host % SYSTEMS.len()], CRITICALITIES[host / 3 % CRITICALITIES.len()]);
        let team = TEAMS[place.rack() % TEAMS.len()];
        writeln!(out, "\n[hosts.{}]", place.name())?;
        writeln!(out, "alias = \"{} {} in rack {}\"", team, place.number, place.rack())?;
        writeln!(out, "folder = \"/{}/rack{:03}\"", place.site, place.rack())?;
        if place.is_switch() {
            writeln!(
                out,
                "tags = {{ kind = \"switch\", criticality = \"prod\" }}\ngroups = [\"switches\", \"{team}\"]"
            )?;
        } else {
            writeln!(out, "tags = {{ kind = \"server\", criticality = \"{criticality}\", os = \"{system}\" }}")?;
            writeln!(out, "groups = [\"{system}-servers\", \"{team}\"]")?;
        }
        writeln!(out, "labels = {{ team = \"{team}\", room = \"r{}\" }}", place.rack() / 8)?;
        if !place.parents().is_empty() {
            writeln!(out, "parents = {:?}", place.parents())?;
        }
        let names: Vec<String> = (0..size.services).map(service).collect();
        match names.split_last() {
            Some((last, others)) if place.number % 10 == 3 => {
                for name in others {
                    writeln!(out, "[hosts.{}.services.{name:?}]", place.name())?;
                }
                writeln!(out, "[hosts.{}.services.{last:?}]", place.name())?;
                writeln!(out, "groups = [\"nightly\"]\ntags = {{ criticality = \"test\" }}")?;
            }
            _ => writeln!(out, "services = {names:?}")?,
        }
    }
    Ok(())
}

/// The name of a service, numbered once all have been used.
fn service(number: usize) -> String {
    let name = SERVICES[number % SERVICES.len()];
    match number / SERVICES.len() {
        0 => name.to_owned(),
        round => format!("{name} {round}"),
    }
}
