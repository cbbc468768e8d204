//! The texts of JSON with their escapes (RFC 8259, section 7).

use std::borrow::Cow;

use super::json::{Reader, Result};

impl<'a> Reader<'a> {
    /// A text in its quotes, without copying where nothing is escaped.
    pub fn string(&mut self) -> Result<Cow<'a, str>> {
        self.expect(b'"', "no text")?;
        let plain = self.plain();
        if self.take(b'"') {
            return Ok(Cow::Borrowed(plain));
        }
        let mut text = plain.to_owned();
        while !self.take(b'"') {
            self.expect(b'\\', "a text that does not end")?;
            text.push(self.escaped()?);
            text.push_str(self.plain());
        }
        Ok(Cow::Owned(text))
    }

    /// Steps over everything that stands for itself.
    fn plain(&mut self) -> &'a str {
        let start = self.at;
        let plain = |byte: &&u8| !matches!(byte, b'"' | b'\\' | 0..=0x1f);
        self.at += self.rest().iter().take_while(plain).count();
        // Both ends lie beside ASCII bytes, so no character is cut.
        &self.text[start..self.at]
    }

    fn escaped(&mut self) -> Result<char> {
        let Some(letter) = self.peek() else {
            return self.refuse("a text that does not end");
        };
        self.at += 1;
        match letter {
            b'"' | b'\\' | b'/' => Ok(char::from(letter)),
            b'b' => Ok('\u{8}'),
            b'f' => Ok('\u{c}'),
            b'n' => Ok('\n'),
            b'r' => Ok('\r'),
            b't' => Ok('\t'),
            b'u' => self.unicode(),
            _ => self.refuse("an unknown escape"),
        }
    }

    /// After `\u`: four digits, or two times four for what lies beyond U+FFFF. Half a pair is no
    /// character.
    fn unicode(&mut self) -> Result<char> {
        let first = self.four_digits()?;
        let paired = (0xd800..0xdc00).contains(&first) && self.take(b'\\') && self.take(b'u');
        let second = if paired { Some(self.four_digits()?) } else { None };
        let code = match second {
            None => first,
            Some(low @ 0xdc00..0xe000) => 0x1_0000 + ((first - 0xd800) << 10) + (low - 0xdc00),
            Some(_) => return self.refuse("half a surrogate pair"),
        };
        char::from_u32(code).map_or_else(|| self.refuse("half a surrogate pair"), Ok)
    }

    fn four_digits(&mut self) -> Result<u32> {
        let digits = self.text.get(self.at..self.at + 4).unwrap_or("");
        let hexadecimal = digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        match u32::from_str_radix(digits, 16) {
            Ok(code) if hexadecimal => {
                self.at += 4;
                Ok(code)
            }
            _ => self.refuse("no four hexadecimal digits"),
        }
    }
}
