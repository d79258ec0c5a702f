//! `docs/co-quan.schema.json`, made from the template of `co-quan.toml`, which explains every key and which the program itself
//! loads with all of them set. That of `ket-qua.json` is made in `src/schema.rs`.
//!
//! `CDS_WRITE=1 cargo test --test all schemas::` makes it anew. CI holds the sample against both.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use cds::office::{Office, PAPER_NAMES, TEMPLATE};
use serde_json::{Map, Value, json};

/// The template with every setting in force: those that are commented out start right after the `#`.
fn whole() -> String {
    let setting = |line: &str| match line.strip_prefix('#') {
        Some(rest) if rest.starts_with(|c: char| c.is_alphabetic() || "[\"{]".contains(c)) => rest.to_owned(),
        _ => line.to_owned(),
    };
    TEMPLATE.lines().map(setting).collect::<Vec<_>>().join("\n")
}

/// What stands above each key or table: its explanation.
fn explained(text: &str) -> BTreeMap<String, String> {
    let (mut above, mut table, mut all) = (Vec::new(), String::new(), BTreeMap::new());
    for line in text.lines() {
        if let Some(words) = line.strip_prefix("# ") {
            above.push(words.trim());
            continue;
        }
        let key = match line.split_once(" = ") {
            Some((key, _)) => Some(format!("{table}{key}")),
            None if line.starts_with('[') => {
                let name = line.trim_matches(['[', ']']);
                table = format!("{name}.");
                Some(name.to_owned())
            }
            None => None,
        };
        if let Some(key) = key.filter(|_| !above.is_empty()) {
            all.entry(key).or_insert_with(|| above.join(" "));
        }
        above.clear();
    }
    all
}

/// The schema of a value like this one.
fn like(value: &toml::Value, path: &str, explained: &BTreeMap<String, String>) -> Value {
    let mut schema = match value {
        toml::Value::Boolean(_) => json!({ "type": "boolean" }),
        toml::Value::Integer(_) => json!({ "type": "integer", "minimum": 1 }),
        toml::Value::Array(all) => json!({ "type": "array", "items": like(&all[0], path, explained) }),
        toml::Value::Table(table) => of_table(table, path, explained),
        _ => json!({ "type": "string" }),
    };
    match path {
        "chay.van_ban" => schema["items"]["enum"] = json!(PAPER_NAMES),
        "cong_khai.muc" => schema["enum"] = json!(["muc-do", "diem", "tat-ca"]),
        _ => {}
    }
    schema
}

fn of_table(table: &toml::Table, path: &str, explained: &BTreeMap<String, String>) -> Value {
    let mut keys = Map::new();
    for (key, value) in table {
        let path = format!("{path}{}{key}", if path.is_empty() { "" } else { "." });
        let mut schema = like(value, &path, explained);
        if let Some(words) = explained.get(&path) {
            schema["description"] = words.as_str().into();
        }
        keys.insert(key.clone(), schema);
    }
    json!({ "type": "object", "properties": keys, "additionalProperties": false })
}

fn made() -> Value {
    let text = whole();
    let mut schema = of_table(&text.parse().unwrap(), "", &explained(&text));
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
    schema["title"] = "co-quan.toml".into();
    schema["required"] = json!(["ten", "nam_hoc"]);
    schema["properties"]["phan_cong"]["items"]["required"] = json!(["ma"]);
    schema
}

#[test]
fn the_schema_of_the_settings_is_that_of_the_template() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/co-quan.schema.json");
    let text = format!("{:#}\n", made());
    if std::env::var_os("CDS_WRITE").is_some() {
        fs::write(&path, &text).unwrap();
    }
    let same = fs::read_to_string(&path).is_ok_and(|old| old.replace("\r\n", "\n") == text);
    assert!(same, "{} has drifted: CDS_WRITE=1 cargo test --test all schemas::", path.display());
}

/// What the schema allows the program takes, and what it does not allow the program refuses: each key with a value of another
/// type, and a key that is not there.
#[test]
fn the_program_keeps_to_the_schema() {
    let read = |text: &str| Office::read(text.as_bytes(), "co-quan.toml");
    assert!(read(&whole()).is_ok());
    let needed = "ten = \"A\"\nnam_hoc = \"2024-2025\"\n";
    let schema = made();
    let refuses = |lines: &str| {
        let text = if lines.starts_with("ten ") || lines.starts_with("nam_hoc ") {
            lines.to_owned()
        } else {
            format!("{needed}{lines}")
        };
        assert!(read(&text).is_err(), "{text}");
    };
    for (key, of) in schema["properties"].as_object().unwrap() {
        match of["type"].as_str().unwrap() {
            "string" | "array" => refuses(&format!("{key} = true\n")),
            _ => refuses(&format!("{key} = 1\n")),
        }
        for (inner, of) in of["properties"].as_object().into_iter().flatten() {
            let other = if of["type"] == "boolean" { "1" } else { "true" };
            refuses(&format!("[{key}]\n{inner} = {other}\n"));
        }
    }
    refuses("khong_co = \"\"\n");
    refuses("[chay]\nvan_ban = [\"khong-co\"]\n");
    refuses("[cong_khai]\nmuc = \"khong-co\"\n");
}
