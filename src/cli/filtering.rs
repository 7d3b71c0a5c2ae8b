//! The filters of `list`, `history` and `delete`: all that are given must hold, repeats of one are alternatives.

use clap::{Args, ValueEnum};

use super::changing::Ground;
use super::narrowing::{Meant, Narrowing};
use super::occurrence;
use super::selecting::Selected;
use super::session::Session;
use super::stretch::{Looking, Stretch};
use crate::clock::Instant;
use crate::downtime::holding::Holding;
use crate::downtime::id::DowntimeId;
use crate::downtime::interval::Interval;
use crate::downtime::record::Downtime;
use crate::downtime::state::State;
use crate::downtime::target::Target;
use crate::downtime::whole::Whole;
use crate::failure::{Failure, Kind, Outcome};
use crate::inventory::pattern::Pattern;
use crate::inventory::selection::Unknown;
use crate::when::duration;

/// Which downtimes.
#[derive(Debug, Clone, Default, Args)]
pub struct Filters {
    /// Only downtimes on these hosts, services included (repeatable): a name, a glob or ~REGEX
    #[arg(long, value_name = "HOST", help_heading = "Filters")]
    pub host: Vec<String>,
    /// For services, also the downtimes of their hosts
    #[arg(long, help_heading = "Filters")]
    inherited: bool,
    #[command(flatten)]
    selected: Selected,
    /// Only downtimes in this state (repeatable); where targets are asked for, these must be in it
    #[arg(long, value_name = "STATE", help_heading = "Filters")]
    state: Vec<StateFilter>,
    /// Only downtimes that this author made, in history what this author did (repeatable): a name, a glob or ~REGEX
    #[arg(long = "author", id = "by_author", value_name = "AUTHOR", help_heading = "Filters")]
    author: Vec<String>,
    /// The same for you, as --as or the system names you
    #[arg(long, help_heading = "Filters")]
    mine: bool,
    /// Only downtimes of this name (repeatable): a name, a glob or ~REGEX
    #[arg(long, value_name = "NAME", help_heading = "Filters")]
    name: Vec<String>,
    /// Only downtimes with this key (repeatable)
    #[arg(long, value_name = "KEY", help_heading = "Filters")]
    pub key: Vec<String>,
    /// Only this series and its occurrences (repeatable)
    #[arg(long, value_name = "ID", help_heading = "Filters")]
    series: Vec<String>,
    /// Only this rule and its occurrences (repeatable)
    #[arg(long, value_name = "RULE", help_heading = "Filters")]
    rule: Vec<String>,
    /// Only downtimes whose comment holds this text, in capitals or not (repeatable)
    #[arg(long, value_name = "COMMENT", help_heading = "Filters", allow_hyphen_values = true)]
    comment: Vec<String>,
}

/// When.
#[derive(Debug, Clone, Default, Args)]
pub struct Times {
    /// Only what starts within this time from now
    #[arg(long, value_name = "DURATION", help_heading = "Filters", value_parser = duration::parse)]
    within: Option<i64>,
    /// Only what ended within this time before now
    #[arg(long, value_name = "DURATION", help_heading = "Filters", value_parser = duration::parse)]
    ended_within: Option<i64>,
    /// Only what was or will be in effect after this time
    #[arg(long, value_name = "TIME", help_heading = "Filters", allow_hyphen_values = true)]
    from: Option<String>,
    /// Only what was or will be in effect before this time
    #[arg(long, value_name = "TIME", help_heading = "Filters", allow_hyphen_values = true)]
    until: Option<String>,
}

/// A state, or a word for several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum StateFilter {
    Active,
    Standby,
    Scheduled,
    Completed,
    Skipped,
    Cancelled,
    /// To come
    Soon,
    /// Active
    #[value(aliases = ["in progress", "in_progress", "running"])]
    InProgress,
    /// Completed, skipped or cancelled
    Ended,
}

impl StateFilter {
    const fn admits(self, state: State) -> bool {
        match self {
            Self::Active | Self::InProgress => matches!(state, State::Active),
            Self::Standby => matches!(state, State::Standby),
            Self::Scheduled | Self::Soon => matches!(state, State::Scheduled),
            Self::Completed => matches!(state, State::Completed),
            Self::Skipped => matches!(state, State::Skipped),
            Self::Cancelled => matches!(state, State::Cancelled),
            Self::Ended => !state.is_open(),
        }
    }
}

impl Filters {
    /// Whether none is given.
    pub fn is_empty(&self) -> bool {
        self.host.is_empty() && self.selected.is_empty() && !self.looks_at_downtimes()
    }

    /// Whether any asks for certain downtimes, besides whose doings are asked for.
    pub fn asks_for_downtimes(&self) -> bool {
        let lists = [&self.host, &self.name, &self.key, &self.comment, &self.series, &self.rule]
            .iter()
            .any(|list| !list.is_empty());
        lists || !self.selected.is_empty() || !self.state.is_empty()
    }

    /// Whether any looks at downtimes themselves and not at their targets.
    pub fn looks_at_downtimes(&self) -> bool {
        self.mine
            || !self.state.is_empty()
            || [&self.author, &self.name, &self.key, &self.comment, &self.series, &self.rule]
                .iter()
                .any(|list| !list.is_empty())
    }

    /// Whether any looks at the targets of downtimes.
    pub fn looks_at_targets(&self) -> bool {
        !(self.host.is_empty() && self.selected.is_empty())
    }

    /// The filters on targets, beside TARGETs.
    pub fn narrowing<'a>(&self, ground: Ground<'a>, targets: &[String], unknown: Unknown) -> Outcome<Narrowing<'a>> {
        Narrowing::parse(ground, (targets, unknown), &self.host, self.selected.selectors()?, self.inherited)
    }

    /// Points out selectors that fit nothing declared.
    ///
    /// # Errors
    /// `UnknownId` and `UnknownRule` for a series or rule that there is not.
    pub fn point_out_misses(&self, session: &Session, ground: Ground<'_>) -> Outcome<()> {
        for text in &self.series {
            occurrence::refuse_no_series(&DowntimeId::parse(text), ground.agenda())?;
        }
        for text in &self.rule {
            occurrence::refuse_unknown_rule(&DowntimeId::parse(text), ground.agenda(), session.clock.now)?;
        }
        self.selected.point_out_misses(session, &ground.objects())
    }

    /// The filters on downtimes.
    ///
    /// # Errors
    /// `Usage` for a pattern that cannot be read, and for an empty comment, which every downtime would hold; as
    /// [`Stretch::parse`] for times.
    pub fn sought(&self, session: &Session, times: &Times) -> Outcome<Sought> {
        let patterns = |texts: &[String]| texts.iter().map(|text| Pattern::parse(text)).collect::<Outcome<Vec<_>>>();
        if self.comment.iter().any(|text| text.trim().is_empty()) {
            return Err(Failure::new(Kind::Usage, "--comment is empty, and every comment holds that")
                .hint("name some text of the comment, or leave --comment out"));
        }
        Ok(Sought {
            now: session.clock.now,
            states: self.state.clone(),
            authors: patterns(&self.author)?,
            me: self.mine.then(|| session.author()),
            names: patterns(&self.name)?,
            keys: self.key.clone(),
            roots: self.series.iter().chain(&self.rule).map(|text| DowntimeId::parse(text)).collect(),
            comments: self.comment.iter().map(|text| text.to_lowercase()).collect(),
            within: times.within,
            ended_within: times.ended_within,
            stretch: Stretch::parse(session, times.from.as_deref(), times.until.as_deref(), Looking::Ahead)?,
        })
    }
}

impl Times {
    /// Whether none is given.
    pub const fn is_empty(&self) -> bool {
        self.within.is_none() && self.ended_within.is_none() && self.from.is_none() && self.until.is_none()
    }
}

/// The filters on downtimes, read.
pub struct Sought {
    now: Instant,
    states: Vec<StateFilter>,
    authors: Vec<Pattern>,
    me: Option<String>,
    names: Vec<Pattern>,
    keys: Vec<String>,
    /// Series and rules.
    roots: Vec<DowntimeId>,
    comments: Vec<String>,
    within: Option<i64>,
    ended_within: Option<i64>,
    stretch: Stretch,
}

impl Sought {
    /// Whether somebody's doings are asked for.
    pub fn admits_author(&self, author: &str) -> bool {
        (self.authors.is_empty() || self.authors.iter().any(|pattern| pattern.matches(author)))
            && self.me.as_ref().is_none_or(|me| me == author)
    }

    /// The time in which single occurrences are asked for, and not series and rules as a whole.
    ///
    /// A stretch without an end shows what has begun by now, or what will within a month of its start.
    pub fn occurrences_in(&self) -> Option<Interval> {
        const MONTH: i64 = 31 * 86_400;
        let now = self.now;
        let within = self.within.map(|within| (now, now + within));
        let ended = self.ended_within.map(|within| (now - within - 1, now + 1));
        let stretch = (!self.stretch.is_boundless()).then(|| {
            let from = self.stretch.from().unwrap_or(Instant::EARLIEST);
            (from, self.stretch.until().unwrap_or_else(|| (from + MONTH).max(now + 1)))
        });
        let (from, until) = [within, ended, stretch]
            .into_iter()
            .flatten()
            .reduce(|left, right| (left.0.max(right.0), left.1.min(right.1)))?;
        Interval::new(from, until).or_else(|| Interval::new(from, from + 1))
    }

    /// Whether a series, rule or downtime, or what is an occurrence of one, is asked for by `--series` and `--rule`.
    pub fn admits_root(&self, id: &DowntimeId) -> bool {
        self.roots.is_empty() || self.roots.contains(&id.root())
    }

    /// Whether what is said of something, and only that, is asked for.
    pub fn admits_comment(&self, comment: Option<&str>) -> bool {
        let comment = comment.unwrap_or_default().to_lowercase();
        self.comments.is_empty() || self.comments.iter().any(|text| comment.contains(text))
    }

    /// Whether names or keys are asked for, or states.
    pub fn asks_for_more_than_comments(&self) -> bool {
        !(self.names.is_empty() && self.keys.is_empty() && self.states.is_empty())
    }

    /// Whether a downtime, or the part of it whose targets are meant, is asked for, whoever made it and in whichever state
    /// it is.
    pub fn admits(&self, downtime: &Downtime) -> bool {
        let among = |patterns: &[Pattern], text: Option<&str>| {
            patterns.is_empty() || text.is_some_and(|text| patterns.iter().any(|pattern| pattern.matches(text)))
        };
        let has_key = || downtime.terms.key.as_ref().is_some_and(|key| self.keys.contains(key));
        among(&self.names, downtime.terms.name.as_deref())
            && (self.keys.is_empty() || has_key())
            && self.admits_comment(Some(&downtime.terms.comment))
            && self.admits_root(&downtime.id)
            && self.within.is_none_or(|within| (0..within).contains(&(downtime.window.start() - self.now)))
            && self.ended_within.is_none_or(|within| ended_within(downtime, self.now, within))
            && (self.stretch.is_boundless() || self.in_effect(downtime))
    }

    /// Whether an activation, past or planned, overlaps the time asked for; the window where there never was one.
    fn in_effect(&self, downtime: &Downtime) -> bool {
        let mut spans = downtime.holdings.iter().flat_map(|holding| &holding.spans).copied().peekable();
        match spans.peek() {
            None => self.stretch.overlaps(downtime.window.interval),
            Some(_) => spans.any(|span| self.stretch.overlaps(span)),
        }
    }

    /// Whether a state is asked for by name.
    pub fn asks_for_states(&self) -> bool {
        !self.states.is_empty()
    }

    /// Whether what does not happen is asked for by name: also single occurrences, where no time is given.
    pub fn asks_for_what_is_taken_out(&self) -> bool {
        self.states.iter().any(|filter| matches!(filter, StateFilter::Skipped | StateFilter::Cancelled))
    }

    /// Whether a state is asked for: by name, or by what the times imply; else what is open.
    pub fn admits_state(&self, state: State) -> bool {
        if self.asks_for_states() {
            return self.states.iter().any(|filter| filter.admits(state));
        }
        match (self.ended_within.is_some(), self.stretch.is_boundless()) {
            (false, true) => state.is_open(),
            (true, true) => !state.is_open(),
            (false, false) => state.is_open() || state == State::Completed,
            (true, false) => state == State::Completed,
        }
    }

    /// Those of `downtimes` that are asked for, in whichever state they are.
    pub fn among(&self, candidates: Vec<Candidate>, meant: &Meant<'_>) -> Vec<Found> {
        let found = candidates.into_iter().filter_map(|candidate| Found::new(candidate, meant));
        found.filter(|found| self.admits_author(&found.downtime.author) && self.admits(found.meant())).collect()
    }
}

/// Whether it was over, for the last of its targets, less than `seconds` before now.
pub fn ended_within(downtime: &Downtime, now: Instant, seconds: i64) -> bool {
    downtime.ended(now).is_some_and(|(at, _)| (0..seconds).contains(&(now - at)))
}

/// What filters look at: a downtime, or a series or rule as a whole with the occurrence that stands for it.
pub struct Candidate {
    /// The downtime, or the occurrence.
    pub downtime: Downtime,
    /// The series or rule.
    pub whole: Option<Whole>,
}

impl Candidate {
    /// The targets by which it may be found.
    pub fn targets(&self) -> impl Iterator<Item = &Target> {
        let others = self.whole.iter().flat_map(|whole| [&whole.running, &whole.next]).flatten();
        std::iter::once(&self.downtime).chain(others).flat_map(Downtime::targets)
    }
}

impl From<Downtime> for Candidate {
    fn from(downtime: Downtime) -> Self {
        Self { downtime, whole: None }
    }
}

impl From<Whole> for Candidate {
    fn from(whole: Whole) -> Self {
        Self { downtime: whole.shown.clone(), whole: Some(whole) }
    }
}

/// A downtime that filters left, or a series or rule.
pub struct Found {
    /// All of it.
    pub downtime: Downtime,
    /// The series or rule that the downtime stands for.
    pub whole: Option<Whole>,
    /// The same with no other targets than those meant, where these are not all.
    part: Option<Downtime>,
}

impl Found {
    /// The candidate, if any of its targets is meant.
    pub fn new(candidate: Candidate, meant: &Meant<'_>) -> Option<Self> {
        let Candidate { mut downtime, whole } = candidate;
        let is_meant = |downtime: &Downtime| downtime.targets().any(|target| meant.admits(target));
        // What is meant may be held by another occurrence than the one that stands for all.
        if let Some(whole) = whole.as_ref().filter(|_| !is_meant(&downtime)) {
            downtime = [&whole.running, &whole.next].into_iter().flatten().find(|other| is_meant(other))?.clone();
        }
        let holdings: Vec<_> = downtime.holdings.iter().filter(|holding| meant.admits(&holding.target)).collect();
        let part = match holdings.len() {
            0 => return None,
            all if all == downtime.holdings.len() => None,
            _ => Some(part_of(&downtime, holdings.into_iter().cloned().collect())),
        };
        Some(Self { downtime, whole, part })
    }

    /// The id that people know it by.
    pub fn id(&self) -> &DowntimeId {
        self.whole.as_ref().map_or(&self.downtime.id, |whole| &whole.id)
    }

    /// The same with only those targets meant that `held` admits, or with all of these if it is to be `whole`.
    #[must_use]
    pub fn cut_down(self, whole: bool, held: impl Fn(&Holding) -> bool) -> Self {
        let holdings: Vec<Holding> = {
            let from = if whole { &self.downtime } else { self.meant() };
            from.holdings.iter().filter(|holding| held(holding)).cloned().collect()
        };
        let all = holdings.len() == self.downtime.holdings.len();
        let part = (!all).then(|| part_of(&self.downtime, holdings));
        Self { downtime: self.downtime, whole: self.whole, part }
    }

    /// Whether all of its targets are meant.
    pub const fn is_whole(&self) -> bool {
        self.part.is_none()
    }

    /// What of it is meant.
    pub const fn meant(&self) -> &Downtime {
        match &self.part {
            Some(part) => part,
            None => &self.downtime,
        }
    }
}

/// The downtime with other holdings. Not cloned whole: the targets of a large downtime are most of it.
fn part_of(downtime: &Downtime, holdings: Vec<Holding>) -> Downtime {
    Downtime {
        id: downtime.id.clone(),
        terms: downtime.terms.clone(),
        author: downtime.author.clone(),
        holdings,
        ..*downtime
    }
}
