//! Answers with success that are none: pages, other schemas, other texts. No retry hides them and no output shows them.

use serde_json::json;

use crate::desk::Desk;
use crate::reply::Reply;
use crate::server::{Request, Server};
use crate::texts::translated;

const PAGE: &[u8] = b"<!DOCTYPE html><html><body><h1>Please log in to the network</h1></body></html>";

/// An answer that cannot be read is asked for again, and fails the article where it stays so.
#[track_caller]
fn is_unreadable(reply: &Reply, why: &str) {
    Desk::once(reply.clone()).run().exits(0).asked(2).whole();
    Desk::always(reply.clone()).run().exits(3).asked(3).lacks_all(why);
}

/// What a service always says instead of the translation of the sentence about the harvest fails that sentence alone.
#[track_caller]
fn fails(fault: impl Fn(&mut String) + Copy + Send + Sync + 'static, why: &str) {
    let harvest = move |source: &str, target: &mut String| {
        if source.contains("harvest") {
            fault(target);
        }
    };
    Desk::spoilt(harvest).run().exits(3).lacks(&[3], why);
    Desk::spoilt_once(harvest).run().exits(0).whole();
}

#[test]
fn a_page_instead_of_json() {
    is_unreadable(&Reply::body("text/html", PAGE), "web page");
}

#[test]
fn a_page_that_is_called_json() {
    is_unreadable(&Reply::body("application/json", PAGE), "web page");
}

#[test]
fn json_of_another_schema() {
    is_unreadable(&Reply::json(&json!({ "translations": ["Olá"] })), "not what is documented");
}

#[test]
fn an_error_with_success() {
    is_unreadable(&Reply::json(&json!({ "error": "Translator is busy" })), "not what is documented");
}

#[test]
fn a_text_where_a_list_is_due() {
    is_unreadable(&Reply::json(&json!({ "translatedText": "Olá" })), "not what is documented");
}

#[test]
fn an_item_that_is_null() {
    is_unreadable(&Reply::json(&json!({ "translatedText": ["Olá", null] })), "not what is documented");
}

#[test]
fn nothing_at_all() {
    is_unreadable(&Reply::body("application/json", b""), "not what is documented");
}

#[test]
fn json_that_is_cut_short() {
    is_unreadable(&Reply::body("application/json", b"{\"translatedText\":[\"Os delega"), "not what is documented");
}

#[test]
fn json_with_something_after_it() {
    is_unreadable(&Reply::body("application/json", b"{\"translatedText\":[]}{}"), "not what is documented");
}

#[test]
fn a_list_that_comes_twice() {
    is_unreadable(
        &Reply::body("application/json", br#"{"translatedText":[],"translatedText":[]}"#),
        "not what is documented",
    );
}

#[test]
fn json_of_endless_depth() {
    is_unreadable(&Reply::body("application/json", "[".repeat(1 << 20).as_bytes()), "not what is documented");
}

#[test]
fn bytes_that_are_no_utf_8() {
    is_unreadable(&Reply::body("application/json", b"{\"translatedText\":[\"pr\xf3ximos\"]}"), "not UTF-8");
}

#[test]
fn half_of_a_surrogate_pair() {
    is_unreadable(&Reply::body("application/json", br#"{"translatedText":["Ol\ud83d"]}"#), "not what is documented");
}

#[test]
fn fewer_answers_than_texts() {
    let fewer = |request: &Request| Reply::says(&vec!["Os delegados reuniram-se.".to_owned(); request.texts.len() - 1]);
    Desk::new(Server::plan(move |_, request| fewer(request))).run().exits(3).lacks_all("answers for 1 text");
    let once = Server::plan(move |number, request| if number == 0 { fewer(request) } else { Reply::well(request) });
    Desk::new(once).run().exits(0).asked(3).whole();
}

#[test]
fn more_answers_than_texts() {
    let more = |request: &Request| Reply::says(&vec!["Os delegados reuniram-se.".to_owned(); request.texts.len() + 1]);
    Desk::new(Server::plan(move |_, request| more(request))).run().exits(3).lacks_all("answers for 1 text");
    let once = Server::plan(move |number, request| if number == 0 { more(request) } else { Reply::well(request) });
    Desk::new(once).run().exits(0).asked(3).whole();
}

#[test]
fn an_empty_answer() {
    fails(String::clear, "the answer is empty");
}

#[test]
fn an_answer_of_blanks() {
    fails(|target| *target = " \n\u{a0}".to_owned(), "the answer is empty");
}

#[test]
fn the_source_as_its_own_translation() {
    let echo = |source: &str, target: &mut String| {
        if source.contains("harvest") {
            source.clone_into(target);
        }
    };
    Desk::spoilt(echo).run().exits(3).lacks(&[3], "copy of the source");
    Desk::spoilt_once(echo).run().exits(0).whole();
}

#[test]
fn all_sources_as_their_own_translations() {
    Desk::spoilt(str::clone_into).run().exits(3).lacks_all("copy of the source");
}

#[test]
fn a_replacement_character() {
    fails(|target| *target = target.replace('ó', "\u{fffd}"), "U+FFFD");
}

#[test]
fn a_control_character() {
    fails(|target| target.push('\u{7}'), "U+0007");
}

#[test]
fn an_answer_that_is_cut_short() {
    fails(|target| target.truncate(8), "cut short");
}

#[test]
fn an_answer_that_does_not_end() {
    fails(|target| *target = target.repeat(40), "blown up");
}

#[test]
fn two_answers_in_each_others_place() {
    let swapped = |source: &str, target: &mut String| {
        let other = match source {
            _ if source.contains("agenda") => "The council heard a report of 103 pages about the harvest.",
            _ if source.contains("harvest") => "They will vote on item 102 of the agenda.",
            _ => source,
        };
        *target = translated(other);
    };
    Desk::spoilt(swapped).run().ends_aloud();
    Desk::spoilt_once(swapped).run().ends_aloud();
}

#[test]
fn all_answers_one_place_further() {
    let turned = |request: &Request| {
        let mut texts: Vec<String> = request.texts.iter().map(|text| translated(text)).collect();
        texts.rotate_right(1);
        Reply::says(&texts)
    };
    // Asked for alone, each text gets the answer that is its own.
    Desk::new(Server::plan(move |_, request| turned(request))).run().ends_aloud();
}

#[test]
fn one_answer_to_all_texts() {
    let same = |_: &str, target: &mut String| "Os delegados reuniram-se em Genebra.".clone_into(target);
    Desk::spoilt(same).run().exits(3).lacks_all("the answer is that of another text");
}

#[test]
fn short_sentences_in_another_language() {
    let other = |source: &str, target: &mut String| {
        let words = source.split_whitespace().count();
        *target = format!("Der Minister sprach gestern {words} Stunden lang mit der Presse.");
    };
    Desk::spoilt(other).run().exits(3);
}

#[test]
fn an_error_in_place_of_a_translation() {
    const SAID: [&str; 6] = [
        "QUERY LENGTH LIMIT EXCEEDED. MAX ALLOWED QUERY : 500 CHARS",
        "Too Many Requests",
        "PLEASE SELECT TWO DISTINCT LANGUAGES",
        "{\"error\": \"Internal Server Error\"}",
        "<html><body>502 Bad Gateway</body></html>",
        "MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE TRANSLATIONS FOR TODAY.",
    ];
    for said in SAID {
        fails(move |target| said.clone_into(target), "");
    }
}

#[test]
fn another_language_than_was_asked_for() {
    const SAID: [&str; 3] = [
        "Der Rat hörte gestern in Genf einen ausführlichen Bericht von 103 Seiten über die Ernte und die Preise für Getreide.",
        "理事会听取了一份关于收成的一百零三页报告。",
        "Совет заслушал доклад на 103 страницах об урожае этого года.",
    ];
    for said in SAID {
        fails(move |target| said.clone_into(target), "");
    }
}

#[test]
fn a_sentence_that_breaks_off() {
    let spoilt = |source: &str, target: &mut String| {
        if source.contains("spokesman") {
            "O porta-voz respondeu a 105 perg".clone_into(target);
        }
    };
    Desk::spoilt(spoilt).run().ends_aloud();
}

#[test]
fn markup_that_was_not_asked_for() {
    fails(|target| *target = format!("&lt;p&gt;{target}&lt;/p&gt;"), "");
}

#[test]
fn a_sign_that_turns_the_direction() {
    fails(|target| target.insert(3, '\u{202e}'), "U+202E");
}
