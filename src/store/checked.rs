//! A line of text closed against change: CRC-32 (IEEE 802.3) in hexadecimal, a blank, the text.

/// The line, without a newline.
pub(super) fn seal(text: &str) -> String {
    format!("{:08x} {text}", crc32fast::hash(text.as_bytes()))
}

/// The text of a line, blanks after it dropped; `None` if it is not the one that was sealed.
pub(super) fn unseal(line: &[u8]) -> Option<&str> {
    let (checksum, text) = std::str::from_utf8(line).ok()?.trim_end().split_once(' ')?;
    (u32::from_str_radix(checksum, 16) == Ok(crc32fast::hash(text.as_bytes()))).then_some(text)
}
