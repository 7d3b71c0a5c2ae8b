//! What is good to know about a downtime as it was typed.

use super::planned::{self, Planned};
use super::{Session, overlaps};
use crate::cli::session::warn;
use crate::clock::Instant;
use crate::downtime::agenda::Agenda;
use crate::downtime::kept::Kept;
use crate::downtime::window::Window;
use crate::failure::Outcome;
use crate::render::duration;
use crate::store::folded::Folded;
use crate::when::zone::Zone;
use crate::when::{Local, Resolved, Shape};

/// Says what is good to know about what was typed and what else there is.
pub(super) fn point_out(
    session: &Session,
    start: &Resolved,
    planned: &Planned,
    agenda: Agenda<'_, Folded>,
) -> Outcome<()> {
    match planned {
        Planned::New(kept) => match planned::standing_for(kept, session) {
            Some(standing) => overlaps::point_out(session, kept, &standing, agenda),
            None => Ok(()),
        },
        Planned::Again(Kept::Downtime(open), _) => {
            let is_ahead = open.window.start() > session.clock.now;
            if (start.shape != Shape::Relative || is_ahead) && start.instant != open.window.start() {
                let stays = crate::render::time::local(session.zone, open.window.start());
                session.note(&format!(
                    "the start of downtime {} stays {stays}; to move it: downtime edit {} --start TIME",
                    open.id, open.id
                ));
            }
            Ok(())
        }
        Planned::Again(Kept::Series(open), _) => {
            let first = open.plan().recurrence.first;
            let clock = |local: Option<Local>| local.map(|local| local.time.time());
            if start.shape != Shape::Relative && clock(start.local) != clock(first.start_civil) {
                let id = open.id();
                session.note(&format!("the start of series {id} stays; to move it: downtime edit {id} --start TIME"));
            }
            Ok(())
        }
        Planned::Again(Kept::Rule(_), _) => Ok(()),
    }
}

/// Says what an end on the clock comes to for what repeats by its length, where the clocks of the zone change.
pub(super) fn point_out_clock_changes(session: &Session, first: &Window, zone: Zone) {
    const MONTH: i64 = 30 * 86_400;
    let Some(end) = first.end_civil else { return };
    let offset = |instant: Instant| zone.offset_at(instant);
    let length = duration::format(first.interval.seconds());
    let start = offset(first.start());
    if start != offset(first.end()) {
        warn(&format!(
            "the clock changes between the first start and end: each lasts {length} exactly; to end at the same time on \
             the clock each time, give --wall-end"
        ));
    } else if (1..=12).any(|months| offset(first.start() + months * MONTH) != start) {
        session.note(&format!(
            "each lasts {length} exactly; to end at the same time when the clock changes, too: --wall-end {}",
            end.time.format("%H:%M")
        ));
    }
}
