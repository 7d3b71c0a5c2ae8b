//! What every command starts from: the clock, the zone, the store, and who acts.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::io::Write;
use std::rc::Rc;
use std::sync::Arc;

use super::changing::Ground;
use super::globals::Globals;
use crate::clock::{Clock, Instant};
use crate::downtime::ledger::{Head, Ledger};
use crate::failure::{Failure, Kind, Outcome};
use crate::policy::Policy;
use crate::render::text::printable;
use crate::store::config::Config;
use crate::store::edited::Edited;
use crate::store::files::Disk;
use crate::store::folded::Folded;
use crate::store::in_force::InForce;
use crate::store::place::{self, Place};
use crate::store::rulebook::RuleBook;
use crate::store::writer::{Hand, Writer};
use crate::store::{Store, View};
use crate::when::zone::Zone;
use crate::when::{self, Present, Role};

/// One run of the program.
#[derive(Debug, Clone)]
pub struct Session {
    /// Options of every command.
    pub globals: Globals,
    /// What time it is.
    pub clock: Clock,
    /// The zone of times typed and shown.
    pub zone: Zone,
    /// Whether somebody chose that zone, and not only the machine.
    pub zone_chosen: bool,
    /// Freezes and limits of the site.
    pub policy: Policy,
    place: Place,
    /// What was noted or warned of already: a command may look at the same things more than once.
    said: RefCell<BTreeSet<String>>,
}

/// A store as a reader finds it.
pub struct Reading {
    /// The store.
    pub store: Store,
    /// Its state.
    pub view: View,
    /// The inventory that counts.
    pub inventory: InForce,
    /// The occurrences of rules, at any time.
    pub book: Rc<RuleBook>,
}

impl Reading {
    fn new(store: Store, view: View, (inventory, rules): (InForce, InForce), clock: Clock) -> Self {
        let book = Rc::new(store.book(&view.state.head, &inventory, &rules, clock));
        Self { store, view, inventory, book }
    }
}

impl Session {
    /// Finds the store, reads the settings, and looks at the clock once.
    pub fn begin(globals: Globals) -> Outcome<Self> {
        let correct = |failure: Failure| failure.hint("correct it; it is read by every command");
        let user = user_config().map_err(correct)?;
        let place = place::find(globals.store.as_deref(), user.as_ref()).map_err(|failure| match failure.kind {
            Kind::Config => correct(failure),
            _ => failure,
        })?;
        // Read even if --tz makes its one setting moot: a slip in it is to be noticed by every command.
        let config = config(&place)?;
        let chosen = match Globals::given(globals.tz.as_ref()) {
            Some(zone) => Some(Zone::parse(zone).map_err(|failure| failure.context("--tz or DOWNTIME_TZ"))?),
            None => config.timezone.or(user.and_then(|(_, config)| config.timezone)),
        };
        let zone = chosen.unwrap_or_else(zone_of_machine);
        let policy = config.policy(zone).map_err(|failure| in_store(failure, &place))?;
        let clock = match Globals::given(globals.now.as_ref()) {
            None => Clock::system(),
            Some(text) => {
                let present = Present { now: Clock::system().now, zone };
                let now = when::point(text, Role::Start, &present);
                Clock::pretend(now.map_err(|failure| failure.context("--now or DOWNTIME_NOW"))?.instant)
            }
        };
        let session =
            Self { globals, clock, zone, zone_chosen: chosen.is_some(), policy, place, said: RefCell::default() };
        if session.globals.verbose {
            say(&format!("store {} ({})", session.place.dir.display(), session.place.named_by));
        }
        Ok(session)
    }

    /// The same after somebody was asked: their thinking takes time, unless time is only pretended.
    #[must_use]
    pub fn later(&self) -> Self {
        let clock = if self.clock.pretended { self.clock } else { Clock::system() };
        Self { clock, ..self.clone() }
    }

    /// The moment and the place in which everything was typed.
    pub const fn present(&self) -> Present {
        Present { now: self.clock.now, zone: self.zone }
    }

    /// The moment that is asked about: what was typed, or now.
    ///
    /// # Errors
    /// As for times everywhere.
    pub fn moment(&self, typed: Option<&str>) -> Outcome<Instant> {
        let Some(text) = typed else { return Ok(self.clock.now) };
        let resolved = when::point(text, Role::CheckAt, &self.present())?;
        resolved.notes.iter().for_each(|note| self.note(note));
        Ok(resolved.instant)
    }

    /// The store's directory.
    pub fn dir(&self) -> &std::path::Path {
        &self.place.dir
    }

    /// Who acts: `--as`, `DOWNTIME_AUTHOR`, `SUDO_USER` for root, else the user of the operating system.
    pub fn author(&self) -> String {
        if let Some(name) = Globals::given(self.globals.author.as_ref()) {
            return name.to_owned();
        }
        let invoker = std::env::var("SUDO_USER").ok().filter(|name| !name.is_empty());
        match invoker {
            Some(name) if rustix::process::geteuid().is_root() => name,
            _ => whoami::username().unwrap_or_else(|_| format!("uid {}", rustix::process::getuid().as_raw())),
        }
    }

    /// The store, if one was begun.
    pub fn begun(&self) -> Outcome<Option<Store>> {
        Store::open(Arc::new(Disk), self.dir())
    }

    /// The store.
    ///
    /// # Errors
    /// `Missing` if none was begun.
    pub fn store(&self) -> Outcome<Store> {
        self.begun()?.ok_or_else(|| self.missing())
    }

    /// That no store was begun.
    pub fn missing(&self) -> Failure {
        Failure::new(Kind::Missing, format!("there is no store in {}", self.dir().display()))
            .hint("begin one with `downtime init`, or name another with --store DIR")
    }

    /// The store as it is, if one was begun.
    pub fn reading_if_begun(&self) -> Outcome<Option<Reading>> {
        let Some(store) = self.begun()? else { return Ok(None) };
        self.look(store).map(Some)
    }

    fn look(&self, store: Store) -> Outcome<Reading> {
        let view = store.read()?;
        if view.residue > 0 {
            self.note(&format!(
                "{} bytes behind the last operation are what a crash left; the next change sets them aside",
                view.residue
            ));
        }
        let in_force = self.look_at_edits(&store, &view.state.head)?;
        Ok(Reading::new(store, view, in_force, self.clock))
    }

    /// The inventory and the rules that count, with a warning about each edited file that does not.
    fn look_at_edits(&self, store: &Store, head: &Head) -> Outcome<(InForce, InForce)> {
        let notes = store.notes();
        let inventory = store.in_force(Edited::Inventory, head, &notes)?;
        let rules = store.in_force(Edited::Rules, head, &notes)?;
        for warning in [&inventory.warning, &rules.warning].into_iter().flatten() {
            self.warn(warning);
        }
        Ok((inventory, rules))
    }

    /// The store as it is; one that was never begun counts as empty, though what people wrote in its directory is read.
    pub fn reading_or_empty(&self) -> Outcome<Reading> {
        if let Some(reading) = self.reading_if_begun()? {
            return Ok(reading);
        }
        let store = Store::unbegun(Arc::new(Disk), self.dir());
        let view = View { state: Ledger::new(Head::default(), Folded::Nothing), residue: 0 };
        let in_force = self.look_at_edits(&store, &view.state.head)?;
        Ok(Reading::new(store, view, in_force, self.clock))
    }

    /// The store as it is.
    ///
    /// # Errors
    /// `Missing` if none was begun.
    pub fn reading(&self) -> Outcome<Reading> {
        self.look(self.store()?)
    }

    /// The store, locked for a change of what is there.
    ///
    /// # Errors
    /// `Missing` if none was begun: there is nothing to change.
    pub fn change(&self) -> Outcome<Writer> {
        self.store()?;
        self.writer()
    }

    /// The store, locked for a change; one is begun if there is none.
    ///
    /// # Errors
    /// `Config` for edited files that cannot be read, before anything is begun.
    pub fn writer(&self) -> Outcome<Writer> {
        if self.begun()?.is_none() {
            self.reading_or_empty()?;
        }
        let hand = Hand { clock: self.clock, author: self.author(), patience: self.globals.patience() };
        let writer = Writer::open(Arc::new(Disk), self.dir(), hand, &mut |text| self.note(text))?;
        writer.notes.iter().for_each(|note| self.note(note));
        writer.warnings.iter().for_each(|warning| self.warn(warning));
        if writer.recorded.contains(&Edited::Rules) {
            self.point_out_lost(&writer)?;
        }
        if let Some(kind) = crate::store::place::network(self.dir()) {
            self.warn(&format!(
                "{} is on a network file system ({kind}), where locks and syncs may lie",
                self.dir().display()
            ));
        }
        Ok(writer)
    }

    /// Warns of single occurrences that are left out or changed no more, since an edit gave their rule other starts.
    fn point_out_lost(&self, writer: &Writer) -> Outcome<()> {
        let agenda = Ground::from(writer).agenda();
        for rule in agenda.ledger.head.excepted.keys() {
            for lost in agenda.lost(rule, self.clock.now)? {
                self.warn(&format!(
                    "what was changed on {lost} alone counts no more: rule {rule} has other starts now"
                ));
            }
        }
        Ok(())
    }

    /// What is wrong with a file of the store, saying where that is.
    pub fn where_it_is(&self, failure: Failure) -> Failure {
        in_store(failure, &self.place)
    }

    /// Tells what is good to know, unless the user wants quiet.
    pub fn note(&self, text: &str) {
        if !self.globals.quiet && self.said.borrow_mut().insert(text.to_owned()) {
            say(&format!("note: {text}"));
        }
    }

    /// Tells what may be wrong, once.
    fn warn(&self, text: &str) {
        if self.said.borrow_mut().insert(text.to_owned()) {
            warn(text);
        }
    }
}

/// Tells what may be wrong.
pub fn warn(text: &str) {
    say(&format!("warning: {text}"));
}

/// Tells the user something on standard error.
fn say(text: &str) {
    // Nobody is left to tell if standard error cannot be written.
    drop(writeln!(std::io::stderr(), "{}", printable(text)));
}

/// `TZ` if it names a zone, else the system's, else UTC.
fn zone_of_machine() -> Zone {
    let named = |name: String| match name.trim_start_matches(':') {
        "Etc/UTC" => Some(Zone::UTC),
        name => Zone::parse(name).ok(),
    };
    (std::env::var("TZ").ok().filter(|name| !name.is_empty()).and_then(named))
        .or_else(|| iana_time_zone::get_timezone().ok().and_then(named))
        .unwrap_or(Zone::UTC)
}

fn config(place: &Place) -> Outcome<Config> {
    let sources = Store::unbegun(Arc::new(Disk), &place.dir).sources("config")?;
    Config::parse(sources).map_err(|failure| in_store(failure, place))
}

/// What is wrong with a file of the store, saying where that is.
fn in_store(failure: Failure, place: &Place) -> Failure {
    failure.hint(format!("correct it; the store's directory is {}", place.dir.display()))
}

/// The user's settings. A home that may not be read, as under `sudo` with another's `HOME`, has none.
fn user_config() -> Outcome<Option<(std::path::PathBuf, crate::store::config::UserConfig)>> {
    place::user_config().or_else(|failure| {
        let refused = failure.source.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
        if refused != Some(std::io::ErrorKind::PermissionDenied) {
            return Err(failure);
        }
        warn(&format!("{failure}; the settings in it do not count"));
        Ok(None)
    })
}
