//! `config.toml`: what people set once for a store.

use serde::Deserialize;

use crate::failure::{Failure, Kind, Outcome};
use crate::inventory::declared::{Source, parse_toml};
use crate::policy::freeze::FreezeTable;
use crate::policy::limits::LimitsTable;
use crate::policy::{Policy, Written};
use crate::when::zone::Zone;

/// The settings of a store.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// The zone of times typed and shown.
    pub timezone: Option<Zone>,
    /// What each file says about freezes and limits.
    written: Vec<Written>,
}

/// One file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    timezone: Option<Zone>,
    limits: LimitsTable,
    freeze: Vec<FreezeTable>,
}

/// The settings of a user, or of the machine (`/etc/downtime/config.toml`).
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct UserConfig {
    /// The store's directory.
    pub store: Option<std::path::PathBuf>,
    /// The zone of times typed and shown.
    pub timezone: Option<Zone>,
}

impl Config {
    /// Reads the settings of all files together.
    ///
    /// # Errors
    /// `Config` naming file, line and column, or two files that set the same thing.
    pub fn parse(sources: Vec<Source>) -> Outcome<Self> {
        let mut merged = Self::default();
        for source in sources {
            let File { timezone, limits, freeze } = parse_toml(&source).map_err(hint_at_freezes)?;
            if timezone.is_some() && merged.timezone.is_some() {
                return Err(Failure::new(
                    Kind::Config,
                    format!("{}: `timezone` is set in another file already", source.name),
                ));
            }
            merged.timezone = timezone.or(merged.timezone);
            merged.written.push(Written { source, limits, freezes: freeze });
        }
        Ok(merged)
    }

    /// Freezes and limits; civil times are meant in the zone set here, or else in `zone`.
    ///
    /// # Errors
    /// `Config` naming file, line and column.
    pub fn policy(self, zone: Zone) -> Outcome<Policy> {
        Policy::of(self.written, self.timezone.unwrap_or(zone))
    }
}

/// What the parser says about a freeze that lacks something, or is written as one table, does not tell what to write.
fn hint_at_freezes(failure: Failure) -> Failure {
    let message = failure.message();
    if ["`name`", "`start`", "`end`"].iter().any(|key| message.ends_with(&format!("missing field {key}"))) {
        failure.hint("a freeze has a `name`, a `start` and an `end`")
    } else if message.ends_with("invalid type: map, expected a sequence") {
        failure.hint("a freeze is written with two pairs of brackets: [[freeze]]")
    } else {
        failure
    }
}

impl UserConfig {
    /// Reads the settings.
    ///
    /// # Errors
    /// `Config` naming file, line and column.
    pub fn parse(name: &str, text: &str) -> Outcome<Self> {
        parse_toml(&Source { name: name.to_owned(), text: text.to_owned() })
    }
}
