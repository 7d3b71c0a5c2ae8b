//! What holds for every text and every present.

use proptest::prelude::*;

use super::super::{Expression, Present, Role, TimeOfDay, duration, point, range, zone::Zone};
use crate::clock::Instant;

/// Zones with whole-hour, half-hour, midnight and date-line changes.
const ZONES: [&str; 10] = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "America/Havana",
    "Africa/Cairo",
    "Africa/Casablanca",
    "America/St_Johns",
    "Pacific/Apia",
    "America/Sao_Paulo",
];

/// Pieces of the grammar and things that look like them.
const FRAGMENTS: [&str; 60] = [
    "now",
    "in",
    "+",
    "-",
    "@",
    ":",
    "T",
    "Z",
    ".",
    "/",
    ",",
    " ",
    "  ",
    "\t",
    "22:00",
    "9",
    "24:00",
    "2h",
    "90",
    "m",
    "1h30m",
    "PT2H",
    "P",
    "sat",
    "friday",
    "tues",
    "today",
    "tomorrow",
    "yesterday",
    "eod",
    "eoy",
    "noon",
    "midnight",
    "am",
    "pm",
    "2026-12-24",
    "2026-02-30",
    "0000-00-00",
    "9999-12-31",
    "12026",
    "24.12.2026",
    "3/4/26",
    "2026-W53-7",
    "+01:00",
    "-0500",
    "Europe/Berlin",
    "UTC",
    "CET",
    "next",
    "last",
    "ago",
    "months",
    "99999999999999999999",
    "é",
    "\u{202e}",
    "\0",
    "Ⅷ",
    "٣",
    "h",
    "w",
];

fn any_zone() -> impl Strategy<Value = Zone> {
    prop::sample::select(ZONES.to_vec()).prop_map(|name| Zone::parse(name).unwrap())
}

/// Any second of the years that have clock changes on record, and often one near such a change.
fn any_present() -> impl Strategy<Value = Present> {
    let near = |change: i64| (change - 100_000)..(change + 100_000);
    let seconds = prop_oneof![
        1_000_000_000_i64..2_000_000_000,
        near(1_792_890_000), // Europe, 2026-10-25
        near(1_774_746_000), // Europe, 2026-03-29
        near(1_806_764_400), // Lord Howe, 2027-04-03
        near(1_730_610_000), // Havana, 2024-11-03
        near(1_325_239_200), // Apia, 2011-12-30
        near(1_289_097_060), // St John's, 2010-11-07
        near(1_518_919_200), // São Paulo, 2018-02-18
    ];
    (seconds, any_zone()).prop_map(|(now, zone)| Present { now: Instant(now), zone })
}

fn any_role() -> impl Strategy<Value = Role> {
    let start = || (0_i64..253_370_764_799).prop_map(Instant);
    prop_oneof![
        Just(Role::Start),
        Just(Role::LookingBack),
        Just(Role::EndLookingBack),
        Just(Role::CheckAt),
        start().prop_map(|start| Role::End { start }),
        start().prop_map(|start| Role::Extension { start }),
        start().prop_map(|start| Role::LateExtension { start }),
    ]
}

fn read_everything(text: &str, role: Role, present: &Present) {
    for outcome in [point(text, role, present).map(drop), duration::parse(text).map(drop)] {
        if let Err(failure) = outcome {
            assert!(!failure.hints.is_empty() && !failure.message().contains(char::is_control), "{text:?}: {failure}");
        }
    }
    let _ = (duration::parse_signed(text), TimeOfDay::parse(text), range::named(text, present));
}

proptest! {
    #[test]
    fn no_text_panics(text in any::<String>(), role in any_role(), present in any_present()) {
        read_everything(&text, role, &present);
    }

    #[test]
    fn no_pile_of_fragments_panics(
        parts in prop::collection::vec(prop::sample::select(FRAGMENTS.to_vec()), 1..7),
        glue in prop::sample::select(vec!["", " "]),
        role in any_role(),
        present in any_present(),
    ) {
        read_everything(&parts.join(glue), role, &present);
    }

    #[test]
    fn a_suggested_text_is_one_that_is_read(
        parts in prop::collection::vec(prop::sample::select(FRAGMENTS.to_vec()), 1..4),
        glue in prop::sample::select(vec!["", " "]),
    ) {
        if let Err(failure) = Expression::parse(&parts.join(glue)) {
            for text in failure.hints[0].strip_prefix("write `").iter().flat_map(|hint| hint.trim_end_matches('`').split("` or `")) {
                prop_assert!(Expression::parse(text).is_ok(), "{failure}: {text}");
            }
        }
    }

    #[test]
    fn case_and_blanks_do_not_matter(parts in prop::collection::vec(prop::sample::select(FRAGMENTS.to_vec()), 1..4)) {
        let (plain, wide) = (parts.join(" "), format!("  {}\t", parts.join(" \t ")));
        prop_assert_eq!(Expression::parse(&plain).ok(), Expression::parse(&wide.to_ascii_uppercase()).ok());
    }

    #[test]
    fn durations_are_read_back_as_they_are_shown(seconds in 1..=duration::LONGEST) {
        prop_assert_eq!(duration::parse(&duration::format(seconds)).unwrap(), seconds);
        prop_assert_eq!(duration::parse_signed(&duration::format(-seconds)).unwrap(), -seconds);
    }

    /// Minute by minute: the definition that the search has to agree with.
    #[test]
    fn the_next_and_the_last_time_of_day_are_the_nearest(present in any_present(), minute in 0_u32..1440) {
        let time = chrono::NaiveTime::from_num_seconds_from_midnight_opt(minute * 60, 0).unwrap();
        let text = time.format("%H:%M").to_string();
        let next = point(&text, Role::Start, &present).unwrap().instant;
        let last = point(&text, Role::LookingBack, &present).unwrap().instant;
        prop_assert!(last <= present.now && present.now < next);
        let first_minute = last.0.div_euclid(60) + 1;
        for between in (first_minute..).map(|minute| Instant(minute * 60)).take_while(|&between| between < next) {
            prop_assert!(present.zone.civil(between).time() != time, "the clock reads {text} at {between}");
        }
        for found in [last, next] {
            let local = present.zone.civil(found);
            let meant = [local.date(), local.date().pred_opt().unwrap()].map(|date| present.zone.place(date.and_time(time)));
            prop_assert!(local.time() == time || meant.iter().any(|placed| placed.instant == found), "{found}");
        }
    }
}
