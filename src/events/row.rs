//! A row of a table of states, whatever the table is written in.
//!
//! A row is to a host or service what its ALERT line is in a log of the Nagios family, so that the same event in either
//! is one.

use super::event::{State, Telling, What};
use super::line::{Fact, Line, Name, Reason};
use crate::clock::Instant;
use crate::when::written::{self, Unread};
use crate::when::zone::{Reading, Zone};

/// The names of all columns.
pub const COLUMNS: [&str; 6] = ["time", "host", "service", "state", "type", "output"];

/// How many other columns are told by name.
const OTHERS_TOLD: usize = 8;

/// A row as it stands there. Blanks around all but the output do not count.
#[derive(Debug, Clone, Copy, Default)]
pub struct Row<'a> {
    /// When, in one of the forms of [`written::read`].
    pub time: &'a [u8],
    /// The host's name.
    pub host: &'a [u8],
    /// The service's name; empty for the host itself.
    pub service: &'a [u8],
    /// The state's name, as [`State::named`] takes it.
    pub state: &'a [u8],
    /// `HARD` or `SOFT` in any case; empty for HARD.
    pub hardness: &'a [u8],
    /// The plugin's output.
    pub output: &'a [u8],
}

/// Rows of one table, in order.
#[derive(Debug)]
pub struct Rows {
    zone: Zone,
    /// The name of the last row's object, told apart from all others.
    key: Vec<u8>,
    /// Civil times without a zone of their own.
    civil: Occasions,
    /// Those that come twice on the clocks.
    twice: Occasions,
    /// Those that the clocks skip.
    skipped: Occasions,
}

/// How often something was met, and on which line first.
#[derive(Debug, Clone, Copy, Default)]
struct Occasions {
    count: u64,
    first: u64,
}

impl Occasions {
    const fn meet(&mut self, line: u64) {
        if self.count == 0 {
            self.first = line;
        }
        self.count += 1;
    }

    /// `1 time (line 17) comes`, `3 times (the first on line 17) come`, by the verbs for one and for several.
    fn told(self, one: &str, several: &str) -> Option<String> {
        let first = self.first;
        match self.count {
            0 => None,
            1 => Some(format!("1 time (line {first}) {one}")),
            count => Some(format!("{count} times (the first on line {first}) {several}")),
        }
    }
}

/// What is good to know about columns, or keys, of other names.
pub fn unheeded(what: &str, names: &[String]) -> Option<String> {
    let told = names.iter().take(OTHERS_TOLD).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let more = if names.len() > OTHERS_TOLD { " and others" } else { "" };
    (!names.is_empty()).then(|| format!("{what} that do not count: {told}{more}"))
}

impl Rows {
    /// No row yet; `zone` is that of civil times.
    pub fn new(zone: Zone) -> Self {
        let none = Occasions::default();
        Self { zone, key: Vec::new(), civil: none, twice: none, skipped: none }
    }

    /// What a row says that begins on that line.
    pub fn line<'a>(&'a mut self, number: u64, row: &Row<'a>) -> Line<'a> {
        match self.event(number, row) {
            Ok((time, what)) => {
                let (host, service) = (row.host.trim_ascii(), row.service.trim_ascii());
                // With the first length before them no two names are spelled the same.
                self.key.clear();
                self.key.extend(host.len().to_le_bytes());
                self.key.extend(host);
                self.key.extend(service);
                let service = Some(service).filter(|service| !service.is_empty());
                let output = matches!(what, What::State { state, .. } if !state.is_good()).then_some(row.output);
                Line::Fact { time, fact: Fact::Object { name: Name { raw: &self.key, host, service }, what, output } }
            }
            Err(reason) => Line::Rejected(reason),
        }
    }

    fn event(&mut self, number: u64, row: &Row<'_>) -> Result<(Instant, What), Reason> {
        let time = str::from_utf8(row.time).map_err(|_| Reason::Time)?;
        let written = written::read(time, self.zone).map_err(|unread| match unread {
            Unread::Form => Reason::Time,
            Unread::Bounds => Reason::TimeBounds,
        })?;
        if row.host.trim_ascii().is_empty() {
            return Err(Reason::EmptyHost);
        }
        let state = str::from_utf8(row.state.trim_ascii()).ok().and_then(State::named);
        let of_host = row.service.trim_ascii().is_empty();
        let unknown = if of_host { Reason::HostState } else { Reason::ServiceState };
        let state = state.filter(|state| state.of_host() == of_host).ok_or(unknown)?;
        let hard = match row.hardness.trim_ascii() {
            hardness if hardness.is_empty() || hardness.eq_ignore_ascii_case(b"HARD") => true,
            hardness if hardness.eq_ignore_ascii_case(b"SOFT") => false,
            _ => return Err(Reason::Type),
        };
        if let Some(reading) = written.civil {
            self.civil.meet(number);
            match reading {
                Reading::Once => {}
                Reading::Twice => self.twice.meet(number),
                Reading::Never => self.skipped.meet(number),
            }
        }
        Ok((written.instant, What::State { telling: Telling::Alert, state, hard }))
    }

    /// What is good to know about the times of all of them.
    pub fn notes(&self) -> Vec<String> {
        let zone = self.zone;
        let civil = (self.civil.count > 0).then(|| format!("times without an offset are taken as those of {zone}"));
        let twice = self
            .twice
            .told("comes", "come")
            .map(|told| format!("{told} twice in {zone}: the first is taken; with an offset there would be no doubt"));
        let skipped = self
            .skipped
            .told("does", "do")
            .map(|told| format!("{told} not exist in {zone}, where the clocks skip it: the offset before is taken"));
        [civil, twice, skipped].into_iter().flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Rows {
        Rows::new(Zone::parse("Europe/Berlin").unwrap())
    }

    /// `host service state hard? output` of a row written with `|` between its fields.
    fn told(row: &str) -> String {
        let mut fields = row.split('|').map(str::as_bytes);
        let mut next = || fields.next().unwrap_or_default();
        let row = Row { time: b"@5", host: next(), service: next(), state: next(), hardness: next(), output: next() };
        match rows().line(1, &row) {
            Line::Fact { time: Instant(5), fact: Fact::Object { name, what, output } } => {
                let What::State { telling: Telling::Alert, state, hard } = what else { panic!("{what:?}") };
                let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
                format!("{} {:?} {state:?} {hard} {:?}", text(name.host), name.service.map(text), output.map(text))
            }
            Line::Rejected(reason) => reason.to_string(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_state_is_known_in_any_case_by_its_long_and_its_short_name() {
        for (names, state) in [
            (&["OK", "ok", " Ok "][..], "Ok"),
            (&["WARNING", "warn", "Warning"], "Warn"),
            (&["CRITICAL", "crit"], "Crit"),
            (&["UNKNOWN", "unknown"], "Unknown"),
        ] {
            for name in names {
                assert!(told(&format!("h|s|{name}")).starts_with(&format!("h Some(\"s\") {state} true ")), "{name}");
                assert_eq!(told(&format!("h||{name}")), "a host is UP, DOWN or UNREACHABLE", "{name}");
            }
        }
        for (names, state) in
            [(&["UP", "up"][..], "Up"), (&["DOWN", "Down"], "Down"), (&["UNREACHABLE", "unreach"], "Unreach")]
        {
            for name in names {
                assert!(told(&format!("h||{name}")).starts_with(&format!("h None {state} true ")), "{name}");
                assert_eq!(told(&format!("h|s|{name}")), "a service is OK, WARNING, CRITICAL or UNKNOWN", "{name}");
            }
        }
        for name in ["", "PENDING", "2", "OKAY", "W", "ÖK"] {
            assert_eq!(told(&format!("h|s|{name}")), "a service is OK, WARNING, CRITICAL or UNKNOWN", "{name}");
        }
    }

    #[test]
    fn a_state_is_hard_unless_it_is_said_to_be_soft() {
        assert_eq!(told("h|s|CRIT||x"), "h Some(\"s\") Crit true Some(\"x\")");
        assert_eq!(told("h|s|CRIT|hard|x"), "h Some(\"s\") Crit true Some(\"x\")");
        assert_eq!(told("h|s|CRIT|Soft|x"), "h Some(\"s\") Crit false Some(\"x\")");
        assert_eq!(told("h|s|CRIT|1|x"), "TYPE is neither SOFT nor HARD");
    }

    #[test]
    fn blanks_around_names_do_not_count_and_a_blank_service_is_the_host() {
        assert_eq!(told(" web 01 |\t|DOWN|| x "), "web 01 None Down true Some(\" x \")");
        assert_eq!(told("h| Disk C:\\ usage |OK||fine"), "h Some(\"Disk C:\\\\ usage\") Ok true None");
        assert_eq!(told("  |s|OK"), "host name is empty");
    }

    #[test]
    fn names_that_read_the_same_in_a_row_are_told_apart() {
        let mut rows = rows();
        let mut key = |host: &'static str, service: &'static str, state: &'static str| {
            let (host, service, state) = (host.as_bytes(), service.as_bytes(), state.as_bytes());
            match rows.line(1, &Row { time: b"5", host, service, state, ..Row::default() }) {
                Line::Fact { fact: Fact::Object { name, .. }, .. } => name.raw.to_vec(),
                other => panic!("{other:?}"),
            }
        };
        assert_ne!(key("a", "bc", "OK"), key("ab", "c", "OK"));
        assert_ne!(key("abc", "", "UP"), key("ab", "c", "OK"));
        assert_eq!(key("a", "bc", "OK"), key("a", "bc", "CRIT"));
    }

    #[test]
    fn civil_times_are_pointed_out() {
        let mut rows = rows();
        assert_eq!(rows.notes(), [""; 0]);
        for (number, time) in (2..).zip(["@5", "2026-10-25 02:30", "2026-10-25 02:45", "2026-03-29 02:30", "sat", "5"])
        {
            rows.line(number, &Row { time: time.as_bytes(), host: b"h", state: b"UP", ..Row::default() });
        }
        assert_eq!(
            rows.notes(),
            [
                "times without an offset are taken as those of Europe/Berlin",
                "2 times (the first on line 3) come twice in Europe/Berlin: the first is taken; with an offset there would be no doubt",
                "1 time (line 5) does not exist in Europe/Berlin, where the clocks skip it: the offset before is taken",
            ]
        );
    }
}
