//! What any keeper of events has to do, whatever its format: run against each implementation of [`EventSource`].

use super::event::{Core, What};
use super::log::EventLog;
use super::source::EventSource;
use crate::clock::Instant;
use crate::downtime::target::Target;

/// Runs all of them. `of` makes a source from files, imported in this order.
pub fn run<S: EventSource>(of: &dyn Fn(&[&str]) -> S) {
    let run = Run { of };
    run.nothing_imported_is_nothing_known();
    run.objects_and_what_names_them();
    run.loading_gives_the_wanted_objects_and_what_concerns_all();
    run.files_count_in_any_order_and_more_than_once();
    run.pieces_make_the_whole();
    run.seconds_that_are_split();
    run.a_subsequence_in_another_file_is_a_duplicate();
    run.repetitions_within_a_file_stand();
    run.core_lines_of_a_kind_collapse();
    run.blocks_of_initial_states();
    run.a_line_that_was_half_written_is_replaced();
    run.lines_of_a_shared_second_keep_their_order();
}

struct Run<'a, S> {
    of: &'a dyn Fn(&[&str]) -> S,
}

/// An object's history as `time state-letter` and the like, for short comparisons.
fn history(log: &EventLog, object: &str) -> String {
    let object = log.objects.iter().find(|found| found.target == Target::parse(object));
    let events = object.map_or(&[][..], |object| &object.events);
    let words = events.iter().map(|event| match event.what {
        What::State { state, hard, .. } => format!("{} {state:?}{}", event.time.0, if hard { "" } else { "?" }),
        What::Downtime(mark) => format!("{} downtime {mark:?}", event.time.0),
        What::Flapping(mark) => format!("{} flapping {mark:?}", event.time.0),
    });
    words.collect::<Vec<_>>().join(", ")
}

const DAY_1: &str = "\
[100] CURRENT HOST STATE: web;UP;HARD;1;fine
[100] CURRENT SERVICE STATE: web;http;OK;HARD;1;fine
[150] TIMEPERIOD TRANSITION: office;-1;1
[160] SERVICE ALERT: web;http;CRITICAL;SOFT;1;refused
[160] HOST DOWNTIME ALERT: web;STARTED; text
[160] HOST ALERT: web;DOWN;HARD;1;no answer
[170] Caught SIGTERM, shutting down...
";
const DAY_2: &str = "\
[200] Nagios 4.5.12 starting... (PID=1)
[200] SERVICE ALERT: web;http;CRITICAL;HARD;3;refused
[210] SERVICE ALERT: db;mysql;OK;HARD;1;fine
[220] TIMEPERIOD TRANSITION: office;1;0
[230] SERVICE FLAPPING ALERT: web;http;STARTED; text
";

impl<S: EventSource> Run<'_, S> {
    fn log(&self, files: &[&str]) -> EventLog {
        (self.of)(files).load(&|_| true).unwrap()
    }

    fn same(&self, files: &[&str], expected: &[&str]) {
        assert_eq!(self.log(files), self.log(expected), "{files:?}");
        assert_eq!((self.of)(files).basis().unwrap(), (self.of)(expected).basis().unwrap(), "{files:?}");
    }

    fn nothing_imported_is_nothing_known(&self) {
        for files in [&[][..], &[""], &["[1] LOG VERSION: 2.0\n"]] {
            let source = (self.of)(files);
            assert_eq!(source.objects().unwrap(), []);
            assert!(!source.knows(&Target::host("web")).unwrap());
            assert_eq!(source.load(&|_| true).unwrap(), EventLog::default());
            let basis = source.basis().unwrap();
            assert_eq!((basis.events.as_str(), basis.first, basis.newest), ("0".repeat(32).as_str(), None, None));
        }
    }

    fn objects_and_what_names_them(&self) {
        let source = (self.of)(&[DAY_2, DAY_1]);
        let objects = ["db/mysql", "web", "web/http"].map(Target::parse);
        assert_eq!(source.objects().unwrap(), objects);
        for (object, known) in
            [("web", true), ("web/http", true), ("web/x", false), ("db", true), ("d", false), ("z", false)]
        {
            assert_eq!(source.knows(&Target::parse(object)).unwrap(), known, "{object}");
        }
    }

    fn loading_gives_the_wanted_objects_and_what_concerns_all(&self) {
        let source = (self.of)(&[DAY_1, DAY_2]);
        let whole = source.load(&|_| true).unwrap();
        assert_eq!(history(&whole, "web"), "100 Up, 160 downtime Started, 160 Down");
        assert_eq!(history(&whole, "web/http"), "100 Ok, 160 Crit?, 200 Crit, 230 flapping Started");
        let outputs: Vec<_> = whole.objects[2].events.iter().map(|event| event.output.as_deref()).collect();
        assert_eq!(outputs, [None, Some("refused"), Some("refused"), None]);
        assert_eq!(
            whole.core.iter().map(|event| (event.time.0, event.core)).collect::<Vec<_>>(),
            [(170, Core::Stop), (200, Core::Start)]
        );
        assert_eq!(
            whole.periods["office"].iter().map(|entry| (entry.time.0, entry.to)).collect::<Vec<_>>(),
            [(150, 1), (220, 0)]
        );
        assert_eq!((whole.first, whole.newest), (Some(Instant(100)), Some(Instant(230))));

        let one = source.load(&|object| *object == Target::parse("db/mysql")).unwrap();
        assert_eq!(one.objects, whole.objects[..1]);
        assert_eq!((&one.core, &one.periods), (&whole.core, &whole.periods));
        assert_eq!((one.first, one.newest), (whole.first, whole.newest));
    }

    fn files_count_in_any_order_and_more_than_once(&self) {
        self.same(&[DAY_2, DAY_1], &[DAY_1, DAY_2]);
        self.same(&[DAY_1, DAY_2, DAY_1, DAY_2], &[DAY_1, DAY_2]);
        let whole = format!("{DAY_1}{DAY_2}");
        self.same(&[&whole], &[DAY_1, DAY_2]);
        self.same(&[DAY_2, &whole], &[&whole]);
        assert_ne!((self.of)(&[DAY_1]).basis().unwrap().events, (self.of)(&[DAY_2]).basis().unwrap().events);
        // Out of order within one file, as merged logs are.
        self.same(&[&format!("{DAY_2}{DAY_1}")], &[&whole]);
    }

    fn pieces_make_the_whole(&self) {
        let whole = format!("{DAY_1}{DAY_2}");
        let lines: Vec<&str> = whole.split_inclusive('\n').collect();
        self.same(&lines, &[&whole]);
        let halves: Vec<String> = (0..lines.len()).map(|at| lines[at..].concat()).collect();
        self.same(&halves.iter().map(String::as_str).collect::<Vec<_>>(), &[&whole]);
    }

    fn seconds_that_are_split(&self) {
        let (ok, crit) = ("[5] SERVICE ALERT: h;s;OK;HARD;1;\n", "[5] SERVICE ALERT: h;s;CRITICAL;HARD;1;x\n");
        let both = format!("{ok}{crit}");
        assert_eq!(history(&self.log(&[crit, ok]), "h/s"), "5 Crit, 5 Ok");
        self.same(&[ok, crit], &[&both]);
        // Which list stands does not depend on when the longer one came.
        self.same(&[crit, ok, &both], &[&both]);
        self.same(&[&both, crit, ok], &[&both]);
        let events = |files: &[&str]| (self.of)(files).basis().unwrap().events;
        assert_eq!(events(&[crit, ok]), events(&[&both]));
    }

    fn a_subsequence_in_another_file_is_a_duplicate(&self) {
        let line = |mark: &str| format!("[5] HOST DOWNTIME ALERT: h;{mark}; x\n");
        let (start, stop, cancel) = (line("STARTED"), line("STOPPED"), line("CANCELLED"));
        let (short, long) = (format!("{start}{cancel}"), format!("{start}{stop}{cancel}"));
        self.same(&[&short, &long], &[&long]);
        self.same(&[&long, &short], &[&long]);
        let other = format!("{stop}{start}");
        let expected =
            "5 downtime Started, 5 downtime Stopped, 5 downtime Withdrawn, 5 downtime Stopped, 5 downtime Started";
        assert_eq!(history(&self.log(&[&long, &other]), "h"), expected);
        // The same text at another second, of another object or with another output is another event.
        let apart =
            "[6] HOST ALERT: h;DOWN;HARD;1;a\n[7] HOST ALERT: h;DOWN;HARD;1;a\n[7] HOST ALERT: i;DOWN;HARD;1;a\n";
        self.same(&[apart, &apart.replace(";a\n", ";b\n"), apart], &[apart, &apart.replace(";a\n", ";b\n")]);
        assert_eq!(history(&self.log(&[apart, &apart.replace(";a\n", ";b\n")]), "h"), "6 Down, 6 Down, 7 Down, 7 Down");
        // Time periods follow the same rule.
        let (out, back) = ("[9] TIMEPERIOD TRANSITION: p;1;0\n", "[9] TIMEPERIOD TRANSITION: p;0;1\n");
        self.same(&[out, &format!("{out}{back}"), back], &[&format!("{out}{back}")]);
    }

    fn repetitions_within_a_file_stand(&self) {
        let line = "[5] HOST ALERT: h;DOWN;SOFT;1;a\n";
        let twice = format!("{line}{line}");
        assert_eq!(history(&self.log(&[&twice]), "h"), "5 Down?, 5 Down?");
        self.same(&[line, &twice, line], &[&twice]);
    }

    fn core_lines_of_a_kind_collapse(&self) {
        let restart =
            "[5] Caught SIGHUP, restarting...\n[5] Nagios 4.5.12 starting... (PID=1)\n[5] logging initial states\n";
        let log = self.log(&[restart, restart, "[5] Bailing out due to x\n[6] Naemon 1 starting...\n"]);
        let core: Vec<_> = log.core.iter().map(|event| (event.time.0, event.core)).collect();
        assert_eq!(core, [(5, Core::Start), (5, Core::InitialStates), (5, Core::Stop), (6, Core::Start)]);
        self.same(&[restart, "[5] Nagios 4.5.12 starting... (PID=1)\n"], &[restart]);
    }

    fn blocks_of_initial_states(&self) {
        let block =
            "[5] logging initial states\n[5] INITIAL HOST STATE: h;UP;HARD;1;\n[7] INITIAL HOST STATE: i;UP;HARD;1;\n";
        let tail = "[7] INITIAL HOST STATE: i;UP;HARD;1;\n";
        // A file that begins after the header knows less, so the other stands whichever came first.
        self.same(&[block, tail], &[block]);
        self.same(&[tail, block], &[block]);
    }

    fn a_line_that_was_half_written_is_replaced(&self) {
        let whole = "[5] HOST ALERT: h;DOWN;HARD;1;no answer\n";
        for length in "[5] HOST ALERT: h;DOWN;HARD".len()..whole.len() {
            assert_eq!(history(&self.log(&[&whole[..length]]), "h"), "5 Down");
            self.same(&[&whole[..length], whole], &[whole]);
            self.same(&[whole, &whole[..length]], &[whole]);
        }
    }

    fn lines_of_a_shared_second_keep_their_order(&self) {
        let (first, second) =
            ("[5] logging initial states\n[5] INITIAL HOST STATE: h;UP;HARD;1;\n", "[5] HOST ALERT: i;UP;HARD;1;\n");
        let places = |files: &[&str]| {
            let log = self.log(files);
            [log.core[0].ordinal, log.objects[0].events[0].ordinal, log.objects[1].events[0].ordinal]
        };
        assert_eq!(places(&[first, second]), [0, 1, 2]);
        assert_eq!(places(&[second, first]), [1, 2, 0]);
        let whole = format!("{first}{second}");
        self.same(&[second, first, &whole], &[&whole]);
        self.same(&[second, &whole], &[&whole]);
        self.same(&[&whole, second, first], &[&whole]);
    }
}
