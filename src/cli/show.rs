//! `show`: all that is known of one downtime.

use clap::Args;

use super::changing::Ground;
use super::output::{print, print_json};
use super::session::{Reading, Session};
use super::{mistaken, picking, shown, tables, whole};
use crate::downtime::id::DowntimeId;
use crate::downtime::kept::Kept;
use crate::downtime::operation::{Effect, Entry};
use crate::downtime::record::Downtime;
use crate::downtime::story::Changes;
use crate::failure::Outcome;
use crate::render::downtime_json::DowntimeJson;
use crate::render::series_json::SeriesJson;
use crate::render::text::printable;
use crate::render::{duration, time};

/// So many coming occurrences of a series are shown.
const COMING: usize = 5;

/// Show all of one downtime, series or rule: window, targets, activations, changes
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  downtime show 12
  downtime show 12 -q                    # its state alone
  downtime show 12 -o json")]
pub struct Show {
    /// Id of a downtime, or key:KEY
    #[arg(value_name = "ID")]
    id: String,
}

impl Show {
    /// Prints it.
    pub fn run(self, session: &Session) -> Outcome<()> {
        let machine = session.globals.document()?;
        let reading = session.reading()?;
        let (state, agenda) = (&reading.view.state, Ground::from(&reading).agenda());
        let kept = picking::one(&self.id, agenda, session.clock.now)
            .map_err(|failure| mistaken::id(failure, "show", std::slice::from_ref(&self.id), state))?;
        let downtime = match kept {
            Kept::Downtime(downtime) => *downtime,
            whole => return show_whole(&whole, session, &reading, machine),
        };
        if machine {
            return print_json(&DowntimeJson::new(&downtime, session.clock.now, session.zone));
        }
        if session.globals.quiet {
            return print(&format!("{}\n", downtime.state(session.clock.now).name()));
        }
        let text = describe(&downtime, session) + &changes(&downtime.id, session, &reading)?;
        print(&tables::linked(text))
    }
}

/// A series or rule as a whole.
fn show_whole(kept: &Kept, session: &Session, reading: &Reading, machine: bool) -> Outcome<()> {
    let now = session.clock.now;
    let agenda = Ground::from(reading).agenda();
    let Some(whole) = agenda.whole(kept.id(), now)? else {
        return Err(picking::declared_no_more(kept.id()));
    };
    if machine {
        return print_json(&SeriesJson::new(&whole, now, session.zone));
    }
    if session.globals.quiet {
        return print(&format!("{}\n", whole.shown.state(now).name()));
    }
    let coming = agenda.coming(kept.id(), now, COMING)?;
    let touched = agenda.touched(kept.id())?;
    let disabled = whole::disabled(kept.id(), reading, now)?;
    let text = whole::describe(kept, &whole, disabled.as_deref(), &coming, &touched, session);
    let text = text + &changes(kept.id(), session, reading)?;
    print(&tables::linked(text))
}

fn describe(downtime: &Downtime, session: &Session) -> String {
    let (now, zone) = (session.clock.now, session.zone);
    let moment = |instant| shown::moment(zone, instant);
    let mut text = format!("Downtime {}: {}\n", downtime.id, downtime.state(now).name());
    let mut line = |word: &str, value: &str| text += &format!("  {word:<10}  {}\n", printable(value));
    line("comment", &downtime.terms.comment);
    line("name", downtime.terms.name.as_deref().unwrap_or("-"));
    line("ticket", downtime.terms.ticket.as_deref().unwrap_or("-"));
    if let Some(key) = &downtime.terms.key {
        line("key", key);
    }
    line("start", &moment(downtime.window.start()));
    line("end", &moment(downtime.window.end()));
    if downtime.planned_end != downtime.window.end() {
        line("planned", &moment(downtime.planned_end));
    }
    if let Some((at, by)) = downtime.ended(now) {
        line("ended", &by.map_or(moment(at), |by| format!("{} by {by}", moment(at))));
    }
    line("length", &duration::format(downtime.window.interval.seconds()));
    line("zone", &downtime.timezone.name());
    line("kind", downtime.kind.name());
    line("author", &format!("{}, {}", downtime.author, moment(downtime.entry_time)));
    if let Some(reason) = &downtime.terms.override_reason {
        line("override", reason);
    }
    let options = [
        (downtime.terms.suspend_monitoring, "monitoring suspended"),
        (downtime.was_entered_afterwards(), "entered afterwards"),
    ];
    let options: Vec<&str> = options.iter().filter(|(set, _)| *set).map(|(_, word)| *word).collect();
    if !options.is_empty() {
        line("options", &options.join(", "));
    }
    text += "Targets\n";
    for holding in &downtime.holdings {
        text += &format!("  {:<10}  {}\n", holding.state(now).name(), printable(&holding.target.to_string()));
        for span in holding.spans.iter().filter(|span| span.start() <= now) {
            let until = if span.end() <= now { time::local(zone, span.end()) } else { "now".to_owned() };
            text += &format!("              in effect {} to {until}\n", time::local(zone, span.start()));
        }
        if let Some(release) = &holding.released {
            let by = printable(&release.by).into_owned();
            text += &format!("              let go of {} by {by}\n", time::local(zone, release.at));
        }
    }
    text
}

fn changes(id: &DowntimeId, session: &Session, reading: &Reading) -> Outcome<String> {
    let mut text = "Changes\n".to_owned();
    reading.store.replay(|entry: Entry| {
        if entry.operation.touches().iter().any(|touched| touched.root() == *id || **touched == *id) {
            text += &format!(
                "  {:<10}  {}  by {}  (operation {}){}\n",
                entry.operation.verb(),
                time::local(session.zone, entry.due),
                printable(&entry.author),
                entry.sequence,
                changed(&entry, id, session)
            );
        }
        Ok(())
    })?;
    Ok(text)
}

/// What an operation changed about a downtime.
fn changed(entry: &Entry, id: &DowntimeId, session: &Session) -> String {
    let own = || entry.operation.effects().iter().filter(|effect| effect.id() == id || effect.id().root() == *id);
    let mut changes = Changes::default();
    own().for_each(|effect| changes.extend(Changes::of(effect)));
    let alone: Vec<&str> = own().map(Effect::id).filter(|touched| *touched != id).map(DowntimeId::as_str).collect();
    let of = if alone.is_empty() { String::new() } else { format!("  {}", alone.join(", ")) };
    if changes.is_empty() {
        return of;
    }
    let afterwards = if own().any(|effect| matches!(effect, Effect::Rewrite { .. })) { ", afterwards" } else { "" };
    format!("{of}  {}{afterwards}", printable(&shown::phrases(&changes, session.zone).join("; ")))
}
