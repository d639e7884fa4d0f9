//! The Internationalization Tag Set module, after ITS 2.0 and the Schematron rules of XLIFF 2.1.

use super::Part;
use crate::xliff::check::name::Space;
use crate::xliff::check::rules::{ITS_ANNOTATORS, ITS_CONFIDENCE, ITS_TOGETHER, ITS_TYPE, ITS_VERSION};
use crate::xliff::check::tree::Element;

/// The data categories of ITS 2.0.
const CATEGORIES: &[&str] = &[
    "allowed-characters",
    "directionality",
    "domain",
    "elements-within-text",
    "external-resource",
    "id-value",
    "language-information",
    "locale-filter",
    "localization-note",
    "localization-quality-issue",
    "localization-quality-rating",
    "mt-confidence",
    "preserve-space",
    "provenance",
    "storage-size",
    "target-pointer",
    "terminology",
    "text-analysis",
    "translate",
];

/// Attributes with which an annotation is of no other type.
const GENERIC: &[&str] = &[
    "annotatorsRef",
    "locQualityIssuesRef",
    "locQualityRatingScore",
    "locQualityRatingVote",
    "taIdentRef",
    "taSource",
    "taIdent",
    "taClassRef",
    "lang",
    "mtConfidence",
    "provenanceRecordsRef",
    "allowedCharacters",
    "domains",
    "localeFilterList",
];

/// What is said of who made or revised a text.
const PROVENANCE: &[&str] = &[
    "org",
    "orgRef",
    "person",
    "personRef",
    "revOrg",
    "revOrgRef",
    "revPerson",
    "revPersonRef",
    "revTool",
    "revToolRef",
    "tool",
    "toolRef",
];

/// Attributes, and those they exclude.
const EXCLUDES: &[(&str, &[&str])] = &[
    (
        "locQualityIssuesRef",
        &[
            "locQualityIssueType",
            "locQualityIssueComment",
            "locQualityIssueSeverity",
            "locQualityIssueProfileRef",
            "locQualityIssueEnabled",
        ],
    ),
    ("locQualityRatingScore", &["locQualityRatingVote"]),
    ("taIdentRef", &["taSource", "taIdent"]),
    ("provenanceRecordsRef", PROVENANCE),
];

/// Attributes, and those they need on the same element.
const NEEDS: &[(&str, &str)] = &[
    ("taSource", "taIdent"),
    ("taIdent", "taSource"),
    ("locQualityRatingScoreThreshold", "locQualityRatingScore"),
    ("locQualityRatingVoteThreshold", "locQualityRatingVote"),
];

/// Confidences, and the data category whose tool gave them.
const CONFIDENCES: &[(&str, &str)] =
    &[("mtConfidence", "mt-confidence"), ("taConfidence", "text-analysis"), ("termConfidence", "terminology")];

impl<'a> Part<'a> {
    pub(super) fn its(&mut self, element: Element<'a>) {
        let around = || std::iter::once(element).chain(element.ancestors());
        let get = |local: &str| element.get_in(Space::Its, local);
        let versioned = around().any(|it| it.get_in(Space::Its, "version").is_some());
        if !versioned && self.document.open.last().is_none_or(|it| !it.its) {
            self.tell(element, &ITS_VERSION, "ITS without its version: add `its:version=\"2.0\"` to `xliff`");
        }
        let generic = |it: &&&str| get(it).is_some() || element.get_in(Space::ItsModule, it).is_some();
        let odd = element.get("type").is_some_and(|it| it != "its:generic") && element.is_any(&["mrk", "sm"]);
        if let Some(name) = GENERIC.iter().find(generic).filter(|_| odd) {
            self.tell(element, &ITS_TYPE, format!("an annotation with `{name}` has the type `its:generic` or none"));
        }
        for (name, excluded) in EXCLUDES {
            if let Some(other) = excluded.iter().find(|it| get(name).is_some() && get(it).is_some()) {
                self.tell(element, &ITS_TOGETHER, format!("`its:{name}` excludes `its:{other}`: keep one"));
            }
        }
        for (name, needed) in NEEDS {
            if get(name).is_some() && around().all(|it| it.get_in(Space::Its, needed).is_none()) {
                self.tell(element, &ITS_TOGETHER, format!("`its:{name}` goes with `its:{needed}`: add that"));
            }
        }
        if let Some(annotators) = get("annotatorsRef") {
            self.annotators(element, annotators);
        }
        self.confidences(element);
        for name in ["locQualityIssuesRef", "provenanceRecordsRef"] {
            if let Some(reference) = get(name) {
                self.fragment(element, reference);
            }
        }
    }

    fn annotators(&mut self, element: Element<'a>, value: &str) {
        let mut seen: Vec<&str> = Vec::new();
        for word in value.split_whitespace() {
            let Some((category, tool)) = word.split_once('|').filter(|(_, tool)| !tool.is_empty()) else {
                return self.tell(
                    element,
                    &ITS_ANNOTATORS,
                    format!("`{word}` in `its:annotatorsRef`: write a category, `|` and a tool"),
                );
            };
            if !CATEGORIES.contains(&category) {
                self.tell(
                    element,
                    &ITS_ANNOTATORS,
                    format!("`{category}` is no data category of ITS, for the tool `{tool}`"),
                );
            } else if seen.contains(&category) {
                self.tell(element, &ITS_ANNOTATORS, format!("`its:annotatorsRef` names `{category}` twice: keep one"));
            }
            seen.push(category);
        }
    }

    fn confidences(&mut self, element: Element<'a>) {
        let open = self.document.open.last().map(|it| it.annotators.clone()).unwrap_or_default();
        let inner =
            std::iter::once(element).chain(element.ancestors()).filter_map(|it| it.get_in(Space::Its, "annotatorsRef"));
        let annotators: Vec<&str> = inner.chain([open.as_str()]).collect();
        for (name, category) in CONFIDENCES {
            let named = annotators
                .iter()
                .flat_map(|it| it.split_whitespace())
                .any(|it| it.split('|').next() == Some(*category));
            if element.get_in(Space::Its, name).is_some() && !named {
                let message = format!("`its:{name}` without its tool: add `its:annotatorsRef=\"{category}|TOOL\"`");
                self.tell(element, &ITS_CONFIDENCE, message);
            }
        }
    }

    /// An issue or a record of provenance says something.
    pub(super) fn its_record(&mut self, record: Element<'a>) {
        let asked: &[&str] = match record.name().local {
            "locQualityIssue" => &["locQualityIssueType", "locQualityIssueComment"],
            _ => PROVENANCE,
        };
        if asked.iter().all(|it| !record.has(it)) {
            let message = format!("`{}` says nothing: add `{}` or another of its attributes", record.name(), asked[0]);
            self.tell(record, &ITS_TOGETHER, message);
        }
    }
}
