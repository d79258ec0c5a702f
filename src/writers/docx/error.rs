//! What is wrong with a template, for the person who edited it.

use crate::text::Lang;

/// Why a template cannot be filled.
#[derive(Debug)]
pub enum TemplateError {
    /// It is no .docx.
    NotDocx,
    /// It holds more than a letter can.
    TooLarge,
    /// Its text is not well-formed.
    Damaged(String),
    /// What is written in it, all mistakes at once.
    Faults(Vec<Fault>),
    /// The filler itself failed.
    Render(String),
}

/// One mistake, with the paragraph in which it stands.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    /// The paragraph's text, shortened.
    pub paragraph: String,
    /// What is wrong.
    pub kind: FaultKind,
}

/// The kinds of mistakes.
#[derive(Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// A name that is not known, and the nearest one that is.
    Unknown {
        /// As it stands in the template.
        name: String,
        /// One that is known.
        nearest: Option<String>,
    },
    /// `{{` without `}}`.
    Open,
    /// A line break or a tab inside the braces.
    Broken,
    /// `{{nếu ...}}` without `{{hết}}`, or the other way round, or the two in different places.
    Unmatched,
    /// Two lists in one row.
    TwoLists {
        /// The list of the row.
        first: String,
        /// The other one.
        second: String,
    },
    /// A list outside a table.
    NoRow {
        /// The list.
        name: String,
    },
    /// The part of the file is not well-formed.
    NotXml(String),
}

impl TemplateError {
    /// A line for each mistake.
    pub fn lines(&self, lang: Lang) -> Vec<String> {
        match (self, lang) {
            (TemplateError::NotDocx, Lang::Vi) => {
                vec!["không phải tệp Word dạng .docx; mở bằng Word, lưu lại dạng .docx".into()]
            }
            (TemplateError::NotDocx, Lang::En) => vec!["no .docx file; open it in Word and save it as .docx".into()],
            (TemplateError::TooLarge, Lang::Vi) => vec!["tệp quá lớn; bỏ bớt ảnh".into()],
            (TemplateError::TooLarge, Lang::En) => vec!["too large; take pictures out".into()],
            (TemplateError::Damaged(why), Lang::Vi) => vec![format!("tệp hỏng ({why}); mở bằng Word, lưu lại")],
            (TemplateError::Damaged(why), Lang::En) => vec![format!("damaged ({why}); open it in Word and save it")],
            (TemplateError::Faults(faults), _) => faults.iter().map(|fault| fault.line(lang)).collect(),
            (TemplateError::Render(why), Lang::Vi) => vec![format!("không điền được: {why}")],
            (TemplateError::Render(why), Lang::En) => vec![format!("could not be filled: {why}")],
        }
    }
}

impl Fault {
    fn line(&self, lang: Lang) -> String {
        let what = match (&self.kind, lang) {
            (FaultKind::Unknown { name, nearest: Some(nearest) }, Lang::Vi) => {
                format!("không có tên {{{{{name}}}}}; gần nhất: {{{{{nearest}}}}}")
            }
            (FaultKind::Unknown { name, nearest: Some(nearest) }, Lang::En) => {
                format!("no name {{{{{name}}}}}; nearest: {{{{{nearest}}}}}")
            }
            (FaultKind::Unknown { name, nearest: None }, Lang::Vi) => {
                format!("không có tên {{{{{name}}}}}; xem cds documents --list")
            }
            (FaultKind::Unknown { name, nearest: None }, Lang::En) => {
                format!("no name {{{{{name}}}}}; see cds documents --list")
            }
            (FaultKind::Open, Lang::Vi) => "{{ chưa có }} trong cùng đoạn".into(),
            (FaultKind::Open, Lang::En) => "{{ without }} in the same paragraph".into(),
            (FaultKind::Broken, Lang::Vi) => {
                "có dấu xuống dòng hoặc dấu tab giữa {{ và }}; gõ lại liền một dòng".into()
            }
            (FaultKind::Broken, Lang::En) => "a line break or tab between {{ and }}; type it in one line".into(),
            (FaultKind::Unmatched, Lang::Vi) => {
                "{{nếu ...}} và {{hết}} phải đi đôi, cùng một đoạn hoặc mỗi dấu một đoạn riêng ở cùng một chỗ".into()
            }
            (FaultKind::Unmatched, Lang::En) => {
                "{{nếu ...}} and {{hết}} must be a pair in one paragraph, or stand alone in paragraphs of one place"
                    .into()
            }
            (FaultKind::TwoLists { first, second }, Lang::Vi) => {
                format!("một đoạn hay một dòng của bảng chỉ lặp theo một tên, ở đây có {first} và {second}")
            }
            (FaultKind::TwoLists { first, second }, Lang::En) => {
                format!("a paragraph or a row of a table repeats for one name; here are {first} and {second}")
            }
            (FaultKind::NoRow { name }, Lang::Vi) => format!("{{{{{name}}}}} phải nằm trong một dòng của bảng"),
            (FaultKind::NoRow { name }, Lang::En) => format!("{{{{{name}}}}} must stand in a row of a table"),
            (FaultKind::NotXml(why), Lang::Vi) => format!("phần này của tệp hỏng ({why}); mở bằng Word, lưu lại"),
            (FaultKind::NotXml(why), Lang::En) => format!("this part is damaged ({why}); open it in Word and save it"),
        };
        match lang {
            Lang::Vi => format!("đoạn “{}”: {what}", self.paragraph),
            Lang::En => format!("paragraph “{}”: {what}", self.paragraph),
        }
    }
}
