//! Props that may change: a text, a flag, a callback. Each is one shared function, so that a
//! component is compiled once whatever it is given.

use std::sync::Arc;

/// A text that may change, as with the language.
#[derive(Clone)]
pub struct Text(Arc<dyn Fn() -> String + Send + Sync>);

impl Text {
    /// The text now. Inside a closure of a view it is asked for again when it changes.
    pub fn get(&self) -> String {
        (self.0)()
    }
}

impl<F> From<F> for Text
where
    F: Fn() -> String + Send + Sync + 'static,
{
    fn from(text: F) -> Self {
        Self(Arc::new(text))
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(Arc::new(move || text.clone()))
    }
}

impl From<&'static str> for Text {
    fn from(text: &'static str) -> Self {
        Self(Arc::new(move || text.to_owned()))
    }
}

impl Default for Text {
    fn default() -> Self {
        Self::from("")
    }
}

/// A yes or no that may change.
#[derive(Clone)]
pub struct Flag(Arc<dyn Fn() -> bool + Send + Sync>);

impl Flag {
    /// The answer now.
    pub fn get(&self) -> bool {
        (self.0)()
    }
}

impl<F> From<F> for Flag
where
    F: Fn() -> bool + Send + Sync + 'static,
{
    fn from(flag: F) -> Self {
        Self(Arc::new(flag))
    }
}

impl From<bool> for Flag {
    fn from(flag: bool) -> Self {
        Self(Arc::new(move || flag))
    }
}

impl Default for Flag {
    fn default() -> Self {
        Self::from(false)
    }
}

/// What happens when a button is pressed.
#[derive(Clone)]
pub struct Press(Arc<dyn Fn() + Send + Sync>);

impl Press {
    /// Does it.
    pub fn run(&self) {
        (self.0)();
    }
}

impl<F> From<F> for Press
where
    F: Fn() + Send + Sync + 'static,
{
    fn from(press: F) -> Self {
        Self(Arc::new(press))
    }
}

/// Takes the value a person chose or typed.
#[derive(Clone)]
pub struct Take(Arc<dyn Fn(String) + Send + Sync>);

impl Take {
    /// Hands the value over.
    pub fn run(&self, value: String) {
        (self.0)(value);
    }
}

impl<F> From<F> for Take
where
    F: Fn(String) + Send + Sync + 'static,
{
    fn from(take: F) -> Self {
        Self(Arc::new(take))
    }
}
