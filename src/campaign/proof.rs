//! What is wrong in a campaign beyond its syntax and types: a rule book that contradicts itself gives no
//! verdict. Entries that are merely dead or void are findings of the `campaign` rules, not errors.

use foldhash::{HashMap, HashMapExt};

use super::{Campaign, Level, MARGIN_MM, Roster, Unit};
use crate::calendar;
use crate::finding::{At, Draft, FieldPath};
use crate::lang::Text;
use crate::rules::{self, file};
use crate::{path, text};

/// Everything that keeps a campaign from being used.
pub fn prove(campaign: &Campaign) -> Vec<Draft> {
    let mut errors = Vec::new();
    about(campaign, &mut errors);
    paper(campaign, &mut errors);
    milestones(campaign, &mut errors);
    let roster = Roster::of(campaign);
    units(campaign, &roster, &mut errors);
    successors(campaign, &roster, &mut errors);
    joint_branches(campaign, &roster, &mut errors);
    exemptions(campaign, &mut errors);
    levels(campaign, &mut errors);
    errors.extend(rules::local::prove(campaign));
    errors
}

fn error(at: FieldPath, message: Text, fix: Text) -> Draft {
    Draft::new(file::bad_value::RULE.id(), At::Campaign(at), message).fix(fix)
}

fn about(campaign: &Campaign, errors: &mut Vec<Draft>) {
    let about = &campaign.campaign;
    if let Some(offset) = about
        .utc_offset
        .as_deref()
        .filter(|written| calendar::read_offset(written).is_none())
    {
        errors.push(error(
            path!["campaign", "utc_offset"],
            text!(
                "时区“{offset}”不能识别",
                "“{offset}” is not an offset from UTC"
            ),
            Text::fixed("写成“+08:00”这样的形式", "write it as “+08:00”"),
        ));
    }
    if let (Some(start), Some(end)) = (about.start, about.end)
        && end < start
    {
        errors.push(error(
            path!["campaign", "end"],
            text!(
                "结束日期{end}早于启动日期{start}",
                "the campaign ends on {end}, before it starts on {start}"
            ),
            Text::fixed("核对start和end", "check start and end"),
        ));
    }
    let threshold = about.copied_threshold();
    if !super::COPIED_THRESHOLD.contains(&threshold) {
        errors.push(error(
            path!["campaign", "copied_threshold"],
            text!(
                "雷同的相似度{threshold}不在0.5至1之间",
                "the threshold for copied texts, {threshold}, does not lie between 0.5 and 1"
            ),
            Text::fixed(
                "写0.5至1之间的小数，例如0.85",
                "write a number from 0.5 to 1, such as 0.85",
            ),
        ));
    }
}

/// Margins that would leave no room for the text.
fn paper(campaign: &Campaign, errors: &mut Vec<Draft>) {
    for (key, margin) in campaign.document.margins() {
        let Some(mm) = margin.filter(|mm| !MARGIN_MM.contains(mm)) else {
            continue;
        };
        let (least, most) = (MARGIN_MM.start(), MARGIN_MM.end());
        errors.push(error(
            path!["document", key],
            text!(
                "页边距{mm}毫米不在{least}至{most}毫米之间",
                "a margin of {mm} mm does not lie between {least} and {most} mm"
            ),
            text!(
                "写{least}至{most}之间的整数，单位为毫米",
                "write a whole number from {least} to {most}, in millimetres"
            ),
        ));
    }
}

fn milestones(campaign: &Campaign, errors: &mut Vec<Draft>) {
    if campaign.milestone.is_empty() {
        errors.push(error(
            path!["milestone"],
            Text::fixed("没有任何时间节点", "there is no milestone"),
            Text::fixed(
                "至少写一个[[milestone]]",
                "write at least one [[milestone]]",
            ),
        ));
    }
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for (i, milestone) in campaign.milestone.iter().enumerate() {
        let id = milestone.id.as_str();
        if let Some(first) = seen.insert(id, i) {
            errors.push(
                error(
                    path!["milestone", i, "id"],
                    text!(
                        "时间节点代号“{id}”重复",
                        "the milestone id “{id}” is used twice"
                    ),
                    Text::fixed(
                        "每个节点用不同的id",
                        "give every milestone an id of its own",
                    ),
                )
                .cause(
                    At::Campaign(path!["milestone", first, "id"]),
                    Text::fixed("首次出现", "first here"),
                ),
            );
        }
        if let (Some(due), Some(start)) = (milestone.due, campaign.campaign.start)
            && due < start
        {
            let name = &milestone.name;
            errors.push(error(
                path!["milestone", i, "due"],
                text!(
                    "{name}的时限{due}早于活动启动日期{start}",
                    "{name} is due on {due}, before the campaign starts on {start}"
                ),
                Text::fixed("核对due和start的年份", "check the years of due and start"),
            ));
        }
        if milestone
            .requires
            .as_ref()
            .is_some_and(|r| r.at_least == Some(0))
        {
            errors.push(error(
                path!["milestone", i, "requires"],
                Text::fixed(
                    "at_least为0，等于没有要求",
                    "at_least is 0, which asks for nothing",
                ),
                Text::fixed(
                    "写1以上的数，或删去这个节点",
                    "write 1 or more, or delete the milestone",
                ),
            ));
        }
    }
}

fn units(campaign: &Campaign, roster: &Roster<'_>, errors: &mut Vec<Draft>) {
    // Nearly always no code stands twice, and none need be looked for.
    let twice = roster.codes() < campaign.unit.len();
    for (i, unit) in campaign.unit.iter().enumerate() {
        let (code, name) = (&*unit.code, &*unit.name);
        if code.trim().is_empty() {
            errors.push(error(
                path!["unit", i, "code"],
                text!("{name}的单位代码是空的", "the code of {name} is empty"),
                Text::fixed("填写代码", "write a code"),
            ));
            continue;
        }
        let first = twice.then(|| roster.index(code)).flatten();
        if let Some(first) = first.filter(|first| *first != i) {
            errors.push(
                error(
                    path!["unit", i, "code"],
                    text!(
                        "花名册中代码“{code}”重复",
                        "the code “{code}” is in the roster twice"
                    ),
                    Text::fixed("每个单位用不同的代码", "give every unit a code of its own"),
                )
                .cause(
                    At::Campaign(path!["unit", first, "code"]),
                    Text::fixed("首次出现", "first here"),
                ),
            );
            continue;
        }
        if let (Some(since), Some(until)) = (unit.since, unit.until)
            && until < since
        {
            errors.push(error(
                path!["unit", i, "until"],
                text!(
                    "{name}的撤并日期{until}早于设立日期{since}",
                    "{name} ends on {until}, before it begins on {since}"
                ),
                Text::fixed("核对since和until", "check since and until"),
            ));
        }
    }
}

/// Which units come back to themselves when a link is followed from unit to unit; each is gone to once.
fn in_circles(next: &[Option<usize>]) -> Vec<bool> {
    let mut circles = vec![false; next.len()];
    // From which unit each was first come to.
    let mut seen = vec![None; next.len()];
    for from in 0..next.len() {
        let mut at = from;
        while seen[at].is_none() {
            seen[at] = Some(from);
            match next[at] {
                Some(to) => at = to,
                None => break,
            }
        }
        let comes_back = seen[at] == Some(from) && next[at].is_some();
        while comes_back && !circles[at] {
            circles[at] = true;
            at = next[at].unwrap_or(at);
        }
    }
    circles
}

fn successors(campaign: &Campaign, roster: &Roster<'_>, errors: &mut Vec<Draft>) {
    if campaign.unit.iter().all(|unit| unit.successor.is_none()) {
        return;
    }
    let next = |unit: &Unit| roster.index(unit.successor.as_deref()?);
    let next: Vec<Option<usize>> = campaign.unit.iter().map(next).collect();
    let circles = in_circles(&next);
    for (i, unit) in campaign.unit.iter().enumerate() {
        let Some(successor) = &unit.successor else {
            continue;
        };
        let name = &unit.name;
        let at = path!["unit", i, "successor"];
        if roster.index(successor).is_none() {
            errors.push(error(
                at,
                text!(
                    "{name}的承接单位“{successor}”不在花名册中",
                    "the successor of {name}, “{successor}”, is not in the roster"
                ),
                Text::fixed("改为花名册中的单位代码", "write a code of the roster"),
            ));
        } else if circles[i] {
            errors.push(error(
                at,
                text!(
                    "{name}的承接关系绕成一圈",
                    "the successors of {name} lead back to it"
                ),
                Text::fixed("核对各单位的successor", "check the units' successors"),
            ));
        }
    }
}

/// A joint branch leads to its host over so many units at most: for each of them, the files of all the others are read.
pub const HOSTS: usize = 8;

fn joint_branches(campaign: &Campaign, roster: &Roster<'_>, errors: &mut Vec<Draft>) {
    if campaign.unit.iter().all(|unit| unit.met_by.is_none()) {
        return;
    }
    let next = |unit: &Unit| roster.index(&unit.met_by.as_ref()?.unit);
    let next: Vec<Option<usize>> = campaign.unit.iter().map(next).collect();
    let circles = in_circles(&next);
    for (i, unit) in campaign.unit.iter().enumerate() {
        let Some(host) = &unit.met_by else { continue };
        let (name, code) = (&unit.name, &host.unit);
        let at = path!["unit", i, "met_by", "unit"];
        let Some(index) = roster.index(code) else {
            errors.push(error(
                at,
                text!(
                    "{name}的联合支部所在单位“{code}”不在花名册中",
                    "the host of {name}'s joint branch, “{code}”, is not in the roster"
                ),
                Text::fixed("改为花名册中的单位代码", "write a code of the roster"),
            ));
            continue;
        };
        if circles[i] {
            errors.push(error(
                at,
                text!(
                    "{name}的联合支部关系绕成一圈",
                    "the joint branches of {name} lead back to it"
                ),
                Text::fixed(
                    "由一个单位承办，其他单位指向它",
                    "let one unit be the host, and the others name it",
                ),
            ));
        } else if std::iter::successors(next[i], |host| next[*host])
            .nth(HOSTS)
            .is_some()
        {
            errors.push(error(
                at,
                text!(
                    "{name}的联合支部一个指向一个，超过{HOSTS}个单位",
                    "the joint branch of {name} leads on over more than {HOSTS} units"
                ),
                Text::fixed(
                    "直接写承办会议的单位",
                    "name the unit that holds the meeting",
                ),
            ));
        }
        let listed = &campaign.unit[index].branches;
        if let Some(branch) = host
            .branch
            .as_ref()
            .filter(|branch| !listed.is_empty() && listed.iter().all(|known| known != *branch))
        {
            let list = listed.join("、");
            errors.push(error(
                path!["unit", i, "met_by", "branch"],
                text!(
                    "承办单位没有名为“{branch}”的支部",
                    "the host has no branch named “{branch}”"
                ),
                text!("可选：{list}", "choose one of: {list}"),
            ));
        }
    }
}

fn exemptions(campaign: &Campaign, errors: &mut Vec<Draft>) {
    for (i, exemption) in campaign.exemption.iter().enumerate() {
        if exemption.unit.is_some() == exemption.category.is_some() {
            errors.push(error(
                path!["exemption", i],
                Text::fixed(
                    "免报须写明一个单位或一个类别",
                    "an exemption names either a unit or a category",
                ),
                Text::fixed("unit和category写其中一个", "write one of unit and category"),
            ));
        }
        if exemption.milestone.is_some() == exemption.rule.is_some() {
            errors.push(error(
                path!["exemption", i],
                Text::fixed(
                    "免报须写明一个时间节点或一条规则",
                    "an exemption names either a milestone or a rule",
                ),
                Text::fixed(
                    "milestone和rule写其中一个",
                    "write one of milestone and rule",
                ),
            ));
        }
    }
}

fn levels(campaign: &Campaign, errors: &mut Vec<Draft>) {
    for (name, level) in &campaign.levels.0 {
        let firm = rules::find(name).is_some_and(|rule| rule.is_firm());
        if firm && *level != Level::Error {
            errors.push(error(
                path!["levels", name.clone()],
                text!(
                    "{name}的级别不能降低或关闭",
                    "the level of {name} cannot be lowered or turned off"
                ),
                Text::fixed(
                    "删去这一行；读不了的文件不能算作合格",
                    "delete the line; a file that cannot be read never passes",
                ),
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::in_circles;

    #[test]
    fn only_what_comes_back_to_itself_is_in_a_circle() {
        // 0 → 1 → 2 → 1; 3 → 3; 4 leads nowhere; 5 → 4; 6 → 7 → 8 → 6; 9 → 0.
        let next = [
            Some(1),
            Some(2),
            Some(1),
            Some(3),
            None,
            Some(4),
            Some(7),
            Some(8),
            Some(6),
            Some(0),
        ];
        let circles = [
            false, true, true, true, false, false, true, true, true, false,
        ];
        assert_eq!(in_circles(&next), circles);
        assert!(in_circles(&[]).is_empty());
    }
}
