//! The address in a formula of a link: `HYPERLINK("https://...", "Xem")`.

use crate::grid::CellRef;

/// Where the address of a link stands.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::reader::excel) enum Address {
    /// In the formula.
    Said(String),
    /// In another cell.
    In(CellRef),
}

/// The address that a formula leads to; `None` for a formula that is no link, or works its address out.
pub(in crate::reader::excel) fn of_formula(formula: &str) -> Option<Address> {
    const NAME: &str = "HYPERLINK(";
    let at = formula.to_ascii_uppercase().find(NAME)?;
    let argument = formula[at + NAME.len()..].trim_start();
    let Some(text) = argument.strip_prefix('"') else {
        let end = argument.find([',', ';', ')'])?;
        // OpenDocument writes `[.F5]`.
        let cell = argument[..end].trim().trim_start_matches("[.").trim_end_matches(']');
        return cell.replace('$', "").parse().ok().map(Address::In);
    };
    // A quote in it is written twice.
    let mut address = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '"' && chars.next_if_eq(&'"').is_none() {
            let rest: String = chars.collect();
            let is_all = rest.trim_start().starts_with([',', ';', ')']);
            return (is_all && !address.is_empty()).then_some(Address::Said(address));
        }
        address.push(c);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_taken_from_formulas() {
        let said = |address: &str| Some(Address::Said(address.to_owned()));
        assert_eq!(of_formula(r#"HYPERLINK("https://a.vn/x","Xem")"#), said("https://a.vn/x"));
        assert_eq!(
            of_formula(r#"IF(A1="","",hyperlink( "https://a.vn/?q=""1""" ; "Xem"))"#),
            said("https://a.vn/?q=\"1\"")
        );
        assert_eq!(of_formula(r##"HYPERLINK("#'Minh chứng'!A5")"##), said("#'Minh chứng'!A5"));
        for formula in ["HYPERLINK(F5,\"Xem\")", "of:=HYPERLINK([.$F$5];\"Xem\")"] {
            assert_eq!(of_formula(formula), Some(Address::In("F5".parse().unwrap())));
        }
        for none in
            [r#"HYPERLINK("https://a.vn/"&A1,"x")"#, "HYPERLINK(A1&B1)", "HYPERLINK(\"", "SUM(A1)", "HYPERLINK("]
        {
            assert_eq!(of_formula(none), None, "{none}");
        }
    }
}
