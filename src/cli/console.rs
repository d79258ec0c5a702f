//! The window in which the program runs. Whoever double-clicks the program or drops a folder on it has no terminal: the
//! window is the program's own and closes with it, before anything can be read.

use std::path::Path;

use super::words::{both, pick};
use super::{ask, print};
use crate::finding::Lang;

/// Whether nobody but this program writes to the window.
#[cfg(windows)]
pub fn is_own() -> bool {
    let mut processes = [0_u32; 2];
    #[allow(unsafe_code, reason = "the system has no other way to ask")]
    // SAFETY: the system writes no more numbers than the list holds, which it is told.
    let attached = unsafe { windows_sys::Win32::System::Console::GetConsoleProcessList(processes.as_mut_ptr(), 2) };
    attached == 1
}

/// Elsewhere a terminal stays open, or the file that was double-clicked keeps it so.
#[cfg(not(windows))]
pub fn is_own() -> bool {
    false
}

/// Opens a file with the program that the system has for it.
#[cfg(windows)]
pub fn open(file: &Path, lang: Lang) {
    if file.exists() && open::that_detached(file).is_err() {
        print::error(format_args!("{}: {}", pick(both!("Mở tệp này để xem", "Open this file"), lang), file.display()));
    }
}

/// Nothing asks for it elsewhere: no window is this program's own.
#[cfg(not(windows))]
pub fn open(file: &Path, lang: Lang) {
    print::error(format_args!("{}: {}", pick(both!("Mở tệp này để xem", "Open this file"), lang), file.display()));
}

/// Keeps the window until somebody has read it.
pub fn wait(lang: Lang) {
    let _: Option<String> =
        ask::line(pick(both!("\nNhấn Enter để đóng cửa sổ này. ", "\nPress Enter to close this window. "), lang));
}
