//! Pieces of formulas that every spreadsheet program takes: quoted texts, functions of many arguments.

/// Arguments of one function: Excel takes 255.
const MAX_ARGUMENTS: usize = 200;

/// A text as it stands in a formula.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// `SUM(a,b)`; nested where there are more arguments than Excel takes.
pub fn nested(function: &str, arguments: &[String]) -> String {
    if arguments.len() <= MAX_ARGUMENTS {
        return format!("{function}({})", arguments.join(","));
    }
    let parts: Vec<String> = arguments.chunks(MAX_ARGUMENTS).map(|part| nested(function, part)).collect();
    // COUNT counts numbers: counting the counts would be wrong, adding them is right.
    nested(if function == "COUNT" { "SUM" } else { function }, &parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_arguments_are_nested() {
        let cells: Vec<String> = (1..=450).map(|row| format!("A{row}")).collect();
        assert_eq!(nested("MIN", &cells[..2]), "MIN(A1,A2)");
        let long = nested("COUNT", &cells);
        assert!(long.starts_with("SUM(COUNT(A1,") && long.ends_with(",A450))"), "{long}");
        assert_eq!(long.matches("COUNT(").count(), 3);
        assert_eq!(quoted("a\"b"), "\"a\"\"b\"");
    }
}
