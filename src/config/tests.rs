use super::names::NAMES;
use super::*;

/// Settings from a file's text, variables and flags; nothing of this process is looked at.
fn load_from(file: &str, env: &[(&str, &str)], flags: Flags) -> Result<Settings, Vec<Mistake>> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.toml");
    std::fs::write(&path, file).unwrap();
    let flags = Flags { config: Some(path.to_str().unwrap().into()), ..flags };
    load(&flags, env.iter().map(|(name, value)| ((*name).into(), (*value).into())))
}

fn with_env(env: &[(&str, &str)]) -> Result<Settings, Vec<Mistake>> {
    load_from("", env, Flags::default())
}

fn report(answer: Result<Settings, Vec<Mistake>>) -> String {
    answer.unwrap_err().iter().map(|mistake| format!("{mistake}\n")).collect()
}

fn port(text: &str) -> Flags {
    Flags { port: Some(text.into()), ..Flags::default() }
}

#[test]
fn a_shop_starts_without_any_setting() {
    let settings = with_env(&[]).unwrap();
    assert_eq!(settings.data_dir, PathBuf::from("data"));
    assert_eq!(settings.database.to_string(), "sqlite:data/etalase.sqlite3");
    assert_eq!(settings.public_url.as_str(), "http://127.0.0.1:8080");
    assert!(settings.workers >= 1 && settings.database_connections >= 2);
    assert!(settings.rows().iter().all(|row| row.origin == Origin::Default));
}

#[test]
fn every_setting_is_shown() {
    let rows = with_env(&[]).unwrap().rows();
    assert!(rows.iter().map(|row| row.name).eq(NAMES));
}

#[test]
fn flags_beat_variables_and_variables_beat_the_file() {
    let file = "host = \"10.0.0.1\"\nport = 1001\nworkers = 3\n";
    let env = [("ETALASE_PORT", "1002"), ("ETALASE_WORKERS", "4")];
    let settings = load_from(file, &env, port("1003")).unwrap();
    assert_eq!(settings.public_url.as_str(), "http://10.0.0.1:1003");
    assert_eq!(settings.workers, 4);
    assert!(matches!(settings.origin("host"), Origin::File(_, 1)));
    assert_eq!(settings.origin("workers"), Origin::Env("ETALASE_WORKERS".into()));
    assert_eq!(settings.origin("port"), Origin::Flag("--port"));
}

#[test]
fn all_mistakes_are_reported_at_once() {
    let file = "port = 0\nprot = 80\nworkers = \"many\"\n[log]\nlevel = 1\n";
    let env = [
        ("ETALASE_HOST", "everywhere"),
        ("ETALASE_LOG_FROMAT", "json"),
        ("DATABASE_URL", "shop.db"),
    ];
    let report = report(load_from(file, &env, port("99999")));
    for expected in [
        "port (--port): \"99999\" is not a whole number from 1 to 65535",
        "shop.toml, line 1): \"0\" is not a whole number",
        "shop.toml, line 2): no setting \"prot\"; did you mean port?",
        "shop.toml, line 3): \"many\" is not",
        "shop.toml, line 4): a table cannot be used here",
        "host (ETALASE_HOST): \"everywhere\" is not an IP address",
        "(ETALASE_LOG_FROMAT): no such setting; did you mean ETALASE_LOG_FORMAT?",
        "database_url (DATABASE_URL): not a database URL; give sqlite:PATH",
    ] {
        assert!(report.contains(expected), "{expected} is missing in:\n{report}");
    }
    assert_eq!(report.lines().count(), 8, "{report}");
}

#[test]
fn a_mistake_counts_even_when_a_flag_replaces_it() {
    let report = report(load_from("", &[("ETALASE_PORT", "http")], port("8081")));
    assert_eq!(report, "port (ETALASE_PORT): \"http\" is not a whole number from 1 to 65535\n");
}

#[test]
fn a_file_that_is_no_toml_says_where() {
    let report = report(load_from("port = 80\nhost = \n", &[], Flags::default()));
    assert!(report.contains("shop.toml, line 2)"), "{report}");
}

#[test]
fn a_named_file_must_exist() {
    let flags = Flags { config: Some("/nowhere/shop.toml".into()), ..Flags::default() };
    let report = report(load(&flags, std::iter::empty()));
    assert!(report.starts_with("(--config): cannot read /nowhere/shop.toml"), "{report}");
}

#[test]
fn the_variables_of_tests_and_of_others_are_ignored() {
    with_env(&[("ETALASE_TEST_POSTGRES", "x"), ("PATH", "/bin"), ("PORT", "x")]).unwrap();
}

#[test]
fn an_empty_variable_is_no_silent_default() {
    let report = report(with_env(&[("ETALASE_DATABASE_URL", "")]));
    assert!(report.contains("(ETALASE_DATABASE_URL): is empty"), "{report}");
}

#[test]
fn the_database_is_named_once() {
    let env = [("DATABASE_URL", "sqlite:a"), ("ETALASE_DATABASE_URL", "sqlite:b")];
    let report = report(with_env(&env));
    assert!(report.contains("DATABASE_URL and ETALASE_DATABASE_URL are all set"), "{report}");
}

#[test]
fn a_database_url_can_come_from_a_file_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("url");
    std::fs::write(&path, "postgres://shop:s3cret@db/shop\n").unwrap();
    let settings = with_env(&[("ETALASE_DATABASE_URL_FILE", path.to_str().unwrap())]).unwrap();
    let Database::Postgres(url) = &settings.database else { panic!("not PostgreSQL") };
    assert_eq!(url.expose(), "postgres://shop:s3cret@db/shop");
}

#[test]
fn sqlite_paths_are_read_as_others_write_them() {
    for (url, path) in [
        ("sqlite:shop.db", "shop.db"),
        ("sqlite:/srv/shop.db", "/srv/shop.db"),
        ("sqlite:///srv/shop.db", "/srv/shop.db"),
    ] {
        let settings = with_env(&[("DATABASE_URL", url)]).unwrap();
        let Database::Sqlite(read) = settings.database else { panic!("not SQLite") };
        assert_eq!(read, PathBuf::from(path));
    }
}

#[test]
fn a_database_url_that_would_surprise_is_refused() {
    for url in [
        "sqlite:",
        "sqlite::memory:",
        "sqlite:a?mode=ro",
        "shop.db",
        "mysql://a:s3cret@b/c",
        "postgres://",
        "postgres://u:s3cret@",
        "postgres://u:s3@cret@host/db",
        "postgres://u:s3/cret@host/db",
    ] {
        let report = report(with_env(&[("DATABASE_URL", url)]));
        assert!(!report.contains("s3"), "{report}");
    }
}

#[test]
fn secrets_are_masked_wherever_settings_are_shown() {
    for (url, shown) in [
        ("postgres://shop:s3cret@db:5432/shop?sslmode=require", "postgres://shop:***@db:5432/shop"),
        ("postgresql://shop@db/shop?password=s3cret", "postgres://shop@db/shop"),
        ("postgres://db/shop", "postgres://db/shop"),
        ("postgres:///shop?host=/run/postgresql&password=s3@cret", "postgres:///shop"),
    ] {
        let settings = with_env(&[("DATABASE_URL", url)]).unwrap();
        assert_eq!(settings.database.to_string(), shown);
        assert!(!format!("{settings:?}{:?}", settings.rows()).contains("s3"));
    }
}

#[test]
fn a_mail_server_is_read_and_shown_without_its_password() {
    for (url, shown, tls) in [
        (
            "smtps://shop%40a.example:s3c%2Fret@mail.example",
            "smtps://shop@a.example:***@mail.example:465",
            Tls::Whole,
        ),
        ("smtp://shop:s3cret@mail.example:2525", "smtp://shop:***@mail.example:2525", Tls::Start),
        ("smtp://mail.example?tls=none", "smtp://mail.example:25?tls=none", Tls::None),
        (
            "smtp://shop:s3cret@127.0.0.1?tls=none",
            "smtp://shop:***@127.0.0.1:25?tls=none",
            Tls::None,
        ),
    ] {
        let settings = with_env(&[("ETALASE_SMTP_URL", url)]).unwrap();
        let smtp = settings.smtp.as_ref().unwrap();
        assert_eq!((smtp.to_string().as_str(), smtp.tls), (shown, tls));
        assert!(!format!("{settings:?}{:?}", settings.rows()).contains("s3c"));
    }
    let settings = with_env(&[("ETALASE_SMTP_URL", "smtps://a:s3c%2Fret@mail.example")]).unwrap();
    assert_eq!(settings.smtp.unwrap().login.unwrap().password.expose(), "s3c/ret");
}

#[test]
fn a_mail_server_that_would_surprise_is_refused() {
    for url in [
        "mail.example",
        "mail.example:587",
        "smtp://",
        "smtp://a@mail.example",
        "smtp://:s3cret@mail.example",
        "smtp://a:s3cret@mail.example/inbox",
        "smtp://a:s3cret@mail.example?tls=maybe",
        "smtps://a:s3cret@mail.example?tls=none",
        "smtp://a:s3cret@mail.example?tls=none",
        "smtp://a:s3#cret@mail.example",
        "https://a:s3cret@mail.example",
        "smtps://a:s3cret@mail.example:70000",
    ] {
        let report = report(with_env(&[("ETALASE_SMTP_URL", url)]));
        assert!(!report.contains("s3"), "{report}");
    }
}

#[test]
fn accounts_at_gateways_are_read_and_shown_without_their_secrets() {
    let settings = with_env(&[
        ("ETALASE_STRIPE_KEY", "rk_live_s3cret"),
        ("ETALASE_STRIPE_WEBHOOK_SECRETS", "whsec_s3new, whsec_s3old"),
        ("ETALASE_MIDTRANS_SERVER_KEY", "SB-Mid-server-s3cret"),
    ])
    .unwrap();
    let stripe = settings.stripe.as_ref().unwrap();
    assert!(stripe.is_live() && !stripe.is_elsewhere());
    assert_eq!(stripe.webhook_secrets.len(), 2);
    assert_eq!(stripe.webhook_secrets[1].expose(), "whsec_s3old");
    assert!(!settings.midtrans.as_ref().unwrap().is_live());
    let shown = |name| settings.rows().into_iter().find(|row| row.name == name).unwrap().value;
    assert_eq!(shown("stripe_key"), "rk_live_***");
    assert_eq!(shown("stripe_webhook_secrets"), "whsec_***,whsec_***");
    assert_eq!(shown("stripe_url"), "https://api.stripe.com");
    assert_eq!(shown("midtrans_server_key"), "SB-Mid-server-***");
    assert!(!format!("{settings:?}{:?}", settings.rows()).contains("s3"));
}

#[test]
fn accounts_at_gateways_that_would_surprise_are_refused_all_at_once() {
    let key = ("ETALASE_STRIPE_KEY", "sk_test_s3cret");
    let secrets = ("ETALASE_STRIPE_WEBHOOK_SECRETS", "whsec_s3cret");
    for env in [
        vec![key],
        vec![secrets],
        vec![("ETALASE_STRIPE_KEY", "pk_live_s3cret"), secrets],
        vec![("ETALASE_STRIPE_KEY", "sk_test_"), secrets],
        vec![("ETALASE_STRIPE_KEY", "sk_test_s3 cret"), secrets],
        vec![key, ("ETALASE_STRIPE_WEBHOOK_SECRETS", "s3cret")],
        vec![key, ("ETALASE_STRIPE_WEBHOOK_SECRETS", "whsec_s3cret,")],
        vec![key, secrets, ("ETALASE_STRIPE_URL", "http://stripe.example")],
        vec![key, secrets, ("ETALASE_STRIPE_URL", "http://localhost.stripe.example")],
        vec![("ETALASE_MIDTRANS_SERVER_KEY", "SB-Mid-client-s3cret")],
        vec![("ETALASE_MIDTRANS_SERVER_KEY", "s3cret")],
        vec![("ETALASE_MIDTRANS_URL", "http://midtrans.example")],
    ] {
        let report = report(with_env(&env));
        assert!(!report.contains("s3"), "{report}");
        assert_eq!(report.lines().count(), 1, "{report}");
    }
    with_env(&[key, secrets, ("ETALASE_STRIPE_URL", "http://127.0.0.1:4242")]).unwrap();
}

#[test]
fn a_wrong_line_in_the_file_does_not_repeat_its_secret() {
    let file = "database_url = \"postgres://u:s3cret@host/db\n";
    let report = report(load_from(file, &[], Flags::default()));
    assert!(!report.contains("s3cret"), "{report}");
}

#[test]
fn the_public_url_is_what_a_browser_calls_an_origin() {
    for (text, read) in [
        ("https://shop.example", "https://shop.example"),
        ("HTTPS://Shop.Example:443/", "https://shop.example"),
        ("http://shop.example:80", "http://shop.example"),
        ("https://shop.example:8443", "https://shop.example:8443"),
        ("http://[::1]:8080", "http://[::1]:8080"),
        ("http://[::1]", "http://[::1]"),
    ] {
        assert_eq!(PublicUrl::parse(text).unwrap().as_str(), read);
    }
}

#[test]
fn a_public_url_with_anything_else_is_refused() {
    for text in [
        "shop.example",
        "ftp://shop.example",
        "https://",
        "https://shop.example/shop",
        "https://shop.example?a",
        "https://shop.example#a",
        "https://user@shop.example",
        "https://shop.example:",
        "https://shop.example:0",
        "https://shop.example:70000",
        "https://shop.example:+80",
        "https://shop..example",
        "https://tokó.example",
        "https://[::1",
        "https://a b",
        "https://shop.example//",
    ] {
        assert!(PublicUrl::parse(text).is_err(), "{text}");
    }
}

#[test]
fn listening_everywhere_is_shown_as_an_address_one_can_visit() {
    let settings = with_env(&[("ETALASE_HOST", "0.0.0.0"), ("ETALASE_PORT", "80")]).unwrap();
    assert_eq!(settings.public_url.as_str(), "http://localhost");
    let settings = with_env(&[("ETALASE_HOST", "::1")]).unwrap();
    assert_eq!(settings.public_url.host(), "[::1]:8080");
    assert!(!settings.public_url.is_https());
}

#[test]
fn a_mistyped_log_level_is_not_taken_for_a_module() {
    for right in ["off", "INFO", "warn,etalase=debug", "info,etalase::mail=trace"] {
        with_env(&[("ETALASE_LOG", right)]).unwrap();
    }
    for wrong in ["ifno", "info,etalase", "info,etalase=debgu"] {
        assert!(with_env(&[("ETALASE_LOG", wrong)]).is_err(), "{wrong}");
    }
}

#[test]
fn the_example_names_every_setting_and_no_other() {
    let example = include_str!("../../.env.example");
    let lines = example.lines().filter_map(|line| line.strip_prefix('#')?.split_once('='));
    let given: Vec<_> = lines.filter(|(name, _)| name.starts_with("ETALASE_")).collect();
    for name in NAMES {
        let variable = format!("ETALASE_{}", name.to_uppercase());
        assert!(given.iter().any(|(name, _)| *name == variable), "{variable}");
    }
    let without_file: Vec<_> =
        given.into_iter().filter(|(name, _)| !name.ends_with("_FILE")).collect();
    with_env(&without_file).unwrap();
}
