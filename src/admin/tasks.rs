//! What somebody should see to, as far as she may see it: on the first page.

use fluent_bundle::FluentValue;

use super::Allowed;
use super::desk::Desk;
use super::queries::{self, MOST};
use crate::catalog::levels;
use crate::db::Conn;
use crate::error::Result;
use crate::messages::book;
use crate::orders::Waits;
use crate::staff::{Permission, Rule};

/// Something that somebody should see to.
pub struct Task {
    pub icon: &'static str,
    /// How urgent: the colour of its icon.
    pub tone: &'static str,
    pub text: String,
    /// The list of it; empty for none.
    pub href: String,
}

/// What she may see of it.
#[derive(Clone, Copy)]
struct Sight {
    orders: bool,
    /// So few are low; `None` when she may not see goods.
    low: Option<i64>,
    messages: bool,
    shop: bool,
}

const LOW: &str = "/admin/stock?state=low";

/// What was counted.
#[derive(Default)]
struct Counted {
    orders: Vec<(Waits, i64)>,
    low: i64,
    messages: i64,
    jobs: i64,
}

pub(super) async fn load<R: Rule>(staff: &Allowed<R>, shell: &Desk) -> Result<Vec<Task>> {
    let visit = staff.visit();
    let few = visit.frame.settings.low_stock;
    let sight = Sight {
        orders: staff.may(Permission::ViewOrders),
        low: staff.may(Permission::ViewProducts).then_some(few),
        messages: staff.may(Permission::ViewCustomers),
        shop: staff.may(Permission::ChangeSettings),
    };
    let counted = visit.shop.db.read(move |conn| count(conn, sight)).await?;
    let mut tasks = tasks(shell, &counted);
    if sight.shop && !visit.frame.settings.open {
        let (text, href) =
            (shell.t("task-closed").to_owned(), shell.href("/admin/start").into_owned());
        tasks.insert(0, Task { icon: "store", tone: "warn", text, href });
    }
    if sight.shop && visit.shop.has_unnamed_proxy() {
        let text = shell.t("admin-unnamed-proxy").to_owned();
        tasks.push(Task { icon: "circle-alert", tone: "bad", text, href: String::new() });
    }
    Ok(tasks)
}

fn count(conn: &mut Conn, sight: Sight) -> Result<Counted> {
    let mut counted = Counted::default();
    if sight.orders {
        counted.orders = queries::waiting(conn)?;
    }
    if let Some(few) = sight.low {
        counted.low = levels::count_low(conn, few, MOST)?;
    }
    if sight.messages {
        counted.messages = book::count_open(conn, MOST)?;
    }
    if sight.shop {
        counted.jobs = queries::failed_jobs(conn)?;
    }
    Ok(counted)
}

fn tasks(shell: &Desk, counted: &Counted) -> Vec<Task> {
    let of_orders = counted.orders.iter().map(|(waits, count)| {
        let list = format!("/admin/orders?waits={}", waits.code());
        (looks(*waits), *count, shell.href(&list).into_owned())
    });
    let others = [
        (
            ("mail", "info", "task-message"),
            counted.messages,
            shell.href("/admin/messages").into_owned(),
        ),
        (("tag", "warn", "task-low-stock"), counted.low, shell.href(LOW).into_owned()),
        (
            ("circle-alert", "bad", "task-jobs"),
            counted.jobs,
            shell.href("/admin/jobs").into_owned(),
        ),
    ];
    let open = of_orders.chain(others).filter(|(_, count, _)| *count > 0);
    open.map(|((icon, tone, key), count, href)| Task {
        icon,
        tone,
        text: counted_text(shell, key, count),
        href,
    })
    .collect()
}

/// Icon, tone, words.
fn looks(waits: Waits) -> (&'static str, &'static str, &'static str) {
    match waits {
        Waits::Packing => ("package", "info", "task-packing"),
        Waits::Money => ("landmark", "", "task-money"),
        Waits::Proof => ("landmark", "warn", "task-proof"),
        Waits::Return => ("rotate-ccw", "", "task-return"),
        Waits::Refund => ("wallet", "warn", "task-refund"),
        Waits::Stopped => ("lock", "warn", "task-stopped"),
        Waits::Trouble => ("circle-alert", "bad", "task-trouble"),
        Waits::Mail => ("mail", "bad", "task-mail"),
    }
}

fn counted_text(shell: &Desk, key: &str, count: i64) -> String {
    let shown = if count < MOST { count.to_string() } else { format!("{MOST}+") };
    shell.texts().with(key, &[("count", FluentValue::from(count)), ("shown", shown.into())])
}
