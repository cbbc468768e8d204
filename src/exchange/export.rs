//! All products as a table, piece by piece: a file as long as it may be takes no more memory than
//! some products.

use actix_web::web::Bytes;
use futures_util::Stream;
use futures_util::stream::try_unfold;
use std::sync::Arc;

use super::cells::Ground;
use super::columns::{Cells, Column, Words as Text};
use super::known;
use super::queries;
use crate::db::{Conn, Db};
use crate::error::{Error, Result};
use crate::ids::ProductId;
use crate::web::cells::guarded;
use crate::web::frame::Frame;

/// So many products are read at once.
const AT_ONCE: i64 = 200;

/// How far an export is.
#[derive(Clone, Default)]
pub struct Export {
    columns: Arc<Vec<Column>>,
    after: Option<ProductId>,
}

/// The file, in pieces.
pub fn export(db: Db, frame: Arc<Frame>) -> impl Stream<Item = Result<Bytes>> {
    try_unfold(Some(Export::default()), move |export| {
        let (db, frame) = (db.clone(), frame.clone());
        async move {
            let Some(export) = export else { return Ok(None) };
            db.read_long(move |conn| export.next(conn, &frame)).await
        }
    })
}

impl Export {
    /// A piece, and how it goes on.
    fn next(self, conn: &mut Conn, frame: &Arc<Frame>) -> Result<Option<(Bytes, Option<Self>)>> {
        let ground = Ground::load(conn, frame)?;
        let is_first = self.columns.is_empty();
        let columns = match is_first {
            true => Arc::new(columns(conn, &ground)?),
            false => self.columns,
        };
        let ids = queries::products_after(conn, self.after, AT_ONCE)?;
        let mut table = Table::new(&columns);
        if is_first {
            table.head()?;
        }
        for good in known::load(conn, &ground, &ids)? {
            let sold: Vec<&Cells> =
                good.variants.iter().filter(|it| it.is_sold).map(|it| &it.cells).collect();
            table.product(&good.cells, &sold)?;
        }
        let bytes = table.bytes()?;
        let rest = ids.last().map(|last| Self { columns, after: Some(*last) });
        Ok(Some((bytes, rest)))
    }
}

fn columns(conn: &mut Conn, ground: &Ground) -> Result<Vec<Column>> {
    let mut columns = vec![
        Column::Handle,
        Column::Status,
        Column::Category,
        Column::Brand,
        Column::Tags,
        Column::TaxClass,
        Column::RequiresShipping,
        Column::PublishAt,
        Column::UnpublishAt,
        Column::Pictures,
        Column::Sku,
        Column::Price,
        Column::CompareAt,
        Column::MorePrices,
        Column::Stock,
        Column::Backorder,
        Column::Weight,
        Column::Size,
        Column::Picture,
    ];
    for language in &ground.languages {
        columns.extend(Text::ALL.map(|words| Column::Text(words, *language)));
    }
    columns.extend(ground.others().map(Column::CategoryIn));
    for n in 1..=queries::most_options(conn)? {
        columns.extend([Column::Option(n), Column::Value(n), Column::Swatch(n)]);
        let names = |language| [Column::OptionIn(n, language), Column::ValueIn(n, language)];
        columns.extend(ground.others().flat_map(names));
    }
    columns.extend(features(ground));
    columns.sort();
    Ok(columns)
}

/// Each attribute; a text also in each language.
fn features(ground: &Ground) -> Vec<Column> {
    let words = &ground.words;
    let mut features = Vec::new();
    for id in words.features() {
        let Some(feature) = words.feature(id, None) else { continue };
        if feature.kind == "text" {
            let spoken = ground.languages.iter();
            features.extend(spoken.filter_map(|language| words.feature(id, Some(*language))));
        }
        features.push(feature);
    }
    features.into_iter().map(Column::Attribute).collect()
}

/// Rows on their way into a file.
struct Table<'a> {
    columns: &'a [Column],
    writer: csv::Writer<Vec<u8>>,
}

impl<'a> Table<'a> {
    fn new(columns: &'a [Column]) -> Self {
        Self { columns, writer: csv::Writer::from_writer(Vec::new()) }
    }

    fn head(&mut self) -> Result<()> {
        let names: Vec<String> = self.columns.iter().map(ToString::to_string).collect();
        self.writer.write_record(&names).map_err(failed)
    }

    /// A row for each variant; what is the product's own stands in the first.
    fn product(&mut self, product: &Cells, variants: &[&Cells]) -> Result<()> {
        let none = Cells::new();
        let handle: Cells =
            product.iter().take(1).map(|(c, cell)| (c.clone(), cell.clone())).collect();
        let (first, others) =
            variants.split_first().map_or((&none, &[][..]), |(first, rest)| (*first, rest));
        self.row(product, first)?;
        others.iter().try_for_each(|variant| self.row(&handle, variant))
    }

    fn row(&mut self, product: &Cells, variant: &Cells) -> Result<()> {
        let cell = |column: &Column| {
            let cells = if column.is_of_variant() { variant } else { product };
            guarded(cells.get(column).map_or("", String::as_str))
        };
        let cells: Vec<_> = self.columns.iter().map(cell).collect();
        self.writer.write_record(cells.iter().map(|cell| cell.as_bytes())).map_err(failed)
    }

    fn bytes(self) -> Result<Bytes> {
        let rows = self.writer.into_inner().map_err(|error| Error::internal(error.to_string()))?;
        Ok(rows.into())
    }
}

fn failed(error: csv::Error) -> Error {
    Error::internal(format!("a table cannot be written: {error}"))
}
