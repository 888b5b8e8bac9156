//! The gate's own tests that need more than one room. One binary, so that everything is linked once.
//!
//! | module | what it proves |
//! |---|---|
//! | `shipped_suite` | the suite file in this repository holds what Product was promised, and passes as it is |
//! | `harness` | names, filters, listing, skips: the gate behaves as people know test harnesses |
//! | `decisions` | exit codes and `verdict.json` |
//! | `false_greens` | ways in which gates say yes wrongly, each tried on this one |
//! | `stages` | a live stage: clusters, keys, faults of the network, a change of index |
//! | `evidence` | a saved run is judged again with the same verdicts |
//! | `nextest` | a process for each check, one recording for all |
//! | `hierarchies` | a tree that has lost a branch blocks, and its failure draws what is missing |
//! | `snapshots` | recording, comparing and reviewing key works |
//! | `recorded` | real answers of the real API |
//! | `invariants` | what holds for every work, looked at in a sample |
//! | `housekeeping` | the repository itself: README, workflows, rooms |

mod decisions;
mod evidence;
mod false_greens;
mod harness;
mod hierarchies;
mod housekeeping;
mod invariants;
mod nextest;
mod recorded;
mod shipped_suite;
mod snapshots;
mod stages;
mod support;
