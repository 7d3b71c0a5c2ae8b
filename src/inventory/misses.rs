//! Selectors that fit nothing declared: slips, most likely, that would narrow a selection or, turned round by `!=`, widen it.

use std::collections::{BTreeMap, BTreeSet};

use super::attributes::Attributes;
use super::declared::{Inventory, Services};
use super::selectors::{Condition, Selectors};
use crate::downtime::target::Target;
use crate::failure::quoted;
use crate::failure::{Failure, Kind, nearest};

/// A selector that fits nothing, and what may be meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miss {
    /// What there is none of.
    pub what: String,
    /// What to type instead.
    pub hint: Option<String>,
}

/// At most so many names are listed where none is near.
const NAMES_LISTED: usize = 8;

/// Everything that selectors can name.
#[derive(Debug, Default)]
struct Catalogue<'a> {
    tags: BTreeMap<&'a str, BTreeSet<&'a str>>,
    labels: BTreeMap<&'a str, BTreeSet<&'a str>>,
    groups: BTreeSet<&'a str>,
    folders: BTreeSet<&'a str>,
}

impl<'a> Catalogue<'a> {
    fn of(inventory: &'a Inventory) -> Self {
        let mut all = Self::default();
        for entry in inventory.hosts.values() {
            all.add(&entry.tags, &entry.labels, &entry.groups, entry.folder.as_deref());
            if let Services::Table(services) = &entry.services {
                for own in services.values() {
                    all.add(&own.tags, &own.labels, &own.groups, own.folder.as_deref());
                }
            }
        }
        all
    }

    fn add(
        &mut self,
        tags: &'a BTreeMap<String, String>,
        labels: &'a BTreeMap<String, String>,
        groups: &'a [String],
        folder: Option<&'a str>,
    ) {
        for (pairs, known) in [(tags, &mut self.tags), (labels, &mut self.labels)] {
            for (key, value) in pairs {
                known.entry(key).or_default().insert(value);
            }
        }
        self.groups.extend(groups.iter().map(String::as_str));
        // A folder brings those above it.
        let mut above = folder.map(|folder| folder.trim_matches('/'));
        while let Some(folder) = above.filter(|folder| self.folders.insert(folder)) {
            above = folder.rsplit_once('/').map(|(above, _)| above);
        }
    }
}

impl Selectors {
    /// The conditions that fit nothing declared.
    pub fn misses(&self, inventory: &Inventory) -> Vec<Miss> {
        if self.all_fit_something(inventory) {
            return Vec::new();
        }
        let all = Catalogue::of(inventory);
        let tags = self.tags.iter().filter_map(|tag| missed("tag", tag, &all.tags, &all.labels));
        let labels = self.labels.iter().filter_map(|label| missed("label", label, &all.labels, &all.tags));
        let groups = self.groups.iter().filter(|group| !all.groups.contains(group.as_str())).map(|group| {
            let near =
                nearest(group, all.groups.iter().copied()).map(|near| meant(&format!("--group {}", quoted(near))));
            Miss { what: format!("there is no group `{group}`"), hint: near.or_else(|| few("groups are", &all.groups)) }
        });
        let top = all.folders.iter().filter(|path| !path.contains('/')).map(|path| format!("/{path}"));
        let top: BTreeSet<String> = top.collect();
        let is_known = |path: &str| path.is_empty() || all.folders.contains(path);
        let folders = self.folders.iter().map(|path| path.trim_matches('/')).filter(|path| !is_known(path));
        let folders = folders.map(|path| {
            let near = nearest(path, all.folders.iter().copied());
            let near = near.map(|near| meant(&format!("--folder {}", quoted(&format!("/{near}")))));
            Miss {
                what: format!("there is no folder `/{path}`"),
                hint: near.or_else(|| few("the top folders are", &top.iter().map(String::as_str).collect())),
            }
        });
        tags.chain(labels).chain(groups).chain(folders).collect()
    }

    /// Whether all that the conditions name is declared somewhere; mostly, that is seen at the first few hosts.
    fn all_fit_something(&self, inventory: &Inventory) -> bool {
        let fits = |test: &dyn Fn(Attributes<'_>) -> bool| {
            inventory.hosts.values().any(|host| {
                test(Attributes { host: Some(host), own: None })
                    || matches!(&host.services, Services::Table(services)
                        if services.values().any(|own| test(Attributes { host: None, own: Some(own) })))
            })
        };
        let each_value = |condition: &Condition, has: &dyn Fn(Attributes<'_>, &str) -> bool| {
            condition.values.iter().all(|wanted| fits(&|attributes| has(attributes, wanted)))
        };
        let tag = |tag: &Condition| each_value(tag, &|it, wanted| it.tag(&tag.key) == Some(wanted));
        let label = |label: &Condition| each_value(label, &|it, wanted| it.label(&label.key) == Some(wanted));
        self.tags.iter().all(tag)
            && self.labels.iter().all(label)
            && self.groups.iter().all(|group| fits(&|attributes| attributes.is_in_group(group)))
            && self.folders.iter().all(|path| fits(&|attributes| attributes.is_in_folder(path)))
    }

    /// Why nothing is left of `named`, or of everything.
    pub fn nothing_left(&self, named: Option<BTreeSet<Target>>, inventory: &Inventory) -> Failure {
        let failure = |what: &str| Failure::new(Kind::EmptySelection, what);
        if inventory.is_empty() {
            return failure("selectors look at what is declared, and no host is")
                .hint("declare hosts in inventory.toml");
        }
        let misses = self.misses(inventory);
        if !misses.is_empty() {
            let what: Vec<&str> = misses.iter().map(|miss| miss.what.as_str()).collect();
            let failure = failure(&what.join("; "));
            return match misses.iter().filter_map(|miss| miss.hint.as_ref()).collect::<Vec<_>>().as_slice() {
                [] => failure.hint("see what is declared with `downtime inventory list`"),
                hints => hints.iter().fold(failure, Failure::hint),
            };
        }
        let is_named = named.is_some();
        let conditions = Self { services: Vec::new(), on_host: false, children: None, ..self.clone() };
        let before = conditions.apply(named, inventory, &BTreeSet::new());
        if before.is_empty() {
            let what = if is_named {
                "no target fits the selectors"
            } else {
                "each selector fits some host or service, and none fits all of them"
            };
            return failure(what).hint("leave one out to see which is too narrow");
        }
        let hosts: BTreeSet<&str> = before.iter().map(|object| object.host.as_str()).collect();
        let services =
            hosts.iter().filter_map(|host| inventory.hosts.get(*host)).flat_map(|host| host.services.names());
        let wanted = self.services.first().and_then(|pattern| pattern.literal());
        let near = wanted.and_then(|wanted| nearest(wanted, services.collect::<BTreeSet<&str>>()));
        let hosts = if hosts.len() == 1 { "host".to_owned() } else { format!("{} hosts", hosts.len()) };
        let failure = failure(&format!("no service of the {hosts} selected fits --service"));
        match near {
            Some(near) => failure.hint(meant(&format!("--service {}", quoted(near)))),
            None => failure.hint("see their services with `downtime inventory list`"),
        }
    }
}

/// What a condition names that is not there: its key, or else some of its values.
fn missed(
    kind: &str,
    condition: &Condition,
    known: &BTreeMap<&str, BTreeSet<&str>>,
    others: &BTreeMap<&str, BTreeSet<&str>>,
) -> Option<Miss> {
    let Condition { key, values, inverted } = condition;
    let sign = if *inverted { "!=" } else { "=" };
    let written = |key: &str, values: &str| meant(&format!("--{kind} {}", quoted_condition(key, sign, values)));
    let Some(declared) = known.get(key.as_str()) else {
        let near = nearest(key, known.keys().copied());
        let hint = match (others.get(key.as_str()), near) {
            (Some(_), _) => {
                let other = if kind == "tag" { "label" } else { "tag" };
                Some(format!("`{key}` is a {other}: --{other} {}", quoted_condition(key, sign, &values.join(","))))
            }
            (None, Some(near)) => Some(written(near, &values.join(","))),
            (None, None) => few(&format!("there are the {kind}s"), &known.keys().copied().collect()),
        };
        return Some(Miss { what: format!("nothing has a {kind} `{key}`"), hint });
    };
    let missing: Vec<&str> = values.iter().map(String::as_str).filter(|value| !declared.contains(value)).collect();
    if missing.is_empty() {
        return None;
    }
    let near: Option<Vec<&str>> = (values.iter().map(String::as_str))
        .map(|value| if missing.contains(&value) { nearest(value, declared.iter().copied()) } else { Some(value) })
        .collect();
    let hint = near.map(|near| written(key, &near.join(",")));
    let values = || few(&format!("values of the {kind} `{key}` are"), declared);
    Some(Miss { what: format!("nothing has the {kind} {key}={}", missing.join(",")), hint: hint.or_else(values) })
}

/// All names there are, if they are few.
fn few(what: &str, names: &BTreeSet<&str>) -> Option<String> {
    let fits = (1..=NAMES_LISTED).contains(&names.len());
    fits.then(|| format!("{what} {}", names.iter().copied().collect::<Vec<_>>().join(", ")))
}

fn quoted_condition(key: &str, sign: &str, values: &str) -> String {
    // An interactive shell takes `!` for a reference to its history.
    if sign == "!=" { format!("'{key}!={values}'") } else { format!("{}={}", quoted(key), quoted(values)) }
}

fn meant(instead: &str) -> String {
    format!("did you mean {instead}?")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inventory::declared::Source;
    use crate::inventory::pattern::Pattern;

    const SITE: &str = r#"
        [hosts.web01]
        folder = "/ams/dmz"
        tags = { os = "linux", criticality = "prod" }
        labels = { team = "shop" }
        groups = ["web servers"]
        services = ["HTTP"]
        [hosts.win01]
        tags = { os = "windows" }
        [hosts.win01.services.Backup]
        tags = { criticality = "test" }
        folder = "/backup/nightly"
        groups = ["nightly"]
    "#;

    fn inventory() -> Inventory {
        Inventory::parse(&[Source { name: "inventory.toml".into(), text: SITE.into() }]).unwrap()
    }

    fn conditions(texts: &[&str]) -> Vec<Condition> {
        texts.iter().map(|text| Condition::parse(text).unwrap()).collect()
    }

    fn told(selectors: &Selectors) -> String {
        let line = |miss: Miss| format!("{} ({})\n", miss.what, miss.hint.unwrap_or_default());
        selectors.misses(&inventory()).into_iter().map(line).collect()
    }

    #[test]
    fn what_nothing_declared_fits_is_told_with_what_may_be_meant() {
        let tags = |texts: &[&str]| told(&Selectors { tags: conditions(texts), ..Selectors::default() });
        let labels = |texts: &[&str]| told(&Selectors { labels: conditions(texts), ..Selectors::default() });
        insta::assert_snapshot!(tags(&["criticallity!=prod", "os=linux,widnows", "criticality=gold", "team=shop", "x=1"]), @"
        nothing has a tag `criticallity` (did you mean --tag 'criticality!=prod'?)
        nothing has the tag os=widnows (did you mean --tag os=linux,windows?)
        nothing has the tag criticality=gold (values of the tag `criticality` are prod, test)
        nothing has a tag `team` (`team` is a label: --label team=shop)
        nothing has a tag `x` (there are the tags criticality, os)
        ");
        insta::assert_snapshot!(labels(&["os=linux", "teem=shop", "team=shopp"]), @"
        nothing has a label `os` (`os` is a tag: --tag os=linux)
        nothing has a label `teem` (did you mean --label team=shop?)
        nothing has the label team=shopp (did you mean --label team=shop?)
        ");
        let groups = vec!["nigthly".into(), "webservers".into(), "nightly".into(), "zzz".into()];
        let folders = ["/ams", "backup/nightly/", "/", "/asm/dmz", "/zzz"].map(str::to_owned).to_vec();
        insta::assert_snapshot!(told(&Selectors { groups, folders, ..Selectors::default() }), @"
        there is no group `nigthly` (did you mean --group nightly?)
        there is no group `webservers` (did you mean --group 'web servers'?)
        there is no group `zzz` (groups are nightly, web servers)
        there is no folder `/asm/dmz` (did you mean --folder /ams/dmz?)
        there is no folder `/zzz` (the top folders are /ams, /backup)
        ");
    }

    #[test]
    fn an_empty_selection_says_why() {
        let failure = |selectors: Selectors, named: Option<&str>| {
            let named = named.map(|name| BTreeSet::from([Target::parse(name)]));
            let failure = selectors.nothing_left(named, &inventory());
            assert_eq!(failure.kind, Kind::EmptySelection);
            format!("{failure} ({})", failure.hints.join("; "))
        };
        let by_tags = |texts: &[&str]| Selectors { tags: conditions(texts), ..Selectors::default() };
        let service = |name: &str| vec![Pattern::parse(name).unwrap()];
        insta::assert_snapshot!(failure(by_tags(&["os=linx", "kritikality=prod"]), None), @"nothing has the tag os=linx; nothing has a tag `kritikality` (did you mean --tag os=linux?; did you mean --tag criticality=prod?)");
        insta::assert_snapshot!(failure(by_tags(&["os=linux", "criticality=test"]), None), @"each selector fits some host or service, and none fits all of them (leave one out to see which is too narrow)");
        insta::assert_snapshot!(failure(by_tags(&["os=windows"]), Some("web01")), @"no target fits the selectors (leave one out to see which is too narrow)");
        insta::assert_snapshot!(failure(Selectors { services: service("HTPP"), ..by_tags(&["os=linux"]) }, None), @"no service of the host selected fits --service (did you mean --service HTTP?)");
        insta::assert_snapshot!(failure(Selectors { services: service("x*"), ..Selectors::default() }, None), @"no service of the 2 hosts selected fits --service (see their services with `downtime inventory list`)");
        let empty = by_tags(&["os=linux"]).nothing_left(None, &Inventory::default());
        insta::assert_snapshot!(empty.message(), @"selectors look at what is declared, and no host is");
    }
}
