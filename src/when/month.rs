//! Which month is meant: `2026-12`, or `+1` for the next and `-1` for the last.

use chrono::{Datelike, Months, NaiveDate};

use super::Present;
use super::refusal::Refusal;
use crate::failure::Outcome;

/// The years in which people can name a month.
const YEARS: std::ops::RangeInclusive<i32> = 1970..=9998;

/// The first day of a month, and its last.
///
/// # Errors
/// [`Kind::Time`](crate::failure::Kind::Time) for everything else, with what may be meant.
pub fn parse(text: &str, present: &Present) -> Outcome<(NaiveDate, NaiveDate)> {
    let today = present.zone.date(present.now);
    let this_month = today.with_day(1).unwrap_or(today);
    let trimmed = text.trim_ascii();
    let first = match trimmed.strip_prefix('+').or(trimmed.strip_prefix('-')) {
        Some(count) => digits(count).and_then(|count| shifted(this_month, count, trimmed.starts_with('-'))),
        None => written(trimmed),
    };
    let first = first.filter(|first| is_in_reach(*first));
    let month = first.and_then(|first| Some((first, shifted(first, 1, false)?.pred_opt()?)));
    month.ok_or_else(|| refusal(trimmed, this_month).failure(text, "month"))
}

/// The month that holds a day: its first day and its last.
pub fn of(date: NaiveDate) -> (NaiveDate, NaiveDate) {
    let first = date.with_day(1).unwrap_or(date);
    (first, shifted(first, 1, false).and_then(|next| next.pred_opt()).unwrap_or(date))
}

fn digits(text: &str) -> Option<u32> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

fn shifted(first: NaiveDate, months: u32, back: bool) -> Option<NaiveDate> {
    let months = Months::new(months);
    if back { first.checked_sub_months(months) } else { first.checked_add_months(months) }
}

/// `2026-12`
fn written(text: &str) -> Option<NaiveDate> {
    let (year, month) = text.split_once('-').filter(|(year, month)| year.len() == 4 && month.len() == 2)?;
    NaiveDate::from_ymd_opt(i32::try_from(digits(year)?).ok()?, digits(month)?, 1).filter(|first| is_in_reach(*first))
}

fn is_in_reach(date: NaiveDate) -> bool {
    YEARS.contains(&date.year())
}

/// Why a text is refused, and what may be meant by it.
fn refusal(text: &str, this_month: NaiveDate) -> Refusal {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let refusal = Refusal::new("months are written as in 2026-12, +1 or -1");
    let lower = text.to_ascii_lowercase();
    let named = NAMES.iter().position(|name| lower.len() >= 3 && name.starts_with(lower.as_str()));
    let number = named.map(|place| place + 1).or_else(|| lower.parse().ok()).filter(|number| (1..=12).contains(number));
    if let Some(number) = number {
        // The next month of that name, the present one included.
        let year = this_month.year() + i32::from(number < this_month.month() as usize);
        return refusal.instead(format!("{year}-{number:02}"));
    }
    match lower.split([' ', '-']).next() {
        Some("next") => refusal.instead("+1"),
        Some("last" | "previous") => refusal.instead("-1"),
        _ => match text.get(..7).filter(|month| written(month).is_some()) {
            Some(month) => refusal.instead(month),
            None => refusal,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Instant;
    use crate::when::zone::Zone;

    fn month(text: &str) -> String {
        // Fri 2026-11-20 15:30 in Berlin
        let present = Present { now: Instant(1_795_185_000), zone: Zone::parse("Europe/Berlin").unwrap() };
        match parse(text, &present) {
            Ok((first, last)) => format!("{first} {last}"),
            Err(failure) => failure.hints.join("; "),
        }
    }

    #[test]
    fn a_month_is_written_or_counted_from_the_present_one() {
        assert_eq!(month("2026-12"), "2026-12-01 2026-12-31");
        assert_eq!(month(" 2028-02 "), "2028-02-01 2028-02-29");
        assert_eq!(month("+1"), "2026-12-01 2026-12-31");
        assert_eq!(month("+3"), "2027-02-01 2027-02-28");
        assert_eq!(month("-11"), "2025-12-01 2025-12-31");
        assert_eq!(month("+0"), "2026-11-01 2026-11-30");
        assert_eq!(month("9998-12"), "9998-12-01 9998-12-31");
    }

    #[test]
    fn what_may_be_meant_is_told() {
        assert_eq!(month("dec"), "write `2026-12`");
        assert_eq!(month("November"), "write `2026-11`");
        assert_eq!(month("3"), "write `2027-03`");
        assert_eq!(month("2026-12-24"), "write `2026-12`");
        assert_eq!(month("next month"), "write `+1`");
        assert_eq!(month("last-month"), "write `-1`");
        for text in
            ["", "+", "-", "2026-13", "2026-00", "26-12", "9999-01", "1969-12", "+99999999999", "+-1", "ü026-12", "me"]
        {
            assert_eq!(month(text), "", "{text}");
        }
    }
}
