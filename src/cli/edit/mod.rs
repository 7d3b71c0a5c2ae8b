//! `edit`: change what is said about downtimes, their windows and their targets.

mod reshaping;

pub(in crate::cli) use reshaping::point_out_given_up;

use std::collections::BTreeSet;

use clap::Args;

use super::changing::{self, Ground};
use super::extend::held_by_none;
use super::guarding::{self, Overriding};
use super::repeating::{Limits, WallEnds};
use super::session::Session;
use super::shown::{self, Change};
use super::window::{self, Ends};
use super::{mistaken, picking};
use crate::clock::Instant;
use crate::downtime::course::Course;
use crate::downtime::kept::Kept;
use crate::downtime::operation::{Effect, Operation};
use crate::downtime::plan::GRACE;
use crate::downtime::record::{Downtime, Terms};
use crate::downtime::state::State;
use crate::downtime::story::Changes;
use crate::downtime::target::Target;
use crate::downtime::window::Window;
use crate::failure::{Failure, Kind, Outcome};
use crate::inventory::selection::{self, Unknown};
use crate::render::text::printable;
use crate::render::time;
use crate::when::{self, Role, Shape};

/// Change the comment, window or targets of downtimes
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
#[command(after_help = "Examples:
  downtime edit 12 --comment 'kernel update, second try' --ticket CHG-77
  downtime edit 13 --start 'sat 23:00' --end 'sun 04:00'
  downtime edit 12 --add-target web02 --remove-target db01/Backup
  downtime edit 11 --start 14:00 --retroactive    # it had begun earlier than planned
  downtime edit 15 --start 23:00                  # a series: the coming ones at 23:00
  downtime edit 15 --count 10 --except 2027-01-03
  downtime edit 12 13 --name 'move'
  downtime edit 12 13 --name ''                   # takes the name away

What was in effect until now stays, unless --retroactive says that it was otherwise.")]
pub struct Edit {
    /// Ids of downtimes, or key:KEY
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
    /// Why; told wherever the downtime shows
    #[arg(short = 'm', long, value_name = "COMMENT", allow_hyphen_values = true)]
    comment: Option<String>,
    /// A short name; '' for none
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// The change or incident that it belongs to; '' for none
    #[arg(long, value_name = "TICKET")]
    ticket: Option<String>,
    /// When it begins
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    start: Option<String>,
    /// When it ends
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, conflicts_with = "length")]
    end: Option<String>,
    /// How long it lasts, exactly: 1d is 24 h
    #[arg(long = "for", id = "length", value_name = "DURATION", allow_hyphen_values = true)]
    length: Option<String>,
    #[command(flatten)]
    wall_ends: WallEnds,
    /// How a series repeats from now on
    #[arg(long, alias = "every", value_name = "MODE", conflicts_with = "rrule", help_heading = "Repetition")]
    repeat: Option<String>,
    /// The same, by a rule of RFC 5545
    #[arg(long, value_name = "RRULE", help_heading = "Repetition")]
    rrule: Option<String>,
    #[command(flatten)]
    limits: Limits,
    /// Another target (repeatable): HOST or HOST/SERVICE, each part a name, a glob or ~REGEX
    #[arg(long, value_name = "TARGET")]
    add_target: Vec<String>,
    /// Let go of a target (repeatable): HOST or HOST/SERVICE, each part a name, a glob or ~REGEX
    #[arg(long, value_name = "TARGET")]
    remove_target: Vec<String>,
    /// Whether pollers are asked not to check the targets meanwhile
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    suspend_monitoring: Option<bool>,
    /// Change the past: as if it had been so from the beginning on; times of day look back
    #[arg(long)]
    retroactive: bool,
    /// Take names that are neither in the inventory nor in an imported log
    #[arg(long)]
    unknown_ok: bool,
    /// Allow what comes to every host of the inventory
    #[arg(long)]
    everything: bool,
    #[command(flatten)]
    overriding: Overriding,
    /// Show what would be changed, and change nothing
    #[arg(long)]
    dry_run: bool,
}

fn refused_rule(id: &str) -> Failure {
    Failure::new(Kind::Usage, format!("what rule {id} says is said in rules.toml"))
        .hint(format!("edit it there, or name one occurrence: downtime next {id} shows the ids"))
}

/// What one downtime is to be: the targets to take hold of and to let go of are those that this changes something for.
struct Wanted {
    terms: Terms,
    window: Window,
    add: Vec<Target>,
    remove: Vec<Target>,
}

impl Edit {
    /// Changes all that is named, or nothing.
    pub fn run(self, session: &Session) -> Outcome<()> {
        session.globals.document()?;
        self.refuse_nothing()?;
        let reason = self.overriding.reason()?;
        let mut lines = Vec::new();
        let mut unchanged = Vec::new();
        let mut notes = Vec::new();
        let made = changing::make(session, self.dry_run, |ground| {
            let mut effects = Vec::new();
            let named = picking::all(&self.ids, ground.agenda(), session.clock.now)
                .map_err(|failure| mistaken::id(failure, "edit", &self.ids, ground.state))?;
            for kept in named {
                let downtime = match kept {
                    Kept::Downtime(downtime) => downtime,
                    Kept::Rule(rule) => return Err(refused_rule(rule.id.as_str())),
                    Kept::Series(series) => {
                        let changes = self.reshaped(session, ground, &series)?;
                        let mut after = Kept::Series(series.clone());
                        for effect in &changes {
                            let (effect, by) = (effect.clone(), session.author());
                            after.perform(&crate::downtime::touched::Change { effect, at: session.clock.now, by });
                        }
                        lines.extend(reshaping::told(session, &after, &changes));
                        if changes.is_empty() {
                            unchanged.push(Kept::Series(series));
                        } else if let Kept::Series(changed) = &after {
                            reshaping::point_out_given_up(session, &series, changed);
                            let now = session.clock.now;
                            let (before, shown) = (series.whole(now).shown, changed.whole(now).shown);
                            let change = guarding::Change { before: Some(&before), after: &shown, reason };
                            notes.extend(guarding::allow_series(session, ground, &change, changed)?);
                        }
                        effects.extend(changes);
                        continue;
                    }
                };
                self.refuse_repetition(&downtime)?;
                let wanted = self.wanted(session, ground, &downtime)?;
                let changes = self.effects(session, &downtime, wanted)?;
                let after = guarding::Change::performed(&downtime, &changes, session);
                lines.extend(told(session, &downtime, &after, &changes));
                if changes.is_empty() {
                    unchanged.push(Kept::Downtime(downtime));
                } else {
                    let change = guarding::Change { before: Some(&downtime), after: &after, reason };
                    notes.extend(guarding::allow(session, ground, &change)?);
                }
                effects.extend(changes);
            }
            Ok((!effects.is_empty()).then_some(Operation::Edit(effects)))
        })?;
        shown::change(
            session,
            &Change { unchanged: &unchanged, lines, notes: &notes, ..Change::of(&made, self.dry_run) },
        )
    }

    /// Whether anything about repetition is given.
    fn repeats(&self) -> bool {
        self.repeat.is_some() || self.rrule.is_some() || !self.limits.is_empty() || self.wall_ends.is_given()
    }

    /// Refuses repetition for what does not repeat.
    fn refuse_repetition(&self, downtime: &Downtime) -> Outcome<()> {
        if !self.repeats() {
            return Ok(());
        }
        let id = &downtime.id;
        Err(match id.parent() {
            Some(parent) => Failure::new(Kind::Usage, format!("{id} is one occurrence of {parent}"))
                .hint(format!("to change how it repeats: downtime edit {parent} \u{2026}")),
            None => Failure::new(Kind::Usage, format!("downtime {id} does not repeat"))
                .hint(format!("to let it repeat: downtime repeat {id} --every weekly")),
        })
    }

    fn refuse_nothing(&self) -> Outcome<()> {
        let texts = [&self.comment, &self.name, &self.ticket, &self.start, &self.end, &self.length];
        let lists = [&self.add_target, &self.remove_target];
        if texts.iter().all(|text| text.is_none())
            && lists.iter().all(|list| list.is_empty())
            && self.suspend_monitoring.is_none()
            && !self.repeats()
        {
            return Err(Failure::new(Kind::Usage, "there is nothing to change")
                .hint("say what, as in --comment 'second try' or --end 06:00; see `downtime edit --help`"));
        }
        Ok(())
    }

    fn wanted(&self, session: &Session, ground: &Ground<'_>, downtime: &Downtime) -> Outcome<Wanted> {
        let named = self.to_add(ground)?;
        let held: BTreeSet<&Target> = downtime.held().collect();
        let add: Vec<Target> = named.into_iter().filter(|target| !held.contains(target)).collect();
        let remove: Vec<Target> = picking::targets_of(&Kept::from(downtime.clone()), &self.remove_target)?
            .into_iter()
            .filter(|target| held.contains(target))
            .collect();
        if remove.len() == held.len() && add.is_empty() && !remove.is_empty() {
            return Err(Failure::new(
                Kind::Usage,
                format!("that would leave downtime {} without a target", downtime.id),
            )
            .hint(format!("to end it, or take it back: downtime delete {}", downtime.id)));
        }
        Ok(Wanted { terms: self.terms(&downtime.terms)?, window: self.window(session, downtime)?, add, remove })
    }

    pub(super) fn to_add(&self, ground: &Ground<'_>) -> Outcome<BTreeSet<Target>> {
        if self.add_target.is_empty() {
            return Ok(BTreeSet::new());
        }
        let known = ground.store.objects(ground.inventory, &ground.state.head);
        let unknown = if self.unknown_ok { Unknown::Accept } else { Unknown::Refuse };
        let targets = selection::select(&self.add_target, &known, unknown)?;
        if !self.everything {
            picking::refuse_everything(&self.add_target, &targets, &known)?;
        }
        Ok(targets)
    }

    pub(super) fn terms(&self, terms: &Terms) -> Outcome<Terms> {
        let text = |given: &Option<String>, now: &Option<String>| match given {
            Some(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            None => now.clone(),
        };
        let comment = self.comment.as_deref().map_or(terms.comment.as_str(), str::trim);
        if comment.is_empty() {
            return Err(Failure::new(Kind::Comment, "the comment is empty").hint("say why with -m 'kernel update'"));
        }
        Ok(Terms {
            comment: comment.to_owned(),
            name: text(&self.name, &terms.name),
            ticket: text(&self.ticket, &terms.ticket),
            suspend_monitoring: self.suspend_monitoring.unwrap_or(terms.suspend_monitoring),
            override_reason: self.overriding.reason()?.map(str::to_owned).or_else(|| terms.override_reason.clone()),
            ..terms.clone()
        })
    }

    fn window(&self, session: &Session, downtime: &Downtime) -> Outcome<Window> {
        let present = session.present();
        let window = downtime.window;
        let (start, start_civil) = match &self.start {
            Some(text) => {
                let role = if self.retroactive { Role::LookingBack } else { Role::Start };
                let mut resolved = when::point(text, role, &present)?;
                if resolved.shape == Shape::Clock && downtime.id.parent().is_some() && window.start() > present.now {
                    // A time of day alone is that of the day on which the occurrence begins.
                    resolved = self::reshaping::on_its_day(text, window.start(), downtime.timezone)?;
                }
                resolved.notes.iter().for_each(|note| session.note(note));
                let late = present.now - GRACE..present.now;
                if !self.retroactive && window.start() > present.now && late.contains(&resolved.instant) {
                    // It is held from now on: typing takes time.
                    (present.now, None)
                } else {
                    (resolved.instant, resolved.local)
                }
            }
            None => (window.start(), window.start_civil),
        };
        let ends = Ends { end: self.end.as_deref(), length: self.length.as_deref() };
        let (end, end_civil) = match ends.resolve(start, &present)? {
            Some(resolved) => {
                resolved.notes.iter().for_each(|note| session.note(note));
                (resolved.instant, resolved.local)
            }
            None => (window.end(), window.end_civil),
        };
        let interval = window::interval(session, start, end)?;
        Ok(Window { interval, start_civil, end_civil })
    }

    fn effects(&self, session: &Session, downtime: &Downtime, wanted: Wanted) -> Outcome<Vec<Effect>> {
        let Wanted { terms, window, add, remove } = wanted;
        let mut effects: Vec<Effect> = Effect::describing(downtime, terms).into_iter().collect();
        let moves = window.interval != downtime.window.interval;
        if !moves && add.is_empty() && remove.is_empty() {
            return Ok(effects);
        }
        self.refuse_the_past(session, downtime, moves.then_some(window))?;
        if self.retroactive {
            let (from, to) = (downtime.course(), rewritten(session, downtime, window, &add, &remove));
            if moves && from.holdings == to.holdings {
                return Err(held_by_none(downtime));
            }
            effects.extend((from != to).then(|| Effect::Rewrite { id: downtime.id.clone(), from, to }));
        } else {
            effects.extend(Effect::moving(downtime, window));
            effects.extend(Effect::retargeting(downtime, &add, &remove));
        }
        Ok(effects)
    }

    /// Refuses what would change the past unasked, and what was taken back altogether.
    fn refuse_the_past(&self, session: &Session, downtime: &Downtime, moved: Option<Window>) -> Outcome<()> {
        let now = session.clock.now;
        let show = |instant: Instant| time::local(session.zone, instant);
        let retroactively = "to change what has been, add --retroactive";
        let state = downtime.state(now);
        if !(self.retroactive && state == State::Completed)
            && let Some(over) = shown::refused_as_over(downtime, session)
        {
            return Err(if state == State::Completed { over.hint(retroactively) } else { over });
        }
        let (Some(window), false) = (moved, self.retroactive) else { return Ok(()) };
        let begun = downtime.window.start() <= now;
        let earliest = if begun { now } else { now - GRACE };
        if window.start() != downtime.window.start() && window.start() < earliest {
            let what = format!("the start, {}, is past", show(window.start()));
            return Err(Failure::new(Kind::Past, what).hint(retroactively));
        }
        if window.end() <= now {
            let what = format!("downtime {} would end {}, which is not after now", downtime.id, show(window.end()));
            return Err(Failure::new(Kind::Window, what)
                .hint(format!("to end it now: downtime delete {}; {retroactively}", downtime.id)));
        }
        Ok(())
    }
}

/// The course as if all had been so from the beginning on.
fn rewritten(session: &Session, downtime: &Downtime, window: Window, add: &[Target], remove: &[Target]) -> Course {
    let (now, author) = (session.clock.now, session.author());
    let mut changed = downtime.clone();
    changed.rewrite(changed.as_if_within(window, now));
    changed.rewrite(changed.as_if_holding(add, now));
    changed.as_if_never_holding(remove, now, &author)
}

/// What is told of the changes of one downtime.
fn told(session: &Session, before: &Downtime, after: &Downtime, effects: &[Effect]) -> Vec<String> {
    let (id, targets) = (&after.id, shown::targets(after, 6));
    if effects.is_empty() {
        return vec![format!("Unchanged: downtime {id}: {targets}")];
    }
    let mut lines = vec![format!("Edited downtime {id}: {targets}")];
    for effect in effects {
        let phrases = shown::phrases(&Changes::of(effect), session.zone);
        lines.extend(phrases.iter().map(|phrase| format!("  {}", printable(phrase))));
    }
    if before.window.interval != after.window.interval {
        lines.push(format!("  it is {}", shown::range(after.window.interval, session.zone)));
    }
    lines
}
