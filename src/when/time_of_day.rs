//! What a clock on the wall reads: `22:00`, `9:30am`, `noon`, `24:00`.

use std::fmt;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use serde::{Deserialize, Serialize};

use super::cursor::Cursor;
use super::refusal::{Refusal, quoted};
use crate::failure::{Failure, Outcome};

/// A reading of the clock, or the end of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum TimeOfDay {
    /// `00:00:00` to `23:59:59`.
    At(NaiveTime),
    /// `24:00`: 00:00 of the day after.
    EndOfDay,
}

/// Why a reading was not taken.
pub(super) enum Unread {
    /// It begins like one, and stops making sense at the cursor.
    Unclear,
    /// It is one that no clock shows.
    Refused(Refusal),
}

/// `22:00`, seconds only if there are any; `24:00` for the end of the day.
impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::At(time) if time.second() == 0 => write!(f, "{}", time.format("%H:%M")),
            Self::At(time) => write!(f, "{}", time.format("%H:%M:%S")),
            Self::EndOfDay => f.write_str("24:00"),
        }
    }
}

impl From<TimeOfDay> for String {
    fn from(time: TimeOfDay) -> Self {
        time.to_string()
    }
}

impl TryFrom<String> for TimeOfDay {
    type Error = Failure;
    fn try_from(text: String) -> Outcome<Self> {
        Self::parse(&text)
    }
}

impl TimeOfDay {
    /// `22:00`, `9:00`, `22:00:30`, `10pm`, `9:30am`, `noon`, `midnight`, `24:00`.
    ///
    /// # Errors
    /// [`Kind::Time`](crate::failure::Kind::Time) for everything else.
    pub fn parse(text: &str) -> Outcome<Self> {
        let mut cursor = Cursor::new(text);
        let read = match cursor.peek() {
            Some(byte) if byte.is_ascii_digit() => Self::read(&mut cursor),
            _ => Self::named(cursor.word()).ok_or(Unread::Unclear),
        };
        let refusal = match read {
            Ok(time) if cursor.is_done() => return Ok(time),
            Ok(_) | Err(Unread::Unclear) => Refusal::new(format!("{} is not understood", quoted(cursor.rest())))
                .advice("times of day are written as in 22:00, 9:30, 10pm or 24:00"),
            Err(Unread::Refused(refusal)) => refusal,
        };
        Err(refusal.failure(text, "time of day"))
    }

    /// The civil time that it is on a day; `None` past the end of the calendar.
    pub fn on(self, date: NaiveDate) -> Option<NaiveDateTime> {
        match self {
            Self::At(time) => Some(date.and_time(time)),
            Self::EndOfDay => Some(date.succ_opt()?.and_time(NaiveTime::MIN)),
        }
    }

    /// `noon` and `midnight`.
    pub(super) fn named(word: &str) -> Option<Self> {
        let hour = match word {
            _ if word.eq_ignore_ascii_case("noon") => 12,
            _ if word.eq_ignore_ascii_case("midnight") => 0,
            _ => return None,
        };
        NaiveTime::from_hms_opt(hour, 0, 0).map(Self::At)
    }

    /// Digits and what belongs to them.
    pub(super) fn read(cursor: &mut Cursor) -> Result<Self, Unread> {
        let hour = cursor.digits();
        let (mut minute, mut second) = ("00", "00");
        let colon = cursor.eat(b':');
        if colon {
            minute = cursor.digits();
            if cursor.eat(b':') {
                second = cursor.digits();
            }
        }
        if !(1..=2).contains(&hour.len()) || minute.len() != 2 || second.len() != 2 {
            return Err(Unread::Unclear);
        }
        let half = half_of_day(cursor);
        if !colon && half.is_none() {
            return Err(Unread::Unclear);
        }
        let number = |digits: &str| digits.parse::<u32>().map_err(|_| Unread::Unclear);
        Self::from_parts(number(hour)?, number(minute)?, number(second)?, half).map_err(Unread::Refused)
    }

    fn from_parts(hour: u32, minute: u32, second: u32, half: Option<u32>) -> Result<Self, Refusal> {
        if minute > 59 || second > 59 {
            return Err(
                Refusal::new("minutes and seconds run from 00 to 59").advice("write it as in 22:00 or 22:00:30")
            );
        }
        let hour = match (half, hour) {
            (Some(half), 1..=12) => hour % 12 + half,
            (Some(_), _) => {
                return Err(Refusal::new("with am or pm, hours run from 1 to 12")
                    .advice(format!("leave am or pm off for a 24-hour clock, as in {:02}:{minute:02}", hour % 24)));
            }
            (None, 24) if (minute, second) == (0, 0) => return Ok(Self::EndOfDay),
            (None, 24..) => {
                let morning = format!("{:02}:{minute:02}", hour % 24);
                return Err(Refusal::new("hours run from 0 to 23, and 24:00 ends the day").advice(format!(
                    "for {morning} on the day after write {morning} with that day; for a length of time give --for {hour}h"
                )));
            }
            (None, _) => hour,
        };
        let time = NaiveTime::from_hms_opt(hour, minute, second);
        time.map(Self::At).ok_or_else(|| Refusal::new("no clock reads so"))
    }
}

/// The half of the day that `am` or `pm` names, in hours from midnight, if one comes next.
fn half_of_day(cursor: &mut Cursor) -> Option<u32> {
    let mut ahead = cursor.clone();
    let half = match ahead.word() {
        word if word.eq_ignore_ascii_case("am") => 0,
        word if word.eq_ignore_ascii_case("pm") => 12,
        _ => return None,
    };
    *cursor = ahead;
    Some(half)
}
