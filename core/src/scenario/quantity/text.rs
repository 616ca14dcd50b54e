//! Numbers as people write them, exactly: no float stands between a decimal and its integer.

/// What a user wrote, short enough to be shown.
pub(super) fn shown(text: &str) -> String {
    let mut short: String = text.chars().take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// `100000` as `100,000`.
pub fn with_thousands(value: u64) -> String {
    let digits = value.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A decimal number in millionths, rounded half up; `None` unless it is a number that is at
/// least 0 and fits.
pub(super) fn millionths(text: &str) -> Option<u64> {
    parts(text, 6)
}

/// The same in thousand millionths.
pub(super) fn billionths(text: &str) -> Option<u64> {
    parts(text, 9)
}

/// A decimal number in units of its decimal `places`.
fn parts(text: &str, places: u32) -> Option<u64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if whole.len() + fraction.len() == 0 || whole.len() > 12 {
        return None;
    }
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) {
        return None;
    }
    let whole: u64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let digit = |place: u32| fraction.as_bytes().get(place as usize).map_or(0, |d| d - b'0');
    let mut parts = (0..places).fold(0, |parts, place| parts * 10 + u64::from(digit(place)));
    if digit(places) >= 5 {
        parts += 1;
    }
    whole.checked_mul(10_u64.pow(places))?.checked_add(parts)
}

/// A whole number from text; `512.0` is whole too.
pub(super) fn whole(text: &str) -> Option<u64> {
    let micro = millionths(text.trim())?;
    micro.is_multiple_of(1_000_000).then_some(micro / 1_000_000)
}

/// `" 0.5 vCPU"` as `("0.5", "vcpu")`.
pub(super) fn number_and_unit(text: &str) -> (&str, String) {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    (number, unit.trim().to_ascii_lowercase())
}
