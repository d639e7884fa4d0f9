use std::fs;
use std::path::Path;

use super::*;
use crate::translate::registry::tests::table;
use crate::translate::{Draft, Input, Remedy};

/// The folder of the demo models.
pub(crate) fn demo() -> PathBuf {
    let default = || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/models"));
    let dir = std::env::var_os("CHANCERY_MODELS_DIR").map_or_else(default, PathBuf::from);
    assert!(dir.join("en-pt").is_dir(), "the demo models are missing: run `.ci/fetch-models.py`");
    dir
}

fn pair(pair: &str) -> Pair {
    models::pair_of(pair).expect("a pair")
}

fn inputs(texts: &[&str]) -> Vec<Input> {
    texts.iter().map(|text| Input { text: (*text).to_owned(), align: false, ..Input::default() }).collect()
}

fn opened(dir: &Path, threads: usize) -> Box<dyn Backend> {
    let toml = format!("models = [{:?}]\nthreads = {threads}", dir.to_string_lossy());
    crate::translate::open("firefox", Some(table(&toml))).expect("it opens")
}

#[track_caller]
fn ask(backend: &dyn Backend, pair: Pair, texts: Vec<Input>) -> Result<Vec<Draft>, Error> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(backend.translate(&Batch { pair, texts }))?.whole()
}

#[track_caller]
fn translated(direction: &str, text: &str) -> String {
    let drafts = ask(&*opened(&demo(), 1), pair(direction), inputs(&[text])).expect("drafts");
    drafts.into_iter().next().expect("a draft").text
}

#[track_caller]
fn survive(text: &str, tokens: &[&str]) {
    let draft = translated("en-pt", text);
    for token in tokens {
        assert_eq!(draft.matches(token).count(), 1, "{token} in {draft}");
    }
}

#[test]
fn it_translates() {
    assert_eq!(translated("en-pt", "The minister spoke."), "O ministro falou.");
    assert_eq!(translated("pt-en", "Bom dia, senhor ministro."), "Good morning, Mr. Minister.");
    assert_eq!(translated("en-pt", "“Peace”, said the minister."), "\"Paz\", disse o ministro.");
}

#[test]
fn what_the_vocabulary_does_not_know_survives() {
    survive("The fund holds £10 million and €5 billion.", &["£10 milhões", "€5 bilhões"]);
    survive("He moved to the Italian giants in a €100 million deal.", &["€100 milhões"]);
    survive("They paid up to £500, or $700.", &["£500", "700"]);
    survive("Write to press@un.org, or see https://un.org/press.", &["press@un.org", "https://un.org/press"]);
    survive("Mr Kaczyński’s party met Ambassador Müller.", &["Kaczyński", "Müller"]);
    survive("Ελλάδα signed the treaty", &["Ελλάδα", "tratado"]);
    survive("He said 中国 is large; 😀 he laughed.", &["中国", "😀"]);
}

#[test]
fn a_very_long_sentence_is_not_cut_off() {
    let clause = "the minister of country number {} said that the agreement would come into force next year, ";
    let text: String = (101..131).map(|number| clause.replace("{}", &number.to_string())).collect();
    let draft = translated("en-pt", &text);
    for number in 101..131 {
        assert!(draft.contains(&number.to_string()), "{number} in {draft}");
    }
}

#[test]
fn no_sentence_of_a_long_block_is_lost() {
    let sentence = "The minister of country number {} said that talks would go on. ";
    let mut text: String = (101..161).map(|number| sentence.replace("{}", &number.to_string())).collect();
    text.push_str("The ambassador left.");
    let draft = translated("en-pt", &text);
    for number in 101..161 {
        assert!(draft.contains(&number.to_string()), "{number} in {draft}");
    }
    assert!(draft.ends_with("O embaixador partiu.") || draft.ends_with("O embaixador saiu."), "{draft}");
}

#[test]
fn batches_and_threads_change_nothing() {
    let text = |n: usize| format!("The {n} ministers met {}in Kraków.", "again and again ".repeat(n % 5));
    let texts: Vec<String> = (1..=70).map(text).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let all = |size: usize, threads: usize| -> Vec<String> {
        let backend = opened(&demo(), threads);
        let drafts = texts.chunks(size).map(|texts| ask(&*backend, pair("en-pt"), inputs(texts)).expect("drafts"));
        drafts.flatten().map(|draft| draft.text).collect()
    };
    let one = all(1, 1);
    assert_eq!(one.len(), 70);
    for (size, threads) in [(1, 2), (7, 1), (7, 2), (16, 1), (16, 2), (64, 1), (64, 2), (70, 2)] {
        assert_eq!(all(size, threads), one, "batches of {size} on {threads} threads");
    }
}

#[test]
fn links_lead_to_the_words_they_render() {
    let text = "The “Müller” treaty — signed in Geneva — holds.";
    let input = Input { text: text.to_owned(), align: true, ..Input::default() };
    let draft = ask(&*opened(&demo(), 1), pair("en-pt"), vec![input]).expect("drafts").remove(0);
    let links = draft.alignment.expect("an alignment").links;
    let link = |target: &str| {
        let strong = links.iter().filter(|link| link.weight > 0.5);
        strong.filter(|link| draft.text[link.target.clone()] == *target).map(|link| &text[link.source.clone()]).next()
    };
    assert_eq!(link("tratado"), Some("treaty"), "{}", draft.text);
    assert_eq!(link("Müller"), Some("Müller"));
    assert_eq!(link("Genebra"), Some("Geneva"));
}

#[test]
fn a_pair_without_a_model_goes_through_english() {
    let dir = tempfile::tempdir().expect("a folder");
    copy(&demo().join("pt-en"), &dir.path().join("gl-en"));
    copy(&demo().join("en-pt"), &dir.path().join("en-pt"));
    let backend = opened(dir.path(), 1);
    let route = backend.route(pair("gl-pt")).expect("a route");
    let legs: Vec<String> = route.models.iter().map(|id| format!("{}>{}", id.source, id.target)).collect();
    assert_eq!(legs, ["gl>en", "en>pt"]);
    let input = Input { text: "O ministro falou em Genebra.".to_owned(), align: true, ..Input::default() };
    let draft = ask(&*backend, pair("gl-pt"), vec![input]).expect("drafts").remove(0);
    assert_eq!(draft.text, "O ministro falou em Genebra.");
    assert!(draft.alignment.is_some_and(|alignment| alignment.links.len() >= 5));
    assert_eq!(backend.route(pair("gl-fr")), None);
    assert_eq!(
        backend.route(pair("en-pt-BR")).map(|route| route.models[0].target),
        backend.route(pair("en-pt")).map(|r| r.models[0].target)
    );
}

#[test]
fn provenance_names_the_version_that_is_built_in() {
    let lock = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.lock")).expect("the lock file");
    let (name, version) = ENGINE.split_once(' ').expect("a name and a version");
    assert!(lock.contains(&format!("name = \"{name}\"\nversion = \"{version}\"")), "{ENGINE}");
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for file in fs::read_dir(from).expect("a folder") {
        let path = file.expect("an entry").path();
        fs::copy(&path, to.join(path.file_name().expect("a name"))).expect("a copy");
    }
}

/// How a copy of the English-Portuguese model is broken.
type Break = Box<dyn FnOnce(&Path)>;

/// Breaks a copy of the English-Portuguese model and expects that using it says `wanted`, and where.
#[track_caller]
fn broken(name: &str, break_it: Break, wanted: &str) {
    let dir = tempfile::tempdir().expect("a folder");
    let folder = dir.path().join("en-pt");
    copy(&demo().join("en-pt"), &folder);
    fs::remove_file(folder.join("SHA256SUMS")).expect("sums");
    break_it(&folder);
    let error = ask(&*opened(dir.path(), 1), pair("en-pt"), inputs(&["Peace."])).expect_err(name);
    let said = error.to_string();
    assert!(said.contains(wanted) && said.contains("en-pt"), "{name}: {said}");
    assert_eq!(error.remedy(), Remedy::Stop, "{name}: {said}");
    assert!(
        !said.contains("panicked") && !said.contains("out of bounds") && !said.contains("unwrap"),
        "{name}: {said}"
    );
}

const WEIGHTS: &str = "model.enpt.intgemm.alphas.bin";
const VOCABULARY: &str = "vocab.enpt.spm";
const SHORTLIST: &str = "lex.50.50.enpt.s2t.bin";

fn write(name: &'static str, content: impl AsRef<[u8]> + 'static) -> Break {
    Box::new(move |folder| fs::write(folder.join(name), content).expect("written"))
}

fn edit(name: &'static str, change: impl FnOnce(&mut Vec<u8>) + 'static) -> Break {
    Box::new(move |folder| {
        let mut content = fs::read(folder.join(name)).expect("content");
        change(&mut content);
        fs::write(folder.join(name), content).expect("written");
    })
}

fn cut(name: &'static str, length: impl FnOnce(usize) -> usize + 'static) -> Break {
    edit(name, |content| {
        let length = length(content.len());
        content.truncate(length);
    })
}

fn number(name: &'static str, at: usize, value: u64) -> Break {
    edit(name, move |content| content[8 * at..8 * at + 8].copy_from_slice(&value.to_le_bytes()))
}

fn garbage(length: u32) -> Vec<u8> {
    (0..length).map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()[0]).collect()
}

/// Writes other bytes over the first place where `old` stands in the weights.
fn over(old: &'static str, new: &'static str) -> Break {
    assert_eq!(old.len(), new.len());
    edit(WEIGHTS, move |content| {
        let at = content.windows(old.len()).position(|bytes| bytes == old.as_bytes()).expect("these bytes");
        content[at..at + old.len()].copy_from_slice(new.as_bytes());
    })
}

/// Changes the data of a tensor, which follows the names and shapes of all of them.
fn tensor(name: &'static str, change: fn(&mut [u8])) -> Break {
    edit(WEIGHTS, move |content| {
        let word = |at: usize| -> usize {
            let bytes = content[8 * at..8 * at + 8].try_into().expect("eight bytes");
            u64::from_le_bytes(bytes).try_into().expect("a length")
        };
        let count = word(1);
        let field = |tensor: usize, field: usize| word(2 + 4 * tensor + field);
        let names: usize = (0..count).map(|tensor| field(tensor, 0)).sum();
        let shapes: usize = (0..count).map(|tensor| 4 * field(tensor, 2)).sum();
        let mut at = 16 + 32 * count;
        let mut place = None;
        for number in 0..count {
            if content[at..].starts_with(name.as_bytes()) && content[at + name.len()] == 0 {
                place = Some(number);
            }
            at += field(number, 0);
        }
        let place = place.expect("a tensor of this name");
        let gap_at = 16 + 32 * count + names + shapes;
        let gap: [u8; 8] = content[gap_at..gap_at + 8].try_into().expect("eight bytes");
        let gap: usize = u64::from_le_bytes(gap).try_into().expect("a length");
        let start = gap_at + 8 + gap + (0..place).map(|tensor| field(tensor, 3)).sum::<usize>();
        let length = field(place, 3);
        change(&mut content[start..start + length]);
    })
}

fn from_other(name: &'static str, as_name: &'static str) -> Break {
    Box::new(move |folder| _ = fs::copy(demo().join("pt-en").join(name), folder.join(as_name)).expect("copied"))
}

fn removed(name: &'static str) -> Break {
    Box::new(move |folder| fs::remove_file(folder.join(name)).expect("removed"))
}

#[test]
fn broken_models_are_refused() {
    let both = |one: Break, other: Break| -> Break {
        Box::new(move |folder: &Path| {
            one(folder);
            other(folder);
        })
    };
    let folder_instead: Break = Box::new(|folder| {
        fs::remove_file(folder.join(WEIGHTS)).expect("removed");
        fs::create_dir(folder.join(WEIGHTS)).expect("a folder");
    });
    let cases: Vec<(&str, Break, &str)> = vec![
        ("no weights", removed(WEIGHTS), "no `model.*.bin`"),
        ("no vocabulary", removed(VOCABULARY), "no `vocab.*.spm`"),
        (
            "half a pair of vocabularies",
            Box::new(|folder| fs::rename(folder.join(VOCABULARY), folder.join("srcvocab.enpt.spm")).expect("renamed")),
            "no `vocab.*.spm`",
        ),
        (
            "two weights",
            Box::new(|folder| _ = fs::copy(folder.join(WEIGHTS), folder.join("model.old.bin")).expect("copied")),
            "a second file",
        ),
        ("a folder for weights", folder_instead, WEIGHTS),
        ("empty weights", write(WEIGHTS, ""), "the weights are damaged"),
        ("a page for weights", write(WEIGHTS, "<!doctype html><title>Not found</title>"), "the weights are damaged"),
        ("garbage for weights", write(WEIGHTS, garbage(1 << 20)), "the weights are damaged"),
        ("half the weights", cut(WEIGHTS, |length| length / 2), "the weights are damaged: it is cut off"),
        ("all but a byte of the weights", cut(WEIGHTS, |length| length - 1), "the weights are damaged: it is cut off"),
        ("another version", number(WEIGHTS, 0, 2), "not a model of the known version"),
        ("endless tensors", number(WEIGHTS, 1, u64::MAX), "more tensors than it can hold"),
        ("many tensors", number(WEIGHTS, 1, 1 << 33), "more tensors than it can hold"),
        ("an endless name", number(WEIGHTS, 2, u64::MAX / 2), "it is cut off"),
        ("endless dimensions", number(WEIGHTS, 4, 1 << 62), "the weights are damaged"),
        ("endless data", number(WEIGHTS, 5, u64::MAX), "it is cut off"),
        ("a lost tensor", over("decoder_l1_rnn_W\0", "decoder_l1_xnn_W\0"), "there is no tensor `decoder_l1_rnn_W`"),
        ("another architecture", over("decoder-autoreg: rnn", "decoder-autoreg: aan"), "autoreg = `aan`"),
        ("another cell", over("dec-cell: ssru", "dec-cell: lstm"), "dec-cell = `lstm`"),
        ("another kind", over("type: transformer\n", "type: tronsfarmer\n"), "type = `tronsfarmer`"),
        ("another activation", over("ffn-activation: relu", "ffn-activation: gelu"), "ffn-activation = `gelu`"),
        ("another order of layers", over("postprocess: dan", "postprocess: dna"), "postprocess = `dna`"),
        ("no width", over("dim-emb: 256", "dim-emb: abc"), "its dim-emb is not a size"),
        ("another width", over("dim-emb: 256", "dim-emb: 512"), "the weights are damaged"),
        ("heads that do not part", over("transformer-heads: 8", "transformer-heads: 7"), "do not part into 7 heads"),
        ("more layers than there are", over("enc-depth: 6", "enc-depth: 9"), "there is no tensor `encoder_l7"),
        (
            "a number that is none",
            tensor("encoder_l3_ffn_ffn_ln_scale", |data| data[..4].copy_from_slice(&f32::NAN.to_le_bytes())),
            "a number that is none",
        ),
        (
            "a factor of nothing",
            tensor("encoder_l2_self_Wq_QuantMultA", |data| data[..4].fill(0)),
            "`encoder_l2_self_Wq_QuantMultA` is no factor",
        ),
        (
            "a factor that differs",
            tensor("encoder_l2_self_Wq_QuantMultA", |data| data[..4].copy_from_slice(&3_f32.to_le_bytes())),
            "is not that of the maps beside it",
        ),
        ("weights of nothing", tensor("encoder_l1_ffn_W1", |data| data[..393_216].fill(0)), "does not translate"),
        ("words of nothing", tensor("Wemb", |data| data[..8_192_000].fill(1)), "does not translate"),
        ("an empty vocabulary", write(VOCABULARY, ""), "the vocabulary has 0 pieces"),
        ("garbage for a vocabulary", write(VOCABULARY, garbage(1 << 16)), "the vocabulary"),
        ("half a vocabulary", cut(VOCABULARY, |length| length / 2), "the vocabulary has"),
        ("another's vocabulary", from_other("vocab.pten.spm", VOCABULARY), "does not translate"),
        (
            "another direction",
            both(
                both(from_other("model.pten.intgemm.alphas.bin", WEIGHTS), from_other("vocab.pten.spm", VOCABULARY)),
                from_other("lex.50.50.pten.s2t.bin", SHORTLIST),
            ),
            "does not translate",
        ),
        ("an empty shortlist", write(SHORTLIST, ""), "the shortlist is damaged"),
        ("garbage for a shortlist", write(SHORTLIST, garbage(1 << 16)), "the shortlist is damaged"),
        ("half a shortlist", cut(SHORTLIST, |length| length / 2), "the shortlist is damaged"),
        ("an endless shortlist", number(SHORTLIST, 5, u64::MAX), "the shortlist is damaged"),
        ("offsets out of the shortlist", number(SHORTLIST, 6 + 32_000, 1 << 30), "an offset leads out of it"),
        ("words out of the vocabulary", number(SHORTLIST, 6 + 32_001, u64::MAX), "not in the vocabulary"),
        ("a shortlist without common words", number(SHORTLIST, 2, 1 << 40), "not in the vocabulary"),
        ("another's shortlist", from_other("lex.50.50.pten.s2t.bin", SHORTLIST), "not this model's"),
        (
            "a file that is not the listed one",
            both(
                Box::new(|folder| {
                    _ = fs::copy(demo().join("en-pt/SHA256SUMS"), folder.join("SHA256SUMS")).expect("copied");
                }),
                edit(VOCABULARY, |content| content[1000] ^= 1),
            ),
            "vocab.enpt.spm: SHA-256 is",
        ),
    ];
    assert!(cases.len() >= 30);
    for (name, break_it, wanted) in cases {
        broken(name, break_it, wanted);
    }
}

#[test]
fn a_model_with_a_vocabulary_for_each_language_translates() {
    let dir = tempfile::tempdir().expect("a folder");
    let folder = dir.path().join("en-pt");
    copy(&demo().join("en-pt"), &folder);
    fs::remove_file(folder.join("SHA256SUMS")).expect("sums");
    fs::write(folder.join(WEIGHTS), split_vocabularies(&fs::read(folder.join(WEIGHTS)).expect("weights")))
        .expect("written");
    fs::copy(folder.join(VOCABULARY), folder.join("srcvocab.enpt.spm")).expect("copied");
    fs::rename(folder.join(VOCABULARY), folder.join("trgvocab.enpt.spm")).expect("renamed");
    let drafts = ask(&*opened(dir.path(), 1), pair("en-pt"), inputs(&["The minister spoke."])).expect("drafts");
    assert_eq!(drafts[0].text, "O ministro falou.");
}

/// The same weights in the form of a model whose languages have a vocabulary each: with embeddings for both.
fn split_vocabularies(weights: &[u8]) -> Vec<u8> {
    let word = |at: usize| u64::from_le_bytes(weights[8 * at..8 * at + 8].try_into().expect("eight bytes"));
    let length = |at: usize| usize::try_from(word(at)).expect("a length");
    let count = length(1);
    let mut at = 16 + 32 * count;
    let mut take = |length: usize| {
        at += length;
        &weights[at - length..at]
    };
    let names: Vec<&[u8]> = (0..count).map(|tensor| take(length(2 + 4 * tensor))).collect();
    let shapes: Vec<&[u8]> = (0..count).map(|tensor| take(4 * length(4 + 4 * tensor))).collect();
    let gap = u64::from_le_bytes(take(8).try_into().expect("eight bytes"));
    take(usize::try_from(gap).expect("a length"));
    let data: Vec<&[u8]> = (0..count).map(|tensor| take(length(5 + 4 * tensor))).collect();
    let mut tensors = Vec::new();
    for tensor in 0..count {
        let row = |name: &[u8]| (name.to_vec(), word(3 + 4 * tensor), shapes[tensor], data[tensor]);
        match names[tensor] {
            b"Wemb\0" => tensors.extend([row(b"encoder_Wemb\0"), row(b"decoder_Wemb\0")]),
            b"none_QuantMultA\0" => tensors.push(row(b"decoder_Wemb_QuantMultA\0")),
            b"Wemb_QuantMultA\0" => {}
            name => tensors.push(row(name)),
        }
    }
    let mut out = Vec::new();
    let mut put = |number: usize| out.extend_from_slice(&(number as u64).to_le_bytes());
    put(1);
    put(tensors.len());
    for (name, kind, shape, data) in &tensors {
        [name.len(), usize::try_from(*kind).expect("a kind"), shape.len() / 4, data.len()]
            .into_iter()
            .for_each(&mut put);
    }
    out.extend(tensors.iter().flat_map(|(name, ..)| name.clone()));
    out.extend(tensors.iter().flat_map(|(_, _, shape, _)| shape.to_vec()));
    out.extend_from_slice(&0_u64.to_le_bytes());
    out.extend(tensors.iter().flat_map(|(.., data)| data.to_vec()));
    out
}

#[test]
fn a_beam_is_a_small_number() {
    for beam in [0, 17] {
        let refused = crate::translate::open("firefox", Some(table(&format!("beam = {beam}")))).map(|_| ());
        let said = refused.expect_err("an error").to_string();
        assert!(said.contains("a beam is from 1 to 16"), "{said}");
    }
    let toml = format!("models = [{:?}]\nbeam = 3", demo().to_string_lossy());
    let backend = crate::translate::open("firefox", Some(table(&toml))).expect("it opens");
    let drafts = ask(&*backend, pair("en-pt"), inputs(&["The minister spoke."])).expect("drafts");
    assert_eq!(drafts[0].text, "O ministro falou.");
}

#[test]
fn a_model_put_there_by_hand_is_known_again() {
    let dir = tempfile::tempdir().expect("a folder");
    let folder = dir.path().join("en-pt");
    copy(&demo().join("en-pt"), &folder);
    let listed = fs::read_to_string(folder.join("SHA256SUMS")).expect("sums");
    fs::remove_file(folder.join("SHA256SUMS")).expect("sums");
    Model::open(&folder).expect("a model");
    let recorded = fs::read_to_string(folder.join("SHA256SUMS")).expect("sums");
    for line in listed.lines() {
        assert!(recorded.contains(line), "{line} in {recorded}");
    }
    edit(SHORTLIST, |content| content[100_000] ^= 1)(&folder);
    let error = Model::open(&folder).err().expect("an error").to_string();
    assert!(error.contains("lex.50.50.enpt.s2t.bin: SHA-256 is"), "{error}");
}

#[test]
fn models_make_room_for_each_other() {
    let sets = models::list(&[demo()]).expect("models");
    let room_for = |limit: usize| {
        let shelf = Shelf::new(sets.clone(), 1, limit);
        let models = [0, 1, 0].map(|place| std::sync::Arc::downgrade(&shelf.model(place).expect("a model")));
        models.map(|model| model.strong_count())
    };
    assert_eq!(room_for(usize::MAX), [1, 1, 1], "all stay");
    assert_eq!(room_for(1), [0, 0, 1], "the last one stays, and was loaded anew");
    let shelf = Shelf::new(sets, 1, 1);
    let lent = shelf.model(0).expect("a model");
    shelf.model(1).expect("a model");
    assert!(
        !lent.translate(&[Wish { text: "Paz.", ..Wish::default() }], 1)[0].text.is_empty(),
        "what is lent still works"
    );
}

#[test]
fn a_model_takes_wishes() {
    let model = Model::open(&demo().join("en-pt")).expect("a model");
    let text = "The foreign minister met the special envoy in Geneva.";
    let wish = Wish { text, align: true, ..Wish::default() };
    let free = &model.translate(&[wish], 1)[0];
    assert!(!free.cut && free.log_probs.iter().all(|log_prob| *log_prob <= 0.0));
    let linked = |target: &str, source: &str| {
        free.links.iter().any(|link| &free.text[link.target.clone()] == target && &text[link.source.clone()] == source)
    };
    assert!(linked("ministro", "minister") && linked("Genebra", "Geneva"), "{free:?}");

    let at = |words: &str| text.find(words).map(|at| at..at + words.len()).expect("the words");
    let terms = [
        Term { source: at("foreign minister"), target: "chanceler", at_least: 0.5 },
        Term { source: at("special envoy"), target: "representante especial", at_least: 0.5 },
    ];
    let with_terms = &model.translate(&[Wish { terms: &terms, ..wish }], 1)[0];
    for (term, placed) in terms.iter().zip(&with_terms.placed) {
        let placed = placed.clone().unwrap_or_else(|| panic!("{term:?} in {}", with_terms.text));
        assert_eq!(&with_terms.text[placed], term.target);
    }

    let banned = &model.translate(&[Wish { banned: &["Genebra", "em Genebra"], ..wish }], 1)[0];
    assert!(!banned.text.contains("Genebra"), "{}", banned.text);
    let banned = &model.translate(&[Wish { banned: &[" Gene\u{301}bra", " embaixada\t"], ..wish }], 1)[0];
    assert_eq!(banned.text, free.text, "what is not said is not missed");

    let (start, end) = (9, 3);
    let nowhere = [(0..0, "gato"), (900..905, "gato"), (start..end, "gato"), (0..4, "Müller"), (0..4, "")];
    let nowhere = nowhere.map(|(source, target)| Term { source, target, at_least: 0.1 });
    let unsaid = &model.translate(&[Wish { terms: &nowhere, ..wish }], 1)[0];
    assert_eq!((&unsaid.text, &unsaid.placed[..]), (&free.text, &[None, None, None, None, None][..]));

    let begun = &model.translate(&[Wish { prefix: "A chanceler", ..wish }], 1)[0];
    assert!(begun.text.starts_with("A chanceler "), "{}", begun.text);

    let scores = model.score(text, &[&free.text, "O gato dorme no telhado."]);
    let mean = |log_probs: &[f32]| log_probs.iter().sum::<f32>() / log_probs.iter().map(|_| 1.0).sum::<f32>();
    assert!(mean(&scores[0]) > mean(&scores[1]) + 1.0, "{scores:?}");
    assert!((mean(&scores[0]) - mean(&free.log_probs)).abs() < 0.2, "{scores:?} {:?}", free.log_probs);
    assert!(Model::open(&demo()).is_err_and(|error| error.to_string().contains("no direction")));
}
