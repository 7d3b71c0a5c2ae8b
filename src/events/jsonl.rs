//! States in JSON Lines: an object a line, with the keys that CSV has as columns.

use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::error::Category;

use super::format::Reader;
use super::line::{Line, Reason};
use super::lines::{Extent, RawLine};
use super::row::{COLUMNS, Row, Rows, unheeded};
use crate::failure::Outcome;
use crate::when::zone::Zone;

/// How many keys of other names are remembered.
const MOST_OTHERS: usize = 100;

/// Reads objects, one a line.
pub struct JsonLines {
    object: Object,
    rows: Rows,
}

impl JsonLines {
    /// Nothing read yet; `zone` is that of civil times.
    pub fn new(zone: Zone) -> Self {
        Self { object: Object::default(), rows: Rows::new(zone) }
    }
}

impl Reader for JsonLines {
    fn line<'a>(&'a mut self, raw: &RawLine<'a>) -> Outcome<Line<'a>> {
        if raw.is_blank() {
            return Ok(Line::Blank);
        }
        if raw.extent == Extent::Overlong {
            return Ok(Line::Rejected(Reason::TooLong));
        }
        if let Err(reason) = self.object.read(raw.bytes) {
            return Ok(Line::Rejected(reason));
        }
        let [time, host, service, state, hardness, output] =
            self.object.values.each_ref().map(|value| value.text.as_bytes());
        Ok(self.rows.line(raw.number, &Row { time, host, service, state, hardness, output }))
    }

    fn notes(&self) -> Vec<String> {
        unheeded("keys", &self.object.others).into_iter().chain(self.rows.notes()).collect()
    }
}

/// Whether the line is a JSON object.
pub fn is_object(line: &[u8]) -> bool {
    line.trim_ascii_start().starts_with(b"{") && serde_json::from_slice::<IgnoredAny>(line).is_ok()
}

/// The object of the last line.
#[derive(Default)]
struct Object {
    /// The values of [`COLUMNS`].
    values: [Value; COLUMNS.len()],
    /// Keys of other names, of all lines so far.
    others: Vec<String>,
}

impl Object {
    fn read(&mut self, line: &[u8]) -> Result<(), Reason> {
        if !line.trim_ascii_start().starts_with(b"{") {
            return Err(Reason::Json);
        }
        self.values.iter_mut().for_each(Value::clear);
        let mut json = serde_json::Deserializer::from_slice(line);
        let read = (&mut json).deserialize_map(&mut *self).and_then(|()| json.end());
        read.map_err(|error| if error.classify() == Category::Data { Reason::Value } else { Reason::Json })?;
        let [time, host, _, state, ..] = &self.values;
        if time.there && host.there && state.there { Ok(()) } else { Err(Reason::Key) }
    }
}

impl<'de> Visitor<'de> for &mut Object {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut key = Value::default();
        while map.next_key_seed(&mut key)?.is_some() {
            if let Some(column) = COLUMNS.iter().position(|column| *column == key.text) {
                self.values[column].clear();
                map.next_value_seed(&mut self.values[column])?;
                continue;
            }
            map.next_value::<IgnoredAny>()?;
            if self.others.len() < MOST_OTHERS && !self.others.contains(&key.text) {
                self.others.push(key.text.clone());
            }
        }
        Ok(())
    }
}

/// A text, with the room of the one before it.
#[derive(Default)]
struct Value {
    /// Whether there is one; null is none.
    there: bool,
    text: String,
}

impl Value {
    fn clear(&mut self) {
        self.there = false;
        self.text.clear();
    }

    fn set(&mut self, text: &str) {
        self.clear();
        self.there = true;
        self.text.push_str(text);
    }
}

impl<'de> DeserializeSeed<'de> for &mut Value {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Visitor<'_> for &mut Value {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<(), E> {
        self.set(text);
        Ok(())
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<(), E> {
        self.set(&number.to_string());
        Ok(())
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<(), E> {
        self.set(&number.to_string());
        Ok(())
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<(), E> {
        self.set(&number.to_string());
        Ok(())
    }

    fn visit_unit<E: de::Error>(self) -> Result<(), E> {
        Ok(())
    }
}

#[cfg(test)]
mod tests;
