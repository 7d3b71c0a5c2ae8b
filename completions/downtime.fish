# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_downtime_global_optspecs
    string join \n store= tz= now= as= o/output= q/quiet v/verbose color= wait= no-wait h/help V/version
end

function __fish_downtime_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_downtime_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_downtime_using_subcommand
    set -l cmd (__fish_downtime_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c downtime -n "__fish_downtime_needs_command" -l store -d 'Directory of the store' -r -F
complete -c downtime -n "__fish_downtime_needs_command" -l tz -d 'Zone of times typed and shown: an IANA name or ±HH:MM' -r
complete -c downtime -n "__fish_downtime_needs_command" -l now -d 'Pretend that it is this time; for tests and what-if' -r
complete -c downtime -n "__fish_downtime_needs_command" -l as -d 'Who acts' -r
complete -c downtime -n "__fish_downtime_needs_command" -s o -l output -d 'How to print' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'RFC 4180 with a header'"
complete -c downtime -n "__fish_downtime_needs_command" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c downtime -n "__fish_downtime_needs_command" -l wait -d 'How long to wait for another command to finish [default: 10s]' -r
complete -c downtime -n "__fish_downtime_needs_command" -s q -l quiet -d 'Say only what was asked for'
complete -c downtime -n "__fish_downtime_needs_command" -s v -l verbose -d 'Say more, such as which store is used'
complete -c downtime -n "__fish_downtime_needs_command" -l no-wait -d 'Do not wait for another command to finish'
complete -c downtime -n "__fish_downtime_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c downtime -n "__fish_downtime_needs_command" -s V -l version -d 'Print version'
complete -c downtime -n "__fish_downtime_needs_command" -f -a "init" -d 'Make the store, with commented files to edit'
complete -c downtime -n "__fish_downtime_needs_command" -f -a "schedule" -d 'Put hosts and services in downtime'
complete -c downtime -n "__fish_downtime_needs_command" -f -a "list" -d 'List downtimes: active ones first, then those to come'
complete -c downtime -n "__fish_downtime_needs_command" -f -a "next" -d 'Show the coming occurrences of a series or rule, in its own zone and in UTC'
complete -c downtime -n "__fish_downtime_needs_command" -f -a "show" -d 'Show all of one downtime, series or rule: window, targets, activations, changes'
complete -c downtime -n "__fish_downtime_needs_command" -f -a "extend" -d 'Move the end of downtimes, later or earlier'
complete -c downtime -n "__fish_downtime_needs_command" -f -a "edit" -d 'Change the comment, window or targets of downtimes'
complete -c downtime -n "__fish_downtime_needs_command" -f -a "delete" -d 'End running downtimes now, and take back future ones'
complete -c downtime -n "__fish_downtime_needs_command" -f -a "repeat" -d 'Let a downtime repeat from now on, a series repeat otherwise, or stop repeating'
complete -c downtime -n "__fish_downtime_needs_command" -f -a "skip" -d 'Leave out single occurrences of a series or rule'
complete -c downtime -n "__fish_downtime_needs_command" -f -a "unskip" -d 'Let occurrences that were left out take place after all'
complete -c downtime -n "__fish_downtime_needs_command" -f -a "undo" -d 'Take back the newest thing you did, or the operation named; it acts from now on'
complete -c downtime -n "__fish_downtime_needs_command" -f -a "history" -d 'Tell what happened: who scheduled, extended and deleted, and what started and ended'
complete -c downtime -n "__fish_downtime_needs_command" -f -a "check" -d 'Tell whether objects are in downtime: exit 0 if all are, 1 if any is not'
complete -c downtime -n "__fish_downtime_needs_command" -f -a "explain" -d 'Explain why an object is in downtime or is not: what holds it, what nearly does, what comes next'
complete -c downtime -n "__fish_downtime_needs_command" -f -a "calendar" -d 'Show downtimes on the days of a month, or day after day, with freezes, overlaps and conflicts'
complete -c downtime -n "__fish_downtime_needs_command" -f -a "import" -d 'Take events from monitoring logs and tables of states, in any order and any pieces'
complete -c downtime -n "__fish_downtime_needs_command" -f -a "tick" -d 'Write down what has started and ended, for cron and systemd timers'
complete -c downtime -n "__fish_downtime_needs_command" -f -a "expand" -d 'Write down what has started and ended, for cron and systemd timers'
complete -c downtime -n "__fish_downtime_needs_command" -f -a "inventory" -d 'Look at the hosts and services declared in inventory.toml, and check the file'
complete -c downtime -n "__fish_downtime_needs_command" -f -a "rules" -d 'Look at the rules declared in rules.toml: what they cover and when, and check the file'
complete -c downtime -n "__fish_downtime_needs_command" -f -a "report" -d 'Report the availability of hosts and services, with planned downtime honoured, excluded or ignored'
complete -c downtime -n "__fish_downtime_needs_command" -f -a "availability" -d 'Report the availability of hosts and services, with planned downtime honoured, excluded or ignored'
complete -c downtime -n "__fish_downtime_needs_command" -f -a "timeline" -d 'Tell what each host and service was, span by span'
complete -c downtime -n "__fish_downtime_needs_command" -f -a "doctor" -d 'Check the whole store: exit 0 if it is sound, 5 if it is damaged'
complete -c downtime -n "__fish_downtime_needs_command" -f -a "completions" -d 'Print the completion script of a shell'
complete -c downtime -n "__fish_downtime_needs_command" -f -a "man" -d 'Write the manual pages into a directory'
complete -c downtime -n "__fish_downtime_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c downtime -n "__fish_downtime_using_subcommand init" -l store -d 'Directory of the store' -r -F
complete -c downtime -n "__fish_downtime_using_subcommand init" -l tz -d 'Zone of times typed and shown: an IANA name or ±HH:MM' -r
complete -c downtime -n "__fish_downtime_using_subcommand init" -l now -d 'Pretend that it is this time; for tests and what-if' -r
complete -c downtime -n "__fish_downtime_using_subcommand init" -l as -d 'Who acts' -r
complete -c downtime -n "__fish_downtime_using_subcommand init" -s o -l output -d 'How to print' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'RFC 4180 with a header'"
complete -c downtime -n "__fish_downtime_using_subcommand init" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c downtime -n "__fish_downtime_using_subcommand init" -l wait -d 'How long to wait for another command to finish [default: 10s]' -r
complete -c downtime -n "__fish_downtime_using_subcommand init" -s q -l quiet -d 'Say only what was asked for'
complete -c downtime -n "__fish_downtime_using_subcommand init" -s v -l verbose -d 'Say more, such as which store is used'
complete -c downtime -n "__fish_downtime_using_subcommand init" -l no-wait -d 'Do not wait for another command to finish'
complete -c downtime -n "__fish_downtime_using_subcommand init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c downtime -n "__fish_downtime_using_subcommand schedule" -l store -d 'Directory of the store' -r -F
complete -c downtime -n "__fish_downtime_using_subcommand schedule" -l tz -d 'Zone of times typed and shown: an IANA name or ±HH:MM' -r
complete -c downtime -n "__fish_downtime_using_subcommand schedule" -l now -d 'Pretend that it is this time; for tests and what-if' -r
complete -c downtime -n "__fish_downtime_using_subcommand schedule" -l as -d 'Who acts' -r
complete -c downtime -n "__fish_downtime_using_subcommand schedule" -s o -l output -d 'How to print' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'RFC 4180 with a header'"
complete -c downtime -n "__fish_downtime_using_subcommand schedule" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c downtime -n "__fish_downtime_using_subcommand schedule" -l wait -d 'How long to wait for another command to finish [default: 10s]' -r
complete -c downtime -n "__fish_downtime_using_subcommand schedule" -l tag -d 'Only hosts with this tag: KEY=VALUE, KEY=A,B or KEY!=VALUE (repeatable: all must hold)' -r
complete -c downtime -n "__fish_downtime_using_subcommand schedule" -l label -d 'Only hosts with this label: KEY=VALUE, KEY=A,B or KEY!=VALUE (repeatable: all must hold)' -r
complete -c downtime -n "__fish_downtime_using_subcommand schedule" -l group -d 'Only hosts in this group, and services that are in it themselves (repeatable: in all of them)' -r
complete -c downtime -n "__fish_downtime_using_subcommand schedule" -l folder -d 'Only hosts in this folder or below it (repeatable: in any of them)' -r
complete -c downtime -n "__fish_downtime_using_subcommand schedule" -l service -d 'The matching services of the selected hosts, instead of the hosts (repeatable): a name, a glob or ~REGEX' -r
complete -c downtime -n "__fish_downtime_using_subcommand schedule" -s m -l comment -d 'Why; told wherever the downtime shows' -r
complete -c downtime -n "__fish_downtime_using_subcommand schedule" -l start -d 'When it begins' -r
complete -c downtime -n "__fish_downtime_using_subcommand schedule" -l end -d 'When it ends' -r
complete -c downtime -n "__fish_downtime_using_subcommand schedule" -l for -d 'How long it lasts, exactly: 1d is 24 h' -r
complete -c downtime -n "__fish_downtime_using_subcommand schedule" -l wall-end -d 'When it ends on the clock, every time: the first such time after the start, daylight saving or not' -r
complete -c downtime -n "__fish_downtime_using_subcommand schedule" -l wall-days -d 'So many days later still' -r
complete -c downtime -n "__fish_downtime_using_subcommand schedule" -l repeat -d 'Repeat it: hourly, daily, weekdays, weekly, biweekly, four-weekly, nth-weekday, nth-weekday-from-end, monthly, last-day-of-month, yearly' -r
complete -c downtime -n "__fish_downtime_using_subcommand schedule" -l rrule -d 'Repeat it by a rule of RFC 5545, as in \'FREQ=MONTHLY;BYDAY=2SA\'' -r
complete -c downtime -n "__fish_downtime_using_subcommand schedule" -l interval -d 'Repeat every N-th time only' -r
complete -c downtime -n "__fish_downtime_using_subcommand schedule" -l repeat-until -d 'The last start, inclusive; a day is its date on the clock; \'\' for none' -r
complete -c downtime -n "__fish_downtime_using_subcommand schedule" -l count -d 'So many times at most, those left out by --except included; \'\' for no end' -r
complete -c downtime -n "__fish_downtime_using_subcommand schedule" -l except -d 'Leave this one out (repeatable): a date, a date and time, or @FILE with one a line; \'\' for none that was before' -r
complete -c downtime -n "__fish_downtime_using_subcommand schedule" -l name -d 'A short name' -r
complete -c downtime -n "__fish_downtime_using_subcommand schedule" -l ticket -d 'The change or incident that it belongs to' -r
complete -c downtime -n "__fish_downtime_using_subcommand schedule" -l key -d 'Names at most one open downtime; given again, it is extended or changed, and nothing is made twice' -r
complete -c downtime -n "__fish_downtime_using_subcommand schedule" -l suspend-monitoring -d 'Whether pollers are asked not to check the targets meanwhile' -r -f -a "true\t''
false\t''"
complete -c downtime -n "__fish_downtime_using_subcommand schedule" -l override -d 'Why it must be in spite of freezes and limits; recorded' -r
complete -c downtime -n "__fish_downtime_using_subcommand schedule" -s q -l quiet -d 'Say only what was asked for'
complete -c downtime -n "__fish_downtime_using_subcommand schedule" -s v -l verbose -d 'Say more, such as which store is used'
complete -c downtime -n "__fish_downtime_using_subcommand schedule" -l no-wait -d 'Do not wait for another command to finish'
complete -c downtime -n "__fish_downtime_using_subcommand schedule" -l on-host -d 'The hosts of the selected services'
complete -c downtime -n "__fish_downtime_using_subcommand schedule" -l children -d 'Also the hosts that are reached through a selected one'
complete -c downtime -n "__fish_downtime_using_subcommand schedule" -l recursive -d 'And theirs, to any depth'
complete -c downtime -n "__fish_downtime_using_subcommand schedule" -l start-at-match -d 'Begin with the first start that matches, if the one given does not'
complete -c downtime -n "__fish_downtime_using_subcommand schedule" -l retroactive -d 'Allow a start in the past; times of day look back'
complete -c downtime -n "__fish_downtime_using_subcommand schedule" -l unknown-ok -d 'Take names that are neither in the inventory nor in an imported log'
complete -c downtime -n "__fish_downtime_using_subcommand schedule" -l everything -d 'Allow what comes to every host of the inventory'
complete -c downtime -n "__fish_downtime_using_subcommand schedule" -l dry-run -d 'Show what would be made, and make nothing'
complete -c downtime -n "__fish_downtime_using_subcommand schedule" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c downtime -n "__fish_downtime_using_subcommand list" -l store -d 'Directory of the store' -r -F
complete -c downtime -n "__fish_downtime_using_subcommand list" -l tz -d 'Zone of times typed and shown: an IANA name or ±HH:MM' -r
complete -c downtime -n "__fish_downtime_using_subcommand list" -l now -d 'Pretend that it is this time; for tests and what-if' -r
complete -c downtime -n "__fish_downtime_using_subcommand list" -l as -d 'Who acts' -r
complete -c downtime -n "__fish_downtime_using_subcommand list" -s o -l output -d 'How to print' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'RFC 4180 with a header'"
complete -c downtime -n "__fish_downtime_using_subcommand list" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c downtime -n "__fish_downtime_using_subcommand list" -l wait -d 'How long to wait for another command to finish [default: 10s]' -r
complete -c downtime -n "__fish_downtime_using_subcommand list" -l host -d 'Only downtimes on these hosts, services included (repeatable): a name, a glob or ~REGEX' -r
complete -c downtime -n "__fish_downtime_using_subcommand list" -l tag -d 'Only hosts with this tag: KEY=VALUE, KEY=A,B or KEY!=VALUE (repeatable: all must hold)' -r
complete -c downtime -n "__fish_downtime_using_subcommand list" -l label -d 'Only hosts with this label: KEY=VALUE, KEY=A,B or KEY!=VALUE (repeatable: all must hold)' -r
complete -c downtime -n "__fish_downtime_using_subcommand list" -l group -d 'Only hosts in this group, and services that are in it themselves (repeatable: in all of them)' -r
complete -c downtime -n "__fish_downtime_using_subcommand list" -l folder -d 'Only hosts in this folder or below it (repeatable: in any of them)' -r
complete -c downtime -n "__fish_downtime_using_subcommand list" -l service -d 'The matching services of the selected hosts, instead of the hosts (repeatable): a name, a glob or ~REGEX' -r
complete -c downtime -n "__fish_downtime_using_subcommand list" -l state -d 'Only downtimes in this state (repeatable); where targets are asked for, these must be in it' -r -f -a "active\t''
standby\t''
scheduled\t''
completed\t''
skipped\t''
cancelled\t''
soon\t'To come'
in-progress\t'Active'
ended\t'Completed, skipped or cancelled'"
complete -c downtime -n "__fish_downtime_using_subcommand list" -l author -d 'Only downtimes that this author made, in history what this author did (repeatable): a name, a glob or ~REGEX' -r
complete -c downtime -n "__fish_downtime_using_subcommand list" -l name -d 'Only downtimes of this name (repeatable): a name, a glob or ~REGEX' -r
complete -c downtime -n "__fish_downtime_using_subcommand list" -l key -d 'Only downtimes with this key (repeatable)' -r
complete -c downtime -n "__fish_downtime_using_subcommand list" -l series -d 'Only this series and its occurrences (repeatable)' -r
complete -c downtime -n "__fish_downtime_using_subcommand list" -l rule -d 'Only this rule and its occurrences (repeatable)' -r
complete -c downtime -n "__fish_downtime_using_subcommand list" -l comment -d 'Only downtimes whose comment holds this text, in capitals or not (repeatable)' -r
complete -c downtime -n "__fish_downtime_using_subcommand list" -l within -d 'Only what starts within this time from now' -r
complete -c downtime -n "__fish_downtime_using_subcommand list" -l ended-within -d 'Only what ended within this time before now' -r
complete -c downtime -n "__fish_downtime_using_subcommand list" -l from -d 'Only what was or will be in effect after this time' -r
complete -c downtime -n "__fish_downtime_using_subcommand list" -l until -d 'Only what was or will be in effect before this time' -r
complete -c downtime -n "__fish_downtime_using_subcommand list" -s q -l quiet -d 'Say only what was asked for'
complete -c downtime -n "__fish_downtime_using_subcommand list" -s v -l verbose -d 'Say more, such as which store is used'
complete -c downtime -n "__fish_downtime_using_subcommand list" -l no-wait -d 'Do not wait for another command to finish'
complete -c downtime -n "__fish_downtime_using_subcommand list" -l inherited -d 'For services, also the downtimes of their hosts'
complete -c downtime -n "__fish_downtime_using_subcommand list" -l on-host -d 'The hosts of the selected services'
complete -c downtime -n "__fish_downtime_using_subcommand list" -l children -d 'Also the hosts that are reached through a selected one'
complete -c downtime -n "__fish_downtime_using_subcommand list" -l recursive -d 'And theirs, to any depth'
complete -c downtime -n "__fish_downtime_using_subcommand list" -l mine -d 'The same for you, as --as or the system names you'
complete -c downtime -n "__fish_downtime_using_subcommand list" -l all -d 'Those that are over, too'
complete -c downtime -n "__fish_downtime_using_subcommand list" -l unknown-ok -d 'Take names that are neither in the inventory nor in an imported log'
complete -c downtime -n "__fish_downtime_using_subcommand list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c downtime -n "__fish_downtime_using_subcommand next" -l store -d 'Directory of the store' -r -F
complete -c downtime -n "__fish_downtime_using_subcommand next" -l tz -d 'Zone of times typed and shown: an IANA name or ±HH:MM' -r
complete -c downtime -n "__fish_downtime_using_subcommand next" -l now -d 'Pretend that it is this time; for tests and what-if' -r
complete -c downtime -n "__fish_downtime_using_subcommand next" -l as -d 'Who acts' -r
complete -c downtime -n "__fish_downtime_using_subcommand next" -s o -l output -d 'How to print' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'RFC 4180 with a header'"
complete -c downtime -n "__fish_downtime_using_subcommand next" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c downtime -n "__fish_downtime_using_subcommand next" -l wait -d 'How long to wait for another command to finish [default: 10s]' -r
complete -c downtime -n "__fish_downtime_using_subcommand next" -s n -l number -d 'So many' -r
complete -c downtime -n "__fish_downtime_using_subcommand next" -l from -d 'Those that start at this time or later, and not those after now' -r
complete -c downtime -n "__fish_downtime_using_subcommand next" -s q -l quiet -d 'Say only what was asked for'
complete -c downtime -n "__fish_downtime_using_subcommand next" -s v -l verbose -d 'Say more, such as which store is used'
complete -c downtime -n "__fish_downtime_using_subcommand next" -l no-wait -d 'Do not wait for another command to finish'
complete -c downtime -n "__fish_downtime_using_subcommand next" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c downtime -n "__fish_downtime_using_subcommand show" -l store -d 'Directory of the store' -r -F
complete -c downtime -n "__fish_downtime_using_subcommand show" -l tz -d 'Zone of times typed and shown: an IANA name or ±HH:MM' -r
complete -c downtime -n "__fish_downtime_using_subcommand show" -l now -d 'Pretend that it is this time; for tests and what-if' -r
complete -c downtime -n "__fish_downtime_using_subcommand show" -l as -d 'Who acts' -r
complete -c downtime -n "__fish_downtime_using_subcommand show" -s o -l output -d 'How to print' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'RFC 4180 with a header'"
complete -c downtime -n "__fish_downtime_using_subcommand show" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c downtime -n "__fish_downtime_using_subcommand show" -l wait -d 'How long to wait for another command to finish [default: 10s]' -r
complete -c downtime -n "__fish_downtime_using_subcommand show" -s q -l quiet -d 'Say only what was asked for'
complete -c downtime -n "__fish_downtime_using_subcommand show" -s v -l verbose -d 'Say more, such as which store is used'
complete -c downtime -n "__fish_downtime_using_subcommand show" -l no-wait -d 'Do not wait for another command to finish'
complete -c downtime -n "__fish_downtime_using_subcommand show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c downtime -n "__fish_downtime_using_subcommand extend" -l store -d 'Directory of the store' -r -F
complete -c downtime -n "__fish_downtime_using_subcommand extend" -l tz -d 'Zone of times typed and shown: an IANA name or ±HH:MM' -r
complete -c downtime -n "__fish_downtime_using_subcommand extend" -l now -d 'Pretend that it is this time; for tests and what-if' -r
complete -c downtime -n "__fish_downtime_using_subcommand extend" -l as -d 'Who acts' -r
complete -c downtime -n "__fish_downtime_using_subcommand extend" -s o -l output -d 'How to print' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'RFC 4180 with a header'"
complete -c downtime -n "__fish_downtime_using_subcommand extend" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c downtime -n "__fish_downtime_using_subcommand extend" -l wait -d 'How long to wait for another command to finish [default: 10s]' -r
complete -c downtime -n "__fish_downtime_using_subcommand extend" -l by -d 'How much later; -30m is earlier' -r
complete -c downtime -n "__fish_downtime_using_subcommand extend" -l to -d 'When it ends; +1h is an hour from now' -r
complete -c downtime -n "__fish_downtime_using_subcommand extend" -l override -d 'Why it must be in spite of freezes and limits; recorded' -r
complete -c downtime -n "__fish_downtime_using_subcommand extend" -s q -l quiet -d 'Say only what was asked for'
complete -c downtime -n "__fish_downtime_using_subcommand extend" -s v -l verbose -d 'Say more, such as which store is used'
complete -c downtime -n "__fish_downtime_using_subcommand extend" -l no-wait -d 'Do not wait for another command to finish'
complete -c downtime -n "__fish_downtime_using_subcommand extend" -l retroactive -d 'Allow an end in the past, and one that is over already; it counts as if it had been so'
complete -c downtime -n "__fish_downtime_using_subcommand extend" -l dry-run -d 'Show what would be changed, and change nothing'
complete -c downtime -n "__fish_downtime_using_subcommand extend" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c downtime -n "__fish_downtime_using_subcommand edit" -l store -d 'Directory of the store' -r -F
complete -c downtime -n "__fish_downtime_using_subcommand edit" -l tz -d 'Zone of times typed and shown: an IANA name or ±HH:MM' -r
complete -c downtime -n "__fish_downtime_using_subcommand edit" -l now -d 'Pretend that it is this time; for tests and what-if' -r
complete -c downtime -n "__fish_downtime_using_subcommand edit" -l as -d 'Who acts' -r
complete -c downtime -n "__fish_downtime_using_subcommand edit" -s o -l output -d 'How to print' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'RFC 4180 with a header'"
complete -c downtime -n "__fish_downtime_using_subcommand edit" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c downtime -n "__fish_downtime_using_subcommand edit" -l wait -d 'How long to wait for another command to finish [default: 10s]' -r
complete -c downtime -n "__fish_downtime_using_subcommand edit" -s m -l comment -d 'Why; told wherever the downtime shows' -r
complete -c downtime -n "__fish_downtime_using_subcommand edit" -l name -d 'A short name; \'\' for none' -r
complete -c downtime -n "__fish_downtime_using_subcommand edit" -l ticket -d 'The change or incident that it belongs to; \'\' for none' -r
complete -c downtime -n "__fish_downtime_using_subcommand edit" -l start -d 'When it begins' -r
complete -c downtime -n "__fish_downtime_using_subcommand edit" -l end -d 'When it ends' -r
complete -c downtime -n "__fish_downtime_using_subcommand edit" -l for -d 'How long it lasts, exactly: 1d is 24 h' -r
complete -c downtime -n "__fish_downtime_using_subcommand edit" -l wall-end -d 'When it ends on the clock, every time: the first such time after the start, daylight saving or not' -r
complete -c downtime -n "__fish_downtime_using_subcommand edit" -l wall-days -d 'So many days later still' -r
complete -c downtime -n "__fish_downtime_using_subcommand edit" -l repeat -d 'How a series repeats from now on' -r
complete -c downtime -n "__fish_downtime_using_subcommand edit" -l rrule -d 'The same, by a rule of RFC 5545' -r
complete -c downtime -n "__fish_downtime_using_subcommand edit" -l interval -d 'Repeat every N-th time only' -r
complete -c downtime -n "__fish_downtime_using_subcommand edit" -l repeat-until -d 'The last start, inclusive; a day is its date on the clock; \'\' for none' -r
complete -c downtime -n "__fish_downtime_using_subcommand edit" -l count -d 'So many times at most, those left out by --except included; \'\' for no end' -r
complete -c downtime -n "__fish_downtime_using_subcommand edit" -l except -d 'Leave this one out (repeatable): a date, a date and time, or @FILE with one a line; \'\' for none that was before' -r
complete -c downtime -n "__fish_downtime_using_subcommand edit" -l add-target -d 'Another target (repeatable): HOST or HOST/SERVICE, each part a name, a glob or ~REGEX' -r
complete -c downtime -n "__fish_downtime_using_subcommand edit" -l remove-target -d 'Let go of a target (repeatable): HOST or HOST/SERVICE, each part a name, a glob or ~REGEX' -r
complete -c downtime -n "__fish_downtime_using_subcommand edit" -l suspend-monitoring -d 'Whether pollers are asked not to check the targets meanwhile' -r -f -a "true\t''
false\t''"
complete -c downtime -n "__fish_downtime_using_subcommand edit" -l override -d 'Why it must be in spite of freezes and limits; recorded' -r
complete -c downtime -n "__fish_downtime_using_subcommand edit" -s q -l quiet -d 'Say only what was asked for'
complete -c downtime -n "__fish_downtime_using_subcommand edit" -s v -l verbose -d 'Say more, such as which store is used'
complete -c downtime -n "__fish_downtime_using_subcommand edit" -l no-wait -d 'Do not wait for another command to finish'
complete -c downtime -n "__fish_downtime_using_subcommand edit" -l start-at-match -d 'Begin with the first start that matches, if the one given does not'
complete -c downtime -n "__fish_downtime_using_subcommand edit" -l retroactive -d 'Change the past: as if it had been so from the beginning on; times of day look back'
complete -c downtime -n "__fish_downtime_using_subcommand edit" -l unknown-ok -d 'Take names that are neither in the inventory nor in an imported log'
complete -c downtime -n "__fish_downtime_using_subcommand edit" -l everything -d 'Allow what comes to every host of the inventory'
complete -c downtime -n "__fish_downtime_using_subcommand edit" -l dry-run -d 'Show what would be changed, and change nothing'
complete -c downtime -n "__fish_downtime_using_subcommand edit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c downtime -n "__fish_downtime_using_subcommand delete" -l store -d 'Directory of the store' -r -F
complete -c downtime -n "__fish_downtime_using_subcommand delete" -l tz -d 'Zone of times typed and shown: an IANA name or ±HH:MM' -r
complete -c downtime -n "__fish_downtime_using_subcommand delete" -l now -d 'Pretend that it is this time; for tests and what-if' -r
complete -c downtime -n "__fish_downtime_using_subcommand delete" -l as -d 'Who acts' -r
complete -c downtime -n "__fish_downtime_using_subcommand delete" -s o -l output -d 'How to print' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'RFC 4180 with a header'"
complete -c downtime -n "__fish_downtime_using_subcommand delete" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c downtime -n "__fish_downtime_using_subcommand delete" -l wait -d 'How long to wait for another command to finish [default: 10s]' -r
complete -c downtime -n "__fish_downtime_using_subcommand delete" -l target -d 'Let go of this target only (repeatable): HOST or HOST/SERVICE, each part a name, a glob or ~REGEX' -r
complete -c downtime -n "__fish_downtime_using_subcommand delete" -l host -d 'Only downtimes on these hosts, services included (repeatable): a name, a glob or ~REGEX' -r
complete -c downtime -n "__fish_downtime_using_subcommand delete" -l tag -d 'Only hosts with this tag: KEY=VALUE, KEY=A,B or KEY!=VALUE (repeatable: all must hold)' -r
complete -c downtime -n "__fish_downtime_using_subcommand delete" -l label -d 'Only hosts with this label: KEY=VALUE, KEY=A,B or KEY!=VALUE (repeatable: all must hold)' -r
complete -c downtime -n "__fish_downtime_using_subcommand delete" -l group -d 'Only hosts in this group, and services that are in it themselves (repeatable: in all of them)' -r
complete -c downtime -n "__fish_downtime_using_subcommand delete" -l folder -d 'Only hosts in this folder or below it (repeatable: in any of them)' -r
complete -c downtime -n "__fish_downtime_using_subcommand delete" -l service -d 'The matching services of the selected hosts, instead of the hosts (repeatable): a name, a glob or ~REGEX' -r
complete -c downtime -n "__fish_downtime_using_subcommand delete" -l state -d 'Only downtimes in this state (repeatable); where targets are asked for, these must be in it' -r -f -a "active\t''
standby\t''
scheduled\t''
completed\t''
skipped\t''
cancelled\t''
soon\t'To come'
in-progress\t'Active'
ended\t'Completed, skipped or cancelled'"
complete -c downtime -n "__fish_downtime_using_subcommand delete" -l author -d 'Only downtimes that this author made, in history what this author did (repeatable): a name, a glob or ~REGEX' -r
complete -c downtime -n "__fish_downtime_using_subcommand delete" -l name -d 'Only downtimes of this name (repeatable): a name, a glob or ~REGEX' -r
complete -c downtime -n "__fish_downtime_using_subcommand delete" -l key -d 'Only downtimes with this key (repeatable)' -r
complete -c downtime -n "__fish_downtime_using_subcommand delete" -l series -d 'Only this series and its occurrences (repeatable)' -r
complete -c downtime -n "__fish_downtime_using_subcommand delete" -l rule -d 'Only this rule and its occurrences (repeatable)' -r
complete -c downtime -n "__fish_downtime_using_subcommand delete" -l comment -d 'Only downtimes whose comment holds this text, in capitals or not (repeatable)' -r
complete -c downtime -n "__fish_downtime_using_subcommand delete" -l within -d 'Only what starts within this time from now' -r
complete -c downtime -n "__fish_downtime_using_subcommand delete" -l ended-within -d 'Only what ended within this time before now' -r
complete -c downtime -n "__fish_downtime_using_subcommand delete" -l from -d 'Only what was or will be in effect after this time' -r
complete -c downtime -n "__fish_downtime_using_subcommand delete" -l until -d 'Only what was or will be in effect before this time' -r
complete -c downtime -n "__fish_downtime_using_subcommand delete" -s q -l quiet -d 'Say only what was asked for'
complete -c downtime -n "__fish_downtime_using_subcommand delete" -s v -l verbose -d 'Say more, such as which store is used'
complete -c downtime -n "__fish_downtime_using_subcommand delete" -l no-wait -d 'Do not wait for another command to finish'
complete -c downtime -n "__fish_downtime_using_subcommand delete" -l whole -d 'Delete the downtimes that match whole, not only the targets that match'
complete -c downtime -n "__fish_downtime_using_subcommand delete" -l if-open -d 'Leave alone what is over already'
complete -c downtime -n "__fish_downtime_using_subcommand delete" -l retroactive -d 'Take back what has been, too: as if it had never been scheduled; history keeps it'
complete -c downtime -n "__fish_downtime_using_subcommand delete" -s y -l yes -d 'Do not ask'
complete -c downtime -n "__fish_downtime_using_subcommand delete" -l running -d 'Of a series or rule, end what is running, too'
complete -c downtime -n "__fish_downtime_using_subcommand delete" -l everything -d 'Allow what comes to every host of the inventory'
complete -c downtime -n "__fish_downtime_using_subcommand delete" -l dry-run -d 'Show what would be deleted, and delete nothing'
complete -c downtime -n "__fish_downtime_using_subcommand delete" -l inherited -d 'For services, also the downtimes of their hosts'
complete -c downtime -n "__fish_downtime_using_subcommand delete" -l on-host -d 'The hosts of the selected services'
complete -c downtime -n "__fish_downtime_using_subcommand delete" -l children -d 'Also the hosts that are reached through a selected one'
complete -c downtime -n "__fish_downtime_using_subcommand delete" -l recursive -d 'And theirs, to any depth'
complete -c downtime -n "__fish_downtime_using_subcommand delete" -l mine -d 'The same for you, as --as or the system names you'
complete -c downtime -n "__fish_downtime_using_subcommand delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c downtime -n "__fish_downtime_using_subcommand repeat" -l store -d 'Directory of the store' -r -F
complete -c downtime -n "__fish_downtime_using_subcommand repeat" -l tz -d 'Zone of times typed and shown: an IANA name or ±HH:MM' -r
complete -c downtime -n "__fish_downtime_using_subcommand repeat" -l now -d 'Pretend that it is this time; for tests and what-if' -r
complete -c downtime -n "__fish_downtime_using_subcommand repeat" -l as -d 'Who acts' -r
complete -c downtime -n "__fish_downtime_using_subcommand repeat" -s o -l output -d 'How to print' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'RFC 4180 with a header'"
complete -c downtime -n "__fish_downtime_using_subcommand repeat" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c downtime -n "__fish_downtime_using_subcommand repeat" -l wait -d 'How long to wait for another command to finish [default: 10s]' -r
complete -c downtime -n "__fish_downtime_using_subcommand repeat" -l every -d 'How it repeats from now on' -r
complete -c downtime -n "__fish_downtime_using_subcommand repeat" -l rrule -d 'The same, by a rule of RFC 5545' -r
complete -c downtime -n "__fish_downtime_using_subcommand repeat" -l interval -d 'Repeat every N-th time only' -r
complete -c downtime -n "__fish_downtime_using_subcommand repeat" -l repeat-until -d 'The last start, inclusive; a day is its date on the clock; \'\' for none' -r
complete -c downtime -n "__fish_downtime_using_subcommand repeat" -l count -d 'So many times at most, those left out by --except included; \'\' for no end' -r
complete -c downtime -n "__fish_downtime_using_subcommand repeat" -l except -d 'Leave this one out (repeatable): a date, a date and time, or @FILE with one a line; \'\' for none that was before' -r
complete -c downtime -n "__fish_downtime_using_subcommand repeat" -l wall-end -d 'When each ends on the clock' -r
complete -c downtime -n "__fish_downtime_using_subcommand repeat" -l wall-days -d 'So many days later still' -r
complete -c downtime -n "__fish_downtime_using_subcommand repeat" -s q -l quiet -d 'Say only what was asked for'
complete -c downtime -n "__fish_downtime_using_subcommand repeat" -s v -l verbose -d 'Say more, such as which store is used'
complete -c downtime -n "__fish_downtime_using_subcommand repeat" -l no-wait -d 'Do not wait for another command to finish'
complete -c downtime -n "__fish_downtime_using_subcommand repeat" -l start-at-match -d 'Begin with the first start that matches, if the one given does not'
complete -c downtime -n "__fish_downtime_using_subcommand repeat" -l stop -d 'No further occurrence begins'
complete -c downtime -n "__fish_downtime_using_subcommand repeat" -l dry-run -d 'Show what would be changed, and change nothing'
complete -c downtime -n "__fish_downtime_using_subcommand repeat" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c downtime -n "__fish_downtime_using_subcommand skip" -l store -d 'Directory of the store' -r -F
complete -c downtime -n "__fish_downtime_using_subcommand skip" -l tz -d 'Zone of times typed and shown: an IANA name or ±HH:MM' -r
complete -c downtime -n "__fish_downtime_using_subcommand skip" -l now -d 'Pretend that it is this time; for tests and what-if' -r
complete -c downtime -n "__fish_downtime_using_subcommand skip" -l as -d 'Who acts' -r
complete -c downtime -n "__fish_downtime_using_subcommand skip" -s o -l output -d 'How to print' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'RFC 4180 with a header'"
complete -c downtime -n "__fish_downtime_using_subcommand skip" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c downtime -n "__fish_downtime_using_subcommand skip" -l wait -d 'How long to wait for another command to finish [default: 10s]' -r
complete -c downtime -n "__fish_downtime_using_subcommand skip" -s q -l quiet -d 'Say only what was asked for'
complete -c downtime -n "__fish_downtime_using_subcommand skip" -s v -l verbose -d 'Say more, such as which store is used'
complete -c downtime -n "__fish_downtime_using_subcommand skip" -l no-wait -d 'Do not wait for another command to finish'
complete -c downtime -n "__fish_downtime_using_subcommand skip" -l next -d 'The next one'
complete -c downtime -n "__fish_downtime_using_subcommand skip" -l dry-run -d 'Show what would be changed, and change nothing'
complete -c downtime -n "__fish_downtime_using_subcommand skip" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c downtime -n "__fish_downtime_using_subcommand unskip" -l store -d 'Directory of the store' -r -F
complete -c downtime -n "__fish_downtime_using_subcommand unskip" -l tz -d 'Zone of times typed and shown: an IANA name or ±HH:MM' -r
complete -c downtime -n "__fish_downtime_using_subcommand unskip" -l now -d 'Pretend that it is this time; for tests and what-if' -r
complete -c downtime -n "__fish_downtime_using_subcommand unskip" -l as -d 'Who acts' -r
complete -c downtime -n "__fish_downtime_using_subcommand unskip" -s o -l output -d 'How to print' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'RFC 4180 with a header'"
complete -c downtime -n "__fish_downtime_using_subcommand unskip" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c downtime -n "__fish_downtime_using_subcommand unskip" -l wait -d 'How long to wait for another command to finish [default: 10s]' -r
complete -c downtime -n "__fish_downtime_using_subcommand unskip" -s q -l quiet -d 'Say only what was asked for'
complete -c downtime -n "__fish_downtime_using_subcommand unskip" -s v -l verbose -d 'Say more, such as which store is used'
complete -c downtime -n "__fish_downtime_using_subcommand unskip" -l no-wait -d 'Do not wait for another command to finish'
complete -c downtime -n "__fish_downtime_using_subcommand unskip" -l dry-run -d 'Show what would be changed, and change nothing'
complete -c downtime -n "__fish_downtime_using_subcommand unskip" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c downtime -n "__fish_downtime_using_subcommand undo" -l store -d 'Directory of the store' -r -F
complete -c downtime -n "__fish_downtime_using_subcommand undo" -l tz -d 'Zone of times typed and shown: an IANA name or ±HH:MM' -r
complete -c downtime -n "__fish_downtime_using_subcommand undo" -l now -d 'Pretend that it is this time; for tests and what-if' -r
complete -c downtime -n "__fish_downtime_using_subcommand undo" -l as -d 'Who acts' -r
complete -c downtime -n "__fish_downtime_using_subcommand undo" -s o -l output -d 'How to print' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'RFC 4180 with a header'"
complete -c downtime -n "__fish_downtime_using_subcommand undo" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c downtime -n "__fish_downtime_using_subcommand undo" -l wait -d 'How long to wait for another command to finish [default: 10s]' -r
complete -c downtime -n "__fish_downtime_using_subcommand undo" -s q -l quiet -d 'Say only what was asked for'
complete -c downtime -n "__fish_downtime_using_subcommand undo" -s v -l verbose -d 'Say more, such as which store is used'
complete -c downtime -n "__fish_downtime_using_subcommand undo" -l no-wait -d 'Do not wait for another command to finish'
complete -c downtime -n "__fish_downtime_using_subcommand undo" -l any-author -d 'Also what somebody else did'
complete -c downtime -n "__fish_downtime_using_subcommand undo" -s y -l yes -d 'Do not ask'
complete -c downtime -n "__fish_downtime_using_subcommand undo" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c downtime -n "__fish_downtime_using_subcommand history" -l store -d 'Directory of the store' -r -F
complete -c downtime -n "__fish_downtime_using_subcommand history" -l tz -d 'Zone of times typed and shown: an IANA name or ±HH:MM' -r
complete -c downtime -n "__fish_downtime_using_subcommand history" -l now -d 'Pretend that it is this time; for tests and what-if' -r
complete -c downtime -n "__fish_downtime_using_subcommand history" -l as -d 'Who acts' -r
complete -c downtime -n "__fish_downtime_using_subcommand history" -s o -l output -d 'How to print' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'RFC 4180 with a header'"
complete -c downtime -n "__fish_downtime_using_subcommand history" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c downtime -n "__fish_downtime_using_subcommand history" -l wait -d 'How long to wait for another command to finish [default: 10s]' -r
complete -c downtime -n "__fish_downtime_using_subcommand history" -l id -d 'Only rows about this downtime (repeatable): an id, or key:KEY' -r
complete -c downtime -n "__fish_downtime_using_subcommand history" -l event -d 'Only rows of this kind (repeatable): scheduled, started, ended, cancelled, extended, edited, repeated, skipped, unskipped, reopened, undone, imported, `inventory_edited`, `rules_edited`' -r
complete -c downtime -n "__fish_downtime_using_subcommand history" -l host -d 'Only downtimes on these hosts, services included (repeatable): a name, a glob or ~REGEX' -r
complete -c downtime -n "__fish_downtime_using_subcommand history" -l tag -d 'Only hosts with this tag: KEY=VALUE, KEY=A,B or KEY!=VALUE (repeatable: all must hold)' -r
complete -c downtime -n "__fish_downtime_using_subcommand history" -l label -d 'Only hosts with this label: KEY=VALUE, KEY=A,B or KEY!=VALUE (repeatable: all must hold)' -r
complete -c downtime -n "__fish_downtime_using_subcommand history" -l group -d 'Only hosts in this group, and services that are in it themselves (repeatable: in all of them)' -r
complete -c downtime -n "__fish_downtime_using_subcommand history" -l folder -d 'Only hosts in this folder or below it (repeatable: in any of them)' -r
complete -c downtime -n "__fish_downtime_using_subcommand history" -l service -d 'The matching services of the selected hosts, instead of the hosts (repeatable): a name, a glob or ~REGEX' -r
complete -c downtime -n "__fish_downtime_using_subcommand history" -l state -d 'Only downtimes in this state (repeatable); where targets are asked for, these must be in it' -r -f -a "active\t''
standby\t''
scheduled\t''
completed\t''
skipped\t''
cancelled\t''
soon\t'To come'
in-progress\t'Active'
ended\t'Completed, skipped or cancelled'"
complete -c downtime -n "__fish_downtime_using_subcommand history" -l author -d 'Only downtimes that this author made, in history what this author did (repeatable): a name, a glob or ~REGEX' -r
complete -c downtime -n "__fish_downtime_using_subcommand history" -l name -d 'Only downtimes of this name (repeatable): a name, a glob or ~REGEX' -r
complete -c downtime -n "__fish_downtime_using_subcommand history" -l key -d 'Only downtimes with this key (repeatable)' -r
complete -c downtime -n "__fish_downtime_using_subcommand history" -l series -d 'Only this series and its occurrences (repeatable)' -r
complete -c downtime -n "__fish_downtime_using_subcommand history" -l rule -d 'Only this rule and its occurrences (repeatable)' -r
complete -c downtime -n "__fish_downtime_using_subcommand history" -l comment -d 'Only downtimes whose comment holds this text, in capitals or not (repeatable)' -r
complete -c downtime -n "__fish_downtime_using_subcommand history" -l from -d 'From when on' -r
complete -c downtime -n "__fish_downtime_using_subcommand history" -l until -d 'Up to when' -r
complete -c downtime -n "__fish_downtime_using_subcommand history" -l source -d 'Whether the store tells, the imported logs, or both' -r -f -a "store\t'What was done with this program'
log\t'DOWNTIME ALERT lines of imported logs'
both\t'Both'"
complete -c downtime -n "__fish_downtime_using_subcommand history" -s q -l quiet -d 'Say only what was asked for'
complete -c downtime -n "__fish_downtime_using_subcommand history" -s v -l verbose -d 'Say more, such as which store is used'
complete -c downtime -n "__fish_downtime_using_subcommand history" -l no-wait -d 'Do not wait for another command to finish'
complete -c downtime -n "__fish_downtime_using_subcommand history" -l inherited -d 'For services, also the downtimes of their hosts'
complete -c downtime -n "__fish_downtime_using_subcommand history" -l on-host -d 'The hosts of the selected services'
complete -c downtime -n "__fish_downtime_using_subcommand history" -l children -d 'Also the hosts that are reached through a selected one'
complete -c downtime -n "__fish_downtime_using_subcommand history" -l recursive -d 'And theirs, to any depth'
complete -c downtime -n "__fish_downtime_using_subcommand history" -l mine -d 'The same for you, as --as or the system names you'
complete -c downtime -n "__fish_downtime_using_subcommand history" -l unknown-ok -d 'Take names that are neither in the inventory nor in an imported log'
complete -c downtime -n "__fish_downtime_using_subcommand history" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c downtime -n "__fish_downtime_using_subcommand check" -l store -d 'Directory of the store' -r -F
complete -c downtime -n "__fish_downtime_using_subcommand check" -l tz -d 'Zone of times typed and shown: an IANA name or ±HH:MM' -r
complete -c downtime -n "__fish_downtime_using_subcommand check" -l now -d 'Pretend that it is this time; for tests and what-if' -r
complete -c downtime -n "__fish_downtime_using_subcommand check" -l as -d 'Who acts' -r
complete -c downtime -n "__fish_downtime_using_subcommand check" -s o -l output -d 'How to print' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'RFC 4180 with a header'"
complete -c downtime -n "__fish_downtime_using_subcommand check" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c downtime -n "__fish_downtime_using_subcommand check" -l wait -d 'How long to wait for another command to finish [default: 10s]' -r
complete -c downtime -n "__fish_downtime_using_subcommand check" -l tag -d 'Only hosts with this tag: KEY=VALUE, KEY=A,B or KEY!=VALUE (repeatable: all must hold)' -r
complete -c downtime -n "__fish_downtime_using_subcommand check" -l label -d 'Only hosts with this label: KEY=VALUE, KEY=A,B or KEY!=VALUE (repeatable: all must hold)' -r
complete -c downtime -n "__fish_downtime_using_subcommand check" -l group -d 'Only hosts in this group, and services that are in it themselves (repeatable: in all of them)' -r
complete -c downtime -n "__fish_downtime_using_subcommand check" -l folder -d 'Only hosts in this folder or below it (repeatable: in any of them)' -r
complete -c downtime -n "__fish_downtime_using_subcommand check" -l service -d 'The matching services of the selected hosts, instead of the hosts (repeatable): a name, a glob or ~REGEX' -r
complete -c downtime -n "__fish_downtime_using_subcommand check" -l at -d 'At which time; a time of day is today\'s' -r
complete -c downtime -n "__fish_downtime_using_subcommand check" -s q -l quiet -d 'Say only what was asked for'
complete -c downtime -n "__fish_downtime_using_subcommand check" -s v -l verbose -d 'Say more, such as which store is used'
complete -c downtime -n "__fish_downtime_using_subcommand check" -l no-wait -d 'Do not wait for another command to finish'
complete -c downtime -n "__fish_downtime_using_subcommand check" -l on-host -d 'The hosts of the selected services'
complete -c downtime -n "__fish_downtime_using_subcommand check" -l children -d 'Also the hosts that are reached through a selected one'
complete -c downtime -n "__fish_downtime_using_subcommand check" -l recursive -d 'And theirs, to any depth'
complete -c downtime -n "__fish_downtime_using_subcommand check" -l notification -d 'Answer whether a problem notification would be withheld'
complete -c downtime -n "__fish_downtime_using_subcommand check" -l monitoring -d 'Answer whether monitoring is suspended'
complete -c downtime -n "__fish_downtime_using_subcommand check" -l unknown-ok -d 'Take names that are neither in the inventory nor in an imported log'
complete -c downtime -n "__fish_downtime_using_subcommand check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c downtime -n "__fish_downtime_using_subcommand explain" -l store -d 'Directory of the store' -r -F
complete -c downtime -n "__fish_downtime_using_subcommand explain" -l tz -d 'Zone of times typed and shown: an IANA name or ±HH:MM' -r
complete -c downtime -n "__fish_downtime_using_subcommand explain" -l now -d 'Pretend that it is this time; for tests and what-if' -r
complete -c downtime -n "__fish_downtime_using_subcommand explain" -l as -d 'Who acts' -r
complete -c downtime -n "__fish_downtime_using_subcommand explain" -s o -l output -d 'How to print' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'RFC 4180 with a header'"
complete -c downtime -n "__fish_downtime_using_subcommand explain" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c downtime -n "__fish_downtime_using_subcommand explain" -l wait -d 'How long to wait for another command to finish [default: 10s]' -r
complete -c downtime -n "__fish_downtime_using_subcommand explain" -l at -d 'At which time; a time of day is today\'s' -r
complete -c downtime -n "__fish_downtime_using_subcommand explain" -s q -l quiet -d 'Say only what was asked for'
complete -c downtime -n "__fish_downtime_using_subcommand explain" -s v -l verbose -d 'Say more, such as which store is used'
complete -c downtime -n "__fish_downtime_using_subcommand explain" -l no-wait -d 'Do not wait for another command to finish'
complete -c downtime -n "__fish_downtime_using_subcommand explain" -l unknown-ok -d 'Take names that are neither in the inventory nor in an imported log'
complete -c downtime -n "__fish_downtime_using_subcommand explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c downtime -n "__fish_downtime_using_subcommand calendar" -l store -d 'Directory of the store' -r -F
complete -c downtime -n "__fish_downtime_using_subcommand calendar" -l tz -d 'Zone of times typed and shown: an IANA name or ±HH:MM' -r
complete -c downtime -n "__fish_downtime_using_subcommand calendar" -l now -d 'Pretend that it is this time; for tests and what-if' -r
complete -c downtime -n "__fish_downtime_using_subcommand calendar" -l as -d 'Who acts' -r
complete -c downtime -n "__fish_downtime_using_subcommand calendar" -s o -l output -d 'How to print' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'RFC 4180 with a header'"
complete -c downtime -n "__fish_downtime_using_subcommand calendar" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c downtime -n "__fish_downtime_using_subcommand calendar" -l wait -d 'How long to wait for another command to finish [default: 10s]' -r
complete -c downtime -n "__fish_downtime_using_subcommand calendar" -l month -d 'The month shown, instead of the present one: 2026-12, +1 for the next, -1 for the last' -r
complete -c downtime -n "__fish_downtime_using_subcommand calendar" -l agenda -d 'Day after day instead of a grid, for so many days [default: 14d]' -r
complete -c downtime -n "__fish_downtime_using_subcommand calendar" -l from -d 'The first day shown; without --until, for four weeks, or the days of --agenda' -r
complete -c downtime -n "__fish_downtime_using_subcommand calendar" -l until -d 'Up to when; without --from, from today on' -r
complete -c downtime -n "__fish_downtime_using_subcommand calendar" -l host -d 'Only downtimes on these hosts, services included (repeatable): a name, a glob or ~REGEX' -r
complete -c downtime -n "__fish_downtime_using_subcommand calendar" -l tag -d 'Only hosts with this tag: KEY=VALUE, KEY=A,B or KEY!=VALUE (repeatable: all must hold)' -r
complete -c downtime -n "__fish_downtime_using_subcommand calendar" -l label -d 'Only hosts with this label: KEY=VALUE, KEY=A,B or KEY!=VALUE (repeatable: all must hold)' -r
complete -c downtime -n "__fish_downtime_using_subcommand calendar" -l group -d 'Only hosts in this group, and services that are in it themselves (repeatable: in all of them)' -r
complete -c downtime -n "__fish_downtime_using_subcommand calendar" -l folder -d 'Only hosts in this folder or below it (repeatable: in any of them)' -r
complete -c downtime -n "__fish_downtime_using_subcommand calendar" -l service -d 'The matching services of the selected hosts, instead of the hosts (repeatable): a name, a glob or ~REGEX' -r
complete -c downtime -n "__fish_downtime_using_subcommand calendar" -l state -d 'Only downtimes in this state (repeatable); where targets are asked for, these must be in it' -r -f -a "active\t''
standby\t''
scheduled\t''
completed\t''
skipped\t''
cancelled\t''
soon\t'To come'
in-progress\t'Active'
ended\t'Completed, skipped or cancelled'"
complete -c downtime -n "__fish_downtime_using_subcommand calendar" -l author -d 'Only downtimes that this author made, in history what this author did (repeatable): a name, a glob or ~REGEX' -r
complete -c downtime -n "__fish_downtime_using_subcommand calendar" -l name -d 'Only downtimes of this name (repeatable): a name, a glob or ~REGEX' -r
complete -c downtime -n "__fish_downtime_using_subcommand calendar" -l key -d 'Only downtimes with this key (repeatable)' -r
complete -c downtime -n "__fish_downtime_using_subcommand calendar" -l series -d 'Only this series and its occurrences (repeatable)' -r
complete -c downtime -n "__fish_downtime_using_subcommand calendar" -l rule -d 'Only this rule and its occurrences (repeatable)' -r
complete -c downtime -n "__fish_downtime_using_subcommand calendar" -l comment -d 'Only downtimes whose comment holds this text, in capitals or not (repeatable)' -r
complete -c downtime -n "__fish_downtime_using_subcommand calendar" -s q -l quiet -d 'Say only what was asked for'
complete -c downtime -n "__fish_downtime_using_subcommand calendar" -s v -l verbose -d 'Say more, such as which store is used'
complete -c downtime -n "__fish_downtime_using_subcommand calendar" -l no-wait -d 'Do not wait for another command to finish'
complete -c downtime -n "__fish_downtime_using_subcommand calendar" -l inherited -d 'For services, also the downtimes of their hosts'
complete -c downtime -n "__fish_downtime_using_subcommand calendar" -l on-host -d 'The hosts of the selected services'
complete -c downtime -n "__fish_downtime_using_subcommand calendar" -l children -d 'Also the hosts that are reached through a selected one'
complete -c downtime -n "__fish_downtime_using_subcommand calendar" -l recursive -d 'And theirs, to any depth'
complete -c downtime -n "__fish_downtime_using_subcommand calendar" -l mine -d 'The same for you, as --as or the system names you'
complete -c downtime -n "__fish_downtime_using_subcommand calendar" -l unknown-ok -d 'Take names that are neither in the inventory nor in an imported log'
complete -c downtime -n "__fish_downtime_using_subcommand calendar" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c downtime -n "__fish_downtime_using_subcommand import" -l store -d 'Directory of the store' -r -F
complete -c downtime -n "__fish_downtime_using_subcommand import" -l tz -d 'Zone of times typed and shown: an IANA name or ±HH:MM' -r
complete -c downtime -n "__fish_downtime_using_subcommand import" -l now -d 'Pretend that it is this time; for tests and what-if' -r
complete -c downtime -n "__fish_downtime_using_subcommand import" -l as -d 'Who acts' -r
complete -c downtime -n "__fish_downtime_using_subcommand import" -s o -l output -d 'How to print' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'RFC 4180 with a header'"
complete -c downtime -n "__fish_downtime_using_subcommand import" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c downtime -n "__fish_downtime_using_subcommand import" -l wait -d 'How long to wait for another command to finish [default: 10s]' -r
complete -c downtime -n "__fish_downtime_using_subcommand import" -l format -d 'What the files hold: auto, nagios (also Naemon, Icinga 1, Checkmk), csv, jsonl' -r
complete -c downtime -n "__fish_downtime_using_subcommand import" -s q -l quiet -d 'Say only what was asked for'
complete -c downtime -n "__fish_downtime_using_subcommand import" -s v -l verbose -d 'Say more, such as which store is used'
complete -c downtime -n "__fish_downtime_using_subcommand import" -l no-wait -d 'Do not wait for another command to finish'
complete -c downtime -n "__fish_downtime_using_subcommand import" -l strict -d 'Take nothing if any line is rejected'
complete -c downtime -n "__fish_downtime_using_subcommand import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c downtime -n "__fish_downtime_using_subcommand tick" -l store -d 'Directory of the store' -r -F
complete -c downtime -n "__fish_downtime_using_subcommand tick" -l tz -d 'Zone of times typed and shown: an IANA name or ±HH:MM' -r
complete -c downtime -n "__fish_downtime_using_subcommand tick" -l now -d 'Pretend that it is this time; for tests and what-if' -r
complete -c downtime -n "__fish_downtime_using_subcommand tick" -l as -d 'Who acts' -r
complete -c downtime -n "__fish_downtime_using_subcommand tick" -s o -l output -d 'How to print' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'RFC 4180 with a header'"
complete -c downtime -n "__fish_downtime_using_subcommand tick" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c downtime -n "__fish_downtime_using_subcommand tick" -l wait -d 'How long to wait for another command to finish [default: 10s]' -r
complete -c downtime -n "__fish_downtime_using_subcommand tick" -s q -l quiet -d 'Say only what was asked for'
complete -c downtime -n "__fish_downtime_using_subcommand tick" -s v -l verbose -d 'Say more, such as which store is used'
complete -c downtime -n "__fish_downtime_using_subcommand tick" -l no-wait -d 'Do not wait for another command to finish'
complete -c downtime -n "__fish_downtime_using_subcommand tick" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c downtime -n "__fish_downtime_using_subcommand expand" -l store -d 'Directory of the store' -r -F
complete -c downtime -n "__fish_downtime_using_subcommand expand" -l tz -d 'Zone of times typed and shown: an IANA name or ±HH:MM' -r
complete -c downtime -n "__fish_downtime_using_subcommand expand" -l now -d 'Pretend that it is this time; for tests and what-if' -r
complete -c downtime -n "__fish_downtime_using_subcommand expand" -l as -d 'Who acts' -r
complete -c downtime -n "__fish_downtime_using_subcommand expand" -s o -l output -d 'How to print' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'RFC 4180 with a header'"
complete -c downtime -n "__fish_downtime_using_subcommand expand" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c downtime -n "__fish_downtime_using_subcommand expand" -l wait -d 'How long to wait for another command to finish [default: 10s]' -r
complete -c downtime -n "__fish_downtime_using_subcommand expand" -s q -l quiet -d 'Say only what was asked for'
complete -c downtime -n "__fish_downtime_using_subcommand expand" -s v -l verbose -d 'Say more, such as which store is used'
complete -c downtime -n "__fish_downtime_using_subcommand expand" -l no-wait -d 'Do not wait for another command to finish'
complete -c downtime -n "__fish_downtime_using_subcommand expand" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and not __fish_seen_subcommand_from list show check tree help" -l store -d 'Directory of the store' -r -F
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and not __fish_seen_subcommand_from list show check tree help" -l tz -d 'Zone of times typed and shown: an IANA name or ±HH:MM' -r
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and not __fish_seen_subcommand_from list show check tree help" -l now -d 'Pretend that it is this time; for tests and what-if' -r
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and not __fish_seen_subcommand_from list show check tree help" -l as -d 'Who acts' -r
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and not __fish_seen_subcommand_from list show check tree help" -s o -l output -d 'How to print' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'RFC 4180 with a header'"
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and not __fish_seen_subcommand_from list show check tree help" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and not __fish_seen_subcommand_from list show check tree help" -l wait -d 'How long to wait for another command to finish [default: 10s]' -r
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and not __fish_seen_subcommand_from list show check tree help" -s q -l quiet -d 'Say only what was asked for'
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and not __fish_seen_subcommand_from list show check tree help" -s v -l verbose -d 'Say more, such as which store is used'
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and not __fish_seen_subcommand_from list show check tree help" -l no-wait -d 'Do not wait for another command to finish'
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and not __fish_seen_subcommand_from list show check tree help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and not __fish_seen_subcommand_from list show check tree help" -f -a "list" -d 'List declared hosts; with --service, or a TARGET that names them, services'
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and not __fish_seen_subcommand_from list show check tree help" -f -a "show" -d 'Show all that is declared about a host or service, what it has from its host, and where it is declared'
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and not __fish_seen_subcommand_from list show check tree help" -f -a "check" -d 'Check inventory.toml and inventory.d/*.toml: every mistake with file, line and column; exit 5 if there is any'
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and not __fish_seen_subcommand_from list show check tree help" -f -a "tree" -d 'Draw hosts below the hosts that they are reached through'
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and not __fish_seen_subcommand_from list show check tree help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from list" -l tag -d 'Only hosts with this tag: KEY=VALUE, KEY=A,B or KEY!=VALUE (repeatable: all must hold)' -r
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from list" -l label -d 'Only hosts with this label: KEY=VALUE, KEY=A,B or KEY!=VALUE (repeatable: all must hold)' -r
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from list" -l group -d 'Only hosts in this group, and services that are in it themselves (repeatable: in all of them)' -r
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from list" -l folder -d 'Only hosts in this folder or below it (repeatable: in any of them)' -r
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from list" -l service -d 'The matching services of the selected hosts, instead of the hosts (repeatable): a name, a glob or ~REGEX' -r
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from list" -l store -d 'Directory of the store' -r -F
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from list" -l tz -d 'Zone of times typed and shown: an IANA name or ±HH:MM' -r
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from list" -l now -d 'Pretend that it is this time; for tests and what-if' -r
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from list" -l as -d 'Who acts' -r
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'RFC 4180 with a header'"
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from list" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from list" -l wait -d 'How long to wait for another command to finish [default: 10s]' -r
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from list" -l on-host -d 'The hosts of the selected services'
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from list" -l children -d 'Also the hosts that are reached through a selected one'
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from list" -l recursive -d 'And theirs, to any depth'
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say only what was asked for'
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more, such as which store is used'
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from list" -l no-wait -d 'Do not wait for another command to finish'
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from show" -l store -d 'Directory of the store' -r -F
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from show" -l tz -d 'Zone of times typed and shown: an IANA name or ±HH:MM' -r
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from show" -l now -d 'Pretend that it is this time; for tests and what-if' -r
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from show" -l as -d 'Who acts' -r
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from show" -s o -l output -d 'How to print' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'RFC 4180 with a header'"
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from show" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from show" -l wait -d 'How long to wait for another command to finish [default: 10s]' -r
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say only what was asked for'
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more, such as which store is used'
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from show" -l no-wait -d 'Do not wait for another command to finish'
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from check" -l store -d 'Directory of the store' -r -F
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from check" -l tz -d 'Zone of times typed and shown: an IANA name or ±HH:MM' -r
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from check" -l now -d 'Pretend that it is this time; for tests and what-if' -r
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from check" -l as -d 'Who acts' -r
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from check" -s o -l output -d 'How to print' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'RFC 4180 with a header'"
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from check" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from check" -l wait -d 'How long to wait for another command to finish [default: 10s]' -r
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Say only what was asked for'
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Say more, such as which store is used'
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from check" -l no-wait -d 'Do not wait for another command to finish'
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from tree" -l tag -d 'Only hosts with this tag: KEY=VALUE, KEY=A,B or KEY!=VALUE (repeatable: all must hold)' -r
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from tree" -l label -d 'Only hosts with this label: KEY=VALUE, KEY=A,B or KEY!=VALUE (repeatable: all must hold)' -r
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from tree" -l group -d 'Only hosts in this group, and services that are in it themselves (repeatable: in all of them)' -r
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from tree" -l folder -d 'Only hosts in this folder or below it (repeatable: in any of them)' -r
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from tree" -l service -d 'The matching services of the selected hosts, instead of the hosts (repeatable): a name, a glob or ~REGEX' -r
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from tree" -l store -d 'Directory of the store' -r -F
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from tree" -l tz -d 'Zone of times typed and shown: an IANA name or ±HH:MM' -r
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from tree" -l now -d 'Pretend that it is this time; for tests and what-if' -r
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from tree" -l as -d 'Who acts' -r
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from tree" -s o -l output -d 'How to print' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'RFC 4180 with a header'"
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from tree" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from tree" -l wait -d 'How long to wait for another command to finish [default: 10s]' -r
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from tree" -l on-host -d 'The hosts of the selected services'
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from tree" -l children -d 'Also the hosts that are reached through a selected one'
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from tree" -l recursive -d 'And theirs, to any depth'
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from tree" -s q -l quiet -d 'Say only what was asked for'
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from tree" -s v -l verbose -d 'Say more, such as which store is used'
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from tree" -l no-wait -d 'Do not wait for another command to finish'
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from tree" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from help" -f -a "list" -d 'List declared hosts; with --service, or a TARGET that names them, services'
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show all that is declared about a host or service, what it has from its host, and where it is declared'
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from help" -f -a "check" -d 'Check inventory.toml and inventory.d/*.toml: every mistake with file, line and column; exit 5 if there is any'
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from help" -f -a "tree" -d 'Draw hosts below the hosts that they are reached through'
complete -c downtime -n "__fish_downtime_using_subcommand inventory; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c downtime -n "__fish_downtime_using_subcommand rules; and not __fish_seen_subcommand_from list show check preview backtest help" -l store -d 'Directory of the store' -r -F
complete -c downtime -n "__fish_downtime_using_subcommand rules; and not __fish_seen_subcommand_from list show check preview backtest help" -l tz -d 'Zone of times typed and shown: an IANA name or ±HH:MM' -r
complete -c downtime -n "__fish_downtime_using_subcommand rules; and not __fish_seen_subcommand_from list show check preview backtest help" -l now -d 'Pretend that it is this time; for tests and what-if' -r
complete -c downtime -n "__fish_downtime_using_subcommand rules; and not __fish_seen_subcommand_from list show check preview backtest help" -l as -d 'Who acts' -r
complete -c downtime -n "__fish_downtime_using_subcommand rules; and not __fish_seen_subcommand_from list show check preview backtest help" -s o -l output -d 'How to print' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'RFC 4180 with a header'"
complete -c downtime -n "__fish_downtime_using_subcommand rules; and not __fish_seen_subcommand_from list show check preview backtest help" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c downtime -n "__fish_downtime_using_subcommand rules; and not __fish_seen_subcommand_from list show check preview backtest help" -l wait -d 'How long to wait for another command to finish [default: 10s]' -r
complete -c downtime -n "__fish_downtime_using_subcommand rules; and not __fish_seen_subcommand_from list show check preview backtest help" -s q -l quiet -d 'Say only what was asked for'
complete -c downtime -n "__fish_downtime_using_subcommand rules; and not __fish_seen_subcommand_from list show check preview backtest help" -s v -l verbose -d 'Say more, such as which store is used'
complete -c downtime -n "__fish_downtime_using_subcommand rules; and not __fish_seen_subcommand_from list show check preview backtest help" -l no-wait -d 'Do not wait for another command to finish'
complete -c downtime -n "__fish_downtime_using_subcommand rules; and not __fish_seen_subcommand_from list show check preview backtest help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c downtime -n "__fish_downtime_using_subcommand rules; and not __fish_seen_subcommand_from list show check preview backtest help" -f -a "list" -d 'List the rules: when each repeats, when it is next, and how many hosts and services it covers now'
complete -c downtime -n "__fish_downtime_using_subcommand rules; and not __fish_seen_subcommand_from list show check preview backtest help" -f -a "show" -d 'Show all of a rule: what it declares and where, for whom it is now, and its coming windows'
complete -c downtime -n "__fish_downtime_using_subcommand rules; and not __fish_seen_subcommand_from list show check preview backtest help" -f -a "check" -d 'Check rules.toml and rules.d/*.toml: every mistake with file, line and column; exit 5 if there is any'
complete -c downtime -n "__fish_downtime_using_subcommand rules; and not __fish_seen_subcommand_from list show check preview backtest help" -f -a "preview" -d 'Show which hosts and services a rule would hold at a time, and its windows from then on'
complete -c downtime -n "__fish_downtime_using_subcommand rules; and not __fish_seen_subcommand_from list show check preview backtest help" -f -a "backtest" -d 'Tell from the imported log which problem notifications a rule would have withheld, and which outages it would have hidden'
complete -c downtime -n "__fish_downtime_using_subcommand rules; and not __fish_seen_subcommand_from list show check preview backtest help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from list" -l store -d 'Directory of the store' -r -F
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from list" -l tz -d 'Zone of times typed and shown: an IANA name or ±HH:MM' -r
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from list" -l now -d 'Pretend that it is this time; for tests and what-if' -r
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from list" -l as -d 'Who acts' -r
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from list" -s o -l output -d 'How to print' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'RFC 4180 with a header'"
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from list" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from list" -l wait -d 'How long to wait for another command to finish [default: 10s]' -r
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Say only what was asked for'
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Say more, such as which store is used'
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from list" -l no-wait -d 'Do not wait for another command to finish'
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from show" -l store -d 'Directory of the store' -r -F
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from show" -l tz -d 'Zone of times typed and shown: an IANA name or ±HH:MM' -r
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from show" -l now -d 'Pretend that it is this time; for tests and what-if' -r
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from show" -l as -d 'Who acts' -r
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from show" -s o -l output -d 'How to print' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'RFC 4180 with a header'"
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from show" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from show" -l wait -d 'How long to wait for another command to finish [default: 10s]' -r
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Say only what was asked for'
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Say more, such as which store is used'
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from show" -l no-wait -d 'Do not wait for another command to finish'
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from check" -l store -d 'Directory of the store' -r -F
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from check" -l tz -d 'Zone of times typed and shown: an IANA name or ±HH:MM' -r
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from check" -l now -d 'Pretend that it is this time; for tests and what-if' -r
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from check" -l as -d 'Who acts' -r
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from check" -s o -l output -d 'How to print' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'RFC 4180 with a header'"
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from check" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from check" -l wait -d 'How long to wait for another command to finish [default: 10s]' -r
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from check" -s q -l quiet -d 'Say only what was asked for'
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from check" -s v -l verbose -d 'Say more, such as which store is used'
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from check" -l no-wait -d 'Do not wait for another command to finish'
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from preview" -l at -d 'At which time; a time of day is today\'s [default: now]' -r
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from preview" -l store -d 'Directory of the store' -r -F
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from preview" -l tz -d 'Zone of times typed and shown: an IANA name or ±HH:MM' -r
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from preview" -l now -d 'Pretend that it is this time; for tests and what-if' -r
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from preview" -l as -d 'Who acts' -r
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from preview" -s o -l output -d 'How to print' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'RFC 4180 with a header'"
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from preview" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from preview" -l wait -d 'How long to wait for another command to finish [default: 10s]' -r
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from preview" -s q -l quiet -d 'Say only what was asked for'
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from preview" -s v -l verbose -d 'Say more, such as which store is used'
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from preview" -l no-wait -d 'Do not wait for another command to finish'
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from preview" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from backtest" -l from -d 'Beginning of the time tried' -r
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from backtest" -l until -d 'End of the time tried [default: now]' -r
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from backtest" -l store -d 'Directory of the store' -r -F
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from backtest" -l tz -d 'Zone of times typed and shown: an IANA name or ±HH:MM' -r
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from backtest" -l now -d 'Pretend that it is this time; for tests and what-if' -r
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from backtest" -l as -d 'Who acts' -r
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from backtest" -s o -l output -d 'How to print' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'RFC 4180 with a header'"
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from backtest" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from backtest" -l wait -d 'How long to wait for another command to finish [default: 10s]' -r
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from backtest" -s q -l quiet -d 'Say only what was asked for'
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from backtest" -s v -l verbose -d 'Say more, such as which store is used'
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from backtest" -l no-wait -d 'Do not wait for another command to finish'
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from backtest" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the rules: when each repeats, when it is next, and how many hosts and services it covers now'
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show all of a rule: what it declares and where, for whom it is now, and its coming windows'
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from help" -f -a "check" -d 'Check rules.toml and rules.d/*.toml: every mistake with file, line and column; exit 5 if there is any'
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from help" -f -a "preview" -d 'Show which hosts and services a rule would hold at a time, and its windows from then on'
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from help" -f -a "backtest" -d 'Tell from the imported log which problem notifications a rule would have withheld, and which outages it would have hidden'
complete -c downtime -n "__fish_downtime_using_subcommand rules; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c downtime -n "__fish_downtime_using_subcommand report" -l store -d 'Directory of the store' -r -F
complete -c downtime -n "__fish_downtime_using_subcommand report" -l tz -d 'Zone of times typed and shown: an IANA name or ±HH:MM' -r
complete -c downtime -n "__fish_downtime_using_subcommand report" -l now -d 'Pretend that it is this time; for tests and what-if' -r
complete -c downtime -n "__fish_downtime_using_subcommand report" -l as -d 'Who acts' -r
complete -c downtime -n "__fish_downtime_using_subcommand report" -s o -l output -d 'How to print' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'RFC 4180 with a header'"
complete -c downtime -n "__fish_downtime_using_subcommand report" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c downtime -n "__fish_downtime_using_subcommand report" -l wait -d 'How long to wait for another command to finish [default: 10s]' -r
complete -c downtime -n "__fish_downtime_using_subcommand report" -l tag -d 'Only hosts with this tag: KEY=VALUE, KEY=A,B or KEY!=VALUE (repeatable: all must hold)' -r
complete -c downtime -n "__fish_downtime_using_subcommand report" -l label -d 'Only hosts with this label: KEY=VALUE, KEY=A,B or KEY!=VALUE (repeatable: all must hold)' -r
complete -c downtime -n "__fish_downtime_using_subcommand report" -l group -d 'Only hosts in this group, and services that are in it themselves (repeatable: in all of them)' -r
complete -c downtime -n "__fish_downtime_using_subcommand report" -l folder -d 'Only hosts in this folder or below it (repeatable: in any of them)' -r
complete -c downtime -n "__fish_downtime_using_subcommand report" -l service -d 'The matching services of the selected hosts, instead of the hosts (repeatable): a name, a glob or ~REGEX' -r
complete -c downtime -n "__fish_downtime_using_subcommand report" -l range -d 'Time reported on, by name: today, yesterday, this-week, last-week, this-month, last-month, this-year, last-year, last-24h, last-7d, last-31d, last-365d [default: last-24h]' -r
complete -c downtime -n "__fish_downtime_using_subcommand report" -l from -d 'Beginning of the time reported on' -r
complete -c downtime -n "__fish_downtime_using_subcommand report" -l until -d 'End of the time reported on [default: now]' -r
complete -c downtime -n "__fish_downtime_using_subcommand report" -l downtimes -d 'How time in downtime counts: honor (a class of its own), exclude (not at all), ignore (as without it)' -r
complete -c downtime -n "__fish_downtime_using_subcommand report" -l downtime-source -d 'Where downtimes come from: both, store, log' -r
complete -c downtime -n "__fish_downtime_using_subcommand report" -l retroactive-downtimes -d 'Downtimes that were entered afterwards: count, ignore' -r
complete -c downtime -n "__fish_downtime_using_subcommand report" -l ignore -d 'Do without these classes (comma list, repeatable): unmonitored, host-down, flapping' -r
complete -c downtime -n "__fish_downtime_using_subcommand report" -l map -d 'Count one class as another (comma list, repeatable), as in warn=ok,unknown=crit' -r
complete -c downtime -n "__fish_downtime_using_subcommand report" -l short-intervals -d 'Melt inner spans up to this long into what is around them' -r
complete -c downtime -n "__fish_downtime_using_subcommand report" -l assume-initial -d 'State of an object before it is first seen: a state, or unmonitored' -r
complete -c downtime -n "__fish_downtime_using_subcommand report" -l core-stopped -d 'Time in which the monitoring core was stopped: keep (the state goes on), unmonitored' -r
complete -c downtime -n "__fish_downtime_using_subcommand report" -l service-period -d 'Service period of all objects [default: each object\'s own]' -r
complete -c downtime -n "__fish_downtime_using_subcommand report" -l service-period-mode -d 'How the service period counts: honor, ignore, exclude' -r
complete -c downtime -n "__fish_downtime_using_subcommand report" -l notification-period -d 'Notification period of all objects [default: each object\'s own]' -r
complete -c downtime -n "__fish_downtime_using_subcommand report" -l notification-period-mode -d 'How the notification period counts: ignore, honor, exclude' -r
complete -c downtime -n "__fish_downtime_using_subcommand report" -l outage-classes -d 'What an outage is made of (comma list, repeatable) [default: crit, unknown, host-down, down, unreach]' -r
complete -c downtime -n "__fish_downtime_using_subcommand report" -s q -l quiet -d 'Say only what was asked for'
complete -c downtime -n "__fish_downtime_using_subcommand report" -s v -l verbose -d 'Say more, such as which store is used'
complete -c downtime -n "__fish_downtime_using_subcommand report" -l no-wait -d 'Do not wait for another command to finish'
complete -c downtime -n "__fish_downtime_using_subcommand report" -l on-host -d 'The hosts of the selected services'
complete -c downtime -n "__fish_downtime_using_subcommand report" -l children -d 'Also the hosts that are reached through a selected one'
complete -c downtime -n "__fish_downtime_using_subcommand report" -l recursive -d 'And theirs, to any depth'
complete -c downtime -n "__fish_downtime_using_subcommand report" -l ok-as-non-downtime -d 'Count OK and UP within a downtime as OK and UP'
complete -c downtime -n "__fish_downtime_using_subcommand report" -l no-merge -d 'Leave touching spans of one class apart'
complete -c downtime -n "__fish_downtime_using_subcommand report" -l hard-only -d 'Pass over SOFT states'
complete -c downtime -n "__fish_downtime_using_subcommand report" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c downtime -n "__fish_downtime_using_subcommand availability" -l store -d 'Directory of the store' -r -F
complete -c downtime -n "__fish_downtime_using_subcommand availability" -l tz -d 'Zone of times typed and shown: an IANA name or ±HH:MM' -r
complete -c downtime -n "__fish_downtime_using_subcommand availability" -l now -d 'Pretend that it is this time; for tests and what-if' -r
complete -c downtime -n "__fish_downtime_using_subcommand availability" -l as -d 'Who acts' -r
complete -c downtime -n "__fish_downtime_using_subcommand availability" -s o -l output -d 'How to print' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'RFC 4180 with a header'"
complete -c downtime -n "__fish_downtime_using_subcommand availability" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c downtime -n "__fish_downtime_using_subcommand availability" -l wait -d 'How long to wait for another command to finish [default: 10s]' -r
complete -c downtime -n "__fish_downtime_using_subcommand availability" -l tag -d 'Only hosts with this tag: KEY=VALUE, KEY=A,B or KEY!=VALUE (repeatable: all must hold)' -r
complete -c downtime -n "__fish_downtime_using_subcommand availability" -l label -d 'Only hosts with this label: KEY=VALUE, KEY=A,B or KEY!=VALUE (repeatable: all must hold)' -r
complete -c downtime -n "__fish_downtime_using_subcommand availability" -l group -d 'Only hosts in this group, and services that are in it themselves (repeatable: in all of them)' -r
complete -c downtime -n "__fish_downtime_using_subcommand availability" -l folder -d 'Only hosts in this folder or below it (repeatable: in any of them)' -r
complete -c downtime -n "__fish_downtime_using_subcommand availability" -l service -d 'The matching services of the selected hosts, instead of the hosts (repeatable): a name, a glob or ~REGEX' -r
complete -c downtime -n "__fish_downtime_using_subcommand availability" -l range -d 'Time reported on, by name: today, yesterday, this-week, last-week, this-month, last-month, this-year, last-year, last-24h, last-7d, last-31d, last-365d [default: last-24h]' -r
complete -c downtime -n "__fish_downtime_using_subcommand availability" -l from -d 'Beginning of the time reported on' -r
complete -c downtime -n "__fish_downtime_using_subcommand availability" -l until -d 'End of the time reported on [default: now]' -r
complete -c downtime -n "__fish_downtime_using_subcommand availability" -l downtimes -d 'How time in downtime counts: honor (a class of its own), exclude (not at all), ignore (as without it)' -r
complete -c downtime -n "__fish_downtime_using_subcommand availability" -l downtime-source -d 'Where downtimes come from: both, store, log' -r
complete -c downtime -n "__fish_downtime_using_subcommand availability" -l retroactive-downtimes -d 'Downtimes that were entered afterwards: count, ignore' -r
complete -c downtime -n "__fish_downtime_using_subcommand availability" -l ignore -d 'Do without these classes (comma list, repeatable): unmonitored, host-down, flapping' -r
complete -c downtime -n "__fish_downtime_using_subcommand availability" -l map -d 'Count one class as another (comma list, repeatable), as in warn=ok,unknown=crit' -r
complete -c downtime -n "__fish_downtime_using_subcommand availability" -l short-intervals -d 'Melt inner spans up to this long into what is around them' -r
complete -c downtime -n "__fish_downtime_using_subcommand availability" -l assume-initial -d 'State of an object before it is first seen: a state, or unmonitored' -r
complete -c downtime -n "__fish_downtime_using_subcommand availability" -l core-stopped -d 'Time in which the monitoring core was stopped: keep (the state goes on), unmonitored' -r
complete -c downtime -n "__fish_downtime_using_subcommand availability" -l service-period -d 'Service period of all objects [default: each object\'s own]' -r
complete -c downtime -n "__fish_downtime_using_subcommand availability" -l service-period-mode -d 'How the service period counts: honor, ignore, exclude' -r
complete -c downtime -n "__fish_downtime_using_subcommand availability" -l notification-period -d 'Notification period of all objects [default: each object\'s own]' -r
complete -c downtime -n "__fish_downtime_using_subcommand availability" -l notification-period-mode -d 'How the notification period counts: ignore, honor, exclude' -r
complete -c downtime -n "__fish_downtime_using_subcommand availability" -l outage-classes -d 'What an outage is made of (comma list, repeatable) [default: crit, unknown, host-down, down, unreach]' -r
complete -c downtime -n "__fish_downtime_using_subcommand availability" -s q -l quiet -d 'Say only what was asked for'
complete -c downtime -n "__fish_downtime_using_subcommand availability" -s v -l verbose -d 'Say more, such as which store is used'
complete -c downtime -n "__fish_downtime_using_subcommand availability" -l no-wait -d 'Do not wait for another command to finish'
complete -c downtime -n "__fish_downtime_using_subcommand availability" -l on-host -d 'The hosts of the selected services'
complete -c downtime -n "__fish_downtime_using_subcommand availability" -l children -d 'Also the hosts that are reached through a selected one'
complete -c downtime -n "__fish_downtime_using_subcommand availability" -l recursive -d 'And theirs, to any depth'
complete -c downtime -n "__fish_downtime_using_subcommand availability" -l ok-as-non-downtime -d 'Count OK and UP within a downtime as OK and UP'
complete -c downtime -n "__fish_downtime_using_subcommand availability" -l no-merge -d 'Leave touching spans of one class apart'
complete -c downtime -n "__fish_downtime_using_subcommand availability" -l hard-only -d 'Pass over SOFT states'
complete -c downtime -n "__fish_downtime_using_subcommand availability" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c downtime -n "__fish_downtime_using_subcommand timeline" -l store -d 'Directory of the store' -r -F
complete -c downtime -n "__fish_downtime_using_subcommand timeline" -l tz -d 'Zone of times typed and shown: an IANA name or ±HH:MM' -r
complete -c downtime -n "__fish_downtime_using_subcommand timeline" -l now -d 'Pretend that it is this time; for tests and what-if' -r
complete -c downtime -n "__fish_downtime_using_subcommand timeline" -l as -d 'Who acts' -r
complete -c downtime -n "__fish_downtime_using_subcommand timeline" -s o -l output -d 'How to print' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'RFC 4180 with a header'"
complete -c downtime -n "__fish_downtime_using_subcommand timeline" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c downtime -n "__fish_downtime_using_subcommand timeline" -l wait -d 'How long to wait for another command to finish [default: 10s]' -r
complete -c downtime -n "__fish_downtime_using_subcommand timeline" -l tag -d 'Only hosts with this tag: KEY=VALUE, KEY=A,B or KEY!=VALUE (repeatable: all must hold)' -r
complete -c downtime -n "__fish_downtime_using_subcommand timeline" -l label -d 'Only hosts with this label: KEY=VALUE, KEY=A,B or KEY!=VALUE (repeatable: all must hold)' -r
complete -c downtime -n "__fish_downtime_using_subcommand timeline" -l group -d 'Only hosts in this group, and services that are in it themselves (repeatable: in all of them)' -r
complete -c downtime -n "__fish_downtime_using_subcommand timeline" -l folder -d 'Only hosts in this folder or below it (repeatable: in any of them)' -r
complete -c downtime -n "__fish_downtime_using_subcommand timeline" -l service -d 'The matching services of the selected hosts, instead of the hosts (repeatable): a name, a glob or ~REGEX' -r
complete -c downtime -n "__fish_downtime_using_subcommand timeline" -l range -d 'Time reported on, by name: today, yesterday, this-week, last-week, this-month, last-month, this-year, last-year, last-24h, last-7d, last-31d, last-365d [default: last-24h]' -r
complete -c downtime -n "__fish_downtime_using_subcommand timeline" -l from -d 'Beginning of the time reported on' -r
complete -c downtime -n "__fish_downtime_using_subcommand timeline" -l until -d 'End of the time reported on [default: now]' -r
complete -c downtime -n "__fish_downtime_using_subcommand timeline" -l downtimes -d 'How time in downtime counts: honor (a class of its own), exclude (not at all), ignore (as without it)' -r
complete -c downtime -n "__fish_downtime_using_subcommand timeline" -l downtime-source -d 'Where downtimes come from: both, store, log' -r
complete -c downtime -n "__fish_downtime_using_subcommand timeline" -l retroactive-downtimes -d 'Downtimes that were entered afterwards: count, ignore' -r
complete -c downtime -n "__fish_downtime_using_subcommand timeline" -l ignore -d 'Do without these classes (comma list, repeatable): unmonitored, host-down, flapping' -r
complete -c downtime -n "__fish_downtime_using_subcommand timeline" -l map -d 'Count one class as another (comma list, repeatable), as in warn=ok,unknown=crit' -r
complete -c downtime -n "__fish_downtime_using_subcommand timeline" -l short-intervals -d 'Melt inner spans up to this long into what is around them' -r
complete -c downtime -n "__fish_downtime_using_subcommand timeline" -l assume-initial -d 'State of an object before it is first seen: a state, or unmonitored' -r
complete -c downtime -n "__fish_downtime_using_subcommand timeline" -l core-stopped -d 'Time in which the monitoring core was stopped: keep (the state goes on), unmonitored' -r
complete -c downtime -n "__fish_downtime_using_subcommand timeline" -l service-period -d 'Service period of all objects [default: each object\'s own]' -r
complete -c downtime -n "__fish_downtime_using_subcommand timeline" -l service-period-mode -d 'How the service period counts: honor, ignore, exclude' -r
complete -c downtime -n "__fish_downtime_using_subcommand timeline" -l notification-period -d 'Notification period of all objects [default: each object\'s own]' -r
complete -c downtime -n "__fish_downtime_using_subcommand timeline" -l notification-period-mode -d 'How the notification period counts: ignore, honor, exclude' -r
complete -c downtime -n "__fish_downtime_using_subcommand timeline" -l outage-classes -d 'What an outage is made of (comma list, repeatable) [default: crit, unknown, host-down, down, unreach]' -r
complete -c downtime -n "__fish_downtime_using_subcommand timeline" -s q -l quiet -d 'Say only what was asked for'
complete -c downtime -n "__fish_downtime_using_subcommand timeline" -s v -l verbose -d 'Say more, such as which store is used'
complete -c downtime -n "__fish_downtime_using_subcommand timeline" -l no-wait -d 'Do not wait for another command to finish'
complete -c downtime -n "__fish_downtime_using_subcommand timeline" -l on-host -d 'The hosts of the selected services'
complete -c downtime -n "__fish_downtime_using_subcommand timeline" -l children -d 'Also the hosts that are reached through a selected one'
complete -c downtime -n "__fish_downtime_using_subcommand timeline" -l recursive -d 'And theirs, to any depth'
complete -c downtime -n "__fish_downtime_using_subcommand timeline" -l ok-as-non-downtime -d 'Count OK and UP within a downtime as OK and UP'
complete -c downtime -n "__fish_downtime_using_subcommand timeline" -l no-merge -d 'Leave touching spans of one class apart'
complete -c downtime -n "__fish_downtime_using_subcommand timeline" -l hard-only -d 'Pass over SOFT states'
complete -c downtime -n "__fish_downtime_using_subcommand timeline" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c downtime -n "__fish_downtime_using_subcommand doctor" -l store -d 'Directory of the store' -r -F
complete -c downtime -n "__fish_downtime_using_subcommand doctor" -l tz -d 'Zone of times typed and shown: an IANA name or ±HH:MM' -r
complete -c downtime -n "__fish_downtime_using_subcommand doctor" -l now -d 'Pretend that it is this time; for tests and what-if' -r
complete -c downtime -n "__fish_downtime_using_subcommand doctor" -l as -d 'Who acts' -r
complete -c downtime -n "__fish_downtime_using_subcommand doctor" -s o -l output -d 'How to print' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'RFC 4180 with a header'"
complete -c downtime -n "__fish_downtime_using_subcommand doctor" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c downtime -n "__fish_downtime_using_subcommand doctor" -l wait -d 'How long to wait for another command to finish [default: 10s]' -r
complete -c downtime -n "__fish_downtime_using_subcommand doctor" -s q -l quiet -d 'Say only what was asked for'
complete -c downtime -n "__fish_downtime_using_subcommand doctor" -s v -l verbose -d 'Say more, such as which store is used'
complete -c downtime -n "__fish_downtime_using_subcommand doctor" -l no-wait -d 'Do not wait for another command to finish'
complete -c downtime -n "__fish_downtime_using_subcommand doctor" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c downtime -n "__fish_downtime_using_subcommand completions" -l store -d 'Directory of the store' -r -F
complete -c downtime -n "__fish_downtime_using_subcommand completions" -l tz -d 'Zone of times typed and shown: an IANA name or ±HH:MM' -r
complete -c downtime -n "__fish_downtime_using_subcommand completions" -l now -d 'Pretend that it is this time; for tests and what-if' -r
complete -c downtime -n "__fish_downtime_using_subcommand completions" -l as -d 'Who acts' -r
complete -c downtime -n "__fish_downtime_using_subcommand completions" -s o -l output -d 'How to print' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'RFC 4180 with a header'"
complete -c downtime -n "__fish_downtime_using_subcommand completions" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c downtime -n "__fish_downtime_using_subcommand completions" -l wait -d 'How long to wait for another command to finish [default: 10s]' -r
complete -c downtime -n "__fish_downtime_using_subcommand completions" -s q -l quiet -d 'Say only what was asked for'
complete -c downtime -n "__fish_downtime_using_subcommand completions" -s v -l verbose -d 'Say more, such as which store is used'
complete -c downtime -n "__fish_downtime_using_subcommand completions" -l no-wait -d 'Do not wait for another command to finish'
complete -c downtime -n "__fish_downtime_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c downtime -n "__fish_downtime_using_subcommand man" -l store -d 'Directory of the store' -r -F
complete -c downtime -n "__fish_downtime_using_subcommand man" -l tz -d 'Zone of times typed and shown: an IANA name or ±HH:MM' -r
complete -c downtime -n "__fish_downtime_using_subcommand man" -l now -d 'Pretend that it is this time; for tests and what-if' -r
complete -c downtime -n "__fish_downtime_using_subcommand man" -l as -d 'Who acts' -r
complete -c downtime -n "__fish_downtime_using_subcommand man" -s o -l output -d 'How to print' -r -f -a "table\t'For people'
json\t'One JSON document'
jsonl\t'One JSON object a line'
csv\t'RFC 4180 with a header'"
complete -c downtime -n "__fish_downtime_using_subcommand man" -l color -d 'When to colour' -r -f -a "auto\t'On a terminal, unless the environment says otherwise'
always\t'Always'
never\t'Never'"
complete -c downtime -n "__fish_downtime_using_subcommand man" -l wait -d 'How long to wait for another command to finish [default: 10s]' -r
complete -c downtime -n "__fish_downtime_using_subcommand man" -s q -l quiet -d 'Say only what was asked for'
complete -c downtime -n "__fish_downtime_using_subcommand man" -s v -l verbose -d 'Say more, such as which store is used'
complete -c downtime -n "__fish_downtime_using_subcommand man" -l no-wait -d 'Do not wait for another command to finish'
complete -c downtime -n "__fish_downtime_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c downtime -n "__fish_downtime_using_subcommand help; and not __fish_seen_subcommand_from init schedule list next show extend edit delete repeat skip unskip undo history check explain calendar import tick inventory rules report timeline doctor completions man help" -f -a "init"
complete -c downtime -n "__fish_downtime_using_subcommand help; and not __fish_seen_subcommand_from init schedule list next show extend edit delete repeat skip unskip undo history check explain calendar import tick inventory rules report timeline doctor completions man help" -f -a "schedule"
complete -c downtime -n "__fish_downtime_using_subcommand help; and not __fish_seen_subcommand_from init schedule list next show extend edit delete repeat skip unskip undo history check explain calendar import tick inventory rules report timeline doctor completions man help" -f -a "list"
complete -c downtime -n "__fish_downtime_using_subcommand help; and not __fish_seen_subcommand_from init schedule list next show extend edit delete repeat skip unskip undo history check explain calendar import tick inventory rules report timeline doctor completions man help" -f -a "next"
complete -c downtime -n "__fish_downtime_using_subcommand help; and not __fish_seen_subcommand_from init schedule list next show extend edit delete repeat skip unskip undo history check explain calendar import tick inventory rules report timeline doctor completions man help" -f -a "show"
complete -c downtime -n "__fish_downtime_using_subcommand help; and not __fish_seen_subcommand_from init schedule list next show extend edit delete repeat skip unskip undo history check explain calendar import tick inventory rules report timeline doctor completions man help" -f -a "extend"
complete -c downtime -n "__fish_downtime_using_subcommand help; and not __fish_seen_subcommand_from init schedule list next show extend edit delete repeat skip unskip undo history check explain calendar import tick inventory rules report timeline doctor completions man help" -f -a "edit"
complete -c downtime -n "__fish_downtime_using_subcommand help; and not __fish_seen_subcommand_from init schedule list next show extend edit delete repeat skip unskip undo history check explain calendar import tick inventory rules report timeline doctor completions man help" -f -a "delete"
complete -c downtime -n "__fish_downtime_using_subcommand help; and not __fish_seen_subcommand_from init schedule list next show extend edit delete repeat skip unskip undo history check explain calendar import tick inventory rules report timeline doctor completions man help" -f -a "repeat"
complete -c downtime -n "__fish_downtime_using_subcommand help; and not __fish_seen_subcommand_from init schedule list next show extend edit delete repeat skip unskip undo history check explain calendar import tick inventory rules report timeline doctor completions man help" -f -a "skip"
complete -c downtime -n "__fish_downtime_using_subcommand help; and not __fish_seen_subcommand_from init schedule list next show extend edit delete repeat skip unskip undo history check explain calendar import tick inventory rules report timeline doctor completions man help" -f -a "unskip"
complete -c downtime -n "__fish_downtime_using_subcommand help; and not __fish_seen_subcommand_from init schedule list next show extend edit delete repeat skip unskip undo history check explain calendar import tick inventory rules report timeline doctor completions man help" -f -a "undo"
complete -c downtime -n "__fish_downtime_using_subcommand help; and not __fish_seen_subcommand_from init schedule list next show extend edit delete repeat skip unskip undo history check explain calendar import tick inventory rules report timeline doctor completions man help" -f -a "history"
complete -c downtime -n "__fish_downtime_using_subcommand help; and not __fish_seen_subcommand_from init schedule list next show extend edit delete repeat skip unskip undo history check explain calendar import tick inventory rules report timeline doctor completions man help" -f -a "check"
complete -c downtime -n "__fish_downtime_using_subcommand help; and not __fish_seen_subcommand_from init schedule list next show extend edit delete repeat skip unskip undo history check explain calendar import tick inventory rules report timeline doctor completions man help" -f -a "explain"
complete -c downtime -n "__fish_downtime_using_subcommand help; and not __fish_seen_subcommand_from init schedule list next show extend edit delete repeat skip unskip undo history check explain calendar import tick inventory rules report timeline doctor completions man help" -f -a "calendar"
complete -c downtime -n "__fish_downtime_using_subcommand help; and not __fish_seen_subcommand_from init schedule list next show extend edit delete repeat skip unskip undo history check explain calendar import tick inventory rules report timeline doctor completions man help" -f -a "import"
complete -c downtime -n "__fish_downtime_using_subcommand help; and not __fish_seen_subcommand_from init schedule list next show extend edit delete repeat skip unskip undo history check explain calendar import tick inventory rules report timeline doctor completions man help" -f -a "tick"
complete -c downtime -n "__fish_downtime_using_subcommand help; and not __fish_seen_subcommand_from init schedule list next show extend edit delete repeat skip unskip undo history check explain calendar import tick inventory rules report timeline doctor completions man help" -f -a "inventory"
complete -c downtime -n "__fish_downtime_using_subcommand help; and not __fish_seen_subcommand_from init schedule list next show extend edit delete repeat skip unskip undo history check explain calendar import tick inventory rules report timeline doctor completions man help" -f -a "rules"
complete -c downtime -n "__fish_downtime_using_subcommand help; and not __fish_seen_subcommand_from init schedule list next show extend edit delete repeat skip unskip undo history check explain calendar import tick inventory rules report timeline doctor completions man help" -f -a "report"
complete -c downtime -n "__fish_downtime_using_subcommand help; and not __fish_seen_subcommand_from init schedule list next show extend edit delete repeat skip unskip undo history check explain calendar import tick inventory rules report timeline doctor completions man help" -f -a "timeline"
complete -c downtime -n "__fish_downtime_using_subcommand help; and not __fish_seen_subcommand_from init schedule list next show extend edit delete repeat skip unskip undo history check explain calendar import tick inventory rules report timeline doctor completions man help" -f -a "doctor"
complete -c downtime -n "__fish_downtime_using_subcommand help; and not __fish_seen_subcommand_from init schedule list next show extend edit delete repeat skip unskip undo history check explain calendar import tick inventory rules report timeline doctor completions man help" -f -a "completions"
complete -c downtime -n "__fish_downtime_using_subcommand help; and not __fish_seen_subcommand_from init schedule list next show extend edit delete repeat skip unskip undo history check explain calendar import tick inventory rules report timeline doctor completions man help" -f -a "man"
complete -c downtime -n "__fish_downtime_using_subcommand help; and not __fish_seen_subcommand_from init schedule list next show extend edit delete repeat skip unskip undo history check explain calendar import tick inventory rules report timeline doctor completions man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
