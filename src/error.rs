//! One error for the whole shop. `web/error_page.rs` is the one place that turns it into a page.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};

/// What a handler ends with.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a request was not answered as asked. The visitor sees a page for the status; the cause goes
/// to the log, once.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// 400: the request itself makes no sense, whoever sent it.
    #[error("malformed request: {0}")]
    Malformed(&'static str),
    /// 403: an unsafe request that another site sent.
    #[error("cross-site request refused")]
    CrossSite,
    /// 303: who is not signed in is asked to at this address first.
    #[error("not signed in")]
    SignInFirst { at: String },
    /// 404.
    #[error("not found")]
    NotFound,
    /// 408: a form that took its time.
    #[error("request body too slow")]
    TooSlow,
    /// 413: more than 64 kB, or with a file more than 20 MiB.
    #[error("request body too large")]
    TooLarge,
    /// 414: more than 8 kB.
    #[error("address too long")]
    TooLong,
    /// 429: try again in so many seconds.
    #[error("too many requests")]
    TooMany { retry_after_seconds: u32 },
    /// 503: no connection, one that ended, or no place in the queue; the same request may succeed in a
    /// moment.
    #[error("the database is busy")]
    Busy,
    /// 500.
    #[error(transparent)]
    Database(#[from] diesel::result::Error),
    /// 500: `cause` is for the log alone.
    #[error("{cause}")]
    Internal { cause: String },
}

impl Error {
    /// Something that should not happen; the text goes to the log and holds no personal data.
    pub fn internal(cause: impl Into<String>) -> Self {
        Self::Internal { cause: cause.into() }
    }

    /// Whether a unique key or primary key stood in the way.
    pub fn is_duplicate(&self) -> bool {
        use diesel::result::{DatabaseErrorKind::UniqueViolation, Error as DieselError};
        matches!(self, Self::Database(DieselError::DatabaseError(UniqueViolation, _)))
    }

    /// Whether a constraint of the database stood in the way.
    pub fn is_refused(&self) -> bool {
        use diesel::result::{DatabaseErrorKind as Kind, Error as DieselError};
        let Self::Database(DieselError::DatabaseError(kind, _)) = self else { return false };
        matches!(
            kind,
            Kind::UniqueViolation
                | Kind::ForeignKeyViolation
                | Kind::CheckViolation
                | Kind::NotNullViolation
        )
    }

    /// Whether something was to be deleted that another row names.
    pub fn is_in_use(&self) -> bool {
        use diesel::result::{DatabaseErrorKind::ForeignKeyViolation, Error as DieselError};
        match self {
            Self::Database(DieselError::DatabaseError(ForeignKeyViolation, _)) => true,
            // SQLite calls a key with `ON DELETE RESTRICT` a trigger.
            Self::Database(DieselError::DatabaseError(_, why)) => {
                why.message() == "FOREIGN KEY constraint failed"
            }
            _ => false,
        }
    }
}

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::Malformed(_) => StatusCode::BAD_REQUEST,
            Self::CrossSite => StatusCode::FORBIDDEN,
            Self::SignInFirst { .. } => StatusCode::SEE_OTHER,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::TooLong => StatusCode::URI_TOO_LONG,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Database(_) | Self::Internal { .. } => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// An empty answer, which the error page fills: never the cause.
    fn error_response(&self) -> HttpResponse {
        let mut answer = HttpResponse::build(self.status_code());
        match self {
            Self::SignInFirst { at } => {
                answer.insert_header(("location", at.as_str()));
                answer.insert_header(("cache-control", "no-store"));
            }
            Self::TooMany { retry_after_seconds } => {
                answer.insert_header(("retry-after", retry_after_seconds.to_string()));
            }
            Self::Busy => {
                answer.insert_header(("retry-after", "2"));
            }
            _ => {}
        }
        answer.finish()
    }
}
