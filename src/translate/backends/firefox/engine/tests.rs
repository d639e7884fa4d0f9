//! The engine on the real English-Portuguese model.

use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use fxtranslate::spm::SpmVocab;

use super::*;

/// Sentences of different lengths, in an order that is not that of length.
const SENTENCES: &[&str] = &[
    "The foreign ministers of 12 countries met in Geneva on Tuesday to discuss the draft agreement.",
    "No comment.",
    "The ambassador said that her government would sign the treaty before the end of the year.",
    "Talks continue.",
    "A spokesman for the ministry, who asked not to be named, said the delegation had left the hotel before dawn, after \
     a night of talks about the border, the return of refugees and the release of prisoners.",
    "The Security Council adopted the resolution by 14 votes to none, with one abstention.",
    "It rained.",
    "The two presidents shook hands.",
    "Farmers fear that the new tariffs will cost them a third of their income.",
    "Why did the minister resign?",
    "In 2019, 47 countries signed the agreement.",
    "The bridge was closed.",
    "Negotiators hope to finish by Friday, although several questions about money remain open.",
    "She spoke for an hour.",
    "The fund will lend the country 4.5 billion dollars over three years.",
    "Both sides accused each other of breaking the ceasefire.",
    "Heavy fighting went on near the airport.",
    "The court will rule in March.",
];

struct Files {
    weights: Vec<u8>,
    shortlist: Vec<u8>,
    vocabulary: SpmVocab,
}

fn folder() -> PathBuf {
    let default = || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../../../models"));
    std::env::var_os("CHANCERY_MODELS_DIR").map_or_else(default, PathBuf::from).join("en-pt")
}

fn files() -> &'static Files {
    static FILES: OnceLock<Files> = OnceLock::new();
    FILES.get_or_init(|| {
        let read = |name: &str| {
            let path = folder().join(name);
            fs::read(&path).unwrap_or_else(|_| panic!("{} is missing: run `.ci/fetch-models.py`", path.display()))
        };
        Files {
            weights: read("model.enpt.intgemm.alphas.bin"),
            shortlist: read("lex.50.50.enpt.s2t.bin"),
            vocabulary: SpmVocab::from_bytes(&read("vocab.enpt.spm")),
        }
    })
}

fn load(isa: Isa, shortlist: bool) -> Result<Engine, String> {
    let Files { weights, shortlist: file, vocabulary } = files();
    let piece = |piece| vocabulary.piece(piece);
    let words = Vocabulary { piece: &piece, end: vocabulary.eos_id(), never: &[1] };
    Engine::load_for(isa, weights, shortlist.then_some(file), &words)
}

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| load(Isa::best(), true).expect("a sound model"))
}

fn tokens(text: &str) -> Vec<u32> {
    files().vocabulary.encode_with_eos(text)
}

/// The tokens of words that are said in a translation.
fn said(text: &str) -> Vec<u32> {
    files().vocabulary.encode(text)
}

fn text(answer: &Answer) -> String {
    files().vocabulary.decode(&answer.tokens)
}

fn request(sentence: &str) -> Request {
    Request { source: tokens(sentence), ..Request::default() }
}

fn requests() -> Vec<Request> {
    SENTENCES.iter().map(|sentence| request(sentence)).collect()
}

fn ask(sentence: &str, targets: &[Vec<u32>]) -> Ask {
    Ask { source: tokens(sentence), targets: targets.to_vec() }
}

fn translate(request: Request) -> Answer {
    engine().translate(&[request], 1, &mut Memory::default()).remove(0)
}

#[test]
fn batches_threads_and_order_change_nothing() {
    let requests = requests();
    for beam in [1, 3] {
        let in_batches = |size: usize| -> Vec<Answer> {
            let mut memory = Memory::default();
            requests.chunks(size).flat_map(|batch| engine().translate(batch, beam, &mut memory)).collect()
        };
        let alone = in_batches(1);
        for size in [7, 16, 64] {
            assert_eq!(in_batches(size), alone, "batches of {size}, beam {beam}");
        }
        let backwards: Vec<Request> = requests.iter().rev().cloned().collect();
        let mut answers = engine().translate(&backwards, beam, &mut Memory::default());
        answers.reverse();
        assert_eq!(answers, alone, "backwards, beam {beam}");
        let threads = std::thread::scope(|scope| {
            let run = || engine().translate(&requests, beam, &mut Memory::default());
            [scope.spawn(run), scope.spawn(run)].map(|thread| thread.join().expect("answers"))
        });
        assert!(threads.iter().all(|answers| *answers == alone), "two threads, beam {beam}");
    }
}

#[test]
fn every_processor_gives_the_same_answers() {
    let requests = &requests()[..8];
    let best = engine().translate(requests, 1, &mut Memory::default());
    for isa in Isa::all() {
        let engine = load(isa, true).expect("a sound model");
        assert_eq!(engine.translate(requests, 1, &mut Memory::default()), best, "{}", isa.name());
    }
}

/// Another implementation of the same network, with the crate's own kernel, rounding and order of sums: near a tie it may
/// choose another word.
#[test]
fn most_sentences_come_out_as_in_another_implementation() {
    let read = |name: &str| fs::read(folder().join(name)).expect("a file of the model");
    let (model, words) = (read("model.enpt.intgemm.alphas.bin"), read("vocab.enpt.spm"));
    let peer = fxtranslate::engine::Engine::from_bytes(&model, &words, &words).expect("a sound model");
    let theirs = peer.translate_batch(SENTENCES);
    let ours = engine().translate(&requests(), 1, &mut Memory::default());
    let same = ours.iter().zip(&theirs).filter(|(ours, theirs)| text(ours) == **theirs).count();
    assert!(10 * same >= 8 * SENTENCES.len(), "{same} of {}", SENTENCES.len());
}

#[test]
fn without_a_shortlist_all_words_are_weighed() {
    let engine = load(Isa::best(), false).expect("a sound model");
    let listed = translate(request(SENTENCES[5]));
    let all = engine.translate(&[request(SENTENCES[5])], 1, &mut Memory::default()).remove(0);
    assert!(text(&all).starts_with("O Conselho de Segurança"));
    let scored = engine.score(&[ask(SENTENCES[5], &[listed.tokens])], &mut Memory::default());
    let [all, listed] = [&scored[0][0], &listed.log_probs].map(|log_probs| log_probs.iter().sum::<f32>());
    assert!(all < listed, "{all} among all words, {listed} among those listed");
}

#[test]
fn what_the_shortlist_lacks_is_found_where_nothing_else_is_likely() {
    let sentence = "Wolves began to howl beyond the river.";
    let answer = translate(request(sentence));
    let mut listed = Vec::new();
    engine().shortlist.as_ref().expect("a shortlist").candidates(&tokens(sentence), true, &mut listed);
    let unlisted: Vec<u32> = answer.tokens.iter().copied().filter(|token| !listed.contains(token)).collect();
    assert!(!unlisted.is_empty() && text(&answer).contains("uivar"), "{}", text(&answer));
    assert_eq!(answer.tokens, engine().translate_freely(&[request(sentence)], &mut Memory::default())[0].tokens);
}

#[test]
fn an_answer_tells_how_likely_it_is_and_what_it_renders() {
    for sentence in &SENTENCES[..4] {
        let request = request(sentence);
        let answer = translate(request.clone());
        assert!(!answer.cut && answer.log_probs.len() == answer.tokens.len() + 1);
        assert!(answer.log_probs.iter().all(|log_prob| (-10.0..=0.0).contains(log_prob)), "{:?}", answer.log_probs);
        let rows: Vec<f32> = answer.attention.chunks(request.source.len()).map(|row| row.iter().sum()).collect();
        assert_eq!(rows.len(), answer.tokens.len());
        assert!(rows.iter().all(|sum| (sum - 1.0).abs() < 1e-4), "{rows:?}");
    }
    let answer = translate(request("Peace in Geneva"));
    let geneva = answer.tokens.iter().position(|token| files().vocabulary.piece(*token).contains("Gen"));
    let row = answer.attention.chunks(tokens("Peace in Geneva").len()).nth(geneva.expect("the word")).expect("its row");
    let most = row.iter().enumerate().max_by(|one, other| one.1.total_cmp(other.1)).map(|(at, _)| at);
    let word = tokens("Peace in Geneva")[most.expect("a token")];
    assert!("▁Geneva".starts_with(files().vocabulary.piece(word)), "{row:?}");
}

/// Translations of each sentence: the one that is found, others that leave it at its beginning, middle and end, one that
/// is found there, one with a token that is never said, one that goes on after its end, and none of it.
fn asks() -> Vec<Ask> {
    let found = engine().translate(&requests(), 1, &mut Memory::default());
    let targets = |Answer { tokens, .. }: Answer| {
        let mut targets = vec![tokens.clone()];
        for at in [0, tokens.len() / 2, tokens.len() - 1] {
            for words in ["o gato dorme", "chanceler"] {
                targets.push([&tokens[..at], &said(words), &tokens[at + 1..]].concat());
            }
        }
        targets.extend([tokens.clone(), vec![1], vec![tokens[0], files().vocabulary.eos_id(), tokens[0]], Vec::new()]);
        targets
    };
    SENTENCES.iter().zip(found).map(|(sentence, found)| ask(sentence, &targets(found))).collect()
}

#[test]
fn a_translation_is_scored_as_it_is_made_to_be_said() {
    for shortlist in [true, false] {
        let engine = load(Isa::best(), shortlist).expect("a sound model");
        let asks = asks();
        let scored = engine.score(&asks, &mut Memory::default());
        let said = |ask: &Ask| -> Vec<Vec<f32>> {
            let whole = |target: &Vec<u32>| [&target[..], &[files().vocabulary.eos_id()]].concat();
            let request = |target| Request { source: ask.source.clone(), prefix: whole(target), ..Request::default() };
            let requests: Vec<Request> = ask.targets.iter().map(request).collect();
            let answers = engine.translate(&requests, 1, &mut Memory::default());
            answers.into_iter().map(|answer| answer.log_probs).collect()
        };
        for (ask, scored) in asks.iter().zip(&scored) {
            assert_eq!(*scored, said(ask), "shortlist: {shortlist}");
        }
        assert!(scored[0][8][0].is_infinite(), "what is never said");
        assert_eq!(scored[0][9].len(), 2, "what comes to its end before it is over");
    }
}

#[test]
fn a_translation_is_scored_as_it_is_found() {
    for sentence in SENTENCES {
        let found = translate(request(sentence));
        let other = said("O gato dorme.");
        let scored = engine().score(&[ask(sentence, &[other, found.tokens])], &mut Memory::default());
        let mean = |log_probs: &[f32]| log_probs.iter().sum::<f32>() / log_probs.len() as f32;
        assert_eq!(scored[0][1], found.log_probs);
        assert!(mean(&scored[0][0]) < mean(&scored[0][1]) - 2.0, "{sentence}: {scored:?}");
    }
}

#[test]
fn what_is_scored_beside_it_changes_no_score() {
    let asks = asks();
    let mut memory = Memory::default();
    let together = engine().score(&asks, &mut memory);
    assert_eq!(engine().score(&asks, &mut memory), together, "once more");
    for (ask, together) in asks.iter().zip(&together) {
        for (target, together) in ask.targets.iter().zip(together).rev() {
            let alone = Ask { source: ask.source.clone(), targets: vec![target.clone()] };
            assert_eq!(engine().score(&[alone], &mut memory), [[together.clone()]]);
        }
    }
    for isa in Isa::all() {
        let engine = load(isa, true).expect("a sound model");
        assert_eq!(engine.score(&asks[..4], &mut Memory::default()), together[..4], "{}", isa.name());
    }
}

#[test]
fn what_cannot_be_scored_has_no_scores() {
    let paz = said("paz");
    let targets = [vec![paz[0]; MOST_TOKENS - 1], vec![paz[0]; MOST_TOKENS], vec![40_000], paz.clone()];
    let scored = engine().score(&[ask("Peace.", &targets), ask("Peace.", &[])], &mut Memory::default());
    let lengths: Vec<Vec<usize>> = scored.iter().map(|scores| scores.iter().map(Vec::len).collect()).collect();
    assert_eq!(lengths, [vec![MOST_TOKENS, 0, 0, paz.len() + 1], vec![]]);
    for source in [Vec::new(), vec![5; MOST_TOKENS + 1], vec![u32::MAX, 0]] {
        let scored = engine().score(&[Ask { source, targets: vec![paz.clone()] }], &mut Memory::default());
        assert_eq!(scored, [[Vec::<f32>::new()]]);
    }
}

#[test]
fn a_sentence_is_read_once_by_each_network() {
    let other = load(Isa::best(), true).expect("a sound model");
    let mut recent = recent::Recent::default();
    let mut scratch = network::Scratch::default();
    let mut read = |engine: &Engine, sentences: &[&[u32]]| {
        recent.read(&engine.network, sentences, &mut scratch).sentences.remove(0)
    };
    let [one, two] = [0, 1].map(|sentence| tokens(SENTENCES[sentence]));
    let first = read(engine(), &[&one, &two, &one]);
    assert!(Arc::ptr_eq(&first, &read(engine(), &[&one])));
    assert!(!Arc::ptr_eq(&first, &read(engine(), &[&two])));
    assert!(!Arc::ptr_eq(&first, &read(&other, &[&one])));
    for piece in 5..15 {
        read(engine(), &[&vec![piece; MOST_TOKENS]]);
    }
    assert!(!Arc::ptr_eq(&first, &read(engine(), &[&one])), "it is dropped in time");
}

#[test]
fn a_translation_begins_with_its_prefix() {
    let prefix = said("Os chanceleres de 12 países");
    let answer = translate(Request { prefix: prefix.clone(), ..request(SENTENCES[0]) });
    assert!(answer.tokens.starts_with(&prefix), "{}", text(&answer));
    assert!(text(&answer).contains("Genebra") && !answer.cut, "{}", text(&answer));
}

#[test]
fn a_span_is_said_for_its_source() {
    let sentence = "The Security Council adopted the resolution yesterday.";
    let source = tokens(sentence);
    let at = |word: &str| source.iter().position(|token| files().vocabulary.piece(*token) == word).expect("a word");
    let span = Span { source: at("▁Security")..at("▁Council") + 1, tokens: said("Conselho de Paz"), at_least: 0.5 };
    let answer = translate(Request { spans: vec![span.clone()], ..request(sentence) });
    assert_eq!(text(&answer).matches("Conselho de Paz").count(), 1, "{}", text(&answer));
    let placed = answer.placed[0].clone().expect("a place");
    assert_eq!(answer.tokens[placed], span.tokens);
    assert!(!text(&answer).contains("Segurança"), "{}", text(&answer));
    let never = Span { at_least: 1.5, ..span };
    let answer = translate(Request { spans: vec![never], ..request(sentence) });
    assert_eq!((answer.placed, answer.cut), (vec![None], false));
}

#[test]
fn what_is_banned_does_not_come_up() {
    let free = translate(request(SENTENCES[2]));
    assert!(text(&free).contains("embaixador"), "{}", text(&free));
    let banned = vec!["embaixador".to_owned(), "Embaixador".to_owned()];
    let answer = translate(Request { banned, ..request(SENTENCES[2]) });
    assert!(!text(&answer).contains("embaixador ") && !answer.cut, "{}", text(&answer));
    let free = translate(request(SENTENCES[5]));
    assert!(text(&free).contains("Conselho de Segurança"), "{}", text(&free));
    let banned = vec![" Conselho\tde  Segurança ".to_owned()];
    let answer = translate(Request { banned, ..request(SENTENCES[5]) });
    assert!(
        !text(&answer).contains("Conselho de Segurança") && text(&answer).contains("14 votos"),
        "{}",
        text(&answer)
    );
}

#[test]
fn what_cannot_be_translated_is_cut() {
    for source in [Vec::new(), vec![5; MOST_TOKENS + 1], vec![u32::MAX, 0], vec![32_000, 0]] {
        let answer = translate(Request { source, ..Request::default() });
        assert!(answer.cut && answer.tokens.is_empty());
    }
    let longest = translate(Request { source: vec![5; MOST_TOKENS], ..Request::default() });
    assert!(longest.tokens.len() <= 256);
    let endless = Request { prefix: vec![40_000], ..request("Peace") };
    assert!(translate(endless).cut);
}

#[test]
fn a_wider_beam_finds_what_is_likelier() {
    let sum = |answers: Vec<Answer>| answers.iter().map(|answer| answer.log_probs.iter().sum::<f32>()).sum::<f32>();
    let [one, four] = [1, 4].map(|beam| sum(engine().translate(&requests(), beam, &mut Memory::default())));
    assert!(four > one, "{four} with a beam of four, {one} of one");
}

#[test]
fn a_beam_does_not_go_around_a_span() {
    let spans = [
        (2, "▁ambassador", "diplomata"),
        (5, "▁Council", "Colégio"),
        (9, "▁minister", "chanceler"),
        (11, "▁bridge", "viaduto"),
        (14, "▁fund", "tesouro"),
        (17, "▁court", "pretório"),
    ];
    let with_span = |(sentence, word, say): (usize, &str, &str)| {
        let own = request(SENTENCES[sentence]);
        let at = own.source.iter().position(|token| files().vocabulary.piece(*token) == word).expect("a word");
        Request { spans: vec![Span { source: at..at + 1, tokens: said(say), at_least: 0.5 }], ..own }
    };
    let requests = spans.map(with_span);
    for beam in [1, 4, 8] {
        for (answer, (.., say)) in engine().translate(&requests, beam, &mut Memory::default()).iter().zip(spans) {
            assert!(answer.placed[0].is_some(), "{say}, beam {beam}: {}", text(answer));
        }
    }
}

#[test]
fn a_beam_is_never_too_wide() {
    let widest = engine().translate(&[request("Peace.")], MOST_BEAM, &mut Memory::default());
    assert_eq!(engine().translate(&[request("Peace.")], usize::MAX, &mut Memory::default()), widest);
    let short = Request { source: vec![files().vocabulary.eos_id()], ..Request::default() };
    assert!(!engine().translate(&[short], MOST_BEAM, &mut Memory::default())[0].cut);
}

#[test]
fn a_ban_leaves_the_end_alone() {
    let banned = ["s", "/s", "", " ", "▁", "\0", "\u{301}", "[a"].map(str::to_owned).to_vec();
    assert_eq!(translate(Request { banned, ..request(SENTENCES[2]) }), translate(request(SENTENCES[2])));
}

#[test]
fn damaged_files_are_refused() {
    let Files { weights, shortlist, vocabulary } = files();
    let piece = |piece| vocabulary.piece(piece);
    let words = Vocabulary { piece: &piece, end: vocabulary.eos_id(), never: &[1] };
    let refused =
        |weights: &[u8], shortlist: Option<&[u8]>| Engine::load(weights, shortlist, &words).expect_err("an error");
    for length in (0..weights.len()).step_by(weights.len() / 200) {
        assert!(refused(&weights[..length], None).contains("damaged"));
    }
    for length in (0..shortlist.len()).step_by(shortlist.len() / 50) {
        assert!(refused(weights, Some(&shortlist[..length])).contains("the shortlist is damaged"));
    }
    // Each byte of the head in turn: whatever it becomes, nothing panics and nothing is allocated that is not there.
    for at in (0..16 + 32 * 200).step_by(7) {
        let mut weights = weights[..1 << 20].to_vec();
        weights[at] ^= 0x80;
        assert!(Engine::load(&weights, None, &words).is_err());
    }
    let far = Vocabulary { end: 32_000, ..words };
    assert!(Engine::load(weights, None, &far).expect_err("an error").contains("end of a sentence"));
    let far = Vocabulary { never: &[32_000], ..words };
    assert!(Engine::load(weights, None, &far).expect_err("an error").contains("unknown"));
}
