//! The constants of assignment: what counts how much, and how soon somebody is asked again.

/// How soon an agent may be asked again about a session they turned down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Not before this long, in milliseconds: being asked again at once helps nobody.
    pub pause_ms: i64,
    /// After this long even when others have not had their turn, in milliseconds: so that a
    /// session does not wait for colleagues who have no room while somebody else has.
    pub ask_again_ms: i64,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            pause_ms: 30_000,
            ask_again_ms: 120_000,
        }
    }
}

/// Points for having all wanted expertise; a part of it earns its share. More than all other
/// points together, so that who knows the matter wins over who does not.
pub(super) const EXPERTISE: u32 = 800;
/// Points for having attended the visitor last.
pub(super) const PREVIOUS_AGENT: u32 = 300;
/// Points for having nothing to do.
pub(super) const IDLE: u32 = 200;
/// Points for having less than half of what one may have.
pub(super) const UNDER_HALF: u32 = 100;
/// Points for being in the visitor's country.
pub(super) const COUNTRY: u32 = 50;
