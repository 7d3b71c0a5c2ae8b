//! The part of a record that is about one host, found without reading the rest.
//!
//! A record is JSON as this program wrote it: `holdings` comes last, and holdings are sorted by host. Inside of a JSON text
//! a quote has a `\\` before it, so what is looked for below is found nowhere else.

use std::io;

use memchr::memmem;

use crate::clock::Instant;
use crate::downtime::holding::Holding;
use crate::downtime::interval::Interval;
use crate::downtime::kept::Kept;

/// Shorter records are read whole: looking would cost as much.
const WORTH_IT: usize = 8 << 10;

const HOLDINGS: &[u8] = br#","holdings":["#;

/// What a record keeps with its targets on `host` alone; none, if it is on others only.
///
/// # Errors
/// `InvalidData` for what is no record.
pub fn on_host(record: &[u8], host: &str) -> io::Result<Kept> {
    if record.len() >= WORTH_IT
        && let Some(found) = looked_up(record, host)?
    {
        return Ok(found);
    }
    let whole: Kept = serde_json::from_slice(record)?;
    Ok(whole.part_on(host))
}

/// `None` if the record does not look as expected.
fn looked_up(record: &[u8], host: &str) -> io::Result<Option<Kept>> {
    // A series may hold its first occurrence, with holdings of its own, before them.
    let Some(at) = memmem::rfind(record, HOLDINGS) else { return Ok(None) };
    let (head, all) = record.split_at(at + HOLDINGS.len());
    let first = format!(r#"{{"target":{{"host":{},"#, serde_json::to_string(host)?);
    let mut found: Kept = serde_json::from_slice(&[head, b"]}}"].concat())?;
    let holdings_found = match &mut found {
        Kept::Downtime(downtime) => &mut downtime.holdings,
        Kept::Series(series) => {
            // What the rest of the record holds is not looked at, and something it does.
            series.elsewhere.extend(Interval::new(Instant::BEGINNING, Instant::END));
            &mut series.holdings
        }
        Kept::Rule(_) => return Ok(None),
    };
    let mut rest = memmem::find(all, first.as_bytes()).map_or(&[][..], |first| &all[first..]);
    while rest.starts_with(first.as_bytes()) {
        let mut holdings = serde_json::Deserializer::from_slice(rest).into_iter::<Holding>();
        holdings_found.extend(holdings.next().transpose()?);
        rest = &rest[holdings.byte_offset()..];
        rest = rest.strip_prefix(b",").unwrap_or(rest);
    }
    Ok(Some(found.part_on(host)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::downtime::fixture::downtime;

    #[test]
    fn the_part_on_a_host_is_that_of_the_whole() {
        let mut names: Vec<String> = (0..400).map(|at| format!("h{at:03}")).collect();
        names.extend([
            "h007/a \"},\"holdings\":[{\"target\":{\"host\":\"h008\",".into(),
            "h007/b".into(),
            "h\"\\/x".into(),
        ]);
        names.sort_by_key(|name| crate::downtime::target::Target::parse(name));
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut whole = downtime(1, &names, 0, 100);
        whole.terms.comment = "x \",\"holdings\":[ y".into();
        let whole = Kept::from(whole);
        let record = serde_json::to_vec(&whole).unwrap();
        assert!(record.len() > WORTH_IT);
        for host in ["h000", "h007", "h008", "h399", "h\"\\", "h00", "nobody"] {
            assert_eq!(on_host(&record, host).unwrap(), whole.part_on(host), "{host}");
            assert_eq!(looked_up(&record, host).unwrap(), Some(whole.part_on(host)), "{host}");
        }
        assert_eq!(on_host(&record, "h007").unwrap().targets().count(), 3);
    }
}
