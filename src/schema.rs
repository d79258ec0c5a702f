//! The JSON Schema of `ket-qua.json`, made from the types for `docs/`; no part of the program. Types that write themselves as
//! a number or a text say here as which.

use schemars::{JsonSchema, Schema, SchemaGenerator};

use crate::codes::ItemCode;
use crate::finding::Code;
use crate::grid::CellRef;
use crate::outcome::Outcome;
use crate::points::Points;

macro_rules! written_as {
    ($($own:ty: $as:ty),*) => {$(
        impl JsonSchema for $own {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> std::borrow::Cow<'static, str> {
                <$as>::schema_name()
            }

            fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                <$as>::json_schema(generator)
            }
        }
    )*};
}

written_as!(Points: f64, ItemCode: String, CellRef: String, Code: String);

/// `CDS_WRITE=1 cargo test --lib schema::` writes it anew. CI holds what runs write against it.
#[test]
fn the_schema_in_docs_is_that_of_the_types() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = root.join(format!("docs/ket-qua-{}.schema.json", crate::outcome::SCHEMA));
    let schema = serde_json::to_value(schemars::schema_for!(Outcome)).unwrap();
    let text = format!("{schema:#}\n");
    if std::env::var_os("CDS_WRITE").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    assert!(std::fs::read_to_string(&path).is_ok_and(|old| old == text), "docs have drifted: CDS_WRITE=1");
}
