use std::fs;
use std::path::Path;

use crate::glossary::{Case, Glossary, Kind, Mode, Options, Scope};
use crate::model::TermStatus;

/// A concept file around `concepts`, which begin at line 2.
fn file(concepts: &str) -> String {
    format!("schema = 1\n{concepts}")
}

#[track_caller]
fn refused(text: &str, expected: &[&str]) {
    let errors = Glossary::parse(Path::new("g.toml"), text).expect_err("a faulty glossary");
    assert_eq!(errors.to_string().lines().collect::<Vec<_>>(), expected);
}

#[test]
fn the_format_is_read_in_full() {
    let text = file(
        r#"
name = "All keys"
languages = ["en", "pt"]
[[concept]]
id = "everything"
domain = "diplomacy/titles"
pos = "noun"
definition = "what it is"
note = "what to know"
source = "where it is from"
dnt = false
mandatory = true
not = ["something"]
when = { source_any = ["U.S."], domain_any = ["world"], scope = "segment" }
[concept.terms]
en = [{ t = "all", status = "admitted", superseded = true, case = "first", match = "forms", forms = ["alls"], type = "short", not_within = ["all in all"], first_use = "expand", why = "because", gender = "neuter", number = "plural" }]
pt = [{ t = "tudo", region = "BR" }, { t = "velho", superseded = true }]
"#,
    );
    let glossary = Glossary::parse(Path::new("g.toml"), &text).expect("a sound glossary");
    let concept = glossary.concept("everything").expect("the concept");
    assert!(concept.mandatory && !concept.dnt);
    assert_eq!(concept.not, ["something"]);
    assert_eq!(concept.when.as_ref().map(|when| when.scope), Some(Scope::Segment));
    let [all, velho, tudo] = concept.terms.as_slice() else { panic!("three terms: {:?}", concept.terms) };
    assert_eq!(
        (all.case, all.mode, all.kind, all.status),
        (Case::First, Mode::Forms, Kind::Short, TermStatus::Admitted)
    );
    assert_eq!((velho.text.as_str(), velho.status), ("velho", TermStatus::Superseded));
    assert_eq!(tudo.lang.map(|lang| lang.to_string()).as_deref(), Some("pt-BR"));
}

#[test]
fn an_unknown_key_tells_the_right_ones() {
    refused(
        &file("[[concept]]\nid = 'a'\nnott = []\n[concept.terms]\nen = [{ t = 'x' }]"),
        &["g.toml:4:1: unknown field `nott`, expected one of `id`, `domain`, `pos`, `definition`, `note`, `source`, \
           `dnt`, `mandatory`, `not`, `when`, `terms`"],
    );
    refused(
        &file("[[concept]]\nid = 'a'\n[concept.terms]\nen = [{ t = 'x', forbidden = true }]"),
        &["g.toml:5:18: unknown field `forbidden`, expected one of `t`, `status`, `superseded`, `case`, `match`, \
           `forms`, `type`, `region`, `not_within`, `first_use`, `why`, `gender`, `number`"],
    );
    refused(
        "schema = 1\ntitle = 'x'",
        &["g.toml:2:1: unknown field `title`, expected one of `schema`, `name`, `languages`, `concept`"],
    );
}

#[test]
fn an_unknown_value_tells_the_right_ones() {
    refused(
        &file("[[concept]]\nid = 'a'\n[concept.terms]\nen = [{ t = 'é', case = 'lower' }]"),
        &["g.toml:5:25: unknown variant `lower`, expected one of `any`, `first`, `exact`"],
    );
}

#[test]
fn all_errors_are_told_at_once_by_line() {
    refused(
        &file(
            "[[concept]]\nid = 'a'\n[concept.terms]\nxx-yy-zz-bad = [{ t = 'x' }]\nen = [{ t = ' ' }, { t = 'y' }, { status = 'admitted' }]\n\
             [[concept]]\nid = 'b'\n[concept.terms]\n'*' = [{ t = 'B' }]\npt-BR = [{ t = 'b', region = 'PT' }]\n\
             [[concept]]\nid = 'a'\nterms = {}\n[[concept]]\nid = 'c'\n",
        ),
        &[
            "g.toml:5:1: `xx-yy-zz-bad` is not a language tag: write BCP 47 such as `en`, `pt-BR` or `zh-Hans`",
            "g.toml:6:7: `t` of concept `a` is empty or has white space at an end",
            "g.toml:6:20: concept `a` prefers both ` ` and `y` in en: make one of them `admitted`",
            "g.toml:6:33: missing field `t`",
            "g.toml:10:1: terms under `*` of concept `b` need `dnt = true`",
            "g.toml:11:10: `region` does not go with the language key `pt-BR`: name the region in one of the two",
            "g.toml:15:1: missing field `terms`",
        ],
    );
    refused(
        &file("[[concept]]\nid = 'a'\nnotes = ''\n[concept.terms]\nen = [{ t = '' }]"),
        &[
            "g.toml:4:1: unknown field `notes`, expected one of `id`, `domain`, `pos`, `definition`, `note`, `source`, \
             `dnt`, `mandatory`, `not`, `when`, `terms`",
            "g.toml:6:7: `t` of concept `a` is empty or has white space at an end",
        ],
    );
}

#[test]
fn one_term_is_preferred_in_a_language_and_region() {
    let concept = |pt: &str| file(&format!("[[concept]]\nid = 'a'\n[concept.terms]\npt = [{pt}]"));
    refused(
        &concept("{ t = 'x', region = 'BR' }, { t = 'y', region = 'BR' }"),
        &["g.toml:5:35: concept `a` prefers both `x` and `y` in pt-BR: make one of them `admitted`"],
    );
    for sound in [
        "{ t = 'x', region = 'BR' }, { t = 'y', region = 'PT' }, { t = 'z' }",
        "{ t = 'x' }, { t = 'y', status = 'admitted' }",
    ] {
        Glossary::parse(Path::new("g.toml"), &concept(sound)).expect(sound);
    }
}

#[test]
fn contradictions_are_refused() {
    let concept = |term: &str| file(&format!("[[concept]]\nid = 'a'\n[concept.terms]\nen = [{{ t = 'x', {term} }}]"));
    refused(&concept("match = 'forms'"), &["g.toml:5:7: `x` has `match = \"forms\"` but lists no `forms`"]);
    refused(
        &concept("forms = ['xs']"),
        &["g.toml:5:7: `x` lists `forms` that count only with `match = \"forms\"` or `\"stem\"`"],
    );
    refused(
        &concept("status = 'preferred', superseded = true"),
        &["g.toml:5:7: `x` is superseded and cannot be preferred: remove one of the two"],
    );
    refused(
        &concept("not_within = ['\u{200B}']"),
        &["g.toml:5:7: `not_within` of concept `a` is empty or has white space at an end"],
    );
}

#[test]
fn another_schema_is_refused_whatever_follows() {
    refused(
        "schema = 2\nconcepts = 1",
        &["g.toml:2:1: unknown field `concepts`, expected one of `schema`, `name`, `languages`, `concept`"],
    );
    refused("schema = 2\n[[concept]]\nid = 1", &["g.toml:1:10: schema 2 is not known: write `schema = 1`"]);
    refused("", &["g.toml:1:1: missing field `schema`"]);
}

#[test]
fn broken_toml_is_refused_in_one_line() {
    refused("schema = 1\nname = 'x\n", &["g.toml:2:10: invalid literal string, expected `'`"]);
}

#[test]
fn hostile_depth_is_refused() {
    let errors = Glossary::parse(Path::new("g.toml"), &format!("concept = {}", "[".repeat(100_000)));
    assert!(errors.expect_err("too deep").to_string().contains("g.toml:1:"));
}

#[test]
fn shapes_that_do_not_fit_are_refused() {
    refused("schema = 1\nconcept = 1", &["g.toml:2:11: this has to be a list of tables, each under `[[concept]]`"]);
    refused(
        "schema = 1\nconcept = [1]",
        &["g.toml:2:12: invalid type: integer `1`, expected a concept, such as `{ id = \"..\", terms = { .. } }`"],
    );
    refused(
        &file("[[concept]]\nid = 'a'\nterms = 1"),
        &["g.toml:4:9: `terms` has to be a table of languages, such as `en = [{ t = \"..\" }]`"],
    );
    refused(
        &file("[[concept]]\nid = 'a'\nterms = { en = 'x' }"),
        &["g.toml:4:16: this has to be a list of terms, such as `[{ t = \"..\" }]`"],
    );
}

const ONE: &str = "schema = 1\n[[concept]]\nid = 'one'\n[concept.terms]\nen = [{ t = 'one' }]\nru = [{ t = 'один' }]\n";
const TWO: &str = "schema = 1\n[[concept]]\nid = 'two'\n[concept.terms]\nen = [{ t = 'two' }]\n";

#[test]
fn a_folder_is_its_toml_files() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("deeper.toml")).expect("a folder");
    for (name, text) in [("b.toml", ONE), ("a.toml", TWO), ("notes.txt", "not a glossary")] {
        fs::write(folder.path().join(name), text).expect("a file");
    }
    let paths = vec![folder.path().to_owned(), folder.path().join("a.toml")];
    let glossary = Glossary::open(&Options { paths }).expect("a sound glossary");
    assert_eq!(glossary.concepts().iter().map(|concept| concept.id.as_str()).collect::<Vec<_>>(), ["one", "two"]);
}

#[test]
fn an_id_is_taken_across_files_and_a_missing_path_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    fs::write(path("a.toml"), ONE).expect("a file");
    fs::write(path("b.toml"), ONE).expect("a file");
    let paths = vec![path("b.toml"), path("a.toml"), path("none.toml")];
    let errors = Glossary::open(&Options { paths }).expect_err("a faulty glossary").to_string();
    let at = |name: &str| path(name).display().to_string();
    assert_eq!(
        errors,
        format!(
            "{}:2:1: concept id `one` is taken by {}:2:1: ids are never shared or reused\n\
             {}: no such glossary file or folder: correct or remove the path",
            at("b.toml"),
            at("a.toml"),
            at("none.toml")
        )
    );
}

#[test]
fn a_file_that_is_not_utf8_tells_where() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("g.toml");
    fs::write(&path, b"schema = 1\nname = 'M\xfcnchen'\n").expect("a file");
    let errors = Glossary::open(&Options { paths: vec![path] }).expect_err("not UTF-8").to_string();
    assert!(errors.ends_with("g.toml:2:10: not UTF-8 from here on: save the file as UTF-8"), "{errors}");
}

#[test]
fn a_folder_without_a_glossary_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let errors = Glossary::open(&Options { paths: vec![folder.path().to_owned()] }).expect_err("nothing there");
    assert!(errors.to_string().ends_with("folder holds no `.toml` file: add one or remove the path"), "{errors}");
}
