//! What stands between double braces.

use super::error::FaultKind;
use super::{Value, Values};
use crate::text;

/// A mark that was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mark {
    Text(String),
    Lines(String),
    Field { list: String, field: String },
    If { name: String, list: Option<String>, not: bool },
    End,
}

/// How like a known name a word must be to be suggested.
const NEAR: f64 = 0.6;

pub(super) fn parse(content: &str, values: &Values) -> Result<Mark, FaultKind> {
    let content = text::clean(content);
    let folded = text::fold(&content);
    if folded == "het" {
        return Ok(Mark::End);
    }
    let words: Vec<&str> = content.split(' ').collect();
    let is = |i: usize, word: &str| words.get(i).is_some_and(|at| text::fold(at) == word);
    match words[..] {
        [_, name] if is(0, "neu") => condition(name, false, values),
        [_, _, name] if is(0, "neu") && is(1, "khong") => condition(name, true, values),
        _ => named(&content, values),
    }
}

fn named(name: &str, values: &Values) -> Result<Mark, FaultKind> {
    if let Some((list, field)) = field_of(name, values) {
        return Ok(Mark::Field { list, field });
    }
    match values.values.get(name) {
        Some(Value::Text(_)) => Ok(Mark::Text(name.to_owned())),
        Some(Value::Lines(_)) => Ok(Mark::Lines(name.to_owned())),
        _ => Err(unknown(name, values)),
    }
}

fn condition(name: &str, not: bool, values: &Values) -> Result<Mark, FaultKind> {
    let list = field_of(name, values).map(|(list, _)| list);
    if list.is_none() && !values.values.contains_key(name) {
        return Err(unknown(name, values));
    }
    Ok(Mark::If { name: name.to_owned(), list, not })
}

fn field_of(name: &str, values: &Values) -> Option<(String, String)> {
    let (list, field) = name.split_once('.')?;
    let known = values.fields.get(list)?.contains(&field);
    known.then(|| (list.to_owned(), field.to_owned()))
}

fn unknown(name: &str, values: &Values) -> FaultKind {
    let names: Vec<String> = values.names().collect();
    let nearest = text::nearest(name, names.iter().map(String::as_str), NEAR).map(str::to_owned);
    FaultKind::Unknown { name: name.to_owned(), nearest }
}
