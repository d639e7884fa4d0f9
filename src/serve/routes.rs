//! The paths, and what is done for each.

use std::sync::Arc;
use std::time::Instant;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{StatusCode, Uri};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::model::{Lang, Pair, sha256};

use super::Server;
use super::answers::{Shaped, Told, Translation};
use super::body::{Fields, Texts};
use super::languages::{self, Language};
use super::metrics;
use super::refusal::Refusal;

const TRANSLATE: &str = "/translate";
const DETECT: &str = "/detect";
const LANGUAGES: &str = "/languages";
const HEALTH: &str = "/health";
const METRICS: &str = "/metrics";
const SETTINGS: &str = "/frontend/settings";
const PATHS: &[&str] = &[TRANSLATE, DETECT, LANGUAGES, HEALTH, METRICS, SETTINGS];

/// All paths of `server`.
pub(super) fn of(server: Arc<Server>) -> Router {
    Router::new()
        .route(TRANSLATE, post(translate))
        .route(DETECT, post(detect))
        .route(LANGUAGES, get(list))
        .route(HEALTH, get(health))
        .route(METRICS, get(measured))
        .route(SETTINGS, get(settings))
        .fallback(nowhere)
        .method_not_allowed_fallback(other_method)
        .layer(from_fn_with_state(Arc::clone(&server), counted))
        .with_state(server)
}

type Here = State<Arc<Server>>;

/// Counts what is answered, under the paths that there are.
async fn counted(State(server): Here, request: Request<Body>, next: Next) -> Response {
    let path = PATHS.iter().find(|path| **path == request.uri().path()).copied().unwrap_or("other");
    let (began, _under_way) = (Instant::now(), server.metrics.begin());
    let response = next.run(request).await;
    server.metrics.answered(path, response.status().as_u16(), began.elapsed());
    response
}

async fn translate(State(server): Here, request: Request<Body>) -> Result<Json<Translation>, Refusal> {
    let fields = Fields::read(request).await?;
    server.admit(&fields)?;
    let Texts { texts, is_list } = server.texts(&fields)?;
    let (source, target) = (fields.text("source")?, fields.text("target")?);
    let alternatives = fields.alternatives()?;
    check_format(fields.optional("format"))?;
    let (source, told) = server.source(source, &texts)?;
    let pair = server.pair(source, languages::lang(target)?)?;
    let count = texts.len();
    let translated = server.translated(texts, pair).await?;
    Ok(Json(Translation {
        translated: Shaped::new(translated, is_list),
        detected: told.map(|told| Shaped::new(vec![told; count], is_list)),
        alternatives: (alternatives > 0).then(|| Shaped::new(vec![Vec::new(); count], is_list)),
    }))
}

async fn detect(State(server): Here, request: Request<Body>) -> Result<Json<Vec<Told>>, Refusal> {
    let fields = Fields::read(request).await?;
    server.admit(&fields)?;
    let Texts { texts, .. } = server.texts(&fields)?;
    Ok(Json(Told::of(server.desk.tell(&texts)).map(|(_, told)| told).into_iter().collect()))
}

async fn list(State(server): Here) -> Json<Vec<Language>> {
    Json(server.desk.languages.clone())
}

/// Whether it can translate; a backend that was stopped makes it unwell, though others may still serve.
async fn health(State(server): Here) -> Response {
    let stopped = server.desk.stopped();
    if stopped.is_empty() {
        return Json(json!({ "status": "ok" })).into_response();
    }
    let why: Vec<String> = stopped.iter().map(|(name, why)| format!("{name}: {why}")).collect();
    let told = json!({ "status": "stopped", "error": why.join("; ") });
    (StatusCode::SERVICE_UNAVAILABLE, Json(told)).into_response()
}

async fn measured(State(server): Here) -> Response {
    ([(CONTENT_TYPE, metrics::TYPE)], server.metrics.text()).into_response()
}

/// What LibreTranslate's clients ask before they show a form.
async fn settings(State(server): Here) -> Json<Value> {
    let name = |code: &str, name: &str| json!({ "code": code, "name": name });
    let first = server.desk.languages.iter().flat_map(|it| &it.targets).next().map_or("en", String::as_str);
    let target = languages::lang(first).map(languages::name).unwrap_or_default();
    let keyed = server.key.is_some();
    Json(json!({
        "charLimit": server.options.char_limit,
        "frontendTimeout": 500,
        "apiKeys": keyed,
        "keyRequired": keyed,
        "suggestions": false,
        "filesTranslation": false,
        "supportedFilesFormat": [],
        "language": { "source": name("auto", "Auto Detect"), "target": name(first, &target) },
    }))
}

async fn nowhere(uri: Uri) -> Refusal {
    let path: String = uri.path().chars().take(80).collect();
    Refusal::new(StatusCode::NOT_FOUND, format!("there is no {path} here; there are {}", PATHS.join(", ")))
}

async fn other_method() -> Refusal {
    let message = "this path is asked by POST where texts are sent, otherwise by GET";
    Refusal::new(StatusCode::METHOD_NOT_ALLOWED, message)
}

/// LibreTranslate takes `html` too.
fn check_format(format: Option<&str>) -> Result<(), Refusal> {
    match format {
        None | Some("text") => Ok(()),
        Some("html") => Err(Refusal::request("html format is not supported: send the texts without tags")),
        Some(_) => Err(Refusal::request("Invalid request: format parameter is not text")),
    }
}

impl Server {
    /// Refuses a request without the key, where one is wanted.
    fn admit(&self, fields: &Fields) -> Result<(), Refusal> {
        let Some(wanted) = &self.key else { return Ok(()) };
        match fields.optional("api_key") {
            None => Err(Refusal::request("Please contact the server operator to get an API key")),
            // Compared by hash, so that how long it takes tells nothing of the key.
            Some(key) if sha256(key.as_bytes()) == *wanted => Ok(()),
            Some(_) => Err(Refusal::new(StatusCode::FORBIDDEN, "Invalid API key")),
        }
    }

    /// The texts of a request, no more and no longer than it may have.
    fn texts(&self, fields: &Fields) -> Result<Texts, Refusal> {
        let texts = fields.texts()?;
        if texts.texts.len() > self.options.batch_limit {
            return Err(Refusal::too_much(texts.texts.len(), self.options.batch_limit));
        }
        let sizes = texts.texts.iter().map(|text| text.chars().count());
        match sizes.max().filter(|size| *size > self.options.char_limit) {
            Some(size) => Err(Refusal::too_much(size, self.options.char_limit)),
            None => Ok(texts),
        }
    }

    /// The language of `texts`: as the request says, or what they are found to be in.
    fn source(&self, code: &str, texts: &[String]) -> Result<(Lang, Option<Told>), Refusal> {
        if !code.eq_ignore_ascii_case("auto") {
            return Ok((languages::lang(code)?, None));
        }
        let unknown = || Refusal::request("the language of the text cannot be told: name it as source");
        let (lang, told) = Told::of(self.desk.tell(texts)).ok_or_else(unknown)?;
        Ok((lang, Some(told)))
    }

    /// The pair, if it is translated here.
    fn pair(&self, source: Lang, target: Lang) -> Result<Pair, Refusal> {
        let pair = Pair { source, target };
        if !source.reads_as(target) && self.desk.translates(pair) {
            return Ok(pair);
        }
        let listed = |lang: Lang| self.desk.languages.iter().any(|it| it.code == lang.to_string());
        if let Some(unknown) = [source, target].into_iter().find(|lang| !listed(*lang)) {
            return Err(Refusal::unsupported(&unknown.to_string()));
        }
        let (from, into) = (languages::name(source), languages::name(target));
        Err(Refusal::request(format!("{into} ({target}) is not available as a target language from {from} ({source})")))
    }

    /// Translates `texts` when it is their turn.
    async fn translated(&self, texts: Vec<String>, pair: Pair) -> Result<Vec<String>, Refusal> {
        let _waiting = self.waiting.try_acquire().map_err(|_| Refusal::slow_down())?;
        let _slot = self.slots.acquire().await.map_err(|_| Refusal::slow_down())?;
        self.metrics.asked(&texts);
        let told = self.desk.translate(&texts, pair).await;
        self.metrics.came(&told.units);
        told.texts.map_err(|failed| Refusal::failed(&failed))
    }
}
