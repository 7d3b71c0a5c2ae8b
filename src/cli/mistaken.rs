//! What was probably meant by a word that is no id.

use crate::clock::Instant;
use crate::downtime::id::DowntimeId;
use crate::downtime::target::Target;
use crate::failure::{Failure, Kind, quoted};
use crate::inventory::pattern::Pattern;
use crate::store::State;
use crate::when::{Expression, duration};

/// The failure to find a downtime by the ids typed after `command`, with the command that was probably meant.
pub fn id(failure: Failure, command: &str, ids: &[String], state: &State) -> Failure {
    if failure.kind != Kind::UnknownId {
        return failure;
    }
    let is_missing =
        |text: &String| !text.contains("key:") && matches!(state.get(&DowntimeId::parse(text).root()), Ok(None));
    let missing = ids.iter().position(is_missing);
    let meant = missing.and_then(|missing| {
        by_commas(command, ids).or_else(|| end(command, ids, missing)).or_else(|| host(command, &ids[missing], state))
    });
    match meant {
        Some(meant) => Failure { hints: vec![meant], ..failure },
        None => failure,
    }
}

/// `4,6` for `4 6`.
fn by_commas(command: &str, ids: &[String]) -> Option<String> {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let parts = || ids.iter().flat_map(|text| text.split([',', ';'])).map(str::trim).filter(|part| !part.is_empty());
    let meant = ids.iter().any(|text| text.contains([',', ';'])) && parts().all(is_number);
    meant.then(|| format!("ids have blanks between: downtime {command} {}", parts().collect::<Vec<_>>().join(" ")))
}

/// A length or a time behind the ids, which `extend` takes as an option.
fn end(command: &str, ids: &[String], at: usize) -> Option<String> {
    let text = &ids[at];
    let is_length = duration::parse_signed(text).is_ok();
    if command != "extend" || at == 0 || !(is_length || Expression::parse(text).is_ok()) {
        return None;
    }
    let others: Vec<&str> = ids.iter().filter(|id| *id != text).map(String::as_str).collect();
    let option = if is_length { "--by" } else { "--to" };
    Some(format!("to move the end: downtime extend {} {option} {}", others.join(" "), quoted(text)))
}

/// A host or service where an id is wanted.
fn host(command: &str, text: &str, state: &State) -> Option<String> {
    let target = Target::parse(text);
    let has_downtimes = state.on_host(&target.host, Instant::BEGINNING).is_ok_and(|downtimes| !downtimes.is_empty());
    if !has_downtimes && !Pattern::is_special(text) {
        return None;
    }
    let service = target.service.map(|service| format!(" --service {}", quoted(&service))).unwrap_or_default();
    let filter = format!("--host {}{service}", quoted(&target.host));
    Some(match command {
        "delete" => format!("to let go of it in all downtimes: downtime delete {filter}"),
        _ => format!("to see its downtimes and their ids: downtime list {filter}"),
    })
}
