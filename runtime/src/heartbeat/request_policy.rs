//! When heartbeats are requested.

/// When a client asks for heartbeats. It removes heartbeats from JSON responses in either case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Heartbeats {
    /// If the operation's own `prefer` header says so.
    #[default]
    AsDeclared,
    /// For every operation that declares a `prefer` header and whose response is JSON or ignored. `heartbeat` is added to
    /// the caller's own preferences. Operations that do not declare the header are never sent it.
    Always,
}
