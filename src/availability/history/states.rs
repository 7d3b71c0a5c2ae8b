//! The state of an object at every instant of a range, by its state lines.

use super::core::{CoreHistory, Place};
use crate::availability::class::ObjectKind;
use crate::availability::options::{CoreStopped, Options};
use crate::clock::Instant;
use crate::downtime::interval::Interval;
use crate::events::event::{Event, State, Telling, What};

/// An object first seen no later than this many seconds into the range was fine before (Checkmk's rule: a core needs
/// that long to check everything once).
const GRACE: i64 = 600;

/// A state and since when it held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told<'a> {
    /// From then on, until the next one.
    pub since: Instant,
    /// The state; `None` where none is known.
    pub state: Option<State>,
    /// The plugin's output, where kept.
    pub output: Option<&'a str>,
}

/// The states of an object over `range`, by time; the first since the start of the range. Lines at or after the end of
/// the range are not read, except that their being there makes the object one that has lines.
pub(super) fn told<'a>(
    kind: ObjectKind,
    events: &'a [Event],
    core: &CoreHistory,
    range: Interval,
    options: &Options,
) -> Vec<Told<'a>> {
    let assumed = options.assume_initial.and_then(|assumed| assumed.state_of(kind));
    let named = Named::in_blocks(events, core);
    let mut track = Track { range, told: Vec::new() };
    let mut headers = core.headers.iter().copied().peekable();
    for event in events.iter().take_while(|event| event.time < range.end()) {
        let What::State { state, hard, .. } = event.what else { continue };
        if options.hard_only && !hard {
            continue;
        }
        while let Some(header) = headers.next_if(|&header| header <= (event.time, event.ordinal)) {
            track.pass(header, &named);
        }
        if track.told.is_empty() && event.time > range.start() {
            let seen_after = event.time - range.start();
            let usual = (seen_after <= GRACE).then_some(kind.good_state());
            track.tell(range.start(), assumed.unwrap_or(usual), None);
        }
        track.tell(event.time, Some(state), event.output.as_deref());
    }
    if track.told.is_empty() {
        let assumed = assumed.filter(|_| !events.is_empty());
        track.tell(range.start(), assumed.flatten(), None);
    } else {
        headers.take_while(|&(time, _)| time < range.end()).for_each(|header| track.pass(header, &named));
    }
    silenced(track.told, &core.stopped, range, options)
}

/// With `--core-stopped unmonitored`, no state is known while no core ran; afterwards the state goes on that all lines
/// so far have told.
fn silenced<'a>(told: Vec<Told<'a>>, stopped: &[Interval], range: Interval, options: &Options) -> Vec<Told<'a>> {
    if options.core_stopped == CoreStopped::Keep || stopped.is_empty() {
        return told;
    }
    let mut silenced = Vec::with_capacity(told.len());
    for (position, &state) in told.iter().enumerate() {
        let end = told.get(position + 1).map_or(range.end(), |next| next.since);
        let mut since = state.since;
        let first = stopped.partition_point(|stop| stop.end() <= since);
        for stop in stopped[first..].iter().take_while(|stop| stop.start() < end) {
            if since < stop.start() {
                silenced.push(Told { since, ..state });
            }
            silenced.push(Told { since: since.max(stop.start()), state: None, output: None });
            since = stop.end();
        }
        if since < end {
            silenced.push(Told { since, ..state });
        }
    }
    silenced
}

struct Track<'a> {
    range: Interval,
    told: Vec<Told<'a>>,
}

impl<'a> Track<'a> {
    /// Notes a state; of several at one instant the last stands, and those before the range count from its start.
    fn tell(&mut self, time: Instant, state: Option<State>, output: Option<&'a str>) {
        let next = Told { since: time.max(self.range.start()), state, output };
        match self.told.last_mut() {
            Some(last) if last.since == next.since => *last = next,
            Some(last) if last.state == state && (last.output.is_some() || output.is_none()) => {}
            _ => self.told.push(next),
        }
    }

    /// Passes the header of a block: an object seen before that the block does not name has no known state after it.
    fn pass(&mut self, header: Place, named: &Named) {
        if !self.told.is_empty() && !named.by(header.0) {
            self.tell(header.0, None, None);
        }
    }
}

/// The blocks of initial states that name an object, by the times of their headers.
struct Named(Vec<Instant>);

impl Named {
    fn in_blocks(events: &[Event], core: &CoreHistory) -> Self {
        if core.headers.is_empty() {
            return Self(Vec::new());
        }
        let mut headers: Vec<Instant> = events
            .iter()
            .filter_map(|event| match event.what {
                What::State { telling: Telling::Initial { since_header: Some(seconds) }, .. } => {
                    Some(event.time - i64::from(seconds))
                }
                _ => None,
            })
            .collect();
        headers.sort_unstable();
        Self(headers)
    }

    fn by(&self, header: Instant) -> bool {
        self.0.binary_search(&header).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::availability::logbook::timeline;

    const SERVICE: &str = "h/s";

    fn by_default(lines: &[&str]) -> Vec<(i64, i64, &'static str)> {
        timeline(SERVICE, lines, &Options::default())
    }

    fn assuming(state: &str) -> Options {
        Options { assume_initial: Some(state.parse().unwrap()), ..Options::default() }
    }

    fn hard_only() -> Options {
        Options { hard_only: true, ..Options::default() }
    }

    fn core_unmonitored() -> Options {
        Options { core_stopped: CoreStopped::Unmonitored, ..Options::default() }
    }

    #[test]
    fn entries_before_the_range_set_the_state_at_its_start() {
        let lines = ["[-90] SERVICE ALERT: h;s;OK;HARD;1;", "[-80] SERVICE ALERT: h;s;WARNING;HARD;1;"];
        assert_eq!(by_default(&lines), [(0, 10_000, "warn")]);
        assert_eq!(by_default(&["[0] SERVICE ALERT: h;s;WARNING;HARD;1;"]), [(0, 10_000, "warn")]);
    }

    #[test]
    fn current_and_initial_lines_tell_a_state_too() {
        let lines = [
            "[-1] CURRENT SERVICE STATE: h;s;WARNING;HARD;1;",
            "[50] INITIAL SERVICE STATE: h;s;CRITICAL;HARD;1;",
            "[70] CURRENT SERVICE STATE: h;s;OK;HARD;1;",
        ];
        assert_eq!(by_default(&lines), [(0, 50, "warn"), (50, 70, "crit"), (70, 10_000, "ok")]);
    }

    #[test]
    fn an_object_first_seen_600_seconds_in_was_fine_before() {
        let lines = ["[600] SERVICE ALERT: h;s;CRITICAL;HARD;1;", "[600] HOST ALERT: h;DOWN;HARD;1;"];
        assert_eq!(by_default(&lines), [(0, 600, "ok"), (600, 10_000, "host_down")]);
        assert_eq!(timeline("h", &lines, &Options::default()), [(0, 600, "up"), (600, 10_000, "down")]);
    }

    #[test]
    fn an_object_first_seen_601_seconds_in_is_unmonitored_before() {
        let lines = ["[601] SERVICE ALERT: h;s;CRITICAL;HARD;1;"];
        assert_eq!(by_default(&lines), [(0, 601, "unmonitored"), (601, 10_000, "crit")]);
    }

    #[test]
    fn an_object_first_seen_after_the_range_is_unmonitored_in_it() {
        assert_eq!(by_default(&["[10000] SERVICE ALERT: h;s;OK;HARD;1;"]), [(0, 10_000, "unmonitored")]);
    }

    #[test]
    fn downtime_and_flapping_lines_do_not_make_an_object_seen() {
        let lines = [
            "[10] SERVICE DOWNTIME ALERT: h;s;STARTED; ",
            "[20] SERVICE FLAPPING ALERT: h;s;STARTED; ",
            "[700] SERVICE ALERT: h;s;OK;HARD;1;",
        ];
        assert_eq!(by_default(&lines), [(0, 700, "unmonitored"), (700, 10_000, "in_downtime")]);
        assert_eq!(by_default(&lines[..2]), [(0, 10_000, "unmonitored")]);
    }

    #[test]
    fn soft_states_count() {
        let lines = ["[-1] SERVICE ALERT: h;s;OK;HARD;1;", "[50] SERVICE ALERT: h;s;CRITICAL;SOFT;1;"];
        assert_eq!(by_default(&lines), [(0, 50, "ok"), (50, 10_000, "crit")]);
    }

    #[test]
    fn hard_only_ignores_soft_lines() {
        let lines = [
            "[-1] SERVICE ALERT: h;s;OK;HARD;1;",
            "[50] SERVICE ALERT: h;s;CRITICAL;SOFT;1;",
            "[90] SERVICE ALERT: h;s;CRITICAL;HARD;3;",
        ];
        assert_eq!(timeline(SERVICE, &lines, &hard_only()), [(0, 90, "ok"), (90, 10_000, "crit")]);
    }

    #[test]
    fn a_soft_line_does_not_make_an_object_seen_under_hard_only() {
        let lines = ["[10] SERVICE ALERT: h;s;CRITICAL;SOFT;1;", "[700] SERVICE ALERT: h;s;CRITICAL;HARD;3;"];
        assert_eq!(timeline(SERVICE, &lines, &hard_only()), [(0, 700, "unmonitored"), (700, 10_000, "crit")]);
        assert_eq!(timeline(SERVICE, &lines[..1], &hard_only()), [(0, 10_000, "unmonitored")]);
    }

    #[test]
    fn an_assumed_state_holds_up_to_the_first_state_line() {
        let early = ["[300] SERVICE ALERT: h;s;OK;HARD;1;"];
        let late = ["[5000] SERVICE ALERT: h;s;OK;HARD;1;"];
        assert_eq!(timeline(SERVICE, &early, &assuming("crit")), [(0, 300, "crit"), (300, 10_000, "ok")]);
        assert_eq!(timeline(SERVICE, &late, &assuming("up")), [(0, 10_000, "ok")]);
        assert_eq!(timeline(SERVICE, &early, &assuming("unmonitored")), [(0, 300, "unmonitored"), (300, 10_000, "ok")]);
    }

    #[test]
    fn an_assumed_state_holds_for_an_object_without_any_state_line() {
        let lines = ["[50] SERVICE FLAPPING ALERT: h;s;STOPPED; "];
        assert_eq!(timeline(SERVICE, &lines, &assuming("warn")), [(0, 10_000, "warn")]);
        let soft = ["[10] SERVICE ALERT: h;s;CRITICAL;SOFT;1;"];
        assert_eq!(timeline(SERVICE, &soft, &Options { hard_only: true, ..assuming("ok") }), [(0, 10_000, "ok")]);
    }

    #[test]
    fn a_state_that_hosts_do_not_have_leaves_them_the_usual_rule() {
        let lines = ["[700] HOST ALERT: h;UP;HARD;1;", "[700] SERVICE ALERT: h;s;OK;HARD;1;"];
        assert_eq!(timeline("h", &lines, &assuming("crit")), [(0, 700, "unmonitored"), (700, 10_000, "up")]);
        assert_eq!(timeline(SERVICE, &lines, &assuming("crit")), [(0, 700, "crit"), (700, 10_000, "ok")]);
        assert_eq!(timeline(SERVICE, &lines, &assuming("down")), [(0, 700, "unmonitored"), (700, 10_000, "ok")]);
        assert_eq!(timeline("h", &lines, &assuming("ok")), [(0, 10_000, "up")]);
    }

    #[test]
    fn an_assumed_state_does_not_touch_what_a_line_before_the_range_told() {
        assert_eq!(timeline(SERVICE, &["[-9] SERVICE ALERT: h;s;OK;HARD;1;"], &assuming("crit")), [(0, 10_000, "ok")]);
    }

    const BLOCK: [&str; 5] = [
        "[-9] SERVICE ALERT: h;s;OK;HARD;1;",
        "[-9] SERVICE ALERT: h;other;OK;HARD;1;",
        "[100] logging initial states",
        "[101] INITIAL SERVICE STATE: h;other;OK;SOFT;1;",
        "[200] SERVICE ALERT: h;s;WARNING;HARD;1;",
    ];

    #[test]
    fn an_object_that_a_block_of_initial_states_does_not_name_is_unmonitored_to_its_next_state_line() {
        assert_eq!(by_default(&BLOCK), [(0, 100, "ok"), (100, 200, "unmonitored"), (200, 10_000, "warn")]);
        assert_eq!(timeline("h/other", &BLOCK, &Options::default()), [(0, 10_000, "ok")]);
    }

    #[test]
    fn a_soft_initial_line_names_its_object_under_hard_only() {
        assert_eq!(timeline("h/other", &BLOCK, &hard_only()), [(0, 10_000, "ok")]);
    }

    #[test]
    fn an_object_not_seen_before_a_block_is_not_made_unmonitored_by_it() {
        let lines = ["[100] logging initial states", "[300] SERVICE ALERT: h;s;OK;HARD;1;"];
        assert_eq!(by_default(&lines), [(0, 10_000, "ok")]);
        let lines = ["[100] logging initial states", "[700] SERVICE ALERT: h;s;OK;HARD;1;"];
        assert_eq!(timeline(SERVICE, &lines, &assuming("warn")), [(0, 700, "warn"), (700, 10_000, "ok")]);
    }

    #[test]
    fn a_block_before_the_range_counts_and_so_does_one_after_the_last_line() {
        let lines = ["[-9] SERVICE ALERT: h;s;OK;HARD;1;", "[-5] logging initial states"];
        assert_eq!(by_default(&lines), [(0, 10_000, "unmonitored")]);
        let lines = ["[-9] SERVICE ALERT: h;s;OK;HARD;1;", "[40] logging initial states"];
        assert_eq!(by_default(&lines), [(0, 40, "ok"), (40, 10_000, "unmonitored")]);
    }

    #[test]
    fn a_line_of_another_kind_ends_a_block() {
        let lines = [
            "[-9] SERVICE ALERT: h;s;OK;HARD;1;",
            "[100] logging initial states",
            "[101] HOST ALERT: h;UP;HARD;1;",
            "[102] INITIAL SERVICE STATE: h;s;OK;HARD;1;",
        ];
        assert_eq!(by_default(&lines), [(0, 100, "ok"), (100, 102, "unmonitored"), (102, 10_000, "ok")]);
    }

    #[test]
    fn initial_lines_without_a_header_make_nothing_unmonitored() {
        let lines = ["[-9] SERVICE ALERT: h;s;OK;HARD;1;", "[100] INITIAL SERVICE STATE: h;other;OK;HARD;1;"];
        assert_eq!(by_default(&lines), [(0, 10_000, "ok")]);
    }

    #[test]
    fn within_a_second_the_order_of_lines_decides_about_a_block() {
        let before = ["[100] SERVICE ALERT: h;s;CRITICAL;HARD;1;", "[100] logging initial states"];
        assert_eq!(by_default(&before), [(0, 100, "ok"), (100, 10_000, "unmonitored")]);
        let after = ["[100] logging initial states", "[100] SERVICE ALERT: h;s;CRITICAL;HARD;1;"];
        assert_eq!(by_default(&after), [(0, 100, "ok"), (100, 10_000, "crit")]);
    }

    #[test]
    fn downtime_and_flapping_go_on_through_a_block() {
        let lines = [
            "[-9] SERVICE ALERT: h;s;OK;HARD;1;",
            "[-8] SERVICE DOWNTIME ALERT: h;s;STARTED; ",
            "[100] logging initial states",
            "[200] SERVICE ALERT: h;s;OK;HARD;1;",
        ];
        assert_eq!(
            by_default(&lines),
            [(0, 100, "in_downtime"), (100, 200, "unmonitored"), (200, 10_000, "in_downtime")]
        );
    }

    const STOP: [&str; 5] = [
        "[-9] SERVICE ALERT: h;s;OK;HARD;1;",
        "[100] core stop",
        "[150] SERVICE ALERT: h;s;CRITICAL;HARD;1;",
        "[160] core stop",
        "[200] core start",
    ];

    #[test]
    fn a_stopped_core_keeps_the_state_by_default() {
        assert_eq!(by_default(&STOP), [(0, 150, "ok"), (150, 10_000, "crit")]);
    }

    #[test]
    fn a_stopped_core_makes_all_unmonitored_if_asked_and_the_state_by_all_lines_goes_on_after() {
        let spans = timeline(SERVICE, &STOP, &core_unmonitored());
        assert_eq!(spans, [(0, 100, "ok"), (100, 200, "unmonitored"), (200, 10_000, "crit")]);
    }

    #[test]
    fn a_core_that_never_starts_again_leaves_the_rest_unmonitored() {
        let spans = timeline(SERVICE, &STOP[..2], &core_unmonitored());
        assert_eq!(spans, [(0, 100, "ok"), (100, 10_000, "unmonitored")]);
    }

    #[test]
    fn a_core_stopped_before_the_range_counts_from_its_start_even_over_an_assumed_state() {
        let lines = ["[-9] core stop", "[40] core start", "[90] SERVICE ALERT: h;s;OK;HARD;1;"];
        let options = Options { assume_initial: assuming("warn").assume_initial, ..core_unmonitored() };
        assert_eq!(timeline(SERVICE, &lines, &options), [(0, 40, "unmonitored"), (40, 90, "warn"), (90, 10_000, "ok")]);
    }

    #[test]
    fn a_start_without_a_stop_changes_nothing() {
        let lines = ["[-9] SERVICE ALERT: h;s;OK;HARD;1;", "[100] core start"];
        assert_eq!(timeline(SERVICE, &lines, &core_unmonitored()), [(0, 10_000, "ok")]);
    }
}
