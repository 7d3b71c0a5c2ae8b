//! Which directory is the store.

use std::path::{Path, PathBuf};

use directories::ProjectDirs;

use super::config::UserConfig;
use crate::failure::{Failure, Kind, Outcome};

/// Where a system-wide store is, if there is one.
const SYSTEM_STORE: &str = "/var/lib/downtime";
/// The machine's settings.
const SYSTEM_CONFIG: &str = "/etc/downtime/config.toml";

/// The store's directory and what decided it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The directory.
    pub dir: PathBuf,
    /// What named it, for `-v`.
    pub named_by: String,
}

/// The user's settings, if there are any.
pub fn user_config() -> Outcome<Option<(PathBuf, UserConfig)>> {
    match project() {
        Some(project) => read(&project.config_dir().join("config.toml")),
        None => Ok(None),
    }
}

/// The first of: the option (or `DOWNTIME_STORE`), the user's config, the machine's, an existing `/var/lib/downtime`,
/// the platform's state directory of the user.
pub fn find(option: Option<&Path>, user: Option<&(PathBuf, UserConfig)>) -> Outcome<Place> {
    let place = |dir: PathBuf, named_by: &str| Ok(Place { dir, named_by: named_by.to_owned() });
    if let Some(dir) = option.filter(|dir| !dir.as_os_str().is_empty()) {
        return place(dir.to_owned(), "--store or DOWNTIME_STORE");
    }
    if let Some((path, UserConfig { store: Some(store), .. })) = user {
        return place(expand_home(store), &path.display().to_string());
    }
    if let Some((_, UserConfig { store: Some(store), .. })) = read(Path::new(SYSTEM_CONFIG))? {
        return place(store, SYSTEM_CONFIG);
    }
    if Path::new(SYSTEM_STORE).is_dir() {
        return place(SYSTEM_STORE.into(), "it exists");
    }
    let project = project().ok_or_else(|| {
        Failure::new(Kind::Missing, "there is no home directory to keep a store in").hint("name one with --store DIR")
    })?;
    let state = project.state_dir().unwrap_or_else(|| project.data_local_dir());
    place(state.to_owned(), "the default")
}

fn project() -> Option<ProjectDirs> {
    ProjectDirs::from("", "", "downtime")
}

fn read(path: &Path) -> Outcome<Option<(PathBuf, UserConfig)>> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some((path.to_owned(), UserConfig::parse(&path.display().to_string(), &text)?))),
        Err(error) if matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory) => {
            Ok(None)
        }
        Err(error) => Err(Failure::io("read", path.display(), error)),
    }
}

fn expand_home(path: &Path) -> PathBuf {
    match (path.strip_prefix("~"), directories::BaseDirs::new()) {
        (Ok(rest), Some(base)) => base.home_dir().join(rest),
        _ => path.to_owned(),
    }
}

/// The kind of network file system that `dir` is on, if it is on one (Linux `statfs` magic numbers).
pub fn network(dir: &Path) -> Option<&'static str> {
    const KINDS: [(i64, &str); 7] = [
        (0x6969, "NFS"),
        (0x517b, "SMB"),
        (0xff53_4d42, "CIFS"),
        (0xfe53_4d42, "SMB2"),
        (0x0102_1997, "9P"),
        (0x00c3_6400, "Ceph"),
        (0x5346_414f, "AFS"),
    ];
    let kind = rustix::fs::statfs(dir).ok()?.f_type;
    KINDS.into_iter().find(|(magic, _)| *magic == kind).map(|(_, name)| name)
}
