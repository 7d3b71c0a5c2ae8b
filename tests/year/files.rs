//! What people edit in the course of a year: an inventory and rules.

use std::collections::BTreeMap;

use crate::chance::Chance;

/// Where the rules and series of a site are at home: clocks that change on different days, by an hour or by half of one,
/// at midnight, or never.
pub const ZONES: [&str; 8] = [
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "America/Santiago",
    "Africa/Casablanca",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "UTC",
];

/// Times of day at which work begins: among them those that clocks skip and repeat.
pub const CLOCKS: [&str; 9] = ["00:00", "00:30", "01:30", "02:00", "02:30", "06:15", "12:00", "22:00", "23:50"];

/// How long work lasts: mostly little, so that objects are out of downtime, too.
pub const LENGTHS: [&str; 6] = ["10m", "20m", "45m", "1h", "3h", "9h"];

/// When it ends on the clock.
pub const ENDS: [&str; 3] = ["03:00", "06:00", "24:00"];

/// Patterns in which rules and series repeat; the hourly one apart, which would be most of the year's occurrences.
pub const MODES: [&str; 9] = [
    "daily",
    "weekdays",
    "weekly",
    "biweekly",
    "four-weekly",
    "nth-weekday",
    "nth-weekday-from-end",
    "monthly",
    "last-day-of-month",
];

/// An inventory, being edited.
pub struct Inventory {
    hosts: BTreeMap<String, Host>,
    made: usize,
}

struct Host {
    os: &'static str,
    criticality: &'static str,
    services: Vec<&'static str>,
}

impl Inventory {
    /// So many hosts.
    pub fn of(count: usize, chance: &mut Chance) -> Self {
        let mut inventory = Self { hosts: BTreeMap::new(), made: 0 };
        for _ in 0..count {
            inventory.add(chance);
        }
        inventory
    }

    fn add(&mut self, chance: &mut Chance) {
        self.made += 1;
        let kind = chance.one(&["web", "db", "win", "lab"]);
        let services = ["HTTP", "SQL", "Backup"].into_iter().filter(|_| chance.is(40)).collect();
        let (os, criticality) = (chance.one(&["linux", "windows"]), chance.one(&["prod", "test"]));
        self.hosts.insert(format!("{kind}{:02}", self.made), Host { os, criticality, services });
    }

    /// One edit: a host comes, goes or changes.
    pub fn edit(&mut self, chance: &mut Chance) {
        match chance.below(4) {
            0 | 1 => self.add(chance),
            2 if self.hosts.len() > 20 => {
                let name = self.any_host(chance);
                self.hosts.remove(&name);
            }
            _ => {
                let name = self.any_host(chance);
                let host = self.hosts.get_mut(&name).unwrap();
                host.os = if host.os == "linux" { "windows" } else { "linux" };
            }
        }
    }

    fn any_host(&self, chance: &mut Chance) -> String {
        self.hosts.keys().nth(chance.below(self.hosts.len())).unwrap().clone()
    }

    /// Some host, or some service.
    pub fn any_target(&self, chance: &mut Chance) -> String {
        let name = self.any_host(chance);
        match self.hosts[&name].services.first() {
            Some(service) if chance.is(40) => format!("{name}/{service}"),
            _ => name,
        }
    }

    /// Hosts and services that are there, from the first on.
    pub fn targets(&self) -> impl Iterator<Item = String> {
        self.hosts.iter().flat_map(|(name, host)| {
            let services = host.services.iter().map(move |service| format!("{name}/{service}"));
            std::iter::once(name.clone()).chain(services)
        })
    }

    /// The file.
    pub fn text(&self) -> String {
        let host = |(name, host): (&String, &Host)| {
            let Host { os, criticality, services } = host;
            format!(
                "[hosts.{name}]\ntags = {{ os = \"{os}\", criticality = \"{criticality}\" }}\nservices = {services:?}\n"
            )
        };
        self.hosts.iter().map(host).collect()
    }
}

/// Rules, being edited.
pub struct Rules {
    rules: Vec<Rule>,
    made: usize,
}

struct Rule {
    name: String,
    lasts: String,
    rest: String,
    matches: &'static str,
    disabled: bool,
}

/// What a rule is for; some by what hosts are, so that edits of the inventory change it.
const MATCHES: [&str; 6] = [
    "tags = { criticality = \"prod\", os = \"windows\" }",
    "tags = { os = \"linux\" }\nhosts = [\"web*\"]",
    "hosts = [\"db*\"]",
    "hosts = [\"win*\", \"lab*\"]\nnot = { hosts = [\"*1\"] }",
    "services = [\"Backup\"]",
    "tags = { criticality = \"test\" }\nservices = [\"~^HTTP$\"]",
];

impl Rules {
    /// So many rules, whose first windows are in the days after a date.
    pub fn of(count: usize, first: chrono::NaiveDate, chance: &mut Chance) -> Self {
        let mut rules = Self { rules: Vec::new(), made: 0 };
        for _ in 0..count {
            rules.add(first, chance);
        }
        rules
    }

    fn add(&mut self, first: chrono::NaiveDate, chance: &mut Chance) {
        self.made += 1;
        let date = first + chrono::Days::new(chance.below(28) as u64);
        let rest = format!(
            "comment = \"rule {}\"\nstart = \"{date} {}\"\nrepeat = \"{}\"\ntimezone = \"{}\"\n",
            self.made,
            chance.one(&CLOCKS),
            chance.one(&MODES),
            chance.one(&ZONES)
        );
        let (name, lasts, matches) = (format!("rule-{:02}", self.made), lasts(chance), chance.one(&MATCHES));
        self.rules.push(Rule { name, lasts, rest, matches, disabled: false });
    }

    /// One edit: a rule comes, goes, is disabled or enabled, or is for something else or longer.
    pub fn edit(&mut self, today: chrono::NaiveDate, chance: &mut Chance) {
        let place = chance.below(self.rules.len());
        match chance.below(6) {
            0 => self.add(today, chance),
            1 if self.rules.len() > 20 => drop(self.rules.remove(place)),
            2 | 3 => self.rules[place].disabled = !self.rules[place].disabled,
            4 => self.rules[place].matches = chance.one(&MATCHES),
            _ => self.rules[place].lasts = lasts(chance),
        }
    }

    /// The names of the rules.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.rules.iter().map(|rule| rule.name.as_str())
    }

    /// The file.
    pub fn text(&self) -> String {
        let rule = |rule: &Rule| {
            let Rule { name, lasts, rest, matches, disabled } = rule;
            format!("[[rule]]\nname = \"{name}\"\n{rest}{lasts}\ndisabled = {disabled}\n[rule.match]\n{matches}\n\n")
        };
        self.rules.iter().map(rule).collect()
    }
}

fn lasts(chance: &mut Chance) -> String {
    match chance.below(8) {
        0 => format!("wall_end = \"{}\"", chance.one(&ENDS)),
        _ => format!("duration = \"{}\"", chance.one(&LENGTHS)),
    }
}
