//! Of several returns of a school for one set, the newest valid one.

use super::{Arrival, Candidate, Chosen, Disposition, NotValid, Roll, natural, time_of};
use crate::finding::{Finding, Place, code};

impl Roll<'_> {
    /// The newest valid return counts; the others say why they do not.
    pub fn choose(&mut self, arrivals: &[Arrival]) {
        for expected in 0..self.entries.len() {
            let Some(mut candidates) = self.candidates.remove(&expected) else { continue };
            candidates.sort_by(|a, b| newer_first(arrivals, a, b));
            self.entries[expected].returns = candidates.len() as u32;
            for candidate in candidates.iter_mut().filter(|candidate| candidate.valid) {
                let said = candidate.filled.as_mut().map(|filled| std::mem::take(&mut filled.checked.replies));
                let said = said.unwrap_or_default().into_iter().map(|reply| (candidate.arrival, reply));
                self.entries[expected].replies.extend(said);
            }
            let best = candidates.iter().position(|c| c.valid && c.filled.as_ref().is_some_and(|f| f.checked.valid));
            let mut newest =
                NotValid { arrival: candidates[0].arrival, sheet: candidates[0].sheet.clone(), checked: None };
            let kept = best.unwrap_or(0);
            let school = self.entries[expected].school;
            let kept_file = arrivals[candidates[kept].arrival].file.clone();
            let kept_at = time_of(&arrivals[candidates[kept].arrival]);
            let mut chosen = None;
            for (n, candidate) in candidates.into_iter().enumerate() {
                let arrival = &arrivals[candidate.arrival];
                let listed = candidate.listed;
                if n > kept {
                    self.files[listed].disposition = Disposition::Superseded;
                    let same_time = time_of(arrival) == kept_at;
                    let code = if same_time { code::SAME_TIME } else { code::SUPERSEDED };
                    let place = Place { sheet: Some(candidate.sheet.clone()), ..Place::default() };
                    let finding = Finding::new(code).with("newer", &kept_file).at(place);
                    self.say(arrival, Some(school), vec![finding]);
                    continue;
                }
                if n == kept && best.is_some() {
                    self.files[listed].disposition = Disposition::Counted;
                    chosen = Some(candidate);
                    continue;
                }
                let checked = self.say_all(arrival, Some(school), candidate);
                if n == 0 {
                    newest.checked = checked;
                }
            }
            self.keep(expected, arrivals, chosen, newest);
        }
    }

    fn keep(&mut self, expected: usize, arrivals: &[Arrival], chosen: Option<Candidate>, newest: NotValid) {
        let school = self.entries[expected].school;
        let Some(candidate) = chosen else {
            self.entries[expected].not_valid = Some(newest);
            return;
        };
        let arrival = &arrivals[candidate.arrival];
        let mut findings = candidate.findings;
        let loose = self.loose.iter().filter(|loose| loose.of == [school]).map(|loose| loose.arrival);
        let newer = |other: &usize| time_of(&arrivals[*other]) > time_of(arrival);
        let not_valid = Some(newest.arrival).filter(|newest| *newest != candidate.arrival);
        if let Some(other) = not_valid.or(loose.clone().find(newer)) {
            findings.push(Finding::new(code::NEWER_NOT_VALID).with("newer", &arrivals[other].file));
        }
        let Some(mut filled) = candidate.filled else { return };
        let set = filled.checked.set.clone();
        let mut own = std::mem::take(&mut filled.checked.findings);
        own.iter_mut().for_each(|finding| finding.set = Some(set.clone()));
        self.say(arrival, Some(school), findings);
        self.say(arrival, Some(school), own);
        let entry = &mut self.entries[expected];
        entry.not_valid = None;
        entry.counted = Some(Chosen { arrival: candidate.arrival, checked: filled.checked });
    }
}

/// The later one first; of the same time, the later name.
fn newer_first(arrivals: &[Arrival], a: &Candidate, b: &Candidate) -> std::cmp::Ordering {
    let key = |c: &Candidate| (time_of(&arrivals[c.arrival]), natural(&arrivals[c.arrival].file));
    key(b).cmp(&key(a)).then_with(|| a.sheet.cmp(&b.sheet))
}
