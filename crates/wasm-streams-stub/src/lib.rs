//! Stands in for the crate wasm-streams, by `[patch.crates-io]` in the workspace.
//!
//! leptos always brings the browser half of its server functions, and with it wasm-streams,
//! whose classes are exports to JavaScript: no linker can drop them. Parlour has no server
//! functions, so these 5 KB would be fetched by every visitor for nothing. Invariant: only what
//! `server_fn` names is here, and a stream made of it is empty; nothing in Parlour makes one.

use futures_util::stream::{self, Empty, Stream};
use wasm_bindgen::JsValue;

/// What comes out of a stream.
type Chunk = Result<JsValue, JsValue>;

/// The browser's stream of chunks to read.
pub struct ReadableStream {
    raw: web_sys::ReadableStream,
}

impl ReadableStream {
    /// Would hand a stream to the browser; the browser gets an empty one.
    ///
    /// # Panics
    /// Where the browser has no streams at all.
    pub fn from_stream<S>(_: S) -> Self
    where
        S: Stream<Item = Chunk> + 'static,
    {
        Self {
            raw: wasm_bindgen::UnwrapThrowExt::unwrap_throw(web_sys::ReadableStream::new()),
        }
    }

    /// Takes a stream of the browser's.
    pub fn from_raw(raw: web_sys::ReadableStream) -> Self {
        Self { raw }
    }

    /// The browser's stream.
    pub fn into_raw(self) -> web_sys::ReadableStream {
        self.raw
    }

    /// Would read the chunks; there are none.
    pub fn into_stream(self) -> Empty<Chunk> {
        stream::empty()
    }
}
