//! Pairs of the embedded catalogue, healthy beside spoiled: the change at the top is the one that describes the fault.
