use super::*;
use crate::translate::registry::tests::table;
use crate::translate::{Input, Remedy};

/// A backend that runs a Python script over the lines.
fn python(script: &str, more: &str) -> Box<dyn Backend> {
    let toml = format!(
        "kind = 'command'\nprogram = 'python3'\nargs = ['-c', '''{script}''', '{{source}}', '{{target}}']\npairs = ['es-pt']\n{more}"
    );
    crate::translate::open("python", Some(table(&toml))).expect("it opens")
}

fn ask(backend: &dyn Backend, texts: &[&str]) -> Result<Vec<String>, Error> {
    let input = |text: &&str| Input { text: (*text).to_owned(), align: false, ..Input::default() };
    let batch = Batch { pair: pair_of("es-pt").expect("a pair"), texts: texts.iter().map(input).collect() };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let drafts = runtime.block_on(backend.translate(&batch))?.whole()?;
    Ok(drafts.into_iter().map(|draft| draft.text).collect())
}

#[track_caller]
fn fails(backend: &dyn Backend, remedy: Remedy, wanted: &str) {
    let error = ask(backend, &["uno", "dos"]).expect_err("an error");
    assert!(error.to_string().contains(wanted), "{error}");
    assert_eq!(error.remedy(), remedy, "{error}");
}

const UPPER: &str = "import sys\nfor line in sys.stdin: print(line.strip().upper(), flush=True)";

#[test]
fn lines_go_in_and_come_out() {
    assert_eq!(
        ask(&*python(UPPER, ""), &["uno", "dos\ntres", "¿qué?"]),
        Ok(vec!["UNO".into(), "DOS TRES".into(), "¿QUÉ?".into()])
    );
    assert_eq!(ask(&*python(UPPER, ""), &[]), Ok(vec![]));
    let marked = "import sys\nsys.stdout.reconfigure(encoding=\"utf-8-sig\")\nprint(\"um\")";
    assert_eq!(ask(&*python(marked, ""), &["uno"]), Ok(vec!["um".to_owned()]));
}

#[test]
fn much_text_does_not_lock_up() {
    let long = "palabra ".repeat(1000);
    let texts = vec![long.as_str(); 100];
    assert_eq!(ask(&*python(UPPER, ""), &texts).map(|lines| lines.len()), Ok(100));
}

#[test]
fn the_program_is_told_the_languages_in_its_own_codes() {
    let script = "import sys\nfor line in sys.stdin: print(sys.argv[1:])";
    let codes = "codes = { es = 'spa' }";
    assert_eq!(ask(&*python(script, codes), &["x"]), Ok(vec!["['spa', 'pt']".to_owned()]));
}

#[test]
fn failures_say_what_happened() {
    let missing = table("kind = 'command'\nprogram = 'no-such-program'\npairs = ['es-pt']");
    let missing = crate::translate::open("missing", Some(missing)).expect("it opens");
    fails(&*missing, Remedy::Stop, "program `no-such-program`: not found; install it");
    fails(&*python("print(1)", ""), Remedy::Item, "wrote 1 lines for 2");
    let crash = "import sys\nsys.stderr.write(\"loading\\nno data for es\\n\"); sys.exit(3)";
    fails(&*python(crash, ""), Remedy::Item, "exit status: 3: loading / no data for es");
    let coloured = "import sys\nsys.stderr.write(chr(27) + \"[1;31mfatal\" + chr(27) + \"[0m: no model\"); sys.exit(1)";
    fails(&*python(coloured, ""), Remedy::Item, "exit status: 1: fatal: no model");
    fails(&*python("import time; time.sleep(60)", "timeout_s = 1"), Remedy::Stop, "still running after 1 s");
    fails(&*python("import sys; sys.stdout.buffer.write(bytes([255, 10, 255, 10]))", ""), Remedy::Item, "not UTF-8");
    fails(&*python("while True: print(\"x\" * 100000)", ""), Remedy::Item, "wrote more than");
}
