//! What a page of the website is looked at with.

use std::fmt;

/// What a reader holds in front of them: pages are laid out otherwise for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Device {
    /// A wide window, with a mouse.
    #[default]
    Desktop,
    /// A narrow screen that is touched.
    Phone,
}

impl Device {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Desktop, Self::Phone];

    /// Its name, in the suite file and in resources.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Desktop => "desktop",
            Self::Phone => "phone",
        }
    }

    /// The device of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|device| device.as_str() == name)
    }
}

impl fmt::Display for Device {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
