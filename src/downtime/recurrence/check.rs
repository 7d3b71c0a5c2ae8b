//! What is wrong with a recurrence, and what its author should know of it.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::days::{Cycle, Days};
use super::limits::Last;
use super::words::{self, day_and_time};
use super::{Except, Mode, Pattern, Recurrence};
use crate::clock::Instant;
use crate::failure::{Failure, Kind, Outcome};
use crate::when::Local;
use crate::when::duration;
use crate::when::zone::Zone;

/// So many occurrences are looked at for some that overlap: a year of days.
const LOOKED_AT: usize = 366;

/// A day in seconds.
const DAY: i64 = 86_400;

impl Recurrence {
    /// What its author should know, a line each.
    ///
    /// # Errors
    /// As [`Self::sound`].
    pub fn check(&self) -> Outcome<Vec<String>> {
        self.sound()?;
        let mut cautions = Vec::new();
        if let Zone::Fixed(_) = self.timezone {
            cautions.push(format!(
                "{} follows no daylight saving time: to keep the time of day, name a place, as in Europe/Berlin",
                self.timezone
            ));
        }
        cautions.extend(self.skipped());
        cautions.extend(self.overlap());
        cautions.extend(
            self.except.iter().filter(|except| !self.is_named(**except)).map(|except| {
                format!("the exception {} matches no occurrence", words::exception(*except, self.timezone))
            }),
        );
        Ok(cautions)
    }

    /// Whether it can be meant at all; looking for what its author should know takes a hundred times as long.
    ///
    /// # Errors
    /// [`Kind::Recurrence`] where the first start does not match the pattern, where nothing ever happens, where it ends
    /// before it begins, and for hourly ones that end on the clock.
    pub fn sound(&self) -> Outcome<()> {
        if self.is_hourly() && self.wall_end.is_some() {
            return Err(Failure::new(Kind::Recurrence, "an hourly repetition does not end at a time of day")
                .hint("give the length of each with --for"));
        }
        let (first, named) = (self.first_local(), self.first_match()?);
        if named != first && !self.first_stays {
            return Err(
                Failure::new(Kind::Recurrence, self.mismatch(named)).hint("to begin there, add --start-at-match")
            );
        }
        if let Some(last) = self.lasts().into_iter().flatten().find(|last| !last.allows(&self.place(first))) {
            let (last, first) = (self.last_words(last), day_and_time(first));
            return Err(Failure::new(
                Kind::Recurrence,
                format!("the last start, {last}, is before the first, {first}"),
            )
            .hint("give a later --repeat-until, or leave it out"));
        }
        if self.starting(Instant::BEGINNING).next().is_none() {
            return Err(Failure::new(Kind::Recurrence, "it never happens: the exceptions leave nothing over")
                .hint("leave an exception out, or give a later end"));
        }
        Ok(())
    }

    /// The same beginning with its first match, and the word that tells of it where that is not the first start.
    ///
    /// # Errors
    /// [`Kind::Recurrence`] where nothing ever happens.
    pub fn starting_at_match(&self) -> Outcome<(Self, Option<String>)> {
        let named = self.first_match()?;
        if named == self.first_local() {
            return Ok((self.clone(), None));
        }
        let zone = self.timezone;
        let mut moved = self.clone();
        let placed = self.place(named);
        let Some(occurrence) = self.occurrence(&placed) else { return Err(self.never()) };
        moved.first = occurrence.window;
        moved.first.start_civil = Some(Local { time: named, zone });
        Ok((moved, Some(format!("{}, where it begins", self.mismatch(named)))))
    }

    /// The first start that the pattern names.
    fn first_match(&self) -> Outcome<NaiveDateTime> {
        self.first_named().ok_or_else(|| self.never())
    }

    fn never(&self) -> Failure {
        let pattern = self.rrule().map_or_else(|| "the repetition".to_owned(), |rule| format!("`{rule}`"));
        Failure::new(Kind::Recurrence, format!("{pattern} never happens"))
            .hint("look whether the days that it names exist")
    }

    fn mismatch(&self, named: NaiveDateTime) -> String {
        let pattern = match &self.pattern {
            Pattern::Every { mode, .. } => mode.to_string(),
            Pattern::Rrule(rule) => rule.to_string(),
        };
        let (first, named) = (day_and_time(self.first_local()), day_and_time(named));
        format!("{first} does not match `{pattern}`: the first match is {named}")
    }

    fn last_words(&self, last: Last) -> String {
        match last {
            Last::Date(date) => date.to_string(),
            Last::Local(local) => day_and_time(local),
            Last::Instant(instant) => day_and_time(self.timezone.civil(instant)),
        }
    }

    fn is_hourly(&self) -> bool {
        matches!(self.pattern, Pattern::Every { mode: Mode::Hourly, .. })
    }

    /// Which months or years have no day for it.
    fn skipped(&self) -> Option<String> {
        let days = self.days().filter(|days| !days.is_in_every_period())?;
        let first = self.first_local().date();
        match days.cycle {
            Cycle::DayOfMonth(_) => {
                let skipped = self.months_without(days);
                let names: Vec<String> = skipped.iter().map(|month| month.format("%b").to_string()).collect();
                let (nth, leap) = match first.day() {
                    29 => ("29th", " but in leap years"),
                    30 => ("30th", ""),
                    _ => ("31st", ""),
                };
                (!names.is_empty()).then(|| format!("no {nth} in {}{leap}: skipped", names.join(", ")))
            }
            Cycle::Year(_) => Some("no 29 February but in leap years: the others are skipped".into()),
            Cycle::NthWeekday(months) | Cycle::NthWeekdayFromEnd(months) if months % 12 == 0 => {
                Some(format!("years whose {} has no fifth {} are skipped", first.format("%B"), first.format("%A")))
            }
            _ => Some(format!("months without a fifth {} are skipped", first.format("%A"))),
        }
    }

    /// The first two occurrences that overlap.
    fn overlap(&self) -> Option<String> {
        let found: Vec<_> = self.starting(Instant::BEGINNING).take(LOOKED_AT).collect();
        let pair = found.windows(2).find(|pair| pair[0].window.interval.overlaps(pair[1].window.interval))?;
        let (one, next) = (pair[0].window, pair[1].window);
        Some(format!(
            "occurrences overlap: one lasts {}, and the next begins {} after it did",
            duration::format(one.interval.seconds()),
            duration::format(next.start() - one.start())
        ))
    }

    /// Whether an exception leaves something out.
    fn is_named(&self, except: Except) -> bool {
        let place = |date: NaiveDate| self.timezone.place(date.and_time(NaiveTime::MIN)).instant;
        let about = match except {
            Except::Date(date) => place(date),
            Except::Local(local) => place(local.date()),
            Except::Start(instant) => instant,
        };
        let near = self.named(about - 2 * DAY).take_while(|start| start.instant < about + 4 * DAY);
        near.into_iter().any(|start| except.matches(&start))
    }

    /// The months that lack the day of a monthly mode while it goes on, each once, in the order of the calendar.
    fn months_without(&self, days: Days) -> Vec<NaiveDate> {
        // Every month comes up within twelve periods, or never; February within four years of them with 28 days.
        const PERIODS: i64 = 12 * 4;
        let last = self.last_start().map(|instant| self.timezone.date(instant));
        let is_over = |month: NaiveDate| last.is_some_and(|last| month + TimeDelta::days(28) > last);
        let mut months: Vec<NaiveDate> = (0..PERIODS)
            .filter(|period| days.day(*period).is_none())
            .filter_map(|period| days.beginning(period))
            .filter(|month| !is_over(*month))
            .collect();
        months.sort_unstable_by_key(Datelike::month);
        months.dedup_by_key(|month| month.month());
        months
    }
}
