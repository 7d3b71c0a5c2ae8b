//! `--map`: classes that count as another.

use std::str::FromStr;

use serde::{Serialize, Serializer};

use super::sets::class;
use crate::availability::class::{Class, ObjectKind};
use crate::failure::{Failure, Kind, Outcome};

/// Which classes count as another; all pairs apply at once, so that none sees what another made.
///
/// JSON: an object from class to class.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClassMap(Vec<(Class, Class)>);

impl ClassMap {
    /// The pairs of every list `FROM=TO,…`, in one map.
    pub fn gather<'t>(lists: impl IntoIterator<Item = &'t str>) -> Outcome<Self> {
        let mut map = Self::default();
        for pair in lists.into_iter().flat_map(|list| list.split(',')) {
            let (from, to) = pair.split_once('=').ok_or_else(|| {
                Failure::new(Kind::Usage, format!("--map has `{pair}`, which is not a pair of classes"))
                    .hint("write FROM=TO, as in --map warn=ok,unreach=down")
            })?;
            map.add(class("--map", from)?, class("--map", to)?)?;
        }
        Ok(map)
    }

    fn add(&mut self, from: Class, to: Class) -> Outcome<()> {
        if !both_kinds().any(|kind| from.applies_to(kind) && to.applies_to(kind)) {
            return Err(Failure::new(Kind::Usage, format!("--map {from}={to}: no object can be both"))
                .hint("hosts are up, down, unreach; services ok, warn, crit, unknown, host_down"));
        }
        match self.0.iter().find(|&&(known, _)| known == from) {
            None => self.0.push((from, to)),
            Some(&(_, known)) if known == to => {}
            Some((_, known)) => {
                return Err(Failure::new(Kind::Usage, format!("--map gives {from} two meanings, {known} and {to}"))
                    .hint(format!("leave out {from}={known} or {from}={to}")));
            }
        }
        Ok(())
    }

    /// What `class` of an object of that kind counts as.
    pub fn apply(&self, class: Class, kind: ObjectKind) -> Class {
        self.0.iter().find(|&&(from, to)| from == class && to.applies_to(kind)).map_or(class, |&(_, to)| to)
    }
}

fn both_kinds() -> impl Iterator<Item = ObjectKind> {
    [ObjectKind::Host, ObjectKind::Service].into_iter()
}

impl FromStr for ClassMap {
    type Err = Failure;
    fn from_str(text: &str) -> Outcome<Self> {
        Self::gather([text])
    }
}

impl Serialize for ClassMap {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(from, to)| (from, to)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_pairs_apply_at_once_in_one_step() {
        let map = ClassMap::gather(["host_down=crit,crit=warn", "unreach=down"]).unwrap();
        assert_eq!(map.apply(Class::HostDown, ObjectKind::Service), Class::Crit);
        assert_eq!(map.apply(Class::Crit, ObjectKind::Service), Class::Warn);
        assert_eq!(map.apply(Class::Unreach, ObjectKind::Host), Class::Down);
        assert_eq!(map.apply(Class::Ok, ObjectKind::Service), Class::Ok);
    }

    #[test]
    fn a_pair_counts_for_the_objects_that_can_be_both() {
        let map: ClassMap = "unmonitored=ok".parse().unwrap();
        assert_eq!(map.apply(Class::Unmonitored, ObjectKind::Service), Class::Ok);
        assert_eq!(map.apply(Class::Unmonitored, ObjectKind::Host), Class::Unmonitored);
    }

    #[test]
    fn names_are_checked() {
        for refused in ["warning=ok", "warn", "crit=down", "warn=ok,warn=crit", ""] {
            assert_eq!(refused.parse::<ClassMap>().unwrap_err().kind, Kind::Usage, "{refused}");
        }
        let hints = "warn=fine".parse::<ClassMap>().unwrap_err().hints;
        assert!(hints[0].contains("in_downtime"), "{hints:?}");
    }

    #[test]
    fn it_is_told_as_an_object() {
        let map: ClassMap = "warn=ok,host-down=crit".parse().unwrap();
        assert_eq!(serde_json::to_string(&map).unwrap(), r#"{"warn":"ok","host_down":"crit"}"#);
    }
}
