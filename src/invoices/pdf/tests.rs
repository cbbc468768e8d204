//! What is drawn, looked at before it becomes bytes; and that it becomes bytes.

use super::layout::{LEFT, Mark, PAGE_HEIGHT, Page, Part, RIGHT, Text, pages};
use super::render;
use crate::invoices::document::Document;
use crate::invoices::samples::invoice;
use crate::invoices::sheet::Sheet;
use crate::language::Language;

fn laid(document: &Document) -> Vec<Page> {
    pages(&Sheet::of(document))
}

fn texts(page: &Page) -> impl Iterator<Item = &Text> {
    page.marks.iter().filter_map(|mark| match mark {
        Mark::Text(text) => Some(text),
        Mark::Rule { .. } => None,
    })
}

fn words(pages: &[Page]) -> String {
    let lines: Vec<&str> = pages.iter().flat_map(texts).map(|text| text.text.trim_end()).collect();
    lines.join("\n").replace('\u{a0}', " ")
}

fn is_archived(pdf: &[u8]) -> bool {
    pdf.windows(11).any(|bytes| bytes == b"pdfaid:part")
}

#[test]
fn a_short_invoice_is_one_page_with_everything_on_it() {
    let document = invoice(1, 135_000, "IDR", Language::En);
    let laid = laid(&document);
    assert_eq!(laid.len(), 1);
    let words = words(&laid);
    for expected in [
        "Invoice",
        "INV/2026/000001",
        "PT Selasar Contoh",
        "Tax number 00.000.000.0-000.000",
        "PT Contoh Makmur",
        "Rani Wijaya",
        "23 November 2026",
        "482-177-305",
        "Bank transfer",
        "Mug 0",
        "Clay, 350 ml · SKU-0",
        "Discount hemat10: −Rp 13.500",
        "Rp 135.000",
        "Rp 144.500",
        "PPN 11%",
        "Please ring twice.",
        "Thank you for your order.",
        "Page 1 of 1",
    ] {
        assert!(words.contains(expected), "{expected:?} is not in:\n{words}");
    }
    let pdf = render(&document).expect("it can be written");
    assert!(pdf.starts_with(b"%PDF-1.7") && is_archived(&pdf));
    assert!(pdf.len() < 60_000, "{} bytes: the fonts are cut to what is used", pdf.len());
    assert_eq!(pdf, render(&document).expect("again"), "the same paper is the same bytes");
}

#[test]
fn an_indonesian_invoice_says_faktur() {
    let words = words(&laid(&invoice(1, 135_000, "IDR", Language::Id)));
    for expected in ["Faktur", "NPWP 00.000", "Dasar pengenaan pajak", "Halaman 1 dari 1"] {
        assert!(words.contains(expected), "{expected:?} is not in:\n{words}");
    }
}

#[test]
fn two_hundred_lines_break_between_rows_under_repeated_heads() {
    let document = invoice(200, 135_000, "IDR", Language::En);
    let laid = laid(&document);
    let count = laid.len();
    assert!((5..30).contains(&count), "{count} pages");
    for (n, page) in laid.iter().enumerate() {
        let has = |wanted: &str| texts(page).any(|text| text.text.trim_end() == wanted);
        assert!(has(&format!("Page {} of {count}", n + 1)));
        let has_rows =
            texts(page).any(|text| matches!(text.part, Part::Cell { table: 0, row: 1.., .. }));
        assert!(!has_rows || has("Unit price"), "page {n} has rows and no heads");
    }
    // Each row is whole on one page.
    for row in 1..=202 {
        let of_row =
            |text: &&Text| matches!(text.part, Part::Cell { table: 0, row: own, .. } if own == row);
        let on: Vec<usize> = laid.iter().map(|page| texts(page).filter(of_row).count()).collect();
        assert_eq!(on.iter().filter(|count| **count > 0).count(), 1, "row {row}: {on:?}");
    }
    // So are the totals.
    let totals = |text: &&Text| matches!(text.part, Part::Cell { table: 2, .. });
    assert_eq!(laid.iter().filter(|page| texts(page).any(|text| totals(&text))).count(), 1);
    assert!(is_archived(&render(&document).expect("it can be written")));
}

#[test]
fn nothing_leaves_the_page_whatever_is_written() {
    let long = "Sehrlangername".repeat(20);
    for (unit, currency) in
        [(1_000_000_000, "IDR"), (1_000_000_000_000, "KWD"), (1_000_000_000_000, "USD"), (1, "JPY")]
    {
        let mut document = invoice(60, unit, currency, Language::En);
        document.rows[0].name = long.clone();
        document.rows[1].name = "Words and words ".repeat(60);
        document.buyer.company = long.clone();
        document.buyer.address = vec!["A very long street name ".repeat(8); 4];
        document.note = "Line\n".repeat(100);
        document.number = format!("{}/2026/000001", "W".repeat(20));
        for page in &laid(&document) {
            for text in texts(page) {
                let end = text.x + text.style.width(text.text.trim_end());
                assert!(text.x >= LEFT && end <= RIGHT, "{currency}: {text:?}");
                assert!(text.y > 0 && text.y < PAGE_HEIGHT, "{currency}: {text:?}");
            }
        }
        render(&document).expect("it can be written");
    }
}

#[test]
fn a_name_in_any_script_is_written() {
    let mut document = invoice(1, 135_000, "IDR", Language::En);
    for name in
        ["李明", "Nguyễn Văn Đức", "Łukasz Żółć", "محمد", "Дмитрий", "🎉 \u{301}e", "a\u{0}\u{7f}b"]
    {
        document.buyer.name = name.into();
        assert!(is_archived(&render(&document).expect("it can be written")), "{name:?}");
    }
    // No place in an archive, but an invoice all the same.
    document.buyer.name = "\u{e000}".into();
    assert!(render(&document).expect("it can be written").starts_with(b"%PDF-"));
}

#[test]
fn more_rates_than_a_page_holds_are_listed_below_the_totals() {
    let mut document = invoice(1, 135_000, "IDR", Language::En);
    document.taxes = vec![document.taxes[0].clone(); 100];
    let laid = laid(&document);
    assert!(laid.len() > 1);
    let listed = |text: &&Text| matches!(text.part, Part::Cell { table: 1, row: 1.., column: 0 });
    assert_eq!(laid.iter().flat_map(texts).filter(listed).count(), 100);
    render(&document).expect("it can be written");
}
