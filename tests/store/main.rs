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
