use super::*;
use crate::model::Pair;
use crate::translate::{Options, Translator};

/// A backend's table as it stands in the configuration.
pub(crate) fn table(toml: &str) -> Spanned<DeValue<'static>> {
    let toml: &'static str = toml.to_owned().leak();
    let table = DeTable::parse(toml).expect("TOML");
    let span = table.span();
    Spanned::new(span, DeValue::Table(table.into_inner()))
}

/// Opens what a configuration names, as the pipeline does.
fn configured(toml: &str) -> Result<Translator, Error> {
    let toml: &'static str = toml.to_owned().leak();
    let mut config = DeTable::parse(toml).expect("TOML").into_inner();
    let tables = take_tables(&mut config)?;
    let backends = config.get("backends").and_then(|list| list.get_ref().as_array()).expect("backends");
    let name = |name: &Spanned<DeValue<'_>>| name.get_ref().as_str().expect("a name").to_owned();
    Translator::open(
        &Options { backends: backends.iter().map(name).collect(), ..Options::default() },
        tables,
        Path::new(""),
    )
}

/// Expects the error `wanted`, and that it points at `place` of the configuration.
#[track_caller]
fn refused(toml: &str, wanted: &str, place: &str) {
    let Err(error) = configured(toml) else { panic!("it opens") };
    assert!(error.to_string().contains(wanted), "{error}");
    let (Error::Config { span, .. } | Error::UnknownKind { span, .. }) = error else { panic!("{error:?}") };
    assert_eq!(span.map(|span| &toml[span]).unwrap_or_default(), place);
}

#[test]
fn a_mistake_is_shown_in_its_place() {
    refused("backends = []", "name at least one backend", "");
    refused(
        "backends = ['a', 'a']\n[backend.a]\nkind = 'command'\nprogram = 'cat'",
        "backend `a`: `backends` names it twice",
        "",
    );
    refused("backends = ['firefix']", "no kind `firefix`; the kinds are `firefox`, `command`", "");
    refused("backends = ['x']\n[backend.x]\nkind = 'bing'", "no kind `bing`", "'bing'");
    refused("backends = ['x']\n[backend.x]\nkind = 3", "`kind` is a string", "3");
    refused("backends = ['firefox']\n[backend.comand]\nargs = []", "no kind `comand`", "");
    refused("backends = ['firefox']\n[backend.firefox]\nthread = 2", "unknown field `thread`", "thread");
    refused("backends = ['firefox']\n[backend.firefox]\nthreads = 'two'", "expected usize", "'two'");
    refused("backend = 3\nbackends = ['firefox']", "write a table", "3");
    refused("backends = ['x']\n[backend]\nx = 3", "write a table", "3");
    refused("backends = ['command']", "`program` is missing", "");
    refused("backends = ['a']\n[backend.a]\nkind = 'command'\nprogram = 'cat'\npairs = ['x']", "`x` is not a pair", "");
}

#[test]
fn a_backend_bears_the_name_it_was_given() {
    let toml = "backends = ['own']\n[backend.own]\nkind = 'command'\nprogram = '/usr/bin/tool'\npairs = ['es-pt']";
    let translator = configured(toml).expect("it opens");
    let lang = |tag: &str| tag.parse().expect("a tag");
    let route = translator.route(Pair { source: lang("es"), target: lang("pt-BR") }).expect("a route");
    assert_eq!((route.backend.as_str(), route.engine.as_str()), ("own", "tool"));
    assert_eq!(translator.route(Pair { source: lang("pt"), target: lang("es") }), None);
}

/// What a service is opened with that has nothing in its table.
pub(crate) fn setup(timeout_s: f64) -> Setup<'static> {
    let (name, folder, access) = ("x".to_owned(), PathBuf::new(), Access::default());
    Setup { name, folder, access, timeout_s, table: table("") }
}
