//! Something that one of a browser's pages does for all of them.
//!
//! Pages hear of each other late when the machine is busy, so several may believe that it is up
//! to them. The browser's locks decide at once. Invariant: of all pages that ask for a name, one
//! acts; a browser without locks (a page without encryption) lets each act.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen::{JsCast as _, JsValue};

#[wasm_bindgen]
extern "C" {
    /// `navigator.locks`; the bindings have it only as unstable.
    type Locks;

    #[wasm_bindgen(thread_local_v2, js_namespace = navigator, js_name = locks)]
    static LOCKS: Option<Locks>;

    #[wasm_bindgen(method)]
    fn request(this: &Locks, name: &str, options: &Object, granted: &Function) -> Promise;
}

/// A lock that this page holds, if any: its name, and what gives it back.
type Held = Rc<RefCell<Option<(String, Function)>>>;

/// This page's share in what only one page does.
#[derive(Default)]
pub struct PageLock {
    held: Held,
}

impl PageLock {
    /// Acts, now or in a moment, unless another page has the name. The name is kept until this
    /// page takes another or is closed.
    pub fn act(&self, name: &str, act: impl FnOnce() + 'static) {
        let is_held =
            |held: &Option<(String, Function)>| held.as_ref().is_some_and(|(own, _)| own == name);
        let options = Object::new();
        let wanted = Reflect::set(&options, &"ifAvailable".into(), &JsValue::TRUE);
        if wanted.is_err() || is_held(&self.held.borrow()) {
            return act();
        }
        LOCKS.with(|locks| match locks {
            Some(locks) => {
                let granted = granted(self.held.clone(), name.to_owned(), act);
                // Whether the promise ends or fails is told to nobody: it ends with the page.
                let _ = locks.request(name, &options, &granted);
            }
            None => act(),
        });
    }
}

/// What the browser calls with the lock, or with nothing when another page has it. The lock is
/// held for as long as the promise that it gives back stays open.
fn granted(held: Held, name: String, act: impl FnOnce() + 'static) -> Function {
    let granted = move |lock: JsValue| -> JsValue {
        if lock.is_null() {
            return JsValue::UNDEFINED;
        }
        act();
        Promise::new(&mut |release, _| {
            let before = held.borrow_mut().replace((name.clone(), release));
            if let Some((_, release)) = before {
                // It gives a lock back that nobody waits for.
                let _ = release.call0(&JsValue::UNDEFINED);
            }
        })
        .into()
    };
    Closure::once_into_js(granted).unchecked_into()
}
