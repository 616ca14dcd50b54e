//! Why an instance cannot take a task, in the words that ECS uses in failures and service events.

use crate::capacity::{Platform, Resource};
use crate::scenario::quantity::with_thousands;
use crate::task::HostPort;
use std::fmt;

/// The first reason why an instance cannot take a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rejection {
    /// It is being drained.
    NotActive,
    /// It belongs to another capacity provider.
    OtherProvider,
    /// Its agent is not connected.
    Agent,
    /// Another architecture or operating system.
    Platform(Platform),
    /// Too little is left of a resource.
    Resource {
        /// Of which.
        resource: Resource,
        /// What the task needs.
        need: u64,
        /// What is left.
        have: u64,
    },
    /// A port is taken.
    Port(HostPort),
    /// It runs a task of the service already.
    DistinctInstance,
    /// It does not meet an expression, counted from 0.
    MemberOf(usize),
}

impl Rejection {
    /// The reason as `RunTask` and service events word it. Source: ECS Developer Guide, API
    /// failure reasons.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::NotActive => "INACTIVE",
            Self::OtherProvider => "CAPACITY_PROVIDER",
            Self::Agent => "AGENT",
            Self::Platform(_) => "ATTRIBUTE",
            Self::Resource { resource, .. } => match resource {
                Resource::Memory => "RESOURCE:MEMORY",
                Resource::Eni => "RESOURCE:ENI",
                Resource::Gpu => "RESOURCE:GPU",
                _ => "RESOURCE:CPU",
            },
            Self::Port(_) => "RESOURCE:PORTS",
            Self::DistinctInstance => "distinctInstance placement constraint unsatisfied",
            Self::MemberOf(_) => "memberOf placement constraint unsatisfied",
        }
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotActive => f.write_str("it is being drained and takes no new tasks"),
            Self::OtherProvider => f.write_str("it belongs to another capacity provider"),
            Self::Agent => f.write_str("its agent is not connected"),
            Self::Platform(platform) => {
                write!(
                    f,
                    "its architecture is {}, which the task does not run on",
                    platform.architecture.name()
                )
            }
            Self::Resource { resource, need, have } => {
                let unit = match resource {
                    Resource::Memory => " MiB",
                    Resource::Cpu => " CPU units",
                    Resource::Eni => " ENI",
                    _ => " GPUs",
                };
                let (need, have) = (with_thousands(*need), with_thousands(*have));
                write!(f, "a task needs {need}{unit}, {have} are left")
            }
            Self::Port((protocol, port)) => {
                let protocol = match protocol {
                    crate::scenario::Protocol::Tcp => "tcp",
                    crate::scenario::Protocol::Udp => "udp",
                };
                write!(f, "port {port}/{protocol} is taken")
            }
            Self::DistinctInstance => f.write_str("it runs a task of the service already"),
            Self::MemberOf(place) => write!(f, "it does not meet expression {}", place + 1),
        }
    }
}
