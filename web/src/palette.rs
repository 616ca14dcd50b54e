//! Which service has which colour: its place in the scenario decides.
//!
//! The twelve colours are defined in `www/styles/tokens.css`. They differ in lightness as well as
//! in hue, and every second one carries a pattern, so that they stay apart without colour vision.

/// How many colours there are before they begin again.
const COLOURS: usize = 12;

/// The class that gives a tile or swatch the colour of the service at `row`.
pub fn colour_class(row: usize) -> String {
    format!("service-{}", row % COLOURS)
}

/// The pattern over the colour, by its id among the drawing's definitions; the first colours have
/// none.
pub fn pattern(row: usize) -> Option<&'static str> {
    match row % 4 {
        1 => Some("url(#pattern-dots)"),
        2 => Some("url(#pattern-lines)"),
        3 => Some("url(#pattern-grid)"),
        _ => None,
    }
}

/// As wide as a letter of a tile's text is, at most, in pixels.
const LETTER: f64 = 7.5;

/// A tile's text in `width` pixels: the whole name where it fits, else two letters.
pub fn tile_text(name: &str, width: f64) -> String {
    if name.chars().count() as f64 * LETTER + LETTER <= width {
        return name.to_owned();
    }
    initials(name)
}

fn initials(name: &str) -> String {
    let mut letters: String =
        name.split(['-', '_', ' ', '.']).filter_map(|word| word.chars().next()).take(2).collect();
    if letters.chars().count() < 2 {
        letters = name.chars().take(2).collect();
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_short() {
        for (name, expected) in [("web", "we"), ("job-runner", "jr"), ("", ""), ("é", "é")] {
            assert_eq!(initials(name), expected);
        }
    }

    #[test]
    fn a_name_is_whole_where_it_fits() {
        for (width, expected) in [(60.0, "web"), (30.0, "web"), (29.0, "we")] {
            assert_eq!(tile_text("web", width), expected);
        }
    }

    #[test]
    fn neighbours_differ() {
        for row in 0..30 {
            assert_ne!(
                (colour_class(row), pattern(row)),
                (colour_class(row + 1), pattern(row + 1))
            );
        }
    }
}
