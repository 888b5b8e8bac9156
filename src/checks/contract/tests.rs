//! What the contract accepts, what it refuses, and in which words.

mod records;
