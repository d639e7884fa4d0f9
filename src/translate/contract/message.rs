//! What a service, a proxy or a model says in place of a translation, or before it.
//!
//! Four tables of phrases in lower case, all of which a linguist can add to. A phrase is no reason where the source says
//! the same: a row may name the words by which a source would, in whatever language. Errors as HTML or JSON are the business
//! of `markup`.
//!
//! Sources: MyMemory answers 200 with its errors as `translatedText` ("PLEASE SELECT TWO DISTINCT LANGUAGES", "QUERY LENGTH
//! LIMIT EXCEEDED. MAX ALLOWED QUERY : 500 CHARS", "INVALID LANGUAGE PAIR SPECIFIED", "MYMEMORY WARNING: YOU USED ALL
//! AVAILABLE FREE TRANSLATIONS FOR TODAY"); the reason phrases are those of RFC 9110 and of nginx; what LibreTranslate's
//! limiter says is Flask-Limiter's ("20 per 1 minute"); refusals and prefaces are what chat models say in the languages of
//! this desk, from use and not from a document.

use super::Case;
use super::length;

/// A phrase that is no translation, and what a source holds that says it too.
type Row = (&'static str, &'static [&'static str]);

/// What services say, wherever it stands.
const SERVICES: &[Row] = &[
    ("query length limit exce", &[]),
    ("select two distinct languages", &[]),
    ("invalid language pair", &[]),
    ("mymemory warning", &["MyMemory"]),
    ("no query specified", &[]),
    ("is an invalid target language", &[]),
    ("is an invalid source language", &[]),
    ("invalid api key", &["API"]),
    ("invalid api_key", &["API"]),
    ("insufficient_quota", &[]),
    ("rate_limit_exceeded", &[]),
    ("user rate limit exceeded", &[]),
    ("daily limit exceeded", &[]),
    ("upstream connect error", &[]),
    ("per 1 minute", &[]),
    ("traceback (most recent call last)", &[]),
    ("nginx/", &["nginx"]),
];

/// What servers say and news may: no translation where nothing else is said and the source is not as short.
const SERVERS: &[&str] = &[
    "too many requests",
    "rate limit exceeded",
    "quota exceeded",
    "limit exceeded",
    "bad request",
    "unauthorized",
    "forbidden",
    "not found",
    "request timeout",
    "request time-out",
    "request entity too large",
    "payload too large",
    "content too large",
    "internal server error",
    "bad gateway",
    "service unavailable",
    "service temporarily unavailable",
    "temporarily unavailable",
    "gateway timeout",
    "gateway time-out",
    "access denied",
    "translation failed",
    "translation error",
    "unsupported language",
    "null",
    "undefined",
    "none",
    "[object object]",
];

/// How a model begins that will not do it,
const SORRY: &[&str] = &[
    "i'm sorry",
    "i am sorry",
    "sorry, ",
    "i cannot ",
    "i can't ",
    "i'm unable",
    "i am unable",
    "i'm not able",
    "as an ai",
    "desculpe",
    "sinto muito",
    "lamento",
    "não posso",
    "lo siento",
    "no puedo ",
    "je suis désolé",
    "je ne peux pas",
    "désolé",
    "es tut mir leid",
    "ich kann ",
    "извините",
    "к сожалению, я",
    "я не могу",
    "抱歉",
    "对不起",
    "對不起",
    "很抱歉",
    "我无法",
    "我無法",
    "申し訳",
    "죄송",
    "آسف",
    "عذر",
    "أعتذر",
];

/// and what it will not do.
const UNWILLING: &[&str] = &[
    "translat",
    "assist",
    "help with",
    "your request",
    "that request",
    "this request",
    "language model",
    "traduz",
    "traduç",
    "ajudar com",
    "ajudá-lo",
    "traducir",
    "traducc",
    "ayudar",
    "tradui",
    "traduction",
    "vous aider",
    "übersetz",
    "dabei helfen",
    "behilflich",
    "перевести",
    "перевод",
    "помочь",
    "翻译",
    "翻譯",
    "协助",
    "協助",
    "帮助您",
    "幫助您",
    "翻訳",
    "お手伝い",
    "번역",
    "도와드릴",
    "ترجم",
    "مساعدت",
];

/// What stands before a translation that a model announces.
const PREFACES: &[&str] = &[
    "here is the translat",
    "here's the translat",
    "here is a translat",
    "here's a translat",
    "here is your translat",
    "sure, here",
    "sure! here",
    "certainly! here",
    "of course! here",
    "the translation is",
    "the translated text",
    "translation:",
    "translated text:",
    "aqui está a tradu",
    "segue a tradu",
    "tradução:",
    "aquí está la tradu",
    "aquí tienes la tradu",
    "traducción:",
    "voici la tradu",
    "traduction :",
    "traduction:",
    "hier ist die übersetz",
    "übersetzung:",
    "вот перевод",
    "перевод:",
    "以下是翻",
    "以下是译",
    "以下為翻",
    "翻译：",
    "翻譯：",
    "译文：",
    "譯文：",
    "翻訳：",
    "翻訳:",
    "以下が翻訳",
    "以下は翻訳",
    "번역:",
    "다음은 번역",
    "الترجمة:",
    "إليك الترجمة",
    "فيما يلي ترجمة",
];

/// By these a source says that it is about translation.
const ABOUT_TRANSLATION: &[&str] =
    &["translat", "tradu", "übersetz", "перев", "翻译", "翻譯", "译文", "譯文", "翻訳", "訳文", "번역", "ترجم"];

/// By these a source says that it is about a machine that speaks.
const ABOUT_MACHINES: &[&str] = &["AI", "IA", "KI", "ИИ", "人工智", "chatbot", "ChatGPT", "الذكاء"];

pub(super) fn refuses(case: &Case<'_>) -> Option<String> {
    let draft = plain(case.draft);
    let told = |what: &str| Some(format!("the answer is {what}: {}", Case::quoted(case.draft)));
    if is_of_service(case, &draft) || is_of_server(case, &draft) {
        return told("a message and no translation");
    }
    if is_refusal(case, &draft) {
        return told("a refusal and no translation");
    }
    let announces = starts(&draft, PREFACES) && !holds(&plain(case.source), ABOUT_TRANSLATION);
    if announces { told("announced, and not only a translation") } else { None }
}

fn is_of_service(case: &Case<'_>, draft: &str) -> bool {
    let source = plain(case.source);
    let said = |(phrase, unless): &Row| {
        draft.contains(phrase) && !source.contains(phrase) && !unless.iter().any(|word| case.source.contains(word))
    };
    SERVICES.iter().any(said)
}

/// Characters that may follow the phrase of a server: a full stop, a status, a few words.
const MORE: usize = 60;

fn is_of_server(case: &Case<'_>, draft: &str) -> bool {
    let after =
        draft.trim_start_matches("http").trim_start_matches(|c: char| "/.: -[(".contains(c) || c.is_ascii_digit());
    let after = ["error", "message"].iter().fold(after, |text, word| text.trim_start_matches(word)).trim_start();
    let after = after.trim_start_matches(|c: char| ": -".contains(c) || c.is_ascii_digit());
    let said = SERVERS.iter().find(|&&phrase| after.strip_prefix(phrase).is_some_and(is_end));
    let Some(phrase) = said.filter(|_| !plain(case.source).contains(after)) else { return false };
    let figures = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let told = figures(draft).chars().count() >= 3 && !figures(case.source).contains(&figures(draft));
    // A single word may be one of another language: `null` is German.
    let is_foreign = phrase.contains(' ') && case.pair.target.language() != "en";
    told || is_foreign || !is_as_long(case)
}

/// Whether no more of a sentence follows.
fn is_end(rest: &str) -> bool {
    rest.chars().count() <= MORE
        && !rest.starts_with(char::is_alphanumeric)
        && (rest.trim().len() <= 1 || rest.trim_start().starts_with(|c: char| !c.is_alphanumeric()))
}

/// Whether the draft is as long as a translation of the source may be.
fn is_as_long(case: &Case<'_>) -> bool {
    let (from, into) = (length::of(case.source, case.pair.source), length::of(case.draft, case.pair.target));
    into > from / 2.5 - 10.0 && into < from * 2.5 + 10.0
}

fn is_refusal(case: &Case<'_>, draft: &str) -> bool {
    starts(draft, SORRY)
        && holds(draft, UNWILLING)
        && !holds(&plain(case.source), UNWILLING)
        && !ABOUT_MACHINES.iter().any(|word| case.source.contains(word))
}

fn starts(text: &str, phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| text.starts_with(phrase))
}

fn holds(text: &str, phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| text.contains(phrase))
}

/// A text in lower case, with plain apostrophes and without what a model sets around words.
fn plain(text: &str) -> String {
    text.trim().trim_start_matches(['*', '#', '>', ' ']).to_lowercase().replace('’', "'")
}
