//! What is declared about an object as JSON. A promise to scripts: keys are only ever added.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::downtime::target::Target;
use crate::inventory::declared::Inventory;

/// The object, in its order of keys; a service has what its host has unless it sets its own.
#[derive(Debug, Serialize)]
pub struct ObjectJson<'a> {
    host: &'a str,
    service: Option<&'a str>,
    alias: Option<&'a str>,
    folder: Option<&'a str>,
    tags: BTreeMap<&'a str, &'a str>,
    labels: BTreeMap<&'a str, &'a str>,
    groups: Vec<&'a str>,
    parents: &'a [String],
    service_period: Option<&'a str>,
    notification_period: Option<&'a str>,
    services: Vec<&'a str>,
}

impl<'a> ObjectJson<'a> {
    /// An object as `inventory` declares it.
    pub fn new(object: &'a Target, inventory: &'a Inventory) -> Self {
        let attributes = inventory.attributes(object);
        let host = attributes.host.filter(|_| object.service.is_none());
        Self {
            host: &object.host,
            service: object.service.as_deref(),
            alias: host.and_then(|host| host.alias.as_deref()),
            folder: attributes.folder(),
            tags: attributes.tags(),
            labels: attributes.labels(),
            groups: attributes.groups(),
            parents: host.map_or(&[], |host| &host.parents),
            service_period: attributes.service_period(),
            notification_period: attributes.notification_period(),
            services: host.map(|host| host.services.names()).unwrap_or_default(),
        }
    }
}
