//! Finding the downtimes and objects that a command names.

use std::collections::BTreeSet;

use super::occurrence;
use super::session::Session;
use crate::clock::Instant;
use crate::downtime::agenda::Agenda;
use crate::downtime::id::DowntimeId;
use crate::downtime::kept::Kept;
use crate::downtime::record::Downtime;
use crate::downtime::state::State;
use crate::downtime::target::Target;
use crate::failure::{Failure, Kind, Outcome, nearest};
use crate::inventory::selection::{Known, Matcher};
use crate::store::folded::Folded;
use crate::store::known::Objects;

/// What ids name, each once, in the order typed.
///
/// # Errors
/// `UnknownId` for the first that is not there.
pub fn all(ids: &[String], agenda: Agenda<'_, Folded>, now: Instant) -> Outcome<Vec<Kept>> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for text in ids {
        let kept = one(text, agenda, now)?;
        if seen.insert(kept.id().clone()) {
            found.push(kept);
        }
    }
    Ok(found)
}

/// What operations of this state made or changed, as it stands: an occurrence as a downtime.
pub fn by_ids<'i>(ids: impl IntoIterator<Item = &'i DowntimeId>, agenda: Agenda<'_, Folded>) -> Outcome<Vec<Kept>> {
    ids.into_iter().filter_map(|id| found(id, agenda).transpose()).collect()
}

/// What is kept under an id, or the occurrence that it names.
fn found(id: &DowntimeId, agenda: Agenda<'_, Folded>) -> Outcome<Option<Kept>> {
    match id.parent() {
        Some(_) => Ok(agenda.get(id)?.map(Kept::from)),
        None => agenda.ledger.get(id),
    }
}

/// The occurrence that a series or rule stands for at present: the running one.
///
/// # Errors
/// `NotRunning` if there is none; `UnknownRule` if the rule is declared no more.
pub fn running(kept: Kept, agenda: Agenda<'_, Folded>, now: Instant, verb: &str) -> Outcome<Downtime> {
    let id = match kept {
        Kept::Downtime(downtime) => return Ok(*downtime),
        kept => kept.id().clone(),
    };
    if let Some(running) = agenda.running(&id, now)?.pop() {
        return Ok(running);
    }
    if id.is_of_rule() && agenda.rules.plan(&id, now)?.is_none() {
        return Err(declared_no_more(&id));
    }
    let (word, to_change) = if id.is_of_rule() {
        ("rule", "to change the rule, edit rules.toml".to_owned())
    } else {
        ("series", format!("to change all to come: downtime edit {id} --for DURATION"))
    };
    let what = format!("no occurrence of {word} {id} is running that could be {verb}");
    let one_to_come = format!("one to come is named by its id: see `downtime next {id}`");
    Err(Failure::new(Kind::NotRunning, what).hint(one_to_come).hint(to_change))
}

/// That there was a rule of this name and is none now.
pub fn declared_no_more(rule: &DowntimeId) -> Failure {
    Failure::new(Kind::UnknownRule, format!("rule {rule} is declared no more"))
        .hint(format!("for what it did: downtime history --id {rule}"))
}

/// What this id names: a downtime, an occurrence as one, a series, or what is kept of a rule; for `key:KEY` the open one
/// with that key, or else the one that was made last. Of an occurrence, any part of its start will do that fits one.
///
/// # Errors
/// `UnknownId` or `UnknownRule` if it is not there; `Usage` if part of a start fits several.
pub fn one(text: &str, agenda: Agenda<'_, Folded>, now: Instant) -> Outcome<Kept> {
    let state = agenda.ledger;
    if let Some(key) = text.trim().strip_prefix("key:") {
        let (key, part) = key.split_once('@').map_or((key, None), |(key, part)| (key, Some(part)));
        let mut with_key = state.with_key(key)?;
        let open = with_key.iter().position(|kept| kept.state(now).is_some_and(State::is_open));
        let kept = open.map(|at| with_key.swap_remove(at)).or_else(|| with_key.pop()).ok_or_else(|| {
            Failure::new(Kind::UnknownId, format!("there is no downtime with the key `{key}`"))
                .hint("see `downtime list --all`; a key is given with schedule --key")
        })?;
        return match part {
            Some(part) => occurrence::find(kept.id(), part, agenda).map(Kept::from),
            None => Ok(kept),
        };
    }
    let id = DowntimeId::parse(text);
    if let Some((parent, part)) = id.as_str().split_once('@') {
        return occurrence::find(&DowntimeId::parse(parent), part, agenda).map(Kept::from);
    }
    if id.is_of_rule() {
        occurrence::refuse_unknown(&id, agenda, now)?;
        return Ok(Kept::Rule(Box::new(state.exceptions(&id)?)));
    }
    state.get(&id)?.ok_or_else(|| occurrence::no_such_downtime(&id, agenda))
}

/// The targets of a downtime that `--target` names, or all that are still held.
///
/// # Errors
/// `UnknownHost` or `UnknownService` if a text means none of its targets.
pub fn targets_of(kept: &Kept, texts: &[String]) -> Outcome<BTreeSet<Target>> {
    let mut picked = BTreeSet::new();
    for text in texts {
        let literal = Target::parse(text);
        if kept.targets().any(|target| *target == literal) {
            picked.insert(literal);
            continue;
        }
        let matcher = Matcher::parse(text)?;
        let before = picked.len();
        picked.extend(kept.targets().filter(|target| matcher.matches(target)).cloned());
        if picked.len() == before {
            let kind = if literal.service.is_some() { Kind::UnknownService } else { Kind::UnknownHost };
            let names: Vec<String> = kept.held().map(Target::to_string).collect();
            let near = nearest(text, names.iter().map(String::as_str));
            let failure = Failure::new(kind, format!("`{text}` is no target of downtime {}", kept.id()));
            return Err(match near {
                Some(near) => failure.hint(format!("did you mean {near}?")),
                None => failure.hint(format!("see `downtime show {}`", kept.id())),
            });
        }
    }
    Ok(picked)
}

/// Points out services that nobody declared: they are judged by their hosts, and a slip would pass unseen.
pub fn note_undeclared(session: &Session, objects: &BTreeSet<Target>, known: &Objects<'_>) -> Outcome<()> {
    if !known.has_inventory()? {
        return Ok(());
    }
    for object in objects.iter().filter(|object| object.service.is_some()) {
        if !known.declares(object)? {
            session.note(&format!("`{object}` is not declared in the inventory; it is judged by its host"));
        }
    }
    Ok(())
}

/// Refuses patterns that come to every declared host: a slip must not silence everything.
///
/// # Errors
/// `Everything`.
pub fn refuse_everything(texts: &[String], selected: &BTreeSet<Target>, known: &dyn Known) -> Outcome<()> {
    let literal: BTreeSet<&str> = texts.iter().map(String::as_str).collect();
    if selected.iter().all(|target| literal.contains(target.to_string().as_str())) {
        return Ok(());
    }
    let declared = known.declared_hosts()?;
    let hosts: BTreeSet<&String> =
        selected.iter().filter(|target| target.service.is_none()).map(|target| &target.host).collect();
    if !declared.is_empty() && declared.iter().all(|host| hosts.contains(host)) {
        return Err(Failure::new(
            Kind::Everything,
            format!("that is every one of the {} hosts of the inventory", declared.len()),
        )
        .hint("if that is what you mean, add --everything"));
    }
    Ok(())
}
