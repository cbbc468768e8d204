//! To one of the staff: what happened to her account.

use super::send;
use super::staff_link::Words;
use crate::db::Conn;
use crate::error::Result;
use crate::jobs::Task;
use crate::staff::{Happened, News, find_account};
use crate::web::{Shell, Shop};

/// Writes the mail, in the shop's own language: nobody knows which one she reads.
pub(super) fn tell(conn: &mut Conn, shop: &Shop, task: &Task) -> Result<()> {
    let News { staff, happened } = task.about()?;
    let Some(account) = find_account(conn, staff)? else { return Ok(()) };
    let shell = Shell::of_shop(shop, shop.frame().own_language(), task.now);
    let name = name_of(&happened);
    let (subject, lead) =
        (format!("mail-staff-news-{name}"), format!("mail-staff-news-{name}-lead"));
    let words = Words {
        subject: shell.with(&subject, "shop", shell.shop_name()),
        lead: shell.with(&lead, "device", device(&shell, &happened)),
        button: shell.t("mail-staff-news-button").to_owned(),
        href: shell.full_href("/admin/forgot"),
        foot: shell.t("mail-staff-news-foot").to_owned(),
    };
    let letter = words.letter(&shell, account.email)?;
    send::put(conn, &format!("{}/{}", task.kind, task.id), &letter, shop, task.now)
}

/// Of its texts: `mail-staff-news-` and this is the subject, with `-lead` what it says.
fn name_of(happened: &Happened) -> &'static str {
    match happened {
        Happened::SignedInOn(_) => "device",
        Happened::PasswordChanged => "password",
        Happened::SecondFactorSet => "factor-set",
        Happened::SecondFactorTaken => "factor-taken",
        Happened::RecoveryCodeUsed => "recovery-code",
        Happened::RoleChanged => "role",
    }
}

fn device<'a>(shell: &'a Shell, happened: &'a Happened) -> &'a str {
    match happened {
        Happened::SignedInOn(words) if !words.is_empty() => words,
        _ => shell.t("admin-unknown-device"),
    }
}
