//! A task for the Windows Task Scheduler. `StartWhenAvailable` catches up a missed night.

use super::{From, Nightly, SETTLE, Unwritable};

/// The task, as text. What `schtasks` reads is [`utf16`] of it.
///
/// # Errors
/// [`Unwritable`] paths.
pub fn task(nightly: &Nightly, from: From) -> Result<String, Unwritable> {
    let (program, office) = nightly.texts()?;
    let start = format!("{}T{}", from.0.strftime("%Y-%m-%d"), nightly.at.strftime("%H:%M:%S"));
    let arguments = escaped(&format!("run {} --settle {SETTLE}", quoted(office)));
    let (description, command) = (escaped(&format!("cds run {office}")), escaped(program));
    Ok(format!(
        r#"<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>{description}</Description>
  </RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <StartBoundary>{start}</StartBoundary>
      <Enabled>true</Enabled>
      <ScheduleByDay>
        <DaysInterval>1</DaysInterval>
      </ScheduleByDay>
    </CalendarTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT4H</ExecutionTimeLimit>
    <Priority>7</Priority>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{command}</Command>
      <Arguments>{arguments}</Arguments>
    </Exec>
  </Actions>
</Task>
"#
    ))
}

/// What a file for `schtasks /XML` must be: UTF-16 with its byte order mark, as the first line says, and CRLF.
pub fn utf16(text: &str) -> Vec<u8> {
    let text = format!("\u{FEFF}{}", text.replace('\n', "\r\n"));
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// One argument, as programs on Windows part their command line: backslashes count only before a quotation mark.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    let mut strokes = 0;
    out.push('"');
    for c in text.chars() {
        if c == '"' {
            out.push_str(&"\\".repeat(strokes + 1));
        }
        strokes = if c == '\\' { strokes + 1 } else { 0 };
        out.push(c);
    }
    out.push_str(&"\\".repeat(strokes));
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::super::tests::nightly;
    use super::*;

    #[test]
    fn arguments_are_parted_as_windows_does() {
        assert_eq!(quoted("D:\\Chuyển đổi số\\"), "\"D:\\Chuyển đổi số\\\\\"");
        assert_eq!(quoted("D:\\a b"), "\"D:\\a b\"");
        assert_eq!(quoted("a\\\"b"), "\"a\\\\\\\"b\"");
        let task = task(&nightly("D:\\A & B <c>"), From(jiff::civil::date(2025, 6, 1))).unwrap();
        assert!(task.contains("<Arguments>run \"D:\\A &amp; B &lt;c&gt;\" --settle 10s</Arguments>"), "{task}");
        assert!(task.contains("<StartBoundary>2025-06-01T02:05:00</StartBoundary>"));
        assert!(task.contains("<StartWhenAvailable>true</StartWhenAvailable>"));
    }

    #[test]
    fn the_file_is_utf_16_with_its_mark() {
        assert_eq!(utf16("ố\n"), [0xFF, 0xFE, 0xD1, 0x1E, 0x0D, 0x00, 0x0A, 0x00]);
    }
}
