//! `--short-intervals`: inner spans too short to matter take the class of what they interrupt.

use super::classify::ClassSpan;

/// Melts every inner span of at most `limit` seconds that stands between spans of one and the same class and touches
/// one of them. Passes go from the earliest to the latest, each seeing its own changes; with `merge`, equal spans merge
/// at the end of each; they repeat until nothing changes.
pub fn melt(spans: &mut Vec<ClassSpan<'_>>, limit: i64, merge: bool) {
    while pass(spans, limit) {
        if merge {
            merge_equal(spans);
        }
    }
}

fn pass(spans: &mut [ClassSpan<'_>], limit: i64) -> bool {
    let mut changed = false;
    for here in 1..spans.len().saturating_sub(1) {
        let (before, span, after) = (spans[here - 1], spans[here], spans[here + 1]);
        let touches = before.interval.end() == span.interval.start() || span.interval.end() == after.interval.start();
        if span.interval.seconds() <= limit && before.class == after.class && span.class != before.class && touches {
            spans[here].class = before.class;
            // What the plugin said of the class that is gone explains nothing about this one.
            spans[here].output = None;
            changed = true;
        }
    }
    changed
}

fn merge_equal(spans: &mut Vec<ClassSpan<'_>>) {
    spans.dedup_by(|next, kept| kept.absorb(next));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::availability::class::Class;
    use crate::availability::logbook::interval;

    type Spans = Vec<(i64, i64, Class)>;

    fn melted(spans: &[(i64, i64, Class)], limit: i64, merge: bool) -> Spans {
        let mut spans: Vec<ClassSpan<'_>> = spans
            .iter()
            .map(|&(start, end, class)| ClassSpan { interval: interval(start, end), class, output: Some("output") })
            .collect();
        melt(&mut spans, limit, merge);
        spans.iter().map(|span| (span.interval.start().0, span.interval.end().0, span.class)).collect()
    }

    #[test]
    fn a_span_as_long_as_the_limit_melts_and_a_longer_one_stays() {
        let spans = [
            (0, 100, Class::Ok),
            (100, 120, Class::Crit),
            (120, 200, Class::Ok),
            (200, 221, Class::Crit),
            (221, 300, Class::Ok),
        ];
        assert_eq!(melted(&spans, 20, true), [(0, 200, Class::Ok), (200, 221, Class::Crit), (221, 300, Class::Ok)]);
    }

    #[test]
    fn a_span_between_different_classes_stays() {
        let spans = [(0, 100, Class::Ok), (100, 110, Class::Warn), (110, 200, Class::Crit)];
        assert_eq!(melted(&spans, 20, true), spans);
    }

    #[test]
    fn the_first_and_the_last_span_stay() {
        let spans = [(0, 10, Class::Crit), (10, 100, Class::Ok), (100, 110, Class::Crit)];
        assert_eq!(melted(&spans, 20, true), spans);
    }

    #[test]
    fn touching_one_of_the_neighbours_is_enough_and_touching_none_is_not() {
        let one = [(0, 100, Class::Ok), (105, 110, Class::Crit), (110, 200, Class::Ok)];
        assert_eq!(melted(&one, 20, true), [(0, 100, Class::Ok), (105, 200, Class::Ok)]);
        let other = [(0, 100, Class::Ok), (100, 105, Class::Crit), (110, 200, Class::Ok)];
        assert_eq!(melted(&other, 20, true), [(0, 105, Class::Ok), (110, 200, Class::Ok)]);
        let none = [(0, 100, Class::Ok), (105, 108, Class::Crit), (110, 200, Class::Ok)];
        assert_eq!(melted(&none, 20, true), none);
    }

    #[test]
    fn a_pass_goes_from_the_earliest_on_and_sees_its_own_changes() {
        // The first crit melts, so the ok after it stands between ok and crit and stays.
        let spans = [(0, 100, Class::Ok), (100, 110, Class::Crit), (110, 120, Class::Ok), (120, 200, Class::Crit)];
        assert_eq!(melted(&spans, 20, true), [(0, 120, Class::Ok), (120, 200, Class::Crit)]);
    }

    #[test]
    fn passes_repeat_on_what_merging_brought_together() {
        let spans = [
            (0, 100, Class::Ok),
            (100, 105, Class::Crit),
            (105, 110, Class::Warn),
            (110, 115, Class::Crit),
            (115, 200, Class::Ok),
        ];
        assert_eq!(melted(&spans, 15, true), [(0, 200, Class::Ok)]);
        assert_eq!(melted(&spans, 14, true), [(0, 100, Class::Ok), (100, 115, Class::Crit), (115, 200, Class::Ok)]);
    }

    #[test]
    fn without_merging_melted_spans_stay_apart() {
        let spans = [(0, 100, Class::Ok), (100, 105, Class::Crit), (105, 200, Class::Ok)];
        assert_eq!(melted(&spans, 20, false), [(0, 100, Class::Ok), (100, 105, Class::Ok), (105, 200, Class::Ok)]);
    }

    #[test]
    fn a_melted_span_loses_the_output_of_the_class_that_is_gone() {
        let span = |start, end, class, output| ClassSpan { interval: interval(start, end), class, output };
        let mut spans = vec![
            span(0, 10, Class::Ok, None),
            span(10, 15, Class::Crit, Some("disk full")),
            span(15, 20, Class::Ok, None),
        ];
        melt(&mut spans, 10, true);
        assert_eq!(spans, [span(0, 20, Class::Ok, None)]);
    }
}
