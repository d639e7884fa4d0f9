//! Fragment identifiers, after section 4.4 of XLIFF 2.1: `#/f=f1/u=u1/n=n1`.

use super::known::Address;
use crate::xliff::check::schema::kind::nmtoken;

/// Prefixes of modules and of registered extensions.
const REGISTERED: &[&str] = &["ctr", "fs", "gls", "its", "itsm", "mda", "mtc", "pgs", "res", "slr", "tbx", "val"];

/// A fragment identifier.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Fragment<'a> {
    file: Option<&'a str>,
    group: Option<&'a str>,
    unit: Option<&'a str>,
    /// The prefix and id of what it means within these, if it means not one of them.
    leaf: Option<(&'a str, &'a str)>,
}

/// Where a fragment identifier stands, which may leave out what is around it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Around<'a> {
    /// `f=f1`, or nothing outside of a file.
    pub(super) file: &'a str,
    /// `f=f1/u=u1` in a unit, `f=f1/g=g1` in a group.
    pub(super) inner: &'a str,
}

impl<'a> Fragment<'a> {
    /// Reads what stands after the `#`; says what is wrong with it.
    pub(super) fn parse(text: &'a str) -> Result<Self, String> {
        let (absolute, text) = text.strip_prefix('/').map_or((false, text), |rest| (true, rest));
        let mut fragment = Self::default();
        for selector in text.split('/') {
            fragment.add(selector)?;
        }
        if absolute && fragment.file.is_none() && (fragment.group.is_some() || fragment.unit.is_some()) {
            return Err("after `#/` comes the file, `f=`".to_owned());
        }
        Ok(fragment)
    }

    fn add(&mut self, selector: &'a str) -> Result<(), String> {
        let (prefix, id) = selector.split_once('=').unwrap_or(("", selector));
        if !nmtoken(id) || !(prefix.is_empty() || nmtoken(prefix)) || selector.starts_with('=') {
            return Err(format!("`{selector}` is not an id, or a prefix, `=` and an id"));
        }
        if self.leaf.is_some() {
            return Err(format!("`{selector}` comes after what the identifier means: that is one thing, and the last"));
        }
        let after = match prefix {
            "f" => [self.file, self.group, self.unit],
            "g" => [None, self.group, self.unit],
            "u" => [None, None, self.unit],
            _ => [None; 3],
        };
        if after.iter().any(Option::is_some) {
            return Err(format!("`{selector}` stands too late: the order is `f=`, `g=`, `u=`, each once"));
        }
        match prefix {
            "f" => self.file = Some(id),
            "g" => self.group = Some(id),
            "u" => self.unit = Some(id),
            "" | "n" | "d" | "t" => self.leaf = Some((prefix, id)),
            _ if REGISTERED.contains(&prefix) => self.leaf = Some((prefix, id)),
            _ => return Err(format!("the prefix `{prefix}` is not registered")),
        }
        Ok(())
    }

    /// The prefix of what it means within a file, group or unit.
    pub(super) fn leaf(&self) -> Option<&'a str> {
        self.leaf.map(|(prefix, _)| prefix)
    }

    /// What it means, seen from where it stands: the scope, and the prefix and id in it.
    pub(super) fn resolve(&self, around: Around<'_>) -> (String, &'a str, &'a str) {
        let file = self.file.map_or_else(|| around.file.to_owned(), |id| format!("f={id}"));
        let container = self.unit.map(|id| ("u", id)).or(self.group.map(|id| ("g", id)));
        match (container, self.leaf, self.file) {
            (Some((prefix, id)), Some((leaf, leaf_id)), _) => (format!("{file}/{prefix}={id}"), leaf, leaf_id),
            (Some((prefix, id)), None, _) => (file, prefix, id),
            (None, Some((leaf, id)), Some(_)) => (file, leaf, id),
            (None, Some((leaf, id)), None) => (around.inner.to_owned(), leaf, id),
            (None, None, file) => (String::new(), "f", file.unwrap_or_default()),
        }
    }

    /// Whether it means something in the unit whose scope this is, seen from there.
    pub(super) fn is_in(&self, around: Around<'_>) -> bool {
        self.resolve(around).0 == around.inner
    }
}

impl<'a> Around<'a> {
    /// The address that a fragment identifier was resolved to.
    pub(super) fn address(resolved: &'a (String, &'a str, &'a str)) -> Address<'a> {
        Address { scope: &resolved.0, prefix: resolved.1, id: resolved.2 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn leads(text: &str, scope: &str, prefix: &str, id: &str) {
        let around = Around { file: "f=f1", inner: "f=f1/u=u1" };
        assert_eq!(Fragment::parse(text).expect("a fragment").resolve(around), (scope.to_owned(), prefix, id));
    }

    #[track_caller]
    fn refused(text: &str, reason: &str) {
        let error = Fragment::parse(text).expect_err("no fragment");
        assert!(error.contains(reason), "{error}");
    }

    #[test]
    fn what_is_left_out_is_what_is_around() {
        leads("m1", "f=f1/u=u1", "", "m1");
        leads("t=m1", "f=f1/u=u1", "t", "m1");
        leads("u=u2", "f=f1", "u", "u2");
        leads("g=g1/n=n1", "f=f1/g=g1", "n", "n1");
        leads("f=f2/n=n1", "f=f2", "n", "n1");
        leads("/f=f2/u=u3/gls=g1", "f=f2/u=u3", "gls", "g1");
        leads("/f=f2", "", "f", "f2");
    }

    #[test]
    fn what_is_no_fragment_is_refused() {
        refused("/u=u1/f=f1", "too late");
        refused("/u=f1/u=1", "too late");
        refused("f=f1/d=d1/u=1", "the last");
        refused("c1/c2", "the last");
        refused("/f=f1/u=1/r$d=x", "is not an id");
        refused("/f=f1/z=x", "not registered");
        refused("", "is not an id");
        refused("/u=u1/n=n1", "comes the file");
    }
}
