use super::*;
use crate::emit::xliff::{MtState, Profile, Version};

#[track_caller]
fn parse(text: &str) -> Config {
    Config::parse(Path::new("conf/pipeline.toml"), text.to_owned()).expect("settings")
}

#[track_caller]
fn refused(text: &str, words: &[&str]) {
    let error = match Config::parse(Path::new("conf/pipeline.toml"), text.to_owned()) {
        Ok(config) => translate::Translator::open(&config.translate, config.tables(), config.folder())
            .map(|_| ())
            .map_err(|error| config.located(error))
            .expect_err("settings that are refused"),
        Err(error) => error,
    };
    let error = error.to_string();
    for word in words {
        assert!(error.contains(word), "`{error}` does not say `{word}`");
    }
    assert!(!error.contains('\n'), "{error:?} is not one line");
}

#[test]
fn the_file_that_ships_says_the_defaults() {
    let read = Config::parse(Path::new("pipeline.toml"), DEFAULTS.to_owned()).expect("the file that ships");
    assert_eq!(Config { file: None, ..read }, Config::default());
}

#[test]
fn the_file_that_ships_names_every_setting() {
    let shipped: toml::Table = DEFAULTS.parse().expect("TOML");
    let all = toml::Table::try_from(Config::default()).expect("plain data");
    for (name, section) in &all {
        let keys = section.as_table().expect("a section").keys();
        let named = shipped[name].as_table().expect("a section");
        assert!(keys.into_iter().all(|key| named.contains_key(key)), "[{name}] of pipeline.toml leaves a setting out");
    }
}

#[test]
fn the_backend_tables_that_ship_say_the_defaults() {
    use crate::translate::backends::{command, firefox};
    let shipped: toml::Table = DEFAULTS.parse().expect("TOML");
    let firefox: firefox::Options = shipped["backend"]["firefox"].clone().try_into().expect("its options");
    assert_eq!(firefox, firefox::Options::default());
    assert_eq!(
        toml::Table::try_from(firefox).expect("plain data").keys().collect::<Vec<_>>(),
        shipped["backend"]["firefox"].as_table().expect("a table").keys().collect::<Vec<_>>()
    );
    // The `command` backend has no useful default; its example stands in comments and is held valid here.
    let mut apertium = example("apertium");
    assert_eq!(apertium.remove("kind").as_ref().and_then(toml::Value::as_str), Some("command"));
    let _: command::Options = apertium.try_into().expect("the options of a command");
}

/// The table of a backend that the file that ships has in comments.
#[track_caller]
fn example(name: &str) -> toml::Table {
    let head = format!("# [backend.{name}]");
    let commented = DEFAULTS.lines().skip_while(|line| *line != head).take_while(|line| line.starts_with('#'));
    let example: Vec<&str> = commented.map(|line| line.trim_start_matches(['#', ' ']).trim_end()).collect();
    let example: toml::Table = example.join("\n").parse().expect("the example is TOML");
    example["backend"][name].as_table().expect("a table").clone()
}

#[test]
fn the_example_of_deepl_says_the_defaults() {
    use crate::translate::backends::deepl::{Model, Options};
    let model = Some(Model::PreferQualityOptimized);
    let shown: Options = example("deepl").try_into().expect("its options");
    assert_eq!(shown, Options { model, ..Options::default() });
    let all = toml::Table::try_from(&shown).expect("plain data");
    assert!(all.keys().all(|key| example("deepl").contains_key(key)), "the example of deepl leaves a setting out");
}

#[test]
fn the_example_of_google_says_the_defaults() {
    use crate::translate::backends::google::Options;
    let shown: Options = example("google").try_into().expect("its options");
    assert_eq!(shown, Options { project: "my-project".into(), ..Options::default() });
    let all = toml::Table::try_from(&shown).expect("plain data");
    assert!(all.keys().all(|key| example("google").contains_key(key)), "the example of google leaves a setting out");
}

#[test]
fn the_examples_of_openai_and_mtranserver_say_the_defaults() {
    use crate::translate::backends::openai::{Bound, Options};
    let mut table = example("openai");
    assert_eq!(table.remove("url").as_ref().and_then(toml::Value::as_str), Some("https://api.openai.com/v1"));
    let shown: Options = table.clone().try_into().expect("its options");
    let (model, bound) = ("gpt-5-mini".to_owned(), Some(Bound::MaxCompletionTokens));
    assert_eq!(shown, Options { model, bound, ..Options::default() });
    let all = toml::Table::try_from(&shown).expect("plain data");
    assert_eq!(all.keys().collect::<Vec<_>>(), table.keys().collect::<Vec<_>>());
    assert_eq!(example("mtranserver").len(), 1);
}

#[test]
fn what_a_file_leaves_out_keeps_its_default() {
    let config = parse("[check]\nfail_on = \"warning\"\n");
    assert_eq!(config.check.fail_on, crate::model::Severity::Warning);
    assert_eq!(config.translate, translate::Options::default());
    // A section that is named and says nothing leaves its settings out like any other.
    for empty in ["[ingest]", "[detect]", "[segment]", "[translate]", "[check]", "[emit]"] {
        let read = Config::parse(Path::new("pipeline.toml"), empty.to_owned()).expect("settings");
        assert_eq!(Config { file: None, ..read }, Config::default(), "{empty}");
    }
    assert_eq!(parse("[glossary]\n").glossary.paths, [Path::new("conf/glossaries")]);
}

#[test]
fn paths_are_relative_to_the_file() {
    let config = parse("[glossary]\npaths = [\"terms\", \"/all\"]\n[segment]\nsrx = \"our.srx\"\n");
    assert_eq!(config.glossary.paths, [Path::new("conf/terms"), Path::new("/all")]);
    assert_eq!(config.segment.srx.as_deref(), Some(Path::new("conf/our.srx")));
}

#[test]
fn a_wrong_key_is_told_with_its_place_and_the_right_ones() {
    refused("[check]\nfail_one = \"error\"\n", &["conf/pipeline.toml:2:1", "fail_one", "fail_on", "disable"]);
    refused("[chek]\n", &["conf/pipeline.toml:1:2", "chek", "check", "ingest"]);
    refused("[backends.mine]\n", &["conf/pipeline.toml:1:2", "backends", "`backend`"]);
    refused("[translate]\nbatch = 0\n", &["conf/pipeline.toml:2:9"]);
    refused("[detect]\nlanguages = [\"en\", \"not a tag\"]\n", &["conf/pipeline.toml:2:", "not a tag"]);
    refused("[translate\n", &["conf/pipeline.toml:1:"]);
}

#[test]
fn a_wrong_key_of_a_backend_is_told_with_its_place() {
    refused("[backend.firefox]\nthreads = 1\nmodel = []\n", &["conf/pipeline.toml:3:1", "model", "models"]);
    refused(
        "[translate]\nbackends = [\"x\"]\n[backend.x]\nkind = \"bing\"\n",
        &["conf/pipeline.toml:4:8", "bing", "firefox"],
    );
    refused("backend = 1\n", &["conf/pipeline.toml:1:"]);
}

#[test]
fn settings_in_force_can_be_read_back() {
    let config = parse("[check]\nfail_on = \"info\"\n[backend.firefox]\nthreads = 1\n");
    let again = Config::parse(Path::new("conf/pipeline.toml"), config.to_toml()).expect("settings");
    assert_eq!(again.check, config.check);
    assert!(config.to_toml().contains("threads = 1"));
}

#[test]
fn a_flag_goes_before_its_setting() {
    let config = || parse("[emit]\nxliff = '1.2'\nprofile = 'full'\nmt_state = 'translated'\n");
    let style = |xliff, profile, mt_state| {
        let to = vec!["pt".parse().expect("a language")];
        let (inputs, out, glossary) = (Vec::new(), "out".into(), Vec::new());
        let flags = Flags { inputs, to, out, xliff, profile, mt_state, glossary, ..Flags::default() };
        let style = config().plan(flags).expect("a plan").config.emit.style();
        (style.version, style.profile, style.mt_state)
    };
    assert_eq!(style(None, None, None), (Version::V1_2, Profile::Full, MtState::Translated));
    let flags = (Version::V2_2, Profile::Lean, MtState::Initial);
    assert_eq!(style(Some(flags.0), Some(flags.1), Some(flags.2)), flags);
}

#[test]
fn pairs_may_have_backends_of_their_own() {
    let config =
        parse("[translate.pairs]\n\"en-zh-Hans\" = [\"mine\"]\n[backend.mine]\nkind = \"firefox\"\nmodels = []\n");
    assert!(config.to_toml().contains("en-zh-Hans = [\"mine\"]"), "{}", config.to_toml());
    let again = Config::parse(Path::new("conf/pipeline.toml"), config.to_toml()).expect("settings");
    assert_eq!(again.translate, config.translate);
    refused("[translate.pairs]\n\"en-fr-pt\" = [\"firefox\"]\n", &["conf/pipeline.toml:2:1", "en-fr-pt", "*-pt"]);
    refused("[translate.pairs]\n\"en-pt\" = []\n", &["conf/pipeline.toml:2:11", "names no backend"]);
    refused("[translate.pairs]\n\"en-pt\" = [\"bing\"]\n", &["`bing`", "firefox"]);
}

#[test]
fn what_may_be_spent_and_where_results_are_kept_shape_no_output() {
    let plan = |text: &str, budget: Option<&str>| {
        let to = vec!["pt".parse().expect("a language")];
        let budget = budget.map(|budget| budget.parse().expect("an amount"));
        parse(text).plan(Flags { to, budget, ..Flags::default() }).expect("a plan")
    };
    let set = plan("[translate]\nbudget = 2.5\nmax_chars = 100\ncache = 'kept.sqlite'\n", None);
    assert_eq!(set.config.translate.budget.to_string(), "2.50");
    assert_eq!(set.config.translate.cache, Path::new("conf/kept.sqlite"));
    assert_eq!(plan("[translate]\nbudget = 2\n", Some("25")).config.translate.budget.to_string(), "25.00");
    assert_eq!(set.settings(), plan("", None).settings());
    refused("[translate]\nbudget = -1\n", &["conf/pipeline.toml:2:10", "an amount of money"]);
}

#[test]
fn the_example_of_an_apertium_server_says_the_defaults() {
    let commented = DEFAULTS.lines().skip_while(|line| !line.starts_with("# [backend.apy]"));
    let lines: Vec<&str> = commented.map_while(|line| line.strip_prefix("# ")).collect();
    let config = parse(&lines.join("\n"));
    let table = config.tables().remove("apy").expect("its table");
    let backend = translate::open("apy", Some(table)).expect("it opens");
    let pair = crate::model::Pair { source: "en".parse().expect("a tag"), target: "es".parse().expect("a tag") };
    assert_eq!(backend.route(pair).expect("a route").engine, "Apertium APy");
}

/// The example of a service says every default that there is, and is the table of a backend of its kind.
#[track_caller]
fn says_the_defaults<T: Default + Serialize + DeserializeOwned>(kind: &str) {
    let mut example = example(kind);
    let entry = translate::backends::ENTRIES.iter().find(|entry| entry.kind == kind).expect("its row");
    for (key, value) in entry.limits.parse::<toml::Table>().expect("TOML") {
        assert_eq!(example.remove(&key), Some(value), "{kind}: {key}");
    }
    for (key, value) in toml::Table::try_from(T::default()).expect("plain data") {
        assert_eq!(example.get(&key), Some(&value), "{kind}: {key}");
    }
    let _: T = example.try_into().unwrap_or_else(|error| panic!("{kind}: {error}"));
}

#[test]
fn examples_of_services_say_the_defaults() {
    use crate::translate::backends::{amazon, azure, modernmt, yandex};
    says_the_defaults::<azure::Options>("azure");
    says_the_defaults::<amazon::Options>("amazon");
    says_the_defaults::<yandex::Options>("yandex");
    says_the_defaults::<modernmt::Options>("modernmt");
}

#[test]
fn the_keys_of_every_service_say_the_defaults() {
    let commented = DEFAULTS.lines().skip_while(|line| !line.starts_with("# [backend.SERVICE]")).skip(1);
    let lines: Vec<&str> = commented.map_while(|line| line.strip_prefix("# ")).collect();
    let mut block: toml::Table = lines.join("\n").parse().expect("TOML");
    for (key, value) in toml::Table::try_from(translate::Limits::default()).expect("plain data") {
        assert_eq!(block.remove(&key), Some(value), "{key}");
    }
    assert_eq!(block.keys().collect::<Vec<_>>(), ["codes", "key_env", "url"]);
}
