//! Turns the Open Science Grid's list of resources into an `inventory.toml`.
//!
//! `cargo run --example osg_inventory < tests/data/osg/resources.json > inventory.toml`
//!
//! Facility, site and resource group become the folder `/FACILITY/SITE/GROUP`; the support centre is a label, being active
//! a tag, programmes are groups. A `/` in a name becomes `-`, since it divides hosts from services and folders from folders.

use std::collections::BTreeMap;
use std::io::{Read, Write};

use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
struct Resource {
    host: String,
    fqdn: String,
    active: bool,
    facility: String,
    site: String,
    #[serde(rename = "resource_group")]
    group: String,
    support_center: String,
    services: Vec<String>,
    tags: Vec<String>,
}

#[derive(Serialize)]
struct Inventory {
    hosts: BTreeMap<String, Host>,
}

#[derive(Serialize)]
struct Host {
    alias: String,
    folder: String,
    tags: BTreeMap<&'static str, &'static str>,
    labels: BTreeMap<&'static str, String>,
    groups: Vec<String>,
    services: Vec<String>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut json = String::new();
    std::io::stdin().read_to_string(&mut json)?;
    Ok(std::io::stdout().write_all(inventory(&json)?.as_bytes())?)
}

/// The `inventory.toml` of a list of resources in JSON.
pub fn inventory(json: &str) -> Result<String, Box<dyn std::error::Error>> {
    let resources: Vec<Resource> = serde_json::from_str(json)?;
    let hosts = resources.into_iter().map(host).collect();
    Ok(toml::to_string(&Inventory { hosts })?)
}

fn host(resource: Resource) -> (String, Host) {
    let Resource { host, fqdn, active, facility, site, group, support_center, services, tags } = resource;
    let part = |name: &str| name.trim().replace('/', "-");
    let entry = Host {
        alias: fqdn,
        folder: format!("/{}/{}/{}", part(&facility), part(&site), part(&group)),
        tags: BTreeMap::from([("active", if active { "yes" } else { "no" })]),
        labels: BTreeMap::from([("support", support_center)]),
        groups: tags,
        services: services.into_iter().collect::<std::collections::BTreeSet<_>>().into_iter().collect(),
    };
    (part(&host), entry)
}
