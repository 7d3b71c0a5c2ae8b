//! What one version of the rules says that another does not, for the history.

use std::collections::BTreeMap;

use super::{Declared, Rules};
use crate::downtime::id::DowntimeId;
use crate::downtime::recurrence::{Except, Pattern, Recurrence, Until};
use crate::downtime::story::{Changed, Fate, RuleChange, Said};

/// What became of each rule between two versions, by name; the same rule may be disabled and have changed.
pub fn changes(before: &Rules, after: &Rules) -> Vec<RuleChange> {
    let by_name = |rules: &'_ Rules| -> BTreeMap<String, Declared> {
        rules.all().iter().map(|declared| (declared.rule.name.clone(), declared.clone())).collect()
    };
    let (before, after) = (by_name(before), by_name(after));
    let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
    names.sort_unstable();
    names.dedup();
    let mut found = Vec::new();
    for name in names {
        let (was, is) = (before.get(name), after.get(name));
        let fates = match (was, is) {
            (None, _) => vec![Fate::Added],
            (_, None) => vec![Fate::Removed],
            (Some(was), Some(is)) => between(was, is),
        };
        let comment = is.or(was).map_or_else(String::new, |declared| declared.rule.plan.terms.comment.clone());
        let rule = DowntimeId::of_rule(name);
        found.extend(fates.into_iter().map(|fate| RuleChange { rule: rule.clone(), comment: comment.clone(), fate }));
    }
    found
}

fn between(was: &Declared, is: &Declared) -> Vec<Fate> {
    let fields: Vec<Changed> = said(was)
        .into_iter()
        .zip(said(is))
        .filter(|((_, from), (_, to))| from != to)
        .map(|((field, from), (_, to))| Changed { field, from, to })
        .collect();
    let toggled = match (was.disabled, is.disabled) {
        (false, true) => Some(Fate::Disabled),
        (true, false) => Some(Fate::Enabled),
        _ => None,
    };
    (!fields.is_empty()).then_some(Fate::Changed(fields)).into_iter().chain(toggled).collect()
}

/// What a rule says, key by key, but whether it is disabled.
fn said(declared: &Declared) -> [(&'static str, Said); 14] {
    let (terms, recurrence) = (&declared.rule.plan.terms, &declared.rule.plan.recurrence);
    let text = |text: String| Said::Text(text);
    let maybe = |text: Option<String>| Said::from(&text);
    let (repeat, rrule, interval) = match &recurrence.pattern {
        Pattern::Every { mode, interval } => (Some(mode.to_string()), None, (*interval > 1).then_some(*interval)),
        Pattern::Rrule(rule) => (None, Some(rule.as_str().to_owned()), None),
    };
    let duration = recurrence.wall_end.is_none().then(|| recurrence.first.interval.seconds());
    [
        ("comment", text(terms.comment.clone())),
        ("ticket", Said::from(&terms.ticket)),
        ("suspend_monitoring", Said::Flag(terms.suspend_monitoring)),
        ("start", text(start(recurrence))),
        ("duration", maybe(duration.map(crate::when::duration::format))),
        (
            "wall_end",
            maybe(recurrence.wall_end.map(|end| match end.days {
                0 => end.at.to_string(),
                days => format!("{} +{days}d", end.at),
            })),
        ),
        ("repeat", maybe(repeat)),
        ("rrule", maybe(rrule)),
        ("interval", maybe(interval.map(|interval| interval.to_string()))),
        (
            "until",
            maybe(recurrence.until.map(|until| match until {
                Until::Date(date) => date.to_string(),
                Until::Instant(instant) => recurrence.timezone.rfc3339(instant),
            })),
        ),
        ("count", maybe(recurrence.count.map(|count| count.to_string()))),
        ("except", maybe(except(recurrence))),
        ("timezone", text(recurrence.timezone.name())),
        ("match", text(declared.matching.to_string())),
    ]
}

/// `2026-11-22 22:00`, on the clocks of the rule.
fn start(recurrence: &Recurrence) -> String {
    let typed = recurrence.first.start_civil.map(|local| local.time);
    let start = typed.unwrap_or_else(|| recurrence.timezone.civil(recurrence.first.start()));
    start.format("%Y-%m-%d %H:%M").to_string()
}

fn except(recurrence: &Recurrence) -> Option<String> {
    let text = |except: &Except| match except {
        Except::Date(date) => date.to_string(),
        Except::Local(local) => local.format("%Y-%m-%d %H:%M").to_string(),
        Except::Start(instant) => recurrence.timezone.rfc3339(*instant),
    };
    (!recurrence.except.is_empty()).then(|| recurrence.except.iter().map(text).collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inventory::declared::Source;
    use crate::when::zone::Zone;

    fn rules(texts: &[String]) -> Rules {
        Rules::parse(&[Source { name: "rules.toml".into(), text: texts.concat() }], Zone::UTC).unwrap()
    }

    fn rule(name: &str, lines: &str) -> String {
        let usual = [
            ("comment", "'restart'"),
            ("start", "'2026-11-22 22:00'"),
            ("duration", "'10m'"),
            ("repeat", "'weekly'"),
            ("match", "{ hosts = 'win*' }"),
        ];
        let usual = usual
            .iter()
            .filter(|(key, _)| !lines.contains(&format!("{key} =")) && !lines.contains(&format!("# no {key}")));
        let usual: String = usual.map(|(key, value)| format!("{key} = {value}\n")).collect();
        format!("[[rule]]\nname = '{name}'\n{lines}\n{usual}")
    }

    fn told(before: &[String], after: &[String]) -> String {
        let said = |said: &Said| match said {
            Said::Nothing => "none".to_owned(),
            Said::Text(text) => format!("`{text}`"),
            Said::Time(time) => time.to_string(),
            Said::Flag(flag) => flag.to_string(),
            Said::Repetition(recurrence) => format!("{recurrence:?}"),
        };
        let line = |change: &RuleChange| match &change.fate {
            Fate::Changed(fields) => {
                let field = |it: &Changed| format!("\n  {} {} instead of {}", it.field, said(&it.to), said(&it.from));
                format!("{} changed:{}\n", change.rule, fields.iter().map(field).collect::<String>())
            }
            fate => format!("{} {fate:?}\n", change.rule),
        };
        changes(&rules(before), &rules(after)).iter().map(line).collect()
    }

    #[test]
    fn rules_come_and_go_and_are_disabled_and_enabled() {
        let before = [rule("a", ""), rule("b", "disabled = true"), rule("c", ""), rule("d", "")];
        let after = [rule("d", ""), rule("c", "disabled = true"), rule("b", ""), rule("e", "disabled = true")];
        insta::assert_snapshot!(told(&before, &after), @"
        a Removed
        b Enabled
        c Disabled
        e Added
        ");
        assert_eq!(told(&after, &after), "", "the order in the file says nothing");
    }

    #[test]
    fn every_key_that_says_something_else_is_told_with_both_values() {
        let before = [rule("a", "until = '2027-01-01'\nexcept = ['2026-12-27']\ninterval = 2")];
        let after = [rule(
            "a",
            "comment = 'patches'\nticket = 'CHG-7'\nsuspend_monitoring = true\nstart = '2026-11-23 06:00'\n# no duration\n\
             wall_end = '08:00'\nwall_days = 1\n# no repeat\nrrule = 'FREQ=DAILY'\ncount = 9\ntimezone = 'Europe/Berlin'\n\
             disabled = true\nmatch = { everything = true }",
        )];
        insta::assert_snapshot!(told(&before, &after), @"
        a changed:
          comment `patches` instead of `restart`
          ticket `CHG-7` instead of none
          suspend_monitoring true instead of false
          start `2026-11-23 06:00` instead of `2026-11-22 22:00`
          duration none instead of `10m`
          wall_end `08:00 +1d` instead of none
          repeat none instead of `weekly`
          rrule `FREQ=DAILY` instead of none
          interval none instead of `2`
          until none instead of `2027-01-01`
          count `9` instead of none
          except none instead of `2026-12-27`
          timezone `Europe/Berlin` instead of `UTC`
          match `everything` instead of `host win*`
        a Disabled
        ");
    }
}
