//! The options of a product as radio buttons that need no script.

use super::choice::{Chosen, Prospect, Range};
use crate::ids::{MediaId, OptionTypeId, OptionValueId};
use crate::web::{Picture, Shell, View};

/// One option: a group of radio buttons.
#[derive(Debug)]
pub struct OptionView {
    /// The name of the field.
    pub code: String,
    pub name: String,
    pub values: Vec<ValueView>,
    /// Every value has a picture of its own to show.
    pub has_pictures: bool,
}

#[derive(Debug)]
pub struct ValueView {
    pub code: String,
    pub name: String,
    pub picture: Option<Picture>,
    /// Price or "Sold out", where it depends on this value.
    pub note: String,
    pub is_chosen: bool,
    pub is_out: bool,
}

/// The options in the product's order, their values in that of its variants.
pub(super) fn options(
    shell: &Shell,
    view: &View,
    range: &Range,
    chosen: &Chosen,
    pictures: &[(MediaId, Picture)],
) -> Vec<OptionView> {
    let view = Views { shell, view, range, chosen, pictures };
    range.options.iter().filter_map(|option| view.option(*option)).collect()
}

struct Views<'a> {
    shell: &'a Shell,
    view: &'a View,
    range: &'a Range,
    chosen: &'a Chosen,
    pictures: &'a [(MediaId, Picture)],
}

impl Views<'_> {
    fn option(&self, option: OptionTypeId) -> Option<OptionView> {
        let vocabulary = &self.view.frame.vocabulary;
        let term = vocabulary.options.get(&option)?;
        let ids = self.range.values_of(option);
        let prospects: Vec<Prospect> =
            ids.iter().map(|id| self.range.prospect(self.chosen, option, *id)).collect();
        let prices_differ = differ(&prospects);
        let values: Vec<ValueView> = ids
            .iter()
            .zip(&prospects)
            .filter_map(|(id, prospect)| self.value(option, *id, prospect, prices_differ))
            .collect();
        Some(OptionView {
            code: term.code.clone(),
            name: self.view.local(&term.name).to_owned(),
            has_pictures: values.iter().all(|value| value.picture.is_some()),
            values,
        })
    }

    fn value(
        &self,
        option: OptionTypeId,
        id: OptionValueId,
        prospect: &Prospect,
        prices_differ: bool,
    ) -> Option<ValueView> {
        let value = self.view.frame.vocabulary.option_values.get(&id)?;
        let coloured = value.swatch.is_some().then(|| self.range.picture_of(id)).flatten();
        Some(ValueView {
            code: value.code.clone(),
            name: self.view.local(&value.name).to_owned(),
            picture: coloured.and_then(|media| self.picture(media)),
            note: self.note(prospect, prices_differ),
            is_chosen: self.chosen.get(&option) == Some(&id),
            is_out: !matches!(prospect, Prospect::Available { .. }),
        })
    }

    fn picture(&self, media: MediaId) -> Option<Picture> {
        self.pictures.iter().find(|(id, _)| *id == media).map(|(_, picture)| picture.clone())
    }

    fn note(&self, prospect: &Prospect, prices_differ: bool) -> String {
        match prospect {
            Prospect::Available { amount } if prices_differ => self.shell.money(amount),
            Prospect::Available { .. } => String::new(),
            Prospect::SoldOut => self.shell.t("sold-out").to_owned(),
            Prospect::Impossible => self.shell.t("not-together").to_owned(),
        }
    }
}

/// Whether the values that can be had cost different amounts.
fn differ(prospects: &[Prospect]) -> bool {
    let mut amounts = prospects.iter().filter_map(|prospect| match prospect {
        Prospect::Available { amount } => Some(amount),
        _ => None,
    });
    let first = amounts.next();
    amounts.any(|amount| Some(amount) != first)
}
