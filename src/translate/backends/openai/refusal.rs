//! Tells answers in which a model declines from translations that read alike.
//!
//! Laws: a refusal begins like one and says what is refused, in one language; an answer whose source says as much of itself
//! is news, not a refusal. Phrases are those of `refusals.txt`, in the ten languages; case and the shape of apostrophes do
//! not count.

use std::sync::LazyLock;

use crate::model::Lang;

/// Characters at the beginning of an answer in which a refusal says what is refused.
const BEGINNING: usize = 300;

/// The phrases of a language.
#[derive(Default)]
struct Phrases {
    language: &'static str,
    opens: Vec<&'static str>,
    task: Vec<&'static str>,
    task_in_news: Vec<&'static str>,
    plain: Vec<&'static str>,
    plain_in_news: Vec<&'static str>,
}

static PHRASES: LazyLock<Vec<Phrases>> = LazyLock::new(|| {
    let mut all: Vec<Phrases> = Vec::new();
    for line in include_str!("refusals.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (language, rest) = line.split_once("  ").unwrap_or_default();
        let (part, phrase) = rest.split_once("  ").unwrap_or_default();
        if all.last().is_none_or(|last| last.language != language) {
            all.push(Phrases { language, ..Phrases::default() });
        }
        let last = all.last_mut().expect("one was pushed");
        last.part(part).push(phrase.trim());
    }
    all
});

impl Phrases {
    fn part(&mut self, name: &str) -> &mut Vec<&'static str> {
        match name {
            "opens" => &mut self.opens,
            "task" => &mut self.task,
            "task?" => &mut self.task_in_news,
            "plain" => &mut self.plain,
            "plain?" => &mut self.plain_in_news,
            other => panic!("`{other}` is nothing that a phrase of refusals.txt can be"),
        }
    }
}

/// Whether `draft`, given for a text in `lang`, declines to translate it.
pub(super) fn declines(lang: Lang, source: &str, draft: &str) -> bool {
    let (source, draft) = (folded(source), beginning(draft));
    let of_source = PHRASES.iter().find(|phrases| phrases.language == lang.language());
    let in_news = |of: fn(&Phrases) -> &[&'static str]| of_source.map(|phrases| any(&source, of(phrases)));
    let begun: Vec<&Phrases> = PHRASES.iter().filter(|phrases| begins(&draft, &phrases.opens)).collect();
    let holds = |of: fn(&Phrases) -> &[&'static str]| begun.iter().any(|phrases| any(&draft, of(phrases)));
    // Of a language that is not in the table it is not known how its news reads.
    (holds(|it| &it.task) && !in_news(|it| &it.task_in_news).unwrap_or(false))
        || (holds(|it| &it.plain) && !in_news(|it| &it.plain_in_news).unwrap_or(true))
}

/// Whether an answer that holds no translations at all declines.
pub(super) fn is_prose_of_one(answer: &str) -> bool {
    let answer = beginning(answer);
    PHRASES
        .iter()
        .any(|phrases| begins(&answer, &phrases.opens) && (any(&answer, &phrases.task) || any(&answer, &phrases.plain)))
}

fn folded(text: &str) -> String {
    text.to_lowercase().replace(['\u{2019}', '\u{2bc}', '`'], "'")
}

fn beginning(text: &str) -> String {
    let text: String = text.trim_start_matches(|c: char| !c.is_alphanumeric()).chars().take(BEGINNING).collect();
    folded(&text)
}

fn begins(text: &str, phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| text.starts_with(phrase.trim_end_matches('*')) && found(text, phrase, 0))
}

fn any(text: &str, phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| {
        let bare = phrase.trim_end_matches('*');
        text.match_indices(bare).any(|(at, _)| found(text, phrase, at))
    })
}

/// Whether the phrase that stands at `at` is made of whole words; languages that do not part words, or join small ones to
/// them, are not asked.
fn found(text: &str, phrase: &str, at: usize) -> bool {
    let bare = phrase.trim_end_matches('*');
    let parts_words = |c: char| c < '\u{530}' && c.is_alphanumeric();
    let inside = |side: Option<char>, own: Option<char>| {
        side.is_some_and(char::is_alphanumeric) && own.is_some_and(parts_words) && side.is_some_and(parts_words)
    };
    let cut_before = inside(text[..at].chars().next_back(), bare.chars().next());
    let cut_after = !phrase.ends_with('*') && inside(text[at + bare.len()..].chars().next(), bare.chars().next_back());
    !cut_before && !cut_after
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refuses(lang: &str, source: &str, draft: &str, wanted: bool) {
        assert_eq!(declines(lang.parse().expect("a tag"), source, draft), wanted, "{draft}");
    }

    const NEWS: &str = "The two delegations met in Geneva on Monday.";

    #[test]
    fn refusals_in_ten_languages_are_recognised() {
        for refusal in [
            "I'm sorry, but I can't assist with that request.",
            "I’m sorry, but I can’t help with that.",
            "As an AI language model, I cannot translate this text.",
            "很抱歉，我无法翻译这段内容。",
            "對不起，我無法協助您的請求。",
            "Извините, но я не могу помочь с этим запросом.",
            "Désolé, mais je ne peux pas vous aider avec cette demande.",
            "Lo siento, pero no puedo ayudarte con esa solicitud.",
            "عذراً، لا أستطيع المساعدة في هذا الطلب.",
            "Desculpe, mas não posso ajudar com esse pedido.",
            "Es tut mir leid, aber ich kann Ihnen dabei nicht helfen.",
            "申し訳ありませんが、そのリクエストにはお応えできません。",
            "죄송하지만 해당 요청은 도와드릴 수 없습니다.",
        ] {
            refuses("en", NEWS, refusal, true);
            assert!(is_prose_of_one(refusal), "{refusal}");
        }
    }

    #[test]
    fn news_about_apologies_is_no_refusal() {
        let sorry = "“I'm sorry, but I can't help you,” the clerk told the family.";
        for (lang, source, draft) in [
            ("en", sorry, "« Je suis désolé, mais je ne peux pas vous aider », a dit l’employé à la famille."),
            ("en", sorry, "“Lo siento, pero no puedo ayudarles”, dijo el empleado a la familia."),
            (
                "en",
                "I cannot comply with this request, the mayor wrote.",
                "Não posso atender a este pedido, escreveu o prefeito.",
            ),
            (
                "en",
                "The company said its AI assistant had refused.",
                "A empresa disse que o assistente de IA se recusou.",
            ),
            (
                "zh",
                "“很抱歉，我无法提供更多细节，”发言人说。",
                "“I'm sorry, I can't provide more details,” the spokesperson said.",
            ),
            (
                "ru",
                "«Извините, я не могу ответить», — сказал министр.",
                "“I'm sorry, I can't answer,” the minister said.",
            ),
            (
                "de",
                "„Es tut mir leid, ich kann Ihnen nicht helfen“, sagte er.",
                "“I'm sorry, I can't help you with it,” he said.",
            ),
            ("en", "I apologize to the nation, the president said.", "Peço desculpas à nação, disse o presidente."),
            ("en", "Unfortunately, I was not there.", "Infelizmente, não estive lá."),
            // Nothing is known of how Polish news apologises.
            ("pl", "„Przykro mi, nie mogę pomóc”, powiedział.", "“I'm sorry, I can't help with it,” he said."),
        ] {
            refuses(lang, source, draft, false);
        }
    }

    #[test]
    fn a_refusal_that_an_apology_is_answered_with_is_one() {
        let source = "The ministry apologised for the delay.";
        refuses("en", source, "Desculpe, como modelo de linguagem não posso traduzir isto.", true);
        refuses("pl", "Minister przeprosił.", "I'm sorry, but I can't translate this.", true);
    }

    #[test]
    fn words_are_whole() {
        // `ai` is no word of `said`, so the source does not speak of one.
        refuses("en", "He said no.", "As an AI, I cannot do this.", true);
        assert!(!is_prose_of_one("Desculpem-se as partes, pediu o juiz."));
    }

    #[test]
    fn ten_languages_have_all_kinds_of_phrases() {
        assert_eq!(PHRASES.len(), 10);
        for it in PHRASES.iter() {
            let kinds = [&it.opens, &it.task, &it.task_in_news, &it.plain, &it.plain_in_news];
            assert!(kinds.iter().all(|phrases| phrases.len() > 3), "{}", it.language);
            assert!(kinds.iter().all(|phrases| phrases.iter().all(|it| folded(it) == **it)), "{}", it.language);
        }
    }
}
