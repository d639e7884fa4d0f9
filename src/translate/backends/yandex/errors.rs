//! What Yandex Cloud means by the number in the body of an error (`google.rpc.Code`).

use reqwest::StatusCode;
use serde::Deserialize;

use crate::translate::Trouble;
use crate::translate::service::message;

/// Numbers of errors and what they mean; what is not here is as the HTTP status says.
const CODES: &[(i64, Trouble)] = &[
    (2, Trouble::Overloaded),
    (3, Trouble::Refused),
    (4, Trouble::Overloaded),
    (5, Trouble::Settings),
    (7, Trouble::Auth),
    (8, Trouble::Limited),
    (9, Trouble::Refused),
    (10, Trouble::Overloaded),
    (11, Trouble::Refused),
    (12, Trouble::Address),
    (13, Trouble::Overloaded),
    (14, Trouble::Overloaded),
    (15, Trouble::Overloaded),
    (16, Trouble::Auth),
];

/// What the message of a wrong argument (3) says is wrong. The words of messages are not documented.
const ARGUMENTS: &[(&[&str], Trouble, &str)] = &[
    (&["unsupported", "language"], Trouble::Pair, "; a code of your own can be given with `codes` in its table"),
    (&["language", "not supported"], Trouble::Pair, "; a code of your own can be given with `codes` in its table"),
    (&["folder"], Trouble::Settings, "; look at `folder`"),
    (&["model"], Trouble::Settings, "; look at `model`"),
    (&["length"], Trouble::TooLarge, ""),
    (&["too long"], Trouble::TooLarge, ""),
];

#[derive(Deserialize)]
struct Body {
    code: i64,
}

/// What an answer without success means.
pub(super) fn reads(_: StatusCode, body: &str) -> Option<(Trouble, String)> {
    let Body { code } = serde_json::from_str(body).ok()?;
    let (_, trouble) = *CODES.iter().find(|(own, _)| *own == code)?;
    let said = message(body);
    if code == 3 {
        let lower = said.to_lowercase();
        let known = ARGUMENTS.iter().find(|(words, ..)| words.iter().all(|word| lower.contains(word)));
        if let Some((_, trouble, advice)) = known {
            return Some((*trouble, format!("{said}{advice}")));
        }
    }
    Some((trouble, said))
}
