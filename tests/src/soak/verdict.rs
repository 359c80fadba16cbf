//! Counts what a soak did to its messages, from a fresh copy of every conversation.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use client_core::Intent;
use protocol::ids::ConversationId;
use testkit::native_client::NativeClient;

use super::Verdict;
use super::cast::{Cast, texts};

pub(super) async fn judge(cast: &mut Cast, verdict: &mut Verdict) -> Result<()> {
    let mut seen: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    cast.learn_conversations().await;
    let witness = cast.open_witness();
    let mut fresh = BTreeMap::new();
    for (visitor, conversation) in &cast.conversations {
        let copy = whole_conversation(&witness, conversation).await?;
        // An agent's messages are in order within each conversation, a visitor's altogether.
        let mut last: BTreeMap<&str, usize> = BTreeMap::new();
        for text in &copy {
            let (name, number) = text.split_once(" #").context("a text nobody wrote")?;
            let number: usize = number.parse().with_context(|| format!("{text:?}"))?;
            if last
                .insert(name, number)
                .is_some_and(|before| before > number)
            {
                verdict.out_of_order += 1;
            }
            seen.entry(name.to_owned()).or_default().push(number);
        }
        fresh.insert(visitor.clone(), copy);
    }
    for writer in &cast.writers {
        let mut numbers = seen.remove(&writer.name).unwrap_or_default();
        let copies = numbers.len();
        numbers.sort_unstable();
        numbers.dedup();
        verdict.doubled += copies - numbers.len();
        verdict.lost += writer.written() - numbers.len();
        if let Some(copy) = fresh.get(&writer.name) {
            let screen = settled_screen(writer, copy).await?;
            // A screen holds the newest messages, not all.
            if screen.is_empty() != copy.is_empty() || !copy.ends_with(&screen) {
                verdict.diverged += 1;
                println!("soak: {} shows {screen:?}", writer.name);
            }
        }
    }
    Ok(())
}

/// The screen once its last entries came in; whatever it shows when they do not.
async fn settled_screen(writer: &super::cast::Writer, copy: &[String]) -> Result<Vec<String>> {
    let mut screen = writer.screen().await?;
    for _ in 0..600 {
        if !screen.is_empty() && copy.ends_with(&screen) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
        screen = writer.screen().await?;
    }
    Ok(screen)
}

/// Every message of a conversation, page by page.
async fn whole_conversation(witness: &NativeClient, id: &ConversationId) -> Result<Vec<String>> {
    witness.intend(Intent::SelectConversation(Some(id.clone())));
    let id = id.clone();
    for _ in 0..6000 {
        let wanted = id.clone();
        let (ready, older, loading) = witness
            .ask(move |core| {
                let view = core.timeline();
                let ready = view.conversation == Some(wanted)
                    && view.phase == client_core::view::LoadPhase::Ready;
                (ready, view.has_older, view.loading_older)
            })
            .await
            .context("the witness is gone")?;
        if ready && !older {
            return witness.ask(texts).await.context("the witness is gone");
        }
        if ready && !loading {
            witness.intend(Intent::LoadOlder);
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    ensure!(false, "conversation {id} does not load");
    Ok(Vec::new())
}
