//! What a user sees, through the real binary with the clock standing still.
//!
//! One file, one command or promise; snapshots show the product: standard output as it is, standard error behind `! `,
//! and the exit code if it is not 0.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../common/mod.rs"]
mod common;

mod bad_input;
mod calendar;
mod check;
mod command_line;
mod conformance;
mod delete;
mod delete_asking;
mod delete_filters;
mod doctor;
mod documents;
mod edit;
mod edited;
mod explain;
mod extend;
mod history;
mod history_filters;
mod import;
mod import_formats;
mod init;
mod inventory;
mod keys;
mod list;
mod list_filters;
mod list_narrow;
mod list_targets;
mod mistaken;
mod near_rules;
mod occurrences;
mod osg;
mod policies;
mod report;
mod retroactive;
mod revisions;
mod rooms;
mod rules;
mod rules_in_force;
mod schedule;
mod selectors;
mod series;
mod series_changes;
mod show;
mod store;
mod story;
mod terminal;
mod tick;
mod undo;
mod zones;
