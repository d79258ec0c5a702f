//! The files that people double-click: they find the program, run the batch, and open the newest result.

use std::io;
use std::path::Path;

/// For Windows.
pub const WINDOWS: &str = "CHAY-TONG-HOP.cmd";
/// For Linux.
pub const SHELL: &str = "chay-tong-hop.sh";
/// For the file managers of Linux.
pub const DESKTOP: &str = "chay-tong-hop.desktop";

const WINDOWS_TEXT: &str = include_str!("../../templates/init/CHAY-TONG-HOP.cmd");
const SHELL_TEXT: &str = include_str!("../../templates/init/chay-tong-hop.sh");
const DESKTOP_TEXT: &str = include_str!("../../templates/init/chay-tong-hop.desktop");

/// Each with its text. The program beside the file comes first, then the one on the path, then this one. All are made
/// on every system: an office folder may lie on a share.
pub fn files(program: &Path) -> [(&'static str, String); 3] {
    let program = program.to_string_lossy();
    [
        (WINDOWS, windows(&program)),
        (SHELL, SHELL_TEXT.replace("{program}", &shell_quoted(&program))),
        (DESKTOP, DESKTOP_TEXT.to_owned()),
    ]
}

/// CRLF, because the command interpreter loses its place without; no byte order mark, which it would take for a command.
fn windows(program: &str) -> String {
    WINDOWS_TEXT.replace("{program}", &program.replace('%', "%%")).replace('\n', "\r\n")
}

/// One word for a POSIX shell, whatever is in it.
fn shell_quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// Lets a file be started. Windows goes by the name's ending instead.
pub fn make_executable(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mut permissions = std::fs::metadata(path)?.permissions();
        let mode = permissions.mode();
        // Whoever may read it may start it.
        permissions.set_mode(mode | ((mode & 0o444) >> 2));
        match std::fs::set_permissions(path, permissions) {
            // On a stick or a share that knows no such bits the file is as good as it gets.
            Err(error) if matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::Unsupported) => {
                Ok(())
            }
            done => done,
        }
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_is_one_word() {
        let [(_, windows), (_, shell), _] = files(Path::new("/opt/Phòng GD's 100%/cds"));
        assert!(windows.contains("if exist \"/opt/Phòng GD's 100%%/cds\""));
        assert!(windows.ends_with("\r\n") && !windows.replace("\r\n", "").contains(['\n', '\r']));
        assert!(windows.starts_with("@echo off\r\n"));
        assert!(shell.contains("made_by='/opt/Phòng GD'\\''s 100%/cds'\n"));
        assert!(!shell.contains('\r') && !shell.contains("{program}") && !windows.contains("{program}"));
    }
}
