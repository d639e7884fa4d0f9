//! Runs engine code, which panics on some damaged input.
//!
//! Law: a panic becomes a reason and is not printed; panics elsewhere are printed as ever.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work`; a panic in it is an error with what it said.
///
/// The hook that prints panics belongs to the whole process and is wrapped once: it falls silent only for a thread
/// that is inside this function.
pub(super) fn run<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    static WRAP: Once = Once::new();
    WRAP.call_once(|| {
        let loud = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !GUARDED.get() {
                loud(info);
            }
        }));
    });
    GUARDED.set(true);
    // What the engine shares between calls is scratch space that each call fills anew.
    let result = catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(false);
    result.map_err(|panic| {
        let said = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
        said.unwrap_or("no reason given").to_owned()
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_panic_is_a_reason() {
        assert_eq!(super::run(|| 1), Ok(1));
        let empty: &[u8] = &[];
        let reason = super::run(|| empty[std::hint::black_box(3)]).expect_err("out of bounds");
        assert!(reason.contains("out of bounds"), "{reason}");
    }
}
