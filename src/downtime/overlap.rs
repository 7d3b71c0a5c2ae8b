//! Downtimes that put the same object in downtime at the same time.

use std::collections::{BTreeMap, BTreeSet};

use super::id::DowntimeId;
use super::interval::{self, Interval};
use super::record::Downtime;
use super::target::Target;

/// What two downtimes have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overlap {
    /// The two, in order.
    pub ids: [DowntimeId; 2],
    /// The objects that both put in downtime, a service also by its host; sorted, each once.
    pub targets: Vec<Target>,
    /// When they both do, for any of them; sorted, none touching.
    pub spans: Vec<Interval>,
}

/// One downtime upon one object.
struct Held<'a> {
    id: &'a DowntimeId,
    span: Interval,
    meant: bool,
    /// Whether the object is its target, and not only a service of its target.
    own: bool,
}

/// The pairs of `downtimes` that overlap within `range`, in which one at least is `meant` with its target, in order of
/// time.
pub fn overlaps(downtimes: &[Downtime], range: Interval, meant: impl Fn(&DowntimeId, &Target) -> bool) -> Vec<Overlap> {
    let mut upon: BTreeMap<&Target, Vec<Held<'_>>> = BTreeMap::new();
    for downtime in downtimes {
        for holding in &downtime.holdings {
            let spans = holding.spans.iter().filter(|span| span.overlaps(range));
            for span in spans {
                let meant = meant(&downtime.id, &holding.target);
                let held = Held { id: &downtime.id, span: *span, meant, own: true };
                upon.entry(&holding.target).or_default().push(held);
            }
        }
    }
    let mut found: BTreeMap<[&DowntimeId; 2], (BTreeSet<&Target>, Vec<Interval>)> = BTreeMap::new();
    for (target, own) in &upon {
        let by_host = target.service.as_ref().and_then(|_| upon.get(&target.own_host()));
        let by_host = by_host.into_iter().flatten().map(|held| Held { own: false, ..*held });
        let mut all: Vec<Held<'_>> = own.iter().map(|held| Held { ..*held }).chain(by_host).collect();
        all.sort_unstable_by_key(|held| held.span);
        let mut running: Vec<&Held<'_>> = Vec::new();
        for held in &all {
            running.retain(|earlier| earlier.span.end() > held.span.start());
            for earlier in &running {
                let counts = earlier.id != held.id && (earlier.own || held.own) && (earlier.meant || held.meant);
                let shared = earlier.span.intersection(held.span).filter(|shared| counts && shared.overlaps(range));
                if let Some(shared) = shared {
                    let pair = [earlier.id.min(held.id), earlier.id.max(held.id)];
                    let (targets, spans) = found.entry(pair).or_default();
                    targets.insert(target);
                    spans.push(shared);
                }
            }
            running.push(held);
        }
    }
    let overlap = |(ids, (targets, spans)): ([&DowntimeId; 2], (BTreeSet<&Target>, Vec<Interval>))| Overlap {
        ids: ids.map(Clone::clone),
        targets: targets.into_iter().cloned().collect(),
        spans: interval::union(spans),
    };
    let mut overlaps: Vec<Overlap> = found.into_iter().map(overlap).collect();
    overlaps.sort_by_key(|overlap| overlap.spans.first().copied());
    overlaps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Instant;
    use crate::downtime::fixture::downtime;

    fn interval(start: i64, end: i64) -> Interval {
        Interval::new(Instant(start), Instant(end)).unwrap()
    }

    /// `1+2 a/x 50-60`
    fn told(downtimes: &[Downtime], range: Interval) -> Vec<String> {
        let names = |targets: &[Target]| targets.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
        let tell = |overlap: &Overlap| {
            let spans = overlap.spans.iter().map(|span| format!("{}-{}", span.start().0, span.end().0));
            let [one, other] = &overlap.ids;
            format!("{one}+{other} {} {}", names(&overlap.targets), spans.collect::<Vec<_>>().join(","))
        };
        overlaps(downtimes, range, |_, _| true).iter().map(tell).collect()
    }

    #[test]
    fn the_same_object_and_a_service_with_its_host_overlap_and_others_do_not() {
        let downtimes = [
            downtime(1, &["a", "b"], 0, 100),
            downtime(2, &["a/x", "c"], 50, 150),
            downtime(3, &["a/y"], 90, 200),
            downtime(4, &["b", "c"], 60, 70),
        ];
        assert_eq!(
            told(&downtimes, interval(0, 1000)),
            ["1+2 a/x 50-100", "1+4 b 60-70", "2+4 c 60-70", "1+3 a/y 90-100"]
        );
    }

    #[test]
    fn back_to_back_is_no_overlap_and_what_is_not_in_range_does_not_count() {
        let downtimes = [downtime(1, &["a"], 0, 100), downtime(2, &["a"], 100, 200), downtime(3, &["a"], 150, 300)];
        assert_eq!(told(&downtimes, interval(0, 1000)), ["2+3 a 150-200"]);
        assert_eq!(told(&downtimes, interval(0, 150)), [""; 0]);
        assert_eq!(told(&downtimes, interval(199, 1000)), ["2+3 a 150-200"]);
    }

    #[test]
    fn one_of_the_two_has_to_be_meant() {
        let downtimes =
            [downtime(1, &["a"], 0, 100), downtime(2, &["a", "b"], 0, 100), downtime(3, &["a", "b"], 0, 100)];
        let of = |meant: &dyn Fn(&DowntimeId, &Target) -> bool| -> Vec<[String; 2]> {
            overlaps(&downtimes, interval(0, 100), meant)
                .iter()
                .map(|it| it.ids.each_ref().map(ToString::to_string))
                .collect()
        };
        assert_eq!(of(&|id, _| id.as_str() == "1"), [["1", "2"], ["1", "3"]]);
        assert_eq!(of(&|id, target| id.as_str() == "2" && target.host == "b"), [["2", "3"]]);
        assert!(of(&|_, _| false).is_empty());
    }
}
