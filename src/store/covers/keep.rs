//! Keeping what was worked out while it may be asked for.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use super::{ENDINGS, covers_path, encode_covers, encode_rules, rules_path};
use crate::clock::Clock;
use crate::downtime::interval::Interval;
use crate::downtime::ledger::Head;
use crate::rules::book::Shelf;
use crate::rules::epochs::{Epoch, Epochs};
use crate::store::Store;
use crate::store::files::put;
use crate::store::in_force::InForce;

/// No more files than this are kept, the newest of them.
const MOST: usize = 64;

/// The recorded versions that count now, if any rule may make an occurrence.
fn newest<'e>(rules: &'e Epochs, inventories: &'e Epochs) -> Option<(&'e Epoch, &'e Epoch)> {
    rules.last().filter(|rules| rules.longest != Some(0)).zip(inventories.last())
}

impl Store {
    /// Whether what is to be kept of the rules is not there.
    pub(in crate::store) fn lacks_covers(&self, head: &Head) -> bool {
        let (rules, inventories) = (Epochs::of(&head.rules), Epochs::of(&head.inventory));
        let is_missing = |path: &Path| matches!(self.files.stamp(path), Ok(None));
        newest(&rules, &inventories).is_some_and(|(rules, inventory)| {
            is_missing(&rules_path(&self.layout, rules)) || is_missing(&covers_path(&self.layout, rules, inventory))
        })
    }

    /// Keeps whom the rules cover by the recorded versions that count now; what no running occurrence goes back to goes.
    pub(in crate::store) fn keep_covers(
        &self,
        head: &Head,
        inventory: &InForce,
        rules: &InForce,
        clock: Clock,
    ) -> io::Result<()> {
        let (all_rules, all_inventories) = (Epochs::of(&head.rules), Epochs::of(&head.inventory));
        let kept = |path: &Path, bytes: &dyn Fn() -> io::Result<Vec<u8>>| match self.files.stamp(path)? {
            Some(_) => Ok(()),
            None => put(self.files(), path, &bytes()?),
        };
        if let Some((version, hosts)) = newest(&all_rules, &all_inventories) {
            let book = self.book(head, inventory, rules, clock);
            let rules = book.shelf().rules(version).map_err(io::Error::other)?;
            kept(&rules_path(&self.layout, version), &|| encode_rules(&rules))?;
            kept(&covers_path(&self.layout, version, hosts), &|| {
                encode_covers(&rules, &*book.shelf().index(hosts).map_err(io::Error::other)?)
            })?;
        }
        let wanted = self.reachable(&all_rules, &all_inventories, clock);
        for name in self.files.list(&self.layout.cache())? {
            let path = self.layout.cache().join(&name);
            if ENDINGS.iter().any(|ending| name.ends_with(ending)) && !wanted.contains(&path) {
                self.files.remove(&path)?;
            }
        }
        Ok(())
    }

    /// The files of versions with an occurrence that may be running, or may have begun some days ago.
    fn reachable(&self, rules: &Epochs, inventories: &Epochs, clock: Clock) -> BTreeSet<PathBuf> {
        const DAYS: i64 = 3 * 86_400;
        let mut paths = Vec::new();
        let now = Interval::new(clock.now - DAYS, clock.now + 1);
        for version in now.into_iter().flat_map(|now| rules.reaching(now)) {
            paths.push(rules_path(&self.layout, version));
            let starts = Interval::new(clock.now - version.longest.unwrap_or(DAYS), clock.now + 1);
            let starts = starts.and_then(|starts| starts.intersection(version.span));
            let hosts = starts.into_iter().flat_map(|starts| inventories.within(starts));
            paths.extend(hosts.map(|hosts| covers_path(&self.layout, version, hosts)));
        }
        let newest = newest(rules, inventories);
        paths.extend(newest.map(|(rules, _)| rules_path(&self.layout, rules)));
        paths.extend(newest.map(|(rules, hosts)| covers_path(&self.layout, rules, hosts)));
        paths.into_iter().rev().take(MOST).collect()
    }
}
