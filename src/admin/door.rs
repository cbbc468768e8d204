//! Addresses of the back office, each with what it needs.

use actix_web::http::Method;
use actix_web::web::{PayloadConfig, get, post, resource};
use actix_web::{FromRequest, Handler, Resource, Responder};

use super::allowed::Allowed;
use crate::staff::{Need, Rule};

/// The arguments of a handler of the back office: the first is the proof that somebody may.
pub trait Guarded: FromRequest + 'static {
    const NEEDS: Need;
}

impl<R: Rule> Guarded for (Allowed<R>,) {
    const NEEDS: Need = R::NEEDS;
}

impl<R: Rule, A: FromRequest + 'static> Guarded for (Allowed<R>, A) {
    const NEEDS: Need = R::NEEDS;
}

impl<R: Rule, A: FromRequest + 'static, B: FromRequest + 'static> Guarded for (Allowed<R>, A, B) {
    const NEEDS: Need = R::NEEDS;
}

impl<R, A, B, C> Guarded for (Allowed<R>, A, B, C)
where
    R: Rule,
    A: FromRequest + 'static,
    B: FromRequest + 'static,
    C: FromRequest + 'static,
{
    const NEEDS: Need = R::NEEDS;
}

/// Two languages of 60,000 letters, each of up to nine bytes as a form writes them.
const LONGEST_FORM: usize = 1 << 20;

/// An address, and what each method of it needs. A handler without proof has no way in: the methods
/// here do not take it.
pub struct Door {
    pub path: &'static str,
    pub ways: Vec<(Method, Need)>,
    pub resource: Resource,
}

impl Door {
    pub fn at(path: &'static str) -> Self {
        Self { path, ways: Vec::new(), resource: resource(path) }
    }

    /// Takes forms with texts of several languages, or with a thousand codes and goods.
    pub fn with_long_forms(self) -> Self {
        Self { resource: self.resource.app_data(PayloadConfig::new(LONGEST_FORM)), ..self }
    }

    pub fn get<F, A>(mut self, handler: F) -> Self
    where
        F: Handler<A>,
        A: Guarded,
        F::Output: Responder + 'static,
    {
        self.ways.push((Method::GET, A::NEEDS));
        Self { resource: self.resource.route(get().to(handler)), ..self }
    }

    pub fn post<F, A>(mut self, handler: F) -> Self
    where
        F: Handler<A>,
        A: Guarded,
        F::Output: Responder + 'static,
    {
        self.ways.push((Method::POST, A::NEEDS));
        Self { resource: self.resource.route(post().to(handler)), ..self }
    }
}
