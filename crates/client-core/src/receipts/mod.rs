//! How far the person has received and read, told to the server; and how far the others have.
//!
//! Invariants: what is told only grows; in each conversation at most one such command is without
//! an answer, and it is repeated under the same client id until it has one; "read" is told only
//! while the newest message is in view on a page that is shown.

#[cfg(test)]
mod tests;

use protocol::error::Refusal;
use protocol::ids::{ClientId, ConversationId};
use protocol::receipt::Reached;
use protocol::seq::Position;
use protocol::time::Timestamp;
use protocol::visitor::{MarkDelivered, MarkRead};

use crate::connection::backoff;
use crate::outgoing::{Outgoing, Shared};
use crate::side::Party;
use crate::turn::Turn;

#[derive(Clone, Debug)]
struct Asked {
    client_id: ClientId,
    reached: Reached,
    sent: bool,
}

/// What the server is to know about one conversation.
#[derive(Debug)]
struct Mark {
    conversation: ConversationId,
    wanted: Reached,
    /// What it knows.
    told: Reached,
    asked: Option<Asked>,
}

impl Mark {
    /// What has to be said next, if anything: "read" says "delivered", too.
    fn next(&self) -> Option<Reached> {
        if self.wanted.read > self.told.read {
            Some(Reached {
                delivered: self.wanted.read,
                read: self.wanted.read,
            })
        } else if self.wanted.delivered > self.told.delivered.max(self.told.read) {
            Some(Reached {
                delivered: self.wanted.delivered,
                read: self.told.read,
            })
        } else {
            None
        }
    }

    fn frame(&self, asked: &Asked, party: Party) -> Outgoing {
        let client_id = asked.client_id.clone();
        let conversation = self.conversation.clone();
        if asked.reached.read > self.told.read {
            MarkRead {
                client_id,
                conversation,
                up_to: asked.reached.read,
            }
            .by(party)
        } else {
            MarkDelivered {
                client_id,
                conversation,
                up_to: asked.reached.delivered,
            }
            .by(party)
        }
    }
}

/// The person's own receipts.
#[derive(Debug)]
pub(crate) struct Receipts {
    in_view: bool,
    page_shown: bool,
    marks: Vec<Mark>,
    paused_until: Option<Timestamp>,
    refusals: u32,
}

impl Receipts {
    pub(crate) fn new() -> Self {
        Self {
            in_view: false,
            page_shown: true,
            marks: Vec::new(),
            paused_until: None,
            refusals: 0,
        }
    }

    /// Whether the person has the newest message before their eyes.
    pub(crate) fn is_reading(&self) -> bool {
        self.in_view && self.page_shown
    }

    /// Whether the page is in view.
    pub(crate) fn is_page_shown(&self) -> bool {
        self.page_shown
    }

    pub(crate) fn look(&mut self, in_view: bool) {
        self.in_view = in_view;
    }

    pub(crate) fn show_page(&mut self, shown: bool) {
        self.page_shown = shown;
    }

    /// The person has received, and perhaps read, so far; the server knows `known` already.
    pub(crate) fn want(&mut self, conversation: &ConversationId, wanted: Reached, known: Reached) {
        let at = match self
            .marks
            .iter()
            .position(|mark| mark.conversation == *conversation)
        {
            Some(at) => at,
            None => {
                self.marks.push(Mark {
                    conversation: conversation.clone(),
                    wanted: Reached::default(),
                    told: Reached::default(),
                    asked: None,
                });
                self.marks.len() - 1
            }
        };
        let mark = &mut self.marks[at];
        mark.wanted = mark.wanted.merge(wanted);
        mark.told = mark.told.merge(known);
    }

    /// Says what is due.
    pub(crate) fn send_due(&mut self, party: Party, turn: &mut Turn) {
        if self.paused_until.is_some_and(|until| turn.now < until) {
            return;
        }
        self.paused_until = None;
        for mark in &mut self.marks {
            let asked = match mark.asked.take() {
                Some(asked) => asked,
                None => match mark.next() {
                    Some(reached) => Asked {
                        client_id: turn.client_id(),
                        reached,
                        sent: false,
                    },
                    None => continue,
                },
            };
            if !asked.sent {
                turn.send(mark.frame(&asked, party));
            }
            mark.asked = Some(Asked {
                sent: true,
                ..asked
            });
        }
    }

    /// The socket is gone: what has no answer is to be said again.
    pub(crate) fn lost(&mut self) {
        for mark in &mut self.marks {
            if let Some(asked) = &mut mark.asked {
                asked.sent = false;
            }
        }
    }

    pub(crate) fn clear(&mut self) {
        self.marks.clear();
    }

    fn find(&mut self, client_id: &ClientId) -> Option<&mut Mark> {
        self.marks.iter_mut().find(|mark| {
            mark.asked
                .as_ref()
                .is_some_and(|asked| asked.client_id == *client_id)
        })
    }

    /// The server knows it now; says whether it was one of these commands.
    pub(crate) fn answered(&mut self, client_id: &ClientId) -> bool {
        let Some(mark) = self.find(client_id) else {
            return false;
        };
        if let Some(asked) = mark.asked.take() {
            mark.told = mark.told.merge(asked.reached);
        }
        self.refusals = 0;
        true
    }

    /// The server said no; says whether it was one of these commands. A refusal for good is
    /// taken as an answer: saying it again would change nothing.
    pub(crate) fn refused(
        &mut self,
        client_id: &ClientId,
        refusal: &Refusal,
        turn: &mut Turn,
    ) -> bool {
        let Some(mark) = self.find(client_id) else {
            return false;
        };
        if !refusal.retryable {
            return self.answered(client_id);
        }
        if let Some(asked) = &mut mark.asked {
            asked.sent = false;
        }
        let pause = refusal
            .retry_after_ms
            .unwrap_or_else(|| backoff::delay_ms(self.refusals, turn.random()));
        self.refusals += 1;
        self.paused_until = Some(turn.now.plus(i64::from(pause)));
        true
    }

    /// Whether "read" is on its way for a conversation, so that its count is out of date.
    #[cfg(feature = "agent")]
    pub(crate) fn is_telling_read(&self, conversation: &ConversationId) -> bool {
        self.marks
            .iter()
            .any(|mark| mark.conversation == *conversation && mark.wanted.read > mark.told.read)
    }

    pub(crate) fn next_due(&self) -> Option<Timestamp> {
        self.paused_until
    }
}

/// How far a message got, by how far the other side is.
pub(crate) fn state_of(position: Position, other_side: Reached) -> crate::view::DeliveryState {
    use crate::view::DeliveryState;
    if position <= other_side.read {
        DeliveryState::Read
    } else if position <= other_side.delivered {
        DeliveryState::Delivered
    } else {
        DeliveryState::Sent
    }
}
