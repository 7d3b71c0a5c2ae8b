//! Outages: unbroken runs of bad classes.

use super::class::Class;
use super::classify::ClassSpan;
use super::options::OutageClasses;
use crate::downtime::interval::{Interval, intersection, total};

/// An unbroken run of spans whose classes make an outage; not considered time ends it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outage<'a> {
    /// From when to when.
    pub interval: Interval,
    /// The class that it began with.
    pub cause: Class,
    /// The first plugin output within it, where kept.
    pub output: Option<&'a str>,
}

impl Outage<'_> {
    /// Seconds of it in a downtime, of those given (sorted, without overlaps).
    pub fn planned_seconds(&self, downtimes: &[Interval]) -> i64 {
        total(&intersection(&[self.interval], downtimes))
    }
}

/// The outages in an object's spans, by time.
pub fn outages<'a>(spans: &[ClassSpan<'a>], classes: &OutageClasses) -> Vec<Outage<'a>> {
    let mut outages: Vec<Outage<'a>> = Vec::new();
    for span in spans.iter().filter(|span| classes.contains(span.class)) {
        let joined = outages
            .last()
            .filter(|last| last.interval.end() == span.interval.start())
            .and_then(|last| Interval::new(last.interval.start(), span.interval.end()));
        match (outages.last_mut(), joined) {
            (Some(last), Some(interval)) => {
                last.interval = interval;
                last.output = last.output.or(span.output);
            }
            _ => outages.push(Outage { interval: span.interval, cause: span.class, output: span.output }),
        }
    }
    outages
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Instant;

    fn span(from: i64, until: i64, class: Class, output: Option<&'static str>) -> ClassSpan<'static> {
        ClassSpan { interval: Interval::new(Instant(from), Instant(until)).unwrap(), class, output }
    }

    fn ends(spans: &[ClassSpan<'_>]) -> Vec<(i64, i64)> {
        outages(spans, &OutageClasses::default())
            .iter()
            .map(|outage| (outage.interval.start().0, outage.interval.end().0))
            .collect()
    }

    #[test]
    fn an_unbroken_run_of_bad_classes_is_one_outage() {
        let spans = [
            span(0, 10, Class::Ok, None),
            span(10, 20, Class::Unknown, None),
            span(20, 30, Class::Crit, Some("disk full")),
            span(30, 40, Class::HostDown, None),
            span(40, 50, Class::Warn, None),
            span(50, 60, Class::Crit, None),
        ];
        assert_eq!(ends(&spans), [(10, 40), (50, 60)]);
        let first = outages(&spans, &OutageClasses::default())[0];
        assert_eq!((first.cause, first.output), (Class::Unknown, Some("disk full")));
    }

    #[test]
    fn not_considered_time_ends_an_outage() {
        assert_eq!(ends(&[span(0, 10, Class::Crit, None), span(20, 30, Class::Crit, None)]), [(0, 10), (20, 30)]);
    }

    #[test]
    fn downtime_ends_an_outage_unless_it_counts_as_one() {
        let spans =
            [span(0, 10, Class::Down, None), span(10, 20, Class::InDowntime, None), span(20, 30, Class::Down, None)];
        assert_eq!(ends(&spans), [(0, 10), (20, 30)]);
        assert_eq!(outages(&spans, &"down,in_downtime".parse().unwrap()).len(), 1);
    }

    #[test]
    fn the_planned_part_of_an_outage_is_what_lies_in_downtime() {
        let outage = outages(&[span(0, 100, Class::Crit, None)], &OutageClasses::default())[0];
        let downtimes = [(10, 20), (90, 200)].map(|(a, b)| Interval::new(Instant(a), Instant(b)).unwrap());
        assert_eq!(outage.planned_seconds(&downtimes), 20);
    }
}
