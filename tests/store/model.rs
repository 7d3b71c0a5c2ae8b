//! What downtimes mean, second by second and without any cleverness: what the program's answers have to agree with.

use std::collections::{BTreeMap, BTreeSet};

use downtime::downtime::id::DowntimeId;
use downtime::downtime::operation::{Effect, Operation};
use downtime::downtime::target::Target;

/// No test goes on for longer: seconds from 0.
pub const HORIZON: i64 = 1500;

/// One target of one downtime.
#[derive(Debug, Clone)]
struct Held {
    seconds: Vec<bool>,
    held: bool,
}

/// Windows, and who is held by them.
#[derive(Debug, Clone, Default)]
pub struct Model {
    windows: BTreeMap<DowntimeId, (i64, i64)>,
    held: BTreeMap<(DowntimeId, Target), Held>,
}

impl Held {
    /// The past stays; from `now` on it is the window if held, and nothing if not.
    fn go_on(&mut self, now: i64, (start, end): (i64, i64)) {
        for second in now..HORIZON {
            self.seconds[usize::try_from(second).unwrap()] = self.held && (start..end).contains(&second);
        }
    }
}

impl Model {
    /// Lets an operation happen.
    pub fn happen(&mut self, operation: &Operation, now: i64) {
        if let Operation::Schedule(downtime) = operation {
            let window = (downtime.window.start().0, downtime.window.end().0);
            assert!(self.windows.insert(downtime.id.clone(), window).is_none(), "an id is given twice");
            for target in downtime.targets() {
                let mut held = Held { seconds: vec![false; usize::try_from(HORIZON).unwrap()], held: true };
                held.go_on(0, window);
                self.held.insert((downtime.id.clone(), target.clone()), held);
            }
        }
        for effect in operation.effects() {
            let window = self.windows.get_mut(effect.id()).unwrap();
            let over = window.1 <= now;
            match effect {
                Effect::MoveEnd { to, .. } => window.1 = if window.0 < now { to.0.max(now) } else { to.0 },
                Effect::MoveWindow { to, .. } => *window = (to.start().0, to.end().0),
                _ => {}
            }
            let window = *window;
            if let Effect::Hold { id, targets } = effect {
                for target in targets {
                    let seconds = vec![false; usize::try_from(HORIZON).unwrap()];
                    self.held.insert((id.clone(), target.clone()), Held { seconds, held: true });
                }
            }
            for ((_, target), held) in self.held.iter_mut().filter(|((id, _), _)| id == effect.id()) {
                match effect {
                    Effect::Release { targets, .. } if targets.contains(target) && !over => held.held = false,
                    Effect::Reopen { targets, .. } if targets.contains(target) && !over => held.held = true,
                    _ => {}
                }
                // An end moved back to what is to come goes on from now; what else comes too late changes nothing.
                if !over || matches!(effect, Effect::MoveEnd { .. } | Effect::MoveWindow { .. }) {
                    held.go_on(now, window);
                }
            }
        }
    }

    /// Each target of each downtime, and for every second whether the downtime is in effect for it.
    pub fn activations(&self) -> impl Iterator<Item = (&DowntimeId, &Target, &[bool])> {
        self.held.iter().map(|((id, target), held)| (id, target, held.seconds.as_slice()))
    }

    /// The downtimes that hold an object in every second: as their target, or as a service of one.
    pub fn holding(&self, object: &Target) -> Vec<BTreeSet<&DowntimeId>> {
        let mut holding = vec![BTreeSet::new(); usize::try_from(HORIZON).unwrap()];
        for (id, target, seconds) in self.activations() {
            if target == object || *target == object.own_host() {
                for second in (0..seconds.len()).filter(|second| seconds[*second]) {
                    holding[second].insert(id);
                }
            }
        }
        holding
    }
}
