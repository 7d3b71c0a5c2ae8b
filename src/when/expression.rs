//! A time as it was typed, before it is known which instant that is.

use chrono::{Datelike, NaiveDate, Weekday};

use super::cursor::Cursor;
use super::duration;
use super::refusal::Refusal;
use super::suggestion;
use super::time_of_day::{TimeOfDay, Unread};
use super::zone::{Zone, parse_offset};
use crate::clock::Instant;
use crate::failure::Outcome;

/// A time as it was typed; [`Expression::resolve`] tells which instant it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expression {
    /// `now`.
    Now,
    /// `now+90m`, `now - 30m`, `-30m`: seconds from now.
    FromNow(i64),
    /// `+2h`, `in 2h`: seconds from now, or from the start where an end is asked for.
    Ahead(i64),
    /// `2026-12-24T22:00Z`, `2026-12-24 22:00 +01:00`, `@1798142400`.
    Exact(Instant),
    /// What a clock and a calendar on the wall show.
    Civil {
        /// What they show.
        civil: Civil,
        /// The zone whose clocks they are, where one was named.
        zone: Option<Zone>,
    },
}

/// A civil time, as far as it was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Civil {
    /// `22:00`, `noon`.
    Clock(TimeOfDay),
    /// `sat`, `tomorrow`, `2026-12-24`.
    Day(Day),
    /// `sat 22:00`, `22:00 tomorrow`, `2026-12-24T22:00`.
    DayAndClock(Day, TimeOfDay),
    /// `eod`, `eow`, `eom`, `eoy`.
    EndOf(Period),
}

/// A day, as it was named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    /// So many days after today: `today`, `tomorrow`, `yesterday`.
    FromToday(i64),
    /// `sat`, `saturday`.
    Weekday(Weekday),
    /// `2026-12-24`.
    Date(NaiveDate),
}

/// A stretch of the calendar that has an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// To 24:00.
    Day,
    /// To Monday 00:00.
    Week,
    /// To the first of the next month.
    Month,
    /// To 1 January.
    Year,
}

/// Where reading a text came to an end that is not the text's.
pub(super) enum Stuck {
    /// So many bytes are understood; why the rest is not is for [`suggestion`] to find out.
    At(usize),
    /// The reason is known.
    Refused(Refusal),
}

/// The names of weekdays; the first three letters do as well.
pub(super) const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Mon),
    ("tuesday", Weekday::Tue),
    ("wednesday", Weekday::Wed),
    ("thursday", Weekday::Thu),
    ("friday", Weekday::Fri),
    ("saturday", Weekday::Sat),
    ("sunday", Weekday::Sun),
];

/// The days that are named by their distance from today.
pub(super) const RELATIVE_DAYS: [(&str, i64); 3] = [("today", 0), ("tomorrow", 1), ("yesterday", -1)];

/// The abbreviated ends of periods.
pub(super) const ENDS: [(&str, Period); 4] =
    [("eod", Period::Day), ("eow", Period::Week), ("eom", Period::Month), ("eoy", Period::Year)];

impl Expression {
    /// Reads one of the forms of the time grammar, ASCII and case-insensitive; blanks do not matter.
    ///
    /// # Errors
    /// [`Kind::Time`](crate::failure::Kind::Time) with what was understood, what was not, and what to write instead.
    pub fn parse(text: &str) -> Outcome<Self> {
        read(text).map_err(|stuck| suggestion::explain(text, stuck).failure(text, "time"))
    }
}

/// [`Expression::parse`], with the reason still to be found.
pub(super) fn read(text: &str) -> Result<Expression, Stuck> {
    let mut cursor = Cursor::new(text);
    match cursor.peek() {
        Some(b'+') => return signed(&mut cursor, text).map(Expression::Ahead),
        Some(b'-') => return signed(&mut cursor, text).map(Expression::FromNow),
        Some(b'@') => return epoch(&mut cursor),
        _ => {}
    }
    let mut ahead = cursor.clone();
    match ahead.word() {
        word if word.eq_ignore_ascii_case("now") => match ahead.peek() {
            None => Ok(Expression::Now),
            Some(b'+' | b'-') => signed(&mut ahead, text).map(Expression::FromNow),
            Some(_) => Err(Stuck::At(ahead.position())),
        },
        word if word.eq_ignore_ascii_case("in") => length(&ahead, text).map(Expression::Ahead),
        _ => civil(cursor, text),
    }
}

/// A sign and a duration, which ends the text.
fn signed(cursor: &mut Cursor, text: &str) -> Result<i64, Stuck> {
    let sign = if cursor.eat(b'-') { -1 } else { i64::from(cursor.eat(b'+')) };
    length(cursor, text).map(|seconds| sign * seconds)
}

/// A duration, which ends the text.
fn length(cursor: &Cursor, text: &str) -> Result<i64, Stuck> {
    let prefix = &text[..text.trim_ascii_end().len() - cursor.rest().len()];
    duration::read(cursor.rest()).map_err(|refusal| Stuck::Refused(refusal.after(prefix.trim_ascii_start())))
}

/// `@` and seconds since 1970.
fn epoch(cursor: &mut Cursor) -> Result<Expression, Stuck> {
    cursor.eat(b'@');
    let digits = cursor.digits();
    if digits.is_empty() || !cursor.is_done() {
        let advice = "write whole seconds since 1970, as in @1798142400";
        return Err(Stuck::Refused(Refusal::new("`@` takes digits and nothing else").advice(advice)));
    }
    let seconds = digits.parse().unwrap_or(i64::MAX);
    if (Instant::EARLIEST..=Instant::LATEST).contains(&Instant(seconds)) {
        return Ok(Expression::Exact(Instant(seconds)));
    }
    let refusal = Refusal::new("it lies outside the years 1970 to 9998");
    Err(Stuck::Refused(match seconds / 1000 {
        from_milliseconds if Instant(from_milliseconds) <= Instant::LATEST => {
            refusal.instead(format!("@{from_milliseconds}"))
        }
        _ => refusal.advice("write whole seconds since 1970, as in @1798142400"),
    }))
}

/// A day and a time of day in either order, one of them, or the end of a period; then perhaps a zone.
fn civil(mut cursor: Cursor, text: &str) -> Result<Expression, Stuck> {
    let mut parts = Parts::default();
    loop {
        let understood = cursor.position();
        let mut ahead = cursor.clone();
        match ahead.peek() {
            None => return parts.civil(None, understood),
            Some(byte) if byte.is_ascii_digit() => parts.take_digits(&mut ahead, understood)?,
            Some(b'+' | b'-') => return parts.exact(ahead.rest(), understood),
            Some(byte) if byte.is_ascii_alphabetic() => {
                let word = ahead.word();
                if !parts.take_word(word, &mut ahead, understood)? {
                    return parts.zoned(text[understood..].trim_ascii(), understood);
                }
            }
            Some(_) => return Err(Stuck::At(understood)),
        }
        cursor = ahead;
    }
}

/// What has been read of a civil time.
#[derive(Default)]
struct Parts {
    day: Option<Day>,
    clock: Option<TimeOfDay>,
    end: Option<Period>,
    /// `midnight` was typed, which of a day's two is not said.
    midnight: bool,
}

impl Parts {
    /// A date or a time of day.
    fn take_digits(&mut self, cursor: &mut Cursor, understood: usize) -> Result<(), Stuck> {
        let mut ahead = cursor.clone();
        if ahead.digits().len() == 4 && ahead.peek() == Some(b'-') {
            let date = date(cursor, understood)?;
            return put(&mut self.day, Day::Date(date), understood);
        }
        let time = TimeOfDay::read(cursor).map_err(|unread| match unread {
            Unread::Unclear => Stuck::At(understood),
            Unread::Refused(refusal) => Stuck::Refused(refusal),
        })?;
        put(&mut self.clock, time, understood)
    }

    /// A keyword; false if the word is none, so that it may begin a zone.
    fn take_word(&mut self, word: &str, cursor: &mut Cursor, understood: usize) -> Result<bool, Stuck> {
        let is = |name: &str| word.eq_ignore_ascii_case(name);
        if let Some(time) = TimeOfDay::named(word) {
            self.midnight |= is("midnight");
            put(&mut self.clock, time, understood)?;
        } else if let Some(&(_, weekday)) = WEEKDAYS.iter().find(|(name, _)| is(name) || is(&name[..3])) {
            put(&mut self.day, Day::Weekday(weekday), understood)?;
        } else if let Some(&(_, days)) = RELATIVE_DAYS.iter().find(|(name, _)| is(name)) {
            put(&mut self.day, Day::FromToday(days), understood)?;
        } else if let Some(&(_, period)) = ENDS.iter().find(|(name, _)| is(name)) {
            put(&mut self.end, period, understood)?;
        } else {
            let designator = is("t") && matches!((self.day, self.clock), (Some(Day::Date(_)), None));
            return Ok(designator && cursor.peek().is_some_and(|byte| byte.is_ascii_digit()));
        }
        Ok(true)
    }

    /// What the parts are together.
    fn civil(&self, zone: Option<Zone>, understood: usize) -> Result<Expression, Stuck> {
        let civil = match (self.day, self.clock, self.end) {
            (Some(_), Some(_), None) if self.midnight => {
                let why = "`midnight` of a day may be its beginning or its end";
                let advice = "write 00:00 for the day's beginning or 24:00 for its end";
                return Err(Stuck::Refused(Refusal::new(why).advice(advice)));
            }
            (Some(day), Some(time), None) => Civil::DayAndClock(day, time),
            (Some(day), None, None) => Civil::Day(day),
            (None, Some(time), None) => Civil::Clock(time),
            (None, None, Some(period)) => Civil::EndOf(period),
            (None, None, None) => return Err(Stuck::At(understood)),
            (_, _, Some(_)) => {
                let why = "`eod`, `eow`, `eom` and `eoy` already name a day and its end";
                return Err(Stuck::Refused(Refusal::new(why).advice("for another day's end write tomorrow 24:00")));
            }
        };
        Ok(Expression::Civil { civil, zone })
    }

    /// The parts with what follows them as a zone.
    fn zoned(&self, name: &str, understood: usize) -> Result<Expression, Stuck> {
        let zone = Zone::find(name).ok_or(Stuck::At(understood))?;
        if name.eq_ignore_ascii_case("z") && matches!((self.day, self.clock), (Some(Day::Date(_)), Some(_))) {
            return self.exact("+00:00", understood);
        }
        self.civil(Some(zone), understood)
    }

    /// A date and time with its offset from UTC.
    fn exact(&self, offset: &str, understood: usize) -> Result<Expression, Stuck> {
        let Expression::Civil { civil, .. } = self.civil(None, understood)? else {
            return Err(Stuck::At(understood));
        };
        let refused = |why, advice| Err(Stuck::Refused(Refusal::new(why).advice(advice)));
        let (date, time, offset) = match (civil, parse_offset(offset)) {
            (Civil::DayAndClock(Day::Date(date), time), Some(offset)) => (date, time, offset),
            (Civil::DayAndClock(Day::Date(_), _), None) => {
                return refused("what follows the time is no offset from UTC", "write offsets as in +01:00 or -05:00");
            }
            (_, Some(_)) => {
                let why = "only a date with a time of day takes an offset from UTC";
                return refused(why, "name a zone instead, as in 22:00 Europe/Berlin");
            }
            (_, None) => return Err(Stuck::At(understood)),
        };
        let civil = time.on(date).ok_or(Stuck::At(understood))?;
        Ok(Expression::Exact(Zone::Fixed(offset).place(civil).instant))
    }
}

/// Keeps a part that may come once.
fn put<T>(place: &mut Option<T>, part: T, understood: usize) -> Result<(), Stuck> {
    match place.replace(part) {
        None => Ok(()),
        Some(_) => Err(Stuck::At(understood)),
    }
}

/// `2026-12-24`.
fn date(cursor: &mut Cursor, understood: usize) -> Result<NaiveDate, Stuck> {
    let year = cursor.digits();
    cursor.eat(b'-');
    let month = cursor.digits();
    let dashed = cursor.eat(b'-');
    let day = cursor.digits();
    if !dashed || month.len() != 2 || day.len() != 2 {
        return Err(Stuck::At(understood));
    }
    let number = |digits: &str| digits.parse::<u32>().map_err(|_| Stuck::At(understood));
    let (month, day) = (number(month)?, number(day)?);
    let year = year.parse::<i32>().map_err(|_| Stuck::At(understood))?;
    NaiveDate::from_ymd_opt(year, month, day).ok_or_else(|| {
        let refusal = match NaiveDate::from_ymd_opt(year, month, 1) {
            None => Refusal::new("months run from 01 to 12"),
            Some(first) => Refusal::new(format!("{} has {} days", first.format("%B %Y"), first.num_days_in_month())),
        };
        Stuck::Refused(refusal.advice("dates are written year, month, day, as in 2026-12-24"))
    })
}
