//! The store under kills, power loss, refused steps, damage, and many processes at once.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod acting;
mod damage;
mod disk;
mod folding;
mod interrupted;
mod model;
mod processes;
mod refused;
mod ticking;

/// Whether everything is to be tried, however long it takes, and not a part of it.
fn full() -> bool {
    std::env::var_os("DOWNTIME_TEST_FULL").is_some()
}
