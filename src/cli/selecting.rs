//! TARGETs and selectors: the same on every command that takes objects.

use std::collections::BTreeSet;

use clap::Args;

use super::picking::refuse_everything;
use super::session::Session;
use crate::downtime::target::Target;
use crate::failure::{Failure, Kind, Outcome};
use crate::inventory::misses::Miss;
use crate::inventory::pattern::Pattern;
use crate::inventory::selection::{self, Unknown};
use crate::inventory::selectors::{Condition, Depth, Selectors};
use crate::store::known::Objects;

/// Which objects.
#[derive(Debug, Clone, Default, Args)]
pub struct Selecting {
    /// HOST or HOST/SERVICE, each part a name, a glob or ~REGEX
    #[arg(value_name = "TARGET")]
    pub targets: Vec<String>,
    /// What narrows them.
    #[command(flatten)]
    pub by: Selected,
}

/// The selectors.
#[derive(Debug, Clone, Default, Args)]
pub struct Selected {
    /// Only hosts with this tag: KEY=VALUE, KEY=A,B or KEY!=VALUE (repeatable: all must hold)
    #[arg(long, value_name = "KEY=VALUE", help_heading = "Selectors", value_parser = Condition::parse)]
    tag: Vec<Condition>,
    /// Only hosts with this label: KEY=VALUE, KEY=A,B or KEY!=VALUE (repeatable: all must hold)
    #[arg(long, value_name = "KEY=VALUE", help_heading = "Selectors", value_parser = Condition::parse)]
    label: Vec<Condition>,
    /// Only hosts in this group, and services that are in it themselves (repeatable: in all of them)
    #[arg(long, value_name = "NAME", help_heading = "Selectors")]
    group: Vec<String>,
    /// Only hosts in this folder or below it (repeatable: in any of them)
    #[arg(long, value_name = "PATH", help_heading = "Selectors")]
    folder: Vec<String>,
    /// The matching services of the selected hosts, instead of the hosts (repeatable): a name, a glob or ~REGEX
    #[arg(long, value_name = "PATTERN", help_heading = "Selectors")]
    service: Vec<String>,
    /// The hosts of the selected services
    #[arg(long, help_heading = "Selectors")]
    on_host: bool,
    /// Also the hosts that are reached through a selected one
    #[arg(long, help_heading = "Selectors")]
    children: bool,
    /// And theirs, to any depth
    #[arg(long, help_heading = "Selectors", requires = "children")]
    recursive: bool,
}

impl Selected {
    /// Whether none is given.
    pub fn is_empty(&self) -> bool {
        let lists = [&self.group, &self.folder, &self.service].iter().any(|list| !list.is_empty());
        !(lists || !self.tag.is_empty() || !self.label.is_empty() || self.on_host || self.children)
    }

    /// The selectors, their patterns read.
    ///
    /// # Errors
    /// `Usage` for a pattern that cannot be read.
    pub fn selectors(&self) -> Outcome<Selectors> {
        let depth = if self.recursive { Depth::Any } else { Depth::Direct };
        Ok(Selectors {
            tags: self.tag.clone(),
            labels: self.label.clone(),
            groups: self.group.clone(),
            folders: self.folder.clone(),
            services: self.service.iter().map(|text| Pattern::parse(text)).collect::<Outcome<_>>()?,
            on_host: self.on_host,
            children: self.children.then_some(depth),
        })
    }
}

impl Selected {
    /// Points out what nothing declared fits, as a value mistyped in a list, or in what is not to be.
    pub fn point_out_misses(&self, session: &Session, known: &Objects<'_>) -> Outcome<()> {
        let selectors = self.selectors()?;
        if selectors.has_conditions() {
            for Miss { what, hint } in selectors.misses(known.inventory()?) {
                let hint = hint.map(|hint| format!("; {hint}")).unwrap_or_default();
                session.note(&format!("{what}{hint}"));
            }
        }
        Ok(())
    }
}

impl Selecting {
    /// Whether neither a target nor a selector is given.
    pub fn is_empty(&self) -> bool {
        self.targets.is_empty() && !self.has_selectors()
    }

    /// Whether any selector is given.
    pub fn has_selectors(&self) -> bool {
        !self.by.is_empty()
    }

    /// The same selectors upon other TARGETs.
    pub fn with_targets(&self, targets: Vec<String>) -> Self {
        Self { targets, ..self.clone() }
    }

    /// The objects that are meant: the union of the TARGETs, or every host, narrowed and widened by the selectors.
    ///
    /// # Errors
    /// As [`selection::select`]; `EmptySelection` if nothing is left.
    pub fn objects(&self, known: &Objects<'_>, unknown: Unknown) -> Outcome<BTreeSet<Target>> {
        let named = match self.targets.as_slice() {
            [] => None,
            texts => Some(selection::select(texts, known, unknown)?),
        };
        if let (Some(named), false) = (&named, self.has_selectors()) {
            return Ok(named.clone());
        }
        let selectors = self.by.selectors()?;
        let seen = if selectors.services.is_empty() { &BTreeSet::new() } else { known.seen()? };
        let selected = selectors.apply(named.clone(), known.inventory()?, seen);
        if selected.is_empty() {
            return Err(selectors.nothing_left(named, known.inventory()?));
        }
        Ok(selected)
    }

    /// The objects that a command changes something for: every host only with `--everything`.
    ///
    /// # Errors
    /// As [`Self::objects`]; `Everything` if nothing is given or it comes to every declared host.
    pub fn to_change(&self, known: &Objects<'_>, unknown: Unknown, everything: bool) -> Outcome<BTreeSet<Target>> {
        if self.is_empty() && !everything {
            return Err(Failure::new(Kind::Everything, "no target and no selector is given")
                .hint("name a host, or add --everything if you mean every host of the inventory"));
        }
        let objects = self.objects(known, unknown)?;
        if !everything {
            refuse_everything(&self.targets, &objects, known)?;
        }
        Ok(objects)
    }
}
