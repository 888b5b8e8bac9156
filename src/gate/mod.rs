//! gate: to be filled.
