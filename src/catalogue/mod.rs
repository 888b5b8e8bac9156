//! The Catalogue API: its resources, its client, and which release a stage serves. Knows no criteria.

mod include;
mod resource;
mod work_id;

pub use include::Include;
pub use resource::Resource;
pub use work_id::WorkId;
