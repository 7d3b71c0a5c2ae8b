use proptest::prelude::*;

use super::*;
use crate::downtime::target::Target;
use crate::inventory::declared::{HostEntry, Inventory, ServiceEntry, Services, parse_toml};

const SITE: &str = r#"
    [hosts.sw1]
    [hosts.web01]
    folder = "/ams/dmz"
    tags = { os = "linux", criticality = "prod" }
    labels = { team = "shop" }
    groups = ["web"]
    parents = ["sw1"]
    services = ["HTTP", "CPU"]
    [hosts.win01]
    folder = "/ams"
    tags = { os = "windows", criticality = "prod" }
    parents = ["web01"]
    [hosts.win01.services]
    CPU = {}
    "Update 1" = {}
    Backup = { tags = { criticality = "test" }, groups = ["nightly"] }
    [hosts.win-lab1]
    folder = "/amsterdam"
    tags = { os = "windows", criticality = "prod" }
    services = ["Update 1"]
"#;

#[derive(Deserialize)]
struct File {
    r#match: Match,
}

fn source(text: &str) -> Source {
    Source { name: "rules.toml".into(), text: text.into() }
}

fn site() -> Inventory {
    Inventory::parse(&[source(SITE)]).unwrap()
}

fn compiled(table: &str) -> Outcome<Matching> {
    let source = source(&format!("match = {{ {table} }}\n"));
    parse_toml::<File>(&source)?.r#match.compile(&source)
}

fn meant(table: &str) -> Vec<String> {
    let (matching, site) = (compiled(table).unwrap(), site());
    let meant: Vec<String> = matching.upon(&site).targets().iter().map(Target::to_string).collect();
    let indexed: Vec<String> = Index::of(&site.into()).targets(&matching).iter().map(Target::to_string).collect();
    assert_eq!(indexed, meant);
    meant
}

#[test]
fn all_conditions_must_hold_and_lists_are_alternatives() {
    assert_eq!(meant(r#"tags = { criticality = "prod", os = "windows" }"#), ["win-lab1", "win01"]);
    assert_eq!(meant(r#"tags = { os = ["linux", "windows"] }, folder = "/ams""#), ["web01", "win01"]);
    assert_eq!(meant(r#"hosts = ["web*", "~lab", "sw1"]"#), ["sw1", "web01", "win-lab1"]);
    assert_eq!(meant(r#"hosts = "w*", labels = { team = "shop" }"#), ["web01"]);
    assert_eq!(meant(r#"groups = ["nobody", "web"], folder = ["/ber", "/ams/"]"#), ["web01"]);
    assert_eq!(meant("hosts = []"), [""; 0], "none of no alternatives");
    assert_eq!(meant("everything = true"), ["sw1", "web01", "win-lab1", "win01"]);
}

#[test]
fn the_condition_that_alone_keeps_an_object_out_is_named() {
    let unmet = |table: &str, object: &str| {
        let unmet = compiled(table).unwrap().unmet(&Target::parse(object), &site())?;
        Some(unmet.condition + unmet.instead.map(|instead| format!(", not {instead}")).unwrap_or_default().as_str())
    };
    let windows = r#"tags = { criticality = "prod", os = "windows" }"#;
    assert_eq!(unmet(windows, "web01").unwrap(), "tag os=windows, not tag os=linux");
    assert_eq!(unmet(windows, "sw1"), None, "it meets none of them");
    assert_eq!(unmet(windows, "win01"), None, "it is meant");
    assert_eq!(unmet(windows, "web01/HTTP"), None, "hosts are");
    assert_eq!(unmet(r#"hosts = "w*", groups = ["web", "db"]"#, "win01").unwrap(), "group web or db, not no group");
    assert_eq!(unmet(r#"hosts = "w*", folder = "/ams""#, "win-lab1").unwrap(), "folder /ams, not folder /amsterdam");
    assert_eq!(
        unmet(r#"hosts = "w*", labels = { team = "db" }"#, "web01").unwrap(),
        "label team=db, not label team=shop"
    );
    assert_eq!(unmet(r#"hosts = "lab*", folder = "/amsterdam""#, "win-lab1").unwrap(), "host lab*");
    assert_eq!(unmet(r#"hosts = "lab*""#, "win-lab1"), None, "nothing else speaks for it");
    let but = r#"hosts = "w*", not = { hosts = "win-lab*" }"#;
    assert_eq!(unmet(but, "win-lab1").unwrap(), "not (host win-lab*)");
    assert_eq!(unmet(but, "sw1"), None);
    let services = r#"hosts = "w*", services = "Update*""#;
    assert_eq!(unmet(services, "web01/HTTP").unwrap(), "service Update*");
    assert_eq!(unmet(services, "web01"), None, "services are meant");
    assert_eq!(unmet(r#"hosts = "w*", services = "Update*", on_host = true"#, "web01"), None);
    assert_eq!(unmet(r#"hosts = "sw1", folder = "/x", children = true"#, "sw1").unwrap(), "folder /x, not no folder");
}

#[test]
fn the_specified_example_means_services_but_not_those_left_out() {
    let table = r#"tags = { criticality = "prod", os = "windows" }, hosts = ["win*"], not = { hosts = ["win-lab*"] }, services = ["~^Update"]"#;
    assert_eq!(meant(table), ["win01/Update 1"]);
    assert_eq!(meant(r#"not = { tags = { os = "windows" } }"#), ["sw1", "web01"]);
    assert_eq!(meant(r#"services = "*", not = { services = ["CPU", "~^Up"] }"#), ["web01/HTTP", "win01/Backup"]);
    assert_eq!(meant(r#"hosts = "w*", not = { hosts = "win*", not = { hosts = "win01" } }"#), ["web01", "win01"]);
}

#[test]
fn a_service_has_what_its_host_has_unless_it_sets_its_own() {
    assert_eq!(meant(r#"services = ["CPU", "Backup"], tags = { criticality = "prod" }"#), ["web01/CPU", "win01/CPU"]);
    assert_eq!(meant(r#"services = "*", groups = "nightly""#), ["win01/Backup"]);
}

#[test]
fn children_and_hosts_of_services_are_found() {
    assert_eq!(meant(r#"hosts = "sw1", children = true"#), ["sw1", "web01"]);
    assert_eq!(meant(r#"hosts = "sw1", children = true, recursive = true"#), ["sw1", "web01", "win01"]);
    assert_eq!(meant(r#"hosts = "sw1", children = true, not = { hosts = "sw1" }"#), ["web01"]);
    assert_eq!(meant(r#"hosts = "sw1", children = true, services = "CPU""#), ["web01/CPU"]);
    assert_eq!(meant(r#"services = "HTTP", on_host = true"#), ["web01"]);
    assert_eq!(meant(r#"services = "HTTP", on_host = true, children = true"#), ["web01", "win01"]);
    assert_eq!(meant(r#"groups = "nightly", on_host = true"#), ["win01"]);
}

#[test]
fn single_objects_are_judged_by_name_where_nothing_is_declared() {
    let site = site();
    let admits = |table: &str, object: &str| compiled(table).unwrap().upon(&site).admits(&Target::parse(object));
    assert!(admits(r#"hosts = "web*""#, "web99") && admits(r#"hosts = "web*""#, "web99/HTTP"));
    assert!(admits(r#"hosts = "web*""#, "web01/undeclared"), "as one of its host's");
    assert!(admits("everything = true", "nobody/knows"));
    assert!(!admits(r#"tags = { os = "linux" }"#, "web99"), "it has no attributes");
    assert!(admits(r#"tags = { os = "linux" }"#, "web01/undeclared"), "it has its host's");
    assert!(admits(r#"not = { tags = { os = "linux" } }"#, "web99"));
    assert!(admits(r#"services = "HTTP""#, "web99/HTTP") && !admits(r#"services = "HTTP""#, "web99"));
    assert!(admits(r#"services = "Ora*", on_host = true"#, "db9/Oracle"));
    assert!(!admits(r#"hosts = "web*", not = { services = "CPU" }"#, "web01/CPU"));
    let tags = r#"tags = { criticality = "prod" }"#;
    assert!(admits(tags, "win01") && admits(tags, "win01/CPU") && !admits(tags, "win01/Backup"));
}

#[test]
fn errors_name_file_line_and_column() {
    let message = |table: &str| compiled(table).unwrap_err().message();
    insta::assert_snapshot!(message("host = 'a'"), @"rules.toml:1:11: unknown field `host`, expected one of `tags`, `labels`, `groups`, `hosts`, `folder`, `services`, `children`, `recursive`, `on_host`, `everything`, `not`");
    insta::assert_snapshot!(message("hosts = 3"), @"rules.toml:1:19: invalid type: integer `3`, expected a text, or a list of texts any of which will do");
    insta::assert_snapshot!(message("hosts = ['a', 3]"), @"rules.toml:1:25: invalid type: integer `3`, expected a string");
    insta::assert_snapshot!(message("tags = { os = 3 }"), @"rules.toml:1:25: invalid type: integer `3`, expected a text, or a list of texts any of which will do");
    insta::assert_snapshot!(message(""), @"rules.toml:1:9: a match without a condition; if every object is meant, write everything = true");
    insta::assert_snapshot!(message("hosts = 'a', not = { }"), @"rules.toml:1:30: a match without a condition; if every object is meant, write everything = true");
    insta::assert_snapshot!(message("hosts = 'a', recursive = true"), @"rules.toml:1:9: `recursive` says how far children are followed: it goes with children = true");
    insta::assert_snapshot!(message("hosts = ['a', '~web(']"), @"rules.toml:1:25: `~web(` is not a regular expression: unclosed group");
    insta::assert_snapshot!(message("hosts = ['a'], not = { services = 'load [5m' }"), @"rules.toml:1:45: `load [5m` is not a pattern: unclosed character class; missing ']'");
    insta::assert_snapshot!(message("hosts = ['a', 'web01/HTTP']"), @"rules.toml:1:25: `web01/HTTP` is no host: a host's name holds no `/`");
}

/// A `match` as the naive evaluation below reads it.
#[derive(Debug, Clone)]
struct Model {
    os: Option<Vec<&'static str>>,
    groups: Option<Vec<&'static str>>,
    hosts: Option<Vec<&'static str>>,
    services: Option<Vec<&'static str>>,
    depth: Option<Depth>,
    on_host: bool,
    not: Option<Box<Model>>,
}

/// Patterns with the names `h0` … `h4`, or `s0` … `s2`, that they fit.
const PATTERNS: [(&str, &[usize]); 6] = [
    ("h1", &[1]),
    ("h*", &[0, 1, 2, 3, 4]),
    ("~[234]$", &[2, 3, 4]),
    ("s?", &[0, 1, 2]),
    ("~0", &[0]),
    ("s[!0]", &[1, 2]),
];

fn fits(pattern: &str, name: &str) -> bool {
    let (letter, number) = name.split_at(1);
    let (_, fitting) = PATTERNS.iter().find(|(text, _)| *text == pattern).unwrap();
    let letters = if pattern.starts_with('~') { "hs" } else { &pattern[..1] };
    letters.contains(letter) && fitting.contains(&number.parse().unwrap())
}

impl Model {
    fn table(&self) -> String {
        let list = |key: &str, list: &Option<Vec<&str>>| list.as_ref().map(|list| format!("{key} = {list:?}"));
        let os = self.os.as_ref().map(|list| format!("tags = {{ os = {list:?} }}"));
        let flag = |set: bool, text: &str| set.then(|| text.to_owned());
        let keys = [
            os,
            list("groups", &self.groups),
            list("hosts", &self.hosts),
            list("services", &self.services),
            flag(self.depth.is_some(), "children = true"),
            flag(self.depth == Some(Depth::Any), "recursive = true"),
            flag(self.on_host, "on_host = true"),
            self.not.as_ref().map(|not| format!("not = {{ {} }}", not.table())),
            Some("everything = true".to_owned()),
        ];
        keys.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    fn holds(&self, object: &Target, site: &Inventory) -> bool {
        let host = &site.hosts[&object.host];
        let own = object.service.as_ref().and_then(|service| host.services.own(service));
        let os = own.and_then(|own| own.tags.get("os")).or(host.tags.get("os"));
        let mut groups = host.groups.clone();
        groups.extend(own.into_iter().flat_map(|own| own.groups.clone()));
        self.os.as_ref().is_none_or(|list| os.is_some_and(|os| list.contains(&os.as_str())))
            && self.groups.as_ref().is_none_or(|list| groups.iter().any(|group| list.contains(&group.as_str())))
            && self.hosts.as_ref().is_none_or(|list| list.iter().any(|pattern| fits(pattern, &object.host)))
    }

    fn fits_service(&self, object: &Target) -> bool {
        let fits_any = |service: &String| self.services.iter().flatten().any(|pattern| fits(pattern, service));
        self.services.is_none() || object.service.as_ref().is_some_and(fits_any)
    }

    /// Adds whoever has a parent in the set, once or until nobody is added.
    fn with_children(&self, mut hosts: Vec<String>, site: &Inventory) -> Vec<String> {
        let rounds = match self.depth {
            None => 0,
            Some(Depth::Direct) => 1,
            Some(Depth::Any) => site.hosts.len(),
        };
        for _ in 0..rounds {
            let known = hosts.clone();
            let children = site.hosts.iter().filter(|(_, entry)| entry.parents.iter().any(|it| known.contains(it)));
            hosts.extend(children.map(|(host, _)| host.clone()));
        }
        hosts
    }

    fn admits(&self, object: &Target, site: &Inventory) -> bool {
        let everyone = site.objects();
        let plainly = |object: &Target| self.fits_service(object) && self.holds(object, site);
        let hosts = |wanted: &dyn Fn(&Target) -> bool| -> Vec<String> {
            everyone.iter().filter(|object| wanted(object)).map(|object| object.host.clone()).collect()
        };
        let admitted = if self.on_host {
            self.with_children(hosts(&plainly), site).contains(&object.host)
        } else {
            let roots = hosts(&|host| host.service.is_none() && self.holds(host, site));
            let is_root = roots.contains(&object.host);
            let hangs_off = !is_root && self.with_children(roots, site).contains(&object.host);
            plainly(object) || hangs_off && self.fits_service(object)
        };
        admitted && self.not.as_ref().is_none_or(|not| !not.admits(object, site))
    }
}

fn some_of(texts: &'static [&'static str]) -> impl Strategy<Value = Option<Vec<&'static str>>> {
    prop::option::weighted(0.4, prop::collection::vec(prop::sample::select(texts), 0..3))
}

fn any_model() -> impl Strategy<Value = Model> {
    let depth = prop::sample::select(&[None, None, Some(Depth::Direct), Some(Depth::Any)][..]);
    let flat = (
        some_of(&["linux", "plan9"]),
        some_of(&["web", "db"]),
        some_of(&["h1", "h*", "~[234]$"]),
        some_of(&["s?", "~0", "s[!0]"]),
        depth,
        prop::bool::weighted(0.3),
    );
    let flat = flat.prop_map(|(os, groups, hosts, services, depth, on_host)| Model {
        os,
        groups,
        hosts,
        services,
        depth,
        on_host,
        not: None,
    });
    flat.prop_recursive(2, 4, 1, |inner| {
        (inner.clone(), prop::option::of(inner)).prop_map(|(model, not)| Model { not: not.map(Box::new), ..model })
    })
}

/// `os` and groups of an object.
type Own = (Option<&'static str>, Vec<&'static str>);

fn any_own() -> impl Strategy<Value = Own> {
    let os = prop::option::of(prop::sample::select(&["linux", "plan9", "other"][..]));
    (os, prop::collection::vec(prop::sample::select(&["web", "db", "other"][..]), 0..2))
}

fn any_site() -> impl Strategy<Value = Inventory> {
    let texts = |texts: Vec<&str>| texts.into_iter().map(str::to_owned).collect::<Vec<_>>();
    let tags = |os: Option<&str>| os.map(|os| ("os".to_owned(), os.to_owned())).into_iter().collect();
    let host = (any_own(), prop::collection::vec(0..5, 0..2), prop::collection::vec(any_own(), 0..3));
    prop::collection::vec(host, 5).prop_map(move |hosts| {
        let entry = |((os, groups), parents, services): (Own, Vec<i32>, Vec<Own>)| {
            let own = |(os, groups)| ServiceEntry { tags: tags(os), groups: texts(groups), ..ServiceEntry::default() };
            let services = services.into_iter().enumerate().map(|(n, service)| (format!("s{n}"), own(service)));
            HostEntry {
                tags: tags(os),
                groups: texts(groups),
                parents: parents.into_iter().map(|n| format!("h{n}")).collect(),
                services: Services::Table(services.collect()),
                ..HostEntry::default()
            }
        };
        Inventory { hosts: hosts.into_iter().enumerate().map(|(n, host)| (format!("h{n}"), entry(host))).collect() }
    })
}

proptest! {
    #[test]
    fn any_match_upon_any_inventory_means_what_a_naive_evaluation_says(model in any_model(), site in any_site()) {
        let matching = compiled(&model.table()).unwrap();
        let selection = matching.upon(&site);
        let admitted: Vec<Target> = site.objects().into_iter().filter(|object| model.admits(object, &site)).collect();
        let found: Vec<Target> = site.objects().into_iter().filter(|object| selection.admits(object)).collect();
        prop_assert_eq!(&found, &admitted);
        let of_services = model.services.is_some() && !model.on_host;
        let wanted: Vec<Target> = admitted.into_iter().filter(|object| object.service.is_some() == of_services).collect();
        prop_assert_eq!(selection.targets().into_iter().collect::<Vec<_>>(), &wanted[..]);
        let host_by_host: Vec<Target> = site.hosts.keys().flat_map(|host| matching.targets_on(host, &site)).collect();
        prop_assert_eq!(host_by_host, &wanted[..]);
        prop_assert_eq!(Index::of(&site.into()).targets(&matching), wanted);
    }
}
