//! One part of a target as typed: a name, a glob or a regular expression.

use std::fmt;

use globset::{GlobBuilder, GlobMatcher};
use regex::Regex;

use crate::failure::{Failure, Kind, Outcome};

/// What a part of a target matches.
#[derive(Debug, Clone)]
pub enum Pattern {
    /// This name and no other.
    Literal(String),
    /// Names that a shell pattern of `*`, `?` and `[…]` covers whole.
    Glob(String, GlobMatcher),
    /// Names in which a regular expression is found.
    Regex(Regex),
}

/// As it was typed.
impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Literal(text) | Self::Glob(text, _) => f.write_str(text),
            Self::Regex(regex) => write!(f, "~{regex}"),
        }
    }
}

impl Pattern {
    /// Whether a text would be read as more than a name.
    pub fn is_special(text: &str) -> bool {
        text.starts_with('~') || text.contains(['*', '?', '['])
    }

    /// Reads a text: `~REGEX`, a glob if it holds `*`, `?` or `[`, or else a name. `\` is an ordinary character in globs.
    pub fn parse(text: &str) -> Outcome<Self> {
        let unreadable = |what: &str, error: String| {
            let why = error.lines().last().unwrap_or_default();
            Failure::new(Kind::Usage, format!("`{text}` is not a {what}: {}", why.trim_start_matches("error: ")))
        };
        if let Some(expression) = text.strip_prefix('~') {
            return Regex::new(expression)
                .map(Self::Regex)
                .map_err(|error| unreadable("regular expression", error.to_string()))
                .map_err(|failure| {
                    failure
                        .hint("the syntax is that of https://docs.rs/regex; put a `\\` before what is meant as it is")
                });
        }
        if !Self::is_special(text) {
            return Ok(Self::Literal(text.to_owned()));
        }
        // Braces mean alternatives to the library, and nothing to us.
        let escaped = text.replace('{', "[{]").replace('}', "[}]");
        let glob = GlobBuilder::new(&escaped).literal_separator(false).backslash_escape(false).build();
        match glob {
            Ok(glob) => Ok(Self::Glob(text.to_owned(), glob.compile_matcher())),
            Err(error) => Err(unreadable("pattern", error.kind().to_string())
                .hint("a name that holds `[` is taken as it is once the object is known")),
        }
    }

    /// The one name that matches, if only one can.
    pub fn literal(&self) -> Option<&str> {
        match self {
            Self::Literal(name) => Some(name),
            Self::Glob(..) | Self::Regex(_) => None,
        }
    }

    /// What every name that matches begins with, as far as that is plain to see.
    pub fn prefix(&self) -> &str {
        match self {
            Self::Literal(name) => name,
            Self::Glob(text, _) => text.split(['*', '?', '[']).next().unwrap_or_default(),
            Self::Regex(_) => "",
        }
    }

    /// Whether a name matches.
    pub fn matches(&self, name: &str) -> bool {
        match self {
            Self::Literal(literal) => literal == name,
            Self::Glob(text, glob) => text == name || glob.is_match(name),
            Self::Regex(regex) => regex.is_match(name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_cover_the_whole_name_and_regexes_are_found_anywhere() {
        let matches = |pattern: &str, name: &str| Pattern::parse(pattern).unwrap().matches(name);
        assert!(matches("web*", "web01") && !matches("web*", "oldweb01"));
        assert!(matches("*", "a/b") && matches("Filesystem *", "Filesystem /var"));
        assert!(matches("web0?", "web01") && matches("web[0-3]", "web2") && matches("web[!0-3]", "web4"));
        assert!(matches("~eb", "web01") && matches("~^web", "web01") && !matches("~^eb", "web01"));
        assert!(matches(r"Disk C:\*", r"Disk C:\Users") && matches(r"Disk C:\", r"Disk C:\"));
        assert!(matches("a{b}*", "a{b}c") && !matches("{a,b}*", "ab"));
        assert!(!matches("Web*", "web01"), "names are case-sensitive");
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        let message = |text: &str| Pattern::parse(text).unwrap_err().message();
        insta::assert_snapshot!(message("~web("), @"`~web(` is not a regular expression: unclosed group");
        insta::assert_snapshot!(message("web[0"), @"`web[0` is not a pattern: unclosed character class; missing ']'");
    }
}
