//! What an unreadable time was probably meant to be.
//!
//! A suggested text is one that the grammar reads: each repair is tried before it is told.

use chrono::{NaiveDate, Weekday};

use super::duration;
use super::expression::{ENDS, RELATIVE_DAYS, Stuck, WEEKDAYS, read};
use super::refusal::{Refusal, quoted};
use super::zone::{Zone, abbreviation};

const FORMS: &str = "times are written as in 22:00, sat 22:00, tomorrow, +2h or 2026-12-24T22:00";

/// A reason why one word of a text is refused, and words that might stand for it (an empty one: leave it out).
type Repair = (&'static str, Vec<String>);

/// Why a text cannot be read as a time.
pub(super) fn explain(text: &str, stuck: Stuck) -> Refusal {
    let understood = match stuck {
        Stuck::Refused(refusal) => return refusal,
        Stuck::At(understood) => understood,
    };
    if text.trim_ascii().is_empty() {
        return Refusal::new("there is nothing to read").advice(FORMS);
    }
    length(text)
        .or_else(|| repaired(text))
        .or_else(|| zone(text, understood))
        .unwrap_or_else(|| not_understood(text, understood))
}

/// A duration where a time is wanted.
fn length(text: &str) -> Option<Refusal> {
    let text = text.trim_ascii();
    let lower = text.to_ascii_lowercase();
    for (suffix, sign) in [("ago", '-'), ("from now", '+'), ("later", '+')] {
        if let Some(length) = lower.strip_suffix(suffix).map(str::trim_ascii).filter(|it| duration::read(it).is_ok()) {
            return Some(Refusal::new("a distance from now takes a sign").instead(format!("{sign}{length}")));
        }
    }
    match duration::read(text) {
        Ok(_) => Some(
            Refusal::new("it is a length of time")
                .advice(format!("for a length give --for {text}; for a point in time write +{text}")),
        ),
        Err(refusal) if duration::names_months(text) => Some(refusal),
        Err(_) => None,
    }
}

/// The text with the first word replaced that has a repair.
fn repaired(text: &str) -> Option<Refusal> {
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    for (place, word) in words.iter().enumerate() {
        let Some((why, replacements)) = repair(word) else { continue };
        let texts = replacements.iter().map(|replacement| {
            let mut words = words.clone();
            words[place] = replacement;
            words.retain(|word| !word.is_empty());
            words.join(" ")
        });
        let readable: Vec<String> = texts.filter(|text| read(text).is_ok()).collect();
        let refusal = Refusal::new(format!("{} {why}", quoted(word)));
        if !readable.is_empty() {
            return Some(readable.into_iter().fold(refusal, Refusal::instead));
        }
        if replacements.is_empty() {
            return Some(refusal.advice("dates are written year, month, day, as in 2026-12-24"));
        }
        if replacements.iter().all(String::is_empty) && place == 0 {
            return Some(refusal.advice("name the day, as in fri or 2026-12-24"));
        }
    }
    None
}

fn repair(word: &str) -> Option<Repair> {
    let lower = word.to_ascii_lowercase();
    match lower.as_str() {
        "next" | "last" | "this" | "coming" => {
            return Some((
                "means different days to different people; a weekday alone is the nearest one",
                vec![String::new()],
            ));
        }
        "at" | "on" | "by" | "from" | "until" | "till" | "the" | "of" | "uhr" | "hrs" => {
            return Some(("is not needed", vec![String::new()]));
        }
        _ => {}
    }
    let numeric = lower.starts_with(|first: char| first.is_ascii_digit());
    if numeric { date(&lower).or_else(|| clock(&lower)) } else { keyword(&lower) }
}

/// Dates in any other notation than year, month, day with dashes.
fn date(word: &str) -> Option<Repair> {
    let iso = |year: &str, month: &str, day: &str| {
        let century = if year.len() == 2 { 2000 } else { 0 };
        let date =
            NaiveDate::from_ymd_opt(century + year.parse::<i32>().ok()?, month.parse().ok()?, day.parse().ok()?)?;
        Some(date.to_string())
    };
    let parts: Vec<&str> = word.trim_end_matches('.').split(['/', '.', '-']).collect();
    let (why, dates) = match (word.as_bytes().get(parts[0].len())?, parts.as_slice()) {
        (b'-', [year, week, day]) if week.starts_with('w') => {
            const DAYS: [Weekday; 7] =
                [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
            let weekday = DAYS.get(day.parse::<usize>().ok()?.checked_sub(1)?)?;
            let date = NaiveDate::from_isoywd_opt(year.parse().ok()?, week[1..].parse().ok()?, *weekday)?;
            ("is a week date, which is not read", vec![Some(date.to_string())])
        }
        (b'-', [year, day]) if day.len() == 3 => {
            let date = NaiveDate::from_yo_opt(year.parse().ok()?, day.parse().ok()?)?;
            ("is an ordinal date, which is not read", vec![Some(date.to_string())])
        }
        (b'/', [year, month, day]) if year.len() == 4 => ("takes dashes", vec![iso(year, month, day)]),
        (b'/', [one, other, year]) => {
            let day_first = iso(year, other, one);
            let month_first = iso(year, one, other).filter(|date| day_first.as_ref() != Some(date));
            ("may be read with the day or the month first", vec![day_first, month_first])
        }
        (b'-' | b'.', [year, month, day]) if year.len() == 4 => {
            ("is written with two digits for month and day, and dashes", vec![iso(year, month, day)])
        }
        (b'.', [day, month, year]) => ("is not written year first", vec![iso(year, month, day)]),
        (b'-', [one, other, year]) if year.len() == 4 => ("is not written year first", vec![iso(year, other, one)]),
        (b'-', [year, month, day]) => ("needs all four digits of the year", vec![iso(year, month, day)]),
        _ => return None,
    };
    let dates: Vec<String> = dates.into_iter().flatten().collect();
    (!dates.is_empty()).then_some((why, dates))
}

/// Times of day without their colon, other bare numbers, and fractions of seconds.
fn clock(word: &str) -> Option<Repair> {
    if word.bytes().all(|byte| byte.is_ascii_digit()) {
        let minutes = format!("+{word}m");
        let texts = match word.len() {
            8 => vec![format!("{}-{}-{}", &word[..4], &word[4..6], &word[6..])],
            9.. => vec![format!("@{word}")],
            3 | 4 => {
                let (hour, minute) = word.split_at(word.len() - 2);
                let clock = format!("{hour}:{minute}");
                vec![if read(&clock).is_ok() { clock } else { minutes }]
            }
            _ => vec![format!("{word}:00"), minutes],
        };
        return Some(("is a bare number", texts));
    }
    if let Some((whole, fraction)) = word.split_once(['.', ','])
        && whole.contains(':')
    {
        let after = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
        return Some(("has a fraction of a second", vec![format!("{whole}{after}")]));
    }
    let (hour, minute) = word.split_once(['.', 'h'])?;
    let minute = if minute.is_empty() { "00" } else { minute };
    Some(("is not written with a colon", vec![format!("{hour}:{minute}")]))
}

/// Words that look like one of ours.
fn keyword(word: &str) -> Option<Repair> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    if abbreviation(word).is_some() || Zone::find(word).is_some() {
        return None;
    }
    if let Some((name, _)) = WEEKDAYS.iter().find(|(name, _)| word.len() < 6 && word.starts_with(&name[..3])) {
        return Some(("is not how that day is abbreviated", vec![name[..3].to_owned()]));
    }
    if word.len() >= 3 && MONTHS.iter().any(|month| word.starts_with(month)) {
        return Some(("looks like the name of a month", Vec::new()));
    }
    let known = WEEKDAYS.iter().flat_map(|(name, _)| [&name[..3], name]);
    let known = known.chain(RELATIVE_DAYS.iter().map(|(name, _)| *name)).chain(ENDS.iter().map(|(name, _)| *name));
    let known: Vec<&str> = known.chain(["now", "noon", "midnight"]).collect();
    let distances = known.iter().map(|name| (strsim::osa_distance(word, name), *name));
    let nearest = distances.clone().map(|(distance, _)| distance).min()?;
    let bound = if word.len() < 5 { 1 } else { 2 };
    let names = distances.filter(|(distance, _)| *distance == nearest).map(|(_, name)| name.to_owned());
    (nearest <= bound).then(|| ("is not a word of the time grammar", names.collect()))
}

/// What follows a civil time and is no zone.
fn zone(text: &str, understood: usize) -> Option<Refusal> {
    let (before, rest) = (text[..understood].trim_ascii(), text[understood..].trim_ascii());
    let named = rest.len() > 1 && rest.starts_with(|first: char| first.is_ascii_alphabetic());
    if !named || begins_with_a_time(rest) {
        return None;
    }
    match Zone::parse(rest) {
        Ok(_) => {
            Some(Refusal::new("it names a zone and no time").advice(format!("write it after a time: 22:00 {rest}")))
        }
        Err(_) if before.is_empty() => None,
        Err(failure) => {
            let refusal = Refusal::new(format!("{} is understood, but {}", quoted(before), failure.message()));
            Some(failure.hints.into_iter().fold(refusal, Refusal::advice))
        }
    }
}

fn not_understood(text: &str, understood: usize) -> Refusal {
    let (before, rest) = (text[..understood].trim_ascii(), text[understood..].trim_ascii());
    if before.is_empty() {
        return Refusal::new("it is none of the forms that are read").advice(FORMS);
    }
    let verdict = if begins_with_a_time(rest) { "does not fit after it" } else { "is not" };
    let refusal = Refusal::new(format!("{} is understood, {} {verdict}", quoted(before), quoted(rest)));
    match (read(before).is_ok(), read(rest).is_ok() && !rest.starts_with(['+', '-'])) {
        (true, true) => refusal.instead(before).instead(rest),
        (true, false) => refusal.instead(before),
        (false, true) => refusal.instead(rest),
        (false, false) => refusal.advice(FORMS),
    }
}

fn begins_with_a_time(text: &str) -> bool {
    text.split_ascii_whitespace().next().is_some_and(|word| read(word).is_ok())
}
