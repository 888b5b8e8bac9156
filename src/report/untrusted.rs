//! Characters in text of others that no report shows as they are.

/// Whether it turns the direction of what stands around it, so that a line could seem to say something else. The marks
/// that only say of which direction they are themselves belong to the scripts that need them.
pub(super) fn turns(sign: char) -> bool {
    matches!(sign, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether it is a place in the code that is no character and never will be.
pub(super) fn is_none(sign: char) -> bool {
    u32::from(sign) & 0xfffe == 0xfffe || matches!(sign, '\u{fdd0}'..='\u{fdef}')
}

#[cfg(test)]
mod tests {
    use super::{is_none, turns};

    #[test]
    fn what_turns_a_line_and_what_is_no_character_are_known() {
        assert!("\u{202a}\u{202e}\u{2066}\u{2069}".chars().all(turns));
        assert!("\u{fffe}\u{ffff}\u{1fffe}\u{fdd0}\u{fdef}".chars().all(is_none));
        assert!(!"aש🩺\u{200f}\n".chars().any(|sign| turns(sign) || is_none(sign)));
    }
}
