//! Facts about drafts and counting.

use protocol::error::ErrorCode;
use protocol::ids::ConversationId;
use protocol::limits::Limits;
use protocol::time::Timestamp;

use super::{Composer, problem_of, scalars_left};
use crate::effect::Effect;
use crate::turn::Turn;

fn turn() -> Turn {
    Turn::new(Timestamp(0), 0, true)
}

fn id(text: &str) -> Option<ConversationId> {
    ConversationId::parse(text)
}

#[test]
fn characters_are_counted_as_the_server_stores_them() {
    let limits = Limits {
        text_scalars: 4,
        ..Limits::default()
    };
    assert_eq!(scalars_left("a\r\nb", &limits), 1);
    assert_eq!(scalars_left("👩‍👩‍👧", &limits), -1);
    assert_eq!(problem_of("abcd", &limits), None);
    assert_eq!(problem_of("abcde", &limits), Some(ErrorCode::TextTooLong));
    assert_eq!(
        problem_of("\u{3000}\n", &limits),
        Some(ErrorCode::TextEmpty)
    );
}

#[test]
fn a_draft_moves_with_its_conversation_and_is_stored_there_first() {
    let mut composer = Composer::default();
    composer.edit("hello".to_owned(), &mut turn());
    let before = composer.revision;
    let mut turn = turn();
    composer.rename(id("c1"), &mut turn);
    assert_eq!(composer.draft(), "hello");
    assert_eq!(composer.revision, before, "the text on screen stays");
    let stored: Vec<_> = turn
        .finish()
        .into_iter()
        .filter(|effect| matches!(effect, Effect::Save { .. } | Effect::Forget { .. }))
        .collect();
    assert_eq!(
        stored,
        [
            Effect::Save {
                key: "draft/c1".to_owned(),
                value: "hello".to_owned()
            },
            Effect::Forget {
                key: "draft/new".to_owned()
            }
        ]
    );
}

#[test]
fn switching_saves_what_was_not_saved_yet() {
    let mut composer = Composer::default();
    composer.switch(id("a"), &mut turn());
    composer.edit("for a".to_owned(), &mut turn());
    let mut turn = turn();
    composer.switch(id("b"), &mut turn);
    assert!(turn.finish().contains(&Effect::Save {
        key: "draft/a".to_owned(),
        value: "for a".to_owned()
    }));
    assert_eq!(composer.draft(), "");
}
