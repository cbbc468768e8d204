//! Which products are chosen, as addresses and forms say it: those that are ticked, or all that the list
//! finds.

use crate::admin::desk::Desk;
use crate::admin::products::list;
use crate::catalog::bulk::Chosen;
use crate::ids::ProductId;
use crate::web::Form;
use crate::web::frame::Frame;

/// Ticked products of a list: it shows no more.
const MOST: usize = 50;

/// What is chosen: `p` for each that is ticked, those in `products`, or `all` with the list's own
/// filters. `None` for nothing.
pub(super) fn read(form: &Form, frame: &Frame) -> Option<Chosen> {
    if form.find("all").is_some() {
        return Some(Chosen::Matching(list::wanted(frame, form).from_the_first()));
    }
    let ticked = form.iter().filter(|(name, _)| *name == "p").map(|(_, value)| value);
    let numbers = ticked.chain(form.get("products").split('-'));
    let ids = numbers.filter_map(|number| number.parse().ok().map(ProductId)).take(MOST);
    let ids: Vec<ProductId> = ids.collect();
    (!ids.is_empty()).then_some(Chosen::These(ids))
}

/// Fields that say it again.
pub(super) fn fields(shell: &Desk, chosen: &Chosen) -> Vec<(String, String)> {
    match chosen {
        Chosen::These(ids) => {
            let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
            vec![("products".to_owned(), ids.join("-"))]
        }
        Chosen::Matching(wanted) => {
            let all = [("all".to_owned(), "1".to_owned())];
            all.into_iter().chain(list::sent_on(shell, wanted)).collect()
        }
    }
}
