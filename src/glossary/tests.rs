use std::path::Path;

use super::*;
use crate::shared;

const ONE: &str = "[[concept]]\nid = 'one'\n[concept.terms]\nen = [{ t = 'one' }]\nru = [{ t = 'один' }]\n";
const TWO: &str = "[[concept]]\nid = 'two'\n[concept.terms]\nen = [{ t = 'two' }]\n";

#[track_caller]
fn fingerprint_of(text: &str) -> String {
    Glossary::parse(Path::new("g.toml"), &format!("schema = 1\n{text}")).expect("sound").fingerprint().to_owned()
}

#[test]
fn no_paths_make_an_empty_glossary() {
    let glossary = Glossary::open(&Options { paths: Vec::new() }).expect("nothing to refuse");
    assert!(glossary.is_empty());
    assert!(glossary.matcher("en".parse().expect("a tag")).find("anything").is_empty());
}

#[test]
fn the_fingerprint_does_not_depend_on_layout() {
    let laid_out = fingerprint_of(&format!("{ONE}{TWO}"));
    assert_eq!(laid_out.len(), 64);
    assert_eq!(laid_out, fingerprint_of(&format!("{TWO}\n# a comment\n{ONE}")));
    let other_order =
        "[[concept]]\nid = \"one\"\nterms = { ru = [{t = 'один', status = 'preferred'}], en = [{t = 'one'}] }\n";
    assert_eq!(laid_out, fingerprint_of(&format!("{other_order}{TWO}")));
}

#[test]
fn the_fingerprint_depends_on_what_is_said() {
    let said = fingerprint_of(ONE);
    assert_ne!(said, fingerprint_of(&ONE.replace("'one' }", "'One' }")));
    assert_ne!(said, fingerprint_of(&ONE.replace("'один' }", "'один', why = 'x' }")));
    assert_ne!(said, fingerprint_of(TWO));
}

#[test]
fn a_concept_is_found_by_its_id() {
    let glossary = Glossary::parse(Path::new("g.toml"), &format!("schema = 1\n{TWO}{ONE}")).expect("sound");
    assert_eq!(glossary.concept("two").map(|concept| concept.id.as_str()), Some("two"));
    assert_eq!(glossary.concept("three"), None);
}

#[test]
fn the_sample_is_read() {
    let path = shared::path("reference/glossary-sample.toml");
    let glossary = Glossary::open(&Options { paths: vec![path] }).expect("a sound glossary");
    assert_eq!(glossary.concepts().len(), 8);
}

#[test]
fn options_are_strict() {
    assert_eq!(toml::from_str("paths = ['a']"), Ok(Options { paths: vec!["a".into()] }));
    assert!(toml::from_str::<Options>("path = 'a'").is_err());
}
