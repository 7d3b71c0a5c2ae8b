use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

use super::*;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    compress_to_vec(bytes, CompressionLevel::Fastest)
}

/// A frame of RFC 8878 §3.1.1.2.3 that is so many blocks of 128 KiB of one byte, in four bytes each.
fn zeros(blocks: u32) -> Vec<u8> {
    // No checksum, no content size; a window of 128 KiB.
    let mut frame = vec![0x28, 0xb5, 0x2f, 0xfd, 0, 7 << 3];
    for number in 1..=blocks {
        let header = (128 << 10) << 3 | 1 << 1 | u32::from(number == blocks);
        frame.extend(&header.to_le_bytes()[..3]);
        frame.push(0);
    }
    frame
}

fn unpacked(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut all = Vec::new();
    Unpacked::open(bytes)?.read_to_end(&mut all)?;
    Ok(all)
}

fn broken(bytes: &[u8]) -> String {
    let error = unpacked(bytes).unwrap_err();
    error.get_ref().unwrap().downcast_ref::<Broken>().unwrap().to_string()
}

fn log() -> Vec<u8> {
    (0..5000).flat_map(|time| format!("[{time}] HOST ALERT: web{};UP;HARD;1;fine\n", time % 7).into_bytes()).collect()
}

#[test]
fn what_is_not_packed_is_read_as_it_is() {
    for bytes in [&b""[..], b"[", b"\x1f", b"(\xb5/", b"[5] HOST ALERT: a;UP;HARD\n"] {
        assert_eq!(unpacked(bytes).unwrap(), bytes);
    }
}

#[test]
fn members_and_frames_one_after_another_are_one_input() {
    let (a, b) = (log(), b"more\n".to_vec());
    for pack in [gzip, zstd] {
        assert_eq!(unpacked(&pack(&a)).unwrap(), a);
        let several = [pack(&a), pack(b""), pack(&b), pack(&a)].concat();
        assert_eq!(unpacked(&several).unwrap(), [&a[..], &b, &a].concat());
    }
}

#[test]
fn frames_to_be_skipped_are_skipped_wherever_they_are() {
    let skip = [&[0x53, 0x2a, 0x4d, 0x18, 3, 0, 0, 0][..], b"abc"].concat();
    let all = [&skip[..], &zstd(b"a"), &skip, &zstd(b"b"), &skip].concat();
    assert_eq!(unpacked(&all).unwrap(), b"ab");
    assert_eq!(broken(&all[..all.len() - 1]), "its zstd data ends too early");
}

#[test]
fn what_ends_too_early_is_said_to() {
    let log = log();
    for (packed, message) in
        [(gzip(&log), "its gzip data ends too early"), (zstd(&log), "its zstd data ends too early")]
    {
        for length in (4..packed.len()).step_by(1_499).chain([packed.len() - 1]) {
            assert_eq!(broken(&packed[..length]), message, "{length}");
        }
    }
}

#[test]
fn what_was_changed_on_the_way_does_not_go_through() {
    let log = log();
    let mut gzip = gzip(&log);
    let checksum = gzip.len() - 8;
    gzip[checksum] ^= 1;
    assert_eq!(
        broken(&gzip),
        "its gzip data cannot be decoded (corrupt gzip stream does not have a matching checksum)"
    );
    let mut zstd = zstd(&log);
    *zstd.last_mut().unwrap() ^= 1;
    assert_eq!(broken(&zstd), "its zstd data cannot be decoded (its checksum does not fit)");
    let garbage = [&zstd[..0], &self::zstd(b"a"), b"no frame at all"].concat();
    assert!(broken(&garbage).starts_with("its zstd data cannot be decoded ("), "{}", broken(&garbage));
}

#[test]
fn what_expands_beyond_all_measure_is_stopped_early() {
    let bomb = zeros(100);
    assert_eq!(unpacked(&bomb).unwrap().len(), 100 << 17, "little enough to be free");
    let mut stopped = Unpacked::with_free(1 << 20, &bomb[..]).unwrap();
    let mut block = vec![0; 1 << 16];
    let error = loop {
        match stopped.read(&mut block) {
            Ok(read) => assert!(read > 0, "it came to its end"),
            Err(error) => break error,
        }
    };
    assert_eq!(error.to_string(), "its zstd data expands to more than 1000 times its size");
    assert!(stopped.expanded < 2 << 20);
    // What expands less goes on, however much it is.
    let mut all = Vec::new();
    let uniform = log();
    Unpacked::with_free(1 << 10, &gzip(&uniform)[..]).unwrap().read_to_end(&mut all).unwrap();
    assert_eq!(all, uniform);
}

#[test]
fn an_input_that_fails_is_told_apart_from_one_that_is_broken() {
    struct Fails<'a>(&'a [u8]);
    impl Read for Fails<'_> {
        fn read(&mut self, to: &mut [u8]) -> Result<usize> {
            match self.0.read(to)? {
                0 => Err(Error::other("disk on fire")),
                read => Ok(read),
            }
        }
    }
    for packed in [gzip(&log()), zstd(&log())] {
        let mut all = Vec::new();
        let read = Unpacked::open(Fails(&packed[..packed.len() - 9])).unwrap().read_to_end(&mut all);
        assert_eq!(read.unwrap_err().to_string(), "disk on fire");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_bytes_make_it_panic(
        gzipped in any::<bool>(),
        text in prop::collection::vec(0_u8..4, 0..4000),
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
        random in prop::collection::vec(any::<u8>(), 0..60),
    ) {
        let mut packed = if gzipped { gzip(&text) } else { zstd(&text) };
        for (place, change) in flips {
            let place = place.index(packed.len());
            packed[place] ^= change;
        }
        drop(unpacked(&packed));
        let head: &[u8] = if gzipped { &[0x1f, 0x8b, 8] } else { &[0x28, 0xb5, 0x2f, 0xfd] };
        drop(unpacked(&[head, &random].concat()));
    }

    #[test]
    fn what_was_packed_is_unpacked(parts in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..3000), 1..4)) {
        for pack in [gzip, zstd] {
            let packed: Vec<u8> = parts.iter().flat_map(|part| pack(part)).collect();
            prop_assert_eq!(unpacked(&packed).unwrap(), parts.concat());
        }
    }
}
