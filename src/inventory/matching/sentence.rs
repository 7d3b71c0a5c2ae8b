//! A `match` in words, on one line: what is told of it, and what tells two of them apart.

use std::fmt;

use super::Matching;
use crate::inventory::selectors::Depth;

/// `tag os=linux or windows, folder /ams, host web*, not (host web-lab*)`: what is between commas must all hold.
impl fmt::Display for Matching {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { children, on_host, not, .. } = self;
        let mut parts: Vec<String> = self.clauses().map(|clause| clause.to_string()).collect();
        if parts.is_empty() {
            parts.push("everything".to_owned());
        }
        if *on_host {
            parts.push("the hosts of these".to_owned());
        }
        parts.extend(children.map(|depth| match depth {
            Depth::Direct => "and their children".to_owned(),
            Depth::Any => "and all below them".to_owned(),
        }));
        parts.extend(not.as_ref().map(|not| format!("not ({not})")));
        f.write_str(&parts.join(", "))
    }
}
