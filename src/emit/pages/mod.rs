//! Bilingual pages for readers, each one file that loads nothing.
//!
//! A row holds a passage, the source beside its translation; each sentence finds its counterpart in the row by
//! its number, which the style sheet lights up under the pointer or behind a link. The page says that a machine
//! translated, and with what, and how much of it a person reviewed; a failed sentence is shown as failed.
//!
//! The skeletons are `askama` templates beside this file: checked against their data when the crate is compiled,
//! escaped by default, and readable by whoever knows HTML. The text of the article itself is written by a module of
//! its own, since white space counts in it.
//!
//! Laws: no script and no request leave a page, whatever the article holds; the sentences of a page are
//! those of the XLIFF.

mod article;
mod index;
mod inline;
mod labels;
mod names;
mod review;
mod rows;

use askama::Template;

use crate::model::Lang;

pub use article::{Links, article};
pub use index::index;

/// The style of every page.
const STYLE: &str = include_str!("style.css");

fn render(page: &impl Template) -> String {
    page.render().expect("writing to a string cannot fail")
}

fn direction(lang: Lang) -> &'static str {
    if lang.is_rtl() { "rtl" } else { "ltr" }
}
