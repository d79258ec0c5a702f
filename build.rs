//! What the program tells of itself: the commit and day of a release, and on Windows its icon, description and manifest.

use std::env;
use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rustc-env=CDS_BUILD={}", build());
    // For what is made of the program beside it: which libraries are in it depends on the system.
    println!("cargo:rustc-env=CDS_TARGET={}", env::var("TARGET").unwrap_or_default());
    if env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("windows") {
        windows()?;
    }
    Ok(())
}

/// " (a1b2c3d4e 2025-06-01)", with a `+` behind the commit where something was changed since. A build for tests has
/// none: it would be made anew after every commit.
fn build() -> String {
    if env::var("PROFILE").as_deref() != Ok("release") || !is_of_git() {
        return String::new();
    }
    // A new commit is written to the log, and a change of branch to HEAD.
    for file in ["HEAD", "logs/HEAD"] {
        if let Some(path) = git(&["rev-parse", "--git-path", file]) {
            println!("cargo:rerun-if-changed={path}");
        }
    }
    for path in ["src", "templates", "Cargo.toml", "Cargo.lock"] {
        println!("cargo:rerun-if-changed={path}");
    }
    let changed = git(&["status", "--porcelain", "--", "src", "templates", "Cargo.toml", "Cargo.lock", "build.rs"]);
    let mark = if changed.is_none_or(|changed| changed.is_empty()) { "" } else { "+" };
    git(&["show", "-s", "--format=%h %cs", "--abbrev=9", "HEAD"])
        .and_then(|told| told.split_once(' ').map(|(commit, day)| format!(" ({commit}{mark} {day})")))
        .unwrap_or_default()
}

/// A source package that was unpacked inside another project has that one's commits above it.
fn is_of_git() -> bool {
    let own = fs::canonicalize(env!("CARGO_MANIFEST_DIR")).ok();
    own.is_some()
        && git(&["rev-parse", "--show-toplevel"]).and_then(|top| fs::canonicalize(Path::new(&top)).ok()) == own
}

/// What git says; `None` where there is no git, as in a source package.
fn git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").args(arguments).output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8(output.stdout).ok()?.trim().to_owned())
}

fn windows() -> io::Result<()> {
    for file in ["templates/windows/cds.ico", "templates/windows/cds.manifest"] {
        println!("cargo:rerun-if-changed={file}");
    }
    winresource::WindowsResource::new()
        .set_icon("templates/windows/cds.ico")
        .set_manifest_file("templates/windows/cds.manifest")
        .set("FileDescription", "Tổng hợp mức độ chuyển đổi số của các trường")
        .set("ProductName", "cds")
        .set("OriginalFilename", "cds.exe")
        .set("LegalCopyright", "MIT")
        // Vietnamese.
        .set_language(0x042A)
        .compile()
}
