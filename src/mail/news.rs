//! What happened to an order, as whoever writes a mail about it gets it.

use chrono::NaiveDateTime;

use super::letter::{Body, Letter};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::ids::OrderId;
use crate::language::Language;
use crate::money::{Currency, Money};
use crate::orders::{self, Event, Receipt, Told};
use crate::web::{Shell, Shop};

pub(super) struct News<'a> {
    pub shop: &'a Shop,
    pub event: Event,
    /// The order as it is now.
    pub receipt: Receipt,
    pub now: NaiveDateTime,
}

impl<'a> News<'a> {
    pub fn load(
        conn: &mut Conn,
        shop: &'a Shop,
        (order, event): (OrderId, &Event),
        now: NaiveDateTime,
    ) -> Result<Self> {
        let receipt = orders::find_receipt_of(conn, order)?;
        let gone = || Error::internal(format!("an event of the order {order}, which is not there"));
        Ok(Self { shop, event: event.clone(), receipt: receipt.ok_or_else(gone)?, now })
    }

    /// In the language of the order.
    pub fn for_shopper(self) -> Result<Story> {
        let own = self.shop.frame().own_language();
        let language = Language::parse(&self.receipt.order.locale).unwrap_or(own);
        self.in_language(language)
    }

    /// In the shop's own language.
    pub fn for_staff(self) -> Result<Story> {
        let own = self.shop.frame().own_language();
        self.in_language(own)
    }

    fn in_language(self, language: Language) -> Result<Story> {
        let shell = Shell::of_shop(self.shop, language, self.now);
        let id = self.receipt.order.id;
        let currency = Currency::from_letters(&self.receipt.order.currency)
            .ok_or_else(|| Error::internal("an order in no currency"))?;
        Ok(Story { order: Told::of(&shell, self.receipt)?, shell, id, currency })
    }
}

/// Money that is still to go back, in minor units.
pub(super) struct Due {
    pub amount: i64,
    /// The part of it that somebody has to send.
    pub by_hand: i64,
}

impl Due {
    pub fn of(receipt: &Receipt) -> Self {
        let unsent = receipt.refunds.iter().filter(|money| money.sent_at.is_none());
        unsent.fold(Self { amount: 0, by_hand: 0 }, |due, money| Self {
            amount: due.amount + money.amount,
            by_hand: due.by_hand + if money.is_by_hand { money.amount } else { 0 },
        })
    }
}

/// An order in the words of its reader.
pub(super) struct Story {
    pub shell: Shell,
    pub order: Told,
    id: OrderId,
    currency: Currency,
}

impl Story {
    /// A text with the order's number.
    pub fn numbered(&self, key: &str) -> String {
        self.shell.with(key, "number", &self.order.number)
    }

    /// Minor units of the order's currency.
    pub fn money(&self, minor: i64) -> String {
        self.shell.money(&Money::new(minor, self.currency))
    }

    /// To the shopper; an answer goes to the shop.
    pub fn letter(self, template: &'static str, body: Body) -> Vec<Letter> {
        let body = self.marked(body);
        vec![Letter {
            template,
            language: self.shell.language(),
            order: Some(self.id),
            reply_to: self.shell.settings().email.clone(),
            body,
            recipient: self.order.email,
        }]
    }

    /// One for each address of the staff; an answer goes to the shopper.
    pub fn letters(self, template: &'static str, body: Body) -> Vec<Letter> {
        let body = self.marked(body);
        let letter = |recipient: &str| Letter {
            template,
            language: self.shell.language(),
            order: Some(self.id),
            reply_to: self.order.email.clone(),
            body: body.clone(),
            recipient: recipient.to_owned(),
        };
        self.shell.settings().staff().into_iter().map(letter).collect()
    }

    /// Nobody shall pack an order by which no money has moved: its mails say so, also in the list.
    fn marked(&self, body: Body) -> Body {
        if !self.order.state.is_test {
            return body;
        }
        Body {
            subject: self.shell.with("mail-test-subject", "subject", &body.subject),
            text: format!("{}\n\n{}", self.shell.t("order-test"), body.text),
            ..body
        }
    }
}
