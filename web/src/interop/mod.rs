//! Other tools' formats on the page: files in by drop, paste or choice, and what is made of them.
//!
//! Files are read by a worker that loads a module of its own (`www/interop.js`), only when it is
//! needed: the page knows the types of its answers, never the formats. [`draft`], [`limits`],
//! [`wanted`], [`words`] and [`verdict`] touch no browser.

pub mod account_view;
pub mod anywhere;
pub mod draft;
pub mod entry;
pub mod files;
pub mod folder;
pub mod import_panel;
pub mod imported;
pub mod limits;
pub mod link;
pub mod question_form;
pub mod reading;
pub mod suggestion_list;
pub mod taking;
pub mod verdict;
pub mod wanted;
pub mod words;
