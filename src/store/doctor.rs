//! Checks the whole store.
