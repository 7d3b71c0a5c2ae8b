//! An input as it is, or unpacked on the way: gzip (RFC 1952) and Zstandard (RFC 8878), told by how it begins.

use std::fmt;
use std::io::{BufRead, BufReader, Cursor, Error, ErrorKind, Read, Result};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// How much a packed input may expand to without regard to its size, in bytes: less is read in a second.
const FREE: u64 = 64 << 20;

/// How many times its size it may expand to beyond that. Real logs take 10 to 30 times theirs, and one line over and
/// over, but for its time, takes 121 times its own (`zstd -19`); gzip cannot go beyond 1,032.
const MOST: u64 = 1000;

/// What is read at once, in bytes: more than the largest block of Zstandard.
const AHEAD: usize = 1 << 18;

/// How an input is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    /// Members of RFC 1952, one after another.
    Gzip,
    /// Frames of RFC 8878, one after another.
    Zstd,
}

impl Packing {
    /// How an input that begins so is packed. Of Zstandard, the first frame may be one to be skipped.
    const fn of(head: &[u8]) -> Option<Self> {
        match head {
            [0x1f, 0x8b, ..] => Some(Self::Gzip),
            [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Some(Self::Zstd),
            _ => None,
        }
    }

    /// The command that unpacks it to standard output.
    pub const fn command(self) -> &'static str {
        match self {
            Self::Gzip => "zcat",
            Self::Zstd => "zstdcat",
        }
    }
}

impl fmt::Display for Packing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
        })
    }
}

/// Why an input cannot be unpacked; the source of an [`Error`] of [`Unpacked`].
#[derive(Debug)]
pub enum Broken {
    /// It ends too early.
    CutShort(Packing),
    /// It is not what it was packed to.
    Damaged(Packing, String),
    /// It expands beyond all measure.
    Bomb(Packing),
}

impl Broken {
    /// How it is packed.
    pub const fn packing(&self) -> Packing {
        match self {
            Self::CutShort(packing) | Self::Damaged(packing, _) | Self::Bomb(packing) => *packing,
        }
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CutShort(packing) => write!(f, "its {packing} data ends too early"),
            Self::Damaged(packing, why) => write!(f, "its {packing} data cannot be decoded ({why})"),
            Self::Bomb(packing) => write!(f, "its {packing} data expands to more than {MOST} times its size"),
        }
    }
}

impl std::error::Error for Broken {}

/// Reads what an input holds, in bounded memory.
pub struct Unpacked<R: Read> {
    decoder: Decoder<R>,
    expanded: u64,
    free: u64,
}

enum Decoder<R: Read> {
    Plain(Source<R>),
    Gzip(Box<MultiGzDecoder<BufReader<Source<R>>>>),
    Zstd(Box<Frames<BufReader<Source<R>>>>),
}

impl<R: Read> Unpacked<R> {
    /// Looks at how the input begins.
    pub fn open(input: R) -> Result<Self> {
        Self::with_free(FREE, input)
    }

    fn with_free(free: u64, mut input: R) -> Result<Self> {
        let mut head = Vec::with_capacity(4);
        input.by_ref().take(4).read_to_end(&mut head)?;
        let packing = Packing::of(&head);
        let source = Source { input: Cursor::new(head).chain(input), read: 0, exhausted: false, failed: None };
        let ahead = |source| BufReader::with_capacity(AHEAD, source);
        let decoder = match packing {
            None => Decoder::Plain(source),
            Some(Packing::Gzip) => Decoder::Gzip(Box::new(MultiGzDecoder::new(ahead(source)))),
            Some(Packing::Zstd) => Decoder::Zstd(Box::new(Frames::new(ahead(source)))),
        };
        Ok(Self { decoder, expanded: 0, free })
    }
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, to: &mut [u8]) -> Result<usize> {
        let (packing, read, source) = match &mut self.decoder {
            Decoder::Plain(source) => return source.input.read(to),
            Decoder::Gzip(decoder) => (Packing::Gzip, decoder.read(to), decoder.get_mut().get_mut()),
            Decoder::Zstd(frames) => (Packing::Zstd, frames.read(to), frames.source.get_mut()),
        };
        let broken = match read {
            Ok(read) => {
                self.expanded += read as u64;
                if self.expanded <= self.free || self.expanded / MOST <= source.read {
                    return Ok(read);
                }
                Broken::Bomb(packing)
            }
            Err(error) => match source.failed.take() {
                Some(failed) => return Err(failed),
                None if source.exhausted => Broken::CutShort(packing),
                None => Broken::Damaged(packing, error.to_string()),
            },
        };
        Err(Error::new(ErrorKind::InvalidData, broken))
    }
}

/// What is packed, with what becomes of reading it: decoders do not always pass that on.
struct Source<R> {
    input: std::io::Chain<Cursor<Vec<u8>>, R>,
    /// Bytes so far.
    read: u64,
    exhausted: bool,
    failed: Option<Error>,
}

impl<R: Read> Read for Source<R> {
    fn read(&mut self, to: &mut [u8]) -> Result<usize> {
        match self.input.read(to) {
            Ok(read) => {
                self.read += read as u64;
                self.exhausted = read == 0;
                Ok(read)
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => Err(error),
            Err(error) => {
                let kind = error.kind();
                self.failed = Some(error);
                Err(kind.into())
            }
        }
    }
}

/// Frames of Zstandard, one after another, those to be skipped left out.
struct Frames<R> {
    source: R,
    decoder: FrameDecoder,
    within: bool,
}

impl<R: BufRead> Frames<R> {
    fn new(source: R) -> Self {
        Self { source, decoder: FrameDecoder::new(), within: false }
    }

    /// Begins the next frame; false after the last.
    fn begin(&mut self) -> Result<bool> {
        while !self.source.fill_buf()?.is_empty() {
            match self.decoder.init(&mut self.source) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                    let skipped = self.source.by_ref().take(length.into());
                    if std::io::copy(&mut { skipped }, &mut std::io::sink())? < u64::from(length) {
                        return Err(ErrorKind::UnexpectedEof.into());
                    }
                }
                Err(error) => return Err(Error::other(error)),
            }
        }
        Ok(false)
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, to: &mut [u8]) -> Result<usize> {
        loop {
            if self.decoder.can_collect() > 0 {
                return self.decoder.read(to);
            }
            if !self.within {
                self.within = self.begin()?;
                if !self.within {
                    return Ok(0);
                }
            } else if !self.decoder.is_finished() {
                let one = BlockDecodingStrategy::UptoBlocks(1);
                self.decoder.decode_blocks(&mut self.source, one).map_err(Error::other)?;
            } else {
                let told = self.decoder.get_checksum_from_data();
                if told.is_some() && told != self.decoder.get_calculated_checksum() {
                    return Err(Error::other("its checksum does not fit"));
                }
                self.within = false;
            }
        }
    }
}

#[cfg(test)]
mod tests;
