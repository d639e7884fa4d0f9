//! Runs code that may panic on hostile or damaged input.
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
/// What `work` shares with its caller must be sound after it broke off: scratch space, or nothing.
///
/// The hook that prints panics belongs to the whole process and is wrapped once: it falls silent only for a thread
/// that is inside this function.
///
/// # Errors
/// When `work` panics.
pub fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    static WRAP: Once = Once::new();
    WRAP.call_once(|| {
        let loud = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !GUARDED.get() {
                loud(info);
            }
        }));
    });
    let outer = GUARDED.replace(true);
    let result = catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(outer);
    result.map_err(|panic| {
        let said = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
        said.unwrap_or("no reason given").to_owned()
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_panic_is_a_reason() {
        assert_eq!(super::guarded(|| 1), Ok(1));
        let empty: &[u8] = &[];
        let reason = super::guarded(|| empty[std::hint::black_box(3)]).expect_err("out of bounds");
        assert!(reason.contains("out of bounds"), "{reason}");
    }
}
