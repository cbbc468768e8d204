//! What a merchant decides about the look of her shop, and the style sheet that it comes to.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::colour::Colour;
use super::palette::palette;
use crate::ids::MediaId;

/// How long a merchant's own style sheet may be, in letters.
pub const LONGEST_CSS: usize = 20_000;

macro_rules! choices {
    ($(#[$doc:meta])* $name:ident: $($choice:ident = $code:literal,)+) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { #[default] $($choice),+ }

        impl $name {
            pub const ALL: &[Self] = &[$(Self::$choice),+];

            /// Its name in forms.
            pub fn code(self) -> &'static str {
                match self { $(Self::$choice => $code),+ }
            }

            pub fn parse(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|choice| choice.code() == code)
            }
        }
    };
}

choices! {
    /// How round things are.
    Corners: Usual = "usual", Soft = "soft", Square = "square",
}
choices! {
    /// What texts are set in: the shop's own font, or one that every device has.
    Typeface: Usual = "usual", System = "system", Serif = "serif",
}

/// A look.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Look {
    /// `None` for the shop's usual green.
    pub brand: Option<Colour>,
    pub corners: Corners,
    pub typeface: Typeface,
    /// In the place of the shop's name; `None` for that.
    pub logo: Option<MediaId>,
    /// The merchant's own rules, after all others.
    pub css: String,
}

/// A style sheet that is served by a name made of its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Of the file: `look-0123456789abcdef.css`.
    pub name: String,
    pub css: String,
}

impl Look {
    /// The style sheet; `None` where there is nothing to say.
    pub fn sheet(&self) -> Option<Sheet> {
        let css = [self.properties(), self.css.clone()].concat();
        if css.is_empty() {
            return None;
        }
        let hash = Sha256::digest(&css);
        let hash: String = hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        Some(Sheet { name: format!("look-{hash}.css"), css })
    }

    /// The custom properties; empty for none. They stand in no layer, so they win over those that do.
    fn properties(&self) -> String {
        let mut properties = self.brand.map(of_colour).unwrap_or_default();
        properties.push_str(match self.corners {
            Corners::Usual => "",
            Corners::Soft => "--brand-radius:1.6;",
            Corners::Square => "--brand-radius:0;--r-full:0;",
        });
        properties.push_str(match self.typeface {
            Typeface::Usual => "",
            Typeface::System => "--brand-font:system-ui;",
            Typeface::Serif => "--brand-font:ui-serif,Georgia,\"Times New Roman\",serif;",
        });
        if properties.is_empty() { properties } else { format!(":root{{{properties}}}\n") }
    }
}

fn of_colour(brand: Colour) -> String {
    let (light, dark) = (palette(brand).light, palette(brand).dark);
    let pairs = [
        ("accent", light.accent, dark.accent),
        ("accent-hover", light.hover, dark.hover),
        ("on-accent", light.on_accent, dark.on_accent),
        ("accent-soft", light.soft, dark.soft),
        ("accent-ink", light.ink, dark.ink),
    ];
    let lines = pairs.map(|(name, light, dark)| format!("--{name}:light-dark({light},{dark});"));
    lines.concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_usual_look_needs_no_sheet() {
        assert_eq!(Look::default().sheet(), None);
    }

    #[test]
    fn a_look_is_properties_and_then_the_merchants_own_rules() {
        let look = Look {
            brand: Colour::parse("#2f6f4e"),
            corners: Corners::Square,
            typeface: Typeface::Serif,
            logo: None,
            css: ".hero{margin:0}".into(),
        };
        let sheet = look.sheet().expect("there is much to say");
        assert!(sheet.css.starts_with(":root{--accent:light-dark(#2f6f4e,#"));
        assert!(sheet.css.contains("--brand-radius:0;") && sheet.css.ends_with(".hero{margin:0}"));
        let other = Look { css: String::new(), ..look }.sheet().expect("still something");
        assert_ne!(sheet.name, other.name);
    }
}
