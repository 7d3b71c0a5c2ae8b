//! Finding the downtimes and objects that a command names.

use std::collections::BTreeSet;

use super::session::Session;
use crate::clock::Instant;
use crate::downtime::id::DowntimeId;
use crate::downtime::record::Downtime;
use crate::downtime::target::Target;
use crate::failure::{Failure, Kind, Outcome};
use crate::inventory::selection::{self, Known, Matcher};
use crate::store::State;
use crate::store::known::Objects;

/// The downtimes with these ids, each once, in the order typed.
///
/// # Errors
/// `UnknownId` for the first that is not there.
pub fn downtimes(ids: &[String], state: &State, now: Instant) -> Outcome<Vec<Downtime>> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for text in ids {
        let downtime = downtime(text, state, now)?;
        if seen.insert(downtime.id.clone()) {
            found.push(downtime);
        }
    }
    Ok(found)
}

/// The downtimes that operations of this state made or changed, as they stand.
pub fn by_ids<'i>(ids: impl IntoIterator<Item = &'i DowntimeId>, state: &State) -> Outcome<Vec<Downtime>> {
    ids.into_iter().filter_map(|id| state.get(id).transpose()).collect()
}

/// The downtime with this id; for `key:KEY` the open one with that key, or else the one that was made last.
///
/// # Errors
/// `UnknownId` if it is not there.
pub fn downtime(text: &str, state: &State, now: Instant) -> Outcome<Downtime> {
    if let Some(key) = text.trim().strip_prefix("key:") {
        let mut with_key = state.with_key(key)?;
        let open = with_key.iter().position(|downtime| downtime.state(now).is_open());
        return open.map(|at| with_key.swap_remove(at)).or_else(|| with_key.pop()).ok_or_else(|| {
            Failure::new(Kind::UnknownId, format!("there is no downtime with the key `{key}`"))
                .hint("see `downtime list --all`; a key is given with schedule --key")
        });
    }
    let id = DowntimeId::parse(text);
    state.get(&id)?.ok_or_else(|| {
        let failure = Failure::new(Kind::UnknownId, format!("there is no downtime `{id}`"));
        match state.head.last_id {
            0 => failure.hint("none was ever scheduled here; `downtime -v list` tells which store is used"),
            last => failure.hint(format!("ids go from 1 to {last}; see `downtime list --all`")),
        }
    })
}

/// The targets of a downtime that `--target` names, or all that are still held.
///
/// # Errors
/// `UnknownHost` or `UnknownService` if a text means none of its targets.
pub fn targets_of(downtime: &Downtime, texts: &[String]) -> Outcome<BTreeSet<Target>> {
    let mut picked = BTreeSet::new();
    for text in texts {
        let literal = Target::parse(text);
        if downtime.targets().any(|target| *target == literal) {
            picked.insert(literal);
            continue;
        }
        let matcher = Matcher::parse(text)?;
        let before = picked.len();
        picked.extend(downtime.targets().filter(|target| matcher.matches(target)).cloned());
        if picked.len() == before {
            let kind = if literal.service.is_some() { Kind::UnknownService } else { Kind::UnknownHost };
            let names: Vec<String> = downtime.held().map(Target::to_string).collect();
            let near = selection::nearest(text, names.iter().map(String::as_str));
            let failure = Failure::new(kind, format!("`{text}` is no target of downtime {}", downtime.id));
            return Err(match near {
                Some(near) => failure.hint(format!("did you mean {near}?")),
                None => failure.hint(format!("see `downtime show {}`", downtime.id)),
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

/// Every downtime there ever was on these hosts, services included, each once, by id.
pub fn on_hosts<'h>(state: &State, hosts: impl IntoIterator<Item = &'h str>) -> Outcome<Vec<Downtime>> {
    state.on_hosts(&hosts.into_iter().collect(), Instant::BEGINNING)
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
