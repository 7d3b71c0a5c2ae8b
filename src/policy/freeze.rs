//! `[[freeze]]`: times in which nothing is to be scheduled.

use std::fmt;
use std::sync::Arc;

use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use toml::Spanned;
use toml::value::Datetime;

use crate::clock::Instant;
use crate::downtime::interval::Interval;
use crate::downtime::target::Target;
use crate::failure::{Failure, Outcome};
use crate::inventory::declared::{Inventory, Source, refused};
use crate::inventory::matching::{Match, Matching};
use crate::when::zone::Zone;
use crate::when::{Civil, Day, Expression, Present, Role};

/// A `[[freeze]]` as written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FreezeTable {
    name: Spanned<String>,
    start: Spanned<Moment>,
    end: Spanned<Moment>,
    r#match: Option<Match>,
}

/// A time in which downtimes of some objects, or of all, are not to be.
#[derive(Debug, Clone)]
pub struct Freeze {
    /// What it is called.
    pub name: String,
    /// When it is.
    pub interval: Interval,
    /// For which objects; `None` for all.
    matching: Option<Match>,
    /// The file that declares it.
    source: Arc<Source>,
}

impl FreezeTable {
    /// The freeze with its civil times meant in `zone`, unless they name their own.
    ///
    /// # Errors
    /// `Config` naming file, line and column: no name, a time that cannot be read or that moves with the present, an end
    /// not after the start.
    pub(super) fn resolve(self, zone: Zone, source: &Arc<Source>) -> Outcome<Freeze> {
        let name = self.name.get_ref().trim();
        if name.is_empty() {
            return Err(refused(source, self.name.span().start, "the freeze has no name")
                .hint("name it, as in name = \"year end\": it is told to whoever schedules into it"));
        }
        let start = instant(&self.start, Role::Start, zone, source)?;
        let end = instant(&self.end, Role::End { start }, zone, source)?;
        let interval = Interval::new(start, end).ok_or_else(|| {
            let (start, end) = (&self.start.get_ref().0, &self.end.get_ref().0);
            let what = format!("freeze `{name}` ends {end}, which is not after its start, {start}");
            refused(source, self.end.span().start, what).hint("a day as an end is its 24:00")
        })?;
        Ok(Freeze { name: name.to_owned(), interval, matching: self.r#match, source: Arc::clone(source) })
    }
}

impl Freeze {
    /// Those of `targets` that are frozen: the objects that the `match` means, and hosts with a declared service that it
    /// means, because a downtime of the host puts that in downtime too.
    ///
    /// # Errors
    /// `Config` for a pattern that cannot be read, and what `inventory` fails with.
    pub fn among<'t, 'i>(
        &self,
        targets: &[&'t Target],
        inventory: impl Fn() -> Outcome<&'i Inventory>,
    ) -> Outcome<Vec<&'t Target>> {
        let Some(matching) = self.compiled()? else { return Ok(targets.to_vec()) };
        let inventory = inventory()?;
        let selection = matching.upon(inventory);
        let is_frozen = |target: &Target| {
            let services = inventory.hosts.get(&target.host).filter(|_| target.service.is_none());
            let mut services = services.into_iter().flat_map(|entry| entry.services.names());
            selection.admits(target) || services.any(|name| selection.admits(&Target::service(&target.host, name)))
        };
        Ok(targets.iter().copied().filter(|target| is_frozen(target)).collect())
    }

    /// Whether its `match` means nothing that is declared.
    ///
    /// # Errors
    /// `Config` for a pattern that cannot be read.
    pub fn is_for_nothing(&self, inventory: &Inventory) -> Outcome<bool> {
        let matching = self.compiled()?;
        Ok(matching.is_some_and(|matching| matching.upon(inventory).targets().is_empty()))
    }

    /// Whether it is for every object.
    pub const fn is_for_all(&self) -> bool {
        self.matching.is_none()
    }

    fn compiled(&self) -> Outcome<Option<Matching>> {
        self.matching.as_ref().map(|matching| matching.compile(&self.source)).transpose()
    }
}

/// The instant that a text means whenever it is read.
fn instant(written: &Spanned<Moment>, role: Role, zone: Zone, source: &Source) -> Outcome<Instant> {
    let Moment(text) = written.get_ref();
    let refuse = |why: String| -> Failure {
        refused(source, written.span().start, why)
            .hint("write a date, as in \"2026-12-20\", or a date and a time, as in \"2026-12-20 18:00\"")
    };
    let expression = Expression::parse(text).map_err(|failure| refuse(failure.message()))?;
    match expression {
        Expression::Exact(_)
        | Expression::Civil { civil: Civil::Day(Day::Date(_)) | Civil::DayAndClock(Day::Date(_), _), .. } => {
            // A date stays where it is, whatever the present.
            let resolved = expression.resolve(role, &Present { now: Instant::EARLIEST, zone });
            resolved.map(|resolved| resolved.instant).map_err(|failure| refuse(format!("`{text}`: {failure}")))
        }
        _ => Err(refuse(format!("`{text}` moves with the present, and a freeze stays where it is"))),
    }
}

/// A time as written: a text of the time grammar, or one of TOML's own dates and times.
#[derive(Debug, Clone)]
struct Moment(String);

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextOrDatetime;
        impl<'de> Visitor<'de> for TextOrDatetime {
            type Value = Moment;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a date, or a date and a time")
            }
            fn visit_str<E>(self, text: &str) -> Result<Moment, E> {
                Ok(Moment(text.to_owned()))
            }
            fn visit_map<A: MapAccess<'de>>(self, datetime: A) -> Result<Moment, A::Error> {
                let datetime = Datetime::deserialize(MapAccessDeserializer::new(datetime))?;
                Ok(Moment(datetime.to_string()))
            }
        }
        deserializer.deserialize_any(TextOrDatetime)
    }
}
