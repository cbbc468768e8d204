//! A paper in words: what page and PDF print, in the paper's own language.

use super::document::{Document, Party, Row};
use super::model::{Kind, RowKey};
use crate::cart::TotalRow;
use crate::language::Language;
use crate::money::Money;
use crate::orders::Payment;
use crate::web::dates;
use crate::web::texts::{self, Texts};

/// Ready to print, part by part from the top.
#[derive(Debug)]
pub struct Sheet {
    pub language: Language,
    /// "Invoice".
    pub title: String,
    pub number: String,
    pub seller: Block,
    /// Date, order, payment: names and values.
    pub facts: Vec<(String, String)>,
    /// Who pays, and where it goes.
    pub parties: [Block; 2],
    /// Of the item, then of every cell.
    pub heads: Vec<String>,
    pub rows: Vec<SheetRow>,
    pub totals: Vec<TotalRow>,
    /// Rate, base and tax.
    pub tax_heads: [String; 3],
    pub taxes: Vec<[String; 3]>,
    /// What the shopper wrote, and the merchant's own words.
    pub notes: Vec<Block>,
}

/// Lines under a heading; a heading may be empty.
#[derive(Debug, Default)]
pub struct Block {
    pub heading: String,
    pub lines: Vec<String>,
}

#[derive(Debug)]
pub struct SheetRow {
    pub name: String,
    /// Options, SKU, discounts, tax rates.
    pub details: Vec<String>,
    /// As many as there are heads after the first.
    pub cells: Vec<String>,
}

impl Sheet {
    pub fn of(document: &Document) -> Self {
        let texts = texts::of(document.language);
        let paper = Writer { document, texts };
        let t = |key: &str| texts.get(key).to_owned();
        Self {
            language: document.language,
            title: t(match document.kind {
                Kind::Invoice => "invoice-title",
                Kind::CreditNote => "credit-note-title",
            }),
            number: document.number.clone(),
            seller: paper.seller(),
            facts: paper.facts(),
            parties: [
                paper.party(t("invoice-buyer"), &document.buyer),
                paper.party(t("invoice-delivered-to"), &document.delivery),
            ],
            heads: paper.heads(),
            rows: document.rows.iter().map(|row| paper.row(row)).collect(),
            totals: paper.totals(),
            tax_heads: [t("invoice-tax"), t("invoice-tax-base"), t("invoice-tax-amount")],
            taxes: paper.taxes(),
            notes: paper.notes(),
        }
    }

    /// The paper's name, with its number: "Invoice INV/2026/000001".
    pub fn heading(&self) -> String {
        format!("{} {}", self.title, self.number)
    }

    /// "Page 1 of 3".
    pub fn page(&self, page: usize, pages: usize) -> String {
        let (page, pages) = (page.to_string(), pages.to_string());
        let numbers = [("page", page.into()), ("pages", pages.into())];
        texts::of(self.language).with("invoice-page", &numbers)
    }

    /// A text of the paper's own language.
    pub fn t<'a>(&self, key: &'a str) -> &'a str
    where
        'static: 'a,
    {
        texts::of(self.language).get(key)
    }
}

struct Writer<'a> {
    document: &'a Document,
    texts: &'static Texts,
}

impl Writer<'_> {
    fn t(&self, key: &str) -> String {
        self.texts.get(key).to_owned()
    }

    fn money(&self, minor: i64) -> String {
        Money::new(minor, self.document.currency).show(self.document.language.code())
    }

    fn is_invoice(&self) -> bool {
        self.document.kind == Kind::Invoice
    }

    fn seller(&self) -> Block {
        Block { heading: self.document.seller.name.clone(), ..self.lines(&self.document.seller) }
    }

    fn party(&self, heading: String, party: &Party) -> Block {
        let mut block = self.lines(party);
        let names = [&party.company, &party.name].map(|name| name.to_owned());
        block.lines.splice(0..0, names.into_iter().filter(|name| !name.is_empty()));
        Block { heading, ..block }
    }

    fn lines(&self, party: &Party) -> Block {
        let mut lines = party.address.clone();
        if !party.tax_number.is_empty() {
            let number = party.tax_number.as_str().into();
            lines.push(self.texts.with("order-tax-number", &[("number", number)]));
        }
        let contact = [&party.email, &party.phone].map(|contact| contact.to_owned());
        lines.extend(contact.into_iter().filter(|contact| !contact.is_empty()));
        Block { heading: String::new(), lines }
    }

    fn facts(&self) -> Vec<(String, String)> {
        let document = self.document;
        let date = |date| dates::date(self.texts, date);
        let mut facts = vec![(self.t("invoice-date"), date(document.issued_on))];
        if let Some(corrected) = &document.corrects {
            let value = self.texts.with(
                "invoice-corrected",
                &[
                    ("number", corrected.number.as_str().into()),
                    ("date", date(corrected.issued_on).into()),
                ],
            );
            facts.push((self.t("invoice-corrects"), value));
            facts.push((self.t("invoice-reason"), corrected.reason.clone()));
        }
        facts.push((self.t("invoice-order"), document.order_number.clone()));
        facts.push((self.t("invoice-order-date"), date(document.ordered_on)));
        facts.push((self.t("order-payment"), self.payment()));
        facts
    }

    fn payment(&self) -> String {
        match Payment::parse(&self.document.payment) {
            Some(payment) => self.t(payment.text()),
            None => self.document.payment.clone(),
        }
    }

    fn heads(&self) -> Vec<String> {
        let mut heads = vec![self.t("order-item"), self.t("order-quantity")];
        // A credit note speaks of parts of a row, whose discounts are in its sums already.
        if self.is_invoice() {
            heads.push(self.t("invoice-unit"));
        }
        let tax = self.only_rate().map_or_else(|| self.t("invoice-tax"), str::to_owned);
        heads.extend([self.t("invoice-net"), tax, self.t("invoice-gross")]);
        heads
    }

    /// The one rate that there is: said above the column, not in every row.
    fn only_rate(&self) -> Option<&str> {
        match self.document.taxes.as_slice() {
            [rate] => Some(&rate.name),
            _ => None,
        }
    }

    fn row(&self, row: &Row) -> SheetRow {
        let is_line = matches!(row.key, RowKey::Line(_));
        let mut cells = vec![if is_line { row.quantity.to_string() } else { String::new() }];
        if self.is_invoice() {
            cells.push(self.money(row.unit));
        }
        cells.extend([row.net, row.tax, row.gross].map(|amount| self.money(amount)));
        SheetRow {
            name: match row.key {
                RowKey::Delivery => {
                    self.texts.with("order-delivery", &[("name", row.name.as_str().into())])
                }
                _ => row.name.clone(),
            },
            details: self.details(row),
            cells,
        }
    }

    fn details(&self, row: &Row) -> Vec<String> {
        let goods = [row.options.as_str(), row.sku.as_str()].into_iter();
        let goods: Vec<&str> = goods.filter(|part| !part.is_empty()).collect();
        let discounts = row.discounts.iter().map(|discount| {
            let amount = self.money(-discount.amount).into();
            let name = discount.name.as_str().into();
            self.texts.with("invoice-discount", &[("name", name), ("amount", amount)])
        });
        let rates = match self.only_rate() {
            Some(_) => Vec::new(),
            None => self.rates(row),
        };
        let lines = [goods.join(" · ")].into_iter().chain(discounts).chain([rates.join(" + ")]);
        lines.filter(|line| !line.is_empty()).collect()
    }

    /// The names of a row's rates.
    fn rates(&self, row: &Row) -> Vec<&str> {
        let all = &self.document.taxes;
        let rates = row.taxes.iter();
        let rates = rates.filter_map(|share| all.iter().find(|rate| rate.rate == share.rate));
        rates.map(|rate| rate.name.as_str()).collect()
    }

    /// What is quoted with tax says at the end what was in it; what is quoted without, before.
    fn totals(&self) -> Vec<TotalRow> {
        let sums = &self.document.totals;
        let row = |key: &str, amount| TotalRow {
            label: self.t(key),
            amount: self.money(amount),
            note: String::new(),
            was: String::new(),
            is_total: false,
        };
        let mut rows = vec![row("totals-goods", sums.list)];
        let optional = [
            ("totals-discount", -sums.discount),
            ("invoice-delivery", sums.shipping),
            ("totals-fees", sums.fees),
        ];
        rows.extend(optional.into_iter().filter(|(_, sum)| *sum != 0).map(|(key, n)| row(key, n)));
        let taxed = [row("invoice-net", sums.net), row("invoice-tax", sums.tax)];
        let total = match self.is_invoice() {
            true => row("totals-total", sums.payable),
            false => row("credit-note-total", sums.payable),
        };
        let rounding = (sums.rounding != 0).then(|| row("totals-rounding", sums.rounding));
        let total = rounding.into_iter().chain([TotalRow { is_total: true, ..total }]);
        match self.document.prices_include_tax {
            true => rows.extend(total.chain(taxed)),
            false => rows.extend(taxed.into_iter().chain(total)),
        }
        rows
    }

    fn taxes(&self) -> Vec<[String; 3]> {
        let rates = self.document.taxes.iter();
        rates
            .map(|rate| [rate.name.clone(), self.money(rate.net), self.money(rate.amount)])
            .collect()
    }

    fn notes(&self) -> Vec<Block> {
        let block = |heading: String, text: &str| Block {
            heading,
            lines: text.lines().map(str::to_owned).collect(),
        };
        let notes = [
            block(self.t("invoice-note"), &self.document.note),
            block(String::new(), &self.document.footer),
        ];
        notes.into_iter().filter(|block| !block.lines.is_empty()).collect()
    }
}
