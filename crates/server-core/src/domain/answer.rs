//! Remembered answers: a command that comes again gets the answer it got first.

use protocol::error::Refusal;
use protocol::hello::Posted;
use protocol::ids::ClientId;
use protocol::time::Timestamp;

/// What a command said, in short. Two commands with one client id and unequal fingerprints are
/// two commands; repeats are equal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fingerprint(pub String);

impl Fingerprint {
    /// The fingerprint of a command with this name and these fields, by 128-bit FNV-1a.
    ///
    /// Each field's length goes in before it, so that moving text between fields changes the
    /// result. It guards against mistakes, not against attacks: a client can only fool itself.
    pub fn of(fields: &[&str]) -> Self {
        const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
        let mut hash: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
        let mut take = |byte: u8| {
            hash ^= u128::from(byte);
            hash = hash.wrapping_mul(PRIME);
        };
        for field in fields {
            (field.len() as u64)
                .to_le_bytes()
                .into_iter()
                .for_each(&mut take);
            field.bytes().for_each(&mut take);
        }
        Self(format!("{hash:032x}"))
    }
}

/// The answer to a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Carried out; for a post, where it ended up.
    Done(Option<Posted>),
    /// Refused for good. Refusals that may pass later are never remembered.
    Refused(Refusal),
}

/// An answer under the name of its command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerRecord {
    /// Who sent the command, as `Principal::key` prints it.
    pub principal: String,
    /// The command's name, unique for its principal.
    pub client_id: ClientId,
    /// What the command said.
    pub fingerprint: Fingerprint,
    /// What was answered.
    pub answer: Answer,
    /// When.
    pub answered_at: Timestamp,
}
