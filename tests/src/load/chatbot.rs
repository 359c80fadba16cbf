//! How long a chatbot takes from a pressed button to its next bubble, beside the pauses it makes on
//! purpose: many visitors press, each in their own time, on the server as it is shipped.

use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};
use protocol::chatbot::PressedButton;
use protocol::hello::ConnectVisitor;
use protocol::ids::{ClientId, MessageId, SiteKey};
use protocol::message::{Format, MessageKind};
use protocol::version::PROTOCOL;
use protocol::visitor::{OpenConversation, PostMessage, VisitorCommand, VisitorFrame};
use testkit::server_process::ServerProcess;
use testkit::socket::{Dial, Socket};
use tokio::time::sleep;

/// Visitors who talk at the same time.
const VISITORS: usize = 20;
/// How often each presses. All of it takes less than a heartbeat, which nobody answers here.
const PRESSES: usize = 4;
/// Time from one press to the next.
const EVERY: Duration = Duration::from_secs(4);

/// What follows on a press, and is not asked.
const TOLD: &str = "Here is more.";

/// Speaks without pauses and for as long as somebody presses.
const SCRIPT: &str = r#"{
  "name": "Talker", "languages": ["en"], "typing": "none",
  "steps": [
    { "id": "ask", "type": "question", "text": "What now?",
      "answers": [{ "id": "more", "text": "More", "go_to": "tell" }] },
    { "id": "tell", "type": "text", "text": "Here is more.", "go_to": "ask" }
  ]
}"#;

/// Times from press to bubble, sorted.
///
/// # Errors
/// When the server cannot be run or a chatbot falls silent.
pub(super) async fn steps(server: &Path) -> Result<Vec<Duration>> {
    let data = std::env::temp_dir().join(format!("parlour-chatbots-{}", std::process::id()));
    let measured = measure(server, &data).await;
    let _ = std::fs::remove_dir_all(&data);
    measured
}

async fn measure(server: &Path, data: &Path) -> Result<Vec<Duration>> {
    let scripts = data.join("scripts");
    std::fs::create_dir_all(&scripts)?;
    // The demo brings one of its own only where there is none.
    std::fs::write(scripts.join("demo-support.json"), SCRIPT)?;
    let server = ServerProcess::start(server, data, &[]).context("start the server")?;
    let mut talks = Vec::new();
    for _ in 0..VISITORS {
        talks.push(tokio::spawn(talk(server.address)));
    }
    let mut times = Vec::new();
    for talk in talks {
        times.extend(talk.await??);
    }
    times.sort_unstable();
    Ok(times)
}

async fn talk(server: SocketAddr) -> Result<Vec<Duration>> {
    let mut socket = Dial::to(server).open().await?;
    let connect = ConnectVisitor {
        protocol: PROTOCOL,
        site: SiteKey::parse("demo-support").context("the demo's site key")?,
        token: None,
        languages: vec!["en".to_owned()],
        language: "en".to_owned(),
        feeds: Vec::new(),
        page: None,
        time_zone: None,
        reduced_motion: None,
    };
    socket.send(&VisitorCommand::from(connect)).await?;
    let greeting = socket
        .wait_for(|frame| match frame {
            VisitorFrame::Ready(ready) => Some(ready.greeting),
            _ => None,
        })
        .await?
        .context("a chatbot should greet")?;
    let asks = greeting.messages.last().context("a greeting is empty")?;
    sleep(EVERY.mul_f64(rand::random::<f64>())).await;
    press(&mut socket, Some(greeting.id), &asks.id).await?;
    let mut question = begun(&mut socket, &asks.id).await?;
    let mut times = Vec::new();
    for _ in 0..PRESSES {
        let begun = Instant::now();
        press(&mut socket, None, &question).await?;
        bubble(&mut socket, |text, _| text == TOLD).await?;
        times.push(begun.elapsed());
        question = bubble(&mut socket, |text, id| text != TOLD && *id != question).await?;
        sleep(EVERY.saturating_sub(begun.elapsed())).await;
    }
    Ok(times)
}

/// Follows the conversation that begins with the first press; the question it comes to.
async fn begun(socket: &mut Socket, answered: &MessageId) -> Result<MessageId> {
    let posted = socket.wait_for(|frame| match frame {
        VisitorFrame::Done(done) => done.posted.map(Ok),
        VisitorFrame::Refused(refused) => Some(Err(refused.refusal)),
        _ => None,
    });
    let posted = posted.await.context("a press was not answered")?;
    let posted = posted.map_err(|refusal| anyhow!("a press was refused: {refusal:?}"))?;
    let open = OpenConversation {
        reference: 1,
        conversation: posted.conversation,
        limit: 10,
    };
    socket.send(&VisitorCommand::from(open)).await?;
    let messages = socket.wait_for(|frame| match frame {
        VisitorFrame::ConversationOpened(opened) => Some(opened.messages),
        _ => None,
    });
    let messages = messages.await.context("a conversation was not opened")?;
    let asked = messages.into_iter().rev().find(|message| {
        let question = message.question.as_ref();
        question.is_some_and(|question| question.open) && message.id != *answered
    });
    match asked {
        Some(message) => Ok(message.id),
        None => bubble(socket, |text, id| text != TOLD && id != answered).await,
    }
}

async fn press(socket: &mut Socket, greeting: Option<String>, question: &MessageId) -> Result<()> {
    let post = PostMessage {
        client_id: ClientId::from_bits(rand::random()),
        conversation: None,
        text: "More".to_owned(),
        format: Format::Plain,
        greeting,
        pressed: Some(PressedButton {
            question: question.clone(),
            button: "more".to_owned(),
        }),
        form: None,
        attachments: Vec::new(),
        reply_to: None,
    };
    socket.send(&VisitorCommand::from(post)).await?;
    Ok(())
}

/// Waits for something of this kind that the chatbot says.
async fn bubble(
    socket: &mut Socket,
    is_it: impl Fn(&str, &MessageId) -> bool,
) -> Result<MessageId> {
    let said = socket.wait_for(|frame| match frame {
        VisitorFrame::MessagePosted(posted) if posted.message.kind == MessageKind::Automated => {
            let message = posted.message;
            is_it(&message.text, &message.id).then_some(Ok(message.id))
        }
        VisitorFrame::Refused(refused) => Some(Err(refused.refusal)),
        _ => None,
    });
    let said = said.await.context("a chatbot fell silent")?;
    said.map_err(|refusal| anyhow!("a press was refused: {refusal:?}"))
}
