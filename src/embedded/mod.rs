//! embedded: to be filled.
