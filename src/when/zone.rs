//! Time zones, and the one function that turns civil time into an instant ([`Zone::place`]).

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, Offset, SecondsFormat, TimeDelta, TimeZone};
use chrono_tz::Tz;

use super::refusal::quoted;
use crate::clock::Instant;
use crate::failure::{Failure, Kind, Outcome};

/// A named zone of the IANA database, or a fixed offset that follows no daylight saving.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zone {
    /// An IANA zone.
    Named(Tz),
    /// `±HH:MM`.
    Fixed(FixedOffset),
}

/// Where a civil time landed, by RFC 5545 §3.3.5.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// The instant that it means.
    pub instant: Instant,
    /// Whether the clock reads that time exactly once that day.
    pub reading: Reading,
}

/// How often the clock reads a civil time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// Once.
    Once,
    /// Twice; the first is meant.
    Twice,
    /// Never: swallowed by a gap; read with the offset before it.
    Never,
}

/// Abbreviations in use, some of them names in the IANA database too; refused, since they do not say which rules are
/// meant (`IST` has three places, `CST` two continents).
const ABBREVIATIONS: [&str; 41] = [
    "ACDT", "ACST", "AEDT", "AEST", "AKDT", "AKST", "AST", "AWST", "BRT", "BST", "CAT", "CDT", "CEST", "CET", "CST",
    "EAT", "EDT", "EEST", "EET", "EST", "HKT", "HST", "IST", "JST", "KST", "MDT", "MEST", "MET", "MSK", "MST", "NDT",
    "NST", "NZDT", "NZST", "PDT", "PKT", "PST", "SAST", "SGT", "WEST", "WET",
];

/// No gap or offset of any zone is longer than this on either side of UTC.
const WIDEST: TimeDelta = TimeDelta::hours(30);

impl Zone {
    /// UTC.
    pub const UTC: Self = Self::Named(Tz::UTC);

    /// An IANA name, case-insensitive, or `±HH:MM`; abbreviations but UTC and GMT are refused.
    pub fn parse(text: &str) -> Outcome<Self> {
        let text = text.trim();
        Self::find(text).ok_or_else(|| {
            if text.starts_with(['+', '-']) {
                return Failure::new(Kind::Zone, format!("{} is not a UTC offset", quoted(text)))
                    .hint("write it as +HH:MM, as in +01:00");
            }
            if let Some(abbreviation) = abbreviation(text) {
                let why = "is an abbreviation and does not say which rules are meant";
                return Failure::new(Kind::Zone, format!("`{abbreviation}` {why}"))
                    .hint("name a place, as in Europe/Berlin or America/New_York, or an offset, as in +01:00");
            }
            let failure = Failure::new(Kind::Zone, format!("there is no time zone {}", quoted(text)));
            match nearest_name(text) {
                Some(name) => failure.hint(format!("did you mean {name}?")),
                None => failure.hint("name a place, as in Europe/Berlin, or an offset, as in +01:00"),
            }
        })
    }

    /// What [`Zone::parse`] accepts, without a word on what it refuses.
    pub(super) fn find(text: &str) -> Option<Self> {
        if text.eq_ignore_ascii_case("z") {
            return Some(Self::UTC);
        }
        if text.starts_with(['+', '-']) {
            return parse_offset(text).map(Self::Fixed);
        }
        match abbreviation(text) {
            Some(_) => None,
            None => Tz::from_str_insensitive(text).ok().map(Self::Named),
        }
    }

    /// The name that [`Zone::parse`] reads back.
    pub fn name(self) -> String {
        self.to_string()
    }

    /// The offset in force at an instant.
    pub fn offset_at(self, instant: Instant) -> FixedOffset {
        match self {
            Self::Named(zone) => zone.offset_from_utc_datetime(&tabled(instant.utc().naive_utc()).0).fix(),
            Self::Fixed(offset) => offset,
        }
    }

    /// The instant as a date-time with the offset in force.
    pub fn at(self, instant: Instant) -> DateTime<FixedOffset> {
        instant.utc().with_timezone(&self.offset_at(instant))
    }

    /// What the clock on the wall reads at an instant.
    pub fn civil(self, instant: Instant) -> NaiveDateTime {
        self.at(instant).naive_local()
    }

    /// What the calendar on the wall reads at an instant.
    pub fn date(self, instant: Instant) -> NaiveDate {
        self.civil(instant).date()
    }

    /// The abbreviation in force at an instant, such as `CET`; an offset for zones that have none.
    pub fn abbreviation(self, instant: Instant) -> String {
        match self {
            Self::Named(zone) => zone.from_utc_datetime(&tabled(instant.utc().naive_utc()).0).format("%Z").to_string(),
            Self::Fixed(offset) => offset.to_string(),
        }
    }

    /// The instant that a civil time means (RFC 5545 §3.3.5): in a gap the offset before it, in a fold the first.
    pub fn place(self, civil: NaiveDateTime) -> Placed {
        let zone = match self {
            Self::Fixed(offset) => return Placed { instant: with_offset(civil, offset), reading: Reading::Once },
            Self::Named(zone) => zone,
        };
        let (civil, later) = tabled(civil);
        let (instant, reading) = match zone.offset_from_local_datetime(&civil) {
            chrono::LocalResult::Single(offset) => (with_offset(civil, offset.fix()), Reading::Once),
            chrono::LocalResult::Ambiguous(one, other) => {
                (with_offset(civil, one.fix()).min(with_offset(civil, other.fix())), Reading::Twice)
            }
            chrono::LocalResult::None => (with_offset(civil, self.offset_before_gap(civil)), Reading::Never),
        };
        Placed { instant: instant + later, reading }
    }

    /// The offset in force up to the gap that swallows `civil`, found as the last instant whose clock still reads less.
    fn offset_before_gap(self, civil: NaiveDateTime) -> FixedOffset {
        let centre = civil.and_utc().timestamp();
        let (mut reads_less, mut reads_more) = (centre - WIDEST.num_seconds(), centre + WIDEST.num_seconds());
        while reads_more - reads_less > 1 {
            let middle = reads_less.midpoint(reads_more);
            if self.civil(Instant(middle)) < civil {
                reads_less = middle;
            } else {
                reads_more = middle;
            }
        }
        self.offset_at(Instant(reads_less))
    }

    /// The second instant at which the clock reads a civil time, where it is turned back over it.
    pub(super) fn second_pass(self, civil: NaiveDateTime) -> Option<Instant> {
        let Self::Named(zone) = self else { return None };
        let (civil, later) = tabled(civil);
        match zone.offset_from_local_datetime(&civil) {
            chrono::LocalResult::Ambiguous(one, other) => {
                Some(with_offset(civil, one.fix()).max(with_offset(civil, other.fix())) + later)
            }
            _ => None,
        }
    }

    /// RFC 3339 with this zone's offset and whole seconds; UTC as `Z` only for the zone UTC itself.
    pub fn rfc3339(self, instant: Instant) -> String {
        self.at(instant).to_rfc3339_opts(SecondsFormat::Secs, self == Self::UTC)
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Named(zone) => f.write_str(zone.name()),
            Self::Fixed(offset) => write!(f, "{offset}"),
        }
    }
}

impl FromStr for Zone {
    type Err = Failure;
    fn from_str(text: &str) -> Outcome<Self> {
        Self::parse(text)
    }
}

impl serde::Serialize for Zone {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Zone {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

/// The instant at which a clock with that offset reads `civil`.
fn with_offset(civil: NaiveDateTime, offset: FixedOffset) -> Instant {
    Instant(civil.and_utc().timestamp()) - i64::from(offset.local_minus_utc())
}

/// The same time in a year that chrono-tz's tables reach, and by how many seconds it is earlier there.
///
/// The tables end with 2099. From then on the rules in force go on (RFC 9636 §3.3), and they depend on nothing but the
/// weekday of 1 January and on leap years, of which the last 28 years have every kind (ECMA-262's equivalent years).
fn tabled(time: NaiveDateTime) -> (NaiveDateTime, i64) {
    const LAST: i32 = 2099;
    if time.year() <= LAST {
        return (time, 0);
    }
    let first_day = |year: i32| NaiveDate::from_ymd_opt(year, 1, 1);
    let kind = |date: NaiveDate| (date.weekday(), date.leap_year());
    let wanted = first_day(time.year());
    let alike = (LAST - 27..=LAST).filter_map(first_day).find(|&date| Some(kind(date)) == wanted.map(kind));
    let Some((wanted, alike)) = wanted.zip(alike) else { return (time, 0) };
    let later = wanted - alike;
    (time - later, later.num_seconds())
}

/// `±HH:MM` or `±HHMM`, at most ±18:00 (ISO 8601 and Java agree on that bound).
pub(crate) fn parse_offset(text: &str) -> Option<FixedOffset> {
    let (sign, digits) = match text.as_bytes().first()? {
        b'+' => (1, &text[1..]),
        b'-' => (-1, &text[1..]),
        _ => return None,
    };
    let (hours, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None if digits.len() == 4 && digits.is_ascii() => digits.split_at(2),
        None => return None,
    };
    if hours.len() != 2
        || minutes.len() != 2
        || !(hours.bytes().chain(minutes.bytes())).all(|byte| byte.is_ascii_digit())
    {
        return None;
    }
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    let seconds = hours * 3600 + minutes * 60;
    (minutes < 60 && seconds <= 18 * 3600).then(|| FixedOffset::east_opt(sign * seconds)).flatten()
}

/// The abbreviation that `text` is, if it is one that is refused.
pub(super) fn abbreviation(text: &str) -> Option<&'static str> {
    ABBREVIATIONS.iter().find(|name| name.eq_ignore_ascii_case(text)).copied()
}

/// The IANA name that looks most like `text`, whole or by its city alone.
fn nearest_name(text: &str) -> Option<&'static str> {
    let wanted = text.to_ascii_lowercase().replace(' ', "_");
    let likeness = |name: &str| {
        let name = name.to_ascii_lowercase();
        let city = name.rsplit('/').next().unwrap_or(&name).to_owned();
        strsim::jaro_winkler(&wanted, &name).max(strsim::jaro_winkler(&wanted, &city))
    };
    chrono_tz::TZ_VARIANTS
        .iter()
        .filter(|zone| abbreviation(zone.name()).is_none())
        .map(|zone| (likeness(zone.name()), zone.name()))
        .filter(|(score, _)| *score > 0.85)
        .max_by(|left, right| left.0.total_cmp(&right.0))
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(zone: &str, civil: &str) -> (String, Reading) {
        let zone = Zone::parse(zone).unwrap();
        let placed = zone.place(NaiveDateTime::parse_from_str(civil, "%Y-%m-%d %H:%M").unwrap());
        (placed.instant.to_string(), placed.reading)
    }

    /// RFC 5545 §3.3.5: "interpreted using the UTC offset before the gap"; "the first occurrence".
    #[test]
    fn gaps_take_the_offset_before_and_folds_the_first_reading() {
        assert_eq!(place("America/New_York", "2007-03-11 02:30"), ("2007-03-11T07:30:00Z".into(), Reading::Never));
        assert_eq!(place("America/New_York", "2007-11-04 01:30"), ("2007-11-04T05:30:00Z".into(), Reading::Twice));
        assert_eq!(place("Europe/Dublin", "2026-03-29 01:30"), ("2026-03-29T01:30:00Z".into(), Reading::Never));
        assert_eq!(place("Australia/Lord_Howe", "2027-10-03 02:15"), ("2027-10-02T15:45:00Z".into(), Reading::Never));
        assert_eq!(place("+05:45", "2026-03-29 01:30"), ("2026-03-28T19:45:00Z".into(), Reading::Once));
    }

    /// The rules of 2099 go on, and what is placed is read back.
    #[test]
    fn summer_time_goes_on_after_the_tables() {
        assert_eq!(place("Europe/Berlin", "2150-07-01 12:00"), ("2150-07-01T10:00:00Z".into(), Reading::Once));
        assert_eq!(place("Europe/Berlin", "2150-01-01 00:30"), ("2149-12-31T23:30:00Z".into(), Reading::Once));
        assert_eq!(place("Europe/Berlin", "2100-03-28 02:30"), ("2100-03-28T01:30:00Z".into(), Reading::Never));
        assert_eq!(place("Europe/Berlin", "2100-10-31 02:30"), ("2100-10-31T00:30:00Z".into(), Reading::Twice));
        assert_eq!(place("Pacific/Auckland", "9998-12-31 23:59"), ("9998-12-31T10:59:00Z".into(), Reading::Once));
        assert_eq!(place("Asia/Tokyo", "9998-02-28 09:00"), ("9998-02-28T00:00:00Z".into(), Reading::Once));
        for zone in ["Europe/Berlin", "America/New_York", "Pacific/Auckland", "Australia/Lord_Howe"].map(Zone::parse) {
            let (zone, noon) =
                (zone.unwrap(), NaiveDate::from_ymd_opt(2099, 12, 1).unwrap().and_hms_opt(12, 0, 0).unwrap());
            for civil in (0..4000).map(|days| noon + TimeDelta::days(days)) {
                assert_eq!(zone.civil(zone.place(civil).instant), civil, "{zone}");
            }
        }
    }

    /// Samoa crossed the date line: 30 December 2011 did not happen there.
    #[test]
    fn a_gap_may_swallow_a_whole_day() {
        assert_eq!(place("Pacific/Apia", "2011-12-30 12:00"), ("2011-12-30T22:00:00Z".into(), Reading::Never));
        assert_eq!(place("Pacific/Apia", "2011-12-30 00:00"), ("2011-12-30T10:00:00Z".into(), Reading::Never));
    }

    #[test]
    fn names_are_case_insensitive_and_abbreviations_refused() {
        assert_eq!(Zone::parse("europe/berlin").unwrap().name(), "Europe/Berlin");
        assert_eq!(Zone::parse("utc").unwrap().name(), "UTC");
        assert_eq!(Zone::parse("gmt").unwrap().name(), "GMT");
        assert_eq!(Zone::parse("+0545").unwrap().name(), "+05:45");
        for refused in ["CET", "est", "PST", "CEST", "+25:00", "+1", "", "Mars/Olympus"] {
            assert_eq!(Zone::parse(refused).unwrap_err().kind, Kind::Zone, "{refused}");
        }
        assert_eq!(Zone::parse("Europe/Berlni").unwrap_err().hints, ["did you mean Europe/Berlin?"]);
    }
}
