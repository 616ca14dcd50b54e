//! What one instance gives to tasks, and how many of a task fit on it.

mod resource;

pub use resource::Resource;
