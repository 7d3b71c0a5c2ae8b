//! `doctor`: is the store sound?

use clap::Args;
use serde::Serialize;

use super::output::{print, print_json};
use super::session::Session;
use crate::downtime::ledger::Head;
use crate::failure::{Failure, Kind, Outcome};
use crate::policy::Policy;
use crate::policy::limits::Limits;
use crate::render::text::printable;
use crate::store::Store;
use crate::store::doctor::{Finding, Grade, examine};

/// Check the whole store: exit 0 if it is sound, 5 if it is damaged
#[derive(Debug, Clone, Copy, Args)]
#[command(after_help = "Examples:
  downtime doctor
  downtime doctor -q                     # say nothing if all is well
  downtime doctor -o json")]
pub struct Doctor {}

#[derive(Serialize)]
struct DoctorJson<'a> {
    sound: bool,
    store: String,
    findings: Vec<FindingJson<'a>>,
}

#[derive(Serialize)]
struct FindingJson<'a> {
    part: &'a str,
    grade: &'static str,
    detail: &'a str,
}

impl Doctor {
    /// Prints what was found.
    pub fn run(self, session: &Session) -> Outcome<()> {
        let Self {} = self;
        let machine = session.globals.document()?;
        let store = session.store()?;
        let mut findings = examine(&store);
        findings.extend(policy_findings(session, &store)?);
        findings.extend(machine_findings(session));
        let damaged = findings.iter().filter(|finding| finding.grade == Grade::Damaged).count();
        if machine {
            print_json(&DoctorJson {
                sound: damaged == 0,
                store: session.dir().display().to_string(),
                findings: (findings.iter())
                    .map(|finding| FindingJson {
                        part: finding.part,
                        grade: finding.grade.name(),
                        detail: &finding.detail,
                    })
                    .collect(),
            })?;
        } else {
            let line = |finding: &Finding| {
                format!("{:<8} {:<10} {}\n", finding.grade.name(), finding.part, printable(&finding.detail))
            };
            let told = |finding: &&Finding| !(session.globals.quiet && finding.grade == Grade::Sound);
            print(&findings.iter().filter(told).map(line).collect::<String>())?;
        }
        match damaged {
            0 => Ok(()),
            _ => Err(Failure::new(Kind::Damaged, format!("the store in {} is damaged", session.dir().display()))
                .hint("restore the files named from a backup; the directory `cache` may just be deleted")),
        }
    }
}

/// Freezes and limits, and freezes still to end that nothing declared is frozen by.
fn policy_findings(session: &Session, store: &Store) -> Outcome<Vec<Finding>> {
    let Policy { limits, freezes } = &session.policy;
    if freezes.is_empty() && *limits == Limits::default() {
        return Ok(Vec::new());
    }
    let finding = |grade, detail| Finding { part: "config", grade, detail };
    let mut findings = vec![finding(Grade::Sound, format!("{} freezes, {} limits", freezes.len(), limits.count()))];
    // What the journal or a revision lacks was told of above.
    let Ok(in_force) = store.read().and_then(|view| store.inventory_in_force(&view.state)) else { return Ok(findings) };
    let head = Head::default();
    let known = store.objects(&in_force, &head);
    let Ok(inventory) = known.inventory() else { return Ok(findings) };
    for freeze in freezes {
        let is_empty = freeze.is_for_nothing(inventory).map_err(|failure| session.where_it_is(failure))?;
        if is_empty && freeze.interval.end() > session.clock.now && !inventory.is_empty() {
            let detail = format!("the `match` of freeze `{}` means nothing that is declared today", freeze.name);
            findings.push(finding(Grade::Warning, detail));
        }
    }
    Ok(findings)
}

/// What the machine adds: where the store lies, and how old the zone rules are.
fn machine_findings(session: &Session) -> Vec<Finding> {
    let ours = chrono_tz::IANA_TZDB_VERSION;
    let mut findings = Vec::new();
    if let Some(kind) = crate::store::place::network(session.dir()) {
        let detail = format!("it is on a network file system ({kind}), where locks and syncs may lie");
        findings.push(Finding { part: "store", grade: Grade::Warning, detail });
    }
    let (grade, detail) = match system_tzdata() {
        Some(theirs) if theirs.as_str() > ours => {
            (Grade::Warning, format!("rules {ours} are built in, and the system has {theirs}; update downtime"))
        }
        _ => (Grade::Sound, format!("rules {ours} are built in")),
    };
    findings.push(Finding { part: "zones", grade, detail });
    findings
}

/// The version of the system's zone rules, such as `2025b`, as the compiled source beside them tells it.
fn system_tzdata() -> Option<String> {
    let text = std::fs::read_to_string("/usr/share/zoneinfo/tzdata.zi").ok()?;
    text.lines().next()?.strip_prefix("# version ").map(|version| version.trim().to_owned())
}
