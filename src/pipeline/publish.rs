//! The files of an article in one language: what each is called and what it says.

use crate::emit;
use crate::emit::report::{ArticleRow, Form, Output};
use crate::emit::{Beside, Written, pages, termbase, tmx, xliff};
use crate::model::{Pair, Translation};

use super::Stages;

/// A file to write.
pub(super) struct File {
    pub(super) form: Form,
    /// Its place under the output folder.
    pub(super) name: String,
    pub(super) text: String,
    /// How many characters XML could not hold; counted in the XLIFF, which holds all of the article.
    pub(super) replaced: usize,
}

/// The names that an article's outputs have by their forms, in the order in which they are written.
pub(super) fn names(slug: &str, pair: Pair) -> [(Form, String); 5] {
    [
        (Form::Xliff, format!("{slug}.{pair}.xlf")),
        (Form::Page, format!("{slug}.{}.html", pair.target)),
        (Form::Tbx, format!("{slug}.{pair}.tbx")),
        (Form::Tsv, format!("{slug}.{pair}.tsv")),
        (Form::Tmx, format!("{slug}.{pair}.tmx")),
    ]
}

/// The outputs of `translation`: the XLIFF and the page, and beside them what the settings name and there is something for.
///
/// # Errors
/// With a sentence that says why one of them cannot be written.
pub(super) fn files(translation: &Translation, options: &emit::Options, stages: &Stages) -> Result<Vec<File>, String> {
    let mut files = Vec::new();
    for (form, name) in names(&translation.slug, translation.pair()) {
        let whole = |text| Written { text, replaced: 0 };
        let written = match form {
            Form::Xliff => Some(document(translation, options, stages)?),
            Form::Page => Some(whole(page(translation, stages))),
            Form::Tbx => beside(Beside::Tbx, translation, options, stages).map(whole),
            Form::Tsv => beside(Beside::Tsv, translation, options, stages).map(whole),
            Form::Tmx => beside(Beside::Tmx, translation, options, stages).map(whole),
        };
        files.extend(written.map(|Written { text, replaced }| File { form, name, text, replaced }));
    }
    Ok(files)
}

/// What the report says of an article with these outputs.
pub(super) fn row(translation: &Translation, files: &[File]) -> ArticleRow {
    let outputs = files.iter().map(|file| Output { form: file.form, path: file.name.clone() }).collect();
    ArticleRow::of(translation, outputs).with_replaced(files.iter().map(|file| file.replaced).sum())
}

fn document(translation: &Translation, options: &emit::Options, stages: &Stages) -> Result<Written, String> {
    xliff::write(translation, options.style(), &stages.facts()).map_err(|error| error.to_string())
}

fn page(translation: &Translation, stages: &Stages) -> String {
    let [(_, xliff), ..] = names(&translation.slug, translation.pair());
    let links = pages::Links { index: Some("index.html".to_owned()), xliff: Some(xliff) };
    pages::article(translation, &links, &stages.facts())
}

fn beside(what: Beside, translation: &Translation, options: &emit::Options, stages: &Stages) -> Option<String> {
    if !options.beside.contains(&what) {
        return None;
    }
    let entries = || stages.entries(translation);
    match what {
        Beside::Tbx => termbase::tbx(translation, &entries(), &stages.facts()),
        Beside::Tsv => termbase::tsv(translation, &entries()),
        Beside::Tmx => tmx::tmx(translation, &stages.facts()),
    }
}
