//! Reading `rules.toml`: every mistake with its place, not only the first.

mod entry;
mod moment;
#[cfg(test)]
mod tests;
mod times;

use std::collections::HashMap;

use toml::de::DeValue;

use super::Rules;
use crate::failure::{Failure, Kind, Outcome};
use crate::inventory::declared::Source;
use crate::inventory::pattern::Pattern;
use crate::inventory::reading::{Finding, Noting, Place, Text};
use crate::when::zone::Zone;

/// All that some files declare, and all that is wrong with them.
#[derive(Debug)]
pub struct Survey {
    /// What they declare; to be used only without errors.
    pub rules: Rules,
    /// What makes the files unusable, in their order.
    pub errors: Vec<Finding>,
    /// What is odd, and leaves them usable.
    pub warnings: Vec<Finding>,
}

/// What is shared between the rules of all files while they are read.
struct Reading {
    /// The zone of rules that name none.
    zone: Zone,
    /// Where each name was given first.
    names: HashMap<String, Place>,
    /// Patterns compiled: many rules name the same.
    patterns: HashMap<String, Pattern>,
    /// Whether what is odd is looked for.
    thorough: bool,
    rules: Rules,
}

impl Survey {
    /// Reads the files; the civil times of a rule that names no zone are those of `zone`.
    pub fn of(sources: &[Source], zone: Zone) -> Self {
        Self::read(sources, zone, true)
    }

    /// The same without what is odd about recurrences, in a small part of the time.
    pub fn of_mistakes(sources: &[Source], zone: Zone) -> Self {
        Self::read(sources, zone, false)
    }

    fn read(sources: &[Source], zone: Zone, thorough: bool) -> Self {
        let (mut errors, mut warnings) = (Vec::new(), Vec::new());
        let (names, patterns) = (HashMap::new(), HashMap::new());
        let mut reading = Reading { zone, names, patterns, thorough, rules: Rules::default() };
        for source in sources {
            let (text, mistakes) = Text::read(source);
            let mut noting = Noting::new(&text, mistakes);
            // What the parser makes of a file with slips in it is a guess: mistakes in that would mislead.
            if noting.errors.is_empty() {
                reading.file(&source.name, &mut noting);
            }
            noting.finish(&mut errors, &mut warnings);
        }
        Self { rules: reading.rules, errors, warnings }
    }
}

impl Survey {
    /// The rules.
    ///
    /// # Errors
    /// `Config` with the first mistake, its file, line and column, and how many there are more.
    pub fn verdict(self) -> Outcome<Rules> {
        let Some(first) = self.errors.first() else { return Ok(self.rules) };
        let failure = Failure::new(Kind::Config, format!("{}: {}", first.place, first.message));
        let failure = match &first.hint {
            Some(hint) => failure.hint(hint),
            None => failure,
        };
        Err(match self.errors.len() - 1 {
            0 => failure,
            more => failure.hint(format!("`downtime rules check` tells of {more} more")),
        })
    }
}

impl Rules {
    /// Reads and merges the files; the civil times of a rule that names no zone are those of `zone`.
    ///
    /// # Errors
    /// `Config` with the first mistake; [`Survey`] has them all.
    pub fn parse(sources: &[Source], zone: Zone) -> Outcome<Self> {
        Survey::of_mistakes(sources, zone).verdict()
    }
}

impl Reading {
    fn file(&mut self, file: &str, noting: &mut Noting<'_, '_>) {
        for (key, value) in &noting.text.tables {
            match (key.get_ref().as_ref(), value.get_ref()) {
                ("rule", DeValue::Array(list)) => {
                    for value in list {
                        if let Some(declared) = self.rule(file, value, noting) {
                            self.rules.add(declared);
                        }
                    }
                }
                ("rule", _) => {
                    noting.misfit(value, "`rule`", "a list: a rule begins with [[rule]], in two pairs of brackets");
                }
                (name, _) => {
                    let what = format!("unknown key `{name}`");
                    noting.error_with(
                        key.span().start,
                        what,
                        "a rule begins with [[rule]], and its `match` with [rule.match]",
                    );
                }
            }
        }
    }
}
