//! A cart and how it is packed into the cookie.

use crate::ids::{CartId, VariantId};
use crate::promotions::{Allowance, PromotionCode};
use crate::values::Quantity;
use crate::web::session::StoredCart;

/// How many different things a cart holds: with more the cookie would exceed the 4,096 bytes that
/// browsers keep.
pub const MOST_LINES: usize = 50;

/// How many codes for discounts it keeps, for the same reason.
pub const MOST_CODES: usize = 3;

/// So many of a variant, and what one cost when the shopper chose so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CartLine {
    pub variant: VariantId,
    pub quantity: Quantity,
    /// What one cost at this quantity, in minor units of the shop's currency: whoever changes the
    /// quantity changes it with it.
    pub unit_price: i64,
}

/// A 51st thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CartFull;

/// Lines in the order in which they were added, each variant once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cart {
    pub id: CartId,
    pub lines: Vec<CartLine>,
    /// The codes for discounts that the shopper typed, each once, at most [`MOST_CODES`].
    pub codes: Vec<PromotionCode>,
    /// What staff take off, in the cart of a draft; never kept with the cart.
    pub allowance: Option<Allowance>,
}

impl Cart {
    pub fn new() -> Self {
        Self { id: CartId::random(), lines: Vec::new(), codes: Vec::new(), allowance: None }
    }

    /// A cart as it was stored. A part of it that cannot be read is left out; nothing is no cart.
    pub fn unpacked(stored: &StoredCart) -> Option<Self> {
        let cart = Self {
            id: CartId::parse(&stored.id)?,
            lines: unpack(&stored.lines),
            codes: unpack_codes(&stored.codes),
            allowance: None,
        };
        (!cart.lines.is_empty()).then_some(cart)
    }

    /// As it is stored.
    pub fn packed(&self) -> StoredCart {
        StoredCart {
            id: self.id.as_str().to_owned(),
            lines: pack(&self.lines),
            count: self.units(),
            codes: self.codes.iter().map(|code| code.as_str().to_owned()).collect(),
        }
    }

    /// How many things in all.
    pub fn units(&self) -> i64 {
        self.lines.iter().map(|line| line.quantity.get()).sum()
    }

    pub fn variants(&self) -> Vec<VariantId> {
        self.lines.iter().map(|line| line.variant).collect()
    }

    pub fn find(&self, variant: VariantId) -> Option<&CartLine> {
        self.lines.iter().find(|line| line.variant == variant)
    }

    /// Sets how many of a variant are wanted, at the price of now: a line that is there already
    /// keeps its place.
    pub fn set(&mut self, line: CartLine) -> Result<(), CartFull> {
        let is_full = self.lines.len() >= MOST_LINES;
        match self.lines.iter_mut().find(|known| known.variant == line.variant) {
            Some(known) => *known = line,
            None if is_full => return Err(CartFull),
            None => self.lines.push(line),
        }
        Ok(())
    }

    pub fn remove(&mut self, variant: VariantId) {
        self.lines.retain(|line| line.variant != variant);
    }
}

impl Default for Cart {
    fn default() -> Self {
        Self::new()
    }
}

/// `variant.quantity.price` for each line, separated by `;`.
fn pack(lines: &[CartLine]) -> String {
    let packed: Vec<String> = lines
        .iter()
        .map(|line| format!("{}.{}.{}", line.variant, line.quantity, line.unit_price))
        .collect();
    packed.join(";")
}

fn unpack(text: &str) -> Vec<CartLine> {
    let mut lines: Vec<CartLine> = Vec::new();
    for line in text.split(';').filter_map(unpack_line) {
        let is_new = lines.iter().all(|known| known.variant != line.variant);
        if is_new && lines.len() < MOST_LINES {
            lines.push(line);
        }
    }
    lines
}

fn unpack_codes(stored: &[String]) -> Vec<PromotionCode> {
    let mut codes: Vec<PromotionCode> = Vec::new();
    for code in stored.iter().filter_map(|code| PromotionCode::parse(code)) {
        if !codes.contains(&code) && codes.len() < MOST_CODES {
            codes.push(code);
        }
    }
    codes
}

fn unpack_line(text: &str) -> Option<CartLine> {
    let mut parts = text.split('.');
    let line = CartLine {
        variant: VariantId(parts.next()?.parse().ok()?),
        quantity: Quantity::parse(parts.next()?)?,
        unit_price: parts.next()?.parse().ok().filter(|price| *price >= 0)?,
    };
    parts.next().is_none().then_some(line)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::ids::WishlistKey;
    use crate::web::session;
    use actix_session::storage::CookieSessionStore;
    use actix_session::{Session, SessionMiddleware};
    use actix_web::App;
    use actix_web::cookie::Key;
    use actix_web::test::{TestRequest, call_service, init_service};
    use actix_web::web::get;

    fn line(variant: i64, quantity: i64) -> CartLine {
        CartLine {
            variant: VariantId(variant),
            quantity: Quantity::new(quantity).unwrap(),
            unit_price: 135_000,
        }
    }

    #[test]
    fn a_cart_comes_out_as_it_went_in() {
        let lines = vec![line(7, 2), line(3, 9_999)];
        assert_eq!(pack(&lines), "7.2.135000;3.9999.135000");
        assert_eq!(unpack(&pack(&lines)), lines);
    }

    #[test]
    fn a_line_that_cannot_be_read_is_left_out() {
        let broken = "7.2.135000;;x.1.1;8.0.1;8.1.-1;8.1;8.1.1.1;9.-3.5;7.5.1;3.1.5\u{0}";
        assert_eq!(unpack(broken), [line(7, 2)]);
        assert_eq!(unpack("\u{fffd}"), []);
    }

    #[test]
    fn codes_that_cannot_be_read_are_left_out() {
        let stored = ["A", " a", "B C", "", "D", "E", "F"].map(str::to_owned);
        let codes = unpack_codes(&stored);
        assert_eq!(codes.iter().map(PromotionCode::as_str).collect::<Vec<_>>(), ["A", "D", "E"]);
    }

    #[test]
    fn a_cart_holds_fifty_things_and_no_more() {
        let mut cart = Cart::new();
        for variant in 1..=50 {
            assert_eq!(cart.set(line(variant, 1)), Ok(()));
        }
        assert_eq!(cart.set(line(51, 1)), Err(CartFull));
        assert_eq!(cart.set(line(50, 3)), Ok(()));
        assert_eq!(cart.units(), 52);
        let many: Vec<_> = (1..=60).map(|variant| line(variant, 1)).collect();
        assert_eq!(unpack(&pack(&many)).len(), MOST_LINES);
    }

    #[actix_web::test]
    async fn the_largest_cart_and_the_name_of_a_wishlist_fit_the_cookie() {
        let largest = |n: i64| CartLine {
            variant: VariantId(999_999_999_000 + n),
            quantity: Quantity::new(9_999).unwrap(),
            unit_price: 1_000_000_000_000,
        };
        let code = |n: usize| PromotionCode::parse(&format!("{n}{}", "W".repeat(39))).unwrap();
        let codes = (0..MOST_CODES).map(code).collect();
        let cart = Cart { lines: (0..50).map(largest).collect(), codes, ..Cart::new() };
        let fill = move |session: Session| {
            let kept = session::keep_cart(&session, &cart.packed())
                .and_then(|()| session::keep_wishlist(&session, &WishlistKey::random()));
            async move { kept.map(|()| "") }
        };
        let store = CookieSessionStore::default();
        let sessions = SessionMiddleware::builder(store, Key::generate())
            .cookie_name("__Host-etalase".to_owned())
            .build();
        let app = App::new().wrap(sessions).route("/", get().to(fill));
        let app = init_service(app).await;
        let answer = call_service(&app, TestRequest::default().to_request()).await;
        let cookie = answer.response().cookies().next().unwrap();
        let length = cookie.name().len() + cookie.value().len();
        assert!((2_000..4_096).contains(&length), "{length} bytes");
    }

    #[test]
    fn a_cart_id_is_128_bits() {
        assert!(CartId::parse(CartId::random().as_str()).is_some());
        for bad in ["", "0", "../../etc/passwd", &"A".repeat(32), &"0".repeat(33)] {
            assert!(CartId::parse(bad).is_none());
        }
    }
}
