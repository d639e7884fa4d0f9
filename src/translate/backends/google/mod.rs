//! Google Cloud Translation, advanced: `POST /v3/projects/P/locations/L:translateText`.
//!
//! Documented in its discovery document v3 of 2026-08-14 and its pages on quotas and glossaries. `mimeType` is always said,
//! since left out it is HTML. A quota is told by 403 as well as by 429, and only the words say which: a minute's may be waited
//! for, a day's not. Glossaries are resources of a project, made from a file in Cloud Storage; they are not made here.

mod credentials;
mod options;
mod request;

use async_trait::async_trait;
use reqwest::header::AUTHORIZATION;
use reqwest::{RequestBuilder, StatusCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use self::credentials::Credentials;
pub use self::options::Options;
use self::request::{Request, Response};
use crate::model::{Lang, Pair, Provenance, Usage};
use crate::translate::models::pair_of;
use crate::translate::service::{Codes, Http, message};
use crate::translate::{Answer, Backend, Batch, Capability, Error, Heeds, Probe, Setup, TermUse, Trouble};

const HOME: &str = "https://translation.googleapis.com";
const TOKEN_ENV: &str = "GOOGLE_ACCESS_TOKEN";

struct Google {
    name: String,
    http: Http,
    credentials: Credentials,
    codes: Codes,
    options: Options,
    capability: Capability,
}

/// Opens it, with an access token in `GOOGLE_ACCESS_TOKEN` where the table names no other variable, else with the service
/// account whose file a variable names.
///
/// # Errors
/// When the table is wrong, or there is neither.
pub fn open(setup: Setup<'_>) -> Result<Box<dyn Backend>, Error> {
    let name = setup.name.clone();
    let wrong = |message: String| Error::Config { name: name.clone(), message, span: None };
    let address = setup.access.address(&name, Some(HOME))?;
    let token = setup.access.key(&name, TOKEN_ENV, false)?;
    let http = Http::new(&setup, &address, token.as_deref())?.reading(reads);
    let codes = Codes::new(include_str!("codes.txt"), &setup.access);
    let mut options: Options = setup.options()?;
    let (credentials, project) = match (token, std::env::var_os(&options.credentials_env)) {
        (Some(token), _) => (Credentials::Token(token), String::new()),
        (None, Some(path)) => Credentials::account(&name, &http, path.as_ref())?,
        (None, None) => {
            let variable = &options.credentials_env;
            return Err(wrong(format!(
                "neither {TOKEN_ENV} is set, with an access token, nor {variable}, with the path of a service account's file"
            )));
        }
    };
    if options.project.is_empty() {
        options.project = project;
    }
    options.check().map_err(wrong)?;
    let capability = capability(&options);
    Ok(Box::new(Google { name, http, credentials, codes, options, capability }))
}

/// It takes 30,000 code points, and recommends 5,000 at once.
fn capability(options: &Options) -> Capability {
    let heeds = if options.glossaries.is_empty() { Heeds::Nothing } else { Heeds::Glossary };
    let terms = TermUse { heeds, keeps: true, ..Capability::SERVICE.terms };
    Capability { max_texts: 1024, max_chars: 30_000, max_total: 5_000, terms, ..Capability::SERVICE }
}

/// What tells a quota that only another day fills, and one that another minute does.
const OF_A_DAY: &[&str] = &["daily limit", "dailylimit", "per day", "perday"];
const OF_A_MINUTE: &[&str] = &["rate limit", "ratelimit", "rate_limit", "quota exceeded", "quotaexceeded", "exhausted"];

/// What Google means, where that is not what everybody means.
fn reads(status: StatusCode, body: &str) -> Option<(Trouble, String)> {
    let (said, whole) = (message(body), body.to_lowercase());
    let is = |words: &[&str]| words.iter().any(|word| whole.contains(word));
    match status.as_u16() {
        403 | 429 if is(OF_A_DAY) => Some((Trouble::Quota, said)),
        403 if is(OF_A_MINUTE) => Some((Trouble::Limited, said)),
        400 if is(&["too long", "too large", "exceeds the maximum"]) => Some((Trouble::TooLarge, said)),
        400 | 404 if is(&["glossary", "model"]) => Some((Trouble::Settings, said)),
        400 if is(&["language"]) => {
            Some((Trouble::Pair, format!("{said}; a code of your own can be given with `codes` in its table")))
        }
        _ => None,
    }
}

#[derive(Deserialize)]
struct Languages {
    #[serde(default)]
    languages: Vec<Language>,
}

#[derive(Deserialize)]
struct Language {
    #[serde(rename = "languageCode")]
    code: String,
    #[serde(default, rename = "supportSource")]
    is_source: bool,
    #[serde(default, rename = "supportTarget")]
    is_target: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Glossary {
    #[serde(default)]
    entry_count: i64,
}

impl Google {
    /// Asks as whoever asks, whose token no error repeats.
    async fn ask<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<T, Error> {
        let token = self.credentials.token().await?;
        let mut request = request.header(AUTHORIZATION, Credentials::bearer(&self.name, &token)?);
        if !self.options.quota_project.is_empty() {
            request = request.header("x-goog-user-project", &self.options.quota_project);
        }
        self.http.clone().keeping(token).json(request).await
    }

    /// The pairs of the languages that are listed.
    async fn pairs(&self) -> Result<Vec<Pair>, Error> {
        let request = self.http.get(&format!("/v3/{}/supportedLanguages", self.options.parent()));
        let Languages { languages } = self.ask(request).await?;
        let listed = |code: Option<&str>, able: fn(&Language) -> bool| {
            code.is_some_and(|code| languages.iter().any(|it| able(it) && it.code.eq_ignore_ascii_case(code)))
        };
        let is_source = |lang: &Lang| listed(self.codes.source(*lang), |it| it.is_source);
        let is_target = |lang: &Lang| listed(self.codes.target(*lang), |it| it.is_target);
        let targets: Vec<Lang> = self.codes.langs().filter(is_target).collect();
        let to = |source: Lang| targets.iter().map(move |&target| Pair { source, target });
        let pairs = self.codes.langs().filter(is_source).flat_map(to);
        Ok(pairs.filter(|pair| self.codes.pair(*pair).is_some()).collect())
    }

    /// How many terms the glossaries of the settings hold.
    async fn glossaries(&self) -> Result<Vec<String>, Error> {
        let mut said = Vec::new();
        for key in self.options.glossaries.keys() {
            let Some(name) = pair_of(key).and_then(|pair| self.options.glossary(pair)) else { continue };
            let Glossary { entry_count } = self.ask(self.http.get(&format!("/v3/{name}"))).await?;
            said.push(format!("the glossary of {key} has {entry_count} terms"));
        }
        Ok(said)
    }
}

#[async_trait]
impl Backend for Google {
    fn capability(&self) -> &Capability {
        &self.capability
    }

    fn route(&self, pair: Pair) -> Option<Provenance> {
        self.codes.pair(pair)?;
        let Options { model, .. } = &self.options;
        let engine = if model.is_empty() { "Google".to_owned() } else { format!("Google {model}") };
        Some(Provenance { backend: self.name.clone(), engine, models: Vec::new() })
    }

    fn unsettled(&self, target: Lang) -> Option<String> {
        self.codes.unsettled(target)
    }

    fn fingerprint(&self, pair: Pair) -> String {
        let Options { location, ignore_case, contextual, .. } = &self.options;
        let model = self.options.model().unwrap_or_default();
        let glossary = self.options.glossary(pair).unwrap_or_default();
        format!(
            "location={location} model={model} glossary={glossary} ignore_case={ignore_case} contextual={contextual}"
        )
    }

    fn charge(&self, batch: &Batch) -> Usage {
        let characters = request::contents(batch).iter().map(|text| text.chars().count() as u64).sum();
        Usage { requests: 1, characters, ..Usage::default() }
    }

    async fn translate(&self, batch: &Batch) -> Result<Answer, Error> {
        let codes = self.codes.pair(batch.pair).ok_or(Error::NoPair { pair: batch.pair })?;
        if batch.texts.is_empty() {
            return Ok(Answer::default());
        }
        let request = self.http.post(&format!("/v3/{}:translateText", self.options.parent()));
        let response: Response = self.ask(request.json(&Request::new(batch, codes, &self.options))).await?;
        Ok(Answer { drafts: response.drafts(batch)?, used: None })
    }

    async fn probe(&self) -> Result<Probe, Error> {
        let (pairs, says) = (self.pairs().await?, self.glossaries().await?.join("; "));
        Ok(Probe { says, pairs: Some(pairs) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn called(tag: &str, source: Option<&str>, target: Option<&str>) {
        let codes = Codes::new(include_str!("codes.txt"), &crate::translate::Access::default());
        let lang: Lang = tag.parse().expect("a tag");
        assert_eq!((codes.source(lang), codes.target(lang)), (source, target), "{tag}");
    }

    #[test]
    fn languages_are_called_as_documented() {
        called("en-GB", Some("en"), Some("en"));
        called("zh-Hans", Some("zh-CN"), Some("zh-CN"));
        called("zh-TW", Some("zh-TW"), Some("zh-TW"));
        called("zh", Some("zh-CN"), None);
        called("pt", Some("pt"), None);
        called("pt-BR", Some("pt"), Some("pt"));
        called("pt-PT", Some("pt-PT"), Some("pt-PT"));
        called("fr-CA", Some("fr-CA"), Some("fr-CA"));
        called("fr", Some("fr"), Some("fr"));
        called("nb", Some("no"), Some("no"));
        called("mi", None, None);
    }

    #[track_caller]
    fn means(status: u16, message: &str, wanted: Option<Trouble>) {
        let status = StatusCode::from_u16(status).expect("a status");
        let body = serde_json::json!({ "error": { "code": status.as_u16(), "message": message } }).to_string();
        assert_eq!(reads(status, &body), wanted.map(|wanted| (wanted, message.to_owned())));
    }

    #[test]
    fn only_words_tell_one_refusal_from_another() {
        means(403, "User Rate Limit Exceeded", Some(Trouble::Limited));
        means(403, "Daily Limit Exceeded", Some(Trouble::Quota));
        let quota = |of: &str| format!("Quota exceeded for quota metric 'characters' and limit 'characters per {of}'");
        means(403, &quota("minute"), Some(Trouble::Limited));
        means(429, &quota("day"), Some(Trouble::Quota));
        means(429, &quota("minute"), None);
        means(403, "Cloud IAM permission 'cloudtranslate.generalModels.predict' denied.", None);
        means(400, "Text is too long.", Some(Trouble::TooLarge));
        means(404, "Glossary not found.", Some(Trouble::Settings));
        means(400, "Invalid value for mimeType", None);
    }
}
