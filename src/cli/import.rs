//! `import`: take events from monitoring logs and tables of states.

use std::fs::File;
use std::path::Path;

use clap::Args;

use super::output::{print, print_json, told};
use super::progress::Progress;
use super::session::Session;
use super::taken::{REJECTED_SHOWN, Taken, TakenJson, tell};
use crate::downtime::operation::{Imported, Operation};
use crate::events::format::{self, Content, Format, Options, STANDARD_INPUT};
use crate::failure::{Failure, Kind, Outcome};

/// Take events from monitoring logs and tables of states, in any order and any pieces
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  downtime import nagios.log
  downtime import archives/nagios-*.log.gz
  downtime import events.csv --tz Europe/Berlin
  cat archives/*.gz | downtime import -
  downtime import nagios.log --strict -o json

Files may be packed by gzip or zstd; what they are is told by what they hold, not by their names.

CSV has a header that names its columns, in any order: time, host, service, state and, if there are such, type and \
output. JSON Lines have the same keys. A time is RFC 3339, a date and time in the zone in force (--tz), or seconds \
since 1970. Without a service the host is meant. The type is HARD (default) or SOFT. A row counts as the ALERT line \
of a log does.

Lines that are there already count once. A bad line never stops the rest; with --strict it makes exit code 6, and \
nothing is taken.")]
pub struct Import {
    /// Logs and tables, packed or not; - reads standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
    /// What the files hold: auto, nagios (also Naemon, Icinga 1, Checkmk), csv, jsonl
    #[arg(long, value_name = "FORMAT", default_value_t = Format::Auto, hide_default_value = true)]
    format: Format,
    /// Take nothing if any line is rejected
    #[arg(long)]
    strict: bool,
}

impl Import {
    /// Takes the events of all files, or of none.
    pub fn run(self, session: &Session) -> Outcome<()> {
        let machine = session.globals.document()?;
        let rejections = if machine { usize::MAX } else { REJECTED_SHOWN };
        let options = Options { format: self.format, zone: session.zone, rejections };
        let contents = self.read(session, &options)?;
        let rejected: u64 = contents.iter().map(|(_, content)| content.parsed.counts.rejected).sum();
        let refused = self.strict && rejected > 0;
        let (operation, taken) = if refused {
            (None, contents.into_iter().map(|(file, content)| Taken::nothing(file, content)).collect())
        } else {
            keep(session, contents)?
        };
        told(if machine {
            print_json(&TakenJson::new(operation, &taken))
        } else {
            taken.iter().flat_map(|taken| &taken.notes).for_each(|note| session.note(note));
            let told = || taken.iter().map(|taken| tell(taken, refused)).collect::<String>();
            if session.globals.quiet { Ok(()) } else { print(&told()) }
        });
        if refused {
            return Err(Failure::new(Kind::Rejected, format!("{rejected} lines were rejected, so nothing was taken"))
                .hint("without --strict the others are taken"));
        }
        Ok(())
    }

    /// What each of the files came to.
    fn read(&self, session: &Session, options: &Options) -> Outcome<Vec<(String, Content)>> {
        let mut progress = Progress::of(&session.globals, &self.files);
        let mut contents = Vec::new();
        for file in &self.files {
            let content = if file == "-" {
                let input = progress.watch(STANDARD_INPUT, std::io::stdin().lock());
                format::read(input, STANDARD_INPUT, options).map(|content| (STANDARD_INPUT.to_owned(), content))
            } else {
                open(file)
                    .and_then(|opened| format::read(progress.watch(file, opened), file, options))
                    .map(|content| (file.clone(), content))
            };
            contents.push(content.map_err(|failure| failure.hint("nothing was taken from any file"))?);
        }
        Ok(contents)
    }
}

/// A file to be read.
fn open(file: &str) -> Outcome<File> {
    let open = |path: &Path| {
        let opened = File::open(path)?;
        if opened.metadata()?.is_dir() {
            return Err(std::io::Error::from(std::io::ErrorKind::IsADirectory));
        }
        Ok(opened)
    };
    open(Path::new(file)).map_err(|error| Failure { kind: Kind::Usage, ..Failure::io("read", file, error) })
}

/// Keeps what is new; the number of the operation, if there was anything new.
fn keep(session: &Session, contents: Vec<(String, Content)>) -> Outcome<(Option<u64>, Vec<Taken>)> {
    let mut writer = session.writer()?;
    let mut events = writer.store.events(&writer.state.head);
    let mut imports = Vec::new();
    let mut taken = Vec::new();
    for (number, (file, content)) in contents.into_iter().enumerate() {
        let imported = events.import(&content.parsed)?;
        let segment = match imported.segment {
            Some(bytes) => {
                let name = format!("{:012}-{number}.events", writer.state.head.sequence + 1);
                writer.keep(&writer.store.events_path(&name), &bytes)?;
                events.push(name.clone(), bytes)?;
                Some(name)
            }
            None => None,
        };
        imports.push(Imported {
            source: file.clone(),
            segment,
            lines: content.parsed.counts.lines,
            events: imported.events,
            duplicates: imported.duplicates,
        });
        taken.push(Taken { events: imported.events, duplicates: imported.duplicates, ..Taken::nothing(file, content) });
    }
    let anything = imports.iter().any(|import| import.segment.is_some());
    let operation = if anything { Some(writer.commit(Operation::Import(imports))?) } else { None };
    Ok((operation, taken))
}
