//! What each device is to a browser: a window of 1366 by 900, or a touch screen of 390 by 844 that says it is a phone.

use crate::catalogue::Device;

/// What a device is to a browser.
pub(super) trait Screen {
    /// How wide it is, in the pixels of style sheets.
    fn width(self) -> u32;
    /// How high it is.
    fn height(self) -> u32;
    /// How many dots a pixel has.
    fn dots_per_pixel(self) -> u32;
    /// What the browser calls itself on it, from what it calls itself here.
    fn user_agent(self, here: &str) -> String;
}

impl Screen for Device {
    fn width(self) -> u32 {
        match self {
            Self::Desktop => 1366,
            Self::Phone => 390,
        }
    }

    fn height(self) -> u32 {
        match self {
            Self::Desktop => 900,
            Self::Phone => 844,
        }
    }

    fn dots_per_pixel(self) -> u32 {
        match self {
            Self::Desktop => 1,
            Self::Phone => 2,
        }
    }

    fn user_agent(self, here: &str) -> String {
        match (self, here.split_once('('), here.split_once(')')) {
            (Self::Phone, Some((before, _)), Some((_, after))) => {
                format!("{before}(Linux; Android 10; K){after}").replace(" Safari/", " Mobile Safari/")
            }
            _ => here.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use rstest::rstest;

    use super::*;

    const HERE: &str = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/1.0 Safari/537.36";
    const PHONE: &str = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) \
                         HeadlessChrome/1.0 Mobile Safari/537.36";

    #[rstest]
    #[case::desktop(Device::Desktop, HERE, HERE)]
    #[case::phone(Device::Phone, HERE, PHONE)]
    #[case::unknown(Device::Phone, "Browser", "Browser")]
    fn a_device_says_what_it_is(#[case] device: Device, #[case] here: &str, #[case] says: &str) {
        assert_eq!(device.user_agent(here), says);
    }
}
