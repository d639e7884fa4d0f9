use super::*;

/// The likeliest way to put a term for the words in brackets of `text`.
#[track_caller]
fn put(lang: &str, text: &str, term: &str, gender: Gender, number: Number, expected: &str) {
    let (start, end) = (text.find('[').expect("a bracket"), text.find(']').expect("a bracket"));
    let plain = text.replace(['[', ']'], "");
    let wording = Wording { text: term.to_owned(), gender: Some(gender), number: Some(number) };
    let fit = fits(lang.parse().expect("a tag"), &plain, &(start..end - 1), &wording, false).remove(0);
    let mut put = plain;
    put.replace_range(fit.range, &fit.with);
    assert_eq!(put, expected);
}

use Gender::{Feminine as F, Masculine as M};
use Number::{Plural as P, Singular as S};

#[test]
fn portuguese_articles_and_contractions_agree() {
    put("pt", "a decisão do [Tribunal] é", "Corte", F, S, "a decisão da Corte é");
    put("pt", "A [reunião] começa", "encontro", M, S, "O encontro começa");
    put("pt", "leu num [comunicado]", "declaração", F, S, "leu numa declaração");
    put("pt", "falou à [comissão]", "Conselho", M, S, "falou ao Conselho");
    put("pt", "pelos [acordos]", "convenções", F, P, "pelas convenções");
    put("pt", "o novo [tratado]", "convenção", F, S, "a nova convenção");
    put("pt", "do \"[Tribunal]\"", "Corte", F, S, "da \"Corte\"");
    put("pt", "um [comunicado] assinado ontem", "declaração", F, S, "uma declaração assinada ontem");
    put("pt", "em [paz]", "guerra", F, S, "em guerra");
}

#[test]
fn a_quoted_sentence_begins_with_a_capital() {
    put("pt", "disse: \"[Chanceler], ouça", "ministro", M, S, "disse: \"Ministro, ouça");
    put("pt", "Vai? [Chanceler], ouça", "ministro", M, S, "Vai? Ministro, ouça");
    put("pt", "disse que [Chanceler] ouve", "ministro", M, S, "disse que ministro ouve");
}

#[test]
fn spanish_contractions_come_and_go() {
    put("es", "el fallo de la [Corte]", "Tribunal", M, S, "el fallo del Tribunal");
    put("es", "viajó al [consejo]", "asamblea", F, S, "viajó a la asamblea");
    put("es", "de los [acuerdos]", "convenciones", F, P, "de las convenciones");
    put("es", "La [cumbre] empieza", "encuentro", M, S, "El encuentro empieza");
}

#[test]
fn french_elides_before_a_vowel() {
    put("fr", "le chef du [gouvernement]", "État", M, S, "le chef de l'État");
    put("fr", "l'[accord] de", "traité", M, S, "le traité de");
    put("fr", "au [sommet] de", "assemblée", F, S, "à l'assemblée de");
    put("fr", "la [réunion]", "Haut-Commissaire", M, S, "le Haut-Commissaire");
    put("fr", "ce [traité]", "accord", M, S, "cet accord");
    put("fr", "d'[Algérie]", "Maroc", M, S, "de Maroc");
    put("fr", "à la [conférence]", "Conseil", M, S, "au Conseil");
}

#[test]
fn an_english_article_fits_the_sound() {
    put("en", "a [treaty]", "agreement", M, S, "an agreement");
    put("en", "an [accord]", "union", F, S, "a union");
}

#[test]
fn german_articles_keep_their_case_where_that_is_told() {
    put("de", "mit dem [Vertrag]", "Konvention", F, S, "mit der Konvention");
    put("de", "im [Rat]", "Versammlung", F, S, "in der Versammlung");
}

#[test]
fn where_the_gender_is_not_known_all_ways_are_told() {
    let wording = Wording { text: "Mercosul".to_owned(), gender: None, number: None };
    let fits = fits("pt".parse().expect("a tag"), "na cúpula", &(3..10), &wording, false);
    let put: Vec<&str> = fits.iter().map(|fit| fit.with.as_str()).collect();
    assert_eq!(put, ["na Mercosul", "no Mercosul"]);
}

#[test]
fn a_link_may_be_needed_after_a_noun() {
    let wording = Wording { text: "eleições gerais".to_owned(), gender: Some(F), number: Some(P) };
    let text = "sua campanha eleitoral geral";
    let fits = fits("pt".parse().expect("a tag"), text, &(13..text.len()), &wording, false);
    let put: Vec<&str> = fits.iter().map(|fit| fit.with.as_str()).collect();
    assert_eq!(put, ["eleições gerais", "de eleições gerais", "das eleições gerais", "as eleições gerais"]);
}

#[test]
fn what_stands_before_an_article_is_told_apart() {
    let pt = "pt".parse().expect("a tag");
    assert_eq!(behind_article(pt, "emitem uma declaração comum"), Some("emitem uma ".len()));
    assert_eq!(behind_article(pt, "uma declaração comum"), None);
    assert_eq!(behind_article(pt, "declaração de paz"), None);
}
