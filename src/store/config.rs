//! `config.toml`: what people set once for a store.

use serde::Deserialize;

use crate::failure::{Failure, Kind, Outcome};
use crate::inventory::declared::{Source, parse_toml};
use crate::when::zone::Zone;

/// The settings of a store.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// The zone of times typed and shown.
    pub timezone: Option<Zone>,
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
    pub fn parse(sources: &[Source]) -> Outcome<Self> {
        let mut merged = Self::default();
        for source in sources {
            let Self { timezone } = parse_toml(source)?;
            if timezone.is_some() && merged.timezone.is_some() {
                return Err(Failure::new(
                    Kind::Config,
                    format!("{}: `timezone` is set in another file already", source.name),
                ));
            }
            merged.timezone = timezone.or(merged.timezone);
        }
        Ok(merged)
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
