//! A forest of names, drawn: each below those that it hangs off.

use std::collections::BTreeSet;

/// What is drawn.
pub trait Forest {
    /// The names below one, in order.
    fn below(&self, name: &str) -> Vec<&str>;
    /// What to say beside a name.
    fn beside(&self, name: &str) -> Option<String>;
}

/// A name still to be drawn: what stands before it, and whether it is the last below its own.
struct Branch<'a> {
    name: &'a str,
    before: String,
    depth: usize,
    is_last: bool,
}

/// The trees that grow from `roots`, a line each name. One that hangs off several is drawn under each, and what is below
/// it only the first time; one that hangs off itself ends there.
pub fn draw<'a>(roots: &[&'a str], forest: &'a impl Forest) -> String {
    let mut text = String::new();
    let mut drawn = BTreeSet::new();
    let mut above: Vec<&str> = Vec::new();
    // No recursion: a chain of ten thousand hosts is no reason to fall over.
    let mut to_draw: Vec<Branch<'_>> =
        roots.iter().rev().map(|name| Branch { name, before: String::new(), depth: 0, is_last: true }).collect();
    while let Some(Branch { name, before, depth, is_last }) = to_draw.pop() {
        let (joint, stem) = match (depth, is_last) {
            (0, _) => ("", ""),
            (_, true) => ("└── ", "    "),
            (_, false) => ("├── ", "│   "),
        };
        above.truncate(depth);
        let is_new = drawn.insert(name);
        let again = match is_new {
            true => "",
            false if above.contains(&name) => "  (a ring)",
            false => "  (see above)",
        };
        let beside = forest.beside(name).map(|beside| format!("  ({beside})")).unwrap_or_default();
        text += &format!("{before}{joint}{name}{beside}{again}\n");
        if is_new {
            above.push(name);
            let below = forest.below(name);
            let before = before + stem;
            let last = below.len().saturating_sub(1);
            to_draw.extend(below.into_iter().enumerate().rev().map(|(at, name)| Branch {
                name,
                before: before.clone(),
                depth: depth + 1,
                is_last: at == last,
            }));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    struct Edges(BTreeMap<&'static str, Vec<&'static str>>);

    impl Forest for Edges {
        fn below(&self, name: &str) -> Vec<&str> {
            self.0.get(name).cloned().unwrap_or_default()
        }
        fn beside(&self, name: &str) -> Option<String> {
            (name == "ghost").then(|| "not declared".to_owned())
        }
    }

    #[test]
    fn diamonds_and_rings_are_drawn_once_and_pointed_back_to() {
        let edges = Edges(BTreeMap::from([
            ("core", vec!["sw1", "sw2"]),
            ("sw1", vec!["web01"]),
            ("sw2", vec!["ghost", "web01"]),
            ("web01", vec!["app", "core"]),
        ]));
        insta::assert_snapshot!(draw(&["core", "lone"], &edges), @"
        core
        ├── sw1
        │   └── web01
        │       ├── app
        │       └── core  (a ring)
        └── sw2
            ├── ghost  (not declared)
            └── web01  (see above)
        lone
        ");
    }

    #[test]
    fn a_long_chain_is_drawn() {
        let names: Vec<&'static str> = (0..5000).map(|at| &*Box::leak(format!("h{at:04}").into_boxed_str())).collect();
        let edges = Edges(names.windows(2).map(|pair| (pair[0], vec![pair[1]])).collect());
        assert_eq!(draw(&[names[0]], &edges).lines().count(), 5000);
    }
}
