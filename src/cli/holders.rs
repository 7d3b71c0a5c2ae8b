//! What holds many objects: the downtimes of their hosts, read once.

use std::collections::{BTreeSet, HashMap};

use crate::clock::Instant;
use crate::downtime::agenda::Agenda;
use crate::downtime::cover;
use crate::downtime::interval::Interval;
use crate::downtime::record::Downtime;
use crate::downtime::target::Target;
use crate::failure::Outcome;
use crate::store::folded::Folded;

/// How far ahead it is looked at first for the end of what holds an object: two days.
const FIRST_LOOK: i64 = 2 * 86_400;

/// So few hosts are looked up one by one, each with its part of a downtime alone.
const FEW: usize = 16;

/// The downtimes on some hosts, each with its targets on one host alone: a large one is not searched for every target.
pub struct Holders {
    by_host: HashMap<String, Vec<Downtime>>,
}

impl Holders {
    /// Those that may overlap `range`.
    pub fn of(agenda: Agenda<'_, Folded>, hosts: &BTreeSet<&str>, range: Interval) -> Outcome<Self> {
        if hosts.len() <= FEW {
            let parts = |host: &&str| Ok(((*host).to_owned(), agenda.parts_on(host, range)?));
            return Ok(Self { by_host: hosts.iter().map(parts).collect::<Outcome<_>>()? });
        }
        let mut by_host: HashMap<String, Vec<Downtime>> = HashMap::new();
        for mut downtime in agenda.on_hosts(hosts, range)? {
            let holdings = std::mem::take(&mut downtime.holdings);
            for on_host in holdings.chunk_by(|left, right| left.target.host == right.target.host) {
                let host = &on_host[0].target.host;
                if hosts.contains(host.as_str()) {
                    let part = Downtime { holdings: on_host.to_vec(), ..downtime.clone() };
                    by_host.entry(host.clone()).or_default().push(part);
                }
            }
        }
        Ok(Self { by_host })
    }

    /// Those that tell whether `objects`, which are on `hosts`, are in downtime at `at`, and until when: as far ahead as
    /// it takes for the last of them to leave it.
    pub fn reaching(
        agenda: Agenda<'_, Folded>,
        objects: &BTreeSet<Target>,
        hosts: &BTreeSet<&str>,
        at: Instant,
    ) -> Outcome<Self> {
        let (mut found, mut hosts, mut ahead) = (HashMap::new(), hosts.clone(), FIRST_LOOK);
        loop {
            let Some(range) = Interval::new(at, at + ahead) else { return Ok(Self { by_host: found }) };
            let holders = Self::of(agenda, &hosts, range)?;
            let goes_on = |object: &&Target| {
                let cover = cover::cover(object, at, holders.on(&object.host));
                cover.in_downtime() && cover.until.is_some_and(|until| until >= range.end())
            };
            hosts = objects.iter().filter(goes_on).map(|object| object.host.as_str()).collect();
            found.extend(holders.by_host);
            if ahead > cover::HORIZON || hosts.is_empty() {
                return Ok(Self { by_host: found });
            }
            // What covers the last moment of the horizon tells that the end lies beyond it.
            ahead = (ahead * 8).min(cover::HORIZON + 1);
        }
    }

    /// The downtimes on a host.
    pub fn on(&self, host: &str) -> &[Downtime] {
        self.by_host.get(host).map(Vec::as_slice).unwrap_or_default()
    }
}
