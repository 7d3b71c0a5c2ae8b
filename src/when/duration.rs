//! Lengths of time as people write them: `2h`, `1h 30m`, `2 hours`, `PT2H`. Exact: a day is 24 h, a week 168 h.
//!
//! Months, years and fractions are refused, since how long they are is anybody's guess.

use super::cursor::Cursor;
use super::expression;
use super::refusal::{Refusal, quoted};
use crate::clock::Instant;
use crate::failure::Outcome;

/// The longest duration in seconds: from the first instant that can be typed to the last.
pub const LONGEST: i64 = Instant::LATEST.0;

/// A unit: its seconds and its names, the ISO 8601 letter first.
struct Unit {
    seconds: i64,
    names: &'static [&'static str],
}

/// In falling order, as they have to be written.
const UNITS: [Unit; 5] = [
    Unit { seconds: 604_800, names: &["w", "week", "weeks"] },
    Unit { seconds: 86_400, names: &["d", "day", "days"] },
    Unit { seconds: 3_600, names: &["h", "hr", "hrs", "hour", "hours"] },
    Unit { seconds: 60, names: &["m", "min", "mins", "minute", "minutes"] },
    Unit { seconds: 1, names: &["s", "sec", "secs", "second", "seconds"] },
];

/// Units that are refused, since their length varies.
const UNSTEADY: [&str; 9] = ["mo", "mon", "mons", "month", "months", "y", "yr", "year", "years"];

/// Where the days of an ISO 8601 duration end and the hours begin in [`UNITS`].
const ISO_TIME: usize = 2;

const FORMS: &str = "durations are written as in 2h, 90m, 1h30m, 1d, 1w or PT2H";

/// A positive length of time, in seconds.
///
/// # Errors
/// [`Kind::Time`](crate::failure::Kind::Time) for everything else, zero and bare numbers included.
pub fn parse(text: &str) -> Outcome<i64> {
    read(text).map_err(|refusal| {
        let text = text.trim_ascii();
        let is_time = !text.starts_with(['+', '-']) && expression::read(text).is_ok();
        let refusal =
            if is_time { refusal.advice(format!("for a point in time give --end {text:?}")) } else { refusal };
        refusal.failure(text, "duration")
    })
}

/// A length of time to move something by, in seconds: `30m`, `+30m` later, `-30m` earlier; not zero.
///
/// # Errors
/// As [`parse`].
pub fn parse_signed(text: &str) -> Outcome<i64> {
    let mut cursor = Cursor::new(text);
    let (sign, prefix) = match cursor.peek() {
        Some(b'-') => (-1, "-"),
        Some(b'+') => (1, "+"),
        _ => (1, ""),
    };
    if !prefix.is_empty() {
        cursor.eat(prefix.as_bytes()[0]);
    }
    match read(cursor.rest()) {
        Ok(seconds) => Ok(sign * seconds),
        Err(refusal) => Err(refusal.after(prefix).failure(text, "duration")),
    }
}

/// Seconds as `1d 2h 30m`, which [`parse`] reads back if they are positive; `0s`, and `-` before negative ones.
pub fn format(seconds: i64) -> String {
    let mut left = seconds.unsigned_abs();
    let mut parts: Vec<String> = Vec::with_capacity(4);
    for unit in &UNITS[1..] {
        let size = unit.seconds.unsigned_abs();
        if left >= size {
            parts.push(format!("{}{}", left / size, unit.names[0]));
            left %= size;
        }
    }
    match (parts.is_empty(), seconds < 0) {
        (true, _) => "0s".to_owned(),
        (false, true) => format!("-{}", parts.join(" ")),
        (false, false) => parts.join(" "),
    }
}

/// [`parse`], with the reason still apart from the text.
pub(super) fn read(text: &str) -> Result<i64, Refusal> {
    let mut cursor = Cursor::new(text);
    match cursor.peek() {
        None => return Err(Refusal::new("there is nothing to read").advice(FORMS)),
        Some(sign @ (b'+' | b'-')) => {
            let refusal = Refusal::new("a length of time has no sign");
            cursor.eat(sign);
            return Err(instead(refusal, cursor.rest().to_owned()));
        }
        Some(_) => {}
    }
    let mut sum = Sum::default();
    let mut after_p = cursor.clone();
    if after_p.eat(b'p') && matches!(after_p.peek(), None | Some(b'0'..=b'9' | b'T' | b't')) {
        iso(&mut after_p, &mut sum)?;
    } else {
        plain(&mut cursor, &mut sum)?;
    }
    sum.total()
}

/// Whether a text begins with a number of months or years.
pub(super) fn names_months(text: &str) -> bool {
    let mut cursor = Cursor::new(text);
    !cursor.digits().is_empty() && is_unsteady(cursor.word())
}

fn is_unsteady(name: &str) -> bool {
    UNSTEADY.iter().any(|unit| unit.eq_ignore_ascii_case(name))
}

/// `1h30m`, `1h 30m`, `2 hours`.
fn plain(cursor: &mut Cursor, sum: &mut Sum) -> Result<(), Refusal> {
    while !cursor.is_done() {
        let number = cursor.digits();
        if number.is_empty() {
            return Err(not_a_number(cursor, sum));
        }
        match cursor.peek() {
            Some(b'.' | b',') => return Err(fraction(number, cursor)),
            Some(b':') => {
                cursor.eat(b':');
                let refusal = Refusal::new("a clock time is not a length");
                return Err(instead(refusal, format!("{number}h{}m", cursor.digits())));
            }
            _ => {}
        }
        let name = cursor.word();
        match UNITS.iter().position(|unit| unit.names.iter().any(|known| known.eq_ignore_ascii_case(name))) {
            Some(unit) => sum.add(number, unit),
            None => return Err(no_unit(number, name, sum)),
        }
    }
    Ok(())
}

/// What follows the `P` of ISO 8601: `1DT12H`, `T90M`, `1W`.
fn iso(cursor: &mut Cursor, sum: &mut Sum) -> Result<(), Refusal> {
    let mut units = 0..ISO_TIME;
    loop {
        if units.start == 0 && cursor.eat(b't') {
            units = ISO_TIME..UNITS.len();
        } else if cursor.is_done() && !sum.is_empty() {
            return Ok(());
        }
        let number = cursor.digits();
        if number.is_empty() {
            return Err(Refusal::new("a number is missing after the `P` or `T`").advice(FORMS));
        }
        if matches!(cursor.peek(), Some(b'.' | b',')) {
            return Err(fraction(number, cursor));
        }
        let Some(unit) = units.clone().find(|&unit| cursor.eat(UNITS[unit].names[0].as_bytes()[0])) else {
            return Err(match cursor.peek().map(|byte| byte.to_ascii_lowercase()) {
                Some(letter @ (b'h' | b'm' | b's')) if units.start == 0 => {
                    let refusal = match letter {
                        b'm' => Refusal::new("`M` before a `T` means months, whose length varies"),
                        _ => Refusal::new("hours, minutes and seconds come after a `T`"),
                    };
                    instead(refusal, format!("PT{number}{}", char::from(letter).to_ascii_uppercase()))
                }
                Some(b'd' | b'w') => Refusal::new("days and weeks come before the `T`").advice(FORMS),
                Some(b'y') => no_unit(number, "years", sum),
                _ => Refusal::new(format!("a unit is missing after {number}")).advice(FORMS),
            });
        };
        sum.add(number, unit);
    }
}

/// What the parts add up to, and whether each came once in falling order.
#[derive(Default)]
struct Sum {
    /// `None` once it is longer than [`LONGEST`].
    seconds: Option<i64>,
    last: Option<usize>,
    disordered: bool,
}

impl Sum {
    const fn is_empty(&self) -> bool {
        self.last.is_none()
    }

    fn add(&mut self, number: &str, unit: usize) {
        let before = if self.is_empty() { Some(0) } else { self.seconds };
        let part = number.parse::<i64>().ok().and_then(|amount| amount.checked_mul(UNITS[unit].seconds));
        self.seconds = before.zip(part).and_then(|(sum, part)| sum.checked_add(part)).filter(|&sum| sum <= LONGEST);
        self.disordered |= self.last.is_some_and(|last| last >= unit);
        self.last = Some(unit);
    }

    fn total(&self) -> Result<i64, Refusal> {
        match self.seconds {
            None => Err(Refusal::new("it is longer than 8,000 years").advice(FORMS)),
            Some(0) => Err(Refusal::new("a length of zero is none").advice(FORMS)),
            Some(seconds) if self.disordered => {
                let why = "each unit comes once, in the order w d h m s";
                Err(Refusal::new(why).instead(format(seconds)))
            }
            Some(seconds) => Ok(seconds),
        }
    }
}

/// The refusal with a text to write instead, if that one is read.
fn instead(refusal: Refusal, text: String) -> Refusal {
    if read(&text).is_ok() { refusal.instead(text) } else { refusal.advice(FORMS) }
}

fn not_a_number(cursor: &mut Cursor, sum: &Sum) -> Refusal {
    let rest = quoted(cursor.rest());
    match (sum.is_empty(), sum.total()) {
        (false, Ok(seconds)) => Refusal::new(format!("{rest} is not understood")).instead(format(seconds)),
        _ => Refusal::new(format!("{rest} is not a number and a unit")).advice(FORMS),
    }
}

/// `1.5h`: the same in whole units, where there is such a thing.
fn fraction(whole: &str, cursor: &mut Cursor) -> Refusal {
    let refusal = Refusal::new("only whole numbers are read");
    cursor.eat(b'.');
    cursor.eat(b',');
    let (decimals, name) = (cursor.digits(), cursor.word());
    let seconds = || {
        let unit = UNITS.iter().find(|unit| unit.names.iter().any(|known| known.eq_ignore_ascii_case(name)))?;
        let scale = 10_i64.checked_pow(u32::try_from(decimals.len()).ok()?)?;
        let scaled = format!("{whole}{decimals}").parse::<i64>().ok()?.checked_mul(unit.seconds)?;
        (scaled > 0 && scaled % scale == 0 && cursor.rest().is_empty()).then_some(scaled / scale)
    };
    match seconds() {
        Some(seconds) => refusal.instead(format(seconds)),
        None => refusal.advice(FORMS),
    }
}

/// A number with a unit that is none of ours, or with none at all.
fn no_unit(number: &str, name: &str, sum: &Sum) -> Refusal {
    if name.is_empty() {
        let refusal = Refusal::new(format!("{number} has no unit"));
        return match (sum.last, sum.total()) {
            (None, _) => instead(refusal, format!("{number}m")),
            (Some(last), Ok(seconds)) if last + 1 < UNITS.len() => {
                instead(refusal, format!("{} {number}{}", format(seconds), UNITS[last + 1].names[0]))
            }
            _ => refusal.advice(FORMS),
        };
    }
    if is_unsteady(name) {
        return Refusal::new("months and years are not all equally long")
            .advice("give days, as in 30d or 365d, or a date where a time is asked for");
    }
    Refusal::new(format!("there is no unit {}", quoted(name))).advice(FORMS)
}
