//! Diagnostics as SARIF 2.1.0 (OASIS), which code hosts and editors show beside the lines of a file.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_sarif::sarif::{
    ArtifactLocation, Location, Message, MultiformatMessageString, PhysicalLocation, Region, ReportingConfiguration,
    ReportingDescriptor, Result as Finding, ResultLevel, Run, SCHEMA_URL, Sarif, Tool, ToolComponent,
};

use super::{Diagnostic, Rule};
use crate::model::Severity;

/// What is written as `%..` in a path.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

pub(super) fn write(diagnostics: &[Diagnostic], rules: &[Rule], version: &str) -> Result<String, serde_json::Error> {
    let driver = ToolComponent::builder()
        .name("chancery")
        .version(version.to_owned())
        .rules(rules.iter().map(descriptor).collect::<Vec<_>>())
        .build();
    let run = Run::builder()
        .tool(Tool::builder().driver(driver).build())
        .column_kind(serde_json::json!("unicodeCodePoints"))
        .results(diagnostics.iter().map(|it| finding(it, rules)).collect::<Vec<_>>())
        .build();
    let document = Sarif::builder().schema(SCHEMA_URL).version(serde_json::json!("2.1.0")).runs(vec![run]).build();
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}

fn descriptor(rule: &Rule) -> ReportingDescriptor {
    let configuration = ReportingConfiguration::builder().level(serde_json::json!(level(rule.severity))).build();
    ReportingDescriptor::builder()
        .id(rule.code)
        .name(rule.name)
        .short_description(MultiformatMessageString::builder().text(rule.summary).build())
        .default_configuration(configuration)
        .build()
}

fn finding(diagnostic: &Diagnostic, rules: &[Rule]) -> Finding {
    let region = Region::builder().start_line(number(diagnostic.line)).start_column(number(diagnostic.column)).build();
    let artifact = ArtifactLocation::builder().uri(uri(&diagnostic.path)).build();
    let place = PhysicalLocation::builder().artifact_location(artifact).region(region).build();
    let index = rules.iter().position(|rule| rule.code == diagnostic.code).map_or(-1, number);
    Finding::builder()
        .rule_id(diagnostic.code)
        .rule_index(index)
        .level(level(diagnostic.severity))
        .message(Message::builder().text(diagnostic.message.clone()).build())
        .locations(vec![Location::builder().physical_location(place).build()])
        .build()
}

fn level(severity: Severity) -> ResultLevel {
    match severity {
        Severity::Error => ResultLevel::Error,
        Severity::Warning => ResultLevel::Warning,
        Severity::Info => ResultLevel::Note,
    }
}

/// The path as a URI reference: a file from the root gets the scheme `file`, another stays relative.
fn uri(path: &str) -> String {
    let path = path.replace('\\', "/");
    let scheme = if path.starts_with('/') { "file://" } else { "" };
    format!("{scheme}{}", utf8_percent_encode(&path, ESCAPED))
}

fn number(value: usize) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}
