//! A disk that can refuse a step, stop the world at it, and forget on power loss what was never synced.
//!
//! Every step is done on real files too, so that what is read is what a running kernel would show. Beside them the
//! disk keeps what a platter would hold: the bytes of a file as of its last [`Files::sync`], the names in a directory
//! as of its last [`Files::sync_dir`]. Nothing else lasts, and a sync of a file does not make its name last (POSIX
//! promises no more; most file systems do more).

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

use downtime::store::files::{Disk, Files, Stamp};
use tempfile::TempDir;

/// Directories (`None`) and files at one moment.
pub type Tree = BTreeMap<PathBuf, Option<Vec<u8>>>;

/// What goes wrong, counted in changing steps from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Nothing.
    None,
    /// The process is killed before this step.
    KilledBefore(usize),
    /// The process is killed when half of the bytes of this step are written.
    KilledAmid(usize),
    /// This step fails with this error, half done if it writes bytes; the process goes on.
    Refused(usize, io::ErrorKind),
    /// From this step on there is no room for new bytes or names.
    Full(usize),
    /// From this step on nothing can be changed at all.
    Dying(usize),
    /// This reading step fails; the process goes on.
    Unread(usize),
}

/// What power loss takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loss {
    /// Everything that was not synced.
    Unsynced,
    /// Names that were not synced; bytes made it.
    Names,
    /// Bytes that were not synced; names made it.
    Bytes,
    /// By chance, each name and each 64 bytes on their own.
    Chance(u64),
}

#[derive(Debug, Clone, Default)]
struct Inode {
    now: Vec<u8>,
    lasting: Vec<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Node {
    Dir,
    File(usize),
}

#[derive(Debug)]
struct Platter {
    fault: Fault,
    steps: usize,
    reads: usize,
    writes: Vec<usize>,
    dead: bool,
    inodes: Vec<Inode>,
    now: BTreeMap<PathBuf, Node>,
    lasting: BTreeMap<PathBuf, Node>,
}

/// The disk; its files are under [`Faulty::root`].
#[derive(Debug)]
pub struct Faulty {
    root: TempDir,
    platter: Mutex<Platter>,
}

/// How much of a step is done.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Portion {
    Half,
    Whole,
}

impl Faulty {
    /// A disk that holds a copy of `from`, all of it safe.
    pub fn holding(from: &Tree) -> Arc<Self> {
        let disk = Self {
            root: tempfile::tempdir().unwrap(),
            platter: Mutex::new(Platter {
                fault: Fault::None,
                steps: 0,
                reads: 0,
                writes: Vec::new(),
                dead: false,
                inodes: Vec::new(),
                now: BTreeMap::new(),
                lasting: BTreeMap::new(),
            }),
        };
        disk.fill(from);
        Arc::new(disk)
    }

    /// The directory above the store, which is there for good.
    pub fn root(&self) -> &Path {
        self.root.path()
    }

    /// The store's directory.
    pub fn store(&self) -> PathBuf {
        self.root().join("site/store")
    }

    /// What goes wrong from now on; steps are counted anew.
    pub fn plan(&self, fault: Fault) {
        let mut platter = self.platter();
        platter.restart(fault);
    }

    /// Changing and reading steps since [`Faulty::plan`].
    pub fn steps(&self) -> (usize, usize) {
        let platter = self.platter();
        (platter.steps, platter.reads)
    }

    /// The changing steps since [`Faulty::plan`] that write bytes, and so can be half done.
    pub fn writing_steps(&self) -> Vec<usize> {
        self.platter().writes.clone()
    }

    /// All directories (`None`) and files under the root as they are now, the lock left out.
    pub fn tree(&self) -> Tree {
        let platter = self.platter();
        let bytes = |node: &Node| match node {
            Node::Dir => None,
            Node::File(inode) => Some(platter.inodes[*inode].now.clone()),
        };
        platter.now.iter().map(|(path, node)| (path.clone(), bytes(node))).collect()
    }

    /// Cuts the power and starts again: files are as the platter has them, and all of that is safe.
    pub fn lose_power(&self, loss: Loss) {
        self.fill(&self.left_by(loss));
    }

    /// What is there when the power is cut now and comes back.
    pub fn left_by(&self, loss: Loss) -> Tree {
        let mut chance = Chance(match loss {
            Loss::Chance(seed) => seed,
            _ => 0,
        });
        let platter = self.platter();
        let mut paths: Vec<&PathBuf> = platter.now.keys().chain(platter.lasting.keys()).collect();
        paths.sort_unstable();
        paths.dedup();
        let mut left = Tree::new();
        for path in paths {
            let (now, lasting) = (platter.now.get(path), platter.lasting.get(path));
            let node = match loss {
                Loss::Unsynced | Loss::Names => lasting,
                Loss::Bytes => now,
                Loss::Chance(_) => [now, lasting][chance.below(2)],
            };
            let parent = path.parent().unwrap();
            let reachable = parent == Path::new("") || matches!(left.get(parent), Some(None));
            let Some(node) = node.filter(|_| reachable) else { continue };
            let bytes = match node {
                Node::Dir => None,
                Node::File(inode) => Some(platter.inodes[*inode].after(loss, &mut chance)),
            };
            left.insert(path.clone(), bytes);
        }
        left
    }

    fn fill(&self, tree: &Tree) {
        for entry in fs::read_dir(self.root()).unwrap() {
            fs::remove_dir_all(entry.unwrap().path()).unwrap();
        }
        let mut platter = self.platter();
        platter.inodes.clear();
        platter.now.clear();
        for (path, bytes) in tree {
            let node = match bytes {
                None => {
                    fs::create_dir(self.root().join(path)).unwrap();
                    Node::Dir
                }
                Some(bytes) => {
                    fs::write(self.root().join(path), bytes).unwrap();
                    platter.inodes.push(Inode { now: bytes.clone(), lasting: bytes.clone() });
                    Node::File(platter.inodes.len() - 1)
                }
            };
            platter.now.insert(path.clone(), node);
        }
        platter.lasting = platter.now.clone();
        platter.restart(Fault::None);
    }

    fn platter(&self) -> MutexGuard<'_, Platter> {
        self.platter.lock().unwrap()
    }

    /// The path below the root; a path elsewhere is none of this disk's business.
    fn below(&self, path: &Path) -> PathBuf {
        path.strip_prefix(self.root()).unwrap().to_owned()
    }

    fn reading<T>(&self, read: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        let mut platter = self.platter();
        let number = platter.reads;
        platter.reads += 1;
        if platter.dead {
            return Err(io::Error::other("the process is dead"));
        }
        if platter.fault == Fault::Unread(number) {
            return Err(io::Error::other("this sector cannot be read"));
        }
        drop(platter);
        read()
    }

    /// Does a changing step, as far as the plan lets it. `writes` bytes can be cut in half, other steps cannot;
    /// `grows` needs room.
    fn changing(
        &self,
        writes: bool,
        grows: bool,
        act: impl FnOnce(&mut Platter, Portion) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut platter = self.platter();
        if platter.dead {
            return Err(io::Error::other("the process is dead"));
        }
        let number = platter.steps;
        platter.steps += 1;
        if writes {
            platter.writes.push(number);
        }
        let (error, dead) = match platter.fault {
            Fault::KilledBefore(at) if at == number => {
                platter.dead = true;
                return Err(io::Error::other("killed"));
            }
            Fault::KilledAmid(at) if at == number => (io::ErrorKind::Other, true),
            Fault::Refused(at, kind) if at == number => (kind, false),
            Fault::Full(from) if number >= from && grows => (io::ErrorKind::StorageFull, false),
            Fault::Dying(from) if number >= from => (io::ErrorKind::Other, false),
            _ => return act(&mut platter, Portion::Whole),
        };
        platter.dead = dead;
        if writes {
            act(&mut platter, Portion::Half)?;
        }
        Err(io::Error::from(error))
    }
}

impl Inode {
    fn after(&self, loss: Loss, chance: &mut Chance) -> Vec<u8> {
        match loss {
            Loss::Unsynced | Loss::Bytes => self.lasting.clone(),
            Loss::Names => self.now.clone(),
            Loss::Chance(_) => {
                let (length, others) = match chance.below(2) {
                    0 => (self.now.len(), &self.lasting),
                    _ => (self.lasting.len(), &self.now),
                };
                let mut bytes = vec![0; length];
                for (number, piece) in bytes.chunks_mut(64).enumerate() {
                    let from = if chance.below(2) == 0 { &self.now } else { &self.lasting };
                    let from = if from.len() > number * 64 { from } else { others };
                    let there = from.get(number * 64..).unwrap_or_default();
                    let length = piece.len().min(there.len());
                    // What neither version holds reads as zeros: a length that was written before its bytes.
                    if chance.below(4) > 0 || self.lasting.len() > number * 64 {
                        piece[..length].copy_from_slice(&there[..length]);
                    }
                }
                bytes
            }
        }
    }
}

impl Platter {
    fn restart(&mut self, fault: Fault) {
        (self.fault, self.steps, self.reads, self.dead) = (fault, 0, 0, false);
        self.writes.clear();
    }

    fn inode(&mut self, path: &Path) -> io::Result<&mut Inode> {
        match self.now.get(path) {
            Some(Node::File(inode)) => Ok(&mut self.inodes[*inode]),
            _ => Err(io::ErrorKind::NotFound.into()),
        }
    }
}

fn portion(bytes: &[u8], portion: Portion) -> &[u8] {
    match portion {
        Portion::Half => &bytes[..bytes.len() / 2],
        Portion::Whole => bytes,
    }
}

impl Files for Faulty {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.reading(|| Disk.read(path))
    }

    fn open(&self, path: &Path) -> io::Result<File> {
        self.reading(|| Disk.open(path))
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<String>> {
        self.reading(|| Disk.list(dir))
    }

    fn stamp(&self, path: &Path) -> io::Result<Option<Stamp>> {
        self.reading(|| Disk.stamp(path))
    }

    fn make_dir(&self, dir: &Path) -> io::Result<()> {
        self.changing(false, true, |platter, _| {
            Disk.make_dir(dir)?;
            for dir in self.below(dir).ancestors().filter(|dir| *dir != Path::new("")) {
                platter.now.insert(dir.to_owned(), Node::Dir);
            }
            Ok(())
        })
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.changing(true, true, |platter, done| {
            let bytes = portion(bytes, done);
            Disk.write(path, bytes)?;
            let below = self.below(path);
            if !platter.now.contains_key(&below) {
                platter.inodes.push(Inode::default());
                let inode = platter.inodes.len() - 1;
                platter.now.insert(below.clone(), Node::File(inode));
            }
            platter.inode(&below)?.now = bytes.to_vec();
            Ok(())
        })
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.changing(true, true, |platter, done| {
            let bytes = portion(bytes, done);
            Disk.append(path, bytes)?;
            platter.inode(&self.below(path))?.now.extend_from_slice(bytes);
            Ok(())
        })
    }

    fn overwrite(&self, path: &Path, offset: u64, bytes: &[u8]) -> io::Result<()> {
        self.changing(true, false, |platter, done| {
            let bytes = portion(bytes, done);
            Disk.overwrite(path, offset, bytes)?;
            let now = &mut platter.inode(&self.below(path))?.now;
            let offset = usize::try_from(offset).unwrap();
            now.resize(now.len().max(offset + bytes.len()), 0);
            now[offset..offset + bytes.len()].copy_from_slice(bytes);
            Ok(())
        })
    }

    fn truncate(&self, path: &Path, length: u64) -> io::Result<()> {
        self.changing(false, false, |platter, _| {
            Disk.truncate(path, length)?;
            platter.inode(&self.below(path))?.now.resize(usize::try_from(length).unwrap(), 0);
            Ok(())
        })
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        self.changing(false, false, |platter, _| {
            let inode = platter.inode(&self.below(path))?;
            inode.lasting = inode.now.clone();
            Ok(())
        })
    }

    fn sync_dir(&self, dir: &Path) -> io::Result<()> {
        self.changing(false, false, |platter, _| {
            let Ok(dir) = dir.strip_prefix(self.root()) else { return Ok(()) };
            platter.lasting.retain(|path, _| path.parent() != Some(dir));
            let named = platter.now.iter().filter(|(path, _)| path.parent() == Some(dir));
            let named: Vec<(PathBuf, Node)> = named.map(|(path, node)| (path.clone(), *node)).collect();
            platter.lasting.extend(named);
            Ok(())
        })
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.changing(false, true, |platter, _| {
            Disk.rename(from, to)?;
            let node = platter.now.remove(&self.below(from)).unwrap();
            platter.now.insert(self.below(to), node);
            Ok(())
        })
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.changing(false, false, |platter, _| {
            Disk.remove(path)?;
            platter.now.remove(&self.below(path));
            Ok(())
        })
    }
}

/// A small generator of numbers that are the same for the same seed (`splitmix64`, Steele, Lea, Flood 2014).
#[derive(Debug, Clone)]
pub struct Chance(pub u64);

impl Chance {
    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.bits() % limit as u64).unwrap()
    }
}
