//! The life of a socket after its first frame.
//!
//! Invariants: only what was sent moves a feed's cursor; a frame of the client is answered before
//! the next one is looked at. The loop's own state is small and everything larger is boxed, because
//! ten thousand of these wait at the same time.

use std::sync::Arc;

use protocol::error::{ErrorCode, close};
use protocol::feed::Feed;
use protocol::hello::Ping;
use protocol::ids::ConversationId;
use protocol::seq::FeedCursor;
use protocol::visitor::{ConversationStarted, VisitorCommand, VisitorFrame};
use server_core::domain::Principal;
use server_core::error::Error;
use tokio::time::sleep_until;

use super::entries::{self, Page};
use super::following::{Following, MOST_FEEDS, TooManyFeeds};
use super::goodbye::go_away;
use super::pulse::Pulse;
use super::reply::{Reply, close_code, frame_too_big, refused};
use super::screen::Screen;
use super::who::Who;
use super::wire::{Gone, Incoming, Wire};
use crate::hub::{End, Seat, Signal};
use crate::state::App;

/// How a socket ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    /// Without a word: nobody is there to hear it.
    Silent,
    /// With "the server stops".
    GoAway,
    /// With a close code.
    Close(u16),
    /// With a close code, while the client is still sending what cannot be read.
    CloseUnread(u16),
}

impl From<TooManyFeeds> for Ending {
    fn from(TooManyFeeds: TooManyFeeds) -> Self {
        Self::Close(close::RATE_LIMITED)
    }
}

impl From<Gone> for Ending {
    fn from(Gone: Gone) -> Self {
        Self::Silent
    }
}

/// A socket whose client is known.
pub(super) struct Connection {
    wire: Wire,
    app: Arc<App>,
    /// An agent's screen; it counts until the socket has ended. Given up before the seat is, so
    /// that a hub without sockets is a house without screens.
    _screen: Option<Screen>,
    following: Following,
    who: Who,
}

impl Connection {
    pub(super) fn new(wire: Wire, app: Arc<App>, seat: Seat, who: Who) -> Self {
        let screen = match &*who.principal {
            Principal::Agent(agent) => Some(Screen::open(&app, agent.clone())),
            Principal::Visitor(_) => None,
        };
        Self {
            _screen: screen,
            wire,
            app,
            following: Following::new(seat),
            who,
        }
    }

    /// Goes on where the client left off, and then until the end.
    pub(super) async fn run(mut self: Box<Self>, feeds: Vec<FeedCursor>) {
        let ending = match Box::pin(self.take_up(feeds)).await {
            Ok(()) => self.listen().await,
            Err(ending) => ending,
        };
        // Whoever is told goodbye no longer counts as connected to their feeds.
        match ending {
            Ending::Silent => {}
            Ending::GoAway => Box::pin(go_away(self.wire)).await,
            Ending::Close(code) => Box::pin(self.wire.close(code)).await,
            Ending::CloseUnread(code) => Box::pin(self.wire.close_unread(code)).await,
        }
    }

    async fn listen(&mut self) -> Ending {
        let heartbeat = self.app.config.heartbeat;
        let mut pulse = Pulse::new(heartbeat, heartbeat + self.app.config.silence);
        loop {
            let outcome = tokio::select! {
                incoming = self.wire.receive() => {
                    pulse.heard();
                    Box::pin(self.hear(incoming)).await
                }
                () = self.following.mailbox().woken() => Box::pin(self.look()).await,
                () = sleep_until(pulse.next()) => match pulse.is_dead() {
                    true => Err(Ending::Silent),
                    false => {
                        pulse.beaten();
                        Box::pin(self.beat()).await
                    }
                },
            };
            if let Err(ending) = outcome {
                return ending;
            }
        }
    }

    /// Resumes the feeds a client names in its first frame.
    async fn take_up(&mut self, feeds: Vec<FeedCursor>) -> Result<(), Ending> {
        if feeds.len() > MOST_FEEDS {
            return Err(TooManyFeeds.into());
        }
        for from in feeds {
            let who = self.who.principal.clone();
            let reply = self
                .app
                .run(move |app| {
                    let outcome = app.service.resume_feed(&who, &from);
                    Ok(Reply::resumption(from, outcome))
                })
                .await;
            self.carry_out(reply.unwrap_or_else(|error| Reply::refused(None, None, &error)))
                .await?;
        }
        Ok(())
    }

    /// Something came in.
    async fn hear(&mut self, incoming: Incoming) -> Result<(), Ending> {
        let text = match incoming {
            Incoming::Text(text) => text,
            Incoming::Alive => return Ok(()),
            Incoming::TooBig(text) => {
                return Ok(self.wire.send(vec![frame_too_big(&text)]).await?);
            }
            Incoming::Binary => {
                let code = ErrorCode::BadFrame.into();
                return Ok(self.wire.send(vec![refused(None, None, code)]).await?);
            }
            Incoming::Unreadable { too_big: true } => {
                return Err(Ending::CloseUnread(close::FRAME_TOO_BIG));
            }
            Incoming::Unreadable { too_big: false } => return Err(Ending::Close(close::BAD_FRAME)),
            Incoming::Gone => return Err(Ending::Silent),
        };
        if is_pong(&text) {
            return Ok(());
        }
        let who = self.who.clone();
        let reply = self.app.run(move |app| Ok(who.respond(app, &text))).await;
        let reply = reply.unwrap_or_else(|error| Reply::refused(None, None, &error));
        self.carry_out(reply).await
    }

    /// The hub has left notes.
    async fn look(&mut self) -> Result<(), Ending> {
        let notes = self.following.mailbox().take();
        match notes.end {
            None => {}
            Some(End::GoingAway) => return Err(Ending::GoAway),
            Some(End::SignedOut) => return Err(Ending::Close(close::UNAUTHENTICATED)),
            Some(End::Cut) => return Err(Ending::Silent),
        }
        self.check_sign_in().await?;
        for signal in notes.signals {
            self.pass_on(&signal).await?;
        }
        for feed in notes.feeds {
            self.deliver(feed).await?;
        }
        Ok(())
    }

    async fn pass_on(&mut self, signal: &Signal) -> Result<(), Ending> {
        let frame = match signal {
            Signal::Typing { by, .. } if *by == self.who.principal.key() => return Ok(()),
            Signal::Typing { typing, .. } => VisitorFrame::TypingChanged(typing.clone()),
            // Agents follow no visitor's feed, so this is for visitors alone.
            Signal::Place(place) => VisitorFrame::PlaceChanged(place.clone()),
            Signal::Started(conversation) => {
                VisitorFrame::ConversationStarted(ConversationStarted {
                    conversation: conversation.clone(),
                })
            }
        };
        Ok(self.wire.send(vec![frame.encode()]).await?)
    }

    /// Sends the next entries of a feed. What is left waits for its turn, so that a long replay
    /// does not make the socket deaf.
    async fn deliver(&mut self, feed: Feed) -> Result<(), Ending> {
        let Some(after) = self.following.cursor(&feed) else {
            return Ok(());
        };
        let (who, asked) = (self.who.principal.clone(), feed.clone());
        let page = self
            .app
            .run(move |app| entries::read(&app.service, &who, &asked, after))
            .await;
        match page {
            Ok(Page::Read { frames, upto, more }) => {
                self.wire.send(frames).await?;
                self.following.set_cursor(&feed, upto);
                if more {
                    self.following.note(&feed);
                }
                Ok(())
            }
            Ok(Page::Gone(frame)) => {
                self.following.unfollow(&feed);
                Ok(self.wire.send(vec![frame]).await?)
            }
            // The reader was taken off the channel meanwhile.
            Err(error @ Error::Refused(_)) => {
                self.following.unfollow(&feed);
                self.carry_out(Reply::refused(None, None, &error)).await
            }
            Err(error) => {
                tracing::warn!(%error, "a feed could not be read");
                // The client comes back and goes on behind its cursor.
                Err(Ending::Close(close_code(error.code())))
            }
        }
    }

    /// Time for a sign of life.
    async fn beat(&mut self) -> Result<(), Ending> {
        self.check_sign_in().await?;
        let ping = VisitorFrame::Ping(Ping {}).encode();
        Ok(self.wire.send(vec![ping]).await?)
    }

    /// Ends the socket when the agent's sign-in has run out. It may have been renewed elsewhere
    /// in the meantime, so storage has the last word.
    async fn check_sign_in(&mut self) -> Result<(), Ending> {
        let Some((sign_in, expires_at)) = &self.who.sign_in else {
            return Ok(());
        };
        if self.app.now() < *expires_at {
            return Ok(());
        }
        let sign_in = sign_in.clone();
        match self
            .app
            .run(move |app| app.service.renew_session(&sign_in))
            .await
        {
            Ok(session) => {
                self.who.sign_in = Some((session.sign_in, session.expires_at));
                Ok(())
            }
            Err(error) => {
                let code = close_code(error.code());
                self.carry_out(Reply::refused(None, None, &error).then_close(code))
                    .await
            }
        }
    }

    async fn carry_out(&mut self, reply: Reply) -> Result<(), Ending> {
        self.wire.send(reply.frames).await?;
        if let Some(code) = reply.close {
            return Err(Ending::Close(code));
        }
        for feed in &reply.unfollow {
            self.following.unfollow(feed);
        }
        for cursor in reply.follow {
            let feed = cursor.feed.clone();
            self.following.follow(cursor)?;
            if let Feed::Visitor(conversation) = feed {
                self.tell_place(conversation).await?;
            }
        }
        if let Some(notice) = reply.typing {
            let by = self.who.principal.key();
            for feed in &notice.to {
                self.app.hub.typing_of(feed, &by, notice.frame.clone());
            }
        }
        if let (Some(languages), Principal::Visitor(visitor)) =
            (reply.languages, &*self.who.principal)
        {
            let mut visitor = visitor.clone();
            visitor.languages = languages;
            self.who.principal = Arc::new(Principal::Visitor(visitor));
        }
        if let (Some(until), Some((_, expires_at))) = (reply.expires_at, &mut self.who.sign_in) {
            *expires_at = until;
        }
        Ok(())
    }

    /// Tells the place in the waiting line, a signal that whoever comes has missed. It is asked
    /// for once the feed is followed: what changes later is told by the hub.
    async fn tell_place(&mut self, conversation: ConversationId) -> Result<(), Ending> {
        let place = self
            .app
            .run(move |app| app.service.place(&conversation))
            .await;
        // What is wrong with a signal is nobody's loss.
        let frame = place.ok().flatten().map(VisitorFrame::PlaceChanged);
        Ok(self
            .wire
            .send(frame.iter().map(VisitorFrame::encode).collect())
            .await?)
    }
}

/// Whether a frame is a mere sign of life. There are as many as sockets, so they take no thread.
fn is_pong(text: &str) -> bool {
    const LONGEST: usize = 64;
    text.len() <= LONGEST && matches!(VisitorCommand::decode(text), Ok(VisitorCommand::Pong(_)))
}
