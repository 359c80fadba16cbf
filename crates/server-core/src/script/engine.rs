//! How a run moves: one function per thing that can happen, none of them waits.
//!
//! [`next`] gives one action and moves the run past it. To know the action before its pause is
//! over, call it on a copy. Invariant: between two things a visitor or a person does, a run
//! gives only finitely many actions; checked scripts see to that themselves, a bound does for
//! whatever else is stored.

use super::condition::hold;
use super::model::{Kind, SKIP, Script, Step, Target, Texts, Typing};
use super::run::{
    Action, AnswerId, Answered, Asked, Button, Expects, Facts, Place, Run, Status, StepId,
};
use super::template;
use crate::domain::contact_details;

/// Shortest and longest pause before a message, in milliseconds.
const PAUSE_MS: (u32, u32) = (400, 2_000);
/// What each character adds to it.
const PAUSE_PER_CHARACTER_MS: u32 = 12;

/// What became of a pressed button.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ButtonOutcome {
    /// It is the answer.
    Taken(Answered),
    /// The question has its answer already, perhaps from another tab.
    AlreadyAnswered,
    /// The question has no such button.
    NoSuchAnswer,
    /// The question is not being asked.
    NotAwaited,
}

/// What became of a typed text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextOutcome {
    /// It is the answer.
    Taken(Answered),
    /// It is not what was asked for; the bot will ask again.
    NotValid,
    /// Only a button will do.
    Locked,
    /// Nothing is being asked; the text is an ordinary message.
    NotAwaited,
}

/// A new run at the beginning of a script.
pub fn begin(script: &Script) -> Run {
    Run {
        script: script.hash.clone(),
        status: Status::Speaking { from: Place::Start },
        step: None,
        said: Vec::new(),
        answers: Vec::new(),
        variables: std::collections::BTreeMap::new(),
        restarts: 0,
        unasked: 0,
    }
}

/// Begins again. Earlier answers stay on record but count no more. Refused, with `false`, once a
/// person was found or is being looked for.
pub fn restart(script: &Script, run: &mut Run) -> bool {
    if matches!(run.status, Status::Forwarding { .. } | Status::Forwarded) {
        return false;
    }
    let answers = std::mem::take(&mut run.answers);
    *run = Run {
        answers,
        restarts: run.restarts.saturating_add(1),
        ..begin(script)
    };
    true
}

/// The next action, if it is the bot's turn.
pub fn next(script: &Script, run: &mut Run, facts: &Facts) -> Option<Action> {
    let Status::Speaking { from } = &run.status else {
        return None;
    };
    let bound = script.steps.len().saturating_mul(2).saturating_add(8);
    run.unasked = run.unasked.saturating_add(1);
    let step = if run.unasked as usize > bound {
        None
    } else {
        match from {
            Place::Again(id) => {
                if let Some((_, step)) = script.find(id) {
                    return Some(ask_again(script, run, facts, step));
                }
                None
            }
            Place::Start => first_that_holds(script, run, facts, 0),
            Place::At(id) => script
                .find(id)
                .and_then(|(index, _)| first_that_holds(script, run, facts, index)),
            Place::Over => None,
        }
    };
    let Some(step) = step else {
        run.status = Status::Ended;
        return Some(Action::End);
    };
    Some(perform(script, run, facts, step))
}

/// Takes a pressed button as the answer to a step's question.
pub fn answer_button(
    script: &Script,
    run: &mut Run,
    step: &StepId,
    answer: &AnswerId,
) -> ButtonOutcome {
    let asked = match &run.status {
        Status::Awaiting { asked } if asked.step == *step => asked,
        _ if run.latest_answer(step).is_some() => return ButtonOutcome::AlreadyAnswered,
        _ => return ButtonOutcome::NotAwaited,
    };
    let Some(button) = asked.buttons.iter().find(|button| button.id == *answer) else {
        return ButtonOutcome::NoSuchAnswer;
    };
    let answered = Answered {
        step: step.clone(),
        input: asked.input,
        question: asked.text.clone(),
        answer: Some(answer.clone()),
        text: button.text.clone(),
        normalised: None,
        round: run.restarts,
    };
    ButtonOutcome::Taken(take(script, run, answered))
}

/// Takes a typed text as the answer to what is being asked.
pub fn answer_text(script: &Script, run: &mut Run, text: &str) -> TextOutcome {
    let Status::Awaiting { asked } = &run.status else {
        return TextOutcome::NotAwaited;
    };
    if asked.locked {
        return TextOutcome::Locked;
    }
    let normalised = match asked.input {
        Expects::Email => contact_details::email(text).map(Some),
        Expects::Phone => contact_details::phone(text).map(|number| Some(number.dialled)),
        Expects::Buttons | Expects::Line | Expects::Lines => {
            (!text.trim().is_empty()).then_some(None)
        }
    };
    let Some(normalised) = normalised else {
        run.status = Status::Speaking {
            from: Place::Again(asked.step.clone()),
        };
        run.unasked = 0;
        return TextOutcome::NotValid;
    };
    let answered = Answered {
        step: asked.step.clone(),
        input: asked.input,
        question: asked.text.clone(),
        answer: None,
        text: text.to_owned(),
        normalised,
        round: run.restarts,
    };
    TextOutcome::Taken(take(script, run, answered))
}

/// A person was found. `false` when none was being looked for.
pub fn forward_succeeded(run: &mut Run) -> bool {
    let forwarding = matches!(run.status, Status::Forwarding { .. });
    if forwarding {
        run.status = Status::Forwarded;
    }
    forwarding
}

/// Nobody was found: the script goes on with its fallback. `false` when none was being looked for.
pub fn forward_failed(script: &Script, run: &mut Run) -> bool {
    let Status::Forwarding { step } = &run.status else {
        return false;
    };
    let target = script.find(step).and_then(|(_, step)| match step.kind {
        Kind::Forward { if_nobody, .. } => Some(if_nobody),
        _ => None,
    });
    run.status = speaking(script, target);
    true
}

/// The first step from here on that takes place.
fn first_that_holds<'s>(
    script: &'s Script,
    run: &Run,
    facts: &Facts,
    from: usize,
) -> Option<&'s Step> {
    let mut steps = script.steps.iter().skip(from);
    steps.find(|step| hold(&step.conditions, run, facts))
}

fn speaking(script: &Script, target: Option<Target>) -> Status {
    let step = target.and_then(|target| script.steps.get(target.0));
    Status::Speaking {
        from: step.map_or(Place::Over, |step| Place::At(step.id.clone())),
    }
}

/// Does what a step does.
fn perform(script: &Script, run: &mut Run, facts: &Facts, step: &Step) -> Action {
    run.step = Some(step.id.clone());
    if !run.said.contains(&step.id) {
        run.said.push(step.id.clone());
    }
    let text = step.text.as_ref().map(|text| words(text, run, facts));
    let said = text.clone().unwrap_or_default();
    match &step.kind {
        Kind::Text => {
            run.status = speaking(script, Some(step.next));
            say(script, facts, step, said, None)
        }
        Kind::Question { .. } | Kind::Input { .. } => {
            let asked = asked(run, facts, step, said.clone());
            run.status = Status::Awaiting {
                asked: asked.clone(),
            };
            say(script, facts, step, said, Some(asked))
        }
        Kind::Forward { expertise, .. } => {
            run.status = Status::Forwarding {
                step: step.id.clone(),
            };
            Action::Forward {
                step: step.id.clone(),
                expertise: expertise.clone(),
                text,
            }
        }
        Kind::End if text.is_some() => {
            run.status = Status::Speaking { from: Place::Over };
            say(script, facts, step, said, None)
        }
        Kind::End => {
            run.status = Status::Ended;
            Action::End
        }
    }
}

/// Asks once more what was not answered; what is on record is still the question itself.
fn ask_again(script: &Script, run: &mut Run, facts: &Facts, step: &Step) -> Action {
    let own = step.text.as_ref().map(|text| words(text, run, facts));
    let own = own.unwrap_or_default();
    let again = match &step.kind {
        Kind::Input {
            again: Some(again), ..
        } => words(again, run, facts),
        _ => own.clone(),
    };
    let asked = asked(run, facts, step, own);
    run.status = Status::Awaiting {
        asked: asked.clone(),
    };
    say(script, facts, step, again, Some(asked))
}

fn asked(run: &Run, facts: &Facts, step: &Step, text: String) -> Asked {
    let button = |id: &AnswerId, text: &Texts, link: &Option<String>| Button {
        id: id.clone(),
        text: words(text, run, facts),
        link: link.clone(),
    };
    let (input, locked, buttons) = match &step.kind {
        Kind::Question {
            choices, required, ..
        } => {
            let buttons = choices.iter();
            let buttons = buttons.map(|choice| button(&choice.id, &choice.text, &choice.link));
            (Expects::Buttons, *required, buttons.collect())
        }
        Kind::Input { input, skip, .. } => {
            let skip = skip.iter();
            let buttons = skip.map(|text| button(&AnswerId(SKIP.to_owned()), text, &None));
            (Expects::from(*input), false, buttons.collect())
        }
        Kind::Text | Kind::Forward { .. } | Kind::End => (Expects::Lines, false, Vec::new()),
    };
    Asked {
        step: step.id.clone(),
        text,
        input,
        locked,
        buttons,
    }
}

fn say(
    script: &Script,
    facts: &Facts,
    step: &Step,
    text: String,
    question: Option<Asked>,
) -> Action {
    Action::Say {
        delay_ms: pause(script, facts, &text),
        step: step.id.clone(),
        text,
        question,
    }
}

/// How long a person might type such a text, within reason.
fn pause(script: &Script, facts: &Facts, text: &str) -> u32 {
    if script.typing == Typing::None || facts.reduced_motion {
        return 0;
    }
    let characters = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    let (least, most) = PAUSE_MS;
    let typed = characters.saturating_mul(PAUSE_PER_CHARACTER_MS);
    typed.saturating_add(least).min(most)
}

/// A text in the visitor's language with its variables put in. What the visitor answered wins
/// over what is on record.
fn words(texts: &Texts, run: &Run, facts: &Facts) -> String {
    template::fill(texts.said_in(facts.language.as_deref()), |name| {
        let answered = run.variables.get(name).map(String::as_str);
        answered.or(match name {
            "name" => facts.contact.name.as_deref(),
            "email" => facts.contact.email.as_deref(),
            "phone" => facts.contact.phone.as_deref(),
            "channel" => Some(&facts.channel),
            _ => None,
        })
    })
}

/// Puts an answer on record and moves on from its question.
fn take(script: &Script, run: &mut Run, answered: Answered) -> Answered {
    let step = script.find(&answered.step).map(|(_, step)| step);
    let skipped = answered.answer.as_ref().is_some_and(|id| id.0 == SKIP);
    let target = step.map(|step| match (&step.kind, &answered.answer) {
        (Kind::Question { choices, .. }, Some(id)) => choices
            .iter()
            .find(|choice| choice.id == *id)
            .map_or(step.next, |choice| choice.next),
        (Kind::Question { on_text, .. }, None) => *on_text,
        _ => step.next,
    });
    if let Some(name) = step.and_then(|step| step.save_as.clone()) {
        let asked_by_input = answered.input != Expects::Buttons;
        if skipped && asked_by_input {
            run.variables.remove(&name);
        } else {
            let kept = answered.normalised.as_ref().unwrap_or(&answered.text);
            let kept = kept.trim().to_owned();
            run.variables.insert(name, kept);
        }
    }
    run.status = speaking(script, target);
    run.unasked = 0;
    run.record(answered.clone());
    answered
}
