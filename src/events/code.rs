//! Numbers for what events say, which segments keep and digests are made of: none is ever given another meaning.

use super::event::{Core, Mark, State, Telling, What};

/// Kind, detail and SOFT/HARD of an event.
pub const fn of(what: What) -> (u8, u8, bool) {
    match what {
        What::State { telling, state, hard } => {
            let telling = match telling {
                Telling::Alert => 0,
                Telling::Current => 1,
                Telling::Initial { .. } => 2,
            };
            (telling, state as u8, hard)
        }
        What::Downtime(mark) => (3, mark_code(mark), false),
        What::Flapping(mark) => (4, mark_code(mark), false),
    }
}

const fn mark_code(mark: Mark) -> u8 {
    match mark {
        Mark::Started => 0,
        Mark::Stopped => 1,
        Mark::Withdrawn => 2,
    }
}

/// What [`of`] stands for; `None` for numbers that a newer version gave a meaning.
pub const fn decode(kind: u8, detail: u8, hard: bool, since_header: Option<u32>) -> Option<What> {
    let telling = match kind {
        0 => Telling::Alert,
        1 => Telling::Current,
        2 => Telling::Initial { since_header },
        3 | 4 => {
            let mark = match detail {
                0 => Mark::Started,
                1 => Mark::Stopped,
                2 => Mark::Withdrawn,
                _ => return None,
            };
            return Some(if kind == 3 { What::Downtime(mark) } else { What::Flapping(mark) });
        }
        _ => return None,
    };
    let state = match detail {
        0 => State::Ok,
        1 => State::Warn,
        2 => State::Crit,
        3 => State::Unknown,
        4 => State::Up,
        5 => State::Down,
        6 => State::Unreach,
        _ => return None,
    };
    Some(What::State { telling, state, hard })
}

/// The number of a line about the core.
pub const fn of_core(core: Core) -> u8 {
    match core {
        Core::Start => 0,
        Core::Stop => 1,
        Core::InitialStates => 2,
    }
}

/// What [`of_core`] stands for; `None` for numbers that a newer version gave a meaning.
pub const fn decode_core(code: u8) -> Option<Core> {
    match code {
        0 => Some(Core::Start),
        1 => Some(Core::Stop),
        2 => Some(Core::InitialStates),
        _ => None,
    }
}
