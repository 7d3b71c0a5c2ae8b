//! What else holds the targets of a new downtime or series while it does.

use std::collections::{BTreeMap, BTreeSet};

use super::super::session::Session;
use crate::downtime::agenda::Agenda;
use crate::downtime::holding::Holding;
use crate::downtime::id::DowntimeId;
use crate::downtime::interval::{self, Interval};
use crate::downtime::kept::Kept;
use crate::downtime::record::Downtime;
use crate::downtime::target::Target;
use crate::failure::Outcome;
use crate::store::folded::Folded;

/// How many hosts are looked up for overlaps; beyond, pointing them out would say nothing.
const OVERLAPS_LOOKED_FOR: usize = 200;

/// How far the occurrences of a series are looked at, from the one on that stands for it: seconds.
const AHEAD: i64 = 31 * 86_400;

/// Points out what else holds one of the targets in the same window, or in one of those within a month. Of another series
/// or rule, the first occurrence that does is named. `standing` is the downtime, or the occurrence that stands for a series.
pub(super) fn point_out(
    session: &Session,
    kept: &Kept,
    standing: &Downtime,
    agenda: Agenda<'_, Folded>,
) -> Outcome<()> {
    let windows = windows(kept, standing);
    let (Some(first), Some(last)) = (windows.first(), windows.last()) else { return Ok(()) };
    let Some(range) = Interval::new(first.start(), last.end()) else { return Ok(()) };
    let hosts: BTreeSet<&str> = standing.targets().map(|target| target.host.as_str()).collect();
    let whole: BTreeSet<&str> =
        standing.targets().filter(|target| target.service.is_none()).map(|target| target.host.as_str()).collect();
    let targets: BTreeSet<&Target> = standing.targets().collect();
    let shared = |span: &Interval| {
        let candidate = windows.get(windows.partition_point(|window| window.end() <= span.start()));
        candidate.and_then(|window| window.intersection(*span))
    };
    let first_shared = |holding: &Holding| {
        let Target { host, service } = &holding.target;
        let held = match service {
            None => hosts.contains(host.as_str()),
            Some(_) => whole.contains(host.as_str()) || targets.contains(&holding.target),
        };
        holding.spans.iter().filter(|_| held).find_map(shared)
    };
    let looked_for = hosts.iter().copied().take(OVERLAPS_LOOKED_FOR).collect();
    let mut others: BTreeMap<DowntimeId, (Interval, DowntimeId)> = BTreeMap::new();
    for other in agenda.on_hosts(&looked_for, range)? {
        let first = other.holdings.iter().filter_map(first_shared).min();
        let Some(first) = first.filter(|_| other.id.root() != standing.id.root()) else { continue };
        let known = others.entry(other.id.root()).or_insert_with(|| (first, other.id.clone()));
        if first < known.0 {
            *known = (first, other.id);
        }
    }
    if !others.is_empty() {
        let ids: Vec<&str> = others.values().take(5).map(|(_, id)| id.as_str()).collect();
        let more = if others.len() > 5 { format!(" and {} more", others.len() - 5) } else { String::new() };
        let among = if windows.len() > 1 { " within a month" } else { "" };
        session.note(&format!("overlaps with downtime {}{more}{among}", ids.join(", ")));
    }
    if hosts.len() > OVERLAPS_LOOKED_FOR {
        session.note(&format!("overlaps were looked for on the first {OVERLAPS_LOOKED_FOR} hosts only"));
    }
    Ok(())
}

/// When it is in effect, sorted, none touching.
fn windows(kept: &Kept, standing: &Downtime) -> Vec<Interval> {
    let start = standing.window.start();
    match (kept, Interval::new(start, start + AHEAD)) {
        (Kept::Series(series), Some(ahead)) => {
            let occurrences = series.occurrences(ahead);
            interval::union(occurrences.iter().map(|occurrence| occurrence.window.interval))
        }
        _ => vec![standing.window.interval],
    }
}
