//! The bridge between elements and Leptos' views, for the agents' app: an element as a view,
//! and a view as an element.

use leptos::prelude::{AddAnyAttr, IntoView, Mountable, Render, RenderHtml};
use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::view::{Position, PositionState};
use send_wrapper::SendWrapper;
use web_sys::{Element, Node};

use super::{El, at_end};

/// An element as a view. It is there from the beginning; Leptos only puts it in its place.
pub struct Placed(SendWrapper<Element>);

impl From<El> for Placed {
    fn from(element: El) -> Self {
        Self(SendWrapper::new(element.element().clone()))
    }
}

impl El {
    /// As a view.
    pub fn view(self) -> Placed {
        Placed::from(self)
    }

    /// The element that a view of exactly one element draws. The view lives as long as the owner.
    pub fn of_view(view: impl IntoView + 'static) -> Self {
        let mut state = view.into_view().build();
        let stand = Self::new("div");
        state.mount(stand.element(), None);
        let drawn = stand.element().first_element_child();
        at_end(Box::new(move || drop(state)));
        // Whoever puts it somewhere must not take it for being in its place.
        if let Some(drawn) = &drawn {
            drawn.remove();
        }
        drawn.map_or(stand, Self::from_element)
    }
}

impl Render for Placed {
    type State = Self;

    fn build(self) -> Self {
        self
    }

    fn rebuild(self, state: &mut Self) {
        // It fails only where there is no parent, and then nothing is shown in either's place.
        let _ = state.0.replace_with_with_node_1(&self.0);
        *state = self;
    }
}

impl Mountable for Placed {
    fn unmount(&mut self) {
        self.0.remove();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        let _ = parent.insert_before(&self.0, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        let parent = self.0.parent_element();
        match parent {
            Some(parent) => child.mount(&parent, Some(&self.0)),
            None => return false,
        }
        true
    }

    fn elements(&self) -> Vec<Element> {
        vec![(*self.0).clone()]
    }
}

impl AddAnyAttr for Placed {
    type Output<SomeNewAttr: Attribute> = Self;

    fn add_any_attr<NewAttr: Attribute>(self, _: NewAttr) -> Self {
        self
    }
}

/// Nothing here is drawn on a server.
impl RenderHtml for Placed {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(
        self,
        _: &mut String,
        _: &mut Position,
        _: bool,
        _: bool,
        _: Vec<AnyAttribute>,
    ) {
    }

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> Self {
        self
    }

    fn into_owned(self) -> Self {
        self
    }
}
