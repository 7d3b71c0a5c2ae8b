//! One downtime as the store keeps it, and what may happen to it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::course::Course;
use super::holding::Holding;
use super::id::DowntimeId;
use super::interval::Interval;
use super::state::{self, State};
use super::target::Target;
use super::window::Window;
use crate::clock::Instant;
use crate::when::Local;
use crate::when::zone::Zone;

/// How the window relates to the time in effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// In effect for the whole window.
    Fixed,
}

impl Kind {
    /// The word for it in output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fixed => "fixed",
        }
    }
}

/// What made a downtime.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Somebody typed `schedule`.
    Command,
    /// A rule covers its targets.
    Rule,
}

impl Origin {
    /// The word for it in output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Command => "command",
            Self::Rule => "rule",
        }
    }
}

/// What people say about a downtime besides where and when.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// Why; never blank.
    pub comment: String,
    /// A short name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The change or incident it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<String>,
    /// What the caller knows it by; at most one open downtime has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Whether pollers are asked not to check the targets meanwhile.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub suspend_monitoring: bool,
    /// Whether it was entered after it had begun, knowingly.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub retroactive: bool,
    /// Why it was made in spite of freezes and limits.
    #[serde(default, rename = "override", skip_serializing_if = "Option::is_none")]
    pub override_reason: Option<String>,
}

/// A downtime.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Downtime {
    /// Its id.
    pub id: DowntimeId,
    /// Fixed or flexible.
    pub kind: Kind,
    /// Where it came from.
    pub origin: Origin,
    /// Comment, name and the like.
    pub terms: Terms,
    /// Who scheduled it.
    pub author: String,
    /// When it was scheduled.
    pub entry_time: Instant,
    /// The zone in which its civil times are meant.
    pub timezone: Zone,
    /// The window as it stands.
    pub window: Window,
    /// The end first given.
    pub planned_end: Instant,
    /// Its targets, sorted, each once.
    pub holdings: Vec<Holding>,
}

impl Downtime {
    /// Where it stands at `now`.
    pub fn state(&self, now: Instant) -> State {
        state::overall(self.holdings.iter().map(|holding| holding.state(now)))
    }

    /// The targets.
    pub fn targets(&self) -> impl Iterator<Item = &Target> {
        self.holdings.iter().map(|holding| &holding.target)
    }

    /// The same downtime with its targets on one host alone, itself and its services.
    #[must_use]
    pub fn part_on(&self, host: &str) -> Self {
        let holdings = self.holdings.iter().filter(|holding| holding.target.host == host).cloned().collect();
        Self { id: self.id.clone(), terms: self.terms.clone(), author: self.author.clone(), holdings, ..*self }
    }

    /// The targets that nobody let go of.
    pub fn held(&self) -> impl Iterator<Item = &Target> {
        self.holdings.iter().filter(|holding| holding.released.is_none()).map(|holding| &holding.target)
    }

    /// When it was over for the last of its targets, and who ended it; `None` while any is open.
    pub fn ended(&self, now: Instant) -> Option<(Instant, Option<&str>)> {
        if self.state(now).is_open() {
            return None;
        }
        let end_of = |holding: &Holding| holding.spans.last().map(|span| span.end());
        let released = |holding: &Holding| holding.released.as_ref().map(|release| release.at);
        // What never began for a target says nothing of when it was over for those for which it did.
        let began = self.holdings.iter().any(|holding| !holding.spans.is_empty());
        let told = self.holdings.iter().filter(|holding| !began || !holding.spans.is_empty());
        let last = told.max_by_key(|holding| released(holding).max(end_of(holding)))?;
        match &last.released {
            Some(release) => Some((end_of(last).map_or(release.at, |end| end.max(release.at)), Some(&release.by))),
            None => end_of(last).map(|end| (end, None)),
        }
    }

    /// Whether any of it was entered when it had passed already, knowingly.
    pub fn was_entered_afterwards(&self) -> bool {
        self.terms.retroactive || self.holdings.iter().any(|holding| !holding.afterwards.is_empty())
    }

    /// The end of its last activation, for an index that leaves out what is over; before everything if there is none.
    pub fn latest_end(&self) -> Instant {
        self.holdings
            .iter()
            .filter_map(|holding| holding.spans.last())
            .map(|span| span.end())
            .max()
            .unwrap_or(Instant::BEGINNING)
    }

    /// When it starts and ends for its targets, past and planned.
    pub fn turning_times(&self) -> BTreeSet<Instant> {
        let spans = self.holdings.iter().flat_map(|holding| &holding.spans);
        spans.flat_map(|span| [span.start(), span.end()]).collect()
    }

    /// Whether a target is one of these hosts or a service of one.
    pub fn is_on(&self, hosts: &BTreeSet<&str>) -> bool {
        self.targets().any(|target| hosts.contains(target.host.as_str()))
    }

    /// Whether any activation ends after `since`; everything lasts beyond the beginning, even what never began.
    pub fn lasts_beyond(&self, since: Instant) -> bool {
        since == Instant::BEGINNING || self.latest_end() > since
    }

    /// Moves the window's end, and with it that of every target not let go of; to `now` where it would lie before.
    pub(super) fn move_end(&mut self, now: Instant, end: Instant, end_civil: Option<Local>) {
        let end = if self.window.start() < now { end.max(now) } else { end };
        if let Some(window) = self.window.ending(end, end_civil) {
            self.window = window;
            for holding in &mut self.holdings {
                holding.move_end(now, end);
            }
        }
    }

    /// Moves start and end from `now` on; what was in effect until then stays.
    pub(super) fn move_window(&mut self, now: Instant, window: Window) {
        self.window = window;
        for holding in &mut self.holdings {
            holding.move_window(now, window.interval);
        }
    }

    /// Takes hold of more targets for what is left of the window.
    pub(super) fn hold(&mut self, now: Instant, targets: &[Target]) {
        for target in targets {
            if let Err(place) = self.holdings.binary_search_by(|holding| holding.target.cmp(target)) {
                let held = Holding::of(target.clone(), self.window.interval.from(now));
                self.holdings.insert(place, held);
            }
        }
    }

    /// Lets go of some targets.
    pub(super) fn release(&mut self, now: Instant, targets: &[Target], by: &str) {
        for holding in among(&mut self.holdings, targets) {
            holding.release(now, by);
        }
    }

    /// Takes hold again of targets that were let go of.
    pub(super) fn reopen(&mut self, now: Instant, targets: &[Target]) {
        let window = self.window.interval;
        for holding in among(&mut self.holdings, targets) {
            holding.reopen(now, window);
        }
    }

    /// Leaves it out before it begins.
    pub(super) fn skip(&mut self, now: Instant, by: &str) {
        self.holdings.iter_mut().for_each(|holding| holding.skip(now, by));
    }

    /// Lets it take place after all.
    pub(super) fn unskip(&mut self, now: Instant) {
        let window = self.window.interval;
        self.holdings.iter_mut().for_each(|holding| holding.unskip(now, window));
    }

    /// Whether its window, or anything that it held, overlaps `range`.
    pub fn overlaps(&self, range: Interval) -> bool {
        let spans = || self.holdings.iter().flat_map(|holding| &holding.spans);
        self.window.interval.overlaps(range) || spans().any(|span| span.overlaps(range))
    }

    /// What it holds, and when.
    pub fn course(&self) -> Course {
        Course { window: self.window, holdings: self.holdings.clone() }
    }

    /// Gives it another course, past included.
    pub fn rewrite(&mut self, course: Course) {
        self.window = course.window;
        self.holdings = course.holdings;
    }
}

/// The holdings of `targets`.
pub(super) fn among<'a>(holdings: &'a mut [Holding], targets: &[Target]) -> impl Iterator<Item = &'a mut Holding> {
    let named: std::collections::BTreeSet<&Target> = targets.iter().collect();
    let wanted: Vec<bool> = holdings.iter().map(|holding| named.contains(&holding.target)).collect();
    holdings.iter_mut().zip(wanted).filter_map(|(holding, wanted)| wanted.then_some(holding))
}
