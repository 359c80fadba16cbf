//! Pages of other origins: the widget's may upload, if their channel admits them.

use protocol::error::ErrorCode;
use protocol::ids::SiteKey;
use server_core::service::{Answering, NewChannel};

use crate::support::files::{announce, request};
use crate::support::{Visitor, ask, connect_visitor, server};

const SHOP: &str = "https://shop.example";

#[tokio::test]
async fn a_page_is_told_before_it_asks() {
    let (_place, _server, address) = server().await;
    let asks = [
        ("Origin", SHOP),
        ("Access-Control-Request-Method", "POST"),
        (
            "Access-Control-Request-Headers",
            "authorization, content-type",
        ),
    ];
    let told = ask(address, "OPTIONS", "/v1/uploads", &asks, "").await;
    assert_eq!(told.status, 204);
    assert_eq!(told.header("access-control-allow-origin"), Some(SHOP));
    assert_eq!(
        told.header("access-control-allow-headers"),
        Some("authorization, content-type")
    );
    assert_eq!(told.header("access-control-allow-credentials"), None);
    for path in ["/v1/uploads/f1", "/v1/files/f1"] {
        let told = ask(address, "OPTIONS", path, &asks, "").await;
        assert_eq!(told.status, 204);
        assert_eq!(told.header("access-control-allow-origin"), Some("*"));
        assert!(
            told.header("access-control-allow-methods")
                .unwrap()
                .contains("PUT")
        );
    }
}

#[tokio::test]
async fn only_pages_of_the_channel_s_origins_may_announce() {
    let (_place, server, address) = server().await;
    let made = server.app().service.add_channel(&NewChannel {
        name: "Shop".to_owned(),
        site: SiteKey::parse("shop").unwrap(),
        allowed_origins: vec![SHOP.to_owned()],
        agents: Answering::Everybody,
    });
    made.unwrap();
    let mut connect = connect_visitor(None, Vec::new());
    connect.site = SiteKey::parse("shop").unwrap();
    let visitor = Visitor::arrive_as(address, connect).await;
    let bearer = format!("Bearer {}", visitor.ready.token);
    let body = request("a.txt", "", 2).to_json();
    let from = async |origin: &str| {
        let headers = [("Authorization", bearer.as_str()), ("Origin", origin)];
        ask(address, "POST", "/v1/uploads", &headers, &body).await
    };
    let ours = from(SHOP).await;
    assert_eq!(ours.status, 200);
    assert_eq!(ours.header("access-control-allow-origin"), Some(SHOP));
    let foreign = from("https://evil.example").await;
    assert_eq!(
        (foreign.status, foreign.problem()),
        (403, ErrorCode::OriginRefused)
    );
    // A program names no page, as on the socket.
    let program = announce(address, &visitor.ready.token, &request("b.txt", "", 2)).await;
    assert_eq!(program.status, 200);
}
