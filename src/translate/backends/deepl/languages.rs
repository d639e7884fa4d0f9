//! What DeepL says of its languages.

use serde::Deserialize;

use super::DeepL;
use crate::model::{Lang, Pair};
use crate::translate::Error;

#[derive(Deserialize)]
struct Language {
    language: String,
}

#[derive(Deserialize)]
struct GlossaryPairs {
    supported_languages: Vec<serde::de::IgnoredAny>,
}

/// All pairs of `GET /v2/languages` that the table of codes knows.
pub(super) async fn pairs(deepl: &DeepL) -> Result<Vec<Pair>, Error> {
    let (sources, targets) = (languages(deepl, "source").await?, languages(deepl, "target").await?);
    let to = |source: Lang| targets.iter().map(move |&target| Pair { source, target });
    let pairs = sources.into_iter().flat_map(to);
    Ok(pairs.filter(|pair| deepl.codes.pair(*pair).is_some()).collect())
}

async fn languages(deepl: &DeepL, kind: &str) -> Result<Vec<Lang>, Error> {
    let request = deepl.authorized(deepl.http.get("/v2/languages")).query(&[("type", kind)]);
    let listed: Vec<Language> = deepl.http.json(request).await?;
    let code = |lang: Lang| if kind == "source" { deepl.codes.source(lang) } else { deepl.codes.target(lang) };
    let is_listed = |lang: &Lang| {
        let is = |own: &str| listed.iter().any(|it| it.language.eq_ignore_ascii_case(own));
        code(*lang).is_some_and(is)
    };
    Ok(deepl.codes.langs().filter(is_listed).collect())
}

/// How many pairs may have a glossary.
pub(super) async fn with_glossary(deepl: &DeepL) -> Result<usize, Error> {
    let request = deepl.authorized(deepl.http.get("/v2/glossary-language-pairs"));
    let GlossaryPairs { supported_languages } = deepl.http.json(request).await?;
    Ok(supported_languages.len())
}
