//! How things look: text, tables, CSV, JSON. Pure; nothing here prints.

pub mod backtest_json;
pub mod calendar;
pub mod check_json;
pub mod csv;
pub mod csv_cell;
pub mod downtime_json;
pub mod duration;
pub mod explain_json;
pub mod history_json;
pub mod inventory_json;
pub mod json;
pub mod links;
pub mod names;
pub mod plain_table;
pub mod report_csv;
pub mod report_json;
pub mod report_table;
pub mod rules_json;
pub mod series_json;
pub mod text;
pub mod time;
pub mod timeline_csv;
pub mod timeline_json;
pub mod timeline_table;
pub mod tree;

#[cfg(test)]
mod report_fixture;
