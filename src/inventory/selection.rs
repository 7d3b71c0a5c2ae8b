//! Which objects the TARGETs on a command line mean.

use std::collections::BTreeSet;

use super::declared::Inventory;
use super::pattern::Pattern;
use crate::downtime::target::Target;
use crate::failure::{Failure, Kind, Outcome, nearest, quoted};

/// The objects that can be known: declared in the inventory or seen in a log.
pub trait Known {
    /// Whether hosts are declared at all; without that, any name is taken as it is.
    fn has_inventory(&self) -> Outcome<bool>;
    /// Whether this very object is known.
    fn contains(&self, object: &Target) -> Outcome<bool>;
    /// Every known object, sorted.
    fn objects(&self) -> Outcome<BTreeSet<Target>>;
    /// The known objects that a pattern means, hosts of which only services are known among them.
    fn matching(&self, matcher: &Matcher) -> Outcome<BTreeSet<Target>> {
        Ok(with_hosts(self.objects()?).into_iter().filter(|object| matcher.matches(object)).collect())
    }
    /// Every declared host, sorted.
    fn declared_hosts(&self) -> Outcome<BTreeSet<String>>;
}

/// What to do with a literal name that is not known although there is an inventory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unknown {
    /// Refuse it.
    Refuse,
    /// Refuse it, and say nothing of how to have it taken.
    Never,
    /// Refuse it, but take an unknown service of a known host.
    JudgeByHost,
    /// Take it.
    Accept,
}

/// A TARGET as typed, ready to be compared with objects.
#[derive(Debug, Clone)]
pub struct Matcher {
    host: Pattern,
    service: Option<Pattern>,
}

impl Matcher {
    /// Reads `HOST` or `HOST/SERVICE`, each part a name, a glob or `~REGEX`.
    pub fn parse(text: &str) -> Outcome<Self> {
        refuse_oddities(text)?;
        let parts = Target::parse(text);
        Ok(Self {
            host: Pattern::parse(&parts.host)?,
            service: parts.service.as_deref().map(Pattern::parse).transpose()?,
        })
    }

    /// Whether it means this object: a pattern without a service part means hosts only.
    pub fn matches(&self, object: &Target) -> bool {
        self.host.matches(&object.host)
            && match (&self.service, &object.service) {
                (None, None) => true,
                (Some(pattern), Some(service)) => pattern.matches(service),
                _ => false,
            }
    }

    /// The one object that it can mean, if only one.
    pub fn only(&self) -> Option<Target> {
        let service = self.service.as_ref().map(Pattern::literal);
        match (self.host.literal()?, service) {
            (host, None) => Some(Target::host(host)),
            (host, Some(service)) => Some(Target::service(host, service?)),
        }
    }

    /// The declared objects that it means.
    pub fn declared(&self, inventory: &Inventory) -> BTreeSet<Target> {
        let hosts = inventory.hosts.iter().filter(|(host, _)| self.host.matches(host));
        match &self.service {
            None => hosts.map(|(host, _)| Target::host(host)).collect(),
            Some(pattern) => hosts
                .flat_map(|(host, entry)| entry.services.names().into_iter().map(move |service| (host, service)))
                .filter(|(_, service)| pattern.matches(service))
                .map(|(host, service)| Target::service(host, service))
                .collect(),
        }
    }

    /// The one host that it can mean, if only one.
    pub fn only_host(&self) -> Option<&str> {
        self.host.literal()
    }
}

/// The objects that `texts` mean together, sorted, each once.
///
/// # Errors
/// `Usage` for a URL or an unreadable pattern, `UnknownHost` and `UnknownService` for a literal name that is not known
/// (with a suggestion), `EmptySelection` for a pattern that matches nothing.
pub fn select(texts: &[String], known: &dyn Known, unknown: Unknown) -> Outcome<BTreeSet<Target>> {
    let mut selected = BTreeSet::new();
    for text in texts {
        select_one(text, known, unknown, &mut selected)?;
    }
    Ok(selected)
}

fn select_one(text: &str, known: &dyn Known, unknown: Unknown, selected: &mut BTreeSet<Target>) -> Outcome<()> {
    refuse_oddities(text)?;
    let literal = Target::parse(text);
    let special = |part: &str| Pattern::is_special(part);
    let any_special = special(&literal.host) || literal.service.as_deref().is_some_and(special);
    if !any_special {
        // Judged by its host, only the host matters: what is declared is found without opening any log.
        let asked = if unknown == Unknown::JudgeByHost { literal.own_host() } else { literal.clone() };
        if unknown != Unknown::Accept && known.has_inventory()? && !known.contains(&asked)? {
            let host_known = known.contains(&literal.own_host())?;
            return Err(unknown_object(&literal, host_known, known, unknown)?);
        }
        selected.insert(literal);
        return Ok(());
    }
    if known.contains(&literal)? {
        selected.insert(literal);
        return Ok(());
    }
    let mut matcher = Matcher::parse(text)?;
    if known.contains(&literal.own_host())? {
        matcher.host = Pattern::Literal(literal.host.clone());
    }
    let matching = known.matching(&matcher)?;
    if matching.is_empty() && unknown == Unknown::JudgeByHost && may_be_a_service(&literal, known)? {
        selected.insert(literal);
        return Ok(());
    }
    if matching.is_empty() {
        return Err(Failure::new(Kind::EmptySelection, format!("`{text}` matches no known host or service"))
            .hint("patterns match what is in inventory.toml or in an imported log; a plain name needs neither"));
    }
    selected.extend(matching);
    Ok(())
}

/// The objects, and the hosts of which only services are known.
pub fn with_hosts(mut objects: BTreeSet<Target>) -> BTreeSet<Target> {
    let hosts: Vec<Target> = objects.iter().map(Target::own_host).collect();
    objects.extend(hosts);
    objects
}

/// Whether a text that fits no known object may name an unknown service, brackets and all, of a host that is known.
fn may_be_a_service(literal: &Target, known: &dyn Known) -> Outcome<bool> {
    let named = literal.service.is_some() && !Pattern::is_special(&literal.host);
    Ok(named && (!known.has_inventory()? || known.contains(&literal.own_host())?))
}

fn refuse_oddities(text: &str) -> Outcome<()> {
    if let Some((scheme, rest)) = text.split_once("://")
        && !scheme.is_empty()
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'+')
    {
        let host = rest.split(['/', ':', '?', '#']).next().unwrap_or_default();
        let host = host.rsplit('@').next().unwrap_or(host);
        return Err(
            Failure::new(Kind::Usage, format!("`{text}` is a URL, not a host")).hint(format!("name the host: {host}"))
        );
    }
    let target = Target::parse(text);
    if target.host.trim().is_empty() || target.service.is_some_and(|service| service.trim().is_empty()) {
        return Err(Failure::new(Kind::Usage, format!("`{text}` names no host or service"))
            .hint("write HOST, or HOST/SERVICE for a service"));
    }
    Ok(())
}

fn unknown_object(target: &Target, host_known: bool, known: &dyn Known, unknown: Unknown) -> Outcome<Failure> {
    let objects = known.objects()?;
    let accept = (unknown != Unknown::Never).then_some("to take it all the same, add --unknown-ok");
    let hinted = |failure: Failure, near: Option<String>| match (near, accept) {
        (Some(near), Some(accept)) => failure.hint(format!("did you mean {}? {accept}", quoted(&near))),
        (Some(near), None) => failure.hint(format!("did you mean {}?", quoted(&near))),
        (None, Some(accept)) => failure.hint(accept),
        (None, None) => failure.hint("see `downtime inventory list` for what is declared"),
    };
    if let (true, Some(service)) = (host_known, &target.service) {
        let services =
            objects.iter().filter(|object| object.host == target.host).filter_map(|object| object.service.as_deref());
        let failure = Failure::new(Kind::UnknownService, format!("host `{}` has no service `{service}`", target.host));
        return Ok(hinted(failure, nearest(service, services).map(|near| format!("{}/{near}", target.host))));
    }
    let failure = Failure::new(Kind::UnknownHost, format!("there is no host `{}`", target.host));
    let hosts: BTreeSet<&str> = objects.iter().map(|object| object.host.as_str()).collect();
    Ok(hinted(failure, nearest(&target.host, hosts).map(str::to_owned)))
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Site(BTreeSet<Target>, bool);

    impl Known for Site {
        fn has_inventory(&self) -> Outcome<bool> {
            Ok(self.1)
        }
        fn contains(&self, object: &Target) -> Outcome<bool> {
            Ok(self.0.contains(object))
        }
        fn objects(&self) -> Outcome<BTreeSet<Target>> {
            Ok(self.0.clone())
        }
        fn declared_hosts(&self) -> Outcome<BTreeSet<String>> {
            Ok(self.0.iter().map(|object| object.host.clone()).collect())
        }
    }

    fn site() -> Site {
        let names =
            ["web01", "web02", "web01/HTTP", "web02/HTTP", "web01/HTTPS", r"win7", r"win7/Disk [C:\]", "win7/Disk *"];
        Site(names.iter().map(|name| Target::parse(name)).collect(), true)
    }

    fn selected(texts: &[&str]) -> Outcome<Vec<String>> {
        let texts: Vec<String> = texts.iter().map(ToString::to_string).collect();
        Ok(select(&texts, &site(), Unknown::Refuse)?.iter().map(Target::to_string).collect())
    }

    #[test]
    fn a_text_equal_to_a_known_object_is_that_object_whatever_it_looks_like() {
        assert_eq!(selected(&[r"win7/Disk [C:\]"]).unwrap(), [r"win7/Disk [C:\]"]);
        assert_eq!(selected(&["win7/Disk *"]).unwrap(), ["win7/Disk *"], "although it is a pattern that fits two");
        assert_eq!(selected(&["win7/Disk*"]).unwrap(), ["win7/Disk *", r"win7/Disk [C:\]"]);
    }

    #[test]
    fn targets_are_a_union_and_each_object_counts_once() {
        assert_eq!(
            selected(&["web*", "web01", "~0[12]$/~^HTTP$"]).unwrap(),
            ["web01", "web01/HTTP", "web02", "web02/HTTP"]
        );
    }

    #[test]
    fn what_is_unknown_is_refused_with_a_suggestion() {
        let refusal =
            |text: &str| selected(&[text]).map_err(|f| (f.kind, f.message(), f.hints.join("; "))).unwrap_err();
        insta::assert_debug_snapshot!(refusal("wbe01"), @r#"
        (
            UnknownHost,
            "there is no host `wbe01`",
            "did you mean web01? to take it all the same, add --unknown-ok",
        )
        "#);
        insta::assert_debug_snapshot!(refusal("web01/HTPP"), @r#"
        (
            UnknownService,
            "host `web01` has no service `HTPP`",
            "did you mean web01/HTTP? to take it all the same, add --unknown-ok",
        )
        "#);
        assert_eq!(refusal("db*").0, Kind::EmptySelection);
        assert_eq!(refusal("https://web01:8443/x?y").2, "name the host: web01");
        assert_eq!((refusal("").0, refusal("/x").0, refusal("web01/").0), (Kind::Usage, Kind::Usage, Kind::Usage));
    }

    #[test]
    fn an_unknown_service_may_be_judged_by_its_host_and_any_name_taken_without_an_inventory() {
        let texts = ["web01/new".to_owned()];
        assert!(select(&texts, &site(), Unknown::JudgeByHost).is_ok());
        assert!(select(&["nope/new".to_owned()], &site(), Unknown::JudgeByHost).is_err());
        let odd = [r"web01/Disk [D:\]".to_owned(), "web01/~tilde".to_owned()];
        assert_eq!(select(&odd, &site(), Unknown::JudgeByHost).unwrap().len(), 2);
        assert!(select(&odd[..1], &site(), Unknown::Refuse).is_err());
        assert!(select(&["nope*/new".to_owned()], &site(), Unknown::JudgeByHost).is_err());
        assert!(select(&["nope".to_owned()], &site(), Unknown::Accept).is_ok());
        assert!(select(&["nope".to_owned()], &Site(BTreeSet::new(), false), Unknown::Refuse).is_ok());
    }
}
