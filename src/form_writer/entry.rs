//! What an input cell holds, asks and refuses: values, prompts, validation.

use rust_xlsxwriter::{DataValidation, DataValidationRule, Formula, XlsxError};

use crate::grid::{CellRef, Value};
use crate::layouts::form::{Column, MET, UNMET};
use crate::points::{Points, Share};
use crate::rules::{Band, Node, NodeKind, RuleSet, UnmetRule};
use crate::text;

/// A value as it goes into a cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Typed {
    Number(f64),
    Text(String),
    Bool(bool),
}

/// What a cell gets for a value read elsewhere; `None` for nothing. Text that is strictly a number becomes one. A date
/// whose number could be a score stays that number, any other is written out: as a date it would read as 45.000 points.
pub(super) fn typed(value: &Value) -> Option<Typed> {
    const LARGEST_SCORE: f64 = 1000.0;
    Some(match value {
        Value::Number(number) if Share::from_f64(*number).is_some() => Typed::Number(*number),
        Value::Number(number) => Typed::Text(number.to_string()),
        Value::Bool(is) => Typed::Bool(*is),
        Value::Date(date) if (0.0..LARGEST_SCORE).contains(&date.serial) => Typed::Number(date.serial),
        Value::Date(date) => Typed::Text(format!("{}/{}/{}", date.day, date.month, date.year)),
        Value::Time(time) => Typed::Text(time.to_string()),
        Value::Error(error) => Typed::Text(text::cell_text(error)),
        Value::Uncomputed => return None,
        Value::Text(text) => match text::cell_text(text) {
            text if text.is_empty() => return None,
            text => match Points::parse(&text) {
                Some(points) => Typed::Number(points.to_f64()),
                None => Typed::Text(text),
            },
        },
    })
}

/// The prompt and the limits of one input cell.
pub(super) fn validation(set: &RuleSet, node: &Node, column: Column, at: CellRef) -> Result<DataValidation, XlsxError> {
    let max = node.max.unwrap_or_default();
    let rule = DataValidation::new();
    let (rule, prompt, error) = match (column, node.kind) {
        (Column::Score, NodeKind::Mandatory) => {
            let follows = match set.unmet.rule {
                UnmetRule::HoldLevel1 => "Chưa đạt thì mức độ của nhóm giữ ở mức 1.",
                UnmetRule::NotAccepted => "Chưa đạt thì phiếu chưa được tính.",
            };
            let rule = rule.allow_list_strings(&[MET, UNMET])?;
            (
                rule,
                format!("Điều kiện bắt buộc: chọn {MET} hoặc {UNMET}. {follows}"),
                format!("Chọn {MET} hoặc {UNMET}."),
            )
        }
        (Column::Score, NodeKind::YesNo) => {
            let said = format!("Có thì chọn {max}, không thì chọn 0.");
            // A list splits at commas, and a decimal point means different things to different Excels.
            let rule = if max.is_multiple_of(Points::whole(1)) {
                rule.allow_list_strings(&[max.plain(), "0".to_owned()])?
            } else {
                rule.allow_custom(Formula::new(format!("OR({at}=0,{at}={})", max.plain())))
            };
            (rule, said.clone(), said)
        }
        (Column::Score, kind) => {
            let rule = rule.allow_decimal_number(DataValidationRule::Between(0.0, max.to_f64()));
            let step = match set.step.value {
                Points::ZERO => String::new(),
                step => format!(", thường theo bước {step}"),
            };
            let bands = bands(kind, &node.bands);
            (
                rule,
                format!("Nhập điểm từ 0 đến {max}{step}. Chưa làm thì ghi 0.{bands}"),
                format!("Điểm là một số từ 0 đến {max}. Nếu máy không nhận dấu phẩy (7,5) thì gõ dấu chấm (7.5)."),
            )
        }
        (Column::Part, NodeKind::Count) => {
            let rule = rule.allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0));
            (rule, "Nhập số lượng đã có.".to_owned(), "Số lượng là một số từ 0 trở lên.".to_owned())
        }
        (Column::Part, _) => {
            let whole = CellRef::new(at.row, Column::Whole.index());
            let rule = rule
                .allow_custom(Formula::new(format!("AND(ISNUMBER({at}),{at}>=0,OR(ISBLANK({whole}),{at}<={whole}))")));
            let prompt = "Nhập số đạt, ví dụ số giáo viên đã có tài khoản. Tổng số ghi ở cột bên.".to_owned();
            (rule, prompt, "Số đạt là một số từ 0 đến tổng số.".to_owned())
        }
        (Column::Whole, _) => {
            let part = CellRef::new(at.row, Column::Part.index());
            let rule =
                rule.allow_custom(Formula::new(format!("AND(ISNUMBER({at}),{at}>0,OR(ISBLANK({part}),{part}<={at}))")));
            let prompt = "Nhập tổng số, ví dụ số giáo viên toàn trường.".to_owned();
            (rule, prompt, "Tổng số là một số lớn hơn 0, không nhỏ hơn số đạt.".to_owned())
        }
        (Column::Evidence, _) => {
            let prompt = "Ghi số, ngày của văn bản, tên tệp, hoặc đường dẫn đã mở quyền xem.".to_owned();
            (rule.allow_any_value(), prompt, String::new())
        }
        (_, _) => (rule.allow_any_value(), "Ghi thêm nếu cần, ví dụ lý do chưa thực hiện.".to_owned(), String::new()),
    };
    rule.set_input_title(text::cut(&format!("{} {}", node.code, column.title()), 32))?
        .set_input_message(text::cut(&prompt, 250))?
        .set_error_title("Giá trị chưa đúng")?
        .set_error_message(text::cut(&error, 250))
}

/// " Từ 50%: 3 điểm; từ 80%: 7 điểm; thấp hơn: 0."
fn bands(kind: NodeKind, bands: &[Band]) -> String {
    if bands.is_empty() {
        return String::new();
    }
    let from = |band: &Band| if kind == NodeKind::Ratio { band.from.percent() } else { band.from.to_string() };
    let steps: Vec<String> = bands.iter().map(|band| format!("từ {}: {} điểm", from(band), band.points)).collect();
    format!(" Điểm theo số đạt: {}; thấp hơn: 0.", steps.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grid::Date;

    #[test]
    fn values_keep_their_meaning_and_never_become_formulas() {
        let text = |text: &str| typed(&Value::Text(text.to_owned()));
        assert_eq!(text(" 7,5 "), Some(Typed::Number(7.5)));
        assert_eq!(text("=1+1"), Some(Typed::Text("=1+1".to_owned())));
        assert_eq!(text("\u{200B}"), None);
        assert_eq!(typed(&Value::Number(f64::NAN)), Some(Typed::Text("NaN".to_owned())));
        let day = Date { serial: 45784.0, year: 2025, month: 5, day: 7 };
        assert_eq!(typed(&Value::Date(day)), Some(Typed::Text("7/5/2025".to_owned())));
        assert_eq!(typed(&Value::Date(Date { serial: 5.0, ..day })), Some(Typed::Number(5.0)));
    }
}
