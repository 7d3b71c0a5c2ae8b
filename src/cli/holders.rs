//! What holds many objects: the downtimes of their hosts, read once.

use std::collections::{BTreeSet, HashMap};

use crate::clock::Instant;
use crate::downtime::record::Downtime;
use crate::failure::Outcome;
use crate::store::State;

/// So few hosts are looked up one by one, each with its part of a downtime alone.
const FEW: usize = 16;

/// The downtimes on some hosts, each with its targets on one host alone: a large one is not searched for every target.
pub struct Holders {
    by_host: HashMap<String, Vec<Downtime>>,
}

impl Holders {
    /// Those that last beyond `since`.
    pub fn of(state: &State, hosts: &BTreeSet<&str>, since: Instant) -> Outcome<Self> {
        if hosts.len() <= FEW {
            let parts = |host: &&str| Ok(((*host).to_owned(), state.parts_on(host, since)?));
            return Ok(Self { by_host: hosts.iter().map(parts).collect::<Outcome<_>>()? });
        }
        let mut by_host: HashMap<String, Vec<Downtime>> = HashMap::new();
        for mut downtime in state.on_hosts(hosts, since)? {
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

    /// The downtimes on a host.
    pub fn on(&self, host: &str) -> &[Downtime] {
        self.by_host.get(host).map(Vec::as_slice).unwrap_or_default()
    }
}
