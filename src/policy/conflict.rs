//! Downtimes that lie in a freeze all the same: running when it was declared, made by a series, or with a reason.

use std::collections::BTreeSet;

use super::Policy;
use crate::downtime::holding::Holding;
use crate::downtime::id::DowntimeId;
use crate::downtime::interval::{self, Interval};
use crate::downtime::record::Downtime;
use crate::downtime::target::Target;
use crate::failure::Outcome;
use crate::inventory::declared::Inventory;

/// A downtime in a freeze.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The downtime.
    pub id: DowntimeId,
    /// The freeze's name.
    pub freeze: String,
    /// The targets that are frozen, sorted.
    pub targets: Vec<Target>,
    /// When any of them is in downtime and frozen; sorted, none touching.
    pub spans: Vec<Interval>,
    /// Why it was made in spite of freezes; `None` if no reason was given.
    pub lifted_by: Option<String>,
}

impl Policy {
    /// The downtimes that are in effect within a freeze within `range`, in order of time. The inventory is only asked for
    /// if a freeze asks for it.
    ///
    /// # Errors
    /// `Config` for a pattern that cannot be read, and what `inventory` fails with.
    pub fn conflicts<'i>(
        &self,
        downtimes: &[&Downtime],
        range: Interval,
        inventory: impl Fn() -> Outcome<&'i Inventory>,
    ) -> Outcome<Vec<Conflict>> {
        let mut conflicts = Vec::new();
        for freeze in &self.freezes {
            let Some(frozen_time) = freeze.interval.intersection(range) else { continue };
            let overlaps = |holding: &&Holding| holding.spans.iter().any(|span| span.overlaps(frozen_time));
            let holdings = downtimes.iter().flat_map(|downtime| &downtime.holdings).filter(overlaps);
            let targets: BTreeSet<&Target> = holdings.map(|holding| &holding.target).collect();
            if targets.is_empty() {
                continue;
            }
            let targets: Vec<&Target> = targets.into_iter().collect();
            let frozen: BTreeSet<&Target> = freeze.among(&targets, &inventory)?.into_iter().collect();
            for downtime in downtimes {
                let of_frozen = downtime.holdings.iter().filter(|holding| frozen.contains(&holding.target));
                let of_frozen: Vec<&Holding> = of_frozen.filter(overlaps).collect();
                let time = interval::union(of_frozen.iter().flat_map(|holding| holding.spans.iter().copied()));
                let spans = interval::intersection(&time, &[freeze.interval]);
                if !of_frozen.is_empty() {
                    conflicts.push(Conflict {
                        id: downtime.id.clone(),
                        freeze: freeze.name.clone(),
                        targets: of_frozen.iter().map(|holding| holding.target.clone()).collect(),
                        spans,
                        lifted_by: downtime.terms.override_reason.clone(),
                    });
                }
            }
        }
        conflicts.sort_by_key(|conflict| conflict.spans.first().copied());
        Ok(conflicts)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde::Deserialize;

    use super::*;
    use crate::clock::Instant;
    use crate::downtime::fixture::downtime;
    use crate::inventory::declared::{Source, parse_toml};
    use crate::policy::freeze::FreezeTable;
    use crate::policy::limits::Limits;
    use crate::when::zone::Zone;

    const DAY: i64 = 86_400;

    #[derive(Deserialize)]
    struct File {
        freeze: Vec<FreezeTable>,
    }

    fn policy(text: &str) -> Policy {
        let source = Arc::new(Source { name: "config.toml".into(), text: text.into() });
        let file: File = parse_toml(&source).unwrap();
        let freezes = file.freeze.into_iter().map(|freeze| freeze.resolve(Zone::UTC, &source).unwrap());
        Policy { limits: Limits::default(), freezes: freezes.collect() }
    }

    fn found(policy: &Policy, downtimes: &[Downtime], from: i64, until: i64) -> Vec<Conflict> {
        let range = Interval::new(Instant(from), Instant(until)).unwrap();
        let inventory = Inventory::default();
        policy.conflicts(&downtimes.iter().collect::<Vec<_>>(), range, || Ok(&inventory)).unwrap()
    }

    #[test]
    fn what_is_frozen_is_told_with_its_targets_and_the_time_shared() {
        let policy = policy(
            "[[freeze]]\nname = 'all'\nstart = 1970-01-02\nend = 1970-01-02\n\
             [[freeze]]\nname = 'webs'\nstart = 1970-01-04\nend = 1970-01-04\nmatch = { hosts = ['web*'] }\n",
        );
        let mut lifted = downtime(2, &["db01", "web01", "web02/HTTP"], 3 * DAY - 60, 5 * DAY);
        lifted.terms.override_reason = Some("agreed".into());
        let downtimes = [lifted, downtime(1, &["db01"], 0, 2 * DAY), downtime(3, &["db01"], 2 * DAY, 3 * DAY)];
        let conflicts = found(&policy, &downtimes, 0, 10 * DAY);
        let span = |from: i64, until: i64| vec![Interval::new(Instant(from), Instant(until)).unwrap()];
        let [all, webs] = conflicts.as_slice() else { panic!("{conflicts:?}") };
        assert_eq!((all.id.as_str(), all.freeze.as_str(), &all.lifted_by), ("1", "all", &None));
        assert_eq!((&all.targets, &all.spans), (&vec![Target::host("db01")], &span(DAY, 2 * DAY)));
        assert_eq!((webs.id.as_str(), webs.freeze.as_str(), webs.lifted_by.as_deref()), ("2", "webs", Some("agreed")));
        assert_eq!(webs.targets, [Target::host("web01"), Target::service("web02", "HTTP")]);
        assert_eq!(webs.spans, span(3 * DAY, 4 * DAY));
        assert_eq!(found(&policy, &downtimes, 4 * DAY, 10 * DAY), [], "the freeze is over by then");
        assert_eq!(found(&policy, &downtimes, 0, 2 * DAY).len(), 1);
    }
}
