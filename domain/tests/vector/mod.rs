//! The shapes of the vectors, and their string ids as ids.

pub mod agenda_order;
pub mod consent;
pub mod routing;

use serde_json::Value;
use uuid::Uuid;

/// The id a string stands for: its bytes, so that equal strings are equal ids and different ones differ.
pub fn uuid(text: &str) -> Uuid {
    let mut bytes = [0; 32];
    bytes[..text.len()].copy_from_slice(text.as_bytes());
    let (high, low) = bytes.split_at(16);
    // Folded, with the second half turned so that no two short names meet.
    Uuid::from_u128(
        u128::from_be_bytes(high.try_into().unwrap()) ^ u128::from_be_bytes(low.try_into().unwrap()).rotate_left(1),
    )
}

/// Reads a vector's shape, or says what does not fit.
pub fn shape<T: serde::de::DeserializeOwned>(vector: &Value) -> Result<T, String> {
    T::deserialize(vector).map_err(|error| format!("not of the known form: {error}"))
}

/// Nothing when equal, else both.
pub fn same<T: PartialEq + std::fmt::Debug>(got: &T, expected: &T) -> Result<(), String> {
    if got == expected { Ok(()) } else { Err(format!("got {got:?}, expected {expected:?}")) }
}
