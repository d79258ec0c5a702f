#![no_main]
#[path = "../laws.rs"]
#[allow(dead_code)]
mod laws;

libfuzzer_sys::fuzz_target!(init: laws::be_quiet(), |bytes: &[u8]| laws::toml_to_rules(bytes));
