//! `duban` (督办) checks the plan files of a campaign's units against its rules and deadlines.
//!
//! ```text
//! paths ─▶ discover ─▶ source ─▶ load ─▶ Plan ──┐
//!                                 │             ├─▶ ledger ─▶ rules ─▶ Verdict ─▶ output   (findings)
//! campaign.toml ──────────────────┴─▶ Campaign ─┘     └──────────────────────────▶ report   (deadlines)
//! ```
//!
//! - [`plan`] and [`campaign`] are plain data; [`read`] and [`load`] make it from text, [`syntax`] words what
//!   is not TOML, [`vocabulary`] holds the closed word lists, [`field`] looks fields up by their names.
//! - [`calendar`] knows dates and the one clock; [`ledger`] is the only place that compares a date with a
//!   due date.
//! - [`rules`] read plain data and name fields; [`locate`] and [`source`] turn fields into places;
//!   [`levels`] decides who speaks and how loudly; [`check`] puts it all together.
//! - [`output`] and [`report`] are pure functions of a finished verdict. [`lang`] has the two languages.
//! - [`fix`] makes the repairs that findings carry.
//! - `lsp` serves editors: the same checks on texts that are not saved yet.
//! - [`template`] writes the files that are handed out to be filled in, [`schema`] the JSON Schemas for editors.
//! - [`form`] is the workbook that is handed out, [`import`] reads filled ones.

pub mod book;
pub mod calendar;
pub mod campaign;
pub mod check;
pub mod cli;
pub mod command;
pub mod discover;
pub mod document;
pub mod escape;
pub mod evidence;
pub mod explain;
pub mod extract;
pub mod field;
pub mod finding;
pub mod fix;
pub mod fixture;
pub mod form;
pub mod import;
pub mod lang;
pub mod ledger;
pub mod levels;
pub mod load;
pub mod locate;
#[cfg(feature = "lsp")]
pub mod lsp;
pub mod nearest;
pub mod number;
pub mod output;
pub mod plan;
pub mod read;
pub mod report;
pub mod rules;
pub mod schema;
pub mod similar;
pub mod source;
pub mod syntax;
pub mod template;
pub mod vocabulary;
