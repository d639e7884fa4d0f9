//! Whether the elements within another come in the order and number of its schema.
//!
//! Law: the schemas never leave open which place an element takes (XML Schema asks that of them), so the first place
//! that fits is the place.

use super::{Choice, Element, Particle, Strictness};
use crate::xliff::check::name::{Name, Space};

/// How far the content of an element has come.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::xliff::check) struct Progress {
    /// The place that the last child took, or the first one.
    at: usize,
    /// Whether a child took it.
    taken: bool,
}

/// What comes of a child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::xliff::check) enum Step {
    /// It may come, as itself.
    Known(Strictness),
    /// It may come, as any of another namespace.
    Any,
    /// The element has it, but not here or not again.
    Order,
    /// The element has no such child.
    Never,
    /// Something has to come before it.
    Early(String),
}

impl Progress {
    /// Takes the child `name` of an element of the namespace `home`.
    pub(in crate::xliff::check) fn step(&mut self, element: &Element, home: Space, name: Name<'_>) -> Step {
        let fits = |particle: &Particle| particle.choices.iter().find(|choice| choice.fits(home, name)).copied();
        for (at, particle) in element.content.iter().enumerate().skip(self.at) {
            let full = at == self.at && self.taken && !particle.many;
            if let Some(choice) = fits(particle).filter(|_| !full) {
                *self = Self { at, taken: true };
                return choice.step();
            }
            if particle.required && !(at == self.at && self.taken) {
                let later = element.content[at..].iter().find_map(fits);
                return if later.is_some() { Step::Early(particle.to_string()) } else { wrong(element, fits) };
            }
        }
        wrong(element, fits)
    }

    /// What still had to come when an element ends.
    pub(in crate::xliff::check) fn missing(self, element: &Element) -> Option<String> {
        let rest = element.content.iter().enumerate().skip(self.at + usize::from(self.taken));
        rest.map(|(_, particle)| particle).find(|particle| particle.required).map(ToString::to_string)
    }
}

fn wrong(element: &Element, fits: impl Fn(&Particle) -> Option<Choice>) -> Step {
    if element.content.iter().any(|particle| fits(particle).is_some()) { Step::Order } else { Step::Never }
}

impl Choice {
    fn fits(&self, home: Space, name: Name<'_>) -> bool {
        match self {
            Self::Any => name.space != home,
            Self::One(one, _) => *one == name,
        }
    }

    fn step(self) -> Step {
        match self {
            Self::Any => Step::Any,
            Self::One(_, strictness) => Step::Known(strictness),
        }
    }
}

impl std::fmt::Display for Particle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (number, choice) in self.choices.iter().enumerate() {
            if number > 0 {
                f.write_str(" or ")?;
            }
            match choice {
                Choice::Any => f.write_str("an element of another namespace")?,
                Choice::One(name, _) => write!(f, "`{name}`")?,
            }
        }
        Ok(())
    }
}
