//! The rules of the check, each once: its code, its name, how bad a breach is, and what it asks.
//!
//! Law: a code never changes its meaning, since people write codes into the settings of their pipelines. X0 is about
//! the document, X1 about the schemas, X2 about ids and references, X3 about inline codes, X4 about units, X5 about
//! modules of XLIFF 2, X6 about XLIFF 1.2, X9 about what CAT tools lose.

use crate::model::Severity;

/// A rule that a file keeps or breaks.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its stable code: `X201`.
    pub code: &'static str,
    /// Its name in few words: `duplicate-id`.
    pub name: &'static str,
    /// What it asks, in one sentence without a full stop.
    pub summary: &'static str,
    /// How bad a breach is.
    pub severity: Severity,
}

macro_rules! rules {
    ($($constant:ident $code:literal $severity:ident $name:literal $summary:literal;)*) => {
        $(pub(super) static $constant: Rule =
            Rule { code: $code, name: $name, summary: $summary, severity: Severity::$severity };)*

        /// All rules, by code.
        pub static RULES: &[&Rule] = &[$(&$constant),*];
    };
}

rules! {
    ENCODING "X001" Error "encoding" "the bytes are in the encoding that the document claims";
    MALFORMED "X002" Error "well-formed" "the document is well-formed XML with namespaces";
    DOCTYPE "X003" Error "doctype" "no DOCTYPE is declared, since entities can read files and grow without bound";
    NOT_XLIFF "X004" Error "not-xliff" "the root is `xliff` in the namespace and of a version of XLIFF 1.0 to 2.2";
    DEPTH "X005" Error "too-deep" "elements nest 256 deep at most";
    LIMIT "X006" Error "too-many-problems" "a file has fewer problems than the check tells";
    ELEMENT "X101" Error "element-not-allowed" "an element stands where the schema has one of its name";
    MISSING_ELEMENT "X102" Error "element-missing" "what the schema requires within an element is there";
    ELEMENT_ORDER "X103" Error "element-order" "elements stand in the order and number of the schema";
    ATTRIBUTE "X104" Error "attribute-not-allowed" "an attribute is one of those that the schema has for its element";
    MISSING_ATTRIBUTE "X105" Error "attribute-missing" "an attribute that the schema requires is there";
    VALUE "X106" Error "attribute-value" "the value of an attribute is of the kind that the schema says";
    TEXT "X107" Error "text-not-allowed" "text stands only where the schema has text";
    MODULE_PLACE "X108" Error "module-place" "an element of a module stands where the module has its place, and as often";
    DUPLICATE_ID "X201" Error "duplicate-id" "an id occurs once where it has to be unique";
    TARGET_ID "X202" Error "target-id" "a code in a target has the id of the same code in the source, or a new one";
    FRAGMENT "X203" Error "fragment-syntax" "a fragment identifier is written as in section 4 of XLIFF 2.1";
    UNRESOLVED "X204" Error "fragment-unresolved" "a fragment identifier leads to something";
    DATA_REF "X205" Error "data-reference" "a reference to original data leads to a `data` of the unit";
    SUB_FLOWS "X206" Error "sub-flows" "`subFlows` names units of the file";
    COPY_OF "X207" Error "copy-of" "`copyOf` names a code of the unit that may be copied and has no original data";
    CODE_PAIR "X301" Error "code-pair" "each `sc` that is not isolated has its `ec` after it, and the other way round";
    ISOLATED "X302" Error "isolated" "`isolated` says whether the other half of a code is outside the unit";
    PAIR_DIFFERS "X303" Error "code-pair-differs" "`sc` and `ec` agree on what may be done to them";
    MARKER_PAIR "X304" Error "marker-pair" "each `sm` has its `em` after it, and the other way round";
    FIXED_CODE "X305" Error "fixed-code" "a code that cannot be reordered cannot be copied or deleted either";
    SEQUENCE "X306" Error "code-sequence" "a code that cannot be reordered is in a sequence that `firstNo` begins";
    REORDERED "X307" Error "codes-reordered" "the target keeps a sequence that cannot be reordered";
    DELETED "X308" Error "code-deleted" "the target has the codes that cannot be deleted";
    SUB_TYPE "X309" Error "sub-type" "`subType` stands with the `type` it belongs to";
    CODE_POINT "X310" Error "code-point" "`cp` stands for a character that XML cannot hold";
    COMMENT "X311" Error "comment-annotation" "a comment has either a value or a note of its unit";
    TRANSLATE "X312" Warning "translate-annotation" "an annotation without type says whether its text is translated";
    HALF_PAIR "X313" Error "half-pair" "attributes of the start and of the end of a code stand together";
    MATCH_ANNOTATION "X314" Error "match-annotation" "an annotation of the type `mtc:match` has no `ref`";
    TARGET_LANGUAGE "X401" Error "target-language-missing" "a document with targets says their language";
    LANGUAGE "X402" Error "language-differs" "`xml:lang` of a text is the language that the document says";
    SPACE "X403" Error "space-differs" "source and target treat white space alike";
    SUB_STATE "X404" Error "sub-state" "`subState` stands with a `state`";
    STATE "X405" Error "state-without-target" "a segment that claims to be translated has a target";
    ORDER "X406" Error "target-order" "the targets of a unit have places of their own, from 1 to the number of its segments";
    SKELETON "X407" Error "skeleton" "a skeleton has either content or `href`";
    NO_SEGMENT "X408" Error "no-segment" "a unit has a segment";
    GLOSSARY "X501" Error "glossary-entry" "a glossary entry has a translation or a definition, and marks text of its unit";
    MATCH "X502" Error "match" "a match refers to text of its unit, and says its type where it says a subtype";
    RESOURCE "X503" Error "resource" "a resource has either content or `href`, and its type where it has no content";
    RESOURCE_DOUBT "X504" Warning "resource-reference" "a resource is there and in the language of its side";
    REVISION "X505" Error "revision" "a tracked change names what it is about, and each property of it once";
    SIZE "X506" Error "size-restriction" "restrictions and sizes are written as the profile asks, on what may have them";
    VALIDATION "X507" Error "validation-rule" "a validation rule says one thing";
    FORMAT_STYLE "X508" Error "format-style" "`subFs` stands with `fs`, and neither on the end of a code in the unit";
    ITS_VERSION "X511" Error "its-version" "`its:version` is in scope of what is said in ITS";
    ITS_TYPE "X512" Error "its-type" "an annotation in ITS has no type but `its:generic`, or one of its own";
    ITS_TOGETHER "X513" Error "its-attributes" "attributes of ITS stand with those they need and without those they exclude";
    ITS_ANNOTATORS "X514" Error "its-annotators" "`annotatorsRef` names each data category once, with a bar";
    ITS_CONFIDENCE "X515" Error "its-confidence" "a confidence stands with the tool that gave it, in `annotatorsRef`";
    DUPLICATE_UNIT "X601" Error "duplicate-unit" "an id of a unit or group occurs once in a file";
    RID "X602" Error "code-rid" "halves of a code are tied by one `rid`, or else by one id";
    DECLARED "X603" Error "not-declared" "a phase or tool that is named is declared in the header";
    SEGMENT_MARK "X604" Error "segment-mark" "marked segments have a `mid` of their own, and those of the target are in the source";
    CODES_DIFFER "X605" Warning "codes-differ" "source and target have the same inline codes";
    EMPTY_TARGET "X606" Warning "state-of-nothing" "a unit that is approved or translated has text in its target";
    LANGUAGE_12 "X607" Warning "language-differs-1.2" "`xml:lang` of a text is the language that its file says";
    NO_LANGUAGE_12 "X608" Warning "target-language-missing-1.2" "a file with targets says their language";
    CODE_ID_12 "X609" Warning "code-id-1.2" "a code of one kind has an id of its own in its text";
    NOT_STRICT "X610" Info "not-strict" "the document obeys the strict schema of XLIFF 1.2, not only the transitional one";
    INLINE_TERM "X901" Warning "inline-term" "no term is marked inline: four of six tools damage the text there";
    QUALITY "X902" Warning "match-quality" "`match-quality` is a whole number without a percent sign, which tools can read";
    LONG_ID "X903" Warning "long-id" "an id has at most 100 bytes, which all tools take";
    NOT_UTF8 "X904" Warning "not-utf-8" "the document is in UTF-8";
    BYTE_ORDER_MARK "X905" Info "byte-order-mark" "UTF-8 has no byte order mark";
    PREFIXED_CORE "X906" Warning "prefixed-core" "core elements have no prefix, which some tools do not read";
    MODULE_PREFIX "X907" Warning "module-prefix" "a module has its usual prefix, by which some tools know it";
    ODD_ID "X908" Info "odd-id" "an id is made of A-Z a-z 0-9 . _ -, which all tools take";
    ALTERNATIVE "X909" Warning "alternative" "a unit has no `alt-trans`: some tools show it instead of the target";
    SEGMENTED_SOURCE "X910" Info "segmented-source" "a unit has no `seg-source`: some tools lose its segments";
    MATCHES "X911" Warning "matches" "a unit has no matches module: some tools damage its targets";
    VERSION "X912" Info "version" "XLIFF 2 is of version 2.0 and 1.x of version 1.2, which most tools read";
    CODE_LOST "X913" Warning "code-lost" "the target has the codes of the source, which reviewers lose by accident";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_names_are_unique_and_sorted() {
        assert!(RULES.windows(2).all(|pair| pair[0].code < pair[1].code));
        let names: std::collections::BTreeSet<&str> = RULES.iter().map(|rule| rule.name).collect();
        assert_eq!(names.len(), RULES.len());
    }
}
