//! What a file says of its article and its making.

use super::Job;
use crate::emit::Facts;
use crate::model::Translation;

/// A group of facts under a heading.
pub(super) struct Group {
    pub(super) category: &'static str,
    pub(super) facts: Vec<(&'static str, String)>,
}

/// The facts of a translation: the article, each engine that translated a part of it, the pipeline, and which
/// state of the translation it is.
pub(super) fn groups(job: &Job) -> Vec<Group> {
    let mut groups = vec![article(job.translation)];
    groups.extend(job.engines.iter().map(|provenance| {
        let mut facts = vec![("backend", provenance.backend.clone()), ("engine", provenance.engine.clone())];
        let models = provenance.models.iter();
        facts.extend(models.map(|model| ("model", format!("{}-{} {}", model.source, model.target, model.sha256))));
        Group { category: "machine-translation", facts }
    }));
    groups.push(pipeline(job.facts));
    groups.push(Group { category: "export", facts: vec![("fingerprint", job.translation.fingerprint())] });
    groups
}

fn article(translation: &Translation) -> Group {
    let head = &translation.document.head;
    let said = &head.metadata;
    let known = [
        ("title", &said.title),
        ("url", &said.url),
        ("published", &said.published),
        ("source", &said.source),
        ("place", &said.place),
        ("section", &said.section),
    ];
    let mut facts: Vec<_> = known.into_iter().filter_map(|(name, value)| Some((name, value.clone()?))).collect();
    facts.push(("format", head.format.clone()));
    facts.push(("encoding", head.encoding.clone()));
    facts.push(("sha256", head.sha256.clone()));
    Group { category: "article", facts }
}

fn pipeline(facts: &Facts) -> Group {
    let mut known = vec![("tool", format!("chancery {}", facts.tool_version))];
    known.extend(facts.glossary.iter().map(|print| ("glossary", print.clone())));
    known.extend(facts.rules.iter().map(|print| ("segmentation-rules", print.clone())));
    Group { category: "pipeline", facts: known }
}
