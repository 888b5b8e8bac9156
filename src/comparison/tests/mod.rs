//! Pairs of the embedded catalogue, healthy beside spoiled: the change at the top is the one that describes the fault.

mod bounds;
mod changes;
mod differences;
mod estimates;
mod expected;
mod faults;
mod fixture;
mod judged;
mod noise;
mod sameness;
mod things;
