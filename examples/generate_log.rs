//! Writes a Nagios log as a site of that size would, the same for the same arguments on every machine.
//!
//! `cargo run --release --example generate_log -- --lines 1000000 --hosts 50 --services 20 --days 90 --seed 1 > nagios.log`
//!
//! The mix is that of large sites: service alerts 61 %, notifications 22 %, CURRENT STATE 9.5 % (a block of all objects
//! at each midnight, or each few where lines are short), host alerts 3 %, downtime alerts 1.8 %, flapping alerts 1.3 %,
//! external commands 1.2 %, and a restart a week.

use std::io::{self, BufWriter, Write};

use clap::Parser;

/// How large a site, how long, and which of all such logs.
#[derive(Debug, Parser)]
struct Size {
    /// Lines in all
    #[arg(long, default_value_t = 1_000_000)]
    lines: u64,
    /// Hosts of the site
    #[arg(long, default_value_t = 50)]
    hosts: u64,
    /// Services of each host
    #[arg(long, default_value_t = 20)]
    services: u64,
    /// Days from the first line to the last
    #[arg(long, default_value_t = 90)]
    days: u64,
    /// Another seed, another log
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

fn main() -> io::Result<()> {
    let size = Size::parse();
    let mut out = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    match Site::new(&size).write(&size, &mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// 2026-01-01T00:00:00Z.
const BEGINNING: u64 = 1_767_225_600;
const DAY: u64 = 86_400;

/// Lines of each sort in a thousand that are not CURRENT STATE, which has 95 of all.
const SERVICE_ALERTS: u64 = 679;
const NOTIFICATIONS: u64 = SERVICE_ALERTS + 243;
const HOST_ALERTS: u64 = NOTIFICATIONS + 34;
const DOWNTIMES: u64 = HOST_ALERTS + 16;
const FLAPPING: u64 = DOWNTIMES + 15;
const CURRENT_OF_THOUSAND: u64 = 95;

const SERVICES: [&str; 12] = [
    "HTTP",
    "CPU load",
    "Memory",
    "Filesystem /",
    "Filesystem /var",
    r"Disk C:\ usage",
    "Interface 1: eth0",
    "NTP Time",
    "MySQL Replication",
    "Check_MK Agent",
    "SSH",
    "Größe der Warteschlange",
];

/// Steele, Lea and Flood: Fast splittable pseudorandom number generators (2014).
struct SplitMix64(u64);

impl SplitMix64 {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`, near enough to evenly.
    fn below(&mut self, limit: u64) -> u64 {
        u64::try_from((u128::from(self.next()) * u128::from(limit)) >> 64).unwrap_or_default()
    }
}

/// A host or service and what its monitoring knows of it.
struct Object {
    /// `host` or `host;service`, as it stands in a line.
    name: String,
    service: bool,
    /// 0 good, 1 to 3 as plugins return it; hosts know 0, 1 and 2.
    state: usize,
    /// Checks in this state, up to [`HARD_AFTER`].
    attempt: u64,
    in_downtime: bool,
    flapping: bool,
}

/// At this many checks a state is HARD.
const HARD_AFTER: u64 = 3;

impl Object {
    fn new(name: String, service: bool) -> Self {
        Self { name, service, state: 0, attempt: HARD_AFTER, in_downtime: false, flapping: false }
    }

    const fn sort(&self) -> &'static str {
        if self.service { "SERVICE" } else { "HOST" }
    }

    const fn state(&self) -> &'static str {
        match (self.service, self.state) {
            (true, 0) => "OK",
            (true, 1) => "WARNING",
            (true, 2) => "CRITICAL",
            (true, _) => "UNKNOWN",
            (false, 0) => "UP",
            (false, 1) => "DOWN",
            (false, _) => "UNREACHABLE",
        }
    }

    const fn soft_or_hard(&self) -> &'static str {
        if self.attempt < HARD_AFTER { "SOFT" } else { "HARD" }
    }

    /// A check: a problem is confirmed or goes away, what was fine fails.
    fn check(&mut self, random: &mut SplitMix64) {
        if self.state != 0 && self.attempt < HARD_AFTER && random.below(3) > 0 {
            self.attempt += 1;
        } else if self.state != 0 {
            // A problem that was SOFT to its end recovers SOFT.
            self.state = 0;
        } else {
            self.attempt = 1;
            self.state = match (self.service, random.below(20)) {
                (true, 0..8) | (false, 0..18) => 1,
                (true, 8..18) | (false, _) => 2,
                (true, _) => 3,
            };
        }
    }

    fn write_output(&self, random: &mut SplitMix64, out: &mut impl Write) -> io::Result<()> {
        let (whole, part) = (random.below(100), random.below(100));
        let state = self.state();
        match (self.service, self.state, random.below(4)) {
            (false, 0, _) => writeln!(out, "PING OK - Packet loss = 0%, RTA = {whole}.{part:02} ms"),
            (false, ..) => writeln!(out, "PING CRITICAL - Packet loss = 100%"),
            (true, 0, 0) => {
                writeln!(out, "HTTP OK: HTTP/1.1 200 OK - {whole}{part} bytes in 0.{part:03} second response time")
            }
            (true, 0, _) => writeln!(out, "OK - {whole}.{part:02}% used; warn at 80%"),
            (true, 3, _) => writeln!(out, "(Service check timed out after 60.{part:02} seconds)"),
            (true, _, 0) => writeln!(out, "connect to address 10.0.{whole}.{part} and port 443: Connection refused"),
            (true, _, 1) => writeln!(out, "{state} - load average: {whole}.{part:02}, {part}.10, 3.42; (starting...)"),
            (true, ..) => writeln!(
                out,
                "{state} - {whole}.{part:02}% used (levels at 80.00%/90.00%), trend: +{part} MB / 24 hours"
            ),
        }
    }

    /// `KIND: host;service;STATE;TYPE;attempt;output`.
    fn write_state(&self, time: u64, kind: [&str; 2], random: &mut SplitMix64, out: &mut impl Write) -> io::Result<()> {
        let [before, after] = kind;
        let (sort, name, state, hard) = (self.sort(), &self.name, self.state(), self.soft_or_hard());
        write!(out, "[{time}] {before}{sort} {after}: {name};{state};{hard};{};", self.attempt)?;
        self.write_output(random, out)
    }
}

struct Site {
    random: SplitMix64,
    objects: Vec<Object>,
    /// Where the hosts are in `objects`, each with its services behind it.
    stride: u64,
}

impl Site {
    fn new(size: &Size) -> Self {
        let mut objects = Vec::new();
        for host in 0..size.hosts.max(1) {
            objects.push(Object::new(format!("host{host:04}"), false));
            for (service, name) in (0..size.services).zip(SERVICES.iter().cycle()) {
                let again = service / SERVICES.len() as u64;
                let number = if again == 0 { String::new() } else { format!(" {}", again + 1) };
                objects.push(Object::new(format!("host{host:04};{name}{number}"), true));
            }
        }
        Self { random: SplitMix64(size.seed), objects, stride: size.services + 1 }
    }

    fn write(&mut self, size: &Size, out: &mut impl Write) -> io::Result<()> {
        let objects = self.objects.len() as u64;
        let days = size.days.max(1);
        let days_a_block = (objects * days * 1000).div_ceil((size.lines * CURRENT_OF_THOUSAND).max(1)).max(1);
        let mut left = size.lines;
        for day in 0..days {
            let midnight = BEGINNING + day * DAY;
            if day % days_a_block == 0 {
                left -= self.rotate(midnight, left, out)?;
            }
            let blocks_to_come = (days - 1) / days_a_block - day / days_a_block;
            let lines = left.saturating_sub(blocks_to_come * objects) / (days - day);
            let mut written = 0;
            while written < lines {
                written += self.happen(midnight + DAY * written / lines, lines - written, out)?;
            }
            left -= written;
        }
        Ok(())
    }

    /// A rotation, once a week with a restart, in at most `limit` lines; gives back in how many.
    fn rotate(&mut self, time: u64, limit: u64, out: &mut impl Write) -> io::Result<u64> {
        let day = (time - BEGINNING) / DAY;
        let mut markers = vec!["LOG ROTATION: DAILY".to_owned(), "LOG VERSION: 2.0".to_owned()];
        if day.is_multiple_of(7) {
            markers.push("Caught SIGTERM, shutting down...".to_owned());
            markers.push(format!("Nagios 4.5.12 starting... (PID={})", 1000 + day));
        }
        let mut written = 0;
        for marker in markers.iter().take(usize::try_from(limit).unwrap_or(usize::MAX)) {
            writeln!(out, "[{time}] {marker}")?;
            written += 1;
        }
        for object in &self.objects {
            if written < limit {
                object.write_state(time, ["CURRENT ", "STATE"], &mut self.random, out)?;
                written += 1;
            }
        }
        Ok(written)
    }

    /// Something that a site logs, in one line or, with `left` permitting, two; gives back in how many.
    fn happen(&mut self, time: u64, left: u64, out: &mut impl Write) -> io::Result<u64> {
        let hosts = self.objects.len() as u64 / self.stride;
        let host = self.random.below(hosts) * self.stride;
        let service = if self.stride > 1 { host + 1 + self.random.below(self.stride - 1) } else { host };
        let sort = self.random.below(1000);
        let of_host = (NOTIFICATIONS..HOST_ALERTS).contains(&sort) || sort >= HOST_ALERTS && self.random.below(3) == 0;
        let at = usize::try_from(if of_host { host } else { service }).unwrap_or_default();
        let object = &mut self.objects[at];
        let (kind, name) = (object.sort(), object.name.clone());
        match sort {
            ..SERVICE_ALERTS | NOTIFICATIONS..HOST_ALERTS => {
                object.check(&mut self.random);
                object.write_state(time, ["", "ALERT"], &mut self.random, out)?;
            }
            SERVICE_ALERTS..NOTIFICATIONS => {
                let reason = if object.state == 0 { "RECOVERY " } else { "" };
                let command = if object.service { "notify-service-by-email" } else { "notify-host-by-email" };
                write!(out, "[{time}] {kind} NOTIFICATION: ops;{name};{reason}{};{command};", object.state())?;
                object.write_output(&mut self.random, out)?;
            }
            HOST_ALERTS..DOWNTIMES => {
                let (mark, verb) = mark(&mut object.in_downtime, &mut self.random, "CANCELLED");
                let what = if object.service { "Service" } else { "Host" };
                writeln!(
                    out,
                    "[{time}] {kind} DOWNTIME ALERT: {name};{mark}; {what} has {verb} a period of scheduled downtime"
                )?;
            }
            DOWNTIMES..FLAPPING => {
                let (mark, _) = mark(&mut object.flapping, &mut self.random, "DISABLED");
                let change = self.random.below(300) + 50;
                let change = format!("{}.{}", change / 10, change % 10);
                writeln!(
                    out,
                    "[{time}] {kind} FLAPPING ALERT: {name};{mark}; flapping state changed ({change}% change)"
                )?;
            }
            _ => {
                let abbreviated = if object.service { "SVC" } else { "HOST" };
                let (start, end) = (time, time + 3600 * (1 + self.random.below(8)));
                writeln!(
                    out,
                    "[{time}] EXTERNAL COMMAND: SCHEDULE_{abbreviated}_DOWNTIME;{name};{start};{end};1;0;7200;ops;kernel update; see wiki"
                )?;
                if left > 1 && !object.in_downtime {
                    object.in_downtime = true;
                    let what = if object.service { "Service" } else { "Host" };
                    writeln!(
                        out,
                        "[{time}] {kind} DOWNTIME ALERT: {name};STARTED; {what} has entered a period of scheduled downtime"
                    )?;
                    return Ok(2);
                }
            }
        }
        Ok(1)
    }
}

/// Starts what is not running, ends what is: one in ten by withdrawing it.
fn mark(running: &mut bool, random: &mut SplitMix64, withdrawn: &'static str) -> (&'static str, &'static str) {
    *running = !*running;
    match (*running, random.below(10)) {
        (true, _) => ("STARTED", "entered"),
        (false, 0) => (withdrawn, "left"),
        (false, _) => ("STOPPED", "exited from"),
    }
}
