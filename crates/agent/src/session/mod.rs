//! Who is signed in, and how that changes.
//!
//! The truth is a cookie this page cannot read, so the page asks. Other tabs of the browser
//! share the cookie: a change there is noticed by a word in storage and when the page comes
//! back into view. Invariant: what one agent wrote is never shown to, or sent by, another.

mod http;

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::author::AgentRef;
use protocol::http::{SignInRequest, SignedIn};

pub(crate) use http::Failure;

use crate::browser::preferences::Choice;

/// Time between two questions while the server does not answer.
const AGAIN: Duration = Duration::from_secs(4);

/// What is known about the sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// Nothing yet; the first question is on its way.
    Asking,
    /// The server does not answer, so nobody knows.
    Unreachable,
    /// Nobody is signed in.
    SignedOut(Reason),
    /// This agent is.
    SignedIn(AgentRef),
}

/// Why nobody is signed in; the sign-in page says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    /// They have not been yet.
    NotYet,
    /// The session ran out or was ended elsewhere.
    Expired,
    /// They signed out here.
    Left,
}

/// The session of this page. Copied freely.
#[derive(Clone, Copy)]
pub(crate) struct Session {
    state: RwSignal<State>,
}

impl Session {
    /// Asks who is signed in, and goes on asking when there is reason to. Call it once.
    pub(crate) fn begin() -> Self {
        let session = Self {
            state: RwSignal::new(State::Asking),
        };
        provide_context(session);
        session.ask();
        session.watch_other_tabs();
        session
    }

    /// What is known now.
    pub(crate) fn state(self) -> State {
        self.state.get()
    }

    /// Asks the server.
    pub(crate) fn ask(self) {
        spawn_local(async move {
            let answer = http::me().await;
            let known = self.state.get_untracked();
            if let Some(state) = after_answer(&known, answer) {
                self.change(state);
            }
        });
    }

    /// Asks again every few seconds as long as the current owner lives.
    pub(crate) fn ask_again_soon(self) {
        if let Ok(handle) = set_interval_with_handle(move || self.ask(), AGAIN) {
            on_cleanup(move || handle.clear());
        }
    }

    /// Tries to sign in.
    pub(crate) async fn sign_in(self, request: &SignInRequest) -> Result<(), Failure> {
        let SignedIn { agent, .. } = http::sign_in(request).await?;
        self.change(State::SignedIn(agent));
        Ok(())
    }

    /// Signs out. On failure the agent stays signed in, and should know.
    pub(crate) async fn sign_out(self) -> Result<(), Failure> {
        match http::sign_out().await {
            Err(failure) if !failure.is_signed_out() => Err(failure),
            _ => {
                self.change(State::SignedOut(Reason::Left));
                Ok(())
            }
        }
    }

    /// Takes note that the session ended in the middle of the work.
    pub(crate) fn expired(self) {
        if matches!(self.state.get_untracked(), State::SignedIn(_)) {
            self.change(State::SignedOut(Reason::Expired));
        }
    }

    /// Takes note that the server refused the session: it ended, or it is another agent's by
    /// now, who then goes on here with what is theirs.
    pub(crate) fn refused(self) {
        spawn_local(async move {
            match http::me().await {
                Ok(SignedIn { agent, .. }) => self.change(State::SignedIn(agent)),
                Err(_) => self.expired(),
            }
        });
    }

    fn change(self, state: State) {
        if self.state.get_untracked() == state {
            return;
        }
        match &state {
            State::SignedIn(agent) => Choice::Agent.write(agent.id.as_str()),
            State::SignedOut(Reason::Left) => Choice::Agent.forget(),
            _ => {}
        }
        self.state.set(state);
    }

    fn watch_other_tabs(self) {
        let storage = window_event_listener(ev::storage, move |event| {
            if event.key() == Some(Choice::Agent.key()) {
                self.ask();
            }
        });
        let shown = window_event_listener(ev::pageshow, move |event| {
            if event.persisted() {
                self.ask();
            }
        });
        let online = window_event_listener(ev::online, move |_| {
            if self.state.get_untracked() == State::Unreachable {
                self.ask();
            }
        });
        on_cleanup(move || {
            storage.remove();
            shown.remove();
            online.remove();
        });
    }
}

/// The session of the app around this component.
pub(crate) fn use_session() -> Session {
    expect_context()
}

/// What an answer of `GET /v1/me` changes. No answer changes nothing for somebody who works:
/// the connection banner tells about networks.
fn after_answer(known: &State, answer: Result<SignedIn, Failure>) -> Option<State> {
    match (answer, known) {
        (Ok(SignedIn { agent, .. }), _) => Some(State::SignedIn(agent)),
        (Err(failure), State::SignedIn(_)) if failure.is_signed_out() => {
            Some(State::SignedOut(Reason::Expired))
        }
        (Err(failure), State::Asking | State::Unreachable) if failure.is_signed_out() => {
            Some(State::SignedOut(Reason::NotYet))
        }
        (Err(_), State::Asking) => Some(State::Unreachable),
        (Err(_), _) => None,
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use protocol::error::ErrorCode;
    use protocol::ids::AgentId;
    use protocol::time::Timestamp;

    use super::*;

    fn agent(id: &str) -> AgentRef {
        AgentRef {
            id: AgentId::parse(id).expect("an id"),
            name: id.to_owned(),
        }
    }

    fn here(id: &str) -> Result<SignedIn, Failure> {
        Ok(SignedIn {
            agent: agent(id),
            expires_at: Timestamp(0),
        })
    }

    fn refused(code: ErrorCode) -> Result<SignedIn, Failure> {
        Err(Failure::Refused {
            code,
            retry_after_ms: None,
        })
    }

    #[test]
    fn the_first_answer_decides_where_to_begin() {
        let first = |answer| after_answer(&State::Asking, answer);
        assert_eq!(first(here("ana")), Some(State::SignedIn(agent("ana"))));
        assert_eq!(
            first(refused(ErrorCode::Unauthenticated)),
            Some(State::SignedOut(Reason::NotYet))
        );
        assert_eq!(first(Err(Failure::Unreachable)), Some(State::Unreachable));
    }

    #[test]
    fn a_lost_network_signs_nobody_out() {
        let at_work = State::SignedIn(agent("ana"));
        assert_eq!(after_answer(&at_work, Err(Failure::Unreachable)), None);
        assert_eq!(after_answer(&at_work, Err(Failure::Unreadable)), None);
        assert_eq!(after_answer(&at_work, refused(ErrorCode::Internal)), None);
    }

    #[test]
    fn another_agent_in_another_tab_is_noticed() {
        let at_work = State::SignedIn(agent("ana"));
        assert_eq!(
            after_answer(&at_work, here("ben")),
            Some(State::SignedIn(agent("ben")))
        );
        assert_eq!(
            after_answer(&at_work, refused(ErrorCode::Expired)),
            Some(State::SignedOut(Reason::Expired))
        );
    }

    #[test]
    fn a_sign_in_elsewhere_is_enough() {
        let out = State::SignedOut(Reason::Expired);
        assert_eq!(
            after_answer(&out, here("ana")),
            Some(State::SignedIn(agent("ana")))
        );
        assert_eq!(after_answer(&out, refused(ErrorCode::Expired)), None);
    }
}
