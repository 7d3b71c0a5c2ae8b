//! A busy month for tests.

use chrono::{NaiveDate, NaiveDateTime};

use super::{Calendar, Frozen};
use crate::clock::Instant;
use crate::downtime::fixture;
use crate::downtime::id::DowntimeId;
use crate::downtime::interval::Interval;
use crate::downtime::overlap::overlaps;
use crate::downtime::record::Downtime;
use crate::policy::conflict::Conflict;
use crate::when::zone::Zone;

pub fn zone(name: &str) -> Zone {
    Zone::parse(name).unwrap()
}

pub fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn at(zone: Zone, text: &str) -> Instant {
    zone.place(NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()).instant
}

/// A downtime of `targets` with civil times in a zone.
pub fn downtime(id: u64, targets: &[&str], zone: Zone, start: &str, end: &str, comment: &str) -> Downtime {
    let mut downtime = fixture::downtime(id, targets, at(zone, start).0, at(zone, end).0);
    comment.clone_into(&mut downtime.terms.comment);
    downtime
}

/// November 2026 in Berlin, looked at on Fri 2026-11-20 at 15:30: a downtime over several days, one over the end of the
/// month, an ended one, two that overlap, two occurrences of a rule, eight alike, a freeze.
pub fn november() -> Vec<Downtime> {
    let berlin = zone("Europe/Berlin");
    let of = |id, targets: &[&str], start, end, comment| downtime(id, targets, berlin, start, end, comment);
    let mut named = of(3, &["db01"], "2026-11-20 15:00", "2026-11-20 17:30", "kernel update");
    named.terms.name = Some("patchday".into());
    let mut all = vec![
        of(1, &["sw-ams-1"], "2026-10-30 08:00", "2026-11-02 06:00", "new switch"),
        of(2, &["web01.ams.example.com/HTTP"], "2026-11-03 22:00", "2026-11-04 00:00", "certificate"),
        named,
        of(4, &["db01/Backup", "web02"], "2026-11-20 16:00", "2026-11-23 06:00", "storage move"),
        of(5, &["10.0.0.1"], "2026-11-28 22:00", "2026-12-02 00:00", "new cabling"),
    ];
    for number in 10..18 {
        let host = format!("node{number}");
        all.push(of(number, &[&host], "2026-11-25 20:00", "2026-11-26 02:00", "firmware"));
    }
    for day in ["08", "15"] {
        let (start, end) = (format!("2026-11-{day} 22:00"), format!("2026-11-{day} 22:10"));
        let mut occurrence = downtime(1, &["win01", "win02"], berlin, &start, &end, "weekly restart");
        occurrence.id = DowntimeId::parse(&format!("windows-restart@2026-11-{day}T22:00"));
        all.push(occurrence);
    }
    all
}

/// Those on a calendar of these days, with a freeze at the end of November.
pub fn calendar<'a>(downtimes: &'a [Downtime], first: &str, last: &str) -> Calendar<'a> {
    let berlin = zone("Europe/Berlin");
    let now = at(berlin, "2026-11-20 15:30");
    let mut calendar = Calendar::new(berlin, now, (date(first), date(last)));
    let range = calendar.range().unwrap();
    let freeze = Interval::new(at(berlin, "2026-11-27 00:00"), at(berlin, "2026-11-29 18:00")).unwrap();
    if freeze.overlaps(range) {
        calendar.freezes.push(Frozen { name: "black friday".into(), interval: freeze, everything: false });
        let conflict = downtimes.iter().find(|downtime| downtime.id.as_str() == "5").map(|downtime| Conflict {
            id: downtime.id.clone(),
            freeze: "black friday".into(),
            targets: downtime.targets().cloned().collect(),
            spans: vec![downtime.window.interval.intersection(freeze).unwrap()],
            lifted_by: None,
        });
        calendar.conflicts.extend(conflict);
    }
    calendar.overlaps = overlaps(downtimes, range, |_, _| true);
    calendar.fill(downtimes);
    calendar
}
