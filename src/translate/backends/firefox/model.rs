//! A loaded model: checked files, an engine, and its vocabularies.
//!
//! Law: a model that is not what it claims to be (damaged, cut, of another format or direction, with a vocabulary that
//! is not its own) is an error when it is loaded, never a bad translation.

use std::ops::Range;

use fxtranslate::engine::{Aligned, Engine};
use fxtranslate::spm::SpmVocab;
use fxtranslate::weights::Weights;

use crate::model::{Lang, Pair};
use crate::translate::models::{Loaded, ModelSet};
use crate::translate::{Error, Link, rewrite::Rewrite};

/// Tokens that the models were trained to take at once, the end of the sentence included.
pub(super) const WINDOW: usize = 128;

/// A model that can translate.
pub(super) struct Model {
    pub(super) pair: Pair,
    engine: Engine,
    source: SpmVocab,
    target: SpmVocab,
    unknown: Option<u32>,
}

/// A sentence as the model renders it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Sentence {
    pub(super) text: String,
    /// Links to the sentence that was given; none where they were not asked for.
    pub(super) links: Vec<Link>,
}

/// Refuses a processor that lacks the instructions the engine was compiled for, before any of them is run.
pub(super) fn check_processor() -> Result<(), Error> {
    #[cfg(target_arch = "x86_64")]
    if fxtranslate::gemm::backend() != "scalar" && !std::arch::is_x86_feature_detected!("avx2") {
        return Err(Error::Processor { feature: "AVX2" });
    }
    #[cfg(target_arch = "aarch64")]
    if fxtranslate::gemm::backend() != "scalar" && !std::arch::is_aarch64_feature_detected!("i8mm") {
        return Err(Error::Processor { feature: "I8MM" });
    }
    Ok(())
}

impl Model {
    /// Reads, checks and tries out a model. It may panic on damage that only shows inside the engine.
    pub(super) fn load(set: &ModelSet) -> Result<Self, Error> {
        let wrong = |reason: String| Error::Model { path: set.dir.clone(), reason };
        let files = set.read()?;
        if files.weights_sha256 != set.weights_sha256()? {
            return Err(wrong("the weights have changed since the run began; run it again".to_owned()));
        }
        check_layout(&files.weights).map_err(|reason| wrong(format!("the weights are damaged: {reason}")))?;
        let model = Self::build(set.pair, &files).map_err(wrong)?;
        model.try_out().map_err(|reason| wrong(format!("the model does not translate: {reason}")))?;
        Ok(model)
    }

    fn build(pair: Pair, files: &Loaded) -> Result<Self, String> {
        let weights = Weights::from_bytes(&files.weights)?;
        let (source, target) = (SpmVocab::from_bytes(&files.source), SpmVocab::from_bytes(&files.target));
        if source.is_empty() || target.len() != weights.output_vocab() {
            return Err(format!("the vocabulary has {} pieces, the weights {}", target.len(), weights.output_vocab()));
        }
        let engine = Engine::new(weights, SpmVocab::from_bytes(&files.source), SpmVocab::from_bytes(&files.target));
        // A character for private use is in no vocabulary: it shows which piece stands for the unknown, if any does.
        let unknown = source.encode("\u{f8ff}").into_iter().find(|&id| source.piece(id) == "<unk>");
        Ok(Self { pair, engine, source, target, unknown })
    }

    /// The tokens of a sentence, its end included.
    pub(super) fn tokens(&self, text: &str) -> Vec<u32> {
        self.source.encode_with_eos(text)
    }

    /// Whether the vocabulary has pieces for all of `tokens`.
    pub(super) fn knows_all(&self, tokens: &[u32]) -> bool {
        self.unknown.is_none_or(|unknown| !tokens.contains(&unknown))
    }

    /// Whether the vocabulary has pieces for all of `text`.
    pub(super) fn knows(&self, text: &str) -> bool {
        self.knows_all(&self.source.encode(text))
    }

    /// Translates sentences given in tokens; `None` for one whose translation does not come to its end.
    pub(super) fn batch(&self, sentences: &[Vec<u32>]) -> Vec<Option<Sentence>> {
        if sentences.is_empty() {
            return Vec::new();
        }
        let outputs = self.engine.greedy_batch(sentences);
        let ended = |(given, output): (&Vec<u32>, &Vec<u32>)| {
            let text = (output.len() < most(given.len())).then(|| self.target.decode(output))?;
            Some(Sentence { text, links: Vec::new() })
        };
        sentences.iter().zip(&outputs).map(ended).collect()
    }

    /// Translates a sentence with its links; `None` where the translation does not come to its end.
    pub(super) fn aligned(&self, text: &str) -> Option<Sentence> {
        let aligned = self.engine.translate_aligned(text);
        (aligned.target_tokens.len() < most(aligned.source_tokens.len()))
            .then(|| Sentence { links: links(text, &aligned), text: aligned.target_text })
    }

    /// Translates a sentence with two numbers: whatever the languages, the translation holds both, and other words.
    fn try_out(&self) -> Result<(), String> {
        let (sentence, words) = trial(self.pair.source);
        let Some(output) = self.batch(&[self.tokens(sentence)]).pop().flatten() else {
            return Err("a trial sentence does not come to its end".to_owned());
        };
        let text: String = output.text.chars().map(digit).collect();
        let plausible = text.contains(char::is_alphabetic) && text.chars().count() < 160;
        let copied = words.iter().filter(|word| text.contains(**word)).count() > 1;
        if plausible && !copied && text.contains("2019") && text.contains("47") {
            return Ok(());
        }
        Err(format!("`{sentence}` became `{}`", output.text))
    }
}

/// The most tokens the engine puts out for so many; it stops there without a word.
fn most(tokens: usize) -> usize {
    (2 * tokens + 4).min(256)
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

/// Walks the header of the weights, so that a length in it that is not true never becomes an allocation.
///
/// Layout: version and count; for each tensor the lengths of its name, shape and data (in that order, with its type
/// after the name); then the names, the shapes, a gap, and the data.
fn check_layout(weights: &[u8]) -> Result<(), &'static str> {
    let word = |at: usize| -> Option<usize> {
        let bytes = weights.get(at.checked_mul(8)?..)?.first_chunk()?;
        usize::try_from(u64::from_le_bytes(*bytes)).ok()
    };
    if word(0) != Some(1) {
        return Err("not a model of the known version");
    }
    let tensors =
        word(1).filter(|&tensors| tensors <= weights.len() / 32).ok_or("it lists more tensors than it can hold")?;
    let mut needed = 16 + 32 * tensors;
    for tensor in 0..tensors {
        let length = |field: usize| word(2 + 4 * tensor + field);
        let size = || length(0)?.checked_add(length(2)?.checked_mul(4)?)?.checked_add(length(3)?);
        needed = size()
            .and_then(|size| needed.checked_add(size))
            .filter(|&needed| needed <= weights.len())
            .ok_or("it is cut off")?;
    }
    Ok(())
}

/// Links weaker than this say nothing.
const FAINT: f32 = 0.1;

/// The links of a sentence, from UTF-16 offsets in normalised text to bytes in the text that was given.
fn links(given: &str, aligned: &Aligned) -> Vec<Link> {
    let normalised = normalisation(given, &aligned.source_normalized);
    let (in_source, in_target) = (byte_offsets(&aligned.source_normalized), byte_offsets(&aligned.target_text));
    let range = |text: &str, offsets: &[usize], begin: usize, end: usize| -> Option<Range<usize>> {
        Some(without_space(text, *offsets.get(begin)?..*offsets.get(end)?)).filter(|range| !range.is_empty())
    };
    let mut links = Vec::new();
    for (token, weights) in aligned.target_tokens.iter().zip(&aligned.alignments) {
        let Some(target) = range(&aligned.target_text, &in_target, token.begin, token.end) else { continue };
        for (token, &weight) in aligned.source_tokens.iter().zip(weights).filter(|(_, weight)| **weight >= FAINT) {
            let Some(source) = range(&aligned.source_normalized, &in_source, token.begin, token.end) else { continue };
            let source = normalised.original(&source);
            if !source.is_empty() {
                links.push(Link { target: target.clone(), source, weight: weight.min(1.0) });
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

/// The byte offset of each UTF-16 unit of a text, and of its end.
fn byte_offsets(text: &str) -> Vec<usize> {
    let units = text.char_indices().flat_map(|(at, c)| std::iter::repeat_n(at, c.len_utf16()));
    units.chain(std::iter::once(text.len())).collect()
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
