//! The rules, one a file.

pub(super) mod admitted_term;
pub(super) mod changed_name;
pub(super) mod confused_term;
pub(super) mod copied_source;
pub(super) mod empty_target;
pub(super) mod extra_term;
pub(super) mod forbidden_term;
pub(super) mod inconsistent_term;
pub(super) mod inline_marks;
pub(super) mod leftover_placeholder;
pub(super) mod missing_number;
pub(super) mod missing_term;
pub(super) mod no_entry;
pub(super) mod not_translated;
pub(super) mod odd_length;
pub(super) mod parted_term;
pub(super) mod skipped_term;
pub(super) mod term_case;
pub(super) mod term_count;
pub(super) mod term_placeholder;
pub(super) mod unexpanded_acronym;
pub(super) mod wrong_language;
