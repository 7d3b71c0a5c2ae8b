//! One line of a log of the Nagios family: Nagios, Naemon, Icinga 1, Checkmk.
//!
//! `[epoch] KIND: field;field;…`, without any escaping: only the last field may hold `;`. The kind is matched at the
//! start of the text and a fixed number of fields taken from the left; nothing later in the line decides anything.

use memchr::memchr;

use super::event::{Core, Mark, State, Telling, What};
use super::format::Reader;
use super::line::{Fact, Line, Name, Reason};
use super::lines::RawLine;
use crate::clock::Instant;
use crate::failure::Outcome;

/// Kinds of line that do not count, as they stand before the first colon.
const IGNORED: [&str; 27] = [
    "SERVICE NOTIFICATION",
    "HOST NOTIFICATION",
    "EXTERNAL COMMAND",
    "SERVICE NOTIFICATION SUPPRESSED",
    "HOST NOTIFICATION SUPPRESSED",
    "SERVICE NOTIFICATION RESULT",
    "HOST NOTIFICATION RESULT",
    "SERVICE NOTIFICATION PROGRESS",
    "HOST NOTIFICATION PROGRESS",
    "SERVICE EVENT HANDLER",
    "HOST EVENT HANDLER",
    "GLOBAL SERVICE EVENT HANDLER",
    "GLOBAL HOST EVENT HANDLER",
    "SERVICE ACKNOWLEDGE ALERT",
    "HOST ACKNOWLEDGE ALERT",
    "PASSIVE SERVICE CHECK",
    "PASSIVE HOST CHECK",
    "LOG ROTATION",
    "LOG VERSION",
    "Warning",
    "Error",
    "wproc",
    "qh",
    "nerd",
    "Event broker module",
    "livestatus",
    "npcdmod",
];

/// Lines that do not count and have no kind before a colon, by their beginning.
const IGNORED_BEGINNINGS: [&str; 6] = [
    "Local time is",
    "Successfully shutdown",
    "Auto-save of retention data",
    "Successfully launched command file worker",
    "Finished daemonizing",
    "External command",
];

/// The kind given to lines that do not count and are in neither table.
pub const OTHER: &str = "other";

/// Reads lines of these logs. Of a line longer than a block the beginning does: all that decides is at its front.
pub struct Nagios;

impl Reader for Nagios {
    fn line<'a>(&'a mut self, raw: &RawLine<'a>) -> Outcome<Line<'a>> {
        Ok(parse(raw.bytes))
    }
}

/// What that line says. It comes without its line feed; a carriage return before it does no harm.
pub fn parse(line: &[u8]) -> Line<'_> {
    let line = trim(line);
    if line.iter().all(u8::is_ascii_whitespace) {
        return Line::Blank;
    }
    match stamp(line) {
        Ok((time, text)) => match said(text) {
            Ok(Some(fact)) => Line::Fact { time, fact },
            Ok(None) => Line::Ignored(ignored_kind(text)),
            Err(reason) => Line::Rejected(reason),
        },
        Err(reason) => Line::Rejected(reason),
    }
}

/// Whether the line begins with `[epoch] `, as all lines of these logs do.
pub fn is_stamped(line: &[u8]) -> bool {
    !matches!(stamp(trim(line)), Err(Reason::NoTime))
}

/// Without the NUL bytes that a crash leaves before a line, and the carriage return of a copy from elsewhere.
fn trim(line: &[u8]) -> &[u8] {
    let start = line.iter().position(|&byte| byte != 0).unwrap_or(line.len());
    let end = line.iter().rposition(|byte| !matches!(byte, 0 | b'\r')).map_or(start, |last| last + 1);
    line.get(start..end).unwrap_or_default()
}

/// Splits `[epoch] text`.
fn stamp(line: &[u8]) -> Result<(Instant, &[u8]), Reason> {
    let rest = line.strip_prefix(b"[").ok_or(Reason::NoTime)?;
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let text = rest[digits..].strip_prefix(b"] ").filter(|_| digits > 0).ok_or(Reason::NoTime)?;
    let seconds =
        rest[..digits].iter().fold(0_i64, |sum, digit| sum.saturating_mul(10).saturating_add(i64::from(digit - b'0')));
    if seconds > Instant::LATEST.0 {
        return Err(Reason::TimeBounds);
    }
    Ok((Instant(seconds), text))
}

/// What a line that counts says; `None` if it is of a kind that does not.
fn said(text: &[u8]) -> Result<Option<Fact<'_>>, Reason> {
    let colon = memchr(b':', text).unwrap_or(text.len());
    let (host, service) = (false, true);
    let initial = Telling::Initial { since_header: None };
    let mut fields = Fields::after_kind(text, colon);
    let fact = match &text[..colon] {
        b"SERVICE ALERT" => fields.state(service, Telling::Alert),
        b"HOST ALERT" => fields.state(host, Telling::Alert),
        b"CURRENT SERVICE STATE" => fields.state(service, Telling::Current),
        b"CURRENT HOST STATE" => fields.state(host, Telling::Current),
        b"INITIAL SERVICE STATE" => fields.state(service, initial),
        b"INITIAL HOST STATE" => fields.state(host, initial),
        b"SERVICE DOWNTIME ALERT" => fields.downtime(service),
        b"HOST DOWNTIME ALERT" => fields.downtime(host),
        b"SERVICE FLAPPING ALERT" => fields.flapping(service),
        b"HOST FLAPPING ALERT" => fields.flapping(host),
        b"TIMEPERIOD TRANSITION" => fields.transition(),
        _ => return Ok(core(text).map(Fact::Core)),
    }?;
    Ok(Some(fact))
}

/// A line about the core itself, told by how it begins.
fn core(text: &[u8]) -> Option<Core> {
    match text.first()? {
        // The second spelling is Nagios' own.
        b'l' => (text.starts_with(b"logging initial states") || text.starts_with(b"logging intitial states"))
            .then_some(Core::InitialStates),
        b'P' if text.starts_with(b"PROGRAM_RESTART event encountered") => Some(Core::Start),
        b'P' if text.starts_with(b"PROGRAM_SHUTDOWN event encountered") => Some(Core::Stop),
        b'B' => text.starts_with(b"Bailing out due to ").then_some(Core::Stop),
        b'C' if text.starts_with(b"Caught ") => {
            let then = &text[memchr(b',', text)?..];
            if then.starts_with(b", restarting...") {
                Some(Core::Start)
            } else {
                then.starts_with(b", shutting down...").then_some(Core::Stop)
            }
        }
        b'N' | b'n' | b'I' | b'i' | b'C' => starting(text).then_some(Core::Start),
        _ => None,
    }
}

/// `Nagios 4.5.12 starting...` and its relatives: a product, its version if any, and nothing else before the verb.
fn starting(text: &[u8]) -> bool {
    const PRODUCTS: [&[u8]; 4] = [b"Nagios", b"Naemon", b"Icinga", b"Check_MK Micro Core"];
    const VERB: &[u8] = b" starting...";
    PRODUCTS
        .iter()
        .filter(|product| text.get(..product.len()).is_some_and(|start| start.eq_ignore_ascii_case(product)))
        .any(|product| {
            let rest = &text[product.len()..];
            let version = rest.strip_prefix(b" ").and_then(|rest| rest.split(|&byte| byte == b' ').next());
            rest.starts_with(VERB)
                || version.is_some_and(|version| {
                    rest[1 + version.len()..].starts_with(VERB) && !version.contains(&b';') && !version.contains(&b':')
                })
        })
}

/// Under which kind a line that does not count is counted.
fn ignored_kind(text: &[u8]) -> &'static str {
    let colon = memchr(b':', text);
    let named = colon.and_then(|colon| IGNORED.into_iter().find(|kind| kind.as_bytes() == &text[..colon]));
    named
        .or_else(|| IGNORED_BEGINNINGS.into_iter().find(|beginning| text.starts_with(beginning.as_bytes())))
        .unwrap_or(OTHER)
}

/// The fields of a line, taken one by one from the left.
struct Fields<'a> {
    all: &'a [u8],
    rest: Option<&'a [u8]>,
}

impl<'a> Fields<'a> {
    fn after_kind(text: &'a [u8], colon: usize) -> Self {
        let all = text.get(colon + 1..).unwrap_or_default();
        let all = all.strip_prefix(b" ").unwrap_or(all);
        Self { all, rest: Some(all) }
    }

    fn next(&mut self) -> Result<&'a [u8], Reason> {
        let rest = self.rest.ok_or(Reason::Missing)?;
        let (field, left) = match memchr(b';', rest) {
            Some(end) => (&rest[..end], Some(&rest[end + 1..])),
            None => (rest, None),
        };
        self.rest = left;
        Ok(field)
    }

    fn name(&mut self, of_service: bool) -> Result<Name<'a>, Reason> {
        let host = self.next()?;
        if host.is_empty() {
            return Err(Reason::EmptyHost);
        }
        if !of_service {
            return Ok(Name { raw: host, host, service: None });
        }
        let service = self.next()?;
        if service.is_empty() {
            return Err(Reason::EmptyService);
        }
        Ok(Name { raw: &self.all[..host.len() + 1 + service.len()], host, service: Some(service) })
    }

    fn state(&mut self, of_service: bool, telling: Telling) -> Result<Fact<'a>, Reason> {
        let name = self.name(of_service)?;
        let state = match (of_service, self.next()?) {
            // RECOVERY is how old logs call it.
            (true, b"OK" | b"RECOVERY") => State::Ok,
            (true, b"WARNING") => State::Warn,
            (true, b"CRITICAL") => State::Crit,
            (true, b"UNKNOWN") => State::Unknown,
            (false, b"UP" | b"RECOVERY") => State::Up,
            (false, b"DOWN") => State::Down,
            (false, b"UNREACHABLE") => State::Unreach,
            _ => return Err(Reason::State),
        };
        let hard = match self.next()? {
            b"HARD" => true,
            b"SOFT" => false,
            _ => return Err(Reason::Type),
        };
        let output = match self.next() {
            Ok(_attempt) if !state.is_good() => self.rest,
            _ => None,
        };
        Ok(Fact::Object { name, what: What::State { telling, state, hard }, output })
    }

    fn downtime(&mut self, of_service: bool) -> Result<Fact<'a>, Reason> {
        let name = self.name(of_service)?;
        Ok(Fact::Object { name, what: What::Downtime(self.mark(b"CANCELLED")?), output: None })
    }

    fn flapping(&mut self, of_service: bool) -> Result<Fact<'a>, Reason> {
        let name = self.name(of_service)?;
        Ok(Fact::Object { name, what: What::Flapping(self.mark(b"DISABLED")?), output: None })
    }

    fn mark(&mut self, withdrawn: &[u8]) -> Result<Mark, Reason> {
        match self.next()? {
            b"STARTED" => Ok(Mark::Started),
            b"STOPPED" => Ok(Mark::Stopped),
            mark if mark == withdrawn => Ok(Mark::Withdrawn),
            _ => Err(Reason::Mark),
        }
    }

    fn transition(&mut self) -> Result<Fact<'a>, Reason> {
        let period = self.next()?;
        if period.is_empty() {
            return Err(Reason::EmptyPeriod);
        }
        Ok(Fact::Transition { period, from: self.period_state()?, to: self.period_state()? })
    }

    fn period_state(&mut self) -> Result<i8, Reason> {
        match self.next()? {
            b"-1" => Ok(-1),
            b"0" => Ok(0),
            b"1" => Ok(1),
            _ => Err(Reason::PeriodState),
        }
    }
}

#[cfg(test)]
mod tests;
