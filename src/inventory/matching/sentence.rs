//! A `match` in words, on one line: what is told of it, and what tells two of them apart.

use std::fmt;

use super::Matching;
use crate::inventory::pattern::Pattern;
use crate::inventory::selectors::{Condition, Depth};

/// `tag os=linux or windows, folder /ams, host web*, not (host web-lab*)`: what is between commas must all hold.
impl fmt::Display for Matching {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { tags, labels, groups, folders, hosts, services, children, on_host, not } = self;
        let any = |word: &str, list: &[&str]| match list {
            [] => format!("no {word}"),
            list => format!("{word} {}", list.join(" or ")),
        };
        let texts = |word: &str, list: &Option<Vec<String>>| {
            list.as_ref().map(|list| any(word, &list.iter().map(String::as_str).collect::<Vec<_>>()))
        };
        let patterns = |word: &str, list: &Option<Vec<Pattern>>| {
            let texts: Option<Vec<String>> = list.as_ref().map(|list| list.iter().map(Pattern::to_string).collect());
            texts.map(|list| any(word, &list.iter().map(String::as_str).collect::<Vec<_>>()))
        };
        let pair = |word: &str, Condition { key, values, .. }: &Condition| {
            format!("{word} {key}={}", if values.is_empty() { "nothing".to_owned() } else { values.join(" or ") })
        };
        let mut parts: Vec<String> = tags.iter().map(|condition| pair("tag", condition)).collect();
        parts.extend(labels.iter().map(|condition| pair("label", condition)));
        parts.extend(texts("group", groups));
        parts.extend(texts("folder", folders));
        parts.extend(patterns("host", hosts));
        parts.extend(patterns("service", services));
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
