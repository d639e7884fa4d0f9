//! Articles of our own, and what a sound service says of each of their sentences.
//!
//! Law: [`translated`] is the one right answer to a sentence of [`article`], so that any other target is a fault.

/// Sentences of the articles and their translations; `{n}` is ten times the article's number and the sentence's place, so
/// that no two are alike.
const SENTENCES: [(&str, &str); SEGMENTS] = [
    ("Delegates meet for round {n}", "Delegados reúnem-se para a rodada {n}"),
    (
        "The delegates of {n} countries met in Geneva on Tuesday.",
        "Os delegados de {n} países reuniram-se em Genebra na terça-feira.",
    ),
    ("They will vote on item {n} of the agenda.", "Eles votarão o ponto {n} da agenda."),
    (
        "The council heard a report of {n} pages about the harvest.",
        "O conselho ouviu um relatório de {n} páginas sobre a colheita.",
    ),
    (
        "A second meeting with {n} observers is planned for the day after.",
        "Uma segunda reunião com {n} observadores está prevista para o dia seguinte.",
    ),
    (
        "The spokesman answered {n} questions about the agreement and the next steps.",
        "O porta-voz respondeu a {n} perguntas sobre o acordo e os próximos passos.",
    ),
];

/// Segments of an article.
pub(crate) const SEGMENTS: usize = 6;

/// The sentences of an article in reading order.
pub(crate) fn sentences(number: usize) -> [String; SEGMENTS] {
    std::array::from_fn(|place| SENTENCES[place].0.replace("{n}", &(number * 10 + place).to_string()))
}

/// An article as a file: a headline and three paragraphs.
pub(crate) fn article(number: usize) -> String {
    let [headline, first, second, third, fourth, last] = sentences(number);
    format!("{headline}\n\n{first} {second}\n\n{third} {fourth}\n\n{last}\n")
}

/// What a sound service answers to a sentence; texts that no article holds are a fault of the program.
pub(crate) fn translated(english: &str) -> String {
    let number: String = english.chars().filter(char::is_ascii_digit).collect();
    let open = english.replace(&number, "{n}");
    let known = SENTENCES.iter().find(|(source, _)| *source == open);
    known.unwrap_or_else(|| panic!("no article holds `{english}`")).1.replace("{n}", &number)
}
