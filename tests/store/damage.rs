//! Changed, cut and missing bytes: the same answer as before, or a failure that says so. Never another answer.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use downtime::downtime::target::Target;
use downtime::failure::{Kind, Outcome};
use downtime::inventory::declared::{Inventory, Source};
use downtime::inventory::selection::Known;
use downtime::store::Store;
use downtime::store::doctor::{Grade, examine};
use downtime::store::files::{Disk, Files};
use downtime::store::writer::LINES_PER_SEGMENT as FULL;

use crate::acting::{Command, INVENTORY, Picture, assert_sound, scheduling, template, writer};
use crate::disk::Faulty;

/// A store with an inventory recorded and a few operations; or with closed segments before them.
fn store(operations: usize) -> Arc<Faulty> {
    let disk = Faulty::holding(&template(operations, true));
    for command in Command::ALL {
        command.run(Arc::clone(&disk) as Arc<dyn Files>, &disk.store()).unwrap();
    }
    disk
}

fn journal(disk: &Faulty, name: &str) -> PathBuf {
    disk.store().join("journal").join(name)
}

/// Every file with one byte changed, by each of some bits.
fn flipped(bytes: &[u8], step: usize) -> impl Iterator<Item = Vec<u8>> + '_ {
    (0..bytes.len()).step_by(step).flat_map(move |at| {
        [0x01, 0x20, 0xff].map(|bits| {
            let mut bytes = bytes.to_vec();
            bytes[at] ^= bits;
            bytes
        })
    })
}

/// Every file that is cut off early.
fn cut(bytes: &[u8], step: usize) -> impl Iterator<Item = Vec<u8>> + '_ {
    (0..bytes.len()).step_by(step).map(|length| bytes[..length].to_vec())
}

/// What is read with each of `versions` in place of the file; the file is put back afterwards.
fn with_each(path: &Path, versions: impl Iterator<Item = Vec<u8>>, mut look: impl FnMut(&[u8])) {
    let sound = fs::read(path).unwrap();
    for version in versions {
        fs::write(path, &version).unwrap();
        look(&version);
    }
    fs::write(path, sound).unwrap();
}

fn is_damaged<T: std::fmt::Debug>(outcome: &Outcome<T>) -> bool {
    outcome.as_ref().is_err_and(|failure| failure.kind == Kind::Damaged)
}

fn doctor_finds_damage(dir: &Path) -> bool {
    Store::open(Arc::new(Disk), dir).map_or(true, |store| {
        store.is_none_or(|store| examine(&store).iter().any(|finding| finding.grade == Grade::Damaged))
    })
}

#[test]
fn a_journal_line_changed_anywhere_is_damage_to_readers_and_writers() {
    let disk = store(2);
    let path = journal(&disk, "000000000001.jsonl");
    let bytes = fs::read(&path).unwrap();
    with_each(&path, flipped(&bytes, if crate::full() { 1 } else { 3 }), |version| {
        let outcome = Store::open(Arc::new(Disk), &disk.store()).unwrap().unwrap().replay(|_| Ok(()));
        assert!(is_damaged(&outcome), "{outcome:?}: {}", String::from_utf8_lossy(version));
    });
    with_each(&path, cut(&bytes, 7), |_| assert!(is_damaged(&Picture::replayed(&disk.store()))));
    with_each(&path, flipped(&bytes, 211).chain(cut(&bytes, 211)), |version| {
        assert!(is_damaged(&Picture::of(&disk.store())));
        let written = writer(Arc::new(Disk), &disk.store(), 60);
        assert!(is_damaged(&written));
        assert_eq!(fs::read(&path).unwrap(), version, "nothing is mended that cannot be");
        assert!(doctor_finds_damage(&disk.store()));
    });
    assert_sound(&disk.store(), "put back");
}

#[test]
fn bytes_after_the_last_line_are_residue_and_set_aside() {
    let disk = store(2);
    let path = journal(&disk, "000000000001.jsonl");
    let before = Picture::of(&disk.store()).unwrap();
    let bytes = fs::read(&path).unwrap();
    let last = bytes[..bytes.len() - 1].rsplit(|byte| *byte == b'\n').next().unwrap().to_vec();
    for residue in [&last[..], &last[..last.len() / 2], b"\n", b"{}\n", &[0; 700]] {
        fs::write(&path, [&bytes, residue].concat()).unwrap();
        assert_eq!(Picture::of(&disk.store()).unwrap(), before);
        assert_sound(&disk.store(), "with residue");
        let writer = writer(Arc::new(Disk), &disk.store(), 60).unwrap();
        assert!(writer.notes.iter().any(|note| note.contains("set aside")));
        drop(writer);
        assert_eq!(fs::read(&path).unwrap(), bytes);
        let aside = journal(&disk, &format!("000000000001-{}.residue", bytes.len()));
        assert_eq!(fs::read(aside).unwrap(), residue);
    }
}

#[test]
fn one_damaged_record_of_what_was_acknowledged_is_made_up_for_by_the_other() {
    let disk = store(2);
    let path = journal(&disk, "acknowledged");
    let before = Picture::of(&disk.store()).unwrap();
    let bytes = fs::read(&path).unwrap();
    with_each(&path, flipped(&bytes, 1).chain(cut(&bytes, 1).skip(128)), |version| {
        assert_eq!(Picture::of(&disk.store()).unwrap(), before, "{}", String::from_utf8_lossy(version));
    });
    with_each(&path, [Vec::new(), vec![0; bytes.len()], b"\n".to_vec()].into_iter(), |_| {
        assert!(is_damaged(&Picture::of(&disk.store())));
    });
    let tree = disk.tree();
    for version in flipped(&bytes, 17).chain(cut(&bytes, 13).skip(10)) {
        let disk = Faulty::holding(&tree);
        fs::write(journal(&disk, "acknowledged"), version).unwrap();
        let mut next = writer(Arc::new(Disk), &disk.store(), 60).unwrap();
        next.commit(scheduling(&next.state, &["next"], 60, 70)).unwrap();
        drop(next);
        let then = Picture::of(&disk.store()).unwrap();
        assert_eq!(then.head.last_id, before.head.last_id + 1);
        assert_sound(&disk.store(), "written anew");
    }
}

#[test]
fn what_the_store_says_about_itself_cannot_be_changed_unnoticed() {
    let disk = store(2);
    let path = disk.store().join("store.json");
    let before = Picture::of(&disk.store()).unwrap();
    let bytes = fs::read(&path).unwrap();
    with_each(&path, flipped(&bytes, 1).chain(cut(&bytes, 1)), |version| match Picture::of(&disk.store()) {
        Ok(found) => assert_eq!(found, before),
        Err(failure) => {
            let text = String::from_utf8_lossy(version);
            assert!(matches!(failure.kind, Kind::Damaged | Kind::Newer), "{failure}: {text}");
        }
    });
}

#[test]
fn a_missing_file_is_damage_and_never_an_empty_store() {
    for operations in [2, FULL + 2] {
        let tree = store(operations).tree();
        let files = tree.iter().filter(|(path, bytes)| {
            bytes.is_some()
                && !path.starts_with("site/store/cache")
                && path.extension().is_none_or(|ending| ending != "toml")
        });
        for (path, _) in files {
            let disk = Faulty::holding(&tree);
            fs::remove_file(disk.root().join(path)).unwrap();
            assert!(doctor_finds_damage(&disk.store()), "{}", path.display());
            let told = Store::open(Arc::new(Disk), &disk.store());
            assert!(told.is_err() || told.unwrap().is_some(), "{}", path.display());
        }
        let disk = Faulty::holding(&tree);
        fs::remove_file(disk.store().join("store.json")).unwrap();
        for gone in ["000000000001.jsonl", "acknowledged"] {
            fs::remove_file(journal(&disk, gone)).unwrap();
            assert!(is_damaged(&Store::open(Arc::new(Disk), &disk.store())), "{gone}");
            assert!(is_damaged(&writer(Arc::new(Disk), &disk.store(), 60)), "{gone}");
        }
    }
}

#[test]
fn closed_segments_that_are_cut_swapped_or_changed_are_found_whether_or_not_a_snapshot_answers() {
    let disk = store(2 * FULL + 2);
    let before = Picture::of(&disk.store()).unwrap();
    let (first, second) = (journal(&disk, "000000000001.jsonl"), journal(&disk, &format!("{:012}.jsonl", FULL + 1)));
    let segments = [&first, &second].map(|path| fs::read(path).unwrap());
    let line_ends = memchr::memchr_iter(b'\n', &segments[0]).map(|at| segments[0][..=at].to_vec());
    let mut versions: Vec<[Vec<u8>; 2]> =
        vec![[segments[1].clone(), segments[0].clone()], [segments[0].clone(), Vec::new()]];
    versions.extend(line_ends.step_by(61).map(|cut| [cut, segments[1].clone()]));
    versions.extend(flipped(&segments[0], 40_009).map(|changed| [changed, segments[1].clone()]));
    versions.extend(flipped(&segments[1], 40_009).map(|changed| [segments[0].clone(), changed]));
    versions.retain(|version| *version != segments);
    for version in versions {
        fs::write(&first, &version[0]).unwrap();
        fs::write(&second, &version[1]).unwrap();
        assert!(is_damaged(&Picture::replayed(&disk.store())));
        assert_eq!(Picture::of(&disk.store()).unwrap(), before, "the snapshot is sound");
        assert!(doctor_finds_damage(&disk.store()));
    }
    fs::remove_dir_all(disk.store().join("cache")).unwrap();
    assert!(is_damaged(&Picture::of(&disk.store())), "without the snapshot nothing can be told");
}

#[test]
fn a_damaged_snapshot_costs_time_and_no_answer() {
    let disk = store(FULL + 2);
    let dir = disk.store();
    let ask = || {
        let state = Store::open(Arc::new(Disk), &dir).unwrap().unwrap().read().unwrap().state;
        let ids = state.all().unwrap().into_iter().map(|kept| kept.id().clone());
        let one_by_one: Vec<_> = ids.step_by(50).map(|id| state.get(&id).unwrap()).collect();
        let on_host =
            ["web01", "db01", "nobody"].map(|host| state.on_host(host, downtime::clock::Instant(40)).unwrap());
        (Picture::of(&dir).unwrap(), one_by_one, on_host)
    };
    let before = ask();
    let path = dir.join(format!("cache/{FULL:012}.snapshot"));
    let bytes = fs::read(&path).unwrap();
    let header = 400;
    let versions = flipped(&bytes[..header], 31)
        .map(|start| [start, bytes[header..].to_vec()].concat())
        .chain(flipped(&bytes, bytes.len() / 11))
        .chain(cut(&bytes, bytes.len() / 23))
        .chain([vec![0xff; bytes.len()]]);
    with_each(&path, versions, |_| assert_eq!(ask(), before));
    fs::remove_dir_all(dir.join("cache")).unwrap();
    assert_eq!(ask(), before);
    assert_sound(&dir, "without caches");
}

/// How many hosts the inventory has, which objects it knows, and all that it declares.
fn known(dir: &Path) -> Outcome<(usize, Vec<bool>, Inventory)> {
    let store = Store::open(Arc::new(Disk), dir)?.unwrap();
    let state = store.read()?.state;
    let in_force = store.inventory_in_force(&state)?;
    let objects = store.objects(&in_force, &state.head);
    let names = ["web01", "web01/HTTP", "web02", "web03", "web01/SSH"].map(Target::parse);
    let contained = names.iter().map(|name| objects.contains(name)).collect::<Outcome<Vec<bool>>>()?;
    assert!(objects.has_inventory()?);
    Ok((in_force.hosts, contained, objects.inventory()?.clone()))
}

#[test]
fn a_changed_cache_of_the_inventory_changes_no_answer() {
    let disk = store(2);
    let declared = Inventory::parse(&[Source { name: "inventory.toml".into(), text: INVENTORY.into() }]).unwrap();
    let cache = disk.store().join("cache");
    let later = SystemTime::now() + Duration::from_hours(1);
    let trust = || File::open(cache.join("edited")).unwrap().set_modified(later).unwrap();
    trust();
    let before = known(&disk.store()).unwrap();
    assert_eq!(before, (2, vec![true, true, true, false, false], declared));
    let paths: Vec<PathBuf> = Disk.list(&cache).unwrap().iter().map(|name| cache.join(name)).collect();
    assert_eq!(paths.len(), 3, "{paths:?}");
    for path in paths {
        let bytes = fs::read(&path).unwrap();
        let step = bytes.len().div_ceil(if crate::full() { 400 } else { 130 });
        with_each(&path, flipped(&bytes, step).chain(cut(&bytes, step)), |version| {
            trust();
            assert_eq!(known(&disk.store()).unwrap(), before, "{}", String::from_utf8_lossy(version));
        });
    }
    fs::remove_dir_all(&cache).unwrap();
    assert_eq!(known(&disk.store()).unwrap(), before);
}

#[test]
fn a_changed_revision_is_damage_wherever_it_is_asked_for() {
    let disk = store(2);
    fs::remove_dir_all(disk.store().join("cache")).unwrap();
    let revisions = disk.store().join("revisions");
    let path = revisions.join(&Disk.list(&revisions).unwrap()[0]);
    let bytes = fs::read(&path).unwrap();
    let inventory = disk.store().join("inventory.toml");
    fs::write(&inventory, "[hosts.").unwrap();
    assert_eq!(known(&disk.store()).unwrap().0, 2, "the last good revision counts");
    with_each(&path, flipped(&bytes, 1).chain(cut(&bytes, 1)), |_| {
        assert!(is_damaged(&known(&disk.store())));
    });
    fs::write(&path, b"[]").unwrap();
    fs::write(&inventory, INVENTORY).unwrap();
    assert_eq!(known(&disk.store()).unwrap().0, 2, "the file itself is good");
    assert!(doctor_finds_damage(&disk.store()));
}

#[test]
fn caches_of_the_inventory_that_were_deleted_are_made_again_by_the_next_writer_and_old_ones_go() {
    let disk = store(2);
    let cache = disk.store().join("cache");
    let kept = || -> Vec<String> {
        let names = Disk.list(&cache).unwrap();
        names.into_iter().filter(|name| name.contains('.')).collect()
    };
    let first = kept();
    assert_eq!(first.len(), 2, "{first:?}");
    let later = SystemTime::now() + Duration::from_hours(1);
    for name in &first {
        File::open(cache.join("edited")).unwrap().set_modified(later).unwrap();
        fs::remove_file(cache.join(name)).unwrap();
        known(&disk.store()).unwrap();
        assert_eq!(kept().len(), 1, "a reader writes nothing");
        drop(writer(Arc::clone(&disk) as Arc<dyn Files>, &disk.store(), 900).unwrap());
        assert_eq!(kept(), first);
    }
    fs::write(disk.store().join("inventory.toml"), "[hosts.web01]\n").unwrap();
    drop(writer(Arc::clone(&disk) as Arc<dyn Files>, &disk.store(), 900).unwrap());
    assert!(kept().len() == 2 && kept().iter().all(|name| !first.contains(name)), "{:?}", kept());
}
