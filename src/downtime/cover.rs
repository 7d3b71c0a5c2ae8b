//! Whether an object is in downtime, through what, and until when. The one function that answers for every command.

use super::id::DowntimeId;
use super::interval::{self, Interval};
use super::record::Downtime;
use super::target::Target;
use crate::clock::Instant;

/// How a downtime reaches an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Via {
    /// The object is a target.
    Own,
    /// The object is a service, and its host is a target.
    Host,
}

impl Via {
    /// The word for it in output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Host => "host",
        }
    }
}

/// One downtime that holds an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// The downtime.
    pub id: DowntimeId,
    /// How it reaches the object.
    pub via: Via,
    /// Fixed or flexible.
    pub kind: super::record::Kind,
    /// The activation that holds it.
    pub span: Interval,
    /// Why.
    pub comment: String,
    /// Who scheduled it.
    pub author: String,
    /// Whether monitoring is suspended meanwhile.
    pub suspends: bool,
}

impl Hold {
    fn of(downtime: &Downtime, via: Via, span: Interval) -> Self {
        Self {
            id: downtime.id.clone(),
            via,
            kind: downtime.kind,
            span,
            comment: downtime.terms.comment.clone(),
            author: downtime.author.clone(),
            suspends: downtime.terms.suspend_monitoring,
        }
    }
}

/// What is known of an object at an instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cover {
    /// What holds it; empty if it is not in downtime.
    pub holds: Vec<Hold>,
    /// When it leaves downtime, overlapping and back-to-back activations taken together; `None` if it is not in one,
    /// or if that lies more than ten years off.
    pub until: Option<Instant>,
}

/// How far ahead `until` looks: ten years of 365.25 days.
pub const HORIZON: i64 = 10 * 31_557_600;

impl Cover {
    /// Whether the object is in downtime.
    pub const fn in_downtime(&self) -> bool {
        !self.holds.is_empty()
    }

    /// Whether pollers are asked not to check it.
    pub fn monitoring_suspended(&self) -> bool {
        self.holds.iter().any(|hold| hold.suspends)
    }
}

/// How `downtime` reaches `object`, if it does, and when.
fn reaches<'a>(downtime: &'a Downtime, object: &'a Target) -> impl Iterator<Item = (Via, Interval)> + 'a {
    downtime.holdings.iter().filter(|holding| holding.target.covers(object)).flat_map(|holding| {
        let via = if holding.target == *object { Via::Own } else { Via::Host };
        holding.spans.iter().map(move |span| (via, *span))
    })
}

/// Everything that ever holds `object`, at whatever time.
pub fn holds<'a>(object: &'a Target, downtimes: &'a [Downtime]) -> impl Iterator<Item = Hold> + 'a {
    downtimes
        .iter()
        .flat_map(move |downtime| reaches(downtime, object).map(move |(via, span)| Hold::of(downtime, via, span)))
}

/// What holds `object` at `time`, given at least the downtimes of its host that are not over by then.
pub fn cover(object: &Target, time: Instant, downtimes: &[Downtime]) -> Cover {
    let mut holds = Vec::new();
    let mut spans = Vec::new();
    for downtime in downtimes {
        for (via, span) in reaches(downtime, object) {
            spans.push(span);
            if span.contains(time) {
                holds.push(Hold::of(downtime, via, span));
            }
        }
    }
    let until =
        interval::holding(&interval::union(spans), time).map(Interval::end).filter(|end| *end - time <= HORIZON);
    Cover { holds, until }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::downtime::fixture::downtime;

    fn object(text: &str) -> Target {
        Target::parse(text)
    }

    #[test]
    fn an_object_leaves_downtime_only_when_the_last_one_ends() {
        let downtimes = [downtime(1, &["a"], 0, 100), downtime(2, &["a"], 50, 200), downtime(3, &["a"], 200, 300)];
        let cover = cover(&object("a"), Instant(60), &downtimes);
        assert_eq!(cover.holds.iter().map(|hold| hold.id.as_str()).collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!(cover.until, Some(Instant(300)), "back to back with the third");
    }

    #[test]
    fn a_host_downtime_covers_services_and_a_service_downtime_not_its_host() {
        let downtimes = [downtime(1, &["a"], 0, 100), downtime(2, &["b/x"], 0, 100)];
        assert_eq!(cover(&object("a/any"), Instant(0), &downtimes).holds[0].via, Via::Host);
        assert_eq!(cover(&object("b/x"), Instant(0), &downtimes).holds[0].via, Via::Own);
        assert!(!cover(&object("b"), Instant(0), &downtimes).in_downtime());
        assert!(!cover(&object("a"), Instant(100), &downtimes).in_downtime(), "the end is outside");
    }

    #[test]
    fn an_end_more_than_ten_years_off_is_not_told() {
        let far = [downtime(1, &["a"], 0, HORIZON + 1)];
        assert_eq!(cover(&object("a"), Instant(0), &far).until, None);
        assert_eq!(cover(&object("a"), Instant(1), &far).until, Some(Instant(HORIZON + 1)));
    }
}
