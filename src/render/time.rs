//! How instants look to people.

use chrono::Timelike;

use crate::clock::Instant;
use crate::when::zone::Zone;

/// `Fri 2026-11-20 17:30 CET`; seconds only where there are any.
pub fn local(zone: Zone, instant: Instant) -> String {
    format!("{} {}", day_and_time(zone, instant), zone.abbreviation(instant))
}

/// `Fri 2026-11-20 17:30`, for a column whose head names the zone.
pub fn day_and_time(zone: Zone, instant: Instant) -> String {
    let at = zone.at(instant);
    at.format(if at.second() == 0 { "%a %Y-%m-%d %H:%M" } else { "%a %Y-%m-%d %H:%M:%S" }).to_string()
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
}
