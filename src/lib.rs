//! Planned downtimes of hosts and services, kept in a local directory.
//!
//! | room | what it is for |
//! |---|---|
//! | [`failure`] | every error: its kind, exit code, message and hint |
//! | [`clock`] | instants, and the one clock that is read once |
//! | [`when`] | what people type as a time; civil time to instant |
//! | [`downtime`] | the domain, pure: targets, windows, records, operations, states |
//! | [`inventory`] | hosts and services as declared; which of them a target means |
//! | [`rules`] | downtimes that repeat upon whatever a selector means at the time |
//! | [`policy`] | freezes and limits: what stands against a downtime |
//! | [`store`] | the directory: lock, journal, snapshot, revisions; the only code that writes it |
//! | [`events`] | monitoring logs: formats, import, the event segments |
//! | [`effects`] | what the passing of time brings about: `tick` |
//! | [`availability`] | state history, classification, figures; pure |
//! | [`render`] | tables, CSV, JSON, durations, colour |
//! | [`cli`] | the commands; the only room that knows the terminal |
//!
//! Nothing imports [`cli`]; the pure rooms do no I/O and print nothing.

pub mod availability;
pub mod cli;
pub mod clock;
pub mod downtime;
pub mod effects;
pub mod events;
pub mod failure;
pub mod inventory;
pub mod policy;
pub mod render;
pub mod rules;
pub mod store;
pub mod when;
