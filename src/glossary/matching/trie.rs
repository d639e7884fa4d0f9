//! Paths of units, with what stands between them.

use rustc_hash::FxHashMap;

use super::lexicon::{Unit, low, mixed};

/// A place in the trie.
pub(super) type Node = u32;

/// What stands between two pieces of a text, as the terms have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
    /// The first one is none.
    nodes: Vec<Branch>,
    /// For each pattern one more than the index of the one before it that ends at the same node, or zero.
    before: Vec<u32>,
}

/// What there is at a node.
#[derive(Debug, Clone, Copy, Default)]
struct Branch {
    /// A bit for each unit that may follow: most that do not are told by one look.
    followers: u64,
    /// One more than the index of the last pattern that ends here, or zero.
    end: u32,
}

/// The node after the first unit of a path.
#[derive(Debug, Clone, Copy)]
pub(super) struct Root {
    pub(super) node: Node,
    followers: u64,
    /// Whether a pattern ends here.
    pub(super) is_end: bool,
}

/// A step from one node to the next. No step leads to node 0: with that, it is a free place.
#[derive(Debug, Clone, Copy)]
struct Edge {
    node: Node,
    gap: Gap,
    unit: Unit,
    next: Node,
}

const FREE: Edge = Edge { node: 0, gap: Gap::NOTHING, unit: 0, next: 0 };

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

impl Root {
    /// Whether `unit` may follow, whatever stands between; if not, it does not.
    #[inline]
    pub(super) fn may_lead_to(&self, unit: Unit) -> bool {
        self.followers & bit(unit) != 0
    }
}

impl Trie {
    pub(super) fn new() -> Self {
        let known = [("", Gap::NOTHING), (" ", Gap::SPACE), ("-", Gap::HYPHEN)];
        let gaps = known.into_iter().map(|(text, gap)| (text.into(), gap)).collect();
        let nodes = vec![Branch::default()];
        Self { gaps, roots: Vec::new(), edges: vec![FREE; 1 << 6], count: 0, nodes, before: Vec::new() }
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

    /// The node after `unit` at the start of a path.
    pub(super) fn root(&self, unit: Unit) -> Option<Root> {
        let node = self.roots.get(unit as usize).copied().filter(|node| *node != 0)?;
        let Branch { followers, end } = self.nodes[node as usize];
        Some(Root { node, followers, is_end: end != 0 })
    }

    /// Whether `unit` may follow `node`, whatever stands between; if not, it does not.
    #[inline]
    pub(super) fn may_follow(&self, node: Node, unit: Unit) -> bool {
        self.nodes[node as usize].followers & bit(unit) != 0
    }

    #[inline]
    pub(super) fn next(&self, node: Node, gap: Gap, unit: Unit) -> Option<Node> {
        let next = self.edges[self.place(node, gap, unit)].next;
        (next != 0).then_some(next)
    }

    /// The patterns whose paths end at `node`, by index.
    pub(super) fn ends(&self, node: Node) -> impl Iterator<Item = usize> {
        let index = |end: u32| (end as usize).checked_sub(1);
        let before = move |last: &usize| index(*self.before.get(*last)?);
        std::iter::successors(self.nodes.get(node as usize).and_then(|node| index(node.end)), before)
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
        if let Some(next) = self.next(node, gap, unit) {
            return next;
        }
        if (self.count + 1) * 3 > self.edges.len() * 2 {
            self.grow(self.edges.len() * 2);
        }
        let next = self.sprout();
        let place = self.place(node, gap, unit);
        self.edges[place] = Edge { node, gap, unit, next };
        self.count += 1;
        self.nodes[node as usize].followers |= bit(unit);
        next
    }

    /// A new node.
    fn sprout(&mut self) -> Node {
        self.nodes.push(Branch::default());
        count(self.nodes.len() - 1)
    }

    /// Gives the edges `places` places, a power of two, where they have fewer.
    fn grow(&mut self, places: usize) {
        if places <= self.edges.len() {
            return;
        }
        for edge in std::mem::replace(&mut self.edges, vec![FREE; places]) {
            if edge.next != 0 {
                let place = self.place(edge.node, edge.gap, edge.unit);
                self.edges[place] = edge;
            }
        }
    }

    /// The place of an edge, or the free one that it would have.
    #[inline]
    fn place(&self, node: Node, gap: Gap, unit: Unit) -> usize {
        let mask = self.edges.len() - 1;
        let mut place = low(mixed(u64::from(node) << 32 ^ u64::from(gap.0) << 24 ^ u64::from(unit))) & mask;
        loop {
            let edge = &self.edges[place];
            if edge.next == 0 || (edge.node == node && edge.unit == unit && edge.gap == gap) {
                return place;
            }
            place = (place + 1) & mask;
        }
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

/// One of 64 bits for `unit`.
fn bit(unit: Unit) -> u64 {
    1 << (unit.wrapping_mul(0x9E37_79B1) >> 26)
}

/// `length` as an index of 32 bits.
pub(super) fn count(length: usize) -> u32 {
    u32::try_from(length).expect("fewer pieces than bytes of a glossary of 4 GiB")
}
