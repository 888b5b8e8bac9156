//! The release gate: one check for each criterion and example of `works-examples.yaml`, judged against a stage.
//!
//! `cargo test --test gate` judges the embedded catalogue, `STAGE_URL=… cargo test --test gate` that stage.

use std::process::ExitCode;

fn main() -> ExitCode {
    release_gate::gate::main()
}
