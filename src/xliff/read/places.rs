//! Which elements of XLIFF matter, and where they may stand. All others are passed over with what is in them.

use super::element::Owner;

/// The two families of XLIFF, which share some names and nest them differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    /// 1.0, 1.1 and 1.2.
    V1,
    /// 2.0, 2.1 and 2.2.
    V2,
}

/// What an open element is for the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Xliff,
    File,
    /// The head of a 1.x file.
    Header,
    /// The body of a 1.x file.
    Body,
    Group,
    /// A unit of XLIFF 2.
    Unit,
    /// A segment or ignorable of XLIFF 2, a `trans-unit` of 1.x.
    Segment,
    Source,
    Target,
    /// An element in a text of which only the text stays.
    Inline,
    /// An element in a text that is a code around text.
    Span,
    Notes,
    Note,
    Metadata,
    MetaGroup,
    Meta,
    /// What Trados says of the parts of a `trans-unit`, and of one of them.
    Parts,
    Part,
    /// The comments of memoQ on a segment, and the notes that translate-toolkit sets into one of XLIFF 2.
    Comments,
    /// What Trados sets before the files; the comments in it; those of one id; the list of them.
    DocInfo,
    Definitions,
    Definition,
    Thread,
    /// An element in a note: its text is the note's.
    Prose,
    Skipped,
}

impl Place {
    /// Whether the characters that stand here are read.
    pub(super) fn is_text(self) -> bool {
        matches!(self, Self::Source | Self::Target | Self::Inline | Self::Span | Self::Note | Self::Meta | Self::Prose)
    }
}

/// Which element makes which place, where: a row without a family holds for both.
const NESTING: &[(Option<Family>, Place, Owner, &str, Place)] = &[
    (None, Place::Xliff, Owner::Core, "file", Place::File),
    (None, Place::File, Owner::Core, "group", Place::Group),
    (None, Place::Group, Owner::Core, "group", Place::Group),
    (None, Place::Segment, Owner::Core, "source", Place::Source),
    (None, Place::Segment, Owner::Core, "target", Place::Target),
    (Some(Family::V1), Place::File, Owner::Core, "header", Place::Header),
    (Some(Family::V1), Place::Header, Owner::Core, "note", Place::Note),
    (Some(Family::V1), Place::File, Owner::Core, "body", Place::Body),
    (Some(Family::V1), Place::Body, Owner::Core, "group", Place::Group),
    (Some(Family::V1), Place::Body, Owner::Core, "trans-unit", Place::Segment),
    (Some(Family::V1), Place::Group, Owner::Core, "trans-unit", Place::Segment),
    (Some(Family::V1), Place::Group, Owner::Core, "note", Place::Note),
    (Some(Family::V1), Place::Segment, Owner::Core, "note", Place::Note),
    (Some(Family::V1), Place::Segment, Owner::Trados, "seg-defs", Place::Parts),
    (Some(Family::V1), Place::Parts, Owner::Trados, "seg", Place::Part),
    (Some(Family::V1), Place::Segment, Owner::MemoQ, "comments", Place::Comments),
    (Some(Family::V1), Place::Comments, Owner::MemoQ, "comment", Place::Note),
    (Some(Family::V1), Place::Xliff, Owner::Trados, "doc-info", Place::DocInfo),
    (Some(Family::V1), Place::DocInfo, Owner::Trados, "cmt-defs", Place::Definitions),
    (Some(Family::V1), Place::Definitions, Owner::Trados, "cmt-def", Place::Definition),
    (Some(Family::V1), Place::Definition, Owner::Other, "Comments", Place::Thread),
    (Some(Family::V1), Place::Thread, Owner::Other, "Comment", Place::Note),
    (Some(Family::V2), Place::File, Owner::Core, "unit", Place::Unit),
    (Some(Family::V2), Place::Group, Owner::Core, "unit", Place::Unit),
    (Some(Family::V2), Place::Unit, Owner::Core, "segment", Place::Segment),
    (Some(Family::V2), Place::Unit, Owner::Core, "ignorable", Place::Segment),
    (Some(Family::V2), Place::Unit, Owner::Core, "notes", Place::Notes),
    (Some(Family::V2), Place::Notes, Owner::Core, "note", Place::Note),
    (Some(Family::V2), Place::Segment, Owner::Core, "notes", Place::Comments),
    (Some(Family::V2), Place::Comments, Owner::Core, "note", Place::Note),
    (Some(Family::V2), Place::File, Owner::Metadata, "metadata", Place::Metadata),
    (Some(Family::V2), Place::Metadata, Owner::Metadata, "metaGroup", Place::MetaGroup),
    (Some(Family::V2), Place::MetaGroup, Owner::Metadata, "metaGroup", Place::MetaGroup),
    (Some(Family::V2), Place::MetaGroup, Owner::Metadata, "meta", Place::Meta),
];

/// What the element `name` of `owner` is for in `parent`, which is no source, target or what stands in one.
pub(super) fn within(family: Family, parent: Place, owner: Owner, name: &str) -> Place {
    if matches!(parent, Place::Note | Place::Meta | Place::Prose) {
        return Place::Prose;
    }
    let row = NESTING.iter().find(|(whose, around, of, known, _)| {
        *around == parent && *of == owner && *known == name && whose.is_none_or(|whose| whose == family)
    });
    row.map_or(Place::Skipped, |(.., place)| *place)
}
