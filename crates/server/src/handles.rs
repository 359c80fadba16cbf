//! Room for many sockets: each takes one of the process's file handles.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Takes as many handles as the system lets this process have; it starts with fewer.
pub fn take_all() {
    let limit = getrlimit(Resource::Nofile);
    let raised = Rlimit {
        current: limit.maximum,
        maximum: limit.maximum,
    };
    if let Err(error) = setrlimit(Resource::Nofile, raised) {
        tracing::warn!(%error, "the number of sockets stays limited");
    }
}
