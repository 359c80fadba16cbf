//! The first frame: who is there, and may they be.
//!
//! Whatever is wrong is said in a `refused` frame before the close code, because a close code
//! alone names no reason. The socket follows its own topics before it reads who somebody is, so
//! that nothing happens in between unseen.

use std::sync::Arc;
use std::time::Duration;

use protocol::agent::{AgentCommand, AgentFrame};
use protocol::codec::mend_lone_surrogates;
use protocol::conversation::Country;
use protocol::error::{ErrorCode, close};
use protocol::hello::{ConnectAgent, ConnectVisitor};
use protocol::seq::FeedCursor;
use protocol::visitor::{VisitorCommand, VisitorFrame};
use server_core::domain::Principal;
use server_core::error::Error;
use server_core::service::{Arrival, VerifiedVisitor};
use tokio::time::timeout;

use super::connection::Connection;
use super::goodbye::go_away;
use super::reply::{bad_frame, close_code, refused};
use super::who::Who;
use super::wire::{Incoming, Wire};
use crate::country;
use crate::extract::origin::Source;
use crate::hub::{End, Seat, Topic};
use crate::state::App;
use crate::tokens::{TokenFault, VisitorPass};

/// What the request said before there were frames.
#[derive(Debug)]
pub(super) struct Head {
    /// Which page it comes from.
    pub(super) source: Source,
    /// The sign-in key in the cookie.
    pub(super) key: Option<String>,
    /// The country the connection comes from, as far as that tells.
    pub(super) country: Option<Country>,
}

/// Somebody who may come in.
struct Guest {
    who: Who,
    ready: String,
    feeds: Vec<FeedCursor>,
}

/// Serves one socket from its first frame to its end.
///
/// The greeting is boxed: it needs much room for a moment, and the task keeps what it was made
/// with for as long as the socket lives.
pub(super) async fn serve(wire: Wire, app: Arc<App>, head: Head) {
    if let Some((connection, feeds)) = Box::pin(admit(wire, app, head)).await {
        connection.run(feeds).await;
    }
}

/// A connection for a guest who may come in; others are told why not.
async fn admit(
    mut wire: Wire,
    app: Arc<App>,
    head: Head,
) -> Option<(Box<Connection>, Vec<FeedCursor>)> {
    let Some(mut seat) = app.hub.join() else {
        go_away(wire).await;
        return None;
    };
    let first = match first_frame(&mut wire, &seat, app.config.connect_timeout).await {
        Ok(first) => first,
        Err(ending) => {
            ending.carry_out(wire).await;
            return None;
        }
    };
    match greet(&app, &mut seat, head, &first).await {
        Ok(guest) => {
            wire.send(vec![guest.ready]).await.ok()?;
            let connection = Connection::new(wire, app, seat, guest.who);
            Some((Box::new(connection), guest.feeds))
        }
        Err((frame, code)) => {
            // Whether it arrives is the client's affair.
            let _ = wire.send(vec![frame]).await;
            wire.close(code).await;
            None
        }
    }
}

/// How a socket ends that never got to its first frame.
enum Ending {
    Silent,
    GoAway,
    Close(u16),
    Refuse(ErrorCode),
    CloseUnread(u16),
}

impl Ending {
    async fn carry_out(self, mut wire: Wire) {
        match self {
            Self::Silent => {}
            Self::GoAway => go_away(wire).await,
            Self::Close(code) => wire.close(code).await,
            Self::CloseUnread(code) => wire.close_unread(code).await,
            Self::Refuse(code) => {
                let _ = wire.send(vec![refused(None, None, code.into())]).await;
                wire.close(close_code(code)).await;
            }
        }
    }
}

async fn first_frame(wire: &mut Wire, seat: &Seat, limit: Duration) -> Result<String, Ending> {
    let wait = async {
        loop {
            tokio::select! {
                incoming = wire.receive() => match incoming {
                    Incoming::Text(text) => {
                        return Ok(mend_lone_surrogates(&text).into_owned());
                    }
                    Incoming::Alive => {}
                    Incoming::TooBig(_) => return Err(Ending::Refuse(ErrorCode::FrameTooBig)),
                    Incoming::Binary => return Err(Ending::Refuse(ErrorCode::BadFrame)),
                    Incoming::Unreadable { too_big: true } => {
                        return Err(Ending::CloseUnread(close::FRAME_TOO_BIG));
                    }
                    Incoming::Unreadable { too_big: false } => {
                        return Err(Ending::Close(close::BAD_FRAME));
                    }
                    Incoming::Gone => return Err(Ending::Silent),
                },
                () = seat.mailbox().woken() => match seat.mailbox().take().end {
                    Some(End::GoingAway) => return Err(Ending::GoAway),
                    Some(_) => return Err(Ending::Silent),
                    None => {}
                },
            }
        }
    };
    timeout(limit, wait)
        .await
        .unwrap_or(Err(Ending::Close(close::CONNECT_TIMEOUT)))
}

/// The guest, or what to say to them and the code to close with.
async fn greet(
    app: &Arc<App>,
    seat: &mut Seat,
    head: Head,
    first: &str,
) -> Result<Guest, (String, u16)> {
    let unreadable = |error| (bad_frame(error), close::BAD_FRAME);
    if let VisitorCommand::Connect(connect) = VisitorCommand::decode(first).map_err(unreadable)? {
        return greet_visitor(app, seat, &head, connect).await.map_err(no);
    }
    if let AgentCommand::Connect(connect) = AgentCommand::decode(first).map_err(unreadable)? {
        return greet_agent(app, seat, head, connect).await.map_err(no);
    }
    Err(no(ErrorCode::BadFrame.into()))
}

fn no(error: Error) -> (String, u16) {
    if let Error::Storage(fault) = &error {
        tracing::error!(%fault, "a connect failed");
    }
    let refusal = error.refusal();
    let code = close_code(refusal.code);
    (refused(None, None, refusal), code)
}

async fn greet_visitor(
    app: &Arc<App>,
    seat: &mut Seat,
    head: &Head,
    connect: ConnectVisitor,
) -> Result<Guest, Error> {
    let verified =
        match &connect.token {
            None => None,
            Some(token) => Some(app.tokens.read(token, app.now()).map_err(
                |fault| match fault {
                    TokenFault::Foreign => ErrorCode::Unauthenticated,
                    TokenFault::Expired => ErrorCode::Expired,
                },
            )?),
        };
    if let Some(pass) = &verified {
        seat.follow(Topic::Contact(pass.contact.clone()));
    }
    let verified = verified.map(|pass| VerifiedVisitor {
        contact: pass.contact,
        channel: pass.channel,
    });
    let arrival = Arrival {
        origin: head.source.origin().map(str::to_owned),
        country: head.country.clone().or_else(|| guess(&connect)),
    };
    let (connected, feeds) = app
        .run(move |app| {
            let connected = app.service.connect_visitor(verified, &arrival, &connect)?;
            Ok((connected, connect.feeds))
        })
        .await?;
    let visitor = connected.visitor.clone();
    // Nobody else can know a contact that was made up just now.
    seat.follow(Topic::Contact(visitor.contact.clone()));
    let token = app.tokens.sign(&VisitorPass {
        contact: visitor.contact.clone(),
        channel: visitor.channel.clone(),
        issued_at: app.now(),
    });
    Ok(Guest {
        who: Who::new(Principal::Visitor(visitor), None),
        ready: VisitorFrame::Ready(connected.ready(token)).encode(),
        feeds,
    })
}

/// The country, where the connection does not tell it.
fn guess(connect: &ConnectVisitor) -> Option<Country> {
    let time_zone = connect.time_zone.as_deref()?;
    country::guessed(time_zone).map(Into::into)
}

async fn greet_agent(
    app: &Arc<App>,
    seat: &mut Seat,
    head: Head,
    connect: ConnectAgent,
) -> Result<Guest, Error> {
    // A token in the frame was put there by whoever wrote the page; a cookie is sent by the
    // browser, so there the page has to be ours.
    let key = match (connect.token.clone(), head.key) {
        (Some(token), _) => token,
        (None, _) if !head.source.may_act_for_agents() => {
            return Err(ErrorCode::OriginRefused.into());
        }
        (None, Some(key)) => key,
        (None, None) => return Err(ErrorCode::Unauthenticated.into()),
    };
    let session = app.run(move |app| app.service.check_session(&key)).await?;
    let sign_in = session.sign_in;
    seat.follow(Topic::SignIn(sign_in.clone()));
    let agent = session.agent.id;
    let (ready, session, feeds) = {
        let (agent, sign_in) = (agent.clone(), sign_in.clone());
        app.run(move |app| {
            let session = app.service.renew_session(&sign_in)?;
            let ready = app.service.connect_agent(&agent, &connect)?;
            Ok((ready, session, connect.feeds))
        })
        .await?
    };
    Ok(Guest {
        who: Who::new(Principal::Agent(agent), Some((sign_in, session.expires_at))),
        ready: AgentFrame::Ready(ready).encode(),
        feeds,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size<A, B, C, F: Future>(_: fn(A, B, C) -> F) -> usize {
        size_of::<F>()
    }

    #[test]
    fn an_idle_socket_s_task_is_small() {
        let task = size(serve);
        assert!(task <= 1536, "{task} bytes");
    }
}
