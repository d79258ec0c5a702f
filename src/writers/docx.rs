//! Fills .docx templates that people edit in Word or LibreOffice.
//!
//! | in the template | becomes |
//! |---|---|
//! | `{{name}}` of a text | the text |
//! | `{{name}}` of lines | its paragraph, once for each line |
//! | `{{list.field}}` | its table row, once for each row of the list |
//! | `{{nếu name}}` … `{{hết}}` | what stands between, if the name holds something; `{{nếu không name}}` if it does not |
//!
//! Each mark may stand alone in a paragraph or a row, which then goes, or within one paragraph.
//! Names are held against those that are known before anything is filled.

mod error;
mod marks;
mod package;
mod part;

use std::collections::BTreeMap;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use serde::Serialize;

pub use error::{Fault, FaultKind, TemplateError};

/// What a name of a template stands for.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// A condition alone.
    Flag(bool),
    /// A text; empty counts as not there.
    Text(String),
    /// Lines, each a paragraph of its own.
    Lines(Vec<String>),
    /// Rows of a table, each with every field of the list.
    Rows(Vec<BTreeMap<&'static str, Value>>),
}

/// Names that a template may use.
#[derive(Debug, Clone, Default)]
pub struct Values {
    /// By name; of a list its fields.
    fields: BTreeMap<&'static str, &'static [&'static str]>,
    values: BTreeMap<&'static str, Value>,
}

impl Values {
    /// Adds a text, lines or a flag.
    pub fn set(&mut self, name: &'static str, value: Value) {
        self.values.insert(name, value);
    }

    /// Adds a list, whose rows have these fields.
    pub fn set_list(
        &mut self,
        name: &'static str,
        fields: &'static [&'static str],
        rows: Vec<BTreeMap<&'static str, Value>>,
    ) {
        self.fields.insert(name, fields);
        self.values.insert(name, Value::Rows(rows));
    }

    /// Every name that a template can write, `list.field` among them.
    fn names(&self) -> impl Iterator<Item = String> + '_ {
        let whole = self.values.keys().filter(|name| !self.fields.contains_key(*name)).map(|name| (*name).to_owned());
        let parts =
            self.fields.iter().flat_map(|(list, fields)| fields.iter().map(move |field| format!("{list}.{field}")));
        whole.chain(parts)
    }
}

/// The template with its names filled in; all its mistakes at once if there are any.
pub fn fill(template: &[u8], values: &Values) -> Result<Vec<u8>, TemplateError> {
    let mut package = package::open(template)?;
    let mut faults = Vec::new();
    let mut environment = environment();
    for (name, part) in package.parts_with_text() {
        match part::prepare(name, part, values) {
            Ok(prepared) => *part = render(&mut environment, &prepared, values)?,
            Err(found) => faults.extend(found),
        }
    }
    if faults.is_empty() { package.write() } else { Err(TemplateError::Faults(faults)) }
}

/// Statements are written in signs that no well-formed XML can hold, so that no text of a template is taken for one.
fn environment() -> Environment<'static> {
    let mut environment = Environment::empty();
    let syntax = SyntaxConfig::builder()
        .block_delimiters("<%", "%>")
        .variable_delimiters("<{", "}>")
        .comment_delimiters("<#", "#>")
        .build();
    environment.set_syntax(syntax.unwrap_or_default());
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment
}

fn render(environment: &mut Environment<'_>, prepared: &str, values: &Values) -> Result<String, TemplateError> {
    let values = Serde(&values.values);
    environment.render_str(prepared, values).map_err(|error| TemplateError::Render(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str = r#"<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><w:body>BODY</w:body></w:document>"#;

    fn values() -> Values {
        let mut values = Values::default();
        values.set("ten_co_quan", Value::Text("UBND xã <A> & B".into()));
        values.set("trong", Value::Text(String::new()));
        values.set("du_thao", Value::Flag(true));
        values.set("can_cu", Value::Lines(vec!["một;".into(), "hai.".into()]));
        let row =
            |name: &str, bold: bool| BTreeMap::from([("ten", Value::Text(name.into())), ("dam", Value::Flag(bold))]);
        values.set_list("truong", &["ten", "dam"], vec![row("TH A", true), row("TH B", false)]);
        values
    }

    fn run(text: &str) -> String {
        format!("<w:r><w:t>{text}</w:t></w:r>")
    }

    fn paragraph(runs: &[&str]) -> String {
        format!("<w:p>{}</w:p>", runs.iter().map(|text| run(text)).collect::<String>())
    }

    fn try_body(body: &str) -> Result<String, Vec<Fault>> {
        let xml = DOCUMENT.replace("BODY", body);
        let prepared = part::prepare("word/document.xml", &xml, &values())?;
        let filled = render(&mut environment(), &prepared, &values()).unwrap();
        let (_, filled) = filled.split_once("<w:body>").unwrap();
        Ok(filled.replace("</w:body></w:document>", "").replace(" xml:space=\"preserve\"", ""))
    }

    fn body(text: &str) -> String {
        try_body(text).unwrap()
    }

    #[test]
    fn a_name_that_is_split_over_runs_is_filled_where_it_begins() {
        let split = paragraph(&["Kính gửi {", "{ten_", "co_quan}", "} và {{ ten_co_quan }}"]);
        let name = "UBND xã &lt;A&gt; &amp; B";
        assert_eq!(
            body(&split),
            format!(
                "<w:p>{}{}{}{}</w:p>",
                run(&format!("Kính gửi {name}")),
                run(""),
                run(""),
                run(&format!(" và {name}"))
            )
        );
    }

    #[test]
    fn lines_repeat_their_paragraph_and_rows_their_row() {
        assert_eq!(
            body(&paragraph(&["Căn cứ {{can_cu}}"])),
            [paragraph(&["Căn cứ một;"]), paragraph(&["Căn cứ hai."])].concat()
        );
        let row = |text: &str| format!("<w:tr><w:tc>{}</w:tc></w:tr>", paragraph(&[text]));
        let table = format!("<w:tbl>{}{}</w:tbl>", row("Tên"), row("{{truong.ten}}"));
        assert_eq!(body(&table), format!("<w:tbl>{}{}{}</w:tbl>", row("Tên"), row("TH A"), row("TH B")));
        let bold = "{{nếu truong.dam}}!{{hết}}{{truong.ten}}";
        let table = format!("<w:tbl>{}</w:tbl>", row(bold));
        assert_eq!(body(&table), format!("<w:tbl>{}{}</w:tbl>", row("!TH A"), row("TH B")));
    }

    #[test]
    fn conditions_take_paragraphs_rows_and_pieces_away() {
        let three = |mark: &str| [paragraph(&[mark]), paragraph(&["có"]), paragraph(&["{{hết}}"])].concat();
        assert_eq!(body(&three("{{nếu du_thao}}")), paragraph(&["có"]));
        assert_eq!(body(&three("{{ neu khong du_thao }}")), "");
        assert_eq!(body(&three("{{nếu trong}}")), "");
        assert_eq!(
            body(&paragraph(&["a{{nếu tr", "ong}}b{{hết}}c"])),
            paragraph(&["a", "c"]).replace("<w:t>a</w:t></w:r><w:r><w:t>c", "<w:t>ac")
        );
        let cell = format!(
            "<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>",
            three("{{nếu trong}}"),
            paragraph(&["x"])
        );
        let left =
            format!("<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>", paragraph(&[""]), paragraph(&["x"]));
        assert_eq!(body(&cell), left, "a cell keeps a paragraph");
    }

    #[test]
    fn a_text_is_never_a_statement_and_drawings_keep_their_own_texts() {
        let text = "&lt;% for x in y %> {% if %} {{ten_co_quan}}";
        assert!(body(&paragraph(&[text])).contains("&lt;% for x in y %> {% if %} UBND"));
        let drawing = "<w:p><a:p><a:t>{{khong_phai}}</a:t></a:p></w:p>";
        assert_eq!(body(drawing), drawing);
    }

    #[test]
    fn all_mistakes_are_told_at_once_with_the_nearest_name() {
        let wrong = [
            paragraph(&["{{ten_co_quam}}"]),
            paragraph(&["{{can_cu"]),
            paragraph(&["{{nếu du_thao}}"]),
            paragraph(&["{{truong.ten}}"]),
            "<w:p><w:r><w:t>{{ten_</w:t><w:br/><w:t>co_quan}}</w:t></w:r></w:p>".to_owned(),
        ];
        let kinds: Vec<FaultKind> =
            try_body(&wrong.concat()).unwrap_err().into_iter().map(|fault| fault.kind).collect();
        let unknown = FaultKind::Unknown { name: "ten_co_quam".into(), nearest: Some("ten_co_quan".into()) };
        let row = FaultKind::NoRow { name: "truong".into() };
        assert_eq!(kinds, [unknown, FaultKind::Open, row, FaultKind::Broken, FaultKind::Unmatched]);
    }

    #[test]
    fn what_is_no_docx_is_told() {
        assert!(matches!(fill(b"PK\x03\x04", &values()), Err(TemplateError::NotDocx)));
        assert!(matches!(fill(b"%PDF", &values()), Err(TemplateError::NotDocx)));
    }
}
