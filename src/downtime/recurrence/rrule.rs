//! Recurrence rules of RFC 5545 §3.3.10: reading them, and their dates.
//!
//! The rules are read here, since the `rrule` crate compiles regular expressions to do so; the crate expands them, on
//! dates without a zone. COUNT and UNTIL are kept from it, so that it may begin at any period near what is asked for
//! instead of at the first start.

use std::fmt;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime};
use rrule::{Frequency, RRule, RRuleSet, Tz, Unvalidated};
use serde::{Deserialize, Serialize};

use super::days::LAST_YEAR;
use super::limits::Last;
use super::rrule_parts::Parts;
use super::rrule_sieve::Sieve;
use crate::failure::{Failure, Kind, Outcome};

/// A recurrence rule of RFC 5545 §3.3.10, FREQ=DAILY or coarser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Rrule {
    text: String,
    pub(super) count: Option<u64>,
    pub(super) until: Option<Last>,
    /// The rule of the crate, without COUNT and UNTIL.
    pub(super) rule: Box<RRule<Unvalidated>>,
    /// What picks from its dates those that are meant, if not all are.
    pub(super) sieve: Option<Sieve>,
}

/// What helps whoever wrote a rule that cannot be read.
const EXAMPLE: &str = "a rule is parts with `;` between, as in FREQ=MONTHLY;BYDAY=2TU";

impl Rrule {
    /// Reads a rule, with or without `RRULE:` before it, case-insensitive.
    ///
    /// # Errors
    /// [`Kind::Recurrence`] for what RFC 5545 does not allow, for FREQ=HOURLY and finer, and for a DTSTART.
    pub fn parse(text: &str) -> Outcome<Self> {
        let upper = text.trim().to_ascii_uppercase();
        if upper.contains("DTSTART") {
            return Err(refusal(&upper, "the first window says when it begins, so that it takes no DTSTART")
                .hint("leave DTSTART out and give the first start with --start"));
        }
        let upper = upper.strip_prefix("RRULE:").unwrap_or(&upper).trim_end_matches(';');
        let parts = Parts::read(upper).map_err(|why| refusal(upper, &why).hint(EXAMPLE))?;
        if parts.freq > Frequency::Daily {
            return Err(refusal(upper, "FREQ is DAILY, WEEKLY, MONTHLY or YEARLY here")
                .hint("for every hour give --repeat hourly"));
        }
        let (count, until) = (parts.count, parts.until);
        let (rule, sieve) = parts.rule();
        // What else the crate does not take, it says before the rule is kept.
        let valid = rule.clone().validate(utc(DateTime::UNIX_EPOCH.naive_utc()));
        valid.map_err(|error| refusal(upper, &error.to_string()).hint(EXAMPLE))?;
        Ok(Self { text: upper.to_owned(), count, until, rule: Box::new(rule), sieve })
    }

    /// Its text, in capitals, without `RRULE:`.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it says how many there are at most.
    pub const fn has_count(&self) -> bool {
        self.count.is_some()
    }

    /// Whether it says which the last is.
    pub const fn has_until(&self) -> bool {
        self.until.is_some()
    }

    /// Whether it names times of day itself.
    pub(super) fn names_times(&self) -> bool {
        let Self { rule, .. } = self;
        !(rule.get_by_hour().is_empty() && rule.get_by_minute().is_empty() && rule.get_by_second().is_empty())
    }

    /// Its dates from `first` on, COUNT and UNTIL set aside; those before `from` are left out as far as that can be
    /// without looking at them. They end where the calendar does, or where nothing happens for 100,000 periods.
    pub(super) fn dates(&self, first: NaiveDateTime, from: NaiveDate) -> impl Iterator<Item = NaiveDateTime> + use<> {
        let anchor = self.period_at(first.date(), from).unwrap_or(first.date());
        // The first start completes the rule; the anchor only says in which period to begin.
        let complete = (*self.rule).clone().validate(utc(first)).ok();
        let set = RRuleSet::new(utc(anchor.and_time(NaiveTime::MIN))).set_rrules(complete.into_iter().collect());
        let dates = set.limit().into_iter().map(|date| date.naive_utc()).take_while(|date| date.year() <= LAST_YEAR);
        let dates: Box<dyn Iterator<Item = NaiveDateTime>> = match self.sieve.clone() {
            Some(sieve) => sieve.pick(dates),
            None => Box::new(dates),
        };
        dates.skip_while(move |date| *date < first)
    }

    /// The first day of the last period that begins no later than `date`, in steps of INTERVAL from that of `first`.
    fn period_at(&self, first: NaiveDate, date: NaiveDate) -> Option<NaiveDate> {
        let Self { rule, .. } = self;
        let interval = i64::from(rule.get_interval());
        let whole = |passed: i64| passed - passed.rem_euclid(interval);
        let date = date.max(first);
        match rule.get_freq() {
            Frequency::Yearly => {
                let years = whole(i64::from(date.year() - first.year()));
                NaiveDate::from_ymd_opt(first.year() + i32::try_from(years).ok()?, 1, 1)
            }
            Frequency::Monthly => {
                let month = |date: NaiveDate| i64::from(date.year()) * 12 + i64::from(date.month0());
                let begins = month(first) + whole(month(date) - month(first));
                let of_year = u32::try_from(begins.rem_euclid(12)).ok()? + 1;
                NaiveDate::from_ymd_opt(i32::try_from(begins.div_euclid(12)).ok()?, of_year, 1)
            }
            Frequency::Weekly => {
                let into_week = first.weekday().days_since(rule.get_week_start());
                let week = first.checked_sub_days(Days::new(u64::from(into_week)))?;
                let weeks = whole((date - week).num_days() / 7);
                week.checked_add_days(Days::new(u64::try_from(weeks * 7).ok()?))
            }
            _ => first.checked_add_days(Days::new(u64::try_from(whole((date - first).num_days())).ok()?)),
        }
    }
}

/// The text without `RRULE:`.
impl fmt::Display for Rrule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl TryFrom<String> for Rrule {
    type Error = Failure;
    fn try_from(text: String) -> Outcome<Self> {
        Self::parse(&text)
    }
}

impl From<Rrule> for String {
    fn from(rule: Rrule) -> Self {
        rule.text
    }
}

fn refusal(rule: &str, why: &str) -> Failure {
    Failure::new(Kind::Recurrence, format!("cannot repeat by `{}`: {why}", rule.escape_debug()))
}

fn utc(civil: NaiveDateTime) -> DateTime<Tz> {
    civil.and_utc().with_timezone(&Tz::UTC)
}
