use super::*;

#[track_caller]
fn pair(pair: &str) -> Pair {
    let (from, into) = pair.split_once('>').expect("a pair");
    Pair { source: from.parse().expect("a tag"), target: into.parse().expect("a tag") }
}

/// A detector that knows two words.
fn detector(text: &str, than: Lang) -> Option<Lang> {
    let lang = |tag: &str| tag.parse().ok().filter(|lang: &Lang| !lang.reads_as(than));
    if text.contains("Regierung") { lang("de") } else { text.contains("government").then(|| lang("en")).flatten() }
}

/// The rule that refuses a draft, if any, and why.
#[track_caller]
fn refused(languages: &str, source: &str, draft: &str) -> Option<(&'static str, String)> {
    let breach = Contract::telling(Arc::new(detector)).check(pair(languages), source, draft).err()?;
    Some((breach.rule, breach.reason))
}

#[track_caller]
fn passes(languages: &str, source: &str, draft: &str) {
    assert_eq!(refused(languages, source, draft), None, "{source} | {draft}");
}

#[track_caller]
fn breaks(rule: &str, languages: &str, source: &str, draft: &str) {
    let broken = refused(languages, source, draft);
    assert_eq!(broken.as_ref().map(|(rule, _)| *rule), Some(rule), "{source} | {draft}: {broken:?}");
}

const LONG: &str = "The minister spoke to the press about the agreement that was signed yesterday.";

#[test]
fn a_translation_passes() {
    passes("en>pt", "The minister spoke.", "O ministro falou.");
    passes("en>pt", "Angela Merkel", "Angela Merkel");
    passes("en>pt", "Stars 5-3 (Belfast Giants)", "Stars 5-3 (Belfast Giants)");
    passes("en>pt", "Luiz Inácio Lula da Silva", "Luiz Inácio Lula da Silva");
    passes("en>zh", &"The minister spoke to the press. ".repeat(4), "部长对媒体讲话。部长讲话。部长讲话。");
    passes("pt>pt-BR", "O ministro falou ontem.", "O ministro falou ontem.");
    passes("zh-Hans>zh-Hant", "外交部发言人表示", "外交部發言人表示");
}

#[test]
fn nothing_and_damage_are_refused() {
    breaks("empty", "en>pt", LONG, "  ");
    for damage in ["\u{fffd}", "\u{1b}[0m", "\u{c}", "\u{85}", "\u{202e}", "\u{2067}", "\u{fffe}", "\u{2069}"] {
        let draft = format!("O minist{damage}rio falou à imprensa sobre o acordo que foi assinado.");
        breaks("characters", "en>pt", LONG, &draft);
        passes("en>pt", &format!("{LONG}{damage}"), &draft);
    }
    passes("en>ar", "The minister spoke to the UN.", "تحدث الوزير إلى \u{2066}UN\u{2069}\u{200f}.");
}

#[test]
fn markup_and_escapes_are_refused_where_the_source_has_none() {
    breaks("markup", "en>pt", "He said \"no\".", "Ele disse &quot;não&quot;.");
    breaks("markup", "en>fr", "The minister's car", "La voiture du ministre, l&#39;auto");
    breaks("markup", "en>pt", "The minister spoke.", "<html><body>502 Bad Gateway</body></html>");
    breaks("markup", "en>pt", "The minister spoke.", "O <b>ministro</b> falou.");
    breaks("markup", "en>pt", "The minister spoke.", "{\"error\": {\"code\": 429}}");
    breaks("markup", "en>zh", "The minister spoke.", "\\u90e8\\u957f\\u8bb2\\u8bdd");
    breaks("markup", "en>pt", "He said \"no\".", "Ele disse \\\"não\\\".");
    breaks("markup", "en>pt", "The minister spoke.", "```\nO ministro falou.\n```");
    passes("en>pt", "Write &amp; for the sign.", "Escreva &amp; para o sinal.");
    passes("zh>en", "《人民日报》报道", "<People's Daily> reports");
    passes("en>pt", "[Laughter]", "[Risos]");
}

#[test]
fn copies_are_refused() {
    breaks("copy", "en>pt", LONG, LONG);
    breaks("copy", "en>pt", LONG, &LONG.to_uppercase());
    breaks("copy", "en>pt", LONG, &format!("{LONG} O ministro falou à imprensa."));
    breaks("copy", "zh>pt", "外交部发言人表示", "外交部发言人表示");
    passes("en>zh-Hans", "Premier League", "Premier League");
}

#[test]
fn lengths_that_no_translation_has_are_refused() {
    breaks("length", "en>pt", LONG, "O ministro.");
    breaks("length", "en>pt", LONG, &"O ministro falou. ".repeat(40));
    breaks("length", "en>zh", LONG, "部长。");
    breaks("truncated", "en>pt", LONG, "O ministro falou à imprensa sobre");
    breaks("truncated", "en>pt", LONG, "O ministro falou à imprensa sobre o acordo que foi,");
    breaks("truncated", "en>zh", LONG, "部长昨天对媒体");
    passes("en>pt", LONG, "O ministro falou à imprensa do acordo.");
    passes("en>th", LONG, "รัฐมนตรีแถลงข่าวเรื่องข้อตกลง");
}

#[test]
fn messages_are_refused() {
    for message in [
        "PLEASE SELECT TWO DISTINCT LANGUAGES",
        "QUERY LENGTH LIMIT EXCEEDED. MAX ALLOWED QUERY : 500 CHARS",
        "Too Many Requests",
        "HTTP/1.1 503 Service Unavailable",
        "Error: Internal Server Error",
        "429: Too many requests, slow down",
        "Slowdown: 20 per 1 minute",
        "I'm sorry, but I can't assist with that request.",
        "Desculpe, mas não posso traduzir este texto.",
        "Here is the translation:\nO ministro falou à imprensa.",
        "**Translation:** O ministro falou à imprensa.",
        "Tradução: O ministro falou à imprensa sobre o acordo assinado ontem.",
    ] {
        breaks("message", "en>pt", LONG, message);
    }
    breaks("message", "pt>en", "O ministro falou à imprensa sobre o acordo que foi assinado.", "Not Found");
    breaks("message", "en>zh", LONG, "抱歉，我无法协助您完成此请求。");
}

#[test]
fn what_the_source_says_is_no_message() {
    passes("pt>en", "Demasiados pedidos", "Too many requests");
    passes("en>pt", "The error says \"Too Many Requests\".", "O erro diz \"Too Many Requests\".");
    passes("en>pt", "Sorry, I cannot help with your request.", "Desculpe, não posso ajudar com o seu pedido.");
    passes(
        "pt>en",
        "«Lamento, mas não posso ajudar com isso», disse.",
        "\"I'm sorry, but I can't help with that,\" he said.",
    );
    passes("en>pt", "Translation: a craft", "Tradução: um ofício");
    passes("en>de", "Zero", "Null");
    passes("zh>en", "服务不可用", "Service unavailable");
}

#[test]
fn what_programs_fill_in_stays() {
    passes("en>pt", "{count} of %s spoke.", "De %s, {count} falaram.");
    breaks("codes", "en>pt", "{count} of %s spoke.", "De %s, {contagem} falaram.");
    breaks("codes", "en>pt", "{count} spoke.", "{count} {count} falaram.");
    breaks("codes", "en>pt", "The minister spoke.", "O ministro {0} falou.");
    breaks("codes", "en>pt", "Write to press@example.org.", "Escreva a imprensa@exemplo.org.");
    passes("zh>en", "请访问https://example.org/a。", "Go to https://example.org/a.");
    passes("en>zh", "See HTTPS://Example.org.", "见https://example.org。");
    breaks("codes", "en>zh", "See https://example.org/a.", "见网站。");
}

#[test]
fn another_language_is_refused() {
    breaks("language", "fr>pt", "Le gouvernement a parlé hier soir.", "Die Regierung sprach gestern.");
    passes("en>pt", "He said: \"Die Regierung\".", "Ele disse: \"Die Regierung\".");
}

/// What the contract says of a batch of sources and drafts.
fn batch(languages: &str, sides: &[[&str; 2]]) -> Result<Vec<bool>, String> {
    let input = |[source, _]: &[&str; 2]| Input { text: (*source).to_owned(), ..Input::default() };
    let draft = |[_, draft]: &[&str; 2]| Ok(Draft { text: (*draft).to_owned(), alignment: None });
    let texts: Vec<Input> = sides.iter().map(input).collect();
    let held = Contract::default().batch(pair(languages), &texts, sides.iter().map(draft).collect());
    held.map(|held| held.iter().map(Result::is_ok).collect()).map_err(|error| error.to_string())
}

const THREE: [[&str; 2]; 3] = [
    ["The talks began in Geneva on 3 March.", "As conversações começaram em Genebra a 3 de março."],
    ["Who signed the agreement?", "Quem assinou o acordo?"],
    ["Angela Merkel spoke to 250 delegates for an hour.", "Angela Merkel falou a 250 delegados durante uma hora."],
];

#[test]
fn drafts_in_each_others_place_are_seen() {
    assert_eq!(batch("en>pt", &THREE), Ok(vec![true; 3]));
    let drafts = |order: [usize; 3]| [0, 1, 2].map(|at| [THREE[at][0], THREE[order[at]][1]]);
    for order in [[1, 0, 2], [0, 2, 1], [2, 1, 0], [1, 2, 0], [2, 0, 1]] {
        let said = batch("en>pt", &drafts(order)).expect_err("it is not in order");
        assert!(said.contains("each other's place"), "{order:?}: {said}");
    }
    assert_eq!(batch("en>pt", &drafts([1, 0, 2])), Err("answers 1 and 2 stand in each other's place".to_owned()));
}

#[test]
fn one_answer_for_two_texts_is_refused() {
    let same = "As conversações começaram em Genebra na segunda-feira.";
    let texts = [
        ["The talks began in Geneva on Monday.", same],
        ["The minister left the town in silence.", same],
        ["Who signed the agreement?", "Quem assinou o acordo?"],
    ];
    assert_eq!(batch("en>pt", &texts), Ok(vec![false, false, true]));
    let near = [["The talks began in Geneva on Monday.", same], ["Talks began in Geneva on Monday", same]];
    assert_eq!(batch("en>pt", &near), Ok(vec![true, true]));
}

#[test]
fn a_wrong_number_is_refused_and_errors_stay() {
    let texts = vec![Input::default(); 2];
    let contract = Contract::default();
    let said = contract.batch(pair("en>pt"), &texts, Vec::new()).expect_err("none for two");
    assert_eq!(said.to_string(), "0 answers for 2 texts");
    let errors = vec![Err(Error::bad_answer("one")), Err(Error::bad_answer("two"))];
    assert_eq!(contract.batch(pair("en>pt"), &texts, errors.clone()), Ok(errors));
}
