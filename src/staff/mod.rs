//! Who works here, and what each may do: accounts of the staff, their roles, their second factor.
//! Owns the tables `staff`, `staff_role`, `staff_recovery_code` and `saved_view`. Staff are not customers: other
//! accounts, another cookie, stricter sign-ins.
//!
//! What may be done is a [`Permission`]; a role is a set of them. The owner's holds all, and there
//! is always an owner: the statements that demote and disable see to that. Nobody gives what she
//! does not have herself. Every change here stands in the audit log, in its own transaction.

mod changes;
mod joining;
mod model;
mod news;
mod permission;
mod queries;
mod second_factor;
mod sign_in;
mod views;

pub use changes::{
    Changed, Giver, Refused, ask_for_link, change_password, change_role, disable, enable, link,
    make_role, may_help, remove_role, reset, send_link, sign_out_everywhere, update_role,
};
pub use joining::{Newcomer, choose_password, first_owner_link, invite, join};
pub use model::{Account, Member, OwnRole, Role, RoleName};
pub use news::{Happened, NEWS, News};
pub use permission::{Area, Need, Permission, Permissions, Rule, to};
pub use queries::{find_account, find_email, find_role, list, list_roles, member_of};
pub use second_factor::{Enrolment, RecoveryCodes, Seal, enrol, set_second_factor};
pub use sign_in::{
    Device, Known, actor, find_by_ticket, find_known, is_known_device, known_of, mark_device, open,
    prove, refuse, sign_out, ticket, use_code,
};
pub use views::{
    List, MOST_VIEWS, SavedView, find_view, remove_view, rename_view, save_view, views,
};
