use std::path::Path;

use crate::glossary::Glossary;
use crate::model::{
    BlockKind, Document, EntryTerm, Head, Kept, Lang, Metadata, Origin, Outcome, Passage, Prepared, Segment, SegmentId,
    Text, Unit,
};

const GLOSSARY: &str = r#"
schema = 1
[[concept]]
id = "minister"
mandatory = true
note = "a cabinet post"
[concept.terms]
en = [{ t = "foreign minister" }, { t = "minister for abroad", status = "forbidden", why = "calque" }, { t = "external minister", status = "forbidden", superseded = true }]
pt = [{ t = "ministro do exterior", status = "forbidden", why = "calque" }, { t = "chanceler", status = "admitted" }, { t = "ministro das Relações Exteriores", region = "BR" }, { t = "ministro dos Negócios Estrangeiros", region = "PT" }, { t = "ministro dos Estrangeiros", superseded = true }]
zh-Hans = [{ t = "外长" }]
[[concept]]
id = "congress"
when = { source_any = ["Washington"] }
[concept.terms]
en = [{ t = "Congress" }]
[[concept]]
id = "goal"
when = { domain_any = ["Sport"] }
[concept.terms]
en = [{ t = "goal" }]
[[concept]]
id = "aukus"
dnt = true
[concept.terms]
"*" = [{ t = "AUKUS" }]
"#;

#[track_caller]
fn lang(tag: &str) -> Lang {
    tag.parse().expect("a language tag")
}

/// An article of the section `Sport`, each text a passage of one segment.
fn article(texts: &[(&str, &str)]) -> Document<Segment> {
    let head = Head {
        origin: Origin::file(Path::new("a.txt")),
        format: "plain".to_owned(),
        encoding: "UTF-8".to_owned(),
        sha256: String::new(),
        metadata: Metadata { section: Some("sport".to_owned()), ..Metadata::default() },
        cut: Vec::new(),
    };
    let passages = texts.iter().enumerate().map(|(index, (tag, text))| Passage {
        id: format!("p{index}"),
        kind: BlockKind::Paragraph,
        lang: lang(tag),
        lead: String::new(),
        segments: vec![Segment {
            id: SegmentId::new(&format!("p{index}"), 1),
            text: Text::from(*text),
            gap: String::new(),
        }],
    });
    Document { head, language: lang("en"), passages: passages.collect() }
}

#[track_caller]
fn annotated(texts: &[(&str, &str)], target: &str) -> Vec<Prepared> {
    let glossary = Glossary::parse(Path::new("g.toml"), GLOSSARY).expect("a sound glossary");
    let document = glossary.annotate(article(texts), lang(target));
    document.passages.into_iter().flat_map(|passage| passage.segments).collect()
}

/// The concepts found in each text, in order.
#[track_caller]
fn finds(texts: &[(&str, &str)], target: &str, expected: &[&[&str]]) {
    let prepared = annotated(texts, target);
    let found: Vec<Vec<&str>> =
        prepared.iter().map(|prepared| prepared.terms.iter().map(|hit| hit.concept.as_str()).collect()).collect();
    assert_eq!(found, expected);
}

/// The renderings of the only hit in an English `text`, each with its status.
#[track_caller]
fn renders(text: &str, target: &str, expected: &[&str]) {
    let prepared = annotated(&[("en", text)], target);
    let [hit] = prepared[0].terms.as_slice() else { panic!("one hit: {:?}", prepared[0].terms) };
    let rendered: Vec<String> =
        hit.renderings.iter().map(|rendering| format!("{} {:?}", rendering.term, rendering.status)).collect();
    assert_eq!(rendered, expected);
}

#[test]
fn a_hit_says_all_that_the_glossary_says() {
    let prepared = annotated(&[("en", "The foreign minister left.")], "zh");
    let hit = &prepared[0].terms[0];
    assert_eq!((hit.concept.as_str(), hit.term.as_str(), hit.range.clone()), ("minister", "foreign minister", 4..20));
    assert_eq!((hit.mandatory, hit.note.as_deref()), (true, Some("a cabinet post")));
    assert_eq!(hit.preferred().map(|rendering| rendering.term.as_str()), Some("外长"));
}

#[test]
fn renderings_are_ordered_by_status_and_region() {
    renders(
        "The foreign minister left.",
        "pt-BR",
        &[
            "ministro das Relações Exteriores Preferred",
            "chanceler Admitted",
            "ministro dos Estrangeiros Superseded",
            "ministro do exterior Forbidden",
        ],
    );
    renders(
        "The foreign minister left.",
        "pt",
        &[
            "ministro das Relações Exteriores Preferred",
            "ministro dos Negócios Estrangeiros Preferred",
            "chanceler Admitted",
            "ministro dos Estrangeiros Superseded",
            "ministro do exterior Forbidden",
        ],
    );
    renders("The foreign minister left.", "zh-Hant", &[]);
    renders("In AUKUS waters", "zh", &["AUKUS Preferred"]);
}

#[test]
fn a_passage_in_the_target_language_has_no_terms() {
    finds(
        &[("en", "The foreign minister"), ("pt", "o chanceler"), ("zh", "外长")],
        "pt",
        &[&["minister"], &[], &["minister"]],
    );
}

#[test]
fn a_forbidden_term_is_no_name_unless_superseded() {
    finds(&[("en", "the minister for abroad"), ("en", "the external minister")], "pt", &[&[], &["minister"]]);
}

#[test]
fn a_condition_looks_at_the_whole_article() {
    finds(&[("en", "Congress met."), ("en", "A goal.")], "pt", &[&[], &["goal"]]);
    finds(
        &[("en", "Congress met."), ("pt", "Em Washington."), ("en", "Congress rose.")],
        "pt",
        &[&["congress"], &[], &["congress"]],
    );
}

/// Asserts the entries that go beside an article: the concept, its source terms, its target terms.
#[track_caller]
fn lies_beside(texts: &[(&str, &str)], target: &str, expected: &[(&str, &[&str], &[&str])]) {
    let glossary = Glossary::parse(Path::new("g.toml"), GLOSSARY).expect("a sound glossary");
    let document = glossary.annotate(article(texts), lang(target));
    let outcome = || Outcome::Kept(Kept::NothingToTranslate);
    let (findings, remarks) = (Vec::new(), Vec::new());
    let document = document.map(|_, Prepared { segment, terms }| Unit {
        segment,
        terms,
        outcome: outcome(),
        findings: findings.clone(),
        remarks: remarks.clone(),
    });
    let entries = glossary.entries(&document, lang(target));
    let texts = |terms: &'_ [EntryTerm]| terms.iter().map(|term| term.text.clone()).collect::<Vec<_>>();
    let found: Vec<_> = entries.iter().map(|it| (it.concept.clone(), texts(&it.source), texts(&it.target))).collect();
    let owned = |terms: &[&str]| terms.iter().map(|term| (*term).to_owned()).collect::<Vec<_>>();
    let expected: Vec<_> =
        expected.iter().map(|(id, source, target)| ((*id).to_owned(), owned(source), owned(target))).collect();
    assert_eq!(found, expected);
}

#[test]
fn what_occurs_lies_beside_the_article_once_with_all_its_terms() {
    let minister: &[&str] = &["foreign minister", "minister for abroad", "external minister"];
    let of_brazil: &[&str] =
        &["ministro das Relações Exteriores", "chanceler", "ministro dos Estrangeiros", "ministro do exterior"];
    let twice = [("en", "The foreign minister met a foreign minister of AUKUS.")];
    lies_beside(&twice, "pt-BR", &[("aukus", &["AUKUS"], &["AUKUS"]), ("minister", minister, of_brazil)]);
    lies_beside(&[("zh-Hans", "外长"), ("en", "a foreign minister")], "fr", &[("minister", &["外长"], &[])]);
    lies_beside(&[("en", "Nobody came.")], "pt-BR", &[]);
}
