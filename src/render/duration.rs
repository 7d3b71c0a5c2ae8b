//! Durations as tables and messages show them.

pub use crate::when::duration::format;

/// Seconds to their two leading units, the rest cut off: `12d 3h`, `59m 4s`; `-` before negative ones.
pub fn brief(seconds: i64) -> String {
    const UNITS: [u64; 4] = [86_400, 3600, 60, 1];
    let whole = seconds.unsigned_abs();
    let leading = UNITS.iter().position(|unit| whole >= *unit).unwrap_or(3);
    let precision = UNITS[(leading + 1).min(3)];
    let kept = (whole - whole % precision).cast_signed();
    format(if seconds < 0 { -kept } else { kept })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brief_durations_keep_two_neighbouring_units() {
        for (seconds, text) in
            [(0, "0s"), (3599, "59m 59s"), (95_400, "1d 2h"), (86_401, "1d"), (59, "59s"), (-95_400, "-1d 2h")]
        {
            assert_eq!(brief(seconds), text);
        }
    }
}
