//! How instants look to people.

use chrono::Timelike;

use crate::clock::Instant;
use crate::when::zone::{Reading, Zone};

/// `Fri 2026-11-20 17:30 CET`; seconds only where there are any.
pub fn local(zone: Zone, instant: Instant) -> String {
    format!("{} {}", read(zone, instant), zone.abbreviation(instant))
}

/// `Fri 2026-11-20 17:30`, for a column whose head names the zone; with `CET` where the clock reads so twice.
pub fn day_and_time(zone: Zone, instant: Instant) -> String {
    match zone.place(zone.civil(instant)).reading {
        Reading::Twice => local(zone, instant),
        Reading::Once | Reading::Never => read(zone, instant),
    }
}

/// What calendar and clock read.
fn read(zone: Zone, instant: Instant) -> String {
    let at = zone.at(instant);
    at.format(if at.second() == 0 { "%a %Y-%m-%d %H:%M" } else { "%a %Y-%m-%d %H:%M:%S" }).to_string()
}

/// The head of a column of these instants: `start (CET)` if that is in force at all of them, else `start (Europe/Berlin)`;
/// `start` alone for none.
pub fn head(word: &str, zone: Zone, instants: impl IntoIterator<Item = Instant>) -> String {
    let mut abbreviations: Vec<String> = instants.into_iter().map(|instant| zone.abbreviation(instant)).collect();
    abbreviations.sort_unstable();
    abbreviations.dedup();
    match abbreviations.as_slice() {
        [] => word.to_owned(),
        [one] => format!("{word} ({one})"),
        _ => format!("{word} ({zone})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_show_only_where_there_are_any() {
        let berlin = Zone::parse("Europe/Berlin").unwrap();
        assert_eq!(local(berlin, Instant(1_795_185_000)), "Fri 2026-11-20 15:30 CET");
        assert_eq!(local(berlin, Instant(1_795_185_005)), "Fri 2026-11-20 15:30:05 CET");
        assert_eq!(local(Zone::parse("+05:45").unwrap(), Instant(0)), "Thu 1970-01-01 05:45 +05:45");
    }

    #[test]
    fn a_reading_that_comes_twice_says_which_it_is() {
        let berlin = Zone::parse("Europe/Berlin").unwrap();
        assert_eq!(day_and_time(berlin, Instant(1_792_888_200)), "Sun 2026-10-25 02:30 CEST");
        assert_eq!(day_and_time(berlin, Instant(1_792_891_800)), "Sun 2026-10-25 02:30 CET");
        assert_eq!(day_and_time(berlin, Instant(1_792_893_600)), "Sun 2026-10-25 03:00");
    }

    #[test]
    fn a_head_names_the_offset_in_force_only_if_it_is_all_down_the_column() {
        let (berlin, winter, summer) =
            (Zone::parse("Europe/Berlin").unwrap(), Instant(1_795_185_000), Instant(1_780_000_000));
        assert_eq!(head("end", berlin, [winter, winter]), "end (CET)");
        assert_eq!(head("end", berlin, [summer]), "end (CEST)");
        assert_eq!(head("end", berlin, [winter, summer]), "end (Europe/Berlin)");
        assert_eq!(head("end", berlin, []), "end");
    }
}
