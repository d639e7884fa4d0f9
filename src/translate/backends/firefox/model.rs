//! A loaded model: checked files, the engine, and its vocabularies.
//!
//! Law: a model that is not what it claims to be (damaged, cut, of another format or direction, with a vocabulary that
//! is not its own) is an error when it is loaded, never a bad translation.

use std::cell::RefCell;
use std::ops::Range;
use std::path::Path;

use chancery_engine::{Answer, Ask, Engine, Memory, Request, Span};
use fxtranslate::spm::SpmVocab;

use crate::model::{Lang, Pair};
use crate::translate::models::{Loaded, ModelSet};
use crate::translate::{Error, Link, rewrite::Rewrite};

/// Tokens that the models were trained to take at once, the end of the sentence included.
pub(super) const WINDOW: usize = 128;

/// A model that can translate sentences. It may be shared between threads.
///
/// ```no_run
/// use chancery::translate::backends::firefox::{Model, Term, Wish};
///
/// let model = Model::open("models/en-pt".as_ref())?;
/// let text = "The foreign minister met the special envoy in Geneva.";
/// let terms = [Term { source: 4..20, target: "chanceler", at_least: 0.5 }];
/// let wish = Wish { text, align: true, terms: &terms, banned: &["enviado especial"], ..Wish::default() };
/// let rendering = &model.translate(&[wish], 1)[0];
/// assert!(rendering.text.contains("chanceler") && rendering.placed[0].is_some());
/// let scores = model.score(text, &["O chanceler falou.", "A gata falou."]);
/// # Ok::<(), chancery::translate::Error>(())
/// ```
pub struct Model {
    pub(super) pair: Pair,
    engine: Engine,
    source: SpmVocab,
    /// The vocabulary of the target language, where it has one of its own.
    target: Option<SpmVocab>,
    /// The source's pieces that stand for what the vocabulary does not know.
    unknown: Vec<u32>,
    /// The hypotheses that go on at each step.
    beam: usize,
}

thread_local! {
    /// What the engine keeps from call to call.
    static MEMORY: RefCell<Memory> = RefCell::default();
}

/// A sentence, and what is asked of its translation.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wish<'a> {
    /// The sentence.
    pub text: &'a str,
    /// Whether the links of the translation are wanted.
    pub align: bool,
    /// What the translation begins with.
    pub prefix: &'a str,
    /// What is to be said for parts of the sentence, which are apart; each is said once at most.
    pub terms: &'a [Term<'a>],
    /// What must not come up in the translation: words, as they are written there.
    pub banned: &'a [&'a str],
}

/// What is to be said for a part of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Term<'a> {
    /// Bytes of the sentence.
    pub source: Range<usize>,
    /// The words to be said.
    pub target: &'a str,
    /// They are said once this part of the attention, from 0 to 1, lies on the source and a word may begin.
    pub at_least: f32,
}

/// A sentence as the model renders it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rendering {
    /// The translation.
    pub text: String,
    /// Which bytes of the translation render which bytes of the sentence, where that was asked for.
    pub links: Vec<Link>,
    /// The natural logarithm of the probability of each token of the translation, and of its end.
    pub log_probs: Vec<f32>,
    /// The bytes of the translation where each term was said; none where it was not, for one because the vocabulary
    /// cannot write it.
    pub placed: Vec<Option<Range<usize>>>,
    /// Whether the translation does not come to its end.
    pub cut: bool,
}

/// A sentence in tokens.
#[derive(Debug, Clone, Default)]
pub(super) struct Tokens {
    /// The tokens, the end of the sentence included.
    pub(super) ids: Vec<u32>,
    /// The sentence in the vocabulary's normal form.
    normal: String,
    /// The bytes of the normal form that each token stands for; none for the end.
    ranges: Vec<Range<usize>>,
}

/// A sentence that was given in tokens, whether the links of its translation are wanted, and what is to be said in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Given<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a Tokens,
    pub(super) align: bool,
    pub(super) terms: &'a [Term<'a>],
}

/// The pieces of a vocabulary that stand for what it does not know, in order: `<unk>`, and where it falls back on bytes
/// one for each, `<0x00>` to `<0xFF>`. A model writes letters out of bytes badly, so both are protected and never said.
fn unknown_of(vocabulary: &SpmVocab) -> Vec<u32> {
    let unknown = |piece: &u32| is_unknown(vocabulary.piece(*piece));
    (0..).take(vocabulary.len()).filter(unknown).collect()
}

fn is_unknown(piece: &str) -> bool {
    let byte = piece.strip_prefix("<0x").and_then(|rest| rest.strip_suffix('>'));
    piece == "<unk>" || byte.is_some_and(|digits| digits.len() == 2 && digits.bytes().all(|c| c.is_ascii_hexdigit()))
}

impl Model {
    /// Opens the model in a folder that is named for its direction, and tries it out.
    ///
    /// # Errors
    /// When the folder has no such name, or its files are missing, damaged or not what they should be.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        Self::load(&ModelSet::at(folder)?, 1)
    }

    /// Reads, checks and tries out a model.
    pub(super) fn load(set: &ModelSet, beam: usize) -> Result<Self, Error> {
        let wrong = |reason: String| Error::Model { path: set.dir.clone(), reason };
        let files = set.read()?;
        if files.weights_sha256 != set.weights_sha256()? {
            return Err(wrong("the weights have changed since the run began; run it again".to_owned()));
        }
        let model = Self::build(set.pair, &files, beam).map_err(wrong)?;
        model.try_out().map_err(|reason| wrong(format!("the model does not translate: {reason}")))?;
        if !set.is_listed() {
            model.try_shortlist().map_err(wrong)?;
            // Where the folder cannot be written, `models list` goes on telling that the set is not checked.
            set.record()?;
        }
        Ok(model)
    }

    fn build(pair: Pair, files: &Loaded, beam: usize) -> Result<Self, String> {
        let vocabulary = |file: &[u8]| crate::model::guarded(|| SpmVocab::from_bytes(file));
        let damaged = |reason| format!("the vocabulary is damaged: {reason}");
        let source = vocabulary(&files.source).map_err(damaged)?;
        let target = files.target.as_deref().map(vocabulary).transpose().map_err(damaged)?;
        let says = target.as_ref().unwrap_or(&source);
        let words = chancery_engine::Vocabulary {
            piece: &|piece| says.piece(piece),
            end: says.eos_id(),
            never: &unknown_of(says),
        };
        let engine = Engine::load(&files.weights, files.shortlist.as_deref(), &words)?;
        let sizes = engine.vocabularies();
        if sizes != (source.len(), says.len()) {
            let (own, other) = if sizes.1 == says.len() { (source.len(), sizes.0) } else { (says.len(), sizes.1) };
            return Err(format!("the vocabulary has {own} pieces, the weights {other}"));
        }
        let unknown = unknown_of(&source);
        Ok(Self { pair, engine, source, target, unknown, beam })
    }

    /// The direction it translates in.
    #[must_use]
    pub fn pair(&self) -> Pair {
        self.pair
    }

    /// The bytes of memory that it takes: its weights and shortlist, and about so much again for its vocabularies as
    /// their pieces need.
    #[must_use]
    pub fn bytes(&self) -> usize {
        /// A piece: its text twice, with its score and its place in a table.
        const PIECE: usize = 160;
        self.engine.bytes() + PIECE * (self.source.len() + self.target.as_ref().map_or(0, SpmVocab::len))
    }

    /// The tokens of a sentence.
    pub(super) fn tokens(&self, text: &str) -> Tokens {
        let (normal, tokens) = self.source.encode_with_offsets(text);
        let (mut ids, ranges): (Vec<u32>, Vec<Range<usize>>) = tokens.into_iter().unzip();
        ids.push(self.source.eos_id());
        Tokens { ids, normal, ranges }
    }

    /// Whether the vocabulary has pieces for all of `text`.
    pub(super) fn knows(&self, text: &str) -> bool {
        !self.source.encode(text).iter().any(|token| self.unknown.binary_search(token).is_ok())
    }

    /// Whether a piece of the target language stands for text.
    fn is_written(&self, piece: u32) -> bool {
        !is_unknown(self.target().piece(piece))
    }

    fn target(&self) -> &SpmVocab {
        self.target.as_ref().unwrap_or(&self.source)
    }

    /// Translates sentences: at each step with the likeliest word, or with a beam of more than one the likeliest
    /// translations so far. A sentence is best of news length; one of more than 511 tokens is cut.
    #[must_use]
    pub fn translate(&self, wishes: &[Wish<'_>], beam: usize) -> Vec<Rendering> {
        let tokens: Vec<Tokens> = wishes.iter().map(|wish| self.tokens(wish.text)).collect();
        let (given, requests): (Vec<_>, Vec<_>) = wishes
            .iter()
            .zip(&tokens)
            .map(|(wish, tokens)| {
                let Wish { text, align, terms, .. } = *wish;
                (Given { text, tokens, align, terms }, self.request(wish, tokens))
            })
            .unzip();
        self.answer(&given, &requests, beam)
    }

    /// Translates sentences given with their tokens.
    pub(super) fn render(&self, given: &[Given<'_>]) -> Vec<Rendering> {
        let request = |given: &Given<'_>| {
            if given.terms.is_empty() {
                return Request { source: given.tokens.ids.clone(), ..Request::default() };
            }
            self.request(&Wish { text: given.text, terms: given.terms, ..Wish::default() }, given.tokens)
        };
        self.answer(given, &given.iter().map(request).collect::<Vec<_>>(), self.beam)
    }

    /// How likely translations of a sentence are: for each the natural logarithm of the probability of each of its
    /// tokens, and of its end; none for one of more than 511 tokens, or where the sentence has more.
    #[must_use]
    pub fn score(&self, text: &str, translations: &[&str]) -> Vec<Vec<f32>> {
        self.scores(&[(text, translations)]).pop().unwrap_or_default()
    }

    /// How likely translations of each of some sentences are, as [`Model::score`] says: a sentence that this thread has
    /// translated lately is not read again, and translations of one that begin alike cost less.
    #[must_use]
    pub fn scores(&self, asks: &[(&str, &[&str])]) -> Vec<Vec<Vec<f32>>> {
        let encode = |translation: &&str| self.target().encode(translation);
        let ask = |&(text, translations): &(&str, &[&str])| Ask {
            source: self.tokens(text).ids,
            targets: translations.iter().map(encode).collect(),
        };
        let asks: Vec<Ask> = asks.iter().map(ask).collect();
        MEMORY.with_borrow_mut(|memory| self.engine.score(&asks, memory))
    }

    fn request(&self, wish: &Wish<'_>, tokens: &Tokens) -> Request {
        let normalised = normalisation(wish.text, &tokens.normal);
        let touches = |source: &Range<usize>, token: &Range<usize>| {
            let token = normalised.original(&without_space(&tokens.normal, token.clone()));
            token.start < source.end && source.start < token.end
        };
        let span = |term: &Term<'_>| {
            let mut places = (0..tokens.ranges.len()).filter(|&place| touches(&term.source, &tokens.ranges[place]));
            let first = places.next();
            let source = first.map_or(0..0, |first| first..places.next_back().unwrap_or(first) + 1);
            // What is for no part of the sentence, or cannot be written whole, is not said.
            let said = self.target().encode(term.target);
            let sound = !source.is_empty() && said.iter().all(|&piece| self.is_written(piece));
            Span { source, tokens: if sound { said } else { Vec::new() }, at_least: term.at_least }
        };
        // As the vocabulary writes them: a letter with its accent is one.
        let banned = |words: &&str| self.target().normalize(words);
        Request {
            source: tokens.ids.clone(),
            prefix: if wish.prefix.is_empty() { Vec::new() } else { self.target().encode(wish.prefix) },
            spans: wish.terms.iter().map(span).collect(),
            banned: wish.banned.iter().map(banned).collect(),
        }
    }

    fn answer(&self, given: &[Given<'_>], requests: &[Request], beam: usize) -> Vec<Rendering> {
        let answers = MEMORY.with_borrow_mut(|memory| self.engine.translate(requests, beam, memory));
        given.iter().zip(answers).map(|(given, answer)| self.rendering(given, answer)).collect()
    }

    fn rendering(&self, given: &Given<'_>, answer: Answer) -> Rendering {
        let (text, ranges) = self.target().decode_with_offsets(&answer.tokens);
        let ranges: Vec<Range<usize>> = ranges.into_iter().map(|range| without_space(&text, range)).collect();
        let place = |place: Range<usize>| Some(ranges.get(place.start)?.start..ranges.get(place.end - 1)?.end);
        Rendering {
            links: if given.align { links(given, &ranges, &answer.attention) } else { Vec::new() },
            placed: answer.placed.into_iter().map(|placed| placed.and_then(place)).collect(),
            log_probs: answer.log_probs,
            cut: answer.cut,
            text,
        }
    }

    /// Compares the words of a translation with those of the shortlist: another model's shortlist still allows something
    /// plausible, but hardly a word of what the model would say.
    fn try_shortlist(&self) -> Result<(), String> {
        let source = self.tokens(trial(self.pair.source).0).ids;
        let request = Request { source: source.clone(), ..Request::default() };
        let answers = MEMORY.with_borrow_mut(|memory| self.engine.translate_freely(&[request], memory));
        let translation = answers.into_iter().next().unwrap_or_default().tokens;
        let listed = self.engine.listed(&source, &translation);
        if 4 * listed < 3 * translation.len() {
            return Err("the shortlist is not this model's: it lacks the words of a trial sentence".to_owned());
        }
        Ok(())
    }

    /// Translates a sentence with two numbers: whatever the languages, the translation holds both, and other words.
    fn try_out(&self) -> Result<(), String> {
        let (sentence, words) = trial(self.pair.source);
        let wish = Wish { text: sentence, ..Wish::default() };
        let output = self.translate(&[wish], 1).pop().unwrap_or_default();
        if output.cut {
            return Err("a trial sentence does not come to its end".to_owned());
        }
        let text: String = output.text.chars().map(digit).collect();
        let plausible = text.contains(char::is_alphabetic) && text.chars().count() < 160;
        let copied = words.iter().filter(|word| text.contains(**word)).count() > 1;
        if plausible && !copied && text.contains("2019") && text.contains("47") {
            return Ok(());
        }
        Err(format!("`{sentence}` became `{}`", output.text))
    }
}

/// Sentences for a trial, and words of which at most one may come through as it is.
const TRIALS: &[(&str, &str, &[&str])] = &[
    ("ar", "في عام 2019 وقعت 47 دولة على الاتفاق.", &["عام", "وقعت", "دولة", "الاتفاق"]),
    ("ca", "El 2019, 47 països van signar l'acord.", &["països", "signar", "acord"]),
    ("cs", "V roce 2019 podepsalo dohodu 47 zemí.", &["roce", "podepsalo", "dohodu", "zemí"]),
    ("de", "Im Jahr 2019 unterzeichneten 47 Länder das Abkommen.", &["Jahr", "unterzeichneten", "Länder", "Abkommen"]),
    ("en", "In 2019, 47 countries signed the agreement.", &["countries", "signed", "the", "agreement"]),
    ("es", "En 2019, 47 países firmaron el acuerdo.", &["países", "firmaron", "acuerdo"]),
    ("fr", "En 2019, 47 pays ont signé l'accord.", &["pays", "ont", "signé", "accord"]),
    ("it", "Nel 2019, 47 paesi hanno firmato l'accordo.", &["paesi", "hanno", "firmato", "accordo"]),
    ("ja", "2019年、47か国が協定に署名した。", &["か国", "協定", "署名した"]),
    ("ko", "2019년에 47개국이 협정에 서명했다.", &["개국이", "협정에", "서명했다"]),
    ("nl", "In 2019 ondertekenden 47 landen de overeenkomst.", &["ondertekenden", "landen", "overeenkomst"]),
    ("pl", "W 2019 roku umowę podpisało 47 krajów.", &["roku", "umowę", "podpisało", "krajów"]),
    ("pt", "Em 2019, 47 países assinaram o acordo.", &["países", "assinaram", "acordo"]),
    ("ru", "В 2019 году соглашение подписали 47 стран.", &["году", "соглашение", "подписали", "стран"]),
    ("tr", "2019'da 47 ülke anlaşmayı imzaladı.", &["ülke", "anlaşmayı", "imzaladı"]),
    ("uk", "У 2019 році угоду підписали 47 країн.", &["році", "угоду", "підписали", "країн"]),
    ("zh", "2019年，47个国家签署了该协议。", &["个国家", "签署了", "该协议"]),
];

/// The trial for a language: for one that is not in the table, names, which may come through as they are.
fn trial(lang: Lang) -> (&'static str, &'static [&'static str]) {
    let known = TRIALS.iter().find(|(code, ..)| *code == lang.language());
    known.map_or(("2019: 47 (Angola, Brazil, Canada)", &[]), |&(_, sentence, words)| (sentence, words))
}

/// Arabic, Persian, Devanagari and Bengali digits as ASCII.
fn digit(c: char) -> char {
    let zeros = ['\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}'].map(u32::from);
    let value = zeros.iter().find_map(|zero| u32::from(c).checked_sub(*zero).filter(|value| *value < 10));
    value.and_then(|value| char::from_digit(value, 10)).unwrap_or(c)
}

/// Links weaker than this say nothing.
const FAINT: f32 = 0.1;

/// The links of a translation: its tokens' bytes to bytes of the sentence as it was given.
fn links(given: &Given<'_>, ranges: &[Range<usize>], attention: &[f32]) -> Vec<Link> {
    let &Given { text, tokens, .. } = given;
    let normalised = normalisation(text, &tokens.normal);
    let source = |range: &Range<usize>| normalised.original(&without_space(&tokens.normal, range.clone()));
    let sources: Vec<Range<usize>> = tokens.ranges.iter().map(source).collect();
    let mut links = Vec::new();
    for (target, weights) in
        ranges.iter().zip(attention.chunks(tokens.ids.len())).filter(|(range, _)| !range.is_empty())
    {
        for (source, &weight) in sources.iter().zip(weights) {
            if weight >= FAINT && !source.is_empty() {
                links.push(Link { target: target.clone(), source: source.clone(), weight: weight.min(1.0) });
            }
        }
    }
    links
}

/// The range without the space that a token begins with.
fn without_space(text: &str, range: Range<usize>) -> Range<usize> {
    let token = text.get(range.clone()).unwrap_or_default();
    range.end - token.trim_start_matches([' ', '\u{2581}']).len()..range.end
}

/// How far to look ahead for where two texts agree again.
const LOOK_AHEAD: usize = 12;

/// Explains the vocabulary's normal form of a text as a rewriting of it: `▁` for spaces, one letter for a letter and
/// its accent, two for a ligature.
fn normalisation(given: &str, normal: &str) -> Rewrite {
    let space = |a: char, b: char| a.is_whitespace() && b == '\u{2581}';
    let (a, b): (Vec<_>, Vec<_>) = (given.char_indices().collect(), normal.char_indices().collect());
    let at = |chars: &[(usize, char)], i: usize, text: &str| chars.get(i).map_or(text.len(), |&(at, _)| at);
    let agree = |i: usize, j: usize| a.get(i).zip(b.get(j)).is_some_and(|(a, b)| a.1 == b.1 || space(a.1, b.1));
    let same = |i: usize, j: usize| a.get(i).zip(b.get(j)).is_some_and(|(a, b)| a.1 == b.1);
    let (mut i, mut j) = (0, 0);
    let mut replacements = Vec::new();
    if normal.starts_with('\u{2581}') && !given.starts_with(char::is_whitespace) {
        // The vocabulary puts a space before the first word.
        replacements.push((0..0, "\u{2581}"));
        j = 1;
    }
    while i < a.len() || j < b.len() {
        if same(i, j) {
            (i, j) = (i + 1, j + 1);
            continue;
        }
        // Of a run of white space the normal form has one, or at the ends none, however long the run is.
        let run = a[i.min(a.len())..].iter().take_while(|(_, c)| c.is_whitespace()).count();
        if run > 0 && !agree(i, j) {
            replacements.push((at(&a, i, given)..at(&a, i + run, given), ""));
            i += run;
            continue;
        }
        let mut ahead = (1..=LOOK_AHEAD).flat_map(|sum| (0..=sum).map(move |di| (i + di, j + sum - di)));
        let ends = |&(i, j): &(usize, usize)| agree(i, j) || (i == a.len() && j == b.len());
        let (to_i, to_j) = if agree(i, j) { (i + 1, j + 1) } else { ahead.find(ends).unwrap_or((a.len(), b.len())) };
        replacements.push((at(&a, i, given)..at(&a, to_i, given), &normal[at(&b, j, normal)..at(&b, to_j, normal)]));
        (i, j) = (to_i, to_j);
    }
    Rewrite::new(given, replacements)
}

#[cfg(test)]
mod tests;
