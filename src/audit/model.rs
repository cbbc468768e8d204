//! Who, what, and the seal of an entry.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::db::schema::audit_entry;
use crate::ids::{
    AttributeId, BlockId, BrandId, CategoryId, CustomerId, DraftId, MessageId, PageId, ProductId,
    RoleId, StaffId, StocktakeId,
};

/// Who does something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    Staff {
        id: StaffId,
        name: String,
    },
    /// Whoever has the command line; the name is what she gave, if she gave one.
    Operator {
        name: String,
    },
    /// Somebody at the door.
    Nobody,
}

impl Actor {
    /// Its kind in the database, and its row there if it has one.
    pub(super) fn kind(&self) -> (&'static str, Option<StaffId>) {
        match self {
            Self::Staff { id, .. } => ("staff", Some(*id)),
            Self::Operator { .. } => ("operator", None),
            Self::Nobody => ("nobody", None),
        }
    }

    pub fn name(&self) -> &str {
        match self {
            Self::Staff { name, .. } | Self::Operator { name } => name,
            Self::Nobody => "",
        }
    }
}

/// Who does something, from where, by which request, and when (UTC).
#[derive(Debug, Clone)]
pub struct Who {
    pub actor: Actor,
    /// Of the client; empty on the command line.
    pub address: String,
    /// As the log names the request; empty on the command line.
    pub request: String,
    pub at: NaiveDateTime,
}

impl Who {
    /// Somebody at the command line.
    pub fn operator(name: Option<&str>, at: NaiveDateTime) -> Self {
        let actor = Actor::Operator { name: name.unwrap_or_default().to_owned() };
        Self { actor, address: String::new(), request: String::new(), at }
    }

    /// A shopper, of whom nothing may be written down here.
    pub fn shopper(at: NaiveDateTime) -> Self {
        Self { actor: Actor::Nobody, address: String::new(), request: String::new(), at }
    }
}

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident = $code:literal,)+) => {
        /// What can be done that is written down.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Action { $($(#[$doc])* $name,)+ }

        impl Action {
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// Its name in the database. Its words are `deed-` and this.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }

            pub fn parse(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|action| action.code() == code)
            }
        }
    };
}

actions! {
    SignedIn = "signed-in",
    SignInRefused = "sign-in-refused",
    SignedOut = "signed-out",
    /// All sign-ins of somebody, or of everybody.
    SessionsEnded = "sessions-ended",
    /// She has shown once more who she is.
    Confirmed = "confirmed",
    PasswordChanged = "password-changed",
    /// By a link.
    PasswordReset = "password-reset",
    SecondFactorSet = "second-factor-set",
    RecoveryCodeUsed = "recovery-code-used",
    StaffInvited = "staff-invited",
    StaffJoined = "staff-joined",
    /// Another role.
    StaffChanged = "staff-changed",
    StaffDisabled = "staff-disabled",
    StaffEnabled = "staff-enabled",
    /// Her sign-ins ended and her second factor taken away.
    StaffReset = "staff-reset",
    /// A link to join by, or for a new password.
    LinkAsked = "link-asked",
    RoleMade = "role-made",
    RoleChanged = "role-changed",
    RoleRemoved = "role-removed",
    SettingsChanged = "settings-changed",
    RulesApplied = "rules-applied",
    /// One that had failed, or waited.
    JobRetried = "job-retried",
    JobDropped = "job-dropped",
    LookDrafted = "look-drafted",
    LookPublished = "look-published",
    DemoGoodsAdded = "demo-goods-added",
    DemoGoodsRemoved = "demo-goods-removed",
    /// Money was received by hand.
    OrderPaid = "order-paid",
    /// Something was put together for somebody to order.
    DraftMade = "draft-made",
    DraftChanged = "draft-changed",
    /// Its link was sent by mail.
    DraftSent = "draft-sent",
    DraftRemoved = "draft-removed",
    /// Staff have made an order of it.
    DraftPlaced = "draft-placed",
    /// Other goods, or another address.
    OrderChanged = "order-changed",
    OrderReady = "order-ready",
    OrderShipped = "order-shipped",
    OrderCancelled = "order-cancelled",
    OrderRefunded = "order-refunded",
    /// It is kept back.
    OrderStopped = "order-stopped",
    OrderLetGo = "order-let-go",
    OrderNoted = "order-noted",
    /// A mail of an order went out once more.
    MailResent = "mail-resent",
    RefundSent = "refund-sent",
    ReturnApproved = "return-approved",
    ReturnDeclined = "return-declined",
    ReturnReceived = "return-received",
    /// A shopper, as far as the law lets her be.
    PersonForgotten = "person-forgotten",
    /// A shopper got everything that is known of her.
    PersonTold = "person-told",
    CustomerNoted = "customer-noted",
    CustomerGrouped = "customer-grouped",
    /// She, or whoever a pattern stands for, orders and signs in no more.
    CustomerBlocked = "customer-blocked",
    CustomerUnblocked = "customer-unblocked",
    /// Two accounts of one person became one.
    CustomersMerged = "customers-merged",
    MessageAnswered = "message-answered",
    MessageNoted = "message-noted",
    /// Done with, spam, or open again.
    MessageMoved = "message-moved",
    StockReceived = "stock-received",
    StockAdjusted = "stock-adjusted",
    /// A stocktake was taken over.
    StockCounted = "stock-counted",
    /// How many of a thing may be backordered, and at how many it runs low.
    BackorderSet = "backorder-set",
    CountSheetMade = "count-sheet-made",
    /// Counts were typed into a sheet, or came with a file.
    CountsTyped = "counts-typed",
    CountSheetRemoved = "count-sheet-removed",
    ProductMade = "product-made",
    ProductChanged = "product-changed",
    VariantChanged = "variant-changed",
    PictureAdded = "picture-added",
    /// What it shows, and which variants it stands for.
    PictureChanged = "picture-changed",
    PicturesOrdered = "pictures-ordered",
    PictureRemoved = "picture-removed",
    PageMade = "page-made",
    PageChanged = "page-changed",
    PageRemoved = "page-removed",
    MenuChanged = "menu-changed",
    BlockMade = "block-made",
    BlockChanged = "block-changed",
    BlockRemoved = "block-removed",
    RedirectMade = "redirect-made",
    RedirectChanged = "redirect-changed",
    RedirectRemoved = "redirect-removed",
    CategoryMade = "category-made",
    /// Its texts, its address, or where it stands.
    CategoryChanged = "category-changed",
    CategoryRemoved = "category-removed",
    BrandMade = "brand-made",
    BrandChanged = "brand-changed",
    BrandRemoved = "brand-removed",
    AttributeMade = "attribute-made",
    AttributeChanged = "attribute-changed",
    AttributeRemoved = "attribute-removed",
    TagRenamed = "tag-renamed",
    TagRemoved = "tag-removed",
    /// A file of goods began to be written.
    ImportBegun = "import-begun",
    ImportUndone = "import-undone",
    /// All of something was taken along as a file.
    Exported = "exported",
    /// Many at once; each of them is told as well.
    ProductsChanged = "products-changed",
    ProductsPutBack = "products-put-back",
}

/// What it was done to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entity {
    /// By its number.
    Order(String),
    Draft(DraftId),
    Staff(StaffId),
    Role(RoleId),
    /// By the number that her account had; without one a guest.
    Customer(Option<CustomerId>),
    /// What somebody wrote to the shop.
    Message(MessageId),
    Product(ProductId),
    /// By its SKU.
    Variant(String),
    Page(PageId),
    /// A count sheet.
    Stocktake(StocktakeId),
    /// Of the home page.
    Block(BlockId),
    /// By the path that it leads on from.
    Redirect(String),
    Category(CategoryId),
    Brand(BrandId),
    Attribute(AttributeId),
    /// As it was.
    Tag(String),
    /// The shop's settings and rules.
    Shop,
}

impl Entity {
    /// Its kind and its name in the database.
    pub(super) fn codes(&self) -> (&'static str, String) {
        match self {
            Self::Order(number) => ("order", number.clone()),
            Self::Draft(id) => ("draft", id.to_string()),
            Self::Staff(id) => ("staff", id.to_string()),
            Self::Role(id) => ("role", id.to_string()),
            Self::Customer(id) => ("customer", id.map(|id| id.to_string()).unwrap_or_default()),
            Self::Message(id) => ("message", id.to_string()),
            Self::Product(id) => ("product", id.to_string()),
            Self::Block(id) => ("block", id.to_string()),
            Self::Redirect(path) => ("redirect", path.clone()),
            Self::Page(id) => ("page", id.to_string()),
            Self::Variant(sku) => ("variant", sku.clone()),
            Self::Stocktake(id) => ("stocktake", id.to_string()),
            Self::Category(id) => ("category", id.to_string()),
            Self::Brand(id) => ("brand", id.to_string()),
            Self::Attribute(id) => ("attribute", id.to_string()),
            Self::Tag(tag) => ("tag", tag.clone()),
            Self::Shop => ("shop", String::new()),
        }
    }
}

/// Something that was done.
#[derive(Debug, Clone)]
pub struct Deed {
    pub action: Action,
    pub entity: Entity,
    /// What of the entity changed, as it was; a JSON object.
    pub before: Value,
    /// The same as it is now, and what else belongs to the deed.
    pub after: Value,
}

impl Deed {
    /// One of which nothing more is to be told.
    pub fn of(action: Action, entity: Entity) -> Self {
        Self { action, entity, before: json!({}), after: json!({}) }
    }
}

/// Which entries are looked for.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    pub action: Option<Action>,
    /// The name of an entity as it stands in the log, such as an order's number, or of an actor;
    /// empty for any.
    pub text: String,
    /// Only older ones.
    pub before: Option<i64>,
}

/// A row of the log.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = audit_entry)]
pub struct Entry {
    /// From 1, without gaps.
    pub sequence: i64,
    pub happened_at: NaiveDateTime,
    pub actor_kind: String,
    pub actor_id: Option<StaffId>,
    pub actor_name: String,
    pub address: String,
    pub request: String,
    pub action: String,
    pub entity_kind: String,
    pub entity: String,
    pub before: String,
    pub after: String,
    /// 64 hexadecimal digits.
    pub hash: String,
}

impl Entry {
    /// Before it is sealed.
    pub(super) fn new(sequence: i64, who: &Who, deed: &Deed) -> Self {
        let (actor_kind, actor_id) = who.actor.kind();
        let (entity_kind, entity) = deed.entity.codes();
        Self {
            sequence,
            happened_at: who.at,
            actor_kind: actor_kind.to_owned(),
            actor_id,
            actor_name: who.actor.name().to_owned(),
            address: who.address.clone(),
            request: who.request.clone(),
            action: deed.action.code().to_owned(),
            entity_kind: entity_kind.to_owned(),
            entity,
            before: deed.before.to_string(),
            after: deed.after.to_string(),
            hash: String::new(),
        }
    }

    /// SHA-256 over the hash of the entry before (empty for the first) and everything in this one,
    /// as a JSON list: where one text ends and the next begins is part of what is sealed.
    pub(super) fn seal(&self, previous: &str) -> String {
        let sealed = json!([
            previous,
            self.sequence,
            self.happened_at.format("%Y-%m-%dT%H:%M:%S%.6f").to_string(),
            self.actor_kind,
            self.actor_id,
            self.actor_name,
            self.address,
            self.request,
            self.action,
            self.entity_kind,
            self.entity,
            self.before,
            self.after,
        ]);
        let digest = Sha256::digest(sealed.to_string());
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;

    fn entry() -> Entry {
        let at = DateTime::from_timestamp(1_800_000_000, 5_000).expect("it exists").naive_utc();
        let deed = Deed {
            action: Action::OrderShipped,
            entity: Entity::Order("482-177-305".into()),
            before: json!({ "fulfilment": "unfulfilled" }),
            after: json!({ "fulfilment": "shipped" }),
        };
        Entry::new(7, &Who::operator(Some("rani"), at), &deed)
    }

    #[test]
    fn a_seal_is_the_same_for_ever() {
        let known = "2a204d88c09129c28683d898341bc85e4e6bd3379b4d91aa726e565a7b0c99b7";
        assert_eq!(entry().seal("before"), known);
    }

    #[test]
    fn every_part_of_an_entry_is_sealed() {
        let sealed = entry().seal("before");
        assert_ne!(entry().seal("else"), sealed);
        let changes: [fn(&mut Entry); 12] = [
            |entry| entry.sequence += 1,
            |entry| entry.happened_at += chrono::TimeDelta::microseconds(1),
            |entry| entry.actor_kind = "staff".into(),
            |entry| entry.actor_id = Some(StaffId(1)),
            |entry| entry.actor_name.push('x'),
            |entry| entry.address.push('x'),
            |entry| entry.request.push('x'),
            |entry| entry.action.push('x'),
            |entry| entry.entity_kind.push('x'),
            |entry| entry.entity.push('x'),
            |entry| entry.before.push('x'),
            |entry| entry.after.push('x'),
        ];
        for (at, change) in changes.iter().enumerate() {
            let mut other = entry();
            change(&mut other);
            assert_ne!(other.seal("before"), sealed, "change {at}");
        }
    }

    #[test]
    fn what_moves_from_one_part_to_the_next_is_seen() {
        let moved = Entry { address: "rani".into(), actor_name: String::new(), ..entry() };
        assert_ne!(moved.seal("before"), entry().seal("before"));
    }
}
