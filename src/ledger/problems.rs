//! 问题台账: the problems that a unit has found, and where each stands by its own time limit.

use crate::at;
use crate::calendar::Date;
use crate::plan::{Plan, TimeLimit};
use crate::read::Unreadable;
use crate::vocabulary::{ProblemAspect, Subject, vocabulary};

use super::{Status, status};

vocabulary! {
    /// 问题状态: where a problem stands.
    pub enum ProblemStatus {
        /// 销号 on or before its time limit, or without one that could pass.
        Closed = "已销号" | "closed" | "closed",
        /// 销号 after it.
        ClosedLate = "逾期销号" | "closed-late" | "closed late",
        /// Open, and the time limit has passed.
        Overdue = "逾期未销号" | "overdue" | "overdue",
        /// Open, and the time limit is near.
        DueSoon = "临期" | "due-soon" | "due soon",
        /// Open, and the time limit is further off.
        Open = "整改中" | "open" | "open",
        /// Kept up for good: never overdue.
        Standing = "长期坚持" | "standing" | "kept up for good",
        /// Open, without a time limit.
        Unlimited = "未定时限" | "unlimited" | "no time limit",
        /// What it hangs on cannot be read.
        Unclear = "待核" | "unclear" | "unclear",
    }
}

/// One problem, with texts of its own: the plan file is no longer at hand when it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// 对象.
    pub subject: Option<Subject>,
    /// 班子成员姓名.
    pub member: String,
    /// 方面.
    pub aspect: Option<ProblemAspect>,
    /// 突出问题 and 能力, as far as they are named.
    pub fault: String,
    /// 问题.
    pub text: String,
    /// 整改措施.
    pub remedy: String,
    /// 责任人.
    pub owner: String,
    /// 整改时限.
    pub limit: Option<TimeLimit>,
    /// 销号日期, unless it lies after the as-of date.
    pub closed: Option<Date>,
    /// 佐证材料, by path.
    pub evidence: Vec<String>,
    /// 状态.
    pub status: ProblemStatus,
    /// Days late, overdue or left, by the status; otherwise 0.
    pub days: i64,
}

/// The problems of a plan, in the order of its file. `due_soon_days` before its time limit one is near.
pub fn problems(
    plan: &Plan<'_>,
    unreadable: &Unreadable,
    as_of: Date,
    due_soon_days: i64,
) -> Box<[Problem]> {
    let own = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let problem = |(index, problem): (usize, &crate::plan::Problem<'_>)| {
        let closed = problem.closed.filter(|closed| *closed <= as_of);
        let deciding = [
            at!["problem", index, "due"],
            at!["problem", index, "closed"],
        ];
        let hidden = unreadable.first_of(deciding).is_some();
        // An entry of which nothing could be read is one all the same.
        let hidden = hidden || (problem.text.is_none() && problem.due.is_none());
        let (status, days) = match hidden {
            true => (ProblemStatus::Unclear, 0),
            false => standing(problem.due, closed, as_of, due_soon_days),
        };
        Problem {
            subject: problem.subject,
            member: own(problem.member),
            aspect: problem.aspect,
            fault: problem
                .fault
                .into_iter()
                .chain(problem.ability)
                .collect::<Vec<_>>()
                .join("、"),
            text: own(problem.text),
            remedy: own(problem.remedy),
            owner: own(problem.owner),
            limit: problem.due,
            closed,
            evidence: problem
                .evidence
                .iter()
                .map(|evidence| evidence.file.to_owned())
                .collect(),
            status,
            days,
        }
    };
    plan.problem.iter().enumerate().map(problem).collect()
}

fn standing(
    limit: Option<TimeLimit>,
    closed: Option<Date>,
    as_of: Date,
    due_soon_days: i64,
) -> (ProblemStatus, i64) {
    let open = match limit {
        Some(TimeLimit::Date(due)) => {
            let (status, days) = status(closed, due, as_of, due_soon_days);
            let status = match status {
                Status::Late => ProblemStatus::ClosedLate,
                Status::Overdue => ProblemStatus::Overdue,
                Status::DueSoon => ProblemStatus::DueSoon,
                Status::Upcoming => ProblemStatus::Open,
                _ => ProblemStatus::Closed,
            };
            return (status, days);
        }
        Some(TimeLimit::Standing) => ProblemStatus::Standing,
        None => ProblemStatus::Unlimited,
    };
    let status = closed.map_or(open, |_| ProblemStatus::Closed);
    (status, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn a_problem_stands_by_its_own_time_limit() {
        let limit = Some(TimeLimit::Date(day("2022-09-30")));
        let of =
            |limit, closed: Option<&str>, as_of| standing(limit, closed.map(day), day(as_of), 7);
        use ProblemStatus::*;
        assert_eq!(of(limit, Some("2022-09-30"), "2022-10-05"), (Closed, 0));
        assert_eq!(of(limit, Some("2022-10-01"), "2022-10-05"), (ClosedLate, 1));
        assert_eq!(of(limit, None, "2022-10-05"), (Overdue, 5));
        assert_eq!(of(limit, None, "2022-09-30"), (DueSoon, 0));
        assert_eq!(of(limit, None, "2022-09-23"), (DueSoon, 7));
        assert_eq!(of(limit, None, "2022-09-22"), (Open, 8));
        let standing = Some(TimeLimit::Standing);
        assert_eq!(of(standing, None, "2032-01-01"), (Standing, 0));
        assert_eq!(of(standing, Some("2022-09-01"), "2022-10-05"), (Closed, 0));
        assert_eq!(of(None, None, "2022-10-05"), (Unlimited, 0));
    }

    #[test]
    fn a_problem_of_which_what_matters_cannot_be_read_is_unclear() {
        let text = "[[problem]]\ntext = \"甲\"\ndue = 2022-09-30\nclosed = 2022-10-05\n\
            [[problem]]\ntext = \"乙\"\ndue = \"九月\"\n\
            [[problem]]\nowner = \"丙\"\n\
            [[problem]]\ntext = \"丁\"\n\
            [[problem]]\ndue = 2022-12-30\n";
        let arena = toml_spanner::Arena::new();
        let loaded = crate::load::plan(text, &arena, crate::campaign::BEIJING);
        let of = |as_of| {
            let all = problems(&loaded.plan, &loaded.unreadable, day(as_of), 7);
            let each = all.iter().map(|problem| (problem.status, problem.days));
            each.collect::<Vec<_>>()
        };
        use ProblemStatus::*;
        let others = [(Unclear, 0), (Unclear, 0), (Unlimited, 0)];
        let all = of("2022-10-05");
        assert_eq!((all[0], all[4]), ((ClosedLate, 5), (Open, 86)));
        assert_eq!(all[1..4], others);
        assert_eq!(of("2022-10-04")[0], (Overdue, 4), "not closed yet");
    }
}
