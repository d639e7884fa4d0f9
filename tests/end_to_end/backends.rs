//! `chancery backends`: what is configured, and whether it can be used, against servers on this machine.

use std::net::TcpListener;

use serde_json::{Value, json};
use tokio::runtime::Runtime;
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::desk::{Desk, Run, repository};

/// A server that answers `GET /languages`; gone with its runtime.
struct Server {
    mock: MockServer,
    _runtime: Runtime,
}

impl Server {
    fn answering(status: u16, body: &Value) -> Self {
        let runtime = Runtime::new().expect("a runtime");
        let mock = runtime.block_on(async {
            let mock = MockServer::start().await;
            let answer = ResponseTemplate::new(status).set_body_json(body);
            Mock::given(method("GET")).and(path("/languages")).respond_with(answer).mount(&mock).await;
            mock
        });
        Self { mock, _runtime: runtime }
    }

    fn sound() -> Self {
        Self::answering(200, &json!([{ "code": "en", "name": "English", "targets": ["en", "pt", "es"] }]))
    }

    /// A table of settings for it.
    fn table(&self, name: &str) -> String {
        format!("[backend.{name}]\nkind = \"libretranslate\"\nurl = \"{}\"\n", self.mock.uri())
    }
}

fn desk(backends: &str, tables: &str) -> Desk {
    Desk::new().settings(&format!("[translate]\nbackends = {backends}\n{tables}"), &repository("models"))
}

/// The rows that a run printed.
#[track_caller]
fn rows(run: &Run) -> Vec<Value> {
    run.stdout().lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

const TABLES: &str = "
[backend.libre]
kind = \"libretranslate\"
url = \"http://localhost:5000/\"
price = 20
requests_per_minute = 60
[backend.keyless]
kind = \"libretranslate\"
url = \"http://localhost:5001\"
key_env = \"CHANCERY_NO_SUCH_KEY\"
[backend.spare]
kind = \"command\"
program = \"cat\"
pairs = [\"es-pt\"]
";

#[test]
fn the_list_has_a_row_for_each_though_one_cannot_be_opened() {
    let run = desk("[\"libre\", \"keyless\", \"firefox\"]", TABLES).run(&["backends", "list", "--json"]).exits(0);
    let rows = rows(&run);
    let column = |key: &str| rows.iter().map(|row| row[key].clone()).collect::<Vec<Value>>();
    assert_eq!(column("name"), ["libre", "keyless", "firefox", "spare"]);
    assert_eq!(column("place"), [json!(1), json!(2), json!(3), json!(null)]);
    assert_eq!(column("address"), [json!("http://localhost:5000"), json!(null), json!(null), json!(null)]);
    assert_eq!(rows[0]["limits"]["requests_per_minute"], 60);
    assert_eq!(rows[0]["prices"]["characters"], 20.0);
    assert!(rows[0]["languages"].as_u64().is_some_and(|count| count >= 30), "{}", rows[0]);
    assert_eq!(rows[1]["key"], json!({ "variable": "CHANCERY_NO_SUCH_KEY", "set": false }));
    assert!(rows[1]["problem"].as_str().is_some_and(|why| why.contains("CHANCERY_NO_SUCH_KEY is not set")));
    assert_eq!((&rows[2]["pairs"], &rows[3]["pairs"]), (&json!(["en-pt", "pt-en"]), &json!(["es-pt"])));
    assert_eq!(rows[2]["network"], false);
}

#[test]
fn the_list_is_aligned_for_people() {
    let run = desk("[\"libre\", \"keyless\", \"firefox\"]", TABLES).run(&["backends", "list"]).exits(0);
    let run = run.tells(&["keyless: ", "CHANCERY_NO_SUCH_KEY is not set"]);
    let (shown, kinds) = (run.stdout(), ["kind", "libretranslate", "libretranslate", "firefox", "command"]);
    let column = shown.lines().next().and_then(|line| line.find("kind")).expect("a head");
    for (line, kind) in shown.lines().zip(kinds) {
        assert!(line[column..].starts_with(kind), "`{kind}` is not below its head:\n{shown}");
    }
    for word in
        ["any of its", "20 for 1M characters", "60 requests/min", "CANNOT BE OPENED", "en-pt pt-en", "this machine"]
    {
        assert!(shown.contains(word), "`{word}` is not shown:\n{shown}");
    }
}

#[test]
fn backends_that_answer_are_usable() {
    let server = Server::sound();
    let desk = desk("[\"libre\", \"firefox\"]", &server.table("libre"));
    let run = desk.run(&["backends", "test", "--json"]).exits(0);
    let rows = rows(&run);
    assert_eq!((&rows[0]["usable"], &rows[0]["pairs"]), (&json!(true), &json!(2)));
    assert_eq!((&rows[1]["usable"], &rows[1]["pairs"]), (&json!(true), &json!(2)));
    desk.run(&["backends", "test", "libre", "--to", "es,pt-BR"]).exits(0);
    desk.run(&["backends", "test", "libre", "--to", "pt"]).exits(4).tells(&["`pt` may be pt-BR or pt-PT"]);
    desk.run(&["backends", "test", "firefox", "--to", "pt"]).exits(0);
    desk.run(&["backends", "test", "libre", "--to", "pt-BR,fr"])
        .exits(4)
        .tells(&["libre: it does not translate into fr"]);
    desk.run(&["backends", "test", "other"]).exits(2).tells(&["no backend `other`", "libre, firefox"]);
}

#[test]
fn backends_that_cannot_be_used_say_why() {
    let closed = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port");
    let (sound, banned) = (Server::sound(), Server::answering(403, &json!({ "error": "Invalid API key" })));
    let nobody = format!("[backend.nobody]\nkind = \"libretranslate\"\nurl = \"http://{closed}\"\n");
    let keyless = "[backend.keyless]\nkind = \"libretranslate\"\nurl = \"http://localhost:1\"\nkey_env = \"CHANCERY_NO_SUCH_KEY\"\n";
    let gone = "[backend.gone]\nkind = \"command\"\nprogram = \"chancery-no-such-program\"\npairs = [\"es-pt\"]\n";
    let tables = [sound.table("sound"), banned.table("banned"), nobody, keyless.to_owned(), gone.to_owned()].concat();
    let desk = desk("[\"sound\", \"banned\", \"nobody\", \"keyless\", \"gone\"]", &tables);
    let run = desk.run(&["backends", "test", "--json"]).exits(4).tells(&[
        "banned: ",
        "Invalid API key",
        "nobody: ",
        "CHANCERY_NO_SUCH_KEY is not set",
        "chancery-no-such-program",
    ]);
    let usable: Vec<bool> = rows(&run).iter().map(|row| row["usable"] == true).collect();
    assert_eq!(usable, [true, false, false, false, false]);
    desk.run(&["backends", "test", "sound"]).exits(0);
}
