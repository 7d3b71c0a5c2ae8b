//! How something repeats, as typed: the options of `schedule`, `repeat` and `edit`.

use std::str::FromStr;

use clap::Args;

use super::session::{Session, warn};
use crate::downtime::recurrence::{Except, Pattern, Recurrence, Rrule, Until, WallEnd};
use crate::downtime::series::Series;
use crate::downtime::window::Window;
use crate::failure::{Failure, Kind, Outcome};
use crate::when::Present;
use crate::when::zone::Zone;

/// Limits and exceptions.
#[derive(Debug, Clone, Default, Args)]
pub struct Limits {
    /// Repeat every N-th time only
    #[arg(long, value_name = "N", help_heading = "Repetition")]
    interval: Option<u32>,
    /// The last start, inclusive; a day is its date on the clock; '' for none
    #[arg(long, value_name = "TIME", help_heading = "Repetition", allow_hyphen_values = true)]
    repeat_until: Option<String>,
    /// So many times at most, those left out by --except included; '' for no end
    #[arg(long, value_name = "N", help_heading = "Repetition")]
    count: Option<Most>,
    /// Leave this one out (repeatable): a date, a date and time, or @FILE with one a line; '' for none that was before
    #[arg(long, value_name = "DATE", help_heading = "Repetition")]
    except: Vec<String>,
    /// Begin with the first start that matches, if the one given does not
    #[arg(long, help_heading = "Repetition")]
    start_at_match: bool,
}

/// How many there are at most; `None` if they go on.
#[derive(Debug, Clone, Copy)]
struct Most(Option<u64>);

impl FromStr for Most {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.trim() {
            "" => Ok(Self(None)),
            text => text.parse().map(|count| Self(Some(count))).map_err(|_| "give a whole number, or '' for no end"),
        }
    }
}

/// The clock at which each ends.
#[derive(Debug, Clone, Default, Args)]
pub struct WallEnds {
    /// When it ends on the clock, every time: the first such time after the start, daylight saving or not
    #[arg(long, value_name = "HH:MM", conflicts_with_all = ["end", "length"])]
    wall_end: Option<String>,
    /// So many days later still
    #[arg(long, value_name = "N", requires = "wall_end")]
    wall_days: Option<u32>,
}

impl WallEnds {
    /// As given.
    pub const fn given(wall_end: Option<String>, wall_days: Option<u32>) -> Self {
        Self { wall_end, wall_days }
    }

    /// Whether it is given.
    pub const fn is_given(&self) -> bool {
        self.wall_end.is_some()
    }

    /// The clock, if it is given.
    pub fn parse(&self) -> Outcome<Option<WallEnd>> {
        self.wall_end.as_ref().map(|text| WallEnd::parse(text, self.wall_days)).transpose()
    }
}

/// What is typed about a pattern.
#[derive(Debug, Clone, Copy)]
pub enum Typed<'a> {
    /// A named mode.
    Mode(&'a str),
    /// A rule of RFC 5545.
    Rrule(&'a str),
}

impl<'a> Typed<'a> {
    /// Whichever is given.
    pub fn either(mode: Option<&'a String>, rule: Option<&'a String>) -> Option<Self> {
        mode.map(|mode| Self::Mode(mode)).or_else(|| rule.map(|rule| Self::Rrule(rule)))
    }
}

/// What a repetition begins with.
#[derive(Debug, Clone, Copy)]
pub struct Beginning {
    /// The first window.
    pub first: Window,
    /// On whose clocks.
    pub timezone: Zone,
    /// Where each ends on the clock, if that is how they end.
    pub wall_end: Option<WallEnd>,
    /// Whether the first one was there before the pattern was.
    pub first_stays: bool,
    /// The last start, if none is given.
    pub until: Option<Until>,
    /// How many there are at most, if that is not given.
    pub count: Option<u64>,
}

impl Limits {
    /// Whether nothing is given.
    pub const fn is_empty(&self) -> bool {
        self.interval.is_none()
            && self.repeat_until.is_none()
            && self.count.is_none()
            && self.except.is_empty()
            && !self.start_at_match
    }

    /// Refuses limits of what does not repeat.
    ///
    /// # Errors
    /// `Usage`.
    pub fn refuse_without_pattern(&self) -> Outcome<()> {
        if self.is_empty() {
            return Ok(());
        }
        Err(Failure::new(
            Kind::Usage,
            "--interval, --repeat-until, --count, --except and --start-at-match are about what repeats",
        )
        .hint("say how: --repeat weekly, or another mode of `downtime schedule --help`"))
    }

    /// The recurrence, judged: what there is to know about it is told.
    ///
    /// # Errors
    /// `Recurrence`, `Time` and `Usage` for what cannot be; `Io` for a file of exceptions that cannot be read.
    pub fn recurrence(&self, session: &Session, typed: Typed<'_>, beginning: Beginning) -> Outcome<Recurrence> {
        let pattern = match typed {
            Typed::Mode(mode) => Pattern::named(mode, self.interval)?,
            Typed::Rrule(rule) => Pattern::rrule(rule, self.interval)?,
        };
        let Beginning { first, timezone, wall_end, first_stays, until, count } = beginning;
        let bare = Recurrence { timezone, first, pattern, until, count, except: Vec::new(), wall_end, first_stays };
        self.changed(session, bare)
    }

    /// How a series repeats by another pattern, with the times of `timed`; the limits that are not given again stay, unless
    /// it has come to its end by them, and what is left out stays so.
    ///
    /// # Errors
    /// As [`Self::recurrence`].
    pub fn again(
        &self,
        session: &Session,
        typed: Typed<'_>,
        series: &Series,
        timed: &Recurrence,
    ) -> Outcome<Recurrence> {
        let (now, own) = (session.clock.now, &series.plan().recurrence);
        let goes_on = series.next(now).is_some();
        let beginning = Beginning {
            first: timed.first,
            timezone: timed.timezone,
            wall_end: timed.wall_end,
            first_stays: own.first_stays || timed.first.start() < now,
            until: timed.until.filter(|_| goes_on),
            count: timed.count.filter(|_| goes_on),
        };
        let mut again = self.recurrence(session, typed, beginning)?;
        if !self.lifts_exceptions() {
            // Those are not judged again: what they left out may be past.
            again.except.extend(timed.except.iter().copied());
            again.except = Except::sorted(again.except);
            again.sound()?;
        }
        Ok(again)
    }

    /// The same recurrence with the limits given, judged.
    ///
    /// # Errors
    /// As [`Self::recurrence`].
    pub fn changed(&self, session: &Session, recurrence: Recurrence) -> Outcome<Recurrence> {
        let present = Present { now: session.clock.now, zone: recurrence.timezone };
        let mut changed = recurrence;
        if let Some(text) = &self.repeat_until {
            let until = || Until::typed(text, changed.first.start(), &present);
            changed.until = if text.trim().is_empty() { None } else { Some(until()?) };
        }
        match self.count {
            Some(Most(Some(0))) => {
                return Err(Failure::new(Kind::Usage, "a count of 0 leaves nothing").hint("give --count 1 or more"));
            }
            Some(Most(count)) => changed.count = count,
            None => {}
        }
        if let Pattern::Rrule(rule) = &changed.pattern {
            self.refuse_limits_of_rule(rule)?;
        }
        if self.lifts_exceptions() {
            changed.except.clear();
        }
        changed.except.extend(self.exceptions(&present)?);
        changed.except = Except::sorted(changed.except);
        if let (Some(interval), Pattern::Every { mode, .. }) = (self.interval, &changed.pattern) {
            changed.pattern = Pattern::named(mode.name(), Some(interval))?;
        }
        if self.start_at_match {
            let (moved, word) = changed.starting_at_match()?;
            changed = moved;
            if let Some(word) = word {
                session.note(&word);
            }
        }
        changed.check()?.iter().for_each(|caution| warn(caution));
        Ok(changed)
    }

    /// What a rule says itself is changed by another rule.
    fn refuse_limits_of_rule(&self, rule: &Rrule) -> Outcome<()> {
        let lifts_count = matches!(self.count, Some(Most(None))) && rule.has_count();
        let lifts_until = self.repeat_until.as_ref().is_some_and(|text| text.trim().is_empty()) && rule.has_until();
        if !lifts_count && !lifts_until {
            return Ok(());
        }
        let part = if lifts_count { "COUNT" } else { "UNTIL" };
        Err(Failure::new(Kind::Usage, format!("the {part} is part of the rule `{rule}`"))
            .hint(format!("give the rule without {part}, as --rrule")))
    }

    fn lifts_exceptions(&self) -> bool {
        self.except.iter().any(|text| text.trim().is_empty())
    }

    fn exceptions(&self, present: &Present) -> Outcome<Vec<Except>> {
        let mut exceptions = Vec::new();
        for text in self.except.iter().filter(|text| !text.trim().is_empty()) {
            match Except::file(text) {
                Some(name) => {
                    let read = std::fs::read_to_string(name)
                        .map_err(|error| Failure::new(Kind::Usage, format!("cannot read {name}: {error}")))?;
                    exceptions.extend(Except::listed(&read, name, present.zone)?);
                }
                None => exceptions.push(Except::typed(text, present)?),
            }
        }
        Ok(exceptions)
    }
}
