//! The files of an article in one language: what each is called and what it says.

use crate::config::Plan;
use crate::emit::report::{Form, Output};
use crate::emit::{pages, xliff};
use crate::model::{Pair, Translation};

use super::Stages;

/// A file to write.
pub(super) struct File {
    pub(super) form: Form,
    /// Its place under the output folder.
    pub(super) name: String,
    pub(super) text: String,
}

/// The names of an article's outputs by their forms, in the order in which they are written.
pub(super) fn names(slug: &str, pair: Pair) -> [(Form, String); 2] {
    [(Form::Xliff, format!("{slug}.{pair}.xlf")), (Form::Page, format!("{slug}.{}.html", pair.target))]
}

/// The outputs of `translation`.
///
/// # Errors
/// With a sentence that says why one of them cannot be written.
pub(super) fn files(translation: &Translation, plan: &Plan, stages: &Stages) -> Result<Vec<File>, String> {
    let facts = stages.facts();
    let names = names(&translation.slug, translation.pair());
    let name = |form: Form| names.iter().find(|(named, _)| *named == form).map(|(_, name)| name.clone());
    let links = pages::Links { index: Some("index.html".to_owned()), xliff: name(Form::Xliff) };
    let text = |form: Form| match form {
        Form::Xliff => {
            let document = xliff::write(translation, plan.config.emit.xliff, &facts);
            document.map(|document| document.text).map_err(|error| error.to_string())
        }
        Form::Page => Ok(pages::article(translation, &links, &facts)),
    };
    names.iter().map(|(form, name)| Ok(File { form: *form, name: name.clone(), text: text(*form)? })).collect()
}

/// What the report says of `files`.
pub(super) fn outputs(files: &[File]) -> Vec<Output> {
    files.iter().map(|file| Output { form: file.form, path: file.name.clone() }).collect()
}
