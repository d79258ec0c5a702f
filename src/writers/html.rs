//! HTML: templates that escape what they are given, and stop at a name that they are not given.

use std::io;

use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value};

/// Fills the first of these templates, names with their texts; it may include the others.
///
/// # Errors
/// A fault of a template.
pub fn fill(templates: &[(&str, &str)], given: Value) -> io::Result<String> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    for (name, text) in templates {
        environment.add_template(name, text).map_err(io::Error::other)?;
    }
    let first = templates.first().map_or("", |(name, _)| name);
    environment.get_template(first).and_then(|template| template.render(given)).map_err(io::Error::other)
}
