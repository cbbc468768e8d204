//! To those who wait for something: a link to prove the mailbox with, and later, once, that it can be
//! had again.

use askama::Template;

use super::letter::{Body, Letter};
use super::send;
use crate::alerts::{self, Alert};
use crate::cart::{CartLine, items};
use crate::db::Conn;
use crate::error::Result;
use crate::ids::{LinkId, VariantId};
use crate::jobs::Task;
use crate::language::Language;
use crate::links::{self, Purpose};
use crate::values::Quantity;
use crate::web::{Shell, Shop, View};

#[derive(Template)]
#[template(path = "mail/back_in_stock.html")]
struct BackInStock<'a> {
    shell: &'a Shell,
    subject: &'a str,
    said: &'a Said,
}

#[derive(Template)]
#[template(path = "mail/back_in_stock.txt")]
struct BackInStockText<'a> {
    shell: &'a Shell,
    said: &'a Said,
}

/// What one of the two says.
struct Said {
    subject: String,
    text: String,
    href: String,
    button: String,
    /// Where all alerts end; empty where there is none yet.
    stop: String,
}

/// What somebody waits for, in her language.
struct Goods {
    name: String,
    path: String,
}

/// Gives the link of somebody who wants to wait its secret, and writes its mail.
pub(super) fn ask(conn: &mut Conn, shop: &Shop, task: &Task) -> Result<()> {
    let id: LinkId = task.about()?;
    let asked = links::find_asked(conn, id)?.filter(|it| it.purpose == Purpose::StockAlert);
    let Some(link) = asked else { return Ok(()) };
    let language = Language::parse(&link.locale).unwrap_or_else(|| shop.frame().own_language());
    let shell = Shell::of_shop(shop, language, task.now);
    let variant = link.about.parse().ok().map(VariantId);
    let goods = variant.map(|variant| find_goods(conn, shop, variant, &shell)).transpose()?;
    let Some(goods) = goods.flatten() else { return links::forget(conn, id) };
    let token = links::seal(conn, id, link.purpose, task.now)?;
    let said = Said {
        href: shell.full_href(&format!("/alerts/confirm/{}", token.expose())),
        stop: String::new(),
        ..Said::of(&shell, "ask", &goods)
    };
    let letter = letter(&shell, link.email, &said)?;
    send::put(conn, &format!("{}/{id}", task.kind), &letter, shop, task.now)
}

/// Tells those who wait that it can be had again, each once.
pub(super) fn tell(conn: &mut Conn, shop: &Shop, task: &Task) -> Result<()> {
    let variant: VariantId = task.about()?;
    let alerts = alerts::take(conn, variant, task.now)?;
    let own = shop.frame().own_language();
    for language in Language::ALL {
        let reads_it = |alert: &&Alert| Language::parse(&alert.locale).unwrap_or(own) == language;
        let shell = Shell::of_shop(shop, language, task.now);
        let Some(goods) = find_goods(conn, shop, variant, &shell)? else { continue };
        for alert in alerts.iter().filter(reads_it) {
            write(conn, shop, task, (&shell, alert, &goods))?;
        }
    }
    Ok(())
}

fn write(
    conn: &mut Conn,
    shop: &Shop,
    task: &Task,
    (shell, alert, goods): (&Shell, &Alert, &Goods),
) -> Result<()> {
    let stop = shell.full_href(&format!("/alerts/stop/{}", alert.token.expose()));
    let href = shell.full_href(&goods.path);
    let said = Said { href, stop, ..Said::of(shell, "news", goods) };
    let letter = letter(shell, alert.email.clone(), &said)?;
    let event = format!("{}/{}/{}", task.kind, task.id, alert.id);
    send::put_with_way_out(conn, &event, &letter, &said.stop, (shop, task.now))
}

impl Said {
    /// Its texts are `mail-stock-NAME-subject`, `-text` and `-button`.
    fn of(shell: &Shell, name: &str, goods: &Goods) -> Self {
        let arguments = [("name", goods.name.as_str().into()), ("shop", shell.shop_name().into())];
        let said = |key: String| shell.texts().with(&key, &arguments);
        Self {
            subject: said(format!("mail-stock-{name}-subject")),
            text: said(format!("mail-stock-{name}-text")),
            button: said(format!("mail-stock-{name}-button")),
            href: String::new(),
            stop: String::new(),
        }
    }
}

/// `None` for what is no longer sold.
fn find_goods(
    conn: &mut Conn,
    shop: &Shop,
    variant: VariantId,
    shell: &Shell,
) -> Result<Option<Goods>> {
    let (frame, language) = (shop.frame(), shell.language());
    let view = View { frame, language, group: None, now: shell.now() };
    let line = CartLine { variant, quantity: Quantity::ONE, unit_price: 0 };
    let items = items(conn, &[line], &view)?;
    Ok(items.first().and_then(|item| item.for_sale()).map(|(goods, _)| Goods {
        name: match goods.options.as_str() {
            "" => shell.local(&goods.name).to_owned(),
            options => format!("{} ({options})", shell.local(&goods.name)),
        },
        path: format!("/products/{}?variant={}", goods.slug, goods.sku),
    }))
}

fn letter(shell: &Shell, recipient: String, said: &Said) -> Result<Letter> {
    let subject = &said.subject;
    let (html, text) = (BackInStock { shell, subject, said }, BackInStockText { shell, said });
    Ok(Letter {
        template: "back_in_stock",
        recipient,
        language: shell.language(),
        order: None,
        reply_to: shell.settings().email.clone(),
        body: Body::render(subject, &html, &text)?,
    })
}
