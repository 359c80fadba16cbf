//! Who may come in.

use std::net::SocketAddr;
use std::time::Duration;

use protocol::agent::AgentFrame;
use protocol::conversation::Country;
use protocol::error::{ErrorCode, close};
use protocol::hello::ConnectVisitor;
use protocol::ids::SiteKey;
use protocol::message::Format;
use protocol::version::SUBPROTOCOL;
use protocol::visitor::{PostMessage, VisitorCommand, VisitorFrame};
use server::config::Config;
use server::country::CountrySettings;
use testkit::socket::{Dial, Socket, SocketFault};

use crate::support::{AGENT, Agent, Place, Visitor, client_id, connect_visitor, server};

/// What a server says to a first frame it does not like, and how it ends.
async fn turned_away(mut socket: Socket) -> (ErrorCode, Option<u16>) {
    let code = socket
        .wait_for(|frame| match frame {
            VisitorFrame::Refused(refused) => Some(refused.refusal.code),
            _ => None,
        })
        .await
        .unwrap();
    (code, socket.closed().await.unwrap())
}

async fn connect(dial: Dial, connect: ConnectVisitor) -> Socket {
    let mut socket = dial.open().await.unwrap();
    let connect = VisitorCommand::Connect(connect);
    socket.send(&connect).await.unwrap();
    socket
}

#[tokio::test]
async fn the_subprotocol_is_echoed_when_it_is_offered() {
    let (_place, _server, address) = server().await;
    let socket = Dial::to(address).open().await.unwrap();
    assert_eq!(socket.subprotocol(), Some(SUBPROTOCOL));
    let dial = Dial::to(address).without_subprotocol();
    let mut socket = connect(dial, connect_visitor(None, Vec::new())).await;
    assert_eq!(socket.subprotocol(), None);
    let frame = socket.frame().await.unwrap();
    assert!(matches!(frame, VisitorFrame::Ready(_)), "{frame:?}");
}

#[tokio::test]
async fn another_version_is_named_and_closed() {
    let (_place, _server, address) = server().await;
    let mut hello = connect_visitor(None, Vec::new());
    hello.protocol = 99;
    let socket = connect(Dial::to(address), hello).await;
    assert_eq!(
        turned_away(socket).await,
        (
            ErrorCode::VersionUnsupported,
            Some(close::VERSION_UNSUPPORTED)
        )
    );
}

#[tokio::test]
async fn an_unknown_site_is_named_and_closed() {
    let (_place, _server, address) = server().await;
    let mut hello = connect_visitor(None, Vec::new());
    hello.site = SiteKey::parse("nowhere").unwrap();
    let socket = connect(Dial::to(address), hello).await;
    assert_eq!(
        turned_away(socket).await,
        (ErrorCode::UnknownSite, Some(close::FORBIDDEN))
    );
}

#[tokio::test]
async fn a_channel_s_list_of_origins_decides_which_pages_may_use_it() {
    let (_place, server, address) = server().await;
    let site = SiteKey::parse("shop").unwrap();
    let channel = server_core::service::NewChannel {
        site: site.clone(),
        name: "Shop".to_owned(),
        allowed_origins: vec!["https://shop.example".to_owned()],
        agents: server_core::service::Answering::Nobody,
    };
    server.app().service.add_channel(&channel).unwrap();
    let mut hello = connect_visitor(None, Vec::new());
    hello.site = site;
    let dial = Dial::to(address).from_page("https://SHOP.example");
    let mut socket = connect(dial, hello.clone()).await;
    let frame = socket.frame().await.unwrap();
    assert!(matches!(frame, VisitorFrame::Ready(_)), "{frame:?}");
    for page in ["https://evil.example", "null", "http://shop.example"] {
        let socket = connect(Dial::to(address).from_page(page), hello.clone()).await;
        assert_eq!(
            turned_away(socket).await,
            (ErrorCode::OriginRefused, Some(close::FORBIDDEN)),
            "{page}"
        );
    }
}

#[tokio::test]
async fn a_request_without_upgrade_is_a_problem() {
    let (_place, _server, address) = server().await;
    let answer = crate::support::get(address, "/v1/socket", &[]).await;
    assert_eq!(answer.problem(), ErrorCode::BadFrame);
}

#[tokio::test]
async fn a_token_that_is_not_ours_or_for_another_site_admits_nobody() {
    let (_place, _server, address) = server().await;
    let visitor = Visitor::arrive(address).await;
    let token = visitor.ready.token.as_str();
    let mut elsewhere = connect_visitor(Some(token), Vec::new());
    elsewhere.site = SiteKey::parse("demo-support").unwrap();
    let changed = token.replace(visitor.ready.contact.as_str(), "somebody");
    for hello in [
        connect_visitor(Some("v1.k.support.1.00"), Vec::new()),
        connect_visitor(Some(&changed), Vec::new()),
        elsewhere,
    ] {
        let socket = connect(Dial::to(address), hello).await;
        assert_eq!(
            turned_away(socket).await,
            (ErrorCode::Unauthenticated, Some(close::UNAUTHENTICATED))
        );
    }
}

#[tokio::test]
async fn a_first_frame_that_is_no_connect_ends_the_socket() {
    let (_place, _server, address) = server().await;
    for text in ["{", r#"{"type":"ping"}"#, r#"{"type":"connect_visitor"}"#] {
        let mut socket = Dial::to(address).open().await.unwrap();
        socket.send_text(text).await.unwrap();
        assert_eq!(
            turned_away(socket).await,
            (ErrorCode::BadFrame, Some(close::BAD_FRAME))
        );
    }
}

#[tokio::test]
async fn a_socket_without_a_first_frame_is_closed() {
    let place = Place::new();
    let server = server::start(server::config::Config {
        connect_timeout: Duration::from_millis(50),
        ..place.config()
    })
    .await
    .unwrap();
    let mut socket = Dial::to(server.address()).open().await.unwrap();
    assert_eq!(socket.closed().await.unwrap(), Some(close::CONNECT_TIMEOUT));
    server.stop().await;
}

#[tokio::test]
async fn an_agent_s_cookie_counts_only_from_our_own_pages() {
    let (_place, _server, address) = server().await;
    let agent = Agent::arrive(address, AGENT).await;
    for (page, cookie, code) in [
        (
            "https://evil.example",
            agent.cookie.as_str(),
            ErrorCode::OriginRefused,
        ),
        ("null", agent.cookie.as_str(), ErrorCode::OriginRefused),
    ] {
        let dial = Dial::to(address).from_page(page).with_cookie(cookie);
        let mut socket = dial.open().await.unwrap();
        socket.send(&Agent::connect()).await.unwrap();
        assert_eq!(turned_away(socket).await, (code, Some(close::FORBIDDEN)));
    }
    let mut socket = Dial::to(address).open().await.unwrap();
    socket.send(&Agent::connect()).await.unwrap();
    assert_eq!(
        turned_away(socket).await,
        (ErrorCode::Unauthenticated, Some(close::UNAUTHENTICATED))
    );
}

#[tokio::test]
async fn a_silent_client_is_pinged_and_then_taken_for_dead() {
    let place = Place::new();
    let server = server::start(server::config::Config {
        heartbeat: Duration::from_millis(60),
        silence: Duration::from_millis(60),
        ..place.config()
    })
    .await
    .unwrap();
    let mut visitor = Visitor::arrive(server.address()).await;
    assert_eq!(visitor.ready.server.heartbeat_ms, 60);
    let frame = visitor.socket.frame().await.unwrap();
    assert!(matches!(frame, VisitorFrame::Ping(_)), "{frame:?}");
    assert_eq!(visitor.socket.closed().await.unwrap(), None);
    server.stop().await;
}

#[tokio::test]
async fn a_stopping_server_says_goodbye_to_both_sides() {
    let (_place, server, address) = server().await;
    let mut visitor = Visitor::arrive(address).await;
    let mut agent = Agent::arrive(address, AGENT).await;
    let stopping = tokio::spawn(server.stop());
    let bye = visitor.socket.frame().await.unwrap();
    assert!(
        matches!(&bye, VisitorFrame::Bye(bye) if bye.code == close::GOING_AWAY),
        "{bye:?}"
    );
    assert_eq!(
        visitor.socket.closed().await.unwrap(),
        Some(close::GOING_AWAY)
    );
    let bye = agent.socket.frame().await.unwrap();
    assert!(matches!(bye, AgentFrame::Bye(_)), "{bye:?}");
    assert_eq!(
        agent.socket.closed().await.unwrap(),
        Some(close::GOING_AWAY)
    );
    stopping.await.unwrap();
    let gone = Dial::to(address).open().await.map(|_| ());
    assert!(matches!(gone, Err(SocketFault::Broken(_))), "{gone:?}");
}

/// The country agents see of a visitor who writes for the first time.
async fn country_on_record(visitor: &mut Socket, address: SocketAddr) -> Option<Country> {
    let post = PostMessage {
        client_id: client_id(),
        conversation: None,
        text: "Hello?".to_owned(),
        format: Format::Plain,
        greeting: None,
        pressed: None,
        form: None,
        attachments: Vec::new(),
        reply_to: None,
    };
    visitor
        .send(&VisitorCommand::PostMessage(post))
        .await
        .unwrap();
    let posted = visitor.wait_for(|frame| match frame {
        VisitorFrame::Done(done) => done.posted,
        _ => None,
    });
    let conversation = posted.await.unwrap().conversation;
    let listed = Agent::arrive(address, AGENT).await.list().await;
    let row = listed.rows.into_iter().find(|row| row.id == conversation);
    row.unwrap().contact.country
}

#[tokio::test]
async fn a_trusted_proxy_tells_agents_the_visitor_s_country() {
    let place = Place::new();
    for (trusted, expected) in [("127.0.0.0/8", Some("MX")), ("10.0.0.0/8", None)] {
        let server = server::start(Config {
            country: CountrySettings {
                header: Some("cf-ipcountry".to_owned()),
                trusted_proxies: vec![trusted.to_owned()],
                geoip: None,
            },
            ..place.config()
        })
        .await
        .unwrap();
        let dial = Dial::to(server.address()).through_proxy("cf-ipcountry", "MX");
        let mut visitor = connect(dial, connect_visitor(None, Vec::new())).await;
        let country = country_on_record(&mut visitor, server.address()).await;
        assert_eq!(country.map(|country| country.code).as_deref(), expected);
        server.stop().await;
    }
}

#[tokio::test]
async fn a_country_that_nothing_tells_is_guessed_from_the_time_zone() {
    let place = Place::new();
    let server = server::start(Config {
        country: CountrySettings {
            header: Some("cf-ipcountry".to_owned()),
            trusted_proxies: vec!["127.0.0.0/8".to_owned()],
            geoip: None,
        },
        ..place.config()
    })
    .await
    .unwrap();
    let address = server.address();
    let country = |code: &str, guessed| {
        let code = code.to_owned();
        Some(Country { code, guessed })
    };
    for (header, time_zone, expected) in [
        // No country, says the proxy.
        ("XX", Some("Asia/Calcutta"), country("IN", true)),
        ("MX", Some("Asia/Calcutta"), country("MX", false)),
        ("XX", Some("UTC"), None),
        ("XX", Some(" \0"), None),
        ("XX", None, None),
    ] {
        let dial = Dial::to(address).through_proxy("cf-ipcountry", header);
        let hello = ConnectVisitor {
            time_zone: time_zone.map(str::to_owned),
            ..connect_visitor(None, Vec::new())
        };
        let mut visitor = connect(dial, hello).await;
        let told = country_on_record(&mut visitor, address).await;
        assert_eq!(told, expected, "{header} {time_zone:?}");
    }
    server.stop().await;
}
