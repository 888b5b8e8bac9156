//! checks: to be filled.
