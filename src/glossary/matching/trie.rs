//! Paths of units, with what stands between them.

use rustc_hash::FxHashMap;

use super::lexicon::Unit;

/// A place in the trie.
pub(super) type Node = u32;

/// What stands between two pieces of a text, as the terms have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Gap(u32);

/// Where the paths of patterns run together.
#[derive(Debug)]
pub(super) struct Trie {
    gaps: FxHashMap<Box<str>, Gap>,
    /// For each unit the node after it at the start of a path; zero for none.
    roots: Vec<Node>,
    edges: FxHashMap<(Node, Gap, Unit), Node>,
    /// For each node one more than the index of the last pattern that ends there, or zero. Node 0 is none.
    ends: Vec<u32>,
    /// For each pattern what `ends` says of the pattern before it that ends at the same node.
    before: Vec<u32>,
}

impl Gap {
    pub(super) const NOTHING: Self = Self(0);
    pub(super) const SPACE: Self = Self(1);
    pub(super) const HYPHEN: Self = Self(2);

    /// The other way of joining two words of a compound, where there is one.
    pub(super) fn other(self) -> Option<Self> {
        match self {
            Self::SPACE => Some(Self::HYPHEN),
            Self::HYPHEN => Some(Self::SPACE),
            _ => None,
        }
    }
}

impl Trie {
    pub(super) fn new() -> Self {
        let known = [("", Gap::NOTHING), (" ", Gap::SPACE), ("-", Gap::HYPHEN)];
        let gaps = known.into_iter().map(|(text, gap)| (text.into(), gap)).collect();
        Self { gaps, roots: Vec::new(), edges: FxHashMap::default(), ends: vec![0], before: Vec::new() }
    }

    /// The gap that is written `text`, if any term has it.
    #[inline]
    pub(super) fn gap(&self, text: &str) -> Option<Gap> {
        match text {
            "" => Some(Gap::NOTHING),
            " " => Some(Gap::SPACE),
            _ => self.gaps.get(text).copied(),
        }
    }

    #[inline]
    pub(super) fn root(&self, unit: Unit) -> Option<Node> {
        self.roots.get(unit as usize).copied().filter(|node| *node != 0)
    }

    #[inline]
    pub(super) fn next(&self, node: Node, gap: Gap, unit: Unit) -> Option<Node> {
        self.edges.get(&(node, gap, unit)).copied()
    }

    /// The patterns whose paths end at `node`, by index.
    pub(super) fn ends(&self, node: Node) -> impl Iterator<Item = usize> {
        let index = |end: u32| (end as usize).checked_sub(1);
        let before = move |last: &usize| index(*self.before.get(*last)?);
        std::iter::successors(self.ends.get(node as usize).and_then(|end| index(*end)), before)
    }

    /// Adds the path of the next pattern: its first unit, and what follows each with what stands before it.
    pub(super) fn add<'g>(&mut self, first: Unit, rest: impl IntoIterator<Item = (&'g str, Unit)>) {
        let mut node = self.begin(first);
        for (gap, unit) in rest {
            let gap = self.know(gap);
            node = self.step(node, gap, unit);
        }
        let pattern = count(self.before.len() + 1);
        self.before.push(std::mem::replace(&mut self.ends[node as usize], pattern));
    }

    fn begin(&mut self, unit: Unit) -> Node {
        let place = unit as usize;
        if self.roots.len() <= place {
            self.roots.resize(place + 1, 0);
        }
        if self.roots[place] == 0 {
            self.roots[place] = count(self.ends.len());
            self.ends.push(0);
        }
        self.roots[place]
    }

    fn step(&mut self, node: Node, gap: Gap, unit: Unit) -> Node {
        let new = count(self.ends.len());
        let next = *self.edges.entry((node, gap, unit)).or_insert(new);
        if next == new {
            self.ends.push(0);
        }
        next
    }

    fn know(&mut self, text: &str) -> Gap {
        if let Some(gap) = self.gap(text) {
            return gap;
        }
        let gap = Gap(count(self.gaps.len()));
        self.gaps.insert(text.into(), gap);
        gap
    }
}

/// `length` as an index of 32 bits.
pub(super) fn count(length: usize) -> u32 {
    u32::try_from(length).expect("fewer pieces than bytes of a glossary of 4 GiB")
}
