//! A display document that is made when somebody first looks at it, so that a start does not wait for all of them.

use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, LazyLock};

use serde_json::Value;

/// A display document, made on first sight.
#[derive(Clone)]
pub struct Document(Arc<Lazy>);

type Lazy = LazyLock<Value, Box<dyn FnOnce() -> Value + Send>>;

impl Document {
    /// The document that `make` makes.
    pub fn made_by(make: impl FnOnce() -> Value + Send + 'static) -> Self {
        Self(Arc::new(LazyLock::new(Box::new(make))))
    }
}

impl From<Value> for Document {
    fn from(document: Value) -> Self {
        Self::made_by(|| document)
    }
}

impl Deref for Document {
    type Target = Value;

    fn deref(&self) -> &Value {
        &self.0
    }
}

impl PartialEq for Document {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
