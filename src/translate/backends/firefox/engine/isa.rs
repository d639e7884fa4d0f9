//! Which instructions of the processor the kernels may use.
//!
//! Law: an [`Isa`] exists only where its instructions were found on this processor, and all of them compute the very
//! same bits: integer products are exact, and floating-point sums have one order, so a translation does not depend on
//! the machine.

/// A set of instructions that this processor has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Isa(Kind);

/// The kinds there are kernels for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// What the compiler makes for every processor of the architecture.
    Portable,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    AvxVnni,
    #[cfg(target_arch = "x86_64")]
    Avx512Vnni,
}

impl Isa {
    /// The fastest set.
    pub(crate) fn best() -> Self {
        Self::all().into_iter().next_back().unwrap_or(Self(Kind::Portable))
    }

    /// All sets of this processor, slowest first.
    pub(crate) fn all() -> Vec<Self> {
        let mut found = vec![Self(Kind::Portable)];
        #[cfg(target_arch = "x86_64")]
        if std::arch::is_x86_feature_detected!("avx2") {
            found.push(Self(Kind::Avx2));
            if std::arch::is_x86_feature_detected!("avxvnni") {
                found.push(Self(Kind::AvxVnni));
            }
            if std::arch::is_x86_feature_detected!("avx512vnni") && std::arch::is_x86_feature_detected!("avx512vl") {
                found.push(Self(Kind::Avx512Vnni));
            }
        }
        found
    }

    pub(crate) fn kind(self) -> Kind {
        self.0
    }

    /// Its name, for provenance and reports.
    pub(crate) fn name(self) -> &'static str {
        match self.0 {
            Kind::Portable => "portable",
            #[cfg(target_arch = "x86_64")]
            Kind::Avx2 => "avx2",
            #[cfg(target_arch = "x86_64")]
            Kind::AvxVnni => "avx-vnni",
            #[cfg(target_arch = "x86_64")]
            Kind::Avx512Vnni => "avx512-vnni",
        }
    }
}

/// Defines functions that are compiled for every processor and once more for those with AVX2, with the [`Isa`] that
/// chooses as their first argument.
macro_rules! for_each_isa {
    ($($(#[$attribute:meta])* fn $name:ident($($argument:ident: $kind:ty),* $(,)?) $body:block)*) => {$(
        $(#[$attribute])*
        pub(crate) fn $name(isa: $crate::isa::Isa, $($argument: $kind),*) {
            #[inline(always)]
            fn portable($($argument: $kind),*) $body
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2")]
            fn avx2($($argument: $kind),*) {
                portable($($argument),*);
            }
            match isa.kind() {
                $crate::isa::Kind::Portable => portable($($argument),*),
                #[cfg(target_arch = "x86_64")]
                #[expect(unsafe_code, reason = "the compiler does not know what the processor has")]
                // SAFETY: the other kinds exist only where AVX2 was found.
                _ => unsafe { avx2($($argument),*) },
            }
        }
    )*};
}

pub(crate) use for_each_isa;
