//! The book against a walk hour by hour, since all begins on the hour, which knows nothing of versions but which counts.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::downtime::operation::Revision;
use crate::inventory::declared::Source as File;
use crate::when::zone::Zone;

/// Versions in memory, by their number.
struct Memory {
    rules: Vec<Arc<Rules>>,
    inventories: Vec<Arc<Inventory>>,
}

impl Shelf for Memory {
    fn rules(&self, version: &Epoch) -> Outcome<Arc<Rules>> {
        Ok(Arc::clone(&self.rules[version.content.parse::<usize>().unwrap()]))
    }
    fn inventory(&self, version: &Epoch) -> Outcome<Arc<Inventory>> {
        Ok(Arc::clone(&self.inventories[version.content.parse::<usize>().unwrap()]))
    }
}

/// 2026-11-10T00:00:00Z: no clock changes within weeks.
const DAY: i64 = 1_794_268_800;
const MINUTES: i64 = 5 * 1440;
const ZONES: [&str; 3] = ["Europe/Berlin", "America/New_York", "Asia/Tokyo"];

fn minute(number: i64) -> Instant {
    Instant(DAY + number * 60)
}

/// A daily rule.
#[derive(Debug, Clone)]
struct Written {
    name: &'static str,
    zone: &'static str,
    hour: u32,
    minutes: i64,
    os: Option<&'static str>,
    disabled: bool,
}

impl Written {
    fn text(&self) -> String {
        let Self { name, zone, hour, minutes, os, disabled } = self;
        let matching = os.map_or("everything = true".to_owned(), |os| format!("tags = {{ os = '{os}' }}"));
        format!(
            "[[rule]]\nname = '{name}'\ncomment = 'c'\nstart = '2026-11-01 {hour:02}:00'\nduration = '{minutes}m'\n\
             repeat = 'daily'\ntimezone = '{zone}'\ndisabled = {disabled}\nmatch = {{ {matching} }}\n"
        )
    }

    fn starts_at(&self, minute: Instant) -> bool {
        let reads = Zone::parse(self.zone).unwrap().civil(minute);
        !self.disabled && reads.time() == chrono::NaiveTime::from_hms_opt(self.hour, 0, 0).unwrap()
    }
}

/// `os` of hosts `h0`, `h1`, `h2`; those without one are not there.
type Hosts = [Option<&'static str>; 3];

/// Versions, each with the minute from which it counts.
#[derive(Debug, Clone)]
struct History {
    rules: Vec<(i64, Vec<Written>)>,
    inventories: Vec<(i64, Hosts)>,
}

fn files(text: String) -> Vec<File> {
    vec![File { name: "rules.toml".into(), text }]
}

impl History {
    fn book(&self) -> Book<Memory> {
        let rules: Vec<Arc<Rules>> = self
            .rules
            .iter()
            .map(|(_, rules)| {
                Rules::parse(&files(rules.iter().map(Written::text).collect()), Zone::UTC).unwrap().into()
            })
            .collect();
        let hosts = |hosts: &Hosts| -> String {
            let entry = |(number, os): (usize, Option<&str>)| {
                os.map(|os| format!("[hosts.h{number}]\ntags = {{ os = '{os}' }}\n"))
            };
            hosts.iter().copied().enumerate().filter_map(entry).collect()
        };
        let inventories =
            self.inventories.iter().map(|(_, it)| Arc::new(Inventory::parse(&files(hosts(it))).unwrap())).collect();
        let revision = |content: usize, since: i64, longest| Revision {
            content: content.to_string(),
            since: minute(since),
            longest,
            timezone: None,
        };
        let of_rules: Vec<Revision> = self
            .rules
            .iter()
            .enumerate()
            .map(|(n, (since, _))| revision(n, *since, Some(rules[n].longest())))
            .collect();
        let of_hosts: Vec<Revision> =
            self.inventories.iter().enumerate().map(|(n, (since, _))| revision(n, *since, None)).collect();
        Book::new(Memory { rules, inventories }, Epochs::of(&of_rules), Epochs::of(&of_hosts))
    }

    /// Start, end and hosts of every occurrence that began in these days, by id.
    fn walked(&self) -> BTreeMap<String, (i64, i64, Vec<String>)> {
        let mut found = BTreeMap::new();
        let newest = |since: &i64, now: i64| *since <= now;
        for now in (-MINUTES..2 * MINUTES).step_by(60) {
            let Some((_, rules)) = self.rules.iter().rfind(|(since, _)| newest(since, now)) else { continue };
            let hosts = self.inventories.iter().rfind(|(since, _)| newest(since, now)).map_or([None; 3], |it| it.1);
            for rule in rules.iter().filter(|rule| rule.starts_at(minute(now))) {
                let nominal = Nominal::Local(Zone::parse(rule.zone).unwrap().civil(minute(now)));
                let covered = |os: &str| rule.os.is_none_or(|wanted| wanted == os);
                let hosts = hosts.iter().enumerate().filter(|(_, os)| os.is_some_and(covered));
                let hosts: Vec<String> = hosts.map(|(number, _)| format!("h{number}")).collect();
                found.entry(format!("{}@{nominal}", rule.name)).or_insert((now, now + rule.minutes, hosts));
            }
        }
        found
    }
}

/// The same of downtimes.
fn summed(downtimes: &[Downtime]) -> BTreeMap<String, (i64, i64, Vec<String>)> {
    let minute = |time: Instant| (time.0 - DAY) / 60;
    let entry = |it: &Downtime| {
        let hosts = it.targets().map(|target| target.host.clone()).collect();
        (it.id.to_string(), (minute(it.window.start()), minute(it.window.end()), hosts))
    };
    downtimes.iter().map(entry).collect()
}

fn any_rule(name: &'static str) -> impl Strategy<Value = Written> {
    let zone = prop::sample::select(&ZONES[..]);
    let length = prop_oneof![1_i64..30, 600_i64..3000];
    let os = prop::option::of(prop::sample::select(&["linux", "windows"][..]));
    (zone, 0_u32..24, length, os, prop::bool::weighted(0.15))
        .prop_map(move |(zone, hour, minutes, os, disabled)| Written { name, zone, hour, minutes, os, disabled })
}

fn any_history() -> impl Strategy<Value = History> {
    let rules = (prop::option::of(any_rule("a")), prop::option::weighted(0.8, any_rule("b")));
    let rules = rules.prop_map(|(a, b)| a.into_iter().chain(b).collect::<Vec<_>>());
    let os = || prop::option::weighted(0.8, prop::sample::select(&["linux", "windows"][..]));
    let hosts = [os(), os(), os()];
    let sorted = |mut since: Vec<i64>| {
        since.sort_unstable();
        since
    };
    let since = move || prop::collection::vec(-1440..MINUTES, 5).prop_map(sorted);
    (prop::collection::vec(rules, 0..6), prop::collection::vec(hosts, 0..6), since(), since()).prop_map(
        |(rules, inventories, rules_since, hosts_since)| History {
            rules: rules_since.into_iter().zip(rules).collect(),
            inventories: hosts_since.into_iter().zip(inventories).collect(),
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_book_agrees_with_a_walk_through_time(history in any_history(), from in 0..MINUTES, length in 1..4000_i64) {
        let (book, walked) = (history.book(), history.walked());
        let range = Interval::new(minute(from), minute(from + length)).unwrap();
        let overlapping = |(_, (start, end, hosts)): &(&String, &(i64, i64, Vec<String>))| {
            *start < from + length && from < *end && !hosts.is_empty()
        };
        let wanted: BTreeMap<String, (i64, i64, Vec<String>)> =
            walked.iter().filter(overlapping).map(|(id, it)| (id.clone(), it.clone())).collect();
        prop_assert_eq!(summed(&book.all(range).unwrap()), wanted.clone());
        for host in ["h0", "h1", "h2"] {
            let on_host = wanted.iter().filter(|(_, (_, _, hosts))| hosts.iter().any(|it| it == host));
            let on_host: BTreeMap<_, _> =
                on_host.map(|(id, (start, end, _))| (id.clone(), (*start, *end, vec![host.to_owned()]))).collect();
            prop_assert_eq!(summed(&book.on_host(host, range).unwrap()), on_host);
        }
        for (id, (start, end, hosts)) in &walked {
            let (name, nominal) = id.split_once('@').unwrap();
            let found = book.occurrence(name, Nominal::parse(nominal).unwrap(), None).unwrap();
            prop_assert_eq!(summed(&found.into_iter().collect::<Vec<_>>())[id].clone(), (*start, *end, hosts.clone()));
        }
    }

    #[test]
    fn what_comes_is_what_a_walk_comes_upon(history in any_history(), from in -1440..MINUTES, most in 0_usize..5) {
        let (book, walked) = (history.book(), history.walked());
        for name in ["a", "b"] {
            let coming = book.coming(name, minute(from), most).unwrap();
            let prefix = format!("{name}@");
            let mut wanted: Vec<(i64, &String)> = walked
                .iter()
                .filter(|(id, (start, ..))| id.starts_with(&prefix) && *start >= from)
                .map(|(id, (start, ..))| (*start, id))
                .collect();
            wanted.sort_unstable();
            let found: Vec<String> = coming.iter().map(|it| it.id.to_string()).collect();
            prop_assert_eq!(found, wanted.iter().take(most).map(|(_, id)| (*id).clone()).collect::<Vec<_>>());
        }
    }
}

#[test]
fn an_occurrence_is_entered_when_its_version_came_to_count_by_the_file_that_declares_it() {
    let rule = Written { name: "a", zone: ZONES[0], hour: 12, minutes: 60, os: None, disabled: false };
    let history =
        |since| History { rules: vec![(since, vec![rule.clone()])], inventories: vec![(since, [Some("linux"); 3])] };
    let entered = |since| {
        let found = history(since).book().coming("a", minute(0), 1).unwrap().remove(0);
        (found.entry_time, found.author, found.origin, found.window.start())
    };
    let start = minute(11 * 60);
    assert_eq!(entered(-90), (minute(-90), "rules.toml".into(), Origin::Rule, start));
    assert_eq!(entered(-DAY).0, start, "since before anybody knows when");
}

#[test]
fn the_next_of_each_rule_is_by_what_counts_now() {
    let rule = |name, hour| Written { name, zone: ZONES[0], hour, minutes: 60, os: None, disabled: false };
    let disabled = Written { disabled: true, ..rule("b", 9) };
    let history = History {
        rules: vec![(0, vec![rule("a", 12), rule("b", 12)]), (100, vec![rule("a", 13), disabled])],
        inventories: vec![(0, [Some("linux"), None, None])],
    };
    let book = history.book();
    let next = |now| book.next(minute(now)).unwrap().iter().map(|it| it.id.to_string()).collect::<Vec<_>>();
    assert_eq!(next(0), ["a@2026-11-10T13:00"]);
    assert_eq!(next(12 * 60), ["a@2026-11-11T13:00"], "what has just begun is not next");
    assert_eq!(book.names(minute(50)).unwrap(), ["a", "b"]);
    assert!(book.rule("b", minute(200)).unwrap().unwrap().disabled);
    assert_eq!(book.names(minute(-1)).unwrap(), [""; 0]);
}
