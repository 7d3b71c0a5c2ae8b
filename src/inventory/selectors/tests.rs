//! What selectors pick on a small site.

use proptest::prelude::*;

use super::*;
use crate::inventory::declared::{HostEntry, Source};

const SITE: &str = r#"
    [hosts.sw1]
    folder = "/ams"
    [hosts.web01]
    folder = "/ams/dmz"
    tags = { os = "linux", criticality = "prod" }
    labels = { team = "shop" }
    groups = ["web"]
    parents = ["sw1"]
    services = ["HTTP", "CPU"]
    [hosts.win01]
    folder = "/amsterdam"
    tags = { os = "windows", criticality = "prod" }
    parents = ["web01"]
    [hosts.win01.services.CPU]
    [hosts.win01.services.Backup]
    tags = { criticality = "test" }
    groups = ["nightly"]
    [hosts.bare]
    parents = ["win01", "web01"]
"#;

fn site() -> Inventory {
    Inventory::parse(&[Source { name: "inventory.toml".into(), text: SITE.into() }]).unwrap()
}

fn tags(texts: &[&str]) -> Vec<Condition> {
    texts.iter().map(|text| Condition::parse(text).unwrap()).collect()
}

fn selected(named: &[&str], selectors: &Selectors) -> Vec<String> {
    let named = (!named.is_empty()).then(|| named.iter().map(|name| Target::parse(name)).collect());
    selectors.apply(named, &site(), &site().objects()).iter().map(Target::to_string).collect()
}

#[test]
fn conditions_are_anded_and_their_values_alternatives() {
    let by_tags = |texts: &[&str]| selected(&[], &Selectors { tags: tags(texts), ..Selectors::default() });
    assert_eq!(by_tags(&["os=linux"]), ["web01"]);
    assert_eq!(by_tags(&["os=linux,windows", "criticality=prod"]), ["web01", "win01"]);
    assert_eq!(by_tags(&["os!=linux"]), ["bare", "sw1", "win01"], "without the tag it is not linux either");
    assert_eq!(by_tags(&["os!=linux,windows"]), ["bare", "sw1"]);
    assert!(Condition::parse("os").is_err() && Condition::parse("=x").is_err() && Condition::parse("os=").is_err());
}

#[test]
fn a_folder_holds_what_is_below_it_and_not_what_only_begins_like_it() {
    let in_folder = |path: &str| selected(&[], &Selectors { folders: vec![path.into()], ..Selectors::default() });
    assert_eq!(in_folder("/ams"), ["sw1", "web01"]);
    assert_eq!(in_folder("ams/dmz/"), ["web01"]);
    assert_eq!(in_folder("/"), ["sw1", "web01", "win01"]);
}

#[test]
fn a_service_has_what_its_host_has_unless_it_sets_its_own() {
    let services = ["web01/HTTP", "win01/CPU", "win01/Backup"];
    let by_tags = |texts: &[&str]| selected(&services, &Selectors { tags: tags(texts), ..Selectors::default() });
    assert_eq!(by_tags(&["criticality=prod"]), ["web01/HTTP", "win01/CPU"]);
    assert_eq!(by_tags(&["os=windows"]), ["win01/Backup", "win01/CPU"]);
    let groups = |name: &str| selected(&services, &Selectors { groups: vec![name.into()], ..Selectors::default() });
    assert_eq!(groups("nightly"), ["win01/Backup"]);
    assert_eq!(groups("web"), ["web01/HTTP"]);
}

#[test]
fn a_service_that_sets_its_own_counts_by_itself_where_its_host_does_not() {
    let of = |selectors| selected(&[], &selectors);
    let nightly = || Selectors { groups: vec!["nightly".into()], ..Selectors::default() };
    assert_eq!(of(nightly()), ["win01/Backup"]);
    assert_eq!(of(Selectors { on_host: true, ..nightly() }), ["win01"]);
    assert_eq!(of(Selectors { tags: tags(&["criticality=test"]), ..Selectors::default() }), ["win01/Backup"]);
    assert_eq!(
        of(Selectors { tags: tags(&["criticality=prod"]), ..Selectors::default() }),
        ["web01", "win01"],
        "a host stands for all its services, whatever they set"
    );
    assert_eq!(
        of(Selectors { tags: tags(&["criticality!=prod"]), ..Selectors::default() }),
        ["bare", "sw1", "win01/Backup"]
    );
    let every = || vec![Pattern::parse("*").unwrap()];
    assert_eq!(of(Selectors { services: every(), ..nightly() }), ["win01/Backup"]);
    assert_eq!(
        of(Selectors { services: every(), tags: tags(&["criticality=prod"]), ..Selectors::default() }),
        ["web01/CPU", "web01/HTTP", "win01/CPU"],
        "but a service that is test is none of those that are prod"
    );
}

#[test]
fn services_replace_their_hosts_and_hosts_their_services() {
    let cpu = || vec![Pattern::parse("CP*").unwrap()];
    let of = |selectors| selected(&[], &selectors);
    assert_eq!(of(Selectors { services: cpu(), ..Selectors::default() }), ["web01/CPU", "win01/CPU"]);
    assert_eq!(of(Selectors { services: cpu(), on_host: true, ..Selectors::default() }), ["web01", "win01"]);
}

#[test]
fn children_are_followed_as_far_as_asked() {
    let of = |depth| selected(&["sw1"], &Selectors { children: Some(depth), ..Selectors::default() });
    assert_eq!(of(Depth::Direct), ["sw1", "web01"]);
    assert_eq!(of(Depth::Any), ["bare", "sw1", "web01", "win01"]);
}

proptest! {
    /// Reachability worked out the other way round: add whoever has a parent in the set until nobody is added.
    #[test]
    fn children_on_any_graph_are_those_that_can_be_reached(
        edges in prop::collection::vec((0_usize..9, 0_usize..9), 0..30),
        start in prop::collection::btree_set(0_usize..9, 1..3),
    ) {
        let mut inventory = Inventory::default();
        for host in 0..9 {
            let parents = edges.iter().filter(|(child, _)| *child == host).map(|(_, parent)| format!("h{parent}"));
            let entry = HostEntry { parents: parents.collect(), ..HostEntry::default() };
            inventory.hosts.insert(format!("h{host}"), entry);
        }
        let named: BTreeSet<Target> = start.iter().map(|host| Target::host(format!("h{host}"))).collect();
        let mut reached = start.clone();
        let direct: BTreeSet<usize> =
            edges.iter().filter(|(_, parent)| start.contains(parent)).map(|(child, _)| *child).chain(start.clone()).collect();
        while let Some((child, _)) = edges.iter().find(|(child, parent)| reached.contains(parent) && !reached.contains(child)) {
            reached.insert(*child);
        }
        let names = |hosts: &BTreeSet<usize>| hosts.iter().map(|host| Target::host(format!("h{host}"))).collect::<BTreeSet<_>>();
        for (depth, expected) in [(Depth::Any, names(&reached)), (Depth::Direct, names(&direct))] {
            let selectors = Selectors { children: Some(depth), ..Selectors::default() };
            prop_assert_eq!(selectors.apply(Some(named.clone()), &inventory, &inventory.objects()), expected);
        }
    }
}
