//! Reading `inventory.toml`: every mistake with its place, not only the first.
//!
//! The tables are walked by hand: serde stops at the first mistake and names it in words of Rust.

mod entries;
mod noting;
#[cfg(test)]
mod tests;
mod text;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::declared::{Inventory, Source};
use super::family::oddities;
use crate::downtime::target::Target;
pub use noting::{Key, Noting, Value};
pub use text::{Finding, Place, Text};

/// All that some files declare, and all that is wrong with them.
#[derive(Debug)]
pub struct Survey<'a> {
    /// What they declare; to be used only without errors.
    pub inventory: Inventory,
    /// What makes the files unusable, in their order.
    pub errors: Vec<Finding>,
    /// What is odd, and leaves them usable.
    pub warnings: Vec<Finding>,
    texts: Vec<Text<'a>>,
}

impl<'a> Survey<'a> {
    /// Reads the files.
    pub fn of(sources: &'a [Source]) -> Self {
        let mut survey =
            Self { inventory: Inventory::default(), errors: Vec::new(), warnings: Vec::new(), texts: Vec::new() };
        for source in sources {
            let (text, mistakes) = Text::read(source);
            let mut noting = Noting::new(&text, mistakes);
            // What the parser makes of a file with slips in it is a guess: mistakes in that would mislead.
            if noting.errors.is_empty() {
                for (name, entry) in noting.hosts() {
                    if let Some(first) = survey.texts.iter().find_map(|text| text.host(&name)) {
                        noting.error(text.key_of(&name), format!("host `{name}` is declared at {first} already"));
                    }
                    survey.inventory.hosts.insert(name, entry);
                }
            }
            noting.finish(&mut survey.errors, &mut survey.warnings);
            survey.texts.push(text);
        }
        survey
    }

    /// What is odd about parents, where they are named. Without what is in a file that cannot be read, all would be odd.
    pub fn odd_parents(&self) -> Vec<Finding> {
        if !self.errors.is_empty() {
            return Vec::new();
        }
        let found = oddities(&self.inventory).into_iter().filter_map(|odd| {
            let place = self.texts.iter().find_map(|text| text.parent(odd.host, odd.parent));
            Some(Finding {
                place: place?,
                message: odd.what,
                hint: odd.meant.map(|near| format!("did you mean `{near}`?")),
            })
        });
        found.collect()
    }

    /// Where an object is declared.
    pub fn place(&self, object: &Target) -> Option<Place> {
        self.texts.iter().find_map(|text| match &object.service {
            None => text.host(&object.host),
            Some(service) => text.service(&object.host, service),
        })
    }
}

impl<'a> Text<'a> {
    fn entry(&self, host: &str) -> Option<(&Spanned<DeString<'a>>, &DeTable<'a>)> {
        let (key, entry) = self.tables.get("hosts")?.get_ref().as_table()?.get_key_value(host)?;
        Some((key, entry.get_ref().as_table()?))
    }

    /// The offset of the name of a host.
    fn key_of(&self, host: &str) -> usize {
        self.entry(host).map_or(0, |(key, _)| key.span().start)
    }

    /// Where a host is declared.
    fn host(&self, host: &str) -> Option<Place> {
        self.entry(host).map(|(key, _)| self.place(key.span().start))
    }

    /// Where a service is declared.
    fn service(&self, host: &str, service: &str) -> Option<Place> {
        let services = self.entry(host)?.1.get("services")?.get_ref();
        let span = match services {
            DeValue::Array(names) => names.iter().find(|name| name.get_ref().as_str() == Some(service))?.span(),
            other => other.as_table()?.get_key_value(service)?.0.span(),
        };
        Some(self.place(span.start))
    }

    /// Where a host names a parent; the host, if none is meant or it names none such.
    fn parent(&self, host: &str, parent: Option<&str>) -> Option<Place> {
        let (key, entry) = self.entry(host)?;
        let named = entry.get("parents").and_then(|parents| {
            parents.get_ref().as_array()?.iter().find(|name| parent.is_some() && name.get_ref().as_str() == parent)
        });
        Some(self.place(named.map_or(key.span(), Spanned::span).start))
    }
}
