//! `delete`: end running downtimes now, take back future ones.

use clap::Args;

use super::changing::{Ground, Made};
use super::filtering::{Candidate, Filters, Found, Sought, Times};
use super::listing::{self, Targets};
use super::releasing::{self, Told};
use super::session::Session;
use super::shown::{self, Change};
use super::{asking, changing, mistaken, picking};
use crate::downtime::holding::Holding;
use crate::downtime::id::DowntimeId;
use crate::downtime::kept::Kept;
use crate::downtime::operation::{Effect, Operation};
use crate::downtime::record::Downtime;
use crate::downtime::state::State;
use crate::downtime::target::Target;
use crate::failure::{Failure, Kind, Outcome, nearest};
use crate::inventory::selection::{Known, Unknown};
use crate::render::time;

/// So many of those that are over already are told one by one.
const OVER_LINES: usize = 20;

/// End running downtimes now, and take back future ones
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
#[command(after_help = "Examples:
  downtime delete 12
  downtime delete 12 13 --if-open              # what is over already is no error
  downtime delete 12 --target web01            # let go of one target only
  downtime delete 12 --retroactive             # as if it had never been scheduled
  downtime delete --host web01 --dry-run
  downtime delete --host web01 --service HTTP --yes
  downtime delete --mine --comment 'kernel update' --yes
  downtime delete --group web --whole --yes

Filters are ANDed; a filter given several times is met by any of its values. They find what is active, standby or
scheduled. By --host, --service or another selector, downtimes let go of the matching targets and keep the others,
unless --whole; one that has none left ends, or is cancelled if it had not begun.")]
pub struct Delete {
    /// Ids of downtimes, or key:KEY
    #[arg(value_name = "ID")]
    ids: Vec<String>,
    /// Let go of this target only (repeatable): HOST or HOST/SERVICE, each part a name, a glob or ~REGEX
    #[arg(long, value_name = "TARGET")]
    target: Vec<String>,
    /// Delete the downtimes that match whole, not only the targets that match
    #[arg(long, conflicts_with = "target")]
    whole: bool,
    /// Leave alone what is over already
    #[arg(long)]
    if_open: bool,
    /// Take back what has been, too: as if it had never been scheduled; history keeps it
    #[arg(long, conflicts_with = "if_open")]
    retroactive: bool,
    /// Do not ask
    #[arg(short, long)]
    yes: bool,
    /// Of a series or rule, end what is running, too
    #[arg(long)]
    running: bool,
    /// Allow what comes to every host of the inventory
    #[arg(long)]
    everything: bool,
    /// Show what would be deleted, and delete nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    filters: Filters,
    #[command(flatten)]
    times: Times,
}

/// What is to be let go of.
#[derive(Debug, Default)]
struct Plan {
    effects: Vec<Effect>,
    /// What is over already, and how.
    over: Vec<(Kept, String)>,
    notes: Vec<String>,
}

impl Plan {
    fn operation(&self) -> Option<Operation> {
        (!self.effects.is_empty()).then(|| Operation::Delete(self.effects.clone()))
    }
}

impl Delete {
    /// Lets go of all that is named, or of nothing.
    pub fn run(self, session: &Session) -> Outcome<()> {
        session.globals.document()?;
        let filtered = !(self.filters.is_empty() && self.times.is_empty());
        match (self.ids.is_empty(), filtered) {
            (false, false) => self.by_id(session),
            (false, true) => Err(Failure::new(Kind::Usage, "ids and filters do not go together")
                .hint("leave out either; to let go of some targets of a downtime: downtime delete ID --target web01")),
            (true, _) if !self.target.is_empty() => {
                Err(Failure::new(Kind::Usage, "--target is for downtimes named by id")
                    .hint("to let go of a host in all downtimes: downtime delete --host web01"))
            }
            (true, _) if self.retroactive => {
                Err(Failure::new(Kind::Usage, "--retroactive is for downtimes named by id")
                    .hint("see `downtime list --all` for ids, and name them: downtime delete 12 --retroactive"))
            }
            (true, false) if !self.everything => Err(Failure::new(Kind::Everything, "no id and no filter is given")
                .hint("name an id, or a filter such as --host web01; add --everything if you mean every downtime")),
            (true, _) => self.by_filter(session),
        }
    }

    fn by_id(&self, session: &Session) -> Outcome<()> {
        let mut plan = Plan::default();
        let made = changing::make(session, self.dry_run, |ground| {
            plan = self.named(session, ground)?;
            Ok(plan.operation())
        })?;
        self.tell(session, &plan, &made)
    }

    /// What the ids name.
    fn named(&self, session: &Session, ground: &Ground<'_>) -> Outcome<Plan> {
        let named = picking::all(&self.ids, ground.agenda(), session.clock.now)
            .map_err(|failure| mistaken::id(failure, "delete", &self.ids, ground.state))?;
        let mut plan = Plan::default();
        for kept in named {
            let Kept::Downtime(downtime) = kept else {
                self.whole(session, ground, kept, &mut plan)?;
                continue;
            };
            match self.release(session, &downtime)? {
                Ok(effect) => plan.effects.push(effect),
                Err(over) if self.if_open => plan.over.push((Kept::Downtime(downtime), over)),
                Err(over) => {
                    let failure = Failure::new(Kind::Ended, over)
                        .hint("there is nothing left to end or take back; --if-open passes over what is over");
                    return Err(match downtime.state(session.clock.now) {
                        State::Completed => {
                            failure.hint("to take it back as if it had never been scheduled, add --retroactive")
                        }
                        State::Skipped => {
                            failure.hint(format!("to let it take place after all: downtime unskip {}", downtime.id))
                        }
                        _ => failure,
                    });
                }
            }
        }
        Ok(plan)
    }

    /// Lets go of a series or rule: of its future, and with `--running` of what is running.
    fn whole(&self, session: &Session, ground: &Ground<'_>, kept: Kept, plan: &mut Plan) -> Outcome<()> {
        let id = kept.id().clone();
        if self.retroactive {
            return Err(Failure::new(Kind::Usage, format!("{id} is more than one downtime; --retroactive is for one"))
                .hint(format!("name the occurrence: `downtime next {id} --from TIME` shows the ids")));
        }
        if let (Kept::Rule(_), false) = (&kept, self.target.is_empty()) {
            return Err(Failure::new(Kind::Usage, format!("the targets of rule {id} are what rules.toml says"))
                .hint(format!("leave targets out of its `match`, or name an occurrence: downtime next {id}")));
        }
        let named = picking::targets_of(&kept, &self.target)?;
        let before = plan.effects.len();
        let gone = match &kept {
            Kept::Series(series) => {
                let held = series.held().filter(|target| named.is_empty() || named.contains(target));
                let targets: Vec<Target> = held.cloned().collect();
                if !targets.is_empty() {
                    plan.effects.push(Effect::Release { id: id.clone(), targets });
                }
                format!("series {id} has no more occurrences to come")
            }
            Kept::Rule(_) if ground.agenda().rules.plan(&id, session.clock.now)?.is_none() => {
                format!("rule {id} is declared no more")
            }
            Kept::Rule(rule) => {
                plan.effects.extend(rule.stopped().is_none().then(|| Effect::Stop { id: id.clone() }));
                format!("rule {id} was stopped already")
            }
            Kept::Downtime(_) => return Ok(()),
        };
        let is_meant = |target: &Target| named.is_empty() || named.contains(target);
        self.end_running(session, *ground, &id, &is_meant, plan)?;
        if plan.effects.len() > before {
            return Ok(());
        }
        if self.if_open {
            plan.over.push((kept, gone));
            return Ok(());
        }
        Err(Failure::new(Kind::Ended, gone)
            .hint("there is nothing left to take back; --if-open passes over what is over"))
    }

    /// Letting go of what is open of a downtime, or with `--retroactive` of all that it ever held, or why there is nothing.
    fn release(&self, session: &Session, downtime: &Downtime) -> Outcome<Result<Effect, String>> {
        let named = picking::targets_of(&Kept::from(downtime.clone()), &self.target)?;
        let admits = |target: &Target| self.target.is_empty() || named.contains(target);
        let now = session.clock.now;
        let had = |holding: &&Holding| {
            if self.retroactive { !holding.spans.is_empty() } else { holding.state(now).is_open() }
        };
        let targets = downtime.holdings.iter().filter(had).map(|holding| &holding.target);
        let targets: Vec<Target> = targets.filter(|target| admits(target)).cloned().collect();
        if targets.is_empty() {
            return Ok(Err(shown::over(downtime, session)
                .unwrap_or_else(|| format!("downtime {} no longer holds {}", downtime.id, self.target.join(", ")))));
        }
        let id = downtime.id.clone();
        if self.retroactive {
            let (from, author) = (downtime.course(), session.author());
            let to = downtime.as_if_never_holding(&targets, session.clock.now, &author);
            return Ok(Ok(Effect::Rewrite { id, from, to }));
        }
        Ok(Ok(Effect::Release { id, targets }))
    }

    fn by_filter(&self, session: &Session) -> Outcome<()> {
        let sought = self.filters.sought(session, &self.times)?;
        let mut session = session.clone();
        loop {
            let agreed = if self.yes || self.dry_run { None } else { Some(self.ask(&session, &sought)?) };
            // Asked without the lock: others go on working while somebody thinks, and the clock goes on.
            session = session.later();
            let mut plan = Plan::default();
            let mut differs = false;
            let made = changing::make(&session, self.dry_run, |ground| {
                (_, plan) = self.seek(&session, *ground, &sought)?;
                differs = agreed.is_some_and(|agreed| agreed != plan.effects);
                Ok(plan.operation().filter(|_| !differs))
            })?;
            if !differs {
                return self.tell(&session, &plan, &made);
            }
            session.note("what matches has changed meanwhile");
        }
    }

    /// Shows what would be let go of, and asks; what was agreed to.
    fn ask(&self, session: &Session, sought: &Sought) -> Outcome<Vec<Effect>> {
        let reading = session.reading()?;
        let (found, plan) = self.seek(session, (&reading).into(), sought)?;
        if found.is_empty() {
            return Ok(plan.effects);
        }
        asking::possible("add --yes; --dry-run shows what would be deleted")?;
        let mut listed: Vec<&Found> = found.iter().collect();
        listing::sort(&mut listed, session.clock.now);
        let targets: usize = found.iter().map(|found| found.meant().holdings.len()).sum();
        let question = match (found.iter().all(Found::is_whole), found.len(), targets) {
            (true, 1, _) => "Delete this downtime?".to_owned(),
            (true, count, _) => format!("Delete these {count} downtimes?"),
            (false, _, 1) => "Let go of this target?".to_owned(),
            (false, _, count) => format!("Let go of these {count} targets?"),
        };
        if asking::confirmed(&(listing::table(&listed, Targets::Meant, session) + &question))? {
            return Ok(plan.effects);
        }
        Err(Failure::new(Kind::Unconfirmed, "nothing was deleted").hint("answer y, or add --yes"))
    }

    /// What the filters leave that is open, cut down to what is to be let go of.
    fn seek(&self, session: &Session, ground: Ground<'_>, sought: &Sought) -> Outcome<(Vec<Found>, Plan)> {
        let narrowing = self.filters.narrowing(ground, &[], Unknown::Accept)?;
        self.filters.point_out_misses(session, ground)?;
        let now = session.clock.now;
        let candidates = narrowing.candidates(&self.filters.key, sought.occurrences_in(), now)?;
        let meant = narrowing.meant(candidates.iter().flat_map(Candidate::targets))?;
        let by_downtime = self.filters.looks_at_downtimes() || !self.times.is_empty();
        if !self.everything && (self.filters.looks_at_targets() || !by_downtime) {
            meant.refuse_everything()?;
        }
        let now = session.clock.now;
        let is_open = |found: &Found| found.meant().state(now).is_open();
        let (mut found, over): (Vec<Found>, Vec<Found>) =
            sought.among(candidates, &meant).into_iter().partition(is_open);
        found.retain(|found| sought.admits_state(found.meant().state(now)));
        if found.is_empty() && (over.is_empty() || !self.if_open) {
            return Err(self.nothing_matched(ground, over.len())?);
        }
        let held = |holding: &Holding| holding.state(now).is_open();
        let found: Vec<Found> = found.into_iter().map(|found| found.cut_down(self.whole, held)).collect();
        let mut plan = Plan::default();
        for found in &found {
            match &found.whole {
                None => {
                    let targets = found.meant().targets().cloned().collect();
                    plan.effects.push(Effect::Release { id: found.downtime.id.clone(), targets });
                }
                Some(whole) => {
                    let is_meant = |target: &Target| self.whole || meant.admits(target);
                    self.let_go(session, ground, (&whole.id, found.is_whole()), &is_meant, &mut plan)?;
                }
            }
        }
        if plan.effects.is_empty()
            && let Some(note) = plan.notes.first()
        {
            let failure = Failure::new(Kind::NothingMatched, note.clone());
            let rule = found.iter().filter_map(|found| found.whole.as_ref()).find(|whole| whole.is_rule());
            let failure = plan.notes.iter().skip(1).fold(failure, |failure, note| failure.hint(note.clone()));
            return Err(match rule {
                Some(rule) => failure.hint(format!(
                    "leave the target out of it there; to leave an occurrence out: downtime skip {} --next",
                    rule.id
                )),
                None => failure,
            });
        }
        // Beside what is open, what is over is not asked about.
        let over = if found.is_empty() { over } else { Vec::new() };
        let over = over.into_iter().map(|found| {
            let gone =
                || format!("downtime {} no longer holds {}", found.downtime.id, shown::targets(found.meant(), 6));
            let how = shown::over(&found.downtime, session).unwrap_or_else(gone);
            (Kept::from(found.downtime), how)
        });
        plan.over = over.collect();
        Ok((found, plan))
    }

    /// Lets go of what is meant of a series or rule: of its future, and with `--running` of what is running.
    fn let_go(
        &self,
        session: &Session,
        ground: Ground<'_>,
        (id, is_whole): (&DowntimeId, bool),
        is_meant: &dyn Fn(&Target) -> bool,
        plan: &mut Plan,
    ) -> Outcome<()> {
        match ground.state.get(id)? {
            Some(Kept::Series(series)) => {
                let targets: Vec<Target> = series.held().filter(|target| is_meant(target)).cloned().collect();
                if !targets.is_empty() {
                    plan.effects.push(Effect::Release { id: id.clone(), targets });
                }
            }
            _ if is_whole => plan.effects.push(Effect::Stop { id: id.clone() }),
            _ => plan.notes.push(format!("rule {id} goes on for all that its `match` in rules.toml says")),
        }
        self.end_running(session, ground, id, is_meant, plan)
    }

    /// Lets go of what is meant and running of a series or rule with `--running`, and else says that it finishes.
    fn end_running(
        &self,
        session: &Session,
        ground: Ground<'_>,
        id: &DowntimeId,
        is_meant: &dyn Fn(&Target) -> bool,
        plan: &mut Plan,
    ) -> Outcome<()> {
        let now = session.clock.now;
        for running in ground.agenda().running(id, now)? {
            let open = running.holdings.iter().filter(|holding| holding.open_span(now).is_some());
            let targets: Vec<Target> =
                open.map(|holding| &holding.target).filter(|target| is_meant(target)).cloned().collect();
            if targets.is_empty() {
                continue;
            }
            if self.running {
                plan.effects.push(Effect::Release { id: running.id, targets });
                continue;
            }
            plan.notes.push(format!(
                "{} is running until {} and finishes; add --running to end it, too: downtime delete {}",
                running.id,
                time::local(session.zone, running.window.end()),
                running.id
            ));
        }
        Ok(())
    }

    fn tell(&self, session: &Session, plan: &Plan, made: &Made) -> Outcome<()> {
        let Told { mut lines, held } = releasing::tell(session, &plan.effects, made)?;
        lines.extend(plan.over.iter().take(OVER_LINES).map(|(_, how)| format!("Unchanged: {how}")));
        if plan.over.len() > OVER_LINES {
            lines.push(format!("Unchanged: {} more", plan.over.len() - OVER_LINES));
        }
        let unchanged: Vec<Kept> = plan.over.iter().map(|(kept, _)| kept.clone()).collect();
        let mut notes = if session.globals.document()? { held } else { Vec::new() };
        notes.extend(plan.notes.iter().cloned());
        let change = Change { unchanged: &unchanged, lines, notes: &notes, ..Change::of(made, self.dry_run) };
        shown::change(session, &change)
    }

    fn nothing_matched(&self, ground: Ground<'_>, over: usize) -> Outcome<Failure> {
        let failure = Failure::new(Kind::NothingMatched, "no open downtime matches");
        let known = ground.objects();
        if known.has_inventory()? {
            for host in &self.filters.host {
                let declared = known.declared_hosts()?;
                let near = nearest(host, declared.iter().map(String::as_str));
                if let (false, Some(near)) = (declared.contains(host), near) {
                    return Ok(failure.hint(format!("did you mean --host {near}?")));
                }
            }
        }
        Ok(failure.hint(match over {
            0 => "see `downtime list`, which takes the same filters",
            _ => "what matches is over already; see `downtime list --all`, which takes the same filters",
        }))
    }
}
