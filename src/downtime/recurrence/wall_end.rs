//! Ends on the clock.

use chrono::{Days, NaiveDateTime};
use serde::{Deserialize, Serialize};

use crate::clock::Instant;
use crate::downtime::interval::Interval;
use crate::downtime::window::Window;
use crate::when::zone::Zone;
use crate::when::{Local, TimeOfDay};

/// Where an occurrence ends on the clock: at the first such reading after its nominal start, some days later still.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WallEnd {
    /// The reading of the clock.
    pub at: TimeOfDay,
    /// Days after the first such reading.
    #[serde(default)]
    pub days: u32,
}

impl WallEnd {
    /// What the clock reads at the end of what starts nominally at `start`; `None` past the end of the calendar.
    pub fn local(self, start: NaiveDateTime) -> Option<NaiveDateTime> {
        let today = self.at.on(start.date())?;
        let days = u64::from(self.days) + u64::from(today <= start);
        today.checked_add_days(Days::new(days))
    }

    /// The window that starts at `instant`, nominally at `start` on the clocks of `zone`; `None` past the end of the
    /// calendar.
    ///
    /// Where a gap swallows the end, so that it is not after the start, the length on the clock is kept.
    pub fn window(self, start: NaiveDateTime, instant: Instant, zone: Zone) -> Option<Window> {
        let end = self.local(start)?;
        let placed = zone.place(end).instant;
        let interval =
            Interval::new(instant, placed).or_else(|| Interval::new(instant, instant + (end - start).num_seconds()))?;
        let local = |time| Some(Local { time, zone });
        Some(Window { interval, start_civil: local(start), end_civil: local(end) })
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    /// The end in UTC of what starts in Berlin on that day of March 2026.
    fn end(day: u32, start: &str, at: &str, days: u32) -> String {
        let zone = Zone::parse("Europe/Berlin").unwrap();
        let start = NaiveDate::from_ymd_opt(2026, 3, day).unwrap().and_time(start.parse().unwrap());
        let wall_end = WallEnd { at: TimeOfDay::parse(at).unwrap(), days };
        wall_end.window(start, zone.place(start).instant, zone).unwrap().end().to_string()
    }

    #[test]
    fn it_is_the_first_such_reading_after_the_start() {
        assert_eq!(end(10, "22:00:00", "23:30", 0), "2026-03-10T22:30:00Z");
        assert_eq!(end(10, "22:00:00", "06:00", 0), "2026-03-11T05:00:00Z");
        assert_eq!(end(10, "22:00:00", "22:00", 0), "2026-03-11T21:00:00Z");
        assert_eq!(end(10, "22:00:00", "24:00", 0), "2026-03-10T23:00:00Z");
        assert_eq!(end(10, "00:00:00", "24:00", 0), "2026-03-10T23:00:00Z");
        assert_eq!(end(10, "00:00:00", "00:00", 0), "2026-03-10T23:00:00Z");
        assert_eq!(end(10, "22:00:00", "06:00", 2), "2026-03-13T05:00:00Z");
    }

    #[test]
    fn it_follows_the_clock_across_a_change() {
        assert_eq!(end(28, "22:00:00", "06:00", 0), "2026-03-29T04:00:00Z");
        assert_eq!(end(29, "01:00:00", "02:30", 0), "2026-03-29T01:30:00Z");
    }

    /// 02:30 is read as 03:30, past the end at 03:15: the 45 minutes on the clock are kept.
    #[test]
    fn the_length_on_the_clock_is_kept_where_a_gap_swallows_the_end() {
        assert_eq!(end(29, "02:30:00", "03:15", 0), "2026-03-29T02:15:00Z");
        assert_eq!(end(29, "02:30:00", "03:45", 0), "2026-03-29T01:45:00Z");
    }
}
