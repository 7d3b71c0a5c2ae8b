//! What a report counts, as the user set it; serialised in full into its `options`.

mod choice;
mod class_map;
mod sets;

pub use choice::{Assumed, CoreStopped, DowntimeSource, DowntimeUse, PeriodMode, RetroactiveDowntimes};
pub use class_map::ClassMap;
pub use sets::{Ignored, OutageClasses};

use serde::Serialize;

/// Every option that changes a figure, with the defaults of the contract's section 7.
///
/// JSON: an object with a key for each field; `map` is an object, `ignore` and `outage_classes` are arrays of names,
/// `short_intervals` is in seconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Options {
    /// `--downtimes`: what time in downtime counts as.
    pub downtimes: DowntimeUse,
    /// `--ok-as-non-downtime`: OK and UP within a downtime count as OK and UP.
    pub ok_as_non_downtime: bool,
    /// `--downtime-source`: where downtimes come from.
    pub downtime_source: DowntimeSource,
    /// `--retroactive-downtimes`: whether downtimes that were entered after the fact count.
    pub retroactive_downtimes: RetroactiveDowntimes,
    /// `--ignore`: classes that do not arise.
    pub ignore: Ignored,
    /// `--map`: classes that count as another.
    pub map: ClassMap,
    /// `--short-intervals`: inner spans up to this many seconds melt into their neighbours.
    pub short_intervals: Option<i64>,
    /// `--no-merge`: touching spans of equal class stay apart.
    pub no_merge: bool,
    /// `--hard-only`: SOFT lines tell nothing.
    pub hard_only: bool,
    /// `--assume-initial`: the state before an object's first state line.
    pub assume_initial: Option<Assumed>,
    /// `--core-stopped`: what time without a running core counts as.
    pub core_stopped: CoreStopped,
    /// `--service-period`: the name for all objects; without it each object's own.
    pub service_period: Option<String>,
    /// `--service-period-mode`: how the service period counts.
    pub service_period_mode: PeriodMode,
    /// `--notification-period`: the name for all objects; without it each object's own.
    pub notification_period: Option<String>,
    /// `--notification-period-mode`: how the notification period counts.
    pub notification_period_mode: PeriodMode,
    /// `--outage-classes`: what an outage is made of.
    pub outage_classes: OutageClasses,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            downtimes: DowntimeUse::Honor,
            ok_as_non_downtime: false,
            downtime_source: DowntimeSource::Both,
            retroactive_downtimes: RetroactiveDowntimes::Count,
            ignore: Ignored::default(),
            map: ClassMap::default(),
            short_intervals: None,
            no_merge: false,
            hard_only: false,
            assume_initial: None,
            core_stopped: CoreStopped::Keep,
            service_period: None,
            service_period_mode: PeriodMode::Honor,
            notification_period: None,
            notification_period_mode: PeriodMode::Ignore,
            outage_classes: OutageClasses::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_options_in_effect_are_all_told() {
        insta::assert_json_snapshot!(Options::default(), @r#"
        {
          "downtimes": "honor",
          "ok_as_non_downtime": false,
          "downtime_source": "both",
          "retroactive_downtimes": "count",
          "ignore": [],
          "map": {},
          "short_intervals": null,
          "no_merge": false,
          "hard_only": false,
          "assume_initial": null,
          "core_stopped": "keep",
          "service_period": null,
          "service_period_mode": "honor",
          "notification_period": null,
          "notification_period_mode": "ignore",
          "outage_classes": [
            "crit",
            "unknown",
            "down",
            "unreach",
            "host_down"
          ]
        }
        "#);
    }
}
