//! Objects on one line.

use super::text::printable;
use crate::downtime::target::Target;

/// Objects on one line, at most `most` of them by name.
pub fn names<'a>(targets: impl IntoIterator<Item = &'a Target>, most: usize) -> String {
    let targets: Vec<&Target> = targets.into_iter().collect();
    first_names(targets.iter().copied(), targets.len(), most)
}

/// The first `most` of these objects by name, and how many more there are up to `all`.
pub fn first_names<'a>(targets: impl Iterator<Item = &'a Target>, all: usize, most: usize) -> String {
    let names: Vec<String> = targets.take(most).map(|target| printable(&target.to_string()).into_owned()).collect();
    match all - names.len() {
        0 => names.join(", "),
        more => format!("{} and {more} more", names.join(", ")),
    }
}
