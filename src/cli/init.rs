//! `init`: make the store, with files to edit.

use clap::Args;
use serde::Serialize;

use super::output::{print, print_json, told};
use super::session::Session;
use crate::failure::Outcome;

const CONFIG: &str = r#"# Settings of this store. Unknown keys are errors, so that a slip is noticed.

# Zone of times typed and shown, unless --tz or DOWNTIME_TZ says otherwise.
# timezone = "Europe/Berlin"

# What one downtime may be at most, unless it is scheduled with --override 'REASON'.
# [limits]
# max_duration = "8h"
# max_targets = 50
# require_ticket = false

# Times in which nothing may be scheduled without --override 'REASON'. A day is its 00:00 as a start and its 24:00 as an
# end; a freeze without a `match` is for everything. Freezes may be many, and in config.d/*.toml too.
# [[freeze]]
# name = "year end"
# start = "2026-12-20"
# end = "2027-01-03"
# match = { tags = { criticality = "prod" }, not = { hosts = ["lab-*"] } }
"#;

const INVENTORY: &str = r#"# The hosts and services of the site. With any host declared here, a name that is neither declared nor in an
# imported log is refused, so that a typing error does not silence the wrong thing.

# [hosts.web01]
# alias = "shop front end"
# folder = "/ams/dmz"
# tags = { criticality = "prod", os = "linux" }
# labels = { team = "shop" }
# groups = ["web"]
# parents = ["sw-ams-1"]
# services = ["HTTP", "Filesystem /var"]

# [hosts.db01.services]              # services with tags, labels, folder, groups or periods of their own
# SQL = {}
# Backup = { groups = ["nightly"] }

# [hosts."db01.example.com"]         # a name that holds dots is written in quotes
"#;

const RULES: &str = "# Downtimes that repeat, for all that matches, hosts added later included; `downtime rules check` tells every mistake.
#
# [[rule]]
# name = \"windows-sunday-restart\"
# comment = \"weekly automatic restart\"
# start = \"2026-11-22 22:00\"    # the first; the others follow from it
# duration = \"10m\"              # or wall_end = \"06:00\", and wall_days = 1
# repeat = \"weekly\"             # or rrule = \"FREQ=MONTHLY;BYDAY=2TU\"
# timezone = \"Europe/Berlin\"    # on whose clocks; else that of config.toml, or UTC
# # interval = 2, until = \"2027-12-31\", count = 10, except = [\"2026-12-27\"]
# # ticket = \"CHG-7\", suspend_monitoring = true, disabled = true
# [rule.match]                  # all must hold; a list holds alternatives
# tags = { criticality = \"prod\", os = \"windows\" }
# # hosts services labels groups folder children recursive on_host everything, not = { ... }
";

/// Make the store, with commented files to edit
#[derive(Debug, Clone, Copy, Args)]
#[command(after_help = "Examples:
  downtime init
  downtime --store ./site init")]
pub struct Init {}

#[derive(Serialize)]
struct Made<'a> {
    store: String,
    made: &'a [&'a str],
}

impl Init {
    /// Begins the store and writes the files that are not there.
    pub fn run(self, session: &Session) -> Outcome<()> {
        let Self {} = self;
        let machine = session.globals.document()?;
        // Held until all is made, so that two of them do not write the same file.
        let writer = session.writer()?;
        let mut made = Vec::new();
        for (name, text) in [("config.toml", CONFIG), ("inventory.toml", INVENTORY), ("rules.toml", RULES)] {
            if writer.offer(name, text)? {
                made.push(name);
            }
        }
        drop(writer);
        let store = session.dir().display().to_string();
        told(match made.as_slice() {
            made if machine => print_json(&Made { store, made }),
            [] => print(&format!("Nothing to make: {store} is complete\n")),
            made => print(&format!("Made {} in {store}\n", made.join(", "))),
        });
        Ok(())
    }
}
