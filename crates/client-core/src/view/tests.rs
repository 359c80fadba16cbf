//! Facts about the views.
