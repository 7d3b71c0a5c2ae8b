//! The command line itself: one word per idea, help for everything, and examples that work.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use clap::{Arg, Command, CommandFactory, Parser};
use downtime::cli::Cli;

use crate::common::{Site, words};

/// Every long option there is: its one meaning, and what its value is called (nothing for a flag).
const MEANINGS: &[(&str, &str, &str)] = &[
    ("add-target", "TARGET", "a target that a downtime is to have"),
    ("agenda", "DURATION", "day after day, and for how long"),
    ("all", "", "those that are over, too"),
    ("any-author", "", "what somebody else did, too"),
    ("as", "NAME", "who acts"),
    ("assume-initial", "STATE", "state before an object is first seen"),
    ("at", "TIME", "the moment asked about"),
    ("author", "AUTHOR", "who did it"),
    ("by", "DURATION", "how far an end is moved"),
    ("children", "", "hosts reached through a selected one"),
    ("color", "WHEN", "when to colour"),
    ("comment", "COMMENT", "why a downtime is"),
    ("core-stopped", "HOW", "how time without a monitoring core counts"),
    ("count", "N", "so many times at most"),
    ("downtime-source", "SOURCE", "where downtimes come from"),
    ("downtimes", "HOW", "how time in downtime counts"),
    ("dry-run", "", "show what would be done, and do nothing"),
    ("end", "TIME", "when a downtime ends"),
    ("ended-within", "DURATION", "what ended so long before now"),
    ("event", "EVENT", "kind of a row of history"),
    ("every", "MODE", "how a downtime repeats from now on"),
    ("everything", "", "every host of the inventory is meant"),
    ("except", "DATE", "an occurrence left out"),
    ("folder", "PATH", "hosts in a folder or below it"),
    ("for", "DURATION", "how long a downtime lasts"),
    ("format", "FORMAT", "what an input file holds"),
    ("from", "TIME", "beginning of the time looked at"),
    ("group", "NAME", "hosts in a group"),
    ("hard-only", "", "SOFT states do not count"),
    ("help", "", "print help"),
    ("host", "HOST", "hosts, services included"),
    ("id", "ID", "a downtime"),
    ("if-open", "", "what is over is left alone"),
    ("ignore", "CLASSES", "classes that do not count"),
    ("inherited", "", "of services, also their hosts' downtimes"),
    ("interval", "N", "every N-th time only"),
    ("key", "KEY", "what a caller knows a downtime by"),
    ("label", "KEY=VALUE", "hosts with a label"),
    ("map", "FROM=TO", "classes that count as others"),
    ("mine", "", "what who acts did"),
    ("monitoring", "", "whether monitoring is suspended"),
    ("month", "MONTH", "the month shown"),
    ("name", "NAME", "short name of a downtime"),
    ("next", "", "the next occurrence"),
    ("no-merge", "", "touching spans stay apart"),
    ("no-wait", "", "do not wait for the lock"),
    ("notification", "", "whether a notification is withheld"),
    ("notification-period", "NAME", "notification period of all objects"),
    ("notification-period-mode", "HOW", "how the notification period counts"),
    ("now", "TIME", "pretend it is now"),
    ("number", "N", "so many rows"),
    ("ok-as-non-downtime", "", "OK and UP within a downtime count as such"),
    ("on-host", "", "the hosts of the selected services"),
    ("outage-classes", "CLASSES", "what an outage is made of"),
    ("output", "FORMAT", "how to print"),
    ("override", "REASON", "what lifts freezes and limits"),
    ("quiet", "", "say less"),
    ("range", "NAME", "the time looked at, by name"),
    ("recursive", "", "to any depth"),
    ("remove-target", "TARGET", "a target that a downtime is not to have"),
    ("repeat", "MODE", "how a downtime repeats"),
    ("repeat-until", "TIME", "the last start"),
    ("retroactive", "", "the past is meant"),
    ("retroactive-downtimes", "HOW", "how downtimes entered afterwards count"),
    ("rrule", "RRULE", "how a downtime repeats, by RFC 5545"),
    ("rule", "RULE", "a rule and its occurrences"),
    ("running", "", "what is running, too"),
    ("series", "ID", "a series and its occurrences"),
    ("service", "PATTERN", "services by name"),
    ("service-period", "NAME", "service period of all objects"),
    ("service-period-mode", "HOW", "how the service period counts"),
    ("short-intervals", "DURATION", "spans that melt into what is around them"),
    ("source", "SOURCE", "who tells history"),
    ("start", "TIME", "when a downtime begins"),
    ("start-at-match", "", "begin with the first match"),
    ("state", "STATE", "state of a downtime"),
    ("stop", "", "no further occurrence"),
    ("store", "DIR", "directory of the store"),
    ("strict", "", "rejected lines are a failure"),
    ("suspend-monitoring", "BOOL", "pollers are asked not to check"),
    ("tag", "KEY=VALUE", "hosts with a tag"),
    ("target", "TARGET", "some targets of a downtime"),
    ("ticket", "TICKET", "change or incident of a downtime"),
    ("to", "TIME", "where an end is moved to"),
    ("tz", "ZONE", "zone of times typed and shown"),
    ("unknown-ok", "", "names that are not known are taken"),
    ("until", "TIME", "end of the time looked at"),
    ("verbose", "", "say more"),
    ("version", "", "print the version"),
    ("wait", "DURATION", "how long to wait for the lock"),
    ("wall-days", "N", "days after the first such time on the clock"),
    ("wall-end", "HH:MM", "when it ends on the clock"),
    ("whole", "", "downtimes with all their targets"),
    ("within", "DURATION", "what starts so long after now"),
    ("yes", "", "do not ask"),
];

fn program() -> Command {
    let mut program = Cli::command();
    program.build();
    program
}

/// Every command with its options, those below others too; `help` and its mirror of the tree left out.
fn commands(program: &Command) -> Vec<&Command> {
    let own = program.get_subcommands().filter(|command| command.get_name() != "help");
    own.flat_map(|command| std::iter::once(command).chain(commands(command))).collect()
}

/// The commands of the first level.
fn first_commands(program: &Command) -> Vec<&Command> {
    program.get_subcommands().filter(|command| command.get_name() != "help").collect()
}

/// The words that run a command: `inventory list`.
fn path(command: &Command) -> String {
    command.get_bin_name().unwrap().split_once(' ').unwrap().1.to_owned()
}

fn value_name(arg: &Arg) -> String {
    if !arg.get_action().takes_values() {
        return String::new();
    }
    arg.get_value_names().unwrap_or_default().iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

#[test]
fn no_long_option_has_two_meanings() {
    let meanings: BTreeMap<&str, &str> = MEANINGS.iter().map(|(long, value, _)| (*long, *value)).collect();
    assert_eq!(meanings.len(), MEANINGS.len(), "one row each");
    let program = program();
    let mut seen = BTreeSet::new();
    for command in std::iter::once(&program).chain(commands(&program)) {
        for arg in command.get_arguments() {
            let Some(long) = arg.get_long() else { continue };
            let place = format!("--{long} of `{}`", command.get_name());
            let value = meanings.get(long).unwrap_or_else(|| panic!("{place} is not in the table of meanings"));
            assert_eq!(value_name(arg), *value, "{place} takes something else than elsewhere");
            seen.insert(long.to_owned());
        }
    }
    let unused: Vec<&&str> = meanings.keys().filter(|long| !seen.contains(**long)).collect();
    assert!(unused.is_empty(), "no longer there: {unused:?}");
}

#[test]
fn no_option_of_a_command_shadows_one_of_all_commands() {
    let program = program();
    let globals: Vec<&Arg> = program.get_arguments().filter(|arg| arg.is_global_set()).collect();
    assert!(globals.len() >= 9);
    for command in commands(&program) {
        for own in command.get_arguments().filter(|arg| !arg.is_global_set()) {
            for global in &globals {
                let same_long = own.get_long().is_some() && own.get_long() == global.get_long();
                let same_short = own.get_short().is_some() && own.get_short() == global.get_short();
                assert!(
                    !same_long && !same_short,
                    "{} of {} shadows {}",
                    own.get_id(),
                    command.get_name(),
                    global.get_id()
                );
            }
        }
    }
}

#[test]
fn a_short_option_stands_for_one_long_option_everywhere() {
    let program = program();
    let mut longs: BTreeMap<char, BTreeSet<&str>> = BTreeMap::new();
    for command in commands(&program) {
        for arg in command.get_arguments() {
            if let (Some(short), Some(long)) = (arg.get_short(), arg.get_long()) {
                longs.entry(short).or_default().insert(long);
            }
        }
    }
    assert!(longs.values().all(|longs| longs.len() == 1), "{longs:?}");
    assert!(longs.len() >= 5, "{longs:?}");
}

#[test]
fn every_command_and_every_option_says_what_it_is_for() {
    let program = program();
    for command in std::iter::once(&program).chain(commands(&program)) {
        let name = command.get_name();
        assert!(command.get_about().is_some_and(|about| about.to_string().len() > 10), "{name}");
        let after = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        assert!(after.starts_with("Examples:\n  downtime "), "{name} has no examples: {after}");
        for arg in command.get_arguments() {
            let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
            assert!(!help.trim().is_empty(), "{} of {name} has no help", arg.get_id());
            if arg.is_positional() {
                let value = value_name(arg);
                assert!(!value.is_empty() && value.to_uppercase() == value, "{} of {name}: {value}", arg.get_id());
            }
        }
    }
}

#[test]
fn help_is_the_same_by_option_and_by_command_and_both_are_0() {
    let site = Site::new();
    for command in commands(&program()) {
        let name = path(command);
        let long = site.run(&format!("{name} --help"));
        assert_eq!((long.code, long.stderr.as_str()), (0, ""), "{name}");
        assert_eq!(site.run(&format!("help {name}")).stdout, long.stdout, "{name}");
        assert_eq!(site.run(&format!("{name} -h")).code, 0, "{name}");
    }
    assert_eq!(site.run("--version").code, 0);
    assert!(site.ok("--version").contains(chrono_tz::IANA_TZDB_VERSION));
}

#[test]
fn the_help_of_the_program_says_what_each_command_is_for() {
    let site = Site::new();
    for help in [site.ok("--help"), site.ok("-h"), site.ok("help"), site.run("").stdout] {
        for command in first_commands(&program()).into_iter().filter(|_| !help.is_empty()) {
            let about = command.get_about().unwrap().to_string();
            let first_words: Vec<&str> = about.split(' ').take(4).collect();
            let line = help.lines().find(|line| line.trim_start().starts_with(&format!("{} ", command.get_name())));
            assert!(line.is_some_and(|line| line.contains(&first_words.join(" "))), "{}: {help}", command.get_name());
        }
    }
}

/// The example lines of a command's help, as they print.
fn examples(site: &Site, command: &str) -> Vec<String> {
    let help = site.ok(&format!("{command} --help"));
    let (_, after) = help.split_once("\nExamples:\n").unwrap();
    after.lines().take_while(|line| line.starts_with("  ")).map(|line| line.trim().to_owned()).collect()
}

fn all_examples() -> Vec<String> {
    let site = Site::new();
    let mut all = examples(&site, "");
    for command in commands(&program()) {
        all.extend(examples(&site, &path(command)));
    }
    assert!(all.len() > 40, "{}", all.len());
    all
}

#[test]
fn every_example_in_the_help_is_understood() {
    for example in all_examples() {
        let line = example.split(" # ").next().unwrap();
        let line = line.split(" > ").next().unwrap();
        let ours: Vec<&str> = line.split("&&").flat_map(|part| part.split(" | ")).map(str::trim).collect();
        let ours: Vec<&str> = ours.into_iter().filter(|part| part.starts_with("downtime ")).collect();
        assert!(!ours.is_empty(), "{example}");
        for part in ours {
            assert!(Cli::try_parse_from(words(part)).is_ok(), "{part}");
        }
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let path = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &path);
        } else {
            fs::copy(entry.path(), path).unwrap();
        }
    }
}

/// A site as the examples have it: 14 downtimes, 71 operations, logs to import.
fn example_site() -> Site {
    let mut site = Site::new();
    site.at("2026-11-20T14:30:00Z");
    site.inventory(
        "[hosts.sw-ams-1]\n\
         [hosts.web01]\nservices = ['HTTP']\nfolder = '/ams'\ntags = { criticality = 'prod' }\ngroups = ['web']\nparents = ['sw-ams-1']\n\
         [hosts.web02]\nservices = ['HTTP']\nfolder = '/ams/dmz'\ntags = { os = 'windows' }\n\
         [hosts.db01]\nservices = ['Backup']\n",
    );
    for host in ["web01", "web02", "db01/Backup"].iter().cycle().take(10) {
        site.ok(&format!("schedule {host} -m 'kernel update' --for 2h -q"));
    }
    site.ok("schedule web01 -m 'shop release' --for 2h --key deploy -q");
    site.ok("schedule web01 db01/Backup -m 'kernel update' --for 2h -q");
    site.ok("schedule db01 -m 'storage move' --for 2h -q");
    site.ok("schedule web01/HTTP -m 'certificate' --for 2h -q");
    site.ok("schedule web01 -m 'weekly restart' --start 'sun 22:00' --for 10m --repeat weekly -q");
    site.ok("skip 15 2026-12-20 -q");
    for _ in 0..53 {
        site.ok("extend 2 --by 1s -q");
    }
    site.ok("extend 3 --by 1h");
    assert_eq!(site.json("extend 4 --by 1h -o json")["operation"], 72);
    let log = "[1793487600] HOST ALERT: web01;UP;HARD;1;fine\n[1793487600] SERVICE ALERT: web01;HTTP;OK;HARD;1;fine\n\
               [1795000000] SERVICE ALERT: web01;HTTP;CRITICAL;HARD;3;gone\n";
    fs::create_dir(site.root().join("archives")).unwrap();
    fs::write(site.root().join("new-inventory.toml"), "[hosts.web01]\n").unwrap();
    fs::write(site.root().join("new-rules.toml"), "").unwrap();
    for name in ["nagios.log", "archives/nagios-10.log"] {
        fs::write(site.root().join(name), log).unwrap();
    }
    let table = "time,host,service,state\n2026-11-02 08:00,web01,HTTP,OK\n";
    fs::write(site.root().join("events.csv"), table).unwrap();
    let zipped = site.shell("gzip -k archives/nagios-10.log", site.root());
    assert_eq!(zipped.code, 0, "{zipped}");
    site.ok("import nagios.log -q");
    site.at("2026-11-20T14:31:00Z");
    let rule = "[[rule]]\nname = 'windows-sunday-restart'\ncomment = 'restart'\nstart = '2026-11-01 22:00'\n\
                duration = '10m'\nrepeat = 'weekly'\nmatch = { tags = { os = 'windows' } }\n";
    site.write("rules.toml", rule);
    copy(&site.store(), &site.root().join("prepared"));
    site
}

#[test]
fn every_example_in_the_help_does_what_it_says() {
    let site = example_site();
    let mut ran = 0;
    for example in all_examples() {
        // What writes outside of the site only runs with its place taken into it.
        let line =
            [" /etc/", " /usr/", " ~/"].iter().fold(example.clone(), |line, place| line.replace(place, " SYSTEM/"));
        let line = line.replace("SYSTEM/", &format!("{}/", site.root().display()));
        if let Some((_, file)) = line.split_once(" > ") {
            fs::create_dir_all(Path::new(file).parent().unwrap()).unwrap();
        }
        fs::remove_dir_all(site.store()).unwrap();
        copy(&site.root().join("prepared"), &site.store());
        let expected = match example.as_str() {
            // There is no terminal to ask on.
            "downtime undo" | "downtime undo --any-author" => 2,
            "downtime check web01/HTTP --at 'sat 23:00'" => 1,
            _ => 0,
        };
        let run = site.shell(&line, site.root());
        assert_eq!(run.code, expected, "{example}\n{run}");
        assert!(!run.stderr.contains("panicked"), "{example}\n{run}");
        ran += 1;
    }
    assert!(ran > 40, "{ran}");
}

#[test]
fn the_notes_of_a_help_are_broken_where_the_terminal_ends_and_nowhere_else() {
    let help = Site::new().ok("repeat --help");
    let (_, notes) = help.split_once("what is running finishes\n\n").unwrap();
    for paragraph in notes.split("\n\n") {
        let lines: Vec<&str> = paragraph.trim_end().lines().collect();
        for pair in lines.windows(2) {
            let next = pair[1].split(' ').next().unwrap();
            assert!(pair[0].len() + 1 + next.len() > 100, "{next} had room: {}", pair[0]);
        }
    }
}
