//! Paths of units, with what stands between them.

use rustc_hash::FxHashMap;

use super::lexicon::{Unit, low, mixed};

/// A place in the trie.
type Node = u32;

/// What stands between two pieces of a text, as the terms have it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Gap(u32);

/// Where the paths of patterns run together.
#[derive(Debug)]
pub(super) struct Trie {
    gaps: FxHashMap<Box<str>, Gap>,
    /// For each unit the node after it at the start of a path; zero for none.
    roots: Vec<Node>,
    /// A power of two of places, each edge at the first free one from where its hash says.
    edges: Vec<Edge>,
    /// How many edges there are.
    count: usize,
    /// A bit for each hash of an edge, small enough for the processor's cache.
    filter: Vec<u64>,
    /// The first one is none.
    nodes: Vec<Branch>,
    /// For each pattern one more than the index of the one before it that ends at the same node, or zero.
    before: Vec<u32>,
}

/// Where a path has come to, and what may follow there.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    node: Node,
    /// A bit for each unit that may follow: most that do not are told by one look.
    followers: u64,
    /// Whether a pattern ends here.
    pub(super) is_end: bool,
}

/// What there is at a node.
#[derive(Debug, Clone, Copy, Default)]
struct Branch {
    followers: u64,
    /// One more than the index of the last pattern that ends here, or zero.
    end: u32,
}

/// A step to the next node, with what there is, so that it need not be looked for elsewhere. No step leads to node 0: with
/// that, it is a free place of the table.
#[derive(Debug, Clone, Copy, Default)]
struct Edge {
    node: Node,
    gap: Gap,
    unit: Unit,
    next: Node,
    branch: Branch,
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

impl Place {
    /// Whether `unit` may follow, whatever stands between; if not, it does not.
    #[inline]
    pub(super) fn may_lead_to(&self, unit: Unit) -> bool {
        self.followers & bit(unit) != 0
    }

    fn new(node: Node, branch: Branch) -> Self {
        Self { node, followers: branch.followers, is_end: branch.end != 0 }
    }
}

impl Trie {
    pub(super) fn new() -> Self {
        let known = [("", Gap::NOTHING), (" ", Gap::SPACE), ("-", Gap::HYPHEN)];
        let gaps = known.into_iter().map(|(text, gap)| (text.into(), gap)).collect();
        let nodes = vec![Branch::default()];
        let edges = vec![Edge::default(); 1 << 6];
        Self { gaps, roots: Vec::new(), edges, count: 0, filter: vec![0], nodes, before: Vec::new() }
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

    /// Where a path that begins with `unit` comes to.
    pub(super) fn root(&self, unit: Unit) -> Option<Place> {
        let node = self.roots.get(unit as usize).copied().filter(|node| *node != 0)?;
        Some(Place::new(node, self.nodes[node as usize]))
    }

    /// Where a path goes on to from `place` with `unit`.
    #[inline]
    pub(super) fn next(&self, place: &Place, gap: Gap, unit: Unit) -> Option<Place> {
        let hash = hash(place.node, gap, unit);
        let (word, bit) = self.filter_bit(hash);
        if self.filter[word] & bit == 0 {
            return None;
        }
        let edge = &self.edges[self.slot(hash, place.node, gap, unit)];
        (edge.next != 0).then(|| Place::new(edge.next, edge.branch))
    }

    /// The patterns whose paths end at `place`, by index.
    pub(super) fn ends(&self, place: &Place) -> impl Iterator<Item = usize> {
        let index = |end: u32| (end as usize).checked_sub(1);
        let before = move |last: &usize| index(*self.before.get(*last)?);
        std::iter::successors(self.nodes.get(place.node as usize).and_then(|node| index(node.end)), before)
    }

    /// Adds the path of the next pattern: its first unit, and what follows each with what stands before it.
    pub(super) fn add<'g>(&mut self, first: Unit, rest: impl IntoIterator<Item = (&'g str, Unit)>) {
        let mut node = self.begin(first);
        for (gap, unit) in rest {
            let gap = self.know(gap);
            node = self.step(node, gap, unit);
        }
        let pattern = count(self.before.len() + 1);
        self.before.push(std::mem::replace(&mut self.nodes[node as usize].end, pattern));
    }

    fn begin(&mut self, unit: Unit) -> Node {
        let place = unit as usize;
        if self.roots.len() <= place {
            self.roots.resize(place + 1, 0);
        }
        if self.roots[place] == 0 {
            self.roots[place] = self.sprout();
        }
        self.roots[place]
    }

    fn step(&mut self, node: Node, gap: Gap, unit: Unit) -> Node {
        let hash = hash(node, gap, unit);
        let known = self.edges[self.slot(hash, node, gap, unit)].next;
        if known != 0 {
            return known;
        }
        if (self.count + 1) * 3 > self.edges.len() * 2 {
            self.grow();
        }
        let next = self.sprout();
        let slot = self.slot(hash, node, gap, unit);
        self.edges[slot] = Edge { node, gap, unit, next, branch: Branch::default() };
        self.count += 1;
        self.nodes[node as usize].followers |= bit(unit);
        next
    }

    /// A new node.
    fn sprout(&mut self) -> Node {
        self.nodes.push(Branch::default());
        count(self.nodes.len() - 1)
    }

    fn grow(&mut self) {
        let places = self.edges.len() * 2;
        for edge in std::mem::replace(&mut self.edges, vec![Edge::default(); places]) {
            if edge.next != 0 {
                let slot = self.slot(hash(edge.node, edge.gap, edge.unit), edge.node, edge.gap, edge.unit);
                self.edges[slot] = edge;
            }
        }
    }

    /// The trie with each edge knowing what there is where it leads to; nothing is found before.
    pub(super) fn settled(mut self) -> Self {
        self.filter = vec![0; self.edges.len() / 32];
        for at in 0..self.edges.len() {
            let Edge { node, gap, unit, next, .. } = self.edges[at];
            if next != 0 {
                self.edges[at].branch = self.nodes[next as usize];
                let (word, bit) = self.filter_bit(hash(node, gap, unit));
                self.filter[word] |= bit;
            }
        }
        self
    }

    /// The slot of an edge, or the free one that it would have.
    #[inline]
    fn slot(&self, hash: u64, node: Node, gap: Gap, unit: Unit) -> usize {
        let mask = self.edges.len() - 1;
        let mut slot = low(hash) & mask;
        loop {
            let edge = &self.edges[slot];
            if edge.next == 0 || (edge.node == node && edge.unit == unit && edge.gap == gap) {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
    }

    /// The place of a hash in the filter.
    #[inline]
    fn filter_bit(&self, hash: u64) -> (usize, u64) {
        (low(hash >> 38) & (self.filter.len() - 1), 1 << ((hash >> 32) & 63))
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

#[inline]
fn hash(node: Node, gap: Gap, unit: Unit) -> u64 {
    mixed(u64::from(node) << 32 ^ u64::from(gap.0) << 24 ^ u64::from(unit))
}

/// One of 64 bits for `unit`.
fn bit(unit: Unit) -> u64 {
    1 << (unit.wrapping_mul(0x9E37_79B1) >> 26)
}

/// `length` as an index of 32 bits.
pub(super) fn count(length: usize) -> u32 {
    u32::try_from(length).expect("fewer pieces than bytes of a glossary of 4 GiB")
}
