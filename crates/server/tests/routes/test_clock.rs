//! `POST /v1/test-clock` and `POST /v1/test-cut`: there only when they were built in.

use crate::support::{post, server};

#[cfg(not(feature = "test-clock"))]
#[tokio::test]
async fn a_server_that_is_shipped_has_no_movable_clock() {
    let (_place, server, address) = server().await;
    let body = r#"{"advance_ms":1}"#;
    for path in ["/v1/test-clock", "/v1/test-cut", "/test/clock"] {
        let status = post(address, path, &[], body).await.status;
        assert!(matches!(status, 404 | 405), "{path}: {status}");
    }
    server.stop().await;
}

#[cfg(feature = "test-clock")]
mod moved {
    use protocol::error::close;
    use protocol::visitor::VisitorFrame;

    use super::{post, server};
    use crate::support::{AGENT, Agent, Visitor, get};

    const HOUR: i64 = 3_600_000;

    async fn advance(address: std::net::SocketAddr, millis: i64) {
        let body = format!(r#"{{"advance_ms":{millis}}}"#);
        let answer = post(address, "/v1/test-clock", &[], &body).await;
        assert_eq!(answer.status, 204);
    }

    #[tokio::test]
    async fn a_sign_in_ends_twelve_hours_after_the_last_activity() {
        let (_place, _server, address) = server().await;
        let mut agent = Agent::arrive(address, AGENT).await;
        advance(address, 11 * HOUR).await;
        agent.list().await;
        advance(address, 11 * HOUR).await;
        let cookie = [("Cookie", agent.cookie.as_str())];
        assert_eq!(get(address, "/v1/me", &cookie).await.status, 200);
        advance(address, 13 * HOUR).await;
        assert_eq!(get(address, "/v1/me", &cookie).await.status, 401);
        // What happens now no longer reaches the socket.
        let mut visitor = Visitor::arrive(address).await;
        visitor.post("Is anybody there?").await;
        assert_eq!(
            agent.socket.closed().await.unwrap(),
            Some(close::UNAUTHENTICATED)
        );
    }

    #[tokio::test]
    async fn a_visitor_s_token_is_good_for_a_year() {
        let (_place, _server, address) = server().await;
        let visitor = Visitor::arrive(address).await;
        advance(address, 364 * 24 * HOUR).await;
        let again = Visitor::come_back(address, Some(&visitor.ready.token), Vec::new()).await;
        assert_eq!(again.ready.contact, visitor.ready.contact);
        advance(address, 2 * 24 * HOUR).await;
        let mut late = testkit::socket::Dial::to(address).open().await.unwrap();
        let connect = crate::support::connect_visitor(Some(&visitor.ready.token), Vec::new());
        late.send(&protocol::visitor::VisitorCommand::Connect(connect))
            .await
            .unwrap();
        let code = late
            .wait_for(|frame| match frame {
                VisitorFrame::Refused(refused) => Some(refused.refusal.code),
                _ => None,
            })
            .await
            .unwrap();
        assert_eq!(code, protocol::error::ErrorCode::Expired);
        assert_eq!(late.closed().await.unwrap(), Some(close::UNAUTHENTICATED));
    }

    #[tokio::test]
    async fn sockets_can_be_cut_without_a_word() {
        let (_place, _server, address) = server().await;
        let mut visitor = Visitor::arrive(address).await;
        assert_eq!(post(address, "/v1/test-cut", &[], "").await.status, 204);
        assert_eq!(visitor.socket.closed().await.unwrap(), None);
    }
}
