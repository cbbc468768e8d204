//! The declaration: every column of the database, and of each whether it is about a person.
//!
//! The tables stand in the order in which a person is forgotten: what is found by way of another table
//! stands before it. What a new column needs: to stand in `plain`, or in a [`Personal`] with its fate.

use super::model::Fate::{Emptied, Goes, Kept, Replaced};
use super::model::Whose::{Anybody, Customer, Shopper, Staff, Subscriber};
use super::model::{Fate, Ground, Personal, Table, Whose};

/// Rows of one of her orders.
const OF_ORDER: &str = "order_id IN (SELECT id FROM hers)";
/// Rows of a payment of one of her orders.
const OF_PAYMENT: &str =
    "payment_id IN (SELECT id FROM payment WHERE order_id IN (SELECT id FROM hers))";
/// Rows of her account.
const OF_CUSTOMER: &str = "customer_id = (SELECT customer FROM person)";

/// Every table of the shop.
pub const TABLES: &[Table] = &[
    // Her account.
    shoppers(
        "session",
        OF_CUSTOMER,
        &[of(Anybody, Goes, "token_hash device created_at proven_at seen_at ends_at expires_at")],
        "id customer_id staff_id is_kept",
    ),
    shoppers(
        "link",
        "customer_id = (SELECT customer FROM person) OR lower(email) = (SELECT email FROM person)",
        &[of(Anybody, Goes, "token_hash email about locale created_at expires_at used_at")],
        "id purpose customer_id staff_id",
    ),
    shoppers(
        "customer_address",
        OF_CUSTOMER,
        &[of(
            Customer,
            Goes,
            "name company tax_number phone line1 line2 district city region postcode country",
        )],
        "id customer_id position is_for_delivery is_for_billing",
    ),
    shoppers(
        "customer_cart",
        OF_CUSTOMER,
        &[of(Customer, Goes, "cart_id lines count codes updated_at")],
        "customer_id",
    ),
    shoppers(
        "customer_note",
        OF_CUSTOMER,
        &[of(Customer, Goes, "body noted_at"), of(Staff, Goes, "actor")],
        "id customer_id",
    ),
    // With an account or without: her mailbox is what counts.
    shoppers(
        "draft",
        "email_key = (SELECT email FROM person)",
        &[
            of(
                Shopper,
                Goes,
                "cart_id lines allowance_name allowance_ppm allowance_amount email email_key locale fields \
                 created_at updated_at sent_at expires_at",
            ),
            of(Staff, Goes, "author"),
        ],
        "id version",
    ),
    shoppers(
        "stock_alert",
        "email_key = (SELECT email FROM person)",
        &[of(
            Shopper,
            Goes,
            "variant_id email email_key locale token_hash asked_at told_at expires_at",
        )],
        "id",
    ),
    shoppers(
        "wish",
        "wishlist_id IN (SELECT id FROM wishlist WHERE customer_id = (SELECT customer FROM person))",
        &[of(Customer, Goes, "variant_id unit_price added_at")],
        "wishlist_id",
    ),
    shoppers(
        "wishlist",
        OF_CUSTOMER,
        &[of(Customer, Goes, "share_token updated_at")],
        // A guest's key names nobody: it is random, and in her cookie.
        "id customer_id guest_key",
    ),
    shoppers(
        "message_entry",
        "message_id IN (SELECT id FROM message WHERE customer_id = (SELECT customer FROM person) \
         OR email_key = (SELECT email FROM person))",
        &[of(Shopper, Goes, "body written_at"), of(Staff, Goes, "actor")],
        "id message_id kind",
    ),
    shoppers(
        "message",
        "customer_id = (SELECT customer FROM person) OR email_key = (SELECT email FROM person)",
        &[of(
            Shopper,
            Goes,
            "topic name email email_key order_number body locale fingerprint written_at touched_at",
        )],
        "id status customer_id version",
    ),
    shoppers(
        "customer",
        "id = (SELECT customer FROM person)",
        &[of(
            Customer,
            Goes,
            "email email_key name locale customer_group password_hash created_at",
        )],
        "id",
    ),
    // What she agreed to, by a number that leads to nobody once her subscription is gone.
    shoppers(
        "consent",
        "subscriber IN (SELECT id FROM subscriber WHERE email_key = (SELECT email FROM person))",
        &[],
        "id subscriber purpose act source locale version text asked_at happened_at",
    ),
    shoppers(
        "subscriber",
        "email_key = (SELECT email FROM person)",
        &[of(Subscriber, Goes, "email email_key locale token confirmed_at")],
        "id",
    ),
    // What was written to her, or about her orders.
    shoppers(
        "job",
        "kind = 'mail.send' AND payload IN (SELECT CAST(id AS TEXT) FROM mail \
         WHERE order_id IN (SELECT id FROM hers) UNION SELECT CAST(id AS TEXT) FROM mail \
         WHERE order_id IS NULL AND lower(recipient) = (SELECT lower(email) FROM person) \
         UNION SELECT CAST(id AS TEXT) FROM mail \
         WHERE template = 'new_message' AND lower(reply_to) = (SELECT lower(email) FROM person))",
        &[of(Shopper, Goes, "last_error")],
        "id queue kind payload unique_key created_at due_at worker attempts done_at failed_at dropped",
    ),
    shoppers(
        "mail",
        // Not by OR, which PostgreSQL answers by reading all mails; `lower(email)` is compared like the
        // expression in SQLite's index, `email` alone is not.
        "id IN (SELECT id FROM mail WHERE order_id IN (SELECT id FROM hers) \
         UNION SELECT id FROM mail WHERE order_id IS NULL AND lower(recipient) = (SELECT lower(email) FROM person) \
         UNION SELECT id FROM mail WHERE template = 'new_message' AND lower(reply_to) = (SELECT lower(email) FROM person))",
        &[
            of(Anybody, Replaced("'erased-' || id"), "recipient"),
            of(Shopper, Emptied, "reply_to subject text html last_error unsubscribe"),
            // What waited is not sent any more.
            of(
                Shopper,
                Replaced("CASE status WHEN 'waiting' THEN 'failed' ELSE status END"),
                "status",
            ),
        ],
        "id event template order_id locale sender message_id created_at sent_at attempts",
    ),
    // The money of her orders.
    shoppers(
        "payment_inbox",
        "attempt IN (SELECT attempt FROM payment WHERE order_id IN (SELECT id FROM hers)) \
         OR reference IN (SELECT reference FROM payment WHERE order_id IN (SELECT id FROM hers))",
        &[of(Shopper, Emptied, "payload error")],
        "gateway event_id attempt reference received_at processed_at",
    ),
    shoppers(
        "payment_proof",
        OF_ORDER,
        &[of(Shopper, Goes, "bytes uploaded_at")],
        "id order_id position media_type",
    ),
    shoppers(
        "payment_receipt",
        OF_PAYMENT,
        &[
            of(Shopper, Replaced("'erased-' || id"), "reference"),
            of(Staff, Kept(Ground::Staff), "actor"),
        ],
        "id payment_id amount received_at",
    ),
    shoppers(
        "payment_dispute",
        OF_PAYMENT,
        &[of(Shopper, Emptied, "reason")],
        "payment_id reference amount status opened_at moved_at",
    ),
    shoppers(
        "rehearsal_refund",
        "reference IN (SELECT reference FROM payment WHERE order_id IN (SELECT id FROM hers))",
        &[],
        "idempotency_key reference amount",
    ),
    shoppers(
        "rehearsal",
        "attempt IN (SELECT attempt FROM payment WHERE order_id IN (SELECT id FROM hers))",
        // It leads to her order.
        &[of(Shopper, Emptied, "return_url")],
        "reference attempt order_number currency amount status refunded_amount expires_at created_at",
    ),
    shoppers("refund_line", OF_ORDER, &[], "refund_id order_id row_key from_unit to_unit amount"),
    shoppers(
        "refund",
        OF_ORDER,
        &[of(Shopper, Emptied, "reason"), of(Staff, Kept(Ground::Staff), "actor")],
        "id payment_id order_id amount kind status idempotency_key credit_note_id created_at settled_at \
         order_return_id",
    ),
    shoppers(
        "payment",
        OF_ORDER,
        &[of(Shopper, Emptied, "redirect_url trouble")],
        "id order_id attempt gateway reference live currency amount status captured_amount refunded_amount \
         expires_at checked_at created_at",
    ),
    shoppers(
        "invoice_credit",
        "invoice_id IN (SELECT id FROM invoice WHERE order_id IN (SELECT id FROM hers))",
        &[],
        "credit_note_id invoice_id row_key from_unit to_unit",
    ),
    shoppers(
        "invoice",
        OF_ORDER,
        &[of(Shopper, Kept(Ground::Invoices), "document")],
        "id series_id sequence number kind order_id corrects_id issued_at locale currency buyer_forgotten net_amount tax_amount \
         rounding_amount total_amount round",
    ),
    // The goods of her orders.
    shoppers(
        "shipment_line",
        "shipment_id IN (SELECT id FROM shipment WHERE order_id IN (SELECT id FROM hers))",
        &[],
        "shipment_id order_line_id quantity",
    ),
    shoppers(
        "shipment",
        OF_ORDER,
        &[of(Shopper, Emptied, "tracking_number tracking_url")],
        "id order_id position carrier shipped_at",
    ),
    shoppers(
        "order_return_line",
        "order_return_id IN (SELECT id FROM order_return WHERE order_id IN (SELECT id FROM hers))",
        &[],
        "order_return_id order_line_id quantity received restocked",
    ),
    shoppers(
        "order_return",
        OF_ORDER,
        &[of(Shopper, Emptied, "note answer")],
        "id order_id position status reason requested_at wish",
    ),
    // Her orders themselves: what was sold for how much stays, and where taxes are due.
    shoppers(
        "order_address",
        OF_ORDER,
        &[of(Shopper, Emptied, "name company tax_number line1 line2 district city postcode")],
        "order_id kind region country",
    ),
    shoppers(
        "order_discount",
        OF_ORDER,
        &[],
        "order_id position promotion_slug name code lane amount",
    ),
    shoppers(
        "order_edit",
        OF_ORDER,
        &[],
        "order_id position edited_at total_amount quote_request bill",
    ),
    shoppers(
        "order_event",
        OF_ORDER,
        &[
            // These two hold no word of anybody's, and the books are read by them.
            of(
                Shopper,
                Replaced("CASE WHEN kind IN ('placed', 'paid') THEN data ELSE '{}' END"),
                "data",
            ),
            of(Staff, Kept(Ground::Staff), "actor"),
        ],
        "id order_id kind happened_at public",
    ),
    shoppers(
        "order_line",
        OF_ORDER,
        &[],
        "id order_id position variant_id sku product_slug name options picture quantity unit_amount list_amount \
         discount_amount net_amount tax_amount gross_amount weight_grams requires_shipping shipped returned",
    ),
    shoppers("erasure", OF_ORDER, &[of(Shopper, Goes, "asked_at")], "order_id"),
    shoppers("order_tax", OF_ORDER, &[], "order_id position name ppm net_amount tax_amount"),
    shoppers(
        "redemption",
        OF_ORDER,
        &[of(Shopper, Emptied, "customer_key")],
        "promotion_id order_id amount",
    ),
    shoppers(
        "promotion_customer",
        "customer_key = (SELECT email FROM person)",
        &[of(Shopper, Goes, "customer_key used")],
        "promotion_id",
    ),
    shoppers(
        "orders",
        "id IN (SELECT id FROM hers)",
        &[
            of(Shopper, Emptied, "email email_key phone note stop_reason"),
            // The address of its page opens nothing any more, and the cart in a cookie is nobody's.
            of(Shopper, Replaced("'erased-' || id"), "token cart_id"),
        ],
        "id number status payment_status fulfilment_status placed_at locale payment_method delivery_name \
         delivery_kind delivery_code delivery_rule chargeable_weight_g deliver_from deliver_until currency \
         prices_include_tax goods_amount discount_amount delivery_amount fee_amount tax_amount rounding_amount \
         total_amount quote_request bill version pay_until customer_id country terms_edition privacy_edition",
    ),
    // Whom limits count.
    shops("allowance", &[of(Anybody, Kept(Ground::Hidden), "subject")], "used_until"),
    // Who works here, and what she does.
    shops(
        "staff",
        &[of(
            Staff,
            Kept(Ground::Staff),
            "email name password_hash seed last_step created_at disabled_at",
        )],
        "id built_in role_id version",
    ),
    shops("staff_recovery_code", &[of(Staff, Kept(Ground::Staff), "hash")], "staff_id"),
    shops("staff_role", &[], "id name permissions"),
    shops(
        "audit_entry",
        &[of(
            Staff,
            Kept(Ground::Staff),
            "happened_at actor_id actor_name address request before after",
        )],
        "sequence actor_kind action entity_kind entity hash",
    ),
    shops("audit_head", &[], "id entries"),
    shops(
        "stock_move",
        &[of(Staff, Kept(Ground::Staff), "reason actor")],
        "id variant_id kind on_hand reserved cause moved_at",
    ),
    // Who was shut out would come in again.
    shoppers(
        "block",
        "pattern = (SELECT email FROM person)",
        &[
            of(Shopper, Kept(Ground::ShutOut), "pattern reason blocked_at"),
            of(Staff, Kept(Ground::Staff), "actor"),
        ],
        "is_many",
    ),
    shops(
        "stocktake",
        &[of(Staff, Kept(Ground::Staff), "made_by booked_by")],
        "id name status version lines counted currency since_move made_at booked_at",
    ),
    shops(
        "stocktake_line",
        &[of(Staff, Kept(Ground::Staff), "counted_by")],
        "stocktake_id number variant_id counted expected unit_amount counted_at outcome",
    ),
    shops("bulk_edit", &[of(Staff, Kept(Ground::Staff), "staff_id change")], "id stage made_at"),
    shops("saved_view", &[of(Staff, Kept(Ground::Staff), "staff_id name query")], "id list"),
    // Whose bank account money goes to, and who is told of orders.
    shops("setting", &[of(Staff, Kept(Ground::Staff), "value")], "key"),
    // What the shop sells, and how.
    plain("attribute", "id code kind filterable unit position version"),
    plain("attribute_choice", "id attribute_id code position"),
    plain("attribute_choice_text", "attribute_choice_id locale name"),
    plain("attribute_text", "attribute_id locale name"),
    plain("brand", "id slug name version"),
    plain("bulk_change", "bulk_edit_id product_id stand before after problem"),
    plain("cart_day", "day carts"),
    plain("category", "id parent_id slug position media_id version hidden"),
    plain("category_old_slug", "slug category_id"),
    plain("category_text", "category_id locale name description seo_title seo_description"),
    plain(
        "delivery_method",
        "id zone_id code position tax_class kind currency rate_kind amount first_g first_amount step_g step_amount \
         tolerance_g table_by free_over_amount free_over_basis volumetric_divisor min_weight_g max_weight_g \
         min_subtotal max_subtotal min_days max_days cutoff_minute active starts_at ends_at",
    ),
    plain("delivery_method_text", "method_id locale name note"),
    plain("delivery_tier", "method_id up_to amount"),
    plain("demo_thing", "kind thing_id"),
    plain(
        "goods_import",
        "id staff_id name file size dialect ignored stock state at_byte at_line made changed same wrong problems undone \
         kept created_at changed_at",
    ),
    plain("goods_import_item", "import_id line handle effect version changes"),
    plain("goods_import_problem", "import_id position line column_name cell message is_note"),
    plain("home_block", "id kind position media_id hidden starts_at ends_at category_id version"),
    plain("home_block_text", "home_block_id locale data"),
    plain("invoice_series", "id kind year prefix next"),
    plain("look", "state data"),
    plain("media", "id name width height widths original hash status unused_since"),
    plain("media_text", "media_id locale alt"),
    plain("opening_step", "code answered_at"),
    plain("menu_item", "id menu parent_id position version category_id page_id address"),
    plain("menu_item_text", "menu_item_id locale label"),
    plain("option_type", "id code position"),
    plain("option_type_text", "option_type_id locale name"),
    plain("option_value", "id option_type_id code position swatch"),
    plain("option_value_text", "option_value_id locale name"),
    plain("page", "id slug position published updated_at kind version publish_at"),
    shops(
        "page_edition",
        &[of(Staff, Kept(Ground::Staff), "actor")],
        "page_id number published_at",
    ),
    plain("page_edition_text", "page_id number locale title body"),
    plain("page_text", "page_id locale title description body seo_title"),
    plain(
        "price",
        "id variant_id currency amount compare_at starts_at ends_at specificity customer_group min_quantity",
    ),
    plain("price_history", "variant_id currency since amount reduced lowest_before"),
    plain(
        "product",
        "id slug status publish_at unpublish_at category_id brand_id tax_class requires_shipping popularity updated_at \
         version",
    ),
    plain(
        "product_attribute",
        "id product_id attribute_id locale choice_id text_value number_value bool_value date_value",
    ),
    plain("product_category", "category_id product_id direct"),
    plain("product_media", "product_id media_id position"),
    plain("product_old_slug", "slug product_id"),
    plain("product_option", "product_id option_type_id position"),
    plain("product_option_value", "product_id option_value_id"),
    plain("product_tag", "product_id tag"),
    plain(
        "product_text",
        "product_id locale name sort_name subtitle description seo_title seo_description",
    ),
    plain(
        "promotion",
        "id slug status automatic lane kind amount ppm buy_quantity get_quantity priority starts_at ends_at exclusive \
         min_subtotal subtotal_basis min_quantity max_discount currency usage_limit per_customer_limit used",
    ),
    plain("promotion_code", "code promotion_id"),
    plain("promotion_target", "id promotion_id category_id product_id variant_id"),
    plain("promotion_text", "promotion_id locale name"),
    plain("redirect", "id from_path to_address made_at hits last_hit_at"),
    plain("related_product", "product_id related_id position"),
    plain("sales_block", "first_day"),
    plain("sales_change", "id at"),
    plain("sales_day", "day begins_at ends_at"),
    plain(
        "sales_sum",
        "report days day currency item note ppm name count list_amount discount_amount extra_amount \
         net_amount tax_amount rounding_amount gross_amount back_amount",
    ),
    // Without addresses and long numbers: src/tally/model.rs.
    plain("search_day", "day words searches empty"),
    plain("search_term", "term product_id weight"),
    plain("shop_version", "id version"),
    plain("stock", "variant_id on_hand reserved backorder_limit fell_low_at low_at"),
    plain("stock_worth", "currency category units unpriced amount made_at"),
    plain("tax_rate", "id zone_id code tax_class name ppm position valid_from valid_to"),
    plain(
        "variant",
        "id product_id sku option_key position active weight_grams length_mm width_mm height_mm media_id",
    ),
    plain("variant_option", "variant_id option_type_id option_value_id"),
    plain("zone", "id kind code name position"),
    plain("zone_member", "id zone_id country region postcode_from postcode_to"),
];

/// A table of which some rows are a shopper's.
const fn shoppers(
    name: &'static str,
    hers: &'static str,
    personal: &'static [Personal],
    plain: &'static str,
) -> Table {
    Table { name, hers, personal, plain }
}

/// A table of which no row is a shopper's.
const fn shops(name: &'static str, personal: &'static [Personal], plain: &'static str) -> Table {
    Table { name, hers: "", personal, plain }
}

/// A table about nobody.
const fn plain(name: &'static str, plain: &'static str) -> Table {
    shops(name, &[], plain)
}

const fn of(whose: Whose, fate: Fate, columns: &'static str) -> Personal {
    Personal { columns, whose, fate }
}
