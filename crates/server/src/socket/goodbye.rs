//! The last frame before the server stops.

use protocol::error::close;
use protocol::hello::Bye;
use protocol::visitor::VisitorFrame;

use super::wire::Wire;

/// When clients come back to a server that stops, in milliseconds.
const COME_BACK_MS: u32 = 500;

/// Says that the server stops.
pub(super) async fn go_away(mut wire: Wire) {
    let bye = VisitorFrame::Bye(Bye {
        code: close::GOING_AWAY,
        retry_after_ms: COME_BACK_MS,
    });
    let _ = wire.send(vec![bye.encode()]).await;
    wire.close(close::GOING_AWAY).await;
}
