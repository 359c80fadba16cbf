//! Why signing in did not work, as a sentence that stays true while time goes by.

use std::time::Duration;

use leptos::prelude::*;
use protocol::error::ErrorCode;
use protocol::http::SignInRequest;
use protocol::time::Timestamp;
use ui::i18n::{Catalogue, Key, error_sentence, now, use_catalogue};

use super::waiting::{Left, left, rests_until};
use crate::browser::clock::ticking;
use crate::session::Failure;

/// Why signing in did not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// No e-mail address was given.
    MissingEmail,
    /// No password was given.
    MissingPassword,
    /// The server said no.
    Refused(ErrorCode),
    /// Too many wrong passwords: the server listens again from this instant.
    Resting(Timestamp),
    /// This device has no network.
    Offline,
    /// The server does not answer.
    Unreachable,
}

impl Trouble {
    /// What is missing before the server needs to be asked.
    pub(super) fn missing(request: &SignInRequest) -> Option<Self> {
        if request.email.is_empty() {
            Some(Self::MissingEmail)
        } else if request.password.is_empty() {
            Some(Self::MissingPassword)
        } else {
            None
        }
    }

    /// What a failed request means.
    pub(super) fn after(failure: Failure) -> Self {
        match failure {
            Failure::Refused {
                code: ErrorCode::TooManyAttempts | ErrorCode::RateLimited,
                retry_after_ms,
            } => Self::Resting(rests_until(now(), retry_after_ms)),
            Failure::Refused { code, .. } => Self::Refused(code),
            Failure::Unreachable | Failure::Unreadable if is_offline() => Self::Offline,
            Failure::Unreachable | Failure::Unreadable => Self::Unreachable,
        }
    }

    /// Whether pressing the button makes no sense yet.
    pub(super) fn rests(self) -> bool {
        matches!(self, Self::Resting(until) if left(until, now()) != Left::Nothing)
    }

    /// What to tell below a field, when it is that field's own trouble.
    pub(super) fn about(self, field: &str) -> Option<Key> {
        match (self, field) {
            (Self::MissingEmail, super::EMAIL) => Some(Key::AGENT_SIGN_IN_EMAIL_MISSING),
            (Self::MissingPassword, super::PASSWORD) => Some(Key::AGENT_SIGN_IN_PASSWORD_MISSING),
            _ => None,
        }
    }

    /// What to tell above the button; nothing when a field tells it.
    fn sentence(self, catalogue: &Catalogue, now: Timestamp) -> String {
        catalogue.text(match self {
            Self::MissingEmail | Self::MissingPassword => return String::new(),
            Self::Refused(code) => error_sentence(code),
            Self::Offline => Key::AGENT_SIGN_IN_OFFLINE,
            Self::Unreachable => Key::AGENT_SIGN_IN_UNREACHABLE,
            Self::Resting(until) => match left(until, now) {
                Left::Nothing => Key::AGENT_SIGN_IN_AGAIN,
                time => {
                    let when = in_words(time, catalogue.tag());
                    return catalogue
                        .text_with(Key::AGENT_SIGN_IN_TOO_MANY, &[("when", when.as_str())]);
                }
            },
        })
    }
}

/// The sentence; a waiting time in it counts down.
#[component]
pub(super) fn TroubleLine(
    /// What went wrong last.
    trouble: RwSignal<Option<Trouble>>,
) -> impl IntoView {
    let catalogue = use_catalogue();
    let time = ticking(Duration::from_secs(1));
    let sentence = move || {
        let trouble = trouble.get()?;
        // The clock is one second late at most; a refusal made just now must not say so.
        let now = time.get().max(now());
        Some(trouble.sentence(&catalogue.get(), now))
    };
    // Always in the page, so that screen readers notice when it fills. It does not count aloud.
    view! { class="p",
        <p class="sign-in-trouble" id="sign-in-trouble" role="alert">
            {sentence}
        </p>
    }
}

/// "in 12 seconds", as the language says it.
fn in_words(time: Left, tag: &str) -> String {
    let (number, unit) = match time {
        Left::Nothing => return String::new(),
        Left::Seconds(seconds) => (seconds, "second"),
        Left::Minutes(minutes) => (minutes, "minute"),
    };
    let locales = js_sys::Array::of1(&tag.into());
    js_sys::Intl::RelativeTimeFormat::new(&locales, &js_sys::Object::new())
        .format(f64::from(number), unit)
        .into()
}

fn is_offline() -> bool {
    web_sys::window().is_some_and(|window| !window.navigator().on_line())
}
