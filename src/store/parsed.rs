//! The inventory of a revision as it was parsed, so that its TOML need not be read again: a cache, believed only whole.
//!
//! Magic with the number of the format, CRC-32 of the rest, the rest: the inventory in the format of `postcard`.

use std::path::PathBuf;

use super::Store;
use super::layout::Layout;
use crate::failure::Outcome;
use crate::inventory::declared::Inventory;

/// The digit is the number of the format, to be raised with any change of what an inventory is made of.
const MAGIC: &[u8; 16] = b"downtime-hosts-1";
/// Magic and checksum.
const PREFIX: usize = 20;
/// How the files of this cache end.
pub(super) const ENDING: &str = ".inventory";

/// Where the inventory of a content is.
pub(super) fn path(layout: &Layout, content: &str) -> PathBuf {
    layout.cache().join(format!("{content}{ENDING}"))
}

/// Its bytes.
pub(super) fn encode(inventory: &Inventory) -> std::io::Result<Vec<u8>> {
    let body = postcard::to_allocvec(inventory).map_err(std::io::Error::other)?;
    let mut bytes = Vec::with_capacity(PREFIX + body.len());
    bytes.extend_from_slice(MAGIC);
    bytes.extend(crc32fast::hash(&body).to_le_bytes());
    bytes.extend(body);
    Ok(bytes)
}

/// The inventory; `None` if the bytes are not all that were written, or those of another version.
fn decode(bytes: &[u8]) -> Option<Inventory> {
    let (prefix, body) = bytes.split_at_checked(PREFIX)?;
    let sound = prefix[..16] == *MAGIC && prefix[16..] == crc32fast::hash(body).to_le_bytes();
    if sound { postcard::from_bytes(body).ok() } else { None }
}

impl Store {
    /// The inventory of a content, if the cache has it.
    pub(super) fn cached_inventory(&self, content: &str) -> Option<Inventory> {
        decode(&self.files.read(&path(&self.layout, content)).ok()?)
    }

    /// The inventory of a recorded revision: from the cache, or else from the files that were recorded.
    ///
    /// # Errors
    /// `Damaged` if they are missing or not what was recorded.
    pub fn inventory_of(&self, content: &str) -> Outcome<Inventory> {
        match self.cached_inventory(content) {
            Some(inventory) => Ok(inventory),
            None => Inventory::parse(&self.revision(content)?),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inventory::declared::Source;

    fn inventory() -> Inventory {
        let text = r#"
            [hosts.web01]
            alias = "shop front end"
            folder = "/ams/dmz"
            tags = { criticality = "prod", os = "linux" }
            labels = { team = "shop" }
            groups = ["web"]
            parents = ["sw-ams-1"]
            service_period = "office"
            notification_period = "always"
            services = ["HTTP", "Filesystem /var"]
            [hosts.db01.services."Backup"]
            folder = "/backup"
            tags = { criticality = "test" }
            labels = { team = "db" }
            groups = ["nightly"]
            service_period = "office"
            notification_period = "always"
        "#;
        Inventory::parse(&[Source { name: "inventory.toml".into(), text: text.into() }]).unwrap()
    }

    #[test]
    fn an_inventory_reads_back_as_it_was_written() {
        assert_eq!(decode(&encode(&inventory()).unwrap()), Some(inventory()));
        assert_eq!(decode(&encode(&Inventory::default()).unwrap()), Some(Inventory::default()));
    }

    #[test]
    fn any_changed_or_missing_byte_is_noticed() {
        let bytes = encode(&inventory()).unwrap();
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 0x20;
            assert_eq!(decode(&changed), None, "byte {at}");
            assert_eq!(decode(&bytes[..at]), None, "cut at {at}");
        }
    }

    #[test]
    fn what_an_inventory_is_made_of_changes_only_with_the_number_of_the_format() {
        let bytes = encode(&inventory()).unwrap();
        assert_eq!((&bytes[15..16], u32::from_le_bytes(bytes[16..20].try_into().unwrap())), (&b"1"[..], 0x7876_937e));
    }
}
