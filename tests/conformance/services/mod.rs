//! Doubles of services on loopback: each answers in the shapes that its service documents, refuses what its service refuses,
//! and translates by turning the words of a text around. Live keys are never used.

mod amazon;
mod apertium;
mod azure;
mod deepl;
mod google;
mod libretranslate;
mod modernmt;
mod mtranserver;
mod openai;
mod yandex;

use std::ops::Range;
use std::sync::LazyLock;

use chancery::translate::{Answer, Backend, Batch, Error, Input, Probe, Trouble, open};
use tokio::runtime::Runtime;
use wiremock::{MockServer, Respond};

use super::{ENGLISH, Subject, lang, runtime, subject, table};

/// What a service's backend is opened with: a double of it that runs as long as the tests do.
pub(crate) fn subjects(kind: &str) -> Vec<Subject> {
    match kind {
        "deepl" => deepl::subjects(),
        "google" => google::subjects(),
        "apertium" => apertium::subjects(),
        "amazon" => amazon::subjects(),
        "azure" => azure::subjects(),
        "libretranslate" => libretranslate::subjects(),
        "mtranserver" => mtranserver::subjects(),
        "openai" => openai::subjects(),
        "modernmt" => modernmt::subjects(),
        "yandex" => yandex::subjects(),
        _ => panic!("say here what a backend of kind `{kind}` is opened with"),
    }
}

/// Runs the doubles.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime")
});

/// Starts a double that answers every request as `respond` does; gives its address.
pub(crate) fn serve(respond: impl Respond + 'static) -> String {
    let server = RUNTIME.block_on(async {
        let server = MockServer::start().await;
        wiremock::Mock::given(wiremock::matchers::any()).respond_with(respond).mount(&server).await;
        server
    });
    let address = server.uri();
    // It lives as long as the tests.
    std::mem::forget(server);
    address
}

/// What doubles make of a text: its words from the last to the first.
pub(crate) fn said(text: &str) -> String {
    text.split_whitespace().rev().collect::<Vec<_>>().join(" ")
}

/// What doubles make of a text with elements that they leave as they are: the words around them from the last to the first.
pub(crate) fn said_marked(text: &str) -> String {
    let (mut words, mut rest) = (Vec::new(), text);
    while let Some((before, after)) = rest.split_once("<span") {
        let (element, after) = after.split_once("</span>").expect("an end tag");
        words.extend(before.split_whitespace().map(str::to_owned));
        words.push(format!("<span{element}</span>"));
        rest = after;
    }
    words.extend(rest.split_whitespace().map(str::to_owned));
    words.reverse();
    words.join(" ")
}

/// Opens a backend of `kind` with a table.
pub(crate) fn opened(kind: &str, toml: &str) -> Box<dyn Backend> {
    open(kind, Some(table(toml))).unwrap_or_else(|error| panic!("{error}"))
}

/// Why a backend of `kind` with a table is not opened.
#[track_caller]
pub(crate) fn not_opened(kind: &str, toml: &str) -> String {
    open(kind, Some(table(toml))).err().expect("it is refused").to_string()
}

/// A text of which a part is to stay as it is.
pub(crate) fn keeping(text: &str, kept: Range<usize>) -> Input {
    Input { text: text.to_owned(), kept: std::iter::once(kept).collect(), ..Input::default() }
}

/// Asks for English texts in `target`.
pub(crate) fn ask(backend: &dyn Backend, target: &str, texts: &[&str]) -> Result<Answer, Error> {
    let input = |text: &&str| Input { text: (*text).to_owned(), ..Input::default() };
    let pair = chancery::model::Pair { source: lang("en"), target: lang(target) };
    runtime().block_on(backend.translate(&Batch { pair, texts: texts.iter().map(input).collect() }))
}

/// Asks what the service says of itself.
pub(crate) fn probe(backend: &dyn Backend) -> Result<Probe, Error> {
    runtime().block_on(backend.probe())
}

/// The trouble with a service, and what is said of it.
#[track_caller]
pub(crate) fn trouble(result: Result<Answer, Error>) -> (Trouble, String) {
    match result {
        Err(Error::Service { trouble, reason, .. }) => (trouble, reason),
        other => panic!("no trouble: {other:?}"),
    }
}
