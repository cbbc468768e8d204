//! A form as it stands on a page: its own fields go along, as a browser sends them.

use reqwest::{Method, Url};
use scraper::{ElementRef, Html};

use super::controls::{Button, Control, Kind, button, method, owner, read_controls};
use super::page::{Page, parsed};
use super::visitor::Visitor;

/// A form, filled in by and by, then sent by pressing one of its buttons.
#[derive(Clone)]
pub struct Form {
    visitor: Visitor,
    method: Method,
    action: Url,
    controls: Vec<Control>,
    buttons: Vec<Button>,
}

impl Form {
    pub(super) fn read(
        visitor: Visitor,
        page: &Url,
        document: &Html,
        form: ElementRef<'_>,
    ) -> Self {
        let action = page.join(form.attr("action").unwrap_or_default()).unwrap();
        let id = form.attr("id").unwrap_or_default();
        let mut controls = Vec::new();
        let mut buttons = Vec::new();
        for element in document.select(&parsed("input, select, textarea, button")) {
            if owner(element, form, id) {
                match button(page, element) {
                    Some(button) => buttons.push(button),
                    None => controls.extend(read_controls(element)),
                }
            }
        }
        let method = method(form.attr("method").unwrap_or_default());
        Self { visitor, method, action, controls, buttons }
    }

    /// Types into a field.
    #[track_caller]
    pub fn fill(mut self, name: &str, value: &str) -> Self {
        let field = self.controls.iter_mut().find(|c| c.name == name && c.kind == Kind::Text);
        match field {
            Some(field) => value.clone_into(&mut field.value),
            None => panic!("no field {name:?} to fill in; there are {:?}", self.names()),
        }
        self
    }

    /// Types into the first field whose name begins so.
    #[track_caller]
    pub fn fill_first(self, beginning: &str, value: &str) -> Self {
        let Some(name) = self.names().into_iter().find(|name| name.starts_with(beginning)) else {
            panic!("no field {beginning:?}…; there are {:?}", self.names());
        };
        let name = name.to_owned();
        self.fill(&name, value)
    }

    /// Picks a radio button, ticks a box, or selects from a list.
    #[track_caller]
    pub fn choose(mut self, name: &str, value: &str) -> Self {
        let is_wanted = |c: &Control| c.name == name && c.value == value && c.kind != Kind::Text;
        let Some(at) = self.controls.iter().position(is_wanted) else {
            panic!("no choice {name}={value}; there are {:?}", self.choices(name));
        };
        assert!(!self.controls[at].is_disabled, "{name}={value} cannot be chosen");
        if self.controls[at].kind != Kind::Checkbox {
            self.controls.iter_mut().filter(|c| c.name == name).for_each(|c| c.is_on = false);
        }
        self.controls[at].is_on = true;
        self
    }

    /// Takes the tick out of a box.
    pub fn untick(mut self, name: &str) -> Self {
        self.controls
            .iter_mut()
            .filter(|control| control.name == name && control.kind == Kind::Checkbox)
            .for_each(|control| control.is_on = false);
        self
    }

    /// Sends another value in a field that a visitor cannot change, or that the form does not have.
    pub fn forge(mut self, name: &str, value: &str) -> Self {
        self.controls.retain(|control| control.name != name);
        let (name, value) = (name.to_owned(), value.to_owned());
        let kind = Kind::Text;
        self.controls.push(Control { name, value, kind, is_on: true, is_disabled: false });
        self
    }

    /// Leaves a field out.
    pub fn without(mut self, name: &str) -> Self {
        self.controls.retain(|control| control.name != name);
        self
    }

    /// Presses a button and goes where the answer leads. A label may be cut: `Place order`.
    pub async fn press(self, label: &str) -> Page {
        let visitor = self.visitor.clone();
        let page = self.send(label).await;
        visitor.follow(page).await
    }

    /// Presses a button: one answer, a redirect too.
    pub async fn send(self, label: &str) -> Page {
        let button = self.find_button(label);
        let pairs: Vec<(String, String)> =
            self.values().into_iter().chain(button.pair.clone()).collect();
        let mut url = button.action.unwrap_or_else(|| self.action.clone());
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        if button.method.unwrap_or(self.method) == Method::POST {
            return self.visitor.post(url.as_str(), body).await;
        }
        url.set_query(Some(&body));
        self.visitor.get(url.as_str()).await
    }

    /// Where the form is sent.
    pub fn action(&self) -> &Url {
        &self.action
    }

    /// What is sent as things stand, without a button.
    pub fn values(&self) -> Vec<(String, String)> {
        let sent = self.controls.iter().filter(|c| c.is_on && !c.is_disabled && !c.name.is_empty());
        sent.map(|control| (control.name.clone(), control.value.clone())).collect()
    }

    /// The value of a field as things stand; empty when nothing is sent.
    pub fn value(&self, name: &str) -> String {
        let sent = self.values().into_iter().find(|(known, _)| known == name);
        sent.map(|(_, value)| value).unwrap_or_default()
    }

    /// The values that can be chosen in a group of radio buttons, boxes, or a list.
    pub fn choices(&self, name: &str) -> Vec<&str> {
        let group = self.controls.iter().filter(|c| c.name == name && c.kind != Kind::Text);
        group.filter(|c| !c.is_disabled).map(|c| c.value.as_str()).collect()
    }

    /// The names of all fields, each once.
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.controls.iter().map(|c| c.name.as_str()).collect();
        names.dedup();
        names
    }

    pub fn labels(&self) -> Vec<&str> {
        self.buttons.iter().map(|button| button.label.as_str()).collect()
    }

    #[track_caller]
    fn find_button(&self, label: &str) -> Button {
        let is_exact = |button: &&Button| button.label == label;
        let begins_so = |button: &&Button| button.label.starts_with(label);
        let button = self.buttons.iter().find(is_exact).or(self.buttons.iter().find(begins_so));
        match button {
            Some(button) => button.clone(),
            None => panic!("no button {label:?}; there are {:?}", self.labels()),
        }
    }
}
