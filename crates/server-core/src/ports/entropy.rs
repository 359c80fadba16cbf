//! The only randomness of the use cases: ids and tokens are made of it.

/// Draws random bits that nobody can foretell.
pub trait Entropy: Send + Sync {
    /// 128 fresh bits.
    fn draw(&self) -> u128;
}
