//! The gate's own tests that need more than one room. One binary, so that everything is linked once.
//!
//! | module | what it proves |
//! |---|---|
//! | `shipped_suite` | the suite file in this repository holds what Product was promised, and passes as it is |
//! | `harness` | names, filters, listing, skips: the gate behaves as people know test harnesses |
//! | `browser` | nothing is left of the browser that looks at pages, however the gate ends |
//! | `approvals` | an approval covers one wording; overrides are recorded, seen and bounded |
//! | `decisions` | exit codes and `verdict.json` |
//! | `false_greens` | ways in which gates say yes wrongly, each tried on this one |
//! | `stages` | a live stage: clusters, keys, faults of the network, a change of index |
//! | `release` | which release a stage serves, whether all of it does, and a deploy that is waited for |
//! | `reports` | the files of a run: whole, of this run, without secrets |
//! | `liveness` | many requests, slow ones, and the one record that breaks a page |
//! | `evidence` | a saved run is judged again with the same verdicts |
//! | `nextest` | a process for each check, one recording for all |
//! | `hierarchies` | a tree that has lost a branch blocks, and its failure draws what is missing |
//! | `snapshots` | recording, comparing and reviewing key works |
//! | `permalinks` | lists of addresses that people hold |
//! | `links` | what records link to, on other hosts |
//! | `pages` | pages of the website, in a real browser |
//! | `populations` | counts over the whole catalogue: bounds, prod, baselines, filters |
//! | `searches` | what a search must find, must not find, and when it has shown nothing |
//! | `recorded` | real answers of the real API |
//! | `invariants` | what holds for every work, looked at in a sample |
//! | `github` | a job on GitHub: summary, annotations, outputs, and text that tries to command it |
//! | `workflows` | the workflows, read as GitHub reads them |
//! | `scripts` | the scripts of the workflows, run |
//! | `housekeeping` | the repository itself: README, CI, rooms |

mod approvals;
mod browser;
mod comparing;
mod decisions;
mod evidence;
mod false_greens;
mod github;
mod harness;
mod hierarchies;
mod housekeeping;
mod invariants;
mod links;
mod liveness;
mod nextest;
mod pages;
mod permalinks;
mod populations;
mod recorded;
mod release;
mod reports;
mod scripts;
mod searches;
mod shipped_suite;
mod snapshots;
mod stages;
mod support;
mod workflows;
