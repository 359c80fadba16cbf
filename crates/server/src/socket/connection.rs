//! The life of a socket after its first frame.
//!
//! Invariants: a feed is followed before it is read, so there is never a hole; each feed has
//! one cursor, and only what was sent moves it; a frame of the client is answered before the
//! next one is looked at. The loop's own state is small and everything larger is boxed, because
//! ten thousand of these wait at the same time.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::Utf8Bytes;
use protocol::codec::mend_lone_surrogates;
use protocol::error::{ErrorCode, close};
use protocol::feed::Feed;
use protocol::hello::Ping;
use protocol::ids::ClientId;
use protocol::seq::{FeedCursor, Seq};
use protocol::time::Timestamp;
use protocol::visitor::{ConversationStarted, VisitorFrame};
use serde::Deserialize;
use server_core::domain::{Principal, TokenDigest};
use server_core::error::Error;
use tokio::time::{Instant, sleep_until};

use super::entries::{self, Page};
use super::greeting::go_away;
use super::reply::{Reply, close_code, refused};
use super::screen::Screen;
use super::wire::{Gone, Incoming, Wire};
use super::{agent, visitor};
use crate::hub::{End, Seat, Signal, Topic};
use crate::state::App;

/// More feeds than any client of ours follows at the same time.
const MOST_FEEDS: usize = 256;

/// Who speaks on this socket.
#[derive(Clone, Debug)]
pub(super) struct Who {
    principal: Arc<Principal>,
    /// The agent's sign-in, and until when it holds.
    sign_in: Option<(TokenDigest, Timestamp)>,
}

impl Who {
    pub(super) fn new(principal: Principal, sign_in: Option<(TokenDigest, Timestamp)>) -> Self {
        Self {
            principal: Arc::new(principal),
            sign_in,
        }
    }
}

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
    seat: Seat,
    who: Who,
    cursors: Vec<(Feed, Seq)>,
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
            seat,
            who,
            cursors: Vec::new(),
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
                () = self.seat.mailbox().woken() => Box::pin(self.look()).await,
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
            return Err(Ending::Close(close::RATE_LIMITED));
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
                let (client_id, reference) = names(&text);
                let code = ErrorCode::FrameTooBig.into();
                return Ok(self
                    .wire
                    .send(vec![refused(client_id, reference, code)])
                    .await?);
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
        let who = self.who.clone();
        let reply = self.app.run(move |app| Ok(respond(app, &who, &text))).await;
        let reply = reply.unwrap_or_else(|error| Reply::refused(None, None, &error));
        self.carry_out(reply).await
    }

    /// The hub has left notes.
    async fn look(&mut self) -> Result<(), Ending> {
        let notes = self.seat.mailbox().take();
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
        let Some(after) = self.cursor(&feed) else {
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
                self.set_cursor(&feed, upto);
                if more {
                    self.seat.note(&feed);
                }
                Ok(())
            }
            Ok(Page::Gone(frame)) => {
                self.unfollow(&feed);
                Ok(self.wire.send(vec![frame]).await?)
            }
            // The reader was taken off the channel meanwhile.
            Err(error @ Error::Refused(_)) => {
                self.unfollow(&feed);
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
            self.unfollow(feed);
        }
        for cursor in reply.follow {
            self.follow(cursor)?;
        }
        if let Some(notice) = reply.typing {
            let by = self.who.principal.key();
            for feed in &notice.to {
                self.app.hub.typing(feed, &by, notice.frame.clone());
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

    /// Follows a feed behind a cursor. Entries written before the hub knew of it are found by
    /// the note left here.
    fn follow(&mut self, cursor: FeedCursor) -> Result<(), Ending> {
        let known = self.cursors.iter().any(|(feed, _)| *feed == cursor.feed);
        if !known && self.cursors.len() >= MOST_FEEDS {
            return Err(Ending::Close(close::RATE_LIMITED));
        }
        self.seat.follow(Topic::Feed(cursor.feed.clone()));
        self.seat.note(&cursor.feed);
        if known {
            self.set_cursor(&cursor.feed, cursor.seq);
        } else {
            self.cursors.push((cursor.feed, cursor.seq));
        }
        Ok(())
    }

    fn unfollow(&mut self, feed: &Feed) {
        self.cursors.retain(|(followed, _)| followed != feed);
        self.seat.unfollow(&Topic::Feed(feed.clone()));
    }

    fn cursor(&self, feed: &Feed) -> Option<Seq> {
        let found = self.cursors.iter().find(|(followed, _)| followed == feed);
        found.map(|(_, seq)| *seq)
    }

    fn set_cursor(&mut self, feed: &Feed, seq: Seq) {
        for (followed, at) in &mut self.cursors {
            if followed == feed {
                *at = seq;
            }
        }
    }
}

/// Answers one text frame, on a blocking thread.
fn respond(app: &App, who: &Who, text: &Utf8Bytes) -> Reply {
    let text = &*mend_lone_surrogates(text);
    match (&*who.principal, &who.sign_in) {
        (Principal::Visitor(visitor), _) => visitor::respond(&app.service, visitor, text),
        (Principal::Agent(agent), Some((sign_in, _))) => {
            agent::respond(&app.service, agent, sign_in, text)
        }
        (Principal::Agent(_), None) => Reply::none().then_close(close::UNAUTHENTICATED),
    }
}

/// What names a frame, as far as it can be read.
fn names(text: &str) -> (Option<ClientId>, Option<u32>) {
    #[derive(Deserialize)]
    struct Names {
        client_id: Option<ClientId>,
        #[serde(rename = "ref")]
        reference: Option<u32>,
    }
    match serde_json::from_str(text) {
        Ok(Names {
            client_id,
            reference,
        }) => (client_id, reference),
        Err(_) => (None, None),
    }
}

/// When to beat, and when to stop waiting.
struct Pulse {
    every: Duration,
    silence: Duration,
    next_beat: Instant,
    last_heard: Instant,
}

impl Pulse {
    fn new(every: Duration, silence: Duration) -> Self {
        let now = Instant::now();
        Self {
            every,
            silence,
            next_beat: now + every,
            last_heard: now,
        }
    }

    fn heard(&mut self) {
        self.last_heard = Instant::now();
    }

    fn beaten(&mut self) {
        self.next_beat = Instant::now() + self.every;
    }

    fn next(&self) -> Instant {
        self.next_beat.min(self.last_heard + self.silence)
    }

    fn is_dead(&self) -> bool {
        self.last_heard.elapsed() >= self.silence
    }
}
