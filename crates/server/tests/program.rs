//! The program as an operator meets it: its first line, its sentences, its exit codes.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on has failed; so have its helpers"
)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use protocol::agent::{AgentCommand, AgentFrame, ConversationOpened, ListConversations};
use protocol::error::close;
use protocol::hello::{ConnectAgent, ConnectVisitor, VisitorReady};
use protocol::http::{UploadRequest, UploadTicket};
use protocol::ids::{ClientId, SiteKey};
use protocol::version::PROTOCOL;
use protocol::visitor::{OpenConversation, VisitorCommand, VisitorFrame};
use testkit::sign_in::sign_in;
use testkit::socket::Dial;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

fn parlour(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_parlour"));
    command
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn serve(data: &Path) -> Command {
    let data = data.to_str().unwrap();
    parlour(&["serve", "--listen", "127.0.0.1:0", "--data", data])
}

/// A server that runs until it is dropped.
struct Running {
    child: Child,
    address: SocketAddr,
}

impl Running {
    fn start(mut command: Command) -> Self {
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap())
            .read_line(&mut line)
            .unwrap();
        let address = line
            .trim_end()
            .strip_prefix("listening on http://")
            .unwrap_or_else(|| unreachable!("{line:?}"));
        Self {
            address: address.parse().unwrap(),
            child,
        }
    }

    fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-s", name, &id]).status();
        assert!(sent.unwrap().success());
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The one sentence of a program that did not start.
fn complaint(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    let text = String::from_utf8(output.stderr.clone()).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let last = *lines.last().unwrap();
    assert!(last.ends_with('.'), "{text}");
    last.to_owned()
}

async fn arrive(address: SocketAddr) -> testkit::socket::Socket {
    meet(address).await.0
}

async fn meet(address: SocketAddr) -> (testkit::socket::Socket, VisitorReady) {
    let mut socket = Dial::to(address).open().await.unwrap();
    socket
        .send(&VisitorCommand::Connect(ConnectVisitor {
            protocol: PROTOCOL,
            site: SiteKey::parse("demo-support").unwrap(),
            token: None,
            languages: Vec::new(),
            language: "en".to_owned(),
            feeds: Vec::new(),
            page: None,
            time_zone: None,
            reduced_motion: None,
        }))
        .await
        .unwrap();
    match socket.frame().await.unwrap() {
        VisitorFrame::Ready(ready) => (socket, ready),
        other => unreachable!("{other:?}"),
    }
}

#[test]
fn scripts_are_checked_with_an_exit_code_and_lines() {
    let demo = concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/demo.json");
    let output = parlour(&["script", "check", demo]).output().unwrap();
    assert!(output.status.success());
    let line = String::from_utf8(output.stdout).unwrap();
    assert!(
        line.starts_with(demo) && line.ends_with("no problems\n"),
        "{line}"
    );

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bot.json");
    std::fs::write(&file, "{\n\"name\": \"Bot\",\n}").unwrap();
    let file = file.to_str().unwrap();
    let output = parlour(&["script", "check", file]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(
        text.starts_with(&format!("{file}:3: this is not JSON: trailing comma")),
        "{text}"
    );
    assert_eq!(text.lines().count(), 1);
}

#[test]
fn files_of_channels_are_checked_with_an_exit_code_and_lines() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("shop.json");
    std::fs::write(&file, "{\n\"expected_reply_minutes\": 5}").unwrap();
    let file = file.to_str().unwrap();
    assert_eq!(
        answer(&mut parlour(&["channel", "check", file])),
        format!("{file}: a reply within 5 minutes, no problems\n")
    );

    std::fs::write(file, "{\n\"hours\": {},\n\"offline\": {\"fields\": []}}").unwrap();
    let output = parlour(&["channel", "check", file]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(
        text,
        format!(
            "{file}:2: `hours`: missing field `time_zone`\n\
             {file}:3: `offline` has no fields; give it some or leave it out\n"
        )
    );
}

/// Reads a log until a line has these words; that line.
fn heard(log: &mut impl BufRead, words: &str) -> String {
    loop {
        let mut line = String::new();
        assert_ne!(log.read_line(&mut line).unwrap(), 0, "no {words:?}");
        if line.contains(words) {
            return line;
        }
    }
}

#[tokio::test]
async fn a_running_server_takes_up_files_of_sites_that_change() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = serve(folder.path());
    command.arg("--demo");
    let mut running = Running::start(command);
    let mut log = BufReader::new(running.child.stderr.take().unwrap());
    heard(&mut log, "scripts/demo-support.json is in force");

    let script = folder.path().join("scripts/demo-support.json");
    let text = std::fs::read_to_string(&script).unwrap();
    std::fs::write(&script, text.replacen("\"steps\"", "\"step\"", 1)).unwrap();
    let line = heard(&mut log, "did you mean `steps`?");
    assert!(line.contains("scripts/demo-support.json:4: "), "{line}");
    let line = heard(&mut log, "refused");
    assert!(line.contains("stays in force"), "{line}");
    arrive(running.address).await;

    std::fs::write(&script, &text).unwrap();
    heard(&mut log, "scripts/demo-support.json is in force");
    std::fs::create_dir(folder.path().join("channels")).unwrap();
    std::fs::write(folder.path().join("channels/demo-sales.json"), "{}").unwrap();
    heard(&mut log, "channels/demo-sales.json is in force");
    std::fs::remove_file(&script).unwrap();
    heard(&mut log, "scripts/demo-support.json is gone");
    arrive(running.address).await;
}

#[test]
fn settings_for_countries_that_cannot_be_followed_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let missing = folder.path().join("missing.mmdb");
    let damaged = folder.path().join("damaged.mmdb");
    std::fs::write(&damaged, b"no such file").unwrap();
    for (file, fault) in [(missing, "cannot be read"), (damaged, "is damaged")] {
        let output = serve(&data).arg("--geoip").arg(&file).output().unwrap();
        let sentence = complaint(&output);
        assert!(sentence.contains(file.to_str().unwrap()), "{sentence}");
        assert!(sentence.contains(fault), "{sentence}");
    }
    let output = serve(&data)
        .args(["--country-header", "CF-IPCountry"])
        .output();
    let sentence = complaint(&output.unwrap());
    assert!(sentence.contains("trusted proxies only"), "{sentence}");
}

#[tokio::test]
async fn signals_end_it_politely_and_with_success() {
    for name in ["TERM", "INT"] {
        let folder = tempfile::tempdir().unwrap();
        let mut command = serve(folder.path());
        command.arg("--demo");
        let mut running = Running::start(command);
        let mut socket = arrive(running.address).await;
        running.signal(name);
        let bye = socket.frame().await.unwrap();
        assert!(matches!(bye, VisitorFrame::Bye(_)), "{bye:?}");
        assert_eq!(socket.closed().await.unwrap(), Some(close::GOING_AWAY));
        assert!(running.child.wait().unwrap().success());
    }
}

#[test]
fn a_port_that_is_taken_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let data = folder.path().to_str().unwrap();
    let output = parlour(&["serve", "--listen", &address, "--data", data])
        .output()
        .unwrap();
    let sentence = complaint(&output);
    assert!(sentence.contains(&address), "{sentence}");
    assert!(sentence.contains("already listens"), "{sentence}");
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let output = serve(&file.join("data")).output().unwrap();
    let sentence = complaint(&output);
    assert!(sentence.contains("cannot be written"), "{sentence}");
    assert!(sentence.contains("file/data"), "{sentence}");
}

#[test]
fn a_folder_that_another_server_uses_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let _running = Running::start(serve(folder.path()));
    let sentence = complaint(&serve(folder.path()).output().unwrap());
    assert!(sentence.contains("already uses"), "{sentence}");
}

#[test]
fn a_damaged_database_is_named_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("parlour.db");
    let rubbish = "this was a database once ".repeat(400);
    std::fs::write(&file, &rubbish).unwrap();
    let sentence = complaint(&serve(folder.path()).output().unwrap());
    assert!(sentence.contains("parlour.db is damaged"), "{sentence}");
    assert_eq!(std::fs::read_to_string(file).unwrap(), rubbish);
}

#[test]
fn a_database_of_a_newer_program_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let running = Running::start(serve(folder.path()));
    drop(running);
    let database = rusqlite::Connection::open(folder.path().join("parlour.db")).unwrap();
    database.pragma_update(None, "user_version", 77).unwrap();
    drop(database);
    let sentence = complaint(&serve(folder.path()).output().unwrap());
    assert!(sentence.contains("newer parlour"), "{sentence}");
    assert!(sentence.contains("77"), "{sentence}");
}

#[tokio::test]
async fn no_room_at_the_start_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let outcome = server::start(server::config::Config {
        listen: "127.0.0.1:0".to_owned(),
        data: folder.path().to_owned(),
        database_pages: Some(4),
        ..server::config::Config::default()
    })
    .await;
    let sentence = outcome.map(|_| "it started").unwrap_err().to_string();
    assert!(sentence.contains("no room left"), "{sentence}");
}

#[test]
fn a_setting_that_makes_no_sense_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = serve(folder.path());
    command.env("PARLOUR_PUBLIC_URL", "chat.example.com");
    let sentence = complaint(&command.output().unwrap());
    assert!(sentence.contains("chat.example.com"), "{sentence}");
    let output = parlour(&["serve", "--listen", "nonsense"])
        .output()
        .unwrap();
    let sentence = complaint(&output);
    assert!(sentence.contains("nonsense"), "{sentence}");
}

#[tokio::test]
async fn an_added_administrator_can_sign_in() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    let order = [
        "admin",
        "add",
        "--email",
        "Kim@example.com",
        "--name",
        "Kim",
        "--data",
        data,
    ];
    let mut adding = parlour(&order).stdin(Stdio::piped()).spawn().unwrap();
    adding
        .stdin
        .take()
        .unwrap()
        .write_all(b"correct horse battery\n")
        .unwrap();
    let mut said = String::new();
    adding
        .stdout
        .as_mut()
        .unwrap()
        .read_to_string(&mut said)
        .unwrap();
    assert!(adding.wait().unwrap().success());
    assert_eq!(said, "Kim can sign in now.\n");

    let again = parlour(&order)
        .env("PARLOUR_PASSWORD", "correct horse battery")
        .output()
        .unwrap();
    let sentence = complaint(&again);
    assert!(sentence.contains("already"), "{sentence}");

    let running = Running::start(serve(folder.path()));
    sign_in(running.address, "kim@example.com", "correct horse battery")
        .await
        .unwrap();
    let demo = sign_in(running.address, "ana@example.com", "parlour-demo").await;
    assert!(demo.is_err(), "without --demo there is no demo account");
}

/// What a program that succeeded said.
fn answer(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[tokio::test]
async fn a_channel_that_was_added_takes_visitors_and_is_answered() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    let list = || parlour(&["admin", "list-channels", "--data", data]);
    assert_eq!(answer(&mut list()), "There is no channel yet.\n");
    let kim = ["admin", "add", "--email", "kim@example.com"];
    let mut add = parlour(&kim);
    add.args(["--name", "Kim", "--data", data])
        .env("PARLOUR_PASSWORD", "correct horse battery");
    answer(&mut add);
    let order = |more: &[&str]| {
        let mut command = parlour(&["admin", "add-channel", "--data", data]);
        command.args(more);
        command
    };
    let shop = ["--name", "Shop", "--site-key", "demo-support"];
    let said = answer(&mut order(&shop));
    assert_eq!(
        said,
        "Pages that name the site demo-support reach Shop now.\n"
    );
    let said = answer(&mut order(&[
        "--name",
        "Press",
        "--allowed-origin",
        "https://press.example",
    ]));
    let drawn = said
        .split(' ')
        .find(|word| SiteKey::parse(word).is_some_and(|key| key.as_str().len() == 12));
    let drawn = drawn.unwrap();
    let listed = answer(&mut list());
    assert!(
        listed.contains("demo-support\tShop\tany page\n"),
        "{listed}"
    );
    let press = format!("{drawn}\tPress\thttps://press.example\n");
    assert!(listed.contains(&press), "{listed}");

    let refusals: [(&[&str], &str); 4] = [
        (&shop, "another channel has this site key"),
        (
            &["--name", "X", "--site-key", "a b"],
            "`a b` is no site key",
        ),
        (
            &["--name", "X", "--allowed-origin", "shop.example"],
            "`shop.example` is no origin",
        ),
        (
            &["--name", "X", "--agent", "ben@example.com"],
            "nobody signs in as ben@example.com",
        ),
    ];
    for (flags, wanted) in refusals {
        let sentence = complaint(&order(flags).output().unwrap());
        assert!(sentence.contains(wanted), "{sentence}");
        assert!(sentence.starts_with("The channel was not added"));
    }
    assert_eq!(answer(&mut list()), listed, "what was refused left nothing");

    let running = Running::start(serve(folder.path()));
    let sentence = complaint(&list().output().unwrap());
    assert!(sentence.contains("already uses"), "{sentence}");
    arrive(running.address).await;
}

#[tokio::test]
async fn a_team_that_was_added_is_listed_with_its_members() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    let list = || parlour(&["admin", "list-teams", "--data", data]);
    assert_eq!(answer(&mut list()), "There is no team yet.\n");
    for (email, name) in [("kim@example.com", "Kim"), ("zoe@example.com", "Zoe")] {
        let mut add = parlour(&["admin", "add", "--email", email, "--name", name]);
        add.args(["--data", data])
            .env("PARLOUR_PASSWORD", "correct horse battery");
        answer(&mut add);
    }
    let order = |more: &[&str]| {
        let mut command = parlour(&["admin", "add-team", "--data", data]);
        command.args(more);
        command
    };
    let members = ["--member", "Kim@example.com", "--member", "zoe@example.com"];
    let said = answer(order(&["Press office"]).args(members));
    assert_eq!(said, "Notes can mention the team Press office now.\n");
    let billing = ["Billing", "--member", "zoe@example.com"];
    answer(&mut order(&billing));
    let listed = answer(&mut list());
    let members = |line: &str| {
        let (_, members) = line.split_once('\t').unwrap();
        let mut members: Vec<_> = members.split(' ').map(str::to_owned).collect();
        members.sort();
        members
    };
    let lines: Vec<_> = listed.lines().collect();
    assert_eq!(lines[0], "Billing\tzoe@example.com");
    assert!(lines[1].starts_with("Press office\t"), "{listed}");
    assert_eq!(members(lines[1]), ["kim@example.com", "zoe@example.com"]);

    for (flags, wanted) in [
        (billing, "another team has this name"),
        (
            ["X", "--member", "ben@example.com"],
            "nobody signs in as ben@example.com",
        ),
        (
            [" ", "--member", "zoe@example.com"],
            "the team needs a name",
        ),
    ] {
        let sentence = complaint(&order(&flags).output().unwrap());
        assert!(sentence.contains(wanted), "{sentence}");
        assert!(sentence.starts_with("The team was not added"));
    }
    assert!(
        !order(&["Y"]).output().unwrap().status.success(),
        "nobody is in it"
    );
    assert_eq!(answer(&mut list()), listed, "what was refused left nothing");
}

/// One request by hand; what the server says until it hangs up.
async fn ask(address: SocketAddr, head: &str, body: &[u8]) -> String {
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let head = format!("{head}\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(body).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

/// Names of everything in the store of files.
fn blobs(data: &Path) -> Vec<String> {
    let shelves = std::fs::read_dir(data.join("blobs")).unwrap();
    let entries = shelves.flat_map(|shelf| std::fs::read_dir(shelf.unwrap().path()).unwrap());
    entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

#[tokio::test]
async fn a_filled_folder_is_served() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    let fill = |count: &str, more: &[&str]| {
        let mut command = parlour(&["fill", "--data", data, "--conversations", count]);
        command.args(more);
        command
    };
    let said = answer(&mut fill("7", &["--messages", "250"]));
    assert!(
        said.starts_with("7 conversations of 250 messages"),
        "{said}"
    );
    let sentence = complaint(&fill("1", &["--site-key", "nowhere"]).output().unwrap());
    assert!(sentence.contains("`nowhere`"), "{sentence}");

    let first = first_conversation(folder.path()).await;
    assert_eq!(first.opened.messages.len(), 50);
    assert!(first.opened.has_more_before);
    let last = |seen: &Seen| seen.opened.messages.last().unwrap().text.clone();
    assert!(last(&first).starts_with("250 "));
    assert_eq!(first.listed, 7);

    // One that is there goes on behind its last message.
    let id = first.opened.conversation.as_str().to_owned();
    let on = [
        "fill",
        "--data",
        data,
        "--conversation",
        &id,
        "--messages",
        "30",
    ];
    let said = answer(&mut parlour(&on));
    assert!(said.starts_with("30 more messages"), "{said}");
    let first = first_conversation(folder.path()).await;
    assert!(last(&first).starts_with("30 "));
    let earlier = &first.opened.messages[first.opened.messages.len() - 31];
    assert!(earlier.text.starts_with("250 "), "{}", earlier.text);
    assert_eq!(first.listed, 7);
    let on = ["fill", "--data", data, "--conversation", "nowhere"];
    let sentence = complaint(&parlour(&on).output().unwrap());
    assert!(sentence.contains("nowhere"), "{sentence}");
}

/// What an agent sees who opens the first conversation of the list.
struct Seen {
    listed: usize,
    opened: ConversationOpened,
}

async fn first_conversation(data: &Path) -> Seen {
    let running = Running::start(serve(data));
    let cookie = sign_in(running.address, "ana@example.com", "parlour-demo").await;
    let dial = Dial::to(running.address);
    let mut socket = dial.with_cookie(&cookie.unwrap()).open().await.unwrap();
    let connect = ConnectAgent {
        protocol: PROTOCOL,
        token: None,
        feeds: Vec::new(),
    };
    socket.send(&AgentCommand::from(connect)).await.unwrap();
    let list = ListConversations {
        reference: 1,
        after: None,
        limit: 50,
    };
    socket.send(&AgentCommand::from(list)).await.unwrap();
    let listed = socket.wait_for(|frame| match frame {
        AgentFrame::ConversationsListed(listed) => Some(listed),
        _ => None,
    });
    let rows = listed.await.unwrap().rows;
    let open = OpenConversation {
        reference: 2,
        conversation: rows[0].id.clone(),
        limit: 50,
    };
    socket.send(&AgentCommand::from(open)).await.unwrap();
    let opened = socket.wait_for(|frame| match frame {
        AgentFrame::ConversationOpened(opened) => Some(opened),
        _ => None,
    });
    Seen {
        listed: rows.len(),
        opened: opened.await.unwrap(),
    }
}

#[tokio::test]
async fn a_kill_in_the_middle_of_an_upload_leaves_nothing_and_the_upload_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let start = || {
        let mut command = serve(folder.path());
        command.arg("--demo");
        Running::start(command)
    };
    let mut running = start();
    let address = running.address;
    let (_socket, ready) = meet(address).await;
    let asked = UploadRequest {
        client_id: ClientId::from_bits(1),
        name: "a.bin".to_owned(),
        media_type: String::new(),
        size: 2_000_000,
        conversation: None,
        purpose: None,
        voice: None,
    }
    .to_json();
    let announce = format!(
        "POST /v1/uploads HTTP/1.1\r\nAuthorization: Bearer {}\r\n\
         Content-Type: application/json\r\nContent-Length: {}",
        ready.token,
        asked.len()
    );
    let answer = ask(address, &announce, asked.as_bytes()).await;
    let ticket = UploadTicket::from_json(answer.split_once("\r\n\r\n").unwrap().1).unwrap();
    let put = format!("PUT {} HTTP/1.1\r\nContent-Length: 2000000", ticket.url);
    let mut half = tokio::net::TcpStream::connect(address).await.unwrap();
    let head = format!("{put}\r\nHost: {address}\r\n\r\n");
    half.write_all(head.as_bytes()).await.unwrap();
    half.write_all(&[7; 1_500_000]).await.unwrap();
    // The server writes as it reads: it has begun when there is something.
    while !blobs(folder.path()).iter().any(|name| name.contains('#')) {
        tokio::task::yield_now().await;
    }
    running.child.kill().unwrap();
    running.child.wait().unwrap();

    let running = start();
    assert_eq!(blobs(folder.path()), [""; 0]);
    let whole = ask(running.address, &put, &[7; 2_000_000]).await;
    assert!(whole.starts_with("HTTP/1.1 200"), "{whole}");
    assert_eq!(blobs(folder.path()).len(), 1);
}

#[tokio::test]
async fn the_log_carries_no_text_and_no_secret() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = serve(folder.path());
    command.arg("--demo").env("PARLOUR_LOG", "trace");
    let mut running = Running::start(command);
    let log = running.child.stderr.take().unwrap();
    let log = std::thread::spawn(move || {
        let mut text = String::new();
        BufReader::new(log).read_to_string(&mut text).map(|_| text)
    });
    let mut socket = arrive(running.address).await;
    let text = r#"{"type":"post_message","client_id":"0123456789abcdef0123456789abcdef","format":"plain","text":"my secret words"}"#;
    socket.send_text(text).await.unwrap();
    socket
        .wait_for(|frame| matches!(frame, VisitorFrame::Done(_)).then_some(()))
        .await
        .unwrap();
    let cookie = sign_in(running.address, "ana@example.com", "parlour-demo")
        .await
        .unwrap();
    let key = cookie.split('=').nth(1).unwrap();
    running.signal("TERM");
    assert!(running.child.wait().unwrap().success());
    let log = log.join().unwrap().unwrap();
    for secret in ["my secret words", "parlour-demo\"", key] {
        let line = log.lines().find(|line| line.contains(secret));
        assert_eq!(line, None, "{secret}");
    }
}
