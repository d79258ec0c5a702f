//! Two lines for a crontab: the nightly run, and after a start of the machine one run if the last night was missed.

use super::{Nightly, SETTLE, Unwritable};

/// The lines.
///
/// # Errors
/// [`Unwritable`] paths.
pub fn crontab(nightly: &Nightly) -> Result<String, Unwritable> {
    let (program, office) = nightly.texts()?;
    let run = format!("{} run {} --settle {SETTLE}", quoted(program), quoted(office));
    let results = quoted(&format!("{}/ket-qua", office.trim_end_matches('/')));
    // A run of the last 24 hours: then nothing was missed. Hidden folders are unfinished runs.
    let recent = format!("find {results} -mindepth 1 -maxdepth 1 -name '[0-9]*' -mmin -1440 2>/dev/null | grep -q .");
    let (hour, minute) = (nightly.at.hour(), nightly.at.minute());
    Ok(format!(
        "{}\n{}\n",
        line(&format!("{minute} {hour} * * *"), &run),
        line("@reboot", &format!("sleep 120; {recent} || {run}"))
    ))
}

/// cron takes `%` for the end of the command.
fn line(when: &str, command: &str) -> String {
    format!("{when} {}", command.replace('%', "\\%"))
}

/// One word for a POSIX shell, whatever is in it.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{HARD, nightly};
    use super::*;

    #[test]
    fn every_path_is_one_word_and_percent_signs_are_kept() {
        let lines = crontab(&nightly(HARD)).unwrap();
        let run = "'/opt/cds 1.0/cds' run '/srv/Phòng GD'\\''s \"100\\%\" $HOME & <b> \\x/' --settle 10s";
        let (nightly, reboot) = lines.split_once('\n').unwrap();
        assert_eq!(nightly, format!("5 2 * * * {run}"));
        assert!(
            reboot.starts_with("@reboot sleep 120; find '/srv/Phòng GD'\\''s")
                && reboot.ends_with(&format!("|| {run}\n"))
        );
    }
}
