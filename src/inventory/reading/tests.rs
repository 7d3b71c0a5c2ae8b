//! Mistakes in inventory files, and where they are said to be.

use super::*;

fn told(files: &[(&str, &str)]) -> String {
    let sources: Vec<Source> =
        files.iter().map(|(name, text)| Source { name: (*name).into(), text: (*text).into() }).collect();
    let survey = Survey::of(&sources);
    let line = |grade: &str, finding: &Finding| {
        let hint = finding.hint.as_ref().map(|hint| format!(" ({hint})")).unwrap_or_default();
        format!("{}: {grade}: {}{hint}\n", finding.place, finding.message)
    };
    let errors = survey.errors.iter().map(|error| line("error", error));
    let odd = survey.odd_parents();
    errors.chain(survey.warnings.iter().chain(&odd).map(|warning| line("warning", warning))).collect()
}

#[test]
fn every_mistake_is_told_with_its_place() {
    let text = r#"
        host = 1
        [web01]
        [hosts.a]
        allias = "x"
        parent = ["b"]
        alias = 3
        tags = { os = 7, site = "ams" }
        labels = "team"
        groups = "web"
        parents = ["b", 1, ""]
        services = { HTTP = "x", CPU = { alias = "y", groupes = [] }, "" = {} }
        [hosts.web01.example.com]
        [hosts.""]
        [hosts."a/b"]
        [hosts.b]
        services = 3.5
        x = 1
        "#;
    insta::assert_snapshot!(told(&[("inventory.toml", text)]), @r#"
    inventory.toml:2:9: error: unknown key `host` (a host is declared as [hosts.web01])
    inventory.toml:3:10: error: unknown key `web01` (a host is declared as [hosts.web01])
    inventory.toml:5:9: error: unknown key `allias` of host `a` (did you mean `alias`?)
    inventory.toml:6:9: error: unknown key `parent` of host `a` (did you mean `parents`?)
    inventory.toml:7:17: error: `alias` of host `a` is an integer, not a text in quotes
    inventory.toml:8:23: error: `tags.os` of host `a` is an integer, not a text in quotes
    inventory.toml:9:18: error: `labels` of host `a` is a text, not a table such as { os = "linux" }
    inventory.toml:10:18: error: `groups` of host `a` is a text, not a list such as ["first", "second"]
    inventory.toml:11:25: error: an entry in `parents` of host `a` is an integer, not a text in quotes
    inventory.toml:11:28: error: an empty name is in `parents` of host `a`
    inventory.toml:12:29: error: service `a/HTTP` is a text, not a table such as { groups = ["nightly"] }
    inventory.toml:12:42: error: unknown key `alias` of service `a/CPU` (known are folder, tags, labels, groups, service_period, notification_period)
    inventory.toml:12:55: error: unknown key `groupes` of service `a/CPU` (did you mean `groups`?)
    inventory.toml:12:71: error: a service of host `a` has an empty name
    inventory.toml:13:22: error: unknown key `example` of host `web01` (a host's name that holds dots is written in quotes: [hosts."web01.example.com"])
    inventory.toml:14:16: error: a host has an empty name
    inventory.toml:15:16: error: a host's name holds no `/`, and `a/b` does
    inventory.toml:17:20: error: `services` of host `b` is a float, not a list of names or a table with an entry for each
    inventory.toml:18:9: error: unknown key `x` of host `b` (known are alias, folder, tags, labels, groups, parents, service_period, notification_period, services)
    "#);
}

#[test]
fn every_slip_of_the_pen_is_told_once_and_nothing_made_of_it() {
    let text = "[hosts.a\nalias = 'x'\n[hosts.b]\nalias = 'x'\nalias = 'y'\nallias = 'x'\n[hosts.c]\nfolder =\n[hosts.d]\nalias = \"x\n";
    insta::assert_snapshot!(told(&[("inventory.toml", text)]), @r#"
    inventory.toml:1:9: error: unclosed table, expected `]`
    inventory.toml:5:1: error: duplicate key `alias`
    inventory.toml:8:9: error: string values must be quoted, expected literal string
    inventory.toml:10:11: error: invalid basic string, expected `"`
    "#);
}

#[test]
fn a_host_declared_in_two_files_is_told_with_both_places() {
    let files = [
        ("inventory.toml", "[hosts.a]\n[hosts.b]\n"),
        ("inventory.d/b.toml", "\n[hosts.b.services.CPU]\n[hosts]\na = {}\nc = {}\n"),
        ("inventory.d/c.toml", "[hosts.a]\n"),
    ];
    insta::assert_snapshot!(told(&files), @"
    inventory.d/b.toml:2:8: error: host `b` is declared at inventory.toml:2:8 already
    inventory.d/b.toml:4:1: error: host `a` is declared at inventory.toml:1:8 already
    inventory.d/c.toml:1:8: error: host `a` is declared at inventory.toml:1:8 already
    ");
}

#[test]
fn what_is_odd_is_told_where_it_is_written() {
    let text = "[hosts.a]\nparents = ['sw2', 'b']\nservices = ['CPU', 'HTTP', 'CPU']\n[hosts.b]\nparents = ['a']\n[hosts.sw1]\n";
    insta::assert_snapshot!(told(&[("inventory.toml", text)]), @"
    inventory.toml:3:28: warning: service `CPU` of host `a` is named twice
    inventory.toml:2:12: warning: the parent `sw2` of host `a` is not declared (did you mean `sw1`?)
    inventory.toml:2:19: warning: hosts are their own ancestors: a, b
    ");
}

#[test]
fn columns_count_characters_and_a_mark_of_byte_order_none() {
    let text = "\u{feff}[hosts.'ä/']\r\nallias = 1\r\n[hosts.'ö']\r\ntags = { 'größe' = 1 }\r\n[hosts.'ü'.x]";
    insta::assert_snapshot!(told(&[("inventory.toml", text)]), @r#"
    inventory.toml:1:8: error: a host's name holds no `/`, and `ä/` does
    inventory.toml:2:1: error: unknown key `allias` of host `ä/` (did you mean `alias`?)
    inventory.toml:4:20: error: `tags.größe` of host `ö` is an integer, not a text in quotes
    inventory.toml:5:12: error: unknown key `x` of host `ü` (a host's name that holds dots is written in quotes: [hosts."web01.example.com"])
    "#);
}

#[test]
fn an_object_is_found_where_it_is_declared() {
    let sources = [
        Source { name: "inventory.toml".into(), text: "[hosts.a]\nservices = [\n  'CPU',\n  'HTTP',\n]\n".into() },
        Source { name: "inventory.d/b.toml".into(), text: "[hosts.b.services.CPU]\n[hosts.b.services.X]\n".into() },
    ];
    let survey = Survey::of(&sources);
    let place = |text: &str| survey.place(&Target::parse(text)).map(|place| place.to_string());
    assert_eq!(place("a").as_deref(), Some("inventory.toml:1:8"));
    assert_eq!(place("a/HTTP").as_deref(), Some("inventory.toml:4:3"));
    assert_eq!(place("b").as_deref(), Some("inventory.d/b.toml:1:8"));
    assert_eq!(place("b/X").as_deref(), Some("inventory.d/b.toml:2:19"));
    assert_eq!((place("c"), place("a/X")), (None, None));
}
