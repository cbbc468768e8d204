//! The controls of a form, as a browser without scripts reads them.

use reqwest::{Method, Url};
use scraper::ElementRef;

use super::page::{parsed, text_of};

#[derive(Clone, Debug)]
pub(super) struct Control {
    pub name: String,
    pub value: String,
    pub kind: Kind,
    /// Whether it is sent: what is not checked or not selected is not.
    pub is_on: bool,
    pub is_disabled: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Radio,
    Checkbox,
    Choice,
}

#[derive(Clone, Debug)]
pub(super) struct Button {
    pub label: String,
    pub pair: Option<(String, String)>,
    pub action: Option<Url>,
    pub method: Option<Method>,
}

/// Whether a control belongs to a form: by its place, unless it names another one.
pub(super) fn owner(element: ElementRef<'_>, form: ElementRef<'_>, id: &str) -> bool {
    match element.attr("form") {
        Some(named) => named == id,
        None => element.ancestors().any(|ancestor| ancestor.id() == form.id()),
    }
}

pub(super) fn button(page: &Url, element: ElementRef<'_>) -> Option<Button> {
    let kind = element.attr("type").unwrap_or("submit");
    let is_button = element.value().name() == "button" || kind == "submit" && is_input(element);
    if !is_button || kind != "submit" || is_disabled(element) {
        return None;
    }
    let words = text_of(element);
    let label = element.attr("aria-label").or(element.attr("value").filter(|_| is_input(element)));
    let pair = element.attr("name").filter(|name| !name.is_empty());
    Some(Button {
        label: label.map_or(words, str::to_owned),
        pair: pair.map(|name| (name.into(), element.attr("value").unwrap_or_default().into())),
        action: element.attr("formaction").map(|action| page.join(action).unwrap()),
        method: element.attr("formmethod").map(method),
    })
}

pub(super) fn method(named: &str) -> Method {
    if named.eq_ignore_ascii_case("post") { Method::POST } else { Method::GET }
}

fn is_input(element: ElementRef<'_>) -> bool {
    element.value().name() == "input"
}

pub(super) fn read_controls(element: ElementRef<'_>) -> Vec<Control> {
    let name = element.attr("name").unwrap_or_default();
    let is_disabled = is_disabled(element);
    let control = |kind, value: String, is_on| Control {
        name: name.to_owned(),
        value,
        kind,
        is_on,
        is_disabled,
    };
    let value = element.attr("value");
    let is_checked = element.attr("checked").is_some();
    match (element.value().name(), element.attr("type").unwrap_or("text")) {
        ("button", _) | ("input", "button" | "reset" | "submit" | "image" | "file") => Vec::new(),
        ("input", "radio") => vec![control(Kind::Radio, value.unwrap_or("on").into(), is_checked)],
        ("input", "checkbox") => {
            vec![control(Kind::Checkbox, value.unwrap_or("on").into(), is_checked)]
        }
        ("input", _) => vec![control(Kind::Text, value.unwrap_or_default().into(), true)],
        ("textarea", _) => {
            vec![control(Kind::Text, element.text().collect::<String>(), true)]
        }
        _ => {
            let options: Vec<ElementRef<'_>> = element.select(&parsed("option")).collect();
            let selected = options.iter().position(|option| option.attr("selected").is_some());
            let choices = options.iter().enumerate().map(|(at, option)| {
                let value = option.attr("value").map_or_else(|| text_of(*option), str::to_owned);
                control(Kind::Choice, value, at == selected.unwrap_or(0))
            });
            choices.collect()
        }
    }
}

fn is_disabled(element: ElementRef<'_>) -> bool {
    let mut fieldsets = element.ancestors().filter_map(ElementRef::wrap);
    element.attr("disabled").is_some()
        || fieldsets.any(|e| e.value().name() == "fieldset" && e.attr("disabled").is_some())
}
