//! The two numbers everything stands on, and why they are two.
//!
//! [`Seq`] counts the entries of one feed without holes, so a client knows that it has
//! everything. [`Position`] orders the messages of a conversation for everybody, with holes, so
//! that nobody can count what they may not see. Order comes only from `Position`, completeness
//! only from `Seq`.

use serde::{Deserialize, Serialize};

use crate::feed::Feed;
use crate::ids::Epoch;
use crate::json::{Faults, FromTree, Tree};

/// Place of an entry in its feed: dense, beginning at 1. Zero means "before the first".
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Seq(
    #[cfg_attr(feature = "schema", schemars(range(max = 9_007_199_254_740_991_u64)))] pub u64,
);

impl Seq {
    /// The entry after this one.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

/// Place of a message in its conversation: assigned by the server, growing, not dense, the same
/// for every reader. At most 2^53 − 1. Compare it; nothing else is promised.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Position(
    #[cfg_attr(feature = "schema", schemars(range(max = 9_007_199_254_740_991_u64)))] pub u64,
);

/// How far a client has read one feed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FeedCursor {
    /// The feed.
    pub feed: Feed,
    /// The log the number belongs to.
    pub epoch: Epoch,
    /// The last entry that was taken in.
    pub seq: Seq,
}

wire!(FeedCursor { feed, epoch, seq });

impl FromTree for Seq {
    fn from_tree(tree: &Tree, faults: &mut Faults) -> Self {
        Self(u64::from_tree(tree, faults))
    }
}

impl FromTree for Position {
    fn from_tree(tree: &Tree, faults: &mut Faults) -> Self {
        Self(u64::from_tree(tree, faults))
    }
}
