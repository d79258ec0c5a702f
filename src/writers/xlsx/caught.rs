//! The library panics where the temporary file of a long sheet cannot be written, as on a full disk: here that becomes an
//! error like any other.

use std::any::Any;
use std::cell::Cell;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};

use rust_xlsxwriter::XlsxError;

thread_local! {
    static CAUGHT: Cell<bool> = const { Cell::new(false) };
}

/// Makes a workbook; a panic on the way is an error.
///
/// # Errors
/// Those of `make`; [`XlsxError::IoError`] for a panic.
pub fn caught<T, E: From<XlsxError>>(make: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    let before = CAUGHT.replace(true);
    let made = catch_unwind(AssertUnwindSafe(make));
    CAUGHT.set(before);
    made.unwrap_or_else(|panic| Err(XlsxError::IoError(io::Error::other(said(&*panic))).into()))
}

/// Whether a panic on this thread will be told as an error, so that nothing need be printed.
pub fn is_caught() -> bool {
    CAUGHT.get()
}

fn said(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("the workbook could not be written").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error_and_a_result_stays_one() {
        let failed: Result<(), XlsxError> = caught(|| panic!("no space: {}", 28));
        assert!(matches!(failed, Err(XlsxError::IoError(error)) if error.to_string() == "no space: 28"));
        assert!(!is_caught());
        assert!(matches!(caught(|| Ok::<bool, XlsxError>(is_caught())), Ok(true)));
    }
}
