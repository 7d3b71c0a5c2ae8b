//! What imported logs tell of downtimes: the HOST and SERVICE DOWNTIME ALERT lines, as rows of history.

use crate::clock::Instant;
use crate::downtime::story::{Detail, Happening, Row};
use crate::downtime::target::Target;
use crate::events::event::{Mark, What};
use crate::events::source::EventSource;
use crate::failure::Outcome;

/// The rows up to `now` about the objects `wanted`, in order of time. A log tells no id, author or comment.
pub fn rows(events: &impl EventSource, wanted: &dyn Fn(&Target) -> bool, now: Instant) -> Outcome<Vec<Row>> {
    let log = events.load(wanted)?;
    let mut rows: Vec<(u32, Row)> = Vec::new();
    for object in &log.objects {
        for event in object.events.iter().filter(|event| event.time <= now) {
            let What::Downtime(mark) = event.what else { continue };
            rows.push((event.ordinal, row(&object.target, event.time, mark)));
        }
    }
    // Within a second in the order of the lines.
    rows.sort_by_key(|(ordinal, row)| (row.time, *ordinal));
    Ok(rows.into_iter().map(|(_, row)| row).collect())
}

fn row(target: &Target, time: Instant, mark: Mark) -> Row {
    Row {
        sequence: None,
        time,
        written: None,
        happening: match mark {
            Mark::Started => Happening::Started,
            Mark::Stopped => Happening::Ended,
            Mark::Withdrawn => Happening::Cancelled,
        },
        id: None,
        target: Some(target.clone()),
        author: String::new(),
        comment: None,
        detail: Detail { from_log: true, ..Detail::default() },
    }
}
