//! What else holds the targets of a new downtime in its window.

use std::collections::BTreeSet;

use super::super::session::Session;
use crate::downtime::agenda::Agenda;
use crate::downtime::holding::Holding;
use crate::downtime::id::DowntimeId;
use crate::downtime::record::Downtime;
use crate::downtime::target::Target;
use crate::failure::Outcome;
use crate::store::folded::Folded;

/// How many hosts are looked up for overlaps; beyond, pointing them out would say nothing.
const OVERLAPS_LOOKED_FOR: usize = 200;

/// Points out what else holds one of the targets in the same window.
pub(super) fn point_out(session: &Session, downtime: &Downtime, agenda: Agenda<'_, Folded>) -> Outcome<()> {
    let hosts: BTreeSet<&str> = downtime.targets().map(|target| target.host.as_str()).collect();
    let whole: BTreeSet<&str> =
        downtime.targets().filter(|target| target.service.is_none()).map(|target| target.host.as_str()).collect();
    let targets: BTreeSet<&Target> = downtime.targets().collect();
    let same = |holding: &Holding| {
        let Target { host, service } = &holding.target;
        let held = match service {
            None => hosts.contains(host.as_str()),
            Some(_) => whole.contains(host.as_str()) || targets.contains(&holding.target),
        };
        held && holding.spans.iter().any(|span| span.overlaps(downtime.window.interval))
    };
    let looked_for = hosts.iter().copied().take(OVERLAPS_LOOKED_FOR).collect();
    let others: BTreeSet<DowntimeId> = (agenda.on_hosts(&looked_for, downtime.window.interval)?.into_iter())
        .filter(|other| other.id.root() != downtime.id.root() && other.holdings.iter().any(same))
        .map(|other| other.id)
        .collect();
    if !others.is_empty() {
        let ids: Vec<&str> = others.iter().take(5).map(DowntimeId::as_str).collect();
        let more = if others.len() > 5 { format!(" and {} more", others.len() - 5) } else { String::new() };
        session.note(&format!("overlaps with downtime {}{more}", ids.join(", ")));
    }
    if hosts.len() > OVERLAPS_LOOKED_FOR {
        session.note(&format!("overlaps were looked for on the first {OVERLAPS_LOOKED_FOR} hosts only"));
    }
    Ok(())
}
