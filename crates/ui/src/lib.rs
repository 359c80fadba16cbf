//! Components both apps share, the bridge from core to signals, and catalogues.
