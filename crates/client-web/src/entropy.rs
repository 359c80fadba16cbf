//! Random bits for ids and for the spread of reconnections.

/// 128 fresh bits.
///
/// Ids made of them must never meet, so the browser's strong source is asked first. It exists
/// in every browser that runs WebAssembly; a page that broke it still gets distinct ids.
pub(crate) fn bits() -> u128 {
    let mut bytes = [0; 16];
    let strong = web_sys::window()
        .and_then(|window| window.crypto().ok())
        .is_some_and(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok());
    if !strong {
        for byte in &mut bytes {
            *byte = (js_sys::Math::random() * 256.0) as u8;
        }
    }
    u128::from_le_bytes(bytes)
}
