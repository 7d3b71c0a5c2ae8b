//! Downtimes and flapping as the log tells them: flags that lines set and clear.

use super::core::CoreHistory;
use crate::clock::Instant;
use crate::downtime::interval::Interval;
use crate::events::event::{Event, Mark, What};

/// An object's downtimes in the log.
#[derive(Debug, Default)]
pub(super) struct LoggedDowntimes {
    /// When the flag was set, in order; a downtime never stopped goes on for ever.
    pub(super) intervals: Vec<Interval>,
    /// Start of a downtime never stopped.
    pub(super) open_since: Option<Instant>,
}

/// STARTED sets the flag, STOPPED and CANCELLED clear it, no depth. A STOPPED that comes first tells of a downtime whose
/// start was rotated away.
pub(super) fn downtimes(events: &[Event], core: &CoreHistory) -> LoggedDowntimes {
    let mut intervals = Vec::new();
    let mut since = None;
    let mut first = true;
    for event in events {
        let What::Downtime(mark) = event.what else { continue };
        if first && mark == Mark::Stopped {
            since = Some(core.earliest_before((event.time, event.ordinal)));
        }
        first = false;
        turn(mark, event.time, &mut since, &mut intervals);
    }
    intervals.extend(since.and_then(|start| Interval::new(start, Instant::END)));
    LoggedDowntimes { intervals, open_since: since }
}

/// STARTED sets the flag, STOPPED and DISABLED clear it.
pub(super) fn flapping(events: &[Event]) -> Vec<Interval> {
    let mut intervals = Vec::new();
    let mut since = None;
    for event in events {
        if let What::Flapping(mark) = event.what {
            turn(mark, event.time, &mut since, &mut intervals);
        }
    }
    intervals.extend(since.and_then(|start| Interval::new(start, Instant::END)));
    intervals
}

fn turn(mark: Mark, time: Instant, since: &mut Option<Instant>, intervals: &mut Vec<Interval>) {
    match mark {
        Mark::Started => {
            since.get_or_insert(time);
        }
        Mark::Stopped | Mark::Withdrawn => {
            intervals.extend(since.take().and_then(|start| Interval::new(start, time)));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::availability::logbook::timeline;
    use crate::availability::options::Options;

    fn spans(lines: &[&str]) -> Vec<(i64, i64, &'static str)> {
        let mut all = vec!["[-500] SERVICE ALERT: h;s;OK;HARD;1;"];
        all.extend_from_slice(lines);
        timeline("h/s", &all, &Options::default())
    }

    #[test]
    fn cancelled_ends_a_downtime_like_stopped() {
        for end in ["STOPPED", "CANCELLED"] {
            let end = format!("[70] SERVICE DOWNTIME ALERT: h;s;{end}; ");
            assert_eq!(
                spans(&["[50] SERVICE DOWNTIME ALERT: h;s;STARTED; ", &end]),
                [(0, 50, "ok"), (50, 70, "in_downtime"), (70, 10_000, "ok")]
            );
        }
    }

    #[test]
    fn downtimes_have_no_depth_in_the_log() {
        let lines = [
            "[50] SERVICE DOWNTIME ALERT: h;s;STARTED; ",
            "[60] SERVICE DOWNTIME ALERT: h;s;STARTED; ",
            "[70] SERVICE DOWNTIME ALERT: h;s;STOPPED; ",
            "[80] SERVICE DOWNTIME ALERT: h;s;STOPPED; ",
        ];
        assert_eq!(spans(&lines), [(0, 50, "ok"), (50, 70, "in_downtime"), (70, 10_000, "ok")]);
    }

    #[test]
    fn a_downtime_goes_on_through_a_core_start() {
        let lines = [
            "[50] SERVICE DOWNTIME ALERT: h;s;STARTED; ",
            "[60] core start",
            "[60] SERVICE DOWNTIME ALERT: h;s;STARTED; ",
            "[70] SERVICE DOWNTIME ALERT: h;s;STOPPED; ",
        ];
        assert_eq!(spans(&lines), [(0, 50, "ok"), (50, 70, "in_downtime"), (70, 10_000, "ok")]);
    }

    #[test]
    fn a_stopped_that_comes_first_was_in_downtime_since_the_first_event() {
        let lines = ["[70] SERVICE DOWNTIME ALERT: h;s;STOPPED; "];
        assert_eq!(spans(&lines), [(0, 70, "in_downtime"), (70, 10_000, "ok")]);
    }

    #[test]
    fn a_stopped_that_comes_first_was_in_downtime_since_the_last_core_start_before_it() {
        let lines =
            ["[20] core start", "[30] core start", "[70] SERVICE DOWNTIME ALERT: h;s;STOPPED; ", "[90] core start"];
        assert_eq!(spans(&lines), [(0, 30, "ok"), (30, 70, "in_downtime"), (70, 10_000, "ok")]);
        let lines = ["[70] core start", "[70] SERVICE DOWNTIME ALERT: h;s;STOPPED; "];
        assert_eq!(spans(&lines), [(0, 10_000, "ok")]);
        let lines = ["[70] SERVICE DOWNTIME ALERT: h;s;STOPPED; ", "[70] core start"];
        assert_eq!(spans(&lines), [(0, 70, "in_downtime"), (70, 10_000, "ok")]);
    }

    #[test]
    fn a_cancelled_that_comes_first_tells_nothing_and_a_stopped_after_it_neither() {
        let lines = ["[70] SERVICE DOWNTIME ALERT: h;s;CANCELLED; ", "[90] SERVICE DOWNTIME ALERT: h;s;STOPPED; "];
        assert_eq!(spans(&lines), [(0, 10_000, "ok")]);
    }

    #[test]
    fn every_object_has_its_own_first_downtime_line() {
        let lines = [
            "[10] HOST ALERT: h;UP;HARD;1;",
            "[20] HOST DOWNTIME ALERT: h;STARTED; ",
            "[30] HOST DOWNTIME ALERT: h;STOPPED; ",
            "[70] SERVICE DOWNTIME ALERT: h;s;STOPPED; ",
        ];
        assert_eq!(spans(&lines), [(0, 70, "in_downtime"), (70, 10_000, "ok")]);
    }

    #[test]
    fn started_and_stopped_in_one_second_is_no_downtime() {
        let lines = ["[70] SERVICE DOWNTIME ALERT: h;s;STARTED; ", "[70] SERVICE DOWNTIME ALERT: h;s;STOPPED; "];
        assert_eq!(spans(&lines), [(0, 10_000, "ok")]);
    }

    #[test]
    fn flapping_ends_when_stopped_or_disabled_and_a_stop_alone_tells_nothing() {
        for end in ["STOPPED", "DISABLED"] {
            let end = format!("[70] SERVICE FLAPPING ALERT: h;s;{end}; ");
            assert_eq!(
                spans(&["[50] SERVICE FLAPPING ALERT: h;s;STARTED; ", &end]),
                [(0, 50, "ok"), (50, 70, "flapping"), (70, 10_000, "ok")]
            );
            assert_eq!(spans(&[&end]), [(0, 10_000, "ok")]);
        }
    }
}
