//! Names of files that programs leave beside people's files. The same for members of an archive.

/// Whole names, in lower case.
const NAMES: [&str; 9] =
    ["thumbs.db", "ehthumbs.db", "desktop.ini", ".ds_store", ".gitkeep", ".keep", ".directory", "icon\r", ".localized"];
/// How names begin: lock files of office programs, shadows of files that come from other systems.
const STARTS: [&str; 7] = ["~$", ".~", "._", "~wrl", ".fuse_hidden", ".nfs", ".goutputstream-"];
/// How names end: what is still being downloaded, copied or saved.
const ENDS: [&str; 9] =
    [".tmp", ".temp", ".crdownload", ".part", ".partial", ".download", ".opdownload", ".swp", ".icloud"];
/// Folders of archives that hold only shadows.
const FOLDERS: [&str; 1] = ["__macosx"];

/// Whether a file of this name (with folders before it, parted by `/`) is nobody's return.
pub fn is_junk(file: &str) -> bool {
    let lower = file.to_lowercase();
    let mut parts = lower.rsplit('/');
    let name = parts.next().unwrap_or_default();
    NAMES.contains(&name)
        || STARTS.iter().any(|start| name.starts_with(start))
        || ENDS.iter().any(|end| name.ends_with(end))
        || parts.any(|folder| FOLDERS.contains(&folder))
}

/// Whether a name is that of a file which a synchronising program has not downloaded yet: it stands for a return that
/// is not there.
pub fn is_not_downloaded(file: &str) -> bool {
    file.to_lowercase().ends_with(".icloud")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_junk_from_what_may_be_a_return() {
        let junk = [
            "nop/~$80100012.xlsx",
            "nop/.~lock.80100012.xlsx#",
            "nop/x/Thumbs.db",
            "nop/.DS_Store",
            "desktop.ini",
            "a.XLSX.crdownload",
            "a.xlsx.part",
            "~WRL0001.tmp",
            "__MACOSX/._a.xlsx",
            "__MACOSX/a.xlsx",
            ".a.xlsx.icloud",
        ];
        for file in junk {
            assert!(is_junk(file), "{file}");
        }
        for file in ["nop/a.xlsx", "nop/~a.xlsx", "nop/a", ".a.xlsx", "nop/temp/a.xlsx", "nop/part.pdf", "a.tmp/b.xlsx"]
        {
            assert!(!is_junk(file), "{file}");
        }
        assert!(is_not_downloaded("nop/.a.xlsx.iCloud") && !is_not_downloaded("nop/a.xlsx"));
    }
}
