//! A table that comes as text: comma, semicolon or tab, as the spreadsheet program of the country writes it.

use super::{CellRef, Grid, MAX_COLS, MAX_ROWS, Value};
use crate::text::{self, NotText};

/// What may part the fields; the earlier one where nothing speaks for another.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];
/// How many lines are looked at to tell the delimiter.
const LINES_LOOKED_AT: usize = 50;

impl Grid {
    /// The cells of a CSV file where a spreadsheet program would show them: blank lines count, a line end within quotes
    /// does not. `="0801"`, which keeps a leading zero, is the text within.
    ///
    /// # Errors
    /// When the bytes are not text.
    pub fn from_csv(name: &str, bytes: &[u8]) -> Result<Grid, NotText> {
        let mut text = text::decode(bytes)?;
        if text.contains('\r') {
            // One kind of line end, so that lines can be counted.
            text = text.replace("\r\n", "\n").replace('\r', "\n");
        }
        if !text.ends_with('\n') {
            text.push('\n');
        }
        let (delimiter, body) = match told_delimiter(&text) {
            Some((delimiter, rest)) => (delimiter, rest),
            None => (likely_delimiter(&text), text.as_str()),
        };
        Ok(cells(name, body, delimiter))
    }
}

fn cells(name: &str, body: &str, delimiter: u8) -> Grid {
    let mut reader = csv::ReaderBuilder::new();
    let mut reader = reader.delimiter(delimiter).has_headers(false).flexible(true).from_reader(body.as_bytes());
    let mut cells = Vec::new();
    let mut truncated = false;
    let mut row = 0;
    let mut record = csv::StringRecord::new();
    loop {
        let before = reader.position().line();
        // The text is UTF-8, fields may be of any number, and memory does not fail: there is no error to come.
        let Ok(true) = reader.read_record(&mut record) else { break };
        let lines = reader.position().line() - before;
        let own = 1 + record.iter().map(|field| field.matches('\n').count() as u64).sum::<u64>();
        // The reader passes over blank lines without a word.
        row += lines.saturating_sub(own);
        if row >= u64::from(MAX_ROWS) {
            truncated = true;
            break;
        }
        for (col, field) in (0..).zip(&record) {
            if col >= MAX_COLS {
                truncated = true;
                break;
            }
            if !field.trim().is_empty() {
                cells.push((CellRef::new(row as u32, col), Value::Text(plain(field).to_owned())));
            }
        }
        row += 1;
    }
    Grid { truncated, ..Grid::new(name, cells) }
}

/// The text within `="…"`.
fn plain(field: &str) -> &str {
    let within = field.trim().strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    within.unwrap_or(field)
}

/// `sep=;` in the first line, which spreadsheet programs understand and do not show.
fn told_delimiter(text: &str) -> Option<(u8, &str)> {
    let (first, rest) = text.split_once('\n')?;
    let told = first.strip_prefix("sep=")?.as_bytes();
    match told {
        [delimiter] if DELIMITERS.contains(delimiter) => Some((*delimiter, rest)),
        _ => None,
    }
}

/// The delimiter that most lines have equally often.
fn likely_delimiter(text: &str) -> u8 {
    let score = |delimiter: u8| {
        let counts: Vec<usize> = outside_quotes(text, delimiter);
        let alike = |n: usize| counts.iter().filter(|&&count| count == n).count();
        counts.iter().filter(|&&n| n > 0).map(|&n| n * alike(n)).max().unwrap_or(0)
    };
    let best = DELIMITERS.iter().rev().max_by_key(|&&delimiter| score(delimiter));
    best.copied().unwrap_or(b',')
}

/// How often a delimiter stands outside quotes, in each of the first lines that are not blank.
fn outside_quotes(text: &str, delimiter: u8) -> Vec<usize> {
    let mut counts = Vec::new();
    let (mut quoted, mut count, mut blank) = (false, 0, true);
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => {
                if !blank {
                    counts.push(count);
                }
                if counts.len() == LINES_LOOKED_AT {
                    break;
                }
                (count, blank) = (0, true);
                continue;
            }
            _ if byte == delimiter && !quoted => count += 1,
            _ => {}
        }
        blank = blank && byte.is_ascii_whitespace();
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(csv: &str) -> Vec<String> {
        let grid = Grid::from_csv("S", csv.as_bytes()).unwrap();
        let show = |(at, value): &(CellRef, Value)| match value {
            Value::Text(text) => format!("{at}={text}"),
            other => format!("{at}={other:?}"),
        };
        grid.cells().iter().map(show).collect()
    }

    #[test]
    fn tells_the_delimiter() {
        assert_eq!(shown("ma;ten\r\n1;Xã A, huyện B\r\n"), ["A1=ma", "B1=ten", "A2=1", "B2=Xã A, huyện B"]);
        assert_eq!(shown("ma,cap\n1,MN; TH"), ["A1=ma", "B1=cap", "A2=1", "B2=MN; TH"]);
        assert_eq!(shown("ma\tcap\n1\tTH"), ["A1=ma", "B1=cap", "A2=1", "B2=TH"]);
        assert_eq!(shown("sep=;\r\nma;a,b,c\r\n1;a,b,c"), ["A1=ma", "B1=a,b,c", "A2=1", "B2=a,b,c"]);
        assert_eq!(shown("ma,ten\n1,\"a;b;c;d\"\n"), ["A1=ma", "B1=ten", "A2=1", "B2=a;b;c;d"]);
        assert_eq!(shown("chỉ một cột\n1\n"), ["A1=chỉ một cột", "A2=1"]);
        assert_eq!(shown(""), [""; 0]);
    }

    #[test]
    fn cells_stand_where_a_spreadsheet_program_shows_them() {
        let csv = "Danh sách\r\n\r\n\r\nma,ten\r\n1,\"Trường\r\nHoa Sen\"\r\n\r\n=\"02\",\"\"\r\n";
        let want = ["A1=Danh sách", "A4=ma", "B4=ten", "A5=1", "B5=Trường\nHoa Sen", "A7=02"];
        assert_eq!(shown(csv), want);
        assert_eq!(shown("\n\na,b\n\nc,d"), ["A3=a", "B3=b", "A5=c", "B5=d"]);
        assert_eq!(shown("a,b\n , \nc,\"d\n\n\""), ["A1=a", "B1=b", "A3=c", "B3=d\n\n"]);
    }

    #[test]
    fn takes_utf_16_and_refuses_what_is_no_text() {
        let bytes: Vec<u8> =
            [0xFF, 0xFE].into_iter().chain("mã;tên".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(Grid::from_csv("S", &bytes).unwrap().cells().len(), 2);
        assert_eq!(Grid::from_csv("S", b"PK\x03\x04\0\0"), Err(NotText::Binary));
    }

    #[test]
    fn more_columns_than_a_sheet_has_are_cut_and_said() {
        let grid = Grid::from_csv("S", "x,".repeat(20_000).as_bytes()).unwrap();
        assert!(grid.truncated);
        assert_eq!(grid.cells().len(), MAX_COLS as usize);
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_a_grid_or_no_text(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
            let _ = Grid::from_csv("S", &bytes);
        }

        /// A number before each text makes every line alike, as in real tables, so that the delimiter is plain.
        #[test]
        fn what_was_written_is_read_back(texts in proptest::collection::vec("[a-zà-ỹ \"\n;]{0,8}", 1..8), by in 0..3_usize) {
            let mut writer = csv::WriterBuilder::new().delimiter(DELIMITERS[by]).from_writer(Vec::new());
            for (row, text) in texts.iter().enumerate() {
                let number = row.to_string();
                writer.write_record([number.as_str(), text, "x", "y", "z"]).unwrap();
            }
            let bytes = writer.into_inner().unwrap();
            let grid = Grid::from_csv("S", &bytes).unwrap();
            for (row, text) in (0..).zip(&texts) {
                let want = Some(Value::Text(text.clone())).filter(|_| !text.trim().is_empty());
                proptest::prop_assert_eq!(grid.get(CellRef::new(row, 1)), want.as_ref());
                proptest::prop_assert_eq!(grid.get(CellRef::new(row, 4)), Some(&Value::Text("z".to_owned())));
            }
        }
    }
}
