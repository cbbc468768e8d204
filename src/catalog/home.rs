//! `GET /`: the home page, block by block.

use askama::Template;
use serde_json::json;
use std::collections::BTreeMap;

use super::card::{self, Card};
use super::queries;
use super::seen::{self, Seen};
use crate::content;
use crate::content::model::{Block, BlockKind};
use crate::db::Conn;
use crate::error::Result;
use crate::ids::BlockId;
use crate::web::{Head, Html, Picture, Shell, View, Visit};

/// How many products a block shows.
const PER_BLOCK: i64 = 8;

#[derive(Template)]
#[template(path = "catalog/home.html")]
struct HomePage {
    shell: Shell,
    blocks: Vec<Block>,
    tiles: Vec<Tile>,
    popular: Vec<Card>,
    newest: Vec<Card>,
    goods: Goods,
    seen: Vec<Card>,
}

/// What blocks show of categories.
type Goods = BTreeMap<BlockId, Vec<Card>>;

/// A category with its picture.
struct Tile {
    href: String,
    name: String,
    picture: Option<Picture>,
    size: i64,
}

/// What the home page needs of the database.
struct Loaded {
    blocks: Vec<Block>,
    popular: Vec<Card>,
    newest: Vec<Card>,
    goods: Goods,
    seen: Vec<Card>,
}

pub async fn show(visit: Visit, seen: Seen) -> Result<Html> {
    let view = visit.view();
    let loaded = visit.shop.db.read(move |conn| load(conn, &view, &seen)).await?;
    let mut shell = visit.shell(Head::default());
    shell.head.description = shell.local(&shell.settings().description).to_owned();
    shell.head.image = picture(&loaded.blocks);
    describe(&mut shell);
    Html::page(&HomePage {
        tiles: tiles(&shell),
        blocks: loaded.blocks,
        popular: loaded.popular,
        newest: loaded.newest,
        goods: loaded.goods,
        seen: loaded.seen,
        shell,
    })
}

fn load(conn: &mut Conn, view: &View, seen: &Seen) -> Result<Loaded> {
    let blocks = content::queries::blocks(conn, view)?;
    let popular = queries::popular(conn, view, None, PER_BLOCK)?;
    let newest = queries::newest(conn, view, PER_BLOCK)?;
    Ok(Loaded {
        goods: goods(conn, view, &blocks)?,
        blocks,
        popular: card::load(conn, view, &popular)?,
        newest: card::load(conn, view, &newest)?,
        seen: seen::cards(conn, view, seen, None)?,
    })
}

/// One question for each block that shows goods of a category; the room of blocks bounds how many.
fn goods(conn: &mut Conn, view: &View, blocks: &[Block]) -> Result<Goods> {
    let mut goods = Goods::new();
    for block in blocks.iter().filter(|block| block.kind == BlockKind::Goods) {
        if let Some(category) = block.category {
            let found = queries::popular(conn, view, Some(category), PER_BLOCK)?;
            goods.insert(block.id, card::load(conn, view, &found)?);
        }
    }
    Ok(goods)
}

fn tiles(shell: &Shell) -> Vec<Tile> {
    let categories = shell.frame().children(None).map(|category| Tile {
        href: shell.href(&format!("/categories/{}", category.slug)).into_owned(),
        name: shell.local(&category.name).to_owned(),
        picture: category.picture.clone(),
        size: category.size,
    });
    categories.collect()
}

fn picture(blocks: &[Block]) -> String {
    let pictures = blocks.iter().filter_map(|block| block.picture.as_ref());
    pictures.map(Picture::to_share).find(|it| !it.is_empty()).unwrap_or_default()
}

/// Structured data: who runs the shop.
fn describe(shell: &mut Shell) {
    let (name, email) = (shell.shop_name().to_owned(), shell.settings().email.clone());
    let url = shell.full("/");
    let logo = shell.full(shell.asset("icon-512.png"));
    let languages: Vec<&str> = shell.settings().languages.iter().map(|l| l.code()).collect();
    let site = json!({
        "@context": "https://schema.org", "@type": "WebSite",
        "name": name, "url": url, "inLanguage": languages,
    });
    let mut organization = json!({
        "@context": "https://schema.org", "@type": "Organization",
        "name": name, "url": url, "logo": logo,
    });
    if !email.is_empty() {
        organization["email"] = email.into();
    }
    shell.head.describe(&site);
    shell.head.describe(&organization);
}

impl HomePage {
    /// Every second picture with words stands the other way round.
    fn is_flipped(&self, position: &usize) -> bool {
        let before = self.blocks.iter().take(*position);
        before.filter(|block| block.kind == BlockKind::Split).count() % 2 == 1
    }

    /// The products of a block.
    fn cards(&self, block: &Block) -> &[Card] {
        match block.kind {
            BlockKind::Popular => &self.popular,
            BlockKind::Newest => &self.newest,
            _ => self.goods.get(&block.id).map_or(&[], Vec::as_slice),
        }
    }

    /// Where all products are of which a block shows some.
    fn more(&self, block: &Block) -> String {
        let category = block.category.and_then(|id| self.shell.frame().find_category(id));
        match category {
            Some(category) => {
                self.shell.href(&format!("/categories/{}", category.slug)).into_owned()
            }
            None => format!("{}?sort={}", self.shell.href("/search"), block.kind.code()),
        }
    }

    /// The HTML of a text.
    fn html(&self, text: &str) -> String {
        content::html(text, |path| self.shell.href(path).into_owned())
    }

    fn has_hero(&self) -> bool {
        self.blocks.iter().any(|block| block.kind == BlockKind::Hero)
    }
}
