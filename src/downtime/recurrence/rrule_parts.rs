//! The parts of a recurrence rule, as RFC 5545 §3.3.10 writes them.

use chrono::{Month, NaiveDate, NaiveDateTime, Weekday};
use rrule::{Frequency, NWeekday, RRule, Unvalidated};

use super::limits::Last;
use super::rrule_sieve::Sieve;
use crate::clock::Instant;

/// The parts of a rule.
pub(super) struct Parts {
    pub(super) freq: Frequency,
    pub(super) count: Option<u64>,
    pub(super) until: Option<Last>,
    interval: u16,
    week_start: Weekday,
    by: By,
}

/// Its BY parts.
#[derive(Default)]
struct By {
    set_pos: Vec<i32>,
    month: Vec<Month>,
    month_day: Vec<i8>,
    year_day: Vec<i16>,
    week_no: Vec<i8>,
    weekday: Vec<NWeekday>,
    hour: Vec<u8>,
    minute: Vec<u8>,
    second: Vec<u8>,
}

/// Why a rule is refused.
type Why = String;

impl Parts {
    /// Reads `NAME=VALUE` with `;` between, in capitals.
    pub(super) fn read(text: &str) -> Result<Self, Why> {
        let (mut freq, mut interval, mut count, mut until, mut week_start) = (None, None, None, None, None);
        let mut by = By::default();
        let mut seen = Vec::new();
        for part in text.split(';') {
            let (name, value) =
                part.split_once('=').ok_or("its parts are written NAME=VALUE, with `;` between them")?;
            let (name, value) = (name.trim(), value.trim());
            if seen.contains(&name) {
                return Err(format!("it has {name} twice"));
            }
            seen.push(name);
            match name {
                "FREQ" => freq = Some(value.parse().map_err(|_| format!("there is no FREQ={}", value.escape_debug()))?),
                "INTERVAL" => interval = Some(number(name, value, 1, u16::MAX)?),
                "COUNT" => count = Some(number(name, value, 1, u64::MAX)?),
                "UNTIL" => until = Some(last(value)?),
                "WKST" => week_start = Some(weekday(value)?),
                _ => by.take(name, value)?,
            }
        }
        let freq = freq.ok_or("it has no FREQ")?;
        by.check(freq)?;
        let (interval, week_start) = (interval.unwrap_or(1), week_start.unwrap_or(Weekday::Mon));
        Ok(Self { freq, count, until, interval, week_start, by })
    }

    /// The rule of the crate, without COUNT and UNTIL, and what picks from its dates where it says too little.
    pub(super) fn rule(self) -> (RRule<Unvalidated>, Option<Sieve>) {
        let Self { freq, interval, week_start, by, .. } = self;
        let in_month = freq == Frequency::Monthly || !by.month.is_empty();
        let farthest = if in_month { -4 } else { -52 };
        let is_numbered = |day: &NWeekday| matches!(day, NWeekday::Nth(..));
        let is_too_far = by.weekday.iter().any(|day| matches!(day, NWeekday::Nth(nth, _) if *nth < farthest));
        let is_mixed = by.weekday.iter().any(is_numbered) && !by.weekday.iter().all(is_numbered);
        let rule = RRule::new(freq)
            .interval(interval)
            .week_start(week_start)
            .by_month(&by.month)
            .by_month_day(by.month_day)
            .by_year_day(by.year_day)
            .by_week_no(by.week_no)
            .by_hour(by.hour)
            .by_minute(by.minute)
            .by_second(by.second);
        if is_too_far || is_mixed {
            let monthly = freq == Frequency::Monthly;
            let sieve = Sieve { days: by.weekday, in_month, monthly, places: by.set_pos };
            return (rule.by_weekday(sieve.unnumbered()), Some(sieve));
        }
        (rule.by_weekday(by.weekday).by_set_pos(by.set_pos), None)
    }
}

impl By {
    fn take(&mut self, name: &str, value: &str) -> Result<(), Why> {
        match name {
            "BYSETPOS" => self.set_pos = list(value, |text| signed(name, text, 366))?,
            "BYMONTH" => {
                self.month = list(value, |text| {
                    let number: u8 = number(name, text, 1, 12)?;
                    Month::try_from(number).map_err(|_| format!("there is no month {number}"))
                })?;
            }
            "BYMONTHDAY" => self.month_day = list(value, |text| signed(name, text, 31))?,
            "BYYEARDAY" => self.year_day = list(value, |text| signed(name, text, 366))?,
            "BYWEEKNO" => self.week_no = list(value, |text| signed(name, text, 53))?,
            "BYDAY" => self.weekday = list(value, |text| numbered_weekday(name, text))?,
            "BYHOUR" => self.hour = list(value, |text| number(name, text, 0, 23))?,
            "BYMINUTE" => self.minute = list(value, |text| number(name, text, 0, 59))?,
            "BYSECOND" => self.second = list(value, |text| number(name, text, 0, 59))?,
            _ => return Err(format!("RFC 5545 has no part {}", name.escape_debug())),
        }
        Ok(())
    }

    /// What RFC 5545 says must not come together.
    fn check(&self, freq: Frequency) -> Result<(), Why> {
        let farthest = self.weekday.iter().filter_map(|day| match day {
            NWeekday::Nth(nth, _) => Some(nth.unsigned_abs()),
            NWeekday::Every(_) => None,
        });
        let farthest = farthest.max();
        let only = |given: bool, part: &str, fits: bool, freqs: &str| {
            if given && !fits { Err(format!("{part} goes with FREQ={freqs} only")) } else { Ok(()) }
        };
        only(!self.week_no.is_empty(), "BYWEEKNO", freq == Frequency::Yearly, "YEARLY")?;
        only(!self.year_day.is_empty(), "BYYEARDAY", freq == Frequency::Yearly, "YEARLY")?;
        only(!self.month_day.is_empty(), "BYMONTHDAY", freq != Frequency::Weekly, "DAILY, MONTHLY or YEARLY")?;
        only(farthest.is_some(), "BYDAY with a number", freq <= Frequency::Monthly, "MONTHLY or YEARLY")?;
        if farthest.is_some() && !self.week_no.is_empty() {
            return Err("BYDAY with a number does not go with BYWEEKNO".into());
        }
        if farthest > Some(5) && (freq == Frequency::Monthly || !self.month.is_empty()) {
            return Err("BYDAY numbers the weekdays of a month from 1 to 5 or -5 to -1".into());
        }
        Ok(())
    }
}

fn list<T>(value: &str, read: impl Fn(&str) -> Result<T, Why>) -> Result<Vec<T>, Why> {
    value.split(',').map(|text| read(text.trim())).collect()
}

fn number<T: TryFrom<u64> + Into<u64> + Copy>(name: &str, text: &str, least: u8, most: T) -> Result<T, Why> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = if digits { text.parse::<u64>().ok() } else { None };
    let number = number.filter(|number| (u64::from(least)..=most.into()).contains(number));
    number.and_then(|number| T::try_from(number).ok()).ok_or_else(|| match most.into() {
        u64::MAX => format!("{name} takes a number from {least}"),
        most => format!("{name} takes numbers from {least} to {most}"),
    })
}

fn signed<T: TryFrom<i64>>(name: &str, text: &str, most: u16) -> Result<T, Why> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let size: Option<u16> = number(name, digits, 1, most).ok();
    let value = size.map(|size| if text.starts_with('-') { -i64::from(size) } else { i64::from(size) });
    let value = value.and_then(|value| T::try_from(value).ok());
    value.ok_or_else(|| format!("{name} takes numbers from 1 to {most} or -{most} to -1"))
}

fn weekday(text: &str) -> Result<Weekday, Why> {
    Ok(match text {
        "MO" => Weekday::Mon,
        "TU" => Weekday::Tue,
        "WE" => Weekday::Wed,
        "TH" => Weekday::Thu,
        "FR" => Weekday::Fri,
        "SA" => Weekday::Sat,
        "SU" => Weekday::Sun,
        _ => return Err(format!("{} is none of the weekdays MO TU WE TH FR SA SU", text.escape_debug())),
    })
}

fn numbered_weekday(name: &str, text: &str) -> Result<NWeekday, Why> {
    let letters = text.find(|character: char| character.is_ascii_alphabetic()).unwrap_or(0);
    let (digits, day) = text.split_at(letters);
    let nth = if digits.is_empty() { None } else { Some(signed(name, digits, 53)?) };
    Ok(NWeekday::new(nth, weekday(day)?))
}

/// `19971224`, `19971224T000000` or `19971224T000000Z`.
fn last(text: &str) -> Result<Last, Why> {
    let (civil, zulu) = text.strip_suffix('Z').map_or((text, false), |civil| (civil, true));
    let time = NaiveDateTime::parse_from_str(civil, "%Y%m%dT%H%M%S").ok().filter(|_| civil.len() == 15);
    let date = NaiveDate::parse_from_str(civil, "%Y%m%d").ok().filter(|_| civil.len() == 8 && !zulu);
    match (time, date) {
        (Some(time), _) if zulu => Ok(Last::Instant(Instant::from(time.and_utc()))),
        (Some(time), _) => Ok(Last::Local(time)),
        (_, Some(date)) => Ok(Last::Date(date)),
        _ => Err("UNTIL is written as in 20261224, 20261224T220000 or 20261224T210000Z".into()),
    }
}
