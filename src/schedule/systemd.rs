//! A systemd user timer and its service. `Persistent=true` catches up a missed night.

use super::{Nightly, SETTLE, Unwritable};

/// Both files, with their names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Units {
    /// `<name>.service`
    pub service_name: String,
    /// Its text.
    pub service: String,
    /// `<name>.timer`
    pub timer_name: String,
    /// Its text.
    pub timer: String,
}

/// The units of a nightly run.
///
/// # Errors
/// [`Unwritable`] paths.
pub fn units(nightly: &Nightly) -> Result<Units, Unwritable> {
    let (program, office) = nightly.texts()?;
    let name = nightly.name();
    let at = nightly.at.strftime("%H:%M:%S");
    let shown = office.replace('%', "%%");
    let service = format!(
        "[Unit]\nDescription=cds run {shown}\n\n[Service]\nType=oneshot\n\
         ExecStart={} run {} --settle {SETTLE}\nNice=10\nIOSchedulingClass=idle\n",
        quoted(program, false),
        quoted(office, true)
    );
    let timer = format!(
        "[Unit]\nDescription=cds run {shown}\n\n[Timer]\nOnCalendar=*-*-* {at}\nPersistent=true\n\n\
         [Install]\nWantedBy=timers.target\n"
    );
    Ok(Units { service_name: format!("{name}.service"), service, timer_name: format!("{name}.timer"), timer })
}

/// One word of a command line. `$` starts a variable in arguments, not in the program's own path.
fn quoted(text: &str, argument: bool) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '%' => out.push_str("%%"),
            '$' if argument => out.push_str("$$"),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::super::tests::{HARD, nightly};
    use super::*;

    #[test]
    fn every_path_is_one_word() {
        let units = units(&nightly(HARD)).unwrap();
        let exec = "ExecStart=\"/opt/cds 1.0/cds\" run \
                    \"/srv/Phòng GD's \\\"100%%\\\" $$HOME & <b> \\\\x/\" --settle 10s\n";
        assert!(units.service.contains(exec), "{}", units.service);
        assert!(units.timer.contains("OnCalendar=*-*-* 02:05:00\nPersistent=true\n"), "{}", units.timer);
    }
}
