//! Places in the waiting line reach everybody who waits, whenever they begin to listen.

use protocol::visitor::VisitorFrame;
use tokio::task::JoinSet;

use crate::support::{Visitor, server};

/// So many open their conversation while the line is told of.
const VISITORS: usize = 40;

impl Visitor {
    /// What is told of the waiting line next: the place, or that nobody is there.
    async fn place(&mut self) -> Option<u32> {
        self.socket
            .wait_for(|frame| match frame {
                VisitorFrame::PlaceChanged(place) => Some(place.position),
                _ => None,
            })
            .await
            .unwrap()
    }
}

#[tokio::test]
async fn whoever_opens_while_the_line_moves_is_told() {
    let (_place, _server, address) = server().await;
    let mut told = JoinSet::new();
    for _ in 0..VISITORS {
        told.spawn(async move {
            let mut visitor = Visitor::arrive(address).await;
            let posted = visitor.post("Is anybody there?").await;
            visitor.open(&posted.conversation).await;
            visitor.place().await
        });
    }
    let told = told.join_all().await;
    assert_eq!(told, [None; VISITORS], "nobody is at work");
}

#[tokio::test]
async fn whoever_comes_back_is_told_again() {
    let (_place, _server, address) = server().await;
    let mut visitor = Visitor::arrive(address).await;
    let posted = visitor.post("Is anybody there?").await;
    let opened = visitor.open(&posted.conversation).await;
    visitor.place().await;
    let token = visitor.ready.token.clone();
    drop(visitor);
    let mut back = Visitor::come_back(address, Some(token.as_str()), vec![opened.cursor]).await;
    assert_eq!(back.place().await, None);
}
