//! Prepares the files that the shop carries inside itself.
//!
//! From `static/` it makes one small style sheet, gives every file a name that changes with its content, and packs what is
//! text. From `demo/images/` it lists the demo shop's pictures. The results are two tables, `assets.rs` and `media.rs` in
//! `OUT_DIR`, which `src/web/assets.rs` and `src/web/media.rs` include.

#![allow(clippy::panic)] // a build script has nobody else to tell

use std::collections::BTreeMap;
use std::env;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

fn main() {
    for watched in ["build.rs", "static", "demo/images"] {
        println!("cargo:rerun-if-changed={watched}");
    }
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets OUT_DIR"));
    let root =
        PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR"));
    write(&out.join("assets.rs"), assets_table(&root.join("static"), &out).as_bytes());
    write(&out.join("media.rs"), media_table(&root.join("demo/images")).as_bytes());
}

// Static files

/// A file of `static/`, with the name under which browsers ask for it.
struct Asset {
    name: String,
    file: String,
    bytes: Vec<u8>,
}

impl Asset {
    fn new(name: &str, bytes: Vec<u8>) -> Self {
        let (stem, extension) =
            name.rsplit_once('.').expect("only names with an extension come here");
        let file = format!("{stem}-{}.{extension}", short_hash(&bytes));
        Self { name: name.to_owned(), file, bytes }
    }
}

fn assets_table(folder: &Path, out: &Path) -> String {
    let mut assets: Vec<Asset> = [folder.to_owned(), folder.join("fonts"), folder.join("js")]
        .iter()
        .flat_map(|folder| files(folder))
        .filter(|path| content_type(&file_name(path)).is_some())
        .map(|path| Asset::new(&file_name(&path), read(&path)))
        .collect();
    let sheets = SHEETS.map(|sheet| style_sheet(&folder.join("css"), sheet, &assets));
    assert_all_are_imported(&folder.join("css"), &sheets);
    assets.extend(sheets.map(|sheet| Asset::new(sheet.name, sheet.css.into_bytes())));
    assets.sort_by(|one, other| one.name.cmp(&other.name));

    let rows: String = assets.iter().map(|asset| asset_row(asset, out)).collect();
    format!("static ASSETS: &[Asset] = &[\n{rows}];\n")
}

/// Writes the file and its packed forms to `out`, and says so in Rust.
fn asset_row(asset: &Asset, out: &Path) -> String {
    let Asset { name, file, bytes } = asset;
    let kind = content_type(name).expect("files of other kinds were left out");
    let keep = |suffix: &str, bytes: &[u8]| {
        let path = out.join(format!("{file}{suffix}"));
        write(&path, bytes);
        format!("include_bytes!({path:?})")
    };
    let plain = keep("", bytes);
    let (brotli, gzip) = match is_text(kind) {
        true => (
            format!("Some({})", keep(".br", &brotli(bytes))),
            format!("Some({})", keep(".gz", &gzip(bytes))),
        ),
        false => ("None".to_owned(), "None".to_owned()),
    };
    format!(
        "    Asset {{ name: {name:?}, file: {file:?}, url: \"/static/{file}\", content_type: {kind:?},\n        \
         plain: {plain},\n        brotli: {brotli},\n        gzip: {gzip} }},\n"
    )
}

/// What the shop serves from `static/`; anything else there, such as licences, stays at home.
fn content_type(name: &str) -> Option<&'static str> {
    match name.rsplit_once('.')?.1 {
        "css" => Some("text/css; charset=utf-8"),
        "js" => Some("text/javascript; charset=utf-8"),
        "svg" => Some("image/svg+xml"),
        "png" => Some("image/png"),
        "woff2" => Some("font/woff2"),
        _ => None,
    }
}

fn is_text(content_type: &str) -> bool {
    content_type.starts_with("text/") || content_type == "image/svg+xml"
}

fn brotli(bytes: &[u8]) -> Vec<u8> {
    let options = brotli::enc::BrotliEncoderParams { quality: 11, ..Default::default() };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut packed, &options)
        .expect("writing to memory does not fail");
    packed
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(bytes).expect("writing to memory does not fail");
    packer.finish().expect("writing to memory does not fail")
}

// Style sheet

/// The style sheets that are served, each an index of the files that it is made of.
const SHEETS: [&str; 4] = ["shop.css", "orders.css", "admin.css", "account.css"];

struct Sheet {
    name: &'static str,
    parts: Vec<String>,
    css: String,
}

/// An index with the files that it imports, in their layers, and the fonts under their served names.
fn style_sheet(folder: &Path, name: &'static str, fonts: &[Asset]) -> Sheet {
    let index = read_text(&folder.join(name));
    let (imports, rest): (Vec<&str>, Vec<&str>) =
        index.lines().partition(|line| line.starts_with("@import"));
    let imports: Vec<Import<'_>> = imports.into_iter().map(Import::parse).collect();

    let layers = imports.chunk_by(|one, other| one.layer == other.layer).map(|imports| {
        let css: String =
            imports.iter().map(|import| read_text(&folder.join(import.file))).collect();
        format!("@layer {} {{{css}}}", imports[0].layer)
    });
    let css = rest.join("\n") + &layers.collect::<String>();
    let parts = imports.iter().map(|import| import.file.to_owned()).collect();
    Sheet { name, parts, css: minify(&with_served_names(css, fonts)) }
}

/// A line of an index: `@import "button.css" layer(components);`
struct Import<'a> {
    file: &'a str,
    layer: &'a str,
}

impl<'a> Import<'a> {
    fn parse(line: &'a str) -> Self {
        line.strip_prefix("@import \"")
            .and_then(|line| line.strip_suffix(");"))
            .and_then(|line| line.split_once("\" layer("))
            .map(|(file, layer)| Self { file, layer })
            .unwrap_or_else(|| panic!("static/css: cannot read {line}"))
    }
}

fn assert_all_are_imported(folder: &Path, sheets: &[Sheet]) {
    for name in files(folder).iter().map(|path| file_name(path)) {
        let is_known = |sheet: &Sheet| sheet.name == name || sheet.parts.contains(&name);
        assert!(sheets.iter().any(is_known), "no style sheet imports static/css/{name}");
    }
}

fn with_served_names(css: String, fonts: &[Asset]) -> String {
    let css = fonts.iter().fold(css, |css, font| {
        css.replace(&format!("\"../fonts/{}\"", font.name), &format!("\"{}\"", font.file))
    });
    assert!(!css.contains("../fonts/"), "static/css names a font that is not in static/fonts");
    css
}

/// Takes out comments and needless white space. Strings and `url(…)` stay as they are.
fn minify(css: &str) -> String {
    let mut small = String::with_capacity(css.len());
    let mut rest = css;
    let mut gap = false;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            _ if rest.starts_with("/*") => rest.find("*/").expect("a CSS comment has no end") + 2,
            _ if first.is_whitespace() => first.len_utf8(),
            '"' | '\'' => string_length(rest, first),
            _ if is_bare_url(rest) => rest.find(')').expect("a CSS url() has no end") + 1,
            _ => first.len_utf8(),
        };
        let (token, after) = rest.split_at(length);
        rest = after;
        if first.is_whitespace() || token.starts_with("/*") {
            gap = true;
            continue;
        }
        let before = small.chars().last();
        if gap && before.is_some_and(|c| !"{};,:>(".contains(c)) && !"{};,>)".contains(first) {
            small.push(' ');
        }
        if first == '}' && before == Some(';') {
            small.pop();
        }
        small.push_str(token);
        gap = false;
    }
    small
}

/// `url(…)` without quotes around the address.
fn is_bare_url(css: &str) -> bool {
    css.strip_prefix("url(").is_some_and(|address| !address.starts_with(['"', '\'']))
}

/// The length of the quoted string that `css` begins with, quotes included.
fn string_length(css: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in css.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return at + 1,
            _ => {}
        }
    }
    panic!("a CSS string has no end");
}

// Demo pictures

/// The renditions of a picture, by width.
type Renditions = BTreeMap<u16, PathBuf>;

fn media_table(folder: &Path) -> String {
    let mut pictures = String::new();
    let mut renditions: BTreeMap<String, PathBuf> = BTreeMap::new();
    for (stem, by_width) in pictures_in(folder) {
        let (width, original) = by_width.last_key_value().expect("a picture has its original");
        let (_, height) = webp_size(original);
        let everything: Vec<u8> = by_width.values().flat_map(|path| read(path)).collect();
        let name = format!("{stem}-{}", short_hash(&everything));
        let widths: Vec<u16> = by_width.keys().copied().collect();
        writeln!(
            pictures,
            "    DemoImage {{ stem: {stem:?}, name: {name:?}, width: {width}, height: {height}, widths: &{widths:?} }},"
        )
        .expect("writing to memory does not fail");
        renditions.extend(
            by_width.iter().map(|(width, path)| (format!("{name}-{width}.webp"), path.clone())),
        );
    }
    let rows: String = renditions
        .iter()
        .map(|(file, path)| format!("    ({file:?}, include_bytes!({path:?})),\n"))
        .collect();
    format!(
        "static DEMO_IMAGES: &[DemoImage] = &[\n{pictures}];\n\nstatic DEMO_FILES: &[(&str, &[u8])] = &[\n{rows}];\n"
    )
}

/// `mug.webp` is the original, `mug-160.webp` a smaller rendition of it.
fn pictures_in(folder: &Path) -> BTreeMap<String, Renditions> {
    let mut pictures: BTreeMap<String, Renditions> = BTreeMap::new();
    for path in files(folder) {
        let name = file_name(&path);
        let Some(stem) = name.strip_suffix(".webp") else {
            continue;
        };
        let stem = match stem.rsplit_once('-') {
            Some((stem, width)) if width.bytes().all(|byte| byte.is_ascii_digit()) => stem,
            _ => stem,
        };
        let (width, _) = webp_size(&path);
        pictures.entry(stem.to_owned()).or_default().insert(width, path);
    }
    pictures
}

/// Width and height of a lossy WebP picture without alpha, which all originals are.
/// Source: RFC 9649 (container) and RFC 6386, section 9.1 (frame header).
fn webp_size(path: &Path) -> (u16, u16) {
    let bytes = read(path);
    let is_simple = bytes.get(..4) == Some(b"RIFF") && bytes.get(8..16) == Some(b"WEBPVP8 ");
    assert!(is_simple && bytes.len() > 30, "{} is not a lossy WebP picture", path.display());
    let side = |at: usize| u16::from_le_bytes([bytes[at], bytes[at + 1]]) & 0x3fff;
    (side(26), side(28))
}

// Files

/// The files directly in a folder, in a fixed order; none when there is no such folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut files: Vec<PathBuf> =
        entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    files.sort();
    files
}

fn file_name(path: &Path) -> String {
    path.file_name().expect("files have names").to_string_lossy().into_owned()
}

fn read(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap_or_else(|error| panic!("cannot read {}: {error}", path.display()))
}

fn read_text(path: &Path) -> String {
    String::from_utf8(read(path)).unwrap_or_else(|_| panic!("{} is not UTF-8", path.display()))
}

fn write(path: &Path, bytes: &[u8]) {
    fs::write(path, bytes)
        .unwrap_or_else(|error| panic!("cannot write {}: {error}", path.display()));
}

/// Eight hexadecimal digits that change with the content (FNV-1a, folded). Against mistakes, not against attackers.
fn short_hash(bytes: &[u8]) -> String {
    let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{:08x}", (hash ^ (hash >> 32)) & 0xffff_ffff)
}
