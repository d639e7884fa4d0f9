//! Words that are addresses and not language: URLs, e-mail addresses, handles, hashtags.

/// Whether `word` is a URL, an e-mail address, a handle or a hashtag, which no one translates.
#[must_use]
pub fn is_address(word: &str) -> bool {
    is_url(word) || is_email(word) || is_handle(word)
}

fn is_url(word: &str) -> bool {
    let scheme = word.split_once("://").is_some_and(|(scheme, rest)| is_name(scheme) && !rest.is_empty());
    scheme || word.strip_prefix("www.").is_some_and(|rest| rest.contains('.') && rest.starts_with(is_of_a_name))
}

fn is_email(word: &str) -> bool {
    word.split_once('@').is_some_and(|(user, host)| is_name(user) && is_name(host) && host.contains('.'))
}

fn is_handle(word: &str) -> bool {
    word.strip_prefix(['@', '#']).is_some_and(|name| name.starts_with(char::is_alphabetic) && is_name(name))
}

fn is_name(part: &str) -> bool {
    !part.is_empty() && part.chars().all(is_of_a_name)
}

fn is_of_a_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '+')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_words() {
        for address in ["https://un.org/a?b=1", "www.un.org", "www.éducation.gouv.fr", "press@un.org", "@UN", "#COP30"]
        {
            assert!(is_address(address), "{address}");
        }
        for word in ["un.org", "and/or", "AT&T", "@", "#1", "9:30", "www.", "a://", "me@home", "www.é"] {
            assert!(!is_address(word), "{word}");
        }
    }
}
