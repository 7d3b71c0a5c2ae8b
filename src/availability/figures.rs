//! What an object's spans add up to.

use super::class::{Class, ObjectKind, PerClass};
use super::classify::ClassSpan;
use super::options::OutageClasses;
use super::outage::outages;

/// A part of a whole, both in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// The part.
    pub part: i64,
    /// The whole.
    pub whole: i64,
}

impl Share {
    /// The part in per cent of the whole, unrounded; `None` where the whole is 0.
    #[expect(clippy::cast_precision_loss, reason = "seconds of a century stay far below 2^53")]
    pub fn exact_percent(self) -> Option<f64> {
        (self.whole != 0).then(|| self.part as f64 * 100.0 / self.whole as f64)
    }

    /// The part in per cent of the whole to four decimals, half up; `None` where the whole is 0.
    #[expect(clippy::cast_precision_loss, reason = "a percentage in ten-thousandths stays far below 2^53")]
    pub fn percent(self) -> Option<f64> {
        let (part, whole) = (i128::from(self.part), i128::from(self.whole));
        (whole != 0).then(|| (part * 2_000_000 + whole).div_euclid(2 * whole) as f64 / 10_000.0)
    }
}

/// A percentage to four decimals, half up.
pub fn four_decimals(percent: f64) -> f64 {
    (percent * 10_000.0 + 0.5).floor() / 10_000.0
}

/// Lengths of several spans, in seconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Lengths {
    /// How many there are.
    pub count: i64,
    /// All of them together.
    pub total: i64,
    /// The shortest; `None` where there are none.
    pub shortest: Option<i64>,
    /// The longest; `None` where there are none.
    pub longest: Option<i64>,
}

impl Lengths {
    /// Counts one more.
    pub fn add(&mut self, seconds: i64) {
        self.count += 1;
        self.total += seconds;
        self.shortest = Some(self.shortest.map_or(seconds, |shortest| shortest.min(seconds)));
        self.longest = Some(self.longest.map_or(seconds, |longest| longest.max(seconds)));
    }

    /// The mean in whole seconds, half up; `None` where there are none.
    pub fn mean(&self) -> Option<i64> {
        mean(self.total, self.count)
    }
}

/// `total` seconds over `count` in whole seconds, half up; `None` over 0.
fn mean(total: i64, count: i64) -> Option<i64> {
    (count != 0).then(|| (2 * total + count).div_euclid(2 * count))
}

/// The figures of one object; all in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figures {
    /// What kind of object they are of.
    pub kind: ObjectKind,
    /// The range.
    pub total: i64,
    /// What of it is considered: the sum of the classes.
    pub considered: i64,
    /// What of it, considered or not, has a known state.
    pub known: i64,
    /// What of it had monitoring suspended.
    pub suspended: i64,
    /// What of it lies in downtimes that were entered after the fact, counted or not.
    pub retroactive: i64,
    /// Considered time by class.
    pub seconds: PerClass<i64>,
    /// The spans of each class.
    pub phases: PerClass<Lengths>,
    /// The outages.
    pub outages: Lengths,
}

impl Figures {
    /// Adds up an object's spans over a range of `total` seconds; what spans do not tell is left at 0.
    pub fn of(kind: ObjectKind, total: i64, spans: &[ClassSpan<'_>], outage_classes: &OutageClasses) -> Self {
        let mut figures = Self {
            kind,
            total,
            considered: 0,
            known: 0,
            suspended: 0,
            retroactive: 0,
            seconds: PerClass::default(),
            phases: PerClass::default(),
            outages: Lengths::default(),
        };
        for span in spans {
            let seconds = span.interval.seconds();
            figures.considered += seconds;
            figures.seconds[span.class] += seconds;
            figures.phases[span.class].add(seconds);
        }
        for outage in outages(spans, outage_classes) {
            figures.outages.add(outage.interval.seconds());
        }
        figures
    }

    /// The share of a class in considered time.
    pub fn share(&self, class: Class) -> Share {
        Share { part: self.seconds[class], whole: self.considered }
    }

    /// The share of OK or UP in considered time.
    pub fn availability(&self) -> Share {
        self.share(self.kind.good_class())
    }

    /// The share of time with a known state in the range, considered or not.
    pub fn coverage(&self) -> Share {
        Share { part: self.known, whole: self.total }
    }

    /// One less the share of outages in the time that was promised: neither planned work, nor WARN, nor time that was
    /// not watched, nor time in which nobody is told lower it.
    pub fn slo(&self) -> Share {
        let set_apart = [Class::InDowntime, Class::Unmonitored, Class::OutofNotificationPeriod];
        let promised = self.considered - set_apart.into_iter().map(|class| self.seconds[class]).sum::<i64>();
        Share { part: promised - self.outages.total, whole: promised }
    }

    /// Mean time between failures: OK or UP seconds over outages; `None` without outages.
    pub fn mtbf(&self) -> Option<i64> {
        mean(self.seconds[self.kind.good_class()], self.outages.count)
    }

    /// Mean time to repair: the mean outage; `None` without outages.
    pub fn mttr(&self) -> Option<i64> {
        self.outages.mean()
    }
}

/// What the figures of several objects of one kind come to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Summary {
    /// What kind of objects they are.
    pub kind: ObjectKind,
    /// How many there are, those with nothing considered included.
    pub objects: usize,
    /// The mean availability in per cent, unrounded; `None` where nothing is considered of any object.
    pub availability: Option<f64>,
    /// The mean share of each class in per cent, unrounded; `None` where nothing is considered of any object.
    pub percent: PerClass<Option<f64>>,
    /// The sum of each class.
    pub seconds: PerClass<i64>,
}

impl Summary {
    /// The summary of those of one kind; `None` where there are none. Objects with nothing considered do not enter the
    /// means.
    #[expect(clippy::cast_precision_loss, reason = "objects are counted, not measured")]
    pub fn of<'f>(kind: ObjectKind, figures: impl Iterator<Item = &'f Figures>) -> Option<Self> {
        let (mut objects, mut with_something) = (0, 0_usize);
        let mut sums: PerClass<f64> = PerClass::default();
        let mut seconds: PerClass<i64> = PerClass::default();
        for figures in figures.filter(|figures| figures.kind == kind) {
            objects += 1;
            with_something += usize::from(figures.considered != 0);
            for &class in kind.classes() {
                sums[class] += figures.share(class).exact_percent().unwrap_or_default();
                seconds[class] += figures.seconds[class];
            }
        }
        let mut percent = PerClass::default();
        for &class in kind.classes() {
            percent[class] = (with_something != 0).then(|| sums[class] / with_something as f64);
        }
        (objects != 0).then(|| Self { kind, objects, availability: percent[kind.good_class()], percent, seconds })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::availability::logbook::interval;

    fn figures(total: i64, spans: &[(i64, i64, Class)]) -> Figures {
        let kind = if spans.iter().all(|span| span.2.applies_to(ObjectKind::Service)) {
            ObjectKind::Service
        } else {
            ObjectKind::Host
        };
        let spans: Vec<ClassSpan<'_>> = spans
            .iter()
            .map(|&(start, end, class)| ClassSpan { interval: interval(start, end), class, output: None })
            .collect();
        Figures::of(kind, total, &spans, &OutageClasses::default())
    }

    #[test]
    fn the_contracts_example_comes_out() {
        let spans = [
            (0, 36_000, Class::Ok),
            (36_000, 39_600, Class::Crit),
            (39_600, 50_400, Class::InDowntime),
            (50_400, 86_400, Class::Ok),
        ];
        let figures = figures(86_400, &spans);
        assert_eq!(figures.considered, 86_400);
        assert_eq!(figures.availability().percent(), Some(83.3333));
        assert_eq!(figures.share(Class::Crit).percent(), Some(4.1667));
        assert_eq!(figures.slo().percent(), Some(95.2381));
        assert_eq!((figures.mtbf(), figures.mttr()), (Some(72_000), Some(3600)));
        assert_eq!(
            figures.phases[Class::Ok],
            Lengths { count: 2, total: 72_000, shortest: Some(36_000), longest: Some(36_000) }
        );
    }

    #[test]
    fn percentages_are_shares_of_considered_time_with_four_decimals_half_up() {
        assert_eq!(Share { part: 1, whole: 2_000_000 }.percent(), Some(0.0001));
        assert_eq!(Share { part: 1, whole: 2_000_001 }.percent(), Some(0.0));
        assert_eq!(Share { part: 2, whole: 3 }.percent(), Some(66.6667));
        assert_eq!(Share { part: 3, whole: 3 }.percent(), Some(100.0));
        assert_eq!(Some(four_decimals(99.99995)), Some(100.0));
    }

    #[test]
    fn with_nothing_considered_shares_are_unknown() {
        let nothing = figures(100, &[]);
        assert_eq!(nothing.availability().percent(), None);
        assert_eq!(nothing.share(Class::Crit).percent(), None);
        assert_eq!(nothing.slo().percent(), None);
        assert_eq!(nothing.coverage().percent(), Some(0.0));
        assert_eq!((nothing.mtbf(), nothing.mttr(), nothing.phases[Class::Ok].mean()), (None, None, None));
    }

    #[test]
    fn means_are_whole_seconds_half_up() {
        let spans = [(0, 1, Class::Crit), (1, 5, Class::Ok), (5, 7, Class::Crit), (7, 12, Class::Ok)];
        let figures = figures(12, &spans);
        assert_eq!(figures.outages, Lengths { count: 2, total: 3, shortest: Some(1), longest: Some(2) });
        assert_eq!(figures.mttr(), Some(2));
        assert_eq!(figures.mtbf(), Some(5));
        assert_eq!(mean(10, 4), Some(3));
        assert_eq!(mean(9, 4), Some(2));
    }

    #[test]
    fn an_outage_is_one_however_many_classes_it_runs_through() {
        let spans = [(0, 10, Class::Ok), (10, 20, Class::HostDown), (20, 30, Class::Crit), (30, 40, Class::Ok)];
        assert_eq!(figures(40, &spans).outages, Lengths { count: 1, total: 20, shortest: Some(20), longest: Some(20) });
        let spans = [(0, 10, Class::Up), (10, 20, Class::Unreach), (20, 30, Class::Down)];
        assert_eq!(figures(30, &spans).outages.count, 1);
    }

    #[test]
    fn an_outage_on_both_sides_of_a_gap_is_two() {
        assert_eq!(figures(40, &[(0, 10, Class::Crit), (20, 30, Class::Crit)]).outages.count, 2);
    }

    #[test]
    fn planned_work_and_warnings_do_not_lower_the_slo() {
        let spans = [
            (0, 10, Class::Ok),
            (10, 20, Class::Warn),
            (20, 30, Class::InDowntime),
            (30, 40, Class::Unmonitored),
            (40, 50, Class::OutofNotificationPeriod),
        ];
        assert_eq!(figures(50, &spans).slo(), Share { part: 20, whole: 20 });
        let figures = figures(10, &[(0, 10, Class::InDowntime)]);
        assert_eq!(figures.slo().percent(), None);
        assert_eq!(figures.availability().percent(), Some(0.0));
    }

    #[test]
    fn the_summary_is_the_mean_of_percentages_of_objects_with_something_considered() {
        let all = [
            figures(100, &[(0, 100, Class::Ok)]),
            figures(100, &[(0, 5, Class::Ok), (5, 10, Class::Crit)]),
            figures(100, &[]),
        ];
        let summary = Summary::of(ObjectKind::Service, all.iter()).unwrap();
        assert_eq!(summary.objects, 3);
        assert_eq!(summary.availability, Some(75.0));
        assert_eq!(summary.percent[Class::Crit], Some(25.0));
        assert_eq!((summary.seconds[Class::Ok], summary.seconds[Class::Crit]), (105, 5));
        assert_eq!(Summary::of(ObjectKind::Host, all.iter()), None);
    }

    #[test]
    fn a_summary_of_nothing_considered_has_no_percentages() {
        let summary = Summary::of(ObjectKind::Service, [figures(100, &[])].iter()).unwrap();
        assert_eq!((summary.objects, summary.availability, summary.percent[Class::Ok]), (1, None, None));
    }
}
