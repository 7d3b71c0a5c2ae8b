//! Rules as people write them, and where mistakes in them are said to be.

use super::*;
use crate::downtime::recurrence::{Except, Mode, Pattern as Repeats, Until};

const BERLIN: &str = "Europe/Berlin";

fn sources(files: &[(&str, &str)]) -> Vec<Source> {
    files.iter().map(|(name, text)| Source { name: (*name).into(), text: (*text).into() }).collect()
}

fn told(files: &[(&str, &str)]) -> String {
    let survey = Survey::of(&sources(files), Zone::UTC);
    let line = |grade: &str, finding: &Finding| {
        let hint = finding.hint.as_ref().map(|hint| format!(" ({hint})")).unwrap_or_default();
        format!("{}: {grade}: {}{hint}\n", finding.place, finding.message)
    };
    let errors = survey.errors.iter().map(|error| line("error", error));
    errors.chain(survey.warnings.iter().map(|warning| line("warning", warning))).collect()
}

fn rules(text: &str) -> Rules {
    Rules::parse(&sources(&[("rules.toml", text)]), Zone::parse(BERLIN).unwrap()).unwrap()
}

/// A rule with these lines more, in which nothing else is wrong.
fn with(lines: &str) -> String {
    let given = |key: &str| lines.lines().any(|line| line.trim_start().starts_with(&format!("{key} =")));
    let usual = [
        ("name", "'a'"),
        ("comment", "'why'"),
        ("start", "'2026-11-22 22:00'"),
        ("duration", "'10m'"),
        ("repeat", "'weekly'"),
        ("timezone", "'Europe/Berlin'"),
        ("match", "{ everything = true }"),
    ];
    let usual = usual.iter().filter(|(key, _)| !given(key) && !lines.contains(&format!("# no {key}")));
    let usual: String = usual.map(|(key, value)| format!("{key} = {value}\n")).collect();
    format!("[[rule]]\n{lines}\n{usual}")
}

#[test]
fn the_specified_example_is_read() {
    let rules = rules(
        r#"
        [[rule]]
        name = "windows-sunday-restart"
        comment = "weekly automatic restart, https://wiki.example/restart"
        start = "2026-11-22 22:00"
        duration = "10m"
        repeat = "weekly"
        timezone = "Europe/Berlin"
        # flexible = "5m"
        suspend_monitoring = false
        disabled = false
        ticket = "CHG-7"
        [rule.match]
        tags = { criticality = "prod", os = "windows" }
        hosts = ["win*"]
        folder = "/ams"
        not = { hosts = ["win-lab*"] }
        services = ["~^Update"]
        "#,
    );
    let declared = rules.get("windows-sunday-restart").unwrap();
    let rule = &declared.rule;
    insta::assert_snapshot!(declared.matching, @"tag criticality=prod, tag os=windows, folder /ams, host win*, service ~^Update, not (host win-lab*)");
    assert_eq!((rule.file.as_str(), declared.place.to_string().as_str()), ("rules.toml", "rules.toml:2:9"));
    assert_eq!(rule.plan.terms.ticket.as_deref(), Some("CHG-7"));
    let recurrence = &rule.plan.recurrence;
    assert_eq!(recurrence.pattern, Repeats::Every { mode: Mode::Weekly, interval: 1 });
    assert_eq!(recurrence.first.start().to_string(), "2026-11-22T21:00:00Z");
    assert_eq!((recurrence.first.interval.seconds(), rules.longest()), (600, 600));
    assert_eq!(rules.timezone, None, "it names one");
}

#[test]
fn a_rule_without_a_zone_is_meant_in_the_one_given_and_says_so() {
    let rules = rules(&with("# no timezone"));
    assert_eq!(rules.timezone.map(Zone::name).as_deref(), Some(BERLIN));
    assert_eq!(rules.all()[0].rule.plan.recurrence.first.start().to_string(), "2026-11-22T21:00:00Z");
}

#[test]
fn limits_and_times_are_read_in_every_form() {
    let text = with(
        "start = 2026-11-22T22:00:00\nuntil = 2026-12-31\ncount = 9\ninterval = 2\n\
         except = [2026-12-06, '2026-12-20 22:00', '2027-01-03T21:00Z', '2026-12-06']\n",
    );
    let rules = rules(&text);
    let recurrence = &rules.all()[0].rule.plan.recurrence;
    let date = |text: &str| text.parse().unwrap();
    assert_eq!((recurrence.until, recurrence.count), (Some(Until::Date(date("2026-12-31"))), Some(9)));
    assert_eq!(recurrence.pattern, Repeats::Every { mode: Mode::Weekly, interval: 2 });
    let local = date("2026-12-20").and_hms_opt(22, 0, 0).unwrap();
    assert_eq!(recurrence.except[..2], [Except::Date(date("2026-12-06")), Except::Local(local)]);
    assert_eq!(recurrence.except.len(), 3);
    let on_clock = with("wall_end = 06:00:00\nwall_days = 1\n# no duration\nuntil = '2026-12-31 12:00'");
    let rules = self::rules(&on_clock);
    let recurrence = &rules.all()[0].rule.plan.recurrence;
    assert_eq!(recurrence.first.end().to_string(), "2026-11-24T05:00:00Z");
    assert!(matches!(recurrence.until, Some(Until::Instant(until)) if until.to_string() == "2026-12-31T11:00:00Z"));
}

#[test]
fn rules_of_several_files_are_told_apart_by_name() {
    let first = with("name = 'a'\ndisabled = true");
    let second = with("name = 'b'") + &with("name = 'a'");
    insta::assert_snapshot!(told(&[("rules.toml", &first), ("rules.d/ams.toml", &second)]), @"rules.d/ams.toml:10:8: error: rule `a` is declared at rules.toml:2:8 already");
    let both = Rules::parse(&sources(&[("rules.toml", &first), ("rules.d/b.toml", &with("name = 'b'"))]), Zone::UTC);
    let both = both.unwrap();
    assert_eq!(both.enabled().map(|declared| declared.rule.file.as_str()).collect::<Vec<_>>(), ["rules.d/b.toml"]);
    assert!(both.get("a").unwrap().disabled);
}

#[test]
fn every_mistake_is_told_with_its_place() {
    let text = "rules = 1\n[[rule]]\n[[rule]]\nname = 'weekly restart'\ncoment = 'x'\ncomment = ' '\n\
        start = 'sat 22:00'\nduration = 10\nrepeat = 'weekley'\ntimezone = 'Europe/Berln'\nflexible = '5m'\n\
        disabled = 'yes'\ncount = 0\nwall_days = -1\nuntil = '31.12.2026'\nexcept = ['@holidays', 7]\n[rule.match]\ntag = {}\n\
        tags = { os = 3 }\nhosts = ['web[', 'a/b']\nnot = {}\n";
    insta::assert_snapshot!(told(&[("rules.toml", text)]), @r#"
    rules.toml:1:1: error: unknown key `rules` (a rule begins with [[rule]], and its `match` with [rule.match])
    rules.toml:2:1: error: a rule has no `name` (write name = "windows-sunday-restart", or what it is to be called)
    rules.toml:2:1: error: a rule has no `comment` (write why, as in comment = "weekly restart")
    rules.toml:2:1: error: a rule has no `start` (write the first one, as in start = "2026-11-22 22:00")
    rules.toml:2:1: error: a rule has neither `duration` nor `wall_end` (say how long each one is, as in duration = "10m", or when it ends, as in wall_end = "06:00")
    rules.toml:2:1: error: a rule has neither `repeat` nor `rrule` (say how it repeats, as in repeat = "weekly"; for one time only, repeat = "daily" with count = 1)
    rules.toml:2:1: error: a rule has no `match` (say for whom it is, as in [rule.match] with tags = { os = "windows" }; for every host, everything = true)
    rules.toml:4:8: error: `weekly restart` is no name of a rule: it is letters, digits, `-`, `_` and `.`, a letter first (write name = "weekly-restart")
    rules.toml:5:1: error: unknown key `coment` of rule `weekly restart` (did you mean `comment`?)
    rules.toml:6:11: error: `comment` of rule `weekly restart` is empty (write why, as in comment = "weekly restart")
    rules.toml:7:9: error: `start` of rule `weekly restart`: `sat 22:00` moves with the present, and a rule stays where it is (write a date, as in "2026-12-20", or a date and a time, as in "2026-12-20 22:00")
    rules.toml:8:12: error: `duration` of rule `weekly restart` is an integer, not a text in quotes
    rules.toml:9:10: error: `repeat` of rule `weekly restart`: there is no repetition `weekley` (did you mean weekly?)
    rules.toml:10:12: error: `timezone` of rule `weekly restart`: there is no time zone `Europe/Berln` (did you mean Europe/Berlin?)
    rules.toml:11:12: error: this version has no flexible downtimes (leave it out: the downtimes of a rule are in effect for their whole windows)
    rules.toml:12:12: error: `disabled` of rule `weekly restart` is a text, not true or false
    rules.toml:13:9: error: `count` of rule `weekly restart` is 0, not a whole number of at least 1
    rules.toml:14:13: error: `wall_days` of rule `weekly restart` is -1, not a whole number of at least 0
    rules.toml:14:13: error: `wall_days` of rule `weekly restart` goes with `wall_end`
    rules.toml:15:9: error: `until` of rule `weekly restart`: cannot read `31.12.2026` as a time: `31.12.2026` is not written year first (write a date, as in "2026-12-20", or a date and a time, as in "2026-12-20 22:00")
    rules.toml:16:11: error: an entry in `except` of rule `weekly restart` names a file, and what a rule leaves out stands in the rule (write the dates into the list)
    rules.toml:16:24: error: an entry in `except` of rule `weekly restart` is an integer, not a date, or a date and a time, in quotes
    rules.toml:18:1: error: unknown key `tag` of `match` of rule `weekly restart` (did you mean `tags`?)
    rules.toml:19:15: error: `tags.os` of `match` of rule `weekly restart` is an integer, not a text, or a list of texts any of which will do
    rules.toml:20:10: error: `web[` is not a pattern: unclosed character class; missing ']' (a name that holds `[` is written as a regular expression: '~^load \[5m\]$')
    rules.toml:20:18: error: `a/b` is no host: a host's name holds no `/` (name services with `services`, as in services = ["HTTP"])
    rules.toml:21:7: error: a match without a condition; if every object is meant, write everything = true
    "#);
}

#[test]
fn what_does_not_go_together_is_told() {
    let one = |lines: &str| told(&[("rules.toml", &with(lines))]);
    insta::assert_snapshot!(one("wall_end = '06:00'"), @"rules.toml:2:12: error: rule `a` has both `duration` and `wall_end` (keep one: how long each one is, or when it ends on the clock)");
    insta::assert_snapshot!(one("wall_days = 1"), @"rules.toml:2:13: error: `wall_days` of rule `a` goes with `wall_end`");
    insta::assert_snapshot!(one("rrule = 'FREQ=DAILY'"), @"rules.toml:2:9: error: rule `a` has both `repeat` and `rrule`");
    insta::assert_snapshot!(one("rrule = 'FREQ=HOURLY'\n# no repeat"), @"rules.toml:2:9: error: `rrule` of rule `a`: cannot repeat by `FREQ=HOURLY`: FREQ is DAILY, WEEKLY, MONTHLY or YEARLY here");
    insta::assert_snapshot!(one("rrule = 'FREQ=DAILY'\n# no repeat\ninterval = 2"), @"rules.toml:4:12: error: `interval` of rule `a` does not go with `rrule`, which has an INTERVAL of its own");
    insta::assert_snapshot!(one("repeat = 'yearly'\ninterval = 2"), @r#"rules.toml:3:12: error: `interval` of rule `a` does not go with repeat = "yearly""#);
    insta::assert_snapshot!(one("repeat = 'hourly'\n# no duration\nwall_end = '06:00'"), @r#"rules.toml:4:12: error: `wall_end` of rule `a` does not go with repeat = "hourly" (say how long each one is, as in duration = "10m")"#);
    insta::assert_snapshot!(one("start = '2026-11-22 22:00 America/New_York'"), @r#"rules.toml:2:9: error: `start` of rule `a` names a zone of its own (write timezone = "America/New_York" instead: it holds for all of the rule)"#);
    insta::assert_snapshot!(one("duration = '22:00'"), @r#"rules.toml:2:12: error: `duration` of rule `a`: cannot read `22:00` as a duration: a clock time is not a length (write a length of time, as in duration = "10m" or "1h30m")"#);
    insta::assert_snapshot!(one("match = {}"), @"rules.toml:2:9: error: a match without a condition; if every object is meant, write everything = true");
    insta::assert_snapshot!(one("name = '2nd'"), @r#"rules.toml:2:8: error: `2nd` is no name of a rule: it is letters, digits, `-`, `_` and `.`, a letter first (write name = "nd")"#);
    insta::assert_snapshot!(one("start = '2026-03-29 02:30'"), @"rules.toml:2:9: warning: rule `a`: the clocks of Europe/Berlin skip 02:30 that day, and the first one is at 03:30");
    insta::assert_snapshot!(told(&[("rules.toml", "[rule]\nname = 'a'\n")]), @"rules.toml:1:1: error: `rule` is a table, not a list: a rule begins with [[rule]], in two pairs of brackets");
}

#[test]
fn what_is_odd_is_told_and_what_never_happens_refused() {
    let one = |lines: &str| told(&[("rules.toml", &with(lines))]);
    insta::assert_snapshot!(one("repeat = 'weekdays'"), @"rules.toml:1:1: warning: rule `a`: Sun 2026-11-22 22:00 does not match `weekdays`: the first match is Mon 2026-11-23 22:00, where it begins");
    insta::assert_snapshot!(one("repeat = 'monthly'\nstart = '2026-10-31 22:00'"), @"rules.toml:1:1: warning: rule `a`: no 31st in Feb, Apr, Jun, Sep, Nov: skipped");
    insta::assert_snapshot!(one("repeat = 'daily'\nduration = '25h'\nexcept = ['2020-01-01']\ntimezone = '+01:00'"), @"
    rules.toml:1:1: warning: rule `a`: +01:00 follows no daylight saving time: to keep the time of day, name a place, as in Europe/Berlin
    rules.toml:1:1: warning: rule `a`: occurrences overlap: one lasts 1d 1h, and the next begins 1d after it did
    rules.toml:1:1: warning: rule `a`: the exception 2020-01-01 matches no occurrence
    ");
    insta::assert_snapshot!(one("until = '2026-11-01'"), @"rules.toml:1:1: error: rule `a`: the last start, 2026-11-01, is before the first, Sun 2026-11-22 22:00");
    insta::assert_snapshot!(one("# no repeat\nrrule = 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30'"), @"rules.toml:1:1: error: rule `a`: `FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30` never happens (look whether the days that it names exist)");
    insta::assert_snapshot!(one("count = 1\nexcept = ['2026-11-22']"), @"rules.toml:1:1: error: rule `a`: it never happens: the exceptions leave nothing over (leave an exception out, or give a later end)");
    let weekdays = rules(&with("repeat = 'weekdays'"));
    assert_eq!(weekdays.all[0].rule.plan.recurrence.first.start().to_string(), "2026-11-23T21:00:00Z");
}
